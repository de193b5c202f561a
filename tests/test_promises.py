"""What the whole program promises, tried on small real sites from the command line to the published files."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rjsmin import jsmin  # type: ignore[import-untyped]
from sample_site import Built, build_sample
from site_folder import REPOSITORY, Files, SiteFolder, differing, files_in


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    return site.with_some_items()


# --- Same input, same bytes ---------------------------------------------------------------------------------------------


def test_builds_the_same_bytes_whatever_the_machine_is_like(built: Built, tmp_path: Path) -> None:
    """The sample site of the run was built by two processes, in Shanghai, with other hashes."""
    here = files_in(built.folder)
    elsewhere = build_sample(tmp_path, jobs=1, PYTHONHASHSEED="2", TZ="America/St_Johns", LC_ALL="C")
    assert any(path.startswith("pagefind/") for path in here)
    assert differing(here, files_in(elsewhere)) == []


# --- A changed site is built as if anew -----------------------------------------------------------------------------------

WORDS = st.text("社保卡办理登记领取退休补贴看病上学", min_size=2, max_size=8)

TITLED = [f"content/items/{item}.yaml" for item in ("xincheng/shebaoka-shenban", "nanmofang/geren-jiuye-dengji")]
LONELY = [f"content/items/{item}.yaml" for item in ("xincheng/shebaoka-shenban", "yuzhong/gongwang-buzhujin")]
BUILT_IN = ("templates/footer.html", "templates/guide/steps.html", "static/style.css", "static/site.js")


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that an editor does; `which` chooses where, `word` what is written."""

    does: str
    which: int
    word: str

    def to(self, site: SiteFolder) -> None:
        EDITS[self.does](site, self.which, self.word)


def retitle(site: SiteFolder, which: int, word: str) -> None:
    site.set(TITLED[which % 2], "title", word)


def rename_department(site: SiteFolder, which: int, word: str) -> None:
    site.set(f"content/departments/{('xincheng-dangqun', 'nanmofang-shebaosuo')[which % 2]}.yaml", "name", word)


def rename_topic(site: SiteFolder, which: int, word: str) -> None:
    site.set("content/topics.yaml", ("shebaoka", "shiye")[which % 2], f"{{name: {word}}}")


def rename_material(site: SiteFolder, which: int, word: str) -> None:
    site.set("content/materials.yaml", ("id-card", "household-book")[which % 2], f"{{name: {word}, how: {word}}}")


def rename_place(site: SiteFolder, which: int, word: str) -> None:
    site.set("content/places/nanmofang-shebao-dating.yaml", ("name", "hours")[which % 2], word)


def say_something_everywhere(site: SiteFolder, which: int, word: str) -> None:
    site.set("site.yaml", ("notice", "host")[which % 2], word)


def add_item(site: SiteFolder, which: int, word: str) -> None:
    text = f"name: {word}\ndepartment: xincheng-dangqun\ntopics: shebaoka\nchecked: 2026-01-0{which + 1}\n"
    site.write(f"content/items/xincheng/xin-{which}.yaml", text)


def remove_items(site: SiteFolder, which: int, word: str) -> None:
    (site.folder / "content/items/songshan/linquanzheng-shenqing.yaml").unlink(missing_ok=True)
    for file in (site.folder / "content/items/xincheng").glob("xin-*.yaml"):
        file.unlink()


def hide_item(site: SiteFolder, which: int, word: str) -> None:
    site.set(LONELY[which % 2], "visibility", ("内部", "公开")[which // 2])


def cancel_item(site: SiteFolder, which: int, word: str) -> None:
    site.set(LONELY[which % 2], "status", ("已取消", "在办")[which // 2])


def overlay_file(site: SiteFolder, which: int, word: str) -> None:
    path = BUILT_IN[which]
    comment = f"{{# {word} #}}{word}" if path.endswith(".html") else f"/* {word} */"
    site.write(path, (REPOSITORY / path).read_text("utf-8") + comment)


def overlay_words(site: SiteFolder, which: int, word: str) -> None:
    site.write("templates/locales/zh-Hans.yaml", f"{('skip', 'materials', 'who', 'all_items')[which]}: {word}\n")


def drop_overlays(site: SiteFolder, which: int, word: str) -> None:
    shutil.rmtree(site.folder / ("templates", "static")[which % 2], ignore_errors=True)


EDITS: dict[str, Callable[[SiteFolder, int, str], None]] = {
    edit.__name__: edit
    for edit in (
        retitle,
        rename_department,
        rename_topic,
        rename_material,
        rename_place,
        say_something_everywhere,
        add_item,
        overlay_file,
        overlay_words,
        drop_overlays,
        remove_items,
        cancel_item,
        hide_item,
    )
}
EDIT = st.builds(Edit, st.sampled_from(sorted(EDITS)), st.integers(0, 3), WORDS)


# A build takes long: few lists are tried, and one of three edits needs no shrinking.
@settings(max_examples=settings().max_examples // 12, phases=set(Phase) - {Phase.shrink, Phase.explain})
@given(st.lists(EDIT, min_size=1, max_size=3))
def test_after_any_edits_the_site_is_as_if_built_anew(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = SiteFolder(Path(folder)).with_some_items()
        assert site.build() == 0
        for edit in edits:
            edit.to(site)
            assert site.build() == 0
        assert differing(site.published(), built_anew(site)) == []


def built_anew(site: SiteFolder) -> Files:
    """Return what the site's sources give when nothing is known of earlier builds."""
    with tempfile.TemporaryDirectory() as folder:
        copy = SiteFolder(Path(folder) / "copy")
        shutil.copytree(site.folder, copy.folder, ignore=shutil.ignore_patterns("public", ".cache"))
        assert copy.run("build", "--jobs", "1") == 0
        return copy.published()


def test_after_each_edit_the_site_has_changed_and_is_as_if_built_anew(site: SiteFolder) -> None:
    assert site.build() == 0
    for does in EDITS:
        before = site.published()
        Edit(does, 0, "看病").to(site)
        assert site.build() == 0
        assert differing(site.published(), before), f"{does} changed nothing"
        assert differing(site.published(), built_anew(site)) == [], does


def test_a_build_that_has_nothing_to_do_touches_no_file(site: SiteFolder) -> None:
    site.set("site.yaml", "search", "是")
    assert site.build() == 0
    before = facts(site.out)
    os.utime(site.folder / TITLED[0])

    assert site.build() == 0
    assert facts(site.out) == before


def test_a_changed_guide_leaves_the_pages_of_others_untouched(site: SiteFolder) -> None:
    assert site.build() == 0
    before = facts(site.out)
    site.set(TITLED[0], "obligations", "当面讲清楚")

    assert site.build() == 0
    after = facts(site.out)
    changed = {path for path, known in after.items() if before[path] != known and (site.out / path).is_file()}
    sheets = {f"print/{kind}/shebaoka-shenban.html" for kind in ("guide", "short", "notice", "poster")}
    pages = {"items/shebaoka-shenban.html", "editions/shebaoka-shenban.html"}
    own = {*pages, "data/items/shebaoka-shenban.json", *sheets}
    bound = {path for path in changed if path.startswith(("print/booklet/", "data/items.", "data/items-"))}
    # The texts, who has whose address, and the page that reads them.
    found_by = {"search/texts.js", "search/ways.js", "search/items.js", "search.html"}
    assert changed - bound == {"data/manifest.json", *own, *found_by}
    assert all("shebaoka-shenban" in (site.out / path).read_text("utf-8") for path in bound)


def facts(folder: Path) -> dict[str, tuple[int, int]]:
    """Return for every file and folder its number on the disk and the time of its last change."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted((folder, *folder.rglob("*")))
    }


# --- Nothing of anybody's is lost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "out", ["letter.txt", "foreign", "content", "content/public", "templates/public", ".", ".cache/public"]
)
def test_refuses_an_output_folder_that_would_cost_somebody_files(out: str, site: SiteFolder) -> None:
    site.write("letter.txt", "mine")
    site.write("foreign/index.html", "mine")
    site.write("templates/locales/zh-Hans.yaml", "skip: 跳过\n")
    before = site.everything()

    assert site.build("--out", str(site.folder / out)) == 2
    assert site.everything() == before


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("content/items/xincheng/xin.yaml", "name: 新\ndepartment: mei-you\n", 1),
        ("content/items/xincheng/xin.yaml", "name: [\n", 1),
        ("content/topics.yaml", "", 1),
        ("site.yaml", "name: 好\nmei-you: 1\n", 2),
    ],
)
def test_a_mistake_is_told_and_leaves_the_last_good_site(
    path: str, text: str, code: int, site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_after(path, text, site) == code
    assert path in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/home.html", "{% if %}"),  # no template
        ("templates/item.html", "{{ view.mei_you }}"),  # a name that nothing has, found in a worker
        ("templates/footer.html", '{% include "mei-you.html" %}'),
        ("templates/footer.html", "{% include site.name %}"),  # a computed name
        ("templates/locales/zh-Hans.yaml", "count: '{mei_you}'\n"),
        ("templates/locales/zh-Hans.yaml", "count: [\n"),
    ],
)
def test_a_mistake_in_a_sites_own_template_is_told_and_leaves_the_last_good_site(
    path: str, text: str, site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_after(path, text, site) == 2
    said = capsys.readouterr()
    assert path in said.out + said.err


def code_after(path: str, text: str, site: SiteFolder) -> int:
    """Return the exit code of a build after a file was written, having seen that the last good site stands unchanged."""
    assert site.build() == 0
    site.write(path, text)
    before = site.everything()
    try:
        return site.build()
    finally:
        assert site.everything() == before


def test_strictness_leaves_the_last_good_site_when_there_are_warnings(site: SiteFolder) -> None:
    assert site.build("--strict") == 0
    site.write("content/items/xincheng/xin.yaml", "name: 新事项\n")  # without a topic it is hard to find
    before = site.everything()

    assert site.build("--strict") == 1
    assert site.everything() == before


# --- A site's own files win -----------------------------------------------------------------------------------------------


def test_a_sites_own_templates_words_and_static_files_win_file_by_file(site: SiteFolder) -> None:
    site.write("templates/footer.html", "<p>自己的页脚</p>")
    site.write("templates/locales/zh-Hans.yaml", "skip: 直接看正文\n")
    site.write("static/style.css", "body { color: green }")
    site.write("static/forms/biao.txt", "空白表")

    assert site.build() == 0
    home = site.page("index.html")
    assert "<p>自己的页脚</p>" in home
    assert "直接看正文" in home
    assert "大字版" in home, "the other words stay"
    assert site.page("static/style.css") == "body { color: green }"
    assert site.page("static/forms/biao.txt") == "空白表"
    assert site.page("static/site.js") == jsmin((REPOSITORY / "static/site.js").read_text("utf-8"))


def test_built_in_scripts_come_without_their_comments_and_those_of_the_site_as_they_are(site: SiteFolder) -> None:
    site.write("static/own.js", "/* ours */ var a = 1;")
    assert site.build() == 0
    assert site.page("static/own.js") == "/* ours */ var a = 1;"
    assert "/*" not in site.page("static/mine.js")
