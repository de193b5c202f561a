import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_world import item, wrong
from pydantic import ValidationError

from builder.content.model.quantities import Action, Level, Route

# Every distinct phrase of a city's list, and what it means: the cells of level by action, for each route that one may
# choose.
PHRASES = [
    ("社区受理、街道办理", [{"社区受理", "街道办理"}]),
    ("街道受理、办理，区级复核", [{"街道受理", "街道办理", "区复核"}]),
    ("街道办理", [{"街道办理"}]),
    ("社区、街道办理；委托部分银行办理", [{"社区办理", "街道办理", "银行办理"}]),
    ("街道受理和初审、区级复审", [{"街道受理", "街道初审", "区复审"}]),
    ("社区、街道办理", [{"社区办理", "街道办理"}]),
    ("街道受理", [{"街道受理"}]),
    ("街道受理、区级办理", [{"街道受理", "区办理"}]),
    ("街道受理、办理", [{"街道受理", "街道办理"}]),
    (
        "或者".join(f"{one}受理、区级办理和审核" for one in ("街道", "代发银行")),
        [{"街道受理", "区办理", "区审核"}, {"银行受理", "区办理", "区审核"}],
    ),
    ("街道受理，区级办理和复核", [{"街道受理", "区办理", "区复核"}]),
    ("街道受理，区级办理和审核", [{"街道受理", "区办理", "区审核"}]),
    ("街道受理和办理，区级复核", [{"街道受理", "街道办理", "区复核"}]),
    (
        "或者".join(f"{one}受理，区级办理和审核" for one in ("街道", "代发银行")),
        [{"街道受理", "区办理", "区审核"}, {"银行受理", "区办理", "区审核"}],
    ),
]

# As lists of villages, towns and counties have it.
TOWN_PHRASES = [
    ("乡镇受理、县级审核", ["乡镇受理", "县级审核"]),
    ("村受理，乡（镇）审核，县（市、区）审批", ["村受理", "乡镇审核", "县级审批"]),
    ("村（社区）受理、乡镇（街道）初审后上报，县级审批发证", ["村受理", "社区受理", "乡镇初审", "乡镇转报", "街道初审", "街道转报", "县级审批", "县级发证"]),
    ("村（居）委会代办，镇街核准", ["村代办", "社区代办", "乡镇核准", "街道核准"]),
    ("镇政府受理并转报，市（州）确认，省级备案", ["乡镇受理", "乡镇转报", "市级确认", "省级备案"]),
    ("镇(街道)核实；区（市）县决定", ["乡镇核实", "街道核实", "县级决定"]),
    ("村级初核并申报，镇级负责审定，市、县两级均可监管", ["村初审", "村转报", "乡镇决定", "市级监督", "县级监督"]),
    ("旗县区受理，自治区级审批，国家备案", ["县级受理", "省级审批", "国家级备案"]),
    ("居委会登记、评议、公示，街道办事处发放", ["社区登记", "社区评议", "社区公示", "街道发放"]),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "matrix"), TOWN_PHRASES)
def test_reads_what_lists_of_the_country_write(phrase: str, matrix: list[str]) -> None:
    (route,) = item(f"depth: {phrase}").depth
    assert [handling.level.label + action.label for handling in route.levels for action in handling.do] == matrix


def cells(route: Route) -> set[str]:
    return {handling.level.label + action.label for handling in route.levels for action in handling.do}


@pytest.mark.parametrize(("phrase", "matrix"), PHRASES)
def test_reads_who_does_what(phrase: str, matrix: list[set[str]]) -> None:
    assert [cells(route) for route in item(f"depth: {phrase}").depth] == matrix


def test_a_comma_more_or_less_changes_nothing() -> None:
    written = [phrase for phrase, _ in PHRASES if "或者" in phrase]
    one, other = (item(f"depth: {phrase}").depth for phrase in written)
    assert one == other


def test_alternatives_may_be_a_list_or_one_phrase() -> None:
    as_list = item("depth: [街道受理, 代发银行受理、区级审核]")
    assert as_list.depth == item("depth: 街道受理或者代发银行受理、区级审核").depth
    assert as_list.depth == item("depth: [街道受理或者代发银行受理、区级审核]").depth


def test_parts_are_as_good_as_a_phrase() -> None:
    written = item("depth: [{levels: [{level: 街道, do: [受理, first-review]}, {level: district, do: 复审}]}]")
    assert written.depth == item("depth: 街道受理和初审、区级复审").depth
    assert written.depth[0].at(Level.STREET) == (Action.ACCEPT, Action.FIRST_REVIEW)
    assert written.depth[0].at(Level.COMMUNITY) == ()


@given(
    st.lists(st.tuples(st.sampled_from(Level), st.lists(st.sampled_from(Action), min_size=1, unique=True)), min_size=1)
)
def test_any_route_reads_back_the_same(levels: list[tuple[Level, list[Action]]]) -> None:
    phrase = "，".join(level.label + "和".join(action.label for action in actions) for level, actions in levels)
    read = Route.model_validate(phrase)
    assert [(one.level, list(one.do)) for one in read.levels] == levels


@pytest.mark.parametrize(
    ("phrase", "advice"),
    [
        ("街道受理、片区审批", "看不懂“片”"),
        ("街道受理、区级会审", "看不懂“会审”"),
        ("镇受理、县民政局审批", "“民政局”是单位；办理深度只写哪一级"),
        ("派出所受理、市级审批", "“派出所”是单位"),
        ("受理街道办理", "前面没有写是哪一级"),
        ("街道", "哪一级做什么"),
        ("街道受理、区级", "哪一级做什么"),
    ],
)
def test_no_part_of_a_phrase_is_lost_unseen(phrase: str, advice: str) -> None:
    with pytest.raises(ValidationError, match=advice):
        Route.model_validate(phrase)


def test_says_which_levels_there_are() -> None:
    hint = wrong("depth: 组级办理").hint
    assert "村、社区、乡镇、街道、银行、县级、区、市级、省级、国家级" in hint
