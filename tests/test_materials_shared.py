"""What offices get from each other (部门共享) is not asked of people: not on the page, nor on boards, cards or in booklets."""

from __future__ import annotations

import re

import pytest
from site_folder import SiteFolder

LIBRARY = """\
sfz: {name: 居民身份证, source: 部门共享，不用交}
hkb: {name: 户口簿}
"""
REGISTER = """\
name: 居住登记
department: suo
topics: juzhu
places: [{place: dating, window: 户政窗口}]
materials:
  - ref: sfz
  - ref: hkb
    form: 原件
  - name: 房产信息
    source: 部门共享，不用交
"""
MOVE = """\
name: 户口迁移
department: suo
topics: juzhu
places: [{place: dating, window: 户政窗口}]
materials:
  - {ref: sfz, source: 申请人自备}
"""
STAMP = (
    "name: 盖章\ndepartment: suo\ntopics: juzhu\nplaces: [{place: dating, window: 户政窗口}]\nmaterials: [{ref: sfz}]\n"
)
FILES = {
    "site.yaml": "name: 试\nsearch: 否\n",
    "content/areas.yaml": "jia: {name: 甲镇, level: 乡镇街道}\n",
    "content/topics.yaml": "juzhu: 户口和居住\n",
    "content/materials.yaml": LIBRARY,
    "content/departments/suo.yaml": "name: 甲镇派出所\nphones: 022-65775272\n",
    "content/places/dating.yaml": "name: 大厅\nkind: 办事大厅\nwindows: [户政窗口]\n",
    "content/items/jia/juzhu-dengji.yaml": REGISTER,
    "content/items/jia/qianyi.yaml": MOVE,
    "content/items/jia/gaizhang.yaml": STAMP,
}


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    """A site whose library says that the identity card need not be brought, with an item that asks it nevertheless."""
    return site.write_all(FILES)


def rows(page: str) -> dict[str, str]:
    """Return what is to be brought to each item of a board or a card."""
    return dict(re.findall(r'<th scope="row">([^<]+)</th><td>([^<]*)</td>', page.replace("\n", "")))


def test_boards_and_cards_leave_it_out_and_say_where_nothing_is_left(site: SiteFolder) -> None:
    site.built()
    expected = {"居住登记": "户口簿", "户口迁移": "居民身份证", "盖章": "不用带材料"}
    assert rows(site.page("print/board/suo.html")) == expected
    assert rows(site.page("print/card/dating.html")) == expected


def test_the_page_shows_it_by_itself_with_nothing_to_tick(site: SiteFolder) -> None:
    site.built()
    page = site.page("items/juzhu-dengji.html")
    before, after = page.split("不用交的</p>")
    assert before.count('type="checkbox"') == 1
    assert re.findall(r'material-name">([^<]+)<', after) == ["居民身份证", "房产信息"]
    assert 'type="checkbox"' not in after


def test_where_nothing_is_left_to_bring_the_page_says_so(site: SiteFolder) -> None:
    site.built()
    assert "<p>不用带材料</p>" in site.page("items/gaizhang.html")
    assert "<p>不用带材料</p>" in site.page("print/guide/gaizhang.html")
    assert "不用带材料" not in site.page("items/juzhu-dengji.html")


def test_the_index_of_a_booklet_lists_only_items_to_which_it_is_brought(site: SiteFolder) -> None:
    site.built()
    index = site.page("print/booklet/department-suo.html").split("按材料找")[-1]
    assert "居民身份证" in index
    assert index[index.index("居民身份证") :].count("居住登记") == index[index.index("户口簿") :].count("居住登记")
