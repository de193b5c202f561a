"""Reads how people speak of matters of life, and keeps what was read.

`words.yaml` has what all files share: `variants`, plain words with what is said for them elsewhere or misheard, and `words`,
classes of words by name. `people.yaml` has kinds of people by id:

    formal      an item is for them if its names or what it says of whom it is for contain one of these
    said        expressions by which one tells that one is of them
    matters     what one did to become one of them: who says so seldom means it

Each other file may have `words` of its own, and has `matters` by id, in pinyin:

    name        what the page calls it
    formal      an item belongs to it if its names contain one of these, and
    formal_all  if they contain all words of one row, but
    not         not if its official name contains one of these
    certain     expressions by which one surely means it; then `likely`, `perhaps`
    things      papers and objects that one holds or is asked for
    people      who one is

All parts of an expression have to be said. A space between parts: in any order; "~": the second soon after the first; "+":
directly after it. A part is a word, alternatives a/b/c, or <class>. A word of a class may have "~" and "+" itself, and so
may an alternative of a part in brackets: (失业证/失业~本).
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from builder.content.source import read
from builder.support.fingerprint import builder_digest, digest

FOLDER = Path(__file__).parent
KEPT = Path(cache_from_source(str(FOLDER / "lexicon.py")))  # one for each version of Python
SHARED = "words.yaml"
PEOPLE = "people.yaml"

STRENGTHS = ("certain", "likely", "perhaps", "things", "people")
JOINTS = " ~+"
_KEYS = {"name", "formal", "formal_all", "not", *STRENGTHS}
_CLASS = re.compile(r"<([^<>]+)>")
_CAPITALS = re.compile(r"[A-Z]+")
_JOINT = re.compile(r"([~+]| +)(?![^()]*\))")  # not in brackets
_JOINED_AMONG_OTHERS = re.compile(
    r"(?<![^ ])[^ ()]*/[^ ()]*~(?:[^ ()]*~[^ ()]*|[^ ()]*/[^ ()]*)(?![^ ])"
)  # is it a/(b~c)/d?
_BETWEEN = re.compile(r"[^0-9a-z\u3400-\u9fff\n]+")


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter of life: how the page calls it, which items belong to it, and what people say.

    An item belongs to it if its names contain all words of a row of `formal`, and its name none of `excluded`. `said` are the
    expressions of each of `STRENGTHS`: between the parts of one stands one of `JOINTS`, between the alternatives of a part "/";
    capital letters stand for a class of words, as `letters_of` counts.
    """

    id: str
    name: str
    formal: tuple[tuple[str, ...], ...]
    excluded: tuple[str, ...]
    said: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class People:
    """A kind of people: the words of items that are for them, what they say of themselves, and the ids of what they did before."""

    id: str
    formal: tuple[str, ...]
    said: tuple[str, ...]
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """All matters and kinds of people, and the classes of words that their expressions name, each with its words separated by "/".

    Each of `variants` is a plain word and what is said for it, separated by "/".
    """

    variants: tuple[str, ...]
    classes: tuple[str, ...]
    matters: tuple[Matter, ...]
    people: tuple[People, ...]


@cache
def speech() -> Speech:
    """Return how people speak. What was read of the files is kept, where Python keeps compiled modules, until one of them changes.

    Raises ValueError if a file is not as it must be.
    """
    made_of = speech_digest() + builder_digest()
    with suppress(OSError, ValueError, EOFError, TypeError):  # not there, or broken
        known, variants, classes, matters, people = marshal.loads(KEPT.read_bytes())
        if known == made_of:
            kept = (tuple(Matter(*fields) for fields in matters), tuple(People(*fields) for fields in people))
            return Speech(variants, classes, *kept)
    made = speech_of({path.name: path.read_bytes() for path in _files()})
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # a folder that cannot be written costs time only
            KEPT.parent.mkdir(parents=True, exist_ok=True)
            fresh = KEPT.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(marshal.dumps((made_of, *astuple(made))))
            fresh.replace(KEPT)
    return made


def speech_of_matters(ids: Collection[str]) -> Speech:
    """Return how people speak of some matters: with the classes of words that these name, lettered anew."""
    everything = speech()
    letters: dict[str, str] = {}
    words: list[str] = []

    def lettered(old: str) -> str:
        if old not in letters:
            named = renumbered(everything.classes[number_of(old)], lettered)
            letters[old] = letters_of(len(words))
            words.append(named)
        return letters[old]

    matters = tuple(
        replace(matter, said=tuple(tuple(renumbered(one, lettered) for one in some) for some in matter.said))
        for matter in everything.matters
        if matter.id in ids
    )
    people = tuple(
        replace(
            one,
            said=tuple(renumbered(said, lettered) for said in one.said),
            matters=tuple(id for id in one.matters if id in ids),
        )
        for one in everything.people
    )
    return Speech(everything.variants, tuple(words), matters, people)


@cache
def speech_digest() -> str:
    """Return the digest of the files."""
    return digest(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in _files()))


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


def speech_of(files: Mapping[str, bytes]) -> Speech:
    """Return what `files` say, by name. Raises ValueError with the place of a mistake."""
    found = {file: _parsed(file, data) for file, data in files.items()}
    shared, people = found.pop(SHARED, {}), found.pop(PEOPLE, {})
    variants = shared.get("variants", {})
    plainly = cache(in_plain_words({folded(word): list(map(folded, others)) for word, others in variants.items()}))
    reading = _Reading(plainly, shared.get("words", {}))
    matters = [matter for file, raw in found.items() for matter in reading.matters_of(file, raw)]
    rows = tuple("/".join(map(folded, (word, *others))) for word, others in variants.items())
    kinds = tuple(reading.people_of(people))
    if unknown := {id for kind in kinds for id in kind.matters} - {matter.id for matter in matters}:
        raise ValueError(f"{PEOPLE}: no matters {sorted(unknown)}")
    return Speech(rows, tuple(reading.classes), tuple(matters), kinds)


def _parsed(file: str, data: bytes) -> Mapping[str, Any]:
    document, findings = read(file, data)
    if document is None:
        raise ValueError(str(findings[0]))
    raw: Mapping[str, Any] = document.raw
    return raw


class _Reading:
    """What is read of the files: `classes` that expressions name, each by the number of those before it."""

    def __init__(self, plainly: Callable[[str], str], shared: Mapping[str, list[str]]) -> None:
        self._plainly = plainly
        self._shared = shared
        self._words: Mapping[str, list[str]] = {}  # of classes by name, as the file that is read may use them
        self._letters: dict[str, str] = {}  # of these
        self.classes: dict[str, str] = {}  # letters by words

    def matters_of(self, file: str, raw: Mapping[str, Any]) -> Iterator[Matter]:
        own = raw.get("words", {})
        if twice := own.keys() & self._shared.keys():
            raise ValueError(f"{file}: words {sorted(twice)} are in {SHARED}")
        self._words, self._letters = {**self._shared, **own}, {}
        for id, fields in raw["matters"].items():
            if unknown := fields.keys() - _KEYS:
                raise ValueError(f"{file}: {id}: unknown {sorted(unknown)}")
            try:
                yield self._matter(id, fields)
            except KeyError as error:
                raise ValueError(f"{file}: {id}: no words {error}") from error

    def people_of(self, raw: Mapping[str, Any]) -> Iterator[People]:
        self._words, self._letters = self._shared, {}
        for id, fields in raw.get("people", {}).items():
            if unknown := fields.keys() - {"formal", "said", "matters"}:
                raise ValueError(f"{PEOPLE}: {id}: unknown {sorted(unknown)}")
            said = tuple(sorted(set(map(self._expression, fields["said"]))))
            yield People(id, tuple(map(folded, fields["formal"])), said, tuple(fields.get("matters", ())))

    def _matter(self, id: str, fields: Mapping[str, Any]) -> Matter:
        rows = [*([word] for word in fields.get("formal", ())), *fields.get("formal_all", ())]
        return Matter(
            id,
            fields["name"],
            tuple(tuple(map(folded, row)) for row in rows),
            tuple(map(folded, fields.get("not", ()))),
            tuple(tuple(sorted(set(map(self._expression, fields.get(one, ()))))) for one in STRENGTHS),  # packs better
        )

    def _expression(self, text: str) -> str:
        return "".join(joint or self._alternatives(part) for joint, part in _pieces(text))

    def _alternatives(self, part: str) -> str:
        if part[:1] == "(" and part[-1:] == ")":
            return self._class_of(part[1:-1].split("/"))
        return self._part(part.split("/"))

    def _part(self, words: Iterable[str]) -> str:
        """Return alternatives without those that contain another: who says the longer one says the shorter one, too."""
        said = list(dict.fromkeys(map(self._word, words)))
        plain = [word for word in said if not _CAPITALS.search(word)]
        return "/".join(word for word in said if not any(other != word and other in word for other in plain))

    def _word(self, text: str) -> str:
        if text[0] == "<" and text[-1] == ">" and text.count("<") == 1:
            return self._letters.get(text) or self._lettered(text)
        return self._expression(text) if "~" in text or "+" in text else self._plainly(folded(text))

    def _lettered(self, name: str) -> str:
        self._letters[name] = letters = self._class_of(self._words[name[1:-1]])
        return letters

    def _class_of(self, words: Iterable[str]) -> str:
        return self.classes.setdefault(self._part(words), letters_of(len(self.classes)))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of an expression and what stands between them: a joint and "", or "" and a part."""
    if misread := _JOINED_AMONG_OTHERS.search(text):
        raise ValueError(f"{text}: write ({misread[0]}), so that it is known what is joined")
    for number, piece in enumerate(_JOINT.split(text.strip())):
        yield (piece[:1], "") if number % 2 else ("", piece)


def letters_of(number: int) -> str:
    """Return a number in capital letters, as ``static/search-matters.js`` counts: A, Z, AA for 0, 25, 26."""
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def number_of(letters: str) -> int:
    """Return the number that capital letters stand for."""
    number = -1
    for letter in letters:
        number = (number + 1) * 26 + ord(letter) - ord("A")
    return number


def renumbered(text: str, letters: Callable[[str], str]) -> str:
    """Return expressions or words of a class with other letters for the classes that they name."""
    return _CAPITALS.sub(lambda found: letters(found[0]), text)


def in_plain_words(variants: Mapping[str, Iterable[str]]) -> Callable[[str], str]:
    """Return what brings a text into plain words: of variants that overlap the longest is replaced."""
    plain = {said: word for word, others in variants.items() for said in (word, *others)}
    any_of = re.compile("|".join(sorted(plain, key=len, reverse=True)) or "(?!)")
    first = {said[0] for said in plain}
    return lambda text: text if first.isdisjoint(text) else any_of.sub(lambda found: plain[found[0]], text)


def folded(text: str) -> str:
    """Return a text as it is compared: small letters, digits and Chinese characters, with nothing but line breaks between."""
    return _BETWEEN.sub("", text.lower())
