"""The tools for those who write content after documents."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from site_folder import REPOSITORY, SiteFolder

from tools import coverage, pasted

DOCUMENT = """\
1 社保卡挂失
  持卡人带本人的居民身份证原件到户籍所在地的社会保障事务
所填写申请表，当场办结。
2 社保卡补办
  同上。
"""


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def site(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """A site with one item that was written after lines 1 to 3 of a document; it is the current folder."""
    site.write("documents/a.txt", DOCUMENT)
    write(site, "summary: 带身份证到社保所，当场办好")
    monkeypatch.chdir(site.folder)
    return site


def write(site: SiteFolder, fields: str, *, name: str = "社保卡挂失", at: str = "第1-3行，序号 1") -> None:
    item = f"name: {name}\n{fields}\nprovenance: {{source: qingdan, at: {at}}}\n"
    site.write("content/items/xincheng/guashi.yaml", item)


@pytest.fixture
def run(site: SiteFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a tool with these arguments; return its exit code and what it prints."""

    def run(tool: Callable[[], int], *arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["tool", *arguments])
        return tool(), capsys.readouterr().out

    return run


@pytest.mark.parametrize("tool", ["pasted.py", "coverage.py"])
def test_a_tool_is_a_program_that_tells_how_it_is_called(tool: str, site: SiteFolder) -> None:
    command = [sys.executable, str(REPOSITORY / "tools" / tool)]
    done = subprocess.run(command, cwd=site.folder, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (2, "")
    assert f"uv run tools/{tool}" in done.stdout


# --- pasted.py ---------------------------------------------------------------------------------------------------------


def test_a_sentence_of_ones_own_is_not_pasted(run: Run) -> None:
    code, told = run(pasted.main, "documents")
    assert (code, told) == (0, "1 files, 1 documents, 0 runs of 25 characters or more\n")


def test_a_pasted_sentence_is_told_with_its_place_although_the_document_breaks_the_line(
    site: SiteFolder, run: Run
) -> None:
    write(site, "summary: 先想好\nbody: 请持卡人带本人的居民身份证原件到户籍所在地的社会保障事务所去")
    code, told = run(pasted.main, "documents")
    assert code == 1
    assert told.startswith("content/items/xincheng/guashi.yaml:3: body: 28 持卡人带本人的居民身份证原件")


@pytest.mark.parametrize(
    "fields",
    [
        "body: 请持卡人带本人的居民身份证原件到户籍所在地的社会保",  # 24 characters the same
        "body: 填《持卡人带本人的居民身份证原件到户籍所在地的社会保障事务所填写申请表》",  # the title of a form
        "aliases: 持卡人带本人的居民身份证原件到户籍所在地的社会保障事务所",  # a name
    ],
)
def test_short_runs_titles_and_names_are_nobodys_sentences(site: SiteFolder, run: Run, fields: str) -> None:
    write(site, fields)
    assert run(pasted.main, "documents")[0] == 0


# --- coverage.py -------------------------------------------------------------------------------------------------------


def check_list(site: SiteFolder, **entry: str) -> str:
    wanted = {"id": "A01", "source": "a.txt", "name": "社保卡挂失", "text": "社保卡挂失\n持卡人带本人的", **entry}
    site.write("list.jsonl", json.dumps(wanted, ensure_ascii=False) + "\n")
    return "list.jsonl"


def test_an_item_with_the_name_and_the_lines_covers_an_entry(site: SiteFolder, run: Run) -> None:
    code, told = run(coverage.main, check_list(site), "documents")
    assert (code, told) == (0, "1 covered, 0 by name alone, 0 missing; 0 items are on no list\n")


def test_an_alias_counts_as_a_name_and_brackets_do_not_matter(site: SiteFolder, run: Run) -> None:
    write(site, "aliases: [《社保卡》挂失]", name="挂失社保卡")
    assert run(coverage.main, check_list(site), "documents")[0] == 0


def test_what_has_the_name_but_other_lines_is_told_apart(site: SiteFolder, run: Run) -> None:
    write(site, "summary: 当场办好", at="第9行")
    code, told = run(coverage.main, check_list(site), "documents")
    assert code == 1
    assert "are in no provenance of content/items/xincheng/guashi.yaml" in told
    assert "0 covered, 1 by name alone, 0 missing" in told


def test_what_is_missing_is_told_with_the_items_written_after_the_same_lines(site: SiteFolder, run: Run) -> None:
    code, told = run(coverage.main, check_list(site, name="社保卡补办"), "documents")
    assert code == 1
    assert told.startswith("A01 社保卡补办: missing; lines ((1, 2),) are in content/items/xincheng/guashi.yaml\n")
