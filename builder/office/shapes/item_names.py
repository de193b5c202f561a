"""The name and the number of an item, from what its document says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from builder.office.shapes.folding import fold, half_width
from builder.office.shapes.source_item import Passage
from builder.office.shapes.vocabulary import Vocabulary

_GUIDE_AT_END: Final = re.compile(r"(?:事项)?(?:的)?(?:便民)?(?:服务|办事|办理|业务)?(?:指南|须知)$|(?:办理|办事)流程$")
_BEFORE_NAME: Final = re.compile(
    r"^\s*(?:[◇◆■●★▲*·•]\s*)?(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]+\s*)?[◇◆■●★*]?\s*"
)
_FORM_TITLE: Final = re.compile(r"^[（(](?P<name>.+)[）)]\s*(?:信息表|登记表|情况表|一览表)$")
_NAMED: Final = ("variant", "name")
_NO_NAME: Final = re.compile(r"[\s/\\—–－-]*|无")
_INSTEAD: Final = "duty"  # of what an item hangs from that has no name of its own


class NamesOfRows:
    """Chooses the column that names the items of a list: the first that says something of each item."""

    def __init__(self, rows: Sequence[Mapping[str, str]], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.counts = {
            field: Counter(fold(row.get(field, "")) for row in rows if row.get(field)) for field in vocabulary.names
        }

    def name(self, row: Mapping[str, str]) -> str:
        """Return the name of the item in a row, given as text by field; "" if no column has one."""
        candidates = [
            (field, row[field]) for field in self.vocabulary.names if not _NO_NAME.fullmatch(row.get(field, ""))
        ]
        for index, (field, text) in enumerate(candidates):
            others = candidates[index + 1 :]
            if not self.vocabulary.is_generic(text) and not (
                self._is_repeated(field, text) and self._is_unique(others)
            ):
                return single_line(text)
        named = [text for _, text in candidates if not self.vocabulary.is_generic(text)] or [
            text for _, text in candidates
        ]
        return single_line((named or [row.get(_INSTEAD, "")])[0])

    def _is_repeated(self, field: str, text: str) -> bool:
        return field not in _NAMED and self.counts[field][fold(text)] > 1

    def _is_unique(self, others: Sequence[tuple[str, str]]) -> bool:
        """Whether the next column says what only this row says."""
        return bool(others) and self.counts[others[0][0]][fold(others[0][1])] == 1


def name_said(passages: Sequence[Passage]) -> str:
    """Return the name that a form or guide says under a label of its own, "" if it says none."""
    for field in ("variant", "name", "business"):
        if text := next((one.text for one in passages if one.field == field and not _NO_NAME.fullmatch(one.text)), ""):
            return text
    return ""


def name_of_heading(heading: str) -> str:
    """Return the name of the item that a heading announces: （失业登记）信息表 and 一、失业登记办事指南 name 失业登记."""
    last = re.split(r"[◇◆]", heading)[-1]
    if form := _FORM_TITLE.match(last.strip()):
        return single_line(form["name"])
    plain = last[_BEFORE_NAME.match(half_width(last)).end() :].strip()  # type: ignore[union-attr]  # it matches ""
    shortened = _GUIDE_AT_END.sub("", plain).strip()
    return single_line(shortened or plain).rstrip("：:")


def single_line(text: str) -> str:
    """Return a name on one line: blanks between Chinese characters, which are layout, are gone."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text.strip())
    return " ".join(joined.split())
