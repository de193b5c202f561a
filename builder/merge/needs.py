"""What one item asks for, line by line, after the answers that are known: the input of merging.

A group dissolves: what it says of all in it goes to each line. A choice of which one alternative is left is no choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol, TypeVar

from builder.content.fields import Absence, Record, listed
from builder.content.model.companions import LibraryForm, LibraryMaterial, Place
from builder.content.model.item import ONLINE_CHANNELS, Channel, FormFile, Item, Output, Procedure, Variant
from builder.content.model.materials import (
    AnyOf,
    Copies,
    Form,
    Material,
    MaterialEntry,
    MaterialGroup,
    MaterialSource,
    Whose,
    in_order,
)
from builder.support.diagnostics import KeyPath
from builder.wording.conditions import is_of_some

R = TypeVar("R", bound=Record)
OR = "\n"  # between conditions of which any one is enough


class Records(Protocol):
    """Where the records are to which items refer."""

    def get(self, record: type[R], id: str) -> R:
        """Return the record of this type with this id."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item of an event: its number there, from 1, and how it was chosen.

    `case` is the id of its case, "" where none was chosen. `when` is the answer on which the item hangs as long as nobody
    gave it, such as 有残疾人证的. `people` says who in the event somebody in the guide is, by any name of `Whose`: 本人 is 孩子.
    """

    number: int
    item: Item
    case: str = ""
    when: str = ""
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def variant(self) -> tuple[int, Variant] | None:
        """The chosen case with its position, None where none is chosen."""
        return next(((at, one) for at, one in enumerate(self.item.variants) if one.id == self.case), None)

    @property
    def part(self) -> Procedure:
        """The chosen case, or the whole item."""
        return self.variant[1] if self.variant else self.item

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What one gets: what the case states, else the item."""
        stated = self.part.outputs
        return listed(self.item.outputs if stated is None else stated)

    def is_stated(self) -> bool:
        """Tell whether it is known what to bring."""
        parts = (self.item, self.part) if self.variant else self.item.parts
        return any(part.materials is not None for part in parts) or bool(listed(self.part.forms))

    def person(self, whose: Whose | None) -> str:
        """Return who in the event it is, "" where the guide does not say whose."""
        if whose is None:
            return ""
        names = (whose.label, *whose.other_names, whose.value)
        return next((self.people[name] for name in names if name in self.people), whose.label)

    @property
    def channels(self) -> frozenset[Channel]:
        """By what ways one can apply: what the case states, else the item."""
        return frozenset(self.part.channels or self.item.channels)

    @property
    def is_online(self) -> bool:
        """Whether it can be done online."""
        return bool(self.part.online) or not self.channels.isdisjoint(ONLINE_CHANNELS)

    @property
    def is_done_at_home(self) -> bool:
        """Whether it is done online only, and no place is stated for just that."""
        return self.is_online and self.channels <= {*ONLINE_CHANNELS, Channel.PROXY} and not self.part.places

    def places(self, records: Records) -> tuple[str, ...]:
        """Return the names of the places where it is done, () where none is stated, or one does not go there."""
        if self.is_done_at_home:
            return ()
        stated = self.part.places or self.item.places
        return tuple(dict.fromkeys(records.get(Place, at.place).name for at in stated))


class Answers(NamedTuple):
    """What is known of the person: conditions of materials, word for word, that are true, and those that are not."""

    holds: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()

    def open(self, whens: Iterable[str]) -> tuple[str, ...] | None:
        """Return those of some conditions that nobody answered, None where one of them is not true."""
        left = tuple(dict.fromkeys(when for when in whens if when and when not in self.holds))
        return None if any(when in self.fails for when in left) else left


@dataclass(frozen=True, slots=True)
class Line:
    """A paper that an item asks for.

    `name` is what the item calls it, `person` whose it is in the event, "" where that is not said. `whens` are the
    conditions of it and of all around it that are open; `heading` the titles of the groups around it. `file` is the blank
    form that can be downloaded, `given_at` where one gets it.
    """

    number: int
    path: KeyPath
    material: Material
    name: str
    person: str
    whens: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    shared: bool = False
    file: str = ""
    given_at: str = ""

    @property
    def is_asked_of_all(self) -> bool:
        """Whether it counts: it is asked without a condition that is open, and has to be handed in."""
        return not self.material.optional and not any(map(is_of_some, self.whens))


class Option(NamedTuple):
    """One alternative of a choice."""

    title: str
    whens: tuple[str, ...]
    note: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice: one of the options is enough."""

    number: int
    path: KeyPath
    title: str
    note: str
    whens: tuple[str, ...]
    options: tuple[Option, ...]


Need = Line | OneOf


def needs_of(chosen: Chosen, answers: Answers, records: Records) -> tuple[Need, ...]:
    """Return what an item asks for, in the order of `in_path_order`. What an answer excludes is left out."""
    reader = _Reader(chosen, answers, records)
    return tuple(sorted(reader.needs(), key=in_path_order))


def in_path_order(need: Need) -> tuple[tuple[str, int], ...]:
    """Return by what lines of an item are sorted: common ones, those of its cases, and forms last."""
    return tuple(("", part) if isinstance(part, int) else ("~" if part == "forms" else part, 0) for part in need.path)


@dataclass(frozen=True, slots=True)
class _Reader:
    chosen: Chosen
    answers: Answers
    records: Records

    def needs(self) -> Iterator[Need]:
        for path, part, whens in self._parts():
            yield from self._entries(listed(part.materials), (*path, "materials"), (self.chosen.when, *whens), ())
        yield from self._forms()

    def _parts(self) -> Iterator[tuple[KeyPath, Procedure, tuple[str, ...]]]:
        """Yield the lists that hold: key path of the part, the part, and under which condition where no case is chosen."""
        item, found = self.chosen.item, self.chosen.variant
        if found:
            at, case = found
            if "materials" not in case.replaces and not isinstance(case.materials, Absence):
                yield (), item, ()
            yield ("variants", at), case, ()
            return
        others = [case for case in item.variants if "materials" not in case.replaces]
        if len(others) == len(item.variants):
            yield (), item, ()
        elif others:
            yield (), item, (OR.join(map(_when_of, others)),)
        for at, case in enumerate(item.variants):
            yield ("variants", at), case, (_when_of(case),)

    def _entries(
        self, entries: Iterable[MaterialEntry], path: KeyPath, whens: tuple[str, ...], heading: tuple[str, ...]
    ) -> Iterator[Need]:
        for index, entry in enumerate(entries):
            yield from self._entry(entry, (*path, index), (*whens, entry.when), heading)

    def _entry(
        self, entry: MaterialEntry, path: KeyPath, whens: tuple[str, ...], heading: tuple[str, ...]
    ) -> Iterator[Need]:
        if (left := self.answers.open(whens)) is None:
            return
        if isinstance(entry, Material):
            yield self._line(entry, path, left, heading)
        elif isinstance(entry, MaterialGroup):
            yield from self._entries(entry.materials, (*path, "materials"), whens, (*heading, entry.group))
        else:
            yield from self._choice(entry, path, left, heading)

    def _choice(self, entry: AnyOf, path: KeyPath, whens: tuple[str, ...], heading: tuple[str, ...]) -> Iterator[Need]:
        options = tuple(self._options(entry.any_of, (*path, "any_of"), heading))
        if len(options) == 1:
            (option,) = options
            yield from (_under(need, (*whens, *option.whens)) for need in option.needs)
        elif options:
            yield OneOf(self.chosen.number, path, entry.title, entry.note, whens, options)

    def _options(self, entries: Iterable[MaterialEntry], path: KeyPath, heading: tuple[str, ...]) -> Iterator[Option]:
        for index, entry in enumerate(entries):
            if (left := self.answers.open((entry.when,))) is None:
                continue
            at = (*path, index)
            if isinstance(entry, MaterialGroup):
                needs = tuple(self._entries(entry.materials, (*at, "materials"), (), (*heading, entry.group)))
                yield Option(entry.group, left, entry.note, needs)
            elif isinstance(entry, Material):
                yield Option("", left, "", (self._line(entry, at, (), heading),))
            else:
                yield Option(entry.title, left, "", tuple(self._choice(entry, at, (), heading)))

    def _line(self, material: Material, path: KeyPath, whens: tuple[str, ...], heading: tuple[str, ...]) -> Line:
        library = self._library(material)
        source = material.source or (library.source if library else None)
        person = self.chosen.person(material.whose)
        pages = material.pages
        if material.whose is Whose.SELF and person != Whose.SELF.label:
            pages = tuple(page.replace(Whose.SELF.label, person) for page in pages)
        name = self._name(material)
        shared = source is MaterialSource.SHARED
        return Line(self.chosen.number, path, material, name, person, whens, heading, pages, shared=shared)

    def _library(self, material: Material) -> LibraryMaterial | None:
        return self.records.get(LibraryMaterial, material.ref) if material.ref else None

    def _name(self, material: Material) -> str:
        library = self._library(material)
        return material.name or (library.name if library else "")

    def _forms(self) -> Iterator[Need]:
        """Yield the forms to be filled in that no list of materials names."""
        found = self.chosen.variant
        parts: list[tuple[KeyPath, Procedure, str]] = [((), self.chosen.item, "")]
        if found and found[1].forms is not None:
            parts = [(("variants", found[0]), found[1], "")]
        if not found:
            parts += [(("variants", at), case, _when_of(case)) for at, case in enumerate(self.chosen.item.variants)]
        named = {
            plain(self._name(placed.entry))
            for _, listing, _ in self._parts()
            for placed in in_order(listed(listing.materials))
            if isinstance(placed.entry, Material)
        }
        for path, part, when in parts:
            left = self.answers.open((self.chosen.when, when))
            for index, form in enumerate(listed(part.forms)):
                library = self.records.get(LibraryForm, form.ref) if form.ref else None
                title = form.title or (library.title if library else "")
                if left is not None and plain(title) not in named:
                    named.add(plain(title))
                    yield self._form(form, library, title, (*path, "forms", index), left)

    def _form(
        self, form: FormFile, library: LibraryForm | None, title: str, path: KeyPath, whens: tuple[str, ...]
    ) -> Line:
        material = Material(name=title, form=(Form.FORM,), copies=Copies(original=form.copies) if form.copies else None)
        file = form.file or (library.file if library else "")
        given_at = form.where or (library.where if library else "")
        return Line(self.chosen.number, path, material, title, "", whens, file=file, given_at=given_at)


def _under(need: Need, whens: tuple[str, ...]) -> Need:
    """Return a need under further conditions."""
    more = tuple(dict.fromkeys((*whens, *need.whens)))
    return replace(need, whens=more)


def _when_of(case: Variant) -> str:
    return case.when or case.name


def plain(name: str) -> str:
    """Return a name without spaces and quotes, by which names of papers are compared."""
    return _QUOTES.sub("", name)


_QUOTES = re.compile(r"[\s《》“”\"]")
