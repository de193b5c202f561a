"""``build.py rename``: an item has another id, all that refers to it follows, and its old address leads on."""

from __future__ import annotations

from datetime import date

import pytest
from site_folder import SiteFolder

Seen = pytest.CaptureFixture[str]

ITEM = "name: {name}\ndepartment: minzheng\ntopics: shenghuo\n"


@pytest.fixture
def town(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """A site in which all kinds of files refer to one item."""
    monkeypatch.setattr("builder.cli.clock.today", lambda: date(2026, 11, 24))
    return site.write_all(
        {
            "site.yaml": "name: 石桥镇办事指南 # 名称\nsearch: 否\ncommon: [linshi-jiuzhu, dibao]\n",
            "content/areas.yaml": "shiqiao: {name: 石桥镇, level: 乡镇街道}\n",
            "content/topics.yaml": "shenghuo: {name: 生活困难}\n",
            "content/departments/minzheng.yaml": "name: 石桥镇民政办\n",
            "content/items/shiqiao/linshi-jiuzhu.yaml": ITEM.format(name="临时救助"),
            "content/items/shiqiao/dibao.yaml": ITEM.format(name="低保") + "next: linshi-jiuzhu # 先办低保\n",
            "content/items/shiqiao/jiu.yaml": ITEM.format(name="旧办法")
            + "status: 已取消\nstatus_note: 并了\nreplaced_by: linshi-jiuzhu\n",
            "content/terms.yaml": "everyday:\n  - {say: [急用钱], items: [dibao, linshi-jiuzhu]}\n",
            "content/editions/linshi-jiuzhu.yaml": "editions:\n  - {code: 0A1B2C, date: 2026-02-03}\n",
            "content/booklets/shouce.yaml": "title: 手册\nentries:\n  - {name: 临时救助, item: linshi-jiuzhu}\n",
        }
    )


def test_all_that_refers_to_the_item_follows_and_remarks_stay(town: SiteFolder) -> None:
    assert town.run("rename", "linshi-jiuzhu", "jinji-jiuzhu", "--jobs", "1") == 0

    files = {path: data.decode() for path, data in town.everything().items() if path.endswith(".yaml")}
    assert [path for path, text in files.items() if "linshi-jiuzhu" in path] == []
    assert [path for path, text in files.items() if "linshi-jiuzhu" in text] == ["content/moved.yaml"]
    assert "content/editions/jinji-jiuzhu.yaml" in files
    assert files["site.yaml"].startswith("name: 石桥镇办事指南 # 名称\n")
    assert "next: jinji-jiuzhu # 先办低保\n" in files["content/items/shiqiao/dibao.yaml"]
    entry = "{name: 临时救助, to: items/jinji-jiuzhu.html, date: 2026-11-24}"
    assert files["content/moved.yaml"] == f"items/linshi-jiuzhu.html: {entry}\n"
    assert town.run("check", "--jobs", "1") == 0
    assert town.run("fmt", "--check", str(town.folder / "content/moved.yaml")) == 0


def test_an_item_renamed_twice_is_reached_at_once_from_both_old_addresses(town: SiteFolder) -> None:
    assert town.run("rename", "linshi-jiuzhu", "jinji-jiuzhu", "--jobs", "1") == 0
    town.write(
        "content/moved.yaml", town.read("content/moved.yaml") + "art/7.html: editions/jinji-jiuzhu.html#0A1B2C\n"
    )
    assert town.run("rename", "jinji-jiuzhu", "jijiu", "--jobs", "1") == 0

    entries = dict(line.split(": ", 1) for line in town.read("content/moved.yaml").splitlines())
    assert "to: items/jijiu.html" in entries["items/linshi-jiuzhu.html"]
    assert "to: items/jijiu.html" in entries["items/jinji-jiuzhu.html"]
    assert entries["art/7.html"] == "editions/jijiu.html#0A1B2C"
    assert town.run("check", "--jobs", "1") == 0


def test_a_draft_was_never_published_and_needs_no_entry(town: SiteFolder) -> None:
    town.write("content/items/shiqiao/cao.yaml", ITEM.format(name="草稿") + "status: 草稿\n")
    assert town.run("rename", "cao", "caogao", "--jobs", "1") == 0
    assert not (town.folder / "content/moved.yaml").exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("linshi-jiuzu", "jijiu", "是不是想写“linshi-jiuzhu”"),
        ("linshi-jiuzhu", "dibao", "已经用在 content/items/shiqiao/dibao.yaml"),
        ("linshi-jiuzhu", "急救", "改成 ji-jiu"),
        ("linshi-jiuzhu", "laodi", "先从 content/moved.yaml 里删掉那一条"),
    ],
)
def test_what_cannot_be_done_changes_nothing(town: SiteFolder, capsys: Seen, old: str, new: str, says: str) -> None:
    town.write("content/moved.yaml", "items/laodi.html: {gone: 不办了}\n")
    before = town.everything()
    assert town.run("rename", old, new, "--jobs", "1") == 2
    assert says in capsys.readouterr().err
    assert town.everything() == before
