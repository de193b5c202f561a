"""`Library`: the records of a site to which an item can refer, found by the names that documents have for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from builder.content.fields import Record, phone_numbers
from builder.content.model.companions import (
    Area,
    Audience,
    Department,
    Law,
    LawStatus,
    LibraryForm,
    LibraryMaterial,
    Place,
    Topic,
)
from builder.content.phone_numbers import parts_of
from builder.content.site import Companion, Site
from builder.office.shapes.folding import fold

R = TypeVar("R", bound=Record)
_STATE: Final = "中华人民共和国"
_NO_LONGER: Final = (LawStatus.REPLACED, LawStatus.REPEALED)

# What documents call whom a service is for, where the list of a site has a word for it.
_AUDIENCES: Final = {
    "自然人": "个人", "公民": "个人", "居民": "个人", "法人": "单位", "企业": "单位", "企业法人": "单位", "用人单位": "单位",
    "法人和其他组织": "单位", "法人或其他组织": "单位", "事业法人": "单位", "社会组织法人": "单位",
}  # fmt: skip


@dataclass(frozen=True)
class Library:
    """The records of `site`, as an item of `area` sees them: departments and places of other areas are not among them."""

    site: Site
    area: str

    def material(self, name: str) -> str:
        """Return the id of the material with this name, "" if there is none."""
        return self._materials.get(fold(name), "")

    def material_name(self, id: str) -> str:
        """Return the name of a material."""
        found = self.site.find(LibraryMaterial, id)
        return found.name if found else ""

    def form(self, title: str) -> str:
        """Return the id of the form with this title, "" if there is none."""
        return self._forms.get(fold(title), "")

    def law(self, title: str, number: str) -> tuple[str, str]:
        """Return the id of the law with this title and number, "" for none, and in Chinese what is wrong with it.

        A title or a number may be "". Where both lead to different laws, none is meant.
        """
        by_title, by_number = self._law_titles.get(_law_title(title), ""), self._law_numbers.get(fold(number), "")
        if by_title and by_number and by_title != by_number:
            return "", "名称和文号在法规库里不是同一部"
        id = by_title or by_number
        law = self.site.find(Law, id)
        if law is None:
            return "", ""
        if number and law.number and fold(number) != fold(law.number):
            return "", f"法规库里“{law.title}”的文号是 {law.number}，和文件写的不一样"
        if title and not by_title and not _is_alike(_law_title(title), _law_title(law.title)):
            return "", f"法规库里文号 {law.number} 是“{law.title}”，和文件写的名称不一样"
        return id, _no_longer(law, self.site)

    def department(self, name: str) -> str:
        """Return the id of the department with this name, "" if there is none or several have it."""
        return self._departments.get(fold(name), "")

    def department_before(self, text: str) -> str:
        """Return the name of a department of the area with which a text begins, as it stands there; "" if it does not."""
        names = (name for one in self._own(Department) for name in _names(one.record))
        return max((name for name in names if len(name) > 1 and text.startswith(name)), key=len, default="")

    def place(self, text: str) -> tuple[str, str]:
        """Return the id of the place that a text names, "" for none, and what the text says beyond its name or address."""
        plain = fold(text)
        if id := self._places.get(plain):
            return id, ""
        for name, id in sorted(self._places.items(), key=lambda pair: -len(pair[0])):
            if len(name) > 3 and plain.startswith(name):
                return id, _behind(text, len(name))
        return "", ""

    def audience(self, word: str) -> str:
        """Return the id of the audience that a word names, "" if there is none."""
        return self._audiences.get(fold(word)) or self._audiences.get(fold(_AUDIENCES.get(word, "")), "")

    def topic(self, name: str) -> str:
        """Return the id of the topic with this name, "" if there is none."""
        return self._topics.get(fold(name), "")

    def full_number(self, number: str) -> str:
        """Return a phone number with its area code, if just one number of the area is the same behind one; else as it is."""
        known = self._numbers.get(number, set())
        return next(iter(known)) if len(known) == 1 else number

    def names_of(self, record: type[Record], id: str) -> tuple[str, ...]:
        """Return all names of a record."""
        found = self.site.find(record, id)
        return (*_names(found), getattr(found, "address", "")) if found else ()

    @cached_property
    def around(self) -> frozenset[str]:
        """The area and those in which it lies."""
        areas, id = {""}, self.area
        while id and id not in areas:
            areas.add(id)
            area = self.site.find(Area, id)
            id = (area.parent or "") if area else ""
        return frozenset(areas)

    @cached_property
    def _materials(self) -> dict[str, str]:
        return _by_name((one.id, _names(one.record)) for one in self.site.all(LibraryMaterial))

    @cached_property
    def _forms(self) -> dict[str, str]:
        return _by_name((one.id, (one.record.title,)) for one in self.site.all(LibraryForm))

    @cached_property
    def _law_titles(self) -> dict[str, str]:
        return _by_key((_law_title(one.record.title), one.id) for one in self.site.all(Law))

    @cached_property
    def _law_numbers(self) -> dict[str, str]:
        return _by_key((fold(one.record.number), one.id) for one in self.site.all(Law) if one.record.number)

    @cached_property
    def _departments(self) -> dict[str, str]:
        return {
            **_by_name((one.id, _names(one.record)) for one in self._near(Department)),
            **_by_name((one.id, _names(one.record)) for one in self._own(Department)),
        }

    @cached_property
    def _places(self) -> dict[str, str]:
        return _by_name((one.id, (one.record.name, one.record.address)) for one in self._near(Place))

    @cached_property
    def _audiences(self) -> dict[str, str]:
        return _by_name((one.id, (one.record.name,)) for one in self.site.all(Audience))

    @cached_property
    def _topics(self) -> dict[str, str]:
        return _by_name((one.id, (one.record.name,)) for one in self.site.all(Topic))

    @cached_property
    def _numbers(self) -> dict[str, set[str]]:
        known: dict[str, set[str]] = defaultdict(set)
        records: list[Record] = [one.record for one in self._near(Department)]
        records += [one.record for one in self._near(Place)]
        for record in records:
            for _, number in phone_numbers(record):
                if (parts := parts_of(number)) and parts[0]:
                    known["-".join(filter(None, parts[1:]))].add(number)
        return known

    def _near(self, record: type[R]) -> list[Companion[R]]:
        """Return the records of the area and of those around it, and of no area in particular."""
        return [one for one in self.site.all(record) if (getattr(one.record, "area", "") or "") in self.around]

    def _own(self, record: type[R]) -> list[Companion[R]]:
        """Return the records of the area, whose names go before those of the areas around it."""
        return [one for one in self._near(record) if getattr(one.record, "area", "") == self.area]


def _names(record: Record) -> Iterator[str]:
    for key in ("name", "title", "short", "number"):
        if name := getattr(record, key, ""):
            yield name
    yield from getattr(record, "aliases", ())


def _by_name(records: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    return _by_key((fold(name), id) for id, names in records for name in names if name)


def _by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the id for each key; a key of several records is the name of none."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, id in pairs:
        found[key].add(id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1 and key}


def _law_title(title: str) -> str:
    return fold(title).removeprefix(_STATE)


def _is_alike(title: str, other: str) -> bool:
    """Tell whether one title is in the other, as 社会保障卡管理试行办法 is in 关于印发社会保障卡管理试行办法的通知."""
    return title in other or other in title


def _no_longer(law: Law, site: Site) -> str:
    if law.status not in _NO_LONGER:
        return ""
    after = site.find(Law, law.replaced_by)
    return f"法规库写着“{law.title}”{law.status.label}" + (f"，现在是“{after.title}”" if after else "")


def _behind(text: str, length: int) -> str:
    """Return what stands behind the first `length` letters and digits of a text."""
    for index, _ in enumerate(text):
        if len(fold(text[: index + 1])) == length:
            return re.sub(r"^[）)》”\s，,、；;：:]+|[。；;\s]+$", "", text[index + 1 :])
    return ""
