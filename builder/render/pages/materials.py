"""Materials from behind: who issues each, what to do without it, which items give it, and which ask for it, by area.

Of what nearly a third of all items ask for, as 身份证, the page tells in which ways they do, and has those first that ask otherwise.
On a large site it lists no others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.content.model.companions import LibraryMaterial
from builder.content.model.materials import Form, MaterialSource, Whose
from builder.content.site import Site
from builder.content.traces import Gift, Need, traces_in
from builder.context import Words
from builder.guide.material_lines import instead_in_words
from builder.render.listing import LETTERS_FROM
from builder.render.page import PageContext
from builder.render.pages.traced_records import Sections, Told, TracedKind, named_by_public
from builder.wording.choices import choice_in_words
from builder.wording.conditions import only_if
from builder.wording.joining import enumerated, joined, labelled
from builder.wording.materials import asked_in_words
from builder.wording.owners import says_owner

COMMON = 0.3  # what a larger part of all items asks for is told as a rule with exceptions
USUAL = 20  # a way to ask for it is usual that one place in so many has

GIFTS, NEEDS = "gifts", "needs"  # the sections of a page
EXCEPTIONS, USUALLY = "exceptions", "usually"  # those of needs, where there is a rule

Way = tuple[tuple[tuple[str, int | None], ...], int | None]  # in which forms it is asked for, and how many


@dataclass(frozen=True, slots=True)
class AboutMaterial:
    """What is told of a material. `rule` says that many items ask for it, and `ways` how they do, most frequent first."""

    facts: tuple[tuple[str, tuple[str, ...]], ...]
    rule: str
    ways: tuple[str, ...]


class _Rule(NamedTuple):
    """In which ways most items ask for a common material, each with the number of places, and whether they are left out."""

    ways: tuple[tuple[Way, int], ...]
    unlisted: bool


def _line_facts(aliases: tuple[str, ...], counted: str, words: Words) -> tuple[str, str]:
    return labelled(words["also_called"], enumerated(aliases, words), words) if aliases else "", counted


def _planned(_one: object, found: Sections, _all: object, site: Site) -> Told:
    """Return the items of a material; where it is common, with its rule, and the exceptions apart."""
    gifts, needs = found.get(GIFTS, ()), found.get(NEEDS, ())
    if len(needs) <= max(LETTERS_FROM, COMMON * len(site.offered)):
        return Told({GIFTS: gifts, NEEDS: needs})
    times = Counter(packed for _, packed in needs)
    ways_in = {packed: [_way(need) for need in traces_in(Need, packed)] for packed in times}
    counted = Counter[Way]()
    for packed, n in times.items():
        for way in ways_in[packed]:
            counted[way] += n
    ways = tuple((way, n) for way, n in counted.most_common() if n * USUAL >= counted.total())
    usual = {way for way, _ in ways}
    is_usual = {packed: usual.issuperset(some) for packed, some in ways_in.items()}
    exceptions = [(card, packed) for card, packed in needs if not is_usual[packed]]
    others = [] if site.is_large else [(card, packed) for card, packed in needs if is_usual[packed]]
    return Told({GIFTS: gifts, EXCEPTIONS: exceptions, USUALLY: others}, _Rule(ways, site.is_large))


def _about(material: LibraryMaterial, rule: _Rule | None, context: PageContext) -> AboutMaterial:
    words = context.words
    facts = tuple(_facts(material, words))
    if rule is None:
        return AboutMaterial(facts, "", ())
    says = words["material_unlisted" if rule.unlisted else "material_rule"]
    return AboutMaterial(facts, says, tuple(_way_in_words(way, n, words) for way, n in rule.ways))


def _way(need: Need) -> Way:
    return need.asked, need.number


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


MATERIALS = TracedKind(
    LibraryMaterial,
    page="material",
    folder="materials",
    counted={NEEDS: "asked_for_by", GIFTS: "given_by_items"},
    records=lambda site: named_by_public(site, LibraryMaterial),
    traces={GIFTS: Gift, NEEDS: Need, EXCEPTIONS: Need, USUALLY: Need},
    name=lambda material: material.name,
    keywords=lambda material: (material.name, *material.aliases),
    brief=lambda material, _site: material.aliases,
    facts=_line_facts,
    told=_planned,
    about=_about,
    says=_told,
)
FAMILY = MATERIALS.family()
