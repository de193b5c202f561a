"""Standards of the content: the vetoes (单项否决) and deductions (扣分) of 国办秘函〔2019〕19号 that can be judged here."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from builder.checks.completeness import KEY_ELEMENTS, completeness
from builder.checks.files import MISSING_FILE
from builder.checks.privacy import citizen_numbers
from builder.checks.proofreading import WRONG_WORD
from builder.checks.terms import RETIRED
from builder.checks.wording import LEFTOVER, PLACEHOLDER, is_catch_all
from builder.conformance.evidence import Evidence
from builder.conformance.inspected_page import InspectedPage
from builder.conformance.standard import CHECKS_2019, Judgement, Per, Section, Standard
from builder.content.fields import listed
from builder.content.model.companions import LibraryForm, LibraryMaterial
from builder.content.model.item import FormFile, Item
from builder.content.model.materials import Form, MaterialSource


def _veto_standard(id: str, title: str, fix: str = "") -> Standard:
    return Standard(f"veto.{id}", Section.VETO, title, CHECKS_2019, fix)


def _deduction(id: str, title: str, points: float, per: Per = Per.SITE, fix: str = "") -> Standard:
    return Standard(f"services.{id}", Section.SERVICES, title, CHECKS_2019, fix, points, per)


OPENS = _veto_standard("opens", "网站打得开")
UPDATED = _veto_standard("updated", "首页两周内有更新", "两周内至少改好、核对一份内容")
NO_EMPTY = _veto_standard("no-empty-columns", "没有空栏目", "补上内容；没有内容的栏目不要建")
INTERACTION = _veto_standard("interaction", "群众能提问，按时答复")
GUIDES = _veto_standard("guides", "缺四类以上要素的指南不到 5 份", "照下面“要素齐全”一条补写")
PRIVACY = _veto_standard("privacy", "页面上没有身份证号码", "删掉，或用星号遮住中间几位")

FILED = _deduction("filed", "事项按部门、按主题都能找到", 5, fix="写上 department 和 topics")
STATISTICS = _deduction("statistics", "办件统计三个月内有更新", 2)
ELEMENTS = _deduction("elements", "指南十类要素齐全", 2, Per.ITEM, "照 check --summary 列的补写")
CONTENT = _deduction("element-content", "要素内容准确", 1, Per.ITEM)
MATERIAL_FORM = _deduction("material-form", "每样材料写明形式和份数", 1, Per.ITEM, "材料写上 form 和 copies")
VAGUE_MATERIALS = _deduction(
    "vague-materials", "没有“其他材料”这样的兜底材料", 2, Per.ITEM, "写清是什么材料、什么情况要；写不清就删掉"
)
BLANK_FORMS = _deduction("blank-forms", "要填的表格能下载空白表", 1, Per.ITEM, "文件放进 static/forms，写上 file")
SAMPLE_FORMS = _deduction("sample-forms", "要填的表格有填写样例", 1, Per.ITEM, "样例放进 static/forms，写上 sample")
HOME_LINKS = _deduction("home-links", "首页的站内链接都通", 1, Per.LINK)
LINKS = _deduction("links", "其他页的站内链接都通", 0.1, Per.LINK)
OUTSIDE_LINKS = _deduction("outside-links", "站外链接都通", 0.1, Per.LINK)
SEARCH = _deduction("search", "搜事项名称，先找到这个事项", 2, fix="照 check --search 说的改")
WORDING = _deduction("wording", "没有错词、没填的空和乱码", 1, Per.ITEM, "照 check 说的改")

MANY_MISSING = 4  # elements that a guide lacks
MANY_GUIDES = 5  # guides that lack `MANY_MISSING` elements or more: from this number on, the veto applies
MAX_IDLE_DAYS = 14


def judge(evidence: Evidence) -> Iterator[Judgement]:
    """Yield the judgement on each standard of the content."""
    yield from _vetoes(evidence)
    yield from _guides(evidence)
    if evidence.pages:
        yield from _links(evidence)
    yield OUTSIDE_LINKS.unjudged(_outside_links(evidence))
    yield _search(evidence)
    codes = {LEFTOVER.code, PLACEHOLDER.code, RETIRED.code, WRONG_WORD.code}
    wrong = dict.fromkeys(finding.file for finding in evidence.findings if finding.code in codes)
    yield WORDING.at(wrong, len(evidence.items), "{n} 个文件有", "已知的一处也没有；别的错字要人来读")


def _vetoes(evidence: Evidence) -> Iterator[Judgement]:
    heaviest = max(evidence.pages, key=lambda page: page.size, default=None)
    size = f"；最大的一页 {heaviest.size // 1024} KB（{heaviest.url}）" if heaviest else ""
    yield OPENS.unjudged(f"要在线上测{size}")
    yield _updated(evidence)
    if evidence.pages:
        lists = [page for page in evidence.columns if page.kind in ("item-list", "topic", "department", "area")]
        empty = [page.url for page in lists if not any("items/" in link for link in page.links if "index" not in link)]
        yield NO_EMPTY.at(
            empty, len(lists), "{n} 个是空的", f"{len(lists)} 个列表都有内容，没有事项的部门和主题不做页面"
        )
    yield INTERACTION.unjudged("信箱和 12345 在上级网站，请到那里看")
    poor = [
        f"{item.card.file}：缺{'、'.join(lacks)}"
        for item in completeness(evidence.site)
        if len(lacks := _missing_key_elements(item.missing)) >= MANY_MISSING
    ]
    count = f"缺四类以上的有 {len(poor)} 份"
    yield GUIDES.unmet(count, poor, len(evidence.site.public)) if len(poor) >= MANY_GUIDES else GUIDES.met(count)
    if evidence.pages:
        leaks = [f"{page.url}：{numbers[0][:6]}…" for page in evidence.pages if (numbers := citizen_numbers(page.text))]
        yield PRIVACY.at(leaks, len(evidence.pages), "{n} 页有", f"{len(evidence.pages)} 页都没有")


def _outside_links(evidence: Evidence) -> str:
    """Return why links to other sites are not judged, with the entrances that somebody should open now and then."""
    parts = (part for item in evidence.items.values() for part in item.parts)
    entrances = dict.fromkeys(online.url for part in parts for online in part.online if online.url)
    if not entrances:
        return "检查时不上网"
    return f"检查时不上网；网上办的入口 {len(entrances)} 个，请逐个点开看看：{'、'.join(entrances)}"


def _updated(evidence: Evidence) -> Judgement:
    if evidence.settings.parent:
        return UPDATED.unjudged("本站是上级网站的栏目，首页是上级网站的")
    days = [card.changed or evidence.site.date_of(card) for card in evidence.site.offered]
    newest = max((day[:10] for day in days if day and day <= evidence.now), default="")
    if not newest:
        return UPDATED.unjudged("内容都没有日期")
    since = (date.fromisoformat(evidence.now[:10]) - date.fromisoformat(newest)).days
    age = f"最近一次改动是 {newest}，{since} 天前"
    return UPDATED.unmet(age) if since > MAX_IDLE_DAYS else UPDATED.met(age)


def _guides(evidence: Evidence) -> Iterator[Judgement]:
    items = evidence.items
    total = len(items)
    unfiled = [card.file for card in items if not (card.department and card.topics)]
    yield FILED.at(unfiled, total, "{n} 项没有写部门或主题", f"{total} 项都能")
    yield STATISTICS.unjudged("办件统计不在本站")
    lacking = [
        (item.card.file, lacks)
        for item in completeness(evidence.site)
        if (lacks := _missing_key_elements(item.missing))
    ]
    counts = Counter(element for _, lacks in lacking for element in lacks)
    summary = "、".join(f"{element} {counts[element]}" for element in KEY_ELEMENTS if counts[element])
    worst_first = sorted(lacking, key=lambda row: (-len(row[1]), row[0]))
    places = [f"{file}：缺 {len(lacks)} 类（{'、'.join(lacks)}）" for file, lacks in worst_first]
    public = len(evidence.site.public)
    yield ELEMENTS.at(places, public, f"{{n}} 项不齐，缺：{summary}", f"{public} 项都齐")
    yield CONTENT.unjudged("写得对不对要人来核对；电话、日期、时限的格式和矛盾由 check 检查")
    unformed = [
        f"{card.file}：{names[0]}等 {len(names)} 样"
        for card, item in items.items()
        if (names := _incomplete_materials(item, evidence))
    ]
    yield MATERIAL_FORM.at(unformed, total, "{n} 项有没写明的", f"{total} 项都写明了")
    vague = [f"{card.file}：{names[0]}" for card, item in items.items() if (names := _vague_materials(item))]
    yield VAGUE_MATERIALS.at(vague, total, "{n} 项有", f"{total} 项都没有")
    forms = {card.file: tuple(_forms(item, evidence)) for card, item in items.items()}
    lost = Counter(finding.file for finding in evidence.findings if finding.code == MISSING_FILE.code)
    yield _with_files(
        BLANK_FORMS, {file: [(one.title, one.file) for one in some] for file, some in forms.items()}, lost
    )
    yield _with_files(
        SAMPLE_FORMS, {file: [(one.title, one.sample) for one in some] for file, some in forms.items()}, lost
    )


def _with_files(standard: Standard, forms: Mapping[str, Sequence[tuple[str, str]]], lost: Collection[str]) -> Judgement:
    """Judge whether every form of an item, by title, has its file. `lost` are the items that name files that are not there."""
    without = {item: [title for title, file in some if not file] for item, some in forms.items()}
    total, missing = sum(map(len, forms.values())), sum(map(len, without.values()))
    items = sum(map(bool, forms.values()))
    places = [
        f"{item}：{titles[0]}" + (f"等 {len(titles)} 张" if len(titles) > 1 else "") if titles else item
        for item, titles in without.items()
        if titles or item in lost
    ]
    if not total:
        return standard.met("没有要填表的事项")
    return standard.at(
        places,
        items,
        f"{items} 项要填 {total} 张表，{{n}} 项没有齐" + (f"，缺 {missing} 张" if missing else "，写的文件找不到"),
        f"要填表的 {items} 项都有，共 {total} 张表",
    )


def _missing_key_elements(missing: Iterable[str]) -> tuple[str, ...]:
    return tuple(element for element in missing if element in KEY_ELEMENTS)


def _incomplete_materials(item: Item, evidence: Evidence) -> list[str]:
    """Return the names of the materials that lack a form (原件, 复印件 …) or a number of copies. What is shared needs none."""
    names = []
    for _, material in item.placed_materials:
        if not material.form or material.copies is None:
            library = evidence.site.find(LibraryMaterial, material.ref)
            if (material.source or (library.source if library else None)) is MaterialSource.SHARED:
                continue
            names.append(material.name or (library.name if library else material.ref or ""))
    return names


def _vague_materials(item: Item) -> list[str]:
    return [material.name for _, material in item.placed_materials if is_catch_all(material.name)]


class _FormToFill(NamedTuple):
    title: str
    file: str
    sample: str


# How forms to be filled in are called. Other tables (体检表, 成绩表) are made by somebody else, and an application without a
# title in 《》 may be a letter.
_FORM_NAME = re.compile(
    r"(?:申请|登记|审批|审核|备案|申报|报名|采集|信息|情况|说明|变更|注销)表》?(?:（[^）]*）)?$|《[^》]*(?:申请|承诺)书》"
)


def _forms(item: Item, evidence: Evidence) -> Iterator[_FormToFill]:
    """Yield each form of the item, completed from the library, and those that are only named among the materials."""
    listed_forms = [_form_files(form, evidence) for part in item.parts for form in listed(part.forms)]
    yield from listed_forms
    named = dict.fromkeys(name for name in _named_among_materials(item, evidence) if name)
    yield from (_FormToFill(name, "", "") for name in named if not any(_same(name, one.title) for one in listed_forms))


def _named_among_materials(item: Item, evidence: Evidence) -> Iterator[str]:
    for _, material in item.placed_materials:
        library = evidence.site.find(LibraryMaterial, material.ref)
        name = material.name or (library.name if library else "")
        made_elsewhere = material.issuer or (library and library.issuer) or set(material.form) == {Form.COPY}
        if Form.FORM in material.form or (_FORM_NAME.search(name) and not made_elsewhere):
            yield name
        if isinstance(material.promise, str):
            yield material.promise


def _same(name: str, title: str) -> bool:
    """Tell whether a material is the form with this title: one name may be the end of the other, or in its brackets."""
    bare, form = (text.replace("《", "").replace("》", "") for text in (name, title))
    return bool(form) and (form in bare or bare in form)


def _form_files(form: FormFile, evidence: Evidence) -> _FormToFill:
    library = evidence.site.find(LibraryForm, form.ref)
    if library is None:
        return _FormToFill(form.title, form.file, form.sample)
    return _FormToFill(form.title or library.title, form.file or library.file, form.sample or library.sample)


def _links(evidence: Evidence) -> Iterator[Judgement]:
    by_url = {page.url: page for page in evidence.pages}
    home = [page for page in evidence.pages if page.kind == "home"]
    others = [page for page in evidence.pages if page.kind != "home"]
    for standard, pages in ((HOME_LINKS, home), (LINKS, others)):
        checked = sum(len(page.links) + len(page.fetched) for page in pages)
        dead = dict.fromkeys(f"{page.url} → {link}" for page in pages for link in _dead_links(page, by_url, evidence))
        yield standard.at(dead, checked, "{n} 个不通", f"{checked} 个都通")


def _dead_links(page: InspectedPage, by_url: dict[str, InspectedPage], evidence: Evidence) -> Iterator[str]:
    """Yield the links of `page` inside the site whose file or fragment does not exist."""
    for link in (*page.links, *page.fetched):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        top = evidence.settings.fixed_path
        if top and parts.path.startswith(top):
            path = unquote(parts.path.removeprefix(top))
        elif parts.path:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.url), unquote(parts.path)))
        else:
            path = page.url
        target = by_url.get(path)
        fragment = unquote(parts.fragment)
        if (target is None and path not in evidence.files) or (target and fragment and fragment not in target.ids):
            yield link


def _search(evidence: Evidence) -> Judgement:
    if evidence.missed is None:
        return SEARCH.unjudged("要装 mini-racer：uv run --extra proof build.py check --gov")
    wrong = [f"{finding.file}：{finding.says}" for finding in evidence.missed]
    total = len(evidence.items)
    return SEARCH.at(wrong, total, "{n} 个名称或说法没有先找到", f"{total} 项的名称、别名和群众的说法都试过")
