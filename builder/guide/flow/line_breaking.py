"""Line breaking of Chinese text. Widths are in em and estimated per character, so no font file is needed."""

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate

_OPENING = "（《〈「『【〔［｛“‘([{<"
_CLOSING = "，。、；：？！）》〉」』】〕］｝”’…—～·％‰℃)]}>,.;:!?"
_MEASURE_WORDS = "个日天年月份元件条步号次张岁周时分项款户人级类套"
_JOINED = "\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"

_escape = re.escape
# Text that must not be broken: opening marks, then a Latin run or one character, then closing marks.
_UNIT = re.compile(
    f"[{_escape(_OPENING)}]*"
    rf"(?:[!-~]*[0-9][{_MEASURE_WORDS}]|[!-')-;=?-Z\\^-z|~\u00a1-\u024f\u0370-\u052f]+"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}|.(?:\u200d.|[{_JOINED}])*)"
    f"[{_escape(_CLOSING)}]* ?"
)
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]"
)

_MAX_BALANCED_LINES = 8
# Penalties of a break, by its place. They are added to the squared deviation from the mean line width.
_MID_PHRASE = 3.0
_MID_TITLE = 9.0
_MID_WORD = 4.0
_BEFORE_TITLE = 0.5
_PAUSES = "，。、；：？！）》…— "
_PREFIXES = "不未无非须可各每第已所"


class _Advances(dict[str, float]):
    """Widths of characters and units in em: upper bounds for common fonts, bold included."""

    def __missing__(self, char: str) -> float:
        if len(char) != 1:
            return sum(map(self.__getitem__, char))
        code = ord(char)
        if 0x300 <= code < 0x370 or 0x200B <= code < 0x2010 or 0x20D0 <= code < 0x2100 or 0xFE00 <= code < 0xFE10:
            em = 0.0
        elif code < 0x530:
            em = 0.8
        elif code < 0x10000:
            em = 1.0
        elif 0x1F000 <= code < 0x20000:
            em = 1.4
        else:
            em = 1.1
        self[char] = em
        return em


_ADVANCES = _Advances(
    dict.fromkeys(map(chr, range(32, 127)), 0.62)
    | dict.fromkeys(" ijl|.,:;'`!", 0.34)
    | dict.fromkeys('frt()[]{}/\\-I"*', 0.46)
    | dict.fromkeys("ABCDEGHKNOPQRSTUVXYZ&w#+=<>~^", 0.76)
    | dict.fromkeys("mMW@%", 1.0)
    # Some fonts have these characters in half width, most Chinese fonts in full width.
    | dict.fromkeys("“”‘’…—·×℃", 1.0)
)


@lru_cache(maxsize=1 << 14)
def clean(text: str) -> str:
    """Return `text` without characters that XML forbids or that change the text direction, with single spaces."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def advance(text: str) -> float:
    """Return the width of `text` on one line, in em."""
    return sum(map(_ADVANCES.__getitem__, text))


@lru_cache(maxsize=1 << 16)
def wrap(text: str, width: float) -> tuple[str, ...]:
    """Return `text` in as few lines of at most `width` em as possible, of similar width, broken at pauses if possible.

    No line starts with a closing mark or ends with an opening one. A Latin run is broken only if it is longer than a
    line.
    """
    if advance(text) <= width:
        return (text,)
    units = _units(text, width)
    ends = [0.0, *accumulate(map(_ADVANCES.__getitem__, units))]
    breaks = _greedy(ends, width)
    if 2 <= len(breaks) <= _MAX_BALANCED_LINES:
        breaks = _balanced(units, ends, width, len(breaks))
    lines, start = [], 0
    for end in breaks:
        lines.append("".join(units[start:end]).rstrip())
        start = end
    return tuple(lines)


def _units(text: str, width: float) -> list[str]:
    units: list[str] = _UNIT.findall(text)
    if max(map(_ADVANCES.__getitem__, units)) <= width:
        return units
    return [piece for unit in units for piece in (_pieces(unit, width) if advance(unit) > width else (unit,))]


def _pieces(run: str, width: float) -> list[str]:
    pieces, piece, room = [], "", width
    for char in run:
        em = _ADVANCES[char]
        if piece and em > room:
            pieces.append(piece)
            piece, room = "", width
        piece += char
        room -= em
    return [*pieces, piece]


def _greedy(ends: list[float], width: float) -> list[int]:
    """Return the index after the last unit of each line, with each line as full as possible."""
    breaks, start, last = [], 0, len(ends) - 1
    for index in range(1, last + 1):
        if ends[index] - ends[start] > width and index - 1 > start:
            breaks.append(index - 1)
            start = index - 1
    return [*breaks, last]


def _balanced(units: list[str], ends: list[float], width: float, count: int) -> list[int]:
    """Return the breaks for `count` lines of similar width, preferably at pauses, by dynamic programming."""
    last = len(units)
    even = ends[last] / count
    penalties = _penalties(units)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for line in range(1, count):
        # The remaining lines must have room for the remaining text.
        least = bisect_left(ends, ends[last] - (count - line) * width)
        reached: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, breaks) in best.items():
            for end in range(max(start + 1, least), last):
                length = ends[end] - ends[start]
                if length > width:
                    break
                total = cost + (length - even) ** 2 + penalties[end]
                if end not in reached or total <= reached[end][0]:
                    reached[end] = (total, [*breaks, end])
        best = reached
    full = [(cost + (ends[last] - ends[end] - even) ** 2, -end) for end, (cost, _) in best.items()]
    return [*best[-min(full)[1]][1], last] if full else _greedy(ends, width)


def _penalties(units: list[str]) -> list[float]:
    """Return the penalty of a break before each unit: 0 after a pause, the highest inside 《》."""
    penalties = [0.0]
    inside = False
    for unit in units:
        if "《" in unit:
            inside = True
            if penalties[-1] == _MID_PHRASE:
                penalties[-1] = _BEFORE_TITLE
        if "》" in unit:
            inside = False
        if inside:
            penalties.append(_MID_TITLE)
        elif unit[-1] in _PAUSES:
            penalties.append(0.0)
        else:
            penalties.append(_MID_WORD if unit in _PREFIXES else _MID_PHRASE)
    return penalties
