"""What is said of an item in brief: on its page, its sheets, boards and cards. A summary promises only what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest
from guide_world import guide
from site_folder import SiteFolder

from builder.guide import Answer

COMPANIONS = {
    "site.yaml": "name: 试办县办事指南\nsearch: 否\nphones: 12345\nbase_url: https://bszn.example.cn/xian\n",
    "content/areas.yaml": "xian: {name: 试办县, level: 区县级}\n",
    "content/topics.yaml": "jiaotong: 车和路\n",
    "content/departments/jiaoguan.yaml": "name: 县交管所\nphones: 0451-57770001\n",
    "content/places/dating.yaml": "name: 县大厅\nkind: 办事大厅\naddress: 县府街5号\nwindows: [交管窗口]\n",
    "content/places/zhan.yaml": "name: 各镇交管站\nkind: 便民服务站\nbranches:\n"
    "  - {id: dong, name: 东镇站, phones: 0451-57770002}\n  - {id: xi, name: 西镇站}\n  - {id: nan, name: 南镇站}\n",
}
STEPS = "steps:\n  - {actor: 申请人, do: 交材料}\n  - {actor: 窗口, do: 发证}\n"


def case(id: str, name: str, **fields: object) -> str:
    return "".join((f"  - id: {id}\n    name: {name}\n", *(f"    {key}: {value}\n" for key, value in fields.items())))


def item(name: str, body: str) -> str:
    return f"name: {name}\ntopics: [jiaotong]\ndepartment: jiaoguan\n{body}{STEPS}"


# Items, each with what its summaries leave out: by the question, the facts that must follow where it says 见下面.
EVERY_CASE_ITS_OWN = item(
    "运输证",
    "variants:\n"
    + case("ke", "客运", time="11个工作日", fees="{amount: 31}", places="dating", eligibility="有五辆客车")
    + case("huo", "货运", time="13个工作日", fees="{amount: 37}", places="zhan", eligibility="有五辆货车"),
)
MANY_OF_ALL = item(
    "车辆检测",
    "places: [dating, zhan]\nfees:\n"
    + "".join(f"  - {{name: 检测{n}项, amount: {n}7, per: 辆}}\n" for n in range(1, 9))
    + "windows: [每周一, 每周二, 每周三, 每周四, 每周五, 每周六, 每周日]\n"
    + "benefits:\n"
    + "".join(f"  - {{name: 补贴{n}, amount: {n}3}}\n" for n in range(1, 9)),
)
FOLLOWS: Mapping[str, tuple[str, Mapping[str, tuple[str, ...]]]] = {
    "yunshuzheng": (
        EVERY_CASE_ITS_OWN,
        {
            "谁能办": ("有五辆客车", "有五辆货车"),
            "在哪办": ("县大厅", "各镇交管站"),
            "多久办好": ("11个工作日", "13个工作日"),
            "交多少钱": ("31元", "37元"),
        },
    ),
    "jiance": (
        MANY_OF_ALL,
        {
            "在哪办": ("各镇交管站",),
            "交多少钱": ("检测1项每辆17元", "检测8项每辆87元"),
            "能领多少": ("补贴1：13元", "补贴8：83元"),
            "什么时候办": ("每周一", "每周日"),
        },
    ),
}
SHEETS = ("guide", "short", "notice", "poster", "leaflet")


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def main_of(page: Path) -> str:
    return page.read_text("utf-8").partition("<main")[2].partition("</main>")[0].partition(">")[2]


def pages_of(id: str, public: Path) -> Iterator[tuple[str, str]]:
    yield "item", main_of(public / f"items/{id}.html")
    for sheet in SHEETS:
        file = public / f"print/{sheet}/{id}.html"
        if file.exists():
            yield sheet, main_of(file)


ROW = re.compile(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", re.DOTALL)


@pytest.mark.parametrize("id", FOLLOWS)
def test_what_a_summary_says_to_follow_is_on_that_page_or_sheet(id: str, site: SiteFolder) -> None:
    body, facts = FOLLOWS[id]
    public = site.write_all({**COMPANIONS, f"content/items/xian/{id}.yaml": body}).built()
    pages = dict(pages_of(id, public))
    assert pages.keys() >= {"item", "guide", "short", "notice", "poster", "leaflet"}
    for kind, page in pages.items():
        boxes = re.findall(r'<dl class="answers">.*?</dl>', page, re.DOTALL)
        rest = re.sub(r'<dl class="answers">.*?</dl>', "", page, flags=re.DOTALL)
        rows = {question: text(told) for box in boxes for question, told in ROW.findall(box)}
        pointing = {question for question, told in rows.items() if "见下面" in told}
        assert "见下面" not in text(rest), kind
        if kind in ("item", "guide"):
            assert pointing == facts.keys(), kind
        missing = [(question, fact) for question in pointing for fact in facts[question] if fact not in text(rest)]
        assert missing == [], kind
        if kind in (
            "short",
            "poster",
            "leaflet",
        ):  # the code leads to the full guide; a poster has no room for the address
            assert '<figure class="code">' in page, kind
            assert kind == "poster" or f"https://bszn.example.cn/xian/items/{id}.html" in text(page), kind


def test_a_board_and_a_card_point_nowhere(site: SiteFolder) -> None:
    items = {f"content/items/xian/{id}.yaml": body for id, (body, _) in FOLLOWS.items()}
    public = site.write_all({**COMPANIONS, **items}).built()
    for page in ("print/board/jiaoguan.html", "print/card/dating.html", "print/card/zhan.html"):
        assert "下面" not in text(main_of(public / page))
        assert "客运：11个工作日；货运：13个工作日" in text(main_of(public / page))


def test_a_sheet_by_itself_says_what_holds_in_each_case(site: SiteFolder) -> None:
    public = site.write_all({**COMPANIONS, "content/items/xian/yunshuzheng.yaml": EVERY_CASE_ITS_OWN}).built()
    short = text(main_of(public / "print/short/yunshuzheng.html"))
    assert "多久办好 客运：11个工作日 货运：13个工作日 交多少钱 客运：31元 货运：37元" in short
    assert "在哪办 客运：县大厅 货运：各镇交管站" in short
    poster = text(main_of(public / "print/poster/yunshuzheng.html"))
    assert "多久办好：客运：11个工作日；货运：13个工作日" in poster


# --- The rule, and the cases that differ -------------------------------------------------------------------------------


def row(id: str, **fields: object) -> Answer:
    (found,) = (answer for answer in guide(**fields).answers if answer.id == id)
    return found


def cases(*fields: Mapping[str, object]) -> list[dict[str, object]]:
    return [
        {"id": f"v{n}", "name": name, **one} for n, (name, one) in enumerate(zip("甲乙丙丁戊", fields, strict=False))
    ]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"time": "9天", "variants": cases({}, {"time": "当场"})}, ("9天（乙当场办结）",)),
        ({"variants": cases({"time": "9天"}, {"time": "9天"}, {"time": "2天"})}, ("9天（丙2天）",)),
        ({"variants": cases({"time": "9天"}, {"time": "9天"}, {})}, ("9天（丙还没有写）",)),
        ({"time": {"promised": "9天", "starts": "受理之日起"}, "variants": cases({}, {})}, ("受理之日起9天",)),
        (
            {"time": "9天", "variants": cases(*({"time": f"{n}个月"} for n in range(1, 6)))},
            ("9天（甲1个月；乙2个月；丙3个月；丁4个月；戊5个月）",),
        ),
    ],
)
def test_says_the_rule_first_and_then_what_differs(fields: dict[str, object], lines: tuple[str, ...]) -> None:
    assert row("how_long", **fields).lines == lines


def test_a_rule_with_too_many_exceptions_leaves_them_to_the_guide() -> None:
    far = [{"id": f"v{n}", "name": f"第{n}类很长名字的情形", "time": f"{n}天"} for n in range(1, 9)]
    answer = row("how_long", time="60天", variants=far)
    assert answer.lines == ("60天", "有的情形不同，见下面")
    assert answer.alone == ("60天", "有的情形不同，见完整的指南")
    few = row("how_long", time="60天", variants=far[:4])
    assert few.alone == ("60天", *(f"第{n}类很长名字的情形：{n}天" for n in range(1, 5)))


def test_fees_that_only_some_cases_do_not_pay() -> None:
    fees = [{"name": "证书", "amount": 6, "per": "本"}, {"name": "照片", "amount": 20}]
    answer = row("how_much", fees=fees, variants=cases({}, {"fees": "无"}))
    assert answer.lines == ("证书每本6元、照片20元（乙不收费）",)
    assert answer.alone == ("证书每本6元", "照片20元", "乙：不收费")


def test_a_case_that_goes_elsewhere_is_told_of() -> None:
    answer = row("where", places="dating", variants=cases({}, {"places": "shequ"}))
    assert answer.lines == ("办事大厅", "新城路1号", "有的情形到别处，见下面")
    assert answer.alone[:3] == ("办事大厅", "新城路1号", "乙：各社区")

    most = row("where", variants=cases({"places": "dating"}, {"places": "dating"}, {"places": "shequ"}))
    assert most.lines == ("办事大厅（丙：各社区）",)


def test_a_sheet_names_the_other_places_that_a_page_only_counts() -> None:
    answer = row("where", places=["dating", {"place": "dating", "window": "劳动保障窗口"}])
    assert answer.lines[-1] == "另有 1 处，见下面"
    assert answer.alone == ("办事大厅", "新城路1号", "办事大厅，劳动保障窗口（3），新城路1号")


# --- What is not known ------------------------------------------------------------------------------------------------


def test_when_one_can_apply_is_no_answer_to_how_long_it_takes() -> None:
    answer = row("how_long", windows="每年6月2日至9日", phones="0451-57770009")
    assert (answer.lines, answer.known) == (("请电话确认",), False)
    assert row("when", windows="每年6月2日至9日").lines == ("每年6月2日至9日",)


def test_counts_the_branches_that_have_a_phone(site: SiteFolder) -> None:
    site.write_all({**COMPANIONS, "content/items/xian/jiance.yaml": item("检测", "places: zhan\n")})
    assert "各镇交管站（3 处，有电话的 1 处）" in text(main_of(site.built() / "items/jiance.html"))

    site.write("content/places/zhan.yaml", re.sub(", phones: [0-9-]+", "", COMPANIONS["content/places/zhan.yaml"]))
    page = text(main_of(site.built() / "items/jiance.html"))
    assert "各镇交管站（3 处）" in page
    assert "各有电话" not in page


# --- Boards and cards ---------------------------------------------------------------------------------------------------

DEALER = item(
    "二手车过户",
    """\
places: [{place: dating, window: 交管窗口}]
materials:
  - 登记证书
  - {name: 买卖双方的身份证、户口簿}
  - any_of: [购车发票, 公证书]
    title: 来历凭证
  - any_of: [行驶证, {group: 补证材料, materials: [补领申请, 遗失说明]}]
  - {name: 委托书, when: 代办的}
  - {name: 车辆照片, optional: 是}
  - group: 单位车辆的材料
    when: 车主是单位的
    materials: [营业执照, 公章]
variants:
  - {id: benshi, name: 本市过户}
  - {id: waidi, name: 转到外地, materials: [转移登记申请表]}
""",
)


def cells(page: Path) -> list[list[str]]:
    """Return the cells of each item of a board or a card, after its name."""
    rows = re.findall(r"<tr>(?:(?!</tr>).)*?<th scope=\"row\">(.*?)</tr>", main_of(page), re.DOTALL)
    return [[text(cell) for cell in re.split(r"</t[hd]>", row)] for row in rows]


def test_a_board_tells_what_all_bring_from_what_only_some_do(site: SiteFolder) -> None:
    public = site.write_all({**COMPANIONS, "content/items/xian/guohu.yaml": DEALER}).built()
    expected = (
        "登记证书；买卖双方的身份证、户口簿；来历凭证（任选其一：购车发票、公证书）；行驶证、补证材料（任选其一）"
        " 另按情形：委托书、车辆照片、营业执照、公章等5样"
    )
    for page in ("print/board/jiaoguan.html", "print/card/dating.html"):
        assert cells(public / page)[0][1] == expected


@pytest.mark.parametrize(
    ("materials", "told"),
    [
        ("materials: [甲表, 乙表]\n", "甲表、乙表"),
        ("materials: 无\n", "不用带材料"),
        ("materials: 不适用\n", "不用带材料"),
        ("", "请电话确认"),
        ("materials: [{name: 甲表, when: 未成年的}]\n", "按情形：甲表"),
        ("materials:\n" + "".join(f"  - 第{n}表\n" for n in range(1, 11)), "第1表、第2表、第3表、第4表、第5表、第6表、第7表、第8表等10样"),
        ("variants:\n" + case("a", "个人", materials="[甲表, 乙表]") + case("b", "单位", materials="[乙表, 丙表]"), "乙表 另按情形：甲表、丙表"),
        ("materials: [甲表]\nvariants:\n" + case("a", "个人", materials="无") + case("b", "单位"), "按情形：甲表"),
        ("materials: [甲表]\nvariants:\n" + case("a", "个人", materials="[乙表]", replaces="[materials]") + case("b", "单位"), "按情形：甲表、乙表"),
    ],
)  # fmt: skip
def test_a_board_asks_of_all_only_what_every_case_asks(materials: str, told: str, site: SiteFolder) -> None:
    public = site.write_all({**COMPANIONS, "content/items/xian/dengji.yaml": item("登记", materials)}).built()
    assert cells(public / "print/board/jiaoguan.html")[0][1] == told


def test_a_board_says_in_which_case_one_goes_to_which_place(site: SiteFolder) -> None:
    public = site.write_all({**COMPANIONS, "content/items/xian/yunshuzheng.yaml": EVERY_CASE_ITS_OWN}).built()
    (row,) = cells(public / "print/board/jiaoguan.html")
    assert row[4] == "客运：县大厅 货运：各镇交管站"
    assert cells(public / "print/card/zhan.html")[0][0] == "运输证 只办：货运"


def test_a_board_says_when_one_can_apply_beside_the_name_and_not_as_a_time_that_it_takes(site: SiteFolder) -> None:
    body = item("年审", "places: zhan\nwindows: 每年6月2日至9日\n")
    public = site.write_all({**COMPANIONS, "content/items/xian/nianshen.yaml": body}).built()
    (row,) = cells(public / "print/board/jiaoguan.html")
    assert (row[0], row[2]) == ("年审 只在6月办", "请电话确认")


def test_a_board_sends_to_the_phones_of_branches_only_where_there_are_some(site: SiteFolder) -> None:
    no_phone = COMPANIONS["content/departments/jiaoguan.yaml"].partition("phones")[0]
    site.write_all({**COMPANIONS, "content/departments/jiaoguan.yaml": no_phone})
    site.write("content/items/xian/nianshen.yaml", item("年审", "places: zhan\n"))
    assert cells(site.built() / "print/board/jiaoguan.html")[0][5] == "各处电话"

    site.write("content/places/zhan.yaml", re.sub(", phones: [0-9-]+", "", COMPANIONS["content/places/zhan.yaml"]))
    assert cells(site.built() / "print/board/jiaoguan.html")[0][5] == "12345"


def test_the_card_of_a_place_without_counters_goes_by_the_name_of_the_place(site: SiteFolder) -> None:
    site.write_all({**COMPANIONS, "content/items/xian/nianshen.yaml": item("年审", "places: zhan\n")})
    site.write("content/items/xian/yiban.yaml", item("一般的事", "places: dating\n"))
    public = site.built()
    assert text(main_of(public / "print/card/zhan.html")).startswith("窗口速查卡 各镇交管站")
    assert "窗口速查卡 · 县大厅 其他事项" in text(main_of(public / "print/card/dating.html"))


# --- Whom to call -------------------------------------------------------------------------------------------------------

NO_PHONE = re.compile(r", phones: [0-9-]+|^phones: .*\n|(?<=\n)phones: .*\n")


def test_a_site_without_a_phone_says_what_else_to_do(site: SiteFolder) -> None:
    """No page or sheet sends to the phone: not the answers, the foot, the page that is not there, the search, the notice."""
    site.write_all({path: NO_PHONE.sub("", body) for path, body in COMPANIONS.items()})
    site.write("content/items/xian/baofei.yaml", "name: 车辆报废\ntopics: [jiaotong]\ndepartment: jiaoguan\n")
    site.write("content/items/xian/jiance.yaml", item("车辆检测", "places: zhan\nfees: {name: 检测费}\n"))
    site.write("content/places/nongji.yaml", "name: 农机站\nkind: 办公室\n")
    public = site.built()
    sending = re.compile("请电话|请打电话|打电话告诉|先打电话|、打电话问|也可以打电话")
    pages = {file.relative_to(public).as_posix(): file.read_text("utf-8") for file in public.rglob("*.html")}
    assert [page for page, html in pages.items() if sending.search(html)] == []
    page = text(main_of(public / "items/baofei.html"))
    assert "多久办好 还没有写" in page
    assert "打电话问 电话暂缺，请到办理的地方问" in page
    assert "这页哪里不对？ 请告诉窗口的工作人员，说“车辆报废”这一页就行（编号 baofei）" in page


def test_who_can_call_a_department_is_sent_to_its_phone_on_a_site_without_one(site: SiteFolder) -> None:
    site.write_all({**COMPANIONS, "site.yaml": NO_PHONE.sub("", COMPANIONS["site.yaml"])})
    site.write("content/items/xian/baofei.yaml", item("车辆报废", ""))
    site.write("content/departments/jiaoyu.yaml", "name: 县教育局\n")
    site.write("content/items/xian/ruxue.yaml", "name: 入学\ntopics: [jiaotong]\ndepartment: jiaoyu\n")
    public = site.built()
    page = text(main_of(public / "items/baofei.html"))
    assert "多久办好 请电话确认" in page
    assert "请打电话告诉我们，说“车辆报废”这一页就行（编号 baofei）： 0451-5777 0001 。" in page
    assert "多久办好 还没有写" in text(main_of(public / "items/ruxue.html"))
    assert cells(public / "print/board/jiaoguan.html")[0][2] == "请电话确认"


def test_where_only_branches_have_phones_one_is_sent_to_them(site: SiteFolder) -> None:
    for file in ("site.yaml", "content/departments/jiaoguan.yaml"):
        site.write(file, NO_PHONE.sub("", COMPANIONS[file]))
    site.write_all({path: body for path, body in COMPANIONS.items() if "/" in path and "departments" not in path})
    site.write("content/items/xian/jiance.yaml", item("车辆检测", "places: zhan\n"))
    public = site.built()
    page = text(main_of(public / "items/jiance.html"))
    assert "打电话问 各处电话，见下面" in page
    assert "东镇站 0451-5777 0002 西镇站 电话暂缺" in page
    short = text(main_of(public / "print/short/jiance.html"))
    assert "打电话问 各处电话，见上面" in short
    assert "各镇交管站（3 处，有电话的 1 处） 东镇站，0451-5777 0002 西镇站 南镇站 " in short


def test_a_sheet_leaves_many_branches_to_the_full_guide() -> None:
    assert row("where", places="shequ").alone == ("各社区（13 处，各有电话）", "各处见完整的指南")


# --- Where to go --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "where", "address"),
    [
        ("channels: 窗口办理\n", "县交管所窗口", True),
        ("channels: 社区办理\n", "所在村（社区）", True),
        ("depth: 乡镇受理、县级办理\n", "所在乡镇", True),
        ("channels: 邮寄办理\n", "邮寄办理", False),
        ("variants:\n" + case("ke", "客运", places="dating") + case("huo", "货运", places="zhan"), "客运：县大厅 货运：各镇交管站", False),
    ],
)  # fmt: skip
def test_the_places_say_what_the_answer_above_says(body: str, where: str, address: bool, site: SiteFolder) -> None:
    public = site.write_all({**COMPANIONS, "content/items/xian/nianshen.yaml": item("年审", body)}).built()
    for page in ("items/nianshen.html", "print/guide/nianshen.html"):
        told = main_of(public / page)
        section = text(re.split(r"<h2[^>]*>在哪办</h2>", told)[-1].partition("</section>")[0])
        assert section.startswith(where + (" 地址请电话确认" if address else "")), page
        assert "地点请电话确认" not in text(told)
        assert ("地址请电话确认" in section) == address
    if "variants" not in body:
        assert f"在哪办 {where} " in text(main_of(public / "items/nianshen.html"))


def test_the_window_of_a_department_is_at_the_address_of_the_department(site: SiteFolder) -> None:
    department = COMPANIONS["content/departments/jiaoguan.yaml"] + "address: 县府街9号\n"
    site.write_all({**COMPANIONS, "content/departments/jiaoguan.yaml": department})
    site.write("content/items/xian/nianshen.yaml", item("年审", "channels: [窗口办理, 网上办理]\n"))
    page = text(main_of(site.built() / "items/nianshen.html"))
    assert page.count("县交管所窗口、网上办理 县府街9号") == 2  # in the answer and among the places
    assert "地址请电话确认" not in page


# --- Short guides and posters -----------------------------------------------------------------------------------------


def test_a_short_guide_says_for_whom_the_next_steps_are_not(site: SiteFolder) -> None:
    steps = """\
name: 摇号
topics: [jiaotong]
steps:
  - {id: cha, actor: 市民, do: 查结果, question: 中了吗？, branches: [
      {when: 中了的, to: end}, {when: 候补的, to: song}, {when: 没中的, to: zai}, {when: 填错的, to: 退回}]}
  - {id: zai, actor: 市民, do: 下期再摇}
  - {id: song, actor: 窗口, do: 排队}
"""
    public = site.write_all({**COMPANIONS, "content/items/xian/yaohao.yaml": steps}).built()
    told = text(main_of(public / "print/short/yaohao.html"))
    assert "1. 市民： 查结果（中了的：办完；候补的：转到第3步） 2. 市民： 下期再摇" in told


def test_the_poster_of_a_case_says_what_holds_in_that_case(site: SiteFolder) -> None:
    body = EVERY_CASE_ITS_OWN + "  - {actor: 窗口, do: 建档}\n"
    own = "    steps:\n      - {actor: 车主, do: 网上填}\n      - {actor: 窗口, do: 寄证}\n"
    body = body.replace("    name: 货运\n", f"    name: 货运\n{own}")
    public = site.write_all({**COMPANIONS, "content/items/xian/yunshuzheng.yaml": body}).built()
    whole, of_case = main_of(public / "print/poster/yunshuzheng.html").split("运输证：货运")
    assert "多久办好：客运：11个工作日；货运：13个工作日" in text(whole)
    assert "多久办好：13个工作日 交多少钱：37元" in text(of_case)


def test_a_poster_leaves_what_has_no_room_below_its_chart_to_the_full_guide(site: SiteFolder) -> None:
    fees = "fees:\n" + "".join(f"  - {{name: 第{n}种检测的费用, amount: {n}}}\n" for n in range(1, 7))
    public = site.write_all({**COMPANIONS, "content/items/xian/jiance.yaml": item("检测", fees)}).built()
    poster = text(main_of(public / "print/poster/jiance.html"))
    assert "第5种检测的费用5元；见完整的指南" in poster
    assert "第6种" not in poster


def test_fees_too_many_to_list_leave_room_for_who_pays_nothing() -> None:
    fees = [{"name": f"第{n}种", "amount": n, "per": "张"} for n in range(1, 8)]
    answer = row("how_much", fees=fees, variants=cases({}, {"fees": "无"}))
    rule = "第1种、第2种、第3种、第4种、第5种、第6种、第7种：每张1元至7元，按种类不同"
    assert answer.lines == (f"{rule}，见下面", "乙：不收费")
    assert answer.alone == (f"{rule}，见完整的指南", "乙：不收费")


def test_what_does_not_count_is_no_time_that_it_takes() -> None:
    answer = row("how_long", time={"excludes": "公示"}, variants=cases({"time": "9天"}, {"time": "2天"}))
    assert answer.alone == ("甲：9天", "乙：2天")
    assert row("how_long", time={"excludes": "公示"}).known is False


def test_a_short_guide_without_room_for_a_material_does_not_call_them_unknown(site: SiteFolder) -> None:
    """The note on the first material alone takes more than the sheet."""
    body = f"materials:\n  - {{name: 甲表, note: {'写得很长很长的说明' * 130}}}\n  - 乙表\n"
    public = site.write_all({**COMPANIONS, "content/items/xian/changde.yaml": item("长的事", body)}).built()
    short = text(main_of(public / "print/short/changde.html"))
    assert "要带的材料 ※ 还有 2 样，见完整的指南" in short
    assert "要带什么材料" not in short
