"""Commands of ``build.py``, one module or package for each that does more than a build."""

from __future__ import annotations


class Refused(Exception):
    """A command cannot do what was asked, and has changed nothing. The message and `hint` are for the editor."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.hint = hint
