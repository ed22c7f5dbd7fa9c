"""Commands that work beside the build.

Imports ``analysis`` and ``record``.

``importer``
    Official JSON into files of the record: ``python -m interop import``.
``suites``
    What today's test suites have of the tests in the record: ``make drift`` runs it in an environment of its own, so it
    and what it imports need only the standard library and PyYAML.
"""
