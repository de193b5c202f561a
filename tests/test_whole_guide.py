"""The page and the printed guide say all that an editor wrote, also where cases have what the whole item has not."""

from __future__ import annotations

import pytest
from site_folder import SiteFolder

HEAD = "name: 收养登记\ndepartment: minzheng\ntopics: hunyin\n"


def shown(site: SiteFolder, item: str) -> tuple[str, str]:
    """Return the page and the printed guide of `item`, the only one of the site."""
    site.write("site.yaml", "name: 试\nphones: 12345\nsearch: 否\n")
    site.write("content/areas.yaml", "jia: {name: 天津市甲镇, level: 乡镇街道}\n")
    site.write("content/topics.yaml", "hunyin: 婚姻和收养\n")
    site.write("content/departments/minzheng.yaml", "name: 民政科\n")
    site.write("content/items/jia/shouyang.yaml", HEAD + item)
    site.built()
    return site.page("items/shouyang.html"), site.page("print/guide/shouyang.html")


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
    "that a case has no fixed steps": ("variants: [{id: a, name: 收养孤儿, steps: 无}]", "没有固定的步骤"),
    "that a case rests on no document": ("variants: [{id: a, name: 收养孤儿, legal: 无}]", "没有专门的依据"),
    "whose phone a case has, and when it is answered": (
        "variants: [{id: a, name: 收养孤儿, phones: {number: 022-65775272, label: 福利院, hours: 周一上午}}]",
        "022-6577 5272（福利院）周一上午",
    ),
    "a third phone": ("phones: [12345, 12333, {number: 12388, label: 举报}]", "12388（举报）"),
    "what a case needs, where it is nothing otherwise": (
        "materials: 不适用\nvariants: [{id: a, name: 收养孤儿, materials: 孤儿证明}]",
        "孤儿证明",
    ),
    "that a case needs nothing brought": ("variants: [{id: a, name: 收养孤儿, materials: 无}]", "不用带材料"),
    "only a note on the materials of a case": (
        "variants: [{id: a, name: 收养孤儿, materials_notes: 材料由福利院准备}]",
        "材料由福利院准备",
    ),
    "a question and its answer": ("faq: [{q: 要等多久？, a: 公告满六十天。}]", "公告满六十天。"),
    "what to do against a refusal": ("remedy: 可以申请行政复议", "可以申请行政复议"),
    "what to know of whom one can complain to": (
        "supervision: {unit: 县纪委, phones: 12388, note: 周末也有人接}",
        "周末也有人接",
    ),
    "who approves": ("units: [{unit: 县民政局, role: 审批}]", "县民政局"),
}


@pytest.mark.parametrize("what", SAYS)
def test_the_page_and_the_printed_guide_say(what: str, site: SiteFolder) -> None:
    item, says = SAYS[what]
    page, sheet = shown(site, item)
    assert says in page
    assert says in sheet


def test_a_case_done_in_communities_has_a_leaflet_for_each_and_the_page_leads_to_it(site: SiteFolder) -> None:
    place = "name: 各社区\nkind: 社区\nbranches: [{id: yi, name: 第一社区, phones: 022-65775272}]\n"
    site.write("content/places/shequ.yaml", place)
    page, _ = shown(site, "variants: [{id: a, name: 收养孤儿, places: shequ}]")
    assert "print/leaflet/shouyang.html" in page
    assert 'id="yi"' in site.page("print/leaflet/shouyang.html")


def test_a_case_to_which_materials_do_not_apply_is_not_asked_to_phone_for_them(site: SiteFolder) -> None:
    cases = "variants: [{id: a, name: 收养孤儿, materials: 不适用}, {id: b, name: 收养继子女}]"
    page, _ = shown(site, f"steps: {{actor: 收养人, do: 提出申请}}\n{cases}")
    assert 'data-only-for="b" hidden>要带什么材料，请电话确认' in page
    notice = site.page("print/notice/shouyang.html")
    assert notice.index("：收养孤儿") < notice.index("不用带材料") < notice.index("：收养继子女")


def test_what_is_known_of_one_case_is_not_called_unwritten(site: SiteFolder) -> None:
    page, _ = shown(site, "variants: [{id: a, name: 收养孤儿, materials: 无}, {id: b, name: 收养继子女}]")
    assert "还没有写" not in page.split('id="basis"')[0]
