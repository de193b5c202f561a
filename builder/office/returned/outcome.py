"""What came of an item that came home: the changes of its file, and what people are told of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.editing import Change


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different now: where, what the file said, and what it will say, "" for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that has changed in the file since the export, and differently in the document."""

    label: str
    exported: str
    now: str
    returned: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be told: where, what it is, and what to do. For an error nothing of the item is changed."""

    place: str
    says: str
    hint: str = ""
    is_error: bool = False

    def __str__(self) -> str:
        return f"{self.place}：{self.says}" if self.place else self.says


@dataclass(slots=True)
class Outcome:
    """The changes of an item. With `conflicts` or errors there are none."""

    changes: list[Change] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def errors(self) -> list[Remark]:
        """The remarks because of which nothing is changed."""
        return [one for one in self.remarks if one.is_error]
