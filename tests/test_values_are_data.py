"""Whatever editors write is shown as they wrote it, and is never markup, script or template."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from pydantic import ValidationError
from site_folder import SiteFolder

from builder.content.fields import SLUG, Record, references
from builder.content.model.kinds import kind_of
from builder.content.settings import Settings
from builder.content.source import read

POISON = """<script>alert(1)</script>{{7*7}}"'&"""
# What a field with a pattern or a small limit takes may be the poison inside an address, or a drop of it.
DOSES = (POISON, f"https://example.cn/{POISON}", "<b>{{7*7}}\"'&", "<b>\"'&", "<b>")

# An editor may write Markdown here, and with it HTML; the first is what one writes, the second what an attacker does.
BODY = "## 说明\n\n看[首页](../index.html)和**这里**。\n"
POISONED_BODY = f"""## {POISON}

看[首页](javascript:alert(1))和**<img src=x onerror=alert(1)>**。<a href="javascript:alert(1)" onclick="alert(1)">x</a>

<iframe src="https://example.cn"></iframe><style>body {{ display: none }}</style><svg onload="alert(1)"></svg>
"""

ITEM = "shebaoka-shenban"
OF_LONG_WORDS = {"tspan", "dy"}  # a flowchart has these where a label takes several lines

KeyPath = tuple[str | int, ...]


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    return built(tmp_path_factory.mktemp("harmless"), lambda raw, _: raw, BODY)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    return built(tmp_path_factory.mktemp("poisoned"), with_poison, POISONED_BODY)


def built(folder: Path, change: Callable[[object, Callable[[object], bool]], object], body: str) -> SiteFolder:
    """Return a site whose records went through `change`, with `body` in an item and a free page."""
    site = SiteFolder(folder / "site").with_some_items()
    site.set("site.yaml", "email", "zixun@example.cn")
    site.set("site.yaml", "host", "试办镇")
    site.set("site.yaml", "notice", "试办")
    # Editors are told of HTML, images and dead links; here they are published to see that they do no harm.
    told = [{"rule": rule, "to": "不检查", "why": "试"} for rule in ("L503", "L505", "R212")]
    site.set("site.yaml", "severity", json.dumps(told, ensure_ascii=False))
    site.set("site.yaml", "links", '[{"name": "区政府", "url": "https://example.cn"}]')
    item = f"content/items/xincheng/{ITEM}.yaml"
    site.set(item, "checked", "2026-01-01")
    site.set(item, "faq", '[{"q": "能代办吗", "a": "能"}]')
    site.set(item, "body", json.dumps(body, ensure_ascii=False))
    site.write("content/pages/guanyu.md", f"---\ntitle: 关于\nsummary: 说明\n---\n{body}")
    for path in (
        "site.yaml",
        *(f"content/{path.relative_to(site.folder / 'content').as_posix()}" for path in records(site)),
    ):
        site.write(path, json.dumps(changed(path, site, change), ensure_ascii=False))
    assert site.build() == 0
    return site


def records(site: SiteFolder) -> list[Path]:
    return sorted((site.folder / "content").rglob("*.yaml"))


def changed(path: str, site: SiteFolder, change: Callable[[object, Callable[[object], bool]], object]) -> object:
    """Return the plain values of a file, each record of which went through `change`."""
    document, _ = read(path, site.read(path).encode())
    assert document is not None
    placed = kind_of(path.removeprefix("content/"))
    record: type[Record] = placed[0].record if placed else Settings
    if placed and placed[0].many:
        return {id: change(raw, fitting(record)) for id, raw in document.raw.items()}
    return change(document.raw, fitting(record))


def fitting(record: type[Record]) -> Callable[[object], bool]:
    def fits(raw: object) -> bool:
        try:
            made = record.model_validate(raw)
        except ValidationError:
            return False
        return all(re.fullmatch(SLUG, id) for _, _, id in references(made))  # or the record would not be found

    return fits


def with_poison(raw: object, fits: Callable[[object], bool]) -> object:
    """Return `raw` with the strongest dose that fits in every text of it."""
    for path in list(texts_in(raw)):
        if not is_bound(path):
            raw = next((one for dose in DOSES if fits(one := replaced(raw, path, dose))), raw)
    return raw


def is_bound(path: KeyPath) -> bool:
    """Tell whether a text has its own poison, names a step, or must differ from its like."""
    alike = path[-3:-2] == ("branches",) or (path[:1] == ("variants",) and len(path) == 3)
    return path[-1:] in (("body",), ("to",), ("next",)) or (
        alike and path[-1:] in (("name",), ("when",)) and path[-2] != 0
    )


def texts_in(raw: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    if isinstance(raw, str):
        yield path
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        yield from texts_in(value, (*path, key))


def replaced(raw: object, path: KeyPath, text: str) -> object:
    if not path:
        return text
    if isinstance(raw, dict):
        return {key: replaced(value, path[1:], text) if key == path[0] else value for key, value in raw.items()}
    assert isinstance(raw, list)
    return [replaced(value, path[1:], text) if index == path[0] else value for index, value in enumerate(raw)]


@dataclass
class Seen(HTMLParser):
    """What a browser would make of a page."""

    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)
    scripts: list[str | None] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.schemes.update(urlsplit(value or "").scheme for name, value in attrs if name in {"href", "src", "action"})
        if tag == "script":
            self.scripts.append(re.sub(r"\?v=.*", "", dict(attrs).get("src") or dict(attrs).get("type") or ""))

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and data.strip():
            self.data.append(data)
        self.text += data


def seen(text: str) -> Seen:
    parser = Seen()
    parser.feed(text)
    parser.close()
    return parser


def pages(site: SiteFolder) -> dict[str, str]:
    return {path: data.decode() for path, data in site.published().items() if path.endswith(".html")}


def test_the_poison_is_on_the_pages_as_it_was_written(poisoned: SiteFolder) -> None:
    page = seen(poisoned.page(f"items/{ITEM}.html"))
    assert page.text.count(POISON) > 20
    assert POISON in seen(poisoned.page("index.html")).text
    assert POISON in seen(poisoned.page(f"print/guide/{ITEM}.html")).text


def test_no_value_becomes_markup_script_or_address(harmless: SiteFolder, poisoned: SiteFolder) -> None:
    usual = [seen(text) for text in pages(harmless).values()]
    tags = set().union(*(page.tags for page in usual))
    attributes = set().union(*(page.attributes for page in usual))
    for path, text in pages(poisoned).items():
        page = seen(text)
        assert page.tags - tags - OF_LONG_WORDS == set(), path
        assert page.attributes - attributes - OF_LONG_WORDS == set(), path
        assert page.schemes <= {"", "http", "https", "mailto", "tel"}, path
        assert page.scripts == seen(pages(harmless)[path]).scripts, path


def test_no_value_is_taken_for_a_template(poisoned: SiteFolder) -> None:
    for path, data in poisoned.published().items():
        if path != "data/manifest.json":
            assert not re.search(r"script&gt;49|script>49|script\\u003e49|%3E49", data.decode("utf-8", "replace")), path


def test_what_machines_read_stays_well_formed(poisoned: SiteFolder) -> None:
    (service,) = seen(poisoned.page(f"items/{ITEM}.html")).data
    assert json.loads(service)["name"] == POISON

    feed = ET.fromstring(poisoned.page("feed.xml"))  # noqa: S314 - our own file
    assert POISON in [title.text for title in feed.iter("{http://www.w3.org/2005/Atom}title")]
    ET.fromstring(poisoned.page("sitemap.xml"))  # noqa: S314 - our own file


def test_flowcharts_stay_well_formed_drawings(harmless: SiteFolder, poisoned: SiteFolder) -> None:
    def drawings(site: SiteFolder) -> list[ET.Element]:
        texts = (text for path, text in sorted(pages(site).items()) if path.startswith("items/"))
        return [ET.fromstring(svg) for text in texts for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]  # noqa: S314

    usual = {element.tag for drawing in drawings(harmless) for element in drawing.iter()}
    found = drawings(poisoned)
    assert found
    assert {element.tag for drawing in found for element in drawing.iter()} <= usual | OF_LONG_WORDS
    assert any("<script>" in "".join(drawing.itertext()) for drawing in found)
