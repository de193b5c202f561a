"""Whom an item is stated to be for, as editors write it and as all its cases together say it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from builder.content.card import card_of
from builder.content.model.item import Item
from builder.content.model.whom import OLDEST, Ages, Whom, read_ages
from builder.content.stated_for import packed, stated_for, unpacked


def item(**written: Any) -> Item:
    return Item.model_validate({"name": "领补贴", **written})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("60+", Ages("", 60, OLDEST)),
        ("16-59", Ages("", 16, 59)),
        ("0-13", Ages("", 0, 13)),
        ("95", Ages("", 95, 95)),
        ("女50+", Ages("f", 50, OLDEST)),
        ("男16-59", Ages("m", 16, 59)),
    ],
)
def test_ages_are_read_as_they_are_written(written: str, read: Ages) -> None:
    assert read_ages(written) == read


@pytest.mark.parametrize("written", ["60岁以上", "59-16", "60-", "-5", "131+", "1234", ""])
def test_other_ages_are_answered_with_how_to_write_them(written: str) -> None:
    with pytest.raises(ValueError, match="16-59"):
        read_ages(written)


def test_a_closed_list_names_its_words() -> None:
    with pytest.raises(ValidationError, match="本地（local）、本市（city）、外地（elsewhere）"):
        Whom.model_validate({"hukou": "本省"})


def test_nobody_writes_an_empty_one() -> None:
    with pytest.raises(ValidationError, match="whom 是空的"):
        Whom.model_validate({"hukou": []})


def test_what_is_not_written_is_not_stated() -> None:
    assert stated_for(item()).says == ()
    assert packed(stated_for(item())) == b""


def test_an_item_without_cases_states_what_it_says() -> None:
    stated = stated_for(item(whom={"hukou": ["本地", "外地"], "certificates": "card", "age": "60+"}))
    assert stated.says == (("hukou", "local"), ("hukou", "elsewhere"), ("certificates", "card"), ("age", "60+"))
    assert stated.narrow == ("hukou", "certificates")
    assert unpacked(packed(stated)) == stated


def test_only_what_every_case_states_can_put_an_item_aside() -> None:
    cases = [
        {"id": "jia", "name": "甲", "whom": {"certificates": "card", "work": "退休"}},
        {"id": "yi", "name": "乙", "whom": {"hukou": "本市"}},
    ]
    stated = stated_for(item(whom={"hukou": ["本地", "本市"]}, variants=cases))
    assert stated.says == (("hukou", "local"), ("hukou", "city"), ("certificates", "card"), ("work", "retired"))
    assert stated.narrow == ("hukou",)


def test_a_certificate_that_stands_in_words_only_belongs_to_no_list_of_the_guide() -> None:
    written = item(whom={"certificates": ["card", "book"]}, materials=[{"ref": "book"}])
    card = card_of(written, id="a", area="zhen", file="a.yaml")
    assert ("material", "card") in card.references
    assert [id for kind, id in card.told if kind == "material"] == ["book"]


def test_whom_an_item_is_for_changes_no_list_that_shows_it() -> None:
    one, other = (
        card_of(item(whom={"hukou": hukou}), id="a", area="zhen", file="a.yaml") for hukou in ("本地", "外地")
    )
    assert one.digest == other.digest
    assert one.stated != other.stated
