"""No address dies: what was published answers for ever, leads on, or says why there is nothing."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile

import pytest
from playwright.sync_api import Browser
from site_folder import SiteFolder

from builder.checks.vanished import Lost, Vanished, lost
from builder.content.addresses import AddressKind, beside, kind_of_address, subject_of
from builder.release.release import Release, ReleasedFile

Seen = pytest.CaptureFixture[str]

ITEM = """\
name: {name}
aliases: [{alias}]
department: shuiwusuo
topics: shenghuo
materials:
  - 房屋产权证明
  - 居民身份证
steps:
  - {{do: 到窗口交材料, actor: 申请人}}
  - {{do: 现场看管线, actor: 供水所}}
"""
COMPANIONS = {
    "site.yaml": "name: 柳河镇办事指南\nbase_url: https://www.liuhe.example.cn/bszn\nphones: 0431-88001234\nsearch: 否\n",
    "content/areas.yaml": "liuhe: {name: 柳河镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shenghuo: {name: 水电和生活}\n",
    "content/departments/shuiwusuo.yaml": "name: 柳河镇供水所\nphones: 0431-88005678\n",
}
OLD, NEW = "content/items/liuhe/yongshui-baozhuang.yaml", "content/items/liuhe/zilaishui-kaihu.yaml"


@pytest.fixture
def town(site: SiteFolder) -> SiteFolder:
    """A site with two guides: one that will move, and one that stays."""
    return site.write_all(
        {
            **COMPANIONS,
            OLD: ITEM.format(name="用水报装", alias="装自来水"),
            "content/items/liuhe/tingshui.yaml": "name: 停水报修\ndepartment: shuiwusuo\ntopics: shenghuo\n",
        }
    )


def moved(town: SiteFolder, entries: str, *, to: str = ITEM.format(name="自来水开户", alias="报装")) -> SiteFolder:
    """Put a guide in the place of the old one, "" for none, and write these entries."""
    (town.folder / OLD).unlink()
    if to:
        town.write(NEW, to)
    town.write("content/moved.yaml", entries)
    return town


def published(town: SiteFolder) -> set[str]:
    return {path for path in town.published() if not path.startswith("static/")}


def target(page: str, url: str) -> str:
    """Return the address to which a page leads on by itself, relative to the site."""
    found = re.search(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]+)"></noscript>', page)
    assert found, url
    assert f'href="{found[1]}"' in page  # and a link that one can see
    return found[1].removeprefix("../" * url.count("/"))


def released(town: SiteFolder, name: str = "2026-11-02-00000001") -> None:
    """Keep what is published as a release."""
    files = town.published()
    folder = town.folder / "releases" / name
    folder.mkdir(parents=True)
    listed = {path: ReleasedFile(hashlib.sha256(data).hexdigest(), len(data)) for path, data in sorted(files.items())}
    (folder / "release.json").write_bytes(Release(name, "柳河镇办事指南", "", listed).as_json())
    with zipfile.ZipFile(folder / "site.zip", "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)


# --- Pages at old addresses -------------------------------------------------------------------------------------------


def test_every_address_of_a_renamed_guide_leads_to_its_like(town: SiteFolder) -> None:
    town.built()
    before = published(town)
    moved(town, "items/yongshui-baozhuang.html: items/zilaishui-kaihu.html\n").built()

    now = published(town)
    assert before - now == set()
    leads = {url: target(town.page(url), url) for url in before if "yongshui-baozhuang" in url and url.endswith("l")}
    assert {url for url in leads.values() if url not in now} == set()
    assert leads["items/yongshui-baozhuang.html"] == "items/zilaishui-kaihu.html"
    assert leads["editions/yongshui-baozhuang.html"] == "editions/zilaishui-kaihu.html"
    assert leads["print/notice/yongshui-baozhuang.html"] == "print/notice/zilaishui-kaihu.html"
    assert {url.rpartition("/")[0] for url in leads} >= {
        "items",
        "editions",
        "print/guide",
        "print/short",
        "print/poster",
    }


def test_a_page_that_leads_on_is_in_no_list_and_tells_search_engines_where_the_guide_is(town: SiteFolder) -> None:
    moved(town, "items/yongshui-baozhuang.html: items/zilaishui-kaihu.html\n").built()

    page = town.page("items/yongshui-baozhuang.html")
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="https://www.liuhe.example.cn/bszn/items/zilaishui-kaihu.html">' in page
    lists = ("sitemap.xml", "sitemap.html", "items/index.html", "topics/shenghuo.html", "print/index.html")
    assert [url for url in lists if "yongshui" in town.page(url)] == []


def test_the_record_of_a_renamed_guide_names_the_one_in_its_place(town: SiteFolder) -> None:
    entry = "{name: 用水报装, to: items/zilaishui-kaihu.html}"
    moved(town, f"items/yongshui-baozhuang.html: {entry}\n").built()

    record = json.loads(town.page("data/items/yongshui-baozhuang.json"))
    assert (record["id"], record["name"], record["status"]) == ("yongshui-baozhuang", "用水报装", "cancelled")
    assert record["replaced_by"]["@id"] == "items/zilaishui-kaihu.html"


def test_a_page_that_is_gone_says_why_since_when_and_whom_to_call(town: SiteFolder) -> None:
    entry = "{name: 用水报装, gone: 水厂并到县里了，不再由镇里装, department: shuiwusuo, date: 2026-10-09}"
    moved(town, f"items/yongshui-baozhuang.html: {entry}\n", to="").built()

    for url in ("items/yongshui-baozhuang.html", "print/short/yongshui-baozhuang.html"):
        page = town.page(url)
        assert "<h1>“用水报装”已经撤下</h1>" in page
        assert "水厂并到县里了，不再由镇里装" in page
        assert "2026年10月9日撤下" in page
        assert 'href="tel:043188005678"' in page
        assert "http-equiv" not in page
    assert json.loads(town.page("data/items/yongshui-baozhuang.json"))["status_note"] == "水厂并到县里了，不再由镇里装"


def test_a_single_sheet_may_lead_elsewhere_than_its_guide(town: SiteFolder) -> None:
    entries = "items/yongshui-baozhuang.html: items/zilaishui-kaihu.html\nprint/poster/yongshui-baozhuang.html: topics/shenghuo.html\n"
    moved(town, entries).built()

    url = "print/poster/yongshui-baozhuang.html"
    assert target(town.page(url), url) == "topics/shenghuo.html"


def test_an_address_of_the_site_before_this_one_can_lead_here_and_one_of_ours_to_another_site(town: SiteFolder) -> None:
    entries = (
        "art/2014/3/12/art_77.html: items/tingshui.html#contact\n"
        "items/yongshui-baozhuang.html: https://zwfw.example.cn/sx?id=9\n"
    )
    moved(town, entries, to="").built()

    assert target(town.page("art/2014/3/12/art_77.html"), "art/2014/3/12/art_77.html") == "items/tingshui.html#contact"
    page = town.page("print/short/yongshui-baozhuang.html")
    assert target(page, "") == "https://zwfw.example.cn/sx?id=9"
    assert '<link rel="canonical" href="https://zwfw.example.cn/sx?id=9">' in page
    assert "zwfw.example.cn</p>" in page


def test_the_sheets_of_a_guide_out_of_force_lead_to_it(town: SiteFolder) -> None:
    town.built()
    before = published(town)
    town.set(OLD, "status", "已取消")
    town.set(OLD, "status_note", "改由县里办")
    town.built()

    assert {url for url in before - published(town) if "yongshui" in url} == set()
    url = "print/notice/yongshui-baozhuang.html"
    assert target(town.page(url), url) == "items/yongshui-baozhuang.html"


def test_a_link_in_a_text_may_lead_to_an_old_address_that_leads_on(town: SiteFolder) -> None:
    moved(town, "items/yongshui-baozhuang.html: items/zilaishui-kaihu.html\n")
    town.write("content/pages/guanyu.md", "---\ntitle: 关于\n---\n\n[开户](../items/yongshui-baozhuang.html)\n")

    assert town.run("check", "--jobs", "1") == 0


def test_a_link_in_a_text_to_a_page_that_is_gone_is_told(town: SiteFolder, capsys: Seen) -> None:
    moved(town, "items/yongshui-baozhuang.html: {gone: 并到县里了}\n", to="")
    town.write("content/pages/guanyu.md", "---\ntitle: 关于\n---\n\n[开户](../items/yongshui-baozhuang.html#wei)\n")

    assert town.run("check", "--jobs", "1") == 1
    said = capsys.readouterr().out
    assert "guanyu.md:5:6: 错误 R212" in said
    assert "指的网页撤下了" in said


def test_an_inspection_takes_old_addresses_for_no_pages_of_the_site(town: SiteFolder, capsys: Seen) -> None:
    moved(town, "items/yongshui-baozhuang.html: items/zilaishui-kaihu.html\nitems/jiu.html: {gone: 不办了}\n")
    town.write("site.yaml", town.read("site.yaml") + "parent: {name: 县政府, url: https://www.liuhe.example.cn/}\n")

    assert town.run("check", "--gov", "--format", "json", "--jobs", "1") == 0
    said = json.loads(capsys.readouterr().out)
    text = json.dumps(said, ensure_ascii=False)
    assert "yongshui-baozhuang" not in text
    assert "items/jiu.html" not in text
    assert "404.html →" not in text


# --- What is missed ---------------------------------------------------------------------------------------------------

BEFORE = {
    "index.html", "items/a.html", "items/b.html", "editions/a.html", "print/index.html", "print/guide/a.html",
    "print/guide/b.html", "print/short/a.html", "pdf/guide/a.pdf", "pdf/short/a.pdf", "data/items/a.json", "data/items.csv",
    "topics/x.html", "topics/x/2.html", "static/site.js", "static/forms/b.doc", "pagefind/f.pf_fragment", "search/items.js",
    "sitemap.xml", "print/booklet/topic-x.html", "items/2.html",
}  # fmt: skip


@pytest.mark.parametrize(
    ("gone", "missed"),
    [
        (set(), Lost((), {}, {})),
        ({"topics/x/2.html", "static/site.js", "pagefind/f.pf_fragment", "search/items.js", "sitemap.xml"}, Lost((), {}, {})),
        ({"items/2.html"}, Lost((Vanished("items/2.html", ("items/2.html",)),), {}, {})),
        (
            {"items/a.html", "editions/a.html", "print/guide/a.html", "print/short/a.html", "pdf/guide/a.pdf", "data/items/a.json"},
            Lost((Vanished("items/a.html", ("editions/a.html", "items/a.html", "print/guide/a.html", "print/short/a.html")),), {}, {}),
        ),
        ({"print/short/a.html"}, Lost((Vanished("print/short/a.html", ("print/short/a.html",)),), {}, {})),
        ({"pdf/guide/a.pdf"}, Lost((), {}, {})),
        ({"topics/x.html", "print/booklet/topic-x.html"},
         Lost((Vanished("topics/x.html", ("print/booklet/topic-x.html", "topics/x.html")),), {}, {})),
        ({"static/forms/b.doc", "data/items.csv"}, Lost((), {}, {"data": ("data/items.csv",), "static/forms": ("static/forms/b.doc",)})),
        (
            {url for url in BEFORE if url.startswith(("print/", "editions/", "pdf/"))},
            Lost((), {"editions": 1, "print/booklet": 1, "print/guide": 2, "print": 1, "print/short": 1}, {}),
        ),
    ],
)  # fmt: skip
def test_what_vanished_is_told_together_with_what_it_belongs_to(gone: set[str], missed: Lost) -> None:
    assert lost(BEFORE, BEFORE - gone) == missed


def test_an_address_that_is_answered_is_not_missed() -> None:
    assert lost({"items/a.html"}, {"items/a.html", "items/b.html"}) == Lost((), {}, {})


def line_in(said: str) -> str:
    found = re.search(r"加一行“(.*)”", said)
    assert found, said
    return found[1]


@pytest.mark.parametrize(
    ("new", "leads"),
    [
        (ITEM.format(name="用水报装", alias="开户"), "to: items/zilaishui-kaihu.html"),
        (ITEM.format(name="自来水开户", alias="用水报装"), "to: items/zilaishui-kaihu.html"),
        (ITEM.format(name="开户", alias="水") + "codes: {local: LH-07}\n", "to: items/zilaishui-kaihu.html"),
        ("name: 卫生厕所改造\ndepartment: shuiwusuo\ntopics: shenghuo\n", "gone: 这个事项不再办理"),
    ],
)
def test_the_line_to_write_is_told_and_is_right(town: SiteFolder, capsys: Seen, new: str, leads: str) -> None:
    town.write(OLD, town.read(OLD) + "codes: {local: LH-07}\n")
    town.built()
    released(town)
    (town.folder / OLD).unlink()
    town.write(NEW, new)
    capsys.readouterr()

    assert town.run("check", "--jobs", "1") == 1
    said = capsys.readouterr().out
    assert said.count("错误 R264") == 1
    assert "（用水报装）没有了，连同它的打印页等共" in said
    line = line_in(said)
    assert line.startswith("items/yongshui-baozhuang.html: {name: 用水报装, ")
    assert leads in line

    town.write("content/moved.yaml", f"{line}\n")
    assert town.run("check", "--jobs", "1") == 0


def test_a_page_that_came_in_the_place_of_another_one_is_not_taken_for_that_of_a_third(
    town: SiteFolder, capsys: Seen
) -> None:
    third = "content/items/liuhe/paishui-baozhuang.yaml"
    town.write(third, town.read(OLD).replace("用水报装", "排水报装"))
    town.built()
    released(town)
    (town.folder / third).unlink()
    assert town.run("rename", "yongshui-baozhuang", "zilaishui-kaihu") == 0
    capsys.readouterr()

    assert town.run("package", "--jobs", "1") == 1
    assert "gone: 这个事项不再办理" in line_in("".join(capsys.readouterr()))


def test_a_site_that_has_all_its_addresses_or_no_release_is_told_nothing(town: SiteFolder, capsys: Seen) -> None:
    town.built()
    released(town)
    assert town.run("check", "--jobs", "1", "--strict") == 0
    assert "R264" not in capsys.readouterr().out


def test_a_sheet_that_its_page_has_no_more_is_to_lead_to_the_page(town: SiteFolder, capsys: Seen) -> None:
    """A booklet is made of two guides at least."""
    town.built()
    released(town)
    town.set(OLD, "status", "已取消")
    town.set(OLD, "status_note", "改由县里办")
    assert town.run("check", "--jobs", "1") == 1

    lines = re.findall(r"加一行“(.*)”", capsys.readouterr().out)
    assert [re.sub("name: [^,]*, |, date: .*}", "", line) for line in lines] == [
        "print/booklet/department-shuiwusuo.html: {to: departments/shuiwusuo.html",
        "print/booklet/topic-shenghuo.html: {to: topics/shenghuo.html",
    ]
    town.write("content/moved.yaml", "\n".join(lines))
    assert town.run("check", "--jobs", "1") == 0


def test_a_site_may_call_it_a_warning(town: SiteFolder, capsys: Seen) -> None:
    town.built()
    released(town)
    (town.folder / OLD).unlink()
    town.write("site.yaml", town.read("site.yaml") + "severity: [{rule: R264, to: 警告, why: 网站还没有上线}]\n")

    assert town.run("check", "--jobs", "1") == 0
    assert "警告 R264" in capsys.readouterr().out


def test_what_stands_beside_the_page_of_a_record_is_what_the_builder_puts_there(town: SiteFolder) -> None:
    town.write("content/places/dating.yaml", "name: 大厅\nkind: 办事大厅\naddress: 柳河街1号\nwindows: 一号窗口\n")
    town.set(OLD, "places", "dating")
    town.built()
    own = {"departments/shuiwusuo.html", "places/dating.html", "items/yongshui-baozhuang.html", "topics/shenghuo.html"}
    ids = {url.rpartition("/")[2].removesuffix(".html") for url in own}

    stem = re.compile(rf"/(?:department-|topic-)?(?:{'|'.join(ids)})\.(?:html|json)$")
    there = {url for url in published(town) if stem.search(url)}
    assert {subject_of(url) for url in there} == own
    assert there <= {*own, *(url for page in own for url in beside(page))}


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("mine.html", "page"),
        ("feed.xml", "file"),
        ("data/areas/liuhe-2.json", "part"),
        ("data/items-2-steps.csv", "part"),
        ("robots.txt", "file"),
        ("a/b.htm", "page"),
    ],
)
def test_what_an_address_is(url: str, kind: str) -> None:
    assert kind_of_address(url) is AddressKind(kind)


# --- In a browser -----------------------------------------------------------------------------------------------------


def test_the_edition_on_a_scanned_paper_and_the_ticks_of_a_guide_go_along(town: SiteFolder, browser: Browser) -> None:
    old, new = "items/yongshui-baozhuang.html", "items/zilaishui-kaihu.html"
    root = town.built().as_uri()
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{root}/{old}")
    page.locator(".material input").first.check()
    moved(town, f"{old}: {new}\n").built()

    page.goto(f"{root}/{old}?from=paper#e-0A1B2C")
    page.wait_for_url(f"{root}/{new}?from=paper#e-0A1B2C")
    assert page.locator(".material input").first.is_checked()
    page.goto(f"{root}/mine.html")
    assert page.locator("section.mine h2 a").get_attribute("href") == new
    assert page.locator("section.mine .warning").count() == 0
    context.close()


def test_a_saved_guide_that_is_gone_leads_to_the_page_that_says_why(town: SiteFolder, browser: Browser) -> None:
    root = town.built().as_uri()
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{root}/items/yongshui-baozhuang.html")
    page.locator(".material input").first.check()
    moved(town, "items/yongshui-baozhuang.html: {gone: 并到县里了}\n", to="").built()

    page.goto(f"{root}/mine.html")
    page.locator("section.mine h2 a").click()
    assert page.locator("main").inner_text().startswith("这一页已经撤下")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_a_page_leads_on_without_script(town: SiteFolder, browser: Browser) -> None:
    root = moved(town, "items/yongshui-baozhuang.html: items/zilaishui-kaihu.html\n").built().as_uri()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}/editions/yongshui-baozhuang.html")
    page.wait_for_url(f"{root}/editions/zilaishui-kaihu.html")
    context.close()
