"""From file to model: finds, reads, checks and links every file in ``guidelines/``.

Imports none of the other packages. The entry point is :func:`interop.record.loader.load`, which returns a
:class:`~interop.record.record.Record` and the problems of all files; invalid data never raises an exception.

*The record* is everything in ``guidelines/``. *The record form* is the form of a guideline file there: schema 2.0 with
a ``record`` block.

Reading one file
    ``problems`` (the diagnostic type used everywhere), ``near`` (what a misspelled word may mean), ``yaml_reader``
    (strict YAML with line numbers), ``source`` (one file, YAML or JSON), ``fields`` (field tables and the function that
    validates data with them), ``schemas`` (the official schemas 1.0 to 2.0 and the record form, as field tables),
    ``partial`` (the form of a partial file), ``json_schema`` (the same for editors).
From data to model
    ``ids``, ``paths`` (what may become part of a path or URL), ``normalise``, ``scoring`` (schema 1.0 to 1.2),
    ``schema_1`` (1.2 to 1.6 to 2.0) and ``upgrade`` (any official schema to the record form), ``remains`` (what a file
    with errors still tells), ``model`` and ``capability`` (a guideline as frozen data), ``builder`` (record form to
    model), ``plain`` and ``plain_partial`` (model to record form), ``writer`` (record form to files).
The whole record
    ``discovery`` (finds the files), ``catalogue`` and ``catalogue_schemas`` (what guidelines share), ``process`` (the
    process documents), ``drift`` (the tests in today's test suites), ``adopters`` (lists that others keep),
    ``amendments`` (the revisions of the official files), ``states`` (the facts that they change), ``kinds`` and
    ``test_changes`` (how facts of a kind differ), ``checked`` (a file by its form), ``ledger`` (permanent URLs),
    ``observations`` (those that are known, and known findings), ``references``, ``evidence`` and ``checks`` (cross-
    reference checks), ``consistency`` (inside a guideline), ``cross_checks`` (a guideline against all others and
    today's suites), ``clashes`` (names that would have one URL), ``selection`` (which files a user means),
    ``standing`` (the status of each guideline today), ``record``, ``once`` (what is computed from it once), ``kept``
    (what was read before), ``loader``.
"""
