"""The documents that content was written after, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from builder.content.model.companions import Source
from builder.content.model.references import Provenance
from builder.context import RenderContext, Words
from builder.wording.joining import in_clauses, joined, with_note


@dataclass(frozen=True, slots=True)
class Sources:
    """A line for each document, and whether what was written after them is a sample only."""

    lines: tuple[str, ...] = ()
    sample: bool = False


def sources_of(provenance: Iterable[Provenance], context: RenderContext) -> Sources:
    """Return the documents, each once, with where in them."""
    places: dict[str, list[str]] = {}
    for one in provenance:
        places.setdefault(one.source, []).append(one.at)
    sources = {id: context.get(Source, id) for id in places}
    lines = tuple(
        _titled(source, context.words) + in_clauses(places[id], context.words) for id, source in sources.items()
    )
    return Sources(lines, any(source.sample for source in sources.values()))


def _titled(source: Source, words: Words) -> str:
    """Return the title with publisher and year. A publisher that the title names is not named again."""
    publisher = "" if source.publisher in source.title else source.publisher
    title = words["title_of_document"].format(title=source.title)
    return with_note(title, joined((publisher, source.year), words), words)
