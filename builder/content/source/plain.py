"""Parses YAML text into plain values: strings, lists, dictionaries, and None for an empty value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from builder.content.source.corrections import corrected_hint, quoted
from builder.content.source.diagnosis import LOOKS_LIKE_FIELD, NO_KEYS, KeysBelow, diagnosis_of, hidden_comments
from builder.content.source.events import (
    DEPTH_LIMIT,
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
    events,
    position_of,
)
from builder.content.source.flow_mappings import NEXT_FIELD
from builder.content.source.rules import (
    ALIAS,
    ANCHOR,
    DUPLICATE,
    EMPTY,
    FLOW_COMMA,
    KEY_NOT_TEXT,
    MERGE,
    NOT_MAPPING,
    NULL,
    TAG,
    TOO_DEEP,
    TWO_DOCUMENTS,
)
from builder.content.source.wide_quotes import WIDE_QUOTES_USED, is_wrapped, wide_quotes
from builder.support.diagnostics import Finding, Position, Rule, quote

_MAX_FINDINGS = 50  # per file

Raw = None | str | list["Raw"] | dict[str, "Raw"]


def values(file: str, text: str, keys: KeysBelow = NO_KEYS) -> tuple[dict[str, Raw], list[Finding]]:
    """Return the fields of `text` and the findings. With an error among the findings, the fields are incomplete.

    `keys` are those of its kind of record, each with the keys that can stand below it.
    """
    parser = _Parser(file, text)
    fields = parser.parse()
    if parser.stopped or parser.suspicious:
        return fields, _explained_findings(file, text, parser, keys)
    return fields, parser.findings + hidden_comments(file, text)


def _explained_findings(file: str, text: str, parser: _Parser, keys: KeysBelow) -> list[Finding]:
    diagnosis = diagnosis_of(file, text, keys)
    if not diagnosis.findings:
        return parser.findings
    # The diagnosis is more precise than these findings.
    findings = [finding for finding in parser.findings if finding.code not in (NOT_MAPPING.code, FLOW_COMMA.code)]
    second = _Parser(file, diagnosis.text)
    second.parse()
    new = [f for f in second.findings if f.position and f.position.line in diagnosis.trusted and f not in findings]
    return findings + diagnosis.findings + new


class _StopParsing(Exception):
    """The text is nested too deeply or has too many errors; the rest is not parsed."""


class _Parser:
    """Parses the events of a text into plain values."""

    def __init__(self, file: str, text: str) -> None:
        self.findings: list[Finding] = []
        self.suspicious = False  # the text is valid, but some plain text looks like a field
        self.stopped = False  # by a syntax error
        self._file = file
        self._text = text
        self._next = events(text)
        self._depth = 0
        self._wrapped: list[Any] = []  # the texts inside Chinese quotes

    def parse(self) -> dict[str, Raw]:
        """Return the fields, or {} if parsing had to stop."""
        try:
            return self._fields()
        except _StopParsing:
            return {}
        except YAMLError:
            self.stopped = True
            return {}
        finally:
            self.findings += wide_quotes(self._file, self._text, self._wrapped)

    def _fields(self) -> dict[str, Raw]:
        self._next()  # skip the start of the stream
        event = self._next()
        if type(event) is StreamEndEvent:
            self._report(EMPTY, Position(1, 1), "文件里只有备注，没有内容", EMPTY.fix)
            return {}
        event = self._next()
        top = self._value(event)
        self._finish_document()
        if isinstance(top, dict):
            return top
        self._report_not_fields(event, top)
        return {}

    def _report_not_fields(self, event: Event, top: Raw) -> None:
        if top is None:
            self._report(EMPTY, position_of(event), "这里没有写任何字段", EMPTY.fix)
            return
        self.suspicious = self.suspicious or type(event) is ScalarEvent
        hint = NOT_MAPPING.fix
        if isinstance(top, str) and "：" in top:
            hint = "字段名后面要用英文冒号加一个空格，例如 name: 社会保障卡补领"
        elif isinstance(top, list):
            first = top[0] if top and isinstance(top[0], dict) else {}
            id = first.get("id")
            hint = f"“- id: {id}”改成“{id}:”，它下面的字段多空 2 格" if id else "删掉各行行首的“- ”，字段名写在行首"
        what = "一个列表" if isinstance(top, list) else "一段文字"
        self._report(NOT_MAPPING, position_of(event), f"文件最外层是{what}，应当是一行行的“字段名: 内容”", hint)

    def _finish_document(self) -> None:
        self._next()  # skip the end of the document
        event = self._next()
        while type(event) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                start = position_of(event)
                self._report(
                    TWO_DOCUMENTS,
                    Position(start.line, start.column, 3),
                    TWO_DOCUMENTS.title,
                    "删掉这一行；有两份内容的，拆成两个文件",
                )
            event = self._next()

    def _value(self, event: Any, *, in_list: bool = False) -> Raw:
        kind = type(event)
        if kind is AliasEvent:
            says = f"“*{quote(event.anchor)}”有特别的含义，本站不支持"
            self._report(ALIAS, position_of(event), says, self._quote_hint(event))
            return None
        if event.anchor is not None or event.tag is not None:
            self._report_anchor_and_tag(event)
        if kind is ScalarEvent:
            text: str = event.value
            if event.style:  # in quotes, or a block
                return text
            if text[:1] in _SPECIAL_FIRST or ":" in text or "：" in text:
                self._look_at(event, text)
            return text or None
        if self._depth == DEPTH_LIMIT:
            self._report(TOO_DEEP, position_of(event), f"从这里起超过 {DEPTH_LIMIT} 层", TOO_DEEP.fix)
            raise _StopParsing
        self._depth += 1
        in_braces = bool(event.flow_style)
        value: Raw = self._list() if kind is SequenceStartEvent else self._mapping(in_braces=in_braces, in_list=in_list)
        self._depth -= 1
        return value

    def _look_at(self, event: Any, text: str) -> None:
        """Report or remember plain text that may mean something else than it says."""
        if not self.suspicious and (":" in text or "：" in text or text[0] == "-"):
            self.suspicious = LOOKS_LIKE_FIELD.match(text) is not None
        elif text[0] in WIDE_QUOTES_USED and is_wrapped(text):
            self._wrapped.append(event)
        elif text in _NULLS:
            self._report(NULL, position_of(event), f"“{text}”会当成文字印出来", _NULL_HINT)

    def _list(self) -> list[Raw]:
        result: list[Raw] = []
        while type(event := self._next()) is not SequenceEndEvent:
            result.append(self._value(event, in_list=True))
        return result

    def _mapping(self, *, in_braces: bool, in_list: bool) -> dict[str, Raw]:
        result: dict[str, Raw] = {}
        keys: dict[str, Any] = {}  # their events
        twice = False
        while type(event := self._next()) is not MappingEndEvent:
            key = self._key(event)
            value_event = self._next()
            value = self._value(value_event)
            if key is None:
                continue
            if in_braces and not getattr(value_event, "style", None):
                self._check_braces(event, key, value)
            if key in result:
                says = f"“{quote(key)}”写了两遍，第一遍在第 {position_of(keys[key]).line} 行"
                hint = DUPLICATE.fix
                if in_list and not in_braces:
                    if twice:
                        continue  # what follows is of the same entry
                    hint = self._entry_hint(key, position_of(event).line, keys)
                self._report(DUPLICATE, position_of(event), says, hint)
                twice = True
                continue
            result[key] = value
            keys[key] = event
        return result

    def _entry_hint(self, key: str, line: int, before: Mapping[str, Any]) -> str:
        """Return the hint for a key that stands again on `line` of an entry: the next entry may lack its hyphen.

        `before` are the keys before, with their events. The next entry begins with the same key as this one, or after it.
        """
        keys = list(before)
        following = keys[keys.index(key) + 1 :]
        start = line if key == keys[0] or not following else position_of(before[following[0]]).line
        written = quote(self._lines[start - 1].strip())
        return f"第 {start} 行起是另一条的，那一行改成“- {written}”，和上一条的“- ”对齐；是同一条的，只留一处"

    def _check_braces(self, event: Any, key: str, value: Raw) -> None:
        """Report a key without a colon, which is the end of a value with a comma: ``{amount: 1,000}``."""
        if value is None and not self._text[event.end_mark.index :].lstrip().startswith(":"):
            self.suspicious = True
            self._report(FLOW_COMMA, position_of(event), f"花括号里的“{quote(key)}”后面没有冒号和内容", FLOW_COMMA.fix)
        elif isinstance(value, str) and NEXT_FIELD.search(value):
            self.suspicious = True

    def _key(self, event: Any) -> str | None:
        if type(event) is not ScalarEvent or not event.value:
            position, known = position_of(event), len(self.findings)
            self._value(event)
            del self.findings[known:]  # what stands inside the key is a consequence
            self._report(KEY_NOT_TEXT, position, "冒号前面应当是字段名" + _kind_suffix(event), _key_hint(event))
            return None
        if event.anchor is not None or event.tag is not None:
            self._report_anchor_and_tag(event)
        key: str = event.value
        if key.isidentifier() and key.isascii():
            return key
        if key == "<<" and not event.style:
            self._report(MERGE, position_of(event), "不支持“<<”字段", "删掉这一行，把要合并的字段逐个写出来")
            return None
        if "：" in key or key[0] in "-｛" or not key.isprintable():
            self.suspicious = True
        return key

    def _report_anchor_and_tag(self, event: Any) -> None:
        position = Position(event.start_mark.line + 1, event.start_mark.column + 1)
        if event.anchor is not None:
            name = quote(event.anchor)
            position = Position(position.line, position.column, len(event.anchor) + 1)
            self._report(ANCHOR, position, f"“&{name}”有特别的含义，本站不支持", self._quote_hint(event))
        if event.tag is not None:
            says = f"“!”开头的写法（{quote(event.tag)}）有特别的含义，本站不支持"
            self._report(TAG, position, says, self._quote_hint(event))

    def _quote_hint(self, event: Any) -> str:
        """Return the hint to put the value that begins like `event` inside quotes, with the line if it is all on one."""
        start = event.start_mark
        line = self._lines[start.line]
        before, value = line[: start.column], line[start.column :].rstrip()
        if before.rstrip().endswith((":", "-")) and not value.endswith((",", "}", "]", ":")):
            return f"不是内容就删掉；是内容的，{corrected_hint(before + quoted(value))}"
        return _QUOTE_HINT

    @cached_property
    def _lines(self) -> list[str]:
        return re.split(r"\r\n|\n|\r", self._text)

    def _report(self, rule: Rule, position: Position, says: str, hint: str) -> None:
        if len(self.findings) == _MAX_FINDINGS:
            raise _StopParsing
        self.findings.append(rule.at(self._file, says=says, hint=hint, position=position))


_NULLS = ("~", "null", "Null", "NULL")  # what YAML reads as no value
_SPECIAL_FIRST = frozenset((*(null[0] for null in _NULLS), *WIDE_QUOTES_USED, "-"))  # of text to look at again
_NULL_HINT = '没有内容的，删掉这一行；真要写这个词，放进英文引号里，如 "null"'
_QUOTE_HINT = "如果是内容，把冒号后面整段放进英文引号里；否则删掉"


def _kind_suffix(event: Event) -> str:
    if type(event) is MappingStartEvent:
        return "，这里是大括号 { }"
    if type(event) is SequenceStartEvent:
        return "，这里是方括号 [ ]"
    return "，这里是空的" if type(event) is ScalarEvent else ""


def _key_hint(event: Event) -> str:
    return "在冒号前面写上字段名" if type(event) is ScalarEvent else "如果是内容，把整段放进英文引号里"
