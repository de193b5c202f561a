"""The text of a content file in its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from builder.content.source.front_matter import split_front_matter

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class FileParts:
    """The text of a file: its mark at the beginning, its fields, the line after them in a Markdown file, and its body."""

    bom: str
    fields: str
    fence: str
    body: str

    @classmethod
    def of(cls, file: str, data: bytes) -> Self:
        """Return the parts of a file that has been read without errors."""
        text = data.decode()
        bom = _BOM if text.startswith(_BOM) else ""
        text = text.removeprefix(_BOM)
        front, _ = split_front_matter(file, text) if file.endswith(".md") else (None, [])
        if front is None:
            return cls(bom, text, "", "")
        fields, body = front
        return cls(bom, fields, text[len(fields) : len(text) - len(body)], body)
