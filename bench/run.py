"""Measure all that is promised about speed: ``uv run bench/run.py 200 2000 10000``.

Builds of made-up sites are measured beside Hugo on the same pages; then what an editor waits for, and the sample site.
Everything happens in a scratch folder. Where Hugo is not installed our builder is measured alone.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import corpus
import works
from measure import Run
from report import BUILDS, EDITING, PAGE, RELOAD, WHOLE_SAMPLE, Figures
from saves import saves
from works import EQUAL, FULL, HUGO, HUGO_SEARCH, SEARCH, WORKS, Tool

ROOT = Path(__file__).resolve().parent.parent
SETTLED = 2.5  # seconds; a file that was written within two seconds is not known by its times


def main() -> None:
    options = _options()
    scratch = Path(tempfile.mkdtemp(prefix="bench-", dir=options.scratch))
    rows: list[str] = []
    try:
        for count in options.sizes:
            rows += _made_up(count, scratch / str(count), options)
        if not options.no_sample:
            rows += _sample(scratch / "sample", options)
    finally:
        if options.keep:
            print(f"kept in {scratch}")
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    if options.row:
        print("\nFor the tables in README.md\n", *rows, sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", metavar="N", type=int, nargs="*", default=[200, 2_000], help="numbers of items")
    parser.add_argument(
        "--areas", type=int, help=f"in up to N areas of one size; by default {corpus.AREA_SIZE} items each", metavar="N"
    )
    parser.add_argument(
        "--by-areas", action="store_true", help="measure builds of single areas, and of what joins them"
    )
    parser.add_argument("--events", type=int, default=0, help="events on our sites, which Hugo has not", metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--saves", type=int, default=3, help="saves that are followed through `serve`")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="worker processes of our builder")
    parser.add_argument("--no-hugo", action="store_true", help="do not measure Hugo")
    parser.add_argument("--no-full", action="store_true", help="do not measure our whole theme")
    parser.add_argument("--no-search", action="store_true", help="do not measure builds with the search index")
    parser.add_argument("--no-serve", action="store_true", help="do not measure `serve`")
    parser.add_argument("--no-stages", action="store_true", help="do not measure the stages of a build")
    parser.add_argument("--no-sample", action="store_true", help="do not measure the sample site")
    parser.add_argument("--sample", type=Path, default=ROOT, help="the folder of a site to take for the sample site")
    parser.add_argument("--hugo", help="Hugo's binary, where it is not found")
    parser.add_argument("--scratch", type=Path, help="where to work; a folder in memory leaves the disk out of it")
    parser.add_argument("--keep", action="store_true", help="leave the scratch folder")
    parser.add_argument("--row", action="store_true", help="at the end, print the rows for the tables in README.md")
    options = parser.parse_args()
    if min(options.sizes) <= works.EDITED:
        parser.error(f"N: at least {works.EDITED + 1} items, since item {works.EDITED} is edited")
    if options.areas and any(count > options.areas * corpus.MOST_IN_AREA for count in options.sizes):
        parser.error(f"--areas: at most {corpus.MOST_IN_AREA} items stand in an area")
    if not (options.no_hugo or options.hugo):
        options.hugo = works.hugo_on_path()
        if options.hugo is None:
            print("Hugo is not installed: our builder is measured alone.")
    return options


def _made_up(count: int, folder: Path, options: argparse.Namespace) -> list[str]:
    """Measure a made-up site of `count` items, print the figures, and return their rows."""
    measured = _laid_out(count, folder, options)
    figures = Figures(measured)
    _do_rounds(measured, figures, options.rounds)
    same = _sameness(folder / EQUAL / "public", folder / HUGO / "public") if options.hugo else ""
    if not options.no_serve:
        _do_saves(measured, figures, range(options.rounds * len(WORKS), options.rounds * len(WORKS) + options.saves))
    _say(f"{count} items, {options.rounds} rounds", figures)
    for told in filter(None, (same, "" if options.no_search else _indexed(measured))):
        print(told, flush=True)
    if not options.no_stages:
        # In a process of its own: see measure.py.
        subprocess.run((sys.executable, ROOT / "bench/stages.py", folder / EQUAL), check=True)
    name = f"{_today()}, {count:,} items"
    return [figures.row(name, BUILDS, memory=True), figures.row(name, EDITING)]


def _sample(folder: Path, options: argparse.Namespace) -> list[str]:
    """Measure the sample site as it is, print the figures, and return their row."""
    tool = works.sample(options.sample, folder, jobs=options.jobs)
    figures = Figures([tool])
    _do_rounds([tool], figures, options.rounds)
    _say(f"The sample site, {options.rounds} rounds", figures)
    return [figures.row(_today(), WHOLE_SAMPLE)]


def _laid_out(count: int, folder: Path, options: argparse.Namespace) -> list[Tool]:
    search = not options.no_search
    area_size = -(-count // options.areas) if options.areas else corpus.AREA_SIZE
    names = [EQUAL, *[SEARCH] * search, *[FULL] * (not options.no_full)]
    made = [
        *(works.hugo(folder / HUGO, options.hugo, count, area_size=area_size, search=search) if options.hugo else ()),
        *(
            works.ours(
                name,
                folder / name.replace(", ", "-"),
                count,
                area_size=area_size,
                jobs=options.jobs,
                events=options.events,
            )
            for name in names
        ),
    ]
    if options.by_areas and count > area_size:
        made.append(works.by_areas(folder / "by-areas", count, area_size=area_size, jobs=options.jobs))
    return made


def _do_rounds(measured: Sequence[Tool], figures: Figures, rounds: int) -> None:
    for done in range(rounds):
        time.sleep(SETTLED)
        for number, work in enumerate(WORKS, start=done * len(WORKS)):
            for tool in measured:
                if work in tool.works:
                    figures.add(work, tool.name, tool.do(work, number))


def _do_saves(measured: Sequence[Tool], figures: Figures, numbers: Iterable[int]) -> None:
    page = corpus.item_page(works.EDITED)
    followed = {tool.name: saves(tool, tool.server, page, numbers) for tool in measured if tool.server}
    for work in (PAGE, RELOAD):
        for name, some in followed.items():
            for save in some:
                figures.add(work, name, Run(save.page if work == PAGE else save.reload))


def _say(title: str, figures: Figures) -> None:
    print(f"\n{title}\n", *figures.table(), sep="\n", flush=True)


def _sameness(ours: Path, theirs: Path) -> str:
    """Tell on how many of some pages both show the same text. The charts are left out: ours have lanes and arrows."""
    folders = ("items", "departments", "topics")
    pages = [page for folder in folders for page in sorted((theirs / folder).glob("*.html"))[::7]]
    same = sum(_shown(page) == _shown(ours / page.relative_to(theirs)) for page in pages)
    return f"the same text on {same} of {len(pages)} pages compared"


def _shown(page: Path) -> str:
    """Return the characters that `page` shows, sorted: lists may be in another order."""
    text = re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", "", page.read_text(encoding="utf-8"))
    return "".join(sorted("".join(html.unescape(text).split())))


def _indexed(measured: Sequence[Tool]) -> str:
    """Tell of how many pages each tool has made an index."""
    told = []
    for tool in measured:
        if tool.name in (SEARCH, HUGO_SEARCH):
            entries = (tool.folder / tool.made[0] / "pagefind").rglob("pagefind-entry.json")
            languages = [json.loads(entry.read_bytes())["languages"].values() for entry in entries]
            told.append(f"{sum(one['page_count'] for some in languages for one in some)} by {tool.name}")
    return f"pages in the index: {'; '.join(told)}"


def _today() -> str:
    return time.strftime("%d %B %Y").lstrip("0")


if __name__ == "__main__":
    main()
