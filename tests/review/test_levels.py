"""Each rule of the table of levels decides what it says, and what no rule knows has to be checked."""

from __future__ import annotations

import pytest
from compared import compared

from builder.content.settings import Level
from builder.differences.comparison import Change
from builder.differences.levels import RULES, verdict

RED, ORANGE, YELLOW, GREY = Level

MATERIAL = "materials:\n  - name: 身份证\n"

# Before, after, the level, and what is said. Each pair is also read backwards where `back` is given.
CASES: tuple[tuple[str, str, tuple[Level, str], tuple[Level, str]], ...] = (
    (MATERIAL, f"{MATERIAL}  - name: 收入证明\n", (RED, "多要一样材料"), (YELLOW, "少要一样材料")),
    ("materials: 无\n", MATERIAL, (RED, "多要一样材料"), (YELLOW, "少要一样材料")),
    (f"{MATERIAL}    copies: 1\n", f"{MATERIAL}    copies: 2\n", (RED, "材料份数多了"), (YELLOW, "材料份数少了")),
    (
        f"{MATERIAL}    copies: {{original: 1}}\n", f"{MATERIAL}    copies: {{original: 2}}\n",
        (RED, "材料份数多了"), (YELLOW, "材料份数少了"),
    ),
    (f"{MATERIAL}    optional: 是\n", MATERIAL, (RED, "材料必须交了"), (YELLOW, "材料可以不交了")),
    (f"{MATERIAL}    when: 代办的\n", MATERIAL, (RED, "材料人人都要带了"), (YELLOW, "材料只有一部分人要带了")),
    (
        f"{MATERIAL}    validity: 6个月\n", f"{MATERIAL}    validity: 3个月\n",
        (RED, "材料有效的时间短了"), (YELLOW, "材料有效的时间长了"),
    ),
    (f"{MATERIAL}    later: 5个工作日\n", MATERIAL, (RED, "材料不能补交了"), (YELLOW, "材料可以补交了")),
    (
        f"{MATERIAL}    later: 5个工作日\n", f"{MATERIAL}    later: 3个工作日\n",
        (RED, "补交的时间短了"), (YELLOW, "补交的时间长了"),
    ),
    (f"{MATERIAL}    promise: 是\n", MATERIAL, (RED, "材料不能用承诺书代替了"), (YELLOW, "材料可以用承诺书代替了")),
    (MATERIAL, f"{MATERIAL}    seal: 单位公章\n", (RED, "材料要盖的章多了"), (YELLOW, "材料要盖的章少了")),
    (f"{MATERIAL}    whose: 本人\n", f"{MATERIAL}    whose: 户主\n", (RED, "材料换成了别人的"), (RED, "材料换成了别人的")),
    (MATERIAL, f"{MATERIAL}    whose: 配偶\n", (YELLOW, "写明了是谁的材料"), (ORANGE, "没写是谁的材料了")),
    (
        "whom: {work: 退休}\n", "whom: {work: 退休, hukou: 本地}\n",
        (ORANGE, "“我能办什么”折起的人多了"), (YELLOW, "“我能办什么”折起的人少了"),
    ),
    (
        "whom: {certificates: [a, b]}\n", "whom: {certificates: [a]}\n",
        (ORANGE, "“我能办什么”折起的人多了"), (YELLOW, "“我能办什么”折起的人少了"),
    ),
    (
        "whom: {age: 60+}\n", "whom: {age: 65+}\n",
        (GREY, "“我能办什么”照它排先后的条件"), (GREY, "“我能办什么”照它排先后的条件"),
    ),
    (MATERIAL, f"{MATERIAL}    held: 是\n", (RED, "材料要收走几天"), (YELLOW, "材料不再收走")),
    (
        "outputs: 《残疾人证》\n", "outputs: {name: 《残疾人证》, ref: canji}\n",
        (GREY, "办成后拿到的对应材料库哪一样"), (GREY, "办成后拿到的对应材料库哪一样"),
    ),
    (
        "materials:\n  - any_of: [房产证, 租房合同, 村委会证明]\n", "materials:\n  - any_of: [房产证, 租房合同]\n",
        (RED, "材料少一种选择"), (YELLOW, "材料多一种选择"),
    ),
    (
        "materials:\n  - group: 担保人\n    materials: [工资单]\n",
        "materials:\n  - group: 担保人\n    materials: [工资单, 户口簿]\n",
        (RED, "多要一样材料"), (YELLOW, "少要一样材料"),
    ),
    ("forms: 《甲表》\n", "forms: [《甲表》, 《乙表》]\n", (RED, "多填一张表"), (YELLOW, "少填一张表")),
    (
        "eligibility: 本镇户口\n", "eligibility: [本镇户口, 年满60周岁]\n",
        (RED, "多一个条件"), (YELLOW, "少一个条件"),
    ),
    ("eligibility: 无\n", "eligibility: 本镇户口\n", (RED, "多一个条件"), (YELLOW, "少一个条件")),
    (
        "eligibility:\n  - any: [下岗, 残疾, 复员]\n", "eligibility:\n  - any: [下岗, 残疾]\n",
        (RED, "条件少一种选择"), (YELLOW, "条件多一种选择"),
    ),
    ("", "excluded: 有两套房的\n", (RED, "多一种不能办的"), (YELLOW, "少一种不能办的")),
    ("time: 10个工作日\n", "time: 20个工作日\n", (RED, "办得慢了"), (YELLOW, "办得快了")),
    ("time: 当场\n", "time: 30天\n", (RED, "办得慢了"), (YELLOW, "办得快了")),
    (
        "time:\n  statutory: 20天\n", "time:\n  statutory: 30天\n",
        (RED, "法定时限长了"), (YELLOW, "法定时限短了"),
    ),
    (
        "time:\n  promised: 20天\n", "time:\n  promised: 20天\n  extension: 10天\n",
        (RED, "延长的时间多了"), (YELLOW, "延长的时间少了"),
    ),
    (
        "windows: 每年9月1日至9月30日\n", "windows: 每年9月1日至9月20日\n",
        (RED, "申报时间短了"), (YELLOW, "申报时间长了"),
    ),
    ("", "windows: 每月1日至5日\n", (RED, "申报时间短了"), (YELLOW, "申报时间长了")),
    ("fees: 无\n", "fees:\n  - name: 工本费\n    amount: 10\n", (RED, "多收一样钱"), (YELLOW, "少收一样钱")),
    (
        "fees:\n  - name: 工本费\n    amount: 10\n", "fees:\n  - name: 工本费\n    amount: 20\n",
        (RED, "收费高了"), (YELLOW, "收费低了"),
    ),
    (
        "fees:\n  - amount: 10\n    reductions: 低保户免收\n", "fees:\n  - amount: 10\n",
        (RED, "减免少了"), (YELLOW, "减免多了"),
    ),
    (
        "benefits:\n  - name: 补贴\n    amount: 300\n", "benefits:\n  - name: 补贴\n    amount: 200\n",
        (RED, "补贴少了"), (YELLOW, "补贴多了"),
    ),
    ("outputs: [低保证, 通知书]\n", "outputs: [低保证]\n", (ORANGE, "办成后拿到什么去掉"), (ORANGE, "办成后拿到什么增加")),
    (
        "outputs:\n  - name: 证\n    validity: 5年\n", "outputs:\n  - name: 证\n    validity: 3年\n",
        (RED, "有效期短了"), (YELLOW, "有效期长了"),
    ),
    ("channels: [窗口办理, 网上办理]\n", "channels: [窗口办理]\n", (RED, "少一种办法"), (YELLOW, "多一种办法")),
    ("visits: 1\n", "visits: 2\n", (RED, "多跑一次"), (YELLOW, "少跑一次")),
    ("quota: 每年300名\n", "quota: 每年200名\n", (RED, "名额少了"), (YELLOW, "名额多了")),
    ("status: 在办\n", "status: 已取消\n", (RED, "不再办了"), (YELLOW, "又可以办了")),
    ("", "status: 暂停\n", (RED, "不再办了"), (YELLOW, "又可以办了")),
    (
        "variants:\n  - id: a\n    name: 首次\n  - id: b\n    name: 补办\n", "variants:\n  - id: a\n    name: 首次\n",
        (RED, "少一种情形"), (ORANGE, "情形增加"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("was", "now", "forth", "back"), CASES)
def test_a_change_has_the_level_of_its_rule_in_both_directions(
    was: str, now: str, forth: tuple[Level, str], back: tuple[Level, str]
) -> None:
    assert [(one.level, one.says) for one in map(verdict, compared(was, now))] == [forth]
    assert [(one.level, one.says) for one in map(verdict, compared(now, was))] == [back]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("phones: 12345\n", "phones: 12346\n"),
        ("places: dating\n", "places: shequ\n"),
        ("hours: 周一至周五 8:30-17:00\n", "hours: 周一至周五 9:00-17:00\n"),
        ("legal: 《社会保险法》\n", "legal: 《民法典》\n"),
        ("time: 5个工作日\n", "time: 7天\n"),  # which is longer depends on the week
        ("", "time: 5个工作日\n"),  # nothing was said before
        ("", MATERIAL),
        (MATERIAL, f"{MATERIAL}    note: 要彩色的\n"),
        ("steps:\n  - actor: 街道\n    do: 受理\n", "steps:\n  - actor: 区里\n    do: 受理\n"),
        ("eligibility: 年满60周岁\n", "eligibility: 年满65周岁\n"),
        ("windows: 每年9月1日至9月30日\n", "windows: 每年10月1日至10月20日\n"),
    ],
)
def test_what_cannot_be_decided_has_to_be_checked(was: str, now: str) -> None:
    verdicts = {verdict(one).level for one in compared(was, now)}
    assert verdicts == {ORANGE}


@pytest.mark.parametrize(
    "text", ["aliases: [吃低保]\n", "topics: dibao\n", "checked: 2026-01-05\n", "faq:\n  - q: 问\n    a: 答\n"]
)
def test_words_beside_what_is_asked_are_only_words(text: str) -> None:
    assert [verdict(one).level for one in compared("", text)] == [GREY]


def test_marks_of_another_width_and_spaces_are_only_words() -> None:
    (difference,) = compared("eligibility: 本镇户口(含集体户)\n", "eligibility: 本镇户口（含 集体户）\n")
    assert verdict(difference).level is GREY


def test_a_site_gives_a_change_another_level() -> None:
    (difference,) = compared("aliases: [低保]\n", "aliases: [低保, 吃低保]\n")
    assert verdict(difference, {"别名": ORANGE}).level is ORANGE
    (difference,) = compared("phones: 12345\n", "phones: 12346\n")
    assert verdict(difference, {"其他改动": RED}).level is RED


def test_the_gravest_part_of_an_entry_decides() -> None:
    (difference,) = compared(
        f"{MATERIAL}    copies: 2\n    optional: 是\n", f"{MATERIAL}    copies: 1\n    note: 要彩色的\n"
    )
    assert (verdict(difference).level, verdict(difference).says) == (RED, "材料必须交了")


def test_no_rule_stands_behind_another_for_the_same_change() -> None:
    seen: set[tuple[str, Change]] = set()
    for rule in RULES:
        for change in rule.changes:
            assert (rule.field, change) not in seen
            seen.add((rule.field, change))
