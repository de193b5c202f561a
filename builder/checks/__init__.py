"""Rules about content: one family a file, each with its `RULES` and its `check_item`, `check_texts` or `check_site`."""

from builder.checks import files, flow, found, papers, relations, terms, time, variants, wording

ITEM_CHECKS = (flow.check_item, time.check_item, variants.check_item, wording.check_item)
TEXT_CHECKS = (wording.check_texts,)
SITE_CHECKS = (relations.check_site, terms.check_site)
RULES = (
    *flow.RULES,
    *time.RULES,
    *variants.RULES,
    *wording.RULES,
    *relations.RULES,
    *terms.RULES,
    *files.RULES,
    *found.RULES,
    *papers.RULES,
)
