"""Records from behind: of each kind an index, and for each record pages with the items that name it, by area.

A further kind is a `TracedKind` with its words and a template ``<page>.html``, which extends ``traced_record.html``; the line of its
`family` in `FAMILIES` makes its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from builder.content.fields import Record
from builder.content.model.kinds import Key
from builder.content.site import Companion, Site
from builder.content.traces import Trace, traces_in
from builder.context import Frame, Words
from builder.render.listing import LETTERS_FROM, Head, letter_of, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages.tracing import (
    Found,
    TracedItems,
    TracedLine,
    TracedSection,
    Tracing,
    told_by_case,
    traced,
    traced_in_words,
)
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, cut, jumps_of, pager_of
from builder.wording.joining import joined

R = TypeVar("R", bound=Record)

Sections = Mapping[str, Found]  # the items that name a record, by section


class IndexLine(NamedTuple):
    """A record in the index: what is told of it, in plain values, and how many items each section has."""

    id: str
    name: str
    brief: Any
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """The records of one page of the index, by group."""

    portion: Portion[str, IndexLine]


Indexed = tuple[Companion[R], IndexLine]  # a record with its line in the index


class Told(NamedTuple):
    """What is planned of a record: the items to list, what `about` is to know, and which records that names."""

    listed: Sections
    known: Any = None
    uses: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordPlan:
    """A record with the items of one page. `counts` are those of all its items, by section; `known` is that of `Told`."""

    id: str
    counts: tuple[int, ...]
    known: Any
    tracing: Tracing


@dataclass(frozen=True, slots=True)
class IndexView:
    """One page of the index: records in groups, each with its id, which has a link to it if there is one."""

    head: Head
    groups: tuple[tuple[str, TracedSection], ...]
    jumps: tuple[Jump, ...]
    jumps_style: str
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record and the items that name it. `about` is None on pages that only go on with the items."""

    head: Head
    counted: str  # how many items each section has
    about: Any
    unused: str  # that no item names it, "" where one does
    by_area: str  # what stands above areas with pages of their own
    items: TracedItems


def by_letter(lines: Sequence[Indexed[Any]]) -> Iterable[tuple[str, list[IndexLine]]]:
    """Return the lines of an index by letter, or in one group if they are few."""
    if len(lines) <= LETTERS_FROM:
        return [("", [line for _, line in lines])]
    grouped: dict[str, list[IndexLine]] = {}
    for one, line in lines:
        letter = one.order[:1]
        grouped.setdefault(letter if "a" <= letter <= "z" else "other", []).append(line)
    return grouped.items()


@dataclass(frozen=True, slots=True)
class TracedKind(Generic[R]):
    """A kind of record with an index, and pages of the items that name each record.

    `page` is the name of the kind of its pages and begins the names of its words; `folder` holds them. `counted` are the sections
    of which the items are counted, each with the word that counts them. `traces` tells the kind of traces in each section that a
    page can have.

    `groups` are those of the index, whose words end with ``_head``, or letters. `brief` is what a line of the index tells of a
    record, in plain values, and `facts` puts that and the counts into words. `told` says what is planned of a record which the
    items of these sections name, `about` is what its first page tells of it, and `says` what an item says of it in one place.
    """

    record: type[R]
    page: str
    folder: str
    counted: Mapping[str, str]
    records: Callable[[Site], Sequence[Companion[R]]]  # in pinyin order
    traces: Mapping[str, type[Trace]]
    name: Callable[[R], str]
    brief: Callable[[R, Site], Any]
    facts: Callable[[Any, str, Words], Iterable[str]]
    told: Callable[[Companion[R], Sections, Sequence[Companion[R]], Site], Told]
    about: Callable[[R, Any, PageContext], Any]
    says: Callable[[Any, R, Words], str]
    groups: Callable[[Sequence[Indexed[R]]], Iterable[tuple[str, Sequence[IndexLine]]]] = by_letter
    title_word: str = ""  # in which a name is set as a title
    keywords: Callable[[R], tuple[str, ...]] = lambda _: ()

    @property
    def index(self) -> str:
        """The address of the index."""
        return f"{self.folder}/index.html"

    def address(self, id: str) -> str:
        """Return the address of the page of a record."""
        return f"{self.folder}/{id}.html"

    def title(self, name: str, words: Words) -> str:
        """Return the name of a record as a title."""
        return words[self.title_word].format(title=name) if self.title_word else name

    def family(self) -> PageFamily:
        """Return the pages of the kind: none where no public item names such a record."""
        kinds = (
            PageKind(f"{self.page}-list", self._index_view, "traced_index.html", "index"),
            PageKind(self.page, self._view, f"{self.page}.html", "list"),
        )
        section = Section(f"{self.page}_list", self.index, lambda site: bool(named_by_public(site, self.record)))
        return PageFamily(self._plan, kinds, (section,))

    def _plan(self, site: Site, frame: Frame) -> Iterator[Page[Any]]:
        records = self.records(site)
        if not records:
            return
        traced = {section: site.traced[self.traces[section]] for section in self.counted}
        lines: list[tuple[Companion[R], IndexLine]] = []
        pages: list[Page[Any]] = []
        ids = {one.id for one in records}
        for one in records:
            found = {section: by_id[one.id] for section, by_id in traced.items() if one.id in by_id}
            counts = tuple(len(found.get(section, ())) for section in self.counted)
            lines.append((one, IndexLine(one.id, self.name(one.record), self.brief(one.record, site), counts)))
            pages += self._pages(one, counts, self.told(one, found, records, site), site, frame, ids)
        for portion in cut(self.groups(lines)):
            yield Page(portion.address(self.index), f"{self.page}-list", IndexPlan(portion))
        yield from pages

    def _pages(
        self, one: Companion[R], counts: tuple[int, ...], told: Told, site: Site, frame: Frame, ids: Collection[str]
    ) -> Iterator[Page[Any]]:
        for tracing in traced(self.folder, one.id, told.listed, site, frame, ids):
            plan = RecordPlan(one.id, counts, told.known, tracing)
            others = told.uses if tracing.is_first else ()
            uses = tuple(dict.fromkeys((one.key, *others, *tracing.uses)))
            name = self.name(one.record) if tracing.is_first else ""
            yield Page(tracing.address, self.page, plan, uses, name=name, column=self.index)

    def _index_view(self, page: Page[IndexPlan], context: PageContext) -> IndexView:
        portion, words = page.plan.portion, context.words
        groups = tuple(
            (
                stretch.group,
                TracedSection(
                    continued_in_words(self._heading(stretch.group, words), words, continued=stretch.continued),
                    tuple(self._line(line, words) for line in stretch.lines),
                ),
            )
            for stretch in portion.stretches
        )
        title, pager = words[f"{self.page}_list"], pager_of(portion, self.index)
        head = numbered(Head(title, words[f"summary_{self.folder}"], column=title), pager, words)
        jumps = jumps_of(portion, self.index, lambda group: self._heading(group, words))
        style = "letters" if self.groups is by_letter else "names"
        return IndexView(head, groups, jumps if len(jumps) > 1 else (), style, pager)

    def _heading(self, group: str, words: Words) -> str:
        return letter_of(group) if self.groups is by_letter else words[f"{group}_head"]

    def _line(self, line: IndexLine, words: Words) -> TracedLine:
        facts = self.facts(line.brief, self._counted(line.counts, words), words)
        return TracedLine(self.address(line.id), self.title(line.name, words), tuple(filter(None, facts)))

    def _counted(self, counts: tuple[int, ...], words: Words) -> str:
        pairs = zip(self.counted.values(), counts, strict=True)
        return joined((words[word].format(n=n) for word, n in pairs if n), words)

    def _view(self, page: Page[RecordPlan], context: PageContext) -> RecordView:
        plan, words = page.plan, context.words
        tracing, record = plan.tracing, context.get(self.record, plan.id)

        def facts(section: str, packed: bytes) -> tuple[str, ...]:
            traces = traces_in(self.traces[section], packed)
            return told_by_case(((one.case, self.says(one, record, words)) for one in traces), words)

        items = traced_in_words(tracing, lambda section: words[f"{self.page}_{section}"], facts, context)
        title = self.title(self.name(record), words)
        above = ((self.address(plan.id), title),) if tracing.area else ()
        column = words[f"{self.page}_list"]
        head = Head(
            title,
            words[f"{self.page}_description"].format(name=title),
            ((self.index, column), *above),
            area=context.frame.areas[tracing.area] if tracing.area else "",
            keywords=self.keywords(record),
            column=column,
        )
        return RecordView(
            numbered(head, items.pager, words),
            self._counted(plan.counts, words) if tracing.is_first else "",
            self.about(record, plan.known, context) if tracing.is_first else None,
            "" if any(plan.counts) else words[f"{self.page}_unused"],
            words[f"{self.page}_by_area"],
            items,
        )


def named_by_public(site: Site, record: type[R]) -> list[Companion[R]]:
    """Return the records of this type that public items name, in pinyin order."""
    return in_order(one for one in site.all(record) if one.key in site.named)


def in_order(records: Iterable[Companion[R]]) -> list[Companion[R]]:
    """Return records in pinyin order."""
    return sorted(records, key=lambda one: (one.order, one.id))
