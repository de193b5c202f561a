"""How the search finds in a question the matters of which it speaks: its script, run in V8."""

from __future__ import annotations

import json
import re

import pytest
from py_mini_racer import MiniRacer

from builder.matters import Speech, speech
from builder.matters.speech import speech_of
from builder.render.pages.search import SpeechPlan, SpokenMatter, SpokenPeople, packed_speech
from builder.support.fingerprint import BUILT_IN
from builder.support.packing import LEADS, MARKS, TRAILS, Alphabet

WORDS = """\
variants:
  没: [冇, 没得, 没有]
  被人: [俾人]
  给: [俾]
words:
  亲人: [爸, 妈, 老人]
  走了: [去世, <亲人>~没了]
"""
MATTERS = """\
matters:
  qushi: {name: 亲人去世, formal: [甲], certain: [<走了>], people: [孝子]}
  zhusuo: {name: 换住处, formal: [甲], certain: [搬+家/店, 房东 赶], things: [收条, 租房合同]}
  yancao: {name: 烟草证, formal: [甲], certain: [卖烟, (红本/求职~本/<亲人>~证) 写满/换], things: [收条]}
  yanhua: {name: 烟花爆竹, formal: [甲], certain: [卖烟花], things: [收条]}
  pianju: {name: 被骗, formal: [甲], likely: [被人骗, 骗 钱], perhaps: [钱]}
  jiekuan: {name: 欠债, formal: [甲], perhaps: [钱, 利息]}
"""
PEOPLE = """\
people:
  dibao: {formal: [低保, 困难家庭], said: [吃低保, 低保户], matters: [yancao]}
  tuixiu: {formal: [退休], said: [<亲人>~退休, 领 退休金]}
"""


@pytest.fixture(scope="module")
def engine() -> MiniRacer:
    files = {"words.yaml": WORDS, "people.yaml": PEOPLE, "a.yaml": MATTERS}
    return understanding(speech_of({name: text.encode() for name, text in files.items()}))


@pytest.fixture(scope="module")
def lexicon() -> MiniRacer:
    """What understands all matters that ship with the builder."""
    return understanding(speech())


def understanding(read: Speech) -> MiniRacer:
    engine = MiniRacer()
    for script in ("search-packed.js", "search-matters.js"):
        engine.eval((BUILT_IN / "static" / script).read_text("utf-8"))
    matters = tuple(SpokenMatter((), one.name, *map("|".join, one.said)) for one in read.matters)
    names = {one.id: one.name for one in read.matters}
    people = tuple(
        SpokenPeople("|".join(one.formal), "|".join(one.said), "|".join(names[id] for id in one.matters))
        for one in read.people
    )
    data = packed_speech(SpeechPlan(read.variants, read.classes, (), matters, people))
    engine.eval(f"const matters = createMatters({json.dumps(data)}, text => text); 0")
    return engine


def sure(engine: MiniRacer, question: str) -> dict[str, float]:
    """Return the names of the matters of which a question speaks, the surest first, each with how sure that is."""
    found = engine.eval(
        f"JSON.stringify(matters.in({json.dumps(question)}).map(({{ matter, sure }}) => [matter.name, sure]))"
    )
    return dict(json.loads(str(found)))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("我爸前天没了", "亲人去世"),
        ("我爸前几天早上没了", None),  # more than a few characters between
        ("没了我爸", None),  # one soon after the other
        ("搬家", "换住处"),
        ("搬新家", None),  # directly after the other
        ("赶我走，房东", "换住处"),  # anywhere
        ("妈冇了", "亲人去世"),
        ("老人没得了", "亲人去世"),
        ("俾人骗", "被骗"),  # of variants that overlap the longest is meant
        ("我是孝子", None),  # who one is leads nowhere
        ("红本写满了", "烟草证"),  # of alternatives in brackets each stands for itself
        ("求职那个本写满了", "烟草证"),
        ("妈的证要换", "烟草证"),
        ("求职写满了", None),
        ("换住处", "换住处"),  # its name
    ],
)
def test_a_matter_is_spoken_of_where_the_parts_of_an_expression_stand_as_it_says(
    engine: MiniRacer, question: str, first: str | None
) -> None:
    certain = [name for name, much in sure(engine, question).items() if much > 0.5]
    assert certain == ([first] if first else [])


def test_in_a_longer_word_of_another_matter_a_word_says_little(engine: MiniRacer) -> None:
    assert [*sure(engine, "卖烟花要办啥证")] == ["烟花爆竹", "烟草证"]
    assert sure(engine, "卖烟花")["烟草证"] < 0.6 * sure(engine, "卖烟")["烟草证"]
    assert sure(engine, "又卖烟花又卖烟")["烟草证"] > 0.8


def test_a_thing_tells_the_less_the_more_matters_have_it(engine: MiniRacer) -> None:
    assert sure(engine, "租房合同")["换住处"] > 2 * sure(engine, "收条")["换住处"]
    assert sure(engine, "利息")["欠债"] > sure(engine, "钱")["欠债"]


def test_what_the_same_characters_say_twice_counts_once_and_more_characters_make_surer(engine: MiniRacer) -> None:
    assert sure(engine, "骗了钱")["被骗"] < 0.75
    assert sure(engine, "骗了钱，被人骗")["被骗"] > 0.8
    assert sure(engine, "租房合同")["换住处"] > sure(engine, "利息")["欠债"] / 2


def test_who_one_is_adds_to_what_is_said(engine: MiniRacer) -> None:
    assert sure(engine, "我是孝子，老人去世")["亲人去世"] > sure(engine, "老人去世")["亲人去世"]


@pytest.mark.parametrize(
    ("question", "formal", "before"),
    [
        ("我吃低保", ["低保", "困难家庭"], ["烟草证"]),
        ("老人退休了", ["退休"], []),
        ("退休金每月领", ["退休"], []),  # in any order
        ("低保怎么办", None, None),
    ],
)
def test_who_one_is_tells_the_words_of_items_that_are_for_such_people(
    engine: MiniRacer, question: str, formal: list[str] | None, before: list[str] | None
) -> None:
    people = json.loads(str(engine.eval(f"JSON.stringify(matters.people({json.dumps(question)}))")))
    assert [(one["formal"], one["before"]) for one in people] == ([(formal, before)] if formal else [])


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("老伴没啦咋办手续", "亲人去世"),
        ("我老汉儿走了后头办些啥子", "亲人去世"),
        ("俺屯有个老跑腿子没人管", "特困供养（五保）"),
        ("想寻个营生阿达招人哩", "找工作"),
        ("下了二十年煤窑能早退休不", "特殊工种提前退休"),
        ("三个月没开资了", "老板欠工资"),
        ("工地上绊倒了脚杆断了", "工伤认定"),
        ("医保卡整落了啷个补", "社保卡丢了"),
        ("窑洞裂了大口子没钱修", "危房改造"),
        ("苞米让风刮倒了保险赔不", "农业保险"),
        ("楼下渣渣堆起没人清", "垃圾清运分类"),
    ],
)
def test_what_the_north_and_the_southwest_say_leads_to_its_matter(
    lexicon: MiniRacer, question: str, matter: str
) -> None:
    assert next(iter(sure(lexicon, question))) == matter


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("人老了没人管政府给补贴吗", "亲人去世"),  # 老了 is grown old, and 老了人 a death
        ("我爸妈回老家了医保怎么办", "亲人去世"),
        ("要回户口所在地办吗去户口所在地办", "人去世了销户口"),
        ("除户口本还要带什么", "人去世了销户口"),
        ("手机没了怎么办", "办残疾人证"),
        ("腿断了怎么办", "办残疾人证"),
        ("我岁数大了没人要", "户口年龄民族改错"),
        ("收入比低保高一点", "困难学生助学"),  # no pupil of 高一
        ("在工地摔倒了", "失业登记"),  # no firm that 倒了
        ("上个礼拜办的证", "不会网办、帮办代办"),
    ],
)
def test_plain_talk_is_not_taken_for_what_it_does_not_say(lexicon: MiniRacer, question: str, matter: str) -> None:
    assert sure(lexicon, question).get(matter, 0) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "没有钱|没 钱~ktv+没/bb A/AB",
        "失业（登记）、2n",
        "".join(map(chr, range(0x4E00, 0x4E00 + len(MARKS) + len(LEADS) * len(TRAILS)))),
    ],
)
def test_a_packed_text_is_ascii_and_the_script_brings_it_back(engine: MiniRacer, text: str) -> None:
    assert Alphabet.of([text]).packed(text).isascii()
    assert brought_back(engine, text) == text


def test_characters_for_which_there_is_no_room_stay_as_they_are(engine: MiniRacer) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + len(MARKS) + len(LEADS) * len(TRAILS) + 3)))
    assert len(re.sub(r"[\x00-\x7f]", "", Alphabet.of([text]).packed(text))) == 3
    assert brought_back(engine, text) == text


def brought_back(engine: MiniRacer, text: str) -> object:
    """Return the name of a matter as the script reads it."""
    data = packed_speech(SpeechPlan((), (), (), (SpokenMatter((), text, "", "", "", "", ""),)))
    return engine.eval(f"createMatters({json.dumps(data)}, text => text).in({json.dumps(text)})[0].matter.name")


def test_an_alphabet_does_not_depend_on_the_order_of_texts() -> None:
    texts = ["没有钱看病", "没有工作", "看病钱"]
    assert Alphabet.of(texts) == Alphabet.of(reversed(texts))
    assert Alphabet.of([]).packed("") == ""
