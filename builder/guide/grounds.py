"""What the item rests on: laws and policy documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from builder.content.card import Card
from builder.content.fields import listed
from builder.content.model.companions import Law, LawStatus
from builder.content.model.item import Basis, Procedure
from builder.content.model.kinds import Key, key
from builder.content.site import Site
from builder.context import RenderContext
from builder.wording.choices import choice_in_words
from builder.wording.joining import in_clauses, joined
from builder.wording.times import day


class Ground(NamedTuple):
    """One legal basis: title with its number, article, quote, and what is known of its force.

    `law` is its id, "" where it is not in the library. `published` is the number with who issued it and when. Of a law that is no longer in force `since` tells by what it
    was replaced and how that is known, `checked` when that was looked up.
    """

    title: str
    number: str = ""
    published: str = ""
    article: str = ""
    quote: str = ""
    status: str = ""
    url: str = ""
    since: str = ""
    checked: str = ""
    law: str = ""


def grounds_of(procedure: Procedure, context: RenderContext) -> Iterator[Ground]:
    """Yield the legal basis of an item or a variant."""
    yield from (ground_of(basis, context) for basis in listed(procedure.legal))


def ground_of(basis: Basis, context: RenderContext) -> Ground:
    """Return one legal basis; a law whose force is not known is shown without a word on it."""
    if not basis.law:
        return Ground(basis.text, article=basis.article, quote=basis.quote)
    law = context.get(Law, basis.law)
    ended = _ended(law)
    words = context.words
    issuer = "" if law.issuer in law.title + law.number else law.issuer  # which says it already
    return Ground(
        title=basis.text or words["title_of_document"].format(title=law.title),
        number=law.number,
        published=joined((issuer, law.number, day(law.issued, words)), words),
        article=basis.article,
        quote=basis.quote,
        status=choice_in_words(law.status, words) if ended else "",
        url=law.url,
        since=in_clauses((_replaced_by(law, context), law.status_source), words) if ended else "",
        checked=day(law.status_date, words) if ended else "",
        law=basis.law,
    )


def successors(card: Card, site: Site) -> Iterator[Key]:
    """Yield the laws that replaced those on which an item rests, since its guide names them."""
    for law in (site.find(Law, id) for id in card.ids_of(Law)):
        if law and law.replaced_by and _ended(law):
            yield key(Law, law.replaced_by)


def _ended(law: Law) -> bool:
    return law.status in (LawStatus.REPLACED, LawStatus.REPEALED)


def _replaced_by(law: Law, context: RenderContext) -> str:
    if not law.replaced_by:
        return ""
    return context.words["law_replaced_by"].format(title=context.get(Law, law.replaced_by).title)
