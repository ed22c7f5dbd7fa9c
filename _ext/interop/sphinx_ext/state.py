"""The record and its views during one build: loaded once, when first needed, and never put on the environment."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from ..record.problems import errors

if TYPE_CHECKING:
    from ..site.site import Site

logger = logging.getLogger(__name__)

#: Python of this package; when it or a template changes, every page is read again.
_CODE = Path(__file__).resolve().parent.parent


class State:
    """What a build knows of the record. ``inputs`` is the digest of every file it is made from, ``code`` included."""

    def __init__(self, root: Path, code: str) -> None:
        self.root = root
        self.inputs = code + _digest(sorted(path for path in root.rglob("*") if path.is_file()), root)

    @cached_property
    def site(self) -> Site:
        """The site of the record. If the record has errors, the build ends here and prints each of them.

        What reads the record is imported when it is first needed: a build that changes nothing needs none of it.
        Raises SystemExit, as Sphinx shows any other exception with a traceback, and an editor's slip deserves none.
        """
        from ..record import loader
        from ..site.site import Site

        record, problems = loader.load(self.root)
        if wrong := errors(problems):
            count = f"{len(wrong)} error{'s' * (len(wrong) != 1)} in the guideline files; nothing was built"
            raise SystemExit("\n".join([*map(str, wrong), count]))
        for problem in problems:
            logger.info("%s", problem)
        return Site(record, problems)

    def digest(self, kind: str, key: str) -> str:
        """A digest that changes when the view does; empty if there is no such view."""
        from ..site.views.common import NoViewError

        try:
            view = self.site.view(kind, key)
        except NoViewError:
            return ""
        return hashlib.sha256(json.dumps(view).encode()).hexdigest()[:16]


def _digest(files: list[Path], base: Path) -> str:
    found = hashlib.sha256()
    for file in files:
        content = file.read_bytes() if file.is_file() else b""
        found.update(f"{file.relative_to(base)}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


_STATES: WeakKeyDictionary[Sphinx, State] = WeakKeyDictionary()


def of(app: Sphinx) -> State:
    """The state of the build that ``app`` runs."""
    return _STATES[app]


def _on_config(app: Sphinx, config: Config) -> None:
    root = Path(app.confdir)
    templates = [file for path in config.templates_path for file in (root / path).rglob("*.jinja")]
    config.interop_code = _digest(sorted(_CODE.rglob("*.py")), _CODE) + _digest(sorted(templates), root)
    _STATES[app] = State(root / config.interop_guidelines, config.interop_code)


def _before_read(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Work out what many pages share before the build splits into processes, each of which would do it again."""
    if documents and app.parallel > 1:
        for kind in ("findings", "tests", "diffs"):
            of(app).digest(kind, "")


def setup(app: Sphinx) -> None:
    """Make the state before anything reads."""
    app.add_config_value("interop_code", "", "env", str)
    app.connect("config-inited", _on_config)
    app.connect("env-before-read-docs", _before_read)
