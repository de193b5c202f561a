"""How people speak of matters of life: the lexicon that ships with the builder, and which items belong to a matter."""

from __future__ import annotations

import marshal
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from builder.matters import STRENGTHS, Matter, Recognition, speech
from builder.matters.speech import FOLDER, folded, in_plain_words, letters_of, number_of, speech_of
from builder.support.characters import traditional_forms

WORDS = """\
variants:
  不: [唔]
  爸: [老豆, 爸爸]
words:
  长辈: [老豆, 妈妈]
  走了: [去世, <长辈>~没了]
"""
MATTERS = """\
words:
  亲人: [老爸爸, 妈妈, 老妈妈, <长辈>]
matters:
  qinren-qushi:
    name: 亲人去世
    formal: [丧葬补贴]
    formal_all: [[死亡, 待遇清算]]
    not: [工亡]
    certain: [<亲人>+走了/没了, <走了> 手续]
    things: [火葬场的单子]
  shebaoka-guashi:
    name: 社保卡丢了
    formal: [社保卡挂失]
    likely: [<亲人>/师傅 卡唔见了]
"""

PLAIN_TALK = """\
去哪个网点办 一点办法 几点开门 晚点交社保 早点领退休金 服务点办理 在哪能办老年证 去哪能领失业金 这边道路 这边处理 那边个体户
旁边处罚 家里死人了 厂里死人了 感冒得去医院 交养老太贵了 任何解释 昨晚爷爷 保安怎么招 详细人员 门诊病历 感冒有补贴 孕妇娘家
跟着人跑 我这边个人交社保 发放工资 有身份证 断左手 走左边 航拍无人机 按怎么算 养老太低
来自个人账户 老师儿子残疾 国外奶粉 我达到退休年龄 经营生意 乡下苦得很 消防怎么整改 生活起居 土地瓜分 天冷子女不在 今日塌方
爸妈在外爷爷带 锻炼人 扶手杆 互相因病 余额大 我大哥残疾 邻居狗拴住了
异地就医报销 到底保险 兜底保障 合作社包地 旅行社报名 建设保证金 几十业主 应当安排 致残及护理 贫困户本人 户口部门 员工网上申报 办公网络
检查出是癌症 村主任证明 户主销户 壁挂式空调 办公资料 老公公司 老公公积金 以往生活 归西湖区管 交通事故去哪里 办事头一回 两老人没人管
不系安全带 打交道 打交警电话 扣了十几块钱
"""
NOT_CERTAIN = """\
学生基本信息 小偷偷人家东西 社保中断后怎么续 被拒绝后 没买过房 家里本来就困难 参加人才活动 发放监控补贴 恢复通气 放弃儿子
只能靠亲戚接济 不明白做什么 佛山证明 吉林证明 找亲戚借钱 找人帮忙 独身证明 对越来越贵的 很多生活费 第三方责任 农民师傅 在职中断社保
涨水费 发烧人不舒服 脱离关系
"""


def made(text: str = MATTERS, words: str = WORDS) -> tuple[Matter, ...]:
    return speech_of({"words.yaml": words.encode(), "a.yaml": text.encode()}).matters


def expressions() -> Iterator[tuple[str, str]]:
    for matter in speech().matters:
        yield from ((matter.id, expression) for said in matter.said for expression in said)


@cache
def words_of(part: str) -> tuple[str, ...]:
    """Return the words of a part, those of classes among them; a compound stands as it is written."""
    found: list[str] = []
    for word in part.split("/"):
        found += words_of(speech().classes[number_of(word)]) if re.fullmatch("[A-Z]+", word) else (word,)
    return tuple(dict.fromkeys(found))


def parts_of(expression: str) -> tuple[tuple[str, ...], ...]:
    return tuple(words_of(part) for part in re.split("[ ~+]", expression))


def words() -> set[str]:
    written = "/".join((*speech().classes, *(expression for _, expression in expressions())))
    return set(re.split("[ ~+/]", re.sub("[A-Z]+", "", written))) - {""}


@cache
def in_plain_speech() -> Callable[[str], str]:
    """Return what brings a folded text into the plain words of the lexicon."""
    rows = (row.split("/") for row in speech().variants)
    return in_plain_words({plain: others for plain, *others in rows})


def test_every_file_of_the_lexicon_is_read_and_no_matter_stands_twice() -> None:
    ids = [matter.id for matter in speech().matters]
    assert len(list(FOLDER.glob("*.yaml"))) >= 20
    assert [id for id, count in Counter(ids).items() if count > 1] == []
    names = Counter(matter.name for matter in speech().matters)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_matter_can_be_asked_about_by_its_name_and_recognised_and_reached() -> None:
    for matter in speech().matters:
        assert matter.name == matter.name.strip()
        assert 2 <= len(matter.name) <= 12, matter.id
        assert matter.formal, matter.id
        assert all(len(max(row, key=len)) >= 2 for row in matter.formal), matter.id
        assert any(matter.said[: STRENGTHS.index("people")]), matter.id


def test_a_single_part_is_long_enough_to_be_said_of_nothing_else() -> None:
    alone = ((id, parts_of(expression)) for id, expression in expressions())
    assert [(id, parts) for id, parts in alone if len(parts) == 1 and min(map(len, parts[0])) < 2] == []


def test_words_are_written_as_questions_are_compared_with_them() -> None:
    """In simplified characters and plain words, with nothing but characters, small letters and digits."""
    assert [word for word in words() if word != folded(word)] == []
    assert [word for word in words() if word != in_plain_speech()(word)] == []
    characters = set("".join(words()))
    traditional = set(traditional_forms(characters)[::2])
    assert sorted(word for word in words() if traditional.intersection(word)) == []


def test_plain_talk_is_not_taken_for_a_dialect() -> None:
    """点办 is how to do it, in Canton only; 边处 where; 唔喺度 that one is not here, or dead."""
    assert [one for one in PLAIN_TALK.split() if in_plain_speech()(one) != one] == []
    assert "不在了" not in in_plain_speech()("我唔喺度住")


def test_a_word_that_makes_certain_does_not_stand_in_what_says_something_else() -> None:
    """生基, a grave made in one's lifetime, stands in 学生基本医保; 偷人 in 小偷偷人家东西."""
    alone = {
        word
        for matter in speech().matters
        for expression in matter.said[0]
        for word in ("" if re.search("[ ~+A-Z]", expression) else expression).split("/")
    } - {""}
    assert [(one, word) for one in NOT_CERTAIN.split() for word in alone if word in in_plain_speech()(one)] == []


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("老豆过左身", "爸去世"),  # as it is typed where 咗 is hard to type
        ("佢唔喺度咗", "他不在了"),
        ("走咖哒", "走了"),
        ("冇有事做", "没事做"),
        ("按怎办", "怎么办"),
        ("何什搞", "怎么办"),
        ("厝里散赤", "家里散赤"),
        ("殓葬费点攞", "丧葬费怎么领"),
        ("我细佬失业", "我弟弟失业"),
        ("老汉儿殁咧咋闹", "爸去世了怎么办"),
        ("老伴没啦", "老伴没了"),  # 啦, 咧 and 喽 are 了
        ("寻思整个小吃部", "想整个小吃部"),  # not 找
        ("老师儿哪旮沓办", "同志哪里办"),  # nobody who teaches
        ("我脚杆断喽", "我腿断了"),
        ("没个营生揽活", "没个工作找活"),
        ("在窑上下窑", "在矿上下井"),
        ("苞米遭雹子", "玉米遭冰雹"),
        ("婆姨让人骗咧", "老婆被骗了"),
        ("茅楼忒埋汰", "厕所太脏"),
    ],
)
def test_what_is_said_elsewhere_is_brought_into_plain_words(said: str, plain: str) -> None:
    assert in_plain_speech()(said) == plain


def test_an_editor_can_read_every_line() -> None:
    long = [
        (path.name, number)
        for path in FOLDER.glob("*.yaml")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 180
    ]
    assert long == []


def test_no_expression_says_what_another_of_its_matter_says_already() -> None:
    """Each part of the other is in a part of its own; and it makes at least as sure."""
    said_again = []
    for matter in speech().matters:
        before: list[str] = []
        for said in matter.said[: STRENGTHS.index("people")]:
            plain = [one for one in said if "~" not in one and "+" not in one]
            said_again += [
                (matter.id, one, other) for one in plain for other in (*before, *plain) if is_said(other, one)
            ]
            before += plain
    assert said_again == []


def is_said(shorter: str, longer: str) -> bool:
    parts = parts_of(longer)
    fits = [[at for at, part in enumerate(parts) if is_within(needed, part)] for needed in parts_of(shorter)]
    return shorter != longer and len(fits) <= len(parts) and has_own_place(fits)


@cache
def is_within(needed: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return all(any(one in word for one in needed) for word in part)


def has_own_place(fits: list[list[int]], taken: frozenset[int] = frozenset()) -> bool:
    return not fits or any(has_own_place(fits[1:], taken | {at}) for at in fits[0] if at not in taken)


def test_every_class_of_words_is_used() -> None:
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text("utf-8")
        own = re.findall(r"^  ([^ :#]+): \[", text.partition("\nmatters:")[0].partition("\nwords:")[2], re.MULTILINE)
        used = "".join(one.read_text("utf-8") for one in FOLDER.glob("*.yaml")) if path.name == "words.yaml" else text
        assert [name for name in own if f"<{name}>" not in used] == [], path.name


def test_words_are_plain_and_a_word_that_contains_another_is_left_out() -> None:
    found = speech_of({"words.yaml": WORDS.encode(), "a.yaml": MATTERS.encode()})
    assert found.variants == ("不/唔", "爸/老豆/爸爸")
    assert found.classes == ("爸/妈妈", "老爸/妈妈/A", "去世/A~没了")
    assert found.matters[0].said == (("B+走了/没了", "C 手续"), (), (), ("火葬场的单子",), ())
    assert found.matters[1].said[1] == ("B/师傅 卡不见了",)


def test_letters_count_as_the_columns_of_a_table() -> None:
    assert [letters_of(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [number_of(letters_of(number)) for number in range(800)] == list(range(800))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("<亲人>+走了", "<家人>+走了", "家人"),
        ("certain:", "sure:", "sure"),
        ("name: 亲人去世", "name: [亲人去世", "a.yaml"),
        ("亲人:", "长辈:", "长辈.*words.yaml"),
        (
            "<走了> 手续",
            "本本/证~没了/卡~没了 手续",
            r"write \(本本/证~没了/卡~没了\)",
        ),  # is it a group that is joined, or a word?
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_name(old: str, new: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        made(MATTERS.replace(old, new))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the lexicon is kept during this test."""
    file = tmp_path / "kept" / "lexicon.pyc"
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys.modules["builder.matters.speech"], "KEPT", file)
    speech.cache_clear()
    yield file
    speech.cache_clear()


def test_what_was_read_is_kept_and_read_anew_where_it_is_broken_or_of_other_files(kept: Path) -> None:
    made = speech()
    whole = kept.read_bytes()
    for broken in (whole, whole[:1000], b"", marshal.dumps(("other",))):
        kept.write_bytes(broken)
        speech.cache_clear()
        assert speech() == made
        assert kept.read_bytes() == whole
    assert [path.name for path in kept.parent.iterdir()] == ["lexicon.pyc"]


def test_nothing_is_kept_where_python_may_keep_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert speech().matters
    assert not kept.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept.parent.write_bytes(b"a file where a folder should be")
    speech.cache_clear()
    assert speech().matters


@pytest.mark.parametrize(
    ("name", "others", "matters"),
    [
        ("无丧葬补助居民丧葬补贴申请", (), ("qinren-qushi",)),
        ("退休人员死亡养老保险待遇清算", (), ("qinren-qushi",)),  # all words of a row
        ("退休人员待遇清算", (), ()),  # not all of them
        ("工亡职工丧葬补贴申请", (), ()),
        ("社会保障卡业务", ("“社保卡”挂失",), ("shebaoka-guashi",)),  # by another name, without its marks
        ("社保卡", ("挂失",), ()),  # not across two names
    ],
)
def test_an_item_belongs_to_the_matters_of_which_its_names_have_the_formal_words(
    name: str, others: tuple[str, ...], matters: tuple[str, ...]
) -> None:
    assert Recognition(made()).matters_of(name, others) == matters
