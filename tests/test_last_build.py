"""A build of which nothing has changed says the same again without loading the builder; any change is seen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from site_folder import REPOSITORY, SiteFolder

from builder import examining
from builder.cli import last_build
from builder.cli.arguments import parse
from builder.cli.last_build import LastBuild

Said = pytest.CaptureFixture[str]
ITEM = "content/items/xincheng/guashi.yaml"


@pytest.fixture(autouse=True)
def old_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files as old enough to be known by their times."""
    monkeypatch.setattr(last_build, "RACY_NS", -(10**12))


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """A site of which a build has said 好了."""
    site = SiteFolder(tmp_path / "site")
    site.write_all({"site.yaml": "name: 示例站\n", ITEM: "name: 社会保障卡挂失\n", "public/index.html": "<p>挂失"})
    now(site).remember("好了")
    return site


def now(site: SiteFolder, *options: str) -> LastBuild:
    return LastBuild.of(parse(["build", "--site", site.settings, *options]))


def edit_of_equal_size_and_date(site: SiteFolder) -> None:
    path = site.folder / ITEM
    facts = path.stat()
    site.write(ITEM, "name: 社会保障卡解挂\n")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


CHANGES: dict[str, Callable[[SiteFolder], None]] = {
    "an item": lambda site: site.write(ITEM, "name: 社会保障卡补办\n"),
    "an item, with the size and date of before": edit_of_equal_size_and_date,
    "a new file": lambda site: site.write("content/terms.yaml", "same: []\n"),
    "a file is gone": lambda site: (site.folder / ITEM).unlink(),
    "a link that leads nowhere": lambda site: (site.folder / "content/a.yaml").symlink_to("nowhere"),
    "the settings": lambda site: site.write("site.yaml", "name: 示例的站\n"),
    "a template": lambda site: site.write("templates/footer.html", "再见"),
    "a static file": lambda site: site.write("static/top/CNAME", "example.cn"),
    "a page is lost": lambda site: (site.out / "index.html").unlink(),
    "a page is changed by hand": lambda site: site.write("public/index.html", "<p>解挂"),
    "a file too many among the pages": lambda site: site.write("public/a/index.html", "x"),
    "the cache is gone": lambda site: (site.folder / ".cache/last-build.json").unlink(),
    "the note of it is damaged": lambda site: site.write(".cache/last-build.json", '{"made of": 1'),
}


def test_nothing_has_changed(site: SiteFolder) -> None:
    assert now(site).says() == "好了"


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(site: SiteFolder, change: Callable[[SiteFolder], None]) -> None:
    change(site)
    assert now(site).says() is None


@pytest.mark.parametrize(
    "options",
    [("--base-url", "https://a.example.cn"), ("--strict",), ("--format", "json"), ("--quiet",), ("--drafts",)],
)
def test_another_question_gets_its_own_answer(site: SiteFolder, options: tuple[str, ...]) -> None:
    assert now(site, *options).says() is None


def test_the_paths_that_it_says_hold_in_the_folder_where_it_ran(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.folder)
    assert now(site).says() is None


def test_a_commit_is_seen(site: SiteFolder) -> None:
    author = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    for command in (("init", "-q"), ("add", "content"), (*author, "commit", "-qm", "x")):
        subprocess.run(["git", *command], cwd=site.folder, check=True)
    assert now(site).says() is None


def test_a_file_that_has_just_been_written_is_not_trusted(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_build, "RACY_NS", 10**12)
    now(site).remember("好了")
    assert now(site).says() is None


def test_the_command_builds_only_where_something_changed(
    one_guide: SiteFolder, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one_guide.run("build", "--jobs", "1") == 0
    first, published = capsys.readouterr().out, one_guide.published()

    monkeypatch.setattr(examining, "study_areas", None)  # what builds fails now
    assert one_guide.run("build", "--jobs", "1") == 0
    assert capsys.readouterr().out == first
    assert one_guide.published() == published
    assert one_guide.run("build", "--jobs", "1", "--clean") == 3


def test_a_build_with_errors_is_made_again(one_guide: SiteFolder, capsys: Said) -> None:
    one_guide.write("content/topics.yaml", "a: [\n")
    for _ in range(2):
        assert one_guide.run("build", "--jobs", "1") == 1
        assert "content/topics.yaml:1:" in capsys.readouterr().out


def test_where_there_is_no_site_nothing_is_written(tmp_path: Path) -> None:
    assert SiteFolder(tmp_path / "nowhere").run("build") == 2
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "site.yaml").write_text("name: 示例站\n", "utf-8")
    assert SiteFolder(tmp_path).run("build") == 2
    assert [path.name for path in tmp_path.iterdir()] == ["site.yaml"]


def test_help_loads_no_model_and_no_template() -> None:
    code = "import sys; from builder.cli import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert {"pydantic", "jinja2", "yaml", "pypinyin"}.isdisjoint(answer.stdout.split())
    assert "生成网站" in answer.stdout
