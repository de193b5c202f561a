"""What the item rests on: laws and policy documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.model.companions import Law, LawStatus
from builder.model.item import Basis, Procedure
from builder.page import Known


@dataclass(frozen=True, slots=True)
class Ground:
    """One legal basis: title with its number, article, quote, and what is known of its force."""

    title: str
    number: str = ""
    article: str = ""
    quote: str = ""
    status: str = ""
    url: str = ""


def grounds_of(procedure: Procedure, known: Known) -> Iterator[Ground]:
    """Yield the legal basis of an item or a variant."""
    yield from (ground_of(basis, known) for basis in procedure.legal) if isinstance(procedure.legal, tuple) else ()


def ground_of(basis: Basis, known: Known) -> Ground:
    """Return one legal basis; a law whose force is not known is shown without a word on it."""
    if not basis.law:
        return Ground(basis.text, article=basis.article, quote=basis.quote)
    law = known.record("law", basis.law, Law)
    status = "" if law.status in (LawStatus.UNKNOWN, LawStatus.IN_FORCE) else law.status.label
    return Ground(f"《{law.title}》", law.number, basis.article, basis.quote, status, law.url)
