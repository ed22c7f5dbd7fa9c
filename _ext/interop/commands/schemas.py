"""``schema``: the JSON Schemas of the files in ``guidelines/``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..record import json_schema
from ..tools import values

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add ``schema``."""
    schema = commands.add_parser("schema", help="print the JSON Schema of guideline files, or write those of all files")
    schema.set_defaults(run=_schema)
    schema.add_argument("--write", type=values.folder, metavar="FOLDER", help="the project, to write all schemas to")


def _schema(options: argparse.Namespace) -> int:
    if options.write is None:
        sys.stdout.write(json_schema.text())
        return 0
    for path, text in json_schema.files().items():
        file = Path(options.write, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return 0
