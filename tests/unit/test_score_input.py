"""Files that are no results, damaged or hostile: an error in words or the right answer, in bounded memory."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from interop.analysis.results import Outcome, Result
from interop.tools.results import opened, reading
from subunit.v2 import StreamResultToBytes

from .. import command_line, toy_runs
from ..command_line import ROOT

TEST = "tempest.api.Test.test_{}[id-00000000-0000-4000-8000-{:012}]"
RUN = {TEST.format(number, number): "success" for number in range(40)}
MEGABYTE = 1 << 20


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], tuple[str, list[Result]]]:
    """Reads the content of a file: its form, or the error as commands print it, and the results up to there."""

    def run(content: bytes) -> tuple[str, list[Result]]:
        path = tmp_path / "file"
        path.write_bytes(content)
        found: list[Result] = []
        try:
            return reading.read(str(path), found.append), found
        except opened.BadResults as fault:
            said = str(reading.problem("file", fault))
            assert fault.code in opened.CODES
            return said, found

    return run


def packet(body: bytes, flags: int = 0x2800, length: int | None = None) -> bytes:
    """A packet of subunit v2 with a right checksum, whatever it has."""
    size = len(body) + 8 if length is None else length
    head = b"\xb3" + struct.pack(">HB", flags, size) + body
    return head + struct.pack(">I", zlib.crc32(head))


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa">%s]><testsuite><testcase name="a.b">%s</testcase></testsuite>'
BOMB = DOCTYPE % (b'<!ENTITY b "&a;&a;&a;">' + b'<!ENTITY c "&b;&b;&b;">' * 20, b"&c;")
EXTERNAL = DOCTYPE % (b'<!ENTITY f SYSTEM "file:///etc/passwd">', b"&f;")
JUNIT = b'<testsuite><testcase classname="tempest.api.Test" name="test_1"/></testsuite>'
#: What stestr prints of four tests.
CONSOLE = b"""{0} tempest.a.B.test_1 [0.1s] ... ok
{1} tempest.a.B.test_2 [0.1s] ... ok
{0} tempest.a.B.test_3 [0.1s] ... FAILED
{0} tempest.a.B.test_4 ... SKIPPED: no service

======
Totals
======
Ran: 4 tests in 1.0000 sec.
 - Passed: 2
 - Skipped: 1
 - Expected Fail: 0
 - Unexpected Success: 0
 - Failed: 1
"""
#: What is wrong with a file, the file, and how the error begins.
REFUSED: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "file:1: error empty: the file is empty"),
    ("blank lines", b"\n \n", "file:1: error empty: the file is empty"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "file:1: error unknown-form:"),
    ("a compressed stream", b"\x1f\x8b\x08rest", "file:1: error unknown-form: the file is compressed (gzip)"),
    ("prose", b"All tests passed.\n", "file:1: error unknown-form: 'All tests passed.' is neither"),
    (
        "a list with another line",
        b"tempest.a.b\n# and\nplease see above\n",
        "file:3: error unknown-form: 'please see above'",
    ),
    ("a list of what failed", b"tempest.a.b\nsetUpClass (tempest.a.C)\n", "file:2: error unknown-form: 'setUpClass"),
    ("other JSON", b'{"tests": []}', "file:1: error unknown-form: the JSON has no list of results"),
    ("half of RefStack's JSON", b'{\n"results": ["a.b",', "file:2: error damaged: the JSON is not well-formed"),
    ("a result that is a number", b'{"results": ["a.b", 7]}', "file:1: error damaged: item 1 of the results"),
    ("deep JSON", b'{"results": ' + b"[" * 10**5, "file:1: error damaged: the JSON is not well-formed"),
    (
        "another table",
        b"test,status,duration\na.b,success,1\n",
        "file:1: error unknown-form: the columns are not test,",
    ),
    ("half a table", b"test,status,start_time,stop_time\na.b,success,1,2\na.c,suc", "file:3: error damaged: 'a.c,suc'"),
    ("an unknown status", b"test,status,start_time,stop_time\na.b,fine,1,2\n", "file:2: error damaged:"),
    ("a quote without end", b'test,status,start_time,stop_time\n"a.b,success\n', "file:2: error damaged: the CSV"),
    ("HTML", b"<!-- --><html></html>", "file:1: error unknown-form: the XML is not JUnit XML"),
    (
        "half of JUnit XML",
        b"<testsuite>\n<testcase name='a'/>\n<testca",
        "file:3: error damaged: the XML is not well-formed",
    ),
    ("an unknown encoding", b"<?xml version='1.0' encoding='none'?><testsuite/>", "file:1: error damaged: the XML"),
    ("an entity bomb", BOMB, "file:1: error unsafe-xml: the file has a document type declaration"),
    ("an external entity", EXTERNAL, "file:1: error unsafe-xml:"),
    ("an external entity in UTF-16", EXTERNAL.decode().encode("utf-16"), "file:1: error unsafe-xml:"),
    ("an external document type", b'<!DOCTYPE testsuite SYSTEM "http://x/">' + JUNIT, "file:1: error unsafe-xml:"),
    (
        "half of a console",
        CONSOLE.partition(b"Ran")[0],
        "file:8: error damaged: the output is cut off: it has no totals after",
    ),
    (
        "a console that ends in its totals",
        CONSOLE.removesuffix(b" - Failed: 1\n"),
        "file:13: error damaged: the output is cut off: it has no",
    ),
    (
        "a console whose end is another's",
        CONSOLE[:60] + CONSOLE[-150:],
        "file:12: error damaged: the output is cut off or",
    ),
    (
        "totals that are not those of the lines",
        CONSOLE.replace(b"Failed: 1", b"Failed: 27"),
        "file:14: error damaged: the output is cut off or changed: its totals are 2 passed, 27 failed and 1 skipped, "
        "its lines 2, 1 and 1",
    ),
    (
        "a total that is not the number of lines",
        CONSOLE.replace(b"Ran: 4", b"Ran: 9"),
        "file:14: error damaged: the output is cut off or changed: its total is 9 tests, its lines and failures 4",
    ),
    (
        "an expected failure among what is printed as ok",
        CONSOLE.replace(b"Fail: 0", b"Fail: 1").replace(b"Passed: 2", b"Passed: 1"),
        "file:14: error ambiguous: 1 of 2 tests that are printed as ok failed as expected, and none is told apart",
    ),
    ("half of a second console", CONSOLE + CONSOLE[:60], "file:16: error damaged: the output is cut off: it has no"),
    ("half of HTML", b"<html><body>\n<p>", "file:1: error unknown-form: the XML is not JUnit XML"),
    ("half of subunit v1", toy_runs.subunit_1(RUN)[:-8], "file:80: error damaged: the stream is cut off"),
    (
        "a time that is none in subunit v1",
        b"test: a.b\ntime: x\nsuccess: a.b\n",
        "file:2: error damaged: this is not subunit",
    ),
    ("a chunk that is none in subunit v1", b"test: a.b\nfailure: a.b [ multipart\nx\n", "file:3: error damaged:"),
    ("half of subunit v2", toy_runs.subunit_2(RUN)[:-8], "file:1: error damaged: the stream is cut off or damaged"),
    (
        "a wrong checksum",
        toy_runs.subunit_2(RUN)[:-1] + b"\0",
        "file:1: error damaged: the stream is cut off or damaged",
    ),
    ("a packet shorter than its header", packet(b"", length=2), "file:1: error damaged:"),
    ("a packet without the name that it says it has", packet(b""), "file:1: error damaged:"),
    ("a name longer than its packet", packet(b"\x3fabc"), "file:1: error damaged:"),
    ("a name that is not UTF-8", packet(b"\x01\xff", 0x2803), "file:1: error damaged:"),
    (
        "a stream in much else",
        toy_runs.subunit_2(RUN) + b"x" * 70_000,
        "file:1: error damaged: the stream has more than",
    ),
    ("a line without end", b"tempest." + b"a" * 2 * MEGABYTE, "file:1: error too-large: the line has more than"),
    ("a long line in subunit v1", b"test: a.b\n" + b"a" * 2 * MEGABYTE, "file:2: error too-large:"),
    (
        "a blank line before the declaration of XML",
        b"\n<?xml version='1.0'?>\n" + JUNIT,
        "file:2: error damaged: the XML is not well-formed",
    ),
    ("an encoding that only browsers read", b"<?xml version='1.0' encoding='gbk'?>" + JUNIT, "file:1: error damaged:"),
    ("an encoding that only Python reads", b"<?xml version='1.0' encoding='cp437'?>" + JUNIT, "file:1: error damaged:"),
    (
        "an encoding that the file does not have",
        b"<?xml version='1.0' encoding='utf-16'?>" + JUNIT,
        "file:1: error damaged:",
    ),
    ("UTF-16 without a mark", JUNIT.decode().encode("utf-16-le"), "file:1: error damaged: the XML is not"),
    (
        "a long line in a table",
        b"test,status,start_time,stop_time\na.b,success,1,2\na.c,success,1," + b"2" * 2 * MEGABYTE,
        "file:3: error too-large: the line has more than",
    ),
    (
        "a long line in a field of a table",
        b'test,status,start_time,stop_time\n"a.b\n' + b"a" * 2 * MEGABYTE + b'",success,1,2\n',
        "file:3: error too-large: the line has more than",
    ),
    (
        "a long field of short lines in a table",
        b'test,status,start_time,stop_time\n"' + (b"a" * 1023 + b"\n") * 2 * 1024 + b'",success,1,2\n',
        "file:1026: error damaged: the CSV is not well-formed",
    ),
    ("a long comment", b"<testsuite><!--" + b"a" * 3 * MEGABYTE + b"--></testsuite>", "file:1: error too-large: a tag"),
    ("a long tag", b"<testsuite a='" + b"a" * 3 * MEGABYTE + b"'/>", "file:1: error too-large: a tag or a comment"),
    (
        "a name with control characters",
        b"a\x1b[2Jb\x00<b>\n",
        "file:1: error unknown-form: 'a\\x1b[2Jb\\x00<b>' is neither",
    ),
]


@pytest.mark.parametrize(("content", "expected"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_a_file_that_is_refused(content, expected, read):
    said, _ = read(content)
    assert said.startswith(expected), said
    assert said.isprintable()


def test_every_code_is_used(read, tmp_path):
    used = {read(content)[0].split()[2].rstrip(":") for _, content, _ in REFUSED}
    assert used | {"unreadable"} == set(opened.CODES)


@pytest.mark.parametrize(
    ("path", "expected"), [("none", "the file cannot be read: No such file or directory"), ("", "this is a folder")]
)
def test_a_file_that_cannot_be_opened(path, expected, tmp_path):
    with pytest.raises(opened.BadResults, match=expected) as raised:
        reading.read(str(tmp_path / path), lambda result: None)
    assert raised.value.code == "unreadable"


def test_tests_that_began_and_did_not_end_have_no_outcome(read):
    stream = io.BytesIO()
    events = StreamResultToBytes(stream)
    for test in RUN:
        events.status(test_id=test, test_status="inprogress")
    form, found = read(stream.getvalue())
    assert form == "subunit v2"
    assert [(one.outcome, one.reason) for one in found] == [(Outcome.MISSING, "it began and did not end")] * 40


#: Text before a stream, with characters that end in the byte with which a packet begins, or are cut off.
TEXTS = ["Autenticaci\u00f3n\n".encode(), "\u4e73 \U0001f0b3\n".encode(), b"\xc3\n", b"\xe4\xb9\n"]


@pytest.mark.parametrize("text", TEXTS)
def test_text_around_a_stream_is_passed_over(text, read):
    plain = toy_runs.subunit_2(RUN)
    form, found = read(text + plain + text + plain)
    assert form == "subunit v2"
    assert found == read(plain)[1] * 2
    assert len(found) == 80


def test_a_list_of_tests_has_no_outcomes(read):
    stream = io.BytesIO()
    for test in RUN:
        StreamResultToBytes(stream).status(test_id=test, test_status="exists")
    assert read(stream.getvalue()) == ("subunit v2", [])


@pytest.mark.parametrize(("outcome", "reason"), [("xfail", "expected failure"), ("uxsuccess", "unexpected success")])
def test_what_was_not_expected_is_not_passed(outcome, reason, read):
    """With the reason: in subunit of both versions, and in its CSV."""
    stream = io.BytesIO()
    StreamResultToBytes(stream).status(test_id="a.b", test_status=outcome)
    table = b"test,status,start_time,stop_time\na.b,%s,1,2\n" % outcome.encode()
    for content in (stream.getvalue(), table, b"test: a.b\n%s: a.b\n" % outcome.encode()):
        assert [(one.outcome, one.reason) for one in read(content)[1]] == [(Outcome.FAILED, reason)]


def test_the_whole_output_of_stestr_is_read_also_of_several_runs(read):
    assert [len(read(CONSOLE * number)[1]) for number in (1, 2)] == [4, 8]


@pytest.mark.parametrize("failed", [1, 2, 3])
def test_a_worker_that_failed_is_a_failure_without_a_line(failed, read):
    """Each of the two workers of the run can have failed, which has a result in the subunit stream too."""
    total = CONSOLE.replace(b"Ran: 4", b"Ran: %d" % (3 + failed)).replace(b"Failed: 1", b"Failed: %d" % failed)
    form, found = read(total)
    assert form == "console of stestr"
    assert [(one.name, one.outcome) for one in found[4:]] == [("process-returncode", Outcome.FAILED)] * (failed - 1)


def test_totals_without_the_number_of_tests(read):
    without = CONSOLE.replace(b"Ran: 4 tests in 1.0000 sec.\n", b"")
    assert read(without) == read(CONSOLE)


def test_a_test_that_did_not_end_is_in_the_number_of_tests(read):
    unfinished = CONSOLE.replace(b"\n======", b"{1} tempest.a.B.test_5 [] ... inprogress\n\n======", 1)
    assert len(read(unfinished.replace(b"Ran: 4", b"Ran: 5"))[1]) == 5


def test_unexpected_successes_fail_in_the_output_of_stestr(read):
    """stestr prints them as FAILED."""
    changed = CONSOLE.replace(b"Success: 0", b"Success: 1").replace(b"Failed: 1", b"Failed: 0")
    assert read(changed) == read(CONSOLE)


def test_a_stream_with_too_many_results_is_refused_before_it_is_read(read, monkeypatch):
    monkeypatch.setattr(opened, "RESULTS", 39)
    said, found = read(toy_runs.subunit_2(RUN) + b"not subunit")
    assert (said, found) == ("file:1: error too-large: the file has more than 39 results", [])
    monkeypatch.setattr(opened, "RESULTS", 40)
    assert len(read(toy_runs.subunit_2(RUN))[1]) == 40


def test_errors_are_told_apart_where_the_form_does(read):
    lines = b"test: a.b\nerror: a.b [\nIt broke\n]\n"
    assert read(lines)[1] == [Result("a.b", frozenset(), Outcome.ERRORED, "It broke")]
    case = b'<testcase classname="a" name="b"><error message="It broke"/></testcase>'
    xml = b"<testsuites><testsuite>%s</testsuite></testsuites>" % case
    assert read(xml)[1] == [Result("a.b", frozenset(), Outcome.ERRORED, "It broke")]


#: A test that did not run, as googletest and other runners write it.
NOT_RUN = [
    b'<testcase name="a.b" status="notrun"/>',
    b'<testcase name="a.b" status="Disabled"/>',
    b'<testcase name="a.b"><disabled/></testcase>',
    b'<testcase name="a.b" status="skipped"><system-out>a</system-out></testcase>',
]


@pytest.mark.parametrize("case", NOT_RUN)
def test_what_did_not_run_is_skipped_in_junit_xml(case, read):
    run = b'<testcase name="a.c" status="run"/>'
    assert read(b"<testsuite>" + case + run + b"</testsuite>")[1] == [
        Result("a.b", frozenset(), Outcome.SKIPPED, "it did not run"),
        Result("a.c", frozenset(), Outcome.PASSED),
    ]


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "us-ascii", "ISO-8859-1", "latin-1", "latin1"])
def test_encodings_of_junit_xml(name, read):
    text = f"<?xml version='1.0' encoding='{name}'?><testsuite><testcase name='a.b'><failure message='%s'/>"
    said = "" if "ascii" in name else "\u00e9"
    content = (text % said + "</testcase></testsuite>").encode("utf-8" if name.lower().startswith("u") else "latin-1")
    assert [one.reason for one in read(content)[1]] == [said]


def test_a_field_of_a_table_can_be_as_long_as_a_line(read):
    table = b"test,status,start_time,stop_time\n" + b"a" * 200_000 + b".b,success,1,2\na.c,success,1,2\n"
    assert [one.name[-3:] for one in read(table)[1]] == ["a.b", "a.c"]


def test_a_pass_inside_the_output_of_a_test_is_not_one(read):
    case = b'<testcase name="a.b"><failure/><system-out>&lt;testcase name="a.c"/></system-out></testcase>'
    xml = b"<testsuite>%s</testsuite>" % case
    assert [(one.name, one.outcome) for one in read(xml)[1]] == [("a.b", Outcome.FAILED)]
    nested = b'<testsuite><testcase name="a.b"><failure/><x><testcase name="a.c"/></x></testcase></testsuite>'
    assert [(one.name, one.outcome) for one in read(nested)[1]] == [("a.b", Outcome.FAILED)]
    stream = b"test: a.b\nfailure: a.b [\nsuccess: a.c\n ]\n]\n"
    assert [(one.name, one.outcome) for one in read(stream)[1]] == [("a.b", Outcome.FAILED)]


def test_the_json_of_refstack_in_its_two_forms(read):
    id = "00000000-0000-4000-8000-00000000000a"
    items = ["a.b", {"name": "a.c", "uuid": id}, {"name": "a.d", "uuid": f"id-{id}"}, {"name": "a.e"}]
    form, found = read(b"\xef\xbb\xbf" + json.dumps({"results": items}).encode())
    assert form == "JSON of RefStack"
    assert [(one.name, *one.ids) for one in found] == [("a.b",), ("a.c", id), ("a.d", id), ("a.e",)]


def test_no_more_results_than_a_run_can_have(read, monkeypatch):
    monkeypatch.setattr(opened, "RESULTS", 3)
    assert read(b"a.b\n" * 4)[0] == "file:1: error too-large: the file has more than 3 results"


def large(form: str, size: int, tests: Sequence[str] = tuple(RUN)) -> bytes:
    """A file of about ``size`` bytes in 40 tests."""
    text = b"0123456789abcdef" * 4 + b"\n"
    number, big = size // 40, text * (size // 40 // len(text))
    if form == "subunit v2":
        stream = io.BytesIO()
        for test in tests:
            for piece in (big[at : at + MEGABYTE] for at in range(0, len(big), MEGABYTE)):
                StreamResultToBytes(stream).status(test_id=test, file_name="pythonlogging:''", file_bytes=piece)
            StreamResultToBytes(stream).status(test_id=test, test_status="success")
        return stream.getvalue()
    if form == "subunit v1":
        return b"".join(b"test: %s\nfailure: %s [\n%s]\n" % (test.encode(), test.encode(), big) for test in tests)
    if form == "JUnit XML":
        case = b'<testcase name="%s"><failure>%s</failure><system-out>%s</system-out></testcase>'
        half = big[: number // 2]
        return b"<testsuite>%s</testsuite>" % b"".join(case % (test.encode(), half, half) for test in tests)
    totals = b" - Passed: %d\n - Failed: 0\n" % len(tests)
    return b"".join(b"{0} %s [0.1s] ... ok\n\n%s\n" % (test.encode(), big) for test in tests) + totals


@pytest.mark.parametrize("form", ["subunit v2", "subunit v1", "JUnit XML", "console of stestr"])
def test_memory_does_not_grow_with_the_file(form, tmp_path):
    """20 MB in a tenth of that. Done once by hand with 200 MB: ``large(form, 200_000_000)``."""
    path = tmp_path / "file"
    path.write_bytes(large(form, 20 * MEGABYTE))
    assert path.stat().st_size > 18 * MEGABYTE
    found: list[Result] = []
    reading.read(str(path), found.append)  # What is imported now is not counted.
    found.clear()
    tracemalloc.start()
    try:
        assert reading.read(str(path), found.append) == form
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(found) == len(RUN)
    assert peak < 3 * MEGABYTE


def test_errors_of_all_files_at_once(interop, guidelines, tmp_path):
    empty, wrong = tmp_path / "empty", tmp_path / "wrong"
    empty.touch()
    wrong.write_text("no results\n", encoding="utf-8")
    done = interop(guidelines, "score", "dns/2020.06", empty, wrong)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.partition(": error ")[2].split(":")[0] for line in done.stderr.splitlines()] == [
        "empty",
        "unknown-form",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("tempest.a.b\n", "interop: no result of a required test among 1 results: that is no run of dns/2020.06 dns"),
        ('{"results": []}', "interop: no result of a required test among 0 results: that is no run of dns/2020.06 dns"),
    ],
)
def test_a_run_without_required_tests_is_an_error(content, said, interop, guidelines, tmp_path):
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    done = interop(guidelines, "score", "dns/2020.06", path)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (2, "", said)


def test_wrong_use(interop, guidelines, tmp_path):
    path = tmp_path / "file"
    path.write_text("tempest.a.b\n", encoding="utf-8")
    target = interop(guidelines, "score", "dns/2020.06", path, "--target", "compute")
    assert (target.returncode, target.stderr) == (2, "interop: dns/2020.06 has no target 'compute'; one of: dns\n")
    assert interop(guidelines, "score", "dns/1999", path).returncode == 2
    assert interop(guidelines, "score", "nfv/next", path).returncode == 2


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "dns/2020.06, target dns: not met"), ("markdown", "## dns/2020"), ("junit", "<testsuites")],
)
def test_each_format_of_the_output(form, begins, interop, guidelines, tmp_path):
    lines = interop(guidelines, "tests", "dns/2020.06").stdout.splitlines()
    path = tmp_path / "file"
    path.write_text("\n".join(lines[1:]), encoding="utf-8")
    done = interop(guidelines, "score", "dns/2020.06", path, "--format", form)
    assert done.returncode == 1
    assert done.stdout.startswith(begins)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert interop(guidelines, "score", "dns/2020.06", path, "--format", form).returncode == 0


def test_an_open_verdict_has_a_status_of_its_own(interop, guidelines, tmp_path):
    """All 12 tests of unknown status but one passed."""
    key, path = "shared-file-system/2022.11", tmp_path / "file"
    lines = interop(guidelines, "tests", key, "--type", "unknown", "--no-aliases").stdout.splitlines()
    path.write_text("\n".join(lines[1:]), encoding="utf-8")
    done = interop(guidelines, "score", key, path)
    assert done.returncode == 2
    assert done.stdout.startswith(f"{key}, target shared_file_system: open: 11 of 12 tests of unknown status passed, ")
    assert f"unknown status, missing:\n  {lines[0].partition('[')[0]}\n" in done.stdout
    path.write_text("\n".join(lines), encoding="utf-8")
    assert interop(guidelines, "score", key, path).returncode == 2, "without a required test there is no success"


def test_links_lead_to_the_published_site(guidelines, tmp_path):
    path = tmp_path / "file"
    path.write_text("d03b69a5-5052-43bc-a38a-b511b6b34304\n", encoding="utf-8")
    options = ("--root", guidelines, "score", "dns/2020.06", path, "--format", "markdown")
    done = command_line.start(ROOT, *options, INTEROP_BASE_ADDRESS="https://interop.example.org")
    assert "](<https://interop.example.org/tests/855399c1-8806-4ae5-aa31-cb8a6f35e218.html>)" in done.stdout
    without = command_line.start(ROOT, *options)
    assert "tests/" not in without.stdout and "](" not in without.stdout, "no link that leads nowhere"
    wrong = command_line.start(ROOT, *options, INTEROP_BASE_ADDRESS="interop.example.org")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("interop: INTEROP_BASE_ADDRESS is ")


def test_results_from_the_standard_input(guidelines):
    """As a pipe, which cannot be read twice."""
    command = [sys.executable, "-m", "interop", "--root", guidelines, "score", "dns/2020.06", "-", "--format", "json"]
    given = b"d03b69a5-5052-43bc-a38a-b511b6b34304\n"
    environment = command_line.environment(PYTHONPATH=str(ROOT / "_ext"))
    done = subprocess.run(command, input=given, env=environment, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["tests"]["passed"] == 1
