"""Slips inside braces: ``{name: 工本费, amount: 1,000}``. YAML reads many of them, but not as they were meant.

`mended` reads a mapping as its editor meant it: a comma separates two fields only before ``key:``. Where YAML reads the
same, nothing is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.source.corrections import quoted
from builder.content.source.events import ScalarEvent, StreamEndEvent, YAMLError, events
from builder.content.source.rules import (
    COLON_SPACE,
    FLOW_BRACKET,
    FLOW_COMMA,
    FULLWIDTH_COLON,
    HASH_FIRST,
    WIDE_BRACE,
    WIDE_COMMA,
)
from builder.support.diagnostics import Rule, quote

_START = re.compile(r"[ ]*(?:-[ ]+)*(?:[A-Za-z_][\w-]*[ ]*[:：][ \u3000]*)?\[?[ ]*(?=[{｛])")
_END = re.compile(r"[ \u3000]*[，,]?(?:[ ]+#.*)?$")
_BETWEEN = re.compile(r"[ \u3000]*[,，][ \u3000]*(?=[{｛])")
_FIELD = re.compile(r"[ \u3000]*(?P<key>[A-Za-z_]\w*)(?P<colon>[ ]*[:：](?!//))(?P<gap>[ \u3000]*)")
_SEPARATOR = re.compile(r"[ ]*(?P<comma>[,，])(?=[ \u3000]*[A-Za-z_]\w*[ ]*[:：](?!//))")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")
_LAW_YEAR = re.compile(r"\[((?:19|20)\d\d)\](?=\d)")


@dataclass(frozen=True, slots=True)
class FlowSlip:
    """A slip at `column` (from 0) of a line, over `length` characters, and what to tell."""

    rule: Rule
    column: int
    length: int
    says: str


# A scalar in braces that holds what was probably meant as the next field.
NEXT_FIELD = re.compile(r"[,，][ \u3000]*[a-z_]+[ ]*[:：](?!//)")


def mended(line: str) -> tuple[str, FlowSlip | None]:
    """Return `line` with its mappings in braces as they were meant, and the first slip, None if there is none."""
    start = _START.match(line)
    if start is None:
        return line, None
    result, slips = line[: start.end()], []
    at = start.end()
    for begin, end in _groups(line, at):
        text, found = _mended_mapping(line[begin:end], begin)
        result += line[at:begin] + text
        slips += found
        at = end
    return result + line[at:], min(slips, key=lambda slip: slip.column, default=None)


def _groups(line: str, at: int) -> list[tuple[int, int]]:
    """Return the begin and end of each mapping from `at` on; one that reaches to the last brace if they are unclear."""
    groups = []
    begin = at
    while end := _closing(line, begin):
        groups.append((begin, end))
        between = _BETWEEN.match(line, end)
        if between is None:
            break
        begin = between.end()
    if groups and re.fullmatch(r"[ ]*\]?", line[groups[-1][1] :].split(" #", maxsplit=1)[0].rstrip(" \u3000,，")):
        return groups
    last = max(line.rfind("}"), line.rfind("｝"))
    return [(at, last + 1)] if last > at else []


def _closing(line: str, begin: int) -> int:
    """Return the index behind the brace that closes the one at `begin`, 0 if there is none."""
    depth, mark = 0, ""
    for index in range(begin, len(line)):
        character = line[index]
        if mark:
            mark = "" if character == mark else mark
        elif character in "\"'" and line[:index].rstrip()[-1:] in (":", "：", ",", "[", "{"):
            mark = character
        elif character in "{｛":
            depth += 1
        elif character in "}｝":
            depth -= 1
            if depth == 0:
                return index + 1
    return 0


def _mended_mapping(text: str, column: int) -> tuple[str, list[FlowSlip]]:
    """Return the mapping `text`, which begins at `column` of its line, as it was meant, and the slips."""
    fields = _fields_of(text)
    if fields is None:
        return text, []
    slips: list[FlowSlip] = []
    if text[0] == "｛" or text[-1] == "｝":
        at = 0 if text[0] == "｛" else len(text) - 1
        slips.append(FlowSlip(WIDE_BRACE, column + at, 1, f"“{text[at]}”不是英文花括号"))
    pairs = []
    for field, value_at, value in fields:
        plain, found = _mended_value(value, column + value_at)
        pairs.append(f"{field['key']}: {plain}".rstrip())
        slips += [*_separator_slips(text, field, column), *found]
    meant = "{" + ", ".join(pairs) + "}"
    same = _events_of(text) == _events_of(meant)
    return (text, []) if same or not slips else (meant, slips)


def _fields_of(text: str) -> list[tuple[re.Match[str], int, str]] | None:
    """Return each field's key, the index of its value and the value as it was meant, or None if there is no telling."""
    fields: list[tuple[re.Match[str], int, str]] = []
    at, end = 1, len(text) - 1
    while at < end:
        field = _FIELD.match(text, at, end)
        if field is None:
            return None if text[at:end].strip(" ,，") else fields or None
        stop, separator = _end_of_value(text, field.end(), end)
        fields.append((field, field.end(), text[field.end() : stop].rstrip(" \u3000")))
        at = separator
    return fields or None


def _end_of_value(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the value that begins at `start` ends, and where the next field begins."""
    for separator in _SEPARATOR.finditer(text, start, end):
        value = text[start : separator.start()]
        if not _is_open(value):
            return separator.start(), separator.end()
    return end, end


def _is_open(value: str) -> bool:
    """Return whether a quote or bracket at the beginning of `value` is not closed yet."""
    if value[:1] in ('"', "'"):
        return value.count(value[0]) % 2 == 1
    return value[:1] in ("[", "{") and value.count(value[0]) > value.count("]" if value[0] == "[" else "}")


def _mended_value(value: str, column: int) -> tuple[str, list[FlowSlip]]:
    if not value or _is_single(value):
        return value, []
    if value[0] == "{" or value[0] == "｛":
        inner, slips = _mended_mapping(value, column)
        return inner, slips
    slips = list(_value_slips(value, column))
    if _THOUSANDS.fullmatch(value):
        return re.sub("[,，]", "", value), slips
    with_year = _LAW_YEAR.sub(r"〔\1〕", value)
    return (with_year if _is_single(with_year) else quoted(with_year)), slips


def _is_single(value: str) -> bool:
    """Return whether YAML reads `value`, inside brackets, as one whole value."""
    read = _events_of(f"[{value}\n]")
    if read is None:
        return False
    kinds = [kind for kind, _ in read[1:-1]]
    if kinds == ["ScalarEvent"]:
        return value[0] in "\"'" or read[1][1] == value
    return (
        value[0] in "[{"
        and kinds[-1:] == [f"{'Sequence' if value[0] == '[' else 'Mapping'}EndEvent"]
        and _is_one_collection(kinds)
    )


def _is_one_collection(kinds: list[str]) -> bool:
    """Return whether the events `kinds` are those of one collection that ends with the last."""
    depth = 0
    for index, kind in enumerate(kinds):
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth == 0:
            return index == len(kinds) - 1
    return False


def _value_slips(value: str, column: int) -> Iterator[FlowSlip]:
    comma, bracket = value.find(","), re.search(r"[\[\]{}]", value)
    if hash_at := re.search(r"(?:^|(?<= ))#", value):
        says = f"“{quote(value[hash_at.start() :])}”被当成了备注，花括号也断开了"
        yield FlowSlip(HASH_FIRST, column + hash_at.start(), 1, says)
    if bracket and value[0] not in "\"'":
        yield FlowSlip(FLOW_BRACKET, column + bracket.start(), 1, f"花括号里的“{bracket[0]}”把“{quote(value)}”断开了")
    elif comma >= 0 and value[0] not in "\"'":
        yield FlowSlip(FLOW_COMMA, column + comma, 1, f"花括号里的英文逗号把“{quote(value)}”断开了")
    elif not hash_at:
        yield FlowSlip(FLOW_BRACKET, column, len(value), f"花括号里的“{quote(value)}”读不成一段文字")


def _separator_slips(text: str, field: re.Match[str], column: int) -> Iterator[FlowSlip]:
    before = text[: field.start()].rstrip()
    if before.endswith("，"):
        says = "花括号里用了中文逗号“，”，应当用英文逗号“,”加一个空格"
        yield FlowSlip(WIDE_COMMA, column + len(before) - 1, 1, says)
    at = column + field.end("colon") - 1
    if field["colon"].endswith("："):
        says = f"“{field['key']}”后面用了中文冒号“：”，应当用英文冒号“:”加一个空格"
        yield FlowSlip(FULLWIDTH_COLON, at, 1, says)
    elif not field["gap"] and field.end() < len(text) - 1:
        yield FlowSlip(COLON_SPACE, at, 1, f"“{field['key']}:”的冒号后面少了空格")


def _events_of(text: str) -> list[tuple[str, str]] | None:
    """Return the kinds and values of the events of one value, or None if it is no valid YAML."""
    result = []
    try:
        next_event = events(text)
        while type(event := next_event()) is not StreamEndEvent:
            result.append((type(event).__name__, event.value if isinstance(event, ScalarEvent) else ""))
    except YAMLError:
        return None
    return result[2:-1]  # without the start of the stream and of the document, and the end of the document
