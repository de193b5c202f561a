"""Pages of materials and laws: who asks for a paper and who gives it, what rests on a law; each reference once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from sample_site import Built
from site_folder import SiteFolder, sample_content

from builder.content.card import Card
from builder.content.model.companions import Law, LibraryMaterial
from builder.content.model.kinds import key
from builder.loading import load_file
from builder.render.pages.tracing import traced

MATERIALS = """\
id-card: {name: 居民身份证, aliases: [身份证, 二代证], issuer: 公安机关, how: 到派出所补办, lasting: 是}
jobless: {name: 就业失业登记证, aliases: [失业证]}
photo: {name: 1寸照片}
"""
LAWS = """\
hunyin: {title: 婚姻法, status: 已废止, status_source: 《民法典》第1260条, status_date: 2026-03-02, replaced_by: minfa}
minfa: {title: 民法典, number: 主席令第四十五号, status: 有效, status_source: 国家法律法规数据库, status_date: 2026-03-02}
banfa: {title: 县救助办法, status: 有效}
tiaoli: {title: 登记条例}
"""


def two_areas(site: SiteFolder, **items: str) -> SiteFolder:
    """Return a site of a town and a village with these items: “zhen_banka” is the item banka of the town."""
    site.write("site.yaml", "name: 试\nsearch: 否\nprint_guides: 否\nphones: 12345\n")
    site.write("content/areas.yaml", "zhen: {name: 甲镇, level: 乡镇街道}\ncun: {name: 乙村, level: 村社区}\n")
    site.write("content/materials.yaml", MATERIALS)
    site.write("content/laws.yaml", LAWS)
    for name, text in items.items():
        area, _, id = name.partition("_")
        site.write(f"content/items/{area}/{id}.yaml", text)
    return site


def text(site: SiteFolder, page: str) -> str:
    """Return the words in the main part of a page."""
    main = site.page(page).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split())


# --- Every reference once --------------------------------------------------------------------------------------------


def offered() -> Iterator[Card]:
    for file in sorted(sample_content().glob("items/*/*.yaml")):
        path = file.relative_to(sample_content().parent).as_posix()
        card = load_file(path, file.read_bytes()).card
        if card and card.public and card.active:
            yield card


def test_every_reference_of_the_sample_stands_once_on_the_page_of_its_record(built: Built) -> None:
    cards = list(offered())
    folders = {"material": "materials", "law": "laws"}
    referring = Counter(
        (folders[kind], id, card.id) for card in cards for kind, id in set(card.told) if kind in folders
    )
    assert len(referring) > 400
    shown = Counter(
        (folder, page.stem, item)
        for folder in folders.values()
        for page in (built.folder / folder).glob("*.html")
        if page.stem != "index"
        for item in re.findall(r'class="row" href="\.\./items/([^"]+)\.html"', page.read_text("utf-8"))
    )
    gives_and_asks = Counter(
        ("materials", need.ref, card.id)
        for card in cards
        for need in {gift.ref: gift for gift in card.traces.gifts}.values()
        if need.ref in {one.ref for one in card.traces.needs}
    )
    assert shown == referring + gives_and_asks


def test_traces_are_all_references_of_an_item() -> None:
    for card in offered():
        traces = card.traces
        of_materials = {need.ref for need in traces.needs} | {gift.ref for gift in traces.gifts}
        assert {key(LibraryMaterial, ref) for ref in of_materials} == {
            one for one in card.told if one[0] == key(LibraryMaterial, "")[0]
        }
        laws = {key(Law, one.ref) for one in traces.citations}
        assert laws == {one for one in card.told if one[0] == key(Law, "")[0]}


# --- Materials -------------------------------------------------------------------------------------------------------


@pytest.fixture
def jobless(site: SiteFolder) -> SiteFolder:
    """A site where one registers as jobless in the town, and applies with that paper there and in the village."""
    two_areas(
        site,
        zhen_dengji="""\
name: 失业登记
materials: [id-card, {ref: photo, copies: 2, form: 照片}]
outputs: {ref: jobless, name: 《就业失业登记证》}
""",
        zhen_shenling="""\
name: 领失业金
materials:
  - {ref: jobless, name: 失业证, form: 原件核对, when: 本地户口}
variants:
  - {id: zi, name: 自己办, materials: [{ref: id-card, form: 原件}]}
  - id: tuo
    name: 托人办
    materials:
      - group: 代办人材料
        materials: [{ref: id-card, form: [原件, 复印件], copies: 2, whose: 代办人, pages: 正反面}]
      - any_of: [{ref: id-card, optional: 是}, 介绍信]
""",
        cun_buzhu="name: 领补助\nmaterials: [{ref: jobless, form: 复印件, copies: 3}]\n",
        cun_neibu="name: 内部的事\nvisibility: 内部\nmaterials: [id-card]\n",
    ).built()
    return site


def test_a_material_tells_what_it_is_and_what_to_do_without_it(jobless: SiteFolder) -> None:
    said = text(jobless, "materials/id-card.html")
    assert said.startswith(
        "居民身份证 2 件事要它 也叫 身份证、二代证 谁发 公安机关 没有怎么办 到派出所补办 说明 看过就还给您"
    )


def test_a_chain_leads_within_its_area_from_who_gives_a_paper_to_who_asks_for_it(jobless: SiteFolder) -> None:
    said = text(jobless, "materials/jobless.html")
    assert said.endswith(
        "甲镇 办这些事能拿到它 失业登记 要它的事 领失业金 叫“失业证”，原件核对后退还，留复印件，本地户口才要"
        " 乙村 要它的事 领补助 复印件3份"
    )
    assert "2 件事要它，办 1 件事能拿到它" in said


def test_another_name_is_quoted_once_and_the_marks_of_a_title_make_none(site: SiteFolder) -> None:
    two_areas(
        site,
        zhen_yi="name: 甲事\nmaterials: [{ref: jobless, name: 《就业失业登记证》, form: 原件}]\n",
        zhen_er="name: 乙事\nmaterials: [{ref: jobless, name: 《求职证》}]\n",
        zhen_san="name: 丙事\nmaterials: [{ref: jobless, name: 《求职证》副本}]\n",
    ).built()
    said = text(site, "materials/jobless.html")
    assert "丙事 叫“《求职证》副本” 甲事 原件 乙事 叫“求职证”" in said


def test_each_place_that_asks_for_it_is_told_with_its_case(jobless: SiteFolder) -> None:
    said = text(jobless, "materials/id-card.html")
    assert "自己办：原件" in said
    assert "托人办：代办人材料：原件、复印件2份，复印：正反面" in said
    assert "托人办：任选其一，可以不交" in said
    assert "内部的事" not in said


def test_a_guide_leads_from_a_material_and_from_a_result_to_its_page(jobless: SiteFolder) -> None:
    assert 'href="../materials/photo.html" aria-label="关于1寸照片"' in jobless.page("items/dengji.html")
    assert '<a class="in-fact" href="../materials/jobless.html">《就业失业登记证》</a>' in jobless.page(
        "items/dengji.html"
    )


def test_the_index_names_those_that_public_guides_name(jobless: SiteFolder) -> None:
    said = text(jobless, "materials/index.html")
    assert said.endswith(
        "1寸照片 1 件事要它 就业失业登记证 也叫：失业证 2 件事要它，办 1 件事能拿到它"
        " 居民身份证 也叫：身份证、二代证 2 件事要它"
    )


def test_an_edit_in_the_library_remakes_its_page_and_the_guides_that_show_it(jobless: SiteFolder) -> None:
    before = jobless.published()
    jobless.replace("content/materials.yaml", "到派出所补办", "到户籍派出所补办")
    jobless.built()
    changed = {path for path, data in jobless.published().items() if before.get(path) != data}
    pages = {path for path in changed if path.endswith(".html")}
    assert pages - {"search.html"} == {"materials/id-card.html", "items/dengji.html", "items/shenling.html"}


def test_a_site_whose_guides_name_no_material_has_no_such_pages(site: SiteFolder) -> None:
    two_areas(site, zhen_banka="name: 办卡\nmaterials: [介绍信]\n").built()
    assert not (site.out / "materials").exists()
    assert not (site.out / "laws").exists()
    assert "证件和材料" not in site.page("index.html")


def test_a_long_list_is_cut_by_area(jobless: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.render.pages.tracing.PAGE_LINES", 2)
    assert jobless.build("--clean") == 0
    whole = jobless.page("materials/jobless.html")
    assert text(jobless, "materials/jobless.html").endswith("甲镇 共 2 项 乙村 共 1 项")
    assert 'href="../materials/jobless-cun.html"' in whole
    of_village = text(jobless, "materials/jobless-cun.html")
    assert of_village == "就业失业登记证 乙村 要它的事 领补助 复印件3份"
    assert "首页 证件和材料 就业失业登记证" in re.sub(
        r"\s+", " ", re.sub("<[^>]+>", "", jobless.page("materials/jobless-cun.html"))
    )


def test_a_page_of_an_area_never_takes_the_address_of_another_material(
    jobless: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.render.pages.tracing.PAGE_LINES", 2)
    jobless.write("content/materials.yaml", f"{MATERIALS}jobless-cun: {{name: 村证}}\n")
    jobless.write("content/items/cun/cunzheng.yaml", "name: 村里的事\nmaterials: [jobless-cun]\n")
    assert jobless.build("--clean") == 0
    assert text(jobless, "materials/jobless-cun.html").startswith("村证")
    assert text(jobless, "materials/jobless--cun.html").startswith("就业失业登记证 乙村")


def test_what_a_large_site_asks_for_everywhere_has_no_list_but_the_exceptions(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.content.site.AT_ONCE", 5)
    monkeypatch.setattr("builder.render.pages.materials.USUAL", 4)
    monkeypatch.setattr("builder.render.pages.materials.LETTERS_FROM", 5)
    usual = {
        f"zhen_shi{n}": f"name: 第{n}件事\nmaterials: [{{ref: id-card, form: 复印件, copies: 1}}]\n" for n in range(9)
    }
    two_areas(site, **usual, cun_duo="name: 要得多的事\nmaterials: [{ref: id-card, form: 复印件, copies: 4}]\n").built()
    said = text(site, "materials/id-card.html")
    assert "10 件事要它" in said
    assert "很多事都要它，这里不一件件列。大多这样要： 复印件1份：9 处" in said
    assert said.endswith("乙村 要得和上面不一样的事 要得多的事 复印件4份")
    assert "第3件事" not in said


def counted(site: SiteFolder, page: str) -> dict[str, tuple[str, list[str]]]:
    """Return what is folded on a page: what is said of it, with the headings within and the titles of its items."""
    return {
        fold.xpath("string(summary)"): (
            "、".join(fold.xpath("h3/text()")),
            fold.xpath(".//*[@class='row-title']/text()"),
        )
        for fold in html.fromstring(site.page(page)).xpath("//details")
    }


def test_a_long_list_is_folded_area_by_area_and_grouped_by_topic(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.render.pages.materials.COMMON", 1)
    asks = "materials: [{ref: photo, form: 照片, copies: %d}]\n"
    many = {f"zhen_shi{n}": f"name: 事{n}\ntopics: {'yi' if n % 2 else 'er'}\n{asks % 1}" for n in range(10, 50)}
    many["zhen_shi50"] = f"name: 事50\n{asks % 1}"
    few = {f"cun_xian{n}": f"name: 闲{n}\ntopics: yi\n{asks % 1}" for n in range(5)}
    two_areas(site, **many, **few, cun_fa="name: 发\ntopics: yi\noutputs: {ref: photo}\n")
    site.write("content/topics.yaml", "er: 二\nyi: 一\n")
    site.built()
    folded = counted(site, "materials/photo.html")
    assert {said: (headings, len(titles)) for said, (headings, titles) in folded.items()} == {
        "要它的事 41 件": ("二、一、其他", 41),
        "要它的事 5 件": ("", 5),
    }
    assert folded["要它的事 41 件"][1][-2:] == ["事49", "事50"]
    assert "甲镇（41） 乙村（6）" in text(site, "materials/photo.html")
    assert "办这些事能拿到它 发" in text(site, "materials/photo.html")


def test_what_nearly_a_third_asks_for_is_told_as_a_rule_with_the_exceptions_first(site: SiteFolder) -> None:
    usual = {f"zhen_shi{n}": f"name: 事{n}\nmaterials: [{{ref: id-card, form: 原件}}]\n" for n in range(40)}
    other = "name: 要得多的事\nmaterials: [{ref: id-card, form: 复印件, copies: 4}]\n"
    two_areas(site, **usual, zhen_zui=other).built()
    said = text(site, "materials/id-card.html")
    assert (
        "很多事都要它，大多这样要： 原件：40 处 要得和上面不一样的事 要得多的事 复印件4份 照上面那样要它的事 40 件"
        in said
    )


LISTS = st.dictionaries(
    st.sampled_from(["gifts", "needs", "exceptions"]),
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["", "shebao", "yanglao"])), max_size=40).map(
        lambda some: some * 30
    ),
)


@given(LISTS, st.booleans())
def test_every_item_stands_once_in_its_section_on_pages_of_three_hundred_however_many_there_are(
    lists: dict[str, list[tuple[str, str]]], one_area: bool
) -> None:
    site: Any = SimpleNamespace(all=lambda _: [SimpleNamespace(id="shebao"), SimpleNamespace(id="yanglao")])
    frame: Any = SimpleNamespace(areas={} if one_area else {"甲": "甲镇", "乙": "乙镇", "丙": "丙镇"})
    sections: Any = {
        name: [
            (SimpleNamespace(id=f"{n}", area=area, topics=(topic,) * bool(topic)), ())
            for n, (area, topic) in enumerate(some)
        ]
        for name, some in lists.items()
    }
    pages = list(traced("materials", "x", sections, site, frame, {"x"}))
    shown = [(one.group.section, id) for page in pages for one in page.portion.stretches for id, _ in one.lines]
    assert sorted(shown) == sorted((name, card.id) for name, some in sections.items() for card, _ in some)
    assert len({page.address for page in pages}) == len(pages)
    assert max(len(page.portion.lines) for page in pages) <= 300
    assert [page.is_first for page in pages].count(True) == 1


# --- Laws ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def laws(site: SiteFolder) -> SiteFolder:
    """A site with a guide that rests on four laws in its cases, one repealed, and one that rests on one of them."""
    two_areas(
        site,
        zhen_jiehun="""\
name: 结婚登记
legal: [{law: hunyin, article: 第七条}, banfa, 《没有编号的文件》]
variants: [{id: bu, name: 补领, legal: [{law: tiaoli, article: 第十七条}]}]
""",
        cun_lihun="name: 离婚登记\nlegal: [{law: tiaoli, article: 第十条}]\n",
    )
    assert site.build() == 0
    return site


def test_the_index_has_the_repealed_first_and_in_force_only_what_was_proved(laws: SiteFolder) -> None:
    assert text(laws, "laws/index.html").endswith(
        "已经废止、被代替的 《婚姻法》 已废止，现在看《民法典》 1 件事依据它"
        " 效力没有核实的 《登记条例》 2 件事依据它 《县救助办法》 1 件事依据它"
        " 核实过有效的 《民法典》 主席令第四十五号"
    )


def test_a_repealed_law_says_what_replaces_it_and_that_its_guides_change(laws: SiteFolder) -> None:
    assert text(laws, "laws/hunyin.html").startswith(
        "《婚姻法》 1 件事依据它 已废止 ，现在看 《民法典》 ；下面的指南正在改 效力 已废止，《民法典》第1260条，2026年3月2日核实"
    )
    assert text(laws, "laws/hunyin.html").endswith("依据它的事 结婚登记 第七条")
    assert 'href="../laws/minfa.html"' in laws.page("laws/hunyin.html")


def test_that_a_law_is_in_force_is_said_with_source_and_day_only(laws: SiteFolder) -> None:
    assert "效力 有效，国家法律法规数据库，2026年3月2日核实 代替了 《婚姻法》 现在没有依据它的指南。" in text(
        laws, "laws/minfa.html"
    )
    assert "效力 效力没有核实" in text(laws, "laws/banfa.html")
    assert "有效" not in text(laws, "laws/banfa.html")


def test_what_rests_on_a_law_stands_by_area_with_case_and_article(laws: SiteFolder) -> None:
    assert text(laws, "laws/tiaoli.html").endswith(
        "甲镇 依据它的事 结婚登记 补领：第十七条 乙村 依据它的事 离婚登记 第十条"
    )


def test_a_guide_leads_from_a_law_to_its_page(laws: SiteFolder) -> None:
    page = laws.page("items/jiehun.html")
    assert '<a class="in-fact" href="../laws/banfa.html">《县救助办法》</a>' in page
    assert "<li>《没有编号的文件》" in page
