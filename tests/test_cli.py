"""Commands as an editor gives them: what they say, and the exit code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from golden import SITES

from builder import pipeline
from builder.cli import main
from builder.support.store import Store

Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small good site, which is also the current folder."""
    folder = tmp_path / "site"
    shutil.copytree(SITES / "good" / "one-guide", folder, ignore=shutil.ignore_patterns("expected"))
    monkeypatch.chdir(folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def break_an_item(site: Path) -> str:
    (item,) = (site / "content" / "items").rglob("*.yaml")
    item.write_text(item.read_text("utf-8") + "mei_you: 1\n", "utf-8")
    return item.relative_to(site).as_posix()


def test_a_clean_build_makes_everything_again_and_the_same_with_search(site: Path) -> None:
    settings = site / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("search: 否", "search: 是"), "utf-8")
    assert main(["build", "--jobs", "1"]) == 0
    first = files(site / "public")
    assert any(path.startswith("pagefind/") for path in first)

    for _ in range(2):
        assert main(["build", "--jobs", "1", "--clean"]) == 0
        assert files(site / "public") == first


def test_a_clean_build_takes_nothing_from_the_cache(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(Store, "forget", lambda _store: seen.append(True))

    assert main(["build", "--jobs", "1"]) == 0
    assert main(["build", "--jobs", "1", "--clean"]) == 0
    assert seen == [True]


def test_checks_only_what_it_is_asked_for(site: Path, capsys: Said) -> None:
    broken = break_an_item(site)

    assert main(["check", "--jobs", "1", "content/topics.yaml"]) == 0
    for path in (".", "content", broken, str(site / broken)):
        assert main(["check", "--jobs", "1", path]) == 1
    folder = broken.rpartition("/")[0]
    assert main(["check", "--jobs", "1", folder[:-1]]) == 2  # a part of a name is no folder
    assert "没有这个文件或文件夹" in capsys.readouterr().err


def test_a_refusal_says_what_to_do(site: Path, capsys: Said) -> None:
    (site / "public").mkdir()
    (site / "public" / "论文.doc").write_bytes(b"")

    assert main(["build", "--jobs", "1"]) == 2
    says = capsys.readouterr().err
    assert says.startswith("错误: ")
    assert "    = " in says


def test_a_fault_of_the_program_is_owned_without_a_traceback(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def faulty(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(pipeline, "collect", faulty)
    assert main(["check", "--jobs", "1"]) == 3
    says = capsys.readouterr().err
    assert "程序自己出了毛病" in says
    assert "Traceback" not in says
    assert "oops" in (site / ".cache" / "error.txt").read_text("utf-8")


def test_settings_that_are_wrong_are_told_in_the_chosen_format(site: Path, capsys: Said) -> None:
    (site / "site.yaml").write_text("name: 好\nmei_you: 1\n", "utf-8")

    assert main(["check", "--jobs", "1", "--format", "json"]) == 2
    assert capsys.readouterr().out.lstrip().startswith(("[", "{"))


def test_a_damaged_compiled_template_is_compiled_again(site: Path) -> None:
    assert main(["build", "--jobs", "1"]) == 0
    first = files(site / "public")
    for compiled in (site / ".cache" / "templates").iterdir():
        compiled.write_bytes(compiled.read_bytes()[:-7])

    shutil.rmtree(site / "public")
    assert main(["build", "--jobs", "1"]) == 0
    assert files(site / "public") == first


def test_a_template_chosen_while_rendering_is_refused(site: Path, capsys: Said) -> None:
    (site / "templates").mkdir()
    (site / "templates" / "footer.html").write_text('{% include "a.html" if site.name else "b.html" %}', "utf-8")

    assert main(["build", "--jobs", "1"]) == 2
    assert "templates/footer.html:1:1: 错误 G006" in capsys.readouterr().out


def test_a_template_from_an_old_editor_is_told_by_its_name(site: Path, capsys: Said) -> None:
    (site / "templates").mkdir()
    (site / "templates" / "footer.html").write_bytes("页脚".encode("gbk"))

    assert main(["check", "--jobs", "1"]) == 2
    assert "templates/footer.html" in capsys.readouterr().out


def test_another_language_is_one_more_file(site: Path) -> None:
    settings = site / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "locale: en\n", "utf-8")
    words = site / "templates" / "locales" / "en.yaml"
    words.parent.mkdir(parents=True)
    words.write_text("lang: en\nhow_much: How much\n", "utf-8")

    assert main(["build", "--jobs", "1"]) == 0
    (guide,) = (path for path in (site / "public" / "items").glob("*.html") if path.name != "index.html")
    page = guide.read_text("utf-8")
    assert '<html lang="en"' in page
    assert "How much" in page
    assert "谁能办" in page  # not translated yet
