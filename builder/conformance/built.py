"""A page as it would be published, read like an inspector's program reads it: labels, links, what can be heard and seen."""

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

_SOUNDLESS = {"script", "style", "template"}
_EMBEDDED = {"iframe", "frame", "object", "embed", "marquee"}
_CONTROLS = {"input", "select", "textarea"}
_CITIZEN = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Built:
    """One page of the site. `labels` are its named ``meta``, by name, as often as they stand there.

    `links` lead away when somebody follows them, `fetched` are asked for with the page. `faults` are what a visitor with a
    screen reader stumbles over, in Chinese; `moving` what plays or pops up by itself.
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
        """Whether it is a sheet for paper, which has no breadcrumb."""
        return self.kind.startswith("print")

    def label(self, name: str) -> str:
        """Return a label, "" when it is missing, empty or said twice."""
        said = self.labels.get(name, ())
        return said[0].strip() if len(said) == 1 else ""


def read_page(page: Page[Any], data: bytes) -> Built:
    """Return what the page `data` says."""
    reader = _Reader()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    return Built(
        url=page.url,
        kind=page.kind,
        part=PAGE_KINDS[page.kind].part,
        size=len(data),
        lang=reader.lang,
        title="".join(reader.title).strip(),
        charset=reader.charset,
        refreshes=reader.refreshes,
        labels={name: tuple(said) for name, said in reader.labels.items()},
        links=tuple(dict.fromkeys(reader.links)),
        fetched=tuple(dict.fromkeys(reader.fetched)),
        ids=frozenset(reader.ids),
        names=frozenset(reader.names),
        text="".join(reader.text),
        attributes=frozenset(reader.attributes),
        faults=tuple(reader.faults()),
        moving=tuple(dict.fromkeys(reader.moving)),
    )


def citizen_numbers(text: str) -> list[str]:
    """Return the citizen numbers (GB 11643) in `text`, told from other long numbers by their last character."""
    return [found for found in _CITIZEN.findall(text) if _checks(found)]


def _checks(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


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
        self._controls: list[str] = []  # the ids of controls that nothing in themselves names
        self._pictures = self._zoomless = False
        self._headings: list[int] = []
        self._skips = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.append(said["id"])
        if "aria-label" in said:
            self.names.append(said["aria-label"])
        self.attributes.update(name for name in said if name.startswith("data-"))
        if tag in {"title", "label", *_SOUNDLESS}:
            self._inside.append(tag)
        match tag:
            case "html":
                self.lang = said.get("lang", "")
            case "meta":
                self._meta(said)
            case "a":
                self.links.append(said.get("href", ""))
                self._skips = self._skips or said.get("href", "").startswith("#")
            case "form":
                self.links.append(said.get("action", ""))
            case "link" if not {"canonical", "alternate"} & set(said.get("rel", "").split()):
                self.fetched.append(said.get("href", ""))
            case "img":
                self.fetched.append(said.get("src", ""))
                self._pictures = self._pictures or "alt" not in said
            case "label":
                self._labelled.add(said.get("for", ""))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._headings.append(int(tag[1]))
            case _ if "src" in said:
                self.fetched.append(said["src"])
            case _:
                pass
        if tag in _EMBEDDED or (tag in {"video", "audio"} and "autoplay" in said):
            self.moving.append(tag)
        if tag in _CONTROLS and said.get("type") not in {"hidden", "submit", "button"}:
            named = "label" in self._inside or "aria-label" in said or "aria-labelledby" in said or "title" in said
            if not named:
                self._controls.append(said.get("id", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if "title" in self._inside:
            self.title.append(data)
        elif not _SOUNDLESS.intersection(self._inside):
            self.text.append(data)

    def _meta(self, said: Mapping[str, str]) -> None:
        content = said.get("content", "")
        if "charset" in said:
            self.charset = said["charset"].lower()
        if said.get("http-equiv", "").lower() == "refresh":
            self.refreshes = True
        if said.get("name", "") == "viewport":
            self._zoomless = bool(re.search(r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*1\b", content))
        elif "name" in said:
            self.labels[said["name"]].append(content)

    def faults(self) -> list[str]:
        """Return what is wrong for people who hear the page, zoom it or use no mouse."""
        levels = self._headings
        deeper = any(after > before + 1 for before, after in pairwise(levels))
        found = {
            "没有写语言": not self.lang,
            "图片没有替代文字": self._pictures,
            "大标题不是一个": levels.count(1) != 1,
            "标题跳级": deeper,
            "输入框没有名称": any(not id or id not in self._labelled for id in self._controls),
            "不让放大": self._zoomless,
            "没有“跳到正文”": not self._skips,
        }
        return [fault for fault, there in found.items() if there]
