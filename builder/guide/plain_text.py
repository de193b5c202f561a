"""The plain text of a guide, line by line: what an edition code stands for, and what editions are compared by.

It leaves out what does not make printed paper wrong when it changes: links to other items, sources, dates of checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.content.model.item import Condition
from builder.content.model.materials import in_order
from builder.context.phones import Call
from builder.context.words import Words
from builder.guide.course import Course
from builder.guide.flowchart import StepLine
from builder.guide.guide import Guide
from builder.guide.material_lines import MaterialBlock, MaterialLine
from builder.guide.place_facts import PlaceInWords
from builder.support.fingerprint import digest
from builder.wording.choices import at_level
from builder.wording.joining import in_clauses, joined, labelled, with_note

_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class TextSection:
    """One part of a guide, such as the materials of a case, with its lines."""

    part: str
    lines: tuple[str, ...]


def plain_text_of(guide: Guide, words: Words) -> tuple[TextSection, ...]:
    """Return the sections of the plain text of `guide` that are not empty, in the order of the sheet."""
    parts = [
        (words["name_and_summary"], _named(guide, words)),
        *(part for course in guide.courses for part in _course(course, words)),
        (words["places"], (line for place in guide.places for line in _place(place, words))),
        (words["phone"], _calls(guide.calls, words)),
        (words["depth"], _depth(guide, words)),
        (words["basis"], _grounds(guide, words)),
        (words["more_facts"], _more(guide, words)),
        (words["body"], _TAGS.sub("", guide.body).splitlines()),
    ]
    found = ((part, tuple(filter(None, (" ".join(line.split()) for line in lines)))) for part, lines in parts)
    return tuple(TextSection(part, lines) for part, lines in found if lines)


def edition_code(sections: Iterable[TextSection]) -> str:
    """Return the code of the edition with this text: six hexadecimal digits."""
    text = "\0".join(f"{one.part}\n{line}" for one in sections for line in one.lines)
    return digest(text.encode())[:6].upper()


def changes(
    old: Iterable[TextSection], new: Iterable[TextSection]
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield each section that differs, with the removed lines and the added lines."""
    before, after = ({one.part: one.lines for one in sections} for sections in (old, new))
    for part in dict.fromkeys((*before, *after)):
        was, now = before.get(part, ()), after.get(part, ())
        gone, added = tuple(line for line in was if line not in now), tuple(line for line in now if line not in was)
        if was != now:
            yield part, gone, added


def _named(guide: Guide, words: Words) -> Iterator[str]:
    yield from (guide.name, guide.title if guide.title != guide.name else "", guide.name_en, guide.area, guide.summary)
    yield joined((guide.status, guide.status_note), words)


def _course(course: Course, words: Words) -> Iterator[tuple[str, Iterable[str]]]:
    if course.name:
        yield course.name, (course.when, course.note)
    yield labelled(course.name, words["conditions"], words), conditions_in_words(course, words)
    yield labelled(course.name, words["materials"], words), _materials(course, words)
    yield labelled(course.name, words["steps"], words), _steps(course, words)
    yield from ((labelled(course.name, label, words), lines) for label, lines in course.facts)
    yield labelled(course.name, words["case_facts"], words), _tables(course, words)


def conditions_in_words(course: Course, words: Words) -> Iterator[str]:
    """Yield the conditions of a case as lines (a group of conditions is one line), then who is excluded."""
    yield words["anyone"] if course.unconditional else ""
    yield from (_condition(one, words) for one in course.conditions)
    yield from course.condition_notes
    yield from (labelled(words["excluded"], one, words) for one in course.excluded)


def _condition(one: Condition, words: Words) -> str:
    parts = one.all or one.any
    if not parts:
        return one.text
    bound = words["all_of"] if one.all else words["any_of"]
    return with_note(one.text or bound, in_clauses((_condition(part, words) for part in parts), words), words)


def _materials(course: Course, words: Words) -> Iterator[str]:
    yield words["no_materials"] if course.no_materials else ""
    for placed in in_order(course.materials):
        told = _material(placed.entry, words)
        for block in reversed(placed.around):
            told = labelled(block.title or words["one_of"], told, words)
        yield told
    yield from course.material_notes


def _material(entry: MaterialLine | MaterialBlock, words: Words) -> str:
    if isinstance(entry, MaterialBlock):
        return joined((entry.title, words["one_of"] if entry.any_of else "", entry.only, entry.note), words)
    left_out = words["may_be_left_out"] if entry.optional else ""
    return joined((entry.name, entry.copies, entry.only, *entry.details, *entry.help, left_out), words)


def _steps(course: Course, words: Words) -> Iterator[str]:
    yield words["no_steps"] if course.no_steps else ""
    yield from (_step(step, words) for step in course.steps)


def _step(step: StepLine, words: Words) -> str:
    exits = (labelled(one.when, joined((one.text, one.goes_to), words), words) for one in step.exits)
    works = (labelled(work.actor, joined((work.do, *work.facts), words), words) for work in step.works)
    at_once = labelled(words["at_the_same_time"], in_clauses(works, words), words) if step.works else ""
    told = (step.do, step.detail, *step.items, *step.facts, at_once, step.question, *exits, step.goes_to)
    return words["step_of_actor"].format(n=step.number, actor=step.actor) + joined(told, words)


def _tables(course: Course, words: Words) -> Iterator[str]:
    for table in course.tables:
        yield table.title
        for row in table.rows:
            yield joined((labelled(*cell, words) for cell in zip(table.columns, row, strict=True)), words)
        yield table.note


def _place(place: PlaceInWords, words: Words) -> Iterator[str]:
    told = (place.name, place.window, place.address, *(text for _, text in place.facts), *place.hours)
    yield joined((*told, *_calls(place.calls, words)), words)
    yield from (place.note, place.remark)
    for branch in place.branches:
        yield joined((branch.name, branch.address, *branch.hours, *_calls(branch.calls, words)), words)


def _calls(calls: Iterable[Call], words: Words) -> Iterator[str]:
    yield from (joined((call.shown, call.label, call.hours), words) for call in calls)


def _depth(guide: Guide, words: Words) -> Iterator[str]:
    for route in guide.depth:
        yield in_clauses((at_level(level, actions, words) for level, actions in route), words)


def _grounds(guide: Guide, words: Words) -> Iterator[str]:
    yield words["no_basis"] if guide.no_grounds else ""
    for one in guide.grounds:
        yield joined((one.title, one.published, one.article, one.status, one.since, one.quote), words)


def _more(guide: Guide, words: Words) -> Iterator[str]:
    yield joined((guide.department, *guide.offices), words)
    yield from (joined((role, name, note), words) for name, role, note in guide.units)
    yield from (labelled(label, text, words) for label, text in (*guide.facts, *guide.office_facts))
    yield from (joined((question, answer), words) for question, answer in guide.faq)
    if supervisor := guide.supervision:
        calls = _calls(supervisor.calls, words)
        yield joined((words["supervision"], supervisor.unit, *calls, supervisor.note), words)
