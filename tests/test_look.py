"""A site's own look: colours, mark, templates and static files, whole or block by block."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_folder import SiteFolder

from builder.content.settings import contrast

Seen = pytest.CaptureFixture[str]


FILES = {
    "content/areas.yaml": "zhen: {name: 甲镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: 社保\n",
    "content/items/zhen/banka.yaml": "name: 办社保卡\ntopics: shebao\n",
}


def built(site: SiteFolder, settings: str = "", **own: str) -> Path:
    """Build a site of one item with these settings and own files; "__" in a name stands for "/"."""
    site.write_all(FILES | {path.replace("__", "/"): text for path, text in own.items()})
    site.write("site.yaml", f"name: 试\nsearch: 否\n{settings}")
    return site.built()


def refused(site: SiteFolder, settings: str, seen: Seen) -> str:
    site.write_all({**FILES, "site.yaml": f"name: 试\nsearch: 否\n{settings}"})
    assert site.run("check", "--jobs", "1") == 2
    return "".join(seen.readouterr())


def test_colours_stand_behind_the_sheets_and_change_their_address(site: SiteFolder) -> None:
    before = (built(site) / "index.html").read_text("utf-8")
    public = built(site, 'colors: {main: "#0B5D3B", mark: "#123456"}\n')
    tokens = ":root { --accent: #0b5d3b; --link: #0b5d3b; --seal: #123456; }"
    assert (public / "static/style.css").read_text("utf-8").endswith(f"\n{tokens}\n")
    assert tokens in (public / "static/print.css").read_text("utf-8")
    assert 'fill="#123456"' in (public / "static/favicon.svg").read_text("utf-8")
    assert (public / "index.html").read_text("utf-8") != before


def test_colours_hold_over_a_sheet_of_the_site_s_own(site: SiteFolder) -> None:
    public = built(site, 'colors: {main: "#0b5d3b"}\n', **{"static__style.css": ":root { --accent: red; }"})
    assert (
        (public / "static/style.css").read_text("utf-8").startswith(":root { --accent: red; }\n:root { --accent: #0b")
    )


def test_a_colour_that_could_not_be_read_is_refused_with_its_contrast(site: SiteFolder, capsys: Seen) -> None:
    says = refused(site, 'colors: {main: "#e8a33d"}\n', capsys)
    assert "site.yaml:3:16: 错误 S108: “主色”不能写成“#e8a33d”" in says
    assert "太浅，字看不清：和底色的对比只有 1.9:1，要 4.5:1 以上" in says


def test_a_colour_whose_quotes_were_forgotten_is_shown_with_them(site: SiteFolder, capsys: Seen) -> None:
    assert '改成：main: "#0b5d3b"' in refused(site, "colors:\n  main: #0b5d3b\n", capsys)


def test_a_colour_by_name_is_refused(site: SiteFolder, capsys: Seen) -> None:
    assert "写成 # 加六位数字" in refused(site, "colors: {main: 绿色}\n", capsys)


def test_the_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_mark_is_one_character_on_the_pages_and_in_the_icon(site: SiteFolder) -> None:
    public = built(site, "mark: 磨\n")
    assert '<span class="seal" aria-hidden="true">磨</span>' in (public / "index.html").read_text("utf-8")
    assert ">磨</text>" in (public / "static/favicon.svg").read_text("utf-8")


def test_an_icon_of_the_site_s_own_stays_as_it_is(site: SiteFolder) -> None:
    public = built(site, "mark: 磨\n", **{"static__favicon.svg": "<svg/>"})
    assert (public / "static/favicon.svg").read_text("utf-8") == "<svg/>"


def test_the_mark_may_be_a_picture_which_is_the_icon_too(site: SiteFolder) -> None:
    public = built(site, "mark: hui.svg\n", **{"static__hui.svg": "<svg/>"})
    for page in ("index.html", "items/banka.html"):
        text = (public / page).read_text("utf-8")
        assert text.count("static/hui.svg?v=") == 2
        assert "favicon" not in text
    assert "static/hui.svg" in (public / "print/guide/banka.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("mark", "says"), [("hui.svg", "static 里没有“hui.svg”这个文件"), ("办事", "写一个字，或 static/ 里的图片文件名")]
)
def test_a_mark_that_is_neither_is_refused(mark: str, says: str, site: SiteFolder, capsys: Seen) -> None:
    assert says in refused(site, f"mark: {mark}\n", capsys)


def test_a_template_takes_the_place_of_the_built_in_one_and_may_change_one_block_of_it(site: SiteFolder) -> None:
    own = '{% extends "builtin/base.html" %}\n{% block footer %}自己的页脚 {{ super() }}{% endblock %}\n'
    public = built(site, **{"templates__base.html": own})
    for page in ("index.html", "items/banka.html", "topics/shebao.html"):
        text = (public / page).read_text("utf-8")
        assert text.count("自己的页脚") == 1
        assert "全部事项" in text
        assert text.startswith("<!doctype html>")


def test_a_change_of_such_a_template_reaches_the_pages(site: SiteFolder) -> None:
    own = '{% extends "builtin/item.html" %}\n{% block crumbs %}甲{% endblock %}\n'
    built(site, **{"templates__item.html": own})
    public = built(site, **{"templates__item.html": own.replace("甲", "乙")})
    text = (public / "items/banka.html").read_text("utf-8")
    assert "乙" in text
    assert "甲<" not in text


def test_a_built_in_template_that_is_not_there_is_a_mistake_in_the_site_s_own(site: SiteFolder, capsys: Seen) -> None:
    site.write_all({**FILES, "site.yaml": "name: 试\n", "templates/base.html": '{% extends "builtin/bsae.html" %}\n'})
    assert site.build() == 2
    assert "templates/base.html:1:1: 错误 G004" in "".join(capsys.readouterr())
