"""Lists of tests that people keep, line by line: which lines name a test, and how; the lines were written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from interop.analysis import listed
from interop.analysis.analysis import Analysis
from interop.analysis.listed import Form

from ..small_record import ID, both, changed, load, put, rename, take

UUID = "6E85FDE4-B3CD-4137-AB72-ED5F418E8C24"
NAME = "tempest.api.compute.flavors.test_flavors.FlavorsV2TestJSON.test_list_flavors"
ONE, TWO = ID.format(1), ID.format(2)

#: A line, and its form, name, id and tags.
LINES = [
    ("", Form.NONE, "", "", ()),
    ("  \t", Form.NONE, "", "", ()),
    ("# tempest.api.x", Form.NONE, "", "", ()),
    ("   #no space", Form.NONE, "", "", ()),
    (NAME, Form.NAME, NAME, "", ()),
    (f"  {NAME} # why", Form.NAME, NAME, "", ()),
    (f"{NAME}#why", Form.NAME, NAME, "", ()),
    (f"{NAME}[id-{UUID}]", Form.FULL, NAME, UUID.lower(), ()),
    (f"{NAME}[id-{UUID.lower()},smoke]", Form.FULL, NAME, UUID.lower(), ("smoke",)),
    (f"{NAME}[gate,id-{UUID},negative](dhcp)", Form.FULL, NAME, UUID.lower(), ("gate", "negative")),
    (f"{NAME}[]", Form.FULL, NAME, "", ()),
    (f"{NAME}[smoke]", Form.FULL, NAME, "", ("smoke",)),
    (UUID, Form.ID, "", UUID.lower(), ()),
    (f"id-{UUID}  # why", Form.ID, "", UUID.lower(), ()),
    (rf"^tempest\.api\.x\[.*id-{UUID}", Form.PATTERN, "", UUID.lower(), ()),
]
WRONG = [
    "two words",
    "noname",
    "tempest..api",
    "tempest.api.",
    UUID[:-1],
    "<b>tempest.api</b>",
    r"^tempest\.api\.",
    "a.b[",
    "\x00",
]


@pytest.mark.parametrize("text, form, name, id, tags", LINES)
def test_lines(text: str, form: Form, name: str, id: str, tags: tuple[str, ...]) -> None:
    (line,), problems = listed.parse(text or "\n", "a.lst")
    assert (line.form, line.name, line.id, line.tags, problems) == (form, name, id, tags, [])
    assert (line.number, line.text) == (1, text)


@pytest.mark.parametrize("text", WRONG)
def test_a_line_that_is_none_of_them_is_a_problem_of_its_line(text: str) -> None:
    lines, problems = listed.parse(f"# first\n{text}\n{NAME}\n{text}\n", "lists/a.lst")
    assert [line.number for line in lines] == [1, 3]
    assert [(one.path, one.line, one.code) for one in problems] == [("lists/a.lst", n, "not-a-test") for n in (2, 4)]


def test_ends_of_lines_and_a_mark_of_the_byte_order() -> None:
    lines, problems = listed.parse(f"\ufeff{NAME}\r\n\r\n{UUID}", "a.lst")
    assert [(line.number, line.text) for line in lines] == [(1, NAME), (2, ""), (3, UUID)]
    assert problems == []


def test_another_name_keeps_everything_else() -> None:
    (line,), _ = listed.parse(f"  {NAME}[gate,id-{UUID}](x)  # why", "a.lst")
    assert line.with_name("tempest.new.test") == f"  tempest.new.test[gate,id-{UUID}](x)  # why"


# --- which test a line names ------------------------------------------------------------------------------------------

AUTH = ("capabilities", "compute-auth", "tests")


def named(analysis: Analysis, *texts: str, **preferred: str) -> list[str]:
    lines, _ = listed.parse("\n".join(texts), "a.lst")
    return [key for _, key in listed.keys(lines, listed.names(analysis, preferred))]


def test_a_test_is_known_by_its_id_and_by_every_name_it_had(tmp_path: Path) -> None:
    files = changed(
        rename("2016.08", "compute-auth", 1, "tempest.renamed"),
        put("2016.08", *AUTH, "tempest.renamed", "aliases", ["tempest.alias"]),
    )
    analysis = Analysis(load(files, tmp_path))
    texts = ["tempest.test_1", "tempest.renamed", "tempest.alias", f"tempest.nobody[id-{ONE}]", ONE, f"^x.*id-{ONE}"]
    assert named(analysis, *texts) == [ONE] * 6
    assert named(analysis, "tempest.test_2[id-" + ONE + "]") == [ONE], "the id counts, and not the name"
    assert named(analysis, "tempest.nobody", "# tempest.test_1") == [""]


def test_a_name_of_two_tests_is_nobodys_unless_a_guideline_decides(tmp_path: Path) -> None:
    files = changed(
        both(take("2016.08", *AUTH, "tempest.test_2"), rename("2016.08", "compute-auth", 1, "tempest.test_2"))
    )
    analysis = Analysis(load(files, tmp_path))
    assert named(analysis, "tempest.test_2") == [""]
    assert named(analysis, "tempest.test_2", **{"tempest.test_2": TWO}) == [TWO]


def test_a_test_without_an_id_has_its_name_as_key(tmp_path: Path) -> None:
    ids = [take(id, *AUTH, "tempest.test_1", "idempotent_id") for id in ("2016.01", "2016.08", "next")]
    analysis = Analysis(load(changed(*ids), tmp_path))
    assert named(analysis, "tempest.test_1", f"tempest.test_1[id-{ONE}]") == ["tempest.test_1", ONE]


def test_names_of_todays_suites_count(real_analysis: Analysis) -> None:
    """Renamed by Tempest after the last guideline: no guideline has this name."""
    today = {test.name: id for id, test in real_analysis.record.drift.tests.items()}
    new = sorted(set(today) - {n for places in real_analysis.test_places.values() for p in places for n in p.names})
    assert len(new) == 24
    assert named(real_analysis, *new) == [today[name] for name in new]
