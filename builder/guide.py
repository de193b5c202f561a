"""A guide as a page or a sheet shows it: the item's facts put into words, in the order in which residents ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from builder.card import Card, fee_in_short, time_in_short
from builder.fields import Absence
from builder.flowchart import StepLine, charts, step_lines
from builder.markdown import html_of
from builder.materials import MaterialBlock, MaterialLine, material_lines
from builder.model.companions import Area, Audience, Department, Law, Place, Source, Topic
from builder.model.item import (
    Basis,
    Benefit,
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
    Window,
)
from builder.model.quantities import Level
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
    charts: tuple[str, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    empty: bool = field(default=False)


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
        grounds=tuple(_ground(basis, known, words) for basis in item.legal) if isinstance(item.legal, tuple) else (),
        no_grounds=isinstance(item.legal, Absence),
        depth=tuple(_route(route.levels) for route in item.depth),
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

    yield answer("who", _who(item, common, known, words), more="conditions" if common.conditions else "")
    windows = [window for part in (item, *item.variants) for window in part.windows]
    if windows:
        yield answer("when", *dict.fromkeys(window_in_words(window, words) for window in windows[:3]))
    yield answer("where", *_where(item, places, words), more="places" if places else "")
    yield answer("how_long", _in_all_cases(item, time_in_short, words))
    yield answer("how_much", _in_all_cases(item, fee_in_short, words))
    lines = () if calls else (words["no_phone"],)
    yield Answer(words["phone"], lines, bool(calls), calls[:2])


def _who(item: Item, common: Course, known: Known, words: Words) -> str:
    if common.unconditional:
        return words["anyone"]
    people = "、".join(known.record("audience", one, Audience).name for one in item.audiences)
    single = common.conditions[0] if len(common.conditions) == 1 and not item.variants else None
    if single and not single.all and not single.any and len(single.text) <= 40:
        return single.text
    if not common.conditions:
        return people
    return f"{people}，{words['who_meets_conditions']}" if people else words["whoever_meets_conditions"]


def _where(item: Item, places: tuple[Spot, ...], words: Words) -> Iterator[str]:
    if places:
        first = places[0]
        yield f"{first.name}{'，' if first.window else ''}{first.window}"
        yield first.address
        if len(places) > 1 or first.branches:
            yield words["more_places"].format(n=len(places) - 1 + len(first.branches))
        return
    if item.depth:
        route = item.depth[0]
        nearest = next((level for level in Level if route.at(level)), None)
        if nearest:
            yield words[f"level_{nearest.value}"]
        return
    yield "、".join(channel.label for channel in item.channels)


def _in_all_cases(item: Item, in_short: object, words: Words) -> str:
    own = in_short(item.model_copy(update={"variants": ()}))  # type: ignore[operator]
    others = dict.fromkeys(in_short(variant) or own for variant in item.variants)  # type: ignore[operator]
    told = [short for short in others if short] if others else [own]
    if len(told) > 1:
        return words["differs_by_case"]
    return told[0] if told else own


def _course(procedure: Procedure, id: str, known: Known, words: Words, item_id: str) -> Course:
    eligibility, materials, steps = procedure.eligibility, procedure.materials, procedure.steps
    public = tuple(steps) if isinstance(steps, tuple) else ()
    lines = step_lines(public, words)
    return Course(
        id=id,
        name=getattr(procedure, "name", "") if id != "common" else "",
        when=getattr(procedure, "when", ""),
        note=getattr(procedure, "note", ""),
        conditions=eligibility if isinstance(eligibility, tuple) else (),
        unconditional=isinstance(eligibility, Absence),
        excluded=procedure.excluded,
        condition_notes=procedure.eligibility_notes,
        materials=material_lines(materials, known, words) if isinstance(materials, tuple) else (),
        no_materials=isinstance(materials, Absence),
        material_notes=procedure.materials_notes,
        steps=lines,
        charts=charts(public, words, title=known.item.title or known.item.name, prefix=f"{item_id}-{id}"),
        facts=tuple(_course_facts(procedure, words)),
    )


def _course_facts(procedure: Procedure, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the facts of a course that are told as label and lines: times, money, results, forms."""
    rows: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("limits", tuple(_limits(procedure.time, words)) if isinstance(procedure.time, Time) else ()),
        ("windows", tuple(window_in_words(window, words) for window in procedure.windows)),
        ("hours", (procedure.hours,) if procedure.hours else ()),
        ("channels", ("、".join(channel.label for channel in procedure.channels),) if procedure.channels else ()),
        ("fees", _fees(procedure.fees, words)),
        ("benefits", tuple(benefit_in_words(benefit) for benefit in procedure.benefits)),
        ("outputs", _outputs(procedure.outputs, words)),
        ("effects", procedure.effects),
        ("forms", _forms(procedure.forms, words)),
    )
    yield from ((words[label], lines) for label, lines in rows if lines)


def _limits(time: Time, words: Words) -> Iterator[str]:
    if time.promised:
        start = f"（{time.starts}）" if time.starts else ""
        yield f"{time.promised}{start}"
    if time.statutory:
        yield f"{words['statutory']}{time.statutory}"
    if time.excludes:
        yield words["not_counted"].format(what="、".join(time.excludes))
    if time.note:
        yield time.note


def _fees(fees: tuple[Fee, ...] | Absence | None, words: Words) -> tuple[str, ...]:
    if isinstance(fees, Absence):
        return (words["free"],)
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
    line = (f"{fee.who}：" if fee.who else "") + f"{fee.amount:f}元" + (f"/{fee.per}" if fee.per else "")
    extra = "；".join(part for part in (fee.basis, fee.note) if part)
    return f"{line}（{extra}）" if extra else line


def benefit_in_words(benefit: Benefit) -> str:
    """Return a benefit as one line."""
    amount = f"{benefit.amount:f}元" if benefit.amount is not None else ""
    if benefit.percent is not None:
        amount = f"{benefit.of}{'的' if benefit.of else ''}{benefit.percent:f}%"
    if benefit.per and amount:
        amount += f"/{benefit.per}"
    head = "".join(f"{part}：" for part in (benefit.name, benefit.who) if part)
    lasts = f"最多领{benefit.lasts}" if benefit.lasts else ""
    return head + "，".join(part for part in (amount, benefit.cap, lasts, benefit.note) if part)


def window_in_words(window: Window, words: Words) -> str:
    """Return an application window as one line."""
    line = (f"{window.for_}：" if window.for_ else f"{window.who}：" if window.who else "") + window.when
    if window.pays:
        line += f"，{words['pays']}{window.pays}"
    return f"{line}（{window.note}）" if window.note else line


def _spot(place_id: str, window: str, note: str, known: Known) -> Spot:
    place = known.record("place", place_id, Place)
    numbers = [one.number for one in place.windows if one.name == window and one.number]
    shown = f"{window}（{numbers[0]}）" if numbers else window
    branches = tuple((branch.name, branch.address, _calls(branch.phones)) for branch in place.branches)
    return Spot(place.name, shown, place.address, place.traffic, place.hours, _calls(place.phones), branches, note)


def _ground(basis: Basis, known: Known, words: Words) -> Ground:
    if not basis.law:
        return Ground(basis.text, article=basis.article, quote=basis.quote)
    law = known.record("law", basis.law, Law)
    status = "" if law.status.value in ("unknown", "in-force") else law.status.label
    return Ground(f"《{law.title}》", law.number, basis.article, basis.quote, status, law.url)


def _route(levels: tuple[object, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.level.label, "、".join(action.label for action in one.do)) for one in levels)  # type: ignore[attr-defined]


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
        ("renewal", item.renewal.rule if item.renewal else ""),
        ("rights", item.rights),
        ("remedy", item.remedy),
        ("disclosure_term", str(item.disclosure.term) if item.disclosure and item.disclosure.term else ""),
        ("disclosure_form", "、".join(item.disclosure.form) if item.disclosure else ""),
    )
    yield from ((words[label], text) for label, text in rows if text)


def _calls(phones: tuple[Phone, ...]) -> tuple[Call, ...]:
    return tuple(call(phone) for phone in phones)


def call(phone: Phone) -> Call:
    """Return a phone as shown (grouped for reading) and as dialled (digits; an extension after a pause)."""
    area, _, rest = phone.number.partition("-") if phone.number[0] == "0" else ("", "", phone.number)
    local, _, extension = rest.partition("-")
    grouped = f"{local[:4]} {local[4:]}" if len(local) == 8 and local.isdecimal() else rest if not area else local
    shown = (f"{area}-" if area else "") + grouped + (f" 转 {extension}" if extension and area else "")
    dial = (area + local + (f",{extension}" if extension else "")) if area else rest.replace("-", "")
    return Call(shown, dial, phone.label, phone.hours)


def day(date: object, words: Words) -> str:
    """Return a date as 2026年11月3日, "" for none."""
    return words["date"].format(y=date.year, m=date.month, d=date.day) if date else ""  # type: ignore[attr-defined]


__all__ = ["Guide", "Step", "guide_of"]
