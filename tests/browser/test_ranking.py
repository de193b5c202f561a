"""The core of the search in a real browser: one form for what people write in several, and the right item first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browser_world import Served
from playwright.sync_api import Browser, Page

from builder.content.told import Told
from builder.render.pages.search import (
    LETTERS_SCRIPT,
    MATTERS_SCRIPT,
    SHARED,
    Entry,
    FoundList,
    NamedArea,
    SpeechPlan,
    SpokenMatter,
    SpokenPeople,
    packed_speech,
)
from builder.render.pages.search_data import table_by_column
from builder.support.fingerprint import BUILT_IN


def row(id: str, title: str, name: str = "", *, aliases: tuple[str, ...] = (), said: tuple[tuple[str, int], ...] = (),
        area: int = 0, summary: str = "", matters: tuple[int, ...] = ()) -> list[Any]:  # fmt: skip
    cells = {"id": id, "title": title, "name": name, "aliases": aliases, "everyday": said, "area": area}
    cells |= {"summary": summary, "topics": [1], "audiences": [2], "matters": matters}
    return [cells.get(column, 0) for column in Entry._fields]


TEXTS = [
    "",
    "社保",
    "残疾人",
    "亲人去世",
    "没工作了",
]
ROWS = [
    row("guashi", "挂失社保卡", "社会保障卡挂失与解挂", aliases=("卡丢了",), said=(("社保卡丢了", 0),)),
    row("buling", "补办社保卡", "社会保障卡补领", said=(("社保卡丢了", 1),)),
    row("guashi-yi", "挂失社保卡", "社会保障卡挂失", area=1),
    row("dibao", "申请低保", "城乡居民最低生活保障", summary="收入低的家庭"),
    row("jiuzhu", "申请临时救助", "临时救助"),
    row("qiuzhi", "找工作", "求职登记"),
    row("canjizheng", "办残疾人证", "残疾人证新办"),
    row("yinhang", "换银行卡", "养老金账户变更"),
    row("xinsheng", "给新生儿参加医保", "居民医保参保"),
    row("xuesheng", "学生儿童参加医保", "居民医保缴费", area=1),
    row("sangzang", "领丧葬费", "丧葬补助申领", matters=(3,)),
    row("shiye", "登记失业", "失业登记", matters=(4,)),
    row("jin", "领失业金", "失业保险金申领", matters=(4,)),
    row("laonianzheng", "办老年证", "60周岁及以上老年人优待证"),
    row("jintie", "领高龄津贴", "90周岁高龄津贴发放"),
    row("cishan", "申请慈善帮扶", "慈善帮扶"),
]  # fmt: skip
TOLD_BY_GUIDES = [
    ("dibao", ["居民户口簿 户口本"], ["人均月收入低于当地标准"], [], ["社区两名干部上门看家里情况"]),
    ("qiuzhi", ["《求职登记表》", "社会保险法 主席令第35号"], [], [], []),
    (
        "canjizheng",
        ["两寸照片"],
        ["视力、听力有残缺"],
        ["《残疾人证》", "免费坐公交车"],
        ["指定医院评定等级，四级为轻"],
    ),
    ("cishan", [], ["本市的、男16-60周岁患重病的"], ["每户最多3000元"], []),
]
GUIDES = table_by_column(
    ("id", *Told._fields),
    [id for id, *_ in TOLD_BY_GUIDES],
    list(zip(*(told for _, *told in TOLD_BY_GUIDES), strict=True)),
)

READ = {
    "she": "社", "hui": "会", "bao": "保宝", "zhang": "障", "ka": "卡", "gua": "挂", "shi": "失时", "jie": "解", "yu": "与",
    "diu": "丢", "le": "了", "di": "低", "lin": "临", "jiu": "救就", "zhu": "助", "can": "残", "ji": "疾", "ren": "人",
    "zheng": "证", "yin": "银", "hang": "行", "xing": "行", "zhi": "职", "qiu": "求", "hu": "户", "kou": "口", "bu": "簿",
    "ban": "办", "huan": "换", "shen": "申", "qing": "请",
}  # fmt: skip
CHARACTERS = {"read": READ, "traditional": "殘残證证臨临時时救救丟丢"}
AREAS = [
    NamedArea("jia", "天津甲镇", ("甲镇", "天津甲镇"), above=2),
    NamedArea("yi", "天津乙镇", ("乙镇", "天津乙镇"), above=2),
    NamedArea("", "天津市", ("天津市", "天津"), above=-1),
]
ABOUT = {
    "synonyms": [["找工作", "求职"], ["没钱", "收入低"]],
    "areas": {"columns": NamedArea._fields, "rows": AREAS},
    "characters": "",
}


SPEECH = packed_speech(
    SpeechPlan(
        (),
        ("爸爸/老头子",),
        (
            FoundList("topics/shebao.html", "社保", 9),
            FoundList("topics/jiuye.html", "就业", 12),
            FoundList("departments/suo.html", "社保所", 20),
        ),
        (
            SpokenMatter((), "亲人去世", "A 走了/没了", "", "最后一程", "火葬场单子", "孝子"),
            SpokenMatter((), "没工作了", "厂子 倒了|被裁了", "没了 工作|厂倒 倒闭", "最后一程", "", "工友"),
        ),
        (
            SpokenPeople("残疾人证", "瘸了|腿脚不好", ""),
            SpokenPeople("患重病|大病", "长了瘤子", ""),
            SpokenPeople("失业", "没班上", "没工作了"),
        ),
    )
)


@pytest.fixture(scope="module")
def core(browser: Browser, site: Served) -> Iterator[Page]:
    """A page in which `engine` knows the small site."""
    page = browser.new_page()
    page.goto(site / "search.html")
    page.wait_for_function("() => Boolean(window.createSearchEngine)")
    for script in (LETTERS_SCRIPT, MATTERS_SCRIPT):
        page.evaluate((BUILT_IN / "static" / script).read_text("utf-8"))
    page.evaluate(
        """([about, characters, items, guides, speech]) => {
          window.engine = createSearchEngine(about); engine.add(items); engine.read(guides); engine.learn(characters);
          window.untaught = createSearchEngine(about); untaught.add(items); untaught.understand(speech);
          window.told = createSearchEngine(about); told.add(items);
          window.unspoken = createSearchEngine(about); unspoken.add(items);
        }""",
        [ABOUT, CHARACTERS, {"columns": Entry._fields, "shared": SHARED, "texts": TEXTS, "rows": ROWS}, GUIDES, SPEECH],
    )
    yield page
    page.close()


def found(core: Page, question: str) -> list[str]:
    ids: list[str] = core.evaluate("question => engine.find(question).map(one => one.id)", question)
    return ids


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("社保卡", "社保卡"),
        ("ＳＢＫ", "sbk"),
        ("SBK", "sbk"),
        ("殘疾人證", "残疾人证"),
        ("臨時救助", "临时救助"),
        ("社保卡（挂失）", "社保卡 挂失"),
        ("  退休　采暖 ", "退休 采暖"),
        ("《求职登记表》", "求职登记表"),
        ("4050补贴", "4050补贴"),
        ("①号", "1号"),
        ("九十岁", "90岁"),
        ("八十五岁、十五年", "85岁 15年"),
        ("一百岁", "100岁"),
        ("三千五、两万、一千零五", "3500 20000 1005"),
        ("两千块钱", "2000元"),
        ("三十平米、三十平", "30平方米 30平方米"),
        ("四级残疾", "4级残疾"),
        ("一次性、万一", "一次性 万一"),  # no numbers
        ("带啥", "带什么"),
        ("!?", ""),
    ],
)
def test_what_people_write_in_several_ways_has_one_form(core: Page, written: str, folded: str) -> None:
    assert core.evaluate("text => engine.fold(text)", written) == folded


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("挂失社保卡", "guashi"),
        ("社会保障卡挂失与解挂", "guashi"),
        ("社会保障卡补领", "buling"),
        ("社保卡丢了怎么办", "guashi"),  # the editors put it before 补办
        ("请问卡丢了去哪里办", "guashi"),
        ("sbk", "guashi"),
        ("shebaoka", "guashi"),
        ("guashi", "guashi"),
        ("sheb", "guashi"),  # the last syllable is still being typed
        ("yinhangka", "yinhang"),
        ("yinxingka", "yinhang"),  # 行 is read both ways, and people type either
        ("临时就助", "jiuzhu"),
        ("社宝卡", "guashi"),
        ("臨時救助", "jiuzhu"),
        ("殘疾人證", "canjizheng"),
        ("户口本", "dibao"),
        ("求职登记表", "qiuzhi"),
        ("社会保险法", "qiuzhi"),
        ("乙镇 挂失社保卡", "guashi-yi"),
        ("乙镇挂失社保卡", "guashi-yi"),
        ("收入低", "dibao"),
        ("家里没钱", "dibao"),  # by the words that editors call the same
        ("没钱", "dibao"),
        ("失登", "shiye"),  # clipped: the first characters of two words
        ("社障 解挂", "guashi"),
        ("干部要不要上门看家里", "dibao"),  # what a guide says
        ("照片要几寸", "canjizheng"),
        ("坐公交车不要钱", "canjizheng"),
        ("评了四级", "canjizheng"),
        ("最多三千块", "cishan"),
    ],
)
def test_the_right_item_comes_first(core: Page, question: str, first: str) -> None:
    assert found(core, question)[:1] == [first]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("老人九十五岁了，有津贴吗", ["jintie", "laonianzheng"]),  # the nearer age first
        ("老人72岁", ["laonianzheng"]),
        ("62周岁的老年人，优待", ["laonianzheng"]),
        ("男的五十八，患重病", ["cishan"]),
    ],
)
def test_an_age_leads_to_what_is_for_that_age(core: Page, question: str, ids: list[str]) -> None:
    assert found(core, question)[: len(ids)] == ids


def test_what_is_for_other_ages_is_left_out(core: Page) -> None:
    assert "jintie" in found(core, "高龄老人有津贴吗")
    assert "jintie" not in found(core, "72岁的老人有优待吗")


@pytest.mark.parametrize("question", ["", " ", "怎么办", "!!!", "zzqqx", "魑魅魍魉"])
def test_nothing_is_found_where_nothing_is_asked_for(core: Page, question: str) -> None:
    assert found(core, question) == []


def test_what_fits_badly_is_left_out(core: Page) -> None:
    assert found(core, "求职登记") == ["qiuzhi"]


def test_the_parts_that_answer_are_marked(core: Page) -> None:
    assert core.evaluate("engine.marks('社保卡丢了怎么办', '挂失社保卡')") == [[2, 5]]
    assert core.evaluate("engine.marks('<b>', '挂失社保卡')") == []


def test_shorter_words_lead_somewhere_and_the_telling_ones_come_first(core: Page) -> None:
    assert core.evaluate("engine.shorter('魑魅临时魍魉社保')") == ["临时", "社保"]


@pytest.mark.parametrize(
    ("question", "first", "count"),
    [
        ("乙镇", "guashi-yi", 2),
        ("天津市乙镇", "guashi-yi", 2),
        ("我住在乙镇的", "guashi-yi", 2),
        ("天津", "guashi", len(ROWS)),
    ],
)
def test_the_name_of_a_place_alone_finds_its_items(core: Page, question: str, first: str, count: int) -> None:
    ids = found(core, question)
    assert (ids[0], len(ids)) == (first, count)
    assert core.evaluate("question => engine.place(question).isAll", question)


def test_items_of_the_place_that_is_named_come_first_and_where_they_are_few_others_follow(core: Page) -> None:
    assert found(core, "新生儿医保")[0] == "xinsheng"
    assert found(core, "乙镇 新生儿医保")[:2] == ["xuesheng", "xinsheng"]


def test_the_name_of_an_item_is_no_place(core: Page) -> None:
    assert core.evaluate("engine.place('挂失社保卡')") is None
    assert core.evaluate("engine.place('乙镇挂失社保卡').name") == "乙镇"


def test_pieces_across_two_words_are_not_marked(core: Page) -> None:
    assert core.evaluate("engine.marks('新生儿', '学生儿童参加医保')") == []
    assert core.evaluate("engine.marks('新生儿医保', '学生儿童参加医保')") == [[6, 8]]
    assert core.evaluate("engine.marks('新生儿医保', '给新生儿参加医保')") == [[1, 4], [6, 8]]


def test_knows_which_questions_need_to_know_of_characters(core: Page) -> None:
    def unsure(question: str) -> bool:
        answer: bool = core.evaluate("question => untaught.isUnsure(question, untaught.find(question))", question)
        return answer

    assert [core.evaluate("question => untaught.isSpelled(question)", one) for one in ("sbk", "社保卡")] == [
        True,
        False,
    ]
    assert [unsure(one) for one in ("臨時救助", "临时就助", "挂失社保卡")] == [True, True, False]
    assert not core.evaluate("engine.isSpelled('sbk')")


@pytest.fixture(scope="module")
def told(core: Page) -> Page:
    """The page once `told`, an engine, was told how people speak."""
    core.evaluate("speech => told.understand(speech)", SPEECH)
    return core


def led(told: Page, question: str) -> list[str]:
    ids: list[str] = told.evaluate("question => told.find(question).map(one => one.id)", question)
    return ids


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("老头子上个月走了要办啥", ["sangzang"]),
        ("走了三天了，我爸爸", ["sangzang"]),  # parts stand in any order
        ("厂子前天倒了", ["shiye", "jin"]),
        ("厂子倒了，老婆要失业金", ["jin", "shiye"]),  # within a matter, what the other words name comes first
        ("我是工友", []),  # who one is leads nowhere
        ("我瘸了", ["canjizheng"]),  # but to what is for such people
        ("没班上，厂子倒了，爸爸走了", ["sangzang", "shiye"]),  # who has become so means another matter
    ],
)
def test_a_story_leads_to_the_items_of_the_matter_of_which_it_speaks(told: Page, question: str, ids: list[str]) -> None:
    assert led(told, question)[:2] == ids


def test_an_item_of_two_matters_that_are_spoken_of_comes_before_those_of_one(core: Page) -> None:
    items = {"columns": Entry._fields, "shared": SHARED, "texts": TEXTS}
    rows = [
        row("jianyuan", "厂子工友减员", "厂子工友减员", matters=(4,)),
        row("sangfei", "厂子工友后事", "厂子后事", matters=(4, 3)),
    ]
    ids = core.evaluate(
        """([about, items, speech]) => {
          const engine = createSearchEngine(about); engine.add(items); engine.understand(speech);
          return ["厂子工友，厂子倒了，老头子走了", "厂子工友，厂子倒了"].map(asked => engine.find(asked)[0].id);
        }""",
        [ABOUT, {**items, "rows": rows}, SPEECH],
    )
    assert ids == ["sangfei", "jianyuan"]


def test_parts_that_overlap_are_not_both_said(told: Page) -> None:
    def sure(question: str) -> float:
        found: float = told.evaluate("question => told.matters(question)[0].sure", question)
        return found

    assert sure("厂倒了，倒闭") > 0.6
    assert sure("厂倒闭了") < 0.5


def test_who_types_a_name_gets_what_bears_it_whatever_else_he_speaks_of(told: Page) -> None:
    assert led(told, "申请低保")[0] == "dibao"
    assert led(told, "失业登记")[0] == "shiye"
    assert told.evaluate("told.find('失业登记')[0].matter") == ""


def test_tells_by_which_matter_an_item_was_found_and_which_others_may_be_meant(told: Page) -> None:
    assert told.evaluate("told.find('厂子倒了').map(({ matter }) => matter)") == ["没工作了", "没工作了"]
    assert told.evaluate("told.meant('厂子倒了', told.find('厂子倒了'))") == []
    meant = told.evaluate("told.meant('最后一程', told.find('最后一程'))")
    assert sorted(meant) == ["亲人去世", "没工作了"]
    assert led(told, meant[0])[0] == {"亲人去世": "sangzang", "没工作了": "shiye"}[meant[0]]


@pytest.mark.parametrize(("question", "doubt"), [("挂失社保卡", ""), ("老头子走了", ""), ("饕餮魑魅", "much")])
def test_tells_how_much_of_a_question_its_best_items_leave_open(told: Page, question: str, doubt: str) -> None:
    assert told.evaluate("question => told.doubt(question, told.find(question))", question) == doubt


def test_a_question_that_is_the_name_of_a_matter_is_answered_by_its_items(told: Page) -> None:
    assert sorted(led(told, "没工作了")) == ["jin", "shiye"]
    assert told.evaluate("told.sizeOf('没工作了')") == 2
    assert told.evaluate("told.meant('没工作了', told.find('没工作了'))") == []


def test_the_lists_nearest_to_a_question_are_those_that_it_names_else_the_longest_of_topics(told: Page) -> None:
    def near(question: str) -> list[str]:
        urls: list[str] = told.evaluate("question => told.near(question, []).map(({ url }) => url)", question)
        return urls

    assert near("社保所搬家") == ["departments/suo.html", "topics/shebao.html"]
    assert near("饕餮") == ["topics/jiuye.html", "topics/shebao.html"]


def test_asks_how_people_speak_only_where_names_do_not_answer(core: Page) -> None:
    def unclear(question: str) -> bool:
        answer: bool = core.evaluate("question => unspoken.isUnclear(question, unspoken.find(question))", question)
        return answer

    assert [unclear(one) for one in ("老头子走了", "挂失社保卡", "sbk")] == [True, False, False]
