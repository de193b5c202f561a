"""Reads the columns of lists: what has to be made public, how deep a matter is handled, plans, codes, kinds."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from builder.content.fields import Choice
from builder.content.model.disclosure import DisclosureForm
from builder.content.model.item import HandlingType, ItemType
from builder.content.model.quantities import DisclosureTerm, Route, routes
from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry, one_line
from builder.office.shapes import Passage

_MONTH: Final = re.compile(
    r"(?:^|(?<=[；。]))(?P<by>(?:\d{4}年)?\d{1,2}月(?:底|中旬|上旬|下旬|份)?(?:前|底前)?)[，：:、]"
)
_FORMS: Final = re.compile(r"[、，；;\s]+|(?<=公开)(?=政府|社区|村|乡)")
_CODE: Final = re.compile(r"[\w\-./()（）〔〕\[\]]{1,40}")
_CODES: Final = (("基本", "catalog"), ("实施", "task"), ("办理项", "handle"))


def read_term(passage: Passage, manuscript: Manuscript) -> None:
    """Write when something has to be made public."""
    text = entry(passage.value)
    if term_in(text):
        manuscript.merge("disclosure", {"term": text}, passage)
    else:
        manuscript.note(passage, "没有读出公开的时限")


def term_in(text: str) -> DisclosureTerm | None:
    """Return when something has to be made public, None if a text does not say it in a way that is understood."""
    try:
        return DisclosureTerm.model_validate(text)
    except ValidationError:
        return None


def read_form(passage: Passage, manuscript: Manuscript) -> None:
    """Write in what form something has to be made public."""
    if labels := forms_in(entry(passage.value)):
        manuscript.merge("disclosure", {"form": labels[0] if len(labels) == 1 else labels}, passage)
    else:
        manuscript.note(passage, "公开形式不在现有的几种里")


def forms_in(text: str) -> list[Value]:
    """Return the forms in which something is made public; none if one of them is not known."""
    known = DisclosureForm.written()
    words = [text] if text in known else [word for word in _FORMS.split(text) if word]
    return [DisclosureForm.of(word).label for word in words] if all(word in known for word in words) else []


def read_depth(passage: Passage, manuscript: Manuscript) -> None:
    """Write which level does what."""
    text = entry(passage.value)
    found = routes(text)
    try:
        for route in found:
            Route.model_validate(route)
    except ValidationError as refused:
        why = next((str(error["ctx"]["error"]) for error in refused.errors() if "ctx" in error), "")
        manuscript.note(passage, f"没有读出各级做什么{f'：{why}' if why else ''}")
        return
    manuscript.fill("depth", found if len(found) > 1 else text, passage)


def read_plan(passage: Passage, manuscript: Manuscript) -> None:
    """Write what is planned for which month."""
    text = one_line(passage.value)
    months = list(_MONTH.finditer(text))
    if not months or months[0].start():
        manuscript.note(passage, "没有读出哪个月做什么")
        return
    ends = [*(month.start() for month in months[1:]), len(text)]
    steps: list[Value] = [
        {"by": month["by"], "task": entry(text[month.end() : end])} for month, end in zip(months, ends, strict=True)
    ]
    manuscript.fill("rollout", steps, passage)


def read_code(passage: Passage, manuscript: Manuscript) -> None:
    """Write the code of the item in the catalogue that the label names."""
    key = next((key for word, key in _CODES if word in passage.label), "local")
    text = entry(passage.value)
    if _CODE.fullmatch(text):
        manuscript.merge("codes", {key: text}, passage)
    else:
        manuscript.note(passage, "不像编码")


def read_domain(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write what kind of matter it is: a type of the national catalogue, a topic of the site, or its own word."""
    text = entry(passage.value)
    choices: tuple[tuple[str, type[Choice]], ...] = (("type", ItemType), ("handling", HandlingType))
    for key, choice in choices:
        if text in choice.names():
            manuscript.fill(key, choice.of(text).label, passage)
            return
    if "主题" in passage.label and all(topics := [library.topic(word) for word in re.split("[、，]", text)]):
        manuscript.add("topics", topics, passage)
    elif "领域" in passage.label or "类别" in passage.label:
        line(passage, manuscript, "domain", _DOMAIN_LIMIT)
    else:
        manuscript.note(passage, "不是现有的事项类型、办件类型或主题")


_DOMAIN_LIMIT: Final = 30


def line(passage: Passage, manuscript: Manuscript, key: str, limit: int) -> None:
    """Write a text on one line as it is, if the field is long enough."""
    text = entry(passage.value)
    if len(text) <= limit:
        manuscript.fill(key, text, passage)
    else:
        manuscript.note(passage, f"超过{limit}个字，没有写进字段")
