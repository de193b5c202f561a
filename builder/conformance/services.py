"""Whether the site is alive and its guides serve: the veto and the deductions of 国办秘函〔2019〕19号, as far as a builder can tell."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from builder.checks.completeness import KEY_ELEMENTS, completeness
from builder.checks.files import MISSING_FILE
from builder.checks.terms import RETIRED
from builder.checks.wording import LEFTOVER, PLACEHOLDER, is_catch_all, materials_of
from builder.conformance.built import Built, citizen_numbers
from builder.conformance.evidence import Evidence
from builder.conformance.standard import CHECKS_2019, Judged, Per, Section, Standard
from builder.content.model.companions import LibraryForm, LibraryMaterial
from builder.content.model.item import FormFile, Item


def _veto(id: str, title: str, fix: str = "") -> Standard:
    return Standard(f"veto.{id}", Section.VETO, title, CHECKS_2019, fix)


def _minus(id: str, title: str, points: float, per: Per = Per.SITE, fix: str = "") -> Standard:
    return Standard(f"services.{id}", Section.SERVICES, title, CHECKS_2019, fix, points, per)


OPENS = _veto("opens", "网站打得开")
ALIVE = _veto("updated", "首页两周内有更新", "两周内至少改好、核对一份内容")
NO_EMPTY = _veto("no-empty-columns", "没有空栏目", "补上内容；没有内容的栏目不要建")
ASKED = _veto("interaction", "群众能提问，按时答复")
USEFUL = _veto("guides", "缺四类以上要素的指南不到 5 份", "照下面“要素齐全”一条补写")
SAFE = _veto("privacy", "页面上没有身份证号码", "删掉，或用星号遮住中间几位")

FILED = _minus("filed", "事项按部门、按主题都能找到", 5, fix="写上 department 和 topics")
COUNTED = _minus("statistics", "办件统计三个月内有更新", 2)
ELEMENTS = _minus("elements", "指南十类要素齐全", 2, Per.ITEM, "照 check --summary 列的补写")
CONTENT = _minus("element-content", "要素内容准确", 1, Per.ITEM)
FORMS_OF = _minus("material-form", "每样材料写明形式和份数", 1, Per.ITEM, "材料写上 form 和 copies")
VAGUE = _minus(
    "vague-materials", "没有“其他材料”这样的兜底材料", 2, Per.ITEM, "写清是什么材料、什么情况要；写不清就删掉"
)
BLANK = _minus("blank-forms", "要填的表格能下载空白表", 1, Per.ITEM, "文件放进 static/forms，写上 file")
FILLED = _minus("sample-forms", "要填的表格有填写样例", 1, Per.ITEM, "样例放进 static/forms，写上 sample")
HOME_LINKS = _minus("home-links", "首页的站内链接都通", 1, Per.LINK)
LINKS = _minus("links", "其他页的站内链接都通", 0.1, Per.LINK)
OUTSIDE_LINKS = _minus("outside-links", "站外链接都通", 0.1, Per.LINK)
FOUND = _minus("search", "搜事项名称，先找到这个事项", 2, fix="照 check --search 说的改")
WORDS = _minus("wording", "没有错词、没填的空和乱码", 1, Per.ITEM, "照 check 说的改")

LACKING, FEW = 4, 5  # classes of elements that a guide lacks, and guides that lack so many, from which the veto falls
QUIET_DAYS = 14


def judge(evidence: Evidence) -> Iterator[Judged]:
    """Yield what came of every standard about what the site offers."""
    yield from _veto_of(evidence)
    yield from _guides(evidence)
    if evidence.pages:
        yield from _links(evidence)
    yield OUTSIDE_LINKS.unjudged("检查时不上网")
    yield _search(evidence)
    codes = {LEFTOVER.code, PLACEHOLDER.code, RETIRED.code}
    wrong = dict.fromkeys(one.file for one in evidence.findings if one.code in codes)
    yield WORDS.at(wrong, len(evidence.items), "{n} 个文件有", "已知的一处也没有；别的错字要人来读")


def _veto_of(evidence: Evidence) -> Iterator[Judged]:
    heaviest = max(evidence.pages, key=lambda page: page.size, default=None)
    size = f"；最大的一页 {heaviest.size // 1024} KB（{heaviest.url}）" if heaviest else ""
    yield OPENS.unjudged(f"要在线上测{size}")
    yield _alive(evidence)
    if evidence.pages:
        lists = [page for page in evidence.columns if page.kind in ("item-list", "topic", "department", "area")]
        empty = [page.url for page in lists if not any("items/" in link for link in page.links if "index" not in link)]
        yield NO_EMPTY.at(
            empty, len(lists), "{n} 个是空的", f"{len(lists)} 个列表都有内容，没有事项的部门和主题不做页面"
        )
    yield ASKED.unjudged("信箱和 12345 在上级网站，请到那里看")
    poor = [
        f"{one.card.file}：缺{'、'.join(lacks)}"
        for one in completeness(evidence.site)
        if len(lacks := _lacks(one.missing)) >= LACKING
    ]
    said = f"缺四类以上的有 {len(poor)} 份"
    yield USEFUL.unmet(said, poor, len(evidence.site.public)) if len(poor) >= FEW else USEFUL.met(said)
    if evidence.pages:
        told = [f"{page.url}：{numbers[0][:6]}…" for page in evidence.pages if (numbers := citizen_numbers(page.text))]
        yield SAFE.at(told, len(evidence.pages), "{n} 页有", f"{len(evidence.pages)} 页都没有")


def _alive(evidence: Evidence) -> Judged:
    if evidence.settings.parent:
        return ALIVE.unjudged("本站是上级网站的栏目，首页是上级网站的")
    days = [card.changed or evidence.site.date_of(card) for card in evidence.site.offered]
    newest = max((day[:10] for day in days if day and day <= evidence.now), default="")
    if not newest:
        return ALIVE.unjudged("内容都没有日期")
    since = (date.fromisoformat(evidence.now[:10]) - date.fromisoformat(newest)).days
    said = f"最近一次改动是 {newest}，{since} 天前"
    return ALIVE.unmet(said) if since > QUIET_DAYS else ALIVE.met(said)


def _guides(evidence: Evidence) -> Iterator[Judged]:
    items = evidence.items
    total = len(items)
    unfiled = [card.file for card in items if not (card.department and card.topics)]
    yield FILED.at(unfiled, total, "{n} 项没有写部门或主题", f"{total} 项都能")
    yield COUNTED.unjudged("办件统计不在本站")
    lacking = [(one.card.file, lacks) for one in completeness(evidence.site) if (lacks := _lacks(one.missing))]
    counted = Counter(element for _, lacks in lacking for element in lacks)
    told = "、".join(f"{element} {counted[element]}" for element in KEY_ELEMENTS if counted[element])
    worst = sorted(lacking, key=lambda one: (-len(one[1]), one[0]))
    places = [f"{file}：缺 {len(lacks)} 类（{'、'.join(lacks)}）" for file, lacks in worst]
    public = len(evidence.site.public)
    yield ELEMENTS.at(places, public, f"{{n}} 项不齐，缺：{told}", f"{public} 项都齐")
    yield CONTENT.unjudged("写得对不对要人来核对；电话、日期、时限的格式和矛盾由 check 检查")
    unformed = [
        f"{card.file}：{names[0]}等 {len(names)} 样"
        for card, item in items.items()
        if (names := _unformed(item, evidence))
    ]
    yield FORMS_OF.at(unformed, total, "{n} 项有没写明的", f"{total} 项都写明了")
    vague = [f"{card.file}：{names[0]}" for card, item in items.items() if (names := _vague(item))]
    yield VAGUE.at(vague, total, "{n} 项有", f"{total} 项都没有")
    forms = {card.file: tuple(_forms(item, evidence)) for card, item in items.items()}
    with_forms = sum(map(bool, forms.values()))
    for standard, field in ((BLANK, 0), (FILLED, 1)):
        without = [f"{file}：{title}" for file, some in forms.items() for title, *files in some if not files[field]]
        missing = [one.file for one in evidence.findings if one.code == MISSING_FILE.code]
        by_file = {place.partition("：")[0]: place for place in (*missing, *without)}
        yield standard.at(
            by_file.values(), with_forms, f"{with_forms} 项要填表，{{n}} 项没有", f"要填表的 {with_forms} 项都有"
        )


def _lacks(missing: Iterable[str]) -> tuple[str, ...]:
    return tuple(element for element in missing if element in KEY_ELEMENTS)


def _unformed(item: Item, evidence: Evidence) -> list[str]:
    """Return the materials that do not say in what form, or how many. A form to fill in says the first by being one."""
    found = []
    for _, material in materials_of(item):
        if not material.form or material.copies is None:
            library = evidence.site.find(LibraryMaterial, material.ref)
            found.append(material.name or (library.name if library else material.ref or ""))
    return found


def _vague(item: Item) -> list[str]:
    return [material.name for _, material in materials_of(item) if is_catch_all(material.name)]


def _forms(item: Item, evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """Yield the title, blank and sample of every form of the item; the library knows what the item does not say."""
    for part in (item, *item.variants):
        for form in part.forms if isinstance(part.forms, tuple) else ():
            yield _form(form, evidence)


def _form(form: FormFile, evidence: Evidence) -> tuple[str, str, str]:
    kept = evidence.site.find(LibraryForm, form.ref)
    if kept is None:
        return form.title, form.file, form.sample
    return form.title or kept.title, form.file or kept.file, form.sample or kept.sample


def _links(evidence: Evidence) -> Iterator[Judged]:
    there = {page.url: page for page in evidence.pages}
    home = [page for page in evidence.pages if page.kind == "home"]
    others = [page for page in evidence.pages if page.kind != "home"]
    for standard, pages in ((HOME_LINKS, home), (LINKS, others)):
        checked = sum(len(page.links) + len(page.fetched) for page in pages)
        dead = dict.fromkeys(f"{page.url} → {link}" for page in pages for link in _dead(page, there, evidence.files))
        yield standard.at(dead, checked, "{n} 个不通", f"{checked} 个都通")


def _dead(page: Built, there: dict[str, Built], files: frozenset[str]) -> Iterator[str]:
    """Yield the addresses inside the site that lead to nothing, or to no such place on a page."""
    for link in (*page.links, *page.fetched):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        to = (
            posixpath.normpath(posixpath.join(posixpath.dirname(page.url), unquote(parts.path)))
            if parts.path
            else page.url
        )
        target = there.get(to)
        fragment = unquote(parts.fragment)
        if (target is None and to not in files) or (target and fragment and fragment not in target.ids):
            yield link


def _search(evidence: Evidence) -> Judged:
    if evidence.missed is None:
        return FOUND.unjudged("要装 mini-racer：uv run --extra proof build.py check --gov")
    wrong = [f"{one.file}：{one.says}" for one in evidence.missed]
    total = len(evidence.items)
    return FOUND.at(wrong, total, "{n} 个名称或说法没有先找到", f"{total} 项的名称、别名和群众的说法都试过")
