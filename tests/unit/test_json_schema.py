"""The JSON Schema for editors: as the tables say, valid, and of one mind with our own validator."""

import json
import re
from pathlib import Path

import pytest
from interop.analysis.analysis import Analysis
from interop.record import fields, json_schema, partial, schemas, source
from interop.record.fields import Field, ListOf, MapOf, OneOf, Struct, Text, Whole, YesNo
from interop.site.views import schemas as schema_views
from jsonschema import Draft7Validator

from ..official import load_yaml, parse_yaml

ROOT = Path(__file__).parents[2]
GUIDELINES = ROOT / "guidelines"
COMMITTED = GUIDELINES / "guideline.schema.json"
FILES = sorted(path for path in GUIDELINES.glob("*/*.yaml") if path.parent.name not in ("catalogue", "adopters"))
SAMPLE = GUIDELINES / "dns" / "2020.06.yaml"

#: The patterns of files by schema, for the YAML extension of Visual Studio Code.
SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]

each_schema = pytest.mark.parametrize("schema", SETTINGS)
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")


@pytest.fixture(scope="module")
def validator():
    return Draft7Validator(json.loads(COMMITTED.read_text(encoding="utf-8")))


def verdicts(text, validator, tmp_path, form=schemas.RECORD):
    """Whether our validator and jsonschema accept ``text``."""
    path = tmp_path / "2020.06.yaml"
    path.write_text(text, encoding="utf-8")
    read, problems = source.read(path, path.name)
    assert read and not problems, f"the sample must stay well-formed: {problems}"
    return not fields.check(read.data, form), validator.is_valid(parse_yaml(text))


def changed(old, new):
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text, f"the sample has no {old!r}"
    return text.replace(old, new, 1)


def test_committed_files_are_what_the_tables_give():
    given = json_schema.files()
    committed = [COMMITTED, *ROOT.glob(f"{json_schema.FOLDER}/**/*.json")]
    assert given == {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in committed}, (
        "if this change is intended, run: make schema"
    )


@each_schema
def test_it_is_valid_draft_7(schema):
    read = json.loads((ROOT / schema).read_text(encoding="utf-8"))
    Draft7Validator.check_schema(read)
    assert read["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_settings_of_the_editor_give_each_data_file_one_schema():
    """In the YAML extension's globs, a star stays in its folder, as it does for pathlib."""
    given = [path for patterns in SETTINGS.values() for pattern in patterns for path in ROOT.glob(pattern)]
    assert sorted(given) == sorted(GUIDELINES.rglob("*.yaml"))
    programs = load_yaml(GUIDELINES / "catalogue/programs.yaml")
    assert {f"guidelines/{name}/*.yaml" for name in programs} == set(SETTINGS["guidelines/guideline.schema.json"])


@pytest.mark.parametrize("schema", [one for one in SETTINGS if one != "guidelines/guideline.schema.json"])
def test_every_other_file_validates(schema):
    """And is refused with an entry that its form does not have."""
    validator = Draft7Validator(json.loads((ROOT / schema).read_text(encoding="utf-8")))
    paths = [path for pattern in SETTINGS[schema] for path in ROOT.glob(pattern)]
    assert paths
    for path in paths:
        data = load_yaml(path)
        assert [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(data)] == []
        wrong = [*data, {"colour": "red"}] if isinstance(data, list) else data | {"Colour red": {"colour": "red"}}
        assert not validator.is_valid(wrong)


def test_every_type_of_the_tables():
    form = Struct(
        Field("id", Text(r"[a-z]+", "a word"), "Its id.", required=True),
        Field("note", Text(), "A remark."),
        Field("weight", Whole(), "Its weight.", also=("wieght",)),
        Field("admin", YesNo(), "Whether an administrator."),
        Field("by", MapOf(Text(r"\d+", "digits"), ListOf(OneOf(("a", "b")))), "By number."),
    )
    assert json_schema.json_schema(form, "A thing", "thing.json") == {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "thing.json",
        "title": "A thing",
        "type": "object",
        "properties": {
            "id": {
                "description": "Its id. A word.",
                "type": "string",
                "pattern": "^(?:[a-z]+)$",
                "patternErrorMessage": "Not a word.",
            },
            "note": {"description": "A remark.", "type": "string"},
            "weight": {"description": "Its weight.", "type": "integer", "minimum": 0, "maximum": 1000},
            "admin": {"description": "Whether an administrator.", "type": "boolean"},
            "by": {
                "description": "By number.",
                "type": "object",
                "propertyNames": {
                    "type": "string",
                    "description": "Digits.",
                    "pattern": r"^(?:\d+)$",
                    "patternErrorMessage": "Not digits.",
                },
                "additionalProperties": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
            },
        },
        "additionalProperties": False,
        "required": ["id"],
    }


def test_a_type_no_table_has_is_refused():
    with pytest.raises(TypeError, match="no JSON Schema for 'text'"):
        json_schema.json_schema("text", "", "")


def patterns(node):
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        for value in node.values():
            yield from patterns(value)


def test_patterns_are_regular_expressions_of_ecmascript_too():
    found = {pattern for text in json_schema.files().values() for pattern in patterns(json.loads(text))}
    assert len(found) > 15
    for pattern in found:
        assert pattern.startswith("^(?:") and pattern.endswith(")$")
        # With the flag "u", which editors set, only these may be escaped, and of groups only these kinds are shared.
        assert set(re.findall(r"\\(.)", pattern)) <= set(r"^$\.*+?()[]{}|/dswntS"), pattern
        assert set(re.findall(r"\(\?(.)", pattern)) <= set(":!="), pattern


def test_there_are_files_to_check():
    assert SAMPLE in FILES


@each_file
def test_file_of_the_record_validates(path, validator):
    faults = validator.iter_errors(load_yaml(path))
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []


@each_file
def test_modeline_names_the_schema(path):
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match, first
    assert (path.parent / match[1]).resolve() == COMMITTED


REFUSED = [
    # A required key is missing.
    ("  schema: '2.0'\n", ""),
    ("  id: dns.2020.06\n", ""),
    ("    status: approved\n", ""),
    ("    project: designate\n", ""),
    ("atomic: {weight: 6}", "atomic: {}"),
    ("  completeness: complete\n", ""),
    ("\ntest_repositories:", "\nrepositories:"),
    # A key that the form does not know.
    ("metadata:\n", "metadata:\n  colour: red\n"),
    ("    admin: false\n", "    admin: false\n    colour: red\n"),
    ("    achievements:", "    acheivements:"),
    ("      advisory: []", "      optional: []"),
    # A value of another type.
    ("id: dns.2020.06", "id: 2020.10"),
    ("id: dns.2020.06", "id: 2020"),
    ("cutoff_score: 60", "cutoff_score: '60'"),
    ("cutoff_score: 60", "cutoff_score: 60.5"),
    ("cutoff_score: 60", "cutoff_score: true"),
    ("origin_schema: '2.0'", "origin_schema: 2.0"),
    ("releases: [stein, train, ussuri, victoria]", "releases: stein"),
    ("releases: [stein, train, ussuri, victoria]", "releases: [stein, null]"),
    ("admin: false", "admin: 'false'"),
    ("admin: false", "admin: 0"),
    ("admin: false", "admin:"),
    ("designated: true", "designated: 1"),
    ("    project: designate\n", "    project: [designate]\n"),
    ("add-ons:\n  DNS:\n", "add-ons:\n- DNS:\n"),
    # A value or a name of another form.
    ("id: dns.2020.06", "id: DNS.2020.06"),
    ("id: dns.2020.06", "id: dns..06"),
    ("replaces: dns.2019.11", "replaces: dns/2019.11"),
    ("cutoff_score: 60", "cutoff_score: -1"),
    ("cutoff_score: 60", "cutoff_score: 1001"),
    ("status: approved", "status: aproved"),
    ("[stein, train", "[Stein, train"),
    ("completeness: complete", "completeness: full"),
    ("repository: https://opendev", "repository: ftp://opendev"),
    ("path: add-ons/", "path: /add-ons/"),
    ("path: add-ons/", "path: ../add-ons/"),
    ("    sha256: ", "    sha256: x"),
    ("  DNS:\n", "  D/NS:\n"),
    ("  os_powered_dns:\n", "  .os_powered_dns:\n"),
    ("RecordsetsTest.test_list_recordsets:", "RecordsetsTest.test list recordsets:"),
]


@pytest.mark.parametrize("old, new", REFUSED)
def test_both_validators_refuse(old, new, validator, tmp_path):
    assert verdicts(changed(old, new), validator, tmp_path) == (False, False)


ADMITTED = [
    ("id: dns.2020.06", "id: dns.next"),
    ("cutoff_score: 60", "cutoff_score: 0"),
    ("    cutoff_score: 60\n", ""),
    ("{weight: 6}", "{weight: 1000}"),
    ("status: approved", "status: draft"),
    ("releases: [stein, train, ussuri, victoria]", "releases: []"),
    ("record:\n", "record:\n  notes: ['a note']\n"),
    ("    admin: false\n", "    admin: true\n    description: 'In a few words.'\n"),
]


@pytest.mark.parametrize("old, new", ADMITTED)
def test_both_validators_admit(old, new, validator, tmp_path):
    assert verdicts(changed(old, new), validator, tmp_path) == (True, True)


#: Changes of a partial file, and whether both validators admit them.
PARTIAL = [
    ("", "", True),
    ("    status: draft\n", "", True),
    ("completeness: partial", "completeness: complete", False),
    ("    grade: stated\n", "", False),
    ("    grade: stated\n", "    grade: certain\n", False),
    ("    sources: [upstream-page, functest]\n", "", False),
    ("  evidence_sources:\n", "  evidence_sources:\n    Page: {title: a, address: 'https://a.example'}\n", False),
    ("  evidence_sources:\n", "  evidence_sources:\n    page: {title: a, address: 'https://a.example'}\n", True),
    ("      date: '2023-09-05'\n", "      date: 2023\n", False),
    ("    groups:\n      required:\n", "    groups:\n      unknown:\n", True),
    ("    groups:\n      required:\n", "    groups:\n      perhaps:\n", False),
    ("    project: keystone\n    remark:", "    project: keystone\n    admin: false\n    remark:", False),
    ("\ngroups:\n", "\ndesignated_sections: {}\ngroups:\n", False),
]


@pytest.mark.parametrize("old, new, admitted", PARTIAL)
def test_both_validators_agree_on_partial_files(old, new, admitted, validator, tmp_path):
    text = (GUIDELINES / "powered" / "2022.11.yaml").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    form = partial.PARTIAL if "completeness: partial" in text else schemas.RECORD
    assert verdicts(text, validator, tmp_path, form) == (admitted, admitted)


@pytest.mark.parametrize("version", schemas.VERSIONS)
def test_the_example_of_every_official_schema_has_no_fault(version):
    assert fields.check(schema_views.example(version), schemas.FORMS[version]) == []


def test_what_schema_pages_say_of_statuses(real_analysis: Analysis) -> None:
    """All words of a capability's own status in 1.2; in the example of 1.0 a status as the files of 1.0 have it."""
    rows = {row["path"]: row["type"] for row in schema_views.view(real_analysis, "1.2")["rows"]}
    assert rows["capabilities.<name>.status"] == "one of required, advisory, deprecated, removed"
    assert rows["status"] == "one of draft, review, approved"
    example = schema_views.example("1.0")
    assert (example["release"], example["status"]) == ("juno", "proposal, icehouse-based")
