"""The words of the interface, in one file per language: ``templates/locales/<code>.yaml``."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sized
from typing import cast

from builder.content import source
from builder.support.diagnostics import ConfigurationError, Finding, Rule, did_you_mean, errors_in

WRONG_WORD = Rule(
    "G005",
    "界面用词要一个词一行，用已有的名字和空位",
    why="页面照名字取词；名字写错，改了没有用；花括号里的空位写错，句子就填不出来。",
    fix="照 templates/locales/zh-Hans.yaml 里的名字写；{n}、{name} 这样的空位照抄。",
)
RULES = (WRONG_WORD,)

Words = Mapping[str, str]


_UNPHONED = "_unphoned"  # how the name of a word ends that stands in for another where there is no number to call
_BRIEF = "_brief"  # the same, where room is scarce and a legend explains what is short


def words_for(calls: Sized, words: Words) -> Words:
    """Return the words for readers who can call the numbers `calls`: where there are none, no word sends to the phone."""
    return words if calls else _with(words, _UNPHONED)


def brief_words(words: Words) -> Words:
    """Return the words for paper on which room is scarce: ④ for 第4件."""
    return _with(words, _BRIEF)


def _with(words: Words, ending: str) -> Words:
    """Return the words, those with this ending in place of those that they stand in for."""
    instead = {name.removesuffix(ending): word for name, word in words.items() if name.endswith(ending)}
    return {**words, **instead}


def read_words(file: str, data: bytes, known: Words | None = None) -> Words:
    """Return the interface words in the locale file `file`; a site's own may give only some of those `known`.

    Raises ConfigurationError when the file is no flat list of texts, or has a word or a placeholder that is not known.
    """
    document, findings = source.read(file, data)
    if document is not None:
        findings += _wrong(file, document.raw, known)
    if document is None or errors_in(findings):
        raise ConfigurationError(findings)
    return cast("Words", document.raw)


def _wrong(file: str, raw: Mapping[str, object], known: Words | None) -> Iterator[Finding]:
    for name, word in raw.items():
        if not isinstance(word, str):
            yield WRONG_WORD.at(file, name, says=f"“{name}”要写成一句话")
        elif known is not None and name not in known:
            yield WRONG_WORD.at(file, name, says=f"没有叫“{name}”的词", hint=did_you_mean(name, known), on="key")
        elif known is not None and (extra := _places(word) - _places(known[name])):
            places = sorted(_places(known[name]))
            there = "、".join(f"{{{place}}}" for place in places) or "没有空位"
            says = f"“{name}”里没有 {{{min(extra)}}} 这个空位"
            only = f"“{{{min(extra)}}}”改成“{{{places[0]}}}”" if len(places) == 1 else ""
            yield WRONG_WORD.at(file, name, says=says, hint=only or f"这里能用：{there}")


def _places(word: str) -> set[str]:
    """Return the placeholders in `word`. A word with an unmatched brace counts as one placeholder named by the word."""
    try:
        fields = [
            (name, spec or change) for _, name, spec, change in string.Formatter().parse(word) if name is not None
        ]
        return {f"{name}:{form}" if form else name for name, form in fields}
    except ValueError:
        return {word}
