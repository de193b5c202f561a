"""How complete guides are: what residents find on the page counts, wherever it is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from site_folder import SiteFolder

from builder.checks.completeness import KEY_ELEMENTS, Completeness, completeness, missing_by_element
from builder.content.settings import Settings
from builder.content.site import Site, collect
from builder.loading import load_file

ITEM = "content/items/xincheng/guashi.yaml"
FILES = {
    "content/areas.yaml": "xincheng: {name: 天津市滨海新区新城镇, short: 新城镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: 社保卡\n",
    "content/departments/shebaosuo.yaml": "name: 社保所\n",
    "content/places/dating.yaml": "name: 大厅\nkind: 办事大厅\n",
}
BARE = "name: 社保卡挂失\ndepartment: shebaosuo\ntopics: shebao\n"
WHOLE = """\
legal: {text: 社会保险法}
eligibility: 无
materials: 无
places: dating
fees: 无
hours: 周一至周五
phones: 12345
steps: [{actor: 窗口, do: 登记}]
time: 当场
"""


def site_of(item: str, **changed: str) -> Site:
    """Return the small site with one item and, by the name before their suffix, other files changed."""
    files = {**FILES, ITEM: BARE + item}
    for name, text in changed.items():
        (path,) = (path for path in files if Path(path).stem == name)
        files[path] = text
    return collect(Settings(name="试"), [load_file(path, text.encode()) for path, text in sorted(files.items())])


def of(item: str, **changed: str) -> Completeness:
    (one,) = completeness(site_of(item, **changed))
    return one


def test_a_bare_item_states_its_name_and_its_department() -> None:
    one = of("")
    assert one.stated == 2
    assert {"设定依据", "联系电话", "办理时限"} <= set(one.missing)


def test_a_whole_item_states_all_ten() -> None:
    assert len(KEY_ELEMENTS) == 10
    assert (of(WHOLE).stated, of(WHOLE).missing) == (10, ())


def test_the_handling_time_is_counted_beside_the_ten() -> None:
    one = of(WHOLE.replace("time: 当场\n", ""))
    assert (one.stated, one.missing) == (10, ("办理时限",))


@pytest.mark.parametrize(
    ("changed", "element"),
    [
        ({"dating": "name: 大厅\nkind: 办事大厅\nhours: 周一至周五\n"}, "办理时间"),
        ({"dating": "name: 大厅\nkind: 办事大厅\nphones: 12345\n"}, "联系电话"),
        ({"dating": "name: 大厅\nkind: 办事大厅\nwindows: [{name: 一, phones: 12345}]\n"}, "联系电话"),
        ({"dating": "name: 大厅\nkind: 社区\nbranches: [{id: a, name: 甲, phones: 12345}]\n"}, "联系电话"),
        ({"shebaosuo": "name: 社保所\nphones: 12345\n"}, "联系电话"),
    ],
)
def test_places_and_departments_state_what_they_hold(changed: Mapping[str, str], element: str) -> None:
    assert element in of("places: dating").missing
    assert element not in of("places: dating", **changed).missing


def test_a_place_without_a_phone_gives_none() -> None:
    assert {"办理时间", "联系电话"} <= set(of("places: dating").missing)


def test_counts_how_many_items_lack_an_element() -> None:
    assert missing_by_element([of(""), of(WHOLE)])["收费标准"] == 1
    assert missing_by_element([of(WHOLE)]) == {}


@pytest.mark.parametrize(
    ("item", "asked"),
    [
        ("channels: 网上办理\n", True),
        ("channels: 窗口办理\n", False),
        ("channels: 网上办理\nonline: 浙里办App\n", False),
        ("variants: [{id: a, name: 甲, channels: 网上办理, online: https://zwfw.example.gov.cn}]\n", False),
        ("variants: [{id: a, name: 甲, channels: 网上办理}]\n", True),
    ],
)
def test_who_says_that_it_is_done_online_is_asked_where(item: str, *, asked: bool) -> None:
    assert ("网上入口" in of(WHOLE + item).missing) == asked
    assert of(WHOLE + item).stated == 10


@pytest.mark.parametrize(
    ("item", "asked"),
    [
        ("online: 浙里办\nchannels: 网上办理\n", False),
        ("online: 浙里办\nvisits: 0\n", False),
        ("online: 浙里办\nchannels: [网上办理, 窗口办理]\n", True),
        ("online: 浙里办\n", True),  # perhaps there is a counter as well
        ("channels: 网上办理\n", True),
    ],
)
def test_what_is_done_only_online_needs_no_other_place(item: str, *, asked: bool) -> None:
    assert ("办理地点" in of(WHOLE.replace("places: dating\n", "") + item).missing) == asked


@pytest.fixture
def filled(site: SiteFolder) -> SiteFolder:
    return site.write_all({**FILES, ITEM: BARE + "time: 当场\n", "site.yaml": "name: 试\n"})


def test_the_summary_is_a_table_by_area_and_department(filled: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert filled.run("check", "--summary", "--jobs", "1") == 0
    told = capsys.readouterr().out
    assert told.splitlines()[:4] == [
        "          事项  完整  依据  条件  材料  地点  机构  收费  时间  电话  流程  时限  入口",
        "新城镇       1   2.0     1     1     1     1     ·     1     1     1     1     ·     ·",
        "  社保所     1   2.0     1     1     1     1     ·     1     1     1     1     ·     ·",
        "合计         1   2.0     1     1     1     1     ·     1     1     1     1     ·     ·",
    ]


def test_the_summary_of_a_path_names_each_item(filled: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert filled.run("check", "--summary", "--jobs", "1", "content/items/xincheng") == 0
    assert f" 2/10  {ITEM}　社保卡挂失　缺：设定依据、申请条件、" in capsys.readouterr().out


def test_items_with_conditions_are_counted_that_say_nothing_for_the_finder(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("site.yaml", "name: 试\nsearch: 否\n")
    site.write("content/areas.yaml", "zhen: {name: 甲镇, level: 乡镇街道}\n")
    site.write("content/items/zhen/jia.yaml", "name: 办甲\neligibility: [有本市户籍]\nwhom: {hukou: 本市}\n")
    site.write("content/items/zhen/yi.yaml", "name: 办乙\neligibility: [有本市户籍]\n")
    site.write("content/items/zhen/bing.yaml", "name: 办丙\n")
    site.run("check", "--summary")
    assert "写了申请条件的事项 2 项，1 项没有写 whom" in capsys.readouterr().out
