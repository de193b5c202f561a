"""Slips of writing: words that are never right, brackets without a partner, half-width punctuation inside Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from builder.checks.misspellings import MISSPELLINGS, Misspelling
from builder.checks.written import WrittenRecord
from builder.content.model.companions import Terms
from builder.support.diagnostics import QUOTE_LIMIT, Finding, KeyPath, Rule, Severity, quote
from builder.support.fingerprint import digest

WRONG_WORD = Rule(
    "L520",
    "没有写错的词",
    why="签定、户藉、帐户这样的写法在哪里都是错的，群众看了会怀疑网站不认真。",
    fix=(
        "照提示改。原文就这样写、要照抄的，放进引号“”或书名号《》里；"
        "确实没有错的，在 content/terms.yaml 的 accepted 里写上这个词。"
    ),
    severity=Severity.WARNING,
)
UNPAIRED = Rule(
    "L521",
    "括号、引号和书名号要成对",
    why="少了一半，群众看不出哪些话是括号里的、书名到哪里为止。",
    fix="补上少的一半，或删掉多的一半；左右不要写反。",
    severity=Severity.WARNING,
)
HALF_WIDTH = Rule(
    "L522",
    "中文里用全角标点",
    why="中文里夹着英文的逗号、冒号、括号，排出来一处宽一处窄，印在纸上像没校对过。",
    fix="换成中文输入法，改成 ，；：？！（）。数字、英文、网址、时间（8:30）里的不用改。",
    severity=Severity.WARNING,
)
RULES = (WRONG_WORD, UNPAIRED, HALF_WIDTH)


@dataclass(frozen=True)
class Lexicon:
    """The words that are wrong in a site: those of all sites, and what its word list adds to them or accepts."""

    own: tuple[Misspelling, ...] = ()
    accepted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lists: Iterable[Terms]) -> Lexicon:
        """Return the lexicon of a site with these word lists."""
        own: list[Misspelling] = []
        accepted: set[str] = set()
        for terms in lists:
            accepted.update(terms.accepted)
            for entry in terms.misspelt:
                source = entry.source or "本站的词表"
                own += [Misspelling(word, entry.instead, source) for word in entry.word]
        return cls(tuple(own), frozenset(accepted))

    @cached_property
    def key(self) -> str:
        """What stands for it in a cache key: "" for the words of all sites."""
        return f" {digest(repr((self.own, sorted(self.accepted))).encode())}" if self.own or self.accepted else ""

    @cached_property
    def entries(self) -> Mapping[str, Misspelling]:
        """The entries by the wrong word."""
        return {entry.wrong: entry for entry in (*MISSPELLINGS, *self.own) if entry.wrong not in self.accepted}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the wrong words in a text; of words that begin alike the longest."""
        return re.compile("|".join(map(re.escape, sorted(self.entries, key=len, reverse=True))) or "(?!)")


ALL_SITES = Lexicon()


def check_texts(written: WrittenRecord, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield the findings about writing in the published texts of a record that are the editor's own words."""
    any_unpaired = _may_be_unpaired(written.whole)
    for path, text in written.texts if any_unpaired else written.texts_with(_HALF_MARK, lexicon.pattern):
        unpaired = any_unpaired and _may_be_unpaired(text)
        half_width = _HALF_MARK.search(_LINK_TARGET.sub("", text)) is not None
        wrong_word = lexicon.pattern.search(text) is not None
        if not (unpaired or half_width or wrong_word):
            continue
        if not written.is_published(path) or not written.is_own_prose(path):
            continue
        plain = _without_code(text)
        if unpaired:
            yield from _unpaired(written, path, plain)
        if half_width:
            yield from _half_width(written, path, text, plain)
        if wrong_word:
            yield from _wrong_words(written, path, text, plain, lexicon)


_LINK_TARGET = re.compile(r"(?<=\])\([^()\s]*\)")
# What is no prose: code, addresses, file names, targets of links, tags, comments.
_CODE = re.compile(
    rf"```.*?(?:```|\Z)|`[^`\n]*`|(?:https?://|www\.)[^\s，。；、（）《》”\u4e00-\u9fff]+|{_LINK_TARGET.pattern}"
    # Numbers of laws, of whose brackets another rule tells.
    r"|[\[（(【〔［][12][0-9]{3}年?[\]）)】〕］] ?(?:第 ?)?[0-9]+ ?号"
    r"|</?[A-Za-z][^<>]*>|<!--.*?-->|[\w.+-]+@[\w.-]+|[\w\u4e00-\u9fff()（）-]+\.(?:docx?|xlsx?|pdf|jpe?g|png|zip|wps|et|txt)\b",
    re.DOTALL,
)


def _without_code(text: str) -> str:
    """Return `text` with what is no prose replaced by as many marks, so that positions remain."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", "\ufffc", match[0]), text)


# --- Words -----------------------------------------------------------------------------------------------------------

_QUOTATION = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|〈[^〉]*〉|‘[^’]*’|\"[^\"\n]*\"|^>.*$", re.MULTILINE)


def _wrong_words(written: WrittenRecord, path: KeyPath, text: str, plain: str, lexicon: Lexicon) -> Iterator[Finding]:
    quotations = [match.span() for match in _QUOTATION.finditer(plain)]
    for match in lexicon.pattern.finditer(plain):
        entry = lexicon.entries[match[0]]
        if any(start <= match.start() and match.end() <= end for start, end in quotations):
            continue
        if _is_part_of(entry.unless, plain, match) or not re.compile(entry.before).match(plain, match.end()):
            continue
        mended = text[: match.start()] + entry.right + text[match.end() :]
        hint = f"“{entry.wrong}”改成“{entry.right}”：{_line_around(mended, match.start(), len(entry.right))}"
        says = f"“{entry.wrong}”应写“{entry.right}”（依据：{entry.source}）"
        yield written.finding(WRONG_WORD, path, *match.span(), says=says, hint=hint)


def _is_part_of(longer: Iterable[str], text: str, match: re.Match[str]) -> bool:
    """Return whether the match is part of one of the `longer` texts there."""
    for word in longer:
        at = text.find(word, max(0, match.end() - len(word)), match.start() + len(word))
        if at >= 0:
            return True
    return False


def _line_around(text: str, start: int, length: int) -> str:
    """Return the line of `text` in which the part of `length` characters at `start` stands, cut around it if it is long."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    at = start - line_start
    if len(line) <= QUOTE_LIMIT:
        return quote(line.strip())
    first = max(0, at - (QUOTE_LIMIT - length) // 2)
    last = min(len(line), first + QUOTE_LIMIT - 2)
    return f"{'…' if first else ''}{quote(line[first:last].strip())}{'…' if last < len(line) else ''}"


# --- Brackets --------------------------------------------------------------------------------------------------------

_PARTNERS = {"）": "（", "》": "《", "〉": "〈", "”": "“", "〕": "〔", "】": "【", "」": "「", "』": "『", ")": "("}
_OPENING = {opening: closing for closing, opening in _PARTNERS.items()}
_SAME = {"(": "（", ")": "）"}  # an editor may write a round bracket in either width; L522 tells of the half-width ones
_BRACKETS = re.compile(f"[{re.escape(''.join(_PARTNERS))}{re.escape(''.join(_OPENING))}]")
_FROM_BRACKET = re.compile(_BRACKETS.pattern + ".*")  # to the end of its line
_BRACKETS_AND_BREAKS = re.compile(_BRACKETS.pattern[:-1] + r"\n]")
_PAIRS = (*(opening + closing for opening, closing in _OPENING.items()), "（)", "(）")
_ENUMERATOR = re.compile(r"(?:^|[\s，。；：、,;:（(])[0-9A-Za-z一二三四五六七八九十①-⑳]{1,3}[)）]", re.MULTILINE)


def _may_be_unpaired(text: str) -> bool:
    """Return False if all brackets of each line of `text` have their partners. This is fast."""
    lines = "\n".join(_FROM_BRACKET.findall(text))
    brackets = "".join(_BRACKETS_AND_BREAKS.findall(lines))
    shorter = ""
    while shorter != brackets:
        shorter = brackets
        for pair in _PAIRS:
            brackets = brackets.replace(pair, "")
    return brackets.strip("\n") != ""


def _unpaired(written: WrittenRecord, path: KeyPath, plain: str) -> Iterator[Finding]:
    enumerators = {match.end() - 1 for match in _ENUMERATOR.finditer(plain)}
    brackets = [(match.start(), match[0]) for match in _BRACKETS.finditer(plain)]
    lonely = [at for at in _without_partner(brackets) if at not in enumerators]
    for at in lonely:
        partner = _OPENING.get(plain[at]) or _PARTNERS[plain[at]]
        says = f"“{plain[at]}”没有配对的“{partner}”" if plain[at] not in "“”" else f"引号{plain[at]}没有配对的{partner}"
        yield written.finding(UNPAIRED, path, at, at + 1, says=says, hint="补上少的一半，或删掉这一个")


def _without_partner(brackets: Iterable[tuple[int, str]]) -> list[int]:
    """Return the places of the brackets that have no partner."""
    lonely: list[int] = []
    opened: list[tuple[int, str]] = []
    for at, written in brackets:
        bracket = _SAME.get(written, written)
        if bracket in _OPENING:
            opened.append((at, bracket))
            continue
        partner = _PARTNERS[bracket]
        matching = next((n for n in reversed(range(len(opened))) if opened[n][1] == partner), None)
        if matching is None:
            lonely.append(at)
        else:
            lonely += [place for place, _ in opened[matching + 1 :]]
            del opened[matching:]
    return sorted([*lonely, *(place for place, _ in opened)])


# --- Half-width punctuation ------------------------------------------------------------------------------------------

_CHINESE = "\u3400-\u9fff"
_LEFT = f"{_CHINESE}”》）】〉」"
_RIGHT = f"{_CHINESE}“《（【〈「"
_HALF_WIDTH = re.compile(
    rf"(?<=[{_LEFT}]) ?[,;:?!](?=[ \t]?[{_RIGHT}]|[ \t]*$)|\([^()（）\n]*[{_CHINESE}][^()（）\n]*[)）]|（[^()（）\n]*\)",
    re.MULTILINE,
)
# Every match of that pattern holds such a mark; this one is faster.
_HALF_MARK = re.compile(rf"[,;:?!()](?:(?<=[()])|[ \t]*(?:[{_RIGHT}]|$))", re.MULTILINE)
_FULL = str.maketrans(",;:?!()", "，；：？！（）")


def _half_width(written: WrittenRecord, path: KeyPath, text: str, plain: str) -> Iterator[Finding]:
    """Yield a finding for each line with half-width punctuation inside Chinese."""
    start = 0
    for line in plain.split("\n"):
        marks = [match for match in _HALF_WIDTH.finditer(line) if _is_in_chinese(line, match)]
        if marks:
            mended = _mended(text[start : start + len(line)], marks)
            first = marks[0].start() + len(marks[0][0]) - len(marks[0][0].lstrip())
            if marks[0][0][0] == "（":
                first = marks[0].end() - 1
            found = "".join(f"“{mark}”" for mark in dict.fromkeys(_half_marks(marks)))
            hint = f"写成：{_line_around(mended, first, 1)}"
            says = f"中文里用了半角标点{found}"
            yield written.finding(HALF_WIDTH, path, start + first, start + first + 1, says=says, hint=hint)
        start += len(line) + 1


def _is_in_chinese(line: str, match: re.Match[str]) -> bool:
    """Return whether the brackets of a match, if it is one with brackets, stand in Chinese: not in a name like A(甲)."""
    if match[0][-1] not in ")）":
        return True
    before, after = line[: match.start()].rstrip()[-1:], line[match.end() :].lstrip()[:1]
    return not (before.isascii() and before.isalnum()) or re.match(f"[{_CHINESE}]", after) is not None


def _half_marks(marks: Iterable[re.Match[str]]) -> Iterator[str]:
    for match in marks:
        yield from (
            mark for mark in (match[0] if len(match[0]) < 3 else match[0][0] + match[0][-1]) if mark in ",;:?!()"
        )


def _mended(line: str, marks: Iterable[re.Match[str]]) -> str:
    """Return `line` with full-width punctuation in the places of `marks`."""
    parts, at = [], 0
    for match in marks:
        found = line[match.start() : match.end()]
        if found[-1] in ")）":
            found = found[0].translate(_FULL) + found[1:-1] + found[-1].translate(_FULL)
            after = match.end()
        else:
            found = found.strip().translate(_FULL)
            after = match.end() + len(line[match.end() :]) - len(line[match.end() :].lstrip(" \t"))
        parts += [line[at : match.start()], found]
        at = after
    return "".join([*parts, line[at:]])
