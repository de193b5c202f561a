"""Where an item names materials, laws and forms, in brief: one trace for each place, for the pages that look from there.

What an item asks people to bring, as one reads it on its guide, is in `builder.content.brought`.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from builder.content.fields import listed
from builder.content.model.item import Item, Procedure
from builder.content.model.materials import AnyOf, Material, MaterialSource, in_order


class Need(NamedTuple):
    """A place that asks for a material of the library.

    `case` is the name of the case, "" for the whole item; `groups` the headings around it; `name` what it is called there,
    "" where that is its name in the library. `asked` and `number` are those of the `Material`; forms and `whose` are
    values of closed lists. `pages` are those to copy, `when` holds the conditions of the groups around it and its own. `shared` says that
    offices get it from each other; None leaves that to the library.
    """

    ref: str
    case: str
    groups: tuple[str, ...]
    name: str
    whose: str
    asked: tuple[tuple[str, int | None], ...]
    number: int | None
    pages: tuple[str, ...]
    when: tuple[str, ...]
    one_of: bool
    optional: bool
    shared: bool | None


class Gift(NamedTuple):
    """A place that gives a paper or card of the library."""

    ref: str
    case: str
    name: str


class Citation(NamedTuple):
    """A place that cites a law of the library."""

    ref: str
    case: str
    article: str


class Blank(NamedTuple):
    """A form that is to be filled: of the library (`ref`), or with a title of its own."""

    ref: str
    case: str
    title: str
    where: str
    file: str
    sample: str


class Traces(NamedTuple):
    """All traces of one item, in the order in which the item has them."""

    needs: tuple[Need, ...] = ()
    gifts: tuple[Gift, ...] = ()
    citations: tuple[Citation, ...] = ()
    blanks: tuple[Blank, ...] = ()


NONE = Traces()

KINDS = (Need, Gift, Citation, Blank)  # as in `Traces`
Trace = Need | Gift | Citation | Blank

# The traces of one item as lists are planned with them, of each kind: for each record that it names its id, and the traces,
# packed. Equal traces are equal bytes, so they are compared and counted unread. Forms are not told apart: their id is "".
ByRecord = tuple[tuple[tuple[str, bytes], ...], ...]

T = TypeVar("T", bound=Trace)


def traces_of(item: Item) -> Traces:
    """Return the traces of `item`."""
    parts = [(item, ""), *((variant, variant.name) for variant in item.variants)]
    return Traces(
        tuple(need for part, case in parts for need in _needs(part, case)),
        tuple(
            Gift(output.ref, case, output.name) for part, case in parts for output in listed(part.outputs) if output.ref
        ),
        tuple(Citation(one.law, case, one.article) for part, case in parts for one in listed(part.legal) if one.law),
        tuple(
            Blank(form.ref or "", case, form.title, form.where, form.file, form.sample)
            for part, case in parts
            for form in listed(part.forms)
        ),
    )


def _needs(part: Procedure, case: str) -> Iterator[Need]:
    for material, around, _ in in_order(listed(part.materials)):
        if isinstance(material, Material) and material.ref:
            yield Need(
                material.ref,
                case,
                tuple(group.title for group in around if group.title),
                material.name,
                material.whose.value if material.whose else "",
                tuple((form.value, n) for form, n in material.asked.items()),
                material.number,
                material.pages,
                tuple(one.when for one in (*around, material) if one.when),
                any(isinstance(group, AnyOf) for group in around),
                material.optional,
                material.source is MaterialSource.SHARED if material.source else None,
            )


def packed(traces: Traces) -> bytes:
    """Return traces as bytes, by which a card keeps them; b"" for none. Equal traces are equal bytes."""
    if traces == NONE:
        return b""
    needs, gifts, citations, blanks = traces
    named = [_by_record((one.ref, one) for one in some) for some in (needs, gifts, citations)]
    return zlib.compress(marshal.dumps((*named, _by_record(("", one) for one in blanks)), 2))


def _by_record(traces: Iterable[tuple[str, tuple[Any, ...]]]) -> tuple[tuple[str, bytes], ...]:
    grouped: dict[str, list[tuple[Any, ...]]] = {}
    for id, trace in traces:
        grouped.setdefault(id, []).append(tuple(trace))
    return tuple((id, marshal.dumps(some, 2)) for id, some in grouped.items())


def by_record(data: bytes) -> ByRecord:
    """Return what was packed, by the records that the item names."""
    return marshal.loads(zlib.decompress(data)) if data else ((),) * len(KINDS)


def traces_in(kind: type[T], data: bytes) -> tuple[T, ...]:
    """Return the traces of one record, which are of this kind."""
    return tuple(kind(*one) for one in marshal.loads(data))


def unpacked(data: bytes) -> Traces:
    """Return what was packed; traces of the same record are next to each other."""
    needs, gifts, citations, blanks = by_record(data)
    return Traces(_all(Need, needs), _all(Gift, gifts), _all(Citation, citations), _all(Blank, blanks))


def _all(kind: type[T], some: Iterable[tuple[str, bytes]]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(traces_in(kind, data) for _, data in some))
