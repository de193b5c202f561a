"""The report of an import as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from builder.office.drafts.draft import NOTES
from builder.office.drafts.import_report import MORE_ROWS, ONLY_DISCLOSURE, QUOTED, TWICE
from builder.support.diagnostics import quote


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
    if one["action"] == "known":
        return "已经有了，不写"
    return {"new": ("已写", "要写"), "updated": ("已改", "要改")}[one["action"]][planned]


def _doubt_line(doubt: Mapping[str, str], where: str = "") -> str:
    about = f"{doubt['label']}：" if doubt["label"] else ""
    return f"  存疑：{where}{about}{doubt['why']}｜{quote(doubt['source'], QUOTED)}"


def _item_lines(item: Mapping[str, Any], *, planned: bool) -> Iterator[str]:
    known = item["action"] != "new"
    yield f"{item['name']}（{item['place']}）\n  {_done(item, planned=planned)} {item['file']}"
    fields = [f"{field['label']}{_count(field)}" for field in item["fields"] if field["key"] != NOTES]
    if not known:
        yield f"  写进：{'，'.join(fields)}"
    if not item["guide"]:
        yield f"  {ONLY_DISCLOSURE}"
    yield from _change_lines(item["changes"], planned=planned)
    yield from map(_doubt_line, item["doubts"])
    if item["blank"]:
        yield f"  文件里是空的，不填：{'，'.join(item['blank'])}"
    yield from (f"  名称相近的：{name}" for name in item["near"])


def _change_lines(changes: Sequence[Mapping[str, Any]], *, planned: bool) -> Iterator[str]:
    applied = [one for one in changes if one["applied"]]
    if applied:
        yield "  要改的：" if planned else "  照文件改了："
        yield from (f"    {one['label']}：原来是“{_told(one['now'])}”，改成“{_told(one['then'])}”" for one in applied)
    left = [one for one in changes if not one["applied"]]
    if left:
        yield "  文件里说的和现在的不一样，要不要改请您定："
    for one in left:
        why = f"（{one['left']}）" if one["left"] else ""
        yield f"    {one['label']}：现在是“{_told(one['now'])}”，文件是“{_told(one['then'])}”{why}"


def _told(lines: Sequence[str]) -> str:
    return quote("；".join(lines), QUOTED) if lines else "没有写"


def _count(field: Mapping[str, Any]) -> str:
    return f" {len(field['value'])} 条" if len(field["value"]) > 1 else ""


def summary(report: Mapping[str, Any], *, planned: bool) -> str:
    """Return what came of it in one sentence."""
    new = sum(item["action"] == "new" for item in report["items"])
    updated = sum(item["action"] == "updated" for item in report["items"])
    known = len(report["items"]) - new - updated
    doubts = sum(len(one["doubts"]) for one in (*report["items"], *report["lists"]))
    lists = sum(one["action"] == "new" for one in report["lists"])
    made = [f"{new} 个事项"] * bool(new) + [f"{lists} 份公开清单"] * bool(lists)
    parts = [f"{'会新建' if planned else '新建了'} {'、'.join(made)}，都是草稿" if made else "没有要新建的事项"]
    if updated:
        parts.append(f"{'会改' if planned else '改了'} {updated} 个网站上已经有的事项")
    if report["refused"]:
        parts.append(f"{len(report['refused'])} 个通不过检查，{'不会写' if planned else '没有写'}")
    if known:
        parts.append(f"{known} 个网站上已经有了，没有改动")
    if doubts:
        parts.append(f"存疑 {doubts} 处")
    return f"{'，'.join(parts)}。{'什么也没有写。' if planned else ''}"


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + (f"等 {len(names)} 个事项" if len(names) > 3 else "")
