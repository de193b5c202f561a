"""Sign-offs of changes: what is written down of a signed sheet, and which changes nobody has signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from builder.content.model.signoffs import Signature, SignedChange, SignOff
from builder.content.settings import Level
from builder.review.review import Review, Row
from builder.review.rules import UNSIGNED
from builder.support.diagnostics import Finding, Severity, quote
from builder.support.fingerprint import digest

GRAVE = (Level.RED, Level.ORANGE)  # the levels of changes that somebody has to sign


def sign_off(review: Review, step: str, who: str, day: date) -> SignOff:
    """Return what is written down when somebody has signed the sheet of `review`."""
    signature = Signature(step=step, who=who, date=day)
    return SignOff(signatures=(signature,), changes=tuple(map(_signed, grave(review))))


def grave(review: Review) -> Iterator[Row]:
    """Yield the changes that somebody has to sign."""
    return (row for row in review.rows if row.level in GRAVE)


def unsigned(review: Review, sign_offs: Iterable[SignOff]) -> list[Row]:
    """Return the grave changes that no sign-off has.

    A change that was made in several steps is signed if all of them are: each goes on where the one before it ended.
    """
    steps: dict[str, dict[str, set[str]]] = {}
    for one in sign_offs:
        for change in one.changes:
            steps.setdefault(change.where, {}).setdefault(change.was, set()).add(change.now)
    return [row for row in grave(review) if not _leads(_signed(row), steps)]


def unsigned_findings(review: Review, sign_offs: Iterable[SignOff], *, required: bool) -> list[Finding]:
    """Return a finding for each of them; they are errors if the site asks for signatures."""
    return [
        Finding(
            row.file,
            (),
            UNSIGNED.code,
            f"{row.subject}：{row.says}（{row.level.label}），没有人签字",
            UNSIGNED.fix,
            severity=Severity.ERROR if required else Severity.WARNING,
        )
        for row in unsigned(review, sign_offs)
    ]


def _leads(change: SignedChange, steps: dict[str, dict[str, set[str]]]) -> bool:
    """Tell whether signed changes lead from the text before a change to the one after it."""
    at_place = steps.get(change.where, {})
    reached, left = set[str](), [change.was]
    while left:
        for text in at_place.get(left.pop(), set()) - reached:
            reached.add(text)
            left.append(text)
    return change.now in reached


def _signed(row: Row) -> SignedChange:
    shared = "" if row.file.startswith("content/items/") else row.subject
    where = "\0".join((row.file, shared, row.case, ".".join(row.field)))
    says = quote(f"{row.subject}：{row.says}")
    return SignedChange(says=says, where=_mark(where), was=_mark(row.was), now=_mark(row.now))


def _mark(text: str) -> str:
    return digest(text.encode())[:8]
