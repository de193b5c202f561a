"""The lists of several items as one, and apart again.

A line merges with another only where both ask for the same paper of the same person, with the same seals, from the same
office. Choices merge where they offer the same. What is asked under an open condition stands beside the total, never in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain

from builder.content.fields import Absence, listed
from builder.content.model.companions import LibraryMaterial
from builder.content.model.materials import Form, MaterialGroup, Whose, in_order
from builder.content.model.quantities import Duration
from builder.merge.counting import Total, total_of
from builder.merge.keys import Keys, fitting
from builder.merge.needs import Answers, Chosen, Line, Need, OneOf, Option, Records, in_path_order, needs_of, plain


class Sort(IntEnum):
    """What kind of paper it is, in the order in which one gets them ready."""

    CERTIFICATE = 0
    COPY = 1
    PROOF = 2
    PHOTO = 3
    FORM = 4
    RECEIPT = 5


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to bring. `key` tells it from all others of a bundle and stays the same whatever else is chosen. `parts` are the lines that ask for it, those first that count; `open` hang on a condition.

    `name` is that of the library, or else what the items call it. `person` is whose it is, "" if not said; it is `unclear`
    where that can be mistaken. `lasting` papers are shown and given back. `issued_by` is the number of the item of which it
    is the result, 0 if none: it cannot and need not be there before. `held_by` are the items that keep it for a while.
    """

    key: str
    ref: str
    name: str
    person: str
    parts: tuple[Line, ...]
    open: tuple[Line, ...]
    lasting: bool
    sort: Sort
    unclear: bool = False
    issued_by: int = 0
    held_by: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines that ask for it, as the items have them."""
        return tuple(sorted((*self.parts, *self.open), key=_in_order))

    @property
    def total(self) -> Total:
        """How many are needed in any case."""
        return total_of(self.parts, given_back=self.lasting)

    @property
    def validity(self) -> Duration | None:
        """How recent it may be at most: the shortest that a line states; else how long it must last, the longest."""
        stated = [line.material.validity for line in self.lines if line.material.validity]
        recent = [one for one in stated if one.has_end]
        found: Duration | None = None
        for one in recent or stated:
            if found is None or (found.is_longer_than(one) if recent else one.is_longer_than(found)):
                found = one
        return found


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a choice: the papers that it takes, and the choices in it."""

    title: str
    whens: tuple[str, ...]
    notes: tuple[tuple[int, str], ...]
    papers: tuple[Paper, ...]
    choices: tuple[Alternatives, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A choice: one of the `options` is enough. `parts` are the choices of the items, which offer the same.

    `whens` are the open conditions under which it is asked at all. `met_by` is the position of an option all papers of
    which are needed in any case, None if there is none; `takes_more` of them than are needed otherwise, as where one wants
    a copy of what is handed in elsewhere.
    """

    title: str
    whens: tuple[str, ...]
    options: tuple[Alternative, ...]
    parts: tuple[OneOf, ...]
    met_by: int | None = None
    takes_more: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """What to bring for the chosen items together.

    `shared` are papers that nobody brings, because offices get them from each other. `notes` are what an item says of its
    whole list or of a group in it: the number of the item, the title of the group, and the note. `unsaid` are the numbers of items that do not say what to bring, `nothing` of those for
    which one brings nothing, `cases_open` of those with a list of which no case was chosen. `places` says by number where one hands in.
    """

    papers: tuple[Paper, ...]
    choices: tuple[Alternatives, ...]
    shared: tuple[Line, ...]
    notes: tuple[tuple[int, str, str], ...]
    numbers: tuple[int, ...]
    unsaid: tuple[int, ...]
    nothing: tuple[int, ...]
    cases_open: tuple[int, ...]
    places: tuple[tuple[int, tuple[str, ...]], ...]


def bundle_of(chosen: Sequence[Chosen], answers: Answers, records: Records, people: Sequence[str] = ()) -> Bundle:
    """Return what to bring for the `chosen` items, in the order in which they are done.

    `records` gives libraries and places, as `RenderContext` does. `people` are the names of all people of the event: where
    there are several, a certificate of which no guide says whose it is is told as unclear.
    """
    needs = [need for one in chosen for need in needs_of(one, answers, records)]
    shared = tuple(need for need in needs if isinstance(need, Line) and need.shared)
    keys = Keys(records, several=len(people) > 1)
    papers, choices = _combined([need for need in needs if need not in shared], keys)
    papers = tuple(_told(paper, papers, chosen, keys) for paper in papers)
    stated = [one for one in chosen if one.is_stated()]
    asked = {need.number for need in needs}
    return Bundle(
        papers=tuple(sorted(papers, key=lambda paper: paper.sort)),
        choices=tuple(_met(choice, papers) for choice in choices),
        shared=shared,
        notes=tuple(chain.from_iterable(_notes(one) for one in chosen)),
        numbers=tuple(one.number for one in chosen),
        unsaid=tuple(one.number for one in chosen if one not in stated),
        nothing=tuple(one.number for one in stated if one.number not in asked),
        cases_open=tuple(one.number for one in chosen if one.item.variants and not one.variant and one.number in asked),
        places=tuple((one.number, one.places(records)) for one in chosen),
    )


def needs_in(bundle: Bundle, number: int) -> tuple[Need, ...]:
    """Return what the item with this number asks for, as `needs_of` has it: the bundle taken apart."""
    lines = (line for paper in bundle.papers for line in paper.lines)
    choices = (part for choice in bundle.choices for part in choice.parts)
    needs: Iterable[Need] = chain(lines, choices, bundle.shared)
    return tuple(sorted((need for need in needs if need.number == number), key=in_path_order))


def told_beside(bundle: Bundle, whens: Collection[str]) -> Bundle:
    """Return a bundle for a list beside which it is told where each item is done, and whether it is done at all.

    `whens` are the conditions that are told there. What is counted stays as it was; the bundle cannot be taken apart any more.
    """
    return replace(
        bundle,
        papers=tuple(_paper_beside(paper, whens) for paper in bundle.papers),
        choices=tuple(_choice_beside(choice, whens) for choice in bundle.choices),
        places=(),
    )


def _paper_beside(paper: Paper, whens: Collection[str]) -> Paper:
    parts, hanging = (
        tuple(replace(line, whens=_without(line.whens, whens)) for line in lines) for lines in (paper.parts, paper.open)
    )
    return replace(paper, parts=parts, open=hanging)


def _choice_beside(choice: Alternatives, whens: Collection[str]) -> Alternatives:
    options = (
        replace(
            option,
            papers=tuple(_paper_beside(paper, whens) for paper in option.papers),
            choices=tuple(_choice_beside(inner, whens) for inner in option.choices),
        )
        for option in choice.options
    )
    return replace(choice, whens=_without(choice.whens, whens), options=tuple(options))


def _without(conditions: Iterable[str], told: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in conditions if one not in told)


# --- Which lines are one paper ---------------------------------------------------------------------------------------


def _combined(needs: Iterable[Need], keys: Keys) -> tuple[tuple[Paper, ...], tuple[Alternatives, ...]]:
    """Return needs as papers and choices, each in the order in which it comes first."""
    lines: dict[tuple[str, ...], list[Line]] = {}
    choices: dict[Hashable, list[OneOf]] = {}
    for need in needs:
        if isinstance(need, OneOf):
            choices.setdefault(keys.of_choice(need), []).append(need)
        else:
            lines.setdefault(fitting(need, keys.of_paper(need), lines), []).append(need)
    papers = tuple(_paper(key, some, keys) for key, some in lines.items())
    return papers, tuple(_choice(some, keys) for some in choices.values())


# --- What they are together ------------------------------------------------------------------------------------------


def _paper(key: tuple[str, ...], lines: Sequence[Line], keys: Keys) -> Paper:
    first = lines[0]
    names = {line.name for line in lines}
    ref = first.material.ref or ""
    lasting = any(map(keys.is_lasting, lines))
    return Paper(
        key=" ".join(key),
        ref=ref,
        name=keys.records.get(LibraryMaterial, ref).name if ref and len(names) > 1 else first.name,
        person=first.person,
        parts=tuple(line for line in lines if line.is_asked_of_all),
        open=tuple(line for line in lines if not line.is_asked_of_all),
        lasting=lasting,
        sort=_sort(lines, lasting=lasting),
    )


_RECEIPT = re.compile("票据|收据|发票|单据|处方|底方|清单|明细|结算单|费用单|分割单|小结|病案|病历|凭证")


def _sort(lines: Sequence[Line], *, lasting: bool) -> Sort:
    forms = {form for line in lines for form in line.material.asked}
    if Form.FORM in forms:
        return Sort.FORM
    if Form.PHOTO in forms or (Form.ELECTRONIC in forms and "照" in lines[0].name):
        return Sort.PHOTO
    if all(set(line.material.asked) == {Form.COPY} for line in lines):
        return Sort.COPY
    if lasting:
        return Sort.CERTIFICATE
    return Sort.RECEIPT if _RECEIPT.search(lines[0].name) else Sort.PROOF


def _choice(parts: Sequence[OneOf], keys: Keys) -> Alternatives:
    """Return choices that offer the same as one, in the order of the first."""
    first = parts[0]
    options = []
    for at, key in enumerate(of_options := keys.of_options(first)):
        nth = of_options[:at].count(key)
        same = [_nth_option(part, key, nth, keys) for part in parts]
        papers, choices = _combined((need for _, option in same for need in option.needs), keys)
        notes = tuple((number, option.note) for number, option in same if option.note)
        options.append(Alternative(first.options[at].title, first.options[at].whens, notes, papers, choices))
    return Alternatives(first.title, first.whens, tuple(options), tuple(parts))


def _nth_option(choice: OneOf, key: Hashable, nth: int, keys: Keys) -> tuple[int, Option]:
    """Return the option of a choice that has this key; of several that have it, the one at the same place among them."""
    same = [one for one, its in zip(choice.options, keys.of_options(choice), strict=True) if its == key]
    return choice.number, same[min(nth, len(same) - 1)]


def _told(paper: Paper, papers: Iterable[Paper], chosen: Sequence[Chosen], keys: Keys) -> Paper:
    """Return a paper with what the other papers and items tell of it."""
    same = [other for other in papers if other is paper or (paper.ref and other.ref == paper.ref)]
    maybe = [other for other in same if other.person == paper.person or not (other.person and paper.person)]
    return replace(
        paper,
        unclear=not paper.person and (any(other.person for other in same) or (keys.several and paper.lasting)),
        issued_by=_issued_by(paper, chosen),
        held_by=tuple(sorted({line.number for other in maybe for line in other.lines if line.material.held})),
    )


def _issued_by(paper: Paper, chosen: Sequence[Chosen]) -> int:
    """Return the number of the item whose result a paper is, 0 if all have to have it before."""
    first = min((line.number for line in paper.parts or paper.open), default=0)
    for one in chosen:
        results = {output.ref for output in one.outputs}
        if one.number < first and not one.when and paper.ref and paper.ref in results:
            if paper.person in ("", one.person(Whose.SELF)):
                return one.number
    return 0


def _met(choice: Alternatives, papers: Iterable[Paper]) -> Alternatives:
    """Return a choice with the option that other lists meet."""
    there = {(paper.ref or plain(paper.name), paper.person): paper for paper in papers if paper.parts}
    for at, option in enumerate(choice.options):
        own = {(paper.ref or plain(paper.name), paper.person): paper for paper in option.papers}
        if not option.choices and own.keys() <= there.keys():
            return replace(choice, met_by=at, takes_more=any(_adds(paper, there[key]) for key, paper in own.items()))
    return choice


def _adds(paper: Paper, there: Paper) -> bool:
    """Tell whether a paper takes more originals, copies or the like than the same that is there anyway."""
    together = total_of((*there.parts, *paper.lines), given_back=there.lasting)
    return together._replace(unknown=()) != there.total._replace(unknown=())


def _notes(chosen: Chosen) -> Iterator[tuple[int, str, str]]:
    """Yield what an item says of its list and of the groups in it, each with the title of the group."""
    found = chosen.variant
    with_own = not found or ("materials" not in found[1].replaces and not isinstance(found[1].materials, Absence))
    parts = (*([chosen.item] if with_own else []), *([found[1]] if found else chosen.item.variants))
    for part in parts:
        for placed in in_order(listed(part.materials)):
            if isinstance(placed.entry, MaterialGroup) and placed.entry.note and not _in_choice(placed.around):
                yield chosen.number, placed.entry.group, placed.entry.note
        yield from ((chosen.number, "", note) for note in part.materials_notes)


def _in_choice(around: Iterable[object]) -> bool:
    return any(not isinstance(one, MaterialGroup) for one in around)


def _in_order(line: Line) -> tuple[int, tuple[tuple[str, int], ...]]:
    return line.number, in_path_order(line)
