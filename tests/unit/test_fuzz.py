"""The fuzzer: a short run with a random seed, which is printed, and proof that each of its assertions can fail."""

from __future__ import annotations

import random
import re
from pathlib import Path
from unittest import mock

import pytest
from interop.record import loader, schemas
from interop.record.problems import Problem
from interop.record.record import Record
from interop.site.site import Site

from .. import fuzz, fuzz_mutations, fuzz_oracle, fuzz_records
from ..fuzz_oracle import Fault


def test_a_short_run_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    status = fuzz.main(["--mutants", "150", "--processes", "1"])
    printed = capsys.readouterr().out
    print(printed)  # Shown, with the seed, if the test fails.
    assert (status, printed.splitlines()[-1].partition(" mutants, ")[2].partition(" ")[0]) == (0, "0")


def test_a_mutant_is_always_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = fuzz_records.record(4)
    for number in range(20):
        one, other = (fuzz_mutations.mutant(random.Random(f"x-{number}"), files) for _ in range(2))
        assert one == other
    told = []
    for _ in range(2):
        fuzz.main(["--seed", "x", "--only", "3"])
        told.append(re.sub(r"\d+ seconds", "", capsys.readouterr().out))
    assert told[0] == told[1] and ": " in told[0]


def test_small_records_are_of_all_real_guidelines() -> None:
    real = {path.relative_to(fuzz_records.GUIDELINES).as_posix() for path in fuzz_records.GUIDELINES.rglob("*/*.yaml")}
    others = ("catalogue/", "adopters/", "amendments/")
    assert {name for name in real if not name.startswith(others)} <= set(fuzz_records.guidelines())
    assert real | {"addresses.txt", "drift.yaml", "observations.yaml"} == set(fuzz_records.whole())


def test_a_record_is_valid_and_changes_are_taken_back(tmp_path: Path) -> None:
    on_disk = fuzz.Folder(fuzz_records.record(26), tmp_path / "record")
    before = {path: path.is_dir() or path.read_bytes() for path in on_disk.root.rglob("*")}
    assert fuzz.read(on_disk.root, random.Random(0))
    for number in range(40):
        _, changes = fuzz_mutations.mutant(random.Random(number), on_disk.files)
        on_disk.change(changes)
        on_disk.take_back(changes)
    assert {path: path.is_dir() or path.read_bytes() for path in on_disk.root.rglob("*")} == before


def test_an_exception_is_a_fault(tmp_path: Path) -> None:
    with mock.patch.object(loader, "load", side_effect=KeyError("x")):
        _, faults = fuzz.run("x", range(2), tmp_path / "record")
    assert [fault.splitlines()[-1] for fault in faults] == ["KeyError: 'x'"] * 2
    assert faults[1].startswith("--seed x --only 1 (")


@pytest.mark.parametrize(
    "problem",
    [
        Problem("guidelines/x.yaml", 0, "syntax", "is wrong", "be right"),
        Problem("guidelines/x.yaml", 3, "syntax", "is wrong", "be right"),
        Problem("guidelines/x.yaml", 1, "syntax", "is wrong"),
        Problem("guidelines/x.yaml", 1, "syntax", "", "be right"),
        Problem("guidelines/x.yaml", 1, "no-such-code", "is wrong", "be right"),
        Problem("x.yaml", 1, "syntax", "is wrong", "be right"),
    ],
)
def test_a_problem_that_does_not_say_where_and_what(problem: Problem, tmp_path: Path) -> None:
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "guidelines" / "x.yaml").write_text("a: 1\n", encoding="utf-8")
    right = Problem("guidelines/x.yaml", 2, "syntax", "is wrong", "be right")
    fuzz_oracle.check_problems([right], tmp_path / "guidelines")
    with pytest.raises(Fault):
        fuzz_oracle.check_problems([right, problem], tmp_path / "guidelines")


UNSAFE = [
    "../x",
    "/x",
    "x//y",
    "t/../index.html",
    "t/..html",
    "c/.x",
    "c/-x",
    "c/_x",
    "c/x.",
    "c/x?.html",
    "c/x:y.html",
]
UNSAFE += [
    "c/\u00e9",
    "c/x y",
    "c/\u200b",
    "c/con.html",
    "c/x/NUL",
    "c/a..b",
    "c/" + "x" * 248,
    "t/x:Wherej.html",
    "c/a+b",
]


@pytest.mark.parametrize("path", UNSAFE)
def test_an_unsafe_path(path: str) -> None:
    for right in ("diff/dns/2020.06..next.html", "api/v1/diffs/dns/a..b.json", "api/v1/x/required+advisory/y.txt"):
        fuzz_oracle.check_path(right)
    with pytest.raises(Fault):
        fuzz_oracle.check_path(path)


@pytest.mark.parametrize(
    "given", [["a/x", "a/X"], ["a/x", "a/x"], ["a/x", "A/x/y"], ["x.html", "b", "X.html/index.html"]]
)
def test_paths_that_are_one_file(given: list[str]) -> None:
    fuzz_oracle.check_paths(["a/x", "a/y", "a/xx/y", "b"])
    with pytest.raises(Fault):
        fuzz_oracle.check_paths(given)


#: Names that the forms refuse, and that must be found if they did not: capability of a record -> how it is found.
@pytest.mark.parametrize("name", ["..", "../../w/x", "Index:x", "index", "x" * 300, "con", "a\\b", "\u200b", "x."])
def test_what_the_forms_refuse_would_be_found(name: str, tmp_path: Path) -> None:
    on_disk = fuzz.Folder(fuzz_records.record(4), tmp_path / "record")
    record, _ = loader.load(on_disk.root)
    assert not schemas.NAME.matches(name)
    guideline = next(iter(record.guidelines.values()))
    old = next(iter(guideline.capabilities))
    guideline.capabilities[name] = guideline.capabilities.pop(old)
    with pytest.raises(Fault):
        fuzz_oracle.check_site(Site(record))


def test_titles_are_one_line(tmp_path: Path) -> None:
    record: Record = loader.load(fuzz.Folder(fuzz_records.record(4), tmp_path / "record").root)[0]
    fuzz_oracle.check_site(Site(record))
    record.catalogue.data["programs"]["dns"]["title"] = "Two\u2028lines"
    with pytest.raises(Fault, match="not one line"):
        fuzz_oracle.check_site(Site(record))
