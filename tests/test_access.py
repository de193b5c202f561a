"""How residents get at a service: what editors may write, and what is then to be read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from guide_world import guide, words
from site_folder import SiteFolder
from told_texts import texts_in

from builder.content.model.item import Item
from builder.content.validate import build
from builder.guide import Course, plain_text_of

PLATFORM = {"name": "省政务服务网", "url": "https://zwfw.example.gov.cn/sx/", "note": "先实名登录"}


def facts(course: Course) -> Mapping[str, tuple[str, ...]]:
    return dict(course.facts)


def where(**fields: object) -> tuple[str, ...]:
    (found,) = (one for one in guide(**fields).answers if one.id == "where")
    return found.lines if found.known else ()


def said_of(**fields: object) -> list[tuple[str, str]]:
    """Return what an editor is told of an item with these fields."""
    _, findings = build(Item, {"name": "测试事项", **fields}, "x.yaml")
    return [(one.says, one.hint) for one in findings]


# --- Online ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("online", "line"),
    [
        ("浙里办App", "浙里办App"),
        ("https://zwfw.example.gov.cn/sx", "zwfw.example.gov.cn/sx"),
        (PLATFORM, "省政务服务网：zwfw.example.gov.cn/sx（先实名登录）"),
        ({"url": f"https://zwfw.example.gov.cn/{'a' * 90}"}, "zwfw.example.gov.cn"),
    ],
)
def test_tells_where_one_applies_online_and_what_to_type(online: object, line: str) -> None:
    assert facts(guide(online=online).common)["网上办"] == (line,)


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"online": PLATFORM}, ("网上办：省政务服务网（zwfw.example.gov.cn）",)),
        ({"online": "浙里办", "channels": ["小程序", "邮寄办理"]}, ("邮寄办理", "网上办：浙里办")),
        ({"online": PLATFORM, "channels": "网上办理"}, ("网上办：省政务服务网（zwfw.example.gov.cn）",)),
        ({"online": "浙里办App", "places": "dating"}, ("办事大厅", "新城路1号", "网上办：浙里办App")),
        ({"online": ["甲平台", "乙平台", "丙平台"]}, ("网上办：甲平台", "网上办：乙平台")),
        ({"variants": [{"id": "a", "name": "甲", "online": "浙里办App"}]}, ("网上办：浙里办App",)),
    ],
)
def test_online_is_an_answer_to_where(fields: dict[str, object], lines: tuple[str, ...]) -> None:
    assert where(**fields) == lines


def test_who_reads_on_finds_every_entrance_where_no_place_is_named() -> None:
    one = guide(online=["甲平台", "乙平台", "丙平台"], channels="网上办理")
    assert one.without_place == ("网上办：甲平台", "网上办：乙平台", "网上办：丙平台")
    assert not one.address_unknown


def test_an_address_is_a_way_to_apply_also_where_the_ways_leave_it_out() -> None:
    assert facts(guide(channels="窗口办理", online=PLATFORM).common)["怎么申请"] == ("窗口办理、网上办理",)
    assert facts(guide(channels="小程序", online="浙里办").common)["怎么申请"] == ("手机办理",)
    assert facts(guide(channels="网上办理", online=PLATFORM).common)["怎么申请"] == ("网上办理",)


def test_a_new_address_makes_a_new_edition() -> None:
    (told,) = (one for one in plain_text_of(guide(online=PLATFORM), words()) if one.part == "网上办")
    assert told.lines == ("省政务服务网：zwfw.example.gov.cn/sx（先实名登录）",)


@pytest.mark.parametrize(
    ("online", "hint"),
    [
        ("www.zjzwfw.gov.cn", "改成 https://www.zjzwfw.gov.cn"),
        ("s.nia.gov.cn/mps", "改成 https://s.nia.gov.cn/mps"),
        ("https：//zwfw.example.gov.cn", "改成 https://zwfw.example.gov.cn"),
        ("https://zwfw。example。gov。cn/a", "改成 https://zwfw.example.gov.cn/a"),
        ("https://zwfw.example.gov.cn。", "改成 https://zwfw.example.gov.cn"),
        ({"name": "甲", "url": "无"}, "没有网址的，不写这一行"),
        ({"name": "网址：https://zwfw.example.gov.cn"}, "网址写在 url 里"),
        ({"name": "甲", "url": "javascript:alert(1)"}, "要以 http:// 或 https:// 开头"),
        ({"name": "甲", "url": "https://zwfw.example.gov.cn（点“企业开办”）"}, "写进 note"),
        ({"name": "甲", "url": "https://a.gov.cn https://b.gov.cn"}, "网址到“ https"),
        ({"name": "甲", "url": "http://192.168.1.20:8080/bs"}, "内网"),
        ({"name": "甲", "url": "http://localhost/bs"}, "内网"),
        ({"name": "甲", "url": "https://zwfw"}, "域名不对"),
        ({"name": "https://zwfw.example.gov.cn"}, "网址写在 url 里"),
        ({"note": "先登录"}, "name（叫什么"),
    ],
)
def test_a_web_address_that_nobody_can_open_is_refused_with_advice(online: object, hint: str) -> None:
    ((_, told),) = said_of(online=online)
    assert hint in told


@pytest.mark.parametrize(
    "url",
    [
        "http://zwfw.example.gov.cn",
        "https://zwfw.example.gov.cn:8443/a/b?c=d&e=%E4%B8%AD#f",
        "http://117.78.1.20/bs",
        "https://xn--fiqs8s.cn/",
    ],
)
def test_a_web_address_that_anybody_can_open_is_taken(url: str) -> None:
    assert said_of(online=url) == []


# --- In person ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visits", "lines"),
    [
        ("1", ("1次",)),
        ("最多跑一次", ("1次",)),
        ("到现场2次", ("2次",)),
        ("0", ("不用去现场",)),
        ("零次", ("不用去现场",)),
        ("不用去", ("不用去现场",)),
        ({"times": "1", "who": "夫妻双方亲自到场"}, ("1次", "夫妻双方要到场")),
        (
            {"who": "本人", "proxy": "否", "note": "70岁以上可以上门"},
            ("本人要到场", "不能托人代办", "70岁以上可以上门"),
        ),
        ({"proxy": "是"}, ("可以托人代办",)),
        ({"proxy": "不可以"}, ("不能托人代办",)),
    ],
)
def test_tells_how_often_and_who_must_come(visits: object, lines: tuple[str, ...]) -> None:
    assert facts(guide(visits=visits).common)["去几次"] == lines
    assert facts(guide(variants=[{"id": "a", "name": "甲", "visits": visits}]).variants[0])["去几次"] == lines


@pytest.mark.parametrize(
    ("visits", "hint"),
    [
        ("本人必须到场", "谁要到场写进 who"),
        ("1-2次", "写最多几次"),
        ({"times": "0", "who": "本人"}, "改成一致"),
    ],
)
def test_visits_that_cannot_be_counted_are_refused(visits: object, hint: str) -> None:
    ((_, told),) = said_of(visits=visits)
    assert hint in told


@pytest.mark.parametrize(
    ("appointment", "lines"),
    [
        ("要", ("要先预约",)),
        ("无需预约", ("不用预约",)),
        ("可以预约", ("可以预约，不预约也能办",)),
        ("022-65775272", ("电话预约：022-6577 5272",)),
        ("https://yy.example.gov.cn/", ("网上预约：yy.example.gov.cn",)),
        ("提前一天打电话", ("提前一天打电话",)),
        (
            {"required": "要", "phones": "12345", "url": "https://yy.example.gov.cn/a", "note": "提前1天"},
            ("要先预约", "电话预约：12345", "网上预约：yy.example.gov.cn/a", "提前1天"),
        ),
    ],
)
def test_tells_whether_and_where_to_book(appointment: object, lines: tuple[str, ...]) -> None:
    assert facts(guide(appointment=appointment).common)["预约"] == lines


@pytest.mark.parametrize(
    ("fields", "lines", "leads_to"),
    [
        ({"places": "dating", "visits": {"who": "所有继承人"}}, ("办事大厅", "新城路1号", "所有继承人要到场"), ()),
        ({"online": "浙里办", "visits": "0"}, ("网上办：浙里办", "不用去现场"), ()),
        (
            {"online": "浙里办", "visits": "0", "places": "dating"},
            ("办事大厅", "新城路1号", "网上办：浙里办", "网上办的不用去现场"),
            (),
        ),
        ({"visits": {"who": "继承人、受遗赠人、见证人和他们的监护人"}}, (), ()),  # too long for the box
        ({"appointment": "可以"}, (), ()),
        (
            {"appointment": {"required": "要", "phones": ["022-65775272", "12345"]}},
            ("要先预约：022-6577 5272",),
            ("tel:02265775272",),
        ),
        (
            {"appointment": {"required": "要", "url": "https://yy.example.gov.cn/a"}},
            ("要先预约：yy.example.gov.cn",),
            ("https://yy.example.gov.cn/a",),
        ),
    ],
)
def test_what_one_must_know_before_one_goes_stands_with_where(
    fields: dict[str, object], lines: tuple[str, ...], leads_to: tuple[str, ...]
) -> None:
    (found,) = (one for one in guide(**fields).answers if one.id == "where")
    assert (found.lines if found.known else ()) == lines
    assert tuple(to for to in found.links.values() if to) == leads_to


def test_an_appointment_that_says_two_things_is_refused() -> None:
    ((_, told),) = said_of(appointment={"required": "不用", "phones": "12345"})
    assert "required 写 可以" in told


# --- The result ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivery", "lines"),
    [
        ("邮寄", ("邮寄",)),
        ("窗口自取", ("窗口领取",)),
        (["邮寄", "网上下载"], ("邮寄", "网上下载")),
        ({"way": "EMS", "cost": "邮费到付"}, ("邮寄：邮费到付",)),
        (
            {"way": "窗口领取", "bring": "凭受理单、身份证", "who": "本人或受托人领取", "note": "周五下午不发证"},
            ("窗口领取：带受理单、身份证；本人或受托人领取；周五下午不发证",),
        ),
    ],
)
def test_tells_how_the_result_comes(delivery: object, lines: tuple[str, ...]) -> None:
    assert facts(guide(delivery=delivery).common)["怎么拿到"] == lines


# --- How far, how many, how much longer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coverage", "line", "where_to"),
    [
        ("全国通办", "全国通办", ("全国通办",)),
        ("省内通办", "全省通办", ("全省通办",)),
        ({"range": "跨省", "note": "在哪个窗口都能办"}, "跨省通办（在哪个窗口都能办）", ("跨省通办",)),
        ("本辖区", "只在本地办", ()),
    ],
)
def test_tells_where_else_it_can_be_done(coverage: object, line: str, where_to: tuple[str, ...]) -> None:
    assert facts(guide(coverage=coverage).common)["通办范围"] == (line,)
    assert where(coverage=coverage) == where_to


@pytest.mark.parametrize(
    ("quota", "line"),
    [
        ("无", "没有数量限制"),
        ("不限", "没有数量限制"),
        ("每年200名", "每年200名"),
        ("每户限1处", "每户1处"),
        ("50个", "50个"),
        ("按学校招生计划，招满为止", "按学校招生计划，招满为止"),
        ({"number": "200", "unit": "辆", "per": "每月", "note": "摇号"}, "每月200辆（摇号）"),
    ],
)
def test_tells_how_many_there_are(quota: object, line: str) -> None:
    assert facts(guide(quota=quota).common)["数量限制"] == (line,)


@pytest.mark.parametrize(
    ("extension", "line"),
    [
        ("10个工作日", "可以延长10个工作日"),
        ("可以延长至30个工作日", "可以延长到30个工作日"),
        (
            {"by": "15天", "approver": "经本机关负责人批准", "why": "情况复杂的"},
            "情况复杂的，经本机关负责人批准，可以延长15天",
        ),
    ],
)
def test_tells_by_how_much_the_time_can_be_extended(extension: object, line: str) -> None:
    told = guide(time={"promised": "7个工作日", "extension": extension}).common
    assert facts(told)["办理时限"] == ("7个工作日", line)


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ({"time": {"promised": "30天", "extension": "延长到20天"}}, "要比承诺时限（30天）长"),
        ({"time": {"promised": "7天", "extension": "经批准可延长10天"}}, "分开写，如 {by: 10个工作日"),
        ({"time": {"extension": {"why": "情况复杂的"}}}, "by（延长多久）和 to（延长到多久）写一样"),
        ({"quota": {"per": "年"}}, "没有限制的写 quota: 无"),
        ({"name_en": "办理护照 Passport"}, "英文名称只写英文"),
        ({"coverage": "全球通办"}, "全国通办（nation）"),
    ],
)
def test_what_says_nothing_or_contradicts_is_refused(fields: dict[str, object], hint: str) -> None:
    ((_, told),) = said_of(**fields)
    assert hint in told


# --- On a built page ---------------------------------------------------------------------------------------------------

SITE = {
    "site.yaml": "name: 试\nbase_url: https://bs.example.gov.cn\nsearch: 否\n",
    "content/areas.yaml": "zhen: {name: 甲镇, level: 乡镇街道}\n",
    "content/topics.yaml": "churu: 出入境\n",
    "content/departments/paichusuo.yaml": "name: 派出所\nphones: 12345\n",
    "content/items/zhen/tongxingzheng.yaml": """\
name: 通行证签注
department: paichusuo
topics: churu
materials: 无
name_en: Exit Endorsement
channels: 网上办理
online: {name: 出入境服务平台, url: "https://s.example.gov.cn/mps?a=1&b=2"}
variants: [{id: tuanti, name: 团体, online: {name: 旅行社平台, url: "https://lxs.example.gov.cn"}}]
""",
}


def test_the_leaflet_of_a_community_says_that_one_can_stay_at_home_or_must_book(site: SiteFolder) -> None:
    site.write_all(SITE)
    site.write(
        "content/places/shequ.yaml", "name: 各社区\nkind: 社区\nbranches: [{id: dong, name: 东社区, phones: 12345}]\n"
    )
    file = "content/items/zhen/tongxingzheng.yaml"
    site.write(file, f"{site.read(file)}places: shequ\nappointment: {{required: 要, phones: 12367}}\n")
    site.built()
    (leaflet,) = (line for line in site.page("print/leaflet/tongxingzheng.html").splitlines() if "网上办" in line)
    assert "网上办：出入境服务平台（s.example.gov.cn）" in leaflet
    assert "要先预约：12367" in leaflet


@pytest.fixture
def page(site: SiteFolder) -> str:
    site.write_all(SITE).built()
    return site.page("items/tongxingzheng.html")


def test_one_can_tap_to_apply_in_each_case(page: str) -> None:
    (common,) = (line for line in page.splitlines() if 'class="button"' in line and "出入境服务平台" in line)
    assert 'href="https://s.example.gov.cn/mps?a=1&amp;b=2" data-not-for="tuanti">网上办：出入境服务平台<' in common
    (of_case,) = (line for line in page.splitlines() if 'class="button"' in line and "旅行社平台" in line)
    assert 'data-only-for="tuanti" hidden' in of_case


def test_machines_are_told_where_one_applies(page: str) -> None:
    assert '"serviceUrl": "https://s.example.gov.cn/mps?a=1\\u0026b=2"' in page
    assert '"serviceUrl": "https://lxs.example.gov.cn"' in page


def test_an_item_done_only_online_says_so_in_lists_and_is_found_by_the_platform(page: str, site: SiteFolder) -> None:
    texts = texts_in(site.page("search/texts.js"))
    assert page
    assert {"出入境服务平台", "网上办理"} <= {*texts}
    site.set("content/items/zhen/tongxingzheng.yaml", "variants", "[]")
    site.built()
    assert "在网上办" in site.page("search/items.js")


def test_who_reads_english_finds_the_item_and_its_name(page: str, site: SiteFolder) -> None:
    assert '<p class="official" lang="en">Exit Endorsement</p>' in page
    assert '"alternateName": {"@language": "en", "@value": "Exit Endorsement"}' in page
    assert '"Exit Endorsement"' in site.page("search/items.js")
    for sheet in ("guide", "short", "notice"):
        assert '<p class="sheet-sub" lang="en">Exit Endorsement</p>' in site.page(f"print/{sheet}/tongxingzheng.html")
