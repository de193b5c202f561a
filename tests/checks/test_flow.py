"""The flow of steps."""

from __future__ import annotations

from checks_world import found, messages
from hypothesis import given
from hypothesis import strategies as st

from builder.checks.step_flow import check_item
from builder.content.model.item import Item
from builder.support.diagnostics import KeyPath

LOOP = """
    steps:
      - id: shouli
        actor: 窗口
        do: 收材料
        question: 材料齐全吗？
        branches:
          - when: 齐全
            to: end
          - when: 不齐全
            to: buzheng
      - id: buzheng
        actor: 申请人
        do: 补材料
        next: shouli
"""


def test_a_loop_with_a_way_out_is_fine() -> None:
    assert found(LOOP) == []


def test_a_step_behind_a_loop_that_nobody_leaves_is_unreachable_and_the_loop_has_no_end() -> None:
    steps = """
        steps:
          - id: jia
            actor: 窗口
            do: 收
          - actor: 窗口
            do: 看
            next: jia
          - actor: 社保所
            do: 发卡
    """
    assert found(steps) == [("F402", ("steps", 2)), ("F404", ("steps", 1, "next"))]


def test_of_several_unreachable_steps_in_a_row_only_the_first_is_named() -> None:
    steps = """
        steps:
          - {actor: 窗口, do: 收, next: end}
          - {actor: 社保所, do: 审}
          - {actor: 社保所, do: 制卡}
    """
    assert found(steps) == [("F402", ("steps", 1))]


def test_two_unreachable_stretches_are_both_named() -> None:
    steps = """
        steps:
          - {actor: 窗口, do: 收, next: end}
          - {actor: 社保所, do: 审, next: end}
          - {actor: 社保所, do: 制卡}
    """
    assert found(steps) == [("F402", ("steps", 1)), ("F402", ("steps", 2))]


def test_a_step_may_not_lead_to_itself_for_ever() -> None:
    (finding,) = messages("steps: [{id: deng, actor: 窗口, do: 等, next: deng}]")

    assert (finding.code, finding.path) == ("F408", ("steps", 0, "next"))
    assert finding.says == "第1步的下一步是它自己"


def test_a_step_that_leads_to_itself_is_the_cause_and_no_other_is_named() -> None:
    steps = """
        steps:
          - {id: jiao, actor: 建设单位, do: 交方案}
          - actor: 水务局
            do: 看方案
            branches: [{when: 要改, to: jiao, text: 改好再报}, {when: 可以, to: pifu}]
          - {id: pifu, actor: 水务局, do: 批复, next: pifu}
          - {actor: 窗口, do: 发文}
    """
    assert found(steps) == [("F408", ("steps", 2, "next"))]


def test_of_steps_that_never_end_the_one_that_only_leads_back_is_named() -> None:
    steps = """
        steps:
          - {id: jiao, actor: 建设单位, do: 交方案}
          - id: kan
            actor: 水务局
            do: 看方案
            branches: [{when: 要改, to: jiao, text: 改好再报}, {when: 可以, to: pifu}]
          - {id: pifu, actor: 水务局, do: 批复, next: kan}
    """
    (finding,) = messages(steps)
    assert (finding.code, finding.path) == ("F404", ("steps", 2, "next"))
    assert finding.says == "第3步转回第2步，再也走不到结束"


def decision(*branches: str) -> list[tuple[str, KeyPath]]:
    """Return what is found in a flow whose second step, kan, has these branches."""
    steps = (
        "steps: [{id: jiao, actor: 建设单位, do: 交方案}, {id: kan, actor: 水务局, do: 看, branches: [%s]}, "
        "{id: fa, actor: 窗口, do: 发文}]"
    )
    return found(steps % ", ".join(f"{{{branch}}}" for branch in branches))


def test_a_branch_leads_back_to_another_step_and_not_to_its_own() -> None:
    assert decision("when: 要改, to: kan, text: 改好再报", "when: 可以, to: fa") == [
        ("F409", ("steps", 1, "branches", 0, "to"))
    ]
    assert decision("when: 要改, to: jiao", "when: 可以, to: fa") == []


def test_each_branch_of_a_step_is_for_another_case() -> None:
    assert decision("when: 要改, to: jiao", "when: 可以, to: fa", "when: 要改的, to: end:returned") == [
        ("F410", ("steps", 1, "branches", 2, "when"))
    ]


def test_a_decision_makes_a_difference() -> None:
    assert decision("when: 要改, to: fa", "when: 可以, to: fa") == [("F411", ("steps", 1, "branches"))]
    assert decision("when: 要改, to: fa, text: 边办边改", "when: 可以, to: fa") == []
    assert decision("when: 要改, to: fa, document: 《整改通知》", "when: 可以, to: fa") == []


def test_who_meets_the_conditions_is_not_refused_where_the_others_are_served() -> None:
    assert decision("when: 符合条件, to: end:rejected", "when: 不符合条件, to: fa") == [
        ("F412", ("steps", 1, "branches", 0, "to"))
    ]
    assert decision("when: 通过, to: 退回", "when: 没有通过, to: fa") == [("F412", ("steps", 1, "branches", 0, "to"))]
    assert decision("when: 不符合条件, to: end:rejected", "when: 符合条件, to: fa") == []
    assert decision("when: 有异议, to: end:rejected", "when: 没有异议, to: fa") == []


def test_the_turn_back_is_found_among_branches() -> None:
    steps = """
        steps:
          - {id: jia, actor: 窗口, do: 收}
          - actor: 窗口
            do: 看
            branches:
              - {when: 齐, to: jia}
              - {when: 缺, to: jia, text: 补齐}
    """
    assert found(steps) == [("F404", ("steps", 1, "branches"))]


def test_the_last_step_needs_no_next() -> None:
    assert found("steps: [{actor: 窗口, do: 收}, {actor: 社保所, do: 审}]") == []


def test_no_steps_and_unknown_steps_are_no_flow() -> None:
    assert found("steps: 无") == []
    assert found("") == []


def test_steps_of_staff_are_checked_too() -> None:
    steps = """
        steps:
          - {actor: 窗口, do: 收, next: end}
          - {actor: 社保所, do: 录入系统, visibility: 内部}
    """
    assert found(steps) == [("F402", ("steps", 1))]


def test_a_branch_may_go_to_a_step_of_staff() -> None:
    steps = """
        steps:
          - actor: 窗口
            do: 看
            branches:
              - {when: 齐, to: luru}
              - {when: 缺, to: end:returned}
          - {id: luru, actor: 社保所, do: 录入系统, visibility: 内部}
    """
    assert found(steps) == []


def test_steps_of_a_variant_are_a_flow_of_their_own() -> None:
    variants = """
        steps: [{id: shenhe, actor: 窗口, do: 收}]
        variants:
          - id: jinji
            name: 紧急
            steps: [{actor: 窗口, do: 办, next: shenhe}]
    """
    assert found(variants) == [("F401", ("variants", 0, "steps", 0, "next"))]


def test_a_wrong_target_is_told_without_its_consequences() -> None:
    steps = """
        steps:
          - {actor: 窗口, do: 收, next: shenhee}
          - {id: shenhe, actor: 社保所, do: 审}
    """
    (finding,) = messages(steps)

    assert (finding.code, finding.hint) == ("F401", "是不是想写“shenhe”？")


def test_a_step_named_by_its_number_gets_advice() -> None:
    for written in ("2", "第2步"):
        (finding,) = messages(f"steps: [{{actor: 窗口, do: 收, next: {written}}}, {{actor: 社保所, do: 审}}]")
        assert finding.hint == "给第2步加一行 id: 小写英文编号，这里再写这个编号"


def test_a_number_that_no_step_has_is_no_step() -> None:
    (finding,) = messages("steps: [{actor: 窗口, do: 收, next: 9}]")

    assert finding.hint.startswith("这里能写：end（办结）、")


def test_the_everyday_word_for_the_end_gets_advice() -> None:
    (finding,) = messages("steps: [{actor: 窗口, do: 收, next: 结束}]")

    assert finding.hint == "这一步之后就办完的，改成 end"


def test_a_branch_and_a_next_contradict_each_other() -> None:
    steps = """
        steps:
          - actor: 窗口
            do: 看
            next: end
            branches:
              - {when: 齐, to: end}
              - {when: 缺, to: end:returned}
    """
    (finding,) = messages(steps)

    assert (finding.code, finding.path, finding.on) == ("F406", ("steps", 0, "next"), "key")


def test_a_duplicate_id_names_the_step_that_has_it() -> None:
    (finding,) = messages("steps: [{id: a, actor: 窗口, do: 收}, {actor: 窗口, do: 看}, {id: a, actor: 窗口, do: 办}]")

    assert (finding.code, finding.path, finding.says) == ("F405", ("steps", 2, "id"), "编号“a”已经用在第1步")


targets = st.sampled_from(["", "s0", "s1", "s2", "s3", "s4", "end", "end:returned"])
steps = st.lists(
    st.tuples(targets, st.lists(targets.filter(bool), min_size=2, max_size=3) | st.none()), min_size=1, max_size=5
)


@given(steps)
def test_a_flow_without_findings_reaches_every_step_and_always_an_end(
    drawn: list[tuple[str, list[str] | None]],
) -> None:
    raw = [
        {"id": f"s{n}", "actor": "窗口", "do": "办", "next": "" if branches else next_one}
        | ({"branches": [{"when": "是", "to": to} for to in branches]} if branches else {})
        for n, (next_one, branches) in enumerate(drawn)
    ]
    findings = list(check_item(Item.model_validate({"name": "甲", "steps": raw}), "a.yaml"))

    def onward(n: int) -> set[int | None]:
        next_one, branches = drawn[n]
        names = branches or [next_one or (f"s{n + 1}" if n + 1 < len(drawn) else "end")]
        return {int(name[1:]) if name[0] == "s" else None for name in names}

    def closure(start: int) -> set[int | None]:
        seen: set[int | None] = {start}
        while (wider := seen.union(*(onward(n) for n in seen if n is not None and n < len(drawn)))) != seen:
            seen = wider
        return seen

    exists = all(n is None or n < len(drawn) for step in range(len(drawn)) for n in onward(step))
    sound = exists and set(range(len(drawn))) <= closure(0) and all(None in closure(n) for n in range(len(drawn)))
    about_ways = [one for one in findings if one.code in ("F401", "F402", "F403", "F404", "F408")]
    assert (about_ways == []) == sound
