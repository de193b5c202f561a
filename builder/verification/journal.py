"""What was found right so far, so that a walk that was killed goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

FOLDER = "verify"  # in the cache of a site
KEPT = timedelta(hours=6)  # a site may have become another one since


class Journal:
    """The paths that were found right on a site, a line each. Closed when all is seen, its file goes."""

    def __init__(self, cache: Path, base: str, release: str, now: datetime) -> None:
        name = sha256(f"{base}\n{release}".encode()).hexdigest()[:16]
        self.file = cache / FOLDER / f"{name}.txt"
        self._head = {"base": base, "release": release, "begun": now.isoformat()}
        self.right = self._read(now)

    def _read(self, now: datetime) -> frozenset[str]:
        with suppress(OSError, ValueError, KeyError, TypeError):
            head, _, rest = self.file.read_text("utf-8").partition("\n")
            kept: Mapping[str, str] = json.loads(head)
            begun = datetime.fromisoformat(kept["begun"])
            if {**self._head, "begun": ""} == {**kept, "begun": ""} and timedelta(0) <= now - begun <= KEPT:
                self._head["begun"] = kept["begun"]
                return frozenset(rest.split("\n")[:-1])  # the last line may be half of one
        return frozenset()

    def __enter__(self) -> Self:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self._out = self.file.open("w", encoding="utf-8", newline="\n")
        self._out.write("\n".join((json.dumps(self._head), *sorted(self.right), "")))
        return self

    def note(self, path: str) -> None:
        """Keep that a file was found right."""
        self._out.write(f"{path}\n")
        self._out.flush()

    def end(self) -> None:
        """All is seen: next time begins anew."""
        self._out.close()
        self.file.unlink(missing_ok=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._out.close()
