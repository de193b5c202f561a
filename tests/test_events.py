"""A matter of life (一件事): one page over several items, by the answer to its first question."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from site_folder import SiteFolder

from builder.cli.console import no_progress
from builder.commands import Refused
from builder.commands.pdf import Request, requested_pages
from builder.content.model.editions import PaperKind
from builder.pipeline import check
from builder.project import open_project
from builder.support.fingerprint import fingerprint
from builder.support.processes import Processes

AREAS = "zhen: {name: 甲县乙镇, level: 乡镇街道}\n"
EVENT = """\
life: shenhou
area: zhen
starts: 去世
people: [去世的人, 家属]
questions:
  - id: shei
    ask: 去世的人是哪一种？
    options:
      - {id: tx, text: 退休人员}
      - {id: cz, text: 超转人员}
  - id: can
    ask: 有残疾人证吗？
    options: [{id: you, text: 有残疾人证}, {id: mei, text: 没有残疾人证}]
items:
  - {item: sangzangfei, if: [shei=tx]}
  - {item: qingsuan, if: [shei=tx]}
  - {item: jianyuan, if: [shei=cz]}
  - {item: zhuxiao, if: [can=you]}
"""
PROOF = "materials:\n  - {ref: siwang, whose: 去世的人, form: 复印件, copies: 1}\n"


@pytest.fixture
def town(tmp_path: Path) -> SiteFolder:
    site = SiteFolder(tmp_path)
    site.write("site.yaml", "name: 乙镇办事指南\nsearch: 否\n")
    site.write("content/areas.yaml", AREAS)
    site.write("content/topics.yaml", "sangzang: 身后事\n")
    site.write("content/departments/suo.yaml", "name: 社保所\n")
    site.write("content/materials.yaml", "siwang: {name: 死亡证明}\n")
    site.write("content/lives.yaml", "shenhou: {name: 家里有人去世, say: [老人去世]}\n")
    site.write("content/events/zhen-shenhou.yaml", EVENT)
    more = {"sangzangfei": "windows: 去世之日起60日内\n"}
    for id, name in (
        ("sangzangfei", "领丧葬费"),
        ("qingsuan", "结清养老"),
        ("jianyuan", "减员"),
        ("zhuxiao", "注销残疾人证"),
    ):
        site.write(
            f"content/items/zhen/{id}.yaml",
            f"name: {name}\ndepartment: suo\ntopics: sangzang\n{PROOF}{more.get(id, '')}",
        )
    return site


def part(html: str, id: str) -> str:
    """Return the text of the section of one answer, without what only further answers show."""
    (found,) = (
        one for one in re.findall(r'<section class="event-part".*?</section>', html, re.DOTALL) if f"o-{id}" in one
    )
    shown = re.sub(r"<(\w+)[^>]* hidden>.*?</\1>", " ", found)
    return " ".join(unescape(re.sub("<[^>]+>", " ", shown)).split())


def page(site: SiteFolder) -> str:
    return (site.folder / "public/events/zhen-shenhou.html").read_text("utf-8")


def test_each_answer_has_its_own_steps_and_its_own_total(town: SiteFolder) -> None:
    town.build()
    retired, others = part(page(town), "tx"), part(page(town), "cz")
    assert "复印件2份" in retired
    assert "领丧葬费" in retired
    assert "领丧葬费" not in others
    assert "复印件1份" in others
    assert "有残疾人证的" in retired  # what hangs on the other question stands beside the total


def test_an_edited_item_remakes_its_event_as_a_clean_build_does(town: SiteFolder) -> None:
    town.build()
    file = town.folder / "content/items/zhen/qingsuan.yaml"
    file.write_text(file.read_text("utf-8").replace("copies: 1", "copies: 3"), "utf-8")
    town.build()
    edited = page(town)
    assert "复印件4份" in part(edited, "tx")
    town.build("--clean")
    assert page(town) == edited


def test_a_step_that_is_suspended_leaves_the_page(town: SiteFolder) -> None:
    file = town.folder / "content/items/zhen/zhuxiao.yaml"
    file.write_text(file.read_text("utf-8") + "status: 暂停\nstatus_note: 系统升级\n", "utf-8")
    town.build()
    assert "注销残疾人证" not in page(town)


def test_a_guide_names_its_event_and_the_site_maps_have_it(town: SiteFolder) -> None:
    town.build()
    public = town.folder / "public"
    assert 'href="../events/zhen-shenhou.html">家里有人去世' in (public / "items/jianyuan.html").read_text("utf-8")
    assert "events/zhen-shenhou.html" in (public / "sitemap.html").read_text("utf-8")
    assert "events/zhen-shenhou.html" in (public / "events/index.html").read_text("utf-8")


def test_a_term_that_counts_from_the_day_tells_the_script_its_days(town: SiteFolder) -> None:
    town.build()
    assert 'data-after="60">第1件：去世之日起60日内' in page(town).replace("\n", "")


def test_the_home_page_and_the_search_lead_to_it(town: SiteFolder) -> None:
    town.build()
    public = town.folder / "public"
    home = (public / "index.html").read_text("utf-8")
    assert 0 < home.index('href="events/zhen-shenhou.html"') < home.index('id="topics"')
    found = (public / "search/items.js").read_text("utf-8")
    assert '["shenhou","家里有人去世|老人去世",[0]]' in found


def sheet(site: SiteFolder, answer: str = "") -> str:
    """Return the text of the sheet of the event, or of that for one answer."""
    path = f"print/event/zhen-shenhou{answer and '/'}{answer}.html"
    html = (site.folder / "public" / path).read_text("utf-8")
    return " ".join(unescape(re.sub("<[^>]+>", " ", html[html.index("<main") :])).split())


def test_each_answer_has_a_sheet_of_its_own_with_one_list(town: SiteFolder) -> None:
    town.build()
    retired, others = sheet(town, "tx"), sheet(town, "cz")
    assert "一次性告知单（一件事） 家里有人去世：退休人员" in retired
    assert "死亡证明 复印件2份 另加复印件1份（③） →①、②各复印件1份" in retired
    assert "③ 注销残疾人证 有残疾人证的才办" in retired
    assert "① 领丧葬费 去世之日起60日内" in retired
    assert "领丧葬费" not in others
    assert retired.count("申请人：") == 1


def test_the_sheet_of_an_event_tells_which_steps_are_whose_and_each_step_once_with_its_own_list(
    town: SiteFolder,
) -> None:
    town.build()
    of_all = sheet(town)
    assert "退休人员 都要办：①、②；有残疾人证的：④ 超转人员 都要办：③；有残疾人证的：④" in of_all
    assert of_all.count("领丧葬费") == of_all.count("注销残疾人证") == 1
    assert "③ 减员 死亡证明 复印件1份" in of_all
    assert "复印件2份" not in of_all  # what excludes each other has no sum


def test_what_is_not_known_of_any_step_stands_once_on_the_sheet_of_all_answers(town: SiteFolder) -> None:
    for file in (town.folder / "content/items/zhen").glob("*.yaml"):
        file.write_text(file.read_text("utf-8").partition("materials:")[0], "utf-8")
    town.build()
    assert sheet(town).count("没写要带什么") == 1


def test_an_event_that_asks_nothing_has_one_sheet_with_one_list(town: SiteFolder) -> None:
    asked = EVENT[EVENT.index("questions:") : EVENT.index("items:")]
    town.write("content/events/zhen-shenhou.yaml", re.sub(r", if: \[.*?\]", "", EVENT.replace(asked, "")))
    town.build()
    assert "死亡证明 复印件4份" in sheet(town)
    assert not (town.folder / "public/print/event/zhen-shenhou").exists()


def test_a_case_that_is_done_online_sends_nobody_to_the_place_of_the_item(town: SiteFolder) -> None:
    town.write("content/places/ting.yaml", "name: 大厅\nkind: 办事大厅\n")
    place = "topics: sangzang\nplaces: ting\n"
    online = f"{place}variants: [{{id: wang, name: 本人, channels: 网上办理}}, {{id: dai, name: 家属}}]\n"
    town.replace("content/items/zhen/zhuxiao.yaml", "topics: sangzang\n", online)
    town.replace("content/items/zhen/jianyuan.yaml", "topics: sangzang\n", f"{place}channels: [网上办理, 窗口办理]\n")
    town.write("content/events/zhen-shenhou.yaml", EVENT.replace("item: zhuxiao,", "item: zhuxiao, case: wang,"))
    town.build()
    assert "减员 大厅 也可以在网上办" in part(page(town), "cz")
    assert "大厅" not in part(page(town), "tx")
    assert "④ 注销残疾人证（本人） 有残疾人证的才办 在网上办" in sheet(town)


def test_pages_lead_to_the_sheets(town: SiteFolder) -> None:
    town.build()
    print_index = (town.folder / "public/print/index.html").read_text("utf-8")
    assert 'href="../print/event/zhen-shenhou.html"' in print_index
    of_all = (town.folder / "public/print/event/zhen-shenhou.html").read_text("utf-8")
    assert 'href="zhen-shenhou/tx.html">退休人员' in of_all
    one = (town.folder / "public/print/event/zhen-shenhou/tx.html").read_text("utf-8")
    assert 'href="../zhen-shenhou.html"' in one
    assert 'href="../print/event/zhen-shenhou.html" data-sheet' in page(
        town
    )  # with script, the sheet of what is chosen


def test_all_sheets_have_one_edition_which_follows_the_items(town: SiteFolder) -> None:
    def edition() -> str:
        town.build()
        found = {re.search(r"版本：\s*([0-9A-F]{6})", sheet(town, answer)) for answer in ("", "tx", "cz")}
        (code,) = {one and one[1] for one in found}
        return str(code)

    before = edition()
    town.replace("content/items/zhen/jianyuan.yaml", "copies: 1", "copies: 2")
    assert edition() != before


def test_what_a_step_asks_for_that_may_be_left_out_is_never_in_the_sum(town: SiteFolder) -> None:
    town.write("content/events/zhen-shenhou.yaml", EVENT.replace("qingsuan, if", "qingsuan, maybe: 是, if"))
    town.build()
    retired = part(page(town), "tx")
    assert "复印件1份" in retired
    assert "复印件2份" not in retired
    assert "另加： 复印件1份（办第2件的才要）" in retired


def test_a_saved_event_is_known_to_the_page_of_what_is_kept(town: SiteFolder) -> None:
    town.build()
    mine = (town.folder / "public/mine.html").read_text("utf-8")
    marks = re.search(r'data-marks="([^"]*)"', mine)
    assert marks
    assert fingerprint("e/zhen-shenhou") in marks[1].split()


def test_a_finding_of_an_event_goes_when_an_editor_notes_in_the_item_what_nobody_knows(
    town: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    town.replace("content/materials.yaml", "死亡证明}", "死亡证明, lasting: 是}")
    town.replace("content/items/zhen/qingsuan.yaml", "whose: 去世的人, ", "")
    town.run("check")
    assert "警告 E609" in capsys.readouterr().out

    town.set("content/items/zhen/qingsuan.yaml", "notes", "死亡证明是谁的，资料没有写。")
    town.run("check")
    assert "E609" not in capsys.readouterr().out


def test_what_is_done_at_one_place_on_days_that_meet_is_one_trip(town: SiteFolder) -> None:
    town.write("content/places/dating.yaml", "name: 大厅\nkind: 办事大厅\naddress: 乙镇1号\n")
    for id, days in (
        ("sangzangfei", "每月5日至20日"),
        ("qingsuan", "每月6日至25日"),
        ("zhuxiao", "每年9月1日至9月25日"),
    ):
        town.replace(f"content/items/zhen/{id}.yaml", "department: suo\n", "department: suo\nplaces: dating\n")
        town.set(f"content/items/zhen/{id}.yaml", "windows", days)
    town.build()
    retired = part(page(town), "tx")
    assert "大厅：第1件、第2件一趟办完，每月6日至20日去" in retired
    assert "大厅，再去一趟：第3件，9月去" in retired  # nobody waits for September


def test_of_which_benefits_one_gets_one_is_told_once(town: SiteFolder) -> None:
    town.write("content/events/zhen-shenhou.yaml", f"{EVENT}only_one: [sangzangfei, jianyuan]\n")
    town.build()
    assert page(town).count("这几样只能办一样：领丧葬费、减员") == page(town).count("只能办一样") == 1

    both = EVENT.replace("jianyuan, if: [shei=cz]", "jianyuan, if: [shei=tx, shei=cz, can=you]")
    both = both.replace("sangzangfei, if: [shei=tx]", "sangzangfei, if: [shei=tx, can=mei]")
    town.write("content/events/zhen-shenhou.yaml", f"{both}only_one: [sangzangfei, jianyuan]\n")
    town.build()
    assert "第1件、第3件只能办一样" in part(page(town), "tx")  # as long as nobody said which


def test_a_step_keeps_its_number_when_answers_hide_others_and_an_answer_tells_the_first_sure_one(
    town: SiteFolder,
) -> None:
    town.write("content/events/zhen-shenhou.yaml", EVENT.replace("qingsuan, if: [shei=tx]", "qingsuan, if: [can=you]"))
    town.replace("content/events/zhen-shenhou.yaml", "sangzangfei, if", "sangzangfei, maybe: 是, if")
    town.build()
    made = page(town)
    assert re.findall(r'<li value="(\d)"', made[made.index('id="o-cz"') :]) == ["1", "2", "3"]
    assert re.findall("先办：([^<]+)<", made) == ["减员"]  # the retired have none that is sure


def registered(site: SiteFolder, *options: str) -> int:
    return site.run("register", "zhen-shenhou", "--date", "2026-04-01", *options)


def test_paper_of_an_event_is_to_be_printed_again_when_one_of_its_items_says_something_else(
    town: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert registered(town, "--paper", "一件事", "--note", "门口", "--copies", "50") == 0
    town.run("check")
    assert "R240" not in capsys.readouterr().out

    town.replace("content/items/zhen/jianyuan.yaml", "copies: 1", "copies: 2")
    town.run("check")
    told = capsys.readouterr().out
    assert "警告 R240: “家里有人去世”2026-04-01 的版本" in told
    assert "过时了，改了：超转人员\n" in told
    assert "要重印：一件事告知单50份（门口）" in told

    assert registered(town, "--paper", "一件事", "--note", "门口") == 0
    capsys.readouterr()
    town.run("check")
    assert "R240" not in capsys.readouterr().out


def test_the_edition_of_a_sheet_is_the_one_that_was_registered(town: SiteFolder) -> None:
    assert registered(town) == 0
    code = re.search(r"code: ([0-9A-F]{6})", town.read("content/editions/zhen-shenhou.yaml"))
    assert code
    town.build()
    assert f"版本：{code[1]}（2026年4月1日）" in sheet(town, "cz").replace("： ", "：")


def test_paper_of_an_event_that_is_gone_is_to_be_taken_down(
    town: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert registered(town, "--paper", "一件事") == 0
    (town.folder / "content/events/zhen-shenhou.yaml").unlink()
    town.run("check")
    assert "R241: “zhen-shenhou”不在办了，要撤下：一件事告知单" in capsys.readouterr().out


@pytest.mark.parametrize(("id", "paper"), [("zhen-shenhou", "简版指南"), ("jianyuan", "一件事")])
def test_an_event_has_one_kind_of_paper_and_no_item_has_it(
    id: str, paper: str, town: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert town.run("register", id, "--paper", paper) == 2
    assert f"“{id}”没有“{paper}" in capsys.readouterr().err
    assert not (town.folder / "content/editions").exists()


@pytest.mark.parametrize(("paper", "count"), [("一件事", 1), ("简版指南", 4)])
def test_all_that_have_a_kind_of_paper_are_registered_at_once(paper: str, count: int, town: SiteFolder) -> None:
    assert town.run("register", "--all", "--paper", paper) == 0
    assert len([*(town.folder / "content/editions").iterdir()]) == count


ALL_SHEETS = ["print/event/zhen-shenhou.html", "print/event/zhen-shenhou/cz.html", "print/event/zhen-shenhou/tx.html"]


def test_sheets_of_an_event_are_asked_for_as_pdf_by_its_id_its_name_or_their_kind(town: SiteFolder) -> None:
    town.build()
    project = open_project(town.folder / "site.yaml")
    site = check(project, Processes(1), no_progress, date(2026, 4, 1)).site

    def asked(**request: Any) -> list[str]:
        return requested_pages(project, site, Request(**request))

    assert asked(items=["zhen-shenhou"]) == asked(items=["家里有人去世"]) == ALL_SHEETS
    assert asked(all=True, kinds=[PaperKind.EVENT]) == ALL_SHEETS
    assert set(ALL_SHEETS) < set(asked(all=True))
    with pytest.raises(Refused):
        asked(items=["zhen-shenhou"], kinds=[PaperKind.GUIDE])


def test_an_event_is_a_booklet_of_its_lists_and_the_guides_of_its_steps_in_their_order(town: SiteFolder) -> None:
    town.build()
    booklet = town.page("print/booklet/event-zhen-shenhou.html")
    bound = re.findall(r'<section class="bound[^"]*" id="([^"]+)"', booklet)
    assert bound == ["s-1", "s-2", "b-sangzangfei", "b-qingsuan", "b-jianyuan", "b-zhuxiao"]
    assert set(re.findall(r'href="#([^"]+)"', booklet)) <= set(re.findall(r'\bid="([^"]+)"', booklet))
    assert "退休人员</span></a>" in booklet
    assert booklet.count("申请人：</span>") == 2
    assert 'href="../print/booklet/event-zhen-shenhou.html">' in town.page("print/index.html")


def test_the_booklet_of_an_event_is_bound_again_when_a_step_changes(town: SiteFolder) -> None:
    def edition() -> str:
        town.build()
        found = re.search(r"版本：([0-9A-F]{6})", town.page("print/booklet/event-zhen-shenhou.html"))
        assert found
        return found[1]

    before = edition()
    town.replace("content/items/zhen/jianyuan.yaml", "copies: 1", "copies: 2")
    after = edition()
    assert after != before
    made = town.page("print/booklet/event-zhen-shenhou.html")
    town.build("--clean")
    assert town.page("print/booklet/event-zhen-shenhou.html") == made


def test_the_old_address_of_an_event_and_of_its_sheet_lead_on(town: SiteFolder) -> None:
    town.write("content/moved.yaml", "events/lao.html: events/zhen-shenhou.html\nevents/meile.html: {gone: 不再单列}\n")
    town.built()

    assert 'url=../events/zhen-shenhou.html"' in town.page("events/lao.html")
    assert 'url=../../print/event/zhen-shenhou.html"' in town.page("print/event/lao.html")
    assert 'url=../../print/booklet/event-zhen-shenhou.html"' in town.page("print/booklet/event-lao.html")
    assert "不再单列" in town.page("print/event/meile.html")
    for answer in ("tx", "cz"):
        assert f'url=../../../print/event/zhen-shenhou/{answer}.html"' in town.page(f"print/event/lao/{answer}.html")


def test_the_sheets_of_answers_that_an_event_has_no_more_lead_to_its_sheet(
    town: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for all of them, which the next release asks for; another event that moves here takes them along."""
    town.built()
    assert town.run("package", "--jobs", "1") == 0
    town.replace("content/events/zhen-shenhou.yaml", "tx", "tuixiu")
    town.replace("content/events/zhen-shenhou.yaml", "cz", "chaozhuan")
    capsys.readouterr()
    assert town.run("package", "--since", "--jobs", "1") == 1
    said = "".join(capsys.readouterr())
    assert said.count("R264") == 1
    line = re.search(r"加一行“(before: .*)”", said)
    assert line

    town.replace("content/events/zhen-shenhou.yaml", "    options:\n      -", f"    {line[1]}\n    options:\n      -")
    town.write("content/moved.yaml", "events/lao.html: events/zhen-shenhou.html\n")
    assert town.run("package", "--since", "--jobs", "1") == 0
    for answer in ("tx", "cz"):
        for event in ("zhen-shenhou", "lao"):
            page = town.page(f"print/event/{event}/{answer}.html")
            assert 'url=../../../print/event/zhen-shenhou.html"' in page
            assert "家里有人去世" in page
    assert "请看这件事现在的告知单" in town.page("print/event/zhen-shenhou/tx.html")


def test_one_line_answers_for_all_sheets_of_an_event_that_is_gone(
    town: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert town.run("package", "--jobs", "1") == 0
    (town.folder / "content/events/zhen-shenhou.yaml").unlink()
    capsys.readouterr()
    assert town.run("package", "--since", "--jobs", "1") == 1
    lines = re.findall(r"加一行“(events/.*)”，gone", "".join(capsys.readouterr()))
    assert len(lines) == 2  # the event and, as there is no other, the list of events

    town.write("content/moved.yaml", "\n".join(lines))
    assert town.run("package", "--since", "--jobs", "1") == 0
    assert "这一页不再用了" in town.page("print/event/zhen-shenhou/tx.html")


def test_the_old_record_of_an_event_names_the_one_in_its_place_or_says_why_there_is_none(town: SiteFolder) -> None:
    town.write("content/moved.yaml", "events/lao.html: events/zhen-shenhou.html\nevents/meile.html: {gone: 不再单列}\n")
    town.built()

    record = json.loads(town.page("data/events/lao.json"))
    assert (record["@type"], record["id"], record["replaced_by"]["id"]) == ("Event", "lao", "zhen-shenhou")
    assert json.loads(town.page("data/events/meile.json"))["status_note"] == "不再单列"


def test_uses_are_told_with_the_name_of_an_event(town: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert town.run("check", "--uses", "item:sangzangfei") == 0
    assert "一件事《家里有人去世》" in capsys.readouterr().out


def test_what_is_no_item_says_how_an_event_is_changed(town: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert town.run("rename", "zhen-shenhou", "shenhou") == 2
    assert "events/zhen-shenhou.html: events/shenhou.html" in capsys.readouterr().err
    assert town.run("export", "zhen-shenhou", "--to", "docx") == 2
    assert "直接改 content/events/zhen-shenhou.yaml" in capsys.readouterr().err
