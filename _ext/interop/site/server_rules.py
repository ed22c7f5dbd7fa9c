"""Rules for servers: old addresses, and RefStack's addresses of data, which no static page can stand in for.

RefStack's test lists had a query: ``target`` (platform unless given), ``type`` (statuses joined by commas; all unless
given), ``alias`` and ``flag`` (true unless given; true, yes and 1 are true). The rules map it to the published files. A
target that a guideline does not have, and a guideline that does not exist, are answered in RefStack's words, with
status 200 as RefStack did, and an empty list with 204. A combination of statuses that is not published is a 404: a
superset would pass unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..analysis import test_lists
from ..record.record import Record
from .redirects import old
from .urls import address


def _pairs(record: Record, base: str) -> Iterator[tuple[str, str]]:
    for item in old(record):
        yield base + item.old + (".html" if item.page else ""), base + address(item.new)


def _targets(record: Record) -> str:
    """A regular expression for every ``target:version`` that exists."""
    by_targets: dict[tuple[str, ...], list[str]] = {}
    for guideline in record.guidelines.values():
        by_targets.setdefault(tuple(test_lists.targets(record, guideline)), []).append(guideline.official_id)
    groups = [
        f"(?:{'|'.join(names)}):(?:{'|'.join(map(re.escape, ids))})" for names, ids in by_targets.items() if names
    ]
    return "^(?:" + "|".join(groups) + ")$"


def _versions(record: Record) -> str:
    return "^(?:" + "|".join(re.escape(g.official_id) for g in record.guidelines.values()) + ")$"


_NGINX = r"""
# RefStack's addresses of data. They need `root`, not `alias`, for the folder that the site is in.
location = {base}api/v1/guidelines {{ default_type application/json; try_files {base}api/v1/guidelines.json =404; }}
location ~ ^{base}api/v1/guidelines/(?<iv>[a-z0-9.-]+?)(?:\.json)?/tests$ {{
  default_type text/plain;
  set $it $arg_target;
  if ($arg_target = "") {{ set $it platform; }}
  if ($iv !~ "{versions}") {{ return 200 "Error getting JSON content for version: $iv"; }}
  set $iq "$it:$iv";
  if ($iq !~ "{targets}") {{ return 200 "Invalid target: $it"; }}
  set $ik "";
  if ($arg_type ~ "(?:^|,|%2[Cc])required(?:$|,|%2[Cc])") {{ set $ik "${{ik}}R"; }}
  if ($arg_type ~ "(?:^|,|%2[Cc])advisory(?:$|,|%2[Cc])") {{ set $ik "${{ik}}A"; }}
  if ($arg_type ~ "(?:^|,|%2[Cc])deprecated(?:$|,|%2[Cc])") {{ set $ik "${{ik}}D"; }}
  if ($arg_type ~ "(?:^|,|%2[Cc])removed(?:$|,|%2[Cc])") {{ set $ik "${{ik}}X"; }}
  if ($arg_type = "") {{ set $ik "RADX"; }}
  set $is "";
{combinations}
  if ($ik = "") {{ return 204; }}
  if ($is = "") {{ return 404; }}
  set $ia true;
  if ($arg_alias !~* "^(?:true|yes|1|)$") {{ set $ia false; }}
  set $if true;
  if ($arg_flag !~* "^(?:true|yes|1|)$") {{ set $if false; }}
  # `if` and `try_files` do not go together in one location.
  rewrite ^ {base}api/v1/refstack/$iv/tests/$it/$is/alias-$ia/flag-$if.txt? last;
}}
location ~ ^{base}api/v1/refstack/(?<ip>.+)$ {{
  internal;
  default_type text/plain;
  try_files {base}api/v1/guidelines/$ip @interop_empty;
}}
# A list that is empty is not published; RefStack answered it with "no content".
location @interop_empty {{ return 204; }}
location ~ ^{base}api/v1/guidelines/(?<iw>(?:[a-z-]+\.)?(?:\d+\.\d+|next))$ {{
  default_type application/json;
  try_files {base}api/v1/guidelines/$iw.json =404;
}}
"""


def _keys() -> Iterator[tuple[str, str]]:
    """The letters of each published combination of statuses, and its folder."""
    letters = {"required": "R", "advisory": "A", "deprecated": "D", "removed": "X"}
    for wanted in test_lists.PUBLISHED:
        yield "".join(letters[status] for status in wanted), "+".join(wanted)


def nginx(record: Record, base: str) -> str:
    """Rules for nginx, to be included in a ``server`` block; ``base`` is the path the site stands under."""
    lines = ["# Old addresses, for nginx: include this file in the server block.", "absolute_redirect off;"]
    lines += [f"location = {before} {{ return 301 {after}; }}" for before, after in _pairs(record, base)]
    combinations = "\n".join(f'  if ($ik = "{key}") {{ set $is "{folder}"; }}' for key, folder in _keys())
    rules = _NGINX.format(base=base, versions=_versions(record), targets=_targets(record), combinations=combinations)
    return "\n".join(lines) + "\n" + rules


def apache(record: Record, base: str) -> str:
    """Rules for Apache (mod_alias, mod_rewrite), to be included in a virtual host."""
    lines = ["# Old addresses, for Apache: include this file in the virtual host."]
    lines += [f'RedirectMatch 301 "^{re.escape(before)}$" "{after}"' for before, after in _pairs(record, base)]
    lines += ["", "# RefStack's addresses of data.", "RewriteEngine on"]
    lines += [f'RewriteRule "^{base}api/v1/guidelines$" "{base}api/v1/guidelines.json" [PT,L]']
    tests = f"^{base}api/v1/guidelines/([a-z0-9.-]+?)(?:\\.json)?/tests$"
    lines += [
        f'RewriteRule "{tests}" - [E=IV:$1,E=IT:platform,E=IK:,E=IS:,E=IA:true,E=IF:true]',
        'RewriteCond "%{QUERY_STRING}" "(?:^|&)target=([^&]+)"',
        f'RewriteRule "{tests}" - [E=IT:%1]',
    ]
    for word, letter in (("required", "R"), ("advisory", "A"), ("deprecated", "D"), ("removed", "X")):
        lines += [
            f'RewriteCond "%{{QUERY_STRING}}" "(?:^|&)type=(?:[^&]*(?:,|%2[Cc]))?{word}(?:,|%2[Cc]|&|$)"',
            f'RewriteRule "{tests}" - [E=IK:%{{ENV:IK}}{letter}]',
        ]
    lines += ['RewriteCond "%{QUERY_STRING}" "!(?:^|&)type=[^&]"', f'RewriteRule "{tests}" - [E=IK:RADX]']
    for key, folder in _keys():
        lines += [f'RewriteCond "%{{ENV:IK}}" "^{key}$"', f'RewriteRule "{tests}" - [E=IS:{folder}]']
    for name, variable in (("alias", "IA"), ("flag", "IF")):
        lines += [
            f'RewriteCond "%{{QUERY_STRING}}" "(?:^|&){name}=(?!(?:true|yes|1)(?:&|$))[^&]" [NC]',
            f'RewriteRule "{tests}" - [E={variable}:false]',
        ]
    path = f"{base}api/v1/guidelines/%{{ENV:IV}}/tests/%{{ENV:IT}}/%{{ENV:IS}}/alias-%{{ENV:IA}}/flag-%{{ENV:IF}}.txt"
    lines += [
        f'RewriteCond "%{{DOCUMENT_ROOT}}{path}" -f',
        f'RewriteRule "{tests}" "{path}" [PT,L]',
        f'RewriteRule "^{base}api/v1/guidelines/((?:[a-z-]+\\.)?(?:[0-9]+\\.[0-9]+|next))$" '
        f'"{base}api/v1/guidelines/$1.json" [PT,L]',
    ]
    return "\n".join(lines) + "\n"
