"""The tables of guidelines, as duckdb reads them without being told any types, against the facts of the files."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest

from .test_pages import FILES, load

COLUMNS = {
    "guideline": "VARCHAR",
    "program": "VARCHAR",
    "component": "VARCHAR",
    "status": "VARCHAR",
    "capability": "VARCHAR",
    "project": "VARCHAR",
    "admin": "BOOLEAN",
    "score": "BIGINT",
    "test_id": "VARCHAR",
    "name": "VARCHAR",
    "aliases": "VARCHAR",
    "flagged": "BOOLEAN",
    "flag_date": "DATE",
    "code": "VARCHAR",
    "reason": "VARCHAR",
    "evidence": "VARCHAR",
}
#: Components of schema 1.x by their names since 2.0.
TODAY = {"compute": "os_powered_compute", "object": "os_powered_storage"}
FORMS = {"admin": "yes|no|", "score": r"\d*", "flagged": "yes|no", "flag_date": r"(\d{4}-\d\d-\d\d)?"}


@pytest.fixture(scope="module")
def everything(site: Path) -> duckdb.DuckDBPyConnection:
    """A database with the table ``everything``."""
    found = duckdb.connect()
    found.execute(f"create table everything as from '{site / 'api/v1/all.csv'}'")
    return found


def guideline(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def facts(path: Path) -> Iterator[tuple[Any, ...]]:
    """What a guideline file says in each row, from the first seven columns to the flag."""
    data = load(path)
    whole = data["record"].get("completeness") != "partial"
    weights = {key: one["weight"] for key, one in data["metadata"]["scoring"]["criteria"].items()} if whole else {}
    for name, capability in data["capabilities"].items():
        met = capability.get("achievements")
        score = sum(weights.get(key, 0) for key in set(met)) if met else None
        about = (name, capability["project"], capability.get("admin") if whole else None, score)
        statuses: dict[str | None, str | None] = {}
        for component, given in data["components"].items():
            for status in ("required", "advisory", "deprecated", "removed", "unknown"):
                if name in given["capabilities"].get(status, ()):
                    statuses.setdefault(TODAY.get(component, component), status)
        for component, status in (statuses or {None: None}).items():
            for test, entry in capability["tests"].items():
                date = entry.get("flagged", {}).get("date")
                flag = ("flagged" in entry, datetime.date.fromisoformat(date) if date else None)
                aliases = " ".join(entry.get("aliases", ())) or None
                names = (entry.get("idempotent_id"), test, aliases)
                yield (guideline(path), path.parent.name, component, status, *about, *names, *flag)


@pytest.mark.parametrize("path", FILES, ids=guideline)
def test_the_rows_are_the_facts(path: Path, everything: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join([*COLUMNS][:13])
    where = "guideline = ? and not starts_with(capability, 'not known: ')"
    found = everything.execute(f"select {columns} from everything where {where}", [guideline(path)]).fetchall()
    assert sorted(found, key=repr) == sorted(facts(path), key=repr)


def test_duckdb_finds_the_types(everything: duckdb.DuckDBPyConnection) -> None:
    described = everything.execute("describe everything").fetchall()
    assert {name: kind for name, kind, *_ in described} == COLUMNS


def test_pandas_finds_the_types(site: Path) -> None:
    """The options are those in ``api.md``."""
    read = pandas.read_csv(
        site / "api/v1/all.csv",
        parse_dates=["flag_date"],
        true_values=["yes"],
        false_values=["no"],
        dtype={"score": "Int64", "admin": "boolean"},
    )
    assert [*read.columns] == [*COLUMNS]
    kinds = {name: str(kind).partition("[")[0] for name, kind in read.dtypes.items()}
    others = {"admin": "boolean", "flagged": "bool", "score": "Int64", "flag_date": "datetime64"}
    assert kinds == {name: others.get(name, "str") for name in COLUMNS}
    row = read[(read.guideline == "powered/2020.06") & (read.capability == "compute-servers-reboot")].iloc[0]
    assert (row.status, row.project, row.admin, row.flagged) == ("required", "nova", False, False)


def test_every_table_has_these_columns_and_types(site: Path) -> None:
    """And all of them together are the one table."""
    together: list[list[str]] = []
    for path in (site / "api/v1/guidelines").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == [*COLUMNS]
        for name, form in FORMS.items():
            assert {row[head.index(name)] for row in rows if not re.fullmatch(form, row[head.index(name)])} == set()
        together += rows
    with (site / "api/v1/all.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sorted(csv.reader(file)) == sorted([[*COLUMNS], *together])
