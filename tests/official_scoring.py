"""The facts of a scoring, a file of schema 1.0, in the form of :mod:`.official`; imports nothing of the project.

What schema 1.0 does not say is what the record adds to it: one component, ``core``, with the capabilities that are
core; projects, here by the service that the official description names; the status ``draft`` for a proposal.
"""

from __future__ import annotations

from typing import Any

#: Words of official descriptions, and the project of the service that they name. The first that is found counts.
SERVICES = {
    "baremetal api": "ironic",
    "data processing api": "sahara",
    "database api": "trove",
    "messaging api": "zaqar",
    "orchestration api": "heat",
    "object stor": "swift",
    "block storage api": "cinder",
    "identity api": "keystone",
    "images api": "glance",
    "network api": "neutron",
    "networks api": "neutron",
    "compute": "nova",
}
#: The statuses of the three files.
STATUSES = {"advisory": "advisory", "proposal, havana-based": "draft", "proposal, icehouse-based": "draft"}


def facts_of_scoring(data: dict[str, Any]) -> dict[tuple[str, ...], Any]:
    """The facts of the data of a scoring, all but its id."""
    facts: dict[tuple[str, ...], Any] = {(key,): "" for key in ("replaces", "target_approval", "source", "reference")}
    facts["schema",], facts["status",] = data["schema"], STATUSES[data["status"]]
    facts["releases",], facts["cutoff",] = (data["release"],), None
    for key, criterion in data["criteria"].items():
        facts["weight", key] = criterion["weight"]
    core = {name for name, capability in data["capabilities"].items() if capability["core"]}
    for status in ("required", "advisory", "deprecated", "removed"):
        facts["component", "core", status] = frozenset(core if status == "required" else ())
    for name, capability in data["capabilities"].items():
        said = capability["description"].lower()
        facts["project", name] = next(project for words, project in SERVICES.items() if words in said)
        facts["achievements", name], facts["admin", name] = frozenset(capability["achievements"]), capability["admin"]
        facts["own name", name] = capability["name"]
        facts["own status", name], facts["own guidelines", name], facts["required since", name] = "", (), ""
        facts["tests", name] = frozenset(capability["tests"])
        for test in capability["tests"]:
            facts["test", name, test] = (None, (), test in capability["flagged"], "", "")
    return facts
