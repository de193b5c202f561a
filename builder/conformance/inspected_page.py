"""The facts about a page that an inspection needs: labels, links, text and accessibility faults, read from its HTML."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from builder.render.page import Page, Part
from builder.render.pages import PAGE_KINDS

_HIDDEN = {"script", "style", "template"}
_EMBEDDED = {"iframe", "frame", "object", "embed", "marquee"}
_CONTROLS = {"input", "select", "textarea"}


@dataclass(frozen=True, slots=True)
class InspectedPage:
    """A page as it would be published.

    `labels` are the ``meta`` elements by name, each with all its values. `links` are addresses that a visitor can follow,
    `fetched` are resources that the browser loads. `ids` are the targets of fragments, `names` the ``aria-label``
    values, `attributes` the names of ``data-`` attributes. `faults` are accessibility faults, in Chinese; `moving` are
    the tags of embedded pages and of media that start on their own.
    """

    url: str
    kind: str
    part: Part
    size: int
    lang: str
    title: str
    charset: str
    refreshes: bool
    labels: Mapping[str, tuple[str, ...]]
    links: tuple[str, ...]
    fetched: tuple[str, ...]
    ids: frozenset[str]
    names: frozenset[str]
    text: str
    attributes: frozenset[str]
    faults: tuple[str, ...]
    moving: tuple[str, ...]

    @property
    def is_sheet(self) -> bool:
        """Whether the page is a sheet for printing, which has no breadcrumb."""
        return self.kind.startswith("print")

    @property
    def is_at_old_address(self) -> bool:
        """Whether it only leads on, or says why nothing is here: it is no page of any column."""
        return PAGE_KINDS[self.kind].role == "redirect"

    def label(self, name: str) -> str:
        """Return the value of a label, or "" if the label is missing, empty or repeated."""
        values = self.labels.get(name, ())
        return values[0].strip() if len(values) == 1 else ""


def read_page(page: Page[Any], data: bytes) -> InspectedPage:
    """Return the facts about `page`, whose HTML is `data`."""
    reader = _Reader()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    return InspectedPage(
        url=page.url,
        kind=page.kind,
        part=PAGE_KINDS[page.kind].part,
        size=len(data),
        lang=reader.lang,
        title="".join(reader.title).strip(),
        charset=reader.charset,
        refreshes=reader.refreshes,
        labels={name: tuple(values) for name, values in reader.labels.items()},
        links=tuple(dict.fromkeys(reader.links)),
        fetched=tuple(dict.fromkeys(reader.fetched)),
        ids=frozenset(reader.ids),
        names=frozenset(reader.names),
        text="".join(reader.text),
        attributes=frozenset(reader.attributes),
        faults=tuple(reader.faults()),
        moving=tuple(dict.fromkeys(reader.moving)),
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = self.charset = ""
        self.refreshes = False
        self.labels: defaultdict[str, list[str]] = defaultdict(list)
        self.title: list[str] = []
        self.text: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self.attributes: set[str] = set()
        self.moving: list[str] = []
        self._inside: list[str] = []
        self._labelled: set[str] = set()
        self._controls: list[str] = []  # ids of form controls that need a <label for="…">
        self._lacks_alt = self._forbids_zoom = False
        self._headings: list[int] = []
        self._has_skip_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if "aria-label" in attributes:
            self.names.append(attributes["aria-label"])
        self.attributes.update(name for name in attributes if name.startswith("data-"))
        if tag in {"title", "label", *_HIDDEN}:
            self._inside.append(tag)
        match tag:
            case "html":
                self.lang = attributes.get("lang", "")
            case "meta":
                self._meta(attributes)
            case "a":
                self.links.append(attributes.get("href", ""))
                self._has_skip_link = self._has_skip_link or attributes.get("href", "").startswith("#")
            case "form":
                self.links.append(attributes.get("action", ""))
            case "link" if not {"canonical", "alternate"} & set(attributes.get("rel", "").split()):
                self.fetched.append(attributes.get("href", ""))
            case "img":
                self.fetched.append(attributes.get("src", ""))
                self._lacks_alt = self._lacks_alt or "alt" not in attributes
            case "label":
                self._labelled.add(attributes.get("for", ""))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._headings.append(int(tag[1]))
            case _ if "src" in attributes:
                self.fetched.append(attributes["src"])
            case _:
                pass
        if tag in _EMBEDDED or (tag in {"video", "audio"} and "autoplay" in attributes):
            self.moving.append(tag)
        if tag in _CONTROLS and attributes.get("type") not in {"hidden", "submit", "button"}:
            has_name = (
                "label" in self._inside
                or "aria-label" in attributes
                or "aria-labelledby" in attributes
                or "title" in attributes
            )
            if not has_name:
                self._controls.append(attributes.get("id", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if "title" in self._inside:
            self.title.append(data)
        elif not _HIDDEN.intersection(self._inside):
            self.text.append(data)

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content", "")
        if "charset" in attributes:
            self.charset = attributes["charset"].lower()
        if attributes.get("http-equiv", "").lower() == "refresh":
            self.refreshes = True
        if attributes.get("name", "") == "viewport":
            self._forbids_zoom = bool(re.search(r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*1\b", content))
        elif "name" in attributes:
            self.labels[attributes["name"]].append(content)

    def faults(self) -> list[str]:
        """Return the accessibility faults of the page, in Chinese."""
        levels = self._headings
        skips_level = any(after > before + 1 for before, after in pairwise(levels))
        faults = {
            "没有写语言": not self.lang,
            "图片没有替代文字": self._lacks_alt,
            "大标题不是一个": levels.count(1) != 1,
            "标题跳级": skips_level,
            "输入框没有名称": any(not id or id not in self._labelled for id in self._controls),
            "不让放大": self._forbids_zoom,
            "没有“跳到正文”": not self._has_skip_link,
        }
        return [fault for fault, is_present in faults.items() if is_present]
