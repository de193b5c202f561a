"""What each stage of a build costs, in µs of CPU per item: our rooms called one after the other in this process."""

from __future__ import annotations

import marshal
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from builder.content import source  # noqa: E402
from builder.content.card import card_of  # noqa: E402
from builder.content.model.item import Item  # noqa: E402
from builder.content.parsing import ParsedFile
from builder.content.site import collect  # noqa: E402
from builder.content.validate import build  # noqa: E402
from builder.context.frame import frame_of  # noqa: E402
from builder.guide.flowchart import flow_of  # noqa: E402
from builder.loading import load_file  # noqa: E402
from builder.render.page import Known, Page  # noqa: E402
from builder.render.pages import plan  # noqa: E402
from builder.render.rendering import Setting, keys_of  # noqa: E402
from builder.render.templates import Renderer, template_digests  # noqa: E402
from builder.support.markdown import html_of  # noqa: E402

from builder.checks import ITEM_CHECKS, SITE_CHECKS  # noqa: E402
from builder.project import open_project  # noqa: E402
from builder.publish import stage, write_file  # noqa: E402

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
    clock.whole("checks of the site", lambda: [found for check in SITE_CHECKS for found in check(site)], count)
    frame = frame_of(site, {path: source.digest(data) for path, data in project.static_files.items()})
    pages = clock.whole("plan", lambda: plan(site, frame), count)
    by_file = {one.file: one for one in everything}
    companions = {one.key: one for one in site.companions}
    templates = template_digests(project.template_folders)
    setting = Setting(
        project.template_folders, frame, project.words, companions, "", templates, project.cache / "templates"
    )
    keys = clock.whole("keys", lambda: keys_of(pages, site, setting, by_file), count)

    shown = [page for page in pages if page.kind == "item"]
    items = clock.each("values back to items", lambda page: _item(by_file[page.item]), shown)
    pairs = list(zip(shown, items, strict=True))
    words = project.words

    def view(pair: tuple[Page, Item]) -> object:
        return KINDS["item"].view(pair[0], Known(pair[0], site.known, pair[1]), frame, words)

    def chart(item: Item) -> object:
        flow = flow_of(item.steps if isinstance(item.steps, tuple) else (), words, title=item.name, prefix="")
        return flow.sheets if flow else ()

    # Items are handed over anew each round: the view keeps the guide of the item before.
    views = clock.each("view", view, pairs)
    clock.each("  of it Markdown", lambda item: html_of(item.body), items)
    clock.each("flowchart", chart, items)
    renderer = Renderer(project.template_folders, frame, words, project.cache / "templates")
    made = clock.each("render, chart drawn", lambda pair: renderer.render(*pair), list(zip(shown, views, strict=True)))

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
    clock.each("checks", lambda item: [found for check in ITEM_CHECKS for found in check(item, "")], items)
    clock.each("card", lambda item: card_of(item, id="", area="", file=""), items)
    clock.each("marshal", lambda raw: marshal.dumps({"": raw}), raws)
    studied = clock.each("all that a worker studies", lambda pair: load_file(*pair), pairs)
    clock.each("pickle there and back", lambda one: pickle.loads(pickle.dumps(one, pickle.HIGHEST_PROTOCOL)), studied)
    return studied


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    source.digest(data)
    return data


def _item(studied: ParsedFile) -> Item:
    return Item.model_validate(next(iter(marshal.loads(studied.raws).values())))
