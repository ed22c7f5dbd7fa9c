"""``fix``: what it puts right, what it leaves, and that it keeps the form of a file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from .. import command_line
from .conftest import MINI, OFFICIAL_FIXTURES

ID = "3a1f5e0c-8d27-4b6e-9c41-07d2e8b5a690"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small record."""
    return shutil.copytree(MINI, tmp_path / "guidelines")


ALIAS = "        - tempest.api.compute.test_listing.ListTest.test_list_servers\n"
HAS_ID = f"idempotent_id: {ID}\n"
ACHIEVED = "    achievements: [deployed, tools]\n"
#: A text of the draft of the small record, what is written in its place, and what that becomes.
RIGHT = {
    "a hyphen for an underscore": (HAS_ID, f"idempotent-id: {ID}\n", HAS_ID),
    "a key in quotes": (HAS_ID, f'"idempotent-id": {ID}\n', f'"idempotent_id": {ID}\n'),
    "a key of older schemas": ("        flagged:\n", "        flag:\n", "        flagged:\n"),
    "a misspelling of official files": (ACHIEVED, ACHIEVED.replace("ie", "ei"), ACHIEVED),
    "a key in upper case": ("\ncomponents:\n", "\nComponents:\n", "\ncomponents:\n"),
    "two letters exchanged": ("    admin: false\n", "    admni: false\n", "    admin: false\n"),
    "a letter too few": ("    target_approval: ", "    target_aproval: ", "    target_approval: "),
    "a letter too many": ("    replaces: ", "    repplaces: ", "    replaces: "),
    "another letter": ("        flagged:\n", "        flogged:\n", "        flagged:\n"),
    "an id with its prefix": (HAS_ID, f"idempotent_id: id-{ID}\n", HAS_ID),
    "an id in upper case": (HAS_ID, f"idempotent_id: '{ID.upper()}' # Its id.\n", f"idempotent_id: '{ID}' # Its id.\n"),
    "an id with an attribute": (HAS_ID, f"idempotent_id: id-{ID},negative\n", HAS_ID),
    "a word of older schemas": ("\n    status: draft\n", "\n    status: superceded\n", "\n    status: superseded\n"),
    "a blank after a name": ("\n  servers-list:\n", "\n  'servers-list ':\n", "\n  'servers-list':\n"),
    "a blank in a list of names": ("[servers-list, servers", "['servers-list ', servers", "['servers-list', servers"),
    "a release twice": ("[briar, clover]", "[briar, clover, briar]", "[briar, clover]"),
    "an achievement twice": (ACHIEVED, ACHIEVED.replace("deployed", "deployed, deployed"), ACHIEVED),
    "an alias three times": (ALIAS, ALIAS * 3, ALIAS),
    "a name twice in a list": (
        "advisory: [tokens-issue]",
        "advisory: [tokens-issue, tokens-issue]",
        "advisory: [tokens-issue]",
    ),
    "the order of keys, with their comments": (
        f"        {HAS_ID}        aliases:\n{ALIAS}",
        f"        aliases:\n{ALIAS}        # Its id.\n        {HAS_ID}",
        f"        # Its id.\n        {HAS_ID}        aliases:\n{ALIAS}",
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_put_right(name: str, root: Path) -> None:
    path = root / "powered" / "next.yaml"
    right, wrong, becomes = RIGHT[name]
    text = f"# Above.\n{path.read_text(encoding='utf-8')}"
    assert right in text
    given, expected = (text.replace(right, other, 1) for other in (wrong, becomes))
    path.write_text(given, encoding="utf-8")
    done = command_line.run(root, "fix", path)
    assert (done.returncode, done.stderr, path.read_text(encoding="utf-8")) == (1, "", given)
    assert done.stdout.startswith(f"--- {path}\n+++ {path}\n@@ ")
    assert done.stdout.endswith("\n1 file to change; to write it, add --write\n")
    done = command_line.run(root, "fix", "--write", path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 file changed")
    assert path.read_text(encoding="utf-8") == expected
    assert command_line.run(root, "check", path).returncode == 0
    done = command_line.run(root, "fix", path)
    assert (done.returncode, done.stdout) == (0, "nothing to put right\n")


def test_the_order_of_blocks(root: Path) -> None:
    """The comment at the top belongs to the file, one above a block to the block."""
    path = root / "powered" / "next.yaml"
    text = path.read_text(encoding="utf-8")
    head, components, rest = text.partition("components:\n  os_powered_compute:")
    assert head.startswith("metadata:\n")
    path.write_text(f"# Of the file.\n{components}{rest}# Of the guideline.\n{head}", encoding="utf-8")
    command_line.run(root, "fix", "--write", path)
    expected = f"# Of the file.\n# Of the guideline.\n{text}"
    assert path.read_text(encoding="utf-8") == expected


#: What stays with the editor, and the code under which it is named.
LEFT = [
    ("status: draft", "status: drfat", "bad-value"),
    ("    admin: false", "    adnim: false", "unknown-key"),
    ("    admin: false", "    admin: false\n    admni: false", "unknown-key"),
    (f"idempotent_id: {ID}", f"idempotent_id: {ID}\n        idempotent-id: {ID}", "unknown-key"),
    (f"idempotent_id: {ID}", f"idempotent_id: {ID[:-1]}", "not-a-uuid"),
    ("advisory: []\n", "advisory: [servers-list]\n", "listed-twice"),
    ("tools: {weight: 25}", "tools: {weight: 15}", "weights"),
]


@pytest.mark.parametrize("right, wrong, code", LEFT, ids=[f"{code} {wrong.strip()[:9]}" for _, wrong, code in LEFT])
def test_what_needs_judgement_is_named_and_stays(right: str, wrong: str, code: str, root: Path) -> None:
    path = root / "powered" / "next.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    done = command_line.run(root, "fix", "--write", path)
    assert path.read_text(encoding="utf-8") == text.replace(right, wrong, 1)
    assert done.stdout.startswith(f"{path}:") and f" {code}: " in done.stdout
    assert (done.returncode, "judgement" in done.stdout.splitlines()[-1]) == (1, True)


def test_what_is_not_checked_is_no_judgement(root: Path) -> None:
    """One error, and what could not be looked at because of it."""
    path = root / "powered" / "next.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("status: draft", "status: drfat"), encoding="utf-8")
    lines = command_line.run(root, "fix", path).stdout.splitlines()
    assert [" not-checked: " in lines[0], " bad-value: " in lines[1]] == [True, True]
    assert lines[2:] == ["1 needs your judgement"]


def test_a_repetition_with_a_comment_stays(root: Path) -> None:
    path = root / "powered" / "next.yaml"
    alias = "        - tempest.api.compute.test_listing.ListTest.test_list_servers"
    text = path.read_text(encoding="utf-8").replace(alias, f"{alias}\n{alias} # Why?", 1)
    path.write_text(text, encoding="utf-8")
    command_line.run(root, "fix", "--write", path)
    assert path.read_text(encoding="utf-8") == text


def test_line_ends_and_mark_stay(root: Path) -> None:
    path = root / "powered" / "next.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace(f"idempotent_id: {ID}", f"idempotent_id: id-{ID}", 1).replace("[briar, ", "[briar, briar, ")
    path.write_bytes(b"\xef\xbb\xbf" + wrong.replace("\n", "\r\n").encode())
    command_line.run(root, "fix", "--write", path)
    assert path.read_bytes() == b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def test_nothing_changes_in_the_record(guidelines: Path) -> None:
    """Whatever the form of a file: it is as the import wrote it, or as somebody wrote it by hand."""
    others = ("catalogue", "adopters", "amendments")
    folders = sorted(path for path in guidelines.iterdir() if path.is_dir() and path.name not in others)
    before = {path: path.read_bytes() for folder in folders for path in folder.iterdir()}
    done = command_line.run(guidelines, "fix", *folders)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing to put right\n", "")
    assert {path: path.read_bytes() for path in before} == before and len(before) > 30


#: The one id of the fixture without ``id-``.
BARE = ('"9a438d88', '"id-9a438d88')


def test_official_json(root: Path, tmp_path: Path) -> None:
    """Keys, repetitions, and an id without ``id-`` among others with it."""
    path = tmp_path / "2031.07.json"
    text = (OFFICIAL_FIXTURES / "powered" / "2031.07.json").read_text(encoding="utf-8")
    wrong = '"acheivements": ["stable", "tools"]'
    assert wrong in text and '"id-' in text
    path.write_text(text.replace(wrong, wrong.replace("]", ', "tools"]')), encoding="utf-8")
    command_line.run(root, "fix", "--write", path)
    for other, name in (
        ("acheiv", "achiev"),
        ("descriptin", "description"),
        ("required-since", "required_since"),
        BARE,
    ):
        text = text.replace(other, name)
    assert path.read_text(encoding="utf-8") == text


def test_ids_of_official_json(root: Path, tmp_path: Path) -> None:
    """An id has ``id-`` if another one in the file has it, and no attribute; a name and a status have one form."""
    path = tmp_path / "2031.07.json"
    text = (OFFICIAL_FIXTURES / "powered" / "2031.07.json").read_text(encoding="utf-8")
    command_line.run(root, "fix", "--write", shutil.copy(OFFICIAL_FIXTURES / "powered" / "2031.07.json", path))
    right = path.read_text(encoding="utf-8")
    first, second = re.findall('"id-[0-9a-f-]{36}"', right)[:2]
    name = next(name for name in re.findall(r'"(tempest\.[^"]+)": ', right))
    wrong = right.replace(first, first.replace("id-", ""), 1).replace(second, f'{second[:-1]},negative"', 1)
    wrong = wrong.replace(f'"{name}"', f'"{name} "', 1)
    status = re.search('"status": "(draft|approved|superseded)"', text)
    assert status is not None
    wrong = wrong.replace(status[0], '"status": "superceded"', 1)
    path.write_text(wrong, encoding="utf-8")
    command_line.run(root, "fix", "--write", path)
    assert path.read_text(encoding="utf-8") == right.replace(status[0], '"status": "superseded"', 1)


@pytest.mark.parametrize(
    "name, text, status, said",
    [
        ("notes.yaml", "a: 1\n", 2, "interop: {}: no guideline file\n"),
        ("2031.07.yaml", "a: [\n", 1, "{}:2: error syntax: "),
        ("2031.07.yaml", "", 1, "{}:1: error empty: "),
        ("2031.07.yaml", "metadata: {schema: '2.0', id: &a x}\n", 1, "{}:1: error yaml-feature: "),
    ],
)
def test_what_cannot_be_read(name: str, text: str, status: int, said: str, root: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = command_line.run(root, "fix", "--write", path)
    assert done.returncode == status
    assert (done.stdout + done.stderr).startswith(said.format(path))
    assert path.read_text(encoding="utf-8") == text


def test_a_missing_file(root: Path) -> None:
    done = command_line.run(root, "fix", root / "nowhere.yaml")
    assert (done.returncode, "nowhere.yaml:1: error unreadable: " in done.stdout) == (1, True)
