"""Rules about content, one module per family. A module has `RULES` and a function that yields their findings.

`check_item` needs only one item; `check_texts` the plain values of one file; `check_site` the whole site.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.checks import (
    files,
    materials,
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
    *materials.RULES,
    *relations.RULES,
    *terms.RULES,
    *files.RULES,
    *search_names.RULES,
    *printed_papers.RULES,
)


def check_item(item: Item, raw: Raw, file: str) -> Iterator[Finding]:
    """Yield the findings about one item. `raw` are its plain values, `file` is its path."""
    for family in (step_flow, time, variants, wording, materials):
        yield from family.check_item(item, file)
    yield from wording.check_texts(raw, file)


def check_site(site: Site) -> Iterator[Finding]:
    """Yield the findings about relations between the files of a site."""
    for family in (relations, terms, materials):
        yield from family.check_site(site)
