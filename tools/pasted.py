"""Tell which texts of the content are pasted from the documents that they were written after.

    uv run tools/pasted.py FOLDER      a folder of documents as text files

Facts are carried over, sentences are written anew: a run of 25 or more characters that stands in a document too is
listed, unless it is a name (of an item, a unit, a material, a law, a column of a list) or stands in 《》, as titles of
laws and forms do. White space does not count. Exit code 1 when there are any.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.documents import ContentFile, Document, content, squeezed

RUN = 25  # characters in a row that nobody writes twice by chance

# Keys whose text is a name: of a thing, or of a cell in an official list.
NAMES = {"name", "short", "aliases", "title", "text", "unit", "term", "category", "business", "duty", "source", "depth"}
_TITLE = re.compile(r"《[^》]*》")


def pasted(files: list[ContentFile], documents: list[Document]) -> Iterator[tuple[ContentFile, str, str]]:
    """Yield each run that stands in a document too: its file, the place of its text, and the run."""
    grams = {one.text[at : at + RUN] for one in documents for at in range(len(one.text) - RUN + 1)}
    names = {squeezed(text) for file in files for path, text in file.texts() if _is_name(path)}
    for file in files:
        for path, text in file.texts():
            if not _is_name(path):
                for run in _runs(text, grams):
                    if not any(run in name for name in names):
                        yield file, ".".join(map(str, path)), run


def _is_name(path: tuple[str | int, ...]) -> bool:
    return next((key for key in reversed(path) if isinstance(key, str)), "") in NAMES


def _runs(text: str, grams: set[str]) -> Iterator[str]:
    """Yield the longest runs of `text` of which every piece of `RUN` characters is among `grams`."""
    for part in _TITLE.split(text):
        bare = squeezed(part)
        start = None
        for at in range(len(bare) - RUN + 2):
            if bare[at : at + RUN] in grams and at <= len(bare) - RUN:
                start = at if start is None else start
            elif start is not None:
                yield bare[start : at - 1 + RUN]
                start = None


def main() -> int:
    """Print the runs; return the exit code."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    documents = [Document(path) for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
    files = list(content(Path.cwd()))
    found = list(pasted(files, documents))
    for file, path, run in found:
        print(f"{file.path}:{file.line_of(run[:12])}: {path}: {len(run)} {run}")
    print(f"{len(files)} files, {len(documents)} documents, {len(found)} runs of {RUN} characters or more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
