"""The record and its views during one build: loaded when first needed, and never stored in the environment."""

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

#: The folder of the code. When the code or a template changes, every page is read again.
_CODE = Path(__file__).resolve().parent.parent


class State:
    """The record during one build. ``inputs`` is the digest of all files it depends on, including ``code``."""

    def __init__(self, root: Path, code: str) -> None:
        self.root = root
        self.inputs = code + _digest(sorted(path for path in root.rglob("*") if path.is_file()), root)

    @cached_property
    def site(self) -> Site:
        """The site of the record.

        Raises SystemExit with all errors if the record has any; Sphinx would show other exceptions with a traceback.
        The loader is imported here, since a build in which nothing changed does not need it.
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
        """A digest of the view; empty if there is no such view."""
        from ..site.views.common import NoViewError

        try:
            view = self.site.view(kind, key)
        except NoViewError:
            return ""
        return hashlib.sha256(json.dumps(view).encode()).hexdigest()[:16]

    def changed(self, kind: str, key: str, digest: str) -> bool:
        """Whether a view differs from the one with this digest; so does one that fails, which its page then reports."""
        try:
            return self.digest(kind, key) != digest
        except Exception:
            return True


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
    """Compute what many pages share before the build starts processes, so that not each of them computes it."""
    if documents and app.parallel > 1:
        for kind in ("findings", "tests", "diffs"):
            of(app).changed(kind, "", "")


def setup(app: Sphinx) -> None:
    """Register the event handlers, which create the state before any document is read."""
    app.add_config_value("interop_code", "", "env", str)
    app.connect("config-inited", _on_config)
    app.connect("env-before-read-docs", _before_read)
