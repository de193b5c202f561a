"""Candidates for the correction of a syntax error, the most likely first. `diagnosis` tries them one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.source.rules import (
    BACKSLASH,
    COLON_INSIDE,
    COLON_SPACE,
    CONFLICT,
    FULLWIDTH_COLON,
    INDENT,
    KEY_NOT_TEXT,
    NO_KEY,
    OPEN_BRACKET,
    OPEN_QUOTE,
    QUOTE_INSIDE,
    SPECIAL_START,
)
from builder.support.diagnostics import Rule, quote

_FIELD = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<field>[^\s:#\"'\[\]{},&*!|>%@`][^:]*:[ \t]+)?(?P<value>.*)")
_DASHES = re.compile(r"[ ]*(?:-[ ]+)*")
_CHINESE_KEY = re.compile(r"([ ]*(?:-[ ]+)*)([\u4e00-\u9fff]{1,10})：[ \u3000]*")
_FIELD_IN_BRACES = re.compile(r"[{｛] *[A-Za-z_]+ *[:：]")
_WITHOUT_COLON = re.compile(
    r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[a-z][a-z_]+)(?:(?P<sign>[ ]*[=＝;；,，、][ ]*|[ ]+)(?P<value>[^\s:：].*)|(?P<alone>))"
)
_BLOCK_HEADER = re.compile(r"[|>][0-9+-]{0,2}")
_LOOKBACK = 5  # lines before the error that may have caused it
_LINE_LIMIT = 500  # characters of a corrected line
_SPECIAL_CHARACTERS = "*&@`%!|>[{]},?"
_CLOSING_BRACKETS = {"[": "]", "{": "}"}
_COLON_PROBLEMS = ("could not find", "mapping values", "expected key", "block end")
_INDENT_PROBLEMS = ("mapping values", "expected key", "'-' indicator", "block end")


@dataclass(frozen=True, slots=True)
class Correction:
    """A mistake and its correction. `line` and `column` count from 0. `lines` replace the same number from `line` on."""

    rule: Rule
    line: int
    column: int
    length: int
    says: str
    hint: str
    lines: list[str]
    fixes_tab: bool = False
    fixes_structure: bool = False  # a guess about which lines belong together

    def applied(self, lines: list[str]) -> list[str]:
        """Return `lines` with this correction. The number of lines stays the same."""
        return lines[: self.line] + self.lines + lines[self.line + len(self.lines) :]


def corrections(lines: list[str], suspects: tuple[int, ...], problem: str) -> Iterator[Correction]:
    """Yield the candidates for an error at the last of `suspects`, the most likely first.

    `suspects` are the line numbers of the probable cause and of the error; `problem` is libyaml's message.
    """
    candidates = _candidate_lines(lines, suspects)
    for number in candidates:
        yield from _conflict_marker(number, lines[number])
    for number in candidates:
        yield from _value_corrections(number, lines[number])
    for number in range(max(0, suspects[0] - _LOOKBACK), min(suspects[-1] + 1, len(lines))):
        yield from _chinese_key(number, lines[number])
    if any(words in problem for words in _INDENT_PROBLEMS):
        yield from _entry_without_key(lines, min(suspects[-1], len(lines) - 1))
        yield from _indent_corrections(lines, min(suspects[-1], len(lines) - 1))
    if any(words in problem for words in _COLON_PROBLEMS):
        for number in candidates:
            yield from _missing_colon(number, lines[number])
    if "could not find" in problem:
        yield from _continuation(lines, suspects[0])


def _candidate_lines(lines: list[str], suspects: tuple[int, ...]) -> list[int]:
    """Return the distinct suspects and the last non-empty line before the error, without empty lines."""
    before = suspects[-1] - 1
    while before >= 0 and not lines[before].strip():
        before -= 1
    return [n for n in dict.fromkeys((*suspects, before)) if 0 <= n < len(lines) and lines[n].strip()]


def corrected_hint(line: str) -> str:
    """Return a hint that shows the corrected `line`, whole, because an editor copies it."""
    return f"改成：{quote(line.strip(), limit=_LINE_LIMIT)}"


def _conflict_marker(number: int, line: str) -> Iterator[Correction]:
    if re.fullmatch(r"={7}[ \t]*|\|{7}.*", line):
        says = "这里是没处理完的合并冲突的记号"
        yield Correction(CONFLICT, number, 0, 7, says, CONFLICT.fix, [""], fixes_structure=True)


def _value_corrections(number: int, line: str) -> Iterator[Correction]:
    """Yield the corrections that close or add quotes or brackets around the value of `line`."""
    match = _FIELD.match(line.rstrip(" \t"))
    if match is None or not match["value"] or match["value"].startswith("#"):
        return
    value, column = match["value"], match.start("value")
    before = line[:column]

    def correction(rule: Rule, says: str, text: str, at: int = 0, length: int = 1) -> Correction:
        return Correction(rule, number, column + at, length, says, corrected_hint(before + text), [before + text])

    first = value[0]
    if first == ":":
        hint = "在冒号前面写上字段名"
        with_key = [f"{before}_{value}"]
        yield Correction(KEY_NOT_TEXT, number, column, 1, "冒号前面没有字段名", hint, with_key, fixes_structure=True)
        return
    if _BLOCK_HEADER.fullmatch(value):
        return
    if first in "\"'":
        if not match["field"] and re.match(r".[A-Za-z_]\w*: ", value):
            yield correction(OPEN_QUOTE, f"字段名前面多了一个引号 {first}", value[1:])
        yield from (correction(*arguments) for arguments in _quote_corrections(value))
        return
    if first in _CLOSING_BRACKETS:
        closer = _CLOSING_BRACKETS[first]
        yield correction(OPEN_BRACKET, f"“{first}”后面没有配对的“{closer}”", value.rstrip(",， ") + closer)
    if _FIELD_IN_BRACES.match(value):
        return
    if match["field"] and value.startswith("- "):
        hint = f"{corrected_hint(before.rstrip())} ⏎   {quote(value, limit=_LINE_LIMIT)}"
        yield Correction(SPECIAL_START, number, column, 1, "“- ”要另起一行", hint, [before + quoted(value)])
        return
    if first in _SPECIAL_CHARACTERS:
        yield correction(SPECIAL_START, f"内容以“{first}”开头，有特别的含义", quoted(value))
        return
    if inner := re.search(r":(?=[ \t]|$)", value):
        says = "内容里有英文冒号加空格，会被当成又一个字段"
        yield correction(COLON_INSIDE, says, quoted(value), inner.start())


def _quote_corrections(value: str) -> Iterator[tuple[Rule, str, str, int, int]]:
    """Yield rule, message, corrected value, and the column and length of the mistake within `value`."""
    mark = value[0]
    name = "双引号" if mark == '"' else "单引号"
    inner = value[1:-1] if len(value) > 1 and value[-1] == mark else value
    if value.count(mark) == 1:
        says = f"开头的英文{name} {mark} 后面没有配对的 {mark}"
        without_wide_quote = value[:-1] if value[-1] in "“”‘’＂＇" else value
        yield OPEN_QUOTE, says, without_wide_quote + mark, 0, 1
    if mark == '"' and "\\" in value:
        at = value.index("\\")
        yield BACKSLASH, "英文双引号里的反斜杠“\\”有特别的含义", quoted(inner), at, 1
    elif value.count(mark) > 1:
        at = value.index(mark, 1)
        yield QUOTE_INSIDE, f"英文{name}在这里就结束了，后面的字读不懂", quoted(inner), at, 1


def quoted(value: str) -> str:
    """Return `value` as a quoted YAML scalar, with as little escaping as possible."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _chinese_key(number: int, line: str) -> Iterator[Correction]:
    if match := _CHINESE_KEY.match(line):
        corrected = f"{match[1]}{match[2]}: {line[match.end() :]}"
        says = f"“{match[2]}”后面用了中文冒号“：”，应当用英文冒号“:”加一个空格"
        yield Correction(
            FULLWIDTH_COLON, number, match.end(2), 1, says, corrected_hint(corrected), [corrected], fixes_structure=True
        )


def _missing_colon(number: int, line: str) -> Iterator[Correction]:
    """Yield the correction of a line with a key and a value, or a key alone, and no colon: handling 承诺件."""
    if match := _WITHOUT_COLON.fullmatch(line.rstrip()):
        corrected = f"{match['lead']}{match['key']}: {match['value'] or ''}".rstrip()
        says = f"“{match['key']}”后面少了英文冒号"
        column = match.end("key")
        length = max(1, match.end("sign") - column)
        yield Correction(COLON_SPACE, number, column, length, says, corrected_hint(corrected), [corrected])


def _indent_corrections(lines: list[str], number: int) -> Iterator[Correction]:
    """Yield the corrections that align line `number` and its nested lines with a line above, the nearest first."""
    width = _indent(lines[number])
    ends = dict.fromkeys((_end_of_block(lines, number, width), number + 1))
    for target, above in _indents_above(lines, number, width):
        peer = quote(lines[above].strip()[:20])
        says = f"行首有 {width} 个空格，应当是 {target} 个，和第 {above + 1} 行“{peer}”对齐"
        change = f"{'删掉' if target < width else '增加'} {abs(target - width)} 个空格"
        for end in ends:
            moved = [_shifted(below, target - width) for below in lines[number:end]]
            more = sum(bool(below.strip()) for below in moved) - 1
            hint = f"这一行和下面 {more} 行，行首都{change}" if more else change
            yield Correction(INDENT, number, 0, width or 1, says, hint, moved, fixes_structure=True)


def _end_of_block(lines: list[str], number: int, width: int) -> int:
    """Return the number of the line after those that belong with line `number`: deeper lines, and others like it."""
    dashed = _is_dashed(lines[number])
    end = number + 1
    while end < len(lines) and (
        not lines[end].strip()
        or _indent(lines[end]) > width
        or (_indent(lines[end]) == width and _is_dashed(lines[end]) == dashed)
    ):
        end += 1
    return end


def _is_dashed(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _indents_above(lines: list[str], number: int, width: int) -> Iterator[tuple[int, int]]:
    seen = {width}
    for above in range(number - 1, -1, -1):
        line = lines[above]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        lead = _DASHES.match(line)
        for target in (lead.end() if lead else 0, _indent(line)):
            if target not in seen:
                seen.add(target)
                yield target, above
        if _indent(line) == 0:
            return


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return line
    return " " * by + line if by > 0 else line[-by:]


def _entry_without_key(lines: list[str], number: int) -> Iterator[Correction]:
    """Yield the correction of a text in a list that has fields below it: - 户口簿, and form: 原件 on the next line."""
    above = number - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    entry = (
        re.fullmatch(r"(?P<dash> *(?:- +)+)(?P<text>[^\s:：\[{'\"#&*!|>%@`-][^:：]*)", lines[above])
        if above >= 0
        else None
    )
    if entry and _indent(lines[number]) == len(entry["dash"]) and re.match(r" *[a-z_]+:(?: |$)", lines[number]):
        text = entry["text"].rstrip()
        corrected = f"{entry['dash']}name: {text}"
        says = f"“{quote(text)}”下面还有字段，它前面也要写字段名"
        hint = corrected_hint(corrected)
        if text.isascii():
            hint = f"是材料的写成“- ref: {text}”，是地点的写成“- place: {text}”"
        yield Correction(NO_KEY, above, len(entry["dash"]), len(text), says, hint, [corrected], fixes_structure=True)


def _continuation(lines: list[str], number: int) -> Iterator[Correction]:
    line = lines[number]
    says = f"“{quote(line.strip()[:20])}”前面没有字段名"
    above = next((lines[n] for n in range(number - 1, -1, -1) if lines[n].strip()), "")
    corrected = " " * (_indent(above) + 2) + line.lstrip()
    added = len(corrected) - len(line)
    if match := re.match(r"(?://|--+|；|;)\s*(?=[^\s-])", line.lstrip()):
        comment = f"# {line.lstrip()[match.end() :]}"
        says, hint = f"“{match[0].strip()}”开头的不是备注", f"备注以“#”开头，{corrected_hint(comment)}"
        yield Correction(NO_KEY, number, _indent(line), len(line.strip()), says, hint, [comment])
        return
    hint = f"接着上一行写的，增加 {added} 个空格；是新的字段，在前面写上字段名、英文冒号和一个空格"
    if "：" in line or added <= 0:
        hint = "如果“：”前面是字段名，请改用英文冒号加空格" if "：" in line else NO_KEY.fix
    yield Correction(NO_KEY, number, _indent(line), len(line.strip()), says, hint, [corrected], fixes_structure=True)
