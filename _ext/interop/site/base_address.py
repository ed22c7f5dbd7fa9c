"""The URL of the published site (``INTEROP_BASE_ADDRESS``): what it may be, and the form in which it is used.

It becomes part of HTML, of the rules for nginx and Apache, and of texts to copy into Markdown and commit messages. Only
what is the same in all of them is allowed: RFC 3986 without user, query, fragment and percent-encoding, which servers
decode before they compare a path with a rule.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit

VARIABLE = "INTEROP_BASE_ADDRESS"
EXAMPLE = "https://interop.example.org/ or https://example.org/interop/"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PARTS = re.compile(r"(?P<scheme>https?)://(?P<host>\[[^]/]*\]|[^:/]*)(?::(?P<port>[^/]*))?(?P<path>/.*)?", re.I | re.S)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
#: What a path may contain besides slashes. These characters mean the same in HTML, in URLs and in server rules.
_SEGMENT = re.compile(r"[A-Za-z0-9._~+-]+")


def normalised(text: str) -> str:
    """``text`` with scheme and host in lower case, without a default port, ending with one slash; empty if it is empty.

    Raises ValueError with one line that names the variable, what is wrong, and an example.
    """
    if not text:
        return ""
    try:
        return _normalised(text)
    except ValueError as error:
        shown = f" is {_show(text)}" if "@" not in text else ""  # There may be a password before the @.
        raise ValueError(f"{VARIABLE}{shown}: {error}; for example {EXAMPLE}") from None


def path(address: str) -> str:
    """The path of ``address``, which :func:`normalised` gave; ``/`` if it is empty. Quoted, whatever it is."""
    return quote(urlsplit(address).path, safe="/+~") or "/"


def _normalised(text: str) -> str:
    _check_characters(text)
    parts = _PARTS.fullmatch(text)
    if not parts:
        raise ValueError("it must begin with http:// or https://")
    scheme = parts["scheme"].lower()
    host, port = _host(parts["host"].lower()), _port(parts["port"])
    at = f":{port}" if port not in (None, _DEFAULT_PORTS[scheme]) else ""
    return f"{scheme}://{host}{at}{_path((parts['path'] or '').rstrip('/'))}/"


def _check_characters(text: str) -> None:
    for character, what in {"?": "a query", "#": "a fragment", "@": "a user", "%": "percent-encoding"}.items():
        if character in text:
            raise ValueError(f"{what} ({character}) is not allowed")
    if any(character.isspace() or not character.isprintable() for character in text):
        raise ValueError("spaces and control characters are not allowed")


def _host(host: str) -> str:
    if not host:
        raise ValueError("it has no host")
    if host.startswith("[") and host.endswith("]"):
        return f"[{_ip(host[1:-1], ipaddress.IPv6Address)}]"
    if not host.isascii():
        raise ValueError("the host must be in ASCII (punycode: xn--...)")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"{_show(host)} is not a host name")
    # Browsers take a host whose last label is a number for an IPv4 address, whatever the rest is.
    return _ip(host, ipaddress.IPv4Address) if labels[-1].isdigit() else host


def _ip(text: str, kind: type[ipaddress.IPv4Address] | type[ipaddress.IPv6Address]) -> str:
    try:
        return str(kind(text))
    except ValueError:
        raise ValueError(f"{_show(text)} is not an IP address") from None


def _port(port: str | None) -> int | None:
    if port is None:
        return None
    if not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise ValueError(f"{_show(port)} is not a port")
    return int(port)


def _path(path: str) -> str:
    for segment in path.split("/")[1:]:
        if not segment:
            raise ValueError("two slashes in a row are not allowed")
        if segment in (".", ".."):
            raise ValueError(f"{segment!r} is not allowed as a part of the path")
        if not _SEGMENT.fullmatch(segment):
            wrong = re.sub(_SEGMENT, "", segment)[0]
            raise ValueError(f"{_show(wrong)} is not allowed in the path: letters a to z, digits and - . _ ~ + are")
    return path


def _show(text: str) -> str:
    return ascii(text if len(text) <= 80 else f"{text[:79]}...")
