"""Reads how people speak of matters of life, and keeps what was read.

Each file has `words`, classes of words by name, and `matters` by id, in pinyin:

    name        what the page calls it
    formal      an item belongs to it if its names contain one of these, and
    formal_all  if they contain all words of one row, but
    not         not if its official name contains one of these
    certain     expressions by which one surely means it; then `likely`, `perhaps`
    things      papers and objects that one holds or is asked for
    people      who one is

All parts of an expression, separated by spaces, have to be said, in any order; a part is a word, alternatives a/b/c, or <class>.
"""

from __future__ import annotations

import marshal
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from builder.content.source import read
from builder.support.fingerprint import builder_digest, digest

FOLDER = Path(__file__).parent
KEPT = FOLDER / "__pycache__"  # where Python, too, keeps what it made of files

STRENGTHS = ("certain", "likely", "perhaps", "things", "people")
_KEYS = {"name", "formal", "formal_all", "not", *STRENGTHS}
_CLASS = re.compile(r"<([^<>]+)>")
_BETWEEN = re.compile(r"[^0-9a-z\u3400-\u9fff\n]+")


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter of life: how the page calls it, which items belong to it, and what people say.

    An item belongs to it if its names contain all words of a row of `formal`, and its name none of `excluded`. `said` are the
    expressions of each of `STRENGTHS`: the parts of one are separated by a space, the alternatives of a part by "/"; `<7>`
    stands for the words of class 7.
    """

    id: str
    name: str
    formal: tuple[tuple[str, ...], ...]
    excluded: tuple[str, ...]
    said: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """All matters, and the classes of words that their expressions name, each with its words separated by "/"."""

    classes: tuple[str, ...]
    matters: tuple[Matter, ...]


@cache
def speech() -> Speech:
    """Return how people speak. What was read of the files is kept until one of them changes.

    Raises ValueError if a file is not as it must be.
    """
    kept = KEPT / f"speech-{digest((speech_digest() + builder_digest()).encode())}.pyc"
    with suppress(OSError, ValueError, EOFError, TypeError):
        classes, matters = marshal.loads(kept.read_bytes())
        return Speech(classes, tuple(Matter(*fields) for fields in matters))
    made = speech_of({path.name: path.read_bytes() for path in _files()})
    with suppress(OSError):  # a folder that cannot be written costs time only
        KEPT.mkdir(exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(marshal.dumps(astuple(made)))
        for old in KEPT.glob("speech-*.pyc"):
            old.unlink(missing_ok=True)
        fresh.replace(kept)
    return made


@cache
def speech_digest() -> str:
    """Return the digest of the files."""
    return digest(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in _files()))


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


def speech_of(files: Mapping[str, bytes]) -> Speech:
    """Return what `files` say, by name. Raises ValueError with the place of a mistake."""
    numbers: dict[str, int] = {}
    matters: list[Matter] = []
    for file, data in files.items():
        document, findings = read(file, data)
        if document is None:
            raise ValueError(str(findings[0]))
        raw: Any = document.raw
        classes = {name: _without_longer(words) for name, words in raw.get("words", {}).items()}
        for id, fields in raw["matters"].items():
            if unknown := fields.keys() - _KEYS:
                raise ValueError(f"{file}: {id}: unknown {sorted(unknown)}")
            try:
                matters.append(_matter(id, fields, classes, numbers))
            except KeyError as error:
                raise ValueError(f"{file}: {id}: no words {error}") from error
    return Speech(tuple(numbers), tuple(matters))


def _matter(id: str, fields: Mapping[str, Any], classes: Mapping[str, str], numbers: dict[str, int]) -> Matter:
    """Return a matter. Classes that it names are added to `numbers`."""

    def numbered(reference: re.Match[str]) -> str:
        return f"<{numbers.setdefault(classes[reference[1]], len(numbers))}>"

    def compact(expression: str) -> str:
        parts = (_without_longer(part.split("/")) for part in expression.split())
        return _CLASS.sub(numbered, " ".join(parts))

    rows = [*([word] for word in fields.get("formal", ())), *fields.get("formal_all", ())]
    said: list[tuple[str, ...]] = []
    alone: list[str] = []  # words of which one suffices to speak of this matter
    for strength in STRENGTHS:
        expressions, enough = _needed(list(map(compact, fields.get(strength, ()))), alone)
        said.append(expressions)
        alone += enough if strength in ("certain", "likely") else ()
    return Matter(
        id,
        fields["name"],
        tuple(tuple(map(folded, row)) for row in rows),
        tuple(map(folded, fields.get("not", ()))),
        tuple(said),
    )


def _needed(expressions: Collection[str], alone: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return expressions without what a single word says already, and the words of those that have one part.

    `alone` are such words of stronger expressions.
    """
    needed: list[str] = []
    enough = list(alone)
    single = sorted((one for one in set(expressions) if " " not in one), key=lambda one: (len(one), one))
    for expression in single:
        words = [word for word in expression.split("/") if not any(known in word for known in enough)]
        needed += ["/".join(words)] if words else ()
        enough += (word for word in words if not _CLASS.fullmatch(word))
    says = re.compile("|".join(map(re.escape, enough)) or "(?!)").search
    for expression in set(expressions).difference(single):
        parts = [[word for word in part.split("/") if not says(word)] for part in expression.split()]
        if all(parts):
            needed.append(" ".join(map("/".join, parts)))
    return tuple(sorted(set(needed))), enough[len(alone) :]  # sorted, they pack better


def _without_longer(words: Iterable[str]) -> str:
    """Return alternatives without those that contain another: who says the longer one says the shorter one, too."""
    said = list(dict.fromkeys(word if _CLASS.fullmatch(word) else folded(word) for word in words))
    return "/".join(word for word in said if not any(other != word and other in word for other in said))


def folded(text: str) -> str:
    """Return a text as it is compared: small letters, digits and Chinese characters, with nothing but line breaks between."""
    return _BETWEEN.sub("", text.lower())


def words_of(expression: str, classes: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words of each part of an expression."""
    for part in expression.split():
        said = _CLASS.sub(lambda reference: classes[int(reference[1])], part)
        yield tuple(said.split("/"))
