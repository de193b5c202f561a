"""Commands of ``build.py``, one module or package for each that does more than a build."""

from __future__ import annotations

from builder.support.failure import USAGE_ERROR, Failure


class Refused(Failure):
    """A command cannot do what was asked, and has changed nothing."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(says, hint, USAGE_ERROR)
