"""Replace the published site by a finished build: ``publish.py STAGE SITE``.

The new site is written to a temporary folder next to SITE, with hard links for unchanged files. The folder is then
renamed to SITE, so that SITE is never half-written.
"""

import filecmp
import os
import shutil
import sys
from pathlib import Path


def publish(stage: Path, site: Path) -> None:
    """Make ``site`` equal to ``stage``. Files in ``site`` are replaced, never rewritten."""
    new, old = site.with_name(f"{site.name}.new"), site.with_name(f"{site.name}.old")
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    for folder, _, names in os.walk(stage):
        here = Path(folder).relative_to(stage)
        (new / here).mkdir(parents=True)
        for name in names:
            built, published = Path(folder) / name, site / here / name
            if published.exists() and filecmp.cmp(built, published, shallow=True):
                os.link(published, new / here / name)
            else:
                shutil.copy2(built, new / here / name)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    publish(Path(sys.argv[1]), Path(sys.argv[2]))
