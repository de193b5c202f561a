"""Paper that is printed and hung: it is registered, held against the guide, and told apart when the guide changes."""

from __future__ import annotations

import html
import re
import shutil

import pytest
from site_folder import SiteFolder

from builder.cli import main

Said = pytest.CaptureFixture[str]

ID = "linshi-jiuzhu"
REGISTER = f"content/editions/{ID}.yaml"


@pytest.fixture
def site(one_guide: SiteFolder) -> SiteFolder:
    """A site with one guide of which no paper was registered."""
    shutil.rmtree(one_guide.folder / "content/editions", ignore_errors=True)
    return one_guide


def edit(site: SiteFolder, old: str, new: str) -> None:
    site.replace(f"content/items/xincheng/{ID}.yaml", old, new)


def register(*options: str) -> int:
    return main(["register", ID, "--jobs", "1", *options])


def built(site: SiteFolder, path: str) -> str:
    site.built()
    return site.page(path)


def code_on(sheet: str) -> str:
    found = re.search(r"版本：?(?:</dt><dd>)?([0-9A-F]{6})", sheet)
    assert found
    return found[1]


def test_every_sheet_of_a_guide_carries_the_code_of_its_edition_page(site: SiteFolder) -> None:
    page = built(site, f"editions/{ID}.html")
    for kind in ("guide", "short", "notice", "poster"):
        assert f'id="{code_on(built(site, f"print/{kind}/{ID}.html"))}" class="edition current"' in page, kind


def test_all_that_the_full_guide_says_is_part_of_its_edition(site: SiteFolder) -> None:
    """Else paper could be wrong and pass for current. Headings, sources and dates of checks are no part of it."""
    assert register() == 0
    said = re.sub(r"[\s，。；：、（）“”()·]", "", site.read(REGISTER))
    sheet = built(site, f"print/guide/{ID}.html")
    body = sheet[sheet.index("<section><h2>") : sheet.index('<section class="sheet-end">')]
    headings = re.findall(r"<(?:h[23]|dt|th|caption)\b[^>]*>([^<]+)<", body)
    texts = re.findall(r">([^<]+)<", body)
    pieces = {
        piece
        for text in texts
        if text not in headings
        for piece in re.split(r"[；，：、（）。\s]", html.unescape(text))
    }
    missing = {piece for piece in pieces if re.sub(r"[“”()·]", "", piece) not in said}
    assert missing <= {"满足其中一项", "都要满足", "请电话确认", "任选其一", "注"}
    assert len(pieces) > 60


def test_paper_that_is_still_right_is_not_complained_of(site: SiteFolder, capsys: Said) -> None:
    assert register("--paper", "流程图海报", "--note", "进门左边") == 0
    capsys.readouterr()
    edit(site, "notes: 这一条备注不会公开", "notes: 另一条备注")
    assert main(["check", "--jobs", "1", "--strict"]) == 0
    assert "R240" not in capsys.readouterr().out


def test_after_a_change_the_check_lists_what_is_to_be_printed_again_and_where_it_hangs(
    site: SiteFolder, capsys: Said
) -> None:
    assert register("--paper", "流程图海报", "--note", "进门左边", "--copies", "2") == 0
    edit(site, "收材料，当场看齐不齐", "收下材料")
    capsys.readouterr()
    assert main(["check", "--jobs", "1"]) == 0
    told = capsys.readouterr().out
    assert "过时了，改了：怎么办" in told
    assert "要重印：流程图海报2份（进门左边）" in told


def test_printed_again_and_registered_the_complaint_is_gone(site: SiteFolder, capsys: Said) -> None:
    assert register("--paper", "流程图海报") == 0
    edit(site, "收材料，当场看齐不齐", "收下材料")
    assert register("--paper", "流程图海报") == 0
    capsys.readouterr()
    assert main(["check", "--jobs", "1", "--strict"]) == 0
    assert "R240" not in capsys.readouterr().out


def test_the_page_says_what_changed_and_since_when(site: SiteFolder) -> None:
    assert register("--date", "2026-03-05") == 0
    old = code_on(built(site, f"print/short/{ID}.html"))
    edit(site, "收材料，当场看齐不齐", "收下材料")
    assert register("--date", "2026-04-01") == 0
    page = built(site, f"editions/{ID}.html")
    current, _, older = page.partition(f'<section id="{old}"')
    assert "从2026年4月1日起用。" in current
    assert "从2026年3月5日起用。到2026年4月1日换了新的。" in older
    assert "<del>2. 社区居委会：收材料，当场看齐不齐" in older
    assert "<ins>2. 社区居委会：收下材料" in older
    assert "从2026年4月1日起用" in built(site, f"items/{ID}.html")


def test_every_sheet_says_since_when_its_edition_holds(site: SiteFolder) -> None:
    site.built()
    assert register("--date", "2026-04-01") == 0
    site.built()
    for kind in ("guide", "short", "notice", "poster"):
        sheet = site.page(f"print/{kind}/{ID}.html")
        assert f"{code_on(sheet)}（2026年4月1日）" in sheet, kind


def test_the_same_edition_is_registered_once_and_gets_more_papers(site: SiteFolder, capsys: Said) -> None:
    assert register("--paper", "简版指南") == 0
    before = site.read(REGISTER)
    assert register("--paper", "简版指南") == 0
    assert "没有变化" in capsys.readouterr().out
    assert site.read(REGISTER) == before
    assert register("--paper", "一次性告知单", "--copies", "100") == 0
    text = site.read(REGISTER)
    assert text.count("- code:") == 1
    assert "{kind: 简版指南}" in text
    assert "{kind: 一次性告知单, copies: 100}" in text


def test_what_was_written_into_a_register_by_hand_stays(site: SiteFolder) -> None:
    assert register("--paper", "简版指南") == 0
    site.replace(REGISTER, "{kind: 简版指南}", "{kind: 简版指南, note: 门口}  # 王姐贴的")
    assert register("--paper", "一次性告知单") == 0
    assert "- {kind: 简版指南, note: 门口}  # 王姐贴的\n      - {kind: 一次性告知单}\n" in site.read(REGISTER)


def test_a_register_in_an_unusual_way_of_writing_is_left_to_the_editor(site: SiteFolder, capsys: Said) -> None:
    assert register() == 0
    site.replace(REGISTER, "editions:\n", "? editions\n:\n")
    before = site.read(REGISTER)
    assert register("--paper", "简版指南") == 2
    assert f"{REGISTER}：这份文件里有“?”开头的字段名" in capsys.readouterr().err
    assert site.read(REGISTER) == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["linshi-jiuzu"], "没有编号为“linshi-jiuzu”的在办事项或一件事。是不是想写“linshi-jiuzhu”？"),
        ([ID, "--paper", "简版指南", "--place", "nali"], "没有编号为“nali”的地点"),
        ([], "写上事项编号，或用 --all"),
    ],
)
def test_a_slip_of_the_pen_registers_nothing(site: SiteFolder, capsys: Said, options: list[str], says: str) -> None:
    assert main(["register", "--jobs", "1", *options]) == 2
    assert says in capsys.readouterr().err
    assert not (site.folder / "content/editions").exists()


def test_all_guides_can_be_registered_at_once(site: SiteFolder, capsys: Said) -> None:
    assert main(["register", "--all", "--jobs", "1"]) == 0
    assert f"已登记 {REGISTER}" in capsys.readouterr().out
