"""Analyses the record: history, comparisons, test lists, and findings of the process rules.

Imports ``record``. The entry point is :class:`interop.analysis.analysis.Analysis`, made from a record. It caches its
results.

``facts``
    One guideline in the form that comparisons need: statuses, tests by key, required tests, sections, marks.
``counts``
    How many capabilities and tests a guideline has: every count that the site shows of one.
``history``
    Capabilities, tests and sections over all guidelines of a program.
``lineage``
    Which capabilities were split, merged or renamed, according to the tests they share.
``diff``, ``diff_format``
    The comparison of two guidelines, and its output as data, text and sentences.
``drafts``
    What a draft changes, and what is out of date in it; the preview as text.
``amendments``
    The revisions of a guideline's official file as data, and the guideline as each of them had it.
``changed``
    The changes of revisions fact by fact, by guideline, capability and test.
``test_lists``
    Test lists in RefStack's form.
``runner_lists``
    Test lists for test runners: names in today's suites, and regular expressions.
``listed``
    Lists of tests that somebody keeps: how a line names its test, and which test that is.
``demands``, ``departures``
    What a guideline requires of a target; how a test came to be no longer required.
``carry``, ``list_comparison``, ``list_format``
    A list carried from one guideline to another, a list beside a guideline, and both as text.
``results``
    The results of a test run, and which tests they are of.
``test_names``
    Every name that a test ever had.
``score``, ``verdict_format``
    Whether a run meets a guideline, clause by clause; the verdict as data, text, Markdown and JUnit XML.
``rules``
    The process rules: one module for each topic, one decorated check for each rule.
``analysis``
    The class ``Analysis``, which gives access to all of this.
"""
