"""Addresses of the last release that a site no longer answers.

Published addresses are printed as QR codes, saved on phones and linked from other sites: each has to answer for ever, with a
page, or with an entry of ``content/moved.yaml`` that leads on or says why there is nothing.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from builder.content.addresses import RECORDS, AddressKind, kind_of_address, page_of, subject_of
from builder.content.card import Card
from builder.content.model.events import Event
from builder.content.model.item import Item
from builder.content.model.kinds import key
from builder.content.model.moved import Moved
from builder.content.site import Site
from builder.support.diagnostics import Finding, Rule, Severity

FILE = "content/moved.yaml"

VANISHED = Rule(
    "R264",
    "发布过的网址不能没有了",
    why="纸上的二维码、手机里的收藏、别的网站的链接，点开是“页面不存在”。",
    fix="照提示在 content/moved.yaml 里加一行：搬走的写 to（搬到哪里），撤下的写 gone（为什么撤下）。事项不办了，不要删文件，写 status: 已取消。",
)
LOST_FILE = Rule(
    "R265",
    "发布过的下载文件，换了名字、不见了要心里有数",
    why="别的网站、别人的程序还链着它；文件不像网页，不能自己转到新的地方。",
    fix="新文件用旧文件的名字，或者旧文件再留一段时间；确实不要了，就不用管。",
    severity=Severity.WARNING,
)
RULES = (VANISHED, LOST_FILE)

ALIKE = 0.6  # the share of pairs of characters that two pages have in common, from which one is taken for the other
MAX_LISTED = 3

# Returns the text of a page of a site as it was published, "" where it cannot be read.
ReadPage = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Vanished:
    """Pages that are gone, together with the page to which they belong: the sheets of an item with the item."""

    subject: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """What a release has and the next one has not.

    `sheets` are how many there were in each folder, where none are printed any more; `files` stand by their folder.
    """

    pages: tuple[Vanished, ...]
    sheets: Mapping[str, int]
    files: Mapping[str, tuple[str, ...]]


def lost(before: Collection[str], now: Collection[str]) -> Lost:
    """Return what is gone of the addresses `before`; both are all paths of a release.

    Parts of pages do not count, nor do later pages of a list. A PDF is not missed where its sheet still answers.
    """
    known, there = frozenset(before), frozenset(now)
    kinds = {url: kind_of_address(url, known) for url in sorted(known - there)}
    by_subject: dict[str, list[str]] = {}
    for url, kind in kinds.items():
        if kind is AddressKind.PAGE:
            by_subject.setdefault(subject_of(url), []).append(url)
    prints_no_more = ALL_SHEETS in kinds
    pages: list[Vanished] = []
    sheets: Counter[str] = Counter()
    for subject, urls in by_subject.items():
        if subject in urls and not (prints_no_more and _is_for_paper(subject)):
            pages.append(Vanished(subject, tuple(urls)))
        elif prints_no_more:
            sheets.update(map(_folder, filter(_is_for_paper, urls)))
            pages += [Vanished(url, (url,)) for url in urls if not _is_for_paper(url)]
        else:
            pages += [Vanished(url, (url,)) for url in urls]
    files: dict[str, list[str]] = {}
    for url, kind in kinds.items():
        if kind is AddressKind.FILE and not _has_sheet(url, there) and subject_of(url) not in by_subject:
            files.setdefault(_folder(url), []).append(url)
    return Lost(tuple(pages), sheets, {folder: tuple(urls) for folder, urls in files.items()})


ALL_SHEETS = "print/index.html"  # the list of all sheets, which a site that prints guides has


def _is_for_paper(url: str) -> bool:
    return url.startswith(("print/", "editions/"))


def _folder(url: str) -> str:
    return url.rpartition("/")[0]


def _has_sheet(url: str, there: Collection[str]) -> bool:
    found = re.fullmatch(r"pdf/(.+)\.pdf", url)
    return bool(found and f"print/{found[1]}.html" in there)


def check_vanished(
    before: Collection[str], now: Collection[str], site: Site, old_page: ReadPage, new_page: ReadPage, today: date
) -> Iterator[Finding]:
    """Yield a finding for what is gone of the addresses `before` of a release; `now` are those of the site.

    `old_page` and `new_page` return the text of a page of the one and of the other: an item that has another id now is
    known by what it is called and by what its page says.
    """
    gone = lost(before, now)
    added = [card for card in site.public if card.url not in before]
    answers: dict[str, list[str]] = {}
    for one in gone.pages:
        if event := _event_of_answer(one.subject, site):
            answers.setdefault(event, []).append(one.subject.rpartition("/")[2].removesuffix(".html"))
            continue
        name = heading(old_page(one.subject))
        says = f"上次发布的“{one.subject}”{f'（{name}）' if name else ''}没有了"
        if len(one.addresses) > 1:
            says += f"，连同它的打印页等共 {len(one.addresses)} 个网址"
        owner = subject_of(one.subject)
        is_sheet = owner != one.subject and owner in now
        to = owner if is_sheet else _meant(one.subject, name, site, added, old_page, new_page)
        yield VANISHED.at(FILE, says=says, hint=_hint(one.subject, name, to, today, _answers_in(one)))
    for event, ids in answers.items():
        listed = ", ".join(ids)
        says = f"上次发布的“print/event/{event}/”里，有 {len(ids)} 个答案的告知单没有了：{listed}"
        hint = f"在第一个问题里加一行“before: [{listed}]”，旧网址就转到这件事的告知单；已有 before 的，加在里面"
        yield VANISHED.at(f"content/events/{event}.yaml", says=says, hint=hint)
    if gone.sheets:
        listed = "、".join(f"{folder}/ {number} 个" for folder, number in gone.sheets.items())
        says = f"上次发布的打印页都没有了：{listed}"
        yield VANISHED.at(FILE, says=says, hint="纸上的二维码会打不开：site.yaml 里 print_guides 改回 是")
    for folder, urls in gone.files.items():
        listed = "、".join(urls[:MAX_LISTED]) + (f" 等 {len(urls)} 个" if len(urls) > MAX_LISTED else "")
        yield LOST_FILE.at(FILE, says=f"上次发布的文件没有了：{listed}", hint=_of_files(folder))


def _event_of_answer(url: str, site: Site) -> str:
    """Return the id of the event of this site of whose answer the sheet at `url` was, "" for another page."""
    found = re.fullmatch(r"print/event/([^/]+)/[^/]+\.html", url)
    return found[1] if found and key(Event, found[1]) in site.known else ""


def _answers_in(one: Vanished) -> list[str]:
    """Return the ids of the answers whose sheets are gone together with their event."""
    found = (re.fullmatch(r"print/event/[^/]+/([^/]+)\.html", url) for url in one.addresses)
    return [url[1] for url in found if url and one.subject != url[0]]


def heading(page: str) -> str:
    """Return the first heading of a page, "" where there is none."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return " ".join(_plain(found[1]).split()) if found else ""


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def _hint(old: str, name: str, to: str, today: date, answers: Sequence[str]) -> str:
    from builder.editing.scalars import scalar  # noqa: PLC0415 - loads all that edits files, which no build needs

    parts = [f"name: {scalar(name, in_brackets=True)}"] if name else []
    more = [f"answers: [{', '.join(answers)}]"] if answers else []
    is_item = (found := page_of(old)) is not None and found[0] == "items"
    if to:
        line = ", ".join((*parts, f"to: {to}", f"date: {today}", *more))
        return f"换了网址的，在 {FILE} 里加一行“{old}: {{{line}}}”；撤下了的，to 这一样换成 gone: 为什么撤下"
    why = "这个事项不再办理" if is_item else "这一页不再用了"
    line = ", ".join((*parts, f"gone: {why}", f"date: {today}", *more))
    also = "；事项不办了的，不用删文件，写 status: 已取消" if is_item else ""
    return f"在 {FILE} 里加一行“{old}: {{{line}}}”，gone 照实写为什么；搬走的，gone 换成 to: 现在的网址{also}"


def _of_files(folder: str) -> str:
    if folder == "pdf" or folder.startswith("pdf/"):
        return "故意不再提供 PDF 的，不用管；不是的，site.yaml 里 pdf 写回 是"
    if folder == "data" or folder.startswith("data/"):
        return "故意不再开放数据的，先告诉用数据的人；不是的，site.yaml 里 open_data 写回 是"
    return LOST_FILE.fix


def _meant(old: str, name: str, site: Site, added: Sequence[Card], old_page: ReadPage, new_page: ReadPage) -> str:
    """Return the address of the page that has come in the place of an old one, "" where none is known to have."""
    found = page_of(old)
    if found is None:
        return ""
    folder, id = found
    if RECORDS[folder] is not Item:
        same = [one.id for one in site.all(RECORDS[folder]) if name and name in _names(one.record)]
        return f"{folder}/{same[0]}.html" if len(same) == 1 else ""
    if codes := _codes(old_page(f"data/items/{id}.json")):
        same = [card.id for card in added if codes & _codes_of(site.item_in(card.file))]
        if len(same) == 1:
            return f"items/{same[0]}.html"
    for cards in (added, site.public):
        same = [card.id for card in cards if name in (card.name, card.title, *card.aliases)]
        if len(same) == 1:
            return f"items/{same[0]}.html"
    taken = {entry.record.to for entry in site.all(Moved)}  # these have come in the place of other pages
    return _most_alike(old_page(old), [card for card in added if card.url not in taken], new_page)


def _codes(record: str) -> set[str]:
    """Return the official codes in the record of an item as it was published."""
    try:
        codes = json.loads(record).get("codes", {})
        return {str(code) for code in codes.values() if isinstance(code, (str, int))}
    except (ValueError, AttributeError):
        return set()


def _codes_of(item: Item) -> set[str]:
    return {str(code) for code in item.codes.model_dump().values() if code} if item.codes else set()


def _names(record: object) -> tuple[str, ...]:
    texts = (getattr(record, field, "") for field in ("name", "title", "short"))
    return (*texts, *getattr(record, "aliases", ()))


def _most_alike(page: str, added: Sequence[Card], new_page: ReadPage) -> str:
    """Return the address of the new item whose page says nearly the same, "" where none does."""
    pairs = _pairs(page)
    alike = sorted(((_likeness(pairs, _pairs(new_page(card.url))), card.url) for card in added), reverse=True)
    return alike[0][1] if alike and alike[0][0] >= ALIKE else ""


def _pairs(page: str) -> Counter[str]:
    """Return how often each pair of characters stands in the text of a page."""
    found = re.search(r"<main[^>]*>(.*)</main>", page, re.DOTALL)
    text = (
        re.sub(r"\s+", "", _plain(re.sub(r"<(script|style|svg)\b.*?</\1>", "", found[1], flags=re.DOTALL)))
        if found
        else ""
    )
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of pairs that two texts have in common, from 0 to 1 (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
