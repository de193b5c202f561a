"""The chart of an item's steps, read from the drawing: the same as the list says, without what staff do."""

from __future__ import annotations

from flow_faults import faults
from flow_picture import picture
from guide_world import THREE_WAYS, WITH_STAFF, words
from guide_world import steps as steps_of

from builder.content.model.steps import Step
from builder.guide.flow import A4, Chart, Edge, Node
from builder.guide.flowchart import flow_of, public_steps


def misread(steps: tuple[Step, ...], meant: Chart) -> list[tuple[str, str]]:
    """Return where the drawing of `steps` is wrong, or reads as another chart than `meant`."""
    flow = flow_of(public_steps(steps), words(), title="注销登记", prefix="x")
    assert flow is not None
    return list(faults([picture(svg) for svg in flow.sheets], meant, A4))


def test_the_chart_says_the_same_as_the_list() -> None:
    nodes = (
        Node("1", "1", "申请人", "交材料"),
        Node("2", "2", "窗口", "核对原件"),
        Node("asks", "", "窗口", "材料怎么样？"),
        Node("told", "", "申请人", "出具《一次性告知单》"),
        Node("back", "", "申请人", "当面退回，终止办理"),
        Node("3", "3", "窗口", "留存复印件", "限 3个工作日"),
    )
    ways = (
        Edge("1", "2"),
        Edge("2", "asks"),
        Edge("asks", "told", "不齐全"),
        Edge("told", "1"),
        Edge("asks", "back", "不真实"),
        Edge("asks", "3", "齐全真实"),
    )
    assert misread(THREE_WAYS, Chart(("申请人", "窗口"), nodes, ways)) == []


AT_ONCE = steps_of(
    {"actor": ["申请人", "村委会"], "do": "报建房"},
    {
        "actor": "窗口",
        "do": "分送",
        "parallel": [
            {"actor": "规划所", "do": "看规划", "limit": "3天"},
            {"actor": "国土所", "do": "量地", "kind": "踏勘"},
        ],
    },
)


def test_in_lanes_what_is_done_at_the_same_time_goes_apart_and_comes_together() -> None:
    nodes = (
        Node("1", "1", "申请人", "报建房（和村委会一起）"),
        Node("2", "2", "窗口", "分送", "同时办"),
        Node("plan", "", "规划所", "看规划", "限 3天"),
        Node("land", "", "国土所", "量地", "踏勘"),
        Node("done", "", "窗口", "办完"),
    )
    ways = (Edge("1", "2"), Edge("2", "plan"), Edge("2", "land"), Edge("plan", "done"), Edge("land", "done"))
    assert misread(AT_ONCE, Chart(("申请人", "窗口", "规划所", "国土所"), nodes, ways)) == []


def test_in_a_column_what_is_done_at_the_same_time_stays_in_one_box() -> None:
    flow = flow_of(public_steps(AT_ONCE), words(), title="建房", prefix="x")
    assert flow is not None
    (shown,) = (picture(svg) for svg in flow.narrow)
    assert sorted(figure.text for figure in shown.figures) == [
        "申请人报建房（和村委会一起）", "窗口分送（同时办：规划所：看规划，限3天；国土所：量地，踏勘）",
    ]  # fmt: skip


def test_the_chart_leads_over_what_staff_do() -> None:
    nodes = (
        Node("1", "1", "申请人", "交材料"),
        Node("2", "2", "窗口", "审核"),
        Node("back", "", "申请人", words()["ending_returned"]),
        Node("3", "3", "社保所", "发钱"),
    )
    ways = (Edge("1", "2"), Edge("2", "3", "通过"), Edge("2", "back", "不通过"))
    assert misread(WITH_STAFF, Chart(("申请人", "窗口", "社保所"), nodes, ways)) == []


def test_no_drawing_shows_what_staff_do() -> None:
    flow = flow_of(public_steps(WITH_STAFF), words(), title="注销登记", prefix="x")
    assert flow is not None
    for drawn in (flow.sheets, flow.posters, flow.narrow):
        shown = "".join(drawn)
        assert "审核" in shown
        assert not any(secret in shown for secret in ("录入系统", "内部清单", "电子版", "档案室", "归档", "销毁"))
