"""Boxes to tick: ☑窗口办理 ☐网上办理, also 是□ 否☑."""

from __future__ import annotations

import re
from typing import Final

_TICKED: Final = "☑☒√✓✔■▣◉●"
_EMPTY: Final = "☐□○◯"
_MARK: Final = re.compile(rf"[{_TICKED}{_EMPTY}]")


def ticked(text: str) -> tuple[str, ...] | None:
    """Return the ticked ones of a row of boxes, () if none is, None if the text is no row of boxes."""
    marks = list(_MARK.finditer(text))
    is_choice = any(mark[0] in "☑☒" for mark in marks) or (
        any(mark[0] in _EMPTY for mark in marks) and (len(marks) > 1 or text.strip()[:1] in "☐□")
    )
    if not is_choice:
        return None
    before = not text[: marks[0].start()].strip()
    chosen = []
    for index, mark in enumerate(marks):
        if mark[0] not in _TICKED:
            continue
        if before:
            end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
            option = text[mark.end() : end]
        else:
            option = text[marks[index - 1].end() if index else 0 : mark.start()]
        if option := option.strip(" \t\n、，,；;/（）()\u3000"):
            chosen.append(option)
    return tuple(chosen)
