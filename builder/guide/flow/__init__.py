"""Draws flowcharts of service steps as inline SVG for pages, phones and posters. Uses only the standard library."""

from builder.guide.flow.chart import (
    A3,
    A3_LANDSCAPE,
    A4,
    A4_LANDSCAPE,
    PHONE,
    Chart,
    ChartLabels,
    Drawing,
    Edge,
    Node,
    PaperSize,
    Shape,
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
    "ChartLabels",
    "Drawing",
    "Edge",
    "Node",
    "PaperSize",
    "Shape",
    "advance",
    "draw",
    "wrap",
]
