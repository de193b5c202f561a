"""The search finds an item first by its own names, and by the everyday words that point to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from builder.content.model.companions import Terms
from builder.content.model.events import Life
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
EVENT_NOT_FIRST = Rule(
    "R232",
    "用“一件事”的名称和说法搜索，要先找到它",
    why="群众照自己的说法搜，看到的是别的大事，或什么也没有，就不知道有这一页。",
    fix="看看 lives.yaml 里别的大事是不是也写了这个说法；只留一处，或换个说法。",
    severity=Severity.WARNING,
)
RULES = (NOT_FIRST, LEADS_ELSEWHERE, EVENT_NOT_FIRST)

# Takes search texts; returns for each the id of the first item found, "" if none is found.
FirstResult = Callable[[Sequence[str]], Sequence[str]]
# The same for what happened to somebody: the name of the first.
FirstEvent = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A text to search for, the ids of the items that may come first, and the file and key path where it is written."""

    text: str
    expected: frozenset[str]
    rule: Rule
    file: str
    path: KeyPath


def all_questions(question: Question) -> bool:
    """Tell that a question is to be asked, whatever it is."""
    return True


USUAL = 20  # texts in which a pair of characters stands that tells nothing, such as 办理


def near(ids: Collection[str], site: Site) -> Callable[[Question], bool]:
    """Return what tells whether a question may be answered by one of the items `ids`: it means one, or reads like its names.

    To read alike is to have two characters in common that follow each other in few questions.
    """
    counted = Counter(pair for question in _questions(site) for pair in _pairs(question.text))
    cards = [card for id in ids if (card := site.card(id))]
    texts = [text for card in cards for _, text in _names(card.name, card.title, card.aliases)]
    telling = {pair for text in texts for pair in _pairs(text) if counted[pair] <= USUAL}
    meant = frozenset(ids)
    return lambda question: bool(question.expected & meant) or not telling.isdisjoint(_pairs(question.text))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def check_found(
    site: Site, first: FirstResult, is_asked: Callable[[Question], bool] = all_questions
) -> Iterator[Finding]:
    """Yield a finding for each name and everyday word by which the search does not find the right item first.

    Only those are looked at that are `is_asked`.
    """
    questions = [question for question in _questions(site) if is_asked(question)]
    for question, id in zip(questions, first([question.text for question in questions]), strict=True):
        if id not in question.expected:
            instead = site.card(id)
            result = f"先找到的是“{quote(instead.title if instead else '')}”（{id}）" if id else "什么也没找到"
            says = f"搜“{quote(question.text)}”，{result}"
            yield question.rule.at(question.file, *question.path, says=says, hint=question.rule.fix)


def check_events_found(site: Site, first: FirstEvent) -> Iterator[Finding]:
    """Yield a finding for each name and saying of what happened by which the search does not find its events first."""
    sayings = list(_sayings(site))
    for (text, name, file, path), found in zip(sayings, first([text for text, *_ in sayings]), strict=True):
        if found != name:
            result = f"先找到的是“{quote(found)}”" if found else "没有找到一件事"
            says = f"搜“{quote(text)}”，{result}"
            yield EVENT_NOT_FIRST.at(file, *path, says=says, hint=EVENT_NOT_FIRST.fix)


def _sayings(site: Site) -> Iterator[tuple[str, str, str, KeyPath]]:
    """Yield what leads to events: the text, the name that is to be found, and where it is written."""
    lives = {event.record.life for event in site.events}
    for life in site.all(Life):
        if life.id in lives:
            yield life.record.name, life.record.name, life.file, (life.id, "name")
            yield from (
                (say, life.record.name, life.file, (life.id, "say", n)) for n, say in enumerate(life.record.say)
            )
    for event in site.events:
        if event.record.name:
            yield event.record.name, event.record.name, event.file, ("name",)


def _questions(site: Site) -> Iterator[Question]:
    ids_by_name: defaultdict[str, set[str]] = defaultdict(set)
    for card in site.offered:
        for _, text in _names(card.name, card.title, card.aliases):
            ids_by_name[text].add(card.id)
    for terms in site.all(Terms):
        for word in terms.record.everyday:
            for phrase in word.say:
                ids_by_name[phrase].update(word.items)
    for card in site.offered:
        for path, text in _names(card.name, card.title, card.aliases):
            yield Question(text, frozenset(ids_by_name[text]), NOT_FIRST, card.file, path)
            same = [namesake for id in ids_by_name[text] if (namesake := site.card(id))]
            others = {namesake.area for namesake in same if namesake is not card}
            if path[0] == "name" and others - {card.area}:
                with_area = f"{site.area_name(card.area)} {text}"
                expected = frozenset(namesake.id for namesake in same if namesake.area == card.area)
                yield Question(with_area, expected, NOT_FIRST, card.file, path)
    for terms in site.all(Terms):
        for index, word in enumerate(terms.record.everyday):
            for n, phrase in enumerate(word.say):
                path = ("everyday", index, "say", n)
                yield Question(phrase, frozenset(ids_by_name[phrase]), LEADS_ELSEWHERE, terms.file, path)


def _names(name: str, title: str, aliases: Sequence[str]) -> Iterator[tuple[KeyPath, str]]:
    yield ("name",), name
    if title != name:
        yield ("title",), title
    yield from ((("aliases", at), alias) for at, alias in enumerate(aliases))
