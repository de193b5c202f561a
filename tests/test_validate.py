"""From Pydantic's errors to the editor's words: which rule, which place, what is said."""

from __future__ import annotations

from textwrap import dedent

import pytest

from builder.content.fields import Record
from builder.content.model.companions import Area, Department, Glossary, Place, Terms, Topic
from builder.content.model.item import Item
from builder.content.settings import Settings
from builder.content.source import read
from builder.content.validate import RULES, build
from builder.support.diagnostics import Finding, KeyPath
from builder.support.numbers import number_in


def wrong(text: str, record: type[Record] = Item) -> list[Finding]:
    """Return what is wrong with the record in `text`; an item gets a name."""
    start = "name: 社会保障卡补领\n" if record is Item else ""
    document, _ = read("a.yaml", (start + dedent(text)).encode())
    assert document
    built, findings = build(record, document.raw, "a.yaml")
    assert (built is None) == bool(findings)
    return findings


# code, fields, place, what is said, hint
ROWS: list[tuple[str, str, KeyPath, str, str]] = [
    ("S101", "sumary: 甲", ("sumary",), "没有叫“sumary”的字段", "是不是想写“summary”？"),
    ("S101", "要带的材料: 甲", ("要带的材料",), "没有叫“要带的材料”的字段", "“要带的材料”要写成 materials（要带的材料）"),
    ("S101", "时限: 甲", ("时限",), "没有叫“时限”的字段", "“时限”要写成 time（办理时限）"),
    ("S101", "qqqq: 甲", ("qqqq",), "没有叫“qqqq”的字段", "全部字段见 docs/fields.md"),
    ("S101", "faq: [{q: 甲, a: 乙, zzz: 丙}]", ("faq", 0, "zzz"), "没有叫“zzz”的字段", "这里能写：q（问）、a（答）"),
    ("S101", "materials: [{any_of: [{name: 甲, fom: 原件}, 乙]}]", ("materials", 0, "any_of", 0, "fom"),
     "没有叫“fom”的字段", "是不是想写“form”？"),
    ("S101", "materials: {name: 甲, fom: 原件}", ("materials", "fom"), "没有叫“fom”的字段", "是不是想写“form”？"),
    ("S102", "steps: [{do: 填表}]", ("steps", 0, "actor"), "缺少 actor（谁来做）", "加一行“actor: …”"),
    ("S102", "steps: {do: 填表}", ("steps", "actor"), "缺少 actor（谁来做）", "加一行“actor: …”"),
    ("S104", "steps: [{actor: [], do: 看现场}]", ("steps", 0, "actor"), "“谁来做”是空的", "写上内容，或把这一行删掉"),
    ("S104", "steps: [{actor: 甲, do: 乙, parallel: [{actor: 丙, do: 丁}]}]", ("steps", 0, "parallel"),
     "“同时办的几项”太少：至少2条，现在有1条", "再写几条；只有一条时，换一种写法"),
    ("S102", "steps: [{actor: 甲, do: 乙, parallel: [{do: 丁}, {actor: 丙, do: 丁}]}]", ("steps", 0, "parallel", 0, "actor"),
     "缺少 actor（谁来做）", "加一行“actor: …”"),
    ("S108", "steps: [{actor: 甲, do: 乙, parallel: [{actor: 甲, do: 丁}, {actor: 丙, do: 丁}], branches: [{when: 行, to: end}]}]",
     ("steps", 0), "“办理步骤”第1条写得不对", "写了 parallel（同时办的几项）又有分支的，还要写 question（判断什么），如 都通过了吗？"),
    ("S108", "steps: [{actor: 甲, do: 乙, kind: 发放、缴费}]", ("steps", 0, "kind"), "“环节”不能写成“发放、缴费”", "写 发放 或 缴费"),
    ("S102", "variants: [{id: a}]", ("variants", 0, "name"), "缺少 name（名称）", "加一行“name: …”"),
    ("S103", "summary: [甲, 乙]", ("summary",), "“一句话说明”只能写一项，这里是一张单子", "只留一项，并且删掉行首的“- ”"),
    ("S103", "summary: {甲: 乙}", ("summary",), "“一句话说明”要写成一句话", "写在冒号后面，下面不要再分字段"),
    ("S103", "supervision: 甲", ("supervision",), "“监督投诉”要写成几行“字段: 值”",
     "这里能写：unit（监督单位）、phones（监督电话）、note（说明）"),
    ("S103", "time: [{promised: 5天}, {statutory: 9天}]", ("time",), "“办理时限”只能写一项，这里是一张单子",
     "删掉各行行首的“- ”，把字段对齐"),
    ("S103", "benefits: 每人50元", ("benefits",), "“能领多少”要写成几行“字段: 值”",
     "这里能写：name（叫什么）、amount（金额（元））、percent（比例（%））、of（以什么为基数）、per（按什么算）、cap（上限）、lasts（最多领多久）、who（谁能领）等，见 docs/fields.md"),
    ("S108", "handling: {快: 是}", ("handling",), "“办件类型”写得不对", "只能从这些里选：即办件（instant）、承诺件（promised）"),
    ("S103", "checked: [2026-11-03]", ("checked",), "“核对日期”只能写一项，这里是一张单子", "只留一项，并且删掉行首的“- ”"),
    ("S103", "fees: [{amount: [5]}]", ("fees", 0, "amount"), "“金额（元）”只能写一项，这里是一张单子",
     "只留一项，并且删掉行首的“- ”"),
    ("S104", f"title: {'长' * 41}", ("title",), "“通俗名称”太长：至多40个字，现在有41个字", "写短些，细节写到别的字段里"),
    ("S104", "aliases: ['']", ("aliases", 0), "“别名”是空的", "写上内容，或把这一行删掉"),
    ("S104", "related: [a, b, c, d, e, f]", ("related",), "“相关事项”太多：至多5条，现在有6条", "只留最要紧的"),
    ("S104", "materials: [{any_of: [甲]}]", ("materials", 0, "any_of"), "“任选其一”太少：至少2条，现在有1条",
     "再写几条；只有一条时，换一种写法"),
    ("S104", "materials: [{group: 甲, materials: []}]", ("materials", 0, "materials"), "“材料”是空的", "写上内容，或把这一行删掉"),
    ("S105", "variants: [{id: 首次, name: 甲}]", ("variants", 0, "id"), "“编号”不能写成“首次”",
     "编号用小写英文字母、数字和短横线，改成 shou-ci"),
    ("S105", "phones: [12345, 咨询台]", ("phones", 1), "“咨询电话”不能写成“咨询台”",
     "带区号写全，如 022-65775272，分机接在后面，如 022-65775272-8；不知道完整号码就不写"),
    ("S105", "forms: [{title: 甲, file: 表.doc}]", ("forms", 0, "file"), "“空白表文件”不能写成“表.doc”",
     "文件名只用英文字母、数字、点、短横线和下划线，文件也要改成这个名字；改成 biao.doc"),
    ("S104", f"variants: [{{id: a, name: {'长' * 41}}}]", ("variants", 0, "name"), "“名称”太长：至多40个字，现在有41个字",
     "写短些，细节写到别的字段里"),
    ("S104", f"aliases: {'长' * 121}", ("aliases",), "“别名”太长：至多120个字，现在有121个字", "写短些，细节写到别的字段里"),
    ("S108", 'aliases: ["甲\\n乙"]', ("aliases", 0), "“别名”不能写成“甲␊乙”", "要写成一行"),
    ("S106", "materials: [{name: 甲, copies: 两份}]", ("materials", 0, "copies"), "“份数”要写成数字，现在是“两份”",
     "改成 2"),
    ("S106", "fees: [{amount: '1,00'}]", ("fees", 0, "amount"), "“金额（元）”要写成数字，现在是“1,00”",
     "只写阿拉伯数字，不带单位和逗号，如 2"),
    ("S106", "fees: [{amount: NaN}]", ("fees", 0, "amount"), "“金额（元）”要写成数字，现在是“NaN”",
     "只写阿拉伯数字，不带单位和逗号，如 2"),
    ("S106", "fees: [{amount: -5}]", ("fees", 0, "amount"), "“金额（元）”不能小于0，现在是“-5”", ""),
    ("S106", "benefits: [{percent: 120}]", ("benefits", 0, "percent"), "“比例（%）”不能大于100，现在是“120”", ""),
    ("S107", "checked: 2026/11/3", ("checked",), "“核对日期”不是日期：“2026/11/3”", "改成 2026-11-03"),
    ("S107", "checked: 2026年11月3日", ("checked",), "“核对日期”不是日期：“2026年11月3日”", "改成 2026-11-03"),
    ("S107", "checked: 20261103", ("checked",), "“核对日期”不是日期：“20261103”", "改成 2026-11-03"),
    ("S107", "checked: 2026-02-30", ("checked",), "“核对日期”不是日期：“2026-02-30”", "没有这一天，请核对月和日"),
    ("S107", "checked: 去年", ("checked",), "“核对日期”不是日期：“去年”", "写成 2026-11-03 这样的形式"),
    ("S108", "handling: 快办", ("handling",), "“办件类型”不能写成“快办”", "只能从这些里选：即办件（instant）、承诺件（promised）"),
    ("S108", "variants: [{id: a, name: 甲, replaces: steps}]", ("variants", 0, "replaces"), "“替换哪些”不能写成“steps”",
     "只能从这些里选：eligibility、materials"),
    ("S108", "materials: [甲, {form: 原件}]", ("materials", 1), "“要带的材料”第2条写得不对",
     "材料要写 ref（材料库里的编号）或 name（名称）"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_says_what_is_wrong_where_and_what_to_write(row: tuple[str, str, KeyPath, str, str]) -> None:
    code, text, path, says, hint = row
    (finding,) = wrong(text)

    assert (finding.code, finding.path, finding.says, finding.hint) == (code, path, says, hint)


def test_every_rule_has_a_row() -> None:
    assert {row[0] for row in ROWS} == {rule.code for rule in RULES}


def test_only_an_unknown_key_is_the_fault_of_the_key() -> None:
    assert [wrong("sumary: 甲")[0].on, wrong("checked: 去年")[0].on] == ["key", "value"]


def test_everything_wrong_is_told_at_once() -> None:
    assert {finding.code for finding in wrong("sumary: 甲\nchecked: 去年\nhandling: 快办\nphones: 甲\n")} == {
        "S101",
        "S105",
        "S107",
        "S108",
    }


def test_a_misspelt_key_is_not_told_as_missing_too() -> None:
    assert [(finding.code, finding.hint) for finding in wrong("nmae: 甲\nkind: 办公室", Place)] == [
        ("S101", "是不是想写“name”？")
    ]
    assert [(finding.code, finding.hint) for finding in wrong("steps: [{actor: 窗口, 做什么: 审核}]")] == [
        ("S101", "“做什么”要写成 do（做什么）")
    ]


def test_a_key_written_in_two_ways_is_to_be_joined() -> None:
    (finding,) = wrong("材料: [甲]\nmaterials: [乙]")

    assert finding.hint == "是不是 materials（要带的材料）？materials 已经写了，合成一处"


def test_a_missing_choice_is_shown_with_the_words_to_choose_from() -> None:
    (finding,) = wrong("name: 大厅", Place)

    assert finding.hint.startswith("加一行“kind: 办事大厅”（或 便民服务站、")


@pytest.mark.parametrize(
    ("written", "meant"), [("两份", "2"), ("十六元", "16"), ("一百二十元", "120"), ("三千零五", "3005")]
)
def test_a_number_in_characters_is_shown_in_digits(written: str, meant: str) -> None:
    (finding,) = wrong(f"fees: [{{name: 甲, amount: '{written}'}}]")

    assert finding.hint == f"改成 {meant}"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,250元", "1250"),
        ("￥20", "20"),
        ("２０", "20"),
        ("5.50元", "5.50"),
        ("约20元", ""),
        ("10元或20元", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_without_what_stands_around_it(written: str, number: str) -> None:
    assert number_in(written) == number


@pytest.mark.parametrize("written", ["若干", "1至2份", "10元或20元", "约"])
def test_what_says_no_single_number_is_not_guessed(written: str) -> None:
    (finding,) = wrong(f"materials: [{{name: 甲, copies: {written}}}]")

    assert not finding.hint.startswith("改成")


def test_a_record_among_many_is_told_below_its_id() -> None:
    _, (finding,) = build(Topic, {"summary": "甲"}, "content/topics.yaml", ("shebao",))

    assert (finding.file, finding.path) == ("content/topics.yaml", ("shebao", "name"))


def test_what_has_no_label_is_called_by_its_id() -> None:
    _, (finding,) = build(Area, "新城镇", "content/areas.yaml", ("xincheng",))

    assert (finding.path, finding.says) == (("xincheng",), "“xincheng”要写成几行“字段: 值”")


def test_a_key_with_nothing_behind_it_counts_as_absent() -> None:
    (finding,) = wrong("name:\nsummary: 甲\n", Department)

    assert (finding.code, finding.path) == ("S102", ("name",))


@pytest.mark.parametrize(
    ("record", "text", "path", "hint"),
    [
        (
            Settings,
            "name: 甲\nbase_url: www.example.cn\n",
            ("base_url",),
            "网址要写全，改成 https://www.example.cn；只有 http 的，写 http://",
        ),
        (
            Settings,
            "name: 甲\nbase_url: https://example.cn/a/\n",
            ("base_url",),
            "改成 https://example.cn/a",
        ),
        (Settings, "name: 甲\nsite_id_code: 123\n", ("site_id_code",), "写 10 位数字"),
        (
            Settings,
            "name: 甲\nseverity: [{rule: r1, to: 警告, why: 乙}]\n",
            ("severity", 0, "rule"),
            "写问题清单里的代码，如 R204",
        ),
        (Department, "name: 甲\npostcode: 12\n", ("postcode",), "写 6 位数字"),
        (Glossary, "entries: [{word: 托底, means: 甲}, {word: 托底, means: 乙}]\n", (), "“托底”解释了两次，请合成一条"),
        (Terms, "everyday: [{say: [], items: a}]\n", ("everyday", 0, "say"), "写上内容，或把这一行删掉"),
    ],
)
def test_other_records_get_advice_too(record: type[Record], text: str, path: KeyPath, hint: str) -> None:
    (finding,) = wrong(text, record)

    assert (finding.path, finding.hint) == (path, hint)


@pytest.mark.parametrize(
    ("address", "mended"),
    [
        ("https://www.a.gov.cn/bszn/index.html", "https://www.a.gov.cn/bszn"),
        ("https://www.a.gov.cn/default.aspx?id=3#top", "https://www.a.gov.cn"),
        ("https://www.a.gov.cn/bszn?from=weixin", "https://www.a.gov.cn/bszn"),
        ("https://admin:1234@www.a.gov.cn/bszn", "https://www.a.gov.cn/bszn"),
        ("https://www.a.gov.cn/bszn#", "https://www.a.gov.cn/bszn"),
    ],
)
def test_an_address_that_says_too_much_is_told_with_the_mended_one(address: str, mended: str) -> None:
    (finding,) = wrong(f"name: 甲\nbase_url: '{address}'\n", Settings)

    assert finding.path == ("base_url",)
    assert finding.hint.endswith(f"写成 {mended}")


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://WWW.A.Gov.cn./Bszn", "https://www.a.gov.cn/Bszn"),
        ("https://www.a.gov.cn/办事 指南", "https://www.a.gov.cn/%E5%8A%9E%E4%BA%8B%20%E6%8C%87%E5%8D%97"),
        ("https://www.a.gov.cn/%E5%8A%9E", "https://www.a.gov.cn/%E5%8A%9E"),
        ("https://政务.cn:443/a", "https://xn--zfr164b.cn/a"),
        ("http://127.0.0.1:8080/v1.0", "http://127.0.0.1:8080/v1.0"),
    ],
)
def test_an_address_is_brought_into_one_form(address: str, written: str) -> None:
    settings, findings = build(Settings, {"name": "甲", "base_url": address}, "site.yaml")

    assert not findings
    assert settings is not None
    assert settings.base_url == written


@pytest.mark.parametrize(
    "address", ["https://a b.cn/x", "https://a.cn:99999/x", "https://a.cn/a//b", "https://a.cn/../b"]
)
def test_an_address_that_leads_nowhere_is_refused(address: str) -> None:
    (finding,) = wrong(f"name: 甲\nbase_url: '{address}'\n", Settings)

    assert "照浏览器地址栏里的写" in finding.hint
