"""Which templates a page is made from: when one of them changes, the page is made again."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.nodes import Template

from builder.render.templates import template_digests
from builder.support.diagnostics import ConfigurationError, Finding, Position
from builder.support.store import Store

BUILT_IN = Path(__file__).parent.parent / "templates"


class Own:
    """A site's own templates, over the built-in ones, and its cache."""

    def __init__(self, folder: Path) -> None:
        self._templates = folder / "templates"
        self._cache = folder / "cache"
        self._templates.mkdir()

    def write(self, name: str, text: str) -> None:
        (self._templates / name).write_text(text, "utf-8")

    def digest(self) -> str:
        """Return the digest of all templates that the home page is made from."""
        with Store.open(self._cache, "") as store:
            return template_digests((self._templates, BUILT_IN), store)["home"]

    def finding(self) -> Finding:
        with pytest.raises(ConfigurationError) as caught:
            self.digest()
        (finding,) = caught.value.findings
        return finding


@pytest.fixture
def own(tmp_path: Path) -> Own:
    return Own(tmp_path)


@pytest.mark.parametrize(
    "tag",
    [
        '{% include "extra.html" %}',
        "{%+ include 'extra.html' ignore missing with context -%}",
        '{%- include "extra.html"%}',
        '{% include ["mei-you.html", "extra.html"] %}',
        '{% from "extra.html" import word %}',
        '{% if site.name %}\n{% import\n"extra.html" as extra %}{% endif %}',
    ],
)
def test_a_page_follows_every_template_that_it_names(tag: str, own: Own) -> None:
    own.write("footer.html", tag)
    own.write("extra.html", "一")
    before = own.digest()

    own.write("extra.html", "二")

    assert own.digest() != before


@pytest.mark.parametrize(
    "text", ['{# {% include "extra.html" %} #}', '{% raw %}{% include "extra.html" %}{% endraw %}']
)
def test_what_only_looks_like_a_tag_is_not_followed(text: str, own: Own) -> None:
    own.write("footer.html", text)
    own.write("extra.html", "一")
    before = own.digest()

    own.write("extra.html", "二")

    assert own.digest() == before


@pytest.mark.parametrize(
    ("text", "code", "line", "shown"),
    [
        ("一\r\n\r\n{% include site.name %}\r\n", "G006", 3, "{% include site.name %}"),
        ("一\n  {%- extends ['a.html', view.b] -%}", "G006", 2, "{%- extends ['a.html', view.b] -%}"),
        ('{% include "a.html" %}\n{% from "a" ~ 1 import b %}', "G006", 2, '{% from "a" ~ 1 import b %}'),
        ("一\n二\n{% if %}", "G004", 3, "Expected an expression"),
    ],
)
def test_a_template_that_cannot_be_followed_is_told_with_its_line(
    text: str, code: str, line: int, shown: str, own: Own
) -> None:
    own.write("footer.html", text)

    finding = own.finding()

    assert (finding.file, finding.code, finding.position) == ("templates/footer.html", code, Position(line, 1))
    assert shown in finding.says


def test_a_template_is_parsed_again_only_when_it_changed(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    own.write("footer.html", "一")
    own.digest()
    parsed: list[str | None] = []
    parse = Environment.parse

    def noted(self: Environment, source: str, name: str | None = None, filename: str | None = None) -> Template:
        parsed.append(name)
        return parse(self, source, name, filename)

    monkeypatch.setattr(Environment, "parse", noted)

    own.digest()
    assert parsed == []

    own.write("footer.html", "二")
    own.digest()
    assert parsed == ["footer.html"]
