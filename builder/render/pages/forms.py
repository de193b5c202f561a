"""The forms to fill: which can be downloaded, where to get the others, and for which items, by area.

There is such a page only once a blank form or a filled sample can be downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.content.card import Card
from builder.content.model.companions import LibraryForm
from builder.content.site import Site
from builder.content.traces import Blank, traces_in
from builder.context import Frame
from builder.render.listing import Head, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, cut, jumps_of, pager_of
from builder.wording.joining import labelled

INDEX = "forms/index.html"
ITEMS = 20  # of a form's items so many are named, and the rest counted


class FormLine(NamedTuple):
    """A form of one area with its files ("" for none), where else one gets it, and its items by address and title."""

    title: str
    file: str
    sample: str
    where: str
    items: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class FormsPlan:
    """The forms of one page by area, "" on a site of one; those that can be downloaded first."""

    portion: Portion[str, FormLine]


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form in words: `files` are addresses of downloads and what they are called."""

    title: str
    files: tuple[tuple[str, str], ...]
    where: str
    items: tuple[tuple[str, str], ...]
    more: str


@dataclass(frozen=True, slots=True)
class FormsView:
    """The forms of one page by area: id and heading, "" on a site of one."""

    head: Head
    areas: tuple[tuple[str, str, tuple[ShownForm, ...]], ...]
    jumps: tuple[Jump, ...]
    pager: Pager | None


def plan(site: Site, frame: Frame) -> Iterator[Page[FormsPlan]]:
    """Plan the page, if a form can be downloaded."""
    if not _any_file(site):
        return
    grouped: dict[str, dict[FormLine, list[Card]]] = {area: {} for area in frame.areas or ("",)}
    for card, packed in site.traced[Blank].get("", ()):
        forms = dict.fromkeys(_resolved(blank, site) for blank in traces_in(Blank, packed))
        for form in forms:
            grouped[card.area if frame.areas else ""].setdefault(form, []).append(card)
    lines = {area: [_with_items(form, cards) for form, cards in forms.items()] for area, forms in grouped.items()}
    for some in lines.values():
        some.sort(key=lambda line: not (line.file or line.sample))
    for portion in cut(lines.items()):
        yield Page(portion.address(INDEX), "forms", FormsPlan(portion))


def _any_file(site: Site) -> bool:
    """Tell whether the guides that are offered have a form to download, of their own or of the library."""
    with_files = {form.id for form in site.all(LibraryForm) if form.record.file or form.record.sample}
    return any(card.files or not with_files.isdisjoint(card.ids_of(LibraryForm)) for card in site.offered)


def _resolved(blank: Blank, site: Site) -> FormLine:
    """Return a form with what the library knows of it, without items."""
    known = site.find(LibraryForm, blank.ref)
    return FormLine(
        blank.title or (known.title if known else ""),
        blank.file or (known.file if known else ""),
        blank.sample or (known.sample if known else ""),
        blank.where or (known.where if known else ""),
        (),
        0,
    )


def _with_items(form: FormLine, cards: list[Card]) -> FormLine:
    items = tuple((card.url, card.title) for card in cards[:ITEMS])
    return form._replace(items=items, more=max(0, len(cards) - ITEMS))


def forms_counted(site: Site) -> tuple[int, int]:
    """Return how many different forms the offered guides name, and how many of them can be downloaded."""
    found = site.traced[Blank].get("", ())
    forms = {_resolved(blank, site) for _, packed in found for blank in traces_in(Blank, packed)}
    return len({form.title for form in forms}), len({form.title for form in forms if form.file})


def view(page: Page[FormsPlan], context: PageContext) -> FormsView:
    """Return the forms of one page."""
    portion, words, names = page.plan.portion, context.words, context.frame.areas
    areas = tuple(
        (
            stretch.group,
            continued_in_words(names.get(stretch.group, ""), words, continued=stretch.continued),
            tuple(_form(line, context) for line in stretch.lines),
        )
        for stretch in portion.stretches
    )
    title, pager = words["form_list"], pager_of(portion, INDEX)
    jumps = jumps_of(portion, INDEX, names.__getitem__) if len(portion.starts) > 1 else ()
    head = numbered(Head(title, words["summary_forms"], column=title), pager, words)
    return FormsView(head, areas, jumps, pager)


def _form(line: FormLine, context: PageContext) -> ShownForm:
    words = context.words
    named = (("blank_form", line.file), ("filled_form", line.sample))
    files = tuple((f"static/forms/{file}", words[word].format(title=line.title)) for word, file in named if file)
    where = (
        labelled(words["form_from"], line.where, words) if line.where else "" if line.file else words["form_at_window"]
    )
    more = words["form_more_items"].format(n=line.more) if line.more else ""
    return ShownForm(line.title, files, where, line.items, more)


FAMILY = PageFamily(plan, (PageKind("forms", view, "forms.html", "index"),), (Section("form_list", INDEX, _any_file),))
