"""A guide as pages and sheets show it: everything about an item in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.content.card import Card
from builder.content.fields import Absence
from builder.content.model.companions import Area, Audience, Department, Glossary, Topic
from builder.content.model.item import IN_PERSON, Codes, Item, Participant, Procedure, Renewal, Status
from builder.content.model.kinds import Key, key
from builder.content.model.step_time import counting_of
from builder.content.site import Site
from builder.context import RenderContext
from builder.context.phones import Call, Supervisor, calls_of, supervisor_of
from builder.context.words import Words, words_for
from builder.guide.answers import Answer, address_of_window, answers_of, where_without_place
from builder.guide.course import Course, course_of
from builder.guide.glosses import Glosses, glosses_of
from builder.guide.grounds import Ground, grounds_of, successors
from builder.guide.place_facts import PlaceInWords, place_in_words
from builder.guide.sources import Sources, sources_of
from builder.support.markdown import html_of
from builder.wording.choices import choice_in_words, choices_in_words, handlings_in_words
from builder.wording.joining import in_clauses, joined
from builder.wording.times import day, term_in_words, window_in_words

GLOSSARY = "glossary"  # the id of the glossary: a site has at most one


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything a guide shows, ready to be set in a template."""

    id: str
    title: str
    name: str
    name_en: str
    summary: str
    area: str
    area_id: str
    department: str
    topics: tuple[tuple[str, str], ...]
    audiences: tuple[tuple[str, str], ...]
    draft: bool
    status: str
    status_note: str
    replaced_by: Card | None
    answers: tuple[Answer, ...]
    glosses: Glosses
    calls: tuple[Call, ...]
    numbers: tuple[Call, ...]  # whom a reader can call: the same, or else those of the branches and cases
    common: Course
    variants: tuple[Course, ...]
    places: tuple[PlaceInWords, ...]
    without_place: tuple[str, ...]  # where one goes, if the item names no place
    address_unknown: bool
    grounds: tuple[Ground, ...]
    no_grounds: bool
    depth: tuple[tuple[tuple[str, str], ...], ...]
    units: tuple[tuple[str, str, str], ...]
    offices: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    office_facts: tuple[tuple[str, str], ...]  # what only those who work here need
    codes: tuple[tuple[str, str], ...]  # by which lists elsewhere have it; no paper shows them
    faq: tuple[tuple[str, str], ...]
    supervision: Supervisor | None
    next: tuple[Card, ...]
    related: tuple[Card, ...]
    body: str
    checked: str
    next_check: str
    published: str
    sources: Sources

    @property
    def courses(self) -> tuple[Course, ...]:
        """How it goes in the whole item, and in each case."""
        return self.common, *self.variants

    @property
    def other_materials(self) -> tuple[str, ...]:
        """The cases in which the materials of the whole item are not asked."""
        return tuple(course.id for course in self.variants if course.materials_instead or course.brings_nothing)

    @property
    def other_online(self) -> tuple[str, ...]:
        """The cases for which one applies elsewhere online than the whole item says."""
        return tuple(course.id for course in self.variants if course.online)

    @property
    def material_courses(self) -> tuple[Course, ...]:
        """The courses of the item and its cases whose materials are known."""
        return tuple(course for course in self.courses if course.tells_materials)

    @property
    def step_courses(self) -> tuple[Course, ...]:
        """The whole item and its cases, as far as it is known how it goes."""
        return tuple(course for course in self.courses if course.steps or course.no_steps)

    @property
    def thin(self) -> bool:
        """Whether neither materials nor steps are known, which the page then says once."""
        return self.common.materials_apply and not (self.material_courses or self.step_courses)

    @property
    def unknown_materials(self) -> tuple[str, ...]:
        """The cases of which it is not known what to bring."""
        if self.common.tells_materials:
            return ()
        return tuple(course.id for course in self.variants if not (course.tells_materials or course.brings_nothing))

    @property
    def other_steps(self) -> tuple[str, ...]:
        """The cases in which it does not go as the whole item says."""
        return tuple(course.id for course in self.variants if course.steps or course.no_steps)


def guide_of(item: Item, id: str, area: str, context: RenderContext) -> Guide:
    """Return the guide of the item with this id in this area."""
    draft = item.status is Status.DRAFT
    title = item.title or item.name
    title = context.words["draft_title"].format(title=title) if draft else title
    department = context.get(Department, item.department) if item.department else None
    places = tuple(
        place_in_words(at.place, context, window=at.window, note=at.note, hours=item.hours) for at in item.places
    )
    calls = calls_of(item.phones, context.words) or next((spot.calls for spot in places if spot.calls), ())
    calls = calls or calls_of(department.phones if department else (), context.words) or context.frame.calls
    branches = tuple(call for spot in places for branch in spot.branches for call in branch.calls)
    numbers = calls or branches or tuple(call for one in item.variants for call in calls_of(one.phones, context.words))
    context = context if numbers else replace(context, words=words_for(numbers, context.words))
    where = context.get(Area, area)

    def course(part: Procedure, course_id: str) -> Course:
        return course_of(part, course_id, context, title=title, item_id=id, counting=counting_of(item, part))

    common = course(item, "common")
    variants = tuple(course(variant, variant.id) for variant in item.variants)
    glossary = context.find(Glossary, GLOSSARY)
    return Guide(
        id=id,
        title=title,
        name=item.name if item.title else title,
        name_en=item.name_en,
        summary=item.summary,
        area=where.name,
        area_id=area,
        department=department.name if department else "",
        topics=tuple((topic, context.get(Topic, topic).name) for topic in item.topics),
        audiences=tuple((one, context.get(Audience, one).name) for one in item.audiences),
        draft=draft,
        status="" if draft or item.status is Status.ACTIVE else choice_in_words(item.status, context.words),
        status_note=joined((_since(item, context.words), item.status_note), context.words),
        replaced_by=context.card(item.replaced_by) if item.replaced_by else None,
        answers=tuple(answers_of(item, where, common, variants, places, calls, context)),
        glosses=glosses_of(common, variants, glossary) if glossary else {},
        calls=calls,
        numbers=numbers,
        common=common,
        variants=variants,
        places=places,
        without_place=() if places else where_without_place(item, where, context),
        address_unknown=not places and _goes_in_person(item) and not address_of_window(item, context),
        grounds=tuple(dict.fromkeys(ground for part in item.parts for ground in grounds_of(part, context))),
        no_grounds=isinstance(item.legal, Absence),
        depth=tuple(handlings_in_words(route, context.words) for route in item.depth),
        units=tuple(_participant(unit, context) for unit in item.units),
        offices=item.offices,
        facts=tuple(_facts(item, context.words)),
        office_facts=tuple(_office_facts(item, context.words)),
        codes=tuple(_codes(item, context.words)),
        faq=tuple((one.q, one.a) for one in item.faq),
        supervision=supervisor_of(item.supervision or (department.supervision if department else None), context.words),
        next=tuple(context.card(one) for one in item.next),
        related=tuple(context.card(one) for one in item.related),
        body=html_of(item.body) if item.body else "",
        checked=day(item.checked, context.words),
        next_check=day(item.next_check, context.words),
        published=str(item.published or item.checked or ""),
        sources=sources_of(item.provenance, context),
    )


def guide_uses(card: Card, site: Site) -> tuple[Key, ...]:
    """Return the records that the guide of an item may show: those to which it refers, other items, the glossary."""
    others = (key(Item, id) for id in card.links)
    return tuple(dict.fromkeys((*card.told, *successors(card, site), *others, key(Glossary, GLOSSARY))))


def column_of(guide: Guide, words: Words) -> str:
    """Return the column (栏目) in which the guide stands: its first topic."""
    return guide.topics[0][1] if guide.topics else words["sheet_title"]


def _goes_in_person(item: Item) -> bool:
    """Tell whether people go somewhere, though no case names the place."""
    named = any(variant.places for variant in item.variants)
    return not named and any(part.depth or IN_PERSON & set(part.channels) for part in item.parts)


def _since(item: Item, words: Words) -> str:
    return words["cancelled_since"].format(day=day(item.cancelled_on, words)) if item.cancelled_on else ""


def _participant(unit: Participant, context: RenderContext) -> tuple[str, str, str]:
    name = unit.unit or (context.get(Department, unit.ref).name if unit.ref else "")
    return name, choice_in_words(unit.role, context.words), unit.note


def _facts(item: Item, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what residents are told of the item as a whole besides its courses."""
    rows = (
        ("scope", item.scope),
        ("obligations", item.obligations),
        ("renewal", _renewal(item.renewal, words) if item.renewal else ""),
        ("rights", item.rights),
        ("remedy", item.remedy),
    )
    yield from ((words[label], text) for label, text in rows if text)


def _renewal(renewal: Renewal, words: Words) -> str:
    return in_clauses((renewal.rule, *(window_in_words(window, words) for window in renewal.windows)), words)


def _office_facts(item: Item, words: Words) -> Iterator[tuple[str, str]]:
    """Yield how the item stands in the lists of the administration."""
    disclosure = item.disclosure
    rows = (
        ("official_name", item.name if item.title and item.title != item.name else ""),
        ("item_type", choice_in_words(item.type, words) if item.type else ""),
        ("handling_type", choice_in_words(item.handling, words) if item.handling else ""),
        ("domain", item.domain),
        ("duty", item.duty),
        ("business", item.business if item.business != item.name else ""),
        ("disclosure_term", term_in_words(disclosure.term, words) if disclosure and disclosure.term else ""),
        ("disclosure_form", choices_in_words(disclosure.form, words) if disclosure else ""),
        ("phase", item.phase),
    )
    yield from ((words[label], text) for label, text in rows if text)
    yield from ((step.by, step.task) for step in item.rollout)


def _codes(item: Item, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the national codes of the item, and the category under which the disclosure list has it."""
    codes = item.codes or Codes()
    category = item.disclosure.category if item.disclosure else ""
    rows = (
        ("category", category if category not in (item.name, item.business) else ""),
        ("code_catalog", codes.catalog),
        ("code_task", codes.task),
        ("code_handle", codes.handle),
        ("code_local", codes.local),
    )
    yield from ((words[label], text) for label, text in rows if text)
