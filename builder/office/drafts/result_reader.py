"""Reads what one gets: results, how they come, amounts, forms to fill in."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from builder.content.model.access import DeliveryWay
from builder.content.model.item import Benefit
from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.paper_phrase import is_named_like_a_paper
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry, one_line
from builder.office.shapes import Passage

LINE_LIMIT, TITLE_LIMIT, WHERE_LIMIT = 120, 80, 60

_COMES: Final = ("送达", "领取", "取件")
_TITLE: Final = re.compile(r"《[^《》]+》")
_WHERE: Final = re.compile(
    r"[，,]?(?:可)?(?:到|在|至|向|从)(?P<where>[^，。；]{2,40}?)(?:领取|索取|下载|免费领取|获取|填写)"
)
_PER_MONTH: Final = re.compile(
    r"(?P<per>每[\u4e00-\u9fff]{1,6}?)(?:补贴|补助|发放)?(?P<amount>\d[\d,]*(?:\.\d+)?)元(?:/(?P<unit>[\u4e00-\u9fff]{1,4}))?"
)


def read_results(passage: Passage, manuscript: Manuscript) -> None:
    """Write what one gets in the end, or how it comes, as the label says."""
    text = entry(passage.value)
    if any(word in passage.label for word in _COMES):
        ways = [word for word in re.split(r"[、，,；;/]|或者?", text) if word]
        if ways and all(way in DeliveryWay.names() for way in ways):
            manuscript.add("delivery", [DeliveryWay.of(way).label for way in ways], passage)
        else:
            manuscript.note(passage, "不是几种现成的办法，没有写进“结果怎么给”")
        return
    parts = [entry(part) for part in re.split(r"[、；;\n](?![^《]*》)", text) if entry(part)]
    if parts and all(is_named_like_a_paper(part) and len(part) <= LINE_LIMIT for part in parts):
        manuscript.add("outputs", parts, passage)
    else:
        manuscript.note(passage, "不像证件、文书的名称，没有写进“办成后拿到什么”")


def read_benefits(passage: Passage, manuscript: Manuscript) -> None:
    """Write how much one can get. A sentence that is not understood is a note of its own."""
    benefits: list[Value] = []
    for line in filter(None, map(entry, re.split(r"[\n；;]", passage.value))):
        match = _PER_MONTH.fullmatch(line)
        value: Value = {"note": line}
        if match and not match["unit"]:
            value = {"amount": match["amount"].replace(",", ""), "per": match["per"].removeprefix("每")}
        try:
            Benefit.model_validate(value)
        except ValidationError:
            value = {"note": line}
        benefits.append(value)
    manuscript.add("benefits", benefits, passage)


def read_forms(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write which forms have to be filled in, and where one gets them."""
    text = one_line(passage.value).rstrip("。；")
    if text in ("无", "不需要", "无需填表"):
        manuscript.fill("forms", "无", passage)
        return
    titles = _TITLE.findall(text)
    rest = _TITLE.sub("", text)
    where = _WHERE.search(rest)
    beyond = re.sub(r"[\W和及]", "", _WHERE.sub("", rest))
    if not titles or beyond or any(len(title) > TITLE_LIMIT for title in titles):
        manuscript.note(passage, "没有读出是哪几张表、在哪里领")
        return
    forms: list[Value] = []
    for title in titles:
        id = library.form(title)
        values: dict[str, Value] = {"ref": id} if id else {"title": title}
        if where:
            values["where"] = where["where"]
        forms.append(id if values == {"ref": id} else values)
    manuscript.add("forms", forms, passage)
