"""Checks a site against the standards that inspections of Chinese government sites apply.

The standards are in `labels`, `foot`, `services` and `access`, each with the document that requires it. Standards that
cannot be judged from the content and the pages are listed as well, with the reason.
"""

from builder.conformance import access, foot, labels, services
from builder.conformance.evidence import Evidence
from builder.conformance.facts import notes
from builder.conformance.formats import as_json, as_text
from builder.conformance.inspected_page import InspectedPage, read_page
from builder.conformance.standard import Judgement, Section, Verdict

__all__ = [
    "Evidence",
    "InspectedPage",
    "Judgement",
    "Section",
    "Verdict",
    "as_json",
    "as_text",
    "judge",
    "notes",
    "read_page",
]


def judge(evidence: Evidence) -> list[Judgement]:
    """Return the judgement on each standard, in the order of the report. Without pages, page standards are left out."""
    judgements = [*services.judge(evidence)]
    if evidence.pages:
        judgements += [*labels.judge(evidence), *foot.judge(evidence), *access.judge(evidence)]
    order = list(Section)
    return sorted(judgements, key=lambda judgement: order.index(judgement.standard.section))
