"""What residents read of a fact: worded in one room, from the fact and the locale."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import builder.content.model
from builder.content.card import Card, card_of
from builder.content.fields import Absence, Choice
from builder.content.model.companions import PlaceKind
from builder.content.model.disclosure import ListStatus
from builder.content.model.editions import PaperKind
from builder.content.model.item import Item
from builder.content.model.materials import Form
from builder.content.model.quantities import Bound, Cycle, Period, TimeUnit
from builder.content.model.steps import Ending, Visibility
from builder.content.model.whom import Family, Hukou, Income, Occupation
from builder.content.settings import Level, Switch
from builder.context.words import read_words
from builder.wording.cards import fee_of_card, rounds_of_card, time_of_card
from builder.wording.choices import NAMED, choice_in_words

REPOSITORY = Path(__file__).resolve().parent.parent
CHINESE = "templates/locales/zh-Hans.yaml"
WORDS = read_words(CHINESE, (REPOSITORY / CHINESE).read_bytes())
ROOM = 30  # characters for what differs by case


def card(**fields: object) -> Card:
    item = Item.model_validate({"name": "失业登记", **fields})
    return card_of(item, id="shiye-dengji", area="xincheng", file="content/items/xincheng/shiye-dengji.yaml")


def variants(*fields: dict[str, object]) -> list[dict[str, object]]:
    return [{"id": f"v{n}", "name": f"情形{n}", **one} for n, one in enumerate(fields)]


@pytest.mark.parametrize(
    ("time", "short"),
    [
        (None, ""),
        ("无", "没有规定时限"),
        ("不适用", "不涉及时限"),
        ("15个工作日", "15个工作日"),
        ({"promised": "5个工作日", "statutory": "7个工作日"}, "5个工作日"),  # 004:702
        ({"statutory": "7个工作日"}, "7个工作日"),
        ({"note": "按当年文件执行"}, "按当年文件执行"),
    ],
)
def test_tells_how_long_in_a_few_words(time: object, short: str) -> None:
    assert time_of_card(card(time=time), WORDS, ROOM) == short


@pytest.mark.parametrize(
    ("fees", "short"),
    [
        (None, ""),
        ("无", "不收费"),
        ("不适用", "不涉及收费"),
        ({"amount": "9", "per": "对"}, "每对9元"),  # 004:11
        ({"amount": "10.50"}, "10.50元"),
        ({"amount": "400", "who": "不符合免费条件的"}, "部分人400元"),  # 000:1895
        (
            [{"amount": "60", "per": "人每年", "who": "学生"}, {"amount": "300", "per": "人每年", "who": "成人"}],
            "每人每年60元或300元",  # 004:717
        ),
        ([{"amount": "5", "note": "工本费"}, {"amount": "20", "note": "检测费"}], "5元（工本费）、20元（检测费）"),
        ({"name": "工本费"}, "收工本费"),  # 004:243: no amount
    ],
)
def test_tells_what_it_costs_in_a_few_words(fees: object, short: str) -> None:
    assert fee_of_card(card(fees=fees), WORDS, ROOM) == short


def test_says_in_which_cases_it_takes_another_time() -> None:
    """What the item says, or most cases do, is the rule; without a rule each case has its own answer."""
    assert time_of_card(card(variants=variants({"time": "当场"}, {"time": "当场"})), WORDS, ROOM) == "当场办结"
    assert time_of_card(card(time="30天", variants=variants({}, {})), WORDS, ROOM) == "30天"
    assert time_of_card(card(variants=variants({}, {})), WORDS, ROOM) == ""

    assert time_of_card(card(time="30天", variants=variants({"time": "当场"}, {})), WORDS, ROOM) == (
        "30天（情形0：当场办结）"
    )
    two_of_three = variants({"time": "3天"}, {"time": "3天"}, {"time": "当场"})
    assert time_of_card(card(variants=two_of_three), WORDS, ROOM) == "3天（情形2：当场办结）"
    assert time_of_card(card(variants=variants({"time": "当场"}, {"time": "30天"})), WORDS, ROOM) == (
        "情形0：当场办结；情形1：30天"
    )
    assert time_of_card(card(variants=variants({"time": "当场"}, {})), WORDS, ROOM) == (
        "情形0：当场办结；情形1：请电话确认"
    )


def test_a_name_that_ends_in_a_character_stands_before_the_time_without_a_colon() -> None:
    cases = [{"id": "fenhu", "name": "分户", "time": "当场"}, {"id": "lihu", "name": "立户（另起）", "time": "当场"}]
    assert time_of_card(card(time="7天", variants=cases), WORDS, ROOM) == "7天（分户、立户（另起）当场办结）"


def test_where_there_is_no_room_for_the_cases_says_that_it_depends() -> None:
    cases = variants({"time": "当场"}, {"time": "30天"})
    assert time_of_card(card(variants=cases), WORDS, room=10) == "时限看情形"
    assert fee_of_card(card(variants=variants({"fees": "无"}, {"fees": {"amount": 5}})), WORDS, room=5) == "收费看情形"


@pytest.mark.parametrize(
    ("windows", "short"),
    [
        ("每年9月1日至9月30日", "只在9月办"),
        ("每年11月至次年4月", "只在11月至次年4月办"),
        ("每年10月底前", "只在10月底前办"),
        ("每年3月15日前", "只在3月15日前办"),
        ("每月5日至20日", "只在每月5日至20日办"),
        ("每月20日前", "只在每月20日前办"),
        ("每周一、三", "只在每周一、三办"),
        (["每年9月1日至9月30日", "每年3月1日至3月31日"], "只在3月、9月办"),
        (["每年3月1日至4月30日", "每年9月1日至10月31日"], "只在3月至4月、9月至10月办"),
        (["每年3月1日至4月30日", "每年11月至次年1月"], "只在规定时间办"),  # too long for a list
        ({"when": "每周一", "who": "居委会"}, ""),  # not when residents apply
        ("每年5月8日", "只在5月8日办"),
        ("每年3月、9月", "只在3月、9月办"),
        ("每月15日", "只在每月15日办"),
        ("每月5日、15日、25日", "只在每月5日、15日、25日办"),
        ("每月上旬", "只在每月1日至10日办"),
        ("2027年5月8日至19日", "只在2027年5月办"),
        ("2027年3月1日至2027年4月15日", "只在2027年3月至4月办"),
        ("2027年3月31日前", "只在2027年3月31日前办"),
        ("2026年11月1日至2027年4月30日", "只在规定时间办"),
        ("常年受理", ""),
        (["常年受理", "每月5日"], ""),
        (["招用之日起30日内", "每周一"], ""),  # "only on Mondays" would be wrong
    ],
)
def test_tells_the_only_times_at_which_one_can_apply(windows: object, short: str) -> None:
    assert rounds_of_card(card(windows=windows), WORDS) == short


# What editors and webmasters alone read and write.
FOR_EDITORS = {Absence, Level, ListStatus, PaperKind, Period, PlaceKind, Switch, Visibility}

# The closed lists whose choices are worded in sentences of their own, by how the names of their words begin.
IN_SENTENCES = {
    Bound: "duration",
    Cycle: "disclosed",
    Ending: "ending",
    Form: "form",
    TimeUnit: "duration",
    Hukou: "told_hukou",
    Occupation: "told_work",
    Income: "told_income",
    Family: "told_family",
}


def choices_of_the_model() -> set[type[Choice]]:
    for module in pkgutil.walk_packages(builder.content.model.__path__, "builder.content.model."):
        importlib.import_module(module.name)
    return set(Choice.__subclasses__())


def test_every_closed_list_is_for_residents_in_words_or_for_editors() -> None:
    assert choices_of_the_model() == NAMED.keys() | IN_SENTENCES.keys() | FOR_EDITORS


@pytest.mark.parametrize("choice", [one for some in NAMED for one in some], ids=repr)
def test_the_chinese_word_of_a_choice_is_its_label(choice: Choice) -> None:
    assert choice_in_words(choice, WORDS) == choice.label


def test_every_choice_that_stands_in_a_sentence_has_its_word() -> None:
    names = {f"{prefix}_{one.name.lower()}" for some, prefix in IN_SENTENCES.items() for one in some}
    assert names <= WORDS.keys()
