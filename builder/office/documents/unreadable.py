"""`Unreadable`: a file cannot be read, and what its owner can do about it."""

from __future__ import annotations

from builder.support.failure import USAGE_ERROR, Failure


class Unreadable(Failure):
    """A file cannot be read as a document. `says` names the file; `hint` says what to do."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(says, hint, USAGE_ERROR)
