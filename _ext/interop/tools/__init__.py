"""Commands that are not part of a build.

Imports ``analysis`` and ``record``.

``importer``
    Imports official JSON as guideline files: ``python -m interop import``.
``official_files``
    Finds official files in a folder or an upstream checkout.
``checkout``
    Finds the commit of a file in a git checkout, without running anything that the checkout names.
``values``
    Checks the values of command-line options.
``suites``
    Finds the tests of the guidelines in today's test suites. ``make drift`` runs it in its own virtual environment, so
    it and the modules it imports need only the standard library and PyYAML.
"""
