"""The status of each guideline today, against the rule of clause C6.1 and events written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from interop.record import loader
from interop.record.catalogue import Event
from interop.record.record import Record
from interop.record.standing import Standing

from ..small_record import Files, both, changed, only, put, write
from ..small_record import added as approved

EVENTS = "catalogue/events.yaml"
KNOWN = "catalogue/known.yaml"


def event(kind: str, date: str, **more: bool) -> dict[str, object]:
    return {"event": kind, "date": date, "evidence": "Minutes.", "sources": ["https://interop.example.org/"]} | more


def record(folder: Path, files: Files, events: dict[str, list], known: dict[str, dict] | None = None) -> Record:
    root = write(files, folder)
    (root / EVENTS).write_text(yaml.dump({f"powered/{id}": some for id, some in events.items()}), encoding="utf-8")
    named = {f"powered/{id}": {"note": "Known."} | some for id, some in ({"2015.07": {}} | (known or {})).items()}
    (root / KNOWN).write_text(yaml.dump(named), encoding="utf-8")
    found, _ = loader.load(root)
    assert found.guidelines.keys() == {f"powered/{id}" for id in files}
    return found


def standings(found: Record) -> dict[str, Standing]:
    return {item.id: found.standing(item.key) for item in found.known("powered")}


def words(found: Record) -> dict[str, str]:
    return {id: one.status for id, one in standings(found).items()}


def test_two_approved_guidelines_stay_approved(tmp_path):
    files = changed(only("2016.08"), approved("2017.01", "2016.08"))
    assert words(record(tmp_path, files, {})) == {"2015.07": "", "2016.08": "approved", "2017.01": "approved"}


def test_a_third_supersedes_the_first_whatever_its_file_has(tmp_path):
    files = changed(only("2016.08"), approved("2017.01", "2016.08"), approved("2017.08", "2017.01"))
    found = record(tmp_path, files, {"2017.08": [event("approved", "2017-08-22", no_later=True)]})
    first = found.standing("powered/2016.08")
    assert (first.status, first.given, first.by_rule, first.successor) == (
        "superseded",
        "approved",
        True,
        "powered/2017.08",
    )
    assert first.since is not None
    assert (first.since.date, first.since.no_later) == ("2017-08-22", True)
    assert first.in_force == ("powered/2017.01", "powered/2017.08")


def test_guidelines_that_are_not_archived_count(tmp_path):
    files = changed(only("2016.08", "next"))
    events = {"2017.01": [event("approved", "2017-01-24")], "2017.09": [event("approved", "2017-09-10")]}
    found = record(tmp_path, files, events, {"2017.01": {}, "2017.09": {}, "2018.02": {}})
    assert words(found) == {
        "2015.07": "",
        "2016.08": "superseded",
        "2017.01": "approved",
        "2017.09": "approved",
        "2018.02": "",
        "next": "draft",
    }
    latest = found.latest_known("powered")
    assert latest is not None and latest.id == "2018.02"
    complete = found.newest_complete("powered")
    assert complete is not None and complete.id == "2016.08"


def test_an_event_that_supersedes_dates_the_status(tmp_path):
    files = changed(only("2016.08"), approved("2017.01", "2016.08"), approved("2017.08", "2017.01"))
    events = {"2016.08": [event("superseded", "2017-09-01")], "2017.08": [event("approved", "2017-08-22")]}
    first = record(tmp_path, files, events).standing("powered/2016.08")
    assert first.since is not None
    assert (first.since.date, first.by_rule) == ("2017-09-01", False)


def test_the_day_on_which_a_file_is_marked_does_not_date_the_status(tmp_path):
    files = changed(only("2016.01", "2016.08"), approved("2017.01", "2016.08"))
    events = {"2016.01": [event("marked-superseded", "2019-05-05")], "2017.01": [event("approved", "2017-01-24")]}
    one = record(tmp_path, files, events).standing("powered/2016.01")
    assert one.since is not None
    assert (one.since.date, one.by_rule) == ("2017-01-24", True)


def test_a_file_that_is_superseded_was_approved_once(tmp_path):
    """No event of 2016.01 is known: the approval of the second one after it dates its status."""
    files = changed(only("2016.01", "2016.08"), approved("2017.01", "2016.08"))
    one = record(tmp_path, files, {"2017.01": [event("approved", "2017-01-24")]}).standing("powered/2016.01")
    assert one.since is not None
    assert (one.since.date, one.successor) == ("2017-01-24", "powered/2017.01")


def test_a_known_guideline_that_is_archived_counts_once(tmp_path):
    found = record(tmp_path, changed(only("2016.08")), {}, {"2016.08": {"status": "draft"}})
    assert [item.id for item in found.known("powered")] == ["2015.07", "2016.08"]
    assert words(found)["2016.08"] == "approved"


def test_a_file_that_is_superseded_is_never_approved_again(tmp_path):
    found = record(tmp_path, changed(only("2016.01")), {"2016.01": [event("approved", "2016-01-26")]})
    one = found.standing("powered/2016.01")
    assert (one.status, one.since) == ("superseded", None)
    assert one.approved is not None and one.approved.date == "2016-01-26"


@pytest.mark.parametrize("status", ["draft", "review", "advisory"])
def test_a_guideline_that_was_not_approved_keeps_the_status_of_its_file(tmp_path, status):
    files = changed(only("2016.08"), put("2016.08", "metadata", "os_trademark_approval", "status", status))
    assert words(record(tmp_path, files, {}))["2016.08"] == status
    files = changed(
        both(only("2016.08"), approved("2017.01", "2016.08"), approved("2017.08", "2017.01")),
        put("2017.08", "metadata", "os_trademark_approval", "status", status),
    )
    (tmp_path / "b").mkdir()
    assert words(record(tmp_path / "b", files, {}))["2016.08"] == "approved"


def test_a_partial_file_is_the_latest_but_not_the_newest_complete(tmp_path):
    found = record(tmp_path, changed(only("2016.08"), approved("2017.01", "2016.08")), {})
    newest = found.guidelines["powered/2017.01"]
    found.guidelines["powered/2017.01"] = replace(newest, completeness="partial")
    latest, complete = found.latest_known("powered"), found.newest_complete("powered")
    assert latest is not None and latest.id == "2017.01"
    assert complete is not None and complete.id == "2016.08"


# --- the real record --------------------------------------------------------------------------------------------------


@pytest.mark.by_hand
def test_no_program_has_more_than_two_official_guidelines(real_record):
    """C6.1; 2022.11 and 2022.06 have no known approval, so the two of the Foundation's page of 2022-07-14 are."""
    official = {
        program: [one.id for one in real_record.known(program) if real_record.standing(one.key).status == "approved"]
        for program in real_record.known_programs()
    }
    two = ["2020.11", "2021.11"]
    assert {key: ids for key, ids in official.items() if ids} == {
        "powered": two,
        "dns": two,
        "orchestration": two,
        "shared-file-system": two,
    }


#: Days of approval of Powered guidelines, from commits of openstack/interop and board minutes: the latest possible day
#: has a "<" before it.
APPROVED = {
    "2015.03": "2015-03-03",
    "2015.04": "2015-04-02",
    "2015.05": "2015-05-17",
    "2015.07": "2015-07-28",
    "2016.01": "2016-01-26",
    "2016.08": "<2016-10-04",
    "2017.01": "2017-01-24",
    "2017.09": "2017-09-10",
    "2018.02": "<2018-03-06",
    "2018.11": "2018-11-12",
    "2019.06": "2019-09-10",
    "2019.11": "<2020-05-19",
    "2020.06": "2020-06-11",
    "2020.11": "<2021-07-06",
    "2021.11": "<2022-07-14",
}


def powered_days(record: Record, event_of: Callable[[Standing], Event | None]) -> dict[str, str]:
    """By Powered guideline, the day of the event that ``event_of`` takes of its standing; ``<`` if it is the latest."""
    events = {item.id: event_of(record.standing(item.key)) for item in record.known("powered")}
    return {id: "<" * event.no_later + event.date for id, event in events.items() if event}


@pytest.mark.by_hand
def test_days_of_approval(real_record):
    assert powered_days(real_record, lambda one: one.approved) == APPROVED


#: Days since when guidelines are superseded: C6.1 and the days above or, before C6.1, commit d3f345c (events.yaml).
SUPERSEDED = {
    "2015.03": "<2015-07-30",
    "2015.04": "<2015-07-30",
    "2015.05": "2016-01-26",
    "2015.07": "<2016-10-04",
    "2016.01": "2017-01-24",
    "2016.08": "2017-09-10",
    "2017.01": "<2018-03-06",
    "2017.09": "2018-11-12",
    "2018.02": "2019-09-10",
    "2018.11": "<2020-05-19",
    "2019.06": "2020-06-11",
    "2019.11": "<2021-07-06",
    "2020.06": "<2022-07-14",
}


@pytest.mark.by_hand
def test_days_since_when_guidelines_are_superseded(real_record):
    assert powered_days(real_record, lambda one: one.since if one.status == "superseded" else None) == SUPERSEDED


@pytest.mark.by_hand
def test_older_guidelines_are_superseded_first(real_record):
    """Of those that were approved: of orchestration.2018.02 only the mark in the file is known, of 2020."""
    for program in ("powered", "dns", "orchestration"):
        standings = [real_record.standing(item.key) for item in real_record.known(program)]
        days = [one.since.date for one in standings if one.status == "superseded" and one.since and one.approved]
        assert len(days) > 3 and days == sorted(days)


@pytest.mark.by_hand
def test_the_latest_guideline_is_not_the_newest_complete_one(real_record):
    for program, complete in (("powered", "2020.06"), ("dns", "2020.06"), ("shared-file-system", None)):
        latest, newest = real_record.latest_known(program), real_record.newest_complete(program)
        assert latest is not None and latest.id == "2022.11"
        assert (newest.id if newest else None) == complete
    assert real_record.latest_known("nfv") is None


@pytest.mark.by_hand
def test_every_event_is_of_a_month_that_its_guideline_can_have_it(real_record):
    """No guideline was approved before it was named: D4.1 names it after the month of the approval."""
    early = [
        (key, one.event, one.date)
        for key, events in real_record.catalogue.events.items()
        for one in events
        if one.event in ("approved", "superseded", "used") and one.date[:7].replace("-", ".") < key.rpartition("/")[2]
    ]
    assert early == [("powered/2022.06", "used", "2022-05-26")]  # Osias used it before the month of its name.
