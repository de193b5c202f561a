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
_PER: Final = r"(?:\s*[/／每]\s*(?P<per>[\u4e00-\u9fff]{1,6}))?"
_PRICE: Final = re.compile(
    rf"(?P<name>[\u4e00-\u9fff《》]{{2,14}}?)??[：:]?(?:每(?P<each>[\u4e00-\u9fff]{{1,4}}?))?(?P<after>[\u4e00-\u9fff]{{2,4}}费)?(?:收费?|收取|为|缴纳)?{_AMOUNT}{_PER}"
)
# A name of what is paid for. One that tells who pays, for how long or under which condition is not understood.
_NO_NAME: Final = re.compile(
    r"[每元免减按以不]|收(?![费养购])|[缴交](?!费|警)|次年|首年|当年|(?<!工本)(?:[人童者户生员龄下上内外的后起]|年度?|部分|单位|居民)$"
)
_FIRST: Final = re.compile(
    r"(?:首次|初次|第一次)(?:办理|申领|领取|申请)?(?:免费|不收费|不收|免收)(?:工本费)?[，,；;。](?P<when>[\u4e00-\u9fff、]{2,12}?)的?(?P<rest>(?:工本费|每|收|\d).+)"
)
_BANDED: Final = re.compile(
    r"按照?(?P<of>[\u4e00-\u9fff]{2,10}?)(?:分档|分段)?(?:收取|收费|计收|计费)[：:，,]?(?P<bands>.+)"
)
_SIZE: Final = r"\d[\d,.]*万?[\u4e00-\u9fff㎡]{1,4}?"
_BAND: Final = re.compile(
    rf"(?:(?:[\d,.]+万?(?:[\u4e00-\u9fff㎡]{{1,4}})?[-—~～至到])?(?P<to>{_SIZE})(?:（含）)?(?:以下|以内|及以下)?|{_SIZE}(?:（含）)?以上)"
    rf"(?:的|部分)?[，,：:]?(?:收费?|收取|为)?{_AMOUNT}{_PER}"
)


def read_fee(passage: Passage, manuscript: Manuscript) -> None:
    """Write what it costs."""
    text = entry(passage.value)
    if _FREE.fullmatch(text) or (text in _NO and "是否" in passage.label):
        manuscript.fill("fees", "无", passage)
        return
    whole = _after_the_first(text) or _banded(text)
    parts = (part for part in re.split(r"[；;、\n]|[，,](?=\D{0,14}\d)", text) if part)
    fees = [whole] if whole else [_fee(part) for part in parts]
    if fees and all(fees):
        manuscript.add("fees", [fee for fee in fees if fee], passage)
        return
    doubtful = text in ("无", "没有", "暂无", "/", "—", "——")
    why = f"只写了“{text}”：是不收费，还是没有写？没有填" if doubtful else "没有读出收多少"
    manuscript.note(passage, why)


def _fee(text: str) -> Value | None:
    match = _PRICE.fullmatch(text.strip())
    if not match or (match["name"] and _NO_NAME.search(match["name"])):
        return None
    values: dict[str, Value] = {"amount": match["amount"].replace(" ", "")}
    if (name := match["name"] or match["after"]) and name not in ("收费", "费用"):
        values["name"] = name
    if per := match["per"] or match["each"]:
        values["per"] = per
    return _valid(values)


def _after_the_first(text: str) -> Value | None:
    """Return a fee that is not charged the first time: 首次免费，补领每证20元."""
    match = _FIRST.fullmatch(text)
    fee = _fee(match["rest"]) if match else None
    if match is None or not isinstance(fee, dict):
        return None
    return _valid({**fee, "when": f"{match['when']}的", "first_free": "是"})


def _banded(text: str) -> Value | None:
    """Return a fee in bands, where the text says by what they are told apart: 按建筑面积收取：100平方米以下50元，….

    Each but the last says how far it goes.
    """
    match = _BANDED.fullmatch(text)
    bands = [_BAND.fullmatch(part) for part in re.split(r"[；;，,](?=\s*\d)", match["bands"])] if match else []
    found = [band for band in bands if band]
    if match is None or len(found) < max(len(bands), 2) or not all(band["to"] for band in found[:-1]):
        return None
    made: list[Value] = []
    for band in found:
        limit: dict[str, Value] = {"to": band["to"]} if band["to"] else {}
        per: dict[str, Value] = {"per": band["per"]} if band["per"] else {}
        made.append({**limit, "amount": band["amount"].replace(" ", ""), **per})
    return _valid({"of": match["of"], "bands": made})


def _valid(values: dict[str, Value]) -> Value | None:
    try:
        Fee.model_validate(values)
    except ValidationError:
        return None
    return values
