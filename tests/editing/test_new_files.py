"""New files are written in the order of the model and in the style of the house, and say what they should."""

from __future__ import annotations

from typing import Any

import pytest
from editing_world import SPITEFUL, TEXTS, ContentFile, sample, values_of
from hypothesis import given
from hypothesis import strategies as st

from builder.content.fields import keys_in_order
from builder.content.model.item import Item
from builder.content.parsing import parse
from builder.content.settings import Settings
from builder.content.source import read
from builder.editing import plain, scalar, written

ITEM = "content/items/xincheng/a.yaml"

HOUSE = """\
# yaml-language-server: $schema=../../../docs/schema/item.json
name: 甲
aliases:
  - "a: b"
  - 乙
topics: jiuye
handling: 承诺件
eligibility:
  - 满16周岁
  - any:
      - 有户籍
      - 有居住证
materials:
  - ref: id-card
    form: [原件, 复印件]
    copies: 2
  - 户籍证明
steps:
  - id: shou
    actor: 窗口
    do: 收
    branches:
      - when: 不齐全
        to: end:returned
fees:
  - name: 工本费
    of: 面积
    bands:
      - {to: 10亩, amount: 50}
      - {amount: 3, per: 亩}
rights: |
  可以问
  可以查
checked: 2026-11-03
"""


def test_an_item_is_written_as_the_house_does() -> None:
    text = HOUSE.replace("form: [原件, 复印件]", "form:\n      - 原件\n      - 复印件")
    values = values_of(ITEM, text.encode())
    mixed = dict(sorted(values.items(), key=lambda entry: entry[0], reverse=True))
    assert written(ITEM, mixed, HOUSE.partition("\n")[0]).decode() == text


def test_records_of_a_library_stand_on_a_line_each() -> None:
    records = {"b-fa": {"number": "1号", "title": "乙, 丙"}, "a-fa": {"title": "甲"}}
    assert written("content/laws.yaml", records).decode() == 'b-fa: {title: "乙, 丙", number: 1号}\na-fa: {title: 甲}\n'


def test_the_body_of_a_page_stands_below_its_fields() -> None:
    page = {"body": "## 乙\n\n丙", "title": "甲"}
    assert written("content/pages/a.md", page).decode() == "---\ntitle: 甲\n---\n\n## 乙\n\n丙\n"


def test_every_file_of_the_sample_can_be_written_anew() -> None:
    for file in sample():
        data = written(file.name, file.values)
        assert values_of(file.name, data) == file.values, file.name


def test_most_items_of_the_sample_are_written_as_they_stand() -> None:
    """The order of the model and the style of the house are those of the editors, a few lines aside."""
    items = [file for file in sample() if file.name.startswith("content/items/") and file.name.endswith(".yaml")]
    lines = [line for file in items for line in file.data.decode().split("\n")]
    moved = sum(len(lines_that_differ(file)) for file in items)
    assert moved < len(lines) / 25


def lines_that_differ(file: ContentFile) -> set[tuple[int, str]]:
    text = [line for line in file.data.decode().split("\n") if not line.startswith("#")]
    mine = written(file.name, file.values).decode().split("\n")
    return set(enumerate(keys_of(text))) - set(enumerate(keys_of(mine)))


def keys_of(lines: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in lines if line[:1].strip()]


def test_every_record_of_the_sample_is_read_again_from_its_plain_values() -> None:
    for file in sample():
        if file.name == "site.yaml":
            settings = Settings.model_validate(file.values)
            assert Settings.model_validate(plain(settings)) == settings
            continue
        for id, record in parse(file.name, file.data).records():
            assert type(record).model_validate(plain(record)) == record, (file.name, id)
            values: dict[str, Any] = {id: record} if id in file.values else {}
            if not values:
                assert parse(file.name, written(file.name, record)).records() == [(id, record)]


def test_plain_values_are_as_short_as_an_editor_has_them() -> None:
    raw = {
        "name": "甲",
        "materials": ["户籍证明", {"ref": "id-card", "copies": "2"}],
        "time": "5个工作日",
        "fees": [{"amount": "不超过300", "name": "乙"}],
        "checked": "2026-11-03",
        "rights": "可以问\n可以查\n",
        "status": "暂停",
    }
    assert plain(Item.model_validate(raw)) == raw


def test_the_order_of_an_item_begins_with_its_name_and_ends_with_the_notes() -> None:
    keys = keys_in_order(Item)
    assert keys[:3] == ("name", "title", "name_en")
    assert keys[-1] == "notes"
    assert keys.index("audiences") < keys.index("materials") < keys.index("steps") < keys.index("variants")


@pytest.mark.parametrize("text", SPITEFUL)
@pytest.mark.parametrize("quotes", ["", '"', "'"])
def test_a_text_reads_back_as_it_is(text: str, quotes: str) -> None:
    in_brackets = scalar(text, quotes=quotes, in_brackets=True)
    entry = scalar(text, quotes=quotes, behind_dash=True)
    sample_text = f"a: {scalar(text, quotes=quotes)}\nb:\n  - {entry}\nc: [{in_brackets}]\n"
    document, _ = read("a.yaml", sample_text.encode())
    assert document
    assert document.raw == {"a": text, "b": [text], "c": [text]}


@pytest.mark.parametrize("text", ["no", "8:30", "0012", "甲（乙）：丙", "end:returned", "https://a.cn/b?c=d", "1,000"])
def test_a_text_has_no_quotes_without_need(text: str) -> None:
    assert scalar(text) == text


@given(st.dictionaries(st.sampled_from(keys_in_order(Item)), TEXTS | st.lists(TEXTS, min_size=1), min_size=1))
def test_any_values_can_be_written(values: dict[str, Any]) -> None:
    assert values_of(ITEM, written(ITEM, values)) == values
