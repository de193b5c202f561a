"""What an import tells: what became of each text of the documents, what is doubtful, what is left, as data and as text."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from builder.content.fields import label
from builder.content.model.item import Item
from builder.office.drafts.draft import NOTES, Doubt, Draft
from builder.office.drafts.known_items import Known
from builder.office.drafts.public_list import KnownList, ListDraft
from builder.office.drafts.value_words import ValueWords
from builder.office.shapes import Leftover, Reading, Vocabulary
from builder.support.diagnostics import Finding, quote

FORMAT: Final = "import-report-1"
QUOTED = 60  # characters of a sentence on the terminal
ONLY_DISCLOSURE: Final = "只写了要公开什么，没有怎么办事；不是办事指南的，删掉这份草稿"
MORE_ROWS: Final = "网站的清单里没有这一行"
TWICE: Final = "同样的内容又出现一次，没有另写一份"
NOT_TOLD: Final = ("name", "status", "provenance")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    `drafts` are new items, `known` those that the site has already, whose files stay as they are. `near` are items of
    nearly the same name, by the file of the draft. `files` are all files to be written, with their bytes, and `before` the
    bytes that some of them have now. `twice` are drafts that say what an earlier one says, with that one. `lists` are new
    disclosure lists, `known_lists` those that the site has. `refused` are errors of `check` that cannot be taken out, by the
    file, and `held` the drafts and lists that are not written because of them.
    """

    readings: Sequence[Reading]
    drafts: Sequence[Draft]
    known: Sequence[Known]
    near: Mapping[str, Sequence[str]]
    findings: Sequence[Finding]
    files: Mapping[str, bytes]
    before: Mapping[str, bytes] = field(default_factory=dict)
    twice: Sequence[tuple[Draft, Draft]] = ()
    lists: Sequence[ListDraft] = ()
    known_lists: Sequence[KnownList] = ()
    refused: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    held: Sequence[Draft | ListDraft] = ()

    @property
    def doubts(self) -> int:
        """How many doubts there are in all drafts."""
        return sum(len(draft.doubts) for draft in self.all_drafts)

    @property
    def all_drafts(self) -> list[Draft]:
        """The drafts of new items and of known ones."""
        return [*self.drafts, *(known.draft for known in self.known)]


def report_of(imported: Imported, vocabulary: Vocabulary, words: ValueWords) -> dict[str, Any]:
    """Return the report as plain data."""
    known = {id(one.draft): one for one in imported.known}
    findings = defaultdict(list)
    for finding in imported.findings:
        findings[finding.file].append(finding)
    items = [
        _item(draft, known.get(id(draft)), imported.near.get(draft.file, ()), findings.get(draft.file, ()), words)
        for draft in imported.all_drafts
    ]
    return {
        "format": FORMAT,
        "documents": [_document(reading, vocabulary) for reading in imported.readings],
        "items": items,
        "twice": [{"name": one.name, "place": _place(one), "file": first.file} for one, first in imported.twice],
        "lists": [
            *(_list(one, one.file) for one in imported.lists),
            *(_list(one.draft, one.file, one) for one in imported.known_lists),
        ],
        "refused": [_refused(one, imported.refused[one.file]) for one in imported.held],
        "unknown": _unknown(imported.all_drafts),
        "files": sorted(imported.files),
    }


def _document(reading: Reading, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "name": reading.document,
        "items": len(reading.items),
        "recognised": [
            {
                "what": one.what,
                "place": one.origin.place,
                "fields": [
                    {"label": name, "field": vocabulary.title_of(key) if key else ""} for name, key in one.fields
                ],
            }
            for one in reading.recognised
        ],
        "leftovers": [
            _leftover(one) for one in (*reading.leftovers, *(left for item in reading.items for left in item.leftovers))
        ],
        "remarks": [str(remark) for remark in reading.remarks],
    }


def _leftover(one: Leftover) -> dict[str, str]:
    return {"text": one.text, "place": one.origin.place, "why": one.why}


def _refused(one: Draft | ListDraft, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "name": one.name if isinstance(one, Draft) else one.title,
        "place": _place(one) if isinstance(one, Draft) else one.document,
        "findings": [{"code": finding.code, "says": finding.says, "hint": finding.hint} for finding in findings],
    }


def _list(one: ListDraft, file: str, known: KnownList | None = None) -> dict[str, Any]:
    return {
        "document": one.document,
        "title": one.title,
        "rows": one.rows,
        "action": "known" if known else "new",
        "file": file,
        "more": list(known.more) if known else [],
        "doubts": [_doubt(doubt) for doubt in one.doubts],
    }


def _doubt(one: Doubt) -> dict[str, str]:
    return {"label": one.label, "why": one.why, "source": one.source, "place": one.place}


def _item(
    draft: Draft, known: Known | None, near: Sequence[str], findings: Sequence[Finding], words: ValueWords
) -> dict[str, Any]:
    sources: dict[str, list[str]] = defaultdict(list)
    for one in draft.filled:
        if one.source not in sources[one.key]:
            sources[one.key].append(one.source)
    return {
        "document": draft.item.origin.document,
        "place": _place(draft),
        "number": draft.item.number,
        "name": draft.name,
        "action": "known" if known else "new",
        "guide": draft.is_guide,
        "file": known.card.file if known else draft.file,
        "fields": [
            {"key": key, "label": label(Item, (key,)), "value": words.lines(key, value), "source": sources.get(key, [])}
            for key, value in draft.values.items()
            if key not in NOT_TOLD
        ],
        "doubts": [_doubt(one) for one in draft.doubts],
        "blank": list(draft.blank),
        "near": list(near),
        "changes": [
            {
                "key": one.key,
                "label": label(Item, (one.key,)),
                "now": words.lines(one.key, one.now),
                "then": words.lines(one.key, one.then),
            }
            for one in (known.changes if known else ())
        ],
        "findings": [{"code": one.code, "says": one.says, "hint": one.hint} for one in findings],
    }


def _place(draft: Draft) -> str:
    return f"{draft.item.origin.document} {draft.item.origin.place}".strip()


def _unknown(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Return the names that no record of the site has, each with the items that need it."""
    needed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for draft in drafts:
        for one in draft.unknown:
            needed[one.kind, one.name].append(draft.name)
    return [{"kind": kind, "name": name, "items": items} for (kind, name), items in sorted(needed.items())]


def data_of(report: Mapping[str, Any]) -> str:
    """Return the report as JSON for people to read."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


# ---- as text


def told_in(report: Mapping[str, Any], *, planned: bool) -> str:
    """Return the report as text for a terminal. `planned` says that nothing has been written."""
    return "\n".join(_lines(report, planned=planned))


def _lines(report: Mapping[str, Any], *, planned: bool) -> Iterator[str]:
    for document in report["documents"]:
        yield from _document_lines(document)
    for one in report["lists"]:
        yield ""
        yield from _list_lines(one, planned=planned)
    for item in report["items"]:
        yield ""
        yield from _item_lines(item, planned=planned)
    for one in report["twice"]:
        yield f"\n{TWICE}：{one['name']}（{one['place']}），出处记在 {one['file']}"
    for one in report["refused"]:
        yield f"\n没有写：{one['name']}（{one['place']}）"
        for finding in one["findings"]:
            yield f"  通不过检查（{finding['code']}）：{finding['says']}"
            yield f"    {finding['hint']}"
    if report["unknown"]:
        yield "\n网站上还没有、要先建的："
        yield from (f"  {one['kind']}：{one['name']}（{_some(one['items'])}）" for one in report["unknown"])
    yield f"\n{summary(report, planned=planned)}"


def _document_lines(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"{document['name']}：{document['items']} 个事项"
    for one in document["recognised"]:
        unknown = [field["label"] for field in one["fields"] if field["label"] and not field["field"]]
        if unknown:
            yield f"  {one['place'] or '正文'}没有认出的栏目：{'，'.join(unknown)}（记在编辑备注里；要对上字段，用 --mapping）"
    for left in document["leftovers"]:
        yield f"  没有放进事项的：{quote(left['text'], QUOTED)}（{left['place']}，{left['why']}）"
    yield from (f"  要知道的：{quote(remark, QUOTED)}" for remark in document["remarks"])


def _list_lines(one: Mapping[str, Any], *, planned: bool) -> Iterator[str]:
    yield f"公开清单“{one['title']}”（{one['document']}，{one['rows']} 行）\n  {_done(one, planned=planned)} {one['file']}"
    yield from (f"  {MORE_ROWS}：{row}" for row in one["more"])
    yield from (_doubt_line(doubt, f"{doubt['place']}，") for doubt in one["doubts"])


def _done(one: Mapping[str, Any], *, planned: bool) -> str:
    return "已经有了，不写" if one["action"] == "known" else "要写" if planned else "已写"


def _doubt_line(doubt: Mapping[str, str], where: str = "") -> str:
    about = f"{doubt['label']}：" if doubt["label"] else ""
    return f"  存疑：{where}{about}{doubt['why']}｜{quote(doubt['source'], QUOTED)}"


def _item_lines(item: Mapping[str, Any], *, planned: bool) -> Iterator[str]:
    known = item["action"] == "known"
    yield f"{item['name']}（{item['place']}）\n  {_done(item, planned=planned)} {item['file']}"
    fields = [f"{field['label']}{_count(field)}" for field in item["fields"] if field["key"] != NOTES]
    if not known:
        yield f"  写进：{'，'.join(fields)}"
    if not item["guide"]:
        yield f"  {ONLY_DISCLOSURE}"
    if known and item["changes"]:
        yield "  文件里说的和现在的不一样，要不要改请您定："
        for change in item["changes"]:
            now, then = "；".join(change["now"]) or "没有写", "；".join(change["then"])
            yield f"    {change['label']}：现在是“{quote(now, QUOTED)}”，文件是“{quote(then, QUOTED)}”"
    yield from map(_doubt_line, item["doubts"])
    if item["blank"]:
        yield f"  文件里是空的，不填：{'，'.join(item['blank'])}"
    yield from (f"  名称相近的：{name}" for name in item["near"])


def _count(field: Mapping[str, Any]) -> str:
    return f" {len(field['value'])} 条" if len(field["value"]) > 1 else ""


def summary(report: Mapping[str, Any], *, planned: bool) -> str:
    """Return what came of it in one sentence."""
    new = sum(item["action"] == "new" for item in report["items"])
    known = len(report["items"]) - new
    doubts = sum(len(one["doubts"]) for one in (*report["items"], *report["lists"]))
    lists = sum(one["action"] == "new" for one in report["lists"])
    made = [f"{new} 个事项"] * bool(new) + [f"{lists} 份公开清单"] * bool(lists)
    parts = [f"{'会新建' if planned else '新建了'} {'、'.join(made)}，都是草稿" if made else "没有要新建的事项"]
    if report["refused"]:
        parts.append(f"{len(report['refused'])} 个通不过检查，{'不会写' if planned else '没有写'}")
    if known:
        parts.append(f"{known} 个网站上已经有了，没有改动")
    if doubts:
        parts.append(f"存疑 {doubts} 处")
    return f"{'，'.join(parts)}。{'什么也没有写。' if planned else ''}"


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + (f"等 {len(names)} 个事项" if len(names) > 3 else "")
