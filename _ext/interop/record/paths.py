"""The rule for paths: what may become part of the path of a file or of a URL, and the guard of what writes files.

Names of the record become names of files: ``capabilities/<name>.html``, ``t/<name>/index.html``. The forms of names
(``schemas.py``, ``catalogue_schemas.py``) and of the lines of the ledger are all made by :func:`part`: a name has only
characters that need no escaping in a URL and that every file system has, and leaves room for the endings that a build
adds, within 255 bytes. No form can see that two names differ only in case; ``clashes.py`` finds that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

#: How long names may be. The longest endings that a build adds, ``.doctree`` and ``.rst.txt``, have 8 characters.
NAME_LENGTH, TEST_LENGTH = 100, 200
#: How many characters the path of a page may have. That of a comparison of the longest ids has 308.
PAGE_LENGTH = 400
#: How many bytes the name of a file may have.
MAX_BYTES = 255

#: Names that Windows takes for devices, with any ending; ``com`` and ``lpt`` if a digit follows.
_DEVICES, _NUMBERED = ("con", "prn", "aux", "nul"), ("com", "lpt")
#: Endings by which a name would be that of another name's file: ``x.html`` is the page of ``x``.
_ENDINGS = ("html", "json", "csv", "txt", "rst", "md", "doctree")
#: Pages that Sphinx makes itself.
_OF_SPHINX = ("404", "genindex", "search")


def _any_case(*words: str) -> str:
    """A pattern for ``words`` in upper and lower case: JSON Schema has no flag for that."""
    return "|".join("".join(f"[{char.upper()}{char}]" for char in word) for word in words)


#: What a part must not be: patterns that look ahead from its beginning.
_REFUSED = (
    # Two dots join the guidelines of a comparison, and alone lead out of a folder. Windows drops a dot at the end.
    r"(?![^/]*\.(?:\.|/|$))"
    rf"(?!(?:{_any_case(*_DEVICES)}|(?:{_any_case(*_NUMBERED)})[0-9])(?:[./]|$))"
    rf"(?![^/]*\.(?:{_any_case(*_ENDINGS)})(?:/|$))"
    # The page of the folder itself.
    rf"(?!{_any_case('index')}(?:/|$))"
)


def part(pattern: str, length: int = NAME_LENGTH) -> str:
    """The pattern for one part of a path: what ``pattern`` matches, unless it is too long or a special name.

    ``pattern`` must match only ASCII letters, digits, ``-``, ``_`` and ``.``, and begin with a letter or digit.
    """
    return rf"{_REFUSED}(?![^/]{{{length + 1}}}){pattern}"


NAME = part(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
#: An id of a guideline.
ID = part(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*")
#: A program. Folders of ``guidelines/`` with other files are none.
PROGRAM = part(r"(?!(?:catalogue|adopters|amendments)(?:/|$))[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
#: A name in official files that breaks the rule by a slip of somebody's editor. Its URL is permanent.
_SLIP = "heat_tempest_plugin.tests.functional.test_preview.StackPreviewTest.test_res_group_with_nested_template:Wherej"
#: A test. The dot is required, so that no test has the name of another one's id.
TEST = part(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+", TEST_LENGTH) + "|" + re.escape(_SLIP)
#: A file in a repository.
FILE = r"(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*"
#: An anchor of a page.
ANCHOR = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
#: Compiled, as the ledger has twenty thousand anchors.
_ANCHOR = re.compile(ANCHOR)


def is_page(text: str) -> bool:
    """Whether ``text`` can be the path of a page, without its ending: parts of a path, joined by slashes."""
    *folders, name = text.split("/")
    if len(text) > PAGE_LENGTH or (not folders and name.lower() in _OF_SPHINX):
        return False
    pair = [re.fullmatch(ID, id) for id in name.split("..", 1)]
    is_name = name == "index" or re.fullmatch(f"{NAME}|{TEST}", name) or (len(pair) == 2 and all(pair))
    return bool(is_name) and all(re.fullmatch(NAME, folder) for folder in folders)


def is_anchor(text: str) -> bool:
    """Whether ``text`` can be an anchor."""
    return _ANCHOR.fullmatch(text) is not None


def is_target(text: str) -> bool:
    """Whether ``text`` can be ``page`` or ``page#anchor``."""
    page, mark, anchor = text.partition("#")
    return is_page(page) and (not mark or is_anchor(anchor))


def folded(text: str) -> str:
    """``text`` as a file system compares it that ignores case."""
    return text.casefold()


def clashes(paths: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of different paths that are one file where case is ignored."""
    first: dict[str, str] = {}
    pairs = ((first.setdefault(folded(path), path), path) for path in paths)
    return [(one, other) for one, other in pairs if one != other]


def inside(folder: Path, relative: str) -> Path:
    """The path ``relative`` in ``folder``, for what writes a file there.

    Raises ValueError if the file would not be in ``folder``, or if a part of the path cannot be the name of a file on
    any system. The names of the record cannot lead to that; this is the guard of the code that builds paths of them.
    """
    path = folder
    for name in relative.split("/"):
        if name in ("", ".", "..") or not name.isprintable() or "\\" in name or len(name.encode()) > MAX_BYTES:
            raise ValueError(f"{relative!r} is not a path in a folder")
        path /= name
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{relative!r} leads out of {folder.name}")
    return path
