"""What is told of items that came home: 原来 and 现在, item by item, as data, as text, and as part of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from builder.office.returned.documents import Brought, HomeContents
from builder.office.returned.outcome import Remark
from builder.support.diagnostics import quote

QUOTED: Final = 80  # characters of a text on the terminal
_THEIRS: Final = "照文档的写，加上 --theirs 再导入一次；要留文件里的，在文档里改成一样。"

_LISTS: Final = "content/disclosure/"
_CLASSES: Final = {"errors": ' class="doubt"', "remarks": ""}


def home_data(documents: Sequence[HomeContents], brought: Sequence[Brought]) -> list[dict[str, Any]]:
    """Return the items as plain data, after documents of which themselves something is told; these have no `file`."""
    told = [
        {
            "document": one.document,
            "id": "",
            "name": one.document,
            "file": "",
            "changes": [],
            "conflicts": [],
            **_told(one.remarks),
        }
        for one in documents
        if one.remarks
    ]
    return [*told, *map(_item, brought)]


def _item(one: Brought) -> dict[str, Any]:
    return {
        "document": one.item.returned.document,
        "id": one.item.returned.id,
        "name": one.item.versions.name,
        "file": one.item.versions.file,
        "changes": [
            {"label": each.label, "before": each.before, "now": each.after} for each in one.outcome.differences
        ],
        "conflicts": [
            {"label": each.label, "exported": each.exported, "file": each.now, "document": each.returned}
            for each in one.outcome.conflicts
        ],
        **_told(one.outcome.remarks),
    }


def _told(remarks: Sequence[Remark]) -> dict[str, Any]:
    return {
        "errors": [{"says": str(each), "hint": each.hint} for each in remarks if each.is_error],
        "remarks": [{"says": str(each), "hint": each.hint} for each in remarks if not each.is_error],
    }


def told_home(items: Sequence[Mapping[str, Any]], *, planned: bool, refused: bool) -> str:
    """Return the items as text for a terminal. `refused` says that nothing is written because of errors."""
    lines = [line for item in _worth_telling(items) for line in _lines(item)]
    return "\n".join([*lines, home_summary(items, planned=planned, refused=refused)])


def _worth_telling(items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the items without those of which there is nothing to tell, where a document has several."""
    counted = Counter(item["document"] for item in items)
    return [item for item in items if counted[item["document"]] == 1 or any(item[key] for key in _SAID)]


_SAID: Final = ("changes", "conflicts", "errors", "remarks")


def _lines(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"{item['name']}（{item['document']}）→ {item['file']}" if item["file"] else f"“{item['document']}”"
    for one in item["changes"]:
        yield f"  {one['label']}：{_both(one['before'], one['now'])}"
    for one in item["conflicts"]:
        then = f"导出时是{_quoted(one['exported'])}，" if one["exported"] else ""
        yield f"  两边都改了 {one['label']}：{then}文件里现在是{_quoted(one['file'])}，文档里是{_quoted(one['document'])}"
    if item["conflicts"]:
        yield f"  这个事项一处也没有改。{_THEIRS}"
    for word, key in (("错误", "errors"), ("要知道的", "remarks")):
        for one in item[key]:
            yield f"  {word}：{quote(one['says'], QUOTED)}"
            if one["hint"]:
                yield f"    {one['hint']}"
    if item["file"] and not (item["changes"] or item["conflicts"] or item["errors"]):
        yield "  没有改动"
    yield ""


def _both(before: str, now: str) -> str:
    if not before:
        return f"加上{_quoted(now)}"
    return f"原来是{_quoted(before)}，现在是{_quoted(now)}" if now else f"删掉{_quoted(before)}"


def _quoted(text: str) -> str:
    return f"“{quote(text, QUOTED)}”" if text else "空的"


def home_summary(items: Sequence[Mapping[str, Any]], *, planned: bool, refused: bool) -> str:
    """Return what came of it in one sentence."""
    changed = [item for item in items if item["changes"] and not item["conflicts"]]
    places = sum(len(item["changes"]) for item in changed)
    if refused:
        return "有错误，什么也没有写。照上面说的改好文档，再导入一次。"
    left = [item["name"] for item in items if item["conflicts"]]
    said = f"{'会改' if planned else '改了'} {_counted(changed)}的 {places} 处" if changed else "没有要改的"
    about = f"；两边都改了、没有动的：{'、'.join(left)}" if left else ""
    return f"{said}{about}。{'什么也没有写。' if planned else ''}"


def _counted(items: Sequence[Mapping[str, Any]]) -> str:
    lists = sum(item["file"].startswith(_LISTS) for item in items)
    said = [f"{len(items) - lists} 个事项"] if lists < len(items) else []
    return "、".join([*said, f"{lists} 份公开清单"] if lists else said)


def home_page(items: Sequence[Mapping[str, Any]]) -> str:
    """Return the items as HTML, for the page of an import."""
    return "\n".join(map(_section, _worth_telling(items)))


def _section(item: Mapping[str, Any]) -> str:
    changes = [(one["label"], one["before"], one["now"]) for one in item["changes"]]
    conflicts = [(one["label"], one["exported"], one["file"], one["document"]) for one in item["conflicts"]]
    told = ((key, one) for key in _CLASSES for one in item[key])
    said = "".join(f"<li{_CLASSES[key]}>{_text(one['says'])} {_text(one['hint'])}</li>" for key, one in told)
    return "".join((
        f"<h2>{escape(item['name'])}</h2>",
        f'<p class="where">{escape(item["document"])} → {escape(item["file"])}</p>' if item["file"] else "",
        _table(("在哪里", "原来", "现在"), changes) if changes else "" if conflicts or not item["file"] else _NOTHING,
        _table(("两边都改了，没有动", "导出时", "文件里现在", "文档里"), conflicts) if conflicts else "",
        f"<ul>{said}</ul>" if said else "",
    ))  # fmt: skip


_NOTHING: Final = "<p>没有改动</p>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{_text(one)}</td>' for one in row)}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
