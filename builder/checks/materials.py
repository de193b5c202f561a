"""Materials that contradict themselves: numbers without what they count, a paper twice, several in one, a name of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from builder.checks.wording import pasted_entries
from builder.content.brought import materials_in
from builder.content.card import Card
from builder.content.fields import listed
from builder.content.model.companions import LibraryMaterial
from builder.content.model.item import Item
from builder.content.model.materials import AnyOf, Form, Material, MaterialEntry, Placed, in_order
from builder.content.site import Site
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, quote

COUNTS_NOTHING = Rule(
    "C330",
    "写了几份，形式里要有那一样",
    why="份数只写一个数，是复印件的份数；形式里没有那一样，群众不知道要带几份什么。",
    fix="要复印件的，form 里加上 复印件；要几份原件的，份数写成 {original: 2}。",
    severity=Severity.WARNING,
)
ASKED_TWICE = Rule(
    "C331",
    "同一样材料，一张单子里只写一次",
    why="同一样写两次，群众以为要带两份，勾了一个还剩一个。",
    fix="合成一条，原件、复印件写在一条的 form 里；不同情况才要的，各写 when；不是同一个人的，写上 whose（是谁的）。",
    severity=Severity.WARNING,
)
SEVERAL_IN_ONE = Rule(
    "C332",
    "几样材料不能写成一条",
    why="写成一条只有一个勾选框，群众没法一样一样核对，也连不到材料库。",
    fix="一样一条，每条前面加“- ”；几样里交一样就行的，写在 any_of 里。",
    severity=Severity.WARNING,
)
OWNER_UNSAID = Rule(
    "C333",
    "同一样材料，一处写了是谁的，另一处没写",
    why="几件事的材料合成一张单子时，要靠 whose 才知道两处是不是同一个人的；没写的只好另列一行“是谁的没写”。",
    fix="没写的那一条也写上 whose；资料里看不出是谁的，在说明里写明，让群众先问。",
    severity=Severity.WARNING,
)
NAMES_ANOTHER = Rule(
    "R210",
    "材料的编号（ref）和名称（name）要是同一样材料",
    why="名称写的是这一样，“没有的话到哪里办”说的却是编号的那一样，群众会跑错地方。",
    fix="改成 name 那一样的编号；材料库里没有那一样的，删掉 ref；要的是编号那一样的，删掉 name。",
    severity=Severity.WARNING,
)
UNLINKED = Rule(
    "R214",
    "材料库里有的材料、证件，要写编号（ref）",
    why="没写编号，这样材料的页面就汇总不到：哪些事要它、办哪件事能拿到它，群众看不全；没有怎么办，指南里也说不出来。",
    fix="写上 ref；这里的名称和材料库里的不同的，name 留着。不是同一样东西的，名称写得分得开。",
    severity=Severity.WARNING,
)
RULES = (COUNTS_NOTHING, ASKED_TWICE, SEVERAL_IN_ONE, OWNER_UNSAID, NAMES_ANOTHER, UNLINKED)


def check_item(item: Item, file: str) -> Iterator[Finding]:
    """Yield findings about the materials of one item."""
    for path, material in item.placed_materials:
        yield from _counts_nothing(material, file, path)
        yield from _several_in_one(material.name, file, (*path, "name"))
    yield from _owner_unsaid(item, file)
    for path, part in item.placed_parts:
        yield from _asked_twice(in_order(listed(part.materials)), file, (*path, "materials"), {})
        for index, form in enumerate(listed(part.forms)):
            yield from _several_in_one(form.title, file, (*path, "forms", index, "title"))


def check_site(site: Site) -> Iterator[Finding]:
    """Yield findings about materials that the library knows: named like another one, or asked for by number and by name."""
    known = {name: material.id for material in site.all(LibraryMaterial) for name in _names_of(material.record)}
    for card in site.cards:
        for ref, name in card.details.renamed:
            library = site.find(LibraryMaterial, ref)
            if library and not _holds_its_name(name, library):
                meant = _record_named(site, name)
                if meant or not sounds_like(name, library):
                    yield from _names_another(site, card, ref, name, library, meant)
        yield from _unlinked(card, known)
        if _may_ask_twice(card, known):
            yield from _asked_by_name_too(site.item_in(card.file), card.file, known)


def _unlinked(card: Card, known: Mapping[str, str]) -> Iterator[Finding]:
    """Yield findings for materials and results of which only the name tells that the library has them."""
    for path, name, is_short in card.details.unlinked:
        if id := known.get(_plain(name)):
            says = f"“{quote(name)}”在材料库里有，编号是 {id}"
            hint = f"改成 {{ref: {id}, name: {quote(name)}}}" if is_short else f"加一行“ref: {id}”"
            yield UNLINKED.at(card.file, *path, "name", says=says, hint=hint)


def _may_ask_twice(card: Card, known: Mapping[str, str]) -> bool:
    """Tell whether a paper is asked for in two ways, perhaps in different cases."""
    brought = set(materials_in(card.brings_packed))
    papers = [known.get(_plain(one.name)) or _plain(one.name) or one.ref for one in brought]
    return len(set(papers)) < len(papers)


# --- Numbers ----------------------------------------------------------------------------------------------------------


def _counts_nothing(material: Material, file: str, path: KeyPath) -> Iterator[Finding]:
    if not (copies := material.copies):
        return
    if (number := copies.copy_) and copies.original is None and set(material.form) in _NOT_COPIED:
        says = f"“{_called(material)}”写了复印件{number}份，形式里没有复印件"
        copied = "、".join((*(form.label for form in material.form), Form.COPY.label)).replace("、", ", ")
        hint = f"要{number}份原件的，改成 {{original: {number}}}；要复印件的，form 写成 [{copied}]"
        yield COUNTS_NOTHING.at(file, *path, "copies", says=says, hint=hint)
    if (number := copies.original) and set(material.form) == {Form.COPY}:
        says = f"“{_called(material)}”写了原件{number}份，形式里没有原件"
        hint = f"要原件的：form: [原件, 复印件]；要{number}份复印件的：copies: {number}"
        yield COUNTS_NOTHING.at(file, *path, "copies", says=says, hint=hint)


_NOT_COPIED = ({Form.ORIGINAL}, {Form.ORIGINAL, Form.ELECTRONIC})


def _called(material: Material) -> str:
    return quote(material.name or material.ref or "")


# --- The same twice ---------------------------------------------------------------------------------------------------


def _asked_twice(
    entries: Iterable[Placed[MaterialEntry]], file: str, base: KeyPath, known: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield findings for papers that one list asks for again, under the same conditions.

    Pages of one book may be asked for in several entries, and alternatives may share a paper. `known` are the ids of
    papers by their names.
    """
    first: dict[tuple[object, ...], int] = {}
    number = 0
    for placed in entries:
        if not isinstance(placed.entry, Material) or any(isinstance(group, AnyOf) for group in placed.around):
            continue
        number += 1
        one, groups = placed.entry, tuple((group.title, group.when) for group in placed.around)
        name = _plain(one.name)
        asked = (known.get(name, name) or one.ref, one.when, one.whose, one.pages, one.issuer, groups)
        if (before := first.setdefault(asked, number)) != number:
            says = f"“{_called(one)}”和第{before}样是同一样材料"
            yield ASKED_TWICE.at(file, *base, *placed.path, says=says, hint=ASKED_TWICE.fix)


def _asked_by_name_too(item: Item, file: str, known: Mapping[str, str]) -> Iterator[Finding]:
    """Yield findings for papers asked for twice that only the library tells to be the same (身份证 and id-card)."""
    for path, part in item.placed_parts:
        lists = (_asked_twice(in_order(listed(part.materials)), file, (*path, "materials"), by) for by in ({}, known))
        found, with_library = (list(findings) for findings in lists)
        yield from (one for one in with_library if one.path not in {other.path for other in found})


def _plain(name: str) -> str:
    return _SPACE_OR_QUOTE.sub("", name)


_SPACE_OR_QUOTE = re.compile(r"[\s《》“”\"]")


# --- Whose it is -----------------------------------------------------------------------------------------------------


def _owner_unsaid(item: Item, file: str) -> Iterator[Finding]:
    """Yield findings for papers of the library whose owner one entry of the item tells and another does not.

    An entry whose note says that it is not known is left alone.
    """
    told: dict[str, Material] = {}
    for _, material in item.placed_materials:
        if material.ref and material.whose:
            told.setdefault(material.ref, material)
    for path, material in item.placed_materials:
        if material.whose is None and (other := told.get(material.ref or "")) and not _OPEN.search(material.note):
            says = f"“{_called(material)}”没写是谁的，这份指南别处写了是{_whose(other)}的"
            yield OWNER_UNSAID.at(file, *path, says=says, hint="是同一个人的，也写 whose: " + _whose(other))


def _whose(material: Material) -> str:
    return material.whose.label if material.whose else ""


_OPEN = re.compile("没有?写|不清楚|先问|待核实")


# --- Several in one ---------------------------------------------------------------------------------------------------


def _several_in_one(name: str, file: str, path: KeyPath) -> Iterator[Finding]:
    papers, any_is_enough = papers_in(name)
    if papers:
        lines = "".join(f"“- {quote(paper)}”" for paper in papers)
        hint = f"交一样就行的，写在 any_of 下面，一样一条：{lines}" if any_is_enough else f"一样一条：{lines}"
        yield SEVERAL_IN_ONE.at(file, *path, says=f"“{quote(name)}”看着是{len(papers)}样，一样一条", hint=hint)


def papers_in(name: str) -> tuple[list[str], bool]:
    """Return the papers that a name lists, [] where it is one, and whether it says that any of them is enough.

    Marks between papers inside brackets and 《》 are part of a name, and so are those between words that are no papers
    (水费、电费单据).
    """
    if not _SEVERAL.search(name) or pasted_entries(name):
        return [], False
    parts = [part.strip(" 。") for part in _split(name, _MARKS)]
    last = parts.pop()
    parts += _split(last, _OR_AND if parts else _AND)
    parts = [part for part in parts if part and not _FORM_ONLY.fullmatch(part)]
    if len(parts) < 2 or not all(map(is_paper, parts)) or _DESCRIBED.search(parts[-1]):
        return [], False
    return [re.sub("等$", "", part) for part in parts], bool(re.search("或|/|任选|之一", name))


_MARKS = re.compile(r"[、；;，,/\n]|(?<=》)(?=《)|(?<=[\u4e00-\u9fff）》\d])\s+(?=[\u4e00-\u9fff《])")
_AND = re.compile("以及|和|及")
_SEVERAL = re.compile(rf"{_MARKS.pattern}|{_AND.pattern}")
_OR_AND = re.compile("以及|和|及|或者?")  # 收据或发票 alone may be what one paper is called
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)|《[^《》]*》|“[^“”]*”|\[[^\[\]]*\]|【[^【】]*】")

# How names of papers end, and what may follow: original or copy, how many.
_FORMS = r"(?:原件|复印件|副本|翻译件|扫描件|电子版|及|和|或|与)"
_NUMBER = r"(?:(?:各|共)?[\d一二两三四五六]+[张份本套个]|[\d一二两三四]寸|彩色|免冠|近期)"
_PAPER = re.compile(
    r".*(?:证|证明|证件|证书|书|表|簿|户口本|病历本|存折|照片|照|单|票|票据|收据|单据|合同|协议|卡|信|函|章程|报告|说明|文件|"
    rf"凭证|执照|图|清单|名单|记录|病历|处方|批复|公告|简历|档案|承诺|声明|申请|决议|意见|小结|材料|原件|复印件)(?:{_FORMS}|{_NUMBER})*等?"
)
_FORM_ONLY = re.compile(rf"(?:(?:均|都)?(?:要|需|提供|带)?{_FORMS}|{_NUMBER})+")

# A last part that tells of all what they are for or of (户口簿上的姓名不一致证明, 护照等身份证件).
_DESCRIBED = re.compile(r"等.+|[证书表簿本照单票据卡][上里中内](?:的|记载)")


def _split(text: str, marks: re.Pattern[str]) -> list[str]:
    """Return the parts of `text` between marks that do not stand in brackets."""
    hidden = _BRACKETED.sub(lambda found: found[0][0] + "证" * (len(found[0]) - 2) + found[0][-1], text)
    ends = [(mark.start(), mark.end()) for mark in marks.finditer(hidden)]
    starts = (0, *(end for _, end in ends))
    return [text[start:stop] for start, stop in zip(starts, (*(start for start, _ in ends), len(text)), strict=True)]


def is_paper(part: str) -> bool:
    """Tell whether a text ends like the name of a paper, such as 结婚证, 单位介绍信, or 《…》."""
    return _PAPER.fullmatch(_BRACKETED.sub(lambda found: "书" if found[0][0] == "《" else "", part)) is not None


# --- What it refers to, and what it is called -------------------------------------------------------------------------


def _names_of(material: LibraryMaterial) -> list[str]:
    return [_plain(name) for name in (material.name, *material.aliases)]


def _holds_its_name(name: str, material: LibraryMaterial) -> bool:
    """Tell whether it is the material or a narrower one, such as 父母的身份证 of 居民身份证."""
    plain = _plain(name)
    return any(known in plain or plain in known for known in _names_of(material))


def sounds_like(name: str, material: LibraryMaterial) -> bool:
    """Tell whether a name has enough of the material's names by which one paper is told from another.

    That is two characters in a row (入户申请报告 of 申请书) or anywhere (住院收据 of 收费票据). One is not enough: 结婚证 and
    离婚证 share one.
    """
    plain, known = _plain(name), _names_of(material)
    in_a_row = set().union(*map(_pairs, known)) & _pairs(plain)
    return bool(in_a_row) or len(_telling("".join(known)) & _telling(plain)) > 1


def _telling(text: str) -> set[str]:
    """Return the characters of a name without those that many names of papers have."""
    return set(re.findall(r"[^证明书件本人的副原复印单表个一二第三市县区省国家中华共和各有效居民材料申请\W\d]", text))


def _pairs(text: str) -> set[str]:
    """Return the characters of `text` by twos, without those that say of whom it is or that it is a paper."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return {pair for pair in pairs if not set(pair) & _OF_PAPERS} - {"居民", "个人", "本人", "材料", "有效"}


_OF_PAPERS = set("证明书件本簿表单的、（）()0123456789")


def _names_another(
    site: Site, card: Card, ref: str, name: str, library: LibraryMaterial, meant: str
) -> Iterator[Finding]:
    other = f"要的是“{quote(name)}”，" + (f"ref 写成 {meant}" if meant else "删掉 ref")
    same = "" if meant else "；只是叫法不同，把这个叫法写进材料库的 aliases"
    hint = f"{other}；要的是“{library.name}”，删掉 name{same}"
    says = f"“{quote(name)}”和编号 {ref}（{library.name}）不是同一样材料"
    for path, material in site.item_in(card.file).placed_materials:
        if (material.ref, material.name) == (ref, name):
            yield NAMES_ANOTHER.at(card.file, *path, "name", says=says, hint=hint)


def _record_named(site: Site, name: str) -> str:
    """Return the id of the library material in whose name `name` ends, "" if there is none."""
    plain = _plain(name)
    found = [
        (len(one), material.id)
        for material in site.all(LibraryMaterial)
        for one in _names_of(material.record)
        if plain.endswith(one)
    ]
    return max(found, default=(0, ""))[1]
