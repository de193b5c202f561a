"""Times and dates of one item."""

from __future__ import annotations

import pytest
from checks_world import found, messages

from builder.checks.time import check_days
from builder.loading import load_file
from builder.support.diagnostics import KeyPath


@pytest.mark.parametrize(
    ("promised", "statutory", "longer"),
    [
        ("20个工作日", "15个工作日", True),
        ("15个工作日", "15个工作日", False),
        ("当场", "15个工作日", False),
        ("15个工作日", "当场", True),
        ("30天", "20天", True),
        ("3至6个月", "5个月", True),
        ("3个月", "3至6个月", False),
    ],
)
def test_a_promise_may_not_be_longer_than_the_law_allows(promised: str, statutory: str, longer: bool) -> None:
    expected = [("C301", ("time", "promised"))] if longer else []

    assert found(f"time: {{promised: {promised}, statutory: {statutory}}}") == expected


@pytest.mark.parametrize(("promised", "statutory"), [("30天", "20个工作日"), ("1个月", "30天")])
def test_days_and_working_days_are_not_compared(promised: str, statutory: str) -> None:
    assert found(f"time: {{promised: {promised}, statutory: {statutory}}}") == []


STEPS = """
steps:
- {actor: 窗口, do: 收, limit: 5个工作日}
- {actor: 社保所, do: 制卡, limit: 10个工作日}
"""


def test_steps_that_add_up_are_fine() -> None:
    assert found("time: 15个工作日" + STEPS) == []


def test_steps_that_do_not_add_up_are_told_with_both_sums() -> None:
    (finding,) = messages("time: 20个工作日" + STEPS)

    assert (finding.code, finding.path) == ("C302", ("time",))
    assert finding.says == "各步时限加起来是15个工作日，总时限是20个工作日"


def test_the_statutory_limit_is_the_sum_where_nothing_is_promised() -> None:
    assert found("time: {statutory: 15个工作日}" + STEPS) == []


def test_a_note_explains_why_steps_do_not_add_up() -> None:
    assert found("time: {promised: 20个工作日, note: 公示5天另计}" + STEPS) == []


def test_one_limit_alone_is_no_sum() -> None:
    assert found("time: 20个工作日\nsteps: [{actor: 窗口, do: 收, limit: 5个工作日}, {actor: 窗口, do: 办}]") == []


def test_limits_in_days_cannot_be_added_to_working_days() -> None:
    assert (
        found("time: 20个工作日\nsteps: [{actor: 甲, do: 收, limit: 5天}, {actor: 甲, do: 办, limit: 5个工作日}]") == []
    )


FLOW = """
time: %s
steps:
  - {id: jiao, actor: 建设单位, do: 交方案, kind: 申请}
  - actor: 水务局窗口
    do: 核对材料
    kind: 受理
    limit: 1个工作日
    branches: [{when: 齐, to: kan}, {when: 缺, to: jiao}, {when: 不归我们管, to: end:referred}]
  - id: kan
    actor: 水务局
    do: 看方案
    branches: [{when: 简单, to: shen}, {when: 复杂, to: pingshen}]
  - {id: pingshen, actor: 水务局, do: 内部会商, limit: 5个工作日}
  - {id: shen, actor: 水务局, do: 审方案, limit: 7个工作日}
  - {actor: 水务局, do: 请专家, kind: 专家评审, limit: 30个工作日}
"""


def test_even_the_quickest_way_to_a_good_end_fits_into_the_whole() -> None:
    assert found(FLOW % "8个工作日") == []
    assert found(FLOW % "20个工作日") == []
    (finding,) = messages(FLOW % "7个工作日")
    assert (finding.code, finding.path) == ("C302", ("time",))
    assert finding.says == "各步时限加起来最少也是8个工作日，总时限是7个工作日"


def test_a_target_that_does_not_exist_is_told_without_a_sum() -> None:
    assert [code for code, _ in found((FLOW % "7个工作日").replace("to: shen", "to: shenn"))] == ["F401"]


@pytest.mark.parametrize(("starts", "counts"), [
    ("受理之日起", False), ("申请受理之日起", False), ("", False), ("收到申请之日起", True), ("材料提交之日起", True),
])  # fmt: skip
def test_what_comes_before_acceptance_counts_where_the_limit_runs_from_the_application(
    starts: str, *, counts: bool
) -> None:
    steps = f"""
        time: {{promised: 10个工作日, starts: {starts}}}
        steps:
          - {{actor: 村委会, do: 看申请, limit: 30个工作日}}
          - {{actor: 镇政府, do: 收材料, kind: 受理}}
    """
    assert found(steps) == ([("C320", ("steps", 0, "limit"))] if counts else [])


def test_who_has_no_work_is_no_office() -> None:
    steps = "time: 10个工作日\nsteps: [{actor: %s, do: 找工作, limit: 60个工作日}, {actor: 社保所, do: 审}]"
    assert found(steps % "失业人员") == []
    assert found(steps % "工作人员") == [("C320", ("steps", 0, "limit"))]


def test_branches_take_different_times() -> None:
    steps = """
        time: 20个工作日
        steps:
          - actor: 窗口
            do: 看
            limit: 1个工作日
            branches: [{when: 齐, to: ban}, {when: 缺, to: end}]
          - {id: ban, actor: 窗口, do: 办, limit: 2个工作日}
    """
    assert found(steps) == []


def test_at_once_adds_nothing_to_the_sum() -> None:
    assert (
        found("time: 5个工作日\nsteps: [{actor: 甲, do: 收, limit: 当场}, {actor: 甲, do: 办, limit: 5个工作日}]") == []
    )


def test_a_variant_is_compared_with_its_own_steps() -> None:
    variants = """
        variants:
          - id: buka
            name: 补卡
            time: 9个工作日
            steps: [{actor: 甲, do: 收, limit: 3个工作日}, {actor: 甲, do: 办, limit: 5个工作日}]
    """
    assert found(variants) == [("C302", ("variants", 0, "time"))]


LICENCE = """
time: {{promised: 10个工作日, excludes: {excludes}}}
steps:
- {{actor: 建设单位, do: 编制方案, limit: 60个工作日}}
- {{actor: 水务局窗口, do: 核对材料, kind: 受理, limit: 1个工作日}}
- {{actor: 水务局, do: {do}, limit: 30个工作日, {more}}}
- {{actor: 水务局, do: 批复, kind: 审批, limit: 9个工作日}}
"""


def licence(do: str = "组织评审", more: str = "", excludes: str = "[]") -> list[tuple[str, KeyPath]]:
    """Return what is found in an item whose third step is longer than all, beside steps of 10 working days."""
    return found(LICENCE.format(do=do, more=more, excludes=excludes))


def test_a_step_longer_than_the_whole_is_the_cause_and_is_told_alone() -> None:
    assert licence() == [("C320", ("steps", 2, "limit"))]
    (finding,) = messages(LICENCE.format(do="组织评审", more="", excludes="[]"))
    assert finding.says == "第3步的时限（30个工作日）比办理时限（10个工作日）长"


@pytest.mark.parametrize("more", [
    "kind: 专家评审", "kind: 听证", "kind: 踏勘", "kind: 现场勘验", "kind: 公示", "kind: 公告", "kind: 补正", "kind: 缴费",
    "counted: 否", "kind: 审核, counted: 否",
])  # fmt: skip
def test_what_does_not_count_is_neither_too_long_nor_in_the_sum(more: str) -> None:
    assert licence(more=more) == []


@pytest.mark.parametrize("more", ["kind: 审核", "kind: 送达", "kind: 听证, counted: 是", "counted: 是"])
def test_what_counts_is_compared(more: str) -> None:
    assert licence(more=more) == [("C320", ("steps", 2, "limit"))]


def test_what_the_time_limit_leaves_out_does_not_count_whether_a_step_names_it_as_its_kind_or_in_its_words() -> None:
    assert licence(excludes="[组织评审]") == []
    assert licence(more="kind: 送达", excludes="[送达]") == []
    assert licence(excludes="[公示]") == [("C320", ("steps", 2, "limit"))]


def test_what_counts_is_not_left_out_of_the_time_limit() -> None:
    steps = "steps: [{actor: 水务局, do: 办, kind: 鉴定, counted: 是}]"

    assert found("time: {promised: 10个工作日, excludes: 司法鉴定}\n" + steps) == [("C321", ("steps", 0, "counted"))]
    assert found("time: {promised: 10个工作日, excludes: 公示}\n" + steps) == []


def test_what_does_not_count_is_not_in_the_sum() -> None:
    steps = """
        time: 10个工作日
        steps:
          - {actor: 申请人, do: 补材料, limit: 15个工作日}
          - {actor: 窗口, do: 收, limit: 1个工作日}
          - {actor: 质监所, do: 看设备, kind: 检验, limit: 30天}
          - {actor: 市场局, do: 办, limit: 8个工作日}
    """
    (finding,) = messages(steps)
    assert (finding.code, finding.says) == ("C302", "各步时限加起来是9个工作日，总时限是10个工作日")


@pytest.mark.parametrize(("limit", "too_long"), [("9个工作日", False), ("10个工作日", False), ("11个工作日", True), ("30天", False)])  # fmt: skip
def test_a_single_step_may_last_as_long_as_the_whole(limit: str, *, too_long: bool) -> None:
    steps = f"steps: [{{actor: 申请人, do: 交材料}}, {{actor: 窗口, do: 办, limit: {limit}}}]"
    assert found(f"time: 10个工作日\n{steps}") == ([("C320", ("steps", 1, "limit"))] if too_long else [])


PARALLEL = """
time: {time}
steps:
- {{actor: 窗口, do: 收, limit: 1个工作日}}
- actor: 窗口
  do: 分送各家
  {more}
  parallel:
  - {{actor: 住建局, do: 核发施工许可, limit: 4个工作日}}
  - {{actor: 消防队, do: 消防审查, limit: 6个工作日}}
  - {{actor: 气象局, do: 防雷检测, kind: 检测, limit: 15个工作日}}
"""


def test_what_is_done_at_the_same_time_takes_as_long_as_the_longest_that_counts() -> None:
    assert found(PARALLEL.format(time="7个工作日", more="")) == []
    assert found(PARALLEL.format(time="11个工作日", more="")) == [("C302", ("time",))]


def test_the_limit_of_a_step_is_for_all_that_is_done_in_it() -> None:
    assert found(PARALLEL.format(time="9个工作日", more="limit: 8个工作日")) == [
        ("C320", ("steps", 1, "parallel", 2, "limit"))
    ]
    assert found(PARALLEL.format(time="7个工作日", more="limit: 6个工作日")) == [
        ("C320", ("steps", 1, "parallel", 2, "limit"))
    ]


def test_what_is_done_at_the_same_time_is_not_longer_than_the_whole_unless_the_step_does_not_count() -> None:
    (finding,) = messages(PARALLEL.format(time="5个工作日", more=""))
    assert (finding.code, finding.path) == ("C320", ("steps", 1, "parallel", 1, "limit"))
    assert finding.says == "第2步里“消防审查”的时限（6个工作日）比办理时限（5个工作日）长"
    assert found(PARALLEL.format(time="5个工作日", more="counted: 否")) == []


def test_what_is_begun_at_once_can_go_on_for_days() -> None:
    assert found("time: 即时办理\nsteps: [{actor: 窗口, do: 办, limit: 5个工作日}]") == []


def test_steps_of_the_item_fit_into_some_case_and_steps_of_a_case_into_the_limit_of_the_item() -> None:
    steps = "steps: [{actor: 窗口, do: 办, limit: 4个工作日}]"
    cases = "variants: [{id: a, name: 加急, time: 1个工作日}, {id: b, name: 平常, time: %s}]\n"
    assert found(cases % "5个工作日" + steps) == []
    assert found(cases % "3个工作日" + steps) == [("C320", ("steps", 0, "limit"))]
    assert found(f"time: 3个工作日\nvariants: [{{id: a, name: 加急, {steps}}}]") == [
        ("C320", ("variants", 0, "steps", 0, "limit"))
    ]


@pytest.mark.parametrize("time", ["当场", "当日", "2小时", "40分钟", "1个工作日", "1天", "无"])
def test_instant_items_are_done_within_a_working_day(time: str) -> None:
    assert found(f"handling: 即办件\ntime: {time}") == []


@pytest.mark.parametrize("time", ["2个工作日", "1至2个工作日", "3天", "36小时", "1周"])
def test_instant_items_do_not_take_days(time: str) -> None:
    assert found(f"handling: 即办件\ntime: {time}") == [("C303", ("time",))]


def test_instant_items_may_have_a_statutory_limit() -> None:
    assert found("handling: 即办件\ntime: {promised: 当场, statutory: 15个工作日}") == []


@pytest.mark.parametrize(("next_check", "late"), [("2026-11-02", True), ("2026-11-03", True), ("2026-11-04", False)])
def test_the_next_check_comes_after_the_last(next_check: str, late: bool) -> None:
    assert found(f"checked: 2026-11-03\nnext_check: {next_check}") == ([("C304", ("next_check",))] if late else [])


def test_a_next_check_alone_contradicts_nothing() -> None:
    assert found("next_check: 2026-11-03") == []


@pytest.mark.parametrize("word", ["replaced_by: shebaoka-huanling", "status_note: 并入一件事"])
def test_a_cancelled_item_with_a_word_is_fine(word: str) -> None:
    assert found(f"status: 已取消\n{word}") == []


@pytest.mark.parametrize("word", ["cancelled_on: 2026-01-01", "replaced_by: shebaoka-huanling", "status_note: 已并入"])
def test_an_item_in_force_does_not_say_why_it_ended(word: str) -> None:
    assert found(word) == [("C306", (word.partition(":")[0],))]
    assert found(f"status: 暂停\n{word}") == []


def test_a_cancelled_item_without_a_word_leaves_residents_alone() -> None:
    assert found("status: 已取消") == [("C305", ("status",))]
    assert found("status: 暂停") == []


def in_the_future(file: str, text: str) -> list[tuple[KeyPath, str]]:
    parsed = load_file(f"content/{file}", text.encode())
    assert parsed.findings == ()
    return [(finding.path, finding.hint) for finding in check_days([parsed], "2026-11-28")]


@pytest.mark.parametrize(
    ("day", "meant"),
    [("2036-11-03", "2026-11-03"), ("2026-11-29", "2025-11-29"), ("2027-01-05", "2026-01-05"), ("2028-02-29", "")],
)
def test_what_was_done_was_not_done_in_the_future(day: str, meant: str) -> None:
    hint = "写已经做了的那一天" + (f"；是年份写错了的，改成 {meant}" if meant else "")

    assert in_the_future("items/a/b.yaml", f"name: 甲\nchecked: {day}\n") == [(("checked",), hint)]
    assert [path for path, _ in in_the_future("items/a/b.yaml", f"name: 甲\npublished: {day}\n")] == [("published",)]
    assert [path for path, _ in in_the_future("pages/p.md", f"---\ntitle: 页\npublished: {day}\n---\n")] == [
        ("published",)
    ]
    assert [
        path for path, _ in in_the_future("laws.yaml", f"fa: {{title: 法, issued: {day}, status_date: {day}}}\n")
    ] == [
        ("fa", "issued"),
        ("fa", "status_date"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "checked: 2026-11-28",
        "checked: 2026-11-27\nnext_check: 2027-05-28",
        "cancelled_on: 2027-01-01\nstatus: 已取消\nstatus_note: 并入",
    ],
)
def test_what_is_to_come_may_lie_in_the_future(text: str) -> None:
    assert in_the_future("items/a/b.yaml", f"name: 甲\n{text}\n") == []


TWICE = ("C308", ("windows", 1))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("{when: 每年9月1日至25日}", "{when: 每年3月1日至20日, note: 春季}", [TWICE]),
        ("{when: 每年9月, for: 缴费}", "{when: 每月1日至10日, for: 缴费}", [TWICE]),
        ("{when: 每年9月, for: 缴费}", "{when: 每月1日至10日, for: 参保}", []),
        ("{when: 每年9月底前, who: 老户}", "{when: 次年2月底前, who: 新户}", []),
        ("{when: 有效期满前90日内}", "{when: 有效期满后1年内}", []),
        ("{when: 每年9月}", "{when: 招用之日起30日内}", []),
    ],
)
def test_two_periods_of_one_matter_are_told(first: str, second: str, expected: list[tuple[str, KeyPath]]) -> None:
    assert found(f"windows:\n- {first}\n- {second}") == expected


def test_the_advice_on_two_periods_of_one_matter_can_be_followed() -> None:
    (finding,) = messages("windows: [{when: 每年9月1日至25日}, {when: 次年3月1日至20日}]")
    assert finding.hint
    assert "“when: 每年9月1日至25日、次年3月1日至20日”" in finding.hint
    assert found("windows: 每年9月1日至25日、次年3月1日至20日") == []
    (finding,) = messages("windows: [{when: 每年9月, pays: 10月发}, {when: 每年3月, pays: 4月发}]")
    assert finding.hint == "每段写上 for（办什么）或 who（给谁）"
