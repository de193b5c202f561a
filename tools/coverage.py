"""Tell which items of a check-list the content has, through name and provenance.

    uv run tools/coverage.py LIST.jsonl FOLDER      FOLDER holds the documents that the list was made from

Each line of the list has an id, the document (source), the name of the item and its text. An item of the content
covers it when it bears the name, or has it as an alias, and its provenance names lines in which the text stands.
What has the name alone is told apart: somebody has to look. Exit code 1 when something is missing.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.documents import ContentFile, Document, content, squeezed

_LINES = re.compile(r"第(\d+)(?:[-—–至](\d+))?行")
_MARKS = re.compile(r"[\s（）()《》“”\"'、，,·—–-]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item of the check-list, and the lines of its document in which it may stand."""

    id: str
    name: str
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the content: the names it bears, and the lines that its provenance names."""

    file: str
    names: frozenset[str]
    lines: tuple[tuple[int, int], ...]


def wanted(list_file: Path, documents: dict[str, Document]) -> Iterator[Wanted]:
    """Yield the items of the check-list."""
    for line in list_file.read_text("utf-8").splitlines():
        entry = json.loads(line)
        yield Wanted(entry["id"], entry["name"], _lines_of(entry, documents.get(entry["source"])))


def _lines_of(entry: dict[str, str], document: Document | None) -> tuple[tuple[int, int], ...]:
    """Return where the text of an entry stands; where it is worded otherwise in the document, where its name does."""
    if document is None:
        return ()
    text = squeezed(entry["text"])
    for start in (document.text.find(text), document.text.find(text[:60])):
        if start >= 0:
            return (document.lines(start, start + len(text)),)
    name = re.escape(squeezed(entry["name"]))
    return tuple(document.lines(*match.span()) for match in re.finditer(name, document.text))


def items(files: Sequence[ContentFile]) -> Iterator[Item]:
    """Yield the items of the content."""
    for file in files:
        if file.path.startswith("content/items/"):
            raw = file.raw
            aliases = raw.get("aliases") or []
            names = (raw.get("name"), *(aliases if isinstance(aliases, list) else [aliases]))
            at = " ".join(str(text) for path, text in file.texts() if path[0] == "provenance")
            lines = tuple((int(first), int(last or first)) for first, last in _LINES.findall(at))
            yield Item(file.path, frozenset(_bare(str(name)) for name in names if name), lines)


def covering(one: Wanted, there: Sequence[Item]) -> list[Item]:
    """Return the items that cover an entry of the check-list."""
    return [item for item in there if _bare(one.name) in item.names and _meet(one.lines, item.lines)]


def _bare(name: str) -> str:
    return _MARKS.sub("", name)


def _meet(some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether two sets of line ranges have a line in common."""
    return any(one[0] <= other[1] and other[0] <= one[1] for one in some for other in others)


def main() -> int:
    """Print what is missing or doubtful; return the exit code."""
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    documents = {path.name: Document(path) for path in sorted(Path(sys.argv[2]).glob("*.txt"))}
    there = list(items(list(content(Path.cwd()))))
    covered, missing, doubtful = 0, 0, 0
    used: dict[str, list[str]] = {}
    for one in wanted(Path(sys.argv[1]), documents):
        named = [item for item in there if _bare(one.name) in item.names]
        placed = covering(one, there)
        if placed:
            covered += 1
            used.setdefault(placed[0].file, []).append(one.id)
        elif named:
            doubtful += 1
            print(f"{one.id} {one.name}: lines {one.lines} are in no provenance of {', '.join(i.file for i in named)}")
        else:
            missing += 1
            near = [item.file for item in there if _meet(one.lines, item.lines)]
            print(f"{one.id} {one.name}: missing; lines {one.lines}" + (f" are in {', '.join(near)}" if near else ""))
    for file, ids in used.items():
        if len(ids) > 1:
            print(f"{file} covers {', '.join(ids)}")
    rest = sorted({item.file for item in there} - used.keys())
    print(f"{covered} covered, {doubtful} by name alone, {missing} missing; {len(rest)} items are on no list", *rest)
    return 1 if missing or doubtful else 0


if __name__ == "__main__":
    sys.exit(main())
