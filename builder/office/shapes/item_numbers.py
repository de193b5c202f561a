"""Numbers before the entries of a list, as people type them: 1、 2. （3） ④ 五、 （六） 第七步： ●.

Not every number before a word is one: 2.3页, 4.5页 and 3份 are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from builder.office.shapes.folding import half_width
from builder.support.numbers import number_in

_CHINESE: Final = "[一二三四五六七八九十]{1,3}"
_MEASURE: Final = "年月日天时分秒周个份张寸人次元块页号楼层室岁级倍米户名条款项种位家件本套台万亿千百十点期批至到或—～"
_CIRCLED: Final = {
    chr(start + index): index + 1
    for start, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20))
    for index in range(count)
}
_BULLETS: Final = "●○◆■▪•·★☆➢◎▶►➤"

# What stands before a number inside a line, if the number begins an entry.
_ENDS_AN_ENTRY: Final = frozenset(';。:.!?,)》”"】] \t\n')


@dataclass(frozen=True, slots=True)
class Number:
    """A number before an entry: its style (equal styles count on), its value, and where it stands in the line."""

    style: str
    value: int
    start: int
    end: int

    @property
    def family(self) -> str:
        """What is common to styles that people mix: 1、 2. 3."""
        return "digit" if self.style in ("1、", "1.", "1 ", "1") else self.style


_AT_START: Final = re.compile(
    rf"""\s*(?:
      第(?P<step>{_CHINESE}|\d{{1,2}})步(?:骤)?\s*[:、,.]?
    | 步骤(?P<step2>{_CHINESE}|\d{{1,2}})\s*[:、,.]?
    | \(\s*(?P<paren>\d{{1,2}})\s*\)[、.:]?
    | \(\s*(?P<chinese_paren>{_CHINESE})\s*\)[、.:]?
    | (?P<circled>[①-⑳⑴-⒇⒈-⒛])[、.]?
    | (?P<half>\d{{1,2}})\)[、.]?
    | (?P<letter>[A-Ja-j])[、.)](?=\s*[A-Z]?[\u4e00-\u9fff《“])
    | (?P<deep>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?=[、.\s]|(?!寸)[\u4e00-\u9fff《“])[、.]?
    | (?P<dot>\d{{1,2}})\s*\.(?:(?!\d)|(?=(?:19|20)\d\d年|[1-3]寸))
    | (?P<comma>\d{{1,2}})\s*、
    | (?P<chinese>{_CHINESE})、
    | (?P<blank>\d{{1,2}})[ \t]+(?=[^\d\s])
    | (?P<plain>\d{{1,2}})(?=[\u4e00-\u9fff《“])(?![{_MEASURE}])
    | (?P<arrow>\d{{1,2}})\s*(?:→|⇒|—+>|-+>)(?=\s*[\u4e00-\u9fff《“])
    | (?P<bullet>[{_BULLETS}])
    )\s*""",
    re.VERBOSE,
)
_INSIDE: Final = re.compile(
    rf"""第(?P<step>{_CHINESE}|\d{{1,2}})步\s*[:、,]?
    | \(\s*(?P<paren>\d{{1,2}})\s*\)[、.:]?
    | \(\s*(?P<chinese_paren>{_CHINESE})\s*\)[、.:]?
    | (?P<circled>[①-⑳⑴-⒇⒈-⒛])[、.]?
    | (?<![A-Za-z])(?P<letter>[A-Ja-j])[、.](?=\s*[A-Z]?[\u4e00-\u9fff《“])
    | (?<!\d)(?<!\d\.)(?P<dot>\d{{1,2}})\s*\.(?:(?!\d)|(?=[1-3]寸))
    | (?<!\d)(?<!\d\.)(?P<comma>\d{{1,2}})\s*、
    | (?<![第统一二三四五六七八九十])(?P<chinese>{_CHINESE})、
    | (?<=\s\s)(?P<plain>\d{{1,2}})(?=[\u4e00-\u9fff《“])(?![{_MEASURE}])
    """,
    re.VERBOSE,
)
_STYLES: Final = {
    "step": "第一步",
    "step2": "第一步",
    "paren": "(1)",
    "chinese_paren": "(一)",
    "circled": "①",
    "half": "1)",
    "letter": "A.",
    "deep": "1.1",
    "dot": "1.",
    "comma": "1、",
    "chinese": "一、",
    "blank": "1 ",
    "plain": "1",
    "arrow": "1→",
    "bullet": "●",
}


def number_at_start(line: str) -> Number | None:
    """Return the number with which a line begins, None for none."""
    match = _AT_START.match(half_width(line))
    return _number(match) if match else None


def numbers_inside(line: str, start: int) -> Iterator[Number]:
    """Yield what looks like numbers in a line from `start`, in order. Whether each is one, the others tell."""
    for match in _INSIDE.finditer(half_width(line), start):
        if match.start() > start:
            yield _number(match)


def ends_an_entry(line: str, place: int) -> bool:
    """Return whether the character before `place` is one that ends an entry."""
    return place == 0 or half_width(line[place - 1]) in _ENDS_AN_ENTRY


def _number(match: re.Match[str]) -> Number:
    kind = next(name for name, text in match.groupdict().items() if text is not None)
    text = match[kind]
    if kind == "circled":
        value = _CIRCLED[text]
    elif kind == "bullet":
        value = 0
    elif kind == "letter":
        value = ord(text.lower()) - ord("a") + 1
    elif kind == "deep":
        value = int(text.rpartition(".")[2])
    else:
        value = int(number_in(text) or 0)
    style = f"1.1{text.count('.')}" if kind == "deep" else f"●{text}" if kind == "bullet" else _STYLES[kind]
    return Number(style, value, match.start(), match.end())
