"""RefStack's own functions, unmodified, from a snapshot of its repository.

The modules that RefStack's file imports for its configuration, its log and its cache have stand-ins without behaviour.
"""

from __future__ import annotations

import logging
import sys
import warnings
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

from . import snapshots

GUIDELINES = "refstack/api/guidelines.py"


def module() -> Any:
    """RefStack's module with the class ``Guidelines``; skips the test if there is no snapshot."""
    source = snapshots.text("INTEROP_REFSTACK", GUIDELINES)
    stand_ins = {
        "oslo_config": SimpleNamespace(cfg=SimpleNamespace(CONF=None)),
        "oslo_log": SimpleNamespace(log=logging),
        "requests_cache": SimpleNamespace(install_cache=lambda **_: None),
    }
    found = ModuleType("refstack_guidelines")
    with mock.patch.dict(sys.modules, stand_ins), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Its patterns are from before Python warned about "\.".
        exec(compile(source, GUIDELINES, "exec", dont_inherit=True), found.__dict__)
    return found
