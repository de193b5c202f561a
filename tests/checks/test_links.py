"""Links in Markdown are followed before anything is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checks_world import BASE, filed
from site_folder import SETTINGS, SiteFolder

ITEM = "content/items/xincheng/guashi.md"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    files = {
        **BASE,
        "site.yaml": SETTINGS,
        "content/items/xincheng/buka.yaml": filed(name="社会保障卡补领"),
        "content/items/xincheng/neibu.yaml": filed("visibility: 内部", name="社会保障卡注销"),
        "content/pages/guanyu.md": "---\ntitle: 关于本站\n---\n正文\n",
        "static/forms/shenqing.doc": "表",
        "static/top/yanzheng.txt": "x",
    }
    return SiteFolder(tmp_path).write_all(files)


def said_of(site: SiteFolder, link: str, capsys: Said, command: str = "check") -> list[str]:
    """Return the position and the hint of each finding in an item with this link."""
    site.write(ITEM, f"---\n{filed(name='社会保障卡挂失')}---\n\n先打电话。\n\n再看[这里]({link})。\n")
    site.run(command, "--jobs", "1")
    out, err = capsys.readouterr()
    found = re.findall(rf"{ITEM}:(.*?): 错误 R212.*\n(?:    \|.*\n)+    = (.*)", out + err)
    return [part for row in found for part in row]


@pytest.mark.parametrize(
    "link",
    [
        "../items/buka.html",
        "buka.html",
        "../items/buka.html#materials",
        "#body",
        "../pages/guanyu.html",
        "../departments/laobaosuo.html",
        "../index.html",
        "../static/forms/shenqing.doc",
        "../yanzheng.txt",
        "https://www.gov.cn/zhengce",
        "tel:12345",
        "mailto:a@b.gov.cn",
    ],
)
def test_what_opens_passes(site: SiteFolder, link: str, capsys: Said) -> None:
    assert said_of(site, link, capsys) == []


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("../items/buka.yaml", "“../items/buka.yaml”改成“../items/buka.html”"),
        ("buka", "“buka”改成“../items/buka.html”"),
        ("../item/buka.html", "“../item/buka.html”改成“../items/buka.html”"),
        ("guanyu.md", "“guanyu.md”改成“../pages/guanyu.html”"),
        ("/items/buka.html", "“/items/buka.html”改成“../items/buka.html”"),
        ("shenqing.doc", "“shenqing.doc”改成“../static/forms/shenqing.doc”"),
        (
            "承诺书.docx",
            "文件放成 static/forms/cheng-nuo-shu.docx；“承诺书.docx”改成“../static/forms/cheng-nuo-shu.docx”",
        ),
        ("www.gov.cn/zhengce", "“www.gov.cn/zhengce”改成“https://www.gov.cn/zhengce”"),
        ("zwfw.sc.gov.cn", "“zwfw.sc.gov.cn”改成“https://zwfw.sc.gov.cn”"),
        ("a@b.gov.cn", "“a@b.gov.cn”改成“mailto:a@b.gov.cn”"),
        ("C:\\表\\a.doc", "要下载的文件放进 static/forms，写成 ../static/forms/文件名"),
        ("neibu.html", "去掉这个链接，或把那个事项公开"),
    ],
)
def test_what_does_not_open_is_told_at_its_line_with_what_to_write(
    site: SiteFolder, link: str, hint: str, capsys: Said
) -> None:
    assert said_of(site, link, capsys) == ["9:8", hint]


def test_a_draft_may_lead_to_a_draft(site: SiteFolder, capsys: Said) -> None:
    site.write(
        "content/items/xincheng/caogao.md",
        f"---\n{filed('status: 草稿', name='社会保障卡查询')}\n---\n看[这里](neibu.html)。\n",
    )

    assert site.run("check", "--jobs", "1") == 0
    assert "R212" not in capsys.readouterr().out


def test_a_dead_link_is_not_published(site: SiteFolder, capsys: Said) -> None:
    assert said_of(site, "bujian.html", capsys, "build") != []
    assert not site.out.exists()


def test_links_are_followed_on_sheets_and_in_booklets_too(site: SiteFolder) -> None:
    """A sheet lies in another folder than the guide."""
    site.write(ITEM, f"---\n{filed(name='社会保障卡挂失')}---\n看[补卡](buka.html)、[本站](../pages/guanyu.html)。\n")
    site.write(
        "content/booklets/b.yaml", "title: 手册\nentries: [{name: 甲}]\npreface: 看[本站](../pages/guanyu.html)。\n"
    )
    site.built()

    for page in ("items/guashi.html", "print/guide/guashi.html", "print/booklet/b.html"):
        links = re.findall(r'<a href="([^"]*(?:buka|guanyu)\.html)"', site.page(page))
        assert links
        for link in links:
            assert (site.out / page).parent.joinpath(link).resolve().is_file(), (page, link)
