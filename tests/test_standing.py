"""Where a site stands: every number on the page, in the data and in the workbook can be counted by hand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from site_folder import SiteFolder

from builder.standing.items import a_year_after

TODAY = "2026-11-30"
WHOLE = """\
legal: 社会保险法
eligibility: 无
materials: 无
places: dating
fees: 无
hours: 周一至周五
phones: 12345
steps: [{actor: 窗口, do: 登记}]
time: 当场
"""
DIBAO, CANBAO = "content/items/dong/dibao.yaml", "content/items/dong/canbao.yaml"
FILES = {
    "site.yaml": "name: 试办镇\nsearch: 否\nphones: 12345\n",
    "content/areas.yaml": "dong: {name: 东镇, level: 乡镇街道}\nxi: {name: 西镇, level: 乡镇街道}\n",
    "content/departments/minzheng.yaml": "name: 民政办\n",
    "content/departments/shebao.yaml": "name: 社保所\n",
    "content/places/dating.yaml": "name: 便民大厅\nkind: 办事大厅\n",
    DIBAO: f"name: 申请低保\ndepartment: minzheng\n{WHOLE}checked: 2026-10-01\n",
    CANBAO: f"name: 参加医保\ndepartment: shebao\n{WHOLE}checked: 2026-06-01\nnext_check: 2026-11-30\n"
    "windows: 每年9月1日至次年1月31日\n",
    "content/items/dong/shiye.yaml": "name: 失业登记\ndepartment: shebao\neligibility: 无\nchecked: 2025-11-30\n"
    "windows: 2026年3月1日至15日\n",
    "content/items/dong/caogao.yaml": "name: 还没写好\ndepartment: shebao\nstatus: 草稿\n",
    "content/items/xi/canbao-xi.yaml": f"name: 参加医保\ndepartment: shebao\n{WHOLE}checked: 2026-01-15\n"
    "windows: 每年9月1日至次年1月31日\n",
    "content/items/xi/buzhu.yaml": "name: 领补助\ndepartment: minzheng\nphones: 12345\nwindows: 每月10日前\n",
    "content/items/xi/tingban.yaml": f"name: 停办的\n{WHOLE}status: 暂停\nstatus_note: 系统升级\n",
    "content/items/xi/neibu.yaml": "name: 内部事项\ndepartment: minzheng\nvisibility: 内部\n",
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return SiteFolder(tmp_path / "site").write_all(FILES)


def data_of(site: SiteFolder, *options: str, code: int = 0) -> dict[str, Any]:
    out = site.folder.parent / "report.json"
    assert site.run("report", "--json", str(out), "--date", TODAY, "--jobs", "1", *options) == code
    data: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return data


def page_of(site: SiteFolder) -> str:
    out = site.folder.parent / "report.html"
    assert site.run("report", "--out", str(out), "--date", TODAY, "--jobs", "1") == 0
    return out.read_text("utf-8")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """The data and the page of the site as it is above."""
    site = SiteFolder(tmp_path_factory.mktemp("standing") / "site").write_all(FILES)
    return data_of(site), page_of(site)


@pytest.fixture
def data(unchanged: tuple[dict[str, Any], str]) -> dict[str, Any]:
    return unchanged[0]


def text_of(page: str) -> str:
    """Return what one reads on the page."""
    body = re.sub(r"<(style|title)>.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))


def test_items_are_counted_by_area_and_department(data: dict[str, Any]) -> None:
    counted = ("public", "drafts", "internal", "stopped")
    assert [data["whole"][key] for key in counted] == [6, 1, 1, 1]
    assert {one["area"]: [one[key] for key in counted] for one in data["areas"]} == {
        "东镇": [3, 1, 0, 0],
        "西镇": [3, 0, 1, 1],
    }
    assert {(one["area"], one["department"]): one["public"] for one in data["departments"]} == {
        ("东镇", "民政办"): 1,
        ("东镇", "社保所"): 2,
        ("西镇", "社保所"): 1,
        ("西镇", "民政办"): 1,
        ("西镇", "（没有写单位）"): 1,
    }


def test_what_guides_lack_is_counted_by_element(data: dict[str, Any]) -> None:
    by_department = {(one["area"], one["department"]): one["missing"] for one in data["departments"]}
    lacks = ("设定依据", "办理材料", "办理地点", "收费标准", "办理时间", "办理流程", "办理时限")
    assert by_department["东镇", "社保所"] == dict.fromkeys(lacks, 1) | {"联系电话": 1}
    assert by_department["西镇", "民政办"] == dict.fromkeys(lacks, 1) | {"申请条件": 1}
    assert by_department["东镇", "民政办"] == {}
    assert by_department["西镇", "（没有写单位）"] == {"办理机构": 1}
    assert data["whole"]["stated"] == round((10 + 10 + 3 + 10 + 3 + 9) / 6, 2)


def test_it_is_what_check_counts(site: SiteFolder, data: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("check", "--summary", "--jobs", "1") == 0
    (total,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("合计"))
    assert [int(cell) for cell in total.split()[3:] if cell != "·"] == list(data["whole"]["missing"].values())


def test_an_item_is_due_on_its_day_or_a_year_after_it_was_checked(data: dict[str, Any]) -> None:
    assert {one["id"]: (one["due"], one["state"]) for one in data["items"] if one["state"]} == {
        "dibao": ("2027-10-01", "没到期"),
        "canbao": ("2026-11-30", "到期"),
        "shiye": ("2026-11-30", "到期"),
        "canbao-xi": ("2027-01-15", "90天内"),
        "buzhu": (None, "没核对过"),
    }
    assert data["whole"]["due"] == {"到期": 2, "没核对过": 1, "90天内": 1, "没到期": 1}
    assert data["whole"]["first_due"] == "2026-11-30"


def test_a_leap_day_comes_round_after_february() -> None:
    assert a_year_after(date(2024, 2, 29)) == date(2025, 3, 1)


def test_periods_of_the_coming_year_are_counted_by_month(data: dict[str, Any]) -> None:
    windows = data["windows"]
    assert [one["month"] for one in windows["months"]][::11] == ["2026-11", "2027-10"]
    starts = {one["month"]: one["start"] for one in windows["months"] if one["start"]}
    ends = {one["month"]: one["end"] for one in windows["months"]}
    assert starts == {"2027-09": 2}  # that of this year began before
    assert ends.pop("2027-01") == 3
    assert set(ends.values()) == {1}  # the deadline of each month
    (both,) = (one for one in windows["items"] if len(one["items"]) > 1)
    assert both["items"] == ["canbao", "canbao-xi"]
    assert both["open"] == [
        {"start": "2026-09-01", "end": "2027-01-31"},
        {"start": "2027-09-01", "end": "2028-01-31"},
    ]
    assert windows["over"] == ["shiye"]


@pytest.mark.parametrize(
    ("when", "kept_in"),
    [
        ("2026年11月1日至29日", "over"),
        ("2026年11月1日至30日", "items"),
        ("2027年11月1日至29日", "others"),
        ("每周一", "others"),
        ("招用之日起30日内", "others"),
    ],
)
def test_days_that_are_past_are_told_apart_from_those_to_come(site: SiteFolder, when: str, kept_in: str) -> None:
    site.set(CANBAO, "windows", when)
    windows = data_of(site)["windows"]
    drawn = {id for one in windows["items"] for id in one["items"]}
    found = {"over": windows["over"], "items": drawn, "others": windows["others"]}
    assert [name for name, ids in found.items() if "canbao" in ids] == [kept_in]


def test_february_29_is_the_last_of_february_in_other_years(site: SiteFolder) -> None:
    site.set(CANBAO, "windows", "每年2月10日至2月29日")
    first, *_ = (one["open"] for one in data_of(site)["windows"]["items"] if one["items"] == ["canbao"])
    assert first == [{"start": "2027-02-10", "end": "2027-02-28"}]


def test_papers_to_replace_are_told_with_their_place(site: SiteFolder) -> None:
    for id, place in (("dibao", "dating"), ("canbao", "dating")):
        assert (
            site.run("register", id, "--paper", "海报", "--place", place, "--copies", "2", "--date", "2026-10-02") == 0
        )
    site.set(DIBAO, "time", "20个工作日")
    site.set(CANBAO, "status", "暂停")
    data = data_of(site)
    told = {(one["do"], one["place"], one["item"], one["kind"], one["copies"]) for one in data["papers"]}
    assert told == {
        ("重印", "便民大厅", "申请低保", "流程图海报", 2),
        ("撤下", "便民大厅", "参加医保", "流程图海报", 2),
    }
    assert {"R240": 1, "R241": 1}.items() <= {one["code"]: one["count"] for one in data["findings"]}.items()
    assert "便民大厅（2 处）" in text_of(page_of(site))
    site.write("site.yaml", f"{FILES['site.yaml']}severity: [{{rule: R241, to: 不检查, why: 自己记着}}]\n")
    assert [one["do"] for one in data_of(site)["papers"]] == ["重印"]


def test_findings_are_told_with_the_title_of_their_rule(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    site.set(DIBAO, "next", "[meiyou, yemeiyou]")
    data = data_of(site)
    assert "内容有 2 处错误" in capsys.readouterr().err
    (wrong,) = (one for one in data["findings"] if one["severity"] == "error")
    assert (wrong["code"], wrong["count"]) == ("R201", 2)
    assert data["papers"] is None
    text = text_of(page_of(site))
    assert wrong["title"] in text
    assert "内容有错误，没有查" in text


def git(folder: Path, *arguments: str, day: str = "2026-10-05") -> None:
    who = ("-c", "user.name=test", "-c", "user.email=test@example.cn", "-c", "commit.gpgsign=false")
    times = {"GIT_AUTHOR_DATE": f"{day}T10:00:00+0800", "GIT_COMMITTER_DATE": f"{day}T10:00:00+0800"}
    environment = {"PATH": str(Path(shutil.which("git") or "git").parent), "HOME": str(folder), **times}
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, env=environment)


def test_changes_are_counted_by_month_and_level(site: SiteFolder) -> None:
    git(site.folder, "init", "-qb", "main")
    git(site.folder, "add", ".")
    git(site.folder, "commit", "-qm", "begin", day="2025-11-30")
    site.set(DIBAO, "time", "20个工作日")
    git(site.folder, "commit", "-qam", "slower", day="2026-03-05")
    site.set(CANBAO, "time", "20个工作日")
    git(site.folder, "commit", "-qam", "slower again", day="2026-03-06")
    site.set(CANBAO, "time", "10个工作日")
    git(site.folder, "commit", "-qam", "faster", day="2026-11-20")
    changes = data_of(site)["changes"]
    assert [one["month"] for one in changes["months"]][::11] == ["2025-12", "2026-11"]
    told = {
        one.pop("month"): one for one in changes["months"] if any(one[level] for level in ("red", "orange", "yellow"))
    }
    assert told == {
        "2026-03": {"red": 2, "orange": 0, "yellow": 0},
        "2026-11": {"red": 0, "orange": 0, "yellow": 1},
    }
    earlier = data_of(site, "--date", "2026-11-19")["changes"]["months"]
    assert sum(one["yellow"] for one in earlier) == 0


def test_without_git_the_page_says_so_and_has_the_rest(unchanged: tuple[dict[str, Any], str]) -> None:
    data, page = unchanged
    assert "git" in data["changes"]["unknown"]
    text = text_of(page)
    assert data["changes"]["unknown"] in text
    assert "每年9月1日至次年1月31日" in text


def test_the_page_needs_nothing_else_and_is_the_same_twice(
    site: SiteFolder, unchanged: tuple[dict[str, Any], str]
) -> None:
    _, page = unchanged
    assert page == page_of(site)
    assert not re.search(r"<script|<link|<img|src=|@import|url\((?!#)", page)
    linked = ("canbao", "shiye", "canbao-xi", "buzhu", "tingban")  # not that which lacks nothing and is not due
    assert {*re.findall(r'href="([^"]+)"', page)} == {f"site/public/items/{id}.html" for id in linked}


def test_links_lead_to_the_published_site(site: SiteFolder) -> None:
    site.write("site.yaml", f"{FILES['site.yaml']}base_url: https://bszn.example.cn/zhen\n")
    assert 'href="https://bszn.example.cn/zhen/items/buzhu.html"' in page_of(site)


def test_long_lists_are_cut_and_say_how_many_more(site: SiteFolder) -> None:
    site.write_all({f"content/items/dong/more-{n}.yaml": f"name: 第{n}件事\n" for n in range(60)})
    text = text_of(page_of(site))
    assert "另有 43 个事项也缺" in text  # of 63 that lack something, 20 are shown
    assert len(data_of(site)["items"]) == 68


def test_the_workbook_holds_every_item_and_its_sums(site: SiteFolder) -> None:
    out = site.folder.parent / "report.xlsx"
    made = []
    for _ in range(2):
        assert site.run("report", "--xlsx", str(out), "--date", TODAY) == 0
        made.append(out.read_bytes())
    assert made[0] == made[1]
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["各地区", "各单位", "事项", "检查发现的问题", "申报时间"]
    assert [row[0] for row in book["事项"].iter_rows(min_row=3, values_only=True)] == [
        "参加医保", "还没写好", "申请低保", "失业登记", "领补助", "参加医保", "内部事项", "停办的",
    ]  # fmt: skip
    head, *rows = book["各地区"].iter_rows(min_row=2, values_only=True)
    drafts = [row[head.index("草稿")] for row in rows]
    assert drafts == [1, 0, 1]
    assert not (site.folder / "report.html").exists()


def test_without_options_the_page_stands_beside_the_settings(site: SiteFolder) -> None:
    assert site.run("report") == 0
    assert (site.folder / "report.html").is_file()


@pytest.mark.parametrize("out", ["public/report.html", "content/report.html", "."])
def test_a_file_that_would_be_in_the_way_is_refused(site: SiteFolder, out: str) -> None:
    before = site.everything()
    assert site.run("report", "--out", str(site.folder / out)) == 2
    assert site.everything() == before


def test_an_empty_site_has_a_page(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site").write_all(
        {"site.yaml": FILES["site.yaml"], "content/areas.yaml": FILES["content/areas.yaml"]}
    )
    text = text_of(page_of(site))
    assert "还没有公开的事项" in text
