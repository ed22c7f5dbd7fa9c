"""RefStack's own functions, unmodified, from a snapshot of openstack/refstack; nothing of it is in this project.

``INTEROP_REFSTACK`` is a checkout or a Git directory of https://opendev.org/openstack/refstack. The modules that
RefStack's file imports for its configuration, its log and its cache have stand-ins without any behaviour.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import warnings
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

GUIDELINES = "refstack/api/guidelines.py"


def text(snapshot: Path, path: str) -> str:
    """The text of a file of a checkout, or of the newest commit of a Git directory."""
    if (snapshot / path).is_file():
        return (snapshot / path).read_text(encoding="utf-8")
    command = ["git", f"--git-dir={snapshot}", "show", f"HEAD:{path}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def functions(snapshot: Path) -> Any:
    """An instance of RefStack's class ``Guidelines``, as its server makes it: ``repo_url`` and ``raw_url`` can be set.

    Its first configured source, which is only tried, has no address.
    """
    api = SimpleNamespace(additional_capability_urls="", github_api_capabilities_url="", github_raw_base_url="")
    stand_ins = {
        "oslo_config": SimpleNamespace(cfg=SimpleNamespace(CONF=SimpleNamespace(api=api))),
        "oslo_log": SimpleNamespace(log=logging),
        "requests_cache": SimpleNamespace(install_cache=lambda **_: None),
    }
    module = ModuleType("refstack_guidelines")
    with mock.patch.dict(sys.modules, stand_ins), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Its patterns are from before Python warned about "\.".
        exec(compile(text(snapshot, GUIDELINES), GUIDELINES, "exec"), module.__dict__)
    return module
