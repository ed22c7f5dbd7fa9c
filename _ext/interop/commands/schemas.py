"""``schema``: the JSON Schema of guideline files."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ..record import json_schema

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add ``schema``."""
    schema = commands.add_parser("schema", help="print the JSON Schema of guideline files, for editors")
    schema.set_defaults(run=_schema)


def _schema(options: argparse.Namespace) -> int:
    sys.stdout.write(json_schema.text())
    return 0
