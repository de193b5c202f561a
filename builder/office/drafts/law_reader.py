"""Reads on what a service is based: titles, numbers in brackets of any kind, articles; laws that the site knows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry, one_line
from builder.office.shapes import Passage

TEXT_LIMIT, ARTICLE_LIMIT = 120, 40

_NUMBER: Final = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,12})\s*[（(\[［【〖〔﹝{｛]\s*(?P<year>(?:19|20)\d{2})年?\s*[）)\]］】〗〕﹞}｝]\s*(?:第\s*)?(?P<n>\d{1,5})\s*号"
)
_ARTICLE: Final = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+条(?:之[一二三])?(?:第[一二三四五六七八九十\d]+[款项])*(?:[、和及至]第?[一二三四五六七八九十百零\d]+[条款项])*"
)
_TITLE: Final = re.compile(r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
_MARK: Final = re.compile(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]\s*)+")
_AROUND: Final = re.compile(r"关于|印发|转发|的通知|根据|依据|按照|文件|文号|规定|和|及|号")
_BEYOND: Final = re.compile(r"[\u4e00-\u9fffA-Za-z\d]")


@dataclass(frozen=True, slots=True)
class _Citation:
    """A law as a document cites it: its title without 《》, its number, the article, and the text as written."""

    title: str
    number: str
    article: str
    text: str
    is_whole: bool  # whether title, number and article are all that the text says


def read_basis(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write on what the service is based."""
    bases: list[Value] = []
    for text in _parts(passage.value):
        cited = _citation(text)
        value = _basis(cited, passage, manuscript, library)
        if value is not None:
            bases.append(value)
    if bases:
        manuscript.add("legal", bases, passage)


def _basis(cited: _Citation, passage: Passage, manuscript: Manuscript, library: Library) -> Value | None:
    law, wrong = library.law(cited.title, cited.number) if cited.title or cited.number else ("", "")
    if wrong:
        manuscript.doubt(passage, wrong, cited.text)
    if not cited.is_whole or not (law or cited.title):
        law = ""
    name = _named(cited)
    if not law and len(name) > TEXT_LIMIT:
        manuscript.note(passage, "太长，不像文件名称", cited.text)
        return None
    if not law:
        manuscript.miss("法规", [name])
        if not cited.title:
            manuscript.doubt(passage, "没有写是哪部文件", cited.text)
    values: dict[str, Value] = {"law": law} if law else {"text": name}
    if cited.article and (law or cited.article not in name):
        values["article"] = cited.article
    return values


def _named(cited: _Citation) -> str:
    """Return a law as it is cited, its number in the form of official documents, without its article."""
    if cited.is_whole and cited.text.startswith("《"):
        return f"《{cited.title}》" + (f"（{cited.number}）" if cited.number else "")
    return _NUMBER.sub(lambda match: law_number(match[0]), unicodedata.normalize("NFC", cited.text), count=1)


def law_number(text: str) -> str:
    """Return the first number of a law in a text with the year in 〔〕, "" if there is none."""
    match = _NUMBER.search(unicodedata.normalize("NFKC", text))
    return f"{match['issuer']}〔{match['year']}〕{match['n']}号" if match else ""


def _citation(text: str) -> _Citation:
    plain = re.sub(r"^《《", "《", text)
    title = _TITLE.search(plain)
    number = law_number(plain)
    article = _ARTICLE.search(plain)
    rest = _TITLE.sub("", plain, count=1) if title else plain
    rest = unicodedata.normalize("NFKC", rest)
    rest = _NUMBER.sub("", rest, count=1) if number else rest
    rest = _ARTICLE.sub("", rest, count=1) if article else rest
    return _Citation(
        title["title"].strip() if title else "",
        number,
        article[0] if article and len(article[0]) <= ARTICLE_LIMIT else "",
        text,
        not _BEYOND.search(_AROUND.sub("", rest)),
    )


def _parts(text: str) -> list[str]:
    """Return the citations of a text: a line each, divided where a title begins behind 、 ， or ；."""
    found: list[str] = []
    for line in text.split("\n"):
        plain = one_line(_MARK.sub("", line))
        pieces = re.split(r"[；;]\s*|[、，,]\s*(?=《)|(?<=》)(?=《)|。\s*(?=\d{1,2}[.、．]|《)", plain)
        found += [entry(_MARK.sub("", piece)) for piece in pieces if _BEYOND.search(piece)]
    return found
