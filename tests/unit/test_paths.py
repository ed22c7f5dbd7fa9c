"""What may become part of a path: every form of the record, one by one, and the guard of what writes files."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from interop.record import fields, loader, paths, schemas
from interop.record.problems import Problem
from jsonschema import Draft7Validator

from .. import small_record as small

ROOT = Path(__file__).parents[2]
#: Names that no part of a path may be, as each of them alone is dangerous somewhere.
SPECIAL = [
    "",
    ".",
    "..",
    ".a",
    "-a",
    "_a",
    "a.",
    "a..b",
    "index",
    "Index",
    "INDEX",
    "con",
    "Con",
    "con.b",
    "aux",
    "nul.a.b",
]
SPECIAL += [
    "prn",
    "com0",
    "COM9.x",
    "lpt1",
    "a.html",
    "a.HTML",
    "a.b.json",
    "a.csv",
    "a.txt",
    "a.rst",
    "a.md",
    "a.doctree",
]
SPECIAL += [
    f"a{char}b" for char in "/\\<>\"'?:*|%#&;=+,~^`$!@()[]{} \t\n\0\u00a0\u00eb\u200b\u200f\u202e\ufeff\uff41\U0001f600"
]
#: Names that are near those and may be.
FREE = ["a", "0", "a.b", "a-", "a_", "a--b", "indexes", "xindex", "index.a", "a.index", "cone", "console.a", "xcon"]
FREE += ["com", "comx", "com10", "lpt", "html", "ahtml", "a.htmlx", "a.html.b", "a.jsonb", "auxx"]


def in_lower(name: str) -> bool:
    return name == name.lower() and "_" not in name and not re.search(r"-\.|\.-", name)


@pytest.mark.parametrize("name", SPECIAL)
def test_special_names_are_refused_everywhere(name: str) -> None:
    assert not schemas.NAME.matches(name)
    assert not schemas.ID.matches(name)
    assert not schemas.TEST.matches(name)
    assert not schemas.NAME.matches(f"{name}\n")
    if name not in ("index", "a..b", "a/b"):  # A page of a folder, a comparison, two parts.
        assert not paths.is_page(f"x/{name}")
    if name != "a/b":
        assert not paths.is_page(f"{name}/x")


@pytest.mark.parametrize("name", FREE)
def test_ordinary_names_are_not(name: str) -> None:
    assert schemas.NAME.matches(name)
    assert schemas.ID.matches(name) is in_lower(name)
    assert schemas.TEST.matches(name) is ("." in name)
    assert paths.is_page(name) and paths.is_page(f"{name}/{name}") and paths.is_page(f"{name}/index")


@pytest.mark.parametrize("name", [*SPECIAL, *FREE, "a" * 100, "a" * 101, f"a.{'b' * 198}", f"a.{'b' * 199}"])
def test_editors_are_told_the_same(name: str) -> None:
    """The JSON Schema has the rule, in the patterns of its names."""
    schema = json.loads((ROOT / "guidelines" / "guideline.schema.json").read_text(encoding="utf-8"))
    for form_of_file in (schema["then"], schema["else"]):  # Partial files, complete ones.
        capabilities = form_of_file["properties"]["capabilities"]
        tests = capabilities["additionalProperties"]["properties"]["tests"]
        for names, form in ((capabilities["propertyNames"], schemas.NAME), (tests["propertyNames"], schemas.TEST)):
            assert Draft7Validator(names).is_valid(name) is form.matches(name)


@pytest.mark.parametrize(
    "form, longest", [(schemas.NAME, "a" * 100), (schemas.ID, "a" * 100), (schemas.TEST, "a." + "a" * 198)]
)
def test_names_have_room_for_the_endings_of_files(form: schemas.Text, longest: str) -> None:
    assert form.matches(longest) and not form.matches(f"{longest}a")
    assert len(f"{longest}..{longest}.doctree") <= 255 or form is schemas.TEST
    assert len(f"{longest}.rst.txt") <= 255


def test_a_test_has_a_dot_and_so_is_no_id() -> None:
    assert not schemas.TEST.matches("00000000-0000-4000-8000-000000000001")


def test_the_slip_of_the_official_files_is_the_only_one() -> None:
    slip = (
        "heat_tempest_plugin.tests.functional.test_preview.StackPreviewTest.test_res_group_with_nested_template:Wherej"
    )
    assert schemas.TEST.matches(slip) and paths.is_page(f"t/{slip}")
    for other in (slip.replace("Wherej", "x"), slip.upper(), f"{slip}x", f"x{slip}", slip.replace(".", "x", 1)):
        assert not schemas.TEST.matches(other)


@pytest.mark.parametrize(
    "page, right",
    [
        ("index", True),
        ("a/index", True),
        ("index/a", False),
        ("a//b", False),
        ("/a", False),
        ("a/", False),
        ("a/../b", False),
        ("search", False),
        ("Search", False),
        ("genindex", False),
        ("404", False),
        ("a/search", True),
        ("diff/a/2020.06..next", True),
        ("diff/a/2020.06..", False),
        ("diff/a/..next", False),
        ("diff/a/A..b", False),
        ("diff/a/a..b..c", False),
        ("a..b/c", False),
        (f"diff/{'a' * 100}/{'b' * 100}..{'c' * 100}", True),
        (f"t/a.{'b' * 198}", True),
        (f"t/a.{'b' * 199}", False),
        ("/".join(["abc"] * 100), True),
        ("/".join(["abc"] * 100) + "/a", False),
        ("a.b/c", True),
    ],
)
def test_pages(page: str, right: bool) -> None:
    assert paths.is_page(page) is right
    assert paths.is_target(page) is right
    assert paths.is_target(f"{page}#a.b-c_d") is right


@pytest.mark.parametrize("target", ["a#", "a#-", "a#b#c", "a#b/c", "a# b", "#b", "a#b\n", 'a#"'])
def test_targets_that_are_none(target: str) -> None:
    assert not paths.is_target(target)


def test_every_control_and_format_character_is_refused() -> None:
    """The categories are those of Unicode, as Python knows them: an independent list."""
    hidden = [
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp", "Cs")
    ]
    assert len(hidden) > 2000
    for char in {*hidden} - {"\n"}:
        assert [found.code for found in fields.check(f"a{char}b", schemas.PROSE)] == ["control-character"], hex(
            ord(char)
        )
    for text in ("a\nb", "\u00eb", "\uff41", "\U0001f600", "\u2010", "\u00a0", "\u3000"):
        assert fields.check(text, schemas.PROSE) == []


# --- names that differ only in case -----------------------------------------------------------------------------------

A, B = "2016.01", "2016.08"


def clashes(root: Path) -> list[Problem]:
    return [problem for problem in loader.load(root)[1] if problem.code == "name-clash"]


def line(root: Path, place: str) -> str:
    """What stands at ``path:line``."""
    path, number = place.rsplit(":", 1)
    return (root.parent / path).read_text(encoding="utf-8").splitlines()[int(number) - 1].strip()


TEST_1 = ("capabilities", "compute-auth", "tests", "tempest.test_1")
#: Changes of the second of three guidelines: what differs in case only, on which line, from what, on which line.
CASES: dict[str, tuple[small.Change, str, str, str, str]] = {
    "capability": (
        small.define(B, "Compute-Auth", 9), "Compute-Auth", "Compute-Auth:", "compute-auth", "- compute-auth"
    ),
    "listed": (
        small.listed(B, removed="COMPUTE-auth"), "COMPUTE-auth", "- COMPUTE-auth", "compute-auth", "- compute-auth"
    ),
    "test": (
        small.rename(B, "compute-auth", 1, "tempest.T_1"), "tempest.T_1", "tempest.T_1:", "tempest.t_1", "tempest.t_1:"
    ),
    "alias": (
        small.put(B, *TEST_1, "aliases", ["tempest.T_1"]), "tempest.T_1", "- tempest.T_1", "tempest.t_1", "tempest.t_1:"
    ),
    "project": (small.designated(B, "Nova", required="a"), "Nova", "required:", "nova", "- nova"),
    "project of a capability": (
        small.define(B, "compute-auth", 1, 2, project="NOVA"), "NOVA", "project: NOVA", "nova", "- nova"
    ),
    "project of a component": (
        small.put(B, "components", small.COMPUTE, "designated_sections", {"required": ["Glance"]}),
        "Glance", "- Glance", "glance", "advisory:"
    ),
    "component": (
        small.listed(B, component="OS_powered_compute"),
        "OS_powered_compute", "OS_powered_compute:", small.COMPUTE, f"{small.COMPUTE}:"
    ),
    "criterion": (
        small.put(B, *small.SCORING, "criteria", "Tools", {"weight": 0}), "Tools", "Tools:", "tools", "tools:"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_names_that_differ_only_in_case(case: str, tmp_path: Path) -> None:
    change, name, at, first, first_at = CASES[case]
    same = small.rename(A, "compute-auth", 1, "tempest.t_1")
    root = small.write(small.changed(same, change), tmp_path)
    kind = {"listed": "capability", "alias": "test"}.get(case, case.partition(" ")[0])
    (found,) = clashes(root)
    said = re.fullmatch(f"the {kind} '{name}' differs only in case from '{first}', (.*:[0-9]+)", found.message)
    assert said and line(root, said[1]) == first_at and said[1].startswith(f"guidelines/powered/{A}.yaml:")
    assert (found.path, found.about) == (f"guidelines/powered/{B}.yaml", name)
    assert line(root, f"{found.path}:{found.line}") == at


def test_each_file_is_told_once_about_each_name(tmp_path: Path) -> None:
    every = [small.define(id, "Compute-Auth", 9) for id in (B, "next")]
    root = small.write(
        small.changed(*every, small.define(B, "COMPUTE-AUTH"), small.listed(B, removed="Compute-Auth")), tmp_path
    )
    found = [(Path(p.path).stem, p.about, line(root, f"{p.path}:{p.line}")) for p in clashes(root)]
    assert sorted(found) == [
        (B, "COMPUTE-AUTH", "COMPUTE-AUTH:"),
        (B, "Compute-Auth", "- Compute-Auth"),
        ("next", "Compute-Auth", "Compute-Auth:"),
    ]


def test_names_of_two_kinds_may_differ_only_in_case(tmp_path: Path) -> None:
    change = small.both(small.define(B, "Tools", 9), small.listed(B, removed="Tools NOVA"), small.define(B, "NOVA", 8))
    assert clashes(small.write(small.changed(change), tmp_path)) == []


def test_short_names_of_guidelines(tmp_path: Path) -> None:
    """``dns.2016.01`` is the guideline of DNS in the list of upstream's names, as a guideline of Powered it is too."""
    other = small.guideline("dns.2016.01", "approved", "2015.07", "2016.01")
    root = small.write(small.changed(small.only(A)) | {"dns.2016.01": other}, tmp_path)
    assert clashes(root) == []
    (root / "dns").mkdir()
    (root / "dns" / f"{A}.yaml").write_text(
        (root / "powered" / "dns.2016.01.yaml").read_text(encoding="utf-8"), "utf-8"
    )
    message = "dns/2016.01 has the short name 'dns.2016.01', which powered/dns.2016.01 has too, in "
    (found,) = clashes(root)
    assert (found.path, found.line) == (f"guidelines/dns/{A}.yaml", 1)
    assert found.message == f"{message}guidelines/powered/dns.2016.01.yaml"


@pytest.mark.parametrize(
    "known, clash",
    [
        ("powered/dns.2016.01", ""),
        ("powered/powered.2016.01", "powered.2016.01"),
        ("dns/2016.01", ""),
        ("all/2016.01", "all.2016.01"),
        ("powered/2016.01", ""),
    ],
)
def test_short_names_of_known_guidelines(known: str, clash: str, tmp_path: Path) -> None:
    root = small.write(small.changed(), tmp_path)
    path = root / "catalogue" / "known.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}{known}:\n  note: x\n", encoding="utf-8")
    found = [(problem.path, line(root, f"{problem.path}:{problem.line}"), problem.message) for problem in clashes(root)]
    message = f"{known} has the short name '{clash}', which powered/2016.01 has too, in guidelines/powered/2016.01.yaml"
    assert found == ([("guidelines/catalogue/known.yaml", f"{known}:", message)] if clash else [])


def test_short_names_of_two_known_guidelines(tmp_path: Path) -> None:
    root = small.write(small.changed(), tmp_path)
    path = root / "catalogue" / "known.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}dns/2031.01:\n  note: x\npowered/dns.2031.01:\n  note: x\n", encoding="utf-8")
    (found,) = clashes(root)
    assert found.message.startswith("powered/dns.2031.01 has the short name 'dns.2031.01', which dns/2031.01 has too")


# --- the guard of what writes files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["a", "a.html", "a/b/c.txt", "t/a:b.html", "a b", "...", "a..b", "\u00eb", "\u00eb" * 127]
)
def test_a_path_inside(path: str, tmp_path: Path) -> None:
    assert paths.inside(tmp_path, path) == tmp_path / path


@pytest.mark.parametrize(
    "path",
    ["", ".", "..", "/a", "a/", "a//b", "a/./b", "a/../b", "../a", "a\\b", "a\0", "a\n", "a\u200b", "\u00eb" * 128],
)
def test_a_path_that_is_none(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a path in a folder"):
        paths.inside(tmp_path, path)


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "real").mkdir(parents=True)
    (folder / "inside").symlink_to("real")
    (folder / "outside").symlink_to("..")
    (folder / "file").symlink_to("../file")
    assert paths.inside(folder, "inside/x") == folder / "inside" / "x"
    for path in ("outside/x", "file", "outside/folder/../../x"):
        with pytest.raises(ValueError):
            paths.inside(folder, path)


def test_paths_that_clash() -> None:
    assert paths.clashes(["a/b", "A/b", "a/c", "a/b", "A/B"]) == [("a/b", "A/b"), ("a/b", "A/B")]
    assert paths.clashes(["a", "b"]) == []
