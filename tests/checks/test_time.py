"""Times and dates of one item."""

from __future__ import annotations

import pytest
from checks_world import found, messages


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


@pytest.mark.parametrize(("promised", "statutory"), [("30天", "20个工作日"), ("2个月", "30天")])
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


@pytest.mark.parametrize("time", ["当场", "当日", "2小时", "无"])
def test_instant_items_are_done_the_same_day(time: str) -> None:
    assert found(f"handling: 即办件\ntime: {time}") == []


def test_instant_items_do_not_take_days() -> None:
    assert found("handling: 即办件\ntime: 3个工作日") == [("C303", ("time",))]


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
