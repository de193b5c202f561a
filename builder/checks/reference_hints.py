"""What to write where a reference names no record: editors often write a name where an id is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.content.model.events import Event
from builder.content.model.kinds import BY_NAME, Key
from builder.content.names import pinyin_id
from builder.content.site import Companion, Site
from builder.support.diagnostics import did_you_mean, near, quote

MAX_LISTED = 6  # records in a hint; nobody reads a longer list

_NAME_FIELDS = ("name", "title", "short", "number")
_SEPARATORS = re.compile(r"[、，,;；/\s]+|以及|和|及")


@dataclass(frozen=True)
class ReferenceHints:
    """Tells what references that lead to no record of `site` most likely mean."""

    site: Site

    def message(self, kind: str, written: str, *, several: bool) -> tuple[str, str]:
        """Return what is wrong with the reference `written` to a record of `kind`, and how to mend it.

        `several` tells that a list of ids may stand in its place.
        """
        label, ids = BY_NAME[kind].label, self.named(kind, written)
        if len(ids) == 1:
            return f"“{quote(written)}”的编号是 {ids[0]}，这里要写编号", f"改成 {ids[0]}"
        if ids:
            return f"有{len(ids)}个{label}叫“{quote(written)}”，这里要写编号", self._choice(kind, ids)
        parts = [self._meant_by(kind, part) for part in _SEPARATORS.split(written.strip("[]【】［］")) if part]
        if len(parts) > 1 and all(len(part) == 1 for part in parts):
            ids = [part[0] for part in parts]
            hint = f"改成 [{', '.join(ids)}]" if several else f"一条只写一个，拆成{len(ids)}条：{'、'.join(ids)}"
            return f"“{quote(written)}”是{len(ids)}个{label}，要分开写编号", hint
        return f"没有编号为“{quote(written)}”的{label}", self._hint(kind, written)

    def meant(self, kind: str, written: str) -> str:
        """Return the id of the only record named `written` or similarly, else the id most similar to it, else ""."""
        ids = self.named(kind, written) or self._similarly_named(kind, written)
        return ids[0] if len(ids) == 1 else near(_as_id(written), self._ids[kind])

    def asked(self, kind: str, written: str) -> str:
        """Return what to write instead of `written` where somebody asks for a record, so that none is to be made."""
        if hint := self._likely(kind, written):
            return hint
        if others := self._kinds_with(written):
            return f"“{quote(written)}”是{BY_NAME[others[0]].label}的编号，写成 {others[0]}:{written}"
        ids = self._ids[kind]
        return self._choice(kind, ids) if ids else f"内容里还没有{BY_NAME[kind].label}"

    def _meant_by(self, kind: str, written: str) -> Sequence[str]:
        return (written,) if (kind, written) in self.site.known else self.named(kind, written)

    def _likely(self, kind: str, written: str) -> str:
        """Return the records that are likely meant, "" for none."""
        if hint := did_you_mean(_as_id(written), self._ids[kind]):
            return hint
        ids = self._similarly_named(kind, written)
        return self._choice(kind, ids) if ids else ""

    def _kinds_with(self, id: str) -> list[str]:
        """Return the kinds of record that have one with this id."""
        return [kind for kind, known in self._ids.items() if id in known]

    def _hint(self, kind: str, written: str) -> str:
        if hint := self._likely(kind, written):
            return hint
        label, id = BY_NAME[kind].label, pinyin_id(written)
        if others := self._kinds_with(written):
            return f"“{written}”是{BY_NAME[others[0]].label}的编号，这里要写{label}的编号"
        if id == written:
            return f"写已有的编号，或先在 content/{expected_file(kind, id)} 里写好“{id}”"
        if 0 < len(self._ids[kind]) <= MAX_LISTED:
            return f"写编号，不写名称；{self._choice(kind, self._ids[kind])}"
        return f"写编号，不写名称；先在 content/{expected_file(kind, id)} 里写好，这里写 {id}"

    def _choice(self, kind: str, ids: Sequence[str]) -> str:
        titles = [self._title((kind, id)) for id in ids]
        if len(ids) == 1:
            return f"是不是想写“{ids[0]}”（{titles[0]}）？"
        listed = "、".join(f"{id}（{title}）" for id, title in zip(ids[:MAX_LISTED], titles, strict=False))
        return f"可以写：{listed}" + ("等" if len(ids) > MAX_LISTED else "")

    def named(self, kind: str, written: str) -> Sequence[str]:
        """Return the ids of the records that are called so."""
        return self._names[kind].get(_plain(written), ())

    def _similarly_named(self, kind: str, written: str) -> list[str]:
        """Return the ids of the records whose name holds `written` or is held by it, else of the most similar name."""
        names, plain = self._names[kind], _plain(written)
        holding = [name for name in names if min(len(name), len(plain)) > 1 and (plain in name or name in plain)]
        found = holding or list(filter(None, [near(plain, names)]))
        return list(dict.fromkeys(id for name in found for id in names[name]))

    @cached_property
    def _ids(self) -> Mapping[str, Sequence[str]]:
        """The ids of each kind of record."""
        ids: dict[str, list[str]] = {kind: [] for kind in BY_NAME}
        for kind, id in reversed([*self.site.known]):
            ids[kind].append(id)
        return ids

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """For each kind of record every name in plain form, with the ids of the records of that name."""
        names: dict[str, dict[str, list[str]]] = {kind: {} for kind in BY_NAME}
        for kind, id in reversed([*self.site.known]):
            record = self._record((kind, id))
            fields = (getattr(record, field, "") for field in _NAME_FIELDS)
            texts = (*fields, *getattr(record, "aliases", ()), self._name_of_event(record))
            for name in dict.fromkeys(_plain(text) for text in texts if text):
                names[kind].setdefault(name, []).append(id)
        return names

    def _title(self, key: Key) -> str:
        record = self._record(key)
        named = getattr(record, "name", "") or getattr(record, "title", "") or self._name_of_event(record)
        return str(named or key[1])

    def _name_of_event(self, record: object) -> str:
        """Return what an event is called, which its life may tell; "" for other records."""
        return self.site.event_name(record) if isinstance(record, Event) else ""

    def _record(self, key: Key) -> object:
        known = self.site.known[key]
        return known.record if isinstance(known, Companion) else known


def _plain(name: str) -> str:
    """Return `name` in the form in which names are compared: without quotes, brackets, spaces, width and case."""
    return re.sub(r"[\s《》〈〉“”‘’「」'\"()〔〕\[\]【】]+", "", unicodedata.normalize("NFKC", name)).lower()


def _as_id(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written).strip().lower()
    return re.sub(r"[\s_.]+", "-", re.sub(r"^.*/|\.(?:ya?ml|md|html)$", "", plain))  # of a file, its name


def expected_file(kind: str, id: str) -> str:
    """Return the path, relative to the content folder, of the file in which this record is expected."""
    pattern = BY_NAME[kind].pattern.pattern
    if kind == "item":
        return f"items/<地区编号>/{id}.yaml"
    return pattern.replace("\\", "") if BY_NAME[kind].many else f"{pattern.split('/')[0]}/{id}.yaml"
