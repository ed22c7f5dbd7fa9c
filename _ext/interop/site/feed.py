"""The Atom feed (RFC 4287) of what changes in this archive: versions of the changelog, and readings of test suites.

It has nothing of the working group, which is closed and publishes nothing any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from ..record.record import Record
from . import urls

_TITLE = "Changes in the archive of OpenStack’s interoperability guidelines"
_SUBTITLE = "What changes on this site and in its source data. The working group is closed and publishes no guidelines."
#: The head of a version that has a day; what is not released has none.
_VERSION = re.compile(r"## \[(?P<name>[^]]+)\] - (?P<day>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Entry:
    """One change: its day, a name that stays the same, its title, the page to read, and its text."""

    day: str
    name: str
    title: str
    to: str
    text: str


def entries(record: Record, changelog: str) -> list[Entry]:
    """The changes, the newest first. ``changelog`` is a text in the form of Keep a Changelog."""
    found = [*_versions(changelog), *_readings(record)]
    return sorted(found, key=lambda entry: (entry.day, entry.name), reverse=True)


def _versions(changelog: str) -> Iterator[Entry]:
    """Those versions that have a day."""
    for section in re.split(r"\n(?=## )", changelog):
        if head := _VERSION.match(section):
            text = section[head.end() :].strip()
            yield Entry(head["day"], f"version-{head['name']}", f"Version {head['name']}", urls.ABOUT, text)


def _readings(record: Record) -> Iterator[Entry]:
    if record.drift.date:
        suites = ", ".join(f"{name} {version}" for name, version in record.drift.suites.items())
        text = f"The tests of all guidelines were looked up in the test suites of that day: {suites}."
        yield Entry(
            record.drift.date, f"suites-{record.drift.date}", "Tests looked up in test suites", urls.TESTS, text
        )


def atom(base: str, found: list[Entry]) -> str:
    """The feed of a site at the URL ``base``. Days are given as midnight in UTC."""
    feed = base + urls.FEED
    updated = found[0].day if found else "1970-01-01"
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{_TITLE}</title>\n<subtitle>{_SUBTITLE}</subtitle>\n<id>{escape(feed)}</id>\n"
        f'<link rel="self" href="{escape(feed)}"/>\n<link href="{escape(base)}"/>\n'
        f"<updated>{updated}T00:00:00Z</updated>\n<author><name>The contributors to this archive</name></author>\n"
    )
    return head + "".join(_entry(base, feed, one) for one in found) + "</feed>\n"


def _entry(base: str, feed: str, one: Entry) -> str:
    return (
        f"<entry>\n<title>{escape(one.title)}</title>\n<id>{escape(f'{feed}#{one.name}')}</id>\n"
        f"<updated>{one.day}T00:00:00Z</updated>\n"
        f'<link href="{escape(base + urls.address(one.to))}"/>\n'
        f'<content type="text">{escape(one.text)}</content>\n</entry>\n'
    )
