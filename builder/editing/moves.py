"""From a change to the moves that make it: short forms grow, what is missing on the way is written, what is empty goes."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from builder.content.source import Raw
from builder.editing.declarations import Declarations
from builder.editing.edits import NO_SUCH_PLACE, UNUSUAL, Change, Insert, NotEdited, Remove, Set, as_raw
from builder.editing.operations import AddEntry, AddKey, Drop, GiveKey, MakeList, Operation, Replace, perform, value_at
from builder.support.diagnostics import KeyPath, quote

Moves = Iterator[Operation]
Reaching = Generator[Operation, None, "Reached"]


class Reached(NamedTuple):
    """How far a path leads: to the value at `path`, with `rest` still to go."""

    path: KeyPath
    rest: KeyPath


class Planner:
    """Plans the changes of a file: `values` are its plain values, which it changes with each move."""

    def __init__(self, file: str, values: dict[str, Raw], declared: Declarations) -> None:
        self.values = values
        self._file = file
        self._declared = declared

    def moves(self, change: Change) -> Moves:
        """Yield the moves of `change`; each is made in `values` before the next is asked for. Raises `NotEdited`."""
        for move in self._plan(change):
            perform(self.values, move, self._declared)
            yield move

    def _plan(self, change: Change) -> Moves:
        match change:
            case Set(path, value):
                return self._set(path, self._declared.ordered(path, as_raw(value)))
            case Insert(path, index, value):
                return self._insert(path, index, as_raw(value))
            case Remove(path, keep_empty):
                return self._remove(path, keep_empty=keep_empty)

    def _set(self, path: KeyPath, value: Raw) -> Moves:
        if not path and not (isinstance(value, dict) and value):
            raise self._refused(path, "文件里要写字段")
        if isinstance(value, str) and self._is_short_for(path, value):
            path = path[:-1]
        reached = yield from self._reach(path)
        if reached.rest:
            yield from self._written(path, reached, value)
        else:
            yield from self._differences(reached.path, value)

    def _insert(self, path: KeyPath, index: int, value: Raw) -> Moves:
        reached = yield from self._reach(path)
        there = None if reached.rest else value_at(self.values, reached.path)
        if isinstance(there, str) and self._declared.states_absence(reached.path, there):
            there = None
        if isinstance(there, str | dict) and self._declared.is_list_of_one(self.values, reached.path):
            yield MakeList(reached.path)
            there = [there]
        elif there is not None and not isinstance(there, list):
            raise self._refused(path, "这里写的不是列表，不能加一条")
        if not 0 <= index <= len(there or ()):
            raise self._refused(path, f"这里只有{len(there or ())}条，不能加在第{index + 1}条")
        value = self._declared.ordered((*path, index), value)
        if there:
            yield AddEntry(reached.path, index, value)
        elif reached.rest:
            yield from self._written(path, reached, [value])
        else:
            yield Replace(reached.path, [value])

    def _remove(self, path: KeyPath, *, keep_empty: bool) -> Moves:
        if self._is_short_for(path):
            path = path[:-1]
        reached = yield from self._reach(path)
        at = reached.path
        if reached.rest or not at:
            raise self._nowhere(path)
        while len(holder := value_at(self.values, at[:-1])) == 1:
            if keep_empty and len(at) > 1:
                yield Replace(at[:-1], type(holder)())
                return
            at = at[:-1]
            if not at:
                raise self._refused(path, "删掉它，文件里就没有内容了")
        yield Drop(at)

    def _is_short_for(self, path: KeyPath, value: str = "") -> bool:
        """Tell whether above `path` stands a text that is short for it alone, and may be another `value` as well."""
        there: Raw = self.values
        at: KeyPath = ()
        for step in path[:-1]:
            if step == 0 and isinstance(there, str) and self._declared.is_list_of_one(self.values, at):
                continue
            at = (*at, step)
            known = isinstance(there, list) and isinstance(step, int) and step < len(there)
            known = known or (isinstance(there, dict) and step in there)
            if not known:
                return False
            there = there[step]  # type: ignore[index]
        if not isinstance(there, str) or self._declared.states_absence(path[:-1], there):
            return False
        texts = (there, value) if value else (there,)
        return all(self._declared.long_form(path[:-1], text) == {path[-1]: text} for text in texts)

    def _reach(self, path: KeyPath) -> Reaching:
        """Go along `path` as far as there is something; a short form on the way grows into the long one."""
        at: KeyPath = ()
        for number, step in enumerate(path):
            value = value_at(self.values, at)
            if isinstance(step, int) and not isinstance(value, list):
                if step == 0 and value is not None and self._declared.is_list_of_one(self.values, at):
                    continue
                raise self._nowhere(path)
            if isinstance(step, str) and isinstance(value, str):
                value = yield from self._grown(path, at, value)
            if value is None:
                return Reached(at, path[number:])
            if isinstance(step, int) and isinstance(value, list):
                if not 0 <= step < len(value):
                    raise self._nowhere(path)
            elif not isinstance(value, dict) or not isinstance(step, str):
                raise self._nowhere(path)
            elif step not in value:
                return Reached(at, path[number:])
            at = (*at, step)
        return Reached(at, ())

    def _grown(self, path: KeyPath, at: KeyPath, text: str) -> Generator[Operation, None, Raw]:
        """Make the text at `at` a mapping, and return it; return None where it states that there is nothing."""
        if self._declared.states_absence(at, text):
            return None
        long = self._declared.long_form(at, text)
        if long is None:
            raise self._refused(path, f"“{quote(text)}”不能写成几个字段")
        yield GiveKey(at, next(iter(long))) if list(long.values()) == [text] else Replace(at, long)
        grown: Raw = value_at(self.values, at)
        return grown

    def _written(self, path: KeyPath, reached: Reached, value: Raw) -> Moves:
        """Write `value` where nothing is, with the keys that are missing on the way."""
        for step in reversed(reached.rest[1:]):
            if isinstance(step, int):
                raise self._nowhere(path)
            value = {step: value}
        key = reached.rest[0]
        if isinstance(key, int):
            raise self._nowhere(path)
        if isinstance(value_at(self.values, reached.path), dict):
            yield AddKey(reached.path, key, value)
        else:
            yield Replace(reached.path, {key: value})

    def _differences(self, path: KeyPath, value: Raw) -> Moves:
        """Yield the moves that make the value at `path` another one, few and small."""
        there = value_at(self.values, path)
        if isinstance(there, str) and isinstance(value, dict) and value:
            key = next((key for key, inner in value.items() if inner == there), None)
            if key is not None:
                yield GiveKey(path, key)
                there = {key: there}
        elif not isinstance(there, list) and there is not None and isinstance(value, list) and there in value:
            yield MakeList(path)
            there = [there]
        if isinstance(there, dict) and isinstance(value, dict) and there and value:
            yield from self._differences_of_keys(path, there, value)
        elif isinstance(there, list) and isinstance(value, list) and there and value:
            yield from self._differences_of_entries(path, there, value)
        elif there != value:
            yield Replace(path, value)

    def _differences_of_keys(self, path: KeyPath, there: dict[str, Raw], value: dict[str, Raw]) -> Moves:
        keys = list(there)
        for key, inner in value.items():
            if key in there:
                yield from self._differences((*path, key), inner)
            else:
                yield AddKey(path, key, inner)
        for key in keys:
            if key not in value:
                yield Drop((*path, key))

    def _differences_of_entries(self, path: KeyPath, there: Sequence[Raw], value: Sequence[Raw]) -> Moves:
        there = list(there)
        for kind, start, end, first, last in reversed(_matched(there, value)):
            if kind == "equal":
                continue
            common = min(end - start, last - first)
            for index in range(last - first - 1, common - 1, -1):
                yield AddEntry(path, end, value[first + index])
            for index in range(end - start - 1, common - 1, -1):
                yield Drop((*path, start + index))
            for index in range(common):
                yield from self._differences((*path, start + index), value[first + index])

    def _nowhere(self, path: KeyPath) -> NotEdited:
        where = "".join(f"第{step + 1}条" if isinstance(step, int) else f"“{quote(step)}”" for step in path)
        return NotEdited(NO_SUCH_PLACE.at(self._file, *path, says=f"文件里没有{where}", hint=NO_SUCH_PLACE.fix))

    def _refused(self, path: KeyPath, says: str) -> NotEdited:
        return NotEdited(UNUSUAL.at(self._file, *path, says=says, hint=UNUSUAL.fix))


def _matched(there: Sequence[Raw], value: Sequence[Raw]) -> list[tuple[str, int, int, int, int]]:
    """Return which runs of entries are the same and which are not, as `SequenceMatcher` does."""
    old, new = ([json.dumps(entry, sort_keys=True) for entry in entries] for entries in (there, value))
    return [*SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]
