"""The page of forms: there once one can be downloaded; each form once an area, with the items that ask for it."""

from __future__ import annotations

import re

import pytest
from site_folder import SiteFolder


def town(site: SiteFolder, library: str) -> SiteFolder:
    return site.write_all(
        {
            "site.yaml": "name: 试\nsearch: 否\nprint_guides: 否\nphones: 12345\n",
            "content/areas.yaml": "zhen: {name: 甲镇, level: 乡镇街道}\n",
            "content/topics.yaml": "shebao: 社保\n",
            "content/forms.yaml": library,
            "static/forms/biao.txt": "空白",
            "static/forms/yangli.txt": "样例",
            "content/items/zhen/banka.yaml": "name: 办卡\ntopics: shebao\nforms: [dengji, {title: 《委托书》, where: 大厅2号窗口}]\n",
            "content/items/zhen/buka.yaml": "name: 补卡\ntopics: shebao\nforms: [{title: 《声明》}]\nvariants: [{id: a, name: 甲, forms: [dengji]}]\n",
        }
    )


def text(site: SiteFolder) -> str:
    main = site.page("forms/index.html").partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split())


def test_with_a_file_there_is_a_page_with_the_downloads_first(site: SiteFolder) -> None:
    town(site, "dengji: {title: 《登记表》, file: biao.txt, sample: yangli.txt}\n").built()
    assert text(site).endswith(
        "《登记表》 下载空白表：《登记表》 下载填写样例：《登记表》 办这些事要填： 办卡 补卡"
        " 《委托书》 领取：大厅2号窗口 办这些事要填： 办卡 《声明》 到窗口领 办这些事要填： 补卡"
    )
    assert 'href="../static/forms/biao.txt" download' in site.page("forms/index.html")
    assert 'href="../forms/index.html">表格下载' in site.page("items/banka.html")


def test_without_a_file_there_is_none_and_the_summary_counts(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    town(site, "dengji: {title: 《登记表》}\n").built()
    assert not (site.out / "forms").exists()
    assert "表格下载" not in site.page("index.html")
    capsys.readouterr()
    assert site.run("check", "--jobs", "1", "--summary") == 0
    assert "要填的表格 3 种，都还不能下载空白表" in capsys.readouterr().out


def test_the_summary_tells_how_many_can_be_downloaded(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    town(site, "dengji: {title: 《登记表》, file: biao.txt}\n")
    assert site.run("check", "--jobs", "1", "--summary") == 0
    assert "要填的表格 3 种，1 种能下载空白表。" in capsys.readouterr().out
