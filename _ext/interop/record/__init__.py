"""From file to model: finds, reads, checks and links every file in ``guidelines/``.

Imports nothing of the other rooms. The way in is :func:`interop.record.loader.load`, which gives a
:class:`~interop.record.record.Record` and the problems of all files; nothing here raises on data.

Reading one file
    ``problems`` (the diagnostic type used everywhere), ``yaml_reader`` (YAML, strictly, with lines), ``source`` (one
    file, YAML or JSON), ``fields`` (what a mapping, list or text may be, and the check), ``schemas`` (the official
    schemas 1.2 to 2.0 and the record's own, as tables of fields), ``json_schema`` (the same for editors).
From data to model
    ``ids``, ``normalise`` and ``upgrade`` (any official schema to the record form), ``model`` (a guideline as frozen
    data), ``builder`` (record form to model), ``writer`` (model to files).
The whole record
    ``discovery`` (which files there are), ``catalogue`` and ``catalogue_schemas`` (what guidelines share), ``process``
    (the process documents), ``drift`` (what became of the tests), ``ledger`` (public URLs), ``observations`` (what is
    kept although a check reports it), ``references`` and ``checks`` (cross-reference checks), ``record``, ``loader``.
"""
