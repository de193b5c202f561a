"""The word list: everyday words are unique and point to their items, and titles use no retired terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from builder.content.card import Card
from builder.content.model.companions import Terms
from builder.content.site import Site
from builder.support.diagnostics import Finding, Rule, Severity

DUPLICATE_PHRASE = Rule(
    "R220",
    "群众的一种说法只写一次",
    why="同一句话写在两处，以后改了一处忘了另一处。",
    fix="合成一条，把指向的事项都写在 items 里。",
    severity=Severity.WARNING,
)
AMBIGUOUS = Rule(
    "R221",
    "群众的说法和一个事项的名称一样，就要指向它",
    why="同一个词，词表指向别的事项，群众看到的却可能是这个事项。",
    fix="把那个事项也写进 items；或者换一个说法。",
    severity=Severity.WARNING,
)
RETIRED = Rule(
    "L510",
    "名称里不要用已经停用的词",
    why="群众搜不到，也会以为网站很久没有更新。",
    fix="改成提示里的现行说法；确实是旧文件的名称，请在词表里去掉这个词。",
    severity=Severity.WARNING,
)
RULES = (DUPLICATE_PHRASE, AMBIGUOUS, RETIRED)


def check_site(site: Site) -> Iterator[Finding]:
    """Yield findings for everyday words that are repeated or do not point to an item of that name, and for retired terms.

    Retired terms are looked for in titles that differ from the official name.
    """
    cards_by_name: defaultdict[str, list[Card]] = defaultdict(list)
    for card in site.offered if site.all(Terms) else ():
        for name in dict.fromkeys((card.name, card.title, *card.aliases)):
            cards_by_name[name].append(card)
    for companion in site.all(Terms):
        words = companion.record
        seen: set[str] = set()
        for index, word in enumerate(words.everyday):
            for n, phrase in enumerate(word.say):
                path = ("everyday", index, "say", n)
                if phrase in seen:
                    says = f"“{phrase}”前面已经写过"
                    yield DUPLICATE_PHRASE.at(companion.file, *path, says=says, hint=DUPLICATE_PHRASE.fix)
                seen.add(phrase)
                for card in cards_by_name.get(phrase, ()):
                    if card.id not in word.items:
                        says = f"事项“{card.title}”（{card.id}）也叫“{phrase}”，这里没有指向它"
                        yield AMBIGUOUS.at(companion.file, *path, says=says, hint=AMBIGUOUS.fix)
        for card in site.public:
            for retired in words.retired:
                for term in retired.term:
                    if term in card.title and card.title != card.name:
                        hint = f"“{term}”改成“{retired.instead}”" if retired.instead else retired.why
                        yield RETIRED.at(card.file, "title", says=f"“{term}”已经停用", hint=hint)
