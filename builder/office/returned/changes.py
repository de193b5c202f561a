"""From what came home to the changes of the file: only what the document says differently than when it was exported.

Where the file has changed in the meantime, too, what only the document changed is taken, and what both changed is a conflict.
"""

from __future__ import annotations

from builder.editing import NotEdited, Set
from builder.office.returned.both_versions import NO_WISHES, BothVersions, Wishes
from builder.office.returned.cell_changes import CellChanges
from builder.office.returned.comparing import cell_edits
from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.list_changes import ListChanges
from builder.office.returned.outcome import Outcome, Remark
from builder.office.returned.placing import placed
from builder.office.returned.returned_item import ReturnedItem
from builder.office.returned.values import Values


def outcome_of(
    returned: ReturnedItem,
    file: str,
    now: ExportedTexts,
    exported: ExportedTexts | None,
    wishes: Wishes = NO_WISHES,
) -> Outcome:
    """Return what came of an item that came home.

    `file` is the name of its file, `now` what that says. `exported` is what it said at the export, the same as `now` where
    it has not changed since, None where nobody knows; then everything that is different is a conflict. With a conflict or
    an error there are no changes.
    """
    both, outcome = BothVersions(file, now, exported, wishes), Outcome()
    rows = placed(returned.tables, both.base, by_path=both.is_known, remove_lost=wishes.remove_lost)
    values = Values(both.base, rows, now.names, outcome.remarks, both.id_now)
    outcome.remarks += [*rows.remarks, *(Remark("", text) for text in returned.remarks)]
    outcome.remarks += [
        Remark(label, "文档里没有了", "没有改它。要删掉，留着这一格，把字删空。") for label in returned.lost
    ]
    edits = [*cell_edits(returned.part, (), both.base, outcome.remarks)]
    for entry in rows.every():
        if entry.path is not None and entry.row is not None:
            edits += cell_edits(entry.row, entry.path, both.base, outcome.remarks)
    values.give_ids(edits)
    cells = CellChanges(both, values, returned.part, outcome)
    for edit in edits:
        cells.change(edit)
    cells.finish()
    for path, id in values.ids.items():
        if (at := both.now_at(path)) is not None:
            outcome.changes.append(Set((*at, "id"), id))
    try:
        ListChanges(both, rows, values, outcome).change()
    except NotEdited as refused:
        outcome.remarks += [Remark("", finding.says, finding.hint, is_error=True) for finding in refused.findings]
    if outcome.conflicts or outcome.errors:
        outcome.changes.clear()
    return outcome


__all__ = ["Wishes", "outcome_of"]
