"""On how many trips some steps are done."""

from __future__ import annotations

import pytest

from builder.content.model.quantities import Duration, read_span
from builder.merge.trips import Visit, meet, trips_of

AT_ONCE, A_WEEK = Duration(unit="即时"), Duration(n="7", unit="天")


def visit(number: int, place: str, when: str = "", after: tuple[int, ...] = (), takes: Duration | None = None) -> Visit:
    spans = tuple(map(read_span, when.split("；"))) if when else ()
    return Visit(number, tuple(place.split("或")) if place else (), spans, after, takes)


def numbers(*visits: Visit) -> list[tuple[int, ...]]:
    return [trip.numbers for trip in trips_of(visits)]


def test_what_is_done_at_one_place_is_one_trip() -> None:
    assert numbers(visit(1, "大厅"), visit(2, "社区"), visit(3, "大厅"), visit(4, "")) == [(1, 3), (2,)]


def test_of_several_places_the_one_is_taken_to_which_one_goes_anyway() -> None:
    (trip,) = trips_of([visit(1, "社区或大厅"), visit(2, "大厅")])

    assert (trip.places, trip.numbers) == (("大厅",), (1, 2))


@pytest.mark.parametrize(
    ("one", "other", "trips"),
    [
        ("每月6日至25日", "每月5日至20日", 1),
        ("每月1日至5日", "每月10日至20日", 2),
        ("每周一", "每月1日至7日", 1),
        ("每周一", "每周三", 2),
        ("每年9月1日至9月25日", "每年9月20日至9月30日", 1),
        ("每年11月1日至次年4月30日", "每年5月1日至10月31日", 2),
        ("去世之日起60日内", "每周一", 1),
        ("每年10月底前", "", 1),
    ],
)
def test_days_that_meet_make_one_trip_and_others_two(one: str, other: str, trips: int) -> None:
    visits = visit(1, "大厅", one), visit(2, "大厅", other)

    assert meet(*visits) is (trips == 1)
    assert numbers(*visits) == ([(1, 2)] if trips == 1 else [(1,), (2,)])
    assert trips_of(visits)[-1].apart == (() if trips == 1 else (1,))


@pytest.mark.parametrize("any_day", ["", "每月20日前", "每年3月1日至3月20日；每年9月20日至9月30日"])
def test_nobody_puts_off_a_step_for_one_that_is_done_in_some_months_only(any_day: str) -> None:
    visits = visit(1, "大厅", any_day), visit(2, "大厅", "每年9月1日至9月25日")

    assert meet(*visits)
    assert numbers(*visits) == [(1,), (2,)]
    assert trips_of(visits)[-1].apart == ()


def test_three_can_each_meet_the_others_and_yet_not_all() -> None:
    assert numbers(
        visit(1, "大厅", "每月1日至10日"), visit(2, "大厅", "每月8日至20日"), visit(3, "大厅", "每月1日至5日；每月15日")
    ) == [
        (1, 2),
        (3,),
    ]


def test_the_days_of_a_trip_are_those_on_which_all_can_be_done() -> None:
    (monthly,) = trips_of([visit(1, "大厅"), visit(2, "大厅", "每月6日至25日"), visit(3, "大厅", "每月5日至20日")])
    (mixed,) = trips_of([visit(1, "大厅", "每周一"), visit(2, "大厅", "每月6日至25日")])

    assert [[span.days for span in spans] for spans in monthly.days] == [["06/20"]]
    assert [[span.days for span in spans] for spans in mixed.days] == [["1"], ["06/25"]]
    assert trips_of([visit(1, "大厅"), visit(2, "大厅", "去世之日起60日内")])[0].days == ()


@pytest.mark.parametrize(("takes", "trips"), [(AT_ONCE, [(1, 2)]), (A_WEEK, [(1,), (2,)]), (None, [(1,), (2,)])])
def test_what_is_needed_earlier_is_waited_for_unless_it_is_done_at_once(
    takes: Duration | None, trips: list[tuple[int, ...]]
) -> None:
    visits = visit(1, "大厅", takes=takes), visit(2, "大厅", after=(1,))

    assert numbers(*visits) == trips
    assert [one.number for one in trips_of(visits)[-1].waits_for] == ([] if len(trips) == 1 else [1])


def test_one_waits_at_another_place_and_for_what_is_done_nowhere_known() -> None:
    elsewhere = trips_of([visit(1, "社区", takes=A_WEEK), visit(2, "大厅", after=(1,)), visit(3, "大厅")])
    unknown = trips_of([visit(1, "大厅"), visit(2, "", after=(1,)), visit(3, "大厅", after=(2,))])

    assert [(trip.numbers, [one.number for one in trip.waits_for]) for trip in elsewhere] == [((1,), []), ((2, 3), [1])]
    assert [(trip.numbers, [one.number for one in trip.waits_for]) for trip in unknown] == [((1,), []), ((3,), [2])]
