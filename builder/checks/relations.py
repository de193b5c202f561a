"""Relations between records: references lead to known records, ids are unique, items have a department and topics."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from builder.checks.reference_hints import ReferenceHints
from builder.content.card import Card
from builder.content.fields import SLUG, label, references, written_at
from builder.content.model.companions import AreaLevel, Department, Law, LawStatus, Place
from builder.content.model.disclosure import DisclosureList
from builder.content.model.item import Item
from builder.content.model.kinds import Key, key
from builder.content.names import pinyin_id
from builder.content.site import Companion, Site
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, did_you_mean, quote

UNKNOWN = Rule(
    "R201",
    "引用的编号要存在",
    why="群众从页面点过去，看到的会是“页面不存在”。",
    fix="照提示改成正确的编号，或先建好被引用的那一条。",
)
DUPLICATE = Rule(
    "R202",
    "编号在全站不能重复",
    why="编号就是网址，两份内容争一个网址，只能显示一份。",
    fix="给其中一个换一个编号；不同地区的同名事项，在编号前加地区。",
)
SAME_NAME = Rule(
    "R203",
    "同一地区里，两个事项不能同名",
    why="群众在列表里看到两个一样的名字，不知道点哪个。",
    fix="改正名称；确实是同一件事，就合成一个事项，用情形（variants）区分。",
    severity=Severity.WARNING,
)
NOT_FILED = Rule(
    "R204",
    "每个事项都要有承办单位和主题",
    why="没有单位或主题的事项，从部门和主题的目录里找不到。",
    fix="写上 department（承办单位）和 topics（主题）。",
    severity=Severity.WARNING,
)
HIDDEN_TARGET = Rule(
    "R205",
    "公开的内容不能指向不公开的事项",
    why="草稿和内部事项没有页面，链接点开是空的。",
    fix="去掉这个引用，或把那个事项公开。",
)
REPLACED_IN_A_CIRCLE = Rule(
    "R206",
    "“改办哪个事项”不能转圈",
    why="甲改办乙，乙又改办甲，群众走不出去。",
    fix="让其中一个事项保持在办。",
)
UNKNOWN_OFFICE = Rule(
    "R207",
    "责任科室要是承办单位的内设科室",
    why="科室写错，群众打电话找不到人。",
    fix="照单位文件里 offices 的名称写，或把这个科室补进单位文件。",
    severity=Severity.WARNING,
)
LAW_IS_REPLACED = Rule(
    "R208",
    "不能再用已经废止或被代替的法规作依据",
    why="依据失效，办理就没有根据。",
    fix="改成现行的法规；仍要写旧法规的，请先核实。",
    severity=Severity.WARNING,
)
UNKNOWN_WINDOW = Rule(
    "R211",
    "窗口要是这个地点有的窗口",
    why="窗口写错，群众找不到；速查卡也会多出一张没有这个窗口的卡。",
    fix="照地点文件里 windows 的名称写，或把这个窗口补进地点文件。",
    severity=Severity.WARNING,
)
TO_ITSELF = Rule(
    "R213",
    "不能指向自己",
    why="“接着办”“相关事项”里是它自己，群众点了还在原地。",
    fix="删掉指向自己的这一个，或写真正要指的那一个。",
)
RULES = (
    TO_ITSELF,
    UNKNOWN,
    DUPLICATE,
    SAME_NAME,
    NOT_FILED,
    HIDDEN_TARGET,
    REPLACED_IN_A_CIRCLE,
    UNKNOWN_OFFICE,
    LAW_IS_REPLACED,
    UNKNOWN_WINDOW,
)


def check_site(site: Site) -> Iterator[Finding]:
    """Yield the findings about relations between the records of `site`."""
    yield from _unknown(site)
    yield from _duplicates(site)
    yield from _same_names(site)
    yield from _to_themselves(site)
    yield from _circles(site)
    yield from _hidden(site)
    for card in site.cards:
        if not card.department or not card.topics:
            fields = (("department（承办单位）", card.department), ("topics（主题）", card.topics))
            says = "没有写 " + "、".join(word for word, is_set in fields if not is_set)
            yield NOT_FILED.at(card.file, says=says, hint="写上编号；不写，从部门和主题的目录里找不到这个事项")
        yield from _replaced_laws(site, card)
        yield from _offices(site, card)
        yield from _windows(site, card)


def _unknown(site: Site) -> Iterator[Finding]:
    hints = ReferenceHints(site)
    yield from _unknown_areas(site, hints)
    for card in site.cards:
        unknown = [(kind, id) for kind, id in card.references if kind != "area" and _is_unknown(site, kind, id)]
        for target in unknown:
            raw = site.raw_of(card.file)
            for path in site.paths_to(card.file, target):
                # a single value, in whose place a list may stand
                several = isinstance(path[-1], int) and isinstance(written_at(raw, path[:-1]), str)
                yield _unknown_finding(hints, card.file, path, *target, several=several)
    for companion in site.companions:
        base = (companion.id,) if companion.many else ()
        for path, kind, id in references(companion.record):
            if _is_unknown(site, kind, id):
                yield _unknown_finding(hints, companion.file, (*base, *path), kind, id)
    for path, kind, id in references(site.settings):
        if _is_unknown(site, kind, id):
            yield _unknown_finding(hints, "site.yaml", path, kind, id)


def _is_unknown(site: Site, kind: str, id: str) -> bool:
    """Return whether there is no such record. A record of a broken file may be there, but not with this for its id."""
    return (kind, id) not in site.known and (kind not in site.incomplete or not re.match(SLUG, id))


def _unknown_areas(site: Site, hints: ReferenceHints) -> Iterator[Finding]:
    """Yield a finding for each folder of items that is named after no area, at its first item."""
    files: dict[str, list[str]] = {}
    for card in site.cards:
        if _is_unknown(site, "area", card.area):
            files.setdefault(card.area, []).append(card.file)
    for folder, (first, *more) in files.items():
        says = f"文件夹要用地区的编号作名字，地区表（areas.yaml）里没有“{quote(folder)}”这个编号"
        says += f"（这个文件夹里有{len(more) + 1}个事项）" if more else ""
        yield UNKNOWN.at(first, says=says, hint=_folder_hint(folder, hints))


def _folder_hint(folder: str, hints: ReferenceHints) -> str:
    if meant := hints.meant("area", folder):
        return f"文件夹改成 {meant}，即 content/items/{meant}/"
    id = pinyin_id(folder)
    rename = "" if id == folder else f"文件夹改成 {id}，即 content/items/{id}/；"
    line = f"{id}: {{name: {folder if rename else '地区全称'}, level: {_level_of(folder)}}}"
    return f"{rename}在 content/areas.yaml 里加一行“{line}”"


def _level_of(area: str) -> str:
    """Return the level of the area called `area`, as its last character tells."""
    return next((level for ends, level in _LEVELS if area.endswith(ends)), AreaLevel.DISTRICT).label


_LEVELS = (
    (("省", "自治区"), AreaLevel.PROVINCE),
    (("市", "州", "盟"), AreaLevel.CITY),
    (("镇", "乡", "街道", "办事处"), AreaLevel.STREET),
    (("村", "社区"), AreaLevel.COMMUNITY),
)


def _unknown_finding(
    hints: ReferenceHints, file: str, path: KeyPath, kind: str, id: str, *, several: bool = False
) -> Finding:
    says, hint = hints.message(kind, id, several=several)
    return UNKNOWN.at(file, *path, says=says, hint=hint)


def _duplicates(site: Site) -> Iterator[Finding]:
    """Yield a finding for each file whose id another file had before it."""
    everything: tuple[Card | Companion[Any], ...] = (*site.cards, *site.companions)
    by_key: defaultdict[Key, list[Card | Companion[Any]]] = defaultdict(list)
    for record in everything:
        by_key[record.key].append(record)
    for same in by_key.values():
        if len(same) > 1:
            first, *later = sorted(same, key=lambda record: (site.added.get(record.file, _NOT_COMMITTED), record.file))
            for record in later:
                yield _duplicate(site, record, first)


_NOT_COMMITTED = "9"  # comes after every date


def _duplicate(site: Site, record: Card | Companion[Any], first: Card | Companion[Any]) -> Finding:
    since = "" if first.file not in site.added else f"，那份{site.added[first.file][:10]}就有了"
    says = f"编号“{record.id}”已经用在 {first.file}{since}"
    suffix = record.file.rpartition(".")[2]
    if isinstance(record, Card) and isinstance(first, Card) and record.area != first.area:
        renamed = f"{record.area}-{record.id}"
        new = renamed if key(Item, renamed) not in site.known else f"{renamed}-2"
        return DUPLICATE.at(record.file, says=says, hint=f"编号就是文件名，全站不能重复：文件名改成 {new}.{suffix}")
    new = f"{record.id}-2"
    hint = f"是同一件事，只留一个文件；不是同一件事，文件名改成 {new}.{suffix}"
    return DUPLICATE.at(record.file, says=says, hint=hint)


def _same_names(site: Site) -> Iterator[Finding]:
    cards_by_name: defaultdict[tuple[str, str, str], list[Card]] = defaultdict(list)
    for card in site.cards:
        cards_by_name["name", card.area, card.name].append(card)
        if card.title != card.name:
            cards_by_name["title", card.area, card.title].append(card)
    for (field, _, name), cards in cards_by_name.items():
        for card in cards[1:]:
            if card.id == cards[0].id:
                continue  # the same file twice, which is told as such
            says = f"“{name}”和 {cards[0].file} 同名"
            yield SAME_NAME.at(card.file, field, says=says, hint=SAME_NAME.fix)


def _hidden(site: Site) -> Iterator[Finding]:
    for card in site.public:
        for field, ids in (("next", card.next), ("related", card.related), ("replaced_by", (card.replaced_by,))):
            for index, id in enumerate(ids):
                yield from _is_hidden(site, id, card.file, (field, index))
    for companion in site.companions:
        if isinstance(companion.record, DisclosureList) and companion.record.is_draft:
            continue
        base = (companion.id,) if companion.many else ()
        for path, kind, id in references(companion.record):
            if kind == "item":
                yield from _is_hidden(site, id, companion.file, (*base, *path))
    for path, kind, id in references(site.settings):
        if kind == "item":
            yield from _is_hidden(site, id, "site.yaml", path)


def _is_hidden(site: Site, id: str, file: str, path: KeyPath) -> Iterator[Finding]:
    target = site.card(id)
    if target and not target.public:
        says = f"“{target.name}”是草稿或内部事项，没有页面"
        yield HIDDEN_TARGET.at(file, *path, says=says, hint=f"删掉“{id}”，或把那个事项公开")


def _to_themselves(site: Site) -> Iterator[Finding]:
    for card in site.cards:
        if card.key in card.references:
            for path in site.paths_to(card.file, card.key):
                yield _to_itself(card.file, path, card.id, label(Item, path))
    for companion in site.companions:
        base = (companion.id,) if companion.many else ()
        for path, kind, id in references(companion.record):
            if (kind, id) == companion.key:
                yield _to_itself(companion.file, (*base, *path), id, label(type(companion.record), path))


def _to_itself(file: str, path: KeyPath, id: str, field: str) -> Finding:
    says = f"“{field}”里的“{id}”就是它自己"
    return TO_ITSELF.at(file, *path, says=says, hint=f"删掉“{id}”，或写真正要指的那一个")


def _circles(site: Site) -> Iterator[Finding]:
    for card in site.cards:
        seen, current = {card.id}, card
        while successor := site.card(current.replaced_by):
            if successor.id == card.id != current.id:
                says = "照“改办哪个事项”走下去，转了一圈又回到这个事项"
                yield REPLACED_IN_A_CIRCLE.at(card.file, "replaced_by", says=says, hint=REPLACED_IN_A_CIRCLE.fix)
            if successor.id in seen:
                break
            seen.add(successor.id)
            current = successor


def _replaced_laws(site: Site, card: Card) -> Iterator[Finding]:
    for id in card.ids_of(Law):
        law = site.find(Law, id)
        if law and law.status in (LawStatus.REPLACED, LawStatus.REPEALED):
            for path in site.paths_to(card.file, key(Law, id)):
                says = f"《{law.title}》{law.status.label}"
                hint = f"改成 {law.replaced_by}" if law.replaced_by else LAW_IS_REPLACED.fix
                yield LAW_IS_REPLACED.at(card.file, *path, says=says, hint=hint)


def _offices(site: Site, card: Card) -> Iterator[Finding]:
    department = site.find(Department, card.department)
    known = {office.name for office in department.offices} if department else set()
    for index, office in enumerate(card.offices):
        if known and office not in known:
            says = f"承办单位没有叫“{office}”的科室"
            hint = did_you_mean(office, known) or "这个单位的科室：" + "、".join(sorted(known))
            yield UNKNOWN_OFFICE.at(card.file, "offices", index, says=says, hint=hint)


def _windows(site: Site, card: Card) -> Iterator[Finding]:
    """Yield findings for windows that a place does not have; nothing where the place lists none."""
    for id, window, _ in card.at:
        place = site.find(Place, id)
        if not place or not place.windows or window in ("", *(counter.name for counter in place.windows)):
            continue
        says, hint = f"“{place.name}”没有叫“{window}”的窗口", _window_meant(window, place)
        for path, at in site.item_in(card.file).placed_places:
            if (at.place, at.window) == (id, window):
                yield UNKNOWN_WINDOW.at(card.file, *path, "window", says=says, hint=hint)


def _window_meant(window: str, place: Place) -> str:
    """Return a hint: the window of this number, one that is written alike, or all that there are."""
    names = [counter.name for counter in place.windows]
    numbered = [counter.name for counter in place.windows if counter.number and counter.number in window]
    if len(numbered) == 1:
        return f"{window}写“{numbered[0]}”，窗口号在地点文件里"
    return did_you_mean(window, names) or "这个地点的窗口：" + "、".join(names)
