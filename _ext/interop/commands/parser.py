"""The parser of all commands."""

from __future__ import annotations

import argparse
import os

from ..tools import values
from . import amendments, checks, fix, lists, official, preview, reading, review, schemas, score

ROOT = os.environ.get("INTEROP_GUIDELINES", "guidelines")


def parser() -> argparse.ArgumentParser:
    """The parser; what it parses has ``run``, which runs the command and returns the exit status, and ``root``."""
    parser = argparse.ArgumentParser(prog="interop", description="OpenStack's interoperability guidelines.")
    parser.add_argument("--root", type=values.folder, default=ROOT, help="the guidelines folder (default: %(default)s)")
    commands = parser.add_subparsers(dest="command", required=True)
    for module in (checks, preview, fix, review, official, amendments, schemas, reading, lists, score):
        module.add_to(commands)
    return parser
