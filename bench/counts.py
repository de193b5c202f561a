"""Count how often a build does what is expensive: ``uv run bench/counts.py``.

Seconds differ from machine to machine and from minute to minute; counts do not. `counts.txt` holds those of a made-up site
of 200 items and 12 events with all sheets; a test compares. Whoever changes a number sees it in the diff, and so does the reviewer.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import corpus
import jinja2
import markdown
import pydantic
import pypinyin
import zxingcpp

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from builder import loading  # noqa: E402
from builder.areas import event_checks  # noqa: E402
from builder.cli import main as build  # noqa: E402
from builder.content import site  # noqa: E402
from builder.content.source import events  # noqa: E402
from builder.guide import flowchart  # noqa: E402
from builder.matters import speech  # noqa: E402
from builder.render.page import Page  # noqa: E402
from builder.render.templates import Renderer  # noqa: E402

ITEMS, EVENTS = 200, 12
EDITED = 7  # a step of one event

# What is counted: how it is called here, who has it, and its name there.
CALLS: tuple[tuple[str, Any, str], ...] = (
    ("records validated", pydantic.BaseModel, "model_validate"),
    ("words read aloud by pypinyin", pypinyin, "lazy_pinyin"),
    ("pages planned", Page, "__new__"),
    ("items whose traces are read", site, "by_record"),
    ("events looked at", event_checks, "check_event"),
    ("pages rendered", Renderer, "render"),
    ("templates compiled", jinja2.Environment, "compile"),
    ("texts of Markdown converted", markdown.Markdown, "convert"),
    ("charts drawn", flowchart, "draw"),
    ("QR codes made", zxingcpp, "create_barcode"),
)
YAML, READ, WRITTEN = "events of YAML", "files of the site read", "files of the site written"
NAMES = (YAML, *(name for name, _, _ in CALLS), READ, WRITTEN)


def counted() -> str:
    """Build a site cold, then with one edit of a text and one of a title. Return what was counted."""
    vars(loading)["RACY_NS"] = -(10**12)  # files are known by their times, however quickly all of this goes
    speech()  # what is kept of the lexicon is no part of a build
    lines = [f"A site of {ITEMS} items and {EVENTS} events with all sheets, in one process."]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "site")
        corpus.write_site(root, ITEMS, full=True, events=EVENTS)
        for work, key in (("cold", ""), ("a text edited", "rights"), ("a title edited", "name")):
            if key:
                _edit(root / corpus.item_file(EDITED), key)
            _forget()
            with _counting(root) as counts, contextlib.redirect_stdout(io.StringIO()):
                assert build(["build", "--jobs", "1", "--site", str(root / "site.yaml")]) == 0
            lines += ["", work, *(f"  {name:30}{counts[name]:8,}" for name in NAMES)]
    return "\n".join(lines) + "\n"


def _edit(file: Path, key: str) -> None:
    text = file.read_text("utf-8")
    file.write_text(text.replace(f"{key}: ", f"{key}: 改", 1), "utf-8", newline="\n")


def _forget() -> None:
    """Empty the caches in memory, as in a new process."""
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "builder"]
    for value in {id(value): value for module in modules for value in vars(module).values()}.values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


@contextmanager
def _counting(folder: Path) -> Iterator[Counter[str]]:
    """Count while the block runs."""
    counts: Counter[str] = Counter()
    before = [(owner, name, owner.__dict__[name]) for _, owner, name in CALLS]
    parser_class = events._parser_class  # noqa: SLF001 - made in C: it cannot be wrapped where it is
    for label, owner, name in CALLS:
        setattr(owner, name, _counted(owner.__dict__[name], label, counts))
    events._parser_class = lambda: lambda text: _Parser(text, parser_class(), counts)  # type: ignore[assignment]  # noqa: SLF001
    _watched.append((os.path.realpath(folder), counts))
    try:
        yield counts
    finally:
        _watched.clear()
        events._parser_class = parser_class  # noqa: SLF001
        for owner, name, value in before:
            setattr(owner, name, value)


def _counted(call: Any, label: str, counts: Counter[str]) -> Any:
    inner = call.__func__ if isinstance(call, classmethod) else call

    def wrapped(*arguments: Any, **named: Any) -> Any:
        counts[label] += 1
        return inner(*arguments, **named)

    return classmethod(wrapped) if isinstance(call, classmethod) else wrapped


_WORDS = {file.read_text("utf-8") for file in (ROOT / "templates/locales").glob("*.yaml")}


class _Parser:
    """A YAML parser whose events are counted."""

    def __init__(self, text: str, make: Callable[[str], Any], counts: Counter[str]) -> None:
        self._next: Callable[[], Any] = make(text).get_event
        self._counts = Counter[str]() if text in _WORDS else counts  # a new word of the locale costs no item anything

    def get_event(self) -> Any:
        self._counts[YAML] += 1
        return self._next()


_watched: list[tuple[str, Counter[str]]] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Count the files that are opened below the watched site."""
    if event != "open" or not _watched:
        return
    path, _, flags = arguments
    ((folder, counts),) = _watched
    if isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith(folder):
        counts[WRITTEN if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else READ] += 1


if __name__ == "__main__":
    sys.addaudithook(_hear)
    print(counted(), end="")
