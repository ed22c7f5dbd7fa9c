"""The project with the small record of the fixtures."""

from __future__ import annotations

import re
import shutil

from .command_line import ROOT
from .conftest import Project

MINI = ROOT / "tests/fixtures/mini/guidelines"
#: Length of a text, in characters, from which on it is left out of the small project.
LONG = 6000


def make_small(project: Project) -> Project:
    """Give a copy of the project the small record of the fixtures in place of the real one."""
    readme = (project.folder / "guidelines/README.md").read_text(encoding="utf-8")
    shutil.rmtree(project.folder / "guidelines")
    shutil.copytree(MINI, project.folder / "guidelines")
    (project.folder / "guidelines/README.md").write_text(readme, encoding="utf-8")
    # The documents are the real ones: pages written by hand list them.
    process = "guidelines/catalogue/process.yaml"
    shutil.copy2(ROOT / process, project.folder / process)
    # Pages that refer to the real record say nothing here; of long ones, only what others link to is read.
    for page in (project.folder / "source").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        if "interop-view} scored" in text:
            page.write_text(re.sub("(interop-view}) scored .*", r"\1 weights", text), encoding="utf-8")
        if re.search("{interop:(?!clause)", text):
            head = text[: text.index("\n", text.index("\n# ") + 1)]
            page.write_text(f"{head}\n", encoding="utf-8")
        elif len(text) > LONG and "{glossary}" not in text:
            page.write_text("\n\n".join(re.findall(r"^#+ .*|^\(.*\)=", text, re.MULTILINE)), encoding="utf-8")
    return project
