"""The planned pages, rendered; and their keys, by which a page whose inputs did not change is taken over."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple

from builder.content.card import Card
from builder.content.model.item import Item
from builder.content.model.kinds import Key
from builder.content.site import Companion, Site
from builder.context import Frame, Lookup, RenderContext, Words, words_for
from builder.publish import Artifact, Staging, write_file
from builder.render.item_guide import ItemGuide
from builder.render.page import Page, PageContext
from builder.render.pages import PAGE_KINDS
from builder.render.templates import Renderer
from builder.support.fingerprint import builder_digest, digest

TOGETHER = 64  # items that are rendered step by step; their guides and pages are held until all are written

Records = Mapping[Key, Card | Companion[Any]]


@dataclass(frozen=True)
class RenderSetup:
    """What all pages of one build share; each worker gets it once."""

    template_folders: tuple[Path, ...]
    template_digests: Mapping[str, str]  # by page kind
    compiled: Path  # where compiled templates are kept
    frame: Frame
    words: Words
    companions: Mapping[Key, Companion[Any]]
    root: str  # of the staged site

    @cached_property
    def digest(self) -> str:
        """The digest of what all pages show, and of the code that makes them."""
        return digest("\0".join((builder_digest(), repr(self.frame))).encode())


class ItemPages(NamedTuple):
    """The pages of one item with their keys, its card and marshalled values, and the cards of other items they show."""

    card: Card
    raw_records: bytes
    pages: tuple[tuple[Page[Any], str], ...]
    cards: tuple[Card, ...]


class AreaPage(NamedTuple):
    """A page of an area that shows no item whole, with its key, and the marshalled values of the items that it shows parts of."""

    page: Page[Any]
    key: str
    raw_records: Mapping[str, bytes] = {}  # by file


class PageRenderer:
    """Makes the views of pages and renders them."""

    def __init__(self, setup: RenderSetup) -> None:
        self._setup = setup
        self._templates = Renderer(setup.template_folders, setup.frame, setup.compiled)
        self._told: Mapping[bool, dict[Any, Any]] = {True: {}, False: {}}  # for readers who can call, and who cannot
        self._unphoned = words_for((), setup.words)
        self._held: tuple[tuple[tuple[str, bytes], ...], Mapping[str, Item], dict[str, Any]] = (), {}, {}

    def render(
        self,
        page: Page[Any],
        records: Records,
        item_guide: ItemGuide | None = None,
        bound_pages: Mapping[str, str] | None = None,
        shared: dict[str, Any] | None = None,
        raw_records: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """Return the bytes of `page`. It sees of `records` only what it declares; `raw_records` hold its `items` by file."""
        context = self._context(page, Lookup(page.uses, records), item_guide, bound_pages, shared, raw_records)
        return self._templates.render(page, PAGE_KINDS[page.kind].view(page, context), context.words)

    def view(
        self,
        page: Page[Any],
        lookup: Lookup,
        item_guide: ItemGuide | None = None,
        bound_pages: Mapping[str, str] | None = None,
        raw_records: Mapping[str, bytes] | None = None,
    ) -> object:
        """Return the view of `page`, made with the records of `lookup`."""
        context = self._context(page, lookup, item_guide, bound_pages, None, raw_records)
        return PAGE_KINDS[page.kind].view(page, context)

    def _context(
        self,
        page: Page[Any],
        lookup: Lookup,
        item_guide: ItemGuide | None,
        bound_pages: Mapping[str, str] | None,
        shared: dict[str, Any] | None = None,
        raw_records: Mapping[str, bytes] | None = None,
    ) -> PageContext:
        words, bound, kept = self._setup.words, bound_pages or {}, {} if shared is None else shared
        items: Mapping[str, Item] = {}
        if page.items:
            items, kept = self._items_of(page, raw_records or {})
        context = PageContext(words, self._setup.frame, lookup, item_guide, items, bound, kept, told=self._told[True])
        if PAGE_KINDS[page.kind].calls(page, context):
            return context
        return replace(context, words=self._unphoned, told=self._told[False])

    def _items_of(self, page: Page[Any], raw_records: Mapping[str, bytes]) -> tuple[Mapping[str, Item], dict[str, Any]]:
        """Return the items of which a page shows parts, and what the pages just before it made of the same ones."""
        raws = tuple((id, raw_records[file]) for id, file in page.items)
        if raws != self._held[0]:
            self._held = raws, {id: _item_in(raw) for id, raw in raws}, {}
        return self._held[1], self._held[2]

    def item_guide(self, card: Card, raw_records: bytes, pages: Iterable[Page[Any]], records: Records) -> ItemGuide:
        """Return the guide of an item, made of what its pages declare together."""
        item = _item_in(raw_records)
        uses = chain.from_iterable(page.uses for page in pages)
        context = RenderContext(self._setup.words, self._setup.frame, Lookup(uses, records))
        return ItemGuide(item, card.id, card.area, context)


def _item_in(raw_records: bytes) -> Item:
    return Item.model_validate(next(iter(marshal.loads(raw_records).values())))


def keys_of(
    pages: Iterable[Page[Any]],
    known: Mapping[Key, Card | Companion[Any]],
    setup: RenderSetup,
    *,
    files: Mapping[str, str] | None = None,
    bound: Mapping[str, str] | None = None,
) -> list[str]:
    """Return the cache key of each page: the digest of everything that can show in it, and of the code that makes it.

    `files` are the digests of the files whose items the pages show whole, `bound` the keys of pages that others bind.
    """
    templates = {kind: bytes.fromhex(found) for kind, found in setup.template_digests.items()}
    digests = {key: record.digest for key, record in known.items()}
    shared = setup.digest.encode()
    keys = []
    for page in pages:
        parts = [shared, templates[page.kind], page.url.encode(), repr(page.plan).encode()]
        if page.item and files:
            parts.append(files[page.item].encode())
        if files:
            parts += [files[file].encode() for _, file in page.items]
        parts += [digests.get(key, b"") for key in page.uses]
        parts += [bound[url].encode() for url in page.binds if bound]
        keys.append(digest(b"\0".join(parts)))
    return keys


class PageWriter:
    """Renders the pages of an area, and writes them into the staged site."""

    def __init__(self, setup: RenderSetup) -> None:
        self._root = setup.root
        self._renderer = PageRenderer(setup)
        self._records: dict[Key, Card | Companion[Any]] = dict(setup.companions)

    def write(self, tasks: Sequence[ItemPages | AreaPage]) -> list[Artifact]:
        """Write the pages of items, and pages of areas, which show no item whole, and of other records companions only."""
        items = [task for task in tasks if isinstance(task, ItemPages)]
        some = (items[start : start + TOGETHER] for start in range(0, len(items), TOGETHER))
        of_areas = [
            write_file(self._root, page.url, key, self._renderer.render(page, self._records, raw_records=raw_records))
            for page, key, raw_records in (task for task in tasks if isinstance(task, AreaPage))
        ]
        return [*of_areas, *(artifact for batch in some for artifact in self._write_together(batch))]

    def _write_together(self, items: Sequence[ItemPages]) -> list[Artifact]:
        # Each step is taken for all items: what it needs stays in the caches of the processor, which saves a quarter.
        self._records.update((card.key, card) for item in items for card in item.cards)
        guides = [
            self._renderer.item_guide(item.card, item.raw_records, (page for page, _ in item.pages), self._records)
            for item in items
        ]
        for guide in guides:
            _ = guide.guide
        made = [
            (page.url, key, self._renderer.render(page, self._records, guide))
            for item, guide in zip(items, guides, strict=True)
            for page, key in item.pages
        ]
        return [write_file(self._root, url, key, data) for url, key, data in made]


def page_writer(setup: RenderSetup) -> Callable[[Sequence[ItemPages | AreaPage]], list[Artifact]]:
    """Return what renders the pages of items and areas in a worker, and writes them into the staged site."""
    return PageWriter(setup).write


def render_lists(
    wanted: Sequence[tuple[Page[Any], str]],
    site: Site,
    setup: RenderSetup,
    staging: Staging,
    done: Callable[[int], None],
) -> None:
    """Put the pages that show many cards into the staged site, in this process: sending the cards would cost more.

    `wanted` are the pages with their keys. The pages of items are staged by then: some are bound into these.
    """
    renderer = PageRenderer(setup)
    root = staging.lay_out({url for page, _ in wanted for url in page.binds})
    held: tuple[str, ...] = ()
    bound: dict[str, str] = {}
    shared: dict[str, Any] = {}
    for page, key in wanted:
        if page.binds != held:
            held, shared = page.binds, {}
            bound = {url: Path(root, url).read_text("utf-8") for url in page.binds}
        staging.write(page.url, key, renderer.render(page, site.known, bound_pages=bound, shared=shared))
        done(1)


def rendered(pages: Sequence[Page[Any]], site: Site, setup: RenderSetup) -> Iterator[tuple[Page[Any], bytes]]:
    """Yield every page with its bytes, and write nothing."""
    renderer = PageRenderer(setup)
    wanted = {url for page in pages for url in page.binds}
    cards = {card.file: card for card in site.cards}
    bound: dict[str, str] = {}
    for file, group in groupby(pages, key=lambda page: page.item):
        some = tuple(group)
        guide = renderer.item_guide(cards[file], site.raw_records(file), some, site.known) if file else None
        for page in some:
            raw_records = {of: site.raw_records(of) for _, of in page.items}
            data = renderer.render(page, site.known, guide, bound, raw_records=raw_records)
            if page.url in wanted:
                bound[page.url] = data.decode()
            yield page, data
