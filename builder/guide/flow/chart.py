"""What a flowchart says, and the paper it is drawn on: the values that go in and come out of `builder.guide.flow`."""

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """The outline of a step; outline and weight of line carry the meaning, never colour."""

    START = "start"
    STEP = "step"
    DECISION = "decision"
    DOCUMENT = "document"
    END = "end"


@dataclass(frozen=True, slots=True)
class Node:
    """One step. `number` is its printed tag ("" = no tag), `note` is set bold under the text."""

    id: str
    number: str
    lane: str
    text: str
    note: str = ""
    shape: Shape = Shape.STEP


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one step to another; `label` is the answer that leads there."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole flow: lanes from left to right, steps in the order their author wrote them."""

    lanes: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The room for one part, in CSS px (96 to the inch).

    Type is as large as the sheet allows between `font` and `min_font`, and `fallback_font` where nothing fits in
    that. With `lanes` false all actors share one column and each is named inside its box.
    """

    width: float
    height: float
    font: float
    min_font: float
    fallback_font: float
    lanes: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """Every word the drawing adds to those of its author; `{n}` is a number, `{text}` the name of a step."""

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
    """One inline `<svg>` for each part, in reading order; none when the chart does not fit in readable type."""

    svgs: tuple[str, ...]


A4 = Sheet(width=657, height=850, font=14, min_font=12, fallback_font=11.34)
A4_LANDSCAPE = Sheet(width=986, height=590, font=14, min_font=12, fallback_font=11.34)
A3 = Sheet(width=1009, height=1230, font=34, min_font=17.4, fallback_font=17.4)
A3_LANDSCAPE = Sheet(width=1474, height=755, font=34, min_font=17.4, fallback_font=17.4)
PHONE = Sheet(width=320, height=12_000, font=15, min_font=14, fallback_font=14, lanes=False)
