"""The URL of the published site: which values of ``INTEROP_BASE_ADDRESS`` are accepted, and what is said of others."""

from __future__ import annotations

import pytest
from interop.site import base_address


@pytest.mark.parametrize(
    "given, used, path",
    [
        ("", "", "/"),
        ("https://interop.example.org", "https://interop.example.org/", "/"),
        ("https://interop.example.org/", "https://interop.example.org/", "/"),
        ("https://example.org/some/place///", "https://example.org/some/place/", "/some/place/"),
        ("HTTPS://Example.ORG/Some/Place", "https://example.org/Some/Place/", "/Some/Place/"),
        ("http://localhost:8000", "http://localhost:8000/", "/"),
        ("http://example.org:80/", "http://example.org/", "/"),
        ("https://example.org:443/", "https://example.org/", "/"),
        ("https://example.org:0443", "https://example.org/", "/"),
        ("http://example.org:443/", "http://example.org:443/", "/"),
        ("http://192.0.2.1/a", "http://192.0.2.1/a/", "/a/"),
        ("http://[2001:DB8:0::1]:8080/a", "http://[2001:db8::1]:8080/a/", "/a/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/", "/"),
        ("https://example.org/v1.0/c++/~me/a_b-c", "https://example.org/v1.0/c++/~me/a_b-c/", "/v1.0/c++/~me/a_b-c/"),
        ("https://example.org/.hidden/...", "https://example.org/.hidden/.../", "/.hidden/.../"),
    ],
)
def test_a_good_address_has_one_form(given: str, used: str, path: str) -> None:
    assert base_address.normalised(given) == used
    assert base_address.normalised(used) == used
    assert base_address.path(used) == path


@pytest.mark.parametrize(
    "given, wrong",
    [
        ("interop.example.org", "must begin with http:// or https://"),
        ("//interop.example.org/", "must begin with"),
        ("https:/interop.example.org", "must begin with"),
        ("ftp://interop.example.org/", "must begin with"),
        ("javascript://example.org/", "must begin with"),
        ("https://", "has no host"),
        ("https:///place", "has no host"),
        ("https://:8000/", "has no host"),
        ("https://-a.example/", "'-a.example' is not a host name"),
        ("https://a..example/", "is not a host name"),
        ("https://a.example./", "is not a host name"),
        ("https://a{b}.example/", "is not a host name"),
        ("https://<b>/", "is not a host name"),
        (f"https://{'a' * 64}.example/", "is not a host name"),
        (f"https://{'a.' * 127}example/", "is not a host name"),
        ("https://b\u00fccher.example/", "the host must be in ASCII (punycode: xn--...)"),
        ("https://192.0.2.256/", "'192.0.2.256' is not an IP address"),
        ("https://1.2.3/", "'1.2.3' is not an IP address"),
        ("https://[::1/", "is not a host name"),
        ("https://[/", "is not a host name"),
        ("https://[x]/", "'x' is not an IP address"),
        ("https://[fe80::1%25eth0]/", "percent-encoding (%) is not allowed"),
        ("https://example.org:/", "'' is not a port"),
        ("https://example.org:0/", "'0' is not a port"),
        ("https://example.org:65536/", "'65536' is not a port"),
        ("https://example.org:80a/", "'80a' is not a port"),
        ("https://example.org:\u0664\u0664/", "is not a port"),
        ("https://me:secret@example.org/", "a user (@) is not allowed"),
        ("https://example.org/?a=b", "a query (?) is not allowed"),
        ("https://example.org/#a", "a fragment (#) is not allowed"),
        ("https://example.org/a%20b/", "percent-encoding (%) is not allowed"),
        ("https://example.org/a b/", "spaces and control characters are not allowed"),
        (" https://example.org/", "spaces and control characters are not allowed"),
        ("https://example.org/\n", "spaces and control characters are not allowed"),
        ("https://example.org/a\x00", "spaces and control characters are not allowed"),
        ("https://example.org/a\u00a0b", "spaces and control characters are not allowed"),
        ("https://example.org/<script>", "'<' is not allowed in the path"),
        ('https://example.org/"onload=', "'\"' is not allowed in the path"),
        ("https://example.org/{a}/", "'{' is not allowed in the path"),
        ("https://example.org/a;b", "';' is not allowed in the path"),
        ("https://example.org/$a", "'$' is not allowed in the path"),
        ("https://example.org/a\\b", "'\\\\' is not allowed in the path"),
        ("https://example.org/(a)", "'(' is not allowed in the path"),
        ("https://example.org/caf\u00e9", "'\\xe9' is not allowed in the path"),
        ("https://example.org/a//b", "two slashes in a row"),
        ("https://example.org//b", "two slashes in a row"),
        ("https://example.org/a/../b", "'..' is not allowed"),
        ("https://example.org/./", "'.' is not allowed"),
    ],
)
def test_a_bad_address_is_named_in_one_line(given: str, wrong: str) -> None:
    with pytest.raises(ValueError) as raised:
        base_address.normalised(given)
    said = str(raised.value)
    assert wrong in said
    assert said.startswith(
        f"INTEROP_BASE_ADDRESS is {given[:5]!a}"[:-1] if "@" not in given else "INTEROP_BASE_ADDRESS: "
    )
    assert "secret" not in said
    assert said.endswith("; for example https://interop.example.org/ or https://example.org/interop/")
    assert said.isprintable() and said.isascii()


def test_a_long_address_is_cut_in_the_message() -> None:
    with pytest.raises(ValueError) as raised:
        base_address.normalised("https://example.org/<" + "a" * 5000)
    assert len(str(raised.value)) < 400


def test_a_path_is_quoted_whatever_it_is() -> None:
    assert base_address.path("https://example.org/<a b>/{c}/") == "/%3Ca%20b%3E/%7Bc%7D/"
