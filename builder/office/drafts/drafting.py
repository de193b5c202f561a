"""Makes the draft of an item: each passage goes to the reader of its field, and what no reader takes is kept as a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from builder.editing import Value
from builder.office.documents import Remark
from builder.office.drafts.accounting import missing_words, told_by
from builder.office.drafts.condition_reader import read_audience, read_conditions, read_excluded
from builder.office.drafts.contact_reader import (
    read_channels,
    read_online,
    read_phones,
    read_place,
    read_supervision,
    read_visits,
)
from builder.office.drafts.draft import BODY, NOTES, Draft, Manuscript
from builder.office.drafts.fee_reader import read_fee
from builder.office.drafts.law_reader import read_basis
from builder.office.drafts.list_reader import (
    line,
    read_code,
    read_depth,
    read_domain,
    read_form,
    read_plan,
    read_term,
)
from builder.office.drafts.material_reader import read_materials
from builder.office.drafts.result_reader import read_benefits, read_forms, read_results
from builder.office.drafts.site_library import Library
from builder.office.drafts.step_reader import read_steps
from builder.office.drafts.tidying import alone, entry, one_line
from builder.office.drafts.time_reader import read_hours, read_periods, read_time_limit
from builder.office.drafts.unit_reader import read_boundary, read_department, read_offices, read_responsible
from builder.office.shapes import Passage, SourceItem, vocabulary

NAME_LIMIT = 80
NAMELESS = "没有名称的事项"
_TITLE_OF_GUIDE: Final = re.compile(r"(?<=.{4})(?:办事|服务|办理)指南$")
# Fields whose readers understand a text as a whole or not at all, and write it in words of the model.
_WHOLE: Final = ("audience", "visits", "domain", "channels", "disclosure_form", "fee", "benefit", "result")
_OF_GUIDES: Final = ("conditions", "materials", "steps", "place", "hours", "phones", "time_limit")
_IS_INTERNAL: Final = re.compile(r"\s*(?:不对外|不公开|内部(?:事项|工作))")
_INTERNAL: Final = re.compile(r"(?:内部(?:事项|工作|使用)?|不对外(?:公开)?|不公开)")

Reader = Callable[[Passage, Manuscript], None]


def make_draft(item: SourceItem, id: str, library: Library, source: str, department: str = "") -> Draft:
    """Return the draft of an item with this id. `source` is the id of its document, `department` the editor's choice."""
    manuscript = Manuscript(item)
    name = name_of(item)
    manuscript.values["name"] = name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1] + "…"
    manuscript.values["status"] = "草稿"
    if department:
        manuscript.values["department"] = department
    readers = _readers(library, department)
    for passage in item.passages:
        if passage.field in _OF_GUIDES and _IS_INTERNAL.match(passage.text):
            manuscript.note(passage, "写着“不对外”：是内部事项的，加一行 visibility: 内部", passage.text)
        elif not _is_blank(passage):
            _reader_of(passage, readers)(passage, manuscript)
    if len(name) > NAME_LIMIT:
        manuscript.remember(f"名称太长，全文是：{name}")
    for remark in item.remarks:
        manuscript.remember(_remark(remark))
    for leftover in item.leftovers:
        manuscript.remember(f"{one_line(leftover.text)}（{leftover.origin.place}：{leftover.why}）")
    manuscript.values["provenance"] = [_provenance(item, source)]
    _account(manuscript, library)
    return _finished(manuscript, id, library.area)


def name_of(item: SourceItem) -> str:
    """Return what an item is called, without the word for a guide behind it."""
    return _TITLE_OF_GUIDE.sub("", entry(item.name)) or NAMELESS


def _is_blank(passage: Passage) -> bool:
    """Whether nothing stands behind a label, or nothing but a dash."""
    return not re.search(r"\w", passage.text) and not passage.entries


def _readers(library: Library, department: str) -> Mapping[str, Reader]:
    """Return the reader for each field of the vocabulary."""
    return {
        "name": _read_name,
        "category": _disclosed,
        "business": partial(line, key="business", limit=60),
        "duty": partial(line, key="duty", limit=120),
        "audience": partial(read_audience, library=library),
        "conditions": read_conditions,
        "excluded": read_excluded,
        "materials": partial(read_materials, library=library),
        "steps": partial(read_steps, library=library),
        "channels": read_channels,
        "online": read_online,
        "time_limit": read_time_limit,
        "windows": read_periods,
        "hours": read_hours,
        "place": partial(read_place, library=library),
        "phones": partial(read_phones, library=library),
        "supervision": partial(read_supervision, library=library),
        "fee": read_fee,
        "basis": partial(read_basis, library=library),
        "department": partial(read_department, library=library, chosen=department),
        "unit_name": partial(read_department, library=library, chosen=department),
        "responsible": partial(read_responsible, library=library, chosen=department),
        "office": read_offices,
        "code": read_code,
        "forms": partial(read_forms, library=library),
        "result": read_results,
        "benefit": read_benefits,
        "rights": partial(line, key="rights", limit=400),
        "remedy": partial(line, key="remedy", limit=400),
        "scope": partial(line, key="scope", limit=80),
        "domain": partial(read_domain, library=library),
        "depth": read_depth,
        "plan": read_plan,
        "extension": partial(line, key="phase", limit=30),
        "boundary": partial(read_boundary, library=library),
        "obligations": partial(line, key="obligations", limit=400),
        "visits": read_visits,
        "disclosure_term": read_term,
        "disclosure_form": read_form,
        "disclosure_content": _read_content,
        "special": _tell,
        "criteria": _tell,
        "notes": _read_notes,
    }


def _reader_of(passage: Passage, readers: Mapping[str, Reader]) -> Reader:
    return readers.get(passage.field) or (_keep if passage.field else _keep_unknown)


def _read_name(passage: Passage, manuscript: Manuscript) -> None:
    if entry(passage.value) != manuscript.values["name"]:
        manuscript.note(passage, "和事项名称不一样")


def _disclosed(passage: Passage, manuscript: Manuscript) -> None:
    text = entry(passage.value)
    if len(text) <= 60:
        manuscript.merge("disclosure", {"category": text}, passage)
    else:
        manuscript.note(passage, "太长，没有写进信息类别")


def _tell(passage: Passage, manuscript: Manuscript) -> None:
    manuscript.tell(
        passage, passage.label, "\n\n".join(map(one_line, passage.value.split("\n"))), "没有对应的字段，写在补充说明里"
    )


def _read_content(passage: Passage, manuscript: Manuscript) -> None:
    """Keep what has to be made public for editors: it is an outline of a page, and nothing that residents need."""
    manuscript.keep(passage, one_line(passage.value))


def _read_notes(passage: Passage, manuscript: Manuscript) -> None:
    if _INTERNAL.fullmatch(entry(passage.value)):
        manuscript.fill("visibility", "内部", passage)
    manuscript.note(passage, "备注没有对应的字段，记在编辑备注里")


def _keep(passage: Passage, manuscript: Manuscript) -> None:
    title = vocabulary().title_of(passage.field)
    manuscript.note(passage, f"“{title}”没有对应的字段，记在编辑备注里", _whole(passage))


def _keep_unknown(passage: Passage, manuscript: Manuscript) -> None:
    manuscript.note(passage, "不认识的栏目，记在编辑备注里", _whole(passage))


def _whole(passage: Passage) -> str:
    return passage.value or passage.text or "；".join(one.text for one in passage.entries)


def _remark(remark: Remark) -> str:
    return one_line(str(remark))


def _provenance(item: SourceItem, source: str) -> Value:
    place = "，".join(filter(None, (item.origin.place, f"序号 {item.number}" if item.number else "")))
    values: dict[str, Value] = {"source": source, "at": place[:120] or "全文"}
    headings = "，".join(map(one_line, item.headings))
    return {**values, "note": f"标题：{headings}"} if headings else values


def _account(manuscript: Manuscript, library: Library) -> None:
    """Note every text of which a word stands nowhere in the draft."""
    told = told_by({**manuscript.values, NOTES: manuscript.notes, BODY: manuscript.body}, library)
    for passage in manuscript.item.passages:
        if passage.field not in _WHOLE and (missing := missing_words(passage, told)):
            text = _whole(passage)
            manuscript.doubt(passage, f"有的话没有写进字段（{'、'.join(missing[:3])}），全文记在编辑备注里", text)
            manuscript.remember(f"{one_line(passage.label)}原文：{one_line(text)}")


_SHORT_LISTS: Final = ("hours", "channels", "places", "audiences", "topics", "offices", "windows")


def _finished(manuscript: Manuscript, id: str, area: str) -> Draft:
    values = {key: alone(value) if key in _SHORT_LISTS else value for key, value in manuscript.values.items()}
    if manuscript.body:
        values[BODY] = "\n\n".join(manuscript.body) + "\n"
    if manuscript.notes:
        values[NOTES] = list(manuscript.notes)
    known = [one_line(passage.label) for passage in manuscript.item.passages if _is_blank(passage) and passage.label]
    return Draft(
        manuscript.item,
        id,
        area,
        values,
        tuple(manuscript.filled),
        tuple(manuscript.doubts),
        tuple(manuscript.unknown),
        tuple(dict.fromkeys(known)),
    )
