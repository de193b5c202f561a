"""What a guide says of its matter, line by line: the text that an edition stands for, and in which two editions are compared.

Left out is what paper may show without being wrong later: links to other items, sources, and the dates of checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.content.model.item import Condition
from builder.context.phones import Call
from builder.context.words import Words
from builder.guide.course import Course
from builder.guide.flowchart import StepLine
from builder.guide.guide import Guide
from builder.guide.material_lines import MaterialBlock, MaterialLine
from builder.guide.place_facts import PlaceInWords
from builder.support.fingerprint import digest

_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Said:
    """One part of a guide, such as the materials of a case, with its lines."""

    part: str
    lines: tuple[str, ...]


def said_by(guide: Guide, words: Words) -> tuple[Said, ...]:
    """Return every part of `guide` that says something, in the order of the sheet."""
    parts = [
        (words["name_and_summary"], _named(guide)),
        *_course(guide.common, words),
        *(part for course in guide.variants for part in _course(course, words)),
        (words["places"], (line for place in guide.places for line in _place(place))),
        (words["phone"], map(_call, guide.calls)),
        (words["depth"], _depth(guide)),
        (words["basis"], _grounds(guide, words)),
        (words["more_facts"], _more(guide, words)),
        (words["body"], _TAGS.sub("", guide.body).splitlines()),
    ]
    found = ((part, tuple(filter(None, (" ".join(line.split()) for line in lines)))) for part, lines in parts)
    return tuple(Said(part, lines) for part, lines in found if lines)


def code_of(said: Iterable[Said]) -> str:
    """Return the code of the edition that says this: six digits and letters A to F."""
    text = "\0".join(f"{one.part}\n{line}" for one in said for line in one.lines)
    return digest(text.encode())[:6].upper()


def changes(old: Iterable[Said], new: Iterable[Said]) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield every part that differs, with the lines that are gone and those that are new."""
    before, after = ({one.part: one.lines for one in said} for said in (old, new))
    for part in dict.fromkeys((*before, *after)):
        was, now = before.get(part, ()), after.get(part, ())
        gone, added = tuple(line for line in was if line not in now), tuple(line for line in now if line not in was)
        if was != now:
            yield part, gone, added


def material_in_words(line: MaterialLine | MaterialBlock, words: Words) -> Iterator[str]:
    """Yield a material as lines, those of a group with the name of the group before them."""
    only = words["only_if"].format(when=line.when) if line.when else ""
    if isinstance(line, MaterialLine):
        left_out = words["may_be_left_out"] if line.optional else ""
        yield _joined(line.name, line.form, only, *line.details, line.help, left_out)
        return
    yield _joined(line.title, words["one_of"] if line.any_of else "", only, line.note)
    for part in line.lines:
        yield from (f"{line.title or words['one_of']}：{one}" for one in material_in_words(part, words))


def _named(guide: Guide) -> Iterator[str]:
    yield from (guide.name, guide.title if guide.title != guide.name else "", guide.area, guide.summary)
    yield _joined(guide.status, guide.status_note)


def _course(course: Course, words: Words) -> Iterator[tuple[str, Iterable[str]]]:
    case = f"{course.name}：" if course.name else ""
    if case:
        yield course.name, (course.when, course.note)
    yield case + words["conditions"], conditions_in_words(course, words)
    yield case + words["materials"], _materials(course, words)
    yield case + words["steps"], _steps(course, words)
    yield from ((case + label, lines) for label, lines in course.facts)


def conditions_in_words(course: Course, words: Words) -> Iterator[str]:
    """Yield the conditions of a case as lines, those that belong together on one, and who is left out."""
    yield words["anyone"] if course.unconditional else ""
    yield from (_condition(one, words) for one in course.conditions)
    yield from course.condition_notes
    yield from (f"{words['excluded']}：{one}" for one in course.excluded)


def _condition(one: Condition, words: Words) -> str:
    parts = one.all or one.any
    if not parts:
        return one.text
    bound = words["all_of"] if one.all else words["any_of"]
    return f"{one.text or bound}（{'；'.join(_condition(part, words) for part in parts)}）"


def _materials(course: Course, words: Words) -> Iterator[str]:
    yield words["no_materials"] if course.no_materials else ""
    for line in course.materials:
        yield from material_in_words(line, words)
    yield from course.material_notes


def _steps(course: Course, words: Words) -> Iterator[str]:
    yield words["no_steps"] if course.no_steps else ""
    yield from map(_step, course.steps)


def _step(step: StepLine) -> str:
    exits = (f"{one.when}：{'，'.join(part for part in (one.text, one.goes_to) if part)}" for one in step.exits)
    told = _joined(step.do, step.detail, *step.items, *step.facts, step.question, *exits, step.goes_to)
    return f"{step.number}. {step.actor}：{told}"


def _place(place: PlaceInWords) -> Iterator[str]:
    yield _joined(place.name, place.window, place.address, place.traffic, place.hours, *map(_call, place.calls))
    yield from (place.note, place.remark)
    yield from (_joined(name, address, *map(_call, calls)) for name, address, calls in place.branches)


def _call(call: Call) -> str:
    return _joined(call.shown, call.label, call.hours)


def _depth(guide: Guide) -> Iterator[str]:
    yield from ("；".join(f"{level}{actions}" for level, actions in route) for route in guide.depth)


def _grounds(guide: Guide, words: Words) -> Iterator[str]:
    yield words["no_basis"] if guide.no_grounds else ""
    yield from (_joined(one.title, one.number, one.article, one.status, one.quote) for one in guide.grounds)


def _more(guide: Guide, words: Words) -> Iterator[str]:
    yield _joined(guide.department, *guide.offices)
    yield from (_joined(role, name, note) for name, role, note in guide.units)
    yield from (f"{label}：{text}" for label, text in (*guide.facts, *guide.office_facts))
    yield from (_joined(question, answer) for question, answer in guide.faq)
    if guide.supervision:
        unit, calls = guide.supervision
        yield _joined(words["supervision"], unit, *map(_call, calls))


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)
