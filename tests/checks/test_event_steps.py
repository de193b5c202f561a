"""Events (一件事) and the items that they lead through."""

from __future__ import annotations

from collections.abc import Mapping

from checks_world import filed, found_in

LIBRARY = {
    "content/materials.yaml": "shenfenzheng: {name: 居民身份证, aliases: [身份证], lasting: 是}\n",
    "content/lives.yaml": "shiye: 没了工作\n",
}


def codes(event: str, more: Mapping[str, str] | None = None, **items: str) -> list[str]:
    """Return the codes of what is found in an event of 新城镇 and its items."""
    files = {f"content/items/xincheng/{id}.yaml": filed(text, name=id) for id, text in items.items()}
    event = f"life: shiye\narea: xincheng\nitems:\n{event}"
    found = found_in({**LIBRARY, **(more or {}), **files, "content/events/xincheng-shiye.yaml": event})
    return [one.code for one in found if one.code.startswith("E")]


def test_what_is_done_at_once_never_makes_the_next_step_too_late() -> None:
    later = "windows: 离职之日起60日内\n"
    event = "  - dengji\n  - {item: shenling, after: [dengji]}\n"

    assert codes(event, dengji="time: 即时办理\n", shenling=later) == []
    assert codes(event, dengji="time: 当场\n", shenling=later) == []
    assert codes(event, dengji="time: 90日\n", shenling=later) == ["E608"]


def test_days_that_never_meet_at_one_place_are_two_trips_of_which_a_note_tells() -> None:
    hall = {"content/places/dating.yaml": "name: 大厅\nkind: 办事大厅\naddress: 新城镇1号\n"}
    early, late = "places: dating\nwindows: 每月1日至5日\n", "places: dating\nwindows: 每月10日至20日\n"
    event, told = "  - dengji\n  - shenling\n", "  - dengji\n  - {item: shenling, note: 和登记分两趟办}\n"

    assert codes(event, hall, dengji=early, shenling=late) == ["E608"]
    assert codes(told, hall, dengji=early, shenling=late) == []
    assert codes(event, hall, dengji=early, shenling="places: dating\nwindows: 每月5日至20日\n") == []
    assert (
        codes(event, hall, dengji=early, shenling="windows: 每月10日至20日\n") == []
    )  # at another place, for all one knows
    waits = "  - dengji\n  - {item: shenling, after: [dengji]}\n"
    assert codes(waits, hall, dengji=early + "time: 7天\n", shenling=late) == []  # on another day anyway


def test_an_editor_who_noted_that_nobody_knows_whose_it_is_is_not_asked_again() -> None:
    event = "  - dengji\n  - peixun\n"
    said = "materials: [{ref: shenfenzheng, whose: 本人}]\n"
    unsaid = "materials: [{ref: shenfenzheng}]\n"

    assert codes(event, dengji=said, peixun=unsaid) == ["E609"]
    assert codes(event, dengji=said, peixun=f"{unsaid}notes: [身份证是谁的，资料没有写。]\n") == []
    assert codes(event, dengji=said, peixun=f"{unsaid}notes: [身份证要原件还是复印件，资料没有写。]\n") == ["E609"]
    assert codes(event, dengji=said, peixun=f"{unsaid}notes: [户口簿是谁的，资料没有写。]\n") == ["E609"]
