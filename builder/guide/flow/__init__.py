"""Flowcharts of service steps as inline SVG for page, phone and poster; standard library only."""

from builder.guide.flow.chart import (
    A3,
    A3_LANDSCAPE,
    A4,
    A4_LANDSCAPE,
    PHONE,
    Chart,
    Drawing,
    Edge,
    Node,
    Shape,
    Sheet,
    Words,
)
from builder.guide.flow.draw import draw
from builder.guide.flow.line_breaking import advance, wrap

__all__ = [
    "A3",
    "A3_LANDSCAPE",
    "A4",
    "A4_LANDSCAPE",
    "PHONE",
    "Chart",
    "Drawing",
    "Edge",
    "Node",
    "Shape",
    "Sheet",
    "Words",
    "advance",
    "draw",
    "wrap",
]
