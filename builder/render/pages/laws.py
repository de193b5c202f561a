"""Laws from behind: whether each is in force, what replaces it, and which items rest on it, with the article, by area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.content.model.companions import Law, LawStatus
from builder.content.model.kinds import key
from builder.content.site import Companion, Site
from builder.content.traces import Citation
from builder.context import Words
from builder.render.page import PageContext
from builder.render.pages.traced_records import (
    Indexed,
    IndexLine,
    Sections,
    Told,
    TracedKind,
    in_order,
    named_by_public,
)
from builder.wording.choices import choice_in_words
from builder.wording.joining import joined
from builder.wording.times import day

ENDED = (LawStatus.REPEALED, LawStatus.REPLACED)
GROUPS = ("law_ended", "law_unknown", "law_in_force")  # of the index, in its order
ITEMS = "items"  # the only section of a page


@dataclass(frozen=True, slots=True)
class AboutLaw:
    """What is told of a law. `ended` tells that it is no longer in force; `now` and `replaces` are addresses and titles of other laws."""

    facts: tuple[tuple[str, str], ...]
    source_url: str
    ended: str
    now: tuple[str, str] | None
    replaces: tuple[tuple[str, str], ...]


def _laws(site: Site) -> list[Companion[Law]]:
    """Return the laws on which public items rest, and those that replaced them, in pinyin order."""
    known = {law.id: law for law in site.all(Law)}
    laws: dict[str, Companion[Law]] = {}
    for law in named_by_public(site, Law):
        one: Companion[Law] | None = law
        while one and one.id not in laws:
            laws[one.id] = one
            one = known.get(_now(one.record))
    return in_order(laws.values())


def _grouped(lines: Sequence[Indexed[Law]]) -> Iterable[tuple[str, list[IndexLine]]]:
    """Return the lines of the index: those that are no longer in force first, then those of which it is not known."""
    grouped: dict[str, list[IndexLine]] = {group: [] for group in GROUPS}
    for law, line in lines:
        grouped[_group(law.record)].append(line)
    return grouped.items()


def _now(law: Law) -> str:
    """Return the id of the law that stands in the place of one that is no longer in force, "" for none."""
    return (law.replaced_by or "") if law.status in ENDED else ""


def _group(law: Law) -> str:
    if law.status in ENDED:
        return "law_ended"
    return "law_in_force" if _is_proved(law) else "law_unknown"


def _is_proved(law: Law) -> bool:
    """Tell whether it is known to be in force: by which source, and when that was looked up."""
    return law.status is LawStatus.IN_FORCE and bool(law.status_source and law.status_date)


def _facts(law: Law, words: Words) -> Iterator[tuple[str, str]]:
    rows = (
        ("law_number", law.number),
        ("law_issuer", law.issuer),
        ("law_issued", day(law.issued, words)),
        ("law_effect", _effect(law, words)),
    )
    yield from ((words[label], text) for label, text in rows if text)


def _effect(law: Law, words: Words) -> str:
    """Return what is known of its force. That it is in force is said only with the source and the day."""
    if law.status not in ENDED and not _is_proved(law):
        return words["law_force_unknown"]
    checked = words["law_checked"].format(day=day(law.status_date, words)) if law.status_date else ""
    return joined((choice_in_words(law.status, words), law.status_source, checked), words)


class _Brief(NamedTuple):
    """What the index tells of a law: its number, "" or how it ended, and the title of the law that replaces it."""

    number: str
    ended: str
    now: str


def _brief(law: Law, site: Site) -> _Brief:
    now = site.find(Law, _now(law))
    return _Brief(law.number, law.status.value if law.status in ENDED else "", now.title if now else "")


def _line_facts(brief: _Brief, counted: str, words: Words) -> tuple[str, str]:
    """Return what the index tells of a law: 已废止，现在看《民法典》; its number, and how many items rest on it."""
    instead = words["law_now"].format(title=brief.now) if brief.now else ""
    ended = joined((choice_in_words(LawStatus.of(brief.ended), words), instead), words) if brief.ended else ""
    return ended, joined((brief.number, counted), words)


class _Others(NamedTuple):
    """Other laws by their ids: "" or the one that replaces a law, and those that it replaced."""

    now: str
    replaced: tuple[str, ...]


def _told(law: Companion[Law], found: Sections, laws: Sequence[Companion[Law]], _site: Site) -> Told:
    others = _Others(_now(law.record), tuple(one.id for one in laws if _now(one.record) == law.id))
    return Told(found, others, tuple(key(Law, id) for id in (others.now, *others.replaced) if id))


def _about(law: Law, others: _Others, context: PageContext) -> AboutLaw:
    def linked(id: str) -> tuple[str, str]:
        return LAWS.address(id), LAWS.title(context.get(Law, id).title, context.words)

    return AboutLaw(
        tuple(_facts(law, context.words)),
        law.url,
        choice_in_words(law.status, context.words) if law.status in ENDED else "",
        linked(others.now) if others.now else None,
        tuple(map(linked, others.replaced)),
    )


LAWS = TracedKind(
    Law,
    page="law",
    folder="laws",
    counted={ITEMS: "rested_on_by"},
    records=_laws,
    traces={ITEMS: Citation},
    name=lambda law: law.title,
    title_word="title_of_document",
    groups=_grouped,
    brief=_brief,
    facts=_line_facts,
    told=_told,
    about=_about,
    says=lambda citation, _law, _words: str(citation.article),
)
FAMILY = LAWS.family()
