"""What each stage of a build costs, in µs of CPU per item: our rooms called one after the other in this process."""

from __future__ import annotations

import marshal
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from builder.checks import check_record, check_site  # noqa: E402
from builder.content import source  # noqa: E402
from builder.content.card import card_of  # noqa: E402
from builder.content.model.item import Item  # noqa: E402
from builder.content.parsing import ParsedFile  # noqa: E402
from builder.content.site import collect  # noqa: E402
from builder.content.validate import build  # noqa: E402
from builder.context.frame import frame_of  # noqa: E402
from builder.context.lookup import Lookup  # noqa: E402
from builder.guide.flowchart import flow_of  # noqa: E402
from builder.loading import load_file  # noqa: E402
from builder.project import open_project  # noqa: E402
from builder.publish import stage, write_file  # noqa: E402
from builder.render.page import Page  # noqa: E402
from builder.render.pages import plan, sections_of  # noqa: E402
from builder.render.rendering import (  # noqa: E402
    PageRenderer,
    RenderSetup,
    keys_of,
)
from builder.render.templates import Renderer, template_digests  # noqa: E402
from builder.support.fingerprint import builder_digest, digest  # noqa: E402
from builder.support.markdown import html_of  # noqa: E402
from builder.support.store import Store  # noqa: E402

ROUNDS = 3  # of which the best counts: what is above it is other people's work
MOST = 1_000  # items are enough

T = TypeVar("T")
R = TypeVar("R")


class Clock:
    """Costs by the name of their stage."""

    def __init__(self) -> None:
        self.costs: dict[str, float] = {}

    def each(self, name: str, work: Callable[[T], R], things: Sequence[T]) -> list[R]:
        """Do `work` on each thing and note the mean cost; return the results."""
        return self.whole(name, lambda: [work(thing) for thing in things], len(things))

    def whole(self, name: str, work: Callable[[], R], count: int) -> R:
        """Do `work`, which is done once for `count` items, and note the cost per item."""
        start = time.process_time()
        result = work()
        took = [time.process_time() - start]
        for _ in range(1, ROUNDS):
            start = time.process_time()
            work()
            took.append(time.process_time() - start)
        self.costs[name] = min(took) / count * 1e6
        return result


def costs(folder: Path) -> dict[str, float]:
    """Return µs per item and stage for the site in `folder`."""
    clock = Clock()
    project = open_project(folder / "site.yaml")
    files = [file for file in project.content_files if "/items/" in file][:MOST]
    studied = _study(clock, folder, files)
    others = [load_file(file, (folder / file).read_bytes()) for file in project.content_files if "/items/" not in file]
    everything = sorted([*studied, *others], key=lambda one: one.file)

    count = len(files)
    site = clock.whole("collect", lambda: collect(project.settings, everything), count)
    clock.whole("checks of the site", lambda: list(check_site(site)), count)
    assets = {path: digest(data) for path, data in project.static_files.items()}
    frame = frame_of(site, assets, sections_of(site), project.words)
    pages = clock.whole("plan", lambda: plan(site, frame), count)
    by_file = {one.file: one for one in everything}
    with Store.open(project.cache, builder_digest()) as store:
        templates = template_digests(project.template_folders, store)
    setup = RenderSetup(
        template_folders=project.template_folders,
        template_digests=templates,
        compiled=project.cache / "templates",
        frame=frame,
        words=project.words,
        companions={companion.key: companion for companion in site.companions},
        root="",
    )
    keys = clock.whole("keys", lambda: keys_of(pages, site, setup, by_file), count)

    shown = [page for page in pages if page.kind == "item"]
    items = clock.each("values back to items", lambda page: _item(by_file[page.item]), shown)
    words = project.words
    pages_of = PageRenderer(setup)

    def view(page: Page[Any]) -> object:
        parsed = by_file[page.item]
        guide = pages_of.item_guide(parsed.card, parsed.raw_records, (page,), site.known) if parsed.card else None
        return pages_of.view(page, Lookup(page.uses, site.known), guide)

    def chart(item: Item) -> object:
        flow = flow_of(item.steps if isinstance(item.steps, tuple) else (), words, title=item.name, prefix="")
        return flow.sheets if flow else ()

    views = clock.each("view, with values back to an item", view, shown)
    clock.each("  of it Markdown", lambda item: html_of(item.body), items)
    clock.each("flowchart", chart, items)
    renderer = Renderer(project.template_folders, frame, words, project.cache / "templates")
    made = clock.each(
        "render, chart drawn", lambda pair: renderer.render(*pair, words), list(zip(shown, views, strict=True))
    )

    written = list(zip(shown, made, strict=True))

    def write() -> None:
        shutil.rmtree(folder / "written", ignore_errors=True)
        for page, data in written:
            write_file(str(folder / "written"), page.url, "", data)

    def publish() -> None:
        with stage(folder / "published", folder / "cache", ()) as staging:
            for (page, data), key in zip(written, keys, strict=False):
                staging.write(page.url, key, data)
            staging.commit()

    clock.whole("write", write, count)
    clock.whole("write and publish", publish, count)
    for left in ("written", "published", "cache"):
        shutil.rmtree(folder / left, ignore_errors=True)
    return clock.costs


def _study(clock: Clock, folder: Path, files: Sequence[str]) -> list[ParsedFile]:
    texts = clock.each("read and hash", lambda file: _read(folder / file), files)
    pairs = list(zip(files, texts, strict=True))
    documents = clock.each("YAML", lambda pair: source.read(*pair)[0], pairs)
    raws = [{**one.raw, "body": one.body} if one.body else one.raw for one in documents if one]
    items = [one for one in clock.each("validate", lambda raw: build(Item, raw, "")[0], raws) if one]
    clock.each("checks", lambda pair: list(check_record(*pair, "")), list(zip(items, raws, strict=True)))
    clock.each("card", lambda item: card_of(item, id="", area="", file=""), items)
    clock.each("marshal", lambda raw: marshal.dumps({"": raw}), raws)
    studied = clock.each("all that a worker studies", lambda pair: load_file(*pair), pairs)
    clock.each("pickle there and back", lambda one: pickle.loads(pickle.dumps(one, pickle.HIGHEST_PROTOCOL)), studied)
    return studied


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    digest(data)
    return data


def _item(studied: ParsedFile) -> Item:
    return Item.model_validate(next(iter(marshal.loads(studied.raw_records).values())))
