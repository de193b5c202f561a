"""Values are named by what they hold."""

from __future__ import annotations

import marshal

from builder.support.fingerprint import digest_of


def test_equal_values_have_one_digest_whether_their_texts_are_shared_in_memory_or_not() -> None:
    """A worker sends values in which each text is an object of its own; the reader shares the texts it met before."""
    word = "失业登记"
    shared = {"name": word, "aliases": [word, word]}
    apart = {"name": word, "aliases": [str(word.encode(), "utf-8"), str(word.encode(), "utf-8")]}
    assert shared == apart
    assert digest_of(shared) == digest_of(apart) == digest_of(marshal.loads(marshal.dumps(shared)))


def test_different_values_have_different_digests() -> None:
    assert len({digest_of(value) for value in ({}, [], "", "a", ["a"], {"a": ""}, {"a": None}, 1, True)}) == 9
