"""Events (一件事) fit the items that they lead through: nothing unknown, nothing unreachable, nothing that contradicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from builder.content.card import Card
from builder.content.fields import listed
from builder.content.model.companions import Area, LibraryMaterial
from builder.content.model.events import Event, EventItem, pair
from builder.content.model.item import Item, Procedure, Status
from builder.content.model.materials import Material, MaterialEntry, Whose, in_order
from builder.content.site import Companion, Site
from builder.merge.trips import Visit, meet, visit_of
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, did_you_mean, quote

OUT_OF_FORCE = Rule(
    "E601",
    "“一件事”里的事项要在办",
    why="群众一步一步照着办，会卡在已经取消的一步上。",
    fix="换成现在办的事项，或从这件事里删掉这一步。",
)
SUSPENDED = Rule(
    "E610",
    "“一件事”里暂停办理的事项，页面上先不列",
    why="暂停的这一步不出现在页面上，群众不知道还有它。",
    fix="恢复办理后会自己回来；不再办的，从这件事里删掉这一步。",
    severity=Severity.WARNING,
)
IN_A_CIRCLE = Rule(
    "E602",
    "“办完哪个才能办”不能转圈",
    why="甲要等乙，乙又要等甲，哪个也办不了。",
    fix="删掉其中一个 after。",
)
OUT_OF_ORDER = Rule(
    "E603",
    "先办的要排在前面",
    why="页面照单子的先后写“第1件、第2件”；后办的排在前面，群众会先跑错地方。",
    fix="把要先办的那一步移到前面，或删掉 after。",
)
NOT_THERE = Rule(
    "E604",
    "“一件事”里写的问题、答案、情形、人，都要有",
    why="对不上的一句不起作用，该藏的不藏，该列的不列。",
    fix="照提示改成有的编号或说法。",
)
DOES_NOT_BELONG = Rule(
    "E605",
    "“一件事”是一个地区的几个事项，一个答案下各列一次",
    why="别的地区的窗口办不了；同一个事项列两次，材料会算成两份。",
    fix="只写本地区的事项；重复的删掉一个，或用 if 分到不同的答案下。",
)
EMPTY_OPTION = Rule(
    "E606",
    "每个答案下都要有事可办，只能领一种的不能一起列",
    why="群众选了以后什么也没有，或看到两样只能领一样的都让他办。",
    fix="给这个答案写上事项，或删掉它；只能领一种的，用 if 分到不同的答案下。",
)
TWINS = Rule(
    "E607",
    "条件和材料一样的两个事项，不要都列",
    why="多半是同一件事的两个名字，群众会跑两趟。",
    fix="只留一个；不是同一件事的，用 if 分到不同的答案下。",
    severity=Severity.WARNING,
)
TOO_LATE = Rule(
    "E608",
    "几步的期限和日子要对得上",
    why="前一步办好要的时间，比这一步的期限还长，群众怎么也来不及；在同一个地方办的两步，能办的日子碰不上，群众要多跑一趟。",
    fix="核对两个事项的时限和日子；不用等前一步的，删掉 after。",
    severity=Severity.WARNING,
)
OWNER_UNSAID = Rule(
    "E609",
    "一起办的几个事项，同一样材料都要写清是谁的",
    why="一处写了是谁的，一处没写，合起来不知道是不是同一份，只能分开列。",
    fix="在没写的事项里，给这样材料写上 whose（是谁的）；资料没写的，在它的 notes 里写一句，如 身份证是谁的，资料没有写。",
    severity=Severity.WARNING,
)
RULES = (
    OUT_OF_FORCE,
    IN_A_CIRCLE,
    OUT_OF_ORDER,
    NOT_THERE,
    DOES_NOT_BELONG,
    EMPTY_OPTION,
    TWINS,
    TOO_LATE,
    OWNER_UNSAID,
    SUSPENDED,
)


def check_event(companion: Companion[Event], site: Site) -> Iterator[Finding]:
    """Yield the findings about an event. Of the items of `site` it looks at those that it names, and at one with its own id."""
    return _Event(companion, site).findings()


def named_in(companion: Companion[Event]) -> frozenset[str]:
    """Return the ids of all items at which `check_event` looks."""
    event = companion.record
    steps = (id for step in event.items for id in (step.item, *step.after))
    return frozenset((*steps, *event.only_one, companion.id))


@dataclass(frozen=True)
class _Event:
    """An event with the site in which it stands."""

    companion: Companion[Event]
    site: Site

    def findings(self) -> Iterator[Finding]:
        yield from self._forces()
        yield from self._order()
        yield from self._names()
        yield from self._places()
        yield from self._options()
        yield from self._pairs()

    # --- What it is made of ---

    @property
    def _record(self) -> Event:
        return self.companion.record

    @cached_property
    def _cards(self) -> Mapping[int, Card]:
        """The cards of its steps by position, without those that nobody knows."""
        found = ((at, self.site.card(step.item)) for at, step in enumerate(self._record.items))
        return {at: card for at, card in found if card}

    @cached_property
    def _items(self) -> Mapping[int, Item]:
        """The items of its steps by position."""
        return {at: self.site.item_in(card.file) for at, card in self._cards.items()}

    @cached_property
    def _choices(self) -> Sequence[tuple[str, Mapping[str, str]]]:
        """The answers to the first question, each as its text and as what is chosen; one without any where nothing is asked."""
        if not self._record.questions:
            return (("", {}),)
        main = self._record.questions[0]
        return [(option.text, {main.id: option.id}) for option in main.options]

    def _done(self, chosen: Mapping[str, str]) -> list[tuple[int, EventItem]]:
        """Return the steps of who has `chosen`, with their positions."""
        return [(at, step) for at, step in enumerate(self._record.items) if step.is_done(chosen)]

    def _at(self, rule: Rule, path: KeyPath, says: str, hint: str = "") -> Finding:
        return rule.at(self.companion.file, *path, says=says, hint=hint or rule.fix)

    # --- The rules ---

    def _forces(self) -> Iterator[Finding]:
        for at, card in self._cards.items():
            status = self._items[at].status
            if status is Status.CANCELLED:
                says = f"“{quote(card.title)}”已经取消"
                yield self._at(OUT_OF_FORCE, ("items", at), says, self._instead(card.replaced_by))
            elif status is Status.SUSPENDED:
                yield self._at(SUSPENDED, ("items", at), f"“{quote(card.title)}”暂停办理")

    def _instead(self, item: str) -> str:
        """Return what to do with a step in whose place `item` came, "" for none."""
        if any(step.item == item for step in self._record.items):
            return f"代替它的 {item} 已经列了，删掉这一条"
        return f"改成 {item}" if item else OUT_OF_FORCE.fix

    @property
    def _has_unknown(self) -> bool:
        """Whether an item of a step is not known, which is told as an unknown id: what hangs on it is not told again."""
        return len(self._cards) < len(self._record.items)

    def _order(self) -> Iterator[Finding]:
        steps = self._record.items
        waits = {step.item: step.after for step in steps}
        last = {step.item: at for at, step in enumerate(steps)}
        for at, step in enumerate(steps):
            for index, before in enumerate(step.after):
                path: KeyPath = ("items", at, "after", index)
                if before not in last:
                    if not self.site.card(before) or self._has_unknown:
                        continue
                    hint = did_you_mean(before, last) or "after 里只写这件事里别的事项"
                    yield self._at(NOT_THERE, path, f"这件事里没有“{quote(before)}”这个事项", hint)
                elif _leads_to(before, step.item, waits):
                    yield self._at(IN_A_CIRCLE, path, f"“{step.item}”要等“{before}”，“{before}”又要等“{step.item}”")
                elif not any(other.item == before for other in steps[:at]):
                    hint = f"把“{before}”移到“{step.item}”前面，或删掉这个 after"
                    yield self._at(OUT_OF_ORDER, path, f"“{before}”要先办，却排在后面", hint)

    def _names(self) -> Iterator[Finding]:
        event = self._record
        options = {question.id: {option.id: option.text for option in question.options} for question in event.questions}
        for at, step in enumerate(event.items):
            for index, (question, option) in enumerate(map(pair, step.if_)):
                path: KeyPath = ("items", at, "if", index)
                if question not in options:
                    hint = did_you_mean(question, options) or _listed("问题", options)
                    yield self._at(NOT_THERE, path, f"没有编号为“{quote(question)}”的问题", hint)
                elif option not in options[question]:
                    hint = _id_of(option, options[question], f"{question}=") or _listed("答案", options[question])
                    yield self._at(NOT_THERE, path, f"问题“{question}”没有“{quote(option)}”这个答案", hint)
            for index, (who, person) in enumerate(map(pair, step.people)):
                path = ("items", at, "people", index)
                if who not in Whose.names():
                    hint = did_you_mean(who, Whose.names()) or _listed("人", Whose.names())
                    yield self._at(NOT_THERE, path, f"指南里不会有“{quote(who)}”这个人", hint)
                elif person not in event.people:
                    hint = did_you_mean(person, event.people) or "先写进这件事的 people 里"
                    if who in event.people and person in Whose.names():
                        hint = f"左右写反了，改成 {person}={who}"
                    elif together := next((one for one in event.people if person in re.split("[、，,；]", one)), ""):
                        hint = f"这件事的 people 里，一条写一个人：[{', '.join(re.split('[、，,；]', together))}]"
                    yield self._at(NOT_THERE, path, f"这件事的 people 里没有“{quote(person)}”", hint)
            if item := self._items.get(at):
                cases = {variant.id: variant.name for variant in item.variants}
                if step.case and step.case not in cases:
                    hint = _id_of(step.case, cases) or (_listed("情形", cases) if cases else "删掉 case")
                    yield self._at(
                        NOT_THERE, ("items", at, "case"), f"“{step.item}”没有“{quote(step.case)}”这种情形", hint
                    )
        for index, one in enumerate(event.only_one):
            if one not in {step.item for step in event.items} and self.site.card(one) and not self._has_unknown:
                hint = did_you_mean(one, [step.item for step in event.items]) or "only_one 里只写这件事里的事项"
                yield self._at(NOT_THERE, ("only_one", index), f"这件事里没有“{quote(one)}”这个事项", hint)
        for index, day in enumerate(event.starts):
            if (what := day.removesuffix("起").removesuffix("之日")) != day:
                yield self._at(NOT_THERE, ("starts", index), f"“{quote(day)}”里“之日起”不用写", f"改成 {what}")
        yield from self._whens()

    def _whens(self) -> Iterator[Finding]:
        """Yield findings for conditions that an answer settles and that no material has."""
        known = {entry.when for item in self._items.values() for entry in _entries(item) if entry.when}
        for at, question in enumerate(self._record.questions):
            for nth, option in enumerate(question.options):
                for field, texts in (("holds", option.holds), ("fails", option.fails)):
                    for index, text in enumerate(texts):
                        if text not in known:
                            path: KeyPath = ("questions", at, "options", nth, field, index)
                            hint = did_you_mean(text, known) or "照材料里 when 的原文写，一字不差"
                            yield self._at(NOT_THERE, path, f"这件事的材料里，没有哪样的 when 是“{quote(text)}”", hint)

    def _places(self) -> Iterator[Finding]:
        event = self._record
        for at, card in self._cards.items():
            if card.area != event.area and self.site.find(Area, event.area):
                says = f"“{quote(card.title)}”是{self.site.area_name(card.area) or card.area}的事项"
                yield self._at(DOES_NOT_BELONG, ("items", at), says)
        if len(event.items) < 2 and not self._has_unknown:
            yield self._at(DOES_NOT_BELONG, ("items",), "只有一个事项", "一个事项不用写成“一件事”：删掉这个文件")
        if self.site.card(self.companion.id):
            says = f"“{self.companion.id}”已经是一个事项的编号"
            yield self._at(DOES_NOT_BELONG, (), says, f"文件名改成 {event.area}-{event.life}.yaml 这样")
        told: set[int] = set()
        for text, chosen in self._choices:
            seen: dict[tuple[str, str], int] = {}
            for at, step in self._done(chosen):
                first = seen.setdefault((step.item, step.case), at)
                if first != at and at not in told and not self._excludes(event.items[first], step):
                    told.add(at)
                    under = f"选“{text}”时，" if text else ""
                    yield self._at(DOES_NOT_BELONG, ("items", at), f"{under}“{step.item}”列了两次")

    def _excludes(self, one: EventItem, other: EventItem) -> bool:
        """Tell whether no answers lead to both steps."""
        answers = other.answers
        return any(not set(options) & set(answers[of]) for of, options in one.answers.items() if of in answers)

    def _options(self) -> Iterator[Finding]:
        told: set[frozenset[int]] = set()
        for nth, (text, chosen) in enumerate(self._choices):
            done = self._done(chosen)
            if not done:
                path: KeyPath = ("questions", 0, "options", nth)
                yield self._at(EMPTY_OPTION, path, f"选“{quote(text)}”的，一个事项也没有")
            alone = [(at, step) for at, step in done if step.item in self._record.only_one]
            for (at, one), (later, other) in combinations(alone, 2):
                both = frozenset((at, later))
                if one.item != other.item and both not in told and not self._excludes(one, other):
                    told.add(both)
                    under = f"选“{quote(text)}”时，" if text else ""
                    says = f"{under}“{one.item}”和“{other.item}”一起列了，它们只能领一种"
                    yield self._at(EMPTY_OPTION, ("items", later), says)

    def _pairs(self) -> Iterator[Finding]:
        told: set[tuple[int, int]] = set()
        for _, chosen in self._choices:
            steps = [(at, step) for at, step in self._done(chosen) if at in self._items]
            for (at, one), (later, other) in combinations(steps, 2):
                if (at, later) in told or self._excludes(one, other):
                    continue
                told.add((at, later))
                first, second = self._items[at], self._items[later]
                if one.item != other.item and _are_twins(first, second):
                    says = f"“{other.item}”和“{one.item}”的条件、材料一样"
                    yield self._at(TWINS, ("items", later), says)
                if one.item in other.after:
                    yield from self._late(later, first, second, other.case)
                yield from self._apart(later, (one, first), (other, second))
        yield from self._owners()

    def _late(self, at: int, before: Item, item: Item, case: str) -> Iterator[Finding]:
        takes = before.time.promised if before.time and not isinstance(before.time, str) else None
        parts = [item, *(variant for variant in item.variants if variant.id == case)]
        for window in (window for part in parts for window in listed(part.windows)):
            within = window.span().within
            if not takes or takes.is_at_once:
                continue
            if within and takes.has_end and not within.is_longer_than(takes):
                says = f"要在{window.when}办，前一步“{before.title or before.name}”却要{takes}"
                yield self._at(TOO_LATE, ("items", at), says)

    def _apart(self, at: int, before: tuple[EventItem, Item], step: tuple[EventItem, Item]) -> Iterator[Finding]:
        """Yield a finding for two steps at one place of which the days never meet, unless a note tells that there are two trips."""
        first, second = (_visit(*one) for one in (before, step))
        waits = before[0].item in step[0].after and not first.is_done_at_once
        if waits or meet(first, second) or not set(first.places) & set(second.places):
            return
        if not any(_TRIP in one.note for one, _ in (before, step)):
            says = f"和“{before[1].title or before[1].name}”在同一个地方办，能办的日子却碰不上"
            hint = "核对两个事项的 windows；日子没有错的，在这一步的 note 里写明要跑两趟"
            yield self._at(TOO_LATE, ("items", at), says, hint)

    def _owners(self) -> Iterator[Finding]:
        """Yield a finding for each certificate of which one step says whose it is, and another for the same people does not.

        An item whose notes tell editors that nobody knows whose a certificate is has been looked at.
        """
        told: set[tuple[int, str]] = set()
        for _, chosen in self._choices:
            steps = [(at, step) for at, step in self._done(chosen) if at in self._items]
            said: dict[str, str] = {}
            unsaid: list[tuple[int, EventItem, str]] = []
            for at, step in steps:
                for entry in _entries(self._items[at], step.case):
                    if isinstance(entry, Material) and entry.ref and entry.whose:
                        said.setdefault(entry.ref, step.item)
                    elif isinstance(entry, Material) and entry.ref:
                        unsaid.append((at, step, entry.ref))
            for at, step, ref in unsaid:
                material = self.site.find(LibraryMaterial, ref)
                if not material or not material.lasting or _is_noted(self._items[at], material):
                    continue
                if said.get(ref, step.item) != step.item and (at, ref) not in told:
                    told.add((at, ref))
                    says = f"“{said[ref]}”写了{material.name}是谁的，“{step.item}”没有写"
                    yield self._at(OWNER_UNSAID, ("items", at), says)


_TRIP = "趟"  # by which a note tells of trips


def _visit(step: EventItem, item: Item) -> Visit:
    part: Procedure = next((variant for variant in item.variants if variant.id == step.case), item)
    return visit_of(0, item, part, [at.place for at in part.places or item.places])


def _leads_to(start: str, goal: str, waits: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether one has to wait for `goal` before `start` is done."""
    seen, queue = {start}, [start]
    while queue:
        for one in waits.get(queue.pop(), ()):
            if one == goal:
                return True
            if one not in seen:
                seen.add(one)
                queue.append(one)
    return start == goal


def _entries(item: Item, case: str = "") -> Iterator[MaterialEntry]:
    """Yield the entries of the lists of materials of an item; with a `case`, without those of its other cases."""
    parts = (item, *(one for one in item.variants if case in ("", one.id)))
    for part in parts:
        yield from (placed.entry for placed in in_order(listed(part.materials)))


def _is_noted(item: Item, material: LibraryMaterial) -> bool:
    """Tell whether a note for editors says that it is not known whose a certificate is, by any of its names."""
    names = (material.name, *material.aliases)
    return any("谁的" in note and any(name in note for name in names) for note in item.notes)


def _are_twins(one: Item, other: Item) -> bool:
    """Tell whether two items state the same conditions and the same materials."""
    stated = bool(listed(one.materials) and listed(one.eligibility))
    return stated and one.materials == other.materials and one.eligibility == other.eligibility


def _id_of(written: str, names: Mapping[str, str], before: str = "") -> str:
    """Return what to write for one of `names` that was written, or nearly so, "" for none."""
    meant = next((id for id, name in names.items() if name == written), "")
    return f"改成 {before}{meant}" if meant else did_you_mean(written, names)


def _listed(what: str, names: Sequence[str] | Mapping[str, object]) -> str:
    return f"有的{what}：" + "、".join(names) if names else f"这件事里没有写{what}"
