"""The list of permanent URLs: how it is read and written, and what counts as lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from interop.record import ledger, loader
from interop.record.ledger import Ledger

from .conftest import MINI

TEXT = """\
# A remark.

about
capabilities/gone -> capabilities/servers-start
capabilities/servers-start
  #lost -> guidelines/index#top
  #tests

guidelines/index
  #top
"""
PAGES = {
    "about": set(),
    "capabilities/gone": set(),
    "capabilities/servers-start": {"lost", "tests"},
    "guidelines/index": {"top"},
}
MOVED = {
    "capabilities/gone": "capabilities/servers-start",
    "capabilities/servers-start#lost": "guidelines/index#top",
}


def parse(text: str) -> Ledger:
    found, problems = ledger.parse(text, "addresses.txt")
    assert problems == []
    return found


def test_it_is_read_with_the_record(tmp_path: Path) -> None:
    root = tmp_path / "guidelines"
    shutil.copytree(MINI, root)
    (root / "addresses.txt").write_text(TEXT, encoding="utf-8")
    loaded, problems = loader.load(root)
    assert (loaded.addresses.pages, loaded.addresses.moved) == (PAGES, MOVED)
    assert problems == []


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("about us\n", {1: "about us"}),
        ("#about\n  #top\n", {2: "#top"}),  # The first line is a remark, so that the anchor has no page.
        ("about\n  top\n", {2: "top"}),
        ("about\n#top\n", {}),
        ("  about\n", {1: "about"}),
        ("about\n\n  #top us\n", {3: "#top us"}),
        ("about->index\n", {1: "about->index"}),
        ("about ->\n", {1: "about ->"}),
        ("about -> \n", {1: "about ->"}),
        ("about\tus\n", {1: "about\\tus"}),
        ("about\u2028us\nabout us", {1: "about\\u2028us", 2: "about us"}),
        ("about\r\n  #top\r\n", {}),
        ("../x -> index\n", {1: "../x -> index"}),
        ("about\n  #to/p\n", {2: "#to/p"}),
        ("about\n  #a\nabout us\n  #b\n", {3: "about us"}),
    ],
)
def test_lines_that_are_neither_page_nor_anchor(text: str, wrong: dict[int, str]) -> None:
    _, problems = ledger.parse(text, "addresses.txt")
    assert {problem.line: problem.message for problem in problems} == {
        line: f"'{what}' is not a page or an anchor below one" for line, what in wrong.items()
    }
    assert {problem.code for problem in problems} <= {"syntax"}


@pytest.mark.parametrize("new", ["../x", "/x", "x#", "x#a b", "x#a#b", "#a", "x/", "con", "x -> y", "INDEX"])
def test_a_move_leads_to_what_can_be_a_page(new: str) -> None:
    for text, old in ((f"old -> {new}\n", "old"), (f"old\n  #a -> {new}\n", "old#a")):
        found, problems = ledger.parse(text, "addresses.txt")
        assert [(p.line, p.code, p.message) for p in problems] == [
            (text.count("\n"), "syntax", f"'{old}' moved to '{new}'")
        ]
        assert found.moved == {}


def test_pages_do_not_differ_only_in_case() -> None:
    _, problems = ledger.parse("about\nx/About\nABOUT\nx/about\nabout\nAbout\n", "addresses.txt")
    assert [(problem.line, problem.code, problem.message) for problem in problems] == [
        (3, "name-clash", "'ABOUT' differs from 'about' on line 1 only in case"),
        (4, "name-clash", "'x/about' differs from 'x/About' on line 2 only in case"),
        (6, "name-clash", "'About' differs from 'about' on line 1 only in case"),
    ]


@pytest.mark.parametrize("text, clash", [("c/X -> c/x\n", 1), ("c/X\n  #a -> c/x#a\n", 2), ("c/X\n  #a -> c/X#A\n", 0)])
def test_a_page_does_not_move_to_its_name_in_other_case(text: str, clash: int) -> None:
    """Where case is ignored, the page that tells where to look would overwrite the page."""
    _, problems = ledger.parse(text, "addresses.txt")
    assert [(problem.line, problem.code) for problem in problems] == ([(clash, "name-clash")] if clash else [])


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_link_out(path: Path) -> None:
    (path.parents[1] / "outside.txt").write_text("about\n", encoding="utf-8")
    path.symlink_to("../outside.txt")


@pytest.mark.parametrize(
    "make, code",
    [
        (make_pipe, "unreadable"),
        (make_link_out, "outside"),
        (lambda path: path.symlink_to("nowhere"), "unreadable"),
        (lambda path: path.write_bytes(b"about\n  #\xff\n"), "encoding"),
        (lambda path: path.write_text("about\n" * 700_000), "too-large"),
    ],
)
@pytest.mark.parametrize("name", ["addresses.txt", "drift.yaml", "observations.yaml"])
def test_a_file_that_cannot_be_read_is_not_left_out(
    name: str, make: Callable[[Path], None], code: str, tmp_path: Path
) -> None:
    root = tmp_path / "guidelines"
    shutil.copytree(MINI, root)
    make(root / name)
    _, problems = loader.load(root)
    assert [(problem.path, problem.code) for problem in problems] == [(f"guidelines/{name}", code)]


def test_a_page_that_stands_twice_is_one() -> None:
    assert parse("about\n  #a\nindex\nabout\n  #b\n").pages == {"about": {"a", "b"}, "index": set()}


def test_it_is_written_sorted_and_read_as_it_was() -> None:
    names = "zyxwvutsrqponmlkjihgfedcba"
    given = Ledger({page: set(names) if page == "b" else set() for page in names}, {"b#c": "a", "z": "b#d", "b": "y"})
    text = ledger.form(given)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    anchors = [f"  #{name}" for name in "ab"] + ["  #c -> a"] + [f"  #{name}" for name in sorted(names)[3:]]
    assert lines == ["a", "b -> y", *anchors, *sorted(names)[2:25], "z -> b#d"]
    again = parse(text)
    assert (again.pages, again.moved) == (given.pages, given.moved)


#: Pages and anchors of a site, and what of TEXT it lacks.
SITES = [
    (PAGES, []),
    (PAGES | {"capabilities/new": {"tests"}}, []),
    (PAGES | {"capabilities/servers-start": {"tests", "more"}}, []),
    (PAGES | {"capabilities/servers-start": {"lost"}}, ["capabilities/servers-start#tests"]),
    ({page: anchors for page, anchors in PAGES.items() if page != "capabilities/gone"}, []),
    # Of a page that is lost, the anchors are not told.
    ({page: anchors for page, anchors in PAGES.items() if page != "guidelines/index"}, ["guidelines/index"]),
    (
        {"capabilities/servers-start": set(), "capabilities/gone": set()},
        ["about", "guidelines/index", "capabilities/servers-start#tests"],
    ),
]


@pytest.mark.parametrize("site, lost", SITES)
def test_what_is_lost(site: dict[str, set[str]], lost: list[str]) -> None:
    assert ledger.lost(parse(TEXT), site) == lost


def test_an_anchor_of_a_page_that_moved_is_lost_unless_it_moved_too() -> None:
    """The page is still there, to say where to look."""
    given = parse("old -> new\n  #a\n  #b -> new#b\nnew\n  #b\n")
    assert ledger.lost(given, {"old": [], "new": ["b"]}) == ["old#a"]


@pytest.mark.parametrize(
    "new, wrong",
    [("index", False), ("index#top", False), ("nowhere", True), ("index#nowhere", True), ("nowhere#top", True)],
)
def test_a_move_leads_somewhere(new: str, wrong: bool) -> None:
    site = {"index": ["top"], "other": ["nowhere"]}
    for given, old in ((f"old -> {new}\n", "old"), (f"index\n  #old -> {new}\n", "index#old")):
        assert ledger.wrong_moves(parse(given), site) == ([f"{old} -> {new}"] if wrong else [])


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("a -> b\nb -> c\nc\n", ["a -> b"]),
        ("a -> b#x\nb\n  #x -> c\nc\n", ["a -> b#x"]),
        ("a -> b#y\nb -> c\n  #y\nc\n", ["a -> b#y"]),
        ("a -> b#y\nb\n  #x -> c\n  #y\nc\n", []),
        ("a -> b\nb\n  #x -> c\nc\n", []),
        ("a -> a\n", ["a -> a"]),
    ],
)
def test_a_move_does_not_lead_to_what_moved_itself(text: str, wrong: list[str]) -> None:
    """What moved is still there, to say where to look: a reader would be sent on twice."""
    given = parse(text)
    assert ledger.wrong_moves(given, given.pages) == wrong


def test_pages_of_the_site_that_differ_only_in_case() -> None:
    """As what moved from ``c/X`` when there is a page ``c/x``, which the ledger does not have yet."""
    assert ledger.clashes({"c/x": [], "about": [], "c/X": [], "d/x": []}) == ["c/x and c/X"]


def test_what_is_new_is_added_and_nothing_is_taken_away() -> None:
    """The anchors of drafts are not promised: they change by nature."""
    site = {
        "about": ["new"],
        "capabilities/next": [],
        "guidelines/index": [],
        "guidelines/powered/next": ["compute-auth"],
        "diff/powered/2031.01..next": ["tests"],
        "what-comes-next": ["a"],
    }
    found = ledger.extended(parse(TEXT), site)
    assert found.moved == MOVED
    assert found.pages == PAGES | {
        "about": {"new"},
        "capabilities/next": set(),
        "guidelines/powered/next": set(),
        "diff/powered/2031.01..next": set(),
        "what-comes-next": {"a"},
    }


def test_what_official_files_may_replace_is_not_promised() -> None:
    """The anchors of pages about reconstructed guidelines, and of groups of tests, whose names have a colon."""
    site = {"guidelines/powered/2031.01": ["tests"], "matrix/powered": ["compute-auth", "group:resize"]}
    found = ledger.extended(parse("index\n"), site, {"guidelines/powered/2031.01"})
    assert found.pages == {"index": set(), "guidelines/powered/2031.01": set(), "matrix/powered": {"compute-auth"}}


def test_adding_changes_neither_the_ledger_nor_the_site() -> None:
    given, site = parse(TEXT), {"about": {"new"}}
    ledger.extended(given, site)
    assert (given.pages, given.moved, site) == (PAGES, MOVED, {"about": {"new"}})
