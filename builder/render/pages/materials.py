"""Materials from behind: who issues each, what to do without it, which items give it, and which ask for it, by area.

A page lists up to `PAGE_LINES` items. A longer list is cut by area: the page leads to a page for each. What a large site
asks for in every fifth item or more, as 身份证, has no list: its page tells how it is asked for, and names the exceptions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from builder.content.model.companions import LibraryMaterial
from builder.content.model.materials import Form, MaterialSource, Whose
from builder.content.site import Companion, Site
from builder.content.traces import Gift, Need
from builder.context import Frame, Words
from builder.guide.material_lines import instead_in_words
from builder.render.listing import Head, letter_of, numbered
from builder.render.page import Page, PageContext, PageFamily, PageKind, Section
from builder.render.pages.tracing import (
    Found,
    TracedItems,
    TracedLine,
    TracedSection,
    Tracing,
    by_letter,
    found_by_reference,
    named_by_public,
    told_by_case,
    traced,
    traced_in_words,
)
from builder.render.pagination import Jump, Pager, Portion, continued_in_words, cut, jumps_of, pager_of
from builder.wording.choices import choice_in_words
from builder.wording.conditions import only_if
from builder.wording.joining import enumerated, joined, labelled
from builder.wording.materials import asked_in_words
from builder.wording.owners import says_owner

FOLDER = "materials"
INDEX = f"{FOLDER}/index.html"
COMMON = 5  # on a large site, what one item in so many asks for is asked for everywhere
USUAL = 50  # a way to ask for it is usual that one in so many has

GIFTS, NEEDS = "gifts", "needs"  # the sections of a page

Way = tuple[tuple[tuple[str, int | None], ...], int | None]  # in which forms it is asked for, and how many


class IndexLine(NamedTuple):
    """A material in the index: its name, its other names, and how many items ask for it and give it."""

    id: str
    name: str
    aliases: tuple[str, ...]
    needs: int
    gifts: int


@dataclass(frozen=True, slots=True)
class MaterialsPlan:
    """The materials of one page of the index, by the letter under which they stand."""

    portion: Portion[str, IndexLine]


@dataclass(frozen=True, slots=True)
class MaterialPlan:
    """A material with the items of one page. `needs` counts the items that ask for it, `gifts` those that give it.

    `ways` tell how a common material is asked for where its items are not listed, each with the number of places.
    """

    id: str
    needs: int
    gifts: int
    tracing: Tracing
    ways: tuple[tuple[Way, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MaterialsView:
    """One page of the index: materials in groups, by letter if there are many."""

    head: Head
    groups: tuple[tuple[str, TracedSection], ...]
    jumps: tuple[Jump, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A material and the items that name it; `whole` where the page tells of it, and not only goes on with its items.

    `everywhere` says that nearly all ask for it, who are not listed, and `ways` how they do.
    """

    head: Head
    counted: str  # how many items ask for it, and how many give it
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    items: TracedItems
    everywhere: str
    ways: tuple[str, ...]
    whole: bool
    unused: bool


def plan(site: Site, frame: Frame) -> Iterator[Page[Any]]:
    """Plan the index, and the pages of each material that a public item names; nothing where there is none."""
    materials = named_by_public(site, LibraryMaterial)
    if not materials:
        return
    traces = [(card, card.traces) for card in site.offered]
    needs = found_by_reference(((card, own.needs) for card, own in traces), lambda need: need.ref)
    gifts = found_by_reference(((card, own.gifts) for card, own in traces), lambda gift: gift.ref)
    lines = ((one.order, _index_line(one, needs, gifts)) for one in materials)
    for portion in cut(by_letter(lines)):
        yield Page(portion.address(INDEX), "material-list", MaterialsPlan(portion))
    ids = {one.id for one in materials}
    for one in materials:
        yield from _pages(one, needs.get(one.id, ()), gifts.get(one.id, ()), site, frame, ids)


def _index_line(
    one: Companion[LibraryMaterial], needs: dict[str, Found[Need]], gifts: dict[str, Found[Gift]]
) -> IndexLine:
    counts = len(needs.get(one.id, ())), len(gifts.get(one.id, ()))
    return IndexLine(one.id, one.record.name, one.record.aliases, *counts)


def _pages(
    one: Companion[LibraryMaterial], needs: Found[Need], gifts: Found[Gift], site: Site, frame: Frame, ids: set[str]
) -> Iterator[Page[MaterialPlan]]:
    ways: tuple[tuple[Way, int], ...] = ()
    listed = needs
    if site.is_large and len(needs) * COMMON >= len(site.offered):
        counted = Counter(_way(need) for _, some in needs for need in some)
        ways = tuple((way, n) for way, n in counted.most_common() if n * USUAL >= counted.total())
        usual = {way for way, _ in ways}
        listed = [(card, some) for card, some in needs if any(_way(need) not in usual for need in some)]
    for tracing in traced(FOLDER, one.id, ((GIFTS, gifts), (NEEDS, listed)), frame, ids):
        plan = MaterialPlan(one.id, len(needs), len(gifts), tracing, ways)
        name = one.record.name if tracing.is_first else ""
        yield Page(tracing.address, "material", plan, (one.key, *tracing.uses), name=name, column=INDEX)


def _way(need: Need) -> Way:
    return need.asked, need.number


def index_view(page: Page[MaterialsPlan], context: PageContext) -> MaterialsView:
    """Return one page of the index."""
    portion, words = page.plan.portion, context.words
    groups = tuple(
        (
            stretch.group,
            TracedSection(
                continued_in_words(letter_of(stretch.group), words, continued=stretch.continued),
                tuple(_index_line_in_words(line, words) for line in stretch.lines),
            ),
        )
        for stretch in portion.stretches
    )
    title, pager = words["material_list"], pager_of(portion, INDEX)
    head = numbered(Head(title, words["summary_materials"], column=title), pager, words)
    return MaterialsView(head, groups, jumps_of(portion, INDEX, letter_of), pager)


def _index_line_in_words(line: IndexLine, words: Words) -> TracedLine:
    also = labelled(words["also_called"], enumerated(line.aliases, words), words) if line.aliases else ""
    counted = _counted(line.needs, line.gifts, words)
    return TracedLine(f"{FOLDER}/{line.id}.html", line.name, tuple(filter(None, (also, counted))))


def _counted(needs: int, gifts: int, words: Words) -> str:
    asked = words["asked_for_by"].format(n=needs) if needs else ""
    return joined((asked, words["given_by_items"].format(n=gifts) if gifts else ""), words)


def view(page: Page[MaterialPlan], context: PageContext) -> MaterialView:
    """Return a material with its items."""
    plan, words = page.plan, context.words
    material = context.get(LibraryMaterial, plan.id)
    tracing = plan.tracing
    headings = {GIFTS: words["material_gifts"], NEEDS: words["material_exceptions" if plan.ways else "material_needs"]}

    def facts(traces: tuple[Need | Gift, ...]) -> tuple[str, ...]:
        told = ((one.case, _told(one, material, words)) for one in traces)
        return told_by_case(told, words)

    items = traced_in_words(tracing, headings, facts, context)
    area = context.frame.areas[tracing.area] if tracing.area else ""
    crumbs = ((f"{FOLDER}/{plan.id}.html", material.name),) if tracing.area else ()
    description = words["material_description"].format(name=material.name)
    head = Head(
        material.name,
        description,
        ((INDEX, words["material_list"]), *crumbs),
        area=area,
        keywords=(material.name, *material.aliases),
        column=words["material_list"],
    )
    whole = tracing.is_first
    counted = _counted(plan.needs, plan.gifts, words) if whole else ""
    return MaterialView(
        numbered(head, items.pager, words),
        counted,
        tuple(_facts(material, words)) if whole else (),
        items,
        words["material_everywhere"] if plan.ways and whole else "",
        tuple(_way_in_words(way, n, words) for way, n in plan.ways) if whole else (),
        whole,
        unused=not (plan.needs or plan.gifts),
    )


def _facts(material: LibraryMaterial, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the library tells of a material."""
    source = material.source
    rows: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("also_called", (enumerated(material.aliases, words),)),
        ("material_issuer", (material.issuer,)),
        ("material_missing", (material.how, *instead_in_words(material.later, material.promise, words))),
        ("material_source_channel", (choice_in_words(source, words) if source else "",)),
        ("material_about", (material.note, words["material_lasting"] if material.lasting else "")),
    )
    for label, lines in rows:
        if told := tuple(filter(None, lines)):
            yield words[label], told


def _told(one: Need | Gift, material: LibraryMaterial, words: Words) -> str:
    """Return what an item says of the material in one place: 担保人材料：叫“户口本”，复印件2份，已婚的才要."""
    name = _plain(one.name)
    called = words["called_here"].format(name=name) if name not in ("", _plain(material.name)) else ""
    if isinstance(one, Gift):
        return called
    about = " ".join((one.name or material.name, *one.groups, *one.when))
    owner = words["owned_by"].format(who=choice_in_words(Whose.of(one.whose), words)) if one.whose else ""
    shared = material.source is MaterialSource.SHARED if one.shared is None else one.shared
    text = joined(
        (
            called,
            owner if one.whose and not says_owner(about, Whose.of(one.whose)) else "",
            words["material_source_shared"] if shared else _form(_way(one), words),
            words["copy_pages"].format(pages=enumerated(one.pages, words)) if one.pages and not shared else "",
            words["one_of"] if one.one_of else "",
            *(only_if(when, words) for when in dict.fromkeys(one.when)),
            words["may_be_left_out"] if one.optional else "",
        ),
        words,
    )
    groups = joined(one.groups, words)
    return labelled(groups, text, words) if text else groups


def _plain(name: str) -> str:
    """Return a name without the marks of a title: 就业失业登记证 of 《就业失业登记证》."""
    return name[1:-1] if name.startswith("《") and name.endswith("》") else name


def _form(way: Way, words: Words) -> str:
    asked, number = way
    return asked_in_words({Form.of(form): n for form, n in asked}, number, words)


def _way_in_words(way: Way, number: int, words: Words) -> str:
    return labelled(_form(way, words) or words["form_unknown"], words["places_counted"].format(n=number), words)


FAMILY = PageFamily(
    plan,
    (
        PageKind("material-list", index_view, "materials.html", "index"),
        PageKind("material", view, "material.html", "list"),
    ),
    (Section("material_list", INDEX, lambda site: bool(named_by_public(site, LibraryMaterial))),),
)
