"""How it goes in one case: the whole item, or one of its variants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from builder.content.fields import Absence, listed
from builder.content.model.companions import LibraryMaterial
from builder.content.model.item import ONLINE_CHANNELS, At, Channel, Condition, Output, Procedure, Validity, Variant
from builder.content.model.step_time import Counting
from builder.content.model.tables import Table
from builder.context import RenderContext
from builder.context.phones import calls_of
from builder.context.words import Words
from builder.guide.flowchart import Flow, StepLine, flow_of, public_steps, step_lines
from builder.guide.form_lines import forms_of
from builder.guide.grounds import Ground, grounds_of
from builder.guide.material_lines import MaterialBlock, MaterialLine, material_lines
from builder.guide.place_facts import place_in_words
from builder.wording.access import (
    booked_in_words,
    call_in_words,
    coverage_in_words,
    delivery_in_words,
    online_in_brief,
    online_in_words,
    quota_in_words,
    visits_in_words,
)
from builder.wording.choices import choices_in_words, route_in_words
from builder.wording.hours import hours_in_words
from builder.wording.joining import in_clauses, joined, labelled, with_note
from builder.wording.money import benefit_in_words, fees_in_words
from builder.wording.times import time_in_words, validity_in_words, window_in_words

CALLS = 2  # phones of an item that the answer box has room for


@dataclass(frozen=True, slots=True)
class Course:
    """The procedure in one case: of the whole item, or what a variant states of its own."""

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
    materials_apply: bool = True
    material_notes: tuple[str, ...] = ()
    materials_instead: bool = False  # these and not those of the whole item
    steps: tuple[StepLine, ...] = ()
    no_steps: bool = False
    flow: Flow | None = None
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    links: Mapping[str, str] = field(
        default_factory=dict
    )  # where those lines of the facts lead that are links: outside, or in the site
    online: tuple[tuple[str, str], ...] = ()  # what one can open to apply: what the button says, and the address
    tables: tuple[Table, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    @property
    def tells_conditions(self) -> bool:
        """Whether it is known who can apply, or who cannot."""
        return bool(self.conditions or self.unconditional or self.excluded or self.condition_notes)

    @property
    def tells_materials(self) -> bool:
        """Whether it is known what to bring, which may be nothing."""
        return bool(self.materials or self.no_materials or self.material_notes)

    @property
    def brings_nothing(self) -> bool:
        """Whether it is known that there is nothing to bring."""
        return self.no_materials or not self.materials_apply

    @property
    def tells_more(self) -> bool:
        """Whether a case has something of its own besides what to bring."""
        return bool(
            self.when or self.note or self.tells_conditions or self.facts or self.tables or self.steps or self.no_steps
        )


def course_of(
    procedure: Procedure, id: str, context: RenderContext, *, title: str, item_id: str, counting: Counting
) -> Course:
    """Return the course of an item or a variant. A variant has only what it states itself.

    `title` and `item_id` are those of the item, for the title of the flowchart and for ids in it. `counting` says which
    steps of the procedure count into its time limit.
    """
    eligibility, materials, steps = procedure.eligibility, procedure.materials, procedure.steps
    public = public_steps(listed(steps), counting)
    instead = procedure.replaces if isinstance(procedure, Variant) else ()
    return Course(
        id=id,
        name=getattr(procedure, "name", "") if id != "common" else "",
        when=getattr(procedure, "when", ""),
        note=getattr(procedure, "note", ""),
        conditions=listed(eligibility),
        unconditional=isinstance(eligibility, Absence),
        excluded=procedure.excluded,
        condition_notes=(*_instead("eligibility", instead, context.words), *procedure.eligibility_notes),
        materials=material_lines(listed(materials), context),
        no_materials=materials is Absence.NONE,
        materials_apply=materials is not Absence.NOT_APPLICABLE,
        material_notes=(*_instead("materials", instead, context.words), *procedure.materials_notes),
        materials_instead="materials" in instead,
        steps=step_lines(public, context.words),
        no_steps=isinstance(steps, Absence),
        flow=flow_of(public, context.words, title=title, prefix=f"{item_id}-{id}"),
        facts=tuple(_facts(procedure, context)),
        links=dict(_links(procedure, context)),
        online=tuple((online_in_brief(one, context.words), one.url) for one in procedure.online if one.url),
        tables=procedure.tables,
        files=tuple(_files(procedure, context)),
    )


def channels_of(procedure: Procedure) -> tuple[Channel, ...]:
    """Return by what ways one can apply: those that are stated, and online where it is stated at which address."""
    is_left_out = procedure.online and set(ONLINE_CHANNELS).isdisjoint(procedure.channels)
    return (*procedure.channels, *((Channel.ONLINE,) if is_left_out else ()))


def _instead(field: str, replaced: tuple[str, ...], words: Words) -> tuple[str, ...]:
    return (words[f"instead_{field}"],) if field in replaced else ()


def _facts(procedure: Procedure, context: RenderContext) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the facts of a course that are told as label and lines: times, money, results, forms.

    Places and grounds of the whole item have their own sections, the hours stand with the places, and its first phones
    are in the answer box. Those of a case are facts of its course.
    """
    own = isinstance(procedure, Variant)
    calls = calls_of(procedure.phones, context.words)[0 if own else CALLS :]
    rows: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("where", tuple(_place(at, context) for at in procedure.places) if own else ()),
        ("depth", tuple(route_in_words(route, context.words) for route in procedure.depth) if own else ()),
        ("contact", tuple(call_in_words(call, context.words) for call in calls)),
        ("limits", time_in_words(procedure, context.words)),
        ("windows", tuple(window_in_words(window, context.words) for window in procedure.windows)),
        ("hours", hours_in_words(procedure.hours, context.words) if own or not procedure.places else ()),
        ("channels", (choices_in_words(channels_of(procedure), context.words),) if procedure.channels else ()),
        ("online", tuple(online_in_words(one, context.words) for one in procedure.online)),
        ("coverage", coverage_in_words(procedure.coverage, context.words)),
        ("visits", visits_in_words(procedure.visits, context.words)),
        ("appointment", tuple(line for line, _ in booked_in_words(procedure.appointment, context.words))),
        ("quota", quota_in_words(procedure.quota, context.words)),
        ("fees", fees_in_words(procedure.fees, context.words)),
        ("benefits", tuple(benefit_in_words(benefit, context.words) for benefit in procedure.benefits)),
        ("outputs", _outputs(procedure.outputs, context)),
        ("delivery", tuple(delivery_in_words(one, context.words) for one in procedure.delivery)),
        ("effects", procedure.effects),
        ("forms", tuple(_forms(procedure, context))),
        ("basis", tuple(_basis(procedure, context)) if own else ()),
    )
    yield from ((context.words[label], lines) for label, lines in rows if lines)


def _links(procedure: Procedure, context: RenderContext) -> Iterator[tuple[str, str]]:
    words = context.words
    outputs = (output for output in listed(procedure.outputs) if output.ref)
    yield from ((_output(output, context), f"materials/{output.ref}.html") for output in outputs)
    """Yield the lines of the facts that lead somewhere, each with the address."""
    yield from ((online_in_words(one, words), one.url) for one in procedure.online if one.url)
    yield from ((line, to) for line, to in booked_in_words(procedure.appointment, words) if to)


def _outputs(outputs: tuple[Output, ...] | Absence | None, context: RenderContext) -> tuple[str, ...]:
    """Return a line for each paper or card that one gets."""
    if isinstance(outputs, Absence):
        return (context.words["no_output"],)
    return tuple(_output(output, context) for output in outputs or ())


def _output(output: Output, context: RenderContext) -> str:
    words = context.words
    library = context.get(LibraryMaterial, output.ref) if output.ref else None
    name = output.name or (library.name if library else "")
    valid = in_clauses((_validity(one, words) for one in output.validity), words)
    return with_note(joined((name, valid), words), output.note, words)


def _validity(validity: Validity, words: Words) -> str:
    """Return for whom and how long it is valid, such as 未满16周岁的：有效期5年."""
    valid = validity_in_words(validity.lasts, words)
    if validity.who.endswith("起"):
        return words["counted_from"].format(start=validity.who, duration=valid)
    return labelled(validity.who, valid, words)


def _forms(procedure: Procedure, context: RenderContext) -> Iterator[str]:
    if isinstance(procedure.forms, Absence):
        yield context.words["no_forms"]
    yield from (form.in_words(context.words) for form in forms_of(procedure, context))


def _files(procedure: Procedure, context: RenderContext) -> Iterator[tuple[str, str]]:
    """Yield the forms and filled samples that can be downloaded: what the link says, and the file's name."""
    for form in forms_of(procedure, context):
        if form.file:
            yield context.words["blank_form"].format(title=form.title), form.file
        if form.sample:
            yield context.words["filled_form"].format(title=form.title), form.sample


def _place(at: At, context: RenderContext) -> str:
    spot = place_in_words(at.place, context, window=at.window, note=at.note)
    return joined((spot.name, spot.window, spot.address, spot.note), context.words)


def _basis(procedure: Procedure, context: RenderContext) -> Iterator[str]:
    if isinstance(procedure.legal, Absence):
        yield context.words["no_basis"]
    yield from (_cited(ground, context.words) for ground in grounds_of(procedure, context))


def _cited(ground: Ground, words: Words) -> str:
    return with_note(ground.title, ground.number, words) + ground.article
