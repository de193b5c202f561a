"""What changed for residents is a page, a feed, and a line on each guide: from git alone, the same on every build."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from site_folder import SiteFolder

ITEM = "name: 申请低保\nmaterials: [身份证]\ntime: 20个工作日\n"
FILES = {
    "site.yaml": "name: 某镇办事指南\nbase_url: https://bszn.example.cn\nsearch: 否\nphones: 12345\n",
    "content/areas.yaml": "zhen: {name: 某镇, level: 乡镇街道}\n",
    "content/items/zhen/dibao.yaml": ITEM,
    "content/items/zhen/linshi.yaml": "name: 申请临时救助\n",
}
DIBAO = "content/items/zhen/dibao.yaml"
ATOM = "{http://www.w3.org/2005/Atom}"


def commit(site: SiteFolder, day: str) -> None:
    for command in (["add", "."], ["commit", "-qm", "changed"]):
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.cn", "-c", "commit.gpgsign=false", *command],
            cwd=site.folder,
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_COMMITTER_DATE": f"{day}T10:00:00+08:00"},
            check=True,
        )


@pytest.fixture
def changed(tmp_path: Path) -> SiteFolder:
    """A site with three commits: it begins; two changes of one guide; words of another."""
    site = SiteFolder(tmp_path / "site").write_all({**FILES, ".gitignore": ".cache\npublic\n"})
    subprocess.run(["git", "init", "-qb", "main"], cwd=site.folder, check=True)
    commit(site, "2026-09-01")
    site.replace(DIBAO, "[身份证]", "[身份证, 收入证明]")
    site.set(DIBAO, "time", "15个工作日")
    commit(site, "2026-10-08")
    site.set("content/items/zhen/linshi.yaml", "summary", "有急难可以申请")
    commit(site, "2026-10-09")
    assert site.build() == 0
    return site


def test_the_page_tells_what_changed_by_month_and_leaves_words_out(changed: SiteFolder) -> None:
    page = changed.read("public/changes.html")
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page) == ["2026年10月", "2026年9月"]
    line = "2026-10-08 · 要带的材料多了：收入证明；办理时限：20个工作日 改为 15个工作日"
    assert line in page
    assert "2026-10-09" not in page
    assert 'href="items/dibao.html"' in page


def test_an_item_that_ends_is_told_with_its_day_and_why(changed: SiteFolder) -> None:
    path = "content/items/zhen/linshi.yaml"
    changed.write(path, f"{changed.read(path)}status: 已取消\ncancelled_on: 2026-11-01\nstatus_note: 并入低保\n")
    commit(changed, "2026-11-02")
    assert changed.build() == 0
    assert "2026-11-02 · 不再办理；并入低保；自 2026年11月1日 起" in changed.read("public/changes.html")


def test_what_sort_of_step_a_step_is_is_no_news(changed: SiteFolder) -> None:
    before = changed.read("public/changes.html")
    changed.write(DIBAO, f"{changed.read(DIBAO)}steps:\n  - {{actor: 民政办, do: 受理}}\n")
    commit(changed, "2026-11-02")
    changed.replace(DIBAO, "do: 受理", "do: 受理, kind: 受理")
    commit(changed, "2026-11-03")
    assert changed.build() == 0
    assert "2026-11-03" not in changed.read("public/changes.html")
    assert changed.read("public/changes.html") != before


def test_a_guide_tells_its_last_change_and_its_paper_does_not(changed: SiteFolder) -> None:
    assert "最近改动：2026-10-08" in changed.read("public/items/dibao.html")
    assert "最近改动" not in changed.read("public/print/guide/dibao.html")


def test_the_feed_is_atom_with_ids_that_stay(changed: SiteFolder) -> None:
    before = ids(changed)
    changed.set(DIBAO, "time", "10个工作日")
    commit(changed, "2026-11-02")
    assert changed.build() == 0
    assert ids(changed)[1:] == before


def ids(site: SiteFolder) -> list[str]:
    feed = etree.fromstring((site.out / "changes.xml").read_bytes())
    assert feed.tag == f"{ATOM}feed"
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "summary"))
    found = [str(entry.findtext(f"{ATOM}id")) for entry in entries]
    assert len({*found}) == len(found)
    return found


def test_a_build_from_nothing_has_the_same_bytes(changed: SiteFolder) -> None:
    kept = {path: (changed.out / path).read_bytes() for path in ("changes.html", "changes.xml", "items/dibao.html")}
    assert changed.build("--clean") == 0
    assert kept == {path: (changed.out / path).read_bytes() for path in kept}


def test_what_is_not_committed_is_no_change_yet(changed: SiteFolder) -> None:
    before = changed.read("public/changes.html")
    changed.set(DIBAO, "time", "1个工作日")
    assert changed.build() == 0
    assert changed.read("public/changes.html") == before


def test_without_git_there_is_no_page_and_the_build_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = SiteFolder(tmp_path / "site").write_all(FILES)
    assert site.build() == 0
    assert "没有做更新记录：这里没有 git 的提交记录" in capsys.readouterr().out
    assert not (site.out / "changes.html").exists()
    assert "更新记录" not in site.read("public/items/dibao.html")


def test_many_new_guides_at_once_are_one_line(changed: SiteFolder) -> None:
    for number in range(60):
        changed.write(f"content/items/zhen/xin-{number}.yaml", f"name: 新的事{number}\n")
    commit(changed, "2026-11-02")
    assert changed.build() == 0
    page = changed.read("public/changes.html")
    assert "新增 60 份指南" in page
    assert "新的事1" not in page


def test_an_event_that_comes_changes_and_goes_is_told_by_its_name(changed: SiteFolder) -> None:
    event = "content/events/zhen-kunnan.yaml"
    changed.write("content/lives.yaml", "kunnan: 家里困难\n")
    changed.write(event, "life: kunnan\narea: zhen\nitems: [dibao, linshi]\n")
    commit(changed, "2026-10-20")
    changed.replace(event, "dibao, linshi", "linshi, dibao")
    commit(changed, "2026-10-21")
    assert changed.build() == 0
    page = changed.read("public/changes.html")
    assert re.findall(r'href="events/zhen-kunnan.html"><span class="row-title">(.*?)</span>', page) == ["家里困难"] * 2
    assert "2026-10-20 · 新写了这件事" in page
    assert "2026-10-21 · 要办的事有改动" in page

    (changed.folder / event).unlink()
    commit(changed, "2026-10-22")
    assert changed.build() == 0
    page = changed.read("public/changes.html")
    assert '<span class="row-title">家里困难</span><span class="row-facts">2026-10-22 · 这件事不再单独列了' in page
