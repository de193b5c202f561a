"""Drafts of items whose texts a test writes down, made in a small site."""

from __future__ import annotations

from functools import cache
from typing import Any

from builder.content.model.item import Item
from builder.content.settings import Settings
from builder.content.site import Site, collect
from builder.loading import load_file
from builder.office.documents import Origin
from builder.office.drafts.draft import Draft
from builder.office.drafts.drafting import make_draft
from builder.office.drafts.site_library import Library
from builder.office.shapes import SourceItem, vocabulary
from builder.office.shapes.lines import Line
from builder.office.shapes.passages import passages_of

FILES = {
    "content/areas.yaml": "xian: {name: 清江县, level: 区县级}\nzhen: {name: 清江镇, level: 乡镇街道, parent: xian}\n",
    "content/materials.yaml": (
        "id-card: {name: 居民身份证, aliases: [身份证]}\n"
        "household-book: {name: 居民户口簿, aliases: [户口簿, 户口本]}\n"
        "permit: {name: 居住证}\n"
        "photo-1-inch: {name: 1寸照片}\n"
        "licence: {name: 营业执照}\n"
    ),
    "content/laws.yaml": (
        "jiuye: {title: 关于规范劳动就业管理的通知, number: 津劳办〔2004〕391号}\n"
        "hunyin: {title: 中华人民共和国婚姻法, status: 已废止, replaced_by: minfa}\n"
        "minfa: {title: 中华人民共和国民法典}\n"
    ),
    "content/audiences.yaml": "geren: {name: 个人}\ndanwei: {name: 单位}\n",
    "content/topics.yaml": "jiuye: {name: 找工作}\n",
    "content/forms.yaml": "biao: {title: 《求职登记表》}\n",
    "content/departments/dangqun.yaml": "name: 清江镇党群服务中心\naliases: [街劳服]\narea: zhen\nphones: 022-65775272\n",
    "content/departments/minzheng.yaml": "name: 清江县民政局\nshort: 县民政局\narea: xian\n",
    "content/places/dating.yaml": "name: 清江镇便民服务大厅\nkind: 办事大厅\narea: zhen\naddress: 中心街1号\n",
}  # fmt: skip


@cache
def small_site() -> Site:
    """Return a site with a few records and no items."""
    return collect(Settings(name="清江镇"), [load_file(file, text.encode()) for file, text in FILES.items()])


def source_item(name: str = "求职登记", **texts: str) -> SourceItem:
    """Return an item whose passages are these texts by the key of the field, each under the first label of the field."""
    words, origin = vocabulary(), Origin("指南.docx", paragraph=3)
    passages = []
    for key, text in texts.items():
        label = words.fields[key].labels[0] if key in words.fields else key
        lines = [Line(line, origin) for line in text.split("\n") if line.strip()]
        made, _ = passages_of(label, key if key in words.fields else "", lines, origin, words)
        passages += made
    return SourceItem(name, "1", origin, passages=tuple(passages))


def drafted(*, chosen: str = "", **texts: str) -> Draft:
    """Return the draft of an item of these texts, with a department that was `chosen`; its values are valid."""
    draft = make_draft(source_item(**texts), "qiuzhi", Library(small_site(), "zhen"), "zhinan", chosen)
    Item.model_validate(draft.values)
    return draft


def became(key: str, text: str) -> dict[str, Any]:
    """Return what a text under one label became, without what every draft has."""
    common = ("name", "status", "provenance")
    return {name: value for name, value in drafted(**{key: text}).values.items() if name not in common}
