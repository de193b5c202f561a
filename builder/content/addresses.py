"""Addresses of pages: which belong to the page of one record, and what an address is to those who have it.

An address is the path of a file of the site, relative and with ``/``. That of a page may be printed on paper, saved on a
phone or linked from elsewhere, so it has to answer for ever (W3C, "Cool URIs don't change").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from builder.content.fields import Record
from builder.content.model.companions import Area, Audience, Booklet, Department, FreePage, Place, Topic
from builder.content.model.disclosure import DisclosureList
from builder.content.model.editions import PaperKind
from builder.content.model.events import Event
from builder.content.model.item import Item

SHEETS_OF_ITEMS = (PaperKind.GUIDE, PaperKind.SHORT, PaperKind.NOTICE, PaperKind.POSTER, PaperKind.LEAFLET)

# The records that have a page of their own, by the folder in which it stands.
RECORDS: Mapping[str, type[Record]] = {
    "items": Item,
    "departments": Department,
    "places": Place,
    "topics": Topic,
    "audiences": Audience,
    "areas": Area,
    "pages": FreePage,
    "disclosure": DisclosureList,
    "print/booklet": Booklet,
    "events": Event,
}

# What stands beside the page of a record, by the folder of that page: it comes and goes with the page.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "items": (
        *(f"print/{kind}/{{id}}.html" for kind in SHEETS_OF_ITEMS),
        "editions/{id}.html",
        "data/items/{id}.json",
    ),
    "departments": ("print/board/{id}.html", "print/booklet/department-{id}.html"),
    "places": ("print/card/{id}.html", "print/sign/{id}.html"),
    "topics": ("print/booklet/topic-{id}.html",),
    "events": ("print/event/{id}.html", "print/booklet/event-{id}.html", "data/events/{id}.json"),
}

# What stands there as often as its record says: the sheets of an event for each answer.
SOME_BESIDE: Mapping[str, tuple[str, ...]] = {"events": ("print/event/{id}/{answer}.html",)}

PAGE_SUFFIXES = (".html", ".htm", ".shtml")
_PARTS_OF_PAGES = (".css", ".js", ".mjs", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2")
_FOR_THE_SEARCH = ("search/", "pagefind/")
_FOR_MACHINES = re.compile(
    r"sitemap(?:-\d+)?\.xml|data/(?:areas/)?[^/]+-\d+(?:-[a-z]+)?\.(?:json|csv)|data/manifest\.json"
)


class AddressKind(StrEnum):
    """What an address is to those who have it."""

    PAGE = "page"  # someone reads it; a page that leads on can stand in its place
    FILE = "file"  # someone, or a program, fetches it; nothing can stand in its place
    PART = "part"  # only pages of the same release ask for it


def page_of(url: str) -> tuple[str, str] | None:
    """Return the folder and the id of the record whose page is at `url`, None for another page."""
    folder, _, name = url.rpartition("/")
    return (folder, name.removesuffix(".html")) if folder in RECORDS and name.endswith(".html") else None


def beside(url: str) -> Iterator[str]:
    """Yield the addresses of what may stand beside the page of a record at `url`: its sheets, its data."""
    if found := page_of(url):
        yield from (form.format(id=found[1]) for form in BESIDE.get(found[0], ()))


def subject_of(url: str) -> str:
    """Return the address of the page to which what is at `url` belongs: that of the item for its sheets; `url` for others."""
    if found := re.fullmatch(r"pdf/(.+)\.pdf", url):
        return subject_of(f"print/{found[1]}.html")
    return next((f"{folder}/{found['id']}.html" for form, folder in _FORMS if (found := form.fullmatch(url))), url)


_FORMS = [
    (re.compile(re.escape(form).replace(r"\{id\}", "(?P<id>[^/]+)").replace(r"\{answer\}", "[^/]+")), folder)
    for folder, forms in BESIDE.items()
    for form in (*forms, *SOME_BESIDE.get(folder, ()))
]


def kind_of_address(url: str, all_addresses: Collection[str] = ()) -> AddressKind:
    """Return what the address is to those who have it.

    Later pages of a list are parts: what they hold moves from one to the other with every edit, and nobody is led there
    from outside. They are known by the first page among `all_addresses` of the site: ``topics/x/2.html`` has ``topics/x.html``.
    """
    if url.startswith(_FOR_THE_SEARCH) or url.endswith(_PARTS_OF_PAGES) or _FOR_MACHINES.fullmatch(url):
        return AddressKind.PART
    if not url.endswith(PAGE_SUFFIXES):
        return AddressKind.FILE
    first, _, name = url.rpartition("/")
    is_later = name.removesuffix(".html").isdecimal() and f"{first}.html" in all_addresses
    return AddressKind.PART if is_later else AddressKind.PAGE
