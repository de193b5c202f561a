"""How complete the guides are: the key elements that each item states, and a table of what areas and departments lack.

The key elements are the ten that inspections of government sites look for (检查指标, annex of 国办秘函〔2019〕19号). The
handling time (办理时限) is not one of them, but residents ask for it; nor is the address at which one applies online. The table
has a column for each; the score ignores them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.content.card import ONLINE_ENTRANCE, Card
from builder.content.model.companions import Area, Department, Place
from builder.content.site import Site
from builder.render.pages.forms import forms_counted
from builder.report.cells import width

KEY_ELEMENTS = ("事项名称", "设定依据", "申请条件", "办理材料", "办理地点", "办理机构", "收费标准", "办理时间", "联系电话", "办理流程")  # fmt: skip
HANDLING_TIME = "办理时限"
BESIDE = (HANDLING_TIME, ONLINE_ENTRANCE)  # asked for beside the ten

# The columns of the table with their titles. Every item has a name.
COLUMNS: Mapping[str, str] = {
    element: "收费" if element == "收费标准" else element[2:] for element in (*KEY_ELEMENTS[1:], *BESIDE)
}


@dataclass(frozen=True, slots=True)
class Completeness:
    """A public item and the elements that its page lacks."""

    card: Card
    missing: tuple[str, ...]

    @property
    def stated(self) -> int:
        """The score: how many key elements the page states, 0 to 10."""
        return sum(element not in self.missing for element in KEY_ELEMENTS)


def completeness(site: Site) -> list[Completeness]:
    """Return the completeness of every public item, sorted by file.

    Hours and phones count as stated if a place of the item, or for phones its department, states them.
    """
    return [
        Completeness(card, tuple(element for element in card.missing if not _stated_by_companion(site, card, element)))
        for card in sorted(site.public, key=lambda card: card.file)
    ]


def _stated_by_companion(site: Site, card: Card, element: str) -> bool:
    places = [place for id in card.ids_of(Place) if (place := site.find(Place, id))]
    department = site.find(Department, card.department)
    match element:
        case "办理时间":
            return any(place.hours or any(branch.hours for branch in place.branches) for place in places)
        case "联系电话":
            return any(map(_has_phone, places)) or bool(department and department.phones)
        case _:
            return False


def _has_phone(place: Place) -> bool:
    counters = any(counter.phones for counter in place.windows)
    branches = any(branch.phones for branch in place.branches)
    return bool(place.phones) or counters or branches


def missing_by_element(items: Iterable[Completeness]) -> dict[str, int]:
    """Return the number of items that lack an element, by element, without zeros."""
    counts = dict.fromkeys((*KEY_ELEMENTS, *BESIDE), 0)
    for item in items:
        for element in item.missing:
            counts[element] += 1
    return {element: count for element, count in counts.items() if count}


def table(site: Site, items: Sequence[Completeness]) -> str:
    """Return the table for a terminal: a row for each area, followed by the rows of its departments."""
    rows = [["", "事项", "完整", *COLUMNS.values()]]
    areas = {area.id: order for order, area in enumerate(site.all(Area))}

    def row(name: str, group: Sequence[Completeness]) -> list[str]:
        lacking = missing_by_element(group)
        mean = sum(item.stated for item in group) / len(group)
        return [name, str(len(group)), f"{mean:.1f}", *(str(lacking.get(element, "·")) for element in COLUMNS)]

    for area, in_area in _grouped(sorted(items, key=lambda item: areas.get(item.card.area, 0)), lambda card: card.area):
        rows.append(row(site.area_name(area) or area, in_area))
        by_department = sorted(in_area, key=lambda item: item.card.department)
        rows += [
            row(f"  {site.department_name(department) or '（没有写单位）'}", group)
            for department, group in _grouped(by_department, lambda card: card.department)
        ]
    if rows[2:]:
        rows.append(row("合计", items))
    beside = f"{'、'.join(BESIDE)}不在十项里"
    legend = f"“完整”是十项要素里平均写了几项；后面各栏是缺这一项的事项数，“·”是都不缺（{beside}）。"
    return "\n".join((*_aligned(rows), legend))


def lines(items: Iterable[Completeness]) -> str:
    """Return a line for each item: its score, its file, its name, and the elements that it lacks."""
    result = []
    for item in items:
        lacks = f"　缺：{'、'.join(item.missing)}" if item.missing else ""
        result.append(f"{item.stated:>2}/{len(KEY_ELEMENTS)}  {item.card.file}　{item.card.name}{lacks}")
    return "\n".join(result)


def forms_in_words(site: Site) -> str:
    """Return how many forms the guides name, and how many of them can be downloaded; "" where they name none."""
    forms, files = forms_counted(site)
    if not forms:
        return ""
    if files:
        return f"要填的表格 {forms} 种，{files} 种能下载空白表。"
    return f"要填的表格 {forms} 种，都还不能下载空白表：在 forms（要填的表格）里写了 file（空白表文件），网站上就有“表格下载”这一页。"


def whom_in_words(site: Site) -> str:
    """Return how many items that have conditions say in `whom` what the finder sorts by."""
    conditioned = [card for card in site.offered if "申请条件" not in card.missing]
    unsaid = sum(not card.stated_packed for card in conditioned)
    return f"写了申请条件的事项 {len(conditioned)} 项，{unsaid} 项没有写 whom（写明给谁的）：条件里写明了户口、证件的，写上，“我能办什么”才排得出来。"


def _grouped(items: Iterable[Completeness], of: Callable[[Card], str]) -> Iterator[tuple[str, list[Completeness]]]:
    for key, group in groupby(items, key=lambda item: of(item.card)):
        yield key, list(group)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows as lines, the first column left-aligned, the others right-aligned."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for first, *others in rows:
        cells = [first + " " * (widths[0] - width(first))]
        cells += [" " * (room - width(cell)) + cell for cell, room in zip(others, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
