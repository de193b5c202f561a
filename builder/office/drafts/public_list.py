"""Makes the draft of a disclosure list (政务公开事项清单) from a document whose rows say what is made public, when and how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from builder.content.fields import LINE_LIMIT
from builder.content.model.disclosure import DisclosureList
from builder.content.site import Companion
from builder.editing import Value
from builder.office.drafts.draft import Doubt
from builder.office.drafts.list_reader import forms_in, term_in
from builder.office.drafts.tidying import alone, entry, one_line, tidy
from builder.office.shapes import Reading, SourceItem, Vocabulary
from builder.office.shapes.folding import fold

CONTENT, TERM, FORM = "disclosure_content", "disclosure_term", "disclosure_form"
TITLE_LIMIT, SEQ_LIMIT, AT_LIMIT = 80, 10, 40

_PART: Final = re.compile(r"【(?P<name>[^【】]{1,60})】[：:]?(?P<rest>[^【]*)", re.DOTALL)
_OF_GUIDES: Final = ("conditions", "materials", "steps")
_IN_ROW: Final = ("duty", "business", "category", CONTENT, TERM, FORM, "number")


@dataclass(frozen=True, slots=True)
class ListDraft:
    """A disclosure list to be: its id, its plain values, and what is doubtful. `document` is where it comes from."""

    id: str
    document: str
    values: Mapping[str, Value]
    doubts: tuple[Doubt, ...]
    rows: int

    @property
    def title(self) -> str:
        """The name of the list."""
        return str(self.values["title"])

    @property
    def file(self) -> str:
        """The path of its file, relative to the site."""
        return f"content/disclosure/{self.id}.yaml"


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list that the site has already, with its file, and the rows of the document that it does not have."""

    draft: ListDraft
    file: str
    more: tuple[str, ...]


@dataclass(slots=True)
class _Row:
    """A row while it is made: its duty, its values, and its texts that no field takes."""

    duty: str
    values: dict[str, Value]
    notes: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def is_public_list(reading: Reading) -> bool:
    """Return whether most items of a document say when and how something is made public."""
    disclosed = sum(item.has(TERM) and item.has(FORM) for item in reading.items)
    return disclosed > 0 and 2 * disclosed >= len(reading.items)


def title_of(reading: Reading, fallback: str) -> str:
    """Return what a list is called: the heading above it, else `fallback`."""
    heading = next((item.headings[0] for item in reading.items if item.headings), "")
    return (one_line(heading) or fallback)[:TITLE_LIMIT]


def make_list(
    reading: Reading, id: str, title: str, about: Mapping[str, Value], guides: Mapping[int, str], words: Vocabulary
) -> ListDraft:
    """Return the list of a document. `about` are the area and the source; `guides` the ids of items by the number of the row."""
    rows = [_row(item, guides.get(index, ""), words) for index, item in enumerate(reading.items)]
    duties: list[Value] = [
        {"duty": duty or title, "rows": [_finished(row) for row in group]}
        for duty, group in groupby(rows, key=lambda row: row.duty)
    ]
    values: dict[str, Value] = {"title": title, "status": "草稿", **about, "duties": duties}
    DisclosureList.model_validate(values)
    return ListDraft(id, reading.document, values, tuple(doubt for row in rows for doubt in row.doubts), len(rows))


def known_list(made: ListDraft, lists: Iterable[Companion[DisclosureList]]) -> KnownList | None:
    """Return which of `lists` is the same as `made`, with what the document says beyond it; None if there is none.

    It is the one with its title, or one that has half of its rows.
    """
    rows = [row for duty in DisclosureList.model_validate(made.values).duties for row in duty.rows]
    for one in lists:
        there = {fold(row.category) for duty in one.record.duties for row in duty.rows}
        more = tuple(f"{row.seq} {row.category}".strip() for row in rows if fold(row.category) not in there)
        if fold(one.record.title) == fold(made.title) or 2 * len(more) <= len(rows):
            return KnownList(made, one.file, more)
    return None


def _row(item: SourceItem, guide: str, words: Vocabulary) -> _Row:
    row = _Row("", {})
    cells = {words.field_of(label): text for label, text in item.columns}
    row.duty = _short(one_line(cells.get("duty", "")), "具体职责", row, item)
    if item.number:
        row.values["seq"] = _short(item.number, "序号", row, item, SEQ_LIMIT)
    if business := one_line(cells.get("business", "")):
        row.values["business"] = business
    row.values["category"] = _short(entry(cells.get("category", "")) or one_line(item.name), "信息类别", row, item)
    titles = [one_line(section.title) for section in item.sections]
    if content := [*titles] if guide and titles else _parts(cells.get(CONTENT, ""), row, item):
        row.values["content"] = alone(content)
    _read(row, item, cells, words)
    if guide:
        row.values["items"] = guide
    elif any(item.has(key) for key in _OF_GUIDES):
        _doubt(row, item, "内容标准", "只有栏目的名称，没有怎么办事；要办事指南的，另外写", cells.get(CONTENT, ""))
    row.values["at"] = item.origin.place[:AT_LIMIT]
    return row


def _read(row: _Row, item: SourceItem, cells: Mapping[str, str], words: Vocabulary) -> None:
    """Write when and how, and what no field takes."""
    if term := entry(cells.get(TERM, "")):
        if term_in(term):
            row.values["term"] = term
        else:
            _keep(row, item, "公开时限", term, "没有读出公开的时限")
    if form := entry(cells.get(FORM, "")):
        if labels := forms_in(form):
            row.values["form"] = alone(labels)
        else:
            _keep(row, item, "公开形式", form, "公开形式不在现有的几种里")
    for label, text in item.columns:
        if words.field_of(label) not in _IN_ROW and re.search(r"\w", text):
            row.notes.append(f"{one_line(label)}：{one_line(text)}")
    row.notes += [one_line(str(remark)) for remark in item.remarks]


def _parts(cell: str, row: _Row, item: SourceItem) -> list[Value]:
    """Return what has to be made public: a part for each title in 【】 with what stands behind it, else line by line."""
    text = tidy(cell)
    if not re.search(r"\w", text):
        return []
    before, marked = text.partition("【")[0], list(_PART.finditer(text))
    parts: list[Value] = [entry(line) for line in before.split("\n") if entry(line)]
    for one in marked:
        name, below = entry(one["name"]), _below(one["rest"])
        parts.append({"name": name, "parts": alone(below)} if below else name)
    if _letters(parts) != _letters([text]) or any(len(line) > LINE_LIMIT for line in _lines(parts)):
        parts = [line for line in map(one_line, text.split("\n")) if line]
    if any(len(line) > LINE_LIMIT for line in _lines(parts)):
        _keep(row, item, "内容标准", one_line(text), f"一条超过{LINE_LIMIT}个字，写在这一行的说明里")
        return []
    return parts


def _below(text: str) -> list[Value]:
    """Return the parts that stand behind a title: in brackets, line by line, or with 、 between them."""
    plain = text.strip(" \n、，；")
    inner = plain[1:-1] if re.fullmatch(r"（[^（）]*）", plain) else plain
    marks = "[、\n]" if not re.search("[，。；：]", inner) else "\n"
    return [one for part in re.split(marks, inner) if (one := entry(part))]


def _lines(parts: Sequence[Value]) -> list[str]:
    return [
        text
        for part in parts
        for text in ([str(part["name"]), *_many(part["parts"])] if isinstance(part, dict) else [str(part)])
    ]


def _many(value: Value) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _letters(parts: Sequence[Value]) -> str:
    return re.sub(r"\W+", "", "".join(_lines(parts)))


def _short(text: str, label: str, row: _Row, item: SourceItem, limit: int = LINE_LIMIT) -> str:
    """Return a text as long as its field takes; a longer one is kept whole in the note of the row."""
    if len(text) <= limit:
        return text
    _keep(row, item, label, text, f"超过{limit}个字，全文写在这一行的说明里")
    return f"{text[: limit - 1]}…"


def _keep(row: _Row, item: SourceItem, label: str, text: str, why: str) -> None:
    row.notes.append(f"{label}：{text}")
    _doubt(row, item, label, why, text)


def _doubt(row: _Row, item: SourceItem, label: str, why: str, text: str) -> None:
    row.doubts.append(Doubt(label, why, one_line(text), item.origin.place))


def _finished(row: _Row) -> dict[str, Value]:
    if row.notes:
        row.values["note"] = "；".join(row.notes)
    return row.values
