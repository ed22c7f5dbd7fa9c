"""Mutations for :mod:`tests.fuzz`: of the data of a file, of its text, of names in all files, and of files as such.

A mutation takes a random generator and the files of a record, and returns the files that differ, as bytes by path;
None is a file that is no longer there.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from .fuzz_names import HOSTILE, ODD, RAW, VALUES
from .fuzz_records import Files, text_of

Changes = dict[str, bytes | None]
Mutation = Callable[[random.Random, Files], Changes]

#: Stands for a text of RAW until the data is written.
_MARK = "RAWMARK"


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each of its keys or numbers."""
    todo = [data]
    while todo:
        holder = todo.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            yield holder, key
            if isinstance(holder[key], (dict, list)):
                todo.append(holder[key])


def _a_name(rng: random.Random, old: str = "") -> str:
    """A hostile name, an odd one, or one that resembles ``old``."""
    near = [
        old.swapcase(),
        old.upper(),
        f"{old}.html",
        f"{old}/",
        f"{old}\u200b",
        f"../{old}",
        f"{old}-x",
        f"{old}x",
        old[:-1],
    ]
    return rng.choice(rng.choice([HOSTILE, ODD, near]))


def _renamed(holder: Any, key: Any, new: str) -> None:
    """Give a key of a mapping another name, at the same place."""
    items = [(new if name == key else name, value) for name, value in holder.items()]
    holder.clear()
    holder.update(items)


def _edit(rng: random.Random, data: Any, donor: Any) -> str:
    """Change ``data`` in one place; returns what stands for the mark in its text."""
    holder, key = rng.choice(list(_places(data)) or [([0], 0)])
    value, raw = holder[key], ""
    match rng.randrange(9):
        case 0:
            holder[key] = copy.deepcopy(rng.choice(VALUES))
        case 1:
            holder[key] = _a_name(rng, value if isinstance(value, str) else "")
        case 2:
            holder[key], raw = _MARK, rng.choice(RAW)
        case 3:
            del holder[key]
        case 4 if isinstance(holder, dict):
            _renamed(holder, key, _a_name(rng, str(key)))
        case 5 if isinstance(holder, dict):
            other = rng.choice(list(holder))
            holder[key], holder[other] = holder[other], value
        case 6:
            other, place = rng.choice(list(_places(donor)) or [([0], 0)])
            holder[key] = copy.deepcopy(other[place])
        case 7 if isinstance(holder, dict):
            holder[_a_name(rng, str(key))] = copy.deepcopy(value)
        case 8 if isinstance(holder, list):
            holder.insert(rng.randrange(len(holder) + 1), copy.deepcopy(value))
        case _:
            for _ in range(rng.choice([1, 5, 60])):
                holder[key] = {"x": holder[key]} if rng.random() < 0.5 else [holder[key]]
    return raw


def edited(rng: random.Random, files: Files) -> Changes:
    """The data of one file with one to three changes."""
    name = rng.choice([name for name, data in files.items() if data and not isinstance(data, str)])
    data, raws = copy.deepcopy(files[name]), []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        donor = files[rng.choice([other for other, found in files.items() if not isinstance(found, str)])]
        raws.append(_edit(rng, data, donor))
    text = text_of(name, data) if rng.random() < 0.8 else json.dumps(data)
    for raw in filter(None, raws):
        text = text.replace(f'"{_MARK}"', raw).replace(_MARK, raw)
    return {name: text.encode("utf-8", "surrogatepass")}


def _lines(rng: random.Random, text: str) -> str:
    """The text with one line changed."""
    lines = text.split("\n")
    number, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    line = lines[number]
    match rng.randrange(8):
        case 0:
            lines.insert(number, line)
        case 1:
            del lines[number]
        case 2:
            lines[number], lines[other] = lines[other], line
        case 3:
            lines[number] = rng.choice(["  ", " ", "\t", "- ", "? ", "#"]) + line
        case 4:
            lines[number] = line.replace(":", rng.choice(["", " ", "::", ": &a", ": *a", ": !!str"]), 1)
        case 5:
            place = rng.randrange(len(line) + 1)
            lines[number] = line[:place] + _a_name(rng, line.strip()) + line[place:]
        case 6:
            words = [found for found in re.split(r"(\W+)", line) if found] or [""]
            words[rng.randrange(len(words))] = _a_name(rng)
            lines[number] = "".join(words)
        case _:
            lines[number] = rng.choice(
                [
                    f"{line} -> {_a_name(rng)}",
                    f"  #{_a_name(rng)}",
                    _a_name(rng, line),
                    line.swapcase(),
                    f"{line.swapcase()} -> index",
                ]
            )
    return "\n".join(lines)


def texted(rng: random.Random, files: Files) -> Changes:
    """The text of one file with some lines or bytes changed."""
    name = rng.choice(list(files)) if rng.random() < 0.8 else "addresses.txt"
    text = text_of(name, files[name])
    for _ in range(rng.choice([1, 1, 2, 5])):
        text = _lines(rng, text)
    raw = text.encode("utf-8", "surrogatepass")
    match rng.randrange(8):
        case 0:
            raw = raw[: rng.randrange(len(raw) + 1)]
        case 1:
            place = rng.randrange(len(raw) + 1)
            raw = raw[:place] + rng.randbytes(rng.choice([1, 2, 8])) + raw[place + 1 :]
        case 2:
            raw = rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"---\n", b"%YAML 1.2\n---\n", b"\n\n"]) + raw.replace(
                b"\n", b"\r\n"
            )
        case 3:
            raw += rng.choice([b"---\n{}\n", b"...\n", b"\0", b"\t", b"\x85", raw])
    return {name: raw}


def _names(files: Files) -> list[str]:
    """Every name that the files choose: keys, and short texts."""
    found = set[str]()
    for data in files.values():
        if not isinstance(data, str):
            for holder, key in _places(data):
                found.update(name for name in (key, holder[key]) if isinstance(name, str) and len(name) < 150)
    paths = {part.rpartition(".")[0] or part for name in files for part in name.split("/")}
    return sorted(found | paths)


def renamed(rng: random.Random, files: Files) -> Changes:
    """A name replaced wherever it stands, in the names of files too, so that all references stay right."""
    old = rng.choice(_names(files))
    new = _a_name(rng, old)
    whole = re.compile(rf"(?<![^/.# ]){re.escape(old)}(?![^/.# ])") if old else re.compile("$^")

    def replaced(data: Any) -> Any:
        if isinstance(data, dict):
            return {replaced(key): replaced(value) for key, value in data.items()}
        if isinstance(data, list):
            return [replaced(value) for value in data]
        return whole.sub(lambda _: new, data) if isinstance(data, str) else data

    changes: Changes = {}
    for name, data in files.items():
        moved, after = whole.sub(lambda _: new, name), replaced(data)
        if not _can_be_a_file(moved):
            moved = name
        if (moved, after) != (name, data):
            changes[name] = None
            changes[moved] = text_of(moved, after).encode("utf-8", "surrogatepass")
    return changes


def moved(rng: random.Random, files: Files) -> Changes:
    """A file under another name or in another folder, copied or moved, or with the content of another one."""
    name, other = rng.choice(list(files)), rng.choice(list(files))
    folder, _, file = name.rpartition("/")
    stem, _, ending = file.rpartition(".")
    ending = rng.choice([ending, "yml", "yaml", "json", "txt", ""])
    new = f"{rng.choice([folder, _a_name(rng, folder)])}/{rng.choice([stem, _a_name(rng, stem)])}.{ending}".lstrip("/")
    content = text_of(name, files[rng.choice([name, other])]).encode("utf-8", "surrogatepass")
    if not _can_be_a_file(new):
        new = name
    return {name: rng.choice([None, content])} | {new: content}


def _can_be_a_file(path: str) -> bool:
    """Whether this system can have a file of this name, below the folder in which it is written."""
    parts = path.split("/")
    printable = "\0" not in path and not re.search("[\ud800-\udfff]", path)
    return printable and all(part not in ("", ".", "..") and len(part.encode()) < 250 for part in parts)


MUTATIONS: tuple[Mutation, ...] = (edited, edited, edited, texted, texted, renamed, renamed, renamed, moved)


def mutant(rng: random.Random, files: Files) -> tuple[str, Changes]:
    """A mutation and the changes it makes; sometimes of two files at once."""
    mutation = rng.choice(MUTATIONS)
    changes = mutation(rng, files)
    if rng.random() < 0.1:
        changes = texted(rng, files) | changes
    return mutation.__name__, changes
