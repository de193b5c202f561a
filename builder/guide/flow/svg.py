"""A layout as one inline `<svg>`: presentation attributes only, no style, no script, nothing from outside."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from math import hypot

from builder.guide.flow.chart import Shape
from builder.guide.flow.grid import LETTER, PILL
from builder.guide.flow.line_breaking import advance
from builder.guide.flow.measure import LABEL_LEADING, LEADING, TAG, WAVE
from builder.guide.flow.place import Box, Layout, Line

_BASELINE = 0.88
"""From the top of a line of text to its baseline, in em."""


def ink(layout: Layout, prefix: str, title: str, description: str) -> str:
    """Return the drawing of `layout`. The ids are `prefix`-t and `prefix`-d."""
    prefix, em = escape(prefix), layout.em
    width, height = _n(layout.width), _n(layout.height)
    plain = [box for box in layout.boxes if box.item.figure not in _THICK]
    thick = [box for box in layout.boxes if box.item.figure in _THICK]
    opening = (
        f'<svg class="flow" role="img" aria-labelledby="{prefix}-t {prefix}-d" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-size="{_n(em)}" text-anchor="middle">'
        f'<title id="{prefix}-t">{escape(title)}</title><desc id="{prefix}-d">{escape(description)}</desc>'
    )
    return "".join(
        (
            opening,
            _lanes(layout),
            _lines(layout.lines, em),
            _outlines(plain, em, em / 9),
            _outlines(thick, em, em / 5),
            _labels(layout),
            "".join(_words(box, em) for box in layout.boxes),
            _tags(layout.boxes, em),
            "</svg>",
        )
    )


_ROUNDING = 1.5
_LISTED = 4
"""From so many lines on, a text is set flush left."""
_THICK = (Shape.START, Shape.END)
_ROUND = (Shape.START, Shape.END, PILL, LETTER)


@lru_cache(maxsize=1 << 14)
def _n(value: float) -> str:
    """Return `value` to one decimal in the fewest characters."""
    tenths = round(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 else str(tenths / 10)


def _lanes(layout: Layout) -> str:
    """Return the grey and white bands with a dark head that names them."""
    if not layout.head:
        return ""
    em, width, height, head = layout.em, _n(layout.width), _n(layout.height), _n(layout.head)
    grey = "".join(f"M{_n(band.x)} 0h{_n(band.w)}V{height}h{_n(-band.w)}z" for band in layout.bands[::2])
    borders = "".join(f"M{_n(band.x)} 0V{height}" for band in layout.bands[1:])
    names = "".join(
        _text(band.name, band.x + band.w / 2, (layout.head - len(band.name) * LEADING * em) / 2, em, "")
        for band in layout.bands
        if band.name != ("",)
    )
    half = _n(em / 24)
    frame = f"M{half} 0V{_n(layout.height - em / 24)}H{_n(layout.width - em / 24)}V0"
    return (
        f'<path d="{grey}" fill="#f4f4f4"/><path d="M0 0H{width}V{head}H0z" fill="#000"/>'
        f'<path d="{borders}{frame}" fill="none" stroke="#666" stroke-width="{_n(em / 12)}"/>'
        f'<g fill="#fff" font-weight="700">{names}</g>'
    )


def _lines(lines: list[Line], em: float) -> str:
    """Return all lines as one path and all arrowheads as another."""
    if not lines:
        return ""
    size = round(em * 0.55)
    paths = "".join(_path(line.points, size) for line in lines)
    tips = "".join(_tip(line.points, size) for line in lines)
    return f'<path d="{paths}" fill="none" stroke="#000" stroke-width="{_n(em / 10)}"/><path d="{tips}"/>'


def _path(points: tuple[tuple[float, float], ...], size: int) -> str:
    """Return the line up to the back of its arrowhead."""
    x, y = points[0]
    parts = [f"M{_n(x)} {_n(y)}"]
    last = len(points) - 1
    for index in range(1, last + 1):
        to_x, to_y = points[index]
        back = size if index == last else 0
        if abs(to_x - x) > abs(to_y - y):
            parts.append(f"H{_n(to_x - back if to_x > x else to_x + back)}")
        else:
            parts.append(f"V{_n(to_y - back if to_y > y else to_y + back)}")
        x, y = to_x, to_y
    return "".join(parts)


def _tip(points: tuple[tuple[float, float], ...], size: int) -> str:
    (from_x, from_y), (x, y) = points[-2:]
    half = size * 3 // 7
    start = f"M{_n(x)} {_n(y)}l"
    if abs(x - from_x) > abs(y - from_y):
        return f"{start}{-size if x > from_x else size}-{half}v{2 * half}z"
    return f"{start}-{half}-{size}h{2 * half}z" if y > from_y else f"{start}-{half} {size}h{2 * half}z"


def _outlines(boxes: list[Box], em: float, weight: float) -> str:
    """Return the figures: all angular ones as one path, round ones as rectangles."""
    if not boxes:
        return ""
    angular = "".join(_outline(box, em) for box in boxes if box.item.figure not in _ROUND)
    round_ones = "".join(_pill(box, em) for box in boxes if box.item.figure in _ROUND)
    path = f'<path d="{angular}"/>' if angular else ""
    return f'<g fill="#fff" stroke="#000" stroke-width="{_n(weight)}">{path}{round_ones}</g>'


def _pill(box: Box, em: float) -> str:
    r = min(box.h / 2, box.w / 2, _ROUNDING * em)
    return f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.w)}" height="{_n(box.h)}" rx="{_n(r)}"/>'


def _outline(box: Box, em: float) -> str:
    x, y, w, h = _n(box.x), _n(box.y), _n(box.w), _n(box.h)
    if box.item.figure == Shape.DECISION:
        tip, half, flat = _n(box.tips), _n(box.h / 2), box.w - 2 * box.tips
        across, back = (f"h{_n(flat)}l", f"h{_n(-flat)}") if flat else (" ", "")
        return f"M{x} {_n(box.y + box.h / 2)}l{tip}-{half}{across}{tip} {half}-{tip} {half}{back}z"
    if box.item.figure == Shape.DOCUMENT:
        wave = WAVE * em
        foot, quarter, half = _n(box.h - wave), _n(box.w / 4), _n(box.w / 2)
        return f"M{x} {y}h{w}v{foot}q-{quarter}-{_n(wave)}-{half} 0t-{half} 0z"
    return f"M{x} {y}h{w}v{h}h-{w}z"


def _labels(layout: Layout) -> str:
    if not layout.labels:
        return ""
    em = layout.em
    grounds = "".join(
        f"M{_n(label.x)} {_n(label.y)}h{_n(label.w)}v{_n(label.h)}h{_n(-label.w)}z" for label in layout.labels
    )
    words = "".join(
        _text(label.lines, label.x + label.w / 2, label.y, em, "", leading=LABEL_LEADING) for label in layout.labels
    )
    return f'<path d="{grounds}" fill="#fff"/><g font-weight="700">{words}</g>'


def _words(box: Box, em: float) -> str:
    """Return the actor, the text and the bold note of a box, centred; long texts are set flush left."""
    middle, top = box.x + box.w / 2, box.top
    parts = []
    if box.actor != ("",) and box.actor:
        parts.append(_text(box.actor, middle, top, em, ' font-weight="700"'))
        top += len(box.actor) * LEADING * em
    if box.lines != ("",):
        parts.append(_text(box.lines, *_setting(box, em, top)))
        top += len(box.lines) * LEADING * em
    if box.notes != ("",) and box.notes:
        parts.append(_text(box.notes, middle, top, em, ' font-weight="700"'))
    return "".join(parts)


def _setting(box: Box, em: float, top: float) -> tuple[float, float, float, str]:
    listed = len(box.lines) >= _LISTED or "\n" in box.item.text
    if not listed or box.item.figure == Shape.DECISION:
        return box.x + box.w / 2, top, em, ""
    widest = max(map(advance, box.lines)) * em
    return box.x + (box.w - widest) / 2, top, em, ' text-anchor="start"'


def _text(lines: Iterable[str], x: float, top: float, em: float, attributes: str, leading: float = LEADING) -> str:
    first, *rest = lines
    at, step = round(x), _n(leading * em)
    baseline = round(top + (leading / 2 - 0.5 + _BASELINE) * em)
    more = "".join(f'<tspan x="{at}" dy="{step}">{escape(line, quote=False)}</tspan>' for line in rest)
    return f'<text x="{at}" y="{baseline}"{attributes}>{escape(first, quote=False)}{more}</text>'


def _tags(boxes: list[Box], em: float) -> str:
    """Return the black number tags: each a short stroke with round ends."""
    tagged = [box for box in boxes if box.item.number]
    if not tagged:
        return ""
    dots, numbers = [], []
    for box in tagged:
        x, y = map(round, _tag(box, em))
        number = box.item.number
        long = _stretch(number) * em
        dots.append(f"M{_n(x - long / 2)} {_n(y)}h{_n(long)}")
        numbers.append(f'<text x="{_n(x)}" y="{round(y + em * 0.36)}">{escape(number, quote=False)}</text>')
    return (
        f'<path d="{"".join(dots)}" stroke="#000" stroke-width="{round(2 * TAG * em)}" stroke-linecap="round"/>'
        f'<g fill="#fff" font-weight="700">{"".join(numbers)}</g>'
    )


def _tag(box: Box, em: float) -> tuple[float, float]:
    """Return the middle of the number tag: the upper left corner, or the upper left slope of a diamond."""
    if box.item.figure != Shape.DECISION:
        return box.x + (0.05 + _stretch(box.item.number) / 2) * em, box.y - 0.05 * em
    if box.w > 2 * box.tips:
        return box.x + box.tips, box.y
    # Mostly outside, since the corner of the text touches the slope.
    left, up = box.h / 2 / hypot(box.tips, box.h / 2), box.tips / hypot(box.tips, box.h / 2)
    out = (TAG - 0.04 + left * _stretch(box.item.number) / 2) * em
    return box.x + box.tips / 2 - out * left, box.y + box.h / 4 - out * up


def _stretch(number: str) -> float:
    """Return how much longer than high the tag of `number` is, in em."""
    return max(advance(number) - 0.7, 0.1)
