"""What the search page is told of the items, and of the areas that people may name, and when it is told anew."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from site_folder import SiteFolder

from builder.support.packing import Alphabet

AREAS = """\
tianjin: {name: 天津市, level: 省级}
binhai: {name: 天津市滨海新区, short: 滨海新区, level: 区县级, parent: tianjin}
xincheng: {name: 天津市滨海新区新城镇, short: 天津新城镇, level: 乡镇街道, parent: binhai}
jiankang: {name: 天津市滨海新区健康街道, short: 天津健康街道, level: 乡镇街道, parent: binhai}
maochang: {name: 猫场镇（资料没有写明哪个县）, short: 猫场镇, level: 乡镇街道}
kong: {name: 空镇, level: 乡镇街道}
baiziwan: {name: 天津市滨海新区新城镇百子湾西社区, short: 百子湾西社区, level: 村社区, parent: xincheng}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The data of a small site by name."""
    site = SiteFolder(tmp_path_factory.mktemp("places"))
    departments = {"xincheng": "新城镇办事处", "jiankang": "健康街道办事处", "maochang": "猫场镇政府"}
    items = {"xincheng": "办健康证", "jiankang": "办居住证", "maochang": "结婚登记"}
    site.write("site.yaml", "name: 小站\nsearch: 否\n")
    site.write("content/areas.yaml", AREAS)
    site.write("content/topics.yaml", "zhengjian: 证件\n")
    for area, name in departments.items():
        site.write(f"content/departments/{area}.yaml", f"name: {name}\narea: {area}\n")
        text = f"name: {items[area]}\ndepartment: {area}\ntopics: zhengjian\n"
        site.write(f"content/items/{area}/{area}-shi.yaml", text)
    site.built()
    files = site.page("search/items.js") + site.page("search/matters.js")
    found = re.findall(r'searchData\["(\w+)"\]=(.*);$', files, re.MULTILINE)
    return {name: json.loads(value) for name, value in found}


@pytest.fixture
def about(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["about"]
    return found


def by_column(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a table of the data, each by the names of its columns."""
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def names(about: dict[str, Any], short: str) -> list[str]:
    return next(area["names"] for area in by_column(about["areas"]) if area["name"] == short)


def test_items_stand_in_columns_and_a_text_that_many_share_is_written_once(data: dict[str, Any]) -> None:
    items = {item["title"]: item for item in by_column(data["items"])}
    texts = data["items"]["texts"]
    assert items["办居住证"]["id"] == "jiankang-shi"
    assert texts[items["办居住证"]["department"]] == "健康街道办事处"
    assert [[texts[topic] for topic in item["topics"]] for item in items.values()] == [["证件"]] * 3
    assert texts.count("证件") == 1


def test_items_name_their_matters_and_what_people_say_of_no_others_is_there(data: dict[str, Any]) -> None:
    texts = data["items"]["texts"]
    matters = {item["title"]: [texts[number] for number in item["matters"]] for item in by_column(data["items"])}
    packed = Alphabet(data["speech"]["common"], tuple(data["speech"]["gaps"])).packed
    spoken = {matter["name"]: matter for matter in by_column(data["speech"]["matters"])}
    assert spoken.keys() == {packed(name) for names in matters.values() for name in names}
    (married,) = map(packed, matters["结婚登记"])
    assert packed("结婚") in spoken[married]["certain"]
    assert spoken[married]["areas"] == []


def test_an_area_is_known_by_its_own_name_with_and_without_its_level_and_by_its_short_name(
    about: dict[str, Any],
) -> None:
    assert names(about, "天津新城镇")[:3] == ["新城镇", "新城", "天津新城镇"]
    assert names(about, "滨海新区") == ["滨海新区", "滨海"]
    assert names(about, "猫场镇") == ["猫场镇", "猫场"]


def test_who_names_his_community_means_the_area_above_that_has_items(about: dict[str, Any]) -> None:
    assert names(about, "天津新城镇")[3:] == ["百子湾西社区", "百子湾西", "百子湾"]


def test_a_name_without_its_level_that_is_a_word_in_other_areas_items_is_no_name(about: dict[str, Any]) -> None:
    assert names(about, "天津健康街道") == ["健康街道", "天津健康街道"]


def test_areas_above_those_with_items_can_be_named_and_no_others(about: dict[str, Any]) -> None:
    found = {area["name"]: area for area in by_column(about["areas"])}
    assert found.keys() == {"天津新城镇", "天津健康街道", "猫场镇", "滨海新区", "天津市"}
    assert [name for name, area in found.items() if not area["id"]] == ["滨海新区", "天津市"]
    assert list(found)[found["天津新城镇"]["above"]] == "滨海新区"
    assert found["猫场镇"]["above"] == -1


def test_the_search_page_asks_for_new_data_when_a_title_changed(site: SiteFolder) -> None:
    """A browser may keep a file as long as its address is the same."""

    def address() -> str:
        site.built()
        return site.page("search.html").split("search/items.js?v=")[1][:8]

    site.write("site.yaml", "name: 试\nsearch: 否\n")
    site.write("content/areas.yaml", "jia: {name: 甲镇, level: 乡镇街道}\n")
    site.write("content/topics.yaml", "shebao: 社保\n")
    site.write("content/departments/suo.yaml", "name: 所\n")
    item = "content/items/jia/guashi.yaml"
    site.write(item, "name: 挂失\ntitle: 挂失社保卡\ndepartment: suo\ntopics: shebao\n")
    before = address()
    assert address() == before
    site.set(item, "title", "社保卡丢了")
    assert address() != before
