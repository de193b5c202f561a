"""What a page says to each answer, said once: each text is shown in exactly the states that say it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.render.folding import Folded, Grid, State

GRIDS = st.sampled_from(
    [
        Grid((("", (("",),)),)),
        Grid((("shei", (("tx",),)), ("can", (("",), ("you",), ("mei",))))),
        Grid((("shei", (("tx",), ("sy",), ("cz",))), ("can", (("",), ("you",), ("mei", "wu"))))),
        Grid((("shei", (("tx",), ("sy",))), ("can", (("",), ("you",))), ("dang", (("",), ("zai",), ("bie", "wu"))))),
    ]
)


def holds(condition: str, chosen: dict[str, str]) -> bool:
    """Tell whether a condition holds, as `static/event.js` reads it."""
    return not condition or any(
        all(chosen.get(pair.split("=")[0], "") in pair.split("=")[1].split(",") for pair in each.split(" "))
        for each in condition.split("|")
    )


@given(st.data())
def test_each_text_is_shown_in_exactly_the_states_that_say_it(data: st.DataObject) -> None:
    grid = data.draw(GRIDS)
    said = {state: data.draw(st.lists(st.sampled_from("甲乙丙丁"))) for state in sorted(grid.states)}

    found = list(grid.folded(said, grid.states))

    for state, texts in said.items():
        shown = [one.what for one in found if holds(one.on, dict(grid.chosen(state)))]
        assert sorted(shown) == sorted(texts)
        assert [one.what for one in found if state in one.states] == shown


@given(st.data())
def test_who_names_no_first_answer_sees_what_is_said_to_any_of_them(data: st.DataObject) -> None:
    grid = data.draw(GRIDS)
    said = {state: data.draw(st.lists(st.sampled_from("甲乙"), unique=True)) for state in sorted(grid.states)}

    for one in grid.folded(said, grid.states):
        for rest in {state[1:] for state in grid.states}:
            further = {id: option for id, option in grid.chosen((0, *rest)).items() if id != grid.questions[0][0]}
            assert holds(one.on, further) == any(state[1:] == rest for state in one.states)
        assert one.later == all(any(state[1:]) for state in one.states)


@given(st.data())
def test_a_part_of_a_line_needs_no_condition_of_the_line(data: st.DataObject) -> None:
    grid = data.draw(GRIDS)
    states = st.sampled_from(sorted(grid.states))
    within = frozenset(data.draw(st.lists(states, min_size=1)))
    shown = frozenset(state for state in within if data.draw(st.booleans()))

    for one in grid.folded({state: ["甲"] for state in shown}, within):
        for state in within:
            assert holds(one.on, dict(grid.chosen(state))) == (state in one.states)


def lines(grid: Grid, said: dict[State, list[str]]) -> list[Folded[str]]:
    return list(grid.folded(said, grid.states))


def test_what_is_said_to_all_has_no_condition_and_what_is_said_to_some_tells_to_whom() -> None:
    grid = Grid((("shei", (("tx",), ("sy",))), ("can", (("",), ("you",), ("mei",)))))
    said = {
        state: ["甲", *(["乙"] if state[0] == 0 else []), *(["丙"] if state[1] == 1 else [])] for state in grid.states
    }

    assert [(one.what, one.on, one.of, one.later) for one in lines(grid, said)] == [
        ("甲", "", (), False),
        ("乙", "shei=,tx", (0,), False),
        ("丙", "can=you", (), True),
    ]


@given(st.data())
def test_the_order_is_that_of_every_state_where_they_agree(data: st.DataObject) -> None:
    grid = data.draw(GRIDS)
    said = {state: sorted(data.draw(st.sets(st.sampled_from("abcdefg")))) for state in sorted(grid.states)}

    for state, texts in said.items():
        assert [one.what for one in grid.folded(said, grid.states) if state in one.states] == texts


def test_what_an_answer_adds_comes_before_what_all_have_behind_it() -> None:
    grid = Grid((("shei", (("tx",), ("sy",))),))

    assert [one.what for one in lines(grid, {(0,): ["a", "b", "z"], (1,): ["a", "c", "z"]})] == list("abcz")
