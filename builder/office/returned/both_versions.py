"""What the file of an item said at the export and says now, and what is to be done where both differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.office.returned.exported_texts import ExportedTexts
from builder.office.returned.labels import Labels
from builder.office.returned.merging import found_again
from builder.office.returned.outcome import Conflict, Outcome, Remark
from builder.support.diagnostics import KeyPath

GONE = "（已经没有这一条）"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be done in doubt: take what the document says (`theirs`), and remove the rows that it has not any more."""

    theirs: bool = False
    remove_lost: bool = False


NO_WISHES = Wishes()


class BothVersions:
    """The texts of a `file` at the export (`base`) and `now`. If the former are not known they are taken to be the latter."""

    def __init__(self, file: str, now: ExportedTexts, exported: ExportedTexts | None, wishes: Wishes) -> None:
        self.file = file
        self.now = now
        self.base = exported or now
        self.is_known = exported is not None
        self.wishes = wishes
        self.words = Labels(self.base)
        self.where: Mapping[KeyPath, KeyPath] | None = (
            None if self.base is now else found_again(self.base, now)
        )  # the paths that records have now; None for the same

    def now_at(self, path: KeyPath) -> KeyPath | None:
        """Return the path that a record has now, None if it is gone."""
        return path if self.where is None else self.where.get(path)

    def id_now(self, path: KeyPath) -> str:
        """Return the id that a record has now, "" for none."""
        at = self.now_at(path)
        return str(getattr(self.now.record(at), "id", None) or "") if at is not None else ""

    def nowhere(self, label: str, then: str, wanted: str, outcome: Outcome) -> None:
        """Tell of something that is wanted of a record which the file does not have any more."""
        if self.wishes.theirs:
            says = f"文件里已经没有这一条，“{wanted}”没有写"
            outcome.remarks.append(Remark(label, says, "还要的，在表里另加一行，或者打开文件手工加。"))
        else:
            outcome.conflicts.append(Conflict(label, then, GONE, wanted))

    def is_open(self, then: object, now: object) -> bool:
        """Tell whether something may be changed that the file said `then` and says `now`."""
        return self.wishes.theirs or (self.is_known and then == now)
