"""The planned pages, rendered; and their keys, by which a page whose inputs did not change is taken over."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from builder.content.card import Card, Key
from builder.content.model.item import Item
from builder.content.parsing import ParsedFile
from builder.content.site import Companion, Site
from builder.context.frame import Frame
from builder.context.lookup import Lookup
from builder.context.words import Words
from builder.publish import Artifact, Staging, write_file
from builder.render.page import Page
from builder.render.pages import KINDS
from builder.render.templates import Renderer
from builder.support.fingerprint import builder_digest, digest
from builder.support.workers import Workers

CHUNK = 50  # items that a worker renders at a time


@dataclass(frozen=True, slots=True)
class Setting:
    """What every page of one build shares: it goes to each worker once."""

    folders: tuple[Path, ...]
    frame: Frame
    words: Words
    companions: Mapping[Key, Companion]
    root: str
    templates: Mapping[str, str]  # digests, so that no worker goes on with templates of an earlier build
    compiled: Path  # where compiled templates are kept


@dataclass(frozen=True, slots=True)
class Task:
    """The pages of one item: its plain values marshalled, the pages with their keys, and the other cards they use."""

    raw_records: bytes
    pages: tuple[tuple[Page, str], ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tasks for a worker, with the pickled `Setting`."""

    setting: bytes
    tasks: tuple[Task, ...]


def keys_of(pages: Iterable[Page], site: Site, setting: Setting, items: Mapping[str, ParsedFile]) -> list[str]:
    """Return the key of each page: the digest of everything that can show in it, and of the code that makes it.

    A page comes after those that it binds.
    """
    shared = digest(
        "\0".join((builder_digest(), repr(sorted(setting.words.items())), repr(setting.frame))).encode()
    ).encode()
    templates = {kind: bytes.fromhex(one) for kind, one in setting.templates.items()}
    digests = {key: one.digest for key, one in site.known.items()}
    keys: dict[str, str] = {}
    for page in pages:
        parts = [shared, templates[page.kind], page.url.encode(), repr(page.given).encode()]
        if page.item:
            parts.append(items[page.item].digest.encode())
        parts += [digests[key] for key in page.uses]
        parts += [keys[url].encode() for url in page.binds]
        keys[page.url] = digest(b"\0".join(parts))
    return list(keys.values())


def render_items(
    wanted: Sequence[tuple[Page, str]],
    site: Site,
    setting: Setting,
    items: Mapping[str, ParsedFile],
    staging: Staging,
    workers: Workers,
    done: Callable[[int], None],
) -> None:
    """Put the pages that show whole items into the staged site; each comes with its key. The workers write them."""
    tasks = []
    for file, group in groupby((pair for pair in wanted if pair[0].item), key=lambda pair: pair[0].item):
        pages = tuple(group)
        cards = (site.known[key] for key in pages[0][0].uses if key[0] == "item")
        tasks.append(Task(items[file].raw_records, pages, tuple(card for card in cards if isinstance(card, Card))))
    packed = pickle.dumps(setting, pickle.HIGHEST_PROTOCOL)
    batches = [Batch(packed, tuple(tasks[start : start + CHUNK])) for start in range(0, len(tasks), CHUNK)]
    for artifacts in workers.map(render_batch, batches, 1, lambda count: done(count * CHUNK)):
        staging.add_written(artifacts)


def render_lists(
    wanted: Sequence[tuple[Page, str]], site: Site, setting: Setting, staging: Staging, done: Callable[[int], None]
) -> None:
    """Put the pages that show many cards into the staged site, here: the cards would be more to send than to set.

    The pages of items are staged: some are bound into these.
    """
    renderer = Renderer(setting.folders, setting.frame, setting.words, setting.compiled)
    root = staging.lay_out({url for page, _ in wanted for url in page.binds})
    for page, key in wanted:
        if not page.item:
            bound = {url: Path(root, url).read_text("utf-8") for url in page.binds}
            view = KINDS[page.kind].view(page, Lookup(page.uses, site.known, bound=bound), setting.frame, setting.words)
            staging.write(page.url, key, renderer.render(page, view))
            done(1)


def rendered(
    pages: Sequence[Page], site: Site, setting: Setting, items: Mapping[str, ParsedFile]
) -> Iterator[tuple[Page, bytes]]:
    """Yield every page with its bytes, and write nothing."""
    renderer = Renderer(setting.folders, setting.frame, setting.words, setting.compiled)
    wanted = {url for page in pages for url in page.binds}
    bound: dict[str, str] = {}
    for file, group in groupby(pages, key=lambda page: page.item):
        item = _item(items[file].raw_records) if file else None
        for page in group:
            view = KINDS[page.kind].view(page, Lookup(page.uses, site.known, item, bound), setting.frame, setting.words)
            data = renderer.render(page, view)
            if page.url in wanted:
                bound[page.url] = data.decode()
            yield page, data


def render_batch(batches: Sequence[Batch]) -> list[Artifact]:
    """Render the pages of some items in a worker, and write them into the staged site."""
    written = []
    for batch in batches:
        setting, renderer = _unpacked(batch.setting)
        for task in batch.tasks:
            item = _item(task.raw_records)
            records: Mapping[Key, Card | Companion] = {**setting.companions, **{card.key: card for card in task.cards}}
            for page, key in task.pages:
                view = KINDS[page.kind].view(page, Lookup(page.uses, records, item), setting.frame, setting.words)
                written.append(write_file(setting.root, page.url, key, renderer.render(page, view)))
    return written


def _item(raw_records: bytes) -> Item:
    return Item.model_validate(next(iter(marshal.loads(raw_records).values())))


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> tuple[Setting, Renderer]:
    setting: Setting = pickle.loads(packed)
    return setting, Renderer(setting.folders, setting.frame, setting.words, setting.compiled)
