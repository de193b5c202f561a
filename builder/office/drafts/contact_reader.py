"""Reads where to go and whom to call: places of the site by name or address, phone numbers, complaints, pages of the web."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from builder.content.model.access import Online, Visits, is_web_address
from builder.content.model.contacts import Phone
from builder.content.model.item import Channel
from builder.content.phone_numbers import PhoneNumber, numbers_in
from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry, one_line
from builder.office.shapes import Passage

LABEL_LIMIT, WINDOW_LIMIT, NOTE_LIMIT, UNIT_LIMIT = 30, 40, 80, 60

_WINDOW: Final = re.compile(r"[^，。；]*窗口")
_IN_PLACE: Final = re.compile(r"[（(A-Za-z\d]|[一二三四五六七八九十]+[楼层号]|[^，。；]{0,14}(?:窗口|室|大厅|楼)")
_URL: Final = re.compile(r"(?:https?://|www\.)[!-~]+")
_UNIT_BEFORE: Final = re.compile(
    r"(?P<unit>[\u4e00-\u9fff（）]{2,60}?)[：:]?(?P<numbers>[\d（(][\d\s（）()\-—－转、，,；;]*)"
)


def read_place(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write where it is done: places of the site. What the site does not know is told, and not made up."""
    for text in (one_line(part).rstrip("。；") for part in re.split(r"[\n；;]", passage.value)):
        if not text:
            continue
        id, beyond = library.place(text)
        if not id or (beyond and not _IN_PLACE.match(beyond)):
            manuscript.miss("地点", [text])
            manuscript.note(passage, "地点库里没有，没有写进“在哪办”", text)
            continue
        values: dict[str, Value] = {"place": id}
        if beyond and _WINDOW.fullmatch(beyond) and len(beyond) <= WINDOW_LIMIT:
            values["window"] = beyond
        elif beyond and len(beyond) <= NOTE_LIMIT:
            values["note"] = beyond
        elif beyond:
            manuscript.remember(text)
        manuscript.add("places", [values if len(values) > 1 else id], passage, text)


def read_phones(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write whom to call."""
    phones = _phones(passage.value, library)
    if phones is None:
        manuscript.note(passage, "号码读不准（位数不对，或者不全），没有写进电话")
    else:
        manuscript.add("phones", phones, passage)


def read_supervision(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write where one can complain."""
    text = one_line(passage.value)
    unit = _UNIT_BEFORE.fullmatch(text.rstrip("。"))
    phones = _phones(unit["numbers"] if unit else text, library)
    if phones is None:
        manuscript.fill("supervision", {"note": text}, passage)
        return
    manuscript.fill("supervision", {**({"unit": unit["unit"]} if unit else {}), "phones": phones}, passage)


def read_channels(passage: Passage, manuscript: Manuscript) -> None:
    """Write how one can apply, if the text is a list of ways that the model knows."""
    words = [word for word in re.split(r"[、，,；;/\n]|或者?", entry(passage.value)) if word]
    known = Channel.names()
    ways = [word if word in known else f"{word}办理" for word in map(entry, words)]
    if ways and all(way in known for way in ways):
        manuscript.add("channels", [Channel.of(way).label for way in ways], passage)
    else:
        manuscript.tell(
            passage, passage.label or "办理方式", one_line(passage.value), "不是几种现成的办法，写在补充说明里"
        )


def read_online(passage: Passage, manuscript: Manuscript) -> None:
    """Write where one can apply online."""
    text = entry(passage.value)
    value: Value = text
    if url := _URL.search(text):
        name = re.sub(r"[（(：:\s]+$|^[）)]", "", text[: url.start()]).strip()
        value = {"url": url[0], **({"name": name} if name else {})}
        if text[url.end() :].strip("）)。 "):
            value["note"] = text[url.end() :].strip("）)。，, ")
    try:
        Online.model_validate(value)
    except ValidationError:
        manuscript.note(passage, "没有读出网址")
        return
    if isinstance(value, str) and not is_web_address(value) and value in ("是", "否", "无", "有"):
        manuscript.note(passage, "没有读出网址")
        return
    manuscript.add("online", [value], passage)


def read_visits(passage: Passage, manuscript: Manuscript) -> None:
    """Write how often one has to come."""
    text = entry(passage.value)
    try:
        visits = Visits.model_validate({"times": text if text not in ("无", "零") else ""})
    except ValidationError:
        manuscript.note(passage, "没有读出到现场几次")
        return
    manuscript.fill("visits", str(visits.times), passage)


def _phones(text: str, library: Library) -> list[Value] | None:
    """Return the numbers of a text, None where one of them is not certain."""
    found = _one_by_one(text)
    phones: list[Value] = []
    for one in found:
        values: dict[str, Value] = {"number": library.full_number(one.number)}
        if one.label:
            values["label"] = one.label
        if one.hours:
            values["hours"] = one.hours
        try:
            Phone.model_validate(values)
        except ValidationError:
            return None
        if len(one.label) > LABEL_LIMIT:
            return None
        phones.append(values if len(values) > 1 else values["number"])
    return phones or None


def _one_by_one(text: str) -> list[PhoneNumber]:
    """Return the numbers of a text line by line, and of a line by the wide spaces in it; [] if any part is not certain."""
    parts = [part for part in re.split(r"\n|\s{2,}|(?<=\d)[\s、，,]+(?=[\u4e00-\u9fff])|[；;]", text) if part.strip()]
    found = [numbers_in(part) for part in parts]
    return [one for numbers in found for one in numbers] if all(found) else []
