"""A guide as a page or a sheet shows it: the item's facts put into words, in the order in which residents ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from builder.card import Card, cases, fee_in_short, price, time_in_short
from builder.fields import Absence
from builder.flowchart import Flow, StepLine, flow_of, step_lines
from builder.markdown import html_of
from builder.materials import MaterialBlock, MaterialLine, material_lines
from builder.model.companions import Area, Audience, Department, Law, LawStatus, Place, Source, Topic
from builder.model.item import (
    At,
    Basis,
    Benefit,
    Channel,
    Condition,
    Fee,
    FormFile,
    Item,
    Output,
    Phone,
    Procedure,
    Status,
    Step,
    Time,
    Unit,
    Variant,
    Visibility,
)
from builder.model.quantities import Handling, Level, Window
from builder.page import Known
from builder.words import Words


@dataclass(frozen=True, slots=True)
class Call:
    """A phone number: as shown, and as dialled."""

    shown: str
    dial: str
    label: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the answer box. `known` is false where the page asks the reader to phone."""

    question: str
    lines: tuple[str, ...]
    known: bool = True
    calls: tuple[Call, ...] = ()
    more: str = ""  # the id of the section that tells more


@dataclass(frozen=True, slots=True)
class Course:
    """How it goes in one case: the whole item when it has no variants, else what one variant has of its own."""

    id: str
    name: str = ""
    when: str = ""
    note: str = ""
    conditions: tuple[Condition, ...] = ()
    unconditional: bool = False
    excluded: tuple[str, ...] = ()
    condition_notes: tuple[str, ...] = ()
    materials: tuple[MaterialLine | MaterialBlock, ...] = ()
    no_materials: bool = False
    material_notes: tuple[str, ...] = ()
    steps: tuple[StepLine, ...] = ()
    no_steps: bool = False
    flow: Flow | None = None
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where it is done."""

    name: str
    window: str
    address: str
    traffic: str
    hours: str
    calls: tuple[Call, ...]
    branches: tuple[tuple[str, str, tuple[Call, ...]], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Ground:
    """One legal basis: title with its number, article, quote, and what is known of its force."""

    title: str
    number: str = ""
    article: str = ""
    quote: str = ""
    status: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything a guide shows, ready to be set in a template."""

    id: str
    title: str
    name: str
    summary: str
    area: str
    department: str
    department_id: str
    topics: tuple[tuple[str, str], ...]
    audiences: tuple[str, ...]
    status: str
    status_note: str
    replaced_by: Card | None
    answers: tuple[Answer, ...]
    calls: tuple[Call, ...]
    common: Course
    variants: tuple[Course, ...]
    places: tuple[Spot, ...]
    grounds: tuple[Ground, ...]
    no_grounds: bool
    depth: tuple[tuple[tuple[str, str], ...], ...]
    phase: str
    rollout: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str, str], ...]
    offices: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    faq: tuple[tuple[str, str], ...]
    supervision: tuple[str, tuple[Call, ...]] | None
    related: tuple[Card, ...]
    body: str
    checked: str
    next_check: str
    published: str
    sources: tuple[tuple[str, str], ...]
    sample: bool


def guide_of(id: str, area: str, known: Known, words: Words, default: tuple[Phone, ...]) -> Guide:
    """Return the guide of the page's item. `default` are the site's own phones, shown where no other is known."""
    item = known.item
    department = known.record("department", item.department, Department) if item.department else None
    places = tuple(_spot(at.place, at.window, at.note, known) for at in item.places)
    calls = _calls(item.phones) or next((spot.calls for spot in places if spot.calls), ())
    calls = calls or _calls(department.phones if department else ()) or _calls(default)
    common = _course(item, "common", known, words, id)
    variants = tuple(_course(variant, variant.id, known, words, id) for variant in item.variants)
    supervision = item.supervision or (department.supervision if department else None)
    return Guide(
        id=id,
        title=item.title or item.name,
        name=item.name,
        summary=item.summary,
        area=known.record("area", area, Area).name,
        department=department.name if department else "",
        department_id=item.department or "",
        topics=tuple((topic, known.record("topic", topic, Topic).name) for topic in item.topics),
        audiences=tuple(known.record("audience", one, Audience).name for one in item.audiences),
        status="" if item.status is Status.ACTIVE else item.status.label,
        status_note=item.status_note,
        replaced_by=known.card(item.replaced_by) if item.replaced_by else None,
        answers=tuple(_answers(item, common, variants, places, calls, known, words)),
        calls=calls,
        common=common,
        variants=variants,
        places=places,
        grounds=tuple(dict.fromkeys(ground for part in (item, *item.variants) for ground in _grounds(part, known))),
        no_grounds=isinstance(item.legal, Absence),
        depth=tuple(_levels(route.levels) for route in item.depth),
        phase=item.phase,
        rollout=tuple((step.by, step.task) for step in item.rollout),
        units=tuple(_unit(unit, known) for unit in item.units),
        offices=item.offices,
        facts=tuple(_facts(item, words)),
        faq=tuple((one.q, one.a) for one in item.faq),
        supervision=(supervision.unit, _calls(supervision.phones)) if supervision else None,
        related=tuple(known.card(one) for one in item.related),
        body=html_of(item.body) if item.body else "",
        checked=day(item.checked, words),
        next_check=day(item.next_check, words),
        published=str(item.published or item.checked or ""),
        sources=tuple((known.record("source", one.source, Source).title, one.at) for one in item.provenance),
        sample=any(known.record("source", one.source, Source).sample for one in item.provenance),
    )


def _answers(
    item: Item,
    common: Course,
    variants: tuple[Course, ...],
    places: tuple[Spot, ...],
    calls: tuple[Call, ...],
    known: Known,
    words: Words,
) -> Iterator[Answer]:
    ask = words["ask_by_phone"]

    def answer(question: str, *lines: str, more: str = "") -> Answer:
        told = tuple(line for line in lines if line)
        return Answer(words[question], told or (ask,), bool(told), more=more if told else "")

    yield answer("who", _who(item, common, variants, known, words), more="conditions" if common.conditions else "")
    if windows := tuple(dict.fromkeys(_own_windows(item))):
        yield answer("when", *windows[:3], words["more_windows"] if len(windows) > 3 else "")
    yield answer("where", *_where(item, places, known, words), more="places" if places else "")
    yield answer("how_long", *_how_long(item, words))
    yield answer("how_much", *_how_much(item, words))
    lines = () if calls else (words["no_phone"],)
    yield Answer(words["phone"], lines, bool(calls), calls[:2])


def _who(item: Item, common: Course, variants: tuple[Course, ...], known: Known, words: Words) -> str:
    if common.unconditional:
        return words["anyone"]
    people = "、".join(known.record("audience", one, Audience).name for one in item.audiences)
    single = common.conditions[0] if len(common.conditions) == 1 and not item.variants else None
    if single and not single.all and not single.any and len(single.text) <= 40:
        return single.text
    if not common.conditions:
        differ = any(course.conditions or course.unconditional for course in variants)
        return people or (words["differs_by_case"] if differ else "")
    return f"{people}，{words['who_meets_conditions']}" if people else words["whoever_meets_conditions"]


def _own_windows(item: Item) -> Iterator[str]:
    """Yield the windows in which residents apply, without those in which some office does its part."""
    for part in (item, *item.variants):
        steps = part.steps if isinstance(part.steps, tuple) else ()
        actors = list(dict.fromkeys(step.actor for step in steps if step.visibility is Visibility.PUBLIC))
        for window in sorted(part.windows, key=lambda window: bool(window.who)):  # the applicant's own first
            if window.who not in actors[1:]:
                case = f"{part.name}：" if isinstance(part, Variant) and not (window.who or window.for_) else ""
                yield case + window_in_words(window)


def _where(item: Item, places: tuple[Spot, ...], known: Known, words: Words) -> Iterator[str]:
    if places:
        yield from _where_first(places, words)
    elif any(variant.places for variant in item.variants):
        yield words["differs_by_case"]
    elif item.depth:
        nearest = (next((level for level in Level if route.at(level)), None) for route in item.depth)
        yield words["or"].join(dict.fromkeys(words[f"level_{level.value}"] for level in nearest if level))
    else:
        yield "、".join(_by_channel(item, known, words))


def _where_first(places: tuple[Spot, ...], words: Words) -> Iterator[str]:
    first = places[0]
    yield f"{first.name}{'，' if first.window else ''}{first.window}"
    yield first.address
    yield first.note
    if first.branches:
        yield words["more_branches"].format(n=len(first.branches))
    if len(places) > 1:
        yield words["more_places"].format(n=len(places) - 1)


def _by_channel(item: Item, known: Known, words: Words) -> Iterator[str]:
    """Yield where one applies, as far as the channels tell; by whom one may be represented is no place."""
    department = known.record("department", item.department, Department).name if item.department else ""
    for channel in item.channels:
        match channel:
            case Channel.WINDOW:
                yield words["window_of"].format(unit=department)
            case Channel.COMMUNITY:
                yield words["level_community"]
            case Channel.BANK:
                yield words["level_bank"]
            case Channel.ONLINE | Channel.MAIL | Channel.VISIT | Channel.PHONE:
                yield channel.label
            case Channel.PROXY:
                pass


def _how_long(item: Item, words: Words) -> Iterator[str]:
    answers = cases(item, time_in_short)
    if len(answers) > 1:
        yield words["differs_by_case"]
    elif isinstance(item.time, Time) and answers[0] == time_in_short(item):
        yield next(_limits(item.time, words), "")
    else:
        yield answers[0]


def _how_much(item: Item, words: Words) -> Iterator[str]:
    answers = cases(item, fee_in_short)
    if len(answers) > 1:
        yield words["differs_by_case"]
    elif isinstance(item.fees, tuple) and len(item.fees) <= 3:
        yield from map(fee_in_words, item.fees)
    else:
        yield answers[0]


def _course(procedure: Procedure, id: str, known: Known, words: Words, item_id: str) -> Course:
    eligibility, materials, steps = procedure.eligibility, procedure.materials, procedure.steps
    public = tuple(steps) if isinstance(steps, tuple) else ()
    lines = step_lines(public, words)
    instead = procedure.replaces if isinstance(procedure, Variant) else ()
    return Course(
        id=id,
        name=getattr(procedure, "name", "") if id != "common" else "",
        when=getattr(procedure, "when", ""),
        note=getattr(procedure, "note", ""),
        conditions=eligibility if isinstance(eligibility, tuple) else (),
        unconditional=isinstance(eligibility, Absence),
        excluded=procedure.excluded,
        condition_notes=(*_instead("eligibility", instead, words), *procedure.eligibility_notes),
        materials=material_lines(materials, known, words) if isinstance(materials, tuple) else (),
        no_materials=isinstance(materials, Absence),
        material_notes=(*_instead("materials", instead, words), *procedure.materials_notes),
        steps=lines,
        no_steps=isinstance(steps, Absence),
        flow=flow_of(public, words, title=known.item.title or known.item.name, prefix=f"{item_id}-{id}"),
        facts=tuple(_course_facts(procedure, known, words)),
    )


def _instead(field: str, replaced: tuple[str, ...], words: Words) -> tuple[str, ...]:
    return (words[f"instead_{field}"],) if field in replaced else ()


def _course_facts(procedure: Procedure, known: Known, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the facts of a course that are told as label and lines: times, money, results, forms.

    Places, phones and grounds of the whole item have sections of their own; those of one case stand with it.
    """
    own = isinstance(procedure, Variant)
    rows: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("places", tuple(_place(at, known) for at in procedure.places) if own else ()),
        ("contact", tuple(call(phone).shown for phone in procedure.phones) if own else ()),
        ("limits", _time(procedure, words)),
        ("windows", tuple(map(window_in_words, procedure.windows))),
        ("hours", (procedure.hours,) if procedure.hours else ()),
        ("channels", ("、".join(channel.label for channel in procedure.channels),) if procedure.channels else ()),
        ("fees", _fees(procedure.fees, words)),
        ("benefits", tuple(benefit_in_words(benefit) for benefit in procedure.benefits)),
        ("outputs", _outputs(procedure.outputs, words)),
        ("effects", procedure.effects),
        ("forms", _forms(procedure.forms, words)),
        ("basis", tuple(map(_cited, _grounds(procedure, known))) if own else ()),
    )
    yield from ((words[label], lines) for label, lines in rows if lines)


def _place(at: At, known: Known) -> str:
    spot = _spot(at.place, at.window, at.note, known)
    return "，".join(part for part in (spot.name, spot.window, spot.address, spot.note) if part)


def _cited(ground: Ground) -> str:
    return ground.title + (f"（{ground.number}）" if ground.number else "") + ground.article


def _time(procedure: Procedure, words: Words) -> tuple[str, ...]:
    if isinstance(procedure.time, Absence):
        return (time_in_short(procedure),)
    return tuple(_limits(procedure.time, words)) if procedure.time else ()


def _limits(time: Time, words: Words) -> Iterator[str]:
    if time.promised:
        yield f"{time.starts}{time.promised}" if time.promised.n else str(time.promised)
    if time.statutory:
        yield f"{words['statutory']}{time.statutory}"
    if time.excludes:
        yield words["not_counted"].format(what="、".join(time.excludes))
    if time.note:
        yield time.note


def _fees(fees: tuple[Fee, ...] | Absence | None, words: Words) -> tuple[str, ...]:
    if isinstance(fees, Absence):
        return (words["free"] if fees is Absence.NONE else words["no_fees"],)
    return tuple(fee_in_words(fee) for fee in fees or ())


def _outputs(outputs: tuple[Output, ...] | Absence | None, words: Words) -> tuple[str, ...]:
    if isinstance(outputs, Absence):
        return (words["no_output"],)
    return tuple(
        output.name
        + (f"，{words['valid_for']}{output.validity}" if output.validity else "")
        + (f"（{output.note}）" if output.note else "")
        for output in outputs or ()
    )


def _forms(forms: tuple[FormFile, ...] | Absence | None, words: Words) -> tuple[str, ...]:
    if isinstance(forms, Absence):
        return (words["no_forms"],)
    return tuple(
        form.title
        + (f"，{form.copies}{words['copies_unit']}" if form.copies else "")
        + (f"（{words['get_from']}{form.where}）" if form.where else "")
        for form in forms or ()
    )


def fee_in_words(fee: Fee) -> str:
    """Return a fee as one line."""
    line = (f"{fee.who}：" if fee.who else "") + price(fee.amount, fee.per)
    extra = "；".join(part for part in (fee.basis, fee.note) if part)
    return f"{line}（{extra}）" if extra else line


def benefit_in_words(benefit: Benefit) -> str:
    """Return a benefit as one line."""
    amount = price(benefit.amount, benefit.per) if benefit.amount is not None else ""
    if benefit.percent is not None:
        per = f"每{benefit.per.removeprefix('每')}" if benefit.per and not amount else ""
        share = f"{per}{benefit.of}{'的' if benefit.of else ''}{benefit.percent:f}%"
        amount = f"{amount}，{share}" if amount else share
    head = "".join(f"{part}：" for part in (benefit.name, benefit.who) if part)
    lasts = f"最多领{benefit.lasts}" if benefit.lasts else ""
    return head + "，".join(part for part in (amount, benefit.cap, lasts, benefit.note) if part)


def window_in_words(window: Window) -> str:
    """Return an application window as one line: who does what when, and what comes of it."""
    what = window.who + window.for_
    line = (f"{what}：" if what else "") + window.when + (f"，{window.pays}" if window.pays else "")
    return f"{line}（{window.note}）" if window.note else line


def _spot(place_id: str, window: str, note: str, known: Known) -> Spot:
    place = known.record("place", place_id, Place)
    numbers = [one.number for one in place.windows if one.name == window and one.number]
    shown = f"{window}（{numbers[0]}）" if numbers else window
    branches = tuple((branch.name, branch.address, _calls(branch.phones)) for branch in place.branches)
    return Spot(place.name, shown, place.address, place.traffic, place.hours, _calls(place.phones), branches, note)


def _grounds(procedure: Procedure, known: Known) -> Iterator[Ground]:
    yield from (_ground(basis, known) for basis in procedure.legal) if isinstance(procedure.legal, tuple) else ()


def _ground(basis: Basis, known: Known) -> Ground:
    if not basis.law:
        return Ground(basis.text, article=basis.article, quote=basis.quote)
    law = known.record("law", basis.law, Law)
    status = "" if law.status in (LawStatus.UNKNOWN, LawStatus.IN_FORCE) else law.status.label
    return Ground(f"《{law.title}》", law.number, basis.article, basis.quote, status, law.url)


def _levels(levels: tuple[Handling, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.level.label, "、".join(action.label for action in one.do)) for one in levels)


def _unit(unit: Unit, known: Known) -> tuple[str, str, str]:
    name = known.record("department", unit.ref, Department).name if unit.ref else unit.unit
    return name, unit.role.label, unit.note


def _facts(item: Item, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what is told of the item as a whole besides its courses."""
    rows = (
        ("official_name", item.name if item.title and item.title != item.name else ""),
        ("item_type", item.type.label if item.type else ""),
        ("handling_type", item.handling.label if item.handling else ""),
        ("scope", item.scope),
        ("obligations", item.obligations),
        ("renewal", "；".join((item.renewal.rule, *map(window_in_words, item.renewal.windows))) if item.renewal else ""),
        ("rights", item.rights),
        ("remedy", item.remedy),
        ("disclosure_term", str(item.disclosure.term) if item.disclosure and item.disclosure.term else ""),
        ("disclosure_form", "、".join(item.disclosure.form) if item.disclosure else ""),
    )
    yield from ((words[label], text) for label, text in rows if text)


def _calls(phones: tuple[Phone, ...]) -> tuple[Call, ...]:
    return tuple(call(phone) for phone in phones)


_LANDLINE = re.compile(r"(?:(0\d{2,3})-)?(\d{7,8})(?:-(\d{1,5}))?")


def call(phone: Phone) -> Call:
    """Return a phone as shown (grouped for reading) and as dialled (digits; an extension after a pause)."""
    match = _LANDLINE.fullmatch(phone.number)
    if not match:
        return Call(phone.number, phone.number.replace("-", ""), phone.label, phone.hours)
    area, local, extension = match.groups("")
    grouped = f"{local[:4]} {local[4:]}" if len(local) == 8 else local
    shown = (f"{area}-" if area else "") + grouped + (f" 转 {extension}" if extension else "")
    return Call(shown, area + local + (f",{extension}" if extension else ""), phone.label, phone.hours)


def day(date: date | None, words: Words) -> str:
    """Return a date as 2026年11月3日, "" for none."""
    return words["date"].format(y=date.year, m=date.month, d=date.day) if date else ""


__all__ = ["Guide", "Step", "guide_of"]
