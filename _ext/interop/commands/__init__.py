"""The command line, a module for each topic: each has ``add_to``, which adds its commands to the parser.

Imports the packages below it. Exit status of all commands: 0 success, 1 errors in files, or something that is left to
do, 2 wrong use; of ``score`` 0 met, 1 not met, 2 could not be told.

``parser``
    The parser of all commands.
``amendments``
    ``amendments``: write the revisions of the official files, or print those of a guideline.
``checks``
    ``check``: problems of guideline files and findings of the process rules.
``fix``
    ``fix``: put right what needs no judgement.
``lists``
    ``carry``, ``compare-list``: a list of tests that somebody keeps, and guidelines.
``official``
    ``import``, ``reconstruction``, ``export``: from and to official JSON.
``preview``
    ``preview``: what an editor asks of a draft.
``reading``
    ``diff``, ``tests``: what a reader asks of the record.
``review``
    ``review``: what a change does to the record.
``schemas``
    ``schema``: the JSON Schema of guideline files.
``score``, ``scoring``
    ``score``: whether a test run meets a guideline.
``wanted``
    The guidelines and the target that a command names.
"""
