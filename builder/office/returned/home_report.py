"""What is told of items that came home: 原来 and 现在, item by item, as data, as text, and as part of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from builder.office.returned.documents import Brought
from builder.support.diagnostics import quote

QUOTED: Final = 80  # characters of a text on the terminal
_THEIRS: Final = "照文档的写，加上 --theirs 再导入一次；要留文件里的，在文档里改成一样。"

_CLASSES: Final = {"errors": ' class="doubt"', "remarks": ""}


def home_data(brought: Sequence[Brought]) -> list[dict[str, Any]]:
    """Return the items as plain data."""
    return [
        {
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
            "errors": [{"says": str(each), "hint": each.hint} for each in one.outcome.errors],
            "remarks": [{"says": str(each), "hint": each.hint} for each in one.outcome.remarks if not each.is_error],
        }
        for one in brought
    ]


def told_home(items: Sequence[Mapping[str, Any]], *, planned: bool, refused: bool) -> str:
    """Return the items as text for a terminal. `refused` says that nothing is written because of errors."""
    lines = [line for item in items for line in _lines(item)]
    return "\n".join([*lines, home_summary(items, planned=planned, refused=refused)])


def _lines(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"{item['name']}（{item['document']}）→ {item['file']}"
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
    if not (item["changes"] or item["conflicts"] or item["errors"]):
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
    said = f"{'会改' if planned else '改了'} {len(changed)} 个事项的 {places} 处" if changed else "没有要改的"
    about = f"；两边都改了、没有动的：{'、'.join(left)}" if left else ""
    return f"{said}{about}。{'什么也没有写。' if planned else ''}"


def home_page(items: Sequence[Mapping[str, Any]]) -> str:
    """Return the items as HTML, for the page of an import."""
    return "\n".join(map(_section, items))


def _section(item: Mapping[str, Any]) -> str:
    changes = [(one["label"], one["before"], one["now"]) for one in item["changes"]]
    conflicts = [(one["label"], one["exported"], one["file"], one["document"]) for one in item["conflicts"]]
    told = ((key, one) for key in _CLASSES for one in item[key])
    said = "".join(f"<li{_CLASSES[key]}>{_text(one['says'])} {_text(one['hint'])}</li>" for key, one in told)
    return "".join((
        f"<h2>{escape(item['name'])}</h2>",
        f'<p class="where">{escape(item["document"])} → {escape(item["file"])}</p>',
        _table(("在哪里", "原来", "现在"), changes) if changes else "" if conflicts else "<p>没有改动</p>",
        _table(("两边都改了，没有动", "导出时", "文件里现在", "文档里"), conflicts) if conflicts else "",
        f"<ul>{said}</ul>" if said else "",
    ))  # fmt: skip


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{_text(one)}</td>' for one in row)}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
