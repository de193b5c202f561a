"""Reads who can apply: conditions one by one, all of them or one of them where the text says so, and whom it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry, one_line
from builder.office.shapes import Entry, Passage
from builder.office.shapes.entries import read_entries
from builder.office.shapes.lines import Line

_ANY: Final = re.compile(
    r"之一|任一|任意一|其中一[项种]|[下以][列下][^，。；条]{0,6}(?:人员|对象|情形|争议|纠纷)|以下对象|包括以下|包括下列"
)
_ALL: Final = re.compile(
    r"(?:同时|均应?|都要?|应当?|需|须|必须)(?:同时)?(?:符合|具备|满足|具有)|(?:符合|具备|满足)(?:以下|下列)(?:全部|所有)?条件|以下条件|下列条件"
)
_NOT_FOR: Final = re.compile(r"不列入|不予|不享受|不得|不能|不可以?|不包括|不属于|除外|不符合|不受理|不办理|禁止")
_NOBODY_ELSE: Final = ("无", "不限", "无限制", "无条件")
_COLON: Final = "：:"


def read_conditions(passage: Passage, manuscript: Manuscript) -> None:
    """Write the conditions of a passage, which has them as numbered lines or as a sentence."""
    if entry(passage.text) in _NOBODY_ELSE:
        manuscript.note(passage, f"只写了“{entry(passage.text)}”：是谁都能办，还是没有写？")
        return
    listed = read_entries(
        [Line(text, passage.origin) for text in passage.text.split("\n") if text.strip()], steps=False
    )
    conditions = [made for one in listed.entries if (made := _condition(one))]
    lead = one_line(listed.lead).rstrip(_COLON)
    if lead and _NOT_FOR.search(re.split("[。；]", lead)[-1]):
        _write_excluded(lead, listed.entries, passage, manuscript)
        return
    if lead and len(conditions) > 1 and (key := _joined_by(lead)):
        conditions, lead = [{"text": lead, key: conditions}], ""
    manuscript.add("eligibility", conditions, passage)
    remarks = [text for text in (lead, *map(one_line, listed.notes), *_notes_of(listed.entries)) if text]
    if remarks:
        manuscript.add("eligibility_notes", remarks, passage)


def _write_excluded(lead: str, entries: Sequence[Entry], passage: Passage, manuscript: Manuscript) -> None:
    """Write a list of those who cannot apply, and what is said before it of those who can."""
    *before, refusal = re.split("(?<=[。；])", lead)
    if conditions := [entry(sentence) for sentence in before if entry(sentence)]:
        manuscript.add("eligibility", conditions, passage)
    excluded = [text for one in entries if (text := _as_line(one))]
    manuscript.add("excluded", [text for text in excluded if len(text) <= _LINE], passage)
    manuscript.add("eligibility_notes", [refusal, *(text for text in excluded if len(text) > _LINE)], passage)
    manuscript.doubt(passage, "是谁不能办，写进了“谁不能办”", "；".join((refusal, *excluded)))


def read_excluded(passage: Passage, manuscript: Manuscript) -> None:
    """Write who cannot apply."""
    listed = read_entries(
        [Line(text, passage.origin) for text in passage.text.split("\n") if text.strip()], steps=False
    )
    texts = [
        *([one_line(listed.lead)] if listed.lead else []),
        *(_as_line(one) for one in listed.entries),
        *map(one_line, listed.notes),
    ]
    short = [text for text in texts if 0 < len(text) <= _LINE]
    manuscript.add("excluded", short, passage)
    for text in texts:
        if len(text) > _LINE:
            manuscript.note(passage, f"一条超过{_LINE}个字，没有写进“谁不能办”", text)


_LINE: Final = 120


def read_audience(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write whom a service is for: words of the list of audiences, else a condition."""
    words = [word for word in re.split(r"[、，,；;/\s]|和(?=[^人])", entry(passage.value)) if word]
    found = [library.audience(word) for word in words]
    if words and all(found):
        manuscript.add("audiences", list(dict.fromkeys(found)), passage, passage.value)
    elif text := entry(passage.value):
        manuscript.doubt(passage, "服务对象不在人群库里，写成了申请条件")
        manuscript.add("eligibility", [text], passage)


def _condition(one: Entry) -> Value:
    if not one.sub:
        return entry(one.text)
    key = _joined_by(one.text)
    if key is None or _NOT_FOR.search(one.text):
        return _as_line(one)
    return {"text": entry(one.text).rstrip(_COLON), key: [made for sub in one.sub if (made := _condition(sub))]}


def _joined_by(lead: str) -> str | None:
    """Return how the conditions below a sentence are joined, None if it does not say."""
    if _ANY.search(lead):
        return "any"
    return "all" if _ALL.search(lead) else None


def _as_line(one: Entry) -> str:
    """Return an entry with all that stands below it as one sentence, with the numbers as printed."""
    below = "；".join(f"{one_line(sub.number)}{_as_line(sub)}" for sub in one.sub)
    text = entry(one.text).rstrip(_COLON)
    return f"{text}：{below}" if below else text


def _notes_of(entries: Sequence[Entry]) -> list[str]:
    return [one_line(note) for one in entries for note in (*one.notes, *_notes_of(one.sub))]
