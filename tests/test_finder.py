"""我能办什么: nobody loses an item, nothing is promised, and an edit costs its own data only."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py_mini_racer import MiniRacer
from sample_site import Built
from site_folder import REPOSITORY, SiteFolder

from builder.support.fingerprint import fingerprint

MOST = 12  # bytes an item of what is stated
GROUPS = ("fits", "ask", "away")
NEVER = re.compile("符合|有资格|可以领|不能领")
ANSWERS: dict[str, list[Any]] = {
    "hukou": ["local", "city", "elsewhere"],
    "work": ["employed", "unemployed", "flexible", "self-employed", "retired", "student", "employer"],
    "age": [0, 16, 18, 60, 80, 95],
    "income": ["least", "low"],
    "family": ["children", "disabled", "death"],
    "certificates": ["dibao-certificate", "disability-certificate", "unemployment-certificate", "none"],
}
ONE_OF = ("hukou", "age")
answers = st.fixed_dictionaries({}, optional={
    facet: st.lists(st.sampled_from(values), min_size=1, max_size=1 if facet in ONE_OF else 3, unique=True)
    for facet, values in ANSWERS.items()
})  # fmt: skip


def value_in(script: str, name: str) -> Any:
    """Return what a data file says of a name."""
    (value,) = re.findall(rf'^window\.searchData\["{name}"\]=(.*);$', script, re.MULTILINE)
    return json.loads(value)


class Finder:
    """The function of the page, in V8, with items: their ids, and what is stated of them."""

    def __init__(self, ids: list[str], data: Any) -> None:
        self.ids = ids
        self.v8 = MiniRacer()
        self.v8.eval("const window = {}; 0")
        self.v8.eval((REPOSITORY / "static/finder-groups.js").read_text("utf-8"))
        self.v8.eval(f"const ids = {json.dumps(ids)}, stated = window.finder.statedOf({json.dumps(data)}); 0")
        self.stated: list[dict[str, Any]] = json.loads(str(self.v8.eval("JSON.stringify(stated)")))

    def groups(self, said: dict[str, Any], meant: dict[str, Any] | None = None) -> dict[str, list[str]]:
        """Return the ids of the items in each group."""
        call = f"window.finder.groupsOf(ids, stated, {json.dumps(said)}, {json.dumps(meant or said)})"
        groups = json.loads(str(self.v8.eval(f"JSON.stringify({call})")))
        return {name: [one["item"] for one in groups[name]] for name in groups}


def stated_on(page: str) -> str:
    """Return what the page states of its items."""
    (stated,) = re.findall('data-stated="(.*?)"', page)
    return unescape(stated)


@pytest.fixture(scope="module")
def page(built: Built) -> str:
    return (built.folder / "finder.html").read_text("utf-8")


@pytest.fixture(scope="module")
def finder(page: str) -> Finder:
    ids = re.findall('class="row" href="items/(.*?)[.]html"', page)
    data = json.loads(stated_on(page))
    assert data["of"] == fingerprint(" ".join(ids))
    return Finder(ids, data)


def test_what_is_stated_costs_a_few_bytes_an_item(page: str, finder: Finder) -> None:
    assert len(stated_on(page).encode()) <= MOST * len(finder.ids)


def test_all_that_is_offered_stands_on_the_page(built: Built, finder: Finder) -> None:
    assert sorted(f"items/{id}.html" for id in finder.ids) == sorted(built.offered)


def test_who_says_nothing_sees_every_item_in_its_order(finder: Finder) -> None:
    assert finder.groups({}) == {"fits": [], "ask": finder.ids, "away": []}


@given(said=answers)
def test_no_answers_lose_an_item_and_what_nobody_stated_is_to_be_asked(finder: Finder, said: dict[str, Any]) -> None:
    groups = finder.groups(said)
    assert sorted(id for name in GROUPS for id in groups[name]) == sorted(finder.ids)
    unstated = {id for id, stated in zip(finder.ids, finder.stated, strict=True) if not stated["says"]}
    assert unstated <= {*groups["ask"]}


@given(said=answers)
def test_only_hukou_and_certificates_put_an_item_aside(finder: Finder, said: dict[str, Any]) -> None:
    others = {facet: given for facet, given in said.items() if facet not in ("hukou", "certificates")}
    assert finder.groups(others)["away"] == []
    assert finder.groups(said)["away"] == finder.groups({**others, **said})["away"]


def test_old_people_with_little_find_what_is_written_for_them(finder: Finder) -> None:
    said = {"hukou": ["local"], "age": [60], "certificates": ["dibao-certificate"]}
    groups = finder.groups(said, {**said, "income": ["least"]})
    assert groups["fits"][0] in ("dibao-laoren-yiliao", "dishouru-rending", "chengxiang-dibao-jiuzhu")  # of three areas
    assert {"dibao-laoren-yiliao", "xicheng-yiliao-jiuzhu", "yiliao-jiuzhu"} <= {*groups["fits"]}
    assert "gaoling-dibao-shenghuo" in groups["ask"]  # stated for 80
    assert "shengyu-dengji-liudong" in groups["away"]  # for who comes from elsewhere


def test_who_comes_from_elsewhere_is_led_past_what_is_for_locals(finder: Finder) -> None:
    groups = finder.groups({"hukou": ["elsewhere"], "work": ["unemployed"]})
    assert groups["fits"][0] == "waidi-shiye-dengji"
    assert {"tuixiu-shenpi", "wudangan-canbao"} <= {*groups["away"]}
    assert "shiye-jineng-peixun" in groups["fits"]  # nothing is stated of 户口


def test_an_age_alone_tells_little_of_what_is_for_few(finder: Finder) -> None:
    groups = finder.groups({"age": [95]})
    assert groups["fits"] == ["gaoling-erci-yiliao"]
    assert "dibao-laoren-yiliao" in groups["ask"]


STATED = {
    "of": "",
    "says": [["hukou", "本市户口", "local", "city"], ["hukou"], ["certificates", "低保证", "dibao"], ["work", "退休", "retired"]],
    "items": "ab,c,,d,ad",
}  # fmt: skip


def test_what_some_cases_only_state_leads_to_an_item_and_never_away_from_it() -> None:
    finder = Finder(["city", "some", "none", "retired", "both"], STATED)
    ask = ["some", "none", "retired", "both"]  # last what a case states otherwise
    assert finder.groups({"hukou": ["elsewhere"]}) == {"fits": [], "ask": ask, "away": ["city"]}
    assert finder.groups({"certificates": ["dibao"]})["fits"] == ["some"]
    assert finder.groups({"certificates": ["none"]})["away"] == []
    assert finder.groups({"hukou": ["local"]})["fits"] == ["city", "both"]
    assert finder.groups({"hukou": ["local"], "work": ["employed"]})["ask"] == ["some", "none", "both", "retired"]


def test_the_page_and_its_script_promise_nothing(built: Built) -> None:
    """Said anywhere else, it would be said of a guide's conditions; here it would be a verdict on a person."""
    sources = [*(REPOSITORY / "templates").rglob("*"), *(REPOSITORY / "static").glob("*.js")]
    said = [(file.name, line) for file in sources if file.is_file() for line in file.read_text("utf-8").split("\n")]
    found = {(name, line) for name, line in said if NEVER.search(line)}
    assert found == {("zh-Hans.yaml", "whoever_meets_conditions: 符合下面条件的人")}
    assert not NEVER.search((built.folder / "finder.html").read_text("utf-8"))


# --- Sites -----------------------------------------------------------------------------------------------------------

AREAS = """\
xian: {name: 丙县, level: 区县级}
zhen: {name: 甲镇, level: 乡镇街道, parent: xian}
cun: {name: 乙村, level: 村社区}
"""
WHOM = "name: {name}\neligibility: [有本市户籍、已退休的人，女满50岁，60至79岁]\nwhom: {whom}\n"


def written(site: SiteFolder, **whom: str) -> SiteFolder:
    site.write("site.yaml", "name: 试\nsearch: 否\nphones: 12345\n")
    site.write("content/areas.yaml", AREAS)
    for name, text in whom.items():
        area, _, id = name.partition("_")
        body = WHOM.format(name=f"办{id}", whom=text) if text else f"name: 办{id}\n"
        site.write(f"content/items/{area}/{id}.yaml", body)
    return site


def test_a_site_that_states_nothing_has_no_such_page(site: SiteFolder) -> None:
    written(site, zhen_jia="", cun_yi="").built()
    assert not (site.out / "finder.html").exists()
    assert "finder" not in site.page("index.html") + site.page("search.html")


def test_it_asks_only_what_makes_a_difference_and_is_linked_from_everywhere(site: SiteFolder) -> None:
    written(site, xian_jia="{work: 退休, age: [女50+, 60-79]}", zhen_yi="").built()
    page = site.page("finder.html")
    assert re.findall(r'data-facet="work"[^>]*>', page) == ['data-facet="work">']
    assert 'value="retired"' in page
    assert 'data-facet="hukou"' not in page
    assert 'data-facet="certificates"' not in page
    assert re.findall(r'<option value="(\d+)">(.*?)</option>', page) == [
        ("0", "不满50岁"), ("50", "50至59岁"), ("60", "60至79岁"), ("80", "80岁以上"),
    ]  # fmt: skip
    assert 'value="zhen" data-shows="zhen xian"' in page
    for other in ("index.html", "search.html", "items/jia.html", "sitemap.html"):
        assert "finder.html" in site.page(other), other


def files(site: SiteFolder) -> dict[str, tuple[int, bytes]]:
    paths = (path for path in site.out.rglob("*") if path.is_file())
    return {path.relative_to(site.out).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}


def test_an_edited_whom_makes_no_page_again_but_its_own_and_the_finder(site: SiteFolder) -> None:
    written(site, zhen_jia="{hukou: 本市}", zhen_yi="{work: 退休}", cun_bing="").built()
    before = files(site)
    site.set("content/items/zhen/jia.yaml", "whom", "{hukou: 本市, work: 退休}")
    site.built()
    after = files(site)
    changed = {path for path in before if before[path][1] != after[path][1]}
    data = {path for path in changed if path.startswith("data/")}  # of everything
    assert changed - data == {"finder.html"}
    assert "data/items/jia.json" in data
    assert "data/items/yi.json" not in data


def test_a_large_site_has_it_area_by_area(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.content.site.AT_ONCE", 2)
    written(site, xian_jia="{hukou: 本市}", zhen_yi="{work: 退休}", cun_bing="").built()
    page = site.page("finder.html")
    assert "data-stated" not in page
    assert 'class="row"' not in page
    zhen = site.page("search/finder-zhen.js")
    assert value_in(zhen, "finder-zhen")["says"] == [["work", "退休", "retired"]]
    assert value_in(site.page("search/finder-cun.js"), "finder-cun")["items"] == ""
