"""Rules about content, one module per family. A module has `RULES` and a function that yields their findings.

`check_record` needs only one record; `check_item` only an item; `check_site` the whole site, `check_event` the items of an event.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.checks import (
    events,
    fees,
    files,
    links,
    materials,
    moved,
    phones,
    printed_papers,
    privacy,
    proofreading,
    relations,
    search_names,
    step_flow,
    terms,
    time,
    vanished,
    variants,
    whom,
    wording,
)
from builder.checks.proofreading import ALL_SITES, Lexicon
from builder.checks.written import WrittenRecord
from builder.content.fields import Record
from builder.content.model.editions import Register
from builder.content.model.item import Item
from builder.content.site import Site
from builder.content.source import Raw
from builder.support.diagnostics import Finding, KeyPath

RULES = (
    *step_flow.RULES,
    *time.RULES,
    *variants.RULES,
    *whom.RULES,
    *wording.RULES,
    *materials.RULES,
    *fees.RULES,
    *privacy.RULES,
    *proofreading.RULES,
    *relations.RULES,
    *terms.RULES,
    *files.RULES,
    *links.RULES,
    *moved.RULES,
    *vanished.RULES,
    *search_names.RULES,
    *printed_papers.RULES,
    *phones.RULES,
    *events.RULES,
)


def check_record(
    record: Record, raw: Raw, file: str, path: KeyPath = (), lexicon: Lexicon = ALL_SITES
) -> Iterator[Finding]:
    """Yield the findings about one record. `raw` are its plain values, which stand at `path` in `file`.

    `lexicon` are the words that are wrong in its site.
    """
    written = WrittenRecord(type(record), raw, file, path)
    if isinstance(record, Item):
        for family in (step_flow, time, variants, whom, wording, materials, fees):
            yield from family.check_item(record, file)
    if not isinstance(record, Register):  # which repeats what was printed once
        yield from wording.check_texts(written)
    yield from privacy.check_texts(written)
    yield from proofreading.check_texts(written, lexicon)


def check_site(site: Site) -> Iterator[Finding]:
    """Yield the findings about relations between the files of a site."""
    for family in (relations, terms, materials, whom, phones):
        yield from family.check_site(site)
