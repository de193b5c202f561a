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
        ("街道受理、市级审批", "看不懂“市级审批”"),
        ("受理街道办理", "前面没有写是哪一级"),
        ("街道", "哪一级做什么"),
        ("街道受理、区级", "哪一级做什么"),
    ],
)
def test_no_part_of_a_phrase_is_lost_unseen(phrase: str, advice: str) -> None:
    with pytest.raises(ValidationError, match=advice):
        Route.model_validate(phrase)


def test_says_which_levels_there_are() -> None:
    assert "社区、街道、银行、区" in wrong("depth: 省级办理").hint
