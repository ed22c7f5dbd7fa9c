"""What the parts of one build share: the record, the site, what the previous build made, and what this one made."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from . import inputs, loading
from .origins import Origins
from .outputs import Outputs, Stock, Unit
from .run import Run

if TYPE_CHECKING:
    from ..record.model import Guideline
    from ..site.pages import Page
    from ..site.site import Site


class State:
    """One build. ``stock`` has the units that it can take over; ``units`` is filled while it runs."""

    def __init__(self, app: Sphinx) -> None:
        self.root = Path(app.confdir)
        self.guidelines = self.root / "guidelines"
        self.run: Run = app.config.interop_run
        self.stock = self.run.stock or Stock(Outputs(Path()), Outputs(Path(app.outdir)))
        self.units: dict[str, Unit] = {}
        self.navigation: list[dict[str, str]] = []
        #: The pages written by hand.
        self.written: frozenset[str] = frozenset()
        #: Sphinx's environment once all documents are read.
        self.environment = b""

    def kept(self, name: str) -> Path | None:
        """The file or folder of this name that is kept from build to build, if any is."""
        return self.run.folder / name if self.run.folder else None

    @cached_property
    def keeps_all(self) -> bool:
        """Whether every page of the previous build is still there. Others may link to one that is not."""
        return self.stock.pages() <= {*self.written, *(page.docname for page in self.pages)}

    @cached_property
    def frame(self) -> str:
        """The digest of the code, templates, configuration and names of styles."""
        return self.run.frame or inputs.of_frame(self.root)

    def made_from(self, guidelines: Iterable[Guideline] | None) -> str:
        """The digest of everything that decides the facts of some guidelines and comparisons of them; None: of all."""
        return inputs.of_texts(self.frame, self.origins.record if guidelines is None else self.origins.of(guidelines))

    @cached_property
    def origins(self) -> Origins:
        """The digests of what facts and views are made from."""
        return Origins(self.guidelines, self.site)

    @cached_property
    def site(self) -> Site:
        """The site of the record; raises SystemExit as :func:`.loading.site`, if it is not loaded yet."""
        return self.run.site or loading.site(self.guidelines, None)

    @cached_property
    def pages(self) -> list[Page]:
        """The generated pages: those that no page written by hand replaces."""
        return [page for page in self.site.pages if page.docname not in self.written]


_STATES: WeakKeyDictionary[Sphinx, State] = WeakKeyDictionary()


def of(app: Sphinx) -> State:
    """The state of the build that ``app`` runs."""
    return _STATES[app]


def _on_config(app: Sphinx, config: Config) -> None:
    _STATES[app] = State(app)


def _load(app: Sphinx) -> None:
    _ = of(app).site  # Errors in guideline files are reported before anything is read or written.


def _before_read(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Tell Sphinx the names of the generated pages, so that toctrees and links may name them."""
    current = of(app)
    current.written = frozenset(env.found_docs)
    env.project.docnames.update(page.docname for page in current.pages)


def setup(app: Sphinx) -> None:
    """Register the event handlers."""
    app.connect("config-inited", _on_config)
    app.connect("builder-inited", _load)
    app.connect("env-before-read-docs", _before_read)
