"""What an item asks people to bring, in brief: what all need, what only some need, and of what one thing is enough."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from builder.content.fields import Absence, listed
from builder.content.model.item import Item, Output, Variant
from builder.content.model.materials import AnyOf, Material, MaterialEntry, MaterialGroup, MaterialSource
from builder.support.diagnostics import KeyPath


class Brought(NamedTuple):
    """A material by its reference or its name.

    `shared` says that offices get it from each other, so that nobody brings it; None leaves that to the library.
    """

    ref: str
    name: str
    shared: bool | None = None


class Asked(NamedTuple):
    """What stands as one thing in a list: a material, a choice of several, or a group that is one alternative of a choice.

    `title` is the heading of a choice or a group. `of_some` says that not everybody brings it.
    """

    materials: tuple[Brought, ...]
    any_of: tuple[Asked, ...] = ()
    title: str = ""
    of_some: bool = False

    @property
    def all_materials(self) -> Iterator[Brought]:
        """The materials of it and of its alternatives."""
        yield from self.materials
        for one in self.any_of:
            yield from one.all_materials


def named_papers(item: Item) -> Iterator[tuple[KeyPath, Material | Output]]:
    """Yield the materials and the results of an item, each with its place."""
    yield from item.placed_materials
    for path, part in item.placed_parts:
        yield from (((*path, "outputs", index), output) for index, output in enumerate(listed(part.outputs)))


def asked_of(item: Item) -> tuple[Asked, ...] | None:
    """Return what is asked in the cases of `item`, each thing once; () if it is nothing, None if that is not known.

    All bring what every case asks of all.
    """
    own = tuple(_asked(listed(item.materials)))
    cases = [tuple(_asked_in_case(own, variant)) for variant in item.variants]
    if len(cases) < 2:  # beside a single case stands the usual one
        cases.append(own)
    things = dict.fromkeys(_asked_of(asked, of_some=False) for asks in (own, *cases) for asked in asks)
    if things:
        of_all = set.intersection(*({asked for asked in asks if not asked.of_some} for asks in cases))
        return tuple(_asked_of(asked, of_some=asked not in of_all) for asked in things)
    stated = (item.materials, *(variant.materials for variant in item.variants))
    return () if any(isinstance(materials, Absence) for materials in stated) else None


def _asked_of(asked: Asked, *, of_some: bool) -> Asked:
    return asked if asked.of_some is of_some else asked._replace(of_some=of_some)


def _asked_in_case(own: Iterable[Asked], variant: Variant) -> Iterator[Asked]:
    if "materials" not in variant.replaces and not isinstance(variant.materials, Absence):
        yield from own
    yield from _asked(listed(variant.materials))


def _asked(entries: Iterable[MaterialEntry], *, of_some: bool = False) -> Iterator[Asked]:
    """Yield entries in brief. A group is flattened."""
    for entry in entries:
        sometimes = of_some or bool(entry.when)
        match entry:
            case Material(optional=optional):
                yield Asked((_brought(entry),), of_some=sometimes or optional)
            case AnyOf(title=title, any_of=some):
                yield Asked((), tuple(map(_alternative, some)), title, sometimes)
            case MaterialGroup(materials=some):
                yield from _asked(some, of_some=sometimes)


def _alternative(entry: MaterialEntry) -> Asked:
    """Return one alternative of a choice. A group counts as a whole."""
    (asked, *others) = _asked((entry,))
    if isinstance(entry, MaterialGroup):
        return Asked(_flat((asked, *others)), title=entry.title)
    return _asked_of(asked, of_some=False)


def _flat(some: Sequence[Asked]) -> tuple[Brought, ...]:
    return tuple(material for asked in some for material in asked.all_materials)


def _brought(material: Material) -> Brought:
    shared = material.source is MaterialSource.SHARED if material.source or not material.ref else None
    return Brought(material.ref or "", material.name, shared)


def packed_asked(some: tuple[Asked, ...] | None) -> bytes:
    """Return the result of `asked_of` as bytes, by which a card keeps it. Equal results are equal bytes.

    It is the largest fact of a card and says the same words again and again, so zlib makes it three times smaller.
    """
    return zlib.compress(marshal.dumps(None if some is None else tuple(map(_plain, some)), 2))


def unpacked_asked(data: bytes) -> tuple[Asked, ...] | None:
    """Return what was packed."""
    some = _unpacked(data)
    return None if some is None else tuple(map(_from_plain, some))


def materials_in(data: bytes) -> Iterator[Brought]:
    """Yield all materials of what was packed, which is faster than to make each `Asked` again."""
    yield from _plain_materials(_unpacked(data) or ())


def _unpacked(data: bytes) -> tuple[Any, ...] | None:
    some: tuple[Any, ...] | None = marshal.loads(zlib.decompress(data))
    return some


def _plain_materials(some: Iterable[Any]) -> Iterator[Brought]:
    for materials, any_of, _, _ in some:
        yield from map(Brought._make, materials)
        yield from _plain_materials(any_of)


def _plain(asked: Asked) -> tuple[Any, ...]:
    return tuple(map(tuple, asked.materials)), tuple(map(_plain, asked.any_of)), asked.title, asked.of_some


def _from_plain(plain: tuple[Any, ...]) -> Asked:
    materials, any_of, title, of_some = plain
    return Asked(tuple(map(Brought._make, materials)), tuple(map(_from_plain, any_of)), title, of_some)
