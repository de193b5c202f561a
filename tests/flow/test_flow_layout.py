from dataclasses import replace

import pytest
from flow_faults import faults
from flow_picture import picture
from flow_world import LABELS, REGISTRATION, REVIEW, SEEDS, flow, line_of, random_flow

from builder.guide.flow import A3, A3_LANDSCAPE, A4, A4_LANDSCAPE, PHONE, Chart, Edge, Node, PaperSize, Shape, draw
from builder.guide.flow.draw import layouts_of
from builder.guide.flow.grid import LETTER, PILL
from builder.guide.flow.layout import Box, Layout

LANDSCAPE = {A4: A4_LANDSCAPE, A3: A3_LANDSCAPE}


def only(chart: Chart, paper: PaperSize = A4) -> Layout:
    (layout,) = layouts_of(chart, paper, LABELS)
    return layout


def box(layout: Layout, number: str) -> Box:
    (found,) = (box for box in layout.boxes if box.figure.number == number)
    return found


def middle(box: Box) -> float:
    return box.y + box.h / 2


def svgs_of(chart: Chart, paper: PaperSize) -> tuple[str, ...]:
    return draw(chart, paper, title="", description="", prefix="p", labels=LABELS).svgs


def faults_of(chart: Chart, paper: PaperSize) -> list[str]:
    """Return the faults of the drawing: none of one that is not there, because the chart does not fit."""
    drawn = [picture(svg) for svg in svgs_of(chart, paper)]
    return [f"{kind}: {where}" for kind, where in faults(drawn, chart, paper)]


@pytest.mark.parametrize("paper", [A4, A3, PHONE], ids=["a4", "a3", "phone"])
def test_random_flows_are_drawn_without_a_fault(paper: PaperSize) -> None:
    for seed in SEEDS:
        chart = random_flow(seed)
        svgs = svgs_of(chart, paper)
        if not svgs and paper in LANDSCAPE:
            svgs = svgs_of(chart, LANDSCAPE[paper])
            assert list(faults([picture(svg) for svg in svgs], chart, LANDSCAPE[paper])) == [], seed
        else:
            assert list(faults([picture(svg) for svg in svgs], chart, paper)) == [], seed
        assert svgs, seed


@pytest.mark.parametrize("paper", [A4, A3], ids=["a4", "a3"])
def test_a_flow_of_too_many_lanes_for_an_upright_sheet_fits_one_that_lies(paper: PaperSize) -> None:
    chart = line_of(18, tuple("甲乙丙丁戊己庚辛壬"))

    assert svgs_of(chart, paper) == ()
    assert svgs_of(chart, LANDSCAPE[paper]) != ()
    assert faults_of(chart, LANDSCAPE[paper]) == []


@pytest.mark.parametrize("steps", range(6, 46, 4))
def test_type_of_a_poster_is_as_large_as_the_sheet_allows(steps: int) -> None:
    chart = line_of(steps, ("申请人", "窗口", "区人社局"))
    layouts = layouts_of(chart, A3, LABELS)

    larger = layouts[0].em * 1.05
    assert larger > A3.font or len(layouts_of(chart, replace(A3, min_font=larger), LABELS)) > len(layouts)


def test_steps_of_one_lane_stand_in_one_column_in_authored_order() -> None:
    layout = only(line_of(6))

    assert len({box.x for box in layout.boxes}) == 1
    assert [box.figure.number for box in sorted(layout.boxes, key=middle)] == ["1", "2", "3", "4", "5", "6"]


def test_a_loop_back_stands_beside_its_decision() -> None:
    layout = only(REGISTRATION)

    assert middle(box(layout, "4")) == middle(box(layout, "3"))
    assert box(layout, "4").x < box(layout, "3").x


def test_a_decision_of_three_ways_leaves_by_three_places() -> None:
    layout = only(REVIEW)
    decision = next(index for index, box in enumerate(layout.boxes) if box.figure.number == "3")

    assert len({line.points[0] for line in layout.lines if line.source == decision}) == 3


def test_one_lane_sets_its_exceptions_aside() -> None:
    steps = [("1", "窗口", "申请", Shape.START), ("2", "窗口", "齐全？", Shape.DECISION)]
    steps += [
        ("3", "窗口", "补正", Shape.DOCUMENT),
        ("4", "窗口", "受理", Shape.STEP),
        ("5", "窗口", "办结", Shape.END),
    ]

    layout = only(flow(("窗口",), steps, "1>2 2>3:否 2>4:是 3>1 4>5"))

    assert box(layout, "3").x > box(layout, "2").x
    assert middle(box(layout, "3")) == middle(box(layout, "2"))


def test_a_long_loop_becomes_a_pill_that_names_its_step() -> None:
    chart = line_of(8)

    layout = only(Chart(chart.lanes, chart.nodes, (*chart.edges, Edge("7", "2", "不通过"))))

    (pill,) = (box for box in layout.boxes if box.figure.kind == PILL)
    assert pill.figure.text == "回第2步"


def test_answers_that_lead_to_one_step_share_a_line() -> None:
    layout = only(
        flow(("窗口",), [("1", "窗口", "类别", Shape.DECISION), ("2", "窗口", "办理", Shape.END)], "1>2:甲 1>2:乙")
    )

    assert [label.lines for label in layout.labels] == [("甲、乙",)]


def test_a_chart_too_tall_is_cut_into_parts_with_matching_letters() -> None:
    first, second = layouts_of(line_of(30), A4, LABELS)

    (leaves,) = (box.figure.text for box in first.boxes if box.figure.kind == LETTER)
    (comes,) = (box.figure.text for box in second.boxes if box.figure.kind == LETTER)
    assert (leaves, comes) == ("A 接图2", "A 承图1")


def test_parts_are_of_like_height() -> None:
    first, second = layouts_of(line_of(30), A4, LABELS)

    assert abs(first.height - second.height) < 0.25 * A4.height


def test_every_part_names_the_lanes() -> None:
    lanes = ("申请人", "窗口", "区人社局")

    for layout in layouts_of(line_of(40, lanes), A4, LABELS):
        assert ["".join(band.name) for band in layout.bands] == list(lanes)


def test_a_poster_has_the_largest_type_that_fits_one_sheet() -> None:
    assert only(REGISTRATION, A3).em > only(line_of(12), A3).em > A3.min_font


def test_a_phone_names_the_actor_in_each_box() -> None:
    layout = only(REVIEW, PHONE)

    assert [box.actor for box in layout.boxes] == [(node.lane,) for node in REVIEW.nodes]


def test_text_too_long_for_a_sheet_is_not_drawn() -> None:
    assert layouts_of(flow(("窗口",), [("1", "窗口", "审" * 9000, Shape.STEP)], ""), A4, LABELS) == []


def test_lanes_too_many_for_the_width_are_not_drawn() -> None:
    assert layouts_of(line_of(14, tuple("甲乙丙丁戊己庚辛壬癸子丑寅卯")), A4, LABELS) == []


def node(name: str, lane: str = "", text: str = "办理", shape: Shape = Shape.STEP) -> Node:
    return Node(name, name, lane, text, "", shape)


ODD = {
    "nothing at all": Chart((), (), ()),
    "a single step": Chart((), (node("1"),), ()),
    "a self loop": Chart(("",), (node("1"),), (Edge("1", "1", "重办"),)),
    "a ring without a start": Chart(("a",), (node("1", "a"), node("2", "a")), (Edge("1", "2"), Edge("2", "1"))),
    "an unknown target": Chart(("a",), (node("1", "a"),), (Edge("1", "9"), Edge("9", "1"))),
    "one id twice": Chart(("a",), (node("1", "a"), node("1", "a")), (Edge("1", "1"),)),
    "an unreachable step": Chart(("a", "b"), (node("1", "a"), node("2", "b"), node("3", "a")), (Edge("1", "3"),)),
    "a lane nobody named": Chart(("a",), (node("1", "a"), node("2", "z")), (Edge("1", "2"),)),
    "empty text": Chart(
        ("a",), (Node("1", "", "a", "", "", Shape.DECISION), node("2", "a", "")), (Edge("1", "2", ""),)
    ),
    "marks of markup": Chart(("<a&b>",), (node("1", "<a&b>", "<&>\"'", Shape.DECISION),), (Edge("1", "1", "<&>\"'"),)),
    "a long number": Chart(("a",), (node("1", "a", "1" * 300, Shape.DECISION), node("2", "a", "x" * 300)), ()),
    "emoji and odd letters": Chart(("👨‍👩‍👧",), (node("1", "👨‍👩‍👧", "🇨🇳👍🏽é́ꦀ𠮷\ufe0f\u200d"),), ()),
    "what xml forbids": Chart(("a",), (node("1", "a", "甲\x00\x0b\ud800\ufffe乙\u202e丙"),), ()),
    "a decision of nine ways": Chart(
        ("a", "b"),
        (node("0", "a", shape=Shape.DECISION), *(node(str(n), "ab"[n % 2]) for n in range(1, 10))),
        tuple(Edge("0", str(n), f"第{n}种情形") for n in range(10)),
    ),
    "everything linked to everything": Chart(
        ("a", "b", "c"),
        tuple(node(str(n), "abc"[n % 3]) for n in range(9)),
        tuple(Edge(str(n), str(m), "是") for n in range(9) for m in range(9)),
    ),
    "loops that would enter where another leaves": Chart(
        ("a", "b", "d"),
        (node("0", "d"), node("1", "b"), node("2", "b"), node("3", "a")),
        tuple(Edge(*way) for way in ("31", "20", "32", "10", "21")),
    ),
    "thirty steps in six lanes": line_of(30, tuple("甲乙丙丁戊己")),
}


@pytest.mark.parametrize("paper", [A4, A3, PHONE], ids=["a4", "a3", "phone"])
@pytest.mark.parametrize("chart", ODD.values(), ids=ODD)
def test_an_odd_flow_is_drawn_without_a_fault_or_not_at_all(chart: Chart, paper: PaperSize) -> None:
    assert faults_of(chart, paper) == []
