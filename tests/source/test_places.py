"""From a key path to the place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.content.source import locate, positions_in
from builder.support.diagnostics import KeyPath, Position

FILE = """\
title: 社会保障卡补领
materials:
  - name: 居民身份证
    form: 原件
  - 户口簿
fee:
phones: [12345, '12333']
text: |
  长文本
""".encode()


@pytest.mark.parametrize(
    ("path", "on", "position"),
    [
        (("title",), "value", Position(1, 8, 7)),
        (("title",), "key", Position(1, 1, 5)),
        (("materials", 0, "form"), "value", Position(4, 11, 2)),
        (("materials", 0, "form"), "key", Position(4, 5, 4)),
        (("materials", 0), "value", Position(3, 5, 11)),
        (("materials", 1), "value", Position(5, 5, 3)),
        (("materials",), "key", Position(2, 1, 9)),
        (("fee",), "value", Position(6, 1, 3)),
        (("phones", 1), "value", Position(7, 17, 7)),
        (("text",), "value", Position(8, 7, 1)),
        ((), "value", Position(1, 1, 14)),
    ],
)
def test_finds_keys_and_values(path: KeyPath, on: Literal["key", "value"], position: Position) -> None:
    assert locate(FILE, "a.yaml", path, on) == position


@pytest.mark.parametrize(
    ("path", "position"),
    [
        (("materials", 0, "issuer"), Position(3, 5, 11)),
        (("materials", 7), Position(2, 1, 9)),
        (("materials", 1, "name"), Position(5, 5, 3)),
        (("title", "plain"), Position(1, 1, 5)),
        (("summary",), Position(1, 1, 14)),
    ],
    ids=["missing key", "missing item", "text instead of fields", "text instead of fields, with a key", "on top"],
)
def test_a_path_that_leads_nowhere_ends_at_what_lacks_it(path: KeyPath, position: Position) -> None:
    assert locate(FILE, "a.yaml", path, "key") == position


def test_lines_count_in_the_whole_markdown_file() -> None:
    data = "\ufeff---\r\ntitle: 甲\r\nlist:\r\n  - 乙\r\n---\r\n正文".encode()

    assert locate(data, "a.md", ("list", 0), "value") == Position(4, 5, 1)


def test_what_stands_before_a_syntax_error_is_found() -> None:
    assert locate(b"a: 1\nb: 'x\n", "a.yaml", ("a",), "value") == Position(1, 4, 1)


SPITEFUL = st.text(st.sampled_from("ab：: -#\t\n\"'[]{},&*!|>%?~<")).map(lambda text: b"a:\n" + text.encode())


@given(st.binary() | SPITEFUL, st.sampled_from(["a.yaml", "a.md"]))
def test_no_bytes_break_the_search(data: bytes, file: str) -> None:
    assert locate(data, file, ("a", 0, "b"), "key").line >= 1


def test_an_alias_has_a_place() -> None:
    assert locate(b"a: 1\nb: *x\n", "a.yaml", ("b",), "value") == Position(2, 4, 2)


def test_a_thousand_levels_break_nothing() -> None:
    assert locate(b"a: " + b"[" * 5000, "a.yaml", ("a",), "value") == Position(1, 4, 1)


KEYS = st.text(st.characters(max_codepoint=0xFFFF, categories=("L", "N")), min_size=1, max_size=8)
WORDS = st.text(st.sampled_from("甲乙a1 ：:-#'\"[{*&!%@`,\U0001f600"), max_size=12)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(
    st.dictionaries(KEYS, VALUES, min_size=1, max_size=4),
    st.sampled_from([None, '"', "'"]),
    st.sampled_from(["flow", "block"]),
)
def test_every_path_leads_to_the_text_of_its_value(fields: dict[str, object], style: str | None, flow: str) -> None:
    text = yaml.safe_dump(
        fields, allow_unicode=True, width=10_000, default_style=style, default_flow_style=flow == "flow"
    )
    lines = text.split("\n")

    for path, value in scalars((), fields):
        position = locate(text.encode(), "a.yaml", path, "value")
        found = lines[position.line - 1][position.column - 1 : position.column - 1 + position.length]
        assert yaml.load(found, yaml.BaseLoader) == value  # noqa: S506 - BaseLoader makes nothing but text


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_every_key_is_found_by_its_path(fields: dict[str, object]) -> None:
    text = yaml.safe_dump(fields, allow_unicode=True, default_style='"', width=10_000)
    lines = text.split("\n")

    for key in fields:
        position = locate(text.encode(), "a.yaml", (key,), "key")
        assert lines[position.line - 1][position.column : position.column + len(key)] == key


def scalars(path: KeyPath, value: object) -> Iterator[tuple[KeyPath, str]]:
    match value:
        case str():
            yield path, value
        case list():
            for index, inner in enumerate(value):
                yield from scalars((*path, index), inner)
        case dict():
            for key, inner in value.items():
                yield from scalars((*path, key), inner)
        case _:
            raise AssertionError(value)


def test_a_single_value_without_its_dash_is_found_as_the_first_of_its_list() -> None:
    data = "topics: shebao\nfaq:\n  q: 问\n  a: 答\n".encode()

    assert locate(data, "a.yaml", ("topics", 0)) == Position(1, 9, 6)
    assert locate(data, "a.yaml", ("faq", 0, "a")) == Position(4, 6, 1)


MARKDOWN = """\
---
title: 关于本站
summary: >
  先打电话，
  再去大厅
---

![图](a.png) 和 ![图](b.png)
""".encode()


@pytest.mark.parametrize(
    ("path", "part", "position"),
    [
        (("body",), "![图](b.png)", Position(8, 15, 11)),
        (("body",), "找不到", Position(7, 1)),
        (("summary",), "大厅", Position(5, 5, 2)),
        (("title",), "本站", Position(2, 10, 2)),
        (("title",), "title", Position(2, 8, 4)),
    ],
)
def test_a_part_of_a_text_is_found_on_its_own_line(path: KeyPath, part: str, position: Position) -> None:
    assert positions_in(MARKDOWN, "a.md").position(path, part=part) == position
