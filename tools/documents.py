"""What the two tools share: the content as plain values, and a source document as one run of characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.checks.written import texts
from builder.content import source
from builder.content.source import Raw
from builder.support.diagnostics import KeyPath


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A content file by its path inside the site, with its plain values."""

    path: str
    raw: dict[str, Raw]
    data: str

    def texts(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield every text with its key path."""
        yield from texts(self.raw)

    def line_of(self, text: str) -> int:
        """Return the line, from 1, on which `text` begins, 1 where it is wrapped and cannot be found."""
        at = self.data.find(text)
        return self.data.count("\n", 0, at) + 1 if at >= 0 else 1


def content(site: Path) -> Iterator[ContentFile]:
    """Yield the well-formed content files of `site`, in order of path. The body of a Markdown file is the text ``body``."""
    for path in sorted((site / "content").rglob("*")):
        if path.suffix in (".yaml", ".md"):
            document, _ = source.read(path.name, path.read_bytes())
            if document is not None:
                raw: dict[str, Raw] = {**document.raw, **({"body": document.body} if document.body else {})}
                yield ContentFile(path.relative_to(site).as_posix(), raw, path.read_text("utf-8"))


class Document:
    """A source document without its white space, so that broken lines and columns do not hide what is the same."""

    def __init__(self, path: Path) -> None:
        """Read the text file at `path`."""
        self.name = path.name
        self._starts: list[int] = []
        parts: list[str] = []
        length = 0
        for line in path.read_text("utf-8").split("\n"):
            bare = squeezed(line)
            self._starts.append(length)
            parts.append(bare)
            length += len(bare)
        self.text = "".join(parts)

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last line, from 1, of the characters from `start` up to `end`."""
        return bisect_right(self._starts, start), bisect_right(self._starts, max(start, end - 1))


def squeezed(text: str) -> str:
    """Return `text` without white space, with full-width punctuation."""
    return re.sub(r"\s+", "", text).translate(_FULL_WIDTH)


_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")  # documents and content may use either
