"""What the model says of a content file: the order of its keys, and which short forms stand for which long ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pydantic import ValidationError

from builder.content.fields import Record, keys_in_order, records_at, states_absence, takes_several
from builder.content.model.kinds import kind_of
from builder.content.settings import Settings
from builder.content.source import Raw
from builder.editing.edits import as_raw
from builder.editing.plain_values import plain
from builder.support.diagnostics import KeyPath

_SEVERAL = re.compile(r"[|｜，；、]|或")  # what may part several values in one text


@dataclass(frozen=True, slots=True)
class Declarations:
    """What is declared of the records of a file. `record` is None for a file of which nothing is known.

    `many` says that the file holds records by id.
    """

    record: type[Record] | None
    many: bool = False

    @classmethod
    def of(cls, file: str) -> Declarations:
        """Return what is declared of `file`, whose path is relative to the site."""
        if file == "site.yaml":
            return cls(Settings)
        found = kind_of(file.removeprefix("content/"))
        return cls(found[0].record, found[0].many) if found else cls(None)

    def records(self, path: KeyPath) -> tuple[type[Record], ...]:
        """Return the records that the value at `path` can be."""
        within = self._within(path)
        return () if self.record is None or within is None else records_at(self.record, within)

    def ordered(self, path: KeyPath, value: Raw) -> Raw:
        """Return `value`, which is to stand at `path`, with the keys of its mappings in the order of the model."""
        if isinstance(value, list):
            return [self.ordered((*path, index), inner) for index, inner in enumerate(value)]
        if isinstance(value, dict):
            order = self._order(path, value)
            keys = sorted(value, key=lambda key: order.get(key, len(order)))
            return {key: self.ordered((*path, key), value[key]) for key in keys}
        return value

    def arranged(self, path: KeyPath, keys: Sequence[str]) -> list[str]:
        """Return the keys of the mapping at `path` in the order of the model.

        A key that the model does not know stays behind the key behind which it stands.
        """
        order = self._order(path, keys)
        ranks = list(accumulate(keys, lambda rank, key: order.get(key, rank), initial=-1))[1:]
        return [key for _, key in sorted(zip(ranks, keys, strict=True), key=lambda pair: pair[0])]

    def place(self, path: KeyPath, keys: Iterable[str], key: str) -> int:
        """Return before which of the `keys` of the mapping at `path` a new `key` is written.

        It is where the fewest of them stand on the wrong side of it, as the model orders them. A key that the model does
        not know comes at the end.
        """
        keys = list(keys)
        order = self._order(path, [*keys, key])
        if key not in order:
            return len(keys)
        ranks = [order.get(one) for one in keys]
        wrong = [0]  # how many keys are on the wrong side of each place, less the number of those that come before
        for rank in ranks:
            wrong.append(wrong[-1] + (0 if rank is None else 1 if rank > order[key] else -1))
        return wrong.index(min(wrong))

    def is_in_braces(self, path: KeyPath, keys: Collection[str]) -> bool:
        """Tell whether the mapping with these keys at `path` is written on one line."""
        record = self._record_with(path, keys)
        return record is not None and record.in_braces

    def is_in_brackets(self, path: KeyPath) -> bool | None:
        """Tell whether a list of texts at `path` is written on one line where it fits, None if that is not declared."""
        if not path or not isinstance(key := path[-1], str):
            return None
        records = [record for record in self.records(path[:-1]) if key in keys_in_order(record)]
        return any(key in record.in_brackets for record in records) if records else None

    def states_absence(self, path: KeyPath, text: str) -> bool:
        """Tell whether `text` at `path` states that there is nothing, and is no entry: fees: 无."""
        within = self._within(path)
        return self.record is not None and within is not None and states_absence(self.record, within, text)

    def long_form(self, path: KeyPath, text: str) -> dict[str, Raw] | None:
        """Return the mapping for which `text` at `path` stands, None if it stands for none.

        Where it can, it has `text` as one of its values.
        """
        for record in self.records(path):
            try:
                meant = record.model_validate(text)
            except ValidationError:
                continue
            keys = keys_in_order(record)
            for key in (record.shorthand, *keys) if record.shorthand in keys else keys:
                if _means(record, {key: text}, meant):
                    return {key: text}
            values = {key: as_raw(value) for key, value in plain(meant).items()}
            if _means(record, values, meant):
                return values
        return None

    def is_list_of_one(self, values: Mapping[str, Raw], path: KeyPath) -> bool:
        """Tell whether the single value at `path` stands for a list with this one entry.

        `values` are those of the file. A text with several entries in it, such as the cells of a row, is none.
        """
        within = self._within(path)
        if self.record is None or within is None or not takes_several(self.record, within):
            return False
        owner: Raw = dict(values)
        for step in path[:-1]:
            owner = owner[step]  # type: ignore[index]
        if not isinstance(owner, dict):
            return False
        value, as_list = owner[str(path[-1])], {**owner, str(path[-1]): [owner[str(path[-1])]]}
        for record in self.records(path[:-1]):
            try:
                meant = record.model_validate(owner)
            except ValidationError:
                continue
            return _means(record, as_list, meant)
        return not (isinstance(value, str) and _SEVERAL.search(value))

    def _within(self, path: KeyPath) -> KeyPath | None:
        """Return `path` inside its record, None if it leads to no record."""
        if not self.many:
            return path
        return path[1:] if path else None

    def _order(self, path: KeyPath, keys: Collection[str]) -> Mapping[str, int]:
        record = self._record_with(path, keys)
        return {key: index for index, key in enumerate(keys_in_order(record))} if record else {}

    def _record_with(self, path: KeyPath, keys: Collection[str]) -> type[Record] | None:
        """Return the record that has the most of `keys` among those that can stand at `path`."""
        known = self.records(path)
        return max(known, key=lambda record: len({*keys}.intersection(keys_in_order(record))), default=None)


def _means(record: type[Record], values: Mapping[str, Raw], meant: Record) -> bool:
    try:
        return record.model_validate(values) == meant
    except ValidationError:
        return False
