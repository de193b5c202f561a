"""The report of an import as a page: one file that opens without a network, can be printed and handed back to the office."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from builder.office.drafts.import_report import MORE_ROWS, ONLY_DISCLOSURE, TWICE
from builder.office.drafts.told_report import summary

_STYLE = """
body{font:16px/1.7 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;color:#1a1a1a;max-width:60em;margin:2em auto;padding:0 1em}
h1{font-size:1.6em}h2{font-size:1.2em;margin:2em 0 .4em;padding-top:.6em;border-top:2px solid #1f4e79}h3{font-size:1em;margin:1.2em 0 .3em}
table{border-collapse:collapse;width:100%;margin:.4em 0}th,td{border:1px solid #999;padding:.35em .6em;text-align:left;vertical-align:top}
th{background:#eef3f8;font-weight:600}td p{margin:0}.where{color:#555;font-size:.9em;margin:0}.doubt{background:#fff6e0}ul{margin:.3em 0;padding-left:1.4em}
th:first-child,td:first-child{min-width:4.5em}.answer{width:26%}
@media print{body{margin:0;max-width:none;font-size:10.5pt}h2{break-after:avoid}tr{break-inside:avoid}a{color:inherit;text-decoration:none}}
"""


def page_of(report: Mapping[str, Any], *, planned: bool, more: str = "", said: str = "") -> str:
    """Return the report as HTML, with `more` sections before the items; `said` is what came of these.

    `planned` says that nothing has been written.
    """
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>导入核对表</title><style>{_STYLE}</style></head><body>",
        f"<h1>导入核对表</h1><p>{escape(said)}{escape(summary(report, planned=planned)) if report['documents'] else ''}</p>",
        "<p>请看每个事项写得对不对。黄底的是没有看懂、拿不准的，请在“您的答复”一栏写上。</p>",
        more,
        *map(_document, report["documents"]),
        *map(_list_rows, report["lists"]),
        _contents(report["items"]),
        *(_item(number, item) for number, item in enumerate(report["items"], start=1)),
        _twice(report["twice"]),
        _unknown(report["unknown"]),
        "</body></html>\n",
    ]
    return "\n".join(filter(None, parts))


def _document(document: Mapping[str, Any]) -> str:
    left = [*((one["text"], f"{one['place']}，{one['why']}") for one in document["leftovers"])]
    rows = "".join(f"<tr><td>{_text(text)}</td><td>{escape(why)}</td></tr>" for text, why in left)
    table = f"<table><tr><th>没有放进事项的文字</th><th>在哪里，为什么</th></tr>{rows}</table>" if rows else ""
    remarks = _list("要知道的", document["remarks"])
    return f"<h3>{escape(document['name'])}：{document['items']} 个事项</h3>{table}{remarks}"


def _list_rows(one: Mapping[str, Any]) -> str:
    state = "网站上已经有了，没有改动：" if one["action"] == "known" else "草稿："
    head = f"<h3>公开清单“{escape(one['title'])}”：{one['rows']} 行</h3>"
    return f'{head}<p class="where">{state}{escape(one["file"])}</p>{_list(MORE_ROWS, one["more"])}{_doubts(one["doubts"])}'


def _contents(items: list[Mapping[str, Any]]) -> str:
    entries = "".join(
        f'<li><a href="#i{number}">{escape(item["name"])}</a>{_marks(item)}</li>'
        for number, item in enumerate(items, start=1)
    )
    return f"<h3>目录</h3><ol>{entries}</ol>" if entries else ""


def _marks(item: Mapping[str, Any]) -> str:
    marks = [f"存疑 {len(item['doubts'])}"] if item["doubts"] else []
    marks += ["网站上已经有了"] if item["action"] != "new" else []
    return f"（{'，'.join(marks)}）" if marks else ""


def _item(number: int, item: Mapping[str, Any]) -> str:
    state = {"known": "网站上已经有了，没有改动：", "updated": "网站上已经有了，照文件改："}.get(
        item["action"], "草稿："
    )
    parts = [
        f'<h2 id="i{number}">{number}．{escape(item["name"])}</h2>',
        f'<p class="where">{escape(item["place"])}　{state}{escape(item["file"])}</p>',
        "" if item["guide"] else f"<p>{ONLY_DISCLOSURE}</p>",
        _changes(item["changes"]),
        _fields(item["fields"]),
        _doubts(item["doubts"]),
        f"<p>文件里是空的，没有填：{escape('，'.join(item['blank']))}</p>" if item["blank"] else "",
        _list("名称相近的", item["near"]),
        _list("检查提醒", [one["says"] + (f"（{one['hint']}）" if one["hint"] else "") for one in item["findings"]]),
    ]
    return "\n".join(filter(None, parts))


def _fields(fields: list[Mapping[str, Any]]) -> str:
    rows = "".join(
        f"<tr><th>{escape(one['label'])}</th><td>{_lines(one['value'])}</td><td>{_lines(one['source'])}</td></tr>"
        for one in fields
    )
    return f"<table><tr><th>字段</th><th>写成</th><th>原文</th></tr>{rows}</table>"


def _doubts(doubts: list[Mapping[str, Any]]) -> str:
    rows = "".join(
        f'<tr class="doubt"><td>{escape(one["label"])}</td><td>{escape(one["why"])}</td><td>{_text(one["source"])}</td><td class="answer"></td></tr>'
        for one in doubts
    )
    return (
        f"<h3>存疑</h3><table><tr><th>栏目</th><th>为什么</th><th>原文</th><th>您的答复</th></tr>{rows}</table>"
        if rows
        else ""
    )


def _changes(changes: list[Mapping[str, Any]]) -> str:
    rows = "".join(
        f'<tr class="doubt"><th>{escape(one["label"])}</th><td>{_lines(one["now"])}</td><td>{_lines(one["then"])}</td><td class="answer">{"照文件改" if one["applied"] else escape(one["left"])}</td></tr>'
        for one in changes
    )
    head = "<tr><th>字段</th><th>网站上现在</th><th>文件里</th><th>您的答复</th></tr>"
    return f"<h3>和网站上不一样的</h3><table>{head}{rows}</table>" if rows else ""


def _twice(twice: list[Mapping[str, Any]]) -> str:
    return _list(TWICE, [f"{one['name']}（{one['place']}），出处记在 {one['file']}" for one in twice])


def _unknown(unknown: list[Mapping[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td>{escape(one['kind'])}</td><td>{escape(one['name'])}</td><td>{escape('、'.join(one['items']))}</td></tr>"
        for one in unknown
    )
    head = "<tr><th>哪一类</th><th>文件里的名称</th><th>哪些事项要用</th></tr>"
    return f"<h2>网站上还没有、要先建的</h2><table>{head}{rows}</table>" if rows else ""


def _list(title: str, texts: list[str]) -> str:
    entries = "".join(f"<li>{_text(text)}</li>" for text in texts)
    return f"<h3>{title}</h3><ul>{entries}</ul>" if entries else ""


def _lines(lines: list[str]) -> str:
    return "".join(f"<p>{_text(line)}</p>" for line in lines)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
