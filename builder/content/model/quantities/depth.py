"""How deep a matter is handled at each level: 街道受理和初审、区级复审."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field, model_validator

from builder.content.fields import Choice, Many, Record


class Level(Choice):
    """Where a service is handled, from the nearest to the farthest."""

    COMMUNITY = "community", "社区"
    STREET = "street", "街道"
    BANK = "bank", "银行"
    DISTRICT = "district", "区"


class Action(Choice):
    """What is done at a level."""

    ACCEPT = "accept", "受理"
    FIRST_REVIEW = "first-review", "初审"
    HANDLE = "handle", "办理"
    REVIEW = "review", "审核"
    CHECK = "check", "复核"
    REEXAMINE = "re-examine", "复审"


_DEPTH_WORD = re.compile(rf"(代发银行|部分银行|银行|社区|街道|区级|区)|({'|'.join(action.label for action in Action)})")
_JOINING = re.compile(r"(?:[、，,；;。\s和及与并由在可的]|委托|可以|进行)*")


class Handling(Record):
    """某一级做什么。"""

    level: Level = Field(title="层级", description="社区、街道、银行、区")
    do: Many[Action] = Field(title="做什么", description="受理、初审、办理、审核、复核、复审", min_length=1)


class Route(Record):
    """办理深度：一条办理路线上各级做什么。有几条路线任选时写几条。

    可以照清单只写一句话：“街道受理和初审、区级复审”。
    """

    shorthand: ClassVar[str] = "text"

    levels: Many[Handling] = Field(title="各级", description="这条路线上每一级做什么", min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return {"levels": list(_handlings(raw))} if isinstance(raw, str) else raw

    def at(self, level: Level) -> tuple[Action, ...]:
        """Return what is done at `level`, in the order written."""
        return tuple(action for handling in self.levels if handling.level is level for action in handling.do)


def routes(text: str) -> list[str]:
    """Split a depth phrase at 或者 into its alternative routes."""
    return [part.strip("，、；; ") for part in re.split(r"或者|或", text) if part.strip("，、；; ")]


def _handlings(text: str) -> Iterator[Mapping[str, object]]:
    advice = "办理深度要写清哪一级做什么，如“街道受理和初审、区级复审”"
    waiting: list[Level] = []
    done: list[Action] = []
    read = 0
    for match in _DEPTH_WORD.finditer(text):
        level, action = match.groups()
        _only_joins(text[read : match.start()])
        read = match.end()
        if action and not waiting:
            raise ValueError(f"“{action}”前面没有写是哪一级；{advice}")
        if action:
            done.append(Action.of(action))
            continue
        if done:
            yield from ({"level": one, "do": tuple(done)} for one in waiting)
            waiting, done = [], []
        waiting.append(Level.BANK if "银行" in level else Level.of(level.removesuffix("级")))
    _only_joins(text[read:])
    if not done:
        raise ValueError(advice)
    yield from ({"level": one, "do": tuple(done)} for one in waiting)


def _only_joins(between: str) -> None:
    """Refuse what is neither a level nor an action, so that no part of a phrase is lost unseen."""
    if not _JOINING.fullmatch(between):
        levels, actions = ("、".join(one.label for one in choice) for choice in (Level, Action))
        raise ValueError(f"看不懂“{between.strip('、，,；;。 ')}”。层级有：{levels}；做的事有：{actions}")
