"""The report on what a government site is inspected for: a site that does everything well, one that does everything wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

import pytest
from site_folder import SiteFolder

from builder.checks.privacy import citizen_numbers

Said = pytest.CaptureFixture[str]
Report = Mapping[str, Mapping[str, Any]]  # what came of each standard, by its id

ITEM = "content/items/zhen/guashi.yaml"

WELL = {
    "site.yaml": """\
name: 试办镇办事指南
base_url: https://www.shiban.gov.cn/bszn
host: 试办镇人民政府
phones: 010-12345678
site_id_code: "1234567890"
icp: 京ICP备00000000号
police: 京公网安备 11000000000000号
party_mark: https://bszs.conac.cn/sitename?method=show&id=0000
""",
    "content/areas.yaml": "zhen: {name: 试办镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: 社保卡\n",
    "content/departments/shebaosuo.yaml": "name: 试办镇社保所\nphones: 12345\n",
    "content/places/dating.yaml": "name: 大厅\nkind: 办事大厅\narea: zhen\n",
    "content/pages/guanyu.md": "---\ntitle: 关于本站\npublished: 2026-11-01\n---\n\n正文。\n",
    ITEM: """\
name: 社保卡挂失
department: shebaosuo
topics: shebao
legal: {text: 社会保险法}
eligibility: 无
materials: [{name: 居民身份证, form: 原件, copies: {original: 1}}]
places: dating
fees: 无
hours: 周一至周五
steps: [{actor: 窗口, do: 登记}]
time: 当场
forms: [{title: 《挂失申请表》, file: biao.txt, sample: yang.txt}]
published: 2026-11-03
""",
    "static/forms/biao.txt": "空白表",
    "static/forms/yang.txt": "样例",
}

# Templates that forget everything, and content that lacks everything else.
BARE = "<!doctype html><html><head><title>页面</title>{% include 'labels.html' %}</head><body>{% block main %}{% endblock %}"
ILL_MADE = {
    **WELL,
    "templates/base.html": BARE + "{% include 'footer.html' %}</body></html>",
    "templates/labels.html": '<meta name="SiteName" content=""><meta name="PubDate" content="昨天">',
    "templates/footer.html": '<a href="https://www.baidu.com/">百度</a><a href="{{ root }}mei-you.html">断</a>'
    '<a href="#mei-you">断</a><img src="{{ root }}static/mei-you.png"><iframe src="https://a.gov.cn/"></iframe>'
    '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=1234567890&url=https%3A%2F%2Fwww.shiban.gov.cn">找错</a>',
    "templates/collection.html": '{% extends "base.html" %}{% block main %}<h1>空</h1>{% endblock %}',
    "templates/print/guide.html": BARE + "{% include 'footer.html' %}</body></html>",
}
ILL_FED = {
    **WELL,
    "site.yaml": "name: 试办镇办事指南\nbase_url: http://www.shiban.com/bszn\nprint_guides: 否\n"
    "severity: [{rule: L501, to: 警告, why: 试}, {rule: P601, to: 警告, why: 试}]\n",
    "content/terms.yaml": "retired: [{term: 劳保卡, instead: 社会保障卡}]\n",
    ITEM: "name: 社会保障卡补领\ntitle: 补领劳保卡\nsummary: 丢了报11010519491231002X\npublished: 2031-01-01\n"
    "materials: [其他材料]\nforms: [《表》]\n",
    **{
        f"content/items/zhen/kong-{n}.yaml": f"name: 空的第{n}项\ntopics: shebao\npublished: 2020-01-01\n"
        for n in range(5)
    },
    "content/items/zhen/bie.yaml": "name: 社会保障卡（补领）\ntopics: shebao\npublished: 2020-01-01\n",
}

# What the well-made site cannot show: it needs a server, a browser, other sites, or a reader.
NOT_JUDGED = {
    "frame.ipv6",
    "veto.opens",
    "veto.interaction",
    "services.statistics",
    "services.element-content",
    "services.outside-links",
    "access.contrast",
    "access.speech",
}

BY_TEMPLATES = {
    "labels.site-name": "index.html",
    "labels.site-domain": "items/guashi.html",
    "labels.site-id-code": "items/guashi.html",
    "labels.column": "topics/shebao.html",
    "labels.content-column": "items/guashi.html",
    "labels.article-title": "items/guashi.html",
    "labels.content-source": "pages/guanyu.html",
    "labels.pub-date": "items/guashi.html",
    "labels.title": "items/guashi.html",
    "frame.host": "topics/shebao.html",
    "frame.contact": "index.html",
    "frame.site-id-code": "items/guashi.html",
    "frame.icp": "items/guashi.html",
    "frame.police": "items/guashi.html",
    "frame.party-mark": "items/guashi.html",
    "frame.report-errors": "items/guashi.html",
    "frame.site-map": "items/guashi.html",
    "frame.breadcrumb": "items/guashi.html",
    "frame.large-type": "items/guashi.html",
    "frame.no-pop-ups": "items/guashi.html：iframe",
    "frame.leaving": "www.baidu.com",
    "veto.no-empty-columns": "topics/shebao.html",
    "services.home-links": "index.html → #mei-you",
    "services.links": "items/guashi.html → ../static/mei-you.png",
    "access.structure": "items/guashi.html：没有写语言、图片没有替代文字",
    "access.large-type": "items/guashi.html",
}
BY_CONTENT = {
    "labels.pub-date-future": "items/guashi.html：2031-01-01 00:00",
    "frame.gov-cn": "site.yaml",
    "frame.https": "site.yaml",
    "frame.print": "items/guashi.html",
    "veto.updated": "",
    "veto.guides": "kong-0.yaml：缺设定依据、申请条件、办理材料",
    "veto.privacy": "items/guashi.html：110105…",
    "services.filed": ITEM,
    "services.elements": "kong-0.yaml：缺 9 类",
    "services.material-form": f"{ITEM}：其他材料",
    "services.vague-materials": f"{ITEM}：其他材料",
    "services.blank-forms": f"{ITEM}：《表》",
    "services.sample-forms": f"{ITEM}：《表》",
    "services.search": "社会保障卡",
    "services.wording": ITEM,
}


class Noon(datetime):
    """The day on which these sites are inspected."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Noon:
        return cls(2026, 11, 10, 12, tzinfo=tz)


@pytest.fixture(autouse=True, scope="module")
def _on_that_day() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builder.cli.clock.datetime", Noon)
        yield


def said_of(site: SiteFolder, capsys: Said, *options: str, code: int = 0) -> str:
    assert site.run("check", "--jobs", "1", "--gov", *options) == code
    return capsys.readouterr().out


def report_on(site: SiteFolder, capsys: Said, code: int = 0) -> Report:
    told = json.loads(said_of(site, capsys, "--format", "json", code=code))
    return {one["id"]: one for one in told["rules"]}


@pytest.fixture
def well(site: SiteFolder) -> SiteFolder:
    return site.write_all(WELL)


def test_a_site_that_does_everything_well(well: SiteFolder, capsys: Said) -> None:
    report = report_on(well, capsys)
    assert {id for id, one in report.items() if one["verdict"] == "not-met"} == set()
    assert {id for id, one in report.items() if one["verdict"] == "not-judged"} == NOT_JUDGED
    assert all(one["source"] and one["says"] for one in report.values())


@pytest.mark.parametrize(("files", "expected"), [(ILL_MADE, BY_TEMPLATES), (ILL_FED, BY_CONTENT)], ids=["made", "fed"])
def test_a_site_that_does_it_wrong_is_told_where(
    files: Mapping[str, str], expected: Mapping[str, str], site: SiteFolder, capsys: Said
) -> None:
    report = report_on(site.write_all(files), capsys)
    for id, place in expected.items():
        one = report[id]
        assert one["verdict"] == "not-met", id
        assert not place or any(place in found for found in one["places"]), (id, one["places"])
        assert one["count"] >= len(one["places"])


def test_every_standard_that_can_be_met_can_be_missed(well: SiteFolder, capsys: Said) -> None:
    assert set(report_on(well, capsys)) - NOT_JUDGED == {*BY_TEMPLATES, *BY_CONTENT, "frame.dateline"}


def test_content_pages_without_a_date_are_told(site: SiteFolder, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site.folder.parent))
    site.write_all({**WELL, ITEM: WELL[ITEM].replace("published: 2026-11-03\n", "")})
    report = report_on(site, capsys)
    for id in ("labels.pub-date", "frame.dateline"):
        assert report[id]["verdict"] == "not-met"
        assert "items/guashi.html" in report[id]["places"]
    assert "这里没有 git 的提交记录" in report["labels.pub-date"]["says"]


def test_missing_facts_are_the_sites_own_fault(site: SiteFolder, capsys: Said) -> None:
    report = report_on(site.write_all({**WELL, "site.yaml": "name: 试办镇办事指南\n"}), capsys)
    missed = {id for id, one in report.items() if one["verdict"] == "not-met"}
    facts = ("host", "contact", "site-id-code", "icp", "police", "party-mark", "report-errors")
    assert missed == {"labels.site-domain", "labels.site-id-code", *(f"frame.{fact}" for fact in facts)}
    assert report["frame.icp"]["places"] == ["site.yaml"]


def test_missing_facts_of_a_channel_are_its_parents_business(site: SiteFolder, capsys: Said) -> None:
    settings = "name: 试办镇办事指南\nparent: {name: 试办区人民政府网站, url: 'https://www.shibanqu.gov.cn/'}\n"
    report = report_on(site.write_all({**WELL, "site.yaml": settings}), capsys)
    assert {id for id, one in report.items() if one["verdict"] == "not-met"} == set()
    assert report["labels.site-name"]["verdict"] == "met"
    for id in ("frame.host", "frame.icp", "labels.site-id-code", "veto.updated"):
        assert report[id]["verdict"] == "not-judged"
        assert "上级网站" in report[id]["says"]


def test_the_report_for_people(site: SiteFolder, capsys: Said) -> None:
    told = said_of(site.write_all(ILL_FED), capsys)
    assert "政府网站检查：试办镇办事指南" in told
    assert "  [没做到] 没有“其他材料”这样的兜底材料：1 项有　（国办秘函〔2019〕19号）\n" in told
    assert f"      {ITEM}：其他材料\n      怎么改：写清是什么材料、什么情况要；写不清就删掉；抽到一项约扣 2 分" in told
    assert "  [没判断] IPv6 能访问：要看放网站的服务器，请问机房" in told
    assert "单项否决没过：首页两周内有更新、" in told
    assert "      ……共 7 处" in told, "few places are shown, and how many there are"


def test_the_simulated_deduction_is_for_the_guides_that_are_looked_at(site: SiteFolder, capsys: Said) -> None:
    report = report_on(site.write_all(ILL_FED), capsys)
    assert report["services.elements"]["deduction"] == 10, (
        "two points for each of five guides, all of which lack something"
    )
    assert report["services.vague-materials"]["deduction"] == pytest.approx(2 * 5 / 7, abs=0.01)
    assert report["services.filed"]["deduction"] == 5


def test_errors_leave_the_pages_unjudged_and_make_the_check_fail(site: SiteFolder, capsys: Said) -> None:
    site.write_all({**WELL, "content/items/zhen/cuo.yaml": "name: 错\ntopics: mei-you\n"})
    report = report_on(site, capsys, code=1)
    assert not any(id.startswith(("labels.", "frame.", "access.")) for id in report)
    assert report["services.filed"]["verdict"] == "not-met"
    assert "内容有错误，页面做不出来" in said_of(site, capsys, code=1)


def test_what_is_not_met_is_no_error(site: SiteFolder, capsys: Said) -> None:
    assert "[没做到]" in said_of(site.write_all(ILL_MADE), capsys, "--strict")


def test_nothing_is_published(well: SiteFolder, capsys: Said) -> None:
    said_of(well, capsys)
    assert {path.name for path in well.folder.iterdir()} == {"site.yaml", "content", "static", ".cache"}


def test_a_search_that_cannot_be_asked_is_not_judged(
    well: SiteFolder, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    search = report_on(well, capsys)["services.search"]
    assert (search["verdict"], "mini-racer" in search["says"]) == ("not-judged", True)


def test_the_report_has_two_formats(well: SiteFolder, capsys: Said) -> None:
    assert well.run("check", "--gov", "--format", "sarif") == 2
    assert "text 和 json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("证号11010519491231002X。", ["11010519491231002X"]),
        ("110105194912310021", []),  # its last digit does not fit
        ("编码1101051949123100201", []),  # longer
        ("X11010519491231002X", []),
    ],
)
def test_citizen_numbers_are_told_from_other_long_numbers(text: str, found: list[str]) -> None:
    assert citizen_numbers(text) == found


def test_what_offices_get_from_each_other_needs_neither_form_nor_number(well: SiteFolder, capsys: Said) -> None:
    well.replace(ITEM, "materials: [", "materials: [{name: 户籍信息, source: 部门共享，不用交}, ")
    assert report_on(well, capsys)["services.material-form"]["says"] == "1 项都写明了"


# --- Forms ------------------------------------------------------------------------------------------------------------

FORMS = ("services.blank-forms", "services.sample-forms")


@pytest.mark.parametrize(
    ("materials", "told"),
    [
        ("{name: 《挂失登记卡》, form: 表格, copies: 1}", "1 项要填 2 张表，1 项没有齐，缺 1 张"),
        ("{name: 《挂失申请表》, form: 表格, copies: 1}", "要填表的 1 项都有，共 1 张表"),  # the one of `forms`
        ("{name: 参保信息采集表, form: 原件, copies: 1}", "1 项要填 2 张表，1 项没有齐，缺 1 张"),
        ("{name: 《补卡申请书》, form: 原件, copies: 1, promise: 《告知承诺书》}", "1 项要填 3 张表，1 项没有齐，缺 2 张"),
        ("{name: 体检表, form: 原件, copies: 1}", "要填表的 1 项都有，共 1 张表"),
        ("{name: 社保登记表, form: 复印件, copies: 1}", "要填表的 1 项都有，共 1 张表"),
        ("{name: 户口登记表, form: 原件, copies: 1, issuer: 派出所}", "要填表的 1 项都有，共 1 张表"),
    ],
)  # fmt: skip
def test_a_form_among_the_materials_needs_a_blank_too(
    materials: str, told: str, well: SiteFolder, capsys: Said
) -> None:
    well.replace(ITEM, "materials: [", f"materials: [{materials}, ")
    report = report_on(well, capsys)
    assert [report[standard]["says"] for standard in FORMS] == [told] * 2


def test_where_nothing_is_to_be_filled_in_no_item_is_said_to_have_its_blanks(well: SiteFolder, capsys: Said) -> None:
    well.replace(ITEM, "forms: [{title: 《挂失申请表》, file: biao.txt, sample: yang.txt}]\n", "forms: 无\n")
    report = report_on(well, capsys)
    assert {report[standard]["says"] for standard in FORMS} == {"没有要填表的事项"}


def test_entrances_are_named_for_who_opens_them_by_hand(well: SiteFolder, capsys: Said) -> None:
    well.replace(ITEM, "fees: 无\n", "fees: 无\nonline: [浙里办, https://zwfw.shiban.gov.cn/guashi]\n")
    report = report_on(well, capsys)
    told = report["services.outside-links"]
    assert told["says"] == "检查时不上网；网上办的入口 1 个，请逐个点开看看：https://zwfw.shiban.gov.cn/guashi"
    assert report["frame.leaving"]["verdict"] == "met"
    well.replace(ITEM, "zwfw.shiban.gov.cn", "zwfw.shiban.com")
    assert "zwfw.shiban.com（items/guashi.html）" in str(report_on(well, capsys)["frame.leaving"])
