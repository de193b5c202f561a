"""Explanations of difficult words, each shown where the word first occurs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from builder.content.model.companions import Glossary
from builder.content.model.item import Condition
from builder.content.model.materials import in_order
from builder.guide.course import Course
from builder.guide.flowchart import StepLine
from builder.guide.material_lines import MaterialBlock, MaterialLine

# Words and their meanings, by the condition, the name of the material or the doing of the step below which they stand.
Glosses: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]

_NAME = re.compile(r"《[^》]*》")  # the name of a paper is what is printed on it, not a word to understand


def glosses_of(common: Course, variants: Iterable[Course], glossary: Glossary) -> Glosses:
    """Return the glossary words that a guide uses, in the order of the page, with each meaning only once."""
    told: set[str] = set()
    glosses: dict[str, tuple[tuple[str, str], ...]] = {}
    for line, text in _lines(common, tuple(variants)):
        for word in glossary.pattern.findall(_NAME.sub("", text)):
            meaning = glossary.meanings[word]
            if meaning not in told:
                told.add(meaning)
                glosses[line] = (*glosses.get(line, ()), (word, meaning))
    return glosses


def _lines(common: Course, variants: tuple[Course, ...]) -> Iterator[tuple[str, str]]:
    """Yield each line with all its text, in the order of the page."""
    yield from _conditions(common)
    for course in (common, *variants):
        yield from _materials(course.materials)
    yield from _steps(common.steps)
    for course in variants:
        yield from _conditions(course)
        yield from _steps(course.steps)


def _conditions(course: Course) -> Iterator[tuple[str, str]]:
    for one in course.conditions:
        yield from ((text, text) for text in _texts(one))
    yield from ((text, text) for text in course.excluded)


def _texts(one: Condition) -> Iterator[str]:
    yield one.text
    for part in one.all or one.any:
        yield from _texts(part)


def _materials(lines: Iterable[MaterialLine | MaterialBlock]) -> Iterator[tuple[str, str]]:
    for line in (placed.entry for placed in in_order(lines)):
        if isinstance(line, MaterialLine):
            yield line.name, "\n".join((line.name, line.when, *line.details, *line.help))


def _steps(lines: Iterable[StepLine]) -> Iterator[tuple[str, str]]:
    for step in lines:
        yield step.do, "\n".join((step.do, step.detail, *step.items, *(work.do for work in step.works), *step.facts))
