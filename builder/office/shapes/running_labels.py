"""Finds the labels of a running text: 办结时限：当日, also in the middle of a line where everything runs on.

A label stands before a colon. Where a colon follows some text, the longest known label that ends there is the label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from builder.office.documents import Origin
from builder.office.shapes.folding import bare, half_width, squeezed
from builder.office.shapes.lines import Line
from builder.office.shapes.vocabulary import Vocabulary

_COLON: Final = re.compile(r"[ \t]*(?::|;(?=\s*(?:1|\(1|一|\(一)[、.)\)])|】\s*:?)")
_LONE_CHARACTER: Final = re.compile(r"(?:→|—{1,2}|-+>)\s*[\u4e00-\u9fff]$")
_LIST_BEGINS: Final = re.compile(r"\s*(?:1[、.]|\(1\)|①|\(一\)|一、)")
_DECORATION: Final = re.compile(
    r"[\s\"'“【◇◆■●★▲*·•]*(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]+|[①-⑳])?[\s【◇◆■●★*]*"
)
_AFTER_SENTENCE: Final = frozenset("。；;.)）》”】!？?！\n")
_WIDE_BLANK: Final = re.compile(r"(?:\s{2,}|[\t\u3000])$")
_NOT_BEFORE_A_LABEL: Final = re.compile(
    r"(?:以下|下列|如下|上述|提交|提供|携带|准备|所需|需要?|须|应|的|及|和|与|或|为|按照?|凭|持|带|附|等|其[他它]|相关|有关|全部|各种|填写|符合|本|该)$"
)
_HEADING: Final = re.compile(r"\s*[一二三四五六七八九十]{1,3}、\s*(?P<label>[^:。;,?!]{3,12})(?::|\s*$)")
_UNKNOWN_LABEL: Final = re.compile(r"\s*(?P<label>[\u4e00-\u9fff]{4,12}):")
_OF_PARTS: Final = ("phones", "place", "hours", "receiving", "supervision", "contacts")  # lines like 东城社区：8887766
_OF_SOME: Final = re.compile(
    "特殊|特别|其[他它]|补充|不|非|免|例外"
)  # what such a label tells is not what it ends with
_NOT_A_LABEL: Final = re.compile(r"如下|下列|以下|(?:提交|提供|携带)(?!的)|[和及或]$")
_FEWEST_HEADINGS: Final = 2  # known ones, before one that is not known counts
_ALONE_ON_LINE: Final = 14
_NOWHERE: Final = Origin("")
_MARKED: Final = re.compile(r"\s*[◇◆■★▲●]")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its text as printed, its field, and where it begins and its value begins, as places in the whole text."""

    text: str
    field: str
    start: int
    end: int
    at_start: bool  # whether it stands at the beginning of a line
    origin: Origin = _NOWHERE


def labels_in(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Label]:
    """Return the labels in `lines`, in order. Places count in the lines joined by line feeds."""
    found: list[Label] = []
    headings, recurring = _headings(lines, vocabulary), _recurring(lines)
    place = labelled = 0  # `labelled` is the line of the last label
    for index, line in enumerate(lines):
        if line.table is not None:
            place += len(line.text) + 1
            continue
        folded = half_width(line.text)
        own = _with_colon(line.text, folded, place, vocabulary)
        if (heading := headings.get(index)) and not any(label.at_start for label in own):
            own = [label for label in own if label.start - place >= heading.end]
            own.insert(0, replace(heading, start=place + heading.start, end=place + heading.end))
        if not any(label.at_start for label in own):
            beside = bool(found) or index + 1 < len(lines)
            below = bool(found) and found[-1].end == place - 1  # nothing stands behind the label above
            label = _without_colon(line.text, folded, place, vocabulary, beside=beside, below=below)
            if label is None and found and not own:
                is_below = labelled == index - 1
                label = _unlisted(line.text, folded, place, found[-1].field, recurring, vocabulary, is_below=is_below)
            own = [label, *own] if label else own
        labelled = index if own else labelled
        found += (replace(label, origin=line.origin) for label in own)
        place += len(line.text) + 1
    return found


def _headings(lines: Sequence[Line], vocabulary: Vocabulary) -> Mapping[int, Label]:
    """Return headings like 二、报销所需材料 by their line: numbered as known labels are, they end with a known one.

    Places count in the line.
    """
    found = {
        index: match
        for index, line in enumerate(lines)
        if line.table is None and (match := _HEADING.match(half_width(line.text)))
    }
    known = [index for index, match in found.items() if vocabulary.field_of(match["label"])]
    if len(known) < _FEWEST_HEADINGS:
        return {}
    headings: dict[int, Label] = {}
    for index, match in found.items():
        text = lines[index].text[match.start("label") : match.end("label")].strip()
        field = vocabulary.field_at_end(text)
        if index not in known and field:
            headings[index] = Label(_printed(text), field, match.start(), match.end(), at_start=True)
    return headings


def _recurring(lines: Sequence[Line]) -> frozenset[str]:
    """Return what stands before a colon at the beginning of two lines or more, as labels do in one guide after another."""
    matches = [_UNKNOWN_LABEL.match(half_width(line.text)) for line in lines if line.table is None]
    counts = Counter(match["label"] for match in matches if match)
    return frozenset(label for label, count in counts.items() if count > 1)


def _unlisted(
    line: str,
    folded: str,
    offset: int,
    before: str,
    recurring: Collection[str],
    vocabulary: Vocabulary,
    *,
    is_below: bool,
) -> Label | None:
    """Return a label that the vocabulary does not list: one like 救助所需材料：, by its end, or one that recurs.

    The first stands just below another label with its value, or below a list and tells something else than that.
    """
    match = _UNKNOWN_LABEL.match(folded)
    if not match or (before in _OF_PARTS and match["label"] not in recurring):
        return None
    text = line[match.start("label") : match.end("label")]
    field = "" if _OF_SOME.match(text) else vocabulary.field_at_end(text)
    in_list = vocabulary.holds(before) in ("list", "steps")
    recurs = match["label"] in recurring and (not in_list or bool(field and field != before))
    ends = (is_below or in_list) and bool(vocabulary.field_at_end(text)) and field != before
    if not (recurs or ends) or _NOT_A_LABEL.search(text):
        return None
    return Label(_printed(text), field, offset, offset + match.end(), at_start=True)


def _with_colon(line: str, folded: str, offset: int, vocabulary: Vocabulary) -> list[Label]:
    labels: list[Label] = []
    begin = 0  # where the value of the label before begins
    for colon in _COLON.finditer(folded):
        label = _label_before(line, folded, begin, colon, offset, vocabulary)
        if label:
            labels.append(label)
            begin = colon.end()
    return labels


def _label_before(
    line: str, folded: str, begin: int, colon: re.Match[str], offset: int, vocabulary: Vocabulary
) -> Label | None:
    """Return the label that ends at a colon, None if no known one does."""
    end = colon.start()
    if at_start := begin == 0:
        begin = min(_decorated(folded), end)
        if field := vocabulary.field_of(line[begin:end]):
            return Label(_printed(line[begin:end]), field, offset, offset + colon.end(), at_start=True)
    found: Label | None = None
    for length in range(min(vocabulary.longest_label + 8, end - begin), 1, -1):
        start = end - length
        candidate = line[start:end]
        if (
            candidate[0].isspace()
            or not (field := vocabulary.listed_field_of(candidate))
            or len(squeezed(candidate)) != len(bare(candidate))
        ):
            continue
        is_short = bare(candidate) in vocabulary.short and not (length > 2 and _LIST_BEGINS.match(folded, colon.end()))
        if not _may_begin(folded, begin, start, is_short, at_start=at_start):
            break
        found = found or Label(_printed(candidate), field, offset + start, offset + colon.end(), at_start=False)
        if not _LONE_CHARACTER.search(folded[begin:start]):  # else …→乡办理所需资料： is 乡办理 and 所需资料
            return Label(_printed(candidate), field, offset + start, offset + colon.end(), at_start=False)
    return found


def _may_begin(folded: str, begin: int, start: int, is_short: bool, *, at_start: bool) -> bool:  # noqa: FBT001
    """Whether a label may begin at `start`, where a value or the text before the first label goes before it."""
    before = folded[begin:start]
    if not before.strip():
        return True
    if before[-1] in _AFTER_SENTENCE or _WIDE_BLANK.search(before):
        return True
    if is_short or _NOT_BEFORE_A_LABEL.search(before.rstrip()):
        return False
    chunk = re.split(r"[。；;.,，、)\]】》”\s]", before)[-1]
    if (
        at_start and chunk == before.strip()
    ):  # 特殊申请条件： is another label; …办事指南承办机构： is a title before one
        is_title = bool(re.search(r"指南|流程图", chunk)) or bool(_MARKED.match(folded))
        return is_title or len(chunk) > 4
    return True


def _without_colon(
    line: str, folded: str, offset: int, vocabulary: Vocabulary, *, beside: bool, below: bool
) -> Label | None:
    """Return a label that stands alone on its line, or is parted from its value by a blank, or has lost its colon."""
    begin = _decorated(folded)
    rest = line[begin:]
    words = rest.strip()
    if 0 < len(squeezed(words)) <= _ALONE_ON_LINE and (field := _field_of_line(words, begin, vocabulary)):
        if bare(words) in vocabulary.short and not (begin or below or words != squeezed(words)):
            return None
        return Label(_printed(words), field, offset, offset + len(line), at_start=True)
    if match := re.match(r"([^\t\u3000 ]{2,14})(?:\t|\u3000| {2,})\s*(?=\S)", rest):
        if (field := vocabulary.listed_field_of(match[1])) and bare(match[1]) not in vocabulary.short:
            return Label(_printed(match[1]), field, offset, offset + begin + match.end(), at_start=True)
    if not beside or begin:
        return None
    return _colon_lost(line, offset, vocabulary)


def _field_of_line(words: str, begin: int, vocabulary: Vocabulary) -> str:
    """Return the field of a label alone on its line. One that is put together of words needs a number or sign before it."""
    return vocabulary.field_of(words) if begin else vocabulary.listed_field_of(words)


def _colon_lost(line: str, offset: int, vocabulary: Vocabulary) -> Label | None:
    """Return the label of a line like 承办机构劳动和社会保障事务所: a department, or another thing that has a name."""
    for length in range(min(vocabulary.longest_label, len(line) - 2), 3, -1):
        field = vocabulary.by_label.get(line[:length])
        if (
            field in ("department", "name", "place")
            and re.match(r"[\u4e00-\u9fff]{3}", line[length:])
            and line[length] not in "及和或与的为是图表"
        ):
            return Label(line[:length], field, offset, offset + length, at_start=True)
    return None


def _decorated(folded: str) -> int:
    match = _DECORATION.match(folded)
    return match.end() if match else 0


def _printed(label: str) -> str:
    return squeezed(label).strip("【】\"'“：:")
