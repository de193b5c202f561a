"""What a broken line may have been meant to say: mends in order of likelihood, to be tried one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.source.rules import (
    BACKSLASH,
    COLON_INSIDE,
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
_BLOCK_HEADER = re.compile(r"[|>][0-9+-]{0,2}")
_BACK = 5  # lines to look back for a line that swallowed the next ones
_SPECIAL = "*&@`%!|>[{]},?"
_CLOSER = {"[": "]", "{": "}"}
_ASKEW = ("mapping values", "expected key", "'-' indicator", "block end")


@dataclass(frozen=True, slots=True)
class Mend:
    """One mistake and its remedy. `line` and `column` count from 0; `lines` replace as many from `line` on."""

    rule: Rule
    line: int
    column: int
    length: int
    says: str
    hint: str
    lines: list[str]
    on_tab: bool = False
    on_structure: bool = False  # a guess at what belongs to what

    def applied(self, lines: list[str]) -> list[str]:
        """Return `lines` mended; no line is added or lost."""
        return lines[: self.line] + self.lines + lines[self.line + len(self.lines) :]


def mends(lines: list[str], suspects: tuple[int, ...], problem: str) -> Iterator[Mend]:
    """Yield the mends for a stop at the last of `suspects` (line numbers) with `problem`, the likeliest first."""
    near = _near(lines, suspects)
    for number in near:
        yield from _marker(number, lines[number])
    for number in near:
        yield from _value(number, lines[number])
    for number in range(max(0, suspects[0] - _BACK), min(suspects[-1] + 1, len(lines))):
        yield from _chinese_key(number, lines[number])
    askew = any(words in problem for words in _ASKEW)
    if askew:
        yield from _indent(lines, min(suspects[-1], len(lines) - 1))
    if "could not find" in problem:
        yield from _continuation(lines, suspects[0])


def _near(lines: list[str], suspects: tuple[int, ...]) -> list[int]:
    """Return the suspects and the written line before the last of them, each once."""
    before = suspects[-1] - 1
    while before >= 0 and not lines[before].strip():
        before -= 1
    return [n for n in dict.fromkeys((*suspects, before)) if 0 <= n < len(lines) and lines[n].strip()]


def corrected(line: str) -> str:
    """Return the hint that shows `line` as it should be."""
    return f"改成：{quote(line.strip())}"


def _marker(number: int, line: str) -> Iterator[Mend]:
    if re.fullmatch(r"={7}[ \t]*|\|{7}.*", line):
        says = "这里是没处理完的合并冲突的记号"
        yield Mend(CONFLICT, number, 0, 7, says, CONFLICT.fix, [""], on_structure=True)


def _value(number: int, line: str) -> Iterator[Mend]:
    """Yield the mends that close or add quotes or brackets around the value of `line`."""
    match = _FIELD.match(line.rstrip(" \t"))
    if match is None or not match["value"] or match["value"].startswith("#"):
        return
    value, column = match["value"], match.start("value")
    before = line[:column]

    def mend(rule: Rule, says: str, text: str, at: int = 0, length: int = 1) -> Mend:
        return Mend(rule, number, column + at, length, says, corrected(before + text), [before + text])

    first = value[0]
    if first == ":":
        hint = "在冒号前面写上字段名"
        named = [f"{before}_{value}"]
        yield Mend(KEY_NOT_TEXT, number, column, 1, "冒号前面没有字段名", hint, named, on_structure=True)
        return
    if _BLOCK_HEADER.fullmatch(value):
        return
    if first in "\"'":
        if not match["field"] and re.match(r".[A-Za-z_]\w*: ", value):
            yield mend(OPEN_QUOTE, f"字段名前面多了一个引号 {first}", value[1:])
        yield from (mend(*found) for found in _quoted_value(value))
        return
    if first in _CLOSER:
        closer = _CLOSER[first]
        yield mend(OPEN_BRACKET, f"“{first}”后面没有配对的“{closer}”", value.rstrip(",， ") + closer)
    if first in _SPECIAL or (match["field"] and value.startswith("- ")):
        yield mend(SPECIAL_START, f"内容以“{first}”开头，有特别的含义", quoted(value))
        return
    if inner := re.search(r":(?=[ \t]|$)", value):
        says = "内容里有英文冒号加空格，会被当成又一个字段"
        yield mend(COLON_INSIDE, says, quoted(value), inner.start())


def _quoted_value(value: str) -> Iterator[tuple[Rule, str, str, int, int]]:
    mark = value[0]
    name = "双引号" if mark == '"' else "单引号"
    inner = value[1:-1] if len(value) > 1 and value[-1] == mark else value
    if value.count(mark) == 1:
        says = f"开头的英文{name} {mark} 后面没有配对的 {mark}"
        bare = value[:-1] if value[-1] in "“”‘’＂＇" else value
        yield OPEN_QUOTE, says, bare + mark, 0, 1
    if mark == '"' and "\\" in value:
        at = value.index("\\")
        yield BACKSLASH, "英文双引号里的反斜杠“\\”有特别的含义", quoted(inner), at, 1
    elif value.count(mark) > 1:
        at = value.index(mark, 1)
        yield QUOTE_INSIDE, f"英文{name}在这里就结束了，后面的字读不懂", quoted(inner), at, 1


def quoted(value: str) -> str:
    """Return `value` as YAML text in quotes, with as little escaping as possible."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _chinese_key(number: int, line: str) -> Iterator[Mend]:
    if match := _CHINESE_KEY.match(line):
        mended = f"{match[1]}{match[2]}: {line[match.end() :]}"
        says = f"“{match[2]}”后面用了中文冒号“：”，应当用英文冒号“:”加一个空格"
        yield Mend(FULLWIDTH_COLON, number, match.end(2), 1, says, corrected(mended), [mended], on_structure=True)


def _indent(lines: list[str], number: int) -> Iterator[Mend]:
    """Yield the mends that align `number`, and what hangs below it, with a line above; the nearest first."""
    line = lines[number]
    width = _width(line)
    end = number + 1
    while end < len(lines) and (not lines[end].strip() or _width(lines[end]) >= width):
        end += 1
    for target, above in _widths_above(lines, number, width):
        moved = [_shifted(each, target - width) for each in lines[number:end]]
        peer = quote(lines[above].strip()[:20])
        says = f"行首有 {width} 个空格，应当是 {target} 个，和第 {above + 1} 行“{peer}”对齐"
        hint = f"{'删掉' if target < width else '增加'} {abs(target - width)} 个空格"
        yield Mend(INDENT, number, 0, width or 1, says, hint, moved, on_structure=True)


def _widths_above(lines: list[str], number: int, width: int) -> Iterator[tuple[int, int]]:
    seen = {width}
    for above in range(number - 1, -1, -1):
        line = lines[above]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        lead = _DASHES.match(line)
        for target in (lead.end() if lead else 0, _width(line)):
            if target not in seen:
                seen.add(target)
                yield target, above
        if _width(line) == 0:
            return


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return line
    return " " * by + line if by > 0 else line[-by:]


def _continuation(lines: list[str], number: int) -> Iterator[Mend]:
    line = lines[number]
    says = f"“{quote(line.strip()[:20])}”前面没有字段名"
    above = next((lines[n] for n in range(number - 1, -1, -1) if lines[n].strip()), "")
    hint = "如果“：”前面是字段名，请改用英文冒号加空格" if "：" in line else NO_KEY.fix
    mended = " " * (_width(above) + 2) + line.lstrip()
    yield Mend(NO_KEY, number, _width(line), len(line.strip()), says, hint, [mended], on_structure=True)
