"""Rules about content: one family a module, each with its `RULES` and its `check_item`, `check_texts` or `check_site`."""

from __future__ import annotations

from collections.abc import Iterator

from builder.checks import (
    files,
    printed_papers,
    relations,
    search_names,
    step_flow,
    terms,
    time,
    variants,
    wording,
)
from builder.content.model.item import Item
from builder.content.site import Site
from builder.content.source import Raw
from builder.support.diagnostics import Finding

RULES = (
    *step_flow.RULES,
    *time.RULES,
    *variants.RULES,
    *wording.RULES,
    *relations.RULES,
    *terms.RULES,
    *files.RULES,
    *search_names.RULES,
    *printed_papers.RULES,
)


def check_item(item: Item, raw: Raw, file: str) -> Iterator[Finding]:
    """Yield what is wrong inside an item, whose plain values are `raw`; nothing beyond its `file` is known."""
    for family in (step_flow, time, variants, wording):
        yield from family.check_item(item, file)
    yield from wording.check_texts(raw, file)


def check_site(site: Site) -> Iterator[Finding]:
    """Yield what is wrong between the files of a site."""
    for family in (relations, terms):
        yield from family.check_site(site)
