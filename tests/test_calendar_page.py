"""The calendar: each item in the months in which it can be done, by rule, for readers without script and for paper."""

from __future__ import annotations

import pytest
from lxml import html
from site_folder import SiteFolder

from builder.content import site as content_site
from builder.render import pagination


def item(name: str, *windows: str, more: str = "") -> str:
    return f"name: {name}\n{more}windows:\n" + "".join(f"  - {window}\n" for window in windows)


FILES = {
    "site.yaml": "name: 县办事指南\nsearch: 否\n",
    "content/areas.yaml": "jia: {name: 江县甲镇, short: 甲镇, level: 乡镇街道}\nyi: {name: 乙镇, level: 乡镇街道}\n",
    "content/departments/suo.yaml": "name: 甲镇社保所\n",
    "content/items/jia/cainuan.yaml": item("采暖费", "每年11月至次年2月"),
    "content/items/jia/jiuzhu.yaml": item("入学救助", "每年10月15日前"),
    "content/items/jia/yanglao.yaml": item(
        "养老保险", "{when: 每年9月1日至10月10日, for: 缴费}", "{when: 每月1日至10日, for: 参保}"
    ),
    "content/items/jia/sangzang.yaml": item("丧葬补贴", "每周一"),
    "content/items/jia/tuixiu.yaml": item("退休", "到达退休年龄前3个月"),
    "content/items/yi/nianjian.yaml": item("年检", "每年一次"),
    "content/items/yi/ruxue.yaml": item("入学", "2027年5月8日至19日"),
    "content/items/yi/changnian.yaml": item("天天能办", "常年受理"),
    "content/items/yi/meiyou.yaml": "name: 没有日子的\n",
}
MONTHS = [f"{month}月" for month in range(1, 13)]


def told(site: SiteFolder, path: str) -> dict[str, list[str]]:
    """Return the lines of each part of a calendar: their titles, each with what happens in the month."""
    page = html.fromstring(site.page(path))
    parts: dict[str, list[str]] = {}
    for section in page.xpath("//main/section[h2][not(@data-now)]"):
        lines = []
        for row in section.xpath(".//li/a"):
            here = row.xpath("string(.//*[@class='row-here'])")
            lines.append(" ".join(filter(None, (row.xpath("string(.//*[@class='row-title'])"), here))))
        parts[section.xpath("string(h2)")] = lines
    return parts


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    site = SiteFolder(tmp_path_factory.mktemp("calendar") / "site").write_all(FILES)
    site.built()
    return site


def test_a_period_stands_in_each_of_its_months_and_a_deadline_only_in_its_own(made: SiteFolder) -> None:
    parts = told(made, "calendar.html")
    assert list(parts)[:12] == MONTHS
    assert {month: parts[month] for month in MONTHS if parts[month]} == {
        "1月": ["采暖费 整月能办"],
        "2月": ["采暖费 2月底截止"],
        "5月": ["入学 5月8日开始，5月19日截止"],
        "9月": ["养老保险 9月1日开始"],
        "10月": ["养老保险 10月10日截止", "入学救助 10月15日截止"],
        "11月": ["采暖费 11月1日开始"],
        "12月": ["采暖费 整月能办"],
    }


def test_what_comes_round_otherwise_has_parts_of_its_own(made: SiteFolder) -> None:
    parts = told(made, "calendar.html")
    assert {part: lines for part, lines in parts.items() if part not in MONTHS} == {
        "每月": ["养老保险"],
        "每周": ["丧葬补贴"],
        "事前、事后": ["退休"],
        "每年办，没写几月": ["年检"],
        "只看一个地区": ["甲镇", "乙镇"],
        "带走这份日历": ["加到手机日历", "全年办理日历：甲镇", "全年办理日历：乙镇"],
    }
    assert "天天能办" not in made.page("calendar.html")


def test_a_line_says_the_rule_in_words_and_in_a_form_for_scripts(made: SiteFolder) -> None:
    page = html.fromstring(made.page("calendar/areas/jia.html"))
    lines = {
        line.get("data-says"): (line.get("data-days"), line.get("data-until"))
        for line in page.xpath("//li[@data-says]")
    }
    assert lines == {
        "每年11月至次年2月": ("11-01/02-31", ""),
        "每年10月15日前": ("", "10-15"),
        "缴费：每年9月1日至10月10日": ("09-01/10-10", ""),
        "参保：每月1日至10日": ("01/10", ""),
        "每周一": ("1", ""),
    }
    assert "甲镇" not in page.xpath("string(//main//ul[@class='rows'])")  # the page says it once


def test_every_page_leads_to_the_calendar(made: SiteFolder) -> None:
    assert '<a href="../calendar.html">办理日历</a>' in made.page("items/meiyou.html")
    assert "calendar/areas/yi.html" in made.page("sitemap.html")
    assert "print/calendar/jia.html" in made.page("print/index.html").replace("../", "")


def test_a_site_without_set_days_has_no_calendar(site: SiteFolder) -> None:
    kept = ("site.yaml", "content/areas.yaml", "content/items/yi/changnian.yaml", "content/items/yi/meiyou.yaml")
    out = site.write_all({path: FILES[path] for path in kept}).built()
    assert [path.name for path in out.rglob("*calendar*") if "static" not in path.parts] == []
    assert "办理日历" not in site.page("index.html")


def test_a_large_site_has_a_calendar_for_each_area(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_site, "AT_ONCE", 3)
    out = site.write_all(FILES).built()
    assert told(site, "calendar.html") == {
        "只看一个地区": ["甲镇", "乙镇"],
        "带走这份日历": ["全年办理日历：甲镇", "全年办理日历：乙镇"],
    }
    assert told(site, "calendar/areas/yi.html")["5月"] == ["入学 5月8日开始，5月19日截止"]
    assert not (out / "calendar.ics").exists()
    assert (out / "calendar/areas/jia.ics").exists()


def test_a_long_calendar_is_cut_into_pages(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "PAGE_LINES", 5)
    site.write_all(FILES).built()
    first, second = told(site, "calendar.html"), told(site, "calendar/2.html")
    assert list(first)[:4] == ["1月", "2月", "5月", "9月"]
    assert list(second)[:3] == ["10月（续）", "11月", "12月"]
    assert "data-now" not in site.page("calendar.html")
    assert "calendar.html" in site.page("calendar/2.html")


def rows(site: SiteFolder, area: str) -> list[list[list[str]]]:
    """Return the rows of each chart of an area: the title, the words, and the months with a drawing."""
    page = html.fromstring(site.page(f"print/calendar/{area}.html"))
    return [
        [
            [
                row.xpath("string(th)"),
                row.xpath("string(td)"),
                "、".join(MONTHS[at] for at, cell in enumerate(row.xpath("td")[1:]) if len(cell)),
            ]
            for row in chart.xpath(".//tbody/tr")
        ]
        for chart in page.xpath("//section[contains(@class, 'year-chart')]")
    ]


def test_the_year_chart_has_a_row_for_each_matter_and_a_drawing_in_each_of_its_months(made: SiteFolder) -> None:
    assert rows(made, "jia") == [
        [
            ["采暖费", "每年11月至次年2月", "1月、2月、11月、12月"],
            ["养老保险", "缴费：每年9月1日至10月10日", "9月、10月"],
            ["入学救助", "每年10月15日前", "10月"],
            ["养老保险", "参保：每月1日至10日", "、".join(MONTHS)],
        ]
    ]
    sheet = made.page("print/calendar/jia.html")
    assert "<b>丧葬补贴</b>　每周一" in sheet
    assert "<b>退休</b>　到达退休年龄前3个月" in sheet


def test_more_rows_than_fit_are_charted_by_department(site: SiteFolder) -> None:
    many = {
        f"content/items/jia/i{n}.yaml": item(f"事{n}", "每年5月", more="department: suo\n" if n % 2 else "")
        for n in range(86)
    }
    site.write_all({**FILES, **many}).built()
    assert list(map(len, rows(site, "jia"))) == [40, 3, 40, 7]
    assert site.page("print/calendar/jia.html").count("甲镇社保所") == 4  # in the heading of two sheets
