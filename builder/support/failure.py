"""`Failure`: a command cannot do what it was asked, and says why."""

from __future__ import annotations

from typing import Final

OK: Final = 0
CONTENT_ERRORS: Final = 1
USAGE_ERROR: Final = 2
MACHINE_ERROR: Final = 3
INTERRUPTED: Final = 130


class Failure(Exception):
    """A command cannot do what it was asked. `says` and `hint` are for the editor, `exit_code` is for the shell.

    The exit code is `USAGE_ERROR` or `MACHINE_ERROR`.
    """

    def __init__(self, says: str, hint: str = "", exit_code: int = MACHINE_ERROR) -> None:
        super().__init__(says, hint, exit_code)  # all of them, so that a failure can come from a worker
        self.says = says
        self.hint = hint
        self.exit_code = exit_code

    def __str__(self) -> str:
        return self.says
