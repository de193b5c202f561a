"""Events (一件事) and the items that they lead through."""

from __future__ import annotations

from checks_world import filed, found_in

LIBRARY = {
    "content/materials.yaml": "shenfenzheng: {name: 居民身份证, aliases: [身份证], lasting: 是}\n",
    "content/lives.yaml": "shiye: 没了工作\n",
}


def codes(event: str, **items: str) -> list[str]:
    """Return the codes of what is found in an event of 新城镇 and its items."""
    files = {f"content/items/xincheng/{id}.yaml": filed(text, name=id) for id, text in items.items()}
    event = f"life: shiye\narea: xincheng\nitems:\n{event}"
    found = found_in({**LIBRARY, **files, "content/events/xincheng-shiye.yaml": event})
    return [one.code for one in found if one.code.startswith("E")]


def test_what_is_done_at_once_never_makes_the_next_step_too_late() -> None:
    later = "windows: 离职之日起60日内\n"
    event = "  - dengji\n  - {item: shenling, after: [dengji]}\n"

    assert codes(event, dengji="time: 即时办理\n", shenling=later) == []
    assert codes(event, dengji="time: 当场\n", shenling=later) == []
    assert codes(event, dengji="time: 90日\n", shenling=later) == ["E608"]


def test_an_editor_who_noted_that_nobody_knows_whose_it_is_is_not_asked_again() -> None:
    event = "  - dengji\n  - peixun\n"
    said = "materials: [{ref: shenfenzheng, whose: 本人}]\n"
    unsaid = "materials: [{ref: shenfenzheng}]\n"

    assert codes(event, dengji=said, peixun=unsaid) == ["E609"]
    assert codes(event, dengji=said, peixun=f"{unsaid}notes: [身份证是谁的，资料没有写。]\n") == []
    assert codes(event, dengji=said, peixun=f"{unsaid}notes: [身份证要原件还是复印件，资料没有写。]\n") == ["E609"]
    assert codes(event, dengji=said, peixun=f"{unsaid}notes: [户口簿是谁的，资料没有写。]\n") == ["E609"]
