"""Reads the results of a test run from a file, whose form is recognised by its content.

``reading``
    Opens a file, recognises its form and passes its results on.
``opened``
    A file of results: its beginning, and its lines up to a limit. The errors of all readers.
``subunit_2``, ``subunit_1``
    Subunit streams of version 2 (``stestr last --subunit``, the files in ``.stestr``) and 1, with python-subunit.
``junit``
    JUnit XML, with junitparser.
``console``
    What ``stestr last`` and ``tempest run`` print.
``texts``
    The output of ``subunit2csv``, RefStack's JSON, and lists of the tests that passed.

Memory is bounded, whatever a file has: files are read in pieces, and nothing is kept of a test but its result. The
packages for subunit and JUnit are imported only when they are needed.
"""
