"""What the working group's own schemas state where this project reads more: see ``doc/source/schema/`` of upstream.

Paths are those of the schema pages: keys joined by dots, ``<name>`` for a name that the author of a file chooses,
``[]`` for the items of a list.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

#: The allowed statuses of a guideline by version. The annotated example of 1.5 still has review in place of advisory.
STATUSES = {
    "1.2": ("draft", "review", "approved"),
    "1.3": ("draft", "review", "approved", "superseded"),
    "1.4": ("draft", "review", "approved", "superseded"),
    "1.5": ("draft", "advisory", "approved", "superseded"),
    "1.6": ("draft", "advisory", "approved", "superseded"),
    "2.0": ("draft", "advisory", "approved", "superseded"),
}
#: The path of that status by version.
STATUS_PATHS = ("status", "metadata.os_trademark_approval.status")

#: What each status of capabilities and sections means, as schema 2.0 puts it.
MEANINGS = {
    "required": "Those that have to be present.",
    "advisory": "Those that are considered for the next guideline.",
    "deprecated": "Those that may be present, but should not be relied on, may not work, and will be removed.",
    "removed": "Those that were required or deprecated before.",
    "informational": "Those that are not required; a comment gives the reason.",
}

_SECTION = ("guidance", "comment", "sections", "sections.<name>.description", "sections.<name>.designated")
_REQUIRED_1_5 = (
    *("id", "schema", "reference", "source", "status", "replaces", "target_approval", "releases", "platform"),
    *("components", "components.<name>.?*", "criteria", "criteria.<name>.*", "capabilities", "designated-sections"),
    *(f"capabilities.<name>.{key}" for key in ("achievements", "admin", "description", "project", "tests")),
    *(f"capabilities.<name>.tests.<name>.{key}" for key in ("idempotent_id", "flagged.?*")),
    "designated-sections.[a-z]*[a-z]",
    *(f"designated-sections.*.<name>.{key}" for key in (*_SECTION, "sections.<name>.comment")),
)
_REQUIRED_2_0 = (
    *("metadata", *(f"metadata.{key}" for key in ("id", "schema", "reference", "source"))),
    "metadata.scoring.criteria.<name>.*",
    *(f"metadata.os_trademark_approval.{key}" for key in ("target_approval", "releases", "status")),
    *("platforms.<name>.components", "platforms.<name>.components[[][]].name", "add-ons.<name>.*[[][]].name"),
    *("components", "capabilities", "designated_sections"),
    *(f"capabilities.<name>.{key}" for key in ("achievements", "admin", "description", "project", "tests")),
    *(f"capabilities.<name>.tests.<name>.{key}" for key in ("idempotent_id", "flagged.?*")),
    *(f"designated_sections.<name>.*.{key}" for key in _SECTION if key != "comment"),
    *("test_repositories", "test_repositories.<name>.repository"),
)
#: Patterns of the required fields of the versions that are JSON Schemas. 1.2 to 1.4 are annotated examples.
_REQUIRED = {"1.5": _REQUIRED_1_5, "1.6": _REQUIRED_1_5, "2.0": _REQUIRED_2_0}
#: What a version changes besides its fields.
CHANGES = {
    "1.5": "From this version on, the schema is a JSON Schema.",
    "1.6": "This version does not allow keys that it does not define, where that is possible.",
}
#: Remarks by version and path.
_NOTES = {
    ("2.0", "capabilities.<name>.tests.<name>.flagged"): "The schema calls this key flag; all files have flagged.",
    ("2.0", "components.<name>.designated_sections.informational"): "The schema does not have this key.",
    ("1.5", "status"): "The annotated example has review in place of advisory.",
}


def is_formal(version: str) -> bool:
    """Whether a version is a JSON Schema, which states the required fields."""
    return version in _REQUIRED


def requires(version: str, path: str) -> bool:
    """Whether the JSON Schema of a version requires the field at ``path``, if what contains it is there."""
    return any(fnmatchcase(path, pattern) and path.count(".") == pattern.count(".") for pattern in _REQUIRED[version])


def note(version: str, path: str) -> str:
    """A remark on a field of a version, or an empty text."""
    return _NOTES.get((version, path), "")
