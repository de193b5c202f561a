"""The words of the interface: one file a language, ``templates/locales/<code>.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from builder import source

Words = Mapping[str, str]


def read_words(path: Path) -> Words:
    """Return the interface words in `path`. Raises ValueError when the file is not a flat list of texts."""
    document, findings = source.read(path.name, path.read_bytes())
    if document is None or findings or not all(isinstance(word, str) for word in document.raw.values()):
        raise ValueError(f"{path.name} must be a flat list of texts")
    return cast("Words", document.raw)
