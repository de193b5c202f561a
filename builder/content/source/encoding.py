"""Decodes files as UTF-8. Other encodings that Windows programs use are recognised and explained to the editor."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator
from itertools import islice

from builder.content.source.rules import BOM, CONTROL, EMPTY, GBK, LOST_CHARACTER, NOT_UTF8, TOO_LARGE, UTF16
from builder.support.diagnostics import Finding, Position

SIZE_LIMIT = 1_048_576  # bytes
MAX_FINDINGS = 20  # of the same kind per file

_NOTEPAD = "用记事本打开，“文件 → 另存为”，编码选“UTF-8”，再保存"
_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # must come before UTF-16, because it begins with the BOM of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
# Characters that YAML forbids, and those that YAML treats as line breaks but editors do not.
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+")
_INVISIBLE = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff]")
_CHINESE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")


def display_lines(data: bytes) -> list[str]:
    """Return the lines of a file as an editor shows them, in any supported encoding. Invalid bytes become “�”."""
    encoding = _wide_encoding(data) or ("gb18030" if _is_gbk(data) else "utf-8-sig")
    return _LINE_BREAK.split(data.decode(encoding, "replace").removeprefix("\ufeff"))


def decoded(file: str, data: bytes) -> tuple[str | None, list[Finding]]:
    """Return the text without BOM, or None if it cannot be decoded or is empty, and the findings.

    Forbidden characters are reported and replaced by as many spaces, so that parsing can continue and positions
    remain correct.
    """
    if len(data) > SIZE_LIMIT:
        size = f"{math.ceil(10 * len(data) / SIZE_LIMIT) / 10:.1f} MB"  # rounded up: “1.0 MB” would be within the limit
        return None, [TOO_LARGE.at(file, says=f"文件有 {size}，最多 1 MB", hint=TOO_LARGE.fix, position=Position(1, 1))]
    if encoding := _wide_encoding(data):
        says = f"文件存成了 {encoding[:6].upper()} 编码，应当用 UTF-8"
        return None, [UTF16.at(file, says=says, hint=_NOTEPAD, position=Position(1, 1))]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return None, _not_utf8_findings(file, data, error.start)
    findings: list[Finding] = []
    if text.startswith("\ufeff"):
        says = "文件开头有看不见的 BOM 记号（可以读，但最好去掉）"
        findings.append(
            BOM.at(file, says=says, hint=_NOTEPAD + "（不要选“带有 BOM 的 UTF-8”）", position=Position(1, 1))
        )
        text = text[1:]
    if not text.strip("\ufeff \t\r\n"):
        findings.append(EMPTY.at(file, says="文件是空的", hint=EMPTY.fix, position=Position(1, 1)))
        return None, findings
    if _INVISIBLE.search(text):
        findings += _invisible_findings(file, text)
        text = _CONTROL.sub(lambda run: " " * len(run[0]), text)
    return text, findings


def position_at(text: str, index: int, length: int = 1) -> Position:
    """Return the position of the character at `index` in `text`. `length` is cut at the end of the line."""
    line, start = 1, 0
    for line_break in _LINE_BREAK.finditer(text):
        if line_break.end() > index:
            length = min(length, line_break.start() - index)
            break
        line, start = line + 1, line_break.end()
    return Position(line, index - start + 1, max(1, length))


def _wide_encoding(data: bytes) -> str | None:
    for bom, encoding in _WIDE_BOMS:
        if data.startswith(bom):
            return encoding
    if b"\0" not in data:
        return None
    # Without a BOM: line breaks and field names are ASCII, so in UTF-16 and UTF-32 their other bytes are zero.
    zeros = [data[start::4].count(0) / (len(data) / 4) for start in range(4)]
    match [share > 0.2 for share in zeros]:
        case [False, True, True, True]:
            return "utf-32-le"
        case [True, True, True, False]:
            return "utf-32-be"
        case [False, True, False, True]:
            return "utf-16-le"
        case [True, False, True, False]:
            return "utf-16-be"
        case _:
            return None


def _is_gbk(data: bytes) -> bool:
    """Return whether `data` is not UTF-8 but valid GB18030, with mostly Chinese characters besides ASCII."""
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return False
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    non_ascii = sum(not character.isascii() for character in text)
    return len(_CHINESE.findall(text)) > 0.6 * non_ascii


def _not_utf8_findings(file: str, data: bytes, start: int) -> list[Finding]:
    if _is_gbk(data):
        text = data.decode("gb18030")
        index = len(data[:start].decode("gb18030", "ignore"))
        says = "文件存成了 GBK（ANSI）编码，应当用 UTF-8"
        return [GBK.at(file, says=says, hint=_NOTEPAD, position=position_at(text, index))]
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    return [
        NOT_UTF8.at(
            file,
            says=f"这里有 {len(run[0])} 个字节不是 UTF-8 编码的文字",
            hint="删掉标出的地方，重新输入",
            position=position_at(text, run.start(), len(run[0])),
        )
        for run in first_few(re.finditer("[\udc80-\udcff]+", text))
    ]


def _invisible_findings(file: str, text: str) -> Iterator[Finding]:
    for run in first_few(_CONTROL.finditer(text)):
        names = "、".join(dict.fromkeys(_name(character) for character in run[0][:3]))
        position = position_at(text, run.start(), len(run[0]))
        yield CONTROL.at(file, says=f"这里有看不见的字符：{names}", hint="删掉标出位置的字符", position=position)
    for run in first_few(re.finditer("\ufffd+", text)):
        says = f"这里有 {len(run[0])} 个字丢失了，显示成“�”"
        position = position_at(text, run.start(), len(run[0]))
        yield LOST_CHARACTER.at(file, says=says, hint="对照原来的文档补上", position=position)


def _name(character: str) -> str:
    names = {"\0": "空字符（NUL）", "\x0b": "Word 的手动换行", "\x0c": "分页符", "\ufeff": "BOM 记号"}
    return names.get(character) or f"U+{ord(character):04X}"


def first_few(runs: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the first `MAX_FINDINGS` of `runs`, so that a file full of errors does not produce thousands of findings."""
    return islice(runs, MAX_FINDINGS)
