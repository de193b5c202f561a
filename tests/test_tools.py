"""The tools for those who write content after documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parent.parent / "tools"

DOCUMENT = """\
1 社保卡挂失
  持卡人带本人的居民身份证原件到户籍所在地的社会保障事务
所填写申请表，当场办结。
2 社保卡补办
  同上。
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one item that was written after lines 1 to 3 of a document."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text(DOCUMENT, "utf-8")
    write(tmp_path, "summary: 带身份证到社保所，当场办好")
    return tmp_path


def write(site: Path, fields: str, *, name: str = "社保卡挂失", at: str = "第1-3行，序号 1") -> None:
    item = site / "content" / "items" / "xincheng" / "guashi.yaml"
    item.parent.mkdir(parents=True, exist_ok=True)
    item.write_text(f"name: {name}\n{fields}\nprovenance: {{source: qingdan, at: {at}}}\n", "utf-8")


def run(site: Path, tool: str, *arguments: str) -> tuple[int, str]:
    """Return the exit code of a tool that is run in the folder of the site, and what it prints."""
    done = subprocess.run(
        [sys.executable, str(TOOLS / tool), *arguments], cwd=site, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


# --- pasted.py ---------------------------------------------------------------------------------------------------------


def test_a_sentence_of_ones_own_is_not_pasted(site: Path) -> None:
    code, told = run(site, "pasted.py", "documents")
    assert (code, told) == (0, "1 files, 1 documents, 0 runs of 25 characters or more\n")


def test_a_pasted_sentence_is_told_with_its_place_although_the_document_breaks_the_line(site: Path) -> None:
    write(site, "summary: 先想好\nbody: 请持卡人带本人的居民身份证原件到户籍所在地的社会保障事务所去")
    code, told = run(site, "pasted.py", "documents")
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
def test_short_runs_titles_and_names_are_nobodys_sentences(site: Path, fields: str) -> None:
    write(site, fields)
    assert run(site, "pasted.py", "documents")[0] == 0


# --- coverage.py -------------------------------------------------------------------------------------------------------


def check_list(site: Path, **entry: str) -> str:
    wanted = {"id": "A01", "source": "a.txt", "name": "社保卡挂失", "text": "社保卡挂失\n持卡人带本人的", **entry}
    path = site / "list.jsonl"
    path.write_text(json.dumps(wanted, ensure_ascii=False) + "\n", "utf-8")
    return str(path)


def test_an_item_with_the_name_and_the_lines_covers_an_entry(site: Path) -> None:
    code, told = run(site, "coverage.py", check_list(site), "documents")
    assert (code, told) == (0, "1 covered, 0 by name alone, 0 missing; 0 items are on no list\n")


def test_an_alias_counts_as_a_name_and_brackets_do_not_matter(site: Path) -> None:
    write(site, "aliases: [《社保卡》挂失]", name="挂失社保卡")
    assert run(site, "coverage.py", check_list(site), "documents")[0] == 0


def test_what_has_the_name_but_other_lines_is_told_apart(site: Path) -> None:
    write(site, "summary: 当场办好", at="第9行")
    code, told = run(site, "coverage.py", check_list(site), "documents")
    assert code == 1
    assert "are in no provenance of content/items/xincheng/guashi.yaml" in told
    assert "0 covered, 1 by name alone, 0 missing" in told


def test_what_is_missing_is_told_with_the_items_written_after_the_same_lines(site: Path) -> None:
    code, told = run(site, "coverage.py", check_list(site, name="社保卡补办"), "documents")
    assert code == 1
    assert told.startswith("A01 社保卡补办: missing; lines ((1, 2),) are in content/items/xincheng/guashi.yaml\n")
