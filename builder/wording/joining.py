"""How words are put together: what stands between them differs from language to language. Empty parts are left out."""

from __future__ import annotations

from collections.abc import Iterable

from builder.context.words import Words


def enumerated(names: Iterable[str], words: Words) -> str:
    """Return names as a list: 甲、乙."""
    return words["list_separator"].join(filter(None, names))


def joined(parts: Iterable[str], words: Words) -> str:
    """Return the parts of a sentence as one: 甲，乙."""
    return words["part_separator"].join(filter(None, parts))


def in_clauses(parts: Iterable[str], words: Words) -> str:
    """Return sentences as one: 甲；乙."""
    return words["clause_separator"].join(filter(None, parts))


def labelled(label: str, text: str, words: Words) -> str:
    """Return a text behind its label: 甲：乙. Without a label it is the text."""
    return words["labelled"].format(label=label, text=text) if label else text


def with_note(text: str, note: str, words: Words) -> str:
    """Return a text with a note in brackets: 甲（乙）."""
    return words["with_note"].format(text=text, note=note) if note else text
