"""The record over time: history, comparisons, test lists and what the process rules find.

Imports ``record``. The way in is :class:`interop.analysis.analysis.Analysis`, made from a record, which works each
answer out once, whoever asks.

``facts``
    What comparisons ask of one guideline: statuses, tests by key, required tests, sections, weights.
``history``
    Capabilities, tests and sections through all guidelines of a program.
``lineage``
    Which capability came from which, by the tests they share.
``diff``, ``diff_format``
    Two guidelines compared, and the comparison as data, text and sentences.
``test_lists``
    The test lists that RefStack gave.
``rules``
    The process rules: one module for each topic, one decorated check for each rule.
``analysis``
    All of it behind one front door.
"""
