"""Long web addresses and wide tables stay on the screen of a small phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from site_folder import SiteFolder

PLATFORM = f"https://zwfw.example.gov.cn/{'banli' * 6}"
ITEM = f"""\
name: 入学报名
online: {{name: 义务教育入学服务平台, url: "{PLATFORM}"}}
appointment: {{required: 要, url: "{PLATFORM}"}}
tables:
  - title: 各校计划
    columns: [学校, 班数, 人数, 范围, 备注]
    rows: [[第一小学, "12", 540人, 东街以东, "https://www.example.gov.cn/zhengce/2026/zhaosheng.html"]]
  - title: 各档补助
    columns: [档次, 每月]
    rows: [[一档, "1234567890123456789012345678901234567890"]]
variants: [{{id: wai, name: 外地户口, online: {{name: 外地学生平台, url: "https://wai.example.gov.cn"}}}}]
"""

# The texts of which a part lies beyond the window.
CUT = """() => {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const cut = [];
    while (texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        if ([...range.getClientRects()].some(line => line.right > innerWidth)) { cut.push(texts.currentNode.data); }
    }
    return cut;
}"""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = SiteFolder(tmp_path_factory.mktemp("school") / "site")
    areas = "zhen: {name: 甲镇, level: 乡镇街道}\n"
    files = {"site.yaml": "name: 试\n", "content/areas.yaml": areas, "content/items/zhen/ruxue.yaml": ITEM}
    return folder.write_all(files).built()


@pytest.mark.parametrize("size", ["", "large"])
@pytest.mark.parametrize("path", ["items/ruxue.html", "print/guide/ruxue.html"])
def test_nothing_reaches_beyond_a_small_phone(path: str, size: str, school: Path, page: Page) -> None:
    page.goto((school / path).as_uri())
    page.evaluate("size => { document.documentElement.dataset.size = size; }", size)
    expect(page.locator("caption", has_text="各校计划")).to_be_visible()
    assert page.evaluate(CUT) == []


def test_the_button_leads_to_where_the_chosen_case_applies(school: Path, page: Page) -> None:
    page.goto((school / "items/ruxue.html").as_uri())
    common, of_case = (page.locator(".actions a", has_text=name) for name in ("义务教育", "外地学生"))
    expect(common).to_have_attribute("href", PLATFORM)
    expect(of_case).to_be_hidden()
    page.get_by_role("button", name="外地户口").click()
    expect(of_case).to_be_visible()
    expect(common).to_be_hidden()
