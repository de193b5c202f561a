"""Reads what it costs. 无 may say that it is free or that nobody wrote it down, so it is never taken for free."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from builder.content.model.fees import Fee
from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.tidying import entry
from builder.office.shapes import Passage

_FREE: Final = re.compile(
    r"(?:(?:本事项|该事项|办理)?(?:不收费|不收取(?:任何)?费用?|免费(?:办理)?|免收费?|不收取|零收费|无收费|不涉及收费))"
)
_NO: Final = ("否", "不收费")
_AMOUNT: Final = (
    r"(?P<amount>(?:不超过|不高于|最高)?\d[\d,]*(?:\.\d+)?万?(?:\s*[-至到~—]\s*\d[\d,]*(?:\.\d+)?万?)?)\s*元"
)
_PRICE: Final = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,12}}费)?[：:]?(?:每(?P<each>[\u4e00-\u9fff]{{1,4}}))?(?:收费?|收取|为)?{_AMOUNT}(?:\s*[/／每]\s*(?P<per>[\u4e00-\u9fff]{{1,6}}))?"
)


def read_fee(passage: Passage, manuscript: Manuscript) -> None:
    """Write what it costs."""
    text = entry(passage.value)
    if _FREE.fullmatch(text) or (text in _NO and "是否" in passage.label):
        manuscript.fill("fees", "无", passage)
        return
    fees = [_fee(part) for part in re.split(r"[；;\n]|[，,](?=\D{0,12}\d)", text) if part]
    if fees and all(fees):
        manuscript.add("fees", [fee for fee in fees if fee], passage)
        return
    doubtful = text in ("无", "没有", "暂无", "/", "—", "——")
    why = f"只写了“{text}”：是不收费，还是没有写？没有填" if doubtful else "没有读出收多少"
    manuscript.note(passage, why)


def _fee(text: str) -> Value | None:
    match = _PRICE.fullmatch(text.strip())
    if not match:
        return None
    values: dict[str, Value] = {"amount": match["amount"].replace(" ", "")}
    if match["name"] and match["name"] not in ("收费", "费用"):
        values["name"] = match["name"]
    if per := match["per"] or match["each"]:
        values["per"] = per
    try:
        Fee.model_validate(values)
    except ValidationError:
        return None
    return values
