"""Plain values of an item in words, for a report: each entry of a list is a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.content.fields import label
from builder.content.model.item import Item
from builder.content.model.kinds import BY_NAME
from builder.content.model.steps import Ending
from builder.content.site import Site
from builder.editing import Value
from builder.support.diagnostics import KeyPath

_LEADING: Final = (
    "name",
    "ref",
    "group",
    "title",
    "text",
    "do",
    "unit",
    "law",
    "place",
    "note",
    "way",
    "number",
    "when",
    "q",
)


@dataclass(frozen=True, slots=True)
class ValueWords:
    """Puts values into words, with the names of the records of a site to which they refer."""

    site: Site

    def lines(self, key: str, value: Value) -> list[str]:
        """Return the value of a field of an item as lines."""
        if isinstance(value, list):
            if key == "steps":
                return self._steps(value)
            return [self._line((key, index), one) for index, one in enumerate(value)]
        text = self._line((key,), value)
        return [line for line in text.split("\n") if line]

    def _steps(self, steps: Sequence[Value]) -> list[str]:
        """Return who does what, step by step, and where each branch leads."""
        numbers = {str(one["id"]): n for n, one in enumerate(steps, 1) if isinstance(one, Mapping) and "id" in one}
        lines: list[str] = []
        for index, step in enumerate(steps):
            if not isinstance(step, Mapping):
                return [self._line(("steps", at), one) for at, one in enumerate(steps)]
            told = {key: value for key, value in step.items() if key not in ("id", "actor", "branches")}
            actor = self._line(("steps", index, "actor"), step.get("actor", ""))
            lines.append(f"{index + 1}．{actor}：{self._record(('steps', index), told)}")
            branches = step.get("branches", [])
            lines += [_branch(one, numbers) for one in branches if isinstance(one, Mapping)]
        return lines

    def _line(self, path: KeyPath, value: Value) -> str:
        if isinstance(value, str):
            return self._named(path, value)
        if isinstance(value, Mapping):
            return self._record(path, value)
        return "、".join(self._line((*path, index), one) for index, one in enumerate(value))

    def _record(self, path: KeyPath, value: Mapping[str, Value]) -> str:
        lead = next((key for key in _LEADING if key in value), next(iter(value), ""))
        if lead == "name" and "ref" in value:
            known = self._line((*path, "ref"), value["ref"])
            first = f"{value['name']}（材料库：{known}）" if known != value["name"] else known
        else:
            first = self._line((*path, lead), value[lead]) if lead else ""
        others = [key for key in value if key != lead and not (key == "ref" and lead == "name")]
        told = [f"{label(Item, (*path, key)) or key}：{self._line((*path, key), value[key])}" for key in others]
        return f"{first}（{'；'.join(told)}）" if told else first

    def _named(self, path: KeyPath, text: str) -> str:
        """Return the name of the record to which a text refers, else the text."""
        keys = [key for key in path if isinstance(key, str)]
        for kind in _KINDS.get(keys[-1], ()):
            if record := self.site.find(BY_NAME[kind].record, text):
                return str(getattr(record, "name", "") or getattr(record, "title", ""))
        return text


def _branch(branch: Mapping[str, Value], numbers: Mapping[str, int]) -> str:
    to = str(branch.get("to", ""))
    where = f"第{numbers[to]}步" if to in numbers else next((one.label for one in Ending if one.value == to), to)
    return f"　{branch.get('when', '')}：{'，'.join(filter(None, (str(branch.get('text', '')), f'到“{where}”')))}"


_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("material", "department", "form"),
    "department": ("department",),
    "place": ("place",),
    "places": ("place",),
    "law": ("law",),
    "legal": ("law",),
    "audiences": ("audience",),
    "topics": ("topic",),
    "forms": ("form",),
}
