"""Automatic numbers of a Word document, as Word shows them.

The rules are those of ECMA-376 part 1, 17.9: a paragraph names a list and a level of it, itself or through its style.
Lists that are made from the same abstract list count on together, unless a list overrides a start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from builder.office.documents.markup import Element, attribute, children, is_on, local_name, number, value
from builder.office.documents.numerals import numeral
from builder.office.documents.package import Package

LEVELS: Final = 9
_PLACEHOLDER: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restarts_after` is the level, from 1, whose numbers start it again; 0 means it never starts again."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    arabic: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says of outline and numbers: its parent, heading level (0 none), list and level."""

    parent: str = ""
    heading: int | None = None
    list: str = ""
    level: int | None = None
    centred: bool = False
    bold: bool = False
    name: str = ""


@dataclass
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(
        default_factory=dict
    )  # levels whose numbers start again when this list is first used


class Numbering:
    """Counts the numbered paragraphs of a document, in the order in which they stand."""

    def __init__(self, lists: Mapping[str, _List]) -> None:
        self._lists = lists
        self._counters: dict[str, list[int | None]] = {}
        self._used: set[str] = set()

    def next(self, list_id: str, level: int) -> str:
        """Count one more paragraph of this list at `level`, from 0. Return its number as shown, "" for a bullet."""
        used = self._lists.get(list_id)
        if used is None or not 0 <= level < LEVELS:
            return ""
        counters = self._counters.setdefault(used.abstract, [None] * LEVELS)
        if list_id not in self._used:
            self._used.add(list_id)
            for overridden in used.starts:
                counters[overridden] = None
        for upper in range(level):
            if counters[upper] is None:
                counters[upper] = _level(used, upper).start
        this = _level(used, level)
        current = counters[level]
        counters[level] = used.starts.get(level, this.start) if current is None else current + 1
        for deeper in range(level + 1, LEVELS):
            restarts_after = _level(used, deeper).restarts_after
            if restarts_after is None or (restarts_after and level < restarts_after):
                counters[deeper] = None
        return self._shown(used, this, counters)

    @staticmethod
    def _shown(used: _List, level: Level, counters: list[int | None]) -> str:
        if level.format == "bullet":
            return ""

        def counted(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of = _level(used, index)
            return numeral(counters[index] or 0, "decimal" if level.arabic else of.format)

        return _PLACEHOLDER.sub(counted, level.text).strip()


def read_numbering(package: Package, part: str, styles: Mapping[str, Style]) -> Numbering:
    """Return the lists of a document from its part ``numbering.xml``; `part` may be ""."""
    if not part:
        return Numbering({})
    abstracts: dict[str, tuple[dict[int, Level], str]] = {}
    lists: dict[str, _List] = {}
    for element in package.elements(part, ("{*}abstractNum", "{*}num")):
        if local_name(element) == "abstractNum":
            levels = {number(attribute(one, "ilvl")) or 0: _read_level(one) for one in children(element, "lvl")}
            abstracts[attribute(element, "abstractNumId")] = levels, value(element, "numStyleLink")
        else:
            lists[attribute(element, "numId")] = _read_list(element)
    for one in lists.values():
        levels, link = abstracts.get(one.abstract, ({}, ""))
        if not levels and link and (linked := lists.get(styles.get(link, Style()).list)):
            levels, _ = abstracts.get(linked.abstract, ({}, ""))
            one.abstract = linked.abstract
        one.levels = {**levels, **one.levels}
    return Numbering(lists)


def _read_list(element: Element) -> _List:
    made = _List(value(element, "abstractNumId"), {})
    for override in children(element, "lvlOverride"):
        level = number(attribute(override, "ilvl")) or 0
        for own in children(override, "lvl"):
            made.levels[level] = _read_level(own)
            made.starts[level] = made.levels[level].start
        if (start := number(value(override, "startOverride"))) is not None:
            made.starts[level] = start
    return made


def _read_level(element: Element) -> Level:
    start = number(value(element, "start"))
    level = Level(
        start=1 if start is None else start,
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText"),
        restarts_after=number(value(element, "lvlRestart")),
        arabic=is_on(element, "isLgl"),
    )
    # Newer programs put formats that old ones do not know into a choice: the first one is meant.
    for choice in children(element, "AlternateContent"):
        for fmt in choice.iter("{*}numFmt"):
            if (known := attribute(fmt, "val")) and known != "custom":
                return replace(level, format=known)
    return level


def _level(used: _List, level: int) -> Level:
    return used.levels.get(level) or Level(text=f"%{level + 1}.")


def read_styles(package: Package, part: str) -> dict[str, Style]:
    """Return the paragraph and list styles of a document by id; `part` may be "". What they inherit is filled in."""
    if not part:
        return {}
    own: dict[str, Style] = {}
    for element in package.elements(part, ("{*}style",)):
        if attribute(element, "type") in ("paragraph", "numbering"):
            own[attribute(element, "styleId")] = _read_style(element)
    return {id: _inherited(own, id) for id in own}


def _read_style(element: Element) -> Style:
    name = value(element, "name")
    style = Style(parent=value(element, "basedOn"), name=name)
    for run in children(element, "rPr"):
        style = replace(style, bold=is_on(run, "b"))
    for properties in children(element, "pPr"):
        outline = number(value(properties, "outlineLvl"))
        list_id, level = numbered(properties)
        style = replace(
            style,
            heading=heading_of(outline),
            list=list_id,
            level=level,
            centred=value(properties, "jc") == "center",
        )
    if style.heading is None and re.fullmatch(r"(?i)title|标题", name):
        style = replace(style, heading=1)
    return style


def _inherited(own: Mapping[str, Style], id: str) -> Style:
    style, seen = own[id], {id}
    parent = style.parent
    while parent in own and parent not in seen:
        seen.add(parent)
        above = own[parent]
        style = replace(
            style,
            heading=above.heading if style.heading is None else style.heading,
            list=style.list or above.list,
            level=above.level if style.level is None else style.level,
            centred=style.centred or above.centred,
            bold=style.bold or above.bold,
        )
        parent = above.parent
    return style


def heading_of(outline: int | None) -> int | None:
    """Return the heading level, from 1, of an outline level, from 0; 9 is running text."""
    return None if outline is None else outline + 1 if outline < LEVELS else 0


def numbered(properties: Element) -> tuple[str, int | None]:
    """Return the list and the level that paragraph properties name; "" and None where they name none."""
    for numbers in children(properties, "numPr"):
        return value(numbers, "numId"), number(value(numbers, "ilvl"))
    return "", None
