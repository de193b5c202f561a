"""Renders a layout as an inline `<svg>`, with presentation attributes only: no styles, scripts or external files."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from math import hypot

from builder.guide.flow.chart import Shape
from builder.guide.flow.grid import LETTER, PILL
from builder.guide.flow.layout import Box, Layout, Line
from builder.guide.flow.line_breaking import advance
from builder.guide.flow.measure import LABEL_LINE_HEIGHT, LINE_HEIGHT, TAG_RADIUS, WAVE_HEIGHT

_BASELINE = 0.88
"""The distance from the top of a line of text to its baseline, in em."""


def render_svg(layout: Layout, prefix: str, title: str, description: str) -> str:
    """Return `layout` as SVG. The ids of its title and description are ``<prefix>-t`` and ``<prefix>-d``."""
    prefix, em = escape(prefix), layout.em
    width, height = _n(layout.width), _n(layout.height)
    plain = [box for box in layout.boxes if box.figure.kind not in _THICK]
    thick = [box for box in layout.boxes if box.figure.kind in _THICK]
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
            "".join(_box_text(box, em) for box in layout.boxes),
            _tags(layout.boxes, em),
            "</svg>",
        )
    )


_ROUNDING = 1.5
_LEFT_ALIGNED_FROM = 4
"""A text with this many lines or more is left-aligned."""
_THICK = (Shape.START, Shape.END)
_ROUND = (Shape.START, Shape.END, PILL, LETTER)


@lru_cache(maxsize=1 << 14)
def _n(value: float) -> str:
    """Return `value` as text with one decimal at most."""
    tenths = round(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 else str(tenths / 10)


def _lanes(layout: Layout) -> str:
    """Return the lanes as grey and white bands, with their names on a dark background at the top."""
    if not layout.head:
        return ""
    em, width, height, head = layout.em, _n(layout.width), _n(layout.height), _n(layout.head)
    grey = "".join(f"M{_n(band.x)} 0h{_n(band.w)}V{height}h{_n(-band.w)}z" for band in layout.bands[::2])
    borders = "".join(f"M{_n(band.x)} 0V{height}" for band in layout.bands[1:])
    names = "".join(
        _text(band.name, band.x + band.w / 2, (layout.head - len(band.name) * LINE_HEIGHT * em) / 2, em, "")
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
    tips = "".join(_arrowhead(line.points, size) for line in lines)
    return f'<path d="{paths}" fill="none" stroke="#000" stroke-width="{_n(em / 10)}"/><path d="{tips}"/>'


def _path(points: tuple[tuple[float, float], ...], size: int) -> str:
    """Return the path of a line, up to the base of its arrowhead."""
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


def _arrowhead(points: tuple[tuple[float, float], ...], size: int) -> str:
    (from_x, from_y), (x, y) = points[-2:]
    half = size * 3 // 7
    start = f"M{_n(x)} {_n(y)}l"
    if abs(x - from_x) > abs(y - from_y):
        return f"{start}{-size if x > from_x else size}-{half}v{2 * half}z"
    return f"{start}-{half}-{size}h{2 * half}z" if y > from_y else f"{start}-{half} {size}h{2 * half}z"


def _outlines(boxes: list[Box], em: float, weight: float) -> str:
    """Return the outlines of the boxes: all angular ones in one path, round ones as rectangles."""
    if not boxes:
        return ""
    angular = "".join(_outline(box, em) for box in boxes if box.figure.kind not in _ROUND)
    rounded = "".join(_pill(box, em) for box in boxes if box.figure.kind in _ROUND)
    path = f'<path d="{angular}"/>' if angular else ""
    return f'<g fill="#fff" stroke="#000" stroke-width="{_n(weight)}">{path}{rounded}</g>'


def _pill(box: Box, em: float) -> str:
    r = min(box.h / 2, box.w / 2, _ROUNDING * em)
    return f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.w)}" height="{_n(box.h)}" rx="{_n(r)}"/>'


def _outline(box: Box, em: float) -> str:
    x, y, w, h = _n(box.x), _n(box.y), _n(box.w), _n(box.h)
    if box.figure.kind == Shape.DECISION:
        tip, half, flat = _n(box.tips), _n(box.h / 2), box.w - 2 * box.tips
        across, back = (f"h{_n(flat)}l", f"h{_n(-flat)}") if flat else (" ", "")
        return f"M{x} {_n(box.y + box.h / 2)}l{tip}-{half}{across}{tip} {half}-{tip} {half}{back}z"
    if box.figure.kind == Shape.DOCUMENT:
        wave = WAVE_HEIGHT * em
        foot, quarter, half = _n(box.h - wave), _n(box.w / 4), _n(box.w / 2)
        return f"M{x} {y}h{w}v{foot}q-{quarter}-{_n(wave)}-{half} 0t-{half} 0z"
    return f"M{x} {y}h{w}v{h}h-{w}z"


def _labels(layout: Layout) -> str:
    if not layout.labels:
        return ""
    em = layout.em
    backgrounds = "".join(
        f"M{_n(label.x)} {_n(label.y)}h{_n(label.w)}v{_n(label.h)}h{_n(-label.w)}z" for label in layout.labels
    )
    texts = "".join(
        _text(label.lines, label.x + label.w / 2, label.y, em, "", line_height=LABEL_LINE_HEIGHT)
        for label in layout.labels
    )
    return f'<path d="{backgrounds}" fill="#fff"/><g font-weight="700">{texts}</g>'


def _box_text(box: Box, em: float) -> str:
    """Return the actor, the text and the bold note of a box. They are centred, except long texts."""
    middle, top = box.x + box.w / 2, box.top
    parts = []
    if box.actor != ("",) and box.actor:
        parts.append(_text(box.actor, middle, top, em, ' font-weight="700"'))
        top += len(box.actor) * LINE_HEIGHT * em
    if box.lines != ("",):
        parts.append(_text(box.lines, *_text_position(box, em, top)))
        top += len(box.lines) * LINE_HEIGHT * em
    if box.notes != ("",) and box.notes:
        parts.append(_text(box.notes, middle, top, em, ' font-weight="700"'))
    return "".join(parts)


def _text_position(box: Box, em: float, top: float) -> tuple[float, float, float, str]:
    left_aligned = len(box.lines) >= _LEFT_ALIGNED_FROM or "\n" in box.figure.text
    if not left_aligned or box.figure.kind == Shape.DECISION:
        return box.x + box.w / 2, top, em, ""
    widest = max(map(advance, box.lines)) * em
    return box.x + (box.w - widest) / 2, top, em, ' text-anchor="start"'


def _text(
    lines: Iterable[str], x: float, top: float, em: float, attributes: str, line_height: float = LINE_HEIGHT
) -> str:
    first, *rest = lines
    x_rounded, step = round(x), _n(line_height * em)
    baseline = round(top + (line_height / 2 - 0.5 + _BASELINE) * em)
    spans = "".join(f'<tspan x="{x_rounded}" dy="{step}">{escape(line, quote=False)}</tspan>' for line in rest)
    return f'<text x="{x_rounded}" y="{baseline}"{attributes}>{escape(first, quote=False)}{spans}</text>'


def _tags(boxes: list[Box], em: float) -> str:
    """Return the black number tags. Each is a short stroke with round ends."""
    tagged = [box for box in boxes if box.figure.number]
    if not tagged:
        return ""
    dots, numbers = [], []
    for box in tagged:
        x, y = map(round, _tag_center(box, em))
        number = box.figure.number
        length = _tag_stretch(number) * em
        dots.append(f"M{_n(x - length / 2)} {_n(y)}h{_n(length)}")
        numbers.append(f'<text x="{_n(x)}" y="{round(y + em * 0.36)}">{escape(number, quote=False)}</text>')
    return (
        f'<path d="{"".join(dots)}" stroke="#000" stroke-width="{round(2 * TAG_RADIUS * em)}" stroke-linecap="round"/>'
        f'<g fill="#fff" font-weight="700">{"".join(numbers)}</g>'
    )


def _tag_center(box: Box, em: float) -> tuple[float, float]:
    """Return the center of the number tag: at the upper left corner, or on the upper left side of a diamond."""
    if box.figure.kind != Shape.DECISION:
        return box.x + (0.05 + _tag_stretch(box.figure.number) / 2) * em, box.y - 0.05 * em
    if box.w > 2 * box.tips:
        return box.x + box.tips, box.y
    # Mostly outside the diamond, because the text almost touches its side.
    left, up = box.h / 2 / hypot(box.tips, box.h / 2), box.tips / hypot(box.tips, box.h / 2)
    distance = (TAG_RADIUS - 0.04 + left * _tag_stretch(box.figure.number) / 2) * em
    return box.x + box.tips / 2 - distance * left, box.y + box.h / 4 - distance * up


def _tag_stretch(number: str) -> float:
    """Return by how much the tag of `number` is wider than high, in em."""
    return max(advance(number) - 0.7, 0.1)
