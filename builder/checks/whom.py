"""Whom an item is stated to be for (`whom`): the guide says it in words, and no case says otherwise than the item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from builder.content.brought import materials_in
from builder.content.card import Card
from builder.content.fields import declared
from builder.content.model.companions import LibraryMaterial
from builder.content.model.item import Item
from builder.content.model.kinds import key
from builder.content.model.whom import FACETS, OLDEST, Whom, read_ages
from builder.content.site import Site
from builder.content.stated_for import texts_on_whom
from builder.support.diagnostics import Finding, KeyPath, Rule, quote

NOT_IN_WORDS = Rule(
    "C340",
    "写明给谁的（whom），指南里要有原话",
    why="“我能办什么”照 whom 告诉群众“条件里写着”。指南里没有这句话，群众对不上，还可能因此被排除在外。",
    fix="照 eligibility（谁能办）里的原话填；原话没写、拿不准的，从 whom 里删掉。",
)
CASE_DISAGREES = Rule(
    "C341",
    "情形写明给谁的，不能和事项写的不一样",
    why="事项说只给本地户口，一种情形却说给外地户口，分不清该听哪一个。",
    fix="各种情形不一样的，只写在情形里，从事项的 whom 里删掉。",
)
NO_CERTIFICATE = Rule(
    "C342",
    "whom 的 certificates 只写长期用的证件",
    why="群众照手里有什么证来选；申请表、当次去开的证明，办之前谁也没有。",
    fix="是长期用的证件，在材料库里给它写上 lasting: 是；不是的，从 certificates 里删掉。",
)
RULES = (NOT_IN_WORDS, CASE_DISAGREES, NO_CERTIFICATE)

_HUKOU = re.compile("户口|户籍|[京津]籍|非.籍|外地|外省|外埠|外来|流动人口|hukou", re.IGNORECASE)


def check_item(item: Item, file: str) -> Iterator[Finding]:
    """Yield findings about ages and 户口 that no text of the item tells, and about cases that disagree with it."""
    if not any(part.whom for part in item.parts):
        return
    texts = "\n".join(texts_on_whom(item))
    for path, part in item.placed_parts:
        if part.whom:
            yield from _not_in_words(part.whom, texts, file, (*path, "whom"))
            if path and item.whom:
                yield from _disagrees(part.whom, item.whom, file, (*path, "whom"))


def check_site(site: Site) -> Iterator[Finding]:
    """Yield findings about certificates: unknown to the guide, or none at all."""
    for card in site.cards:
        for id in dict.fromkeys(value for facet, value in card.stated.says if facet == "certificates"):
            if material := site.find(LibraryMaterial, id):
                yield from _certificate(id, material, card, site)


def _certificate(id: str, material: LibraryMaterial, card: Card, site: Site) -> Iterator[Finding]:
    if material.lasting and _names(id, material, card):
        return
    rule, says = NO_CERTIFICATE, f"{quote(material.name)}不是长期用的证件"
    hint = rule.fix
    if material.lasting:
        rule, says = NOT_IN_WORDS, f"指南里没有写{quote(material.name)}，别的叫法也没有"
        hint = f"条件里写了这种证的，把那种叫法加到材料库 {id} 的 aliases；没写的，从 whom 里删掉"
    for path in site.paths_to(card.file, key(LibraryMaterial, id)):
        if "whom" in path:
            yield rule.at(card.file, *path, says=says, hint=hint)


def _names(id: str, material: LibraryMaterial, card: Card) -> bool:
    called = (material.name, *material.aliases)
    asked = {one.ref for one in materials_in(card.brings_packed)}
    return id in asked or any(name in text for text in card.details.certificates for name in called)


def _not_in_words(whom: Whom, texts: str, file: str, path: KeyPath) -> Iterator[Finding]:
    for index, written in enumerate(whom.age):
        ages = read_ages(written)
        for number, others in ((ages.least, (ages.least - 1,)), (ages.most, (ages.most + 1,))):
            if number not in (0, OLDEST) and not any(_tells(one, texts) for one in (number, *others)):
                says = f"指南里没有写{number}岁"
                yield NOT_IN_WORDS.at(file, *path, "age", index, says=says, hint=NOT_IN_WORDS.fix)
                break
    if whom.hukou and not _HUKOU.search(texts):
        yield NOT_IN_WORDS.at(file, *path, "hukou", says="指南里没有写要哪里的户口", hint=NOT_IN_WORDS.fix)


def _tells(number: int, texts: str) -> bool:
    """Tell whether a number stands in `texts`, in digits or as 六十五."""
    return bool(re.search(rf"(?<!\d){number}(?!\d)", texts)) or _in_characters(number) in texts


def _in_characters(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens > 9:
        return "百岁" if number == 100 else str(number)
    digits = "零一二三四五六七八九"
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones or not tens else "")


def _disagrees(case: Whom, item: Whom, file: str, path: KeyPath) -> Iterator[Finding]:
    """Yield findings for facets of which a case states what the item does not: it may be for fewer, not for others."""
    for facet in FACETS:
        own, whole = getattr(case, facet), getattr(item, facet)
        if own and whole and not _within(facet, own, whole):
            label = declared(Whom)[facet].label
            says = f"{label}：这种情形写的是{_listed(own)}，事项写的是{_listed(whole)}"
            yield CASE_DISAGREES.at(file, *path, facet, says=says, hint=CASE_DISAGREES.fix)


def _within(facet: str, own: Iterable[str], whole: Iterable[str]) -> bool:
    if facet != "age":
        return set(own) <= set(whole)
    ranges = [read_ages(text) for text in whole]
    return all(
        any(one.sex in ("", age.sex) and one.least <= age.least and age.most <= one.most for one in ranges)
        for age in map(read_ages, own)
    )


def _listed(values: Iterable[str]) -> str:
    return "、".join(getattr(value, "label", value) for value in values)
