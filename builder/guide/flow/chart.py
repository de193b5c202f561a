"""The input and output of `builder.guide.flow`: the chart, the paper size, the labels, and the drawing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """The outline of a step. The meaning is in the outline and the line width, never in colour."""

    START = "start"
    STEP = "step"
    DECISION = "decision"
    DOCUMENT = "document"
    END = "end"


class Node(NamedTuple):
    """A step. `number` is printed as a tag, "" for none. `note` is printed in bold below the text."""

    id: str
    number: str
    lane: str
    text: str
    note: str = ""
    shape: Shape = Shape.STEP


class Edge(NamedTuple):
    """A connection from one step to another. `label` is the answer that leads there."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A flowchart: the lanes from left to right, and the steps in the order of their author."""

    lanes: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class PaperSize:
    """The space for one part of a chart, in CSS px (96 per inch).

    The font is as large as the paper allows, from `font` down to `min_font`, or `fallback_font` if the chart does not
    fit otherwise. Without `lanes`, all actors share one column, and each box names its actor.
    """

    width: float
    height: float
    font: float
    min_font: float
    fallback_font: float
    lanes: bool = True


@dataclass(frozen=True, slots=True)
class ChartLabels:
    """The texts that the drawing adds. `{n}` is a number, `{text}` the beginning of a step's text."""

    continues: str  # what goes on in part {n}
    continued: str  # what comes from part {n}
    back: str  # to step {n}
    back_to: str  # to {text}
    onward: str  # to step {n}
    onward_to: str  # to {text}
    way: str  # where an {answer} leads: {goal}
    part: str  # the {title} of part {n} of {total}
    either: str  # between two answers that lead the same way


@dataclass(frozen=True, slots=True)
class Drawing:
    """An inline `<svg>` for each part, in reading order. There are none if the chart does not fit in a readable font."""

    svgs: tuple[str, ...]


A4 = PaperSize(width=657, height=850, font=14, min_font=12, fallback_font=11.34)
A4_LANDSCAPE = PaperSize(width=986, height=590, font=14, min_font=12, fallback_font=11.34)
A3 = PaperSize(width=1009, height=1230, font=34, min_font=17.4, fallback_font=17.4)
A3_LANDSCAPE = PaperSize(width=1474, height=755, font=34, min_font=17.4, fallback_font=17.4)
PHONE = PaperSize(width=320, height=12_000, font=15, min_font=14, fallback_font=14, lanes=False)
