"""guidelines/README.md says what is so: its examples are valid, its tables name every key and every code."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from interop.record import (
    adopters,
    amendments,
    catalogue_schemas,
    fields,
    loader,
    observations,
    partial,
    problems,
    schemas,
    source,
    states,
    writer,
    yaml_reader,
)
from interop.record.fields import ListOf, MapOf, Struct
from interop.record.kinds import Named, One, Parts, Some
from interop.record.problems import Severity
from interop.record.test_changes import NamedTests

pytestmark = pytest.mark.by_hand("guidelines/README.md")
GUIDELINES = Path(__file__).parents[2] / "guidelines"
README = (GUIDELINES / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
WHOLE = next(block for block in BLOCKS if block.startswith(writer.MODELINE))


def field_type(form: Struct, name: str) -> Any:
    return next(field.type for field in form.fields if field.name == name)


TESTS = field_type(field_type(schemas.RECORD, "capabilities").value, "tests")
#: What the first line of an example says it is taken from, and the form of such a thing.
EXAMPLES = {
    "# powered/2020.06.yaml, in the tests of a capability": TESTS,
    "# powered/2022.11.yaml, in the groups": field_type(partial.PARTIAL, "groups"),
    "# catalogue/flag-reasons.yaml": catalogue_schemas.FORMS["flag-reasons"],
    "# observations.yaml": observations.FORM,
    "# amendments/powered/2016.01.yaml, a revision": field_type(amendments.FORM, "revisions").item,
}


def read(text, tmp_path):
    path = tmp_path / "example.yaml"
    path.write_text(text, encoding="utf-8")
    found, faults = source.read(path, path.name)
    assert found and not faults, faults
    return found.data


def rows(*header):
    """The rows of all tables with this header: cells as texts."""
    head = re.escape("| " + " | ".join(header) + " |")
    for table in re.findall(head + r"\n\|[-| ]+\|\n((?:\|.*\|\n)+)", README):
        for line in table.splitlines():
            yield [cell.strip() for cell in line.strip("|").split("|")]


def test_the_whole_example_is_the_file_it_says(tmp_path):
    file, faults = source.read(GUIDELINES / "dns" / "2020.06.yaml", "dns/2020.06.yaml")
    assert file and not faults, faults
    assert read(WHOLE, tmp_path) == file.data


def test_the_whole_example_has_no_fault_in_the_record(tmp_path):
    root = Path(shutil.copytree(GUIDELINES, tmp_path / "guidelines"))
    (root / "dns" / "2020.06.yaml").write_text(WHOLE, encoding="utf-8")
    loaded, found = loader.load(root)
    faults = [str(p) for p in found if p.severity is Severity.ERROR and p.path == "guidelines/dns/2020.06.yaml"]
    assert faults == []
    assert "dns/2020.06" in loaded.guidelines


def test_every_example_is_known():
    assert {block.partition("\n")[0] for block in BLOCKS if block != WHOLE} == set(EXAMPLES)


@pytest.mark.parametrize("block", [WHOLE, *(block for block in BLOCKS if block != WHOLE)])
def test_example_has_its_form(block, tmp_path):
    form = schemas.RECORD if block == WHOLE else EXAMPLES[block.partition("\n")[0]]
    assert fields.check(read(block, tmp_path), form) == []


def test_the_flag_of_the_example_stands_in_the_record(tmp_path):
    [block] = [block for block in BLOCKS if block.startswith("# powered/2020.06.yaml")]
    file, _ = source.read(GUIDELINES / "powered" / "2020.06.yaml", "powered/2020.06.yaml")
    tests = {}
    for capability in file.data["capabilities"].values():
        tests |= capability["tests"]
    example = read(block, tmp_path)
    assert example == {name: tests.get(name) for name in example}


def test_the_group_of_the_example_stands_in_the_record(tmp_path):
    [block] = [block for block in BLOCKS if block.startswith("# powered/2022.11.yaml")]
    file, _ = source.read(GUIDELINES / "powered" / "2022.11.yaml", "powered/2022.11.yaml")
    example = read(block, tmp_path)
    assert example == {name: file.data["groups"].get(name) for name in example}


def test_the_wording_of_the_example_stands_in_the_catalogue(tmp_path):
    [block] = [block for block in BLOCKS if block.startswith("# catalogue/flag-reasons.yaml")]
    file, _ = source.read(GUIDELINES / "catalogue" / "flag-reasons.yaml", "flag-reasons.yaml")
    example = read(block, tmp_path)
    assert example == {key: file.data.get(key) for key in example}


def keys(form, path=""):
    """Every key of a form as the README writes it, and whether it must be there."""
    if isinstance(form, ListOf):
        yield from keys(form.item, f"{path}[]")
    elif isinstance(form, MapOf):
        yield from keys(form.value, f"{path}.<>")
    elif isinstance(form, Struct):
        by_status = {field.name for field in form.fields} >= set(schemas.CAPABILITY_STATUSES)
        for field in form.fields:
            here = f"{path}.<>" if by_status else f"{path}.{field.name}".lstrip(".")
            yield here, field.required
            yield from keys(field.type, here)


def test_every_key_is_in_the_tables_and_none_other():
    written = [(re.sub(r"<[a-z]+>", "<>", key.strip("`")), must == "yes") for key, _, must, _ in rows(
        "Key", "Type", "Must", "Meaning"
    )]  # fmt: skip
    assert len(written) == len(set(written))
    complete = dict(keys(schemas.RECORD))
    # The keys that only a partial file has; the page says in words which keys of the others it needs.
    more = {key: must for key, must in keys(partial.PARTIAL) if key not in complete and ".tests.<>." not in key}
    of_tests = {
        key: must
        for key, must in keys(partial.PARTIAL)
        if key not in complete and ".tests.<>." in key and key.startswith("cap")
    }
    assert dict(written) == complete | more | of_tests


def test_every_key_of_a_list_that_others_keep_is_in_its_table_and_none_other():
    written = rows("Key of a list", "Type", "Must", "Meaning")
    assert {key.strip("`"): must == "yes" for key, _, must, _ in written} == dict(keys(adopters.FORM))


def test_every_key_of_a_history_is_in_its_table_and_none_other():
    written = rows("Key of a history", "Type", "Must", "Meaning")
    own = {key: must for key, must in keys(amendments.FORM) if not key.startswith("revisions[].changes.")}
    assert {key.strip("`"): must == "yes" for key, _, must, _ in written} == own


def facts(kind, path=""):
    """Every fact that a revision can change, as the README writes it, and the kind of its change."""
    if isinstance(kind, Parts):
        for name, (part, _) in kind.parts.items():
            here = f"{path}.{name}".lstrip(".")
            yield here, {One: "value", Some: "set", Named: "names", Parts: "parts", NamedTests: "tests"}[type(part)]
            yield from facts(part, here)
    elif isinstance(kind, Named):
        yield from facts(kind.kind, f"{path}.<>")


def test_every_fact_of_a_history_is_in_its_table_and_none_other():
    written = [
        (re.sub(r"<[a-z]+>", "<>", fact.strip("`")), kind) for fact, kind, _ in rows("Fact", "Change", "Meaning")
    ]
    assert written == list(facts(states.FACTS))


def test_the_revision_of_the_example_stands_in_the_record(tmp_path):
    [block] = [block for block in BLOCKS if block.startswith("# amendments/")]
    file, _ = source.read(GUIDELINES / "amendments/powered/2016.01.yaml", "2016.01.yaml")
    example = read(block, tmp_path)
    assert example in file.data["revisions"]
    assert example["kind"] == "changed"


def test_what_a_partial_file_needs():
    """Of the keys of a complete file, those that the page names; and those that it calls not allowed are not."""
    complete, known = dict(keys(schemas.RECORD)), dict(keys(partial.PARTIAL))
    top = {key for key, must in known.items() if must and key in complete and key.count(".") < 2 and "[]" not in key}
    assert top == {
        *("metadata", "metadata.id", "metadata.schema", "record", "components"),
        *("capabilities", "record.completeness", "record.origin_schema", "record.sources"),
    }
    section = README.partition("### Partial files")[2].partition("## Strict reading")[0]
    refused = {key.rpartition(".")[2] for key in complete.keys() - known.keys() if not key.startswith("record.")}
    assert refused >= {"scoring", "designated_sections", "achievements", "admin", "required_since", "description"}
    for word in ("metadata.scoring", "designated_sections", "achievements", "admin", "required_since", "description"):
        assert f"`{word}`" in section


def test_every_code_is_in_the_table_and_none_other():
    written = [code.strip("`") for code, _, _ in rows("Code", "Kind", "Meaning")]
    assert sorted(written) == sorted(problems.CODES)
    assert {kind for _, kind, _ in rows("Code", "Kind", "Meaning")} <= {"error", "observation", "error or observation"}


def test_every_file_of_the_catalogue_is_in_the_table_and_none_other():
    written = [file.strip("`") for file, _, _ in rows("File", "Format", "Contents")]
    assert sorted(written) == sorted(f"{name}.yaml" for name in catalogue_schemas.FORMS)


def test_the_limits_are_those_of_the_reader():
    assert f"{source.MAX_BYTES:,} bytes" in README
    assert f"{yaml_reader.MAX_DEPTH} levels" in README
