"""How people speak of matters of life: the lexicon that ships with the builder, and which items belong to a matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from builder.matters import STRENGTHS, Matter, Recognition, speech
from builder.matters.speech import FOLDER, folded, speech_of, words_of
from builder.support.characters import traditional_forms

MATTERS = """\
words:
  亲人: [爸爸, 老爸爸, 妈妈]
matters:
  qinren-qushi:
    name: 亲人去世
    formal: [丧葬补贴]
    formal_all: [[死亡, 待遇清算]]
    not: [工亡]
    certain: [<亲人> 走了/没了]
    things: [火葬场的单子]
  shebaoka-guashi:
    name: 社保卡丢了
    formal: [社保卡挂失]
    likely: [<亲人>/师傅 卡丢了]
"""


def made(text: str = MATTERS) -> tuple[Matter, ...]:
    return speech_of({"a.yaml": text.encode()}).matters


def expressions() -> Iterator[tuple[str, str]]:
    for matter in speech().matters:
        yield from ((matter.id, expression) for said in matter.said for expression in said)


def test_every_file_of_the_lexicon_is_read_and_no_matter_stands_twice() -> None:
    ids = [matter.id for matter in speech().matters]
    assert len(list(FOLDER.glob("*.yaml"))) >= 6
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
    short = [
        (id, expression)
        for id, expression in expressions()
        if len(parts := list(words_of(expression, speech().classes))) == 1 and min(map(len, parts[0])) < 2
    ]
    assert short == []


def test_words_are_written_as_questions_are_compared_with_them() -> None:
    """In simplified characters, with nothing but characters, small letters and digits."""
    words = {
        word for _, expression in expressions() for part in words_of(expression, speech().classes) for word in part
    }
    assert [word for word in words if word != folded(word) or not word] == []
    characters = {character for word in words for character in word}
    traditional = set(traditional_forms(characters)[::2])
    assert sorted(word for word in words if traditional.intersection(word)) == []


def test_what_a_single_word_says_already_is_left_out_of_longer_expressions() -> None:
    text = MATTERS.replace("[<亲人> 走了/没了]", "[白事, <亲人> 走了/没了, 办白事 手续, 办白事/后事 手续]")
    assert made(text)[0].said[0] == ("<0> 走了/没了", "后事 手续", "白事")


def test_classes_are_numbered_and_a_word_that_contains_another_is_left_out() -> None:
    found = speech_of({"a.yaml": MATTERS.encode()})
    assert found.classes == ("爸爸/妈妈",)
    assert found.matters[0].said == (("<0> 走了/没了",), (), (), ("火葬场的单子",), ())
    assert list(words_of("<0>/师傅 卡丢了", found.classes)) == [("爸爸", "妈妈", "师傅"), ("卡丢了",)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("<亲人> 走了", "<家人> 走了", "家人"),
        ("certain:", "sure:", "sure"),
        ("name: 亲人去世", "name: [亲人去世", "a.yaml"),
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_name(old: str, new: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        made(MATTERS.replace(old, new))


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
