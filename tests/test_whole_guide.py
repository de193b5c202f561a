"""The page and the printed guide say all that an editor wrote, also where cases have what the whole item has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.cli import main

HEAD = "name: 收养登记\ndepartment: minzheng\ntopics: hunyin\n"


def shown(folder: Path, item: str) -> tuple[str, str]:
    """Return the page and the printed guide of `item`, made in a site of its own."""

    def write(path: str, text: str) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")

    write("site.yaml", "name: 试\nphones: 12345\nsearch: 否\n")
    write("content/areas.yaml", "jia: {name: 天津市甲镇, level: 乡镇街道}\n")
    write("content/topics.yaml", "hunyin: 婚姻和收养\n")
    write("content/departments/minzheng.yaml", "name: 民政科\n")
    write("content/items/jia/shouyang.yaml", HEAD + item)
    assert main(["build", "--site", str(folder / "site.yaml"), "--jobs", "1"]) == 0
    page, sheet = ((folder / "public" / path / "shouyang.html").read_text("utf-8") for path in ("items", "print/guide"))
    return page, sheet


SAYS = {
    "the note of a case": ("variants: [{id: a, name: 收养孤儿, note: 可以只交这几样}]", "可以只交这几样"),
    "whom a case is for": ("variants: [{id: a, name: 收养孤儿, when: 没有父母的孩子}]", "没有父母的孩子"),
    "that a case is for all": ("variants: [{id: a, name: 收养孤儿, eligibility: 无}]", "不限"),
    "a note on the conditions of a case": (
        "variants: [{id: a, name: 收养孤儿, eligibility_notes: 年龄按周岁算}]",
        "年龄按周岁算",
    ),
    "a note on materials that only cases list": (
        "materials_notes: 复印件都用A4纸\nvariants: [{id: a, name: 收养孤儿, materials: 户口簿}]",
        "复印件都用A4纸",
    ),
    "that a case needs nothing brought": ("variants: [{id: a, name: 收养孤儿, materials: 无}]", "不用带材料"),
    "only a note on the materials of a case": (
        "variants: [{id: a, name: 收养孤儿, materials_notes: 材料由福利院准备}]",
        "材料由福利院准备",
    ),
    "a question and its answer": ("faq: [{q: 要等多久？, a: 公告满六十天。}]", "公告满六十天。"),
    "what to do against a refusal": ("remedy: 可以申请行政复议", "可以申请行政复议"),
    "who approves": ("units: [{unit: 县民政局, role: 审批}]", "县民政局"),
}


@pytest.mark.parametrize("what", SAYS)
def test_the_page_and_the_printed_guide_say(what: str, tmp_path: Path) -> None:
    item, says = SAYS[what]
    page, sheet = shown(tmp_path, item)
    assert says in page
    assert says in sheet


def test_a_case_done_in_communities_has_a_leaflet_for_each_and_the_page_leads_to_it(tmp_path: Path) -> None:
    place = "name: 各社区\nkind: 社区\nbranches: [{id: yi, name: 第一社区, phones: 022-65775272}]\n"
    (tmp_path / "content/places").mkdir(parents=True)
    (tmp_path / "content/places/shequ.yaml").write_text(place, "utf-8")
    page, _ = shown(tmp_path, "variants: [{id: a, name: 收养孤儿, places: shequ}]")
    assert "print/leaflet/shouyang.html" in page
    assert 'id="yi"' in (tmp_path / "public/print/leaflet/shouyang.html").read_text("utf-8")


def test_what_is_known_of_one_case_is_not_called_unwritten(tmp_path: Path) -> None:
    page, _ = shown(tmp_path, "variants: [{id: a, name: 收养孤儿, materials: 无}, {id: b, name: 收养继子女}]")
    assert "还没有写" not in page.split('id="basis"')[0]
