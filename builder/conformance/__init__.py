"""What a government site is inspected for, as far as the maker of its pages can answer for it.

The standards stand in `labels`, `foot`, `services` and `access`, each with the document that asks for it; what nobody
here can tell is listed too, with the reason.
"""

from builder.conformance import access, foot, labels, services
from builder.conformance.built import Built, read_page
from builder.conformance.evidence import Evidence
from builder.conformance.facts import notes
from builder.conformance.standard import Judged, Section, Verdict
from builder.conformance.told import as_json, as_text

__all__ = ["Built", "Evidence", "Judged", "Section", "Verdict", "as_json", "as_text", "judge", "notes", "read_page"]


def judge(evidence: Evidence) -> list[Judged]:
    """Return what came of every standard, in the order of the report; those about pages only where there are pages."""
    found = [*services.judge(evidence)]
    if evidence.pages:
        found += [*labels.judge(evidence), *foot.judge(evidence), *access.judge(evidence)]
    order = list(Section)
    return sorted(found, key=lambda one: order.index(one.standard.section))
