"""Drafts: seen while one writes, marked, and never in what is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_folder import SiteFolder, files_in
from test_serve import serving

from builder.cli import main

NAME = "高龄津贴申领"
FILES = {
    "site.yaml": "name: 示例站\nsearch: 否\n",
    "content/areas.yaml": "xincheng: {name: 新城镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebaoka: 社保卡\nlaoren: 老年人\n",
    "content/departments/dangqun.yaml": "name: 党群服务中心\narea: xincheng\n",
    "content/items/xincheng/guashi.yaml": "name: 社会保障卡挂失\ndepartment: dangqun\ntopics: shebaoka\n",
    "content/items/xincheng/jintie.yaml": f"name: {NAME}\nstatus: 草稿\ndepartment: dangqun\ntopics: laoren\n",
    "content/items/xincheng/neibu.yaml": "name: 系统录入\nstatus: 草稿\nvisibility: 内部\ndepartment: dangqun\ntopics: laoren\n",
    "content/disclosure/qingdan.yaml": (
        f"title: 镇公开清单\nstatus: 草稿\nduties: [{{duty: 养老, rows: [{{category: {NAME}, items: jintie}}]}}]\n"
    ),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def build(site: Path, *options: str) -> int:
    return main(["build", "--jobs", "1", "--site", str(site), *options])


def preview_of(site: Path) -> Path:
    return site / ".cache/preview/public"


def text(page: Path) -> str:
    return page.read_text("utf-8")


def test_a_build_never_has_drafts_whatever_was_built_before(site: Path, tmp_path: Path) -> None:
    assert build(site, "--out", str(tmp_path / "first")) == 0
    first = files_in(tmp_path / "first")
    assert "items/guashi.html" in first
    hidden = (NAME.encode(), b"jintie", "镇公开清单".encode())
    assert not [path for path, data in first.items() if any(word in path.encode() + data for word in hidden)]
    assert "disclosure/index.html" not in first

    assert build(site, "--drafts") == 0
    assert not (site / "public").exists()
    assert build(site) == 0
    assert files_in(site / "public") == first
    assert build(site, "--drafts") == 0
    assert files_in(site / "public") == first


def test_a_preview_shows_drafts_and_marks_them_wherever_they_are_named(site: Path) -> None:
    assert build(site, "--drafts") == 0
    preview = preview_of(site)
    for page in ("index.html", "items/index.html", "topics/laoren.html", "departments/dangqun.html", "search.html"):
        assert f'<span class="row-title">【草稿】{NAME}</span>' in text(preview / page), page
    guide = text(preview / "items/jintie.html")
    assert f">【草稿】{NAME}</h1>" in guide
    assert "还没有公开" in guide
    assert "官方名称：" not in guide  # the mark makes no second name
    sheets = [text(preview / f"print/{kind}/jintie.html") for kind in ("guide", "short", "notice")]
    assert all(f">【草稿】{NAME}</h1>" in sheet for sheet in sheets)
    assert "草稿" not in text(preview / "items/guashi.html")


def test_a_preview_shows_draft_lists_with_their_items(site: Path) -> None:
    assert build(site, "--drafts") == 0
    assert "【草稿】镇公开清单" in text(preview_of(site) / "disclosure/index.html")
    listed = text(preview_of(site) / "disclosure/qingdan.html")
    assert ">【草稿】镇公开清单</h1>" in listed
    assert f'href="../items/jintie.html">办事指南：【草稿】{NAME}</a>' in listed


def test_a_preview_shows_what_is_not_known_of_a_draft(site: Path) -> None:
    """As the page will be once it is public: items out of force leave these answers out."""
    assert build(site, "--drafts") == 0
    assert "请先到办理的地方问清" in text(preview_of(site) / "items/jintie.html")


def test_search_engines_are_kept_out_of_a_preview(site: Path) -> None:
    assert build(site, "--drafts") == 0
    pages = list(preview_of(site).rglob("*.html"))
    assert len(pages) > 20
    assert all('<meta name="robots" content="noindex">' in text(page) for page in pages)


def test_drafts_for_staff_stay_hidden_in_a_preview(site: Path) -> None:
    assert build(site, "--drafts") == 0
    assert not [path for path, data in files_in(preview_of(site)).items() if "系统录入".encode() in data]


def test_what_is_published_later_is_no_draft_any_more(site: Path) -> None:
    assert build(site, "--drafts") == 0
    item = site / "content/items/xincheng/jintie.yaml"
    item.write_text(text(item).replace("status: 草稿\n", ""), "utf-8")
    for options, folder in ((["--drafts"], preview_of(site)), ([], site / "public")):
        assert build(site, *options) == 0
        assert "草稿" not in text(folder / "items/jintie.html")
        assert not re.search("草稿", text(folder / "index.html"))


def test_a_link_to_a_draft_is_an_error_in_a_preview_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else it would be found only once the site is to be published."""
    item = site / "content/items/xincheng/guashi.yaml"
    item.write_text(f"{text(item)}related: jintie\n", "utf-8")
    assert build(site, "--drafts") == 1
    assert "R205" in capsys.readouterr().out


def test_drafts_go_into_no_folder_that_one_names(site: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        build(site, "--drafts", "--out", str(tmp_path / "public"))
    assert ended.value.code == 2
    assert not (tmp_path / "public").exists()


def test_serve_shows_drafts_when_asked_and_publishes_nothing(site: Path) -> None:
    with serving(SiteFolder(site), 0, "--drafts") as served:
        served.await_words("请在浏览器里打开")
        assert f"【草稿】{NAME}" in served.get("items/jintie.html")[1]
        served.site.write(
            "content/items/xincheng/jintie.yaml", FILES["content/items/xincheng/jintie.yaml"] + "time: 当场\n"
        )
        served.await_page("items/jintie.html", "当场")
    assert not (site / "public").exists()
