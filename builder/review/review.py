"""What changed between two states of a site, as those see it who have to judge it."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from builder.checks.printed_papers import OUTDATED, WITHDRAWN
from builder.content.addresses import subject_of
from builder.content.card import Card
from builder.content.model.companions import Audience, Law, Terms
from builder.content.model.kinds import BY_NAME, BY_RECORD, Key
from builder.content.settings import Level
from builder.content.site import Companion
from builder.context import frame_of
from builder.differences.comparison import Change, Difference, Version, differences
from builder.differences.levels import NOT_SHOWN, ORDER_OF_LEVELS, WIDE, WIDE_SAYS, verdict
from builder.form.slots import slots_by_keys
from builder.form.spelling import text_in
from builder.guide import TextSection, changes
from builder.render.pages import is_at_old_address, plan
from builder.review.said import Said, said_in
from builder.review.states import NotCompared, State
from builder.support.diagnostics import Finding, errors_in
from builder.support.fingerprint import digest

MOST_BASES = 2  # laws that stand beside a change


@dataclass(frozen=True, slots=True)
class Named:
    """An item by its id, its title and the name of its area; `url` is its page in the site before or after the change."""

    id: str
    title: str
    area: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One change: how grave it is and why; of what, in which file; before and after; whom it concerns, on what it rests.

    `items` are the guides that say something else by it. `change` and `field` say what was done to what.
    """

    level: Level
    says: str
    subject: str
    file: str
    case: str
    label: str
    change: Change
    field: tuple[str, ...]
    was: str
    now: str
    who: str
    basis: str
    items: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A guide whose text changed: its sections before and after, () where it was not there."""

    item: Named
    was: tuple[TextSection, ...]
    now: tuple[TextSection, ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages that are new, that are gone, and that moved: the old address and the new one.

    `withdrawn` are old addresses at which a page says why there is nothing; those of `moved` that are in `dead` do not
    lead on, for want of an entry in ``content/moved.yaml``.
    """

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A change, judged. `before` and `after` name the states; `number` is that of the sheet to sign.

    `errors` are those that keep the new state from being published; if there are any, nothing else is known. `findings`
    are those that the change brought, `older` the number of those that were there before. `papers` are printed papers that
    it makes wrong, `search` are names that are no longer found first, None where that was not looked at.
    """

    site: str
    before: str
    after: str
    number: str
    rows: tuple[Row, ...] = ()
    texts: tuple[ChangedText, ...] = ()
    papers: tuple[Finding, ...] = ()
    addresses: Addresses = field(default_factory=Addresses)
    search: tuple[Finding, ...] | None = None
    findings: tuple[Finding, ...] = ()
    older: int = 0
    errors: tuple[Finding, ...] = ()

    @property
    def items(self) -> tuple[Named, ...]:
        """The items that are concerned, each once."""
        return tuple({item.id: item for row in self.rows for item in row.items}.values())

    def of_level(self, level: Level) -> tuple[Row, ...]:
        """Return the rows of a level."""
        return tuple(row for row in self.rows if row.level is level)


# What names a state does not find first, of those that these items may answer; None if nothing can tell.
Search = Callable[[State, Collection[str]], Sequence[Finding] | None]


def review(before: State, after: State, own_levels: Mapping[str, Level], search: Search) -> Review:
    """Return what the change from one state to the other means. Raises `NotCompared` if the old state has errors."""
    site = after.project.settings.name
    errors = tuple(errors_in(after.build.findings))
    if errors:
        return Review(site, before.name, after.name, "", errors=errors)
    if before.build.errors:
        says = f"原来的内容（{before.name}）有 {before.build.errors} 处错误"
        raise NotCompared(says, "先让原来的内容能通过检查，或者和另一个提交比")
    comparison = _Comparison(before, after, own_levels)
    rows = tuple(sorted(comparison.rows(), key=lambda row: (ORDER_OF_LEVELS[row.level], -len(row.items))))
    new, older = _new_findings(before, after)
    edited = comparison.edited()
    found = search(after, edited) if edited else ()
    known = search(before, edited) if found else ()
    return Review(
        site=site,
        before=before.name,
        after=after.name,
        number=number_of(before, after),
        rows=rows,
        texts=tuple(comparison.texts()),
        papers=tuple(one for one in new if one.code in (OUTDATED.code, WITHDRAWN.code)),
        addresses=_addresses(before, after, comparison.moved),
        search=None if found is None else tuple(one for one in found if one not in (known or ())),
        findings=tuple(one for one in new if one.code not in (OUTDATED.code, WITHDRAWN.code)),
        older=older,
    )


def number_of(before: State, after: State) -> str:
    """Return the number of a change: eight characters that are others as soon as any content of either state is."""
    parts = [f"{file} {data}" for state in (before, after) for file, data in sorted(content_digests(state).items())]
    return digest("\n".join(parts).encode())[:8].upper()


def content_digests(state: State) -> dict[str, str]:
    """Return the digests of all files of a state that are content, and of its settings."""
    studied = state.build.studied
    files = [file for area in studied.areas.values() for file in area]
    own = {one.file: one.digest for one in studied.files if one.kind not in NOT_SHOWN}
    return {
        **own,
        **studied.digests_of(files),
        "site.yaml": digest(repr(sorted(state.project.raw_settings.items())).encode()),
    }


class _Comparison:
    """Compares two states that have no errors."""

    def __init__(self, before: State, after: State, own_levels: Mapping[str, Level]) -> None:
        self._before = before
        self._after = after
        self._own_levels = own_levels
        self._changed = _changed_records(before, after)
        ids = self._items_to_compare()
        self._was, self._now = said_in(before, ids), said_in(after, ids)
        self.moved = _moved(self._was, self._now)

    def rows(self) -> Iterator[Row]:
        """Yield the rows: what is known of single items, of the records that several share, and what is left."""
        explained: set[str] = set()
        for old, new in self._pairs():
            found = list(self._of_item(old, new))
            explained |= {new.card.id} if found else set()
            yield from found
        yield from self._of_whole_items()
        for row in self._of_companions():
            explained |= {item.id for item in row.items}
            yield row
        yield from self._of_settings(explained)
        for old, new in self._pairs():
            if old.text != new.text and new.card.id not in explained:
                yield from self._unexplained(old, new)

    def edited(self) -> set[str]:
        """Return the items that came, went, or have another record; all of them if what people call things changed."""
        if any(key[0] == BY_RECORD[Terms].name for key in self._changed):
            return {card.id for state in (self._before, self._after) for card in state.site.cards}
        same = {new.card.id for old, new in self._pairs() if old.item == new.item and old.card.id == new.card.id}
        return {*self._was, *self._now} - same

    def texts(self) -> Iterator[ChangedText]:
        """Yield the guides whose text changed, came or went."""
        for old, new in self._pairs():
            if old.text != new.text:
                yield ChangedText(self._named(new.card), old.text, new.text)
        old_ids = set(self.moved.values())
        for id, said in self._now.items():
            if id not in self._was and id not in self.moved:
                yield ChangedText(self._named(said.card), (), said.text)
        for id, said in self._was.items():
            if id not in self._now and id not in old_ids:
                yield ChangedText(self._named(said.card, self._before), said.text, ())

    # --- Items --------------------------------------------------------------------------------------------------------

    def _items_to_compare(self) -> list[str]:
        """Return the items whose file changed, or a record that they may show; all of them if the words of the site changed."""
        cards = [{card.id: card for card in state.site.cards} for state in (self._before, self._after)]
        files = [content_digests(state) for state in (self._before, self._after)]
        is_whole = (
            self._before.project.words != self._after.project.words
            or self._before.project.settings != self._after.project.settings
        )
        ids = dict.fromkeys((*cards[0], *cards[1]))
        if is_whole:
            return list(ids)
        return [id for id in ids if self._may_differ(cards[0].get(id), cards[1].get(id), files)]

    def _may_differ(self, old: Card | None, new: Card | None, files: Sequence[Mapping[str, str]]) -> bool:
        if old is None or new is None or files[0].get(old.file) != files[1].get(new.file) or old.public != new.public:
            return True
        return any(key in self._changed for card in (old, new) for key in card.references)

    def _pairs(self) -> Iterator[tuple[Said, Said]]:
        """Yield each item that both states show, also under another id."""
        for id, new in self._now.items():
            old = self._was.get(id) or self._was.get(self.moved.get(id, ""))
            if old is not None:
                yield old, new

    def _of_item(self, old: Said, new: Said) -> Iterator[Row]:
        if old.card.id != new.card.id:
            yield self._row(Difference("", ("item",), "网址", Change.CHANGED, old.card.url, new.card.url), new)
        for difference in differences(old.version, new.version):
            row = self._row(difference, new)
            yield row if old.text != new.text else replace(row, level=Level.GREY)  # the guide says what it said

    def _of_whole_items(self) -> Iterator[Row]:
        """Yield the items that came, and those that went."""
        old_ids = set(self.moved.values())
        for id, said in self._now.items():
            if id not in self._was and id not in self.moved:
                yield self._row(Difference("", ("item",), "指南", Change.ADDED, "", said.card.title), said)
        for id, said in self._was.items():
            if id not in self._now and id not in old_ids:
                yield self._row(Difference("", ("item",), "指南", Change.REMOVED, said.card.title, ""), said)

    def _row(self, difference: Difference, said: Said) -> Row:
        found = verdict(difference, self._own_levels)
        return Row(
            level=found.level,
            says=found.says,
            subject=said.card.title,
            file=said.card.file,
            case=difference.case,
            label=difference.label,
            change=difference.change,
            field=difference.field,
            was=difference.was,
            now=difference.now,
            who=difference.case or self._audiences(said),
            basis=self._basis(said),
            items=(self._named(said.card),),
        )

    def _audiences(self, said: Said) -> str:
        names = (self._after.site.find(Audience, id) for id in said.card.audiences)
        return "、".join(one.name for one in names if one) or "来办的人"

    def _basis(self, said: Said) -> str:
        text = text_in(said.item, said.version.raw, slots_by_keys(type(said.item))["legal",], said.version.names)
        return "\n".join(text.split("\n")[:MOST_BASES])

    def _unexplained(self, old: Said, new: Said) -> Iterator[Row]:
        """Yield what a guide says differently for no reason that is known: nothing may be left untold."""
        for part, gone, added in changes(old.text, new.text):
            difference = Difference("", ("text",), part, Change.CHANGED, "\n".join(gone), "\n".join(added))
            yield self._row(difference, new)

    def _named(self, card: Card, state: State | None = None) -> Named:
        site = (state or self._after).site
        return Named(card.id, card.title, site.area_name(card.area), card.url)

    # --- What items share ---------------------------------------------------------------------------------------------

    def _of_companions(self) -> Iterator[Row]:
        raws = [_raw_companions(state) for state in (self._before, self._after)]
        for key, (old, new) in self._changed.items():
            if key[0] in NOT_SHOWN or not (old or new):
                continue
            items = tuple(self._hanging_on(key))
            versions = [
                Version(one.record, raw.get(key), state.names) if one else None
                for one, raw, state in zip((old, new), raws, (self._before, self._after), strict=True)
            ]
            known = new or old
            assert known is not None  # noqa: S101 - one of both is there
            for difference in _of_records(versions[0], versions[1], key):
                yield self._shared_row(difference, key, known, items)

    def _shared_row(self, difference: Difference, key: Key, companion: Companion[Any], items: tuple[Named, ...]) -> Row:
        found = verdict(difference, self._own_levels)
        level, says = found.level, found.says
        if len(items) >= WIDE and ORDER_OF_LEVELS[level] > ORDER_OF_LEVELS[Level.ORANGE]:
            level, says = Level.ORANGE, WIDE_SAYS
        name = self._after.names.of(*key) if key in self._after.site.known else self._before.names.of(*key)
        return Row(
            level=level,
            says=says,
            subject=f"{BY_NAME[key[0]].label}“{name}”",
            file=companion.file,
            case="",
            label=difference.label,
            change=difference.change,
            field=difference.field,
            was=difference.was,
            now=difference.now,
            who=f"办这 {len(items)} 个事项的人" if items else "",
            basis=getattr(companion.record, "status_source", "") if isinstance(companion.record, Law) else "",
            items=items,
        )

    def _hanging_on(self, key: Key) -> Iterator[Named]:
        """Yield the guides whose text changed and that may show a record."""
        for old, new in self._pairs():
            if old.text != new.text and (key in old.uses or key in new.uses):
                yield self._named(new.card)

    def _of_settings(self, explained: set[str]) -> Iterator[Row]:
        settings = [state.project.settings for state in (self._before, self._after)]
        if settings[0] == settings[1]:
            return
        left = [new.card for old, new in self._pairs() if old.text != new.text and new.card.id not in explained]
        items = tuple(map(self._named, left))
        versions = [
            Version(state.project.settings, dict(state.project.raw_settings), state.names)
            for state in (self._before, self._after)
        ]
        for difference in differences(versions[0], versions[1]):
            found = verdict(difference.within("site"), self._own_levels)
            explained |= {item.id for item in items}
            yield Row(
                found.level, found.says, "网站设置", "site.yaml", "", difference.label, difference.change,
                difference.field, difference.was, difference.now, "来网站的人", "", items,
            )  # fmt: skip


def _of_records(old: Version | None, new: Version | None, key: Key) -> Iterator[Difference]:
    """Yield what is different in a record; that it came or went is one difference."""
    if old and new:
        yield from (one.within(key[0]) for one in differences(old, new))
    elif new:
        yield Difference("", (key[0],), BY_NAME[key[0]].label, Change.ADDED, "", new.names.of(*key))
    elif old:
        yield Difference("", (key[0],), BY_NAME[key[0]].label, Change.REMOVED, old.names.of(*key), "")


def _changed_records(before: State, after: State) -> dict[Key, tuple[Companion[Any] | None, Companion[Any] | None]]:
    """Return the records other than items that differ, each before and after."""
    was, now = ({one.key: one for one in state.site.companions} for state in (before, after))
    return {
        key: (was.get(key), now.get(key))
        for key in dict.fromkeys((*was, *now))
        if key not in was or key not in now or was[key].record != now[key].record
    }


def _raw_companions(state: State) -> dict[Key, Any]:
    return {
        (file.kind, id): raw
        for file in state.build.studied.files
        if file.raw_records
        for id, raw in marshal.loads(file.raw_records).items()
    }


def _moved(was: Mapping[str, Said], now: Mapping[str, Said]) -> dict[str, str]:
    """Return the items that have another id, or stand in another area: the new id and the old one."""
    gone = {(said.card.name, said.card.area): id for id, said in was.items() if id not in now}
    return {
        id: gone[name]
        for id, said in now.items()
        if id not in was and (name := (said.card.name, said.card.area)) in gone
    }


def _new_findings(before: State, after: State) -> tuple[list[Finding], int]:
    """Return the findings that the old state does not have, and the number of the others."""
    known = Counter((one.file, one.code, one.says) for one in before.build.findings)
    new = []
    for finding in after.build.findings:
        mark = (finding.file, finding.code, finding.says)
        if known[mark]:
            known[mark] -= 1
        else:
            new.append(finding)
    return new, len(after.build.findings) - len(new)


def _addresses(before: State, after: State, moved: Mapping[str, str]) -> Addresses:
    was, (now, told) = _addresses_of(before)[0], _addresses_of(after)
    known = {
        was_card.url: now_card.url
        for new, old in moved.items()
        if (was_card := before.site.card(old)) and (now_card := after.site.card(new))
    }
    left = [url for url in was if url not in now]
    alone = [url for url in left if (subject := subject_of(url)) == url or subject in now]  # and not with its item
    pairs = known | {url: told[url] for url in alone if told.get(url)}
    return Addresses(
        added=tuple(url for url in now if url not in was and url not in pairs.values()),
        gone=tuple(url for url in left if url not in pairs and url not in told),
        moved=tuple(pairs.items()),
        withdrawn=tuple(url for url in alone if told.get(url) == ""),
        dead=tuple(url for url in pairs if url not in told),
    )


def _addresses_of(state: State) -> tuple[dict[str, None], dict[str, str]]:
    """Return the addresses of the pages of a state, sorted; and its old addresses with that to which each leads, "" for none."""
    pages = plan(state.site, frame_of(state.site, {}, {}, state.project.words))
    old = {page.url: page.plan.to for page in pages if is_at_old_address(page)}
    urls = sorted(page.url for page in pages if page.url.endswith(".html") and page.url not in old)
    return dict.fromkeys(urls), old
