"""A site of over 500 items: data and full-text index per area, of which the search page reads what a question needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_world import served
from playwright.sync_api import Page, expect

from builder.cli import main

AREAS = {"jia": "甲镇", "yi": "乙镇", "bing": "丙镇", "ding": "丁镇", "wu": "戊镇"}
NUMBER = 102  # items of an area


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of five areas with 102 items each, built."""
    folder = tmp_path_factory.mktemp("large")
    write(folder, "site.yaml", "name: 大站\nprint_guides: 否\n")
    write(folder, "content/areas.yaml", "".join(f"{id}: {{name: 某市{name}, short: {name}, level: 乡镇街道}}\n" for id, name in AREAS.items()))  # fmt: skip
    write(folder, "content/topics.yaml", "shebao: 社保\n")
    write(folder, "content/departments/suo.yaml", "name: 社保所\n")
    for id in AREAS:
        for n in range(NUMBER):
            text = f"name: 社保卡业务{n}\ndepartment: suo\ntopics: shebao\nbody: 请先到柜台取号\n"
            write(folder, f"content/items/{id}/{id}-{n}.yaml", text)
    write(folder, "content/items/wu/yang-niu.yaml", "name: 养牛补贴\ndepartment: suo\ntopics: shebao\n")
    assert build(folder) == 0
    return folder


def build(folder: Path) -> int:
    return main(["build", "--site", str(folder / "site.yaml"), "--jobs", "2"])


def test_reads_only_the_areas_that_the_question_needs(folder: Path, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    with served(folder / "public") as address:
        page.goto(f"{address}/search.html")
        page.locator("#q").fill("养牛补贴")
        expect(page.locator("#search-results .row-title").first).to_have_text("养牛补贴")
        assert [name for name in asked if name.startswith("items-")] == ["items-wu.js"]
        page.locator("#q").fill("乙镇社保卡业务7")
        expect(page.locator("#search-results .row-area").first).to_contain_text("乙镇")
        expect(page.locator(".results-elsewhere")).to_contain_text("乙镇")
        assert "items-yi.js" in asked
        assert len({name for name in asked if name.startswith("items-")}) <= 1 + 3


def test_the_texts_of_the_areas_that_were_read_are_searched(folder: Path, page: Page) -> None:
    with served(folder / "public") as address:
        page.goto(f"{address}/search.html")
        page.locator("#q").fill("柜台取号")
        expect(page.locator("#search-results .excerpt mark").first).to_be_visible()


def test_finds_from_a_disk_too(folder: Path, page: Page) -> None:
    page.goto((folder / "public/search.html").as_uri())
    page.locator("#q").fill("养牛")
    expect(page.locator("#search-results .row-title").first).to_have_text("养牛补贴")


def test_an_edit_makes_the_index_of_its_own_area_alone(folder: Path) -> None:
    def marks() -> dict[str, int]:
        public = folder / "public"
        files = (*public.glob("search/items-*.js"), *public.glob("pagefind/*/pagefind-entry.json"))
        return {str(path.relative_to(public)): path.stat().st_mtime_ns for path in files}

    before = marks()
    assert len(before) == 2 * len(AREAS)
    write(folder, "content/items/jia/jia-3.yaml", "name: 社保卡业务三\ndepartment: suo\ntopics: shebao\n")
    assert build(folder) == 0
    changed = {path for path, mark in marks().items() if mark != before[path]}
    assert changed == {"search/items-jia.js", "pagefind/jia/pagefind-entry.json"}
