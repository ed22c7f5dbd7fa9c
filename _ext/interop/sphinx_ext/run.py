"""What ``make html`` passes to Sphinx: the configuration value ``interop_run``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .forecast import Forecast
from .outputs import Stock

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..site.site import Site


@dataclass(frozen=True)
class Run:
    """One build: the number of processes, and what it takes over from the one before.

    ``frame`` is :func:`.inputs.of_frame`, if it is known. Without ``stock``, all files are made. ``folder`` is where it
    keeps, from build to build, what takes long to make. ``adds_addresses`` is whether new URLs are added to the list of
    permanent ones; else a missing one is an error. ``preview`` is :func:`.preview.text`, if it is known. ``site`` is
    that of the record, if it is loaded.
    """

    jobs: int = 1
    frame: str = ""
    stock: Stock | None = None
    folder: Path | None = None
    forecast: Forecast = field(default_factory=Forecast)
    adds_addresses: bool = False
    preview: str = ""
    site: Site | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Sphinx pickles all configuration values; of this one, nothing is for another build."""
        return Run, ()


def setup(app: Sphinx) -> None:
    """Register the value; plain ``sphinx-build`` has the default."""
    app.add_config_value("interop_run", Run(), "")
