"""What :mod:`tests.fuzz` asserts of problems, and of the paths of a site. The rule for paths is written here again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from interop.analysis import test_lists
from interop.record import problems
from interop.record.problems import Problem
from interop.site import redirects, urls
from interop.site.site import Site

_PART = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
#: Two ids in the name of a comparison, statuses in that of a test list, and the one name with a colon.
_OTHER = {
    "diff": re.compile(r"[a-z0-9.-]+\.\.[a-z0-9.-]+"),
    "api": re.compile(r"[a-z0-9.-]+\.\.[a-z0-9.-]+|[a-z]+(\+[a-z]+)*"),
    "t": re.compile(r"heat_tempest_plugin\.[A-Za-z_.]+:Wherej(\.html)?"),
}
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
#: 255 bytes, less the ending of a file that Sphinx makes of a page.
_MAX = 255 - len(".doctree")


class Fault(Exception):
    """Something that must not be."""


def check_problems(found: list[Problem], root: Path) -> None:
    """Raise Fault if a problem does not say in one line where it is, what is wrong and what would be right."""
    for problem in found:
        line = str(problem)
        shown = re.fullmatch(r"guidelines[^:]*(:[^:]*)*?:[1-9][0-9]*: (error|observation) [a-z-]+: \S.*; \S.*", line)
        if not shown or not line.isprintable():
            raise Fault(f"not one line with path, line, code, message and hint: {line!a}")
        if problem.code not in problems.CODES:
            raise Fault(f"unknown code: {line!a}")
        path = root.parent / problem.path
        if path.is_file() and problem.line > len(
            re.split(rb"\r\n|\r|\n|\xc2\x85|\xe2\x80[\xa8\xa9]", path.read_bytes())
        ):
            raise Fault(f"the file has no such line: {line!a}")


def paths(site: Site) -> Iterator[str]:
    """The path of each file that is written of a record: pages, redirects and data."""
    record = site.record
    pages = {page.docname for page in site.pages}
    yield from (f"{page.docname}.html" for page in site.pages)
    for item in redirects.all_of(site.targets):
        if item.page and item.old not in pages:
            yield urls.address(item.old)
            if item.short:
                yield f"{item.old}/index.html"
    for guideline in record.guidelines.values():
        yield from (urls.data(guideline), urls.table(guideline))
        yield from (urls.test_list(guideline, one) for one in test_lists.published(record, guideline))
    for program in record.programs():
        yield urls.matrix_data(program)
        yield from (urls.diff_data(a, b) for a, b in combinations(record.program(program), 2))


def check_site(site: Site) -> None:
    """Raise Fault if a path of the site is unsafe, or if a title is not one line."""
    for page in site.pages:
        if page.title.splitlines() != [page.title.strip()]:
            raise Fault(f"the title of {page.docname} is not one line: {page.title!a}")
    given = list(paths(site))
    check_paths(given)
    for path in given:
        check_path(path)


def check_path(path: str) -> None:
    """Raise Fault if a path could be no file, or lead out of the site, on any system."""
    first, *parts = path.split("/")
    other = _OTHER.get(first)
    for part in (first, *parts):
        safe = (_PART.fullmatch(part) and ".." not in part) or (other and other.fullmatch(part))
        if not safe or _DEVICE.match(part) or len(part.encode()) > _MAX:
            raise Fault(f"the site would write {path!a}")


def check_paths(given: Iterable[str]) -> None:
    """Raise Fault if two paths are one, or one is in the other as if that were a folder, where case is ignored."""
    number = Counter(path.casefold() for path in given)
    twice = [path for path, count in number.items() if count > 1]
    parts = (path.split("/") for path in number)
    inside = {"/".join(names[:count]) for names in parts for count in range(1, len(names))} & number.keys()
    if twice or inside:
        raise Fault(f"if case is ignored, written twice: {twice}, folders that are files: {sorted(inside)}")
