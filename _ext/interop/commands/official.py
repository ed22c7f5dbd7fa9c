"""``import``, ``reconstruction`` and ``export``: from and to official JSON."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ..record import loader, writer
from ..record.problems import errors
from ..tools import given, importer, reconstruction
from .wanted import guidelines

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add the three commands."""
    adding = commands.add_parser("import", help="import official JSON as guideline files")
    adding.set_defaults(run=_import)
    given.add_to(adding)
    comparing = commands.add_parser("reconstruction", help="compare partial guidelines with their official JSON")
    comparing.set_defaults(run=_reconstruction)
    given.add_to(comparing)
    export = commands.add_parser("export", help="print a guideline as official JSON")
    export.set_defaults(run=_export)
    export.add_argument("guideline", metavar="PROGRAM/ID")
    export.add_argument("--format", choices=("official",), default="official")


def _import(options: argparse.Namespace) -> int:
    catalogue, files, problems = loader.load_catalogue(options.root.resolve())
    if errors(problems):  # Nothing can be compared with a catalogue that cannot be read.
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    known = files.get("known")
    return given.each(options, lambda found: importer.run(found, options.root, catalogue, known), "guideline files")


def _reconstruction(options: argparse.Namespace) -> int:
    loaded, problems = loader.load(options.root)
    what = "official files of partial guidelines"
    status = given.each(options, lambda found: reconstruction.run(found, loaded), what)
    for problem in errors(problems) if status == 2 else ():  # These may be why a guideline is missing.
        print(problem, file=sys.stderr)
    return status


def _export(options: argparse.Namespace) -> int:
    loaded, found = guidelines(options, options.guideline)
    if not found:
        return 2
    sys.stdout.write(writer.to_json(writer.official(found[0], loaded.catalogue)))
    return 0
