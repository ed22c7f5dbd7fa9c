"""Upgrades a scoring, which has schema 1.0, to schema 1.2.

A scoring is what the working group had before its first guideline: the capabilities of one release, with the criteria
that each meets, and whether it is *core*, so that products would have to pass its tests. Schema 1.0 has no id,
components, projects, designated sections or ids of tests.
"""

from __future__ import annotations

from typing import Any

from .normalise import Notes
from .schemas import GUIDELINE_STATUSES

#: The program of the scorings.
PROGRAM = "scoring"
#: The component that requires the core capabilities of a scoring.
COMPONENT = "core"
#: The project that provides the capabilities whose names begin with a word.
_PROJECTS = {
    "baremetal": "ironic",
    "compute": "nova",
    "data": "sahara",
    "database": "trove",
    "identity": "keystone",
    "images": "glance",
    "messaging": "zaqar",
    "networks": "neutron",
    "objectstore": "swift",
    "orch": "heat",
    "volume": "cinder",
}


def upstream_path(id: str) -> str:
    """The path of the official file of a scoring in the upstream repository; ``id`` is its release."""
    return f"legacy/{id}core.json"


def to_1_2(data: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """Upgrade data of schema 1.0 to schema 1.2, without the keys for which it has no facts.

    A capability that is not core is in no component: schema 1.0 does not tell advisory ones from others. ``notes``
    gets what is worked out rather than read.
    """
    notes.add("schema 1.0 has no components: its core capabilities are required by the component 'core'", "")
    notes.add("schema 1.0 has no projects: they are those of the services that the names begin with", "")
    status = data["status"]
    if status not in GUIDELINE_STATUSES:
        notes.add(f"the status reads '{status}', which is recorded as draft", "")
        status = "draft"
    return {
        "schema": data["schema"],
        "status": status,
        "releases": [data["release"]],
        "criteria": data["criteria"],
        "components": {COMPONENT: {"required": [name for name, one in data["capabilities"].items() if one["core"]]}},
        "capabilities": {name: _capability(name, one) for name, one in data["capabilities"].items()},
        "designated-sections": {},
    }


def _capability(name: str, data: dict[str, Any]) -> dict[str, Any]:
    service = name.partition("-")[0]
    return {key: value for key, value in data.items() if key != "core"} | {"project": _PROJECTS.get(service, service)}
