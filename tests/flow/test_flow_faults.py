"""The eye that judges our drawings, tried on small drawings that are known to be wrong."""

import pytest
from flow_faults import faults
from flow_picture import picture
from flow_world import LABELS, REVIEW, line_of

from builder.guide.flow import A4, Chart, Edge, Node, Shape, draw

PAPER = """<svg viewBox="0 0 400 400" font-size="12" text-anchor="middle">
<path d="{ways}" fill="none" stroke="#000" stroke-width="1"/><path d="{tips}"/>
<g fill="#fff" stroke="#000" stroke-width="1"><path d="M40 40h80v40h-80zM240 40h80v40h-80zM40 200h80v40h-80zM240 200h80v40h-80z"/></g>
{answers}<text x="{x}" y="64">甲</text><text x="280" y="64">乙</text><text x="80" y="224">丙</text><text x="280" y="224">丁</text></svg>"""
ANSWERS = '<path d="{ground}" fill="#fff"/><g font-weight="700"><text x="0" y="0">是</text></g>'
BOXES = tuple(Node(name, "", "", name, "", Shape.STEP) for name in "甲乙丙丁")
CHART = Chart(("",), BOXES, ())

DOWN = "M80 80V200", "M80 200l-2-6h4z"
WRONG = {
    "a line through a box": (("M80 80V300H280V240", "M280 240l-2 6h4z"), "", "line through a box"),
    "a line close by a box": (("M80 80V120H121V242H280V240", "M280 240l-2 6h4z"), "", "line along a box"),
    "a line that ends nowhere": (("M80 80V150", "M80 150l-2-6h4z"), "", "line that ends nowhere"),
    "a line aslant": (("M80 80H90V200", "M80 200l-2-6h4z"), "", "skew line"),
    "one line on another": (
        ("M80 80V150H280V200M280 80V148H80V200", "M280 200l-2-6h4zM80 200l-2-6h4z"),
        "",
        "line on line",
    ),
    "a corner on another line": (
        ("M80 80V200M280 80V150H80V170H260V200", "M80 200l-2-6h4zM260 200l-2-6h4z"),
        "",
        "ambiguous corner",
    ),
    "a line over an arrow": (
        ("M80 80V200M280 80V196H20V260H280V240", "M80 200l-2-6h4zM280 240l-2 6h4z"),
        "",
        "line over an arrow",
    ),
    "an answer on a line": (DOWN, "M70 90h20v14h-20z", "label on a line"),
    "an answer on a box": (DOWN, "M84 70h20v14h-20z", "label on a box"),
    "an answer on an answer": (DOWN, "M84 90h20v14h-20zM90 94h20v14h-20z", "label on label"),
    "an answer far from its line": (DOWN, "M140 90h20v14h-20z", "label far from its line"),
    "an answer between two lines": (
        ("M70 80V200M100 80V200", "M70 200l-2-6h4zM100 200l-2-6h4z"),
        "M75 90h20v14h-20z",
        "label between two lines",
    ),
}


def kinds(ways: str, tips: str, ground: str, x: int = 80) -> set[str]:
    answers = ANSWERS.format(ground=ground) if ground else ""
    drawn = picture(PAPER.format(ways=ways, tips=tips, answers=answers, x=x))
    return {kind for kind, _ in faults([drawn], CHART, A4)} - {"reads as another chart", "steps lost or drawn twice"}


def test_a_clean_drawing_has_no_fault() -> None:
    assert kinds(*DOWN, ground="M84 90h20v14h-20z") <= {"off the sheet"}
    assert kinds(*DOWN, ground="") == set()


@pytest.mark.parametrize(("lines", "ground", "fault"), WRONG.values(), ids=WRONG)
def test_sees(lines: tuple[str, str], ground: str, fault: str) -> None:
    assert fault in kinds(*lines, ground)


def test_sees_text_that_leaves_its_shape() -> None:
    assert "text out of its shape" in kinds(*DOWN, ground="", x=116)


@pytest.mark.parametrize(
    "edges",
    [REVIEW.edges[1:], (*REVIEW.edges, Edge("8", "7")), (*REVIEW.edges[:2], Edge("3", "4", "齐全"), *REVIEW.edges[3:])],
    ids=["a line too many", "a line too few", "another answer"],
)
def test_sees_that_a_drawing_says_something_else(edges: tuple[Edge, ...]) -> None:
    drawn = [picture(svg) for svg in svgs(REVIEW)]

    said = {kind for kind, _ in faults(drawn, Chart(REVIEW.lanes, REVIEW.nodes, edges), A4)}
    assert said == {"reads as another chart"}


def test_sees_that_a_step_is_lost() -> None:
    drawn = [picture(svg) for svg in svgs(line_of(5))]

    assert "steps lost or drawn twice" in {kind for kind, _ in faults(drawn, line_of(6), A4)}


@pytest.mark.parametrize(("right", "wrong"), [("接图2", "接图3"), ("承图1", "承图2"), ("A 接", "B 接")])
def test_sees_a_letter_that_leads_nowhere(right: str, wrong: str) -> None:
    drawn = [picture(svg.replace(right, wrong)) for svg in svgs(line_of(40))]

    assert "letter without its counterpart" in {kind for kind, _ in faults(drawn, line_of(40), A4)}


def svgs(chart: Chart) -> tuple[str, ...]:
    return draw(chart, A4, title="", description="", prefix="p", labels=LABELS).svgs
