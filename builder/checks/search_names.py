"""What the search finds: every item comes first for its own names, and everyday words lead where the word list says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from builder.content.model.companions import Terms
from builder.content.site import Site
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, quote

NOT_FIRST = Rule(
    "R230",
    "用名称搜索，要先找到这个事项",
    why="群众照名称搜，排在前面的却是别的事，会办错。",
    fix="看看是不是名称太短、太泛，或别的事项的别名写得太宽；改其中一个。",
    severity=Severity.WARNING,
)
LEADS_ELSEWHERE = Rule(
    "R231",
    "群众的说法，要先找到词表指向的事项",
    why="词表写了也没有用，群众看到的还是别的事。",
    fix="看看是不是别的事项的别名和它一样；或把那个事项也写进这一条的 items。",
    severity=Severity.WARNING,
)
RULES = (NOT_FIRST, LEADS_ELSEWHERE)

First = Callable[[Sequence[str]], Sequence[str]]  # questions -> the id of the first item found for each, "" for none


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with the items that may come first, and where an editor wrote it."""

    question: str
    right: frozenset[str]
    rule: Rule
    file: str
    path: KeyPath


def check_found(site: Site, first: First) -> Iterator[Finding]:
    """Yield what the search does not find first. `first` asks it."""
    questions = list(_asked(site))
    for one, id in zip(questions, first([one.question for one in questions]), strict=True):
        if id not in one.right:
            instead = site.card(id)
            came = f"先找到的是“{quote(instead.title if instead else '')}”（{id}）" if id else "什么也没找到"
            yield one.rule.at(one.file, *one.path, says=f"搜“{quote(one.question)}”，{came}", hint=one.rule.fix)


def _asked(site: Site) -> Iterator[Asked]:
    called: defaultdict[str, set[str]] = defaultdict(set)
    for card in site.offered:
        for _, text in _names(card.name, card.title, card.aliases):
            called[text].add(card.id)
    for terms in site.all(Terms):
        for word in terms.record.everyday:
            for say in word.say:
                called[say].update(word.items)
    for card in site.offered:
        for path, text in _names(card.name, card.title, card.aliases):
            yield Asked(text, frozenset(called[text]), NOT_FIRST, card.file, path)
            same = [namesake for id in called[text] if (namesake := site.card(id))]
            others = {namesake.area for namesake in same if namesake is not card}
            if path[0] == "name" and others - {card.area}:
                question = f"{site.area_name(card.area)} {text}"
                right = frozenset(namesake.id for namesake in same if namesake.area == card.area)
                yield Asked(question, right, NOT_FIRST, card.file, path)
    for terms in site.all(Terms):
        for index, word in enumerate(terms.record.everyday):
            for n, say in enumerate(word.say):
                path = ("everyday", index, "say", n)
                yield Asked(say, frozenset(called[say]), LEADS_ELSEWHERE, terms.file, path)


def _names(name: str, title: str, aliases: Sequence[str]) -> Iterator[tuple[KeyPath, str]]:
    yield ("name",), name
    if title != name:
        yield ("title",), title
    yield from ((("aliases", at), alias) for at, alias in enumerate(aliases))
