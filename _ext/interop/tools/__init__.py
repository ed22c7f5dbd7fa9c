"""Commands that are not part of a build.

Imports ``analysis`` and ``record``.

``importer``
    Imports official JSON as guideline files: ``python -m interop import``.
``exports``
    What the import compares if it is given an export, which is no official file.
``reconstruction``
    Compares partial guidelines with their official files: ``python -m interop reconstruction``.
``amendments``, ``revisions``
    Writes the revisions of the official files, and finds them in a checkout: ``python -m interop amendments``.
``official_files``
    Finds official files in a folder or an upstream checkout, and reads them.
``remote``
    Fetches the official files of a commit from a repository.
``checkout``
    Finds the commit of a file in a git checkout, without running anything that the checkout names.
``files``
    Writes files of the record.
``git``
    A repository in which these use git.
``committed``
    The guidelines folder as a commit has it.
``audit``
    Problems and findings, and what is new in them: ``python -m interop check``.
``tidy``
    Puts right in the text of a file what needs no judgement: ``python -m interop fix``.
``changes``
    What a change does to the record, as Markdown: ``python -m interop review``.
``given``, ``values``
    Command-line options: official files and their commit, and checks of values.
``results``
    Readers of the results of test runs: ``python -m interop score``.
``release``
    Packs the site, the data and a wheel: ``make dist``.
``suites``
    Finds the tests of the guidelines in today's test suites. ``make drift`` runs it in its own virtual environment, so
    it and the modules it imports need only the standard library and PyYAML.
"""
