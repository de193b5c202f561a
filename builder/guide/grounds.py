"""What the item rests on: laws and policy documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.model.companions import Law, LawStatus
from builder.content.model.item import Basis, Procedure
from builder.context import RenderContext
from builder.wording.choices import choice_in_words


@dataclass(frozen=True, slots=True)
class Ground:
    """One legal basis: title with its number, article, quote, and what is known of its force."""

    title: str
    number: str = ""
    article: str = ""
    quote: str = ""
    status: str = ""
    url: str = ""


def grounds_of(procedure: Procedure, context: RenderContext) -> Iterator[Ground]:
    """Yield the legal basis of an item or a variant."""
    yield from (ground_of(basis, context) for basis in procedure.legal) if isinstance(procedure.legal, tuple) else ()


def ground_of(basis: Basis, context: RenderContext) -> Ground:
    """Return one legal basis; a law whose force is not known is shown without a word on it."""
    if not basis.law:
        return Ground(basis.text, article=basis.article, quote=basis.quote)
    law = context.get(Law, basis.law)
    status = "" if law.status in (LawStatus.UNKNOWN, LawStatus.IN_FORCE) else choice_in_words(law.status, context.words)
    return Ground(
        context.words["title_of_document"].format(title=law.title),
        law.number,
        basis.article,
        basis.quote,
        status,
        law.url,
    )
