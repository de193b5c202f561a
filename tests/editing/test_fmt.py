"""`build.py fmt`: content files in one order and one style, so that a pull request shows only what changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from site_folder import REPOSITORY, SiteFolder, sample_content

from builder.cli import main
from builder.commands.formatting import files_to_format, format_files
from builder.support.workers import FILES_PER_WORKER

Said = pytest.CaptureFixture[str]

ITEM = "content/items/xincheng/shiye-dengji.yaml"
MIXED = "topics: jiuye\n# 官方名称\nname: '失业登记'\n"
FORMATTED = "# 官方名称\nname: 失业登记\ntopics: jiuye\n"


@pytest.fixture
def site(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    site.write_all({"site.yaml": "name: 示例\n", ITEM: MIXED, "content/topics.yaml": "jiuye: 就业\n"})
    monkeypatch.chdir(site.folder)
    return site


def text_of(site: SiteFolder, path: str) -> str:
    return (site.folder / path).read_bytes().decode()


def test_files_are_formatted_once(site: SiteFolder, capsys: Said) -> None:
    assert main(["fmt"]) == 0
    assert text_of(site, ITEM) == FORMATTED
    assert capsys.readouterr().out == f"已整理 {ITEM}\n"
    written = (site.folder / ITEM).stat().st_mtime_ns

    assert main(["fmt"]) == 0
    assert capsys.readouterr().out == "看了 3 个文件，都是整理好的。\n"
    assert (site.folder / ITEM).stat().st_mtime_ns == written


def test_a_check_changes_nothing_and_tells_the_first_line_that_differs(site: SiteFolder, capsys: Said) -> None:
    assert main(["fmt", "--check"]) == 1
    said = capsys.readouterr()
    assert f"{ITEM}:1:1: 错误 E004" in said.out
    assert "整理以后这一行是“# 官方名称”" in said.out
    assert "有 1 个文件还没有整理" in said.err
    assert text_of(site, ITEM) == MIXED

    main(["fmt"])
    assert main(["fmt", "--check"]) == 0


def test_line_ends_and_blank_lines_at_the_end_are_told_as_such(site: SiteFolder, capsys: Said) -> None:
    site.write_all({ITEM: FORMATTED.replace("\n", "\r\n"), "content/topics.yaml": "jiuye: 就业\n\n"})
    assert main(["fmt", "--check"]) == 1
    said = capsys.readouterr().out
    assert f"{ITEM}:1:1" in said
    assert "换行用 LF" in said
    assert "content/topics.yaml:2:1" in said
    assert said.count("末尾有一个换行、没有空行") == 2


def test_only_what_is_asked_for_is_formatted(site: SiteFolder, capsys: Said) -> None:
    other = "content/items/xincheng/canbao.yaml"
    site.write_all({other: MIXED, "content/items/xincheng/说明.txt": "甲"})
    assert main(["fmt", other, "content/topics.yaml"]) == 0
    assert (text_of(site, other), text_of(site, ITEM)) == (FORMATTED, MIXED)
    assert main(["fmt", str(site.folder / "content" / "items")]) == 0
    assert text_of(site, ITEM) == FORMATTED

    for path in ("content/nothing.yaml", "content/items/xincheng/说明.txt", str(site.folder.parent)):
        assert main(["fmt", path]) == 2
        assert "不是内容文件" in capsys.readouterr().err


def test_files_that_cannot_be_read_are_told_and_the_others_formatted(site: SiteFolder, capsys: Said) -> None:
    broken, rare = "content/items/xincheng/a.yaml", "content/items/xincheng/b.yaml"
    texts = {broken: "name: 甲\n title: 乙\n", rare: "? name\n: 甲\n", "site.yaml": "nmae: &a 示例\n"}
    site.write_all(texts)
    assert main(["fmt"]) == 1
    said = capsys.readouterr().out
    assert f"{broken}:2:" in said
    assert f"{rare}:1:1: 警告 E003" in said
    assert "site.yaml:1:7: 错误 Y040" in said
    assert text_of(site, ITEM) == FORMATTED
    assert {path: text_of(site, path) for path in texts} == texts

    site.write_all({broken: "name: 甲\n", "site.yaml": "name: 示例\n"})
    assert main(["fmt", "--check"]) == 0  # what can never be formatted stops no pull request


def test_a_link_stays_a_link(site: SiteFolder) -> None:
    kept = site.folder / "kept.yaml"
    os.replace(site.folder / ITEM, kept)
    (site.folder / ITEM).symlink_to(kept)
    assert main(["fmt"]) == 0
    assert (site.folder / ITEM).is_symlink()
    assert kept.read_text("utf-8") == FORMATTED


def test_a_full_disk_leaves_whole_files(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int, _data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert main(["fmt"]) == 3
    assert text_of(site, ITEM) == MIXED


def test_several_processes_do_the_same(site: SiteFolder) -> None:
    some = {f"content/items/xincheng/a{number}.yaml": MIXED for number in range(FILES_PER_WORKER)}
    site.write_all(some)
    assert main(["fmt", "--jobs", "2"]) == 0
    assert {text_of(site, path) for path in some} == {FORMATTED}


def test_there_is_nothing_to_format_without_a_site(tmp_path: Path, capsys: Said) -> None:
    assert main(["fmt", "--site", str(tmp_path / "site.yaml")]) == 2
    assert "G001" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["", "examples/qingjiang", "builder/commands/init/site"])
def test_the_content_of_the_repository_is_formatted(folder: str) -> None:
    sample_content()
    root = REPOSITORY / folder
    files = files_to_format(root / "site.yaml", [])
    assert len(files) > 5
    outcomes = format_files(root, files, 1, lambda *_: lambda _: None, write=False)
    assert [outcome for outcome in outcomes if outcome.other_style or outcome.findings] == []
