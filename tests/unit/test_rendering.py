"""The one Jinja environment: what is escaped, what fails, and how a text file ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from interop.site import rendering
from jinja2 import TemplateNotFound, UndefinedError


def test_only_pages_are_escaped(tmp_path: Path) -> None:
    for name in ("page.html.jinja", "rules.conf.jinja", "data.yaml.jinja"):
        (tmp_path / name).write_text("{{ it }}\n", encoding="utf-8")
    made = {path.name: rendering.text((tmp_path,), path.name, {"it": "<&>"}) for path in tmp_path.iterdir()}
    assert made == {"page.html.jinja": "&lt;&amp;&gt;\n", "rules.conf.jinja": "<&>\n", "data.yaml.jinja": "<&>\n"}


def test_a_missing_value_fails(tmp_path: Path) -> None:
    (tmp_path / "rules.conf.jinja").write_text("{% for item in items %}{{ item.old }}{% endfor %}", encoding="utf-8")
    with pytest.raises(UndefinedError, match="items"):
        rendering.text((tmp_path,), "rules.conf.jinja", {})
    with pytest.raises(UndefinedError, match="old"):
        rendering.text((tmp_path,), "rules.conf.jinja", {"items": [{}]})
    with pytest.raises(TemplateNotFound):
        rendering.text((tmp_path,), "other.conf.jinja", {})


def test_a_long_name_has_fewer_breaks_than_a_short_one() -> None:
    name = "tempest.api.compute.test_images.ImagesTestJSON.test_get_image"
    assert str(rendering.dotted("2020.06")) == "2020.<wbr>06"
    assert str(rendering.dotted("<a>.b")) == "&lt;a&gt;.<wbr>b"
    lines = str(rendering.wrapped(name)).split("<wbr>")
    assert "".join(lines) == name
    assert lines == ["tempest.api.", "compute.test_", "images.ImagesTestJSON.", "test_get_image"]
    assert str(rendering.wrapped("a.b & <c.d>")) == "a.b &amp; &lt;c.d&gt;"


def test_a_link_has_a_scheme_of_the_web() -> None:
    assert str(rendering.web("https://a/b")) == '<a class="external" href="https://a/b">https://<wbr>a/<wbr>b</a>'
    assert str(rendering.web("javascript:<b>")) == "javascript:&lt;b&gt;"
