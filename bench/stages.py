"""What each stage of a build costs, in µs of CPU per item: ``uv run bench/stages.py FOLDER`` of a made-up site.

Our rooms are called one after the other in this process, on some of the items, and what is made of other stages on
others: so the first pass of each is over items that nothing has seen before. Later passes find much in caches of words.
"""

from __future__ import annotations

import argparse
import gc
import marshal
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from builder.checks import check_record, check_site  # noqa: E402
from builder.content import source  # noqa: E402
from builder.content.card import card_of  # noqa: E402
from builder.content.fields import listed  # noqa: E402
from builder.content.model.item import Item  # noqa: E402
from builder.content.parsing import ParsedFile  # noqa: E402
from builder.content.site import collect  # noqa: E402
from builder.content.validate import build  # noqa: E402
from builder.context.frame import frame_of  # noqa: E402
from builder.context.lookup import Lookup  # noqa: E402
from builder.guide.flowchart import flow_of, public_steps  # noqa: E402
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

PASSES = 3
MOST = 1_000  # items are enough, for the stages and for what is made of them

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Cost:
    """µs of CPU per item: of the first pass, and the best of the later ones, since others use the machine too."""

    first: float
    later: float


class Clock:
    """Costs by the name of their stage."""

    def __init__(self) -> None:
        self.costs: dict[str, Cost] = {}

    def each(self, name: str, work: Callable[[T], R], things: Sequence[T]) -> list[R]:
        """Do `work` on each thing and note the mean cost; return the results."""
        work(things[0])  # what is loaded or compiled at its first use is no cost of an item
        return self.whole(name, lambda: [work(thing) for thing in things], len(things))

    def whole(self, name: str, work: Callable[[], R], count: int) -> R:
        """Do `work`, which is done once for `count` items, and note the cost per item; return the first result."""
        result, first = _timed(work)
        later = min(_timed(work)[1] for _ in range(1, PASSES))
        self.costs[name] = Cost(first / count * 1e6, later / count * 1e6)
        return result


def _timed(work: Callable[[], R]) -> tuple[R, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a site that corpus.py has laid out")
    gc.set_threshold(50_000, 20, 20)  # as the command line does
    print(f"\n{'µs of CPU per item and stage':36}{'first pass':>12}{'later':>8}")
    for name, cost in costs(parser.parse_args().folder).items():
        print(f"{name:36}{cost.first:12.0f}{cost.later:8.0f}")


def costs(folder: Path) -> dict[str, Cost]:
    """Return the costs of every stage for the site in `folder`."""
    clock = Clock()
    project = open_project(folder / "site.yaml")
    files = [file for file in project.content_files if "/items/" in file]
    half = min(MOST, len(files) // 2)
    some, wholes = files[:half], files[half : 2 * half]
    _study_in_parts(clock, folder, some)
    studied = clock.each("all that a worker studies", lambda file: load_file(file, _read(folder / file)), wholes)
    clock.each("pickle there and back", lambda one: pickle.loads(pickle.dumps(one, pickle.HIGHEST_PROTOCOL)), studied)
    companions = [file for file in project.content_files if "/items/" not in file]
    others = [load_file(file, (folder / file).read_bytes()) for file in (*some, *companions)]
    everything = sorted([*studied, *others], key=lambda one: one.file)

    count = 2 * half
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
    digests = {one.file: one.digest for one in everything}
    bound = {page.url: "" for page in pages}
    keys = clock.whole("keys", lambda: keys_of(pages, site.known, setup, files=digests, bound=bound), count)

    words = project.words
    pages_of = PageRenderer(setup)

    def view(page: Page[Any]) -> object:
        parsed = by_file[page.item]
        guide = pages_of.item_guide(parsed.card, parsed.raw_records, (page,), site.known) if parsed.card else None
        return pages_of.view(page, Lookup(page.uses, site.known), guide)

    def chart(item: Item) -> object:
        flow = flow_of(public_steps(listed(item.steps)), words, title=item.name, prefix="")
        return flow.sheets if flow else ()

    items = clock.each("values back to items", lambda file: _item(by_file[file]), some)
    clock.each("Markdown", lambda item: html_of(item.body), items)
    clock.each("flowchart", chart, items)
    fresh = {*wholes}
    shown = [page for page in pages if page.kind == "item" and page.item in fresh]
    views = clock.each("view, with all of these", view, shown)
    renderer = Renderer(project.template_folders, frame, project.cache / "templates")
    made = clock.each(
        "render, drawing the chart", lambda pair: renderer.render(*pair, words), list(zip(shown, views, strict=True))
    )

    written = list(zip(shown, made, strict=True))

    def write() -> None:
        shutil.rmtree(folder / "written", ignore_errors=True)
        (folder / "written").mkdir()
        for page, data in written:
            write_file(str(folder / "written"), page.url, "", data)

    def publish() -> None:
        with stage(folder / "published", folder / "cache", ()) as staging:
            for (page, data), key in zip(written, keys, strict=False):
                staging.write(page.url, key, data)
            staging.commit()

    clock.whole("write", write, half)
    clock.whole("write and publish", publish, half)
    for left in ("written", "published", "cache"):
        shutil.rmtree(folder / left, ignore_errors=True)
    return clock.costs


def _study_in_parts(clock: Clock, folder: Path, files: Sequence[str]) -> None:
    texts = clock.each("read and hash", lambda file: _read(folder / file), files)
    pairs = list(zip(files, texts, strict=True))
    documents = clock.each("YAML", lambda pair: source.read(*pair)[0], pairs)
    raws = [{**one.raw, "body": one.body} if one.body else one.raw for one in documents if one]
    items = [one for one in clock.each("validate", lambda raw: build(Item, raw, "")[0], raws) if one]
    clock.each("checks", lambda pair: list(check_record(*pair, "")), list(zip(items, raws, strict=True)))
    clock.each("card", lambda item: card_of(item, id="", area="", file=""), items)
    clock.each("marshal", lambda raw: marshal.dumps({"": raw}), raws)


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    digest(data)
    return data


def _item(studied: ParsedFile) -> Item:
    return Item.model_validate(next(iter(marshal.loads(studied.raw_records).values())))


if __name__ == "__main__":
    main()
