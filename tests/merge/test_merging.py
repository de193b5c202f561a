"""What merges and what stays apart, and what is then counted: each rule with lists of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar, cast

import pytest
from guide_world import words

from builder.content.fields import Record
from builder.content.model.companions import LibraryForm, LibraryMaterial, Place
from builder.content.model.item import Item
from builder.merge import (
    AlternativesInWords,
    Answers,
    Bundle,
    Chosen,
    PaperInWords,
    bundle_in_words,
    bundle_of,
    needs_in,
    needs_of,
)
from builder.merge.in_words import sort_in_words

R = TypeVar("R", bound=Record)

LIBRARY: Mapping[str, Record] = {
    "sfz": LibraryMaterial(name="居民身份证", aliases=["身份证"], lasting="是"),
    "hkb": LibraryMaterial(name="户口簿", lasting="是"),
    "zheng": LibraryMaterial(name="残疾人证", lasting="是"),
    "shouru": LibraryMaterial(name="收入证明"),
    "huji": LibraryMaterial(name="户籍信息", source="部门共享，不用交"),
    "biao": LibraryForm(title="《登记表》", where="二楼", file="biao.docx"),
    "dating": Place(name="大厅", kind="办事大厅"),
    "shequ": Place(name="社区", kind="社区"),
}


class Records:
    """The library above."""

    def get(self, record: type[R], id: str) -> R:
        found = LIBRARY[id]
        assert isinstance(found, record)
        return found


def item(*materials: object, **fields: Any) -> Item:
    return Item.model_validate(as_written({"name": "事", "materials": [*materials] or None, **fields}))


def as_written(value: Any) -> Any:
    """Return values as a content file has them, numbers as text."""
    if isinstance(value, dict):
        return {key: as_written(one) for key, one in value.items()}
    return (
        [as_written(one) for one in value]
        if isinstance(value, list)
        else str(value)
        if isinstance(value, int)
        else value
    )


def bundle(*items: Item, holds: str = "", fails: str = "", people: tuple[str, ...] = (), of: Any = None) -> Bundle:
    """Return the bundle of items, in this order; `of` are the people of each."""
    chosen = tuple(Chosen(number, one, people=of or {}) for number, one in enumerate(items, start=1))
    answers = Answers(frozenset(holds.split()), frozenset(fails.split()))
    merged = bundle_of(chosen, answers, Records(), people)
    assert all(needs_in(merged, one.number) == needs_of(one, answers, Records()) for one in chosen)
    return merged


def papers(*items: Item, **given: Any) -> list[PaperInWords]:
    return list(bundle_in_words(bundle(*items, **given), words()).papers)


def amounts(*items: Item, **given: Any) -> dict[str, str]:
    """Return the amount of each paper by its name."""
    shown = papers(*items, **given)
    assert len({paper.name for paper in shown}) == len({paper.mark for paper in shown}) == len(shown)
    return {paper.name: paper.amount for paper in shown}


def choices(*items: Item, **given: Any) -> list[AlternativesInWords]:
    return list(bundle_in_words(bundle(*items, **given), words()).choices)


SHOWN = {"ref": "sfz", "form": "原件", "whose": "本人"}
COPIED = {"ref": "sfz", "form": "复印件", "copies": 2, "whose": "本人"}


# --- How many --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "amount"),
    [
        (SHOWN, SHOWN, "原件1份"),
        (COPIED, COPIED, "复印件4份"),
        (SHOWN, COPIED, "原件1份；复印件2份"),
        (COPIED, {"ref": "sfz", "form": "复印件", "whose": "本人"}, "复印件至少3份（1处没写几份，按1份算）"),
        (
            {"ref": "sfz", "form": "原件核对", "whose": "本人"},
            COPIED,
            "原件1份；复印件至少3份（1处没写几份，按1份算）",
        ),
        (COPIED, {"ref": "sfz", "whose": "本人"}, "复印件2份；第2件没写原件还是复印件"),
        (COPIED, {**COPIED, "pages": "正反面"}, "复印件4份"),
    ],
)
def test_one_certificate_is_shown_to_all_and_copied_for_each(first: object, second: object, amount: str) -> None:
    assert amounts(item(first), item(second)) == {"居民身份证（本人的）": amount}


def test_a_paper_that_stays_with_the_office_is_needed_for_each() -> None:
    proof = {"ref": "shouru", "form": "原件", "copies": 1}

    assert amounts(item(proof), item({**proof, "copies": 2})) == {"收入证明": "原件3份"}
    assert amounts(item(proof), item({"ref": "shouru", "form": "原件"})) == {
        "收入证明": "原件至少2份（1处没写几份，按1份算）"
    }
    assert amounts(item({**proof, "returned": "是"}), item({**proof, "returned": "是"})) == {"收入证明": "原件1份"}


def test_what_was_shown_can_be_handed_in_and_what_was_handed_in_cannot_be_shown() -> None:
    kept = {"ref": "shouru", "form": "原件", "copies": 1}
    shown = {**kept, "returned": "是"}

    assert amounts(item(shown), item(kept)) == {"收入证明": "原件1份"}
    assert amounts(item(kept), item(shown)) == {"收入证明": "原件2份"}
    assert amounts(item(kept), item({"ref": "shouru", "form": "原件核对"}), item(kept)) == {
        "收入证明": "原件2份；复印件（没写几份）"
    }


def test_that_no_form_is_told_is_said_once() -> None:
    (paper,) = papers(
        item("hkb", places="dating"), item("hkb", places="dating"), item({"ref": "hkb", "when": "代办的"})
    )

    assert (paper.amount, paper.also) == ("没写原件还是复印件", ("第3件，代办的才要",))
    assert paper.places == ("大厅（第1件、第2件）",)


def test_pages_are_counted_page_by_page_and_sheets_in_all() -> None:
    book = {"ref": "hkb", "form": "复印件", "whose": "户主"}
    first = {**book, "copies": 1, "pages": ["首页", "增减页"]}
    second = {**book, "copies": 3, "pages": "首页"}

    assert amounts(item(first), item(second)) == {"户口簿（户主的）": "复印件：首页4份、增减页1份；复印件一共5张"}


def test_copies_with_a_layout_of_their_own_are_sheets_of_their_own() -> None:
    together = {"ref": "sfz", "form": "复印件", "copies": 1, "whose": "本人", "note": "正面、反面复印在一张纸上"}
    group = {"group": "身份证和存折", "materials": [COPIED, {"name": "存折", "form": "复印件", "copies": 1}]}

    assert amounts(item(COPIED, together)) == {"居民身份证（本人的）": "复印件2份；另1份（正面、反面复印在一张纸上）"}
    assert amounts(item(group)) == {
        "居民身份证（本人的）": "复印件2份（身份证和存折）",
        "存折": "复印件1份（身份证和存折）",
    }


def test_photos_merge_unless_they_cannot_be_the_same() -> None:
    plain = {"name": "1寸照片", "form": "照片", "copies": 2}
    blue = {**plain, "copies": 1, "spec": {"background": "蓝底"}}
    red = {**plain, "copies": 4, "note": "红底"}
    file = {**plain, "form": "电子版", "copies": None}

    assert [paper.amount for paper in papers(item(plain), item(blue), item(red), item(file))] == [
        "照片3张",
        "照片4张",
        "电子版",
    ]


def test_the_shortest_validity_is_told() -> None:
    proof = {"ref": "shouru", "form": "原件", "copies": 1}
    (paper,) = papers(*(item({**proof, "validity": age}) for age in ("6个月", "30天", "3个月")))

    assert paper.details == ("30天以内的",)


# --- What is the same paper ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [{"whose": "代办人"}, {"whose": None}, {"seal": "公章"}, {"issuer": "派出所"}, {"ref": "hkb"}],
)
def test_papers_that_differ_stay_apart(other: dict[str, Any]) -> None:
    assert len(papers(item(COPIED), item({**COPIED, **other}))) == 2


def test_whatever_it_is_called_a_certificate_of_the_library_is_one() -> None:
    (paper,) = papers(item(COPIED), item({**COPIED, "name": "身份证"}))

    assert (paper.name, paper.amount, paper.details) == ("居民身份证（本人的）", "复印件4份", ("第2件叫“身份证”",))


def test_a_proof_with_a_name_of_its_own_is_another_proof() -> None:
    own = {"ref": "shouru", "name": "担保人收入证明", "form": "原件", "copies": 1}

    assert amounts(item({"ref": "shouru", "form": "原件", "copies": 1}), item(own)) == {
        "收入证明": "原件1份",
        "担保人收入证明": "原件1份",
    }


def test_an_owner_that_nobody_tells_is_told_as_such_beside_one_that_is() -> None:
    unsaid = {"ref": "sfz", "form": "复印件", "copies": 1}

    assert amounts(item(unsaid), item(unsaid)) == {"居民身份证": "复印件2份"}
    assert amounts(item(unsaid), item(COPIED)) == {
        "居民身份证（是谁的没写）": "复印件1份",
        "居民身份证（本人的）": "复印件2份",
    }


def test_of_several_people_certificates_of_nobody_knows_whom_stay_apart() -> None:
    shown = papers(item({"ref": "sfz", "form": "原件"}), item({"ref": "sfz", "form": "原件"}), people=("父亲", "女儿"))

    assert [(paper.name, paper.amount) for paper in shown] == [("居民身份证（是谁的没写）", "原件1份")] * 2


def test_the_guide_s_person_is_the_event_s_person() -> None:
    book = {"ref": "hkb", "form": "复印件", "copies": 1, "whose": "参保人", "pages": ["户主页", "本人页"]}
    child = {"ref": "hkb", "form": "复印件", "copies": 1, "whose": "孩子", "pages": "孩子页"}

    assert amounts(item(book), item(child), of={"本人": "孩子"}) == {
        "户口簿（孩子的）": "复印件：户主页1份、孩子页2份；复印件一共3张"
    }


# --- Who needs it ----------------------------------------------------------------------------------------------------


def test_what_hangs_on_an_answer_stands_beside_the_total() -> None:
    (paper,) = papers(item(COPIED), item({**COPIED, "when": "代办的"}), item({**COPIED, "optional": "是"}))

    assert paper.amount == "复印件2份"
    assert paper.also == ("另加复印件2份（第2件，代办的才要）", "另加复印件2份（第3件，可以不交）")


def test_an_answer_counts_it_or_leaves_it_out() -> None:
    items = item(COPIED), item({"group": "代办", "when": "代办的", "materials": [COPIED]})

    assert amounts(*items, holds="代办的") == {"居民身份证（本人的）": "复印件4份"}
    assert amounts(*items, fails="代办的") == {"居民身份证（本人的）": "复印件2份"}
    assert papers(*items)[0].also == ("另加复印件2份（第2件，代办的才要）",)


def test_who_all_but_some_bring_counts() -> None:
    assert amounts(item({**COPIED, "when": "除新建户外"})) == {"居民身份证（本人的）": "复印件2份"}


def test_an_item_that_hangs_on_an_answer_counts_nothing() -> None:
    chosen = Chosen(1, item(COPIED), when="有残疾人证的")
    (paper,) = bundle_in_words(bundle_of([chosen], Answers(), Records()), words()).papers

    assert (paper.amount, paper.also) == ("", ("复印件2份（第1件，有残疾人证的才要）",))


def test_of_an_item_without_a_chosen_case_only_what_is_common_counts() -> None:
    cases = [
        {"id": "xin", "name": "新办", "materials": [{"ref": "hkb", "form": "原件"}]},
        {"id": "bu", "name": "补办", "when": "卡丢了", "replaces": "materials", "materials": [COPIED]},
    ]
    merged = bundle(item(SHOWN, variants=cases))
    shown = bundle_in_words(merged, words())

    assert merged.cases_open == (1,)
    assert bundle(item(variants=[{"id": "xin", "name": "新办"}, {"id": "bu", "name": "补办"}])).cases_open == ()
    assert shown.head == ("第1件有几种情形，各要什么，下面分开写",)
    assert {paper.name: (paper.amount, paper.also) for paper in shown.papers} == {
        "居民身份证（本人的）": ("", ("原件（第1件，新办才要）", "复印件2份（第1件，卡丢了才要）")),
        "户口簿": ("", ("原件（第1件，新办才要）",)),
    }
    (lost,) = bundle_of([Chosen(1, item(SHOWN, variants=cases), "bu")], Answers(), Records()).papers
    assert lost.total.copies == (("", (2, 0)),)


# --- Choices ---------------------------------------------------------------------------------------------------------

HOME = {"title": "住房证明", "any_of": ["房产证", {"name": "租房合同", "form": "复印件", "copies": 1}]}


def test_choices_of_the_same_are_one_choice() -> None:
    other = {"title": "住处", "any_of": [{"name": "租房合同", "form": "复印件", "copies": 2}, "房产证"]}
    (choice,) = choices(item(HOME, places="dating"), item(other, places="shequ"))

    assert (choice.title, choice.places) == ("住房证明", ("大厅（第1件）", "社区（第2件）"))
    assert [[paper.amount for paper in option.papers] for option in choice.options] == [
        ["没写原件还是复印件"],
        ["复印件3份"],
    ]


def test_choices_of_more_or_under_another_condition_stay_apart() -> None:
    more = {**HOME, "any_of": [*HOME["any_of"], "村委会证明"]}

    assert len(choices(item(HOME), item(more), item({**HOME, "when": "外地人"}))) == 3


def test_what_is_brought_anyway_meets_a_choice() -> None:
    (choice,) = choices(item(COPIED), item({"title": "身份材料", "any_of": ["hkb", {**COPIED, "copies": 1}]}))

    assert choice.met == "可以用上面的居民身份证（本人的），这里要的另备"  # the copies above are handed in
    (choice,) = choices(item(SHOWN), item({"title": "身份材料", "any_of": ["hkb", SHOWN]}))
    assert choice.met == "用上面的居民身份证（本人的）就行"


def test_a_choice_of_which_one_is_left_is_none() -> None:
    either = {"any_of": [{"ref": "hkb", "form": "原件", "when": "本地的"}, {**SHOWN, "when": "外地的"}]}

    assert amounts(item(either), fails="外地的", holds="本地的") == {"户口簿": "原件1份"}
    assert choices(item(either), fails="外地的") == []


def test_a_group_in_a_choice_is_one_alternative() -> None:
    group = {"group": "没有产权证的", "materials": ["购房合同", "购房发票"], "note": "全部复印"}
    (choice,) = choices(item({"title": "产权证明", "any_of": ["产权证", group]}))

    assert [(option.title, [paper.name for paper in option.papers], option.notes) for option in choice.options] == [
        ("", ["产权证"], ()),
        ("没有产权证的", ["购房合同", "购房发票"], ("第1件：全部复印",)),
    ]


# --- What items give, keep and do not tell ---------------------------------------------------------------------------

CERTIFICATE = {"ref": "zheng", "form": ["原件", "复印件"], "copies": {"copy": 1}, "whose": "本人"}


def test_what_an_earlier_item_issues_is_not_brought() -> None:
    gives = item(SHOWN, outputs={"ref": "zheng"})

    assert amounts(gives, item(CERTIFICATE))["残疾人证（本人的）"] == "办第1件时发，不用先准备；拿到后再备复印件1份"
    assert amounts(item(CERTIFICATE), gives)["残疾人证（本人的）"] == "原件1份；复印件1份"
    assert amounts(gives, item({**CERTIFICATE, "whose": "配偶"}))["残疾人证（配偶的）"] == "原件1份；复印件1份"


def test_what_an_item_may_issue_has_to_be_there() -> None:
    chosen = [Chosen(1, item(SHOWN, outputs={"ref": "zheng"}), when="没有证的"), Chosen(2, item(CERTIFICATE))]
    merged = bundle_of(chosen, Answers(), Records())

    assert [paper.issued_by for paper in merged.papers] == [0, 0]


def test_a_card_that_is_kept_cannot_be_shown_elsewhere() -> None:
    kept = {"ref": "zheng", "form": "原件", "whose": "本人", "held": "是"}
    (paper,) = papers(item(kept), item(CERTIFICATE))

    assert paper.details == ("办第1件时会收走，问清什么时候还；收走的时候别的事用不了",)


def test_what_is_not_known_is_told_first() -> None:
    shown = bundle_in_words(bundle(item(), item(SHOWN), Item(name="不用带", materials="无")), words())

    assert shown.head == ("3件里有1件没写要带什么：第1件，先打电话问", "第3件不用带材料")


def test_what_offices_share_is_not_brought() -> None:
    shown = bundle_in_words(bundle(item("huji", SHOWN)), words())

    assert shown.shared == "部门共享，不用交：户籍信息"
    assert [paper.name for paper in shown.papers] == ["居民身份证（本人的）"]


def test_forms_are_papers_too_and_each_stands_once() -> None:
    named = item({"name": "登记表", "form": "表格", "copies": {"original": 2}}, forms="biao")
    other = item(SHOWN, forms=["biao", {"title": "《承诺书》", "copies": 1}], places="dating")
    forms = [paper for paper in papers(named, other) if sort_in_words(paper.sort, words()) == "表格"]

    assert [(paper.name, paper.amount) for paper in forms] == [
        ("登记表", "填好的表格至少3份（1处没写几份，按1份算）"),
        ("《承诺书》", "填好的表格1份"),
    ]
    assert forms[0].details[-1] == "网上能下载空白表（第2件）"
    assert forms[1].details == ("到窗口领",)


def test_a_form_that_a_list_names_by_its_library_alone_stands_once() -> None:
    (form,) = papers(item({"ref": "shouru", "form": "表格"}, forms=[{"title": "《收入证明》"}]))

    assert (form.name, form.amount) == ("收入证明", "填好的表格")


def test_each_office_is_told_with_what_it_gets() -> None:
    (paper,) = papers(item(COPIED, places="dating"), item(SHOWN), item(COPIED, places="dating"))

    assert paper.places == ("大厅：第1件、第3件各要复印件2份", "哪里没写：第2件要原件")


def test_a_single_item_is_not_named() -> None:
    one = item(
        {**SHOWN, "note": "带原件"}, {**COPIED, "when": "代办的"}, places="dating", materials_notes="提前3个月交"
    )
    shown = bundle_in_words(bundle(one), words(), several=False)
    (paper,) = shown.papers

    assert (paper.also, paper.places, paper.details) == (("另加复印件2份（代办的才要）",), (), ("带原件",))
    assert shown.notes == ("提前3个月交",)
    assert bundle_in_words(bundle(item()), words(), several=False).head == ("没写要带什么，先打电话问",)


def test_notes_of_groups_and_lists_stand_at_the_end() -> None:
    one = item({"group": "证件", "note": "用A4纸", "materials": [SHOWN]}, materials_notes="提前3个月交")

    assert bundle_in_words(bundle(one), words()).notes == ("第1件：证件：用A4纸", "第1件：提前3个月交")


def test_certificates_come_first_and_receipts_last() -> None:
    shown = papers(
        item(
            {"name": "住院收据", "form": "原件"}, {"name": "登记表", "form": "表格"}, {"name": "照片", "form": "照片"},
            "失业证明", COPIED, {"ref": "hkb", "form": "原件"},
        )
    )  # fmt: skip

    assert [sort_in_words(paper.sort, words()) for paper in shown] == [
        "证件", "复印件", "证明和其他材料", "照片", "表格", "单据",
    ]  # fmt: skip


def test_a_mark_stays_when_answers_change() -> None:
    few, many = item(COPIED), item({"ref": "hkb", "form": "原件", "when": "代办的"}, SHOWN)

    before, after = (
        {paper.name: paper.mark for paper in papers(few, many, **given)} for given in ({}, {"holds": "代办的"})
    )
    assert before == after


def test_no_chinese_of_ours_is_in_a_bundle_of_another_language() -> None:
    made_up = {name: f"<{' '.join(re.findall(r'{[a-z_]+}', word))}>" for name, word in words().items()}
    asked = [
        {"name": "Card", "form": "copy", "whose": "self"}, {"name": "Bill", "when": "Rain"},
        {"any_of": ["Lease", "Deed"], "title": "Home"}, {"group": "Group", "note": "Note", "materials": ["Cup"]},
    ]  # fmt: skip
    cases = [{"id": "a", "name": "A", "replaces": "materials"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}]
    shown = bundle_in_words(bundle(item(*asked, variants=cases), item(), item(*asked)), made_up)

    assert re.findall(r"[\u3000-\u9fff\uff00-\uffef]", str(cast("object", shown))) == []
