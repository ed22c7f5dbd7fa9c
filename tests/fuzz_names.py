"""Names and values for :mod:`tests.fuzz_mutations`."""

from __future__ import annotations

from typing import Any

LONG, WIDE = "x" * 300, "\uff24\uff2e\uff33\u3000\u8868"

# fmt: off
#: Names that are dangerous in paths, in pages or to readers.
HOSTILE = [
    "", ".", "..", "../../w/x", "/etc/passwd", "a/b", "a\\b", "C:x", "~", "-rf", "_static", ".hidden", "con", "NUL.x",
    "index", "Index", "INDEX.html", "x.html", "x.json", "a..b", "x.", " x", "x ", "x\n", "x\ny", "x\r", "x\ty", "x\0y",
    "<script>alert(1)</script>", '"><img src=x>', "javascript:alert(1)", "{{7*7}}", "%2e", "x?y", "x#y", "x%y", "x:y",
    "\u200b", "x\u200by", "x\u200fy", "x\u202ey", "x\ufeff", "x\u2028y", "x\u0085y", "\ud800", "x\udfffy", LONG, WIDE,
    "\u0662\u0660.\u0660\u0666", "\u0130", "\ufb01le", "K\u212a", "e\u0301", "\U0001f600", "\U000e0041", "__proto__",
    "<<", "=", "null", "true", "2031.06",
]
#: Names that may be valid, next to the borders of the rule.
ODD = [
    "a", "A", "0", "x.y", "X_y-z", "con-x", "indexes", "index.x", "x.HTML5", "1e5", "no", "a" * 100, "a" * 101,
    "t." + "a" * 198, "findings", "all", "search", "next", "catalogue", "powered", "dns.2020.06", "2099.01", "2099-01",
    "a--b", "a-", "a_", "x.md.y",
]
#: Values of other types, as plain data.
VALUES: list[Any] = [
    None, True, False, 0, -1, 1001, 10**18, 10**30, "", "x", [], {}, [None], [[]], {"": None}, {"x": {"y": []}},
]
#: What stands for a value in the text of a file only.
RAW = [
    "2031-01-01", "2031-01-01T00:00:00Z", "0x1F", "0o17", "1_000", "1e999", "-.inf", ".nan", "9" * 400, "1.5", "+1",
    "12:30:45", "&a x", "*a", "&a [*a]", "!!python/object/apply:os.system [x]", "!!binary aGk=", "!x y", "|\n  x",
    ">-\n  x", "? x", "- - - x", "'", '"', "[" * 60 + "]" * 60, "{a: " * 60 + "}" * 60, "[" * 5000, "@x", "`x`", "%x",
    "\tx", "{<<: {a: b}}", "{a: 1, a: 2}", "[,]", "# x", '"\\ud800"',
]
# fmt: on
