"""Edits of the real sample: whatever is changed wherever, the file says just that, and the other lines stay."""

from __future__ import annotations

from itertools import takewhile

from editing_world import VALUES, ContentFile, changed, lines_around, sample, value_at, values_of
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.editing import Change, Insert, Remove, Set, edited
from builder.support.diagnostics import KeyPath

TRIED = settings.default.max_examples if settings.default else 50
FILES = st.deferred(lambda: st.sampled_from(sample()))


def is_edited(file: ContentFile, change: Change) -> None:
    """Hold the edited file against its plain values and against the lines that have to stay."""
    after = edited(file.name, file.data, [change]).decode()
    assert values_of(file.name, after.encode()) == changed(file.values, change)
    if isinstance(change, Insert) or change.path not in file.positions.values:
        assert rewritten_lines(file.data.decode(), after) <= 1
    else:
        before, behind = lines_around(file, change)
        assert after.startswith(before)
        assert after.endswith(behind)


def some(paths: list[KeyPath], offset: int) -> list[KeyPath]:
    """Return a few of `paths`, spread over all of them."""
    step = 1 + 20 * len(paths) // TRIED
    return paths[offset % min(step, len(paths)) :: step]


def rewritten_lines(before: str, after: str) -> int:
    """Return how many lines of a file are no longer there after something was added."""
    old, new = before.splitlines(), after.splitlines()
    same = len([*takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))])
    left = zip(old[same:][::-1], new[same:][::-1], strict=False)
    return len(old) - same - len([*takewhile(lambda pair: pair[0] == pair[1], left)])


def test_a_change_that_changes_nothing_keeps_every_byte() -> None:
    for file in sample():
        changes = [Set((key,), value) for key, value in file.values.items()]
        assert edited(file.name, file.data, changes) is file.data, file.name


def test_every_kind_of_place_can_be_changed() -> None:
    """A few places of each file, other ones in each, and in other ways."""
    places = [(file, path) for number, file in enumerate(sample()) for path in some(file.paths, number)]
    for number, (file, path) in enumerate(places):
        value = value_at(file.values, path)
        changes: list[Change] = [Set(path, "新的说法"), Set(path, ["甲", {"name": "乙"}])]
        if len(file.values) > 1:
            changes.append(Remove(path))
        if isinstance(value, list):
            changes += [Insert(path, index, value[-1 - index]) for index in (0, len(value) // 2)] * 2
            changes.append(Insert(path, len(value), value[0]))
        if isinstance(value, dict):
            changes += [Set((*path, key), "新的说法") for key in ("ref", "note", "extra") if key not in value] * 2
        is_edited(file, changes[number % len(changes)])


@given(st.data())
def test_any_value_can_be_written_anywhere(data: st.DataObject) -> None:
    file = data.draw(FILES)
    path = data.draw(st.sampled_from(file.paths))
    value = data.draw(VALUES)
    there = value_at(file.values, path)
    changes: list[Change] = [Set(path, value)]
    if isinstance(there, list):
        changes.append(Insert(path, data.draw(st.integers(0, len(there))), value))
    if isinstance(there, dict):
        changes.append(Set((*path, data.draw(st.sampled_from(("note", "name", "when", "form", "a: b")))), value))
    is_edited(file, data.draw(st.sampled_from(changes)))


@given(st.data())
def test_several_changes_are_made_one_after_the_other(data: st.DataObject) -> None:
    file = data.draw(FILES)
    values, changes, one_by_one = file.values, [], file.data
    for _ in range(3):
        path = data.draw(st.sampled_from(ContentFile(file.name, one_by_one).paths))
        change: Change = Remove(path) if len(values) > 1 and data.draw(st.booleans()) else Set(path, data.draw(VALUES))
        values = changed(values, change)
        changes.append(change)
        one_by_one = edited(file.name, one_by_one, [change])
    assert values_of(file.name, one_by_one) == values
    assert edited(file.name, file.data, changes) == one_by_one


@given(st.data())
def test_a_file_can_come_to_say_what_another_says(data: st.DataObject) -> None:
    file, other = data.draw(FILES), data.draw(FILES)
    after = edited(file.name, file.data, [Set((), other.values)])
    assert values_of(file.name, after) == other.values
    assert edited(file.name, after, [Set((), other.values)]) is after
