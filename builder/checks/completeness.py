"""How complete the guides are: which key elements each item states, as a figure per item and a table per department.

The key elements are the ten by which government sites are inspected (检查指标, annex of 国办秘函〔2019〕19号). The
handling time (办理时限) is not among them; residents ask for it all the same, so the table counts it beside the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.content.card import Card
from builder.content.model.companions import Area, Department, Place
from builder.content.site import Site
from builder.report.cells import width

KEY_ELEMENTS = ("事项名称", "设定依据", "申请条件", "办理材料", "办理地点", "办理机构", "收费标准", "办理时间", "联系电话", "办理流程")  # fmt: skip
BESIDE = "办理时限"
_SHORT = {"收费标准": "收费"}  # elsewhere the last two characters tell enough


@dataclass(frozen=True, slots=True)
class Completeness:
    """A public item and the elements that residents do not find on its page."""

    card: Card
    missing: tuple[str, ...]

    @property
    def stated(self) -> int:
        """The number of key elements that the item states, 0 to 10."""
        return sum(element not in self.missing for element in KEY_ELEMENTS)


def completeness(site: Site) -> list[Completeness]:
    """Return every public item with what it lacks, in the order of files. Places and departments state what they hold."""
    return [
        Completeness(card, tuple(element for element in card.missing if not _stated_elsewhere(site, card, element)))
        for card in sorted(site.public, key=lambda card: card.file)
    ]


def _stated_elsewhere(site: Site, card: Card, element: str) -> bool:
    places = [place for id in card.ids_of(Place) if (place := site.find(Place, id))]
    department = site.find(Department, card.department)
    match element:
        case "办理时间":
            return any(place.hours for place in places)
        case "联系电话":
            return any(map(_has_phone, places)) or bool(department and department.phones)
        case _:
            return False


def _has_phone(place: Place) -> bool:
    windows, branches = any(one.phones for one in place.windows), any(one.phones for one in place.branches)
    return bool(place.phones) or windows or branches


def missing_by_element(items: Iterable[Completeness]) -> dict[str, int]:
    """Return how many items lack each element that some item lacks."""
    counted = dict.fromkeys((*KEY_ELEMENTS, BESIDE), 0)
    for item in items:
        for element in item.missing:
            counted[element] += 1
    return {element: count for element, count in counted.items() if count}


def table(site: Site, items: Sequence[Completeness]) -> str:
    """Return the table for a terminal: a row per area and, under it, one per department."""
    columns = [element for element in (*KEY_ELEMENTS, BESIDE) if element != "事项名称"]
    rows = [["", "事项", "完整", *(_SHORT.get(element, element[2:]) for element in columns)]]
    areas = {area.id: order for order, area in enumerate(site.all(Area))}

    def row(name: str, some: Sequence[Completeness]) -> list[str]:
        lacking = missing_by_element(some)
        mean = sum(item.stated for item in some) / len(some)
        return [name, str(len(some)), f"{mean:.1f}", *(str(lacking.get(element, "·")) for element in columns)]

    for area, in_area in _grouped(sorted(items, key=lambda item: areas.get(item.card.area, 0)), lambda card: card.area):
        rows.append(row(site.area_name(area) or area, in_area))
        by_unit = sorted(in_area, key=lambda item: item.card.department)
        rows += [
            row(f"  {site.department_name(unit) or '（没有写单位）'}", some)
            for unit, some in _grouped(by_unit, lambda card: card.department)
        ]
    if rows[2:]:
        rows.append(row("合计", items))
    legend = f"“完整”是十项要素里平均写了几项；后面各栏是缺这一项的事项数，“·”是都不缺（{BESIDE}不在十项里）。"
    return "\n".join((*_aligned(rows), legend))


def lines(items: Iterable[Completeness]) -> str:
    """Return a line per item: its figure, its file, and what it lacks."""
    told = []
    for item in items:
        lacks = f"　缺：{'、'.join(item.missing)}" if item.missing else ""
        told.append(f"{item.stated:>2}/{len(KEY_ELEMENTS)}  {item.card.file}　{item.card.name}{lacks}")
    return "\n".join(told)


def _grouped(items: Iterable[Completeness], of: Callable[[Card], str]) -> Iterator[tuple[str, list[Completeness]]]:
    for key, some in groupby(items, key=lambda item: of(item.card)):
        yield key, list(some)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows with the first column to the left and the others to the right; a Chinese character takes two cells."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for first, *others in rows:
        cells = [first + " " * (widths[0] - width(first))]
        cells += [" " * (room - width(cell)) + cell for cell, room in zip(others, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
