"""``build.py import``: reads documents of an office and tells or writes the items in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from builder.commands import Refused
from builder.office.documents import Unreadable, read_document
from builder.office.shapes import Reading, Vocabulary, read_items, vocabulary
from builder.office.shapes.neutral_json import as_json, neutral
from builder.office.shapes.own_words import with_words_of
from builder.project import Project
from builder.publish import replace_file
from builder.support.processes import Progress

OWN_WORDS = "content/import.yaml"
_WORD = (".docx", ".docm")


class UnreadableDocuments(Refused):
    """Some documents cannot be read. `failures` says of each what is wrong and what to do."""

    def __init__(self, failures: Sequence[Unreadable]) -> None:
        super().__init__(failures[0].says, failures[0].hint)
        self.failures = tuple(failures)


def words_for(project: Project | None, mapping: Path | None) -> Vocabulary:
    """Return our vocabulary with the words of the site, then those of a mapping file. Raises `ConfigurationError`."""
    words = vocabulary()
    if project is not None and OWN_WORDS in project.content_files:
        words = with_words_of(words, OWN_WORDS, (project.root / OWN_WORDS).read_bytes())
    if mapping is not None:
        if not mapping.is_file():
            raise Refused(f"没有对照文件“{mapping.as_posix()}”", "看看名字和路径有没有写错。")
        words = with_words_of(words, mapping.name, mapping.read_bytes())
    return words


def read_all(paths: Sequence[Path], words: Vocabulary, progress: Progress) -> list[Reading]:
    """Return what is in each document. Raises `UnreadableDocuments` if one of them cannot be read."""
    readings: list[Reading] = []
    failures: list[Unreadable] = []
    done: Callable[[int], None] = progress("import", len(paths))
    for path in paths:
        try:
            readings.append(read_items(read_document(path), words))
        except Unreadable as failure:
            failures.append(failure)
        done(1)
    if failures:
        raise UnreadableDocuments(failures)
    return readings


def neutral_files(paths: Sequence[Path], readings: Sequence[Reading]) -> Mapping[str, str]:
    """Return the neutral JSON of each document by the name of its file.

    It is that of the document without suffix, or with it where a document beside it has the same name but for the suffix.
    """
    return {f"{_stem(path)}.json": as_json(neutral(one)) for path, one in zip(paths, readings, strict=True)}


def _stem(path: Path) -> str:
    others = {one.suffix.lower() for one in path.parent.glob(f"{_escaped(path.stem)}.*") if one != path}
    twin = others & {".docx", ".docm", ".xlsx", ".xlsm", ".csv", ".html", ".htm", ".doc", ".xls", ".wps", ".et"}
    return path.name if twin and path.suffix.lower() not in _WORD else path.stem


def _escaped(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def write_files(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write `files` into `folder`. Return their paths."""
    os.makedirs(folder, exist_ok=True)
    for name, text in files.items():
        replace_file(str(folder / name), text.encode())
    return [folder / name for name in files]
