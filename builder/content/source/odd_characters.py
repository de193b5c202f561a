"""Characters that look right, or like nothing at all, but are not what was meant: ``⼀`` for 一, zero-width spaces.

A file that holds them can be read. The search does not find such words, and some programs show boxes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from builder.content.source.corrections import corrected_hint
from builder.content.source.encoding import MAX_FINDINGS
from builder.content.source.rules import ODD_CHARACTER
from builder.support.characters import is_chinese
from builder.support.diagnostics import Finding, Position

# The joiner U+200D is normal inside an emoji, and so are the marks of variants, which are left out here.
_INVISIBLE = "\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\U000e0000-\U000e007f"
_JOINER = "(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_LOOK_ALIKE = "\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"
_ODD = re.compile(
    f"(?P<invisible>(?:[{_INVISIBLE}]|{_JOINER})+)|(?P<private>[{_PRIVATE}]+)|(?P<alike>[{_LOOK_ALIKE}]+)"
    "|(?P<lost>(?:锟斤拷|烫烫烫|屯屯屯)+)"
)
_RETYPE = "对照原来的文档，重新输入标出的字"
# Radicals for which Unicode names no character. PDF files hold them in the place of the characters.
_RADICALS = str.maketrans(
    "⺠⺩⺫⺮⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻧⻨⻩⻬⻮⻰",
    "民王目竹虎西见角贝车长门青韦页风飞食马鱼鸟卤麦黄齐齿龙",
)
# The first of the three bytes of a Chinese character in UTF-8, E4 to E9, begins one of these characters in GBK.
_GARBLED_START = bytes(byte for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xFF) if trail != 0x7F for byte in (lead, trail))  # fmt: skip
_GARBLED_FIRST = re.escape(_GARBLED_START.decode("gbk", "ignore"))
_GARBLED = re.compile(f"[{_GARBLED_FIRST}][^\\0-\\x7f]{{1,200}}|[ä-é][\\xa0-\\xffŒœŠšŽžŸƒˆ˜–-™€]+")
# Every match of these patterns begins with one of these. Most files have none, and this test is ten times faster.
_SUSPECT = re.compile(f"[{_INVISIBLE}\u200d{_PRIVATE}{_LOOK_ALIKE}锟烫屯{_GARBLED_FIRST}ä-é]")


def odd_characters(file: str, text: str) -> list[Finding]:
    """Return a warning for each line that holds such characters, with the line as it should be."""
    if not _SUSPECT.search(text) or not (_ODD.search(text) or _GARBLED.search(text)):
        return []
    lines = re.split(r"\r\n|\n|\r", text)
    findings = (finding for number, line in enumerate(lines, 1) for finding in _in_line(file, number, line))
    return list(islice(findings, MAX_FINDINGS))


def _in_line(file: str, number: int, line: str) -> Iterator[Finding]:
    if garbled := next(filter(_meant, _garbled_in(line)), None):
        start, text = garbled
        meant = _meant(garbled)
        says = f"“{text}”是编码弄错了的“{meant}”"
        rest = line[start + len(text) :]
        is_cut = "\ufffd" in _decoded(garbled, "replace")  # the rest of the last character is lost
        hint = _RETYPE if is_cut else corrected_hint(line[:start] + meant + rest)
        yield ODD_CHARACTER.at(file, says=says, hint=hint, position=Position(number, start + 1, len(text)))
    elif found := _ODD.search(line):
        mended = _ODD.sub(_mended, line)
        lost = re.search(f"[{_PRIVATE}\u2e80-\u2fdf]|锟斤拷|烫烫烫|屯屯屯", mended)
        hint = _RETYPE if lost else corrected_hint(mended)
        position = Position(number, found.start() + 1, len(found[0]))
        yield ODD_CHARACTER.at(file, says=_says(found), hint=hint, position=position)


def _says(found: re.Match[str]) -> str:
    codes = "、".join(dict.fromkeys(f"U+{ord(character):04X}" for character in found[0][:3]))
    match found.lastgroup:
        case "invisible":
            return f"这里有看不见的字符：{codes}"
        case "private":
            return f"这个字（{codes}）只有原来的电脑认得，别处显示成方框"
        case "alike":
            return f"“{found[0]}”（{codes}）只是样子像汉字，搜索时搜不到"
        case _:
            return f"“{found[0]}”是转换编码时弄坏的字"


def _mended(found: re.Match[str]) -> str:
    if found.lastgroup == "invisible":
        return ""
    return unicodedata.normalize("NFKC", found[0].translate(_RADICALS)) if found.lastgroup == "alike" else found[0]


def _garbled_in(line: str) -> Iterator[tuple[int, str]]:
    """Yield each text that may be UTF-8 read in another encoding, with its index."""
    for run in _GARBLED.finditer(line):
        for encoding in ("gb18030", "cp1252"):
            with suppress(UnicodeError):
                yield run.start(), _valid_start(run[0].encode(encoding)).decode(encoding, "ignore")


def _valid_start(data: bytes) -> bytes:
    """Return the longest beginning of `data` that is UTF-8. Ordinary text may follow what was garbled."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return data[: error.start]
    return data


def _meant(garbled: tuple[int, str]) -> str:
    """Return the Chinese text that the garbled text stands for, "" if it stands for none."""
    meant = _decoded(garbled, "ignore")
    return meant if len(meant) > 1 and all(map(is_chinese, meant)) else ""


def _decoded(garbled: tuple[int, str], errors: str) -> str:
    encoding = "cp1252" if garbled[1] < "\u0400" else "gb18030"
    return garbled[1].encode(encoding).decode("utf-8", errors)
