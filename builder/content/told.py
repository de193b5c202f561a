"""What a guide tells: the texts of an item by which the search finds it where its names do not answer.

They are the editor's own words, without labels. Left out are what staff alone may see, telephone numbers and addresses.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from builder.content.fields import listed
from builder.content.model.item import Condition, Item, Procedure, Time, Variant
from builder.content.model.materials import Material, in_order
from builder.content.model.steps import Step, Visibility

LONGEST = 120  # characters of a text; a longer one ends after a clause

SHORTEST_PHONE = 7
_PHONE = re.compile(r"(?<![\d〔])(?:\d[\d -]{5,}\d|\(0\d{2,3}\)\s*\d{7,8})(?![\d元万亿])")
_CLAUSE = re.compile(r".*[，。；：！？、）]", re.DOTALL)
_BREAK = re.compile(r"\s*\n\s*")
_MARKUP = re.compile(
    r"^[ :|-]+$|^ *(?:#{1,6}|[-*+>]|\d+[.)]) +|[*`|\\]+|!?\[|\]\([^)]*\)|<[^>]*>", re.MULTILINE
)  # a line below the head of a table; what begins a line; what stands around words, the address of a link


class Told(NamedTuple):
    """The texts of an item.

    `things` are the names of what it asks for and rests on: materials with what is said of them, forms, fees, entrances,
    laws. `who` says whom it is for, and whom not. `gets` says what one gets. `how` says how it goes.
    """

    things: tuple[str, ...]
    who: tuple[str, ...]
    gets: tuple[str, ...]
    how: tuple[str, ...]


def told_of(item: Item) -> Told:
    """Return what the guide of `item` tells, without what stands in the libraries.

    Left out is what stands in one of its names, in a text that the search weighs more, or in one before it.
    """
    before = _Before((item.name, item.title, *item.aliases))
    things, gets = before.others(_things(item)), before.others(_gets(item))
    before.add(item.summary)
    who, how = before.others(_who(item)), before.others(_how(item))
    return Told(things, who, gets, how)


class _Before:
    """The texts that came before."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = "\n".join(texts)

    def add(self, text: str) -> None:
        self._texts += f"\n{text}"

    def others(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return those of `texts` that do not stand in one before them, as one line each."""
        return tuple(self._others(map(_plain, filter(None, texts))))

    def _others(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            if text not in self._texts:
                self.add(text)
                yield text


def pack(told: Told) -> bytes:
    """Return the texts as bytes. Equal texts are equal bytes, since version 2 of marshal writes each in full."""
    return marshal.dumps(tuple(told), 2)


def unpack(data: bytes) -> Told:
    """Return the texts that were packed."""
    return Told._make(marshal.loads(data))


def _plain(text: str) -> str:
    """Return a text as one line without telephone numbers, which ends after a clause if it is long."""
    line = text
    if "\n" in line:
        line = _BREAK.sub(" ", line)
    if len(line) >= SHORTEST_PHONE:
        line = _PHONE.sub("", line)
    line = line.strip(" 。；")
    if len(line) <= LONGEST:
        return line
    clause = _CLAUSE.match(line[:LONGEST])
    return clause[0][:-1] if clause else line[:LONGEST]


def _things(item: Item) -> Iterator[str]:
    for part in item.parts:
        for placed in in_order(listed(part.materials)):
            if isinstance(placed.entry, Material):
                yield from _material(placed.entry)
            else:
                yield from (placed.entry.title, placed.entry.note)
        yield from (online.name for online in part.online)
        yield from (form.title for form in listed(part.forms))
        yield from (fee.name for fee in listed(part.fees))
        yield from (basis.text for basis in listed(part.legal))


def _material(material: Material) -> Iterator[str]:
    yield material.name
    yield "、".join(material.pages)
    yield material.promise if isinstance(material.promise, str) else ""
    yield from (material.issuer, material.note)


def _who(item: Item) -> Iterator[str]:
    for part in item.parts:
        if isinstance(part, Variant):
            yield from (part.name, part.when, part.note)
        yield from _conditions(listed(part.eligibility))
        yield from part.excluded
        yield from part.eligibility_notes
        yield from (placed.entry.when for placed in in_order(listed(part.materials)))
        yield from (benefit.who for benefit in part.benefits)
        yield from (period.who for period in part.windows)
        for fee in listed(part.fees):
            yield from (fee.who, fee.when, *(reduction.who for reduction in fee.reductions))


def _conditions(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        yield condition.text
        yield from _conditions((*condition.all, *condition.any))


def _gets(item: Item) -> Iterator[str]:
    for part in item.parts:
        for output in listed(part.outputs):
            yield from (output.name, *(validity.who for validity in output.validity), output.note)
        for benefit in part.benefits:
            amount = "" if benefit.amount is None else f"{benefit.amount:f}"
            yield from (benefit.name, amount, benefit.of, benefit.cap, benefit.note)
        for table in part.tables:
            yield from (table.title, *table.columns, *(cell for row in table.rows for cell in row), table.note)
        yield from part.effects
        yield from (period.pays for period in part.windows)
        for delivery in part.delivery:
            yield from (delivery.bring, delivery.note)


def _how(item: Item) -> Iterator[str]:
    for part in item.parts:
        for step in listed(part.steps):
            if step.visibility is Visibility.PUBLIC:
                yield from _step(step)
        yield from part.materials_notes
        yield from _notes(part)
    yield from (item.renewal.rule if item.renewal else "", item.scope, item.obligations)
    yield from (text for question in item.faq for text in (question.q, question.a))
    yield from _MARKUP.sub(" ", item.body).split("\n")


def _step(step: Step) -> Iterator[str]:
    for work in step.works:
        yield from (work.do, work.document)
    yield from (step.detail, *step.items, step.question)
    for branch in step.branches:
        yield from (branch.when, branch.text, branch.document)


def _notes(part: Procedure) -> Iterator[str]:
    if isinstance(part.time, Time):
        yield from (part.time.note, *part.time.excludes)
    for fee in listed(part.fees):
        yield from (fee.note, *(band.what for band in fee.bands), *(reduction.text for reduction in fee.reductions))
    for period in part.windows:
        yield from (period.for_, period.note)
    for stated in (part.visits, part.appointment, part.coverage, *part.online):
        yield stated.note if stated else ""
