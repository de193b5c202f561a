"""Commands as an editor gives them: what they say, and the exit code."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib import import_module

import pytest
from site_folder import REPOSITORY, SiteFolder

from builder import examining
from builder.cli import main, subcommands
from builder.cli.arguments import COMMANDS
from builder.commands.serve.preview import Preview
from builder.support.store import Store

Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(one_guide: SiteFolder) -> SiteFolder:
    return one_guide


def test_each_command_has_its_function_in_the_module_that_is_loaded_for_it() -> None:
    loaded = {name: import_module(f"{subcommands.__name__}.{module}") for name, module in subcommands.MODULES.items()}
    assert all(callable(module.RUN[name]) for name, module in loaded.items())
    assert sorted(loaded) == sorted(COMMANDS)
    assert {name for module in loaded.values() for name in module.RUN} == set(COMMANDS)


def break_an_item(site: SiteFolder) -> str:
    (item,) = (site.folder / "content" / "items").rglob("*.yaml")
    path = item.relative_to(site.folder).as_posix()
    site.set(path, "mei_you", "1")
    return path


def test_a_clean_build_makes_everything_again_and_the_same_with_search(site: SiteFolder) -> None:
    site.set("site.yaml", "search", "是")
    assert main(["build", "--jobs", "1"]) == 0
    first = site.published()
    assert any(path.startswith("pagefind/") for path in first)

    for _ in range(2):
        assert main(["build", "--jobs", "1", "--clean"]) == 0
        assert site.published() == first


def test_an_index_that_is_kept_waits_for_the_next_build(site: SiteFolder) -> None:
    def index() -> dict[str, bytes]:
        return {path: data for path, data in site.published().items() if path.startswith("pagefind/")}

    (item,) = (site.folder / "content" / "items").rglob("*.yaml")
    site.set("site.yaml", "search", "是")
    assert site.build() == 0
    first, version = index(), Preview(site.out).version

    site.set(item.relative_to(site.folder).as_posix(), "title", "改了名")
    assert site.build("--keep-index") == 0
    assert index() == first
    shown = Preview(site.out).version
    assert shown != version

    assert site.build() == 0
    assert index() != first
    assert Preview(site.out).version == shown  # the pages are the same: nobody has to load them again


def test_a_clean_build_takes_nothing_from_the_cache(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(Store, "forget", lambda _store: seen.append(True))

    assert main(["build", "--jobs", "1"]) == 0
    assert main(["build", "--jobs", "1", "--clean"]) == 0
    assert seen == [True]


def test_checks_only_what_it_is_asked_for(site: SiteFolder, capsys: Said) -> None:
    broken = break_an_item(site)

    assert main(["check", "--jobs", "1", "content/topics.yaml"]) == 0
    for path in (".", "content", broken, str(site.folder / broken)):
        assert main(["check", "--jobs", "1", path]) == 1
    folder = broken.rpartition("/")[0]
    assert main(["check", "--jobs", "1", folder[:-1]]) == 2  # a part of a name is no folder
    assert "没有这个文件或文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("format", ["text", "json", "github", "gitlab", "sarif"])
def test_paths_are_those_from_the_current_folder(
    site: SiteFolder, format: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    broken = break_an_item(site)
    beside = site.folder.parent / "beside"
    beside.mkdir()

    for folder, shown in (
        (site.folder.parent, f"{site.folder.name}/{broken}"),
        (beside, f"../{site.folder.name}/{broken}"),
    ):
        monkeypatch.chdir(folder)
        assert site.run("check", "--jobs", "1", "--format", format) == 1
        found = re.findall(r"[\w./-]*" + re.escape(broken), capsys.readouterr().out)
        assert set(found) == {shown}


def test_a_field_that_is_written_again_and_again_is_told_each_time(site: SiteFolder, capsys: Said) -> None:
    site.write("content/topics.yaml", "a: 甲\na: 乙\na: 丙\n")

    assert site.run("check", "--jobs", "1") == 1
    told = capsys.readouterr().out
    assert [f"content/topics.yaml:{line}:1: 错误 Y044" in told for line in (2, 3)] == [True, True]


def test_a_refusal_says_what_to_do(site: SiteFolder, capsys: Said) -> None:
    site.write("public/论文.doc", "")

    assert main(["build", "--jobs", "1"]) == 2
    says = capsys.readouterr().err
    assert says.startswith("错误: ")
    assert "    = " in says


def test_a_fault_of_the_program_is_owned_without_a_traceback(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def faulty(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(examining, "study_areas", faulty)
    assert main(["check", "--jobs", "1"]) == 3
    says = capsys.readouterr().err
    assert "程序自己出了毛病" in says
    assert "Traceback" not in says
    assert "oops" in site.read(".cache/error.txt")


def test_settings_that_are_wrong_are_told_in_the_chosen_format(site: SiteFolder, capsys: Said) -> None:
    site.write("site.yaml", "name: 好\nmei_you: 1\n")

    assert main(["check", "--jobs", "1", "--format", "json"]) == 2
    assert capsys.readouterr().out.lstrip().startswith(("[", "{"))


def test_a_damaged_compiled_template_is_compiled_again(site: SiteFolder) -> None:
    assert main(["build", "--jobs", "1"]) == 0
    first = site.published()
    for compiled in (site.folder / ".cache" / "templates").iterdir():
        compiled.write_bytes(compiled.read_bytes()[:-7])

    shutil.rmtree(site.out)
    assert main(["build", "--jobs", "1"]) == 0
    assert site.published() == first


def test_a_template_chosen_while_rendering_is_refused(site: SiteFolder, capsys: Said) -> None:
    site.write("templates/footer.html", '{% include "a.html" if site.name else "b.html" %}')

    assert main(["build", "--jobs", "1"]) == 2
    assert "templates/footer.html:1:1: 错误 G006" in capsys.readouterr().out


def test_a_template_from_an_old_editor_is_told_by_its_name(site: SiteFolder, capsys: Said) -> None:
    (site.folder / "templates").mkdir()
    (site.folder / "templates/footer.html").write_bytes("页脚".encode("gbk"))

    assert main(["check", "--jobs", "1"]) == 2
    assert "templates/footer.html" in capsys.readouterr().out


def test_another_language_is_one_more_file(site: SiteFolder) -> None:
    site.set("site.yaml", "locale", "en")
    site.write("templates/locales/en.yaml", "lang: en\nhow_much: How much\n")

    assert main(["build", "--jobs", "1"]) == 0
    (guide,) = (path for path in (site.out / "items").glob("*.html") if path.name != "index.html")
    page = guide.read_text("utf-8")
    assert '<html lang="en"' in page
    assert "How much" in page
    assert "谁能办" in page  # not translated yet


def test_saves_one_shortly_after_the_other_do_not_read_the_names_aloud_again(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (item,) = (site.folder / "content" / "items").rglob("*.yaml")
    assert site.build() == 0
    monkeypatch.setattr("builder.content.card.sort_key", None)  # what asks for it fails now
    for summary in ("先改成这样", "又改成那样"):
        site.set(item.relative_to(site.folder).as_posix(), "summary", summary)
        assert site.build() == 0
        assert summary in site.page(f"items/{item.stem}.html")


@pytest.mark.parametrize(("code", "exit_code"), [("R201", 0), ("R999", 2)])
def test_the_program_ends_with_the_exit_code_of_its_command_and_has_said_all(code: str, exit_code: int) -> None:
    command = [sys.executable, str(REPOSITORY / "build.py"), "explain", code]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert ended.returncode == exit_code
    assert code in ended.stdout + ended.stderr
