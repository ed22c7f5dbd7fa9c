"""What an editor asks of a draft: counted by hand in the real record, and with edits of the small one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml
from interop.analysis import drafts
from interop.analysis.analysis import Analysis
from interop.record import loader
from interop.record.problems import errors
from interop.record.record import Record
from interop.site.site import Site

from ..command_line import ROOT

Interop = Callable[..., CompletedProcess[str]]


@pytest.fixture
def root(tmp_path: Path, mini_root: Path) -> Path:
    """The small record, to be edited, with the real process: ``powered`` has 2031.01 and a draft for 2031.07."""
    root = shutil.copytree(mini_root, tmp_path / "guidelines")
    shutil.copy2(ROOT / "guidelines/catalogue/process.yaml", root / "catalogue")
    return root


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.by_hand
def test_guidelines_that_an_editor_may_change(real_record: Record) -> None:
    """Not the reconstructed 2022.11, whose status is "draft", and not the scorings of 2014."""
    found = {key for key, one in real_record.guidelines.items() if drafts.is_edited(one)}
    assert found == {"powered/next", "dns/next", "orchestration/next", "nfv/next"}


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "key, before",
    [("powered/next", "powered/2018.02"), ("powered/2020.06", "powered/2019.11"), ("dns/next", None)],
)
def test_the_guideline_that_it_follows(real_record: Record, key: str, before: str | None) -> None:
    found = drafts.follows(real_record, real_record.guidelines[key])
    assert (found.key if found else None) == before


@pytest.mark.by_hand
def test_sizes(real_analysis: Analysis) -> None:
    """Counted from the two YAML files."""
    a, b = (real_analysis.record.guidelines[f"powered/{id}"] for id in ("2018.02", "next"))
    compute, storage = drafts.sizes(real_analysis.compare(a, b))
    assert compute.kinds == {"required": 3, "advisory": 3, "removed": 14, "dropped": 2}
    assert (compute.component, compute.new, compute.gone) == ("os_powered_compute", 3, 1)
    assert storage.kinds == {"required": 2, "advisory": 1}
    assert (storage.component, storage.new, storage.gone) == ("os_powered_storage", 5, 0)


@pytest.mark.by_hand
def test_what_is_stale(real_record: Record) -> None:
    assert list(drafts.stale(real_record, real_record.guidelines["powered/next"])) == [
        "Its target approval was 2018.08; 2018.11 is newer.",
        "It replaces 2018.02; the newest guideline is 2022.11.",
        "Its changes are those since 2018.02; the rules compare it with 2020.06.",
    ]
    assert list(drafts.stale(real_record, real_record.guidelines["nfv/next"])) == [
        "Its target approval was 2018.02, before the latest event in the source data, of 2023.05, taken as today."
    ]


def test_a_draft_in_time_is_not_stale(interop: Interop, root: Path) -> None:
    done = interop(root, "preview", "powered/next")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "powered/next: draft, not approved"
    assert "Changes since powered/2031.01" in lines
    assert "Rules newly broken: 0" in lines
    assert "Out of date" not in lines
    assert "Errors: 0; observations: 0, 0 of them known" in lines


def test_a_preview_of_a_worse_draft(interop: Interop, root: Path) -> None:
    path = root / "powered/next.yaml"
    edit(path, "    replaces: '2031.01'\n", "")
    lists = "      advisory: []\n      deprecated: []\n      removed: "
    before = f"      required: [servers-list, servers-start, tokens-issue]\n{lists}[]\n"
    edit(path, before, f"      required: [servers-list, servers-start]\n{lists}[tokens-issue]\n")
    edit(path, "achievements: [deployed, stable, tools]", "achievements: [deployed, stable, toolz]")
    text = path.read_text(encoding="utf-8").splitlines()
    place = text.index("    achievements: [deployed, stable, toolz]") + 1
    lines = interop(root, "preview", "powered/next").stdout.splitlines()
    assert "  It does not name the guideline that it replaces; the newest is 2031.01." in lines
    assert "  os_powered_compute: 1 became required, 1 removed; tests: 1 added, 1 dropped" in lines
    # From required straight to removed: the process wants it deprecated first.
    rules = lines[lines.index("Rules newly broken: 1") + 1]
    assert rules.startswith("  guidelines/powered/next.yaml:") and "tokens-issue" in rules and rules.endswith("]")
    observed = [line for line in lines if line.startswith(f"  guidelines/powered/next.yaml:{place}: ")]
    assert len(observed) == 1 and "unknown-criterion" in observed[0]


def test_a_draft_with_errors(interop: Interop, root: Path) -> None:
    edit(root / "powered/next.yaml", "    status: draft\n", "    status: drafd\n")
    done = interop(root, "preview", "powered/next")
    assert done.returncode == 1
    count, first, second = done.stderr.splitlines()
    assert count == "Errors: 1; observations: 1, 0 of them known"
    assert first.startswith("  guidelines/powered/next.yaml:16: error bad-value: ") and " not-checked: " in second


@pytest.mark.parametrize("status", ["draft", "drafd"])
def test_known_observations_are_folded(status: str, interop: Interop, root: Path) -> None:
    """Whether the file can be read or not; those of ``powered/next`` are two here, one of which is listed."""
    path = root / "powered/next.yaml"
    edit(path, "    status: draft\n", f"    status: {status}\n")
    edit(path, "tools: {weight: 25}", "tools: {weight: 15}")
    edit(path, "[briar, clover]", "[briar, clover, clover]")
    entry = {"code": "weights", "files": ["powered/next.yaml"], "about": ["sum"], "reason": "Agreed on."}
    (root / "observations.yaml").write_text(yaml.safe_dump([entry]), encoding="utf-8")

    def told(*options: str) -> tuple[str, list[str]]:
        done = interop(root, "preview", "powered/next", *options)
        lines = (done.stdout if status == "draft" else done.stderr).splitlines()
        place = next(number for number, line in enumerate(lines) if line.startswith("Errors: "))
        return lines[place], [line.split()[2].removesuffix(":") for line in lines[place + 1 :]]

    new = ["repeated"] if status == "draft" else ["bad-value", "not-checked", "repeated"]
    wrong, seen = len(new) // 3, 2 + len(new) // 3
    head = f"Errors: {wrong}; observations: {seen}, 1 of them known"
    assert told() == (f"{head}; for these: --all", new)
    assert told("--all") == (head, [*new, "weights"])


def test_an_unknown_guideline(interop: Interop, root: Path) -> None:
    done = interop(root, "preview", "powered/2032.01")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("interop: no guideline 'powered/2032.01'; did you mean 'powered/2031.01'? Or one of")


def dated(root: Path, id: str, status: str, event: str = "") -> Site:
    """The site of the small record with one more guideline, a copy of the draft, and an event of it."""
    text = (root / "powered/next.yaml").read_text(encoding="utf-8")
    for old, new in (("  id: 'next'\n", f"  id: '{id}'\n"), ("    status: draft\n", f"    status: {status}\n")):
        assert text.count(old) == 1
        text = text.replace(old, new)
    (root / f"powered/{id}.yaml").write_text(text, encoding="utf-8")
    if event:
        entry = {"event": event, "date": "2031-07-01", "evidence": "Seen.", "sources": ["https://a.example/"]}
        events = yaml.safe_dump({f"powered/{id}": [entry]})
        (root / "catalogue/events.yaml").write_text(events, encoding="utf-8")
    record, problems = loader.load(root)
    assert not errors(problems)
    return Site(record, problems)


@pytest.mark.parametrize("status", ["draft", "review"])
@pytest.mark.parametrize("event", ["", "proposed"])
def test_a_dated_draft_is_not_the_newest_guideline(root: Path, status: str, event: str) -> None:
    site = dated(root, "2031.06", status, event)
    record = site.record
    draft, next_one = record.guidelines["powered/2031.06"], record.guidelines["powered/next"]
    newest = (record.latest("powered"), record.newest_complete("powered"), record.latest_known("powered"))
    assert {one.id if one else "" for one in newest} == {"2031.01"}
    assert [record.before(one).id for one in (draft, next_one)] == ["2031.01", "2031.01"]  # type: ignore[union-attr]
    assert drafts.follows(record, next_one) is record.guidelines["powered/2031.01"]
    assert drafts.is_edited(draft)
    (powered,) = (one for one in site.view("home", "")["programs"] if one["latest"] and "Powered" in one["title"])
    assert powered["latest"]["id"] == powered["complete"]["id"] == "2031.01"
    view = site.view("guideline", "powered/2031.06")
    assert view["draft"] and view["preparation"] and view["newest"]["id"] == "2031.01"
    assert site.view("guideline", "powered/2031.01")["newest"] is None


@pytest.mark.parametrize("event", ["used", "approved"])
def test_a_draft_that_was_used_is_the_newest_guideline(root: Path, event: str) -> None:
    """As 2022.11, of which no other status is known: the record has to say so."""
    site = dated(root, "2031.06", "draft", event)
    record = site.record
    newest = (record.latest("powered"), record.newest_complete("powered"), record.latest_known("powered"))
    assert {one.id if one else "" for one in newest} == {"2031.06"}
    assert not drafts.is_edited(record.guidelines["powered/2031.06"])
    assert site.view("guideline", "powered/2031.01")["newest"]["id"] == "2031.06"


@pytest.mark.by_hand
def test_the_newest_guidelines_of_the_record(real_record: Record) -> None:
    """2022.11 was used (``events.yaml``), though its status is "draft"; ``next`` never was."""
    found = {program: real_record.latest_known(program) for program in ("powered", "dns", "nfv")}
    ids = {key: one.id if one else "" for key, one in found.items()}
    assert ids == {"powered": "2022.11", "dns": "2022.11", "nfv": ""}
