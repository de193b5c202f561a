"""Items and whole sites from a few lines of YAML, and what is found in them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from builder.checks import check_record, check_site
from builder.checks.events import check_event
from builder.content.history import History
from builder.content.model.events import Event
from builder.content.model.item import Item
from builder.content.settings import Settings
from builder.content.site import Site, collect
from builder.content.source import Raw, read
from builder.loading import load_file
from builder.report.located import located
from builder.support.diagnostics import Finding, KeyPath

FILE = "content/items/xincheng/shebaoka-buling.yaml"

BASE = {
    "content/areas.yaml": "xincheng:\n  name: 天津市滨海新区新城镇\n  level: 乡镇街道\n",
    "content/topics.yaml": "shebao: 社会保障\n",
    "content/departments/laobaosuo.yaml": "name: 新城镇劳动保障所\n",
}


def raw(text: str) -> dict[str, Raw]:
    """Return the plain values of an item called 社会保障卡补领 with the fields in `text`."""
    document, findings = read(FILE, f"name: 社会保障卡补领\n{dedent(text)}".encode())
    assert document
    assert findings == []
    return document.raw


def item(text: str) -> Item:
    """Return an item called 社会保障卡补领 with the fields in `text`."""
    return Item.model_validate(raw(text))


def found(text: str) -> list[tuple[str, KeyPath]]:
    """Return the codes and places of what is found in the item with the fields in `text`."""
    return [(one.code, one.path) for one in messages(text)]


def messages(text: str) -> list[Finding]:
    """Return what is found in the item with the fields in `text`."""
    return list(check_record(item(text), raw(text), FILE))


def filed(text: str = "", name: str = "社会保障卡补领") -> str:
    """Return the file of an item that has its department and topic."""
    return f"name: {name}\ndepartment: laobaosuo\ntopics: shebao\n{dedent(text)}"


def found_in(files: dict[str, str], settings: str = "", added: Mapping[str, str] | None = None) -> list[Finding]:
    """Return what is found between the records of the site that holds `files` besides area, topic and department."""
    return between_records(site(files, settings, added))


def between_records(whole: Site) -> list[Finding]:
    """Return what is found between the records of a site, its events among them."""
    return [*check_site(whole), *(found for event in whole.all(Event) for found in check_event(event, whole))]


def site(files: dict[str, str], settings: str = "", added: Mapping[str, str] | None = None) -> Site:
    """Return the site that holds `files` besides `BASE`, every one of them well-formed. `added` are days by file."""
    studied = [load_file(file, text.encode()) for file, text in sorted({**BASE, **files}.items())]
    assert [finding for one in studied for finding in one.findings] == []
    document, _ = read("site.yaml", f"name: 新城镇办事指南\n{dedent(settings)}".encode())
    assert document
    return collect(Settings.model_validate(document.raw), studied, History(added=added or {}))


def lines_found(file: str, text: str, code: str) -> list[tuple[str, int]]:
    """Return what findings with this code point to in a content file with this text, and in which lines."""
    data = dedent(text).encode()
    places = located(load_file(file, data).findings, lambda _: data)
    assert [entry.finding.code for entry in places if entry.finding.code[0] in "SY"] == []
    lines = dedent(text).splitlines()
    return [
        (lines[place.line - 1][place.column - 1 :][: place.length], place.line)
        for entry in places
        for place in [entry.position]
        if entry.finding.code == code
    ]
