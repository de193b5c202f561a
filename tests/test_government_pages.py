"""What every page of a government site says of itself: labels, foot, breadcrumb; and how a channel leaves that to its parent."""

from __future__ import annotations

import re
from html import unescape

import pytest
from site_folder import SiteFolder

Said = pytest.CaptureFixture[str]

FACTS = """\
name: 试办镇办事指南
base_url: https://www.shiban.gov.cn/bszn
host: 试办镇人民政府
phones: 010-12345678
email: bszn@shiban.gov.cn
site_id_code: "1234567890"
icp: 京ICP备00000000号
police: 京公网安备 11000000000000号
party_mark: https://bszs.conac.cn/sitename?method=show&id=0000
search: 否
"""

ITEM = "items/shebaoka-shenban.html"
SHEET = "print/notice/shebaoka-shenban.html"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A site that states all its facts, built."""
    site = SiteFolder(tmp_path_factory.mktemp("whole") / "site").with_some_items()
    site.write("site.yaml", FACTS)
    site.set("content/items/xincheng/shebaoka-shenban.yaml", "published", "2026-11-03")
    assert site.build() == 0
    return site


def pages(site: SiteFolder) -> list[str]:
    return sorted(path.relative_to(site.out).as_posix() for path in site.out.rglob("*.html"))


def labels(site: SiteFolder, page: str) -> list[tuple[str, str]]:
    return [
        (name, unescape(said)) for name, said in re.findall(r'<meta name="(\w+)" content="([^"]*)">', site.page(page))
    ]


def links(site: SiteFolder, page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', site.page(page))]


def test_every_page_names_its_site_once(whole: SiteFolder) -> None:
    expected = {"SiteName": "试办镇办事指南", "SiteDomain": "www.shiban.gov.cn", "SiteIDCode": "1234567890"}
    assert len(pages(whole)) > 40
    for page in pages(whole):
        assert [pair for pair in labels(whole, page) if pair[0].startswith("Site")] == list(expected.items()), page


def test_no_label_is_said_twice_or_left_empty(whole: SiteFolder) -> None:
    for page in pages(whole):
        said = labels(whole, page)
        assert len({name for name, _ in said}) == len(said), page
        assert all(text.strip() for _, text in said), page


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("topics/index.html", "按主题找"),
        ("departments/index.html", "按部门找"),
        ("items/index.html", "全部事项"),
        ("search.html", "搜索"),
        ("sitemap.html", "网站地图"),
        ("pages/index.html", "制度和说明"),
    ],
)
def test_a_column_tells_what_it_is(whole: SiteFolder, page: str, name: str) -> None:
    said = dict(labels(whole, page))
    assert (said["ColumnName"], said["ColumnType"]) == (name, "办事服务")
    assert said["ColumnDescription"]
    assert name in said["ColumnKeywords"]
    assert "ArticleTitle" not in said


@pytest.mark.parametrize(
    "page", [ITEM, SHEET, "print/guide/shebaoka-shenban.html", "print/short/shebaoka-shenban.html"]
)
def test_content_tells_its_title_date_source_and_column(whole: SiteFolder, page: str) -> None:
    said = dict(labels(whole, page))
    assert said["ArticleTitle"] == re.findall(r"<h1[^>]*>([^<]+)</h1>", whole.page(ITEM))[0]
    assert said["PubDate"] == "2026-11-03 00:00"
    assert said["ContentSource"] == "试办镇人民政府"
    assert said["ColumnName"] == "社保卡"
    assert said["ColumnType"] == "办事服务"
    assert said["Url"] == f"https://www.shiban.gov.cn/bszn/{page}"


def test_the_home_page_belongs_to_no_column(whole: SiteFolder) -> None:
    assert not any(name.startswith("Column") for name, _ in labels(whole, "index.html"))


def test_the_foot_of_every_page_states_the_facts_and_leads_where_it_should(whole: SiteFolder) -> None:
    for page in pages(whole):
        text = whole.page(page)
        assert all(fact in text for fact in ("试办镇人民政府", "1234567890", "京ICP备00000000号", "010-1234 5678")), (
            page
        )
        assert "mailto:bszn@shiban.gov.cn" in links(whole, page)
        address = f"https%3A%2F%2Fwww.shiban.gov.cn%2Fbszn%2F{page.replace('/', '%2F')}"
        wanted = {
            f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=1234567890&url={address}",
            "https://bszs.conac.cn/sitename?method=show&id=0000",
            "https://beian.miit.gov.cn/",
            "https://beian.mps.gov.cn/#/query/webSearch?code=11000000000000",
            "../" * page.count("/") + "sitemap.html",
        }
        assert wanted <= set(links(whole, page)), page


def test_the_site_map_leads_to_every_column_and_what_stands_in_it(whole: SiteFolder) -> None:
    led = set(links(whole, "sitemap.html"))
    columns = {page for page in pages(whole) if page.split("/")[0] in ("topics", "departments", "areas", "pages")}
    assert columns <= led
    assert {"index.html", "search.html", "items/index.html"} <= led


def test_the_map_for_search_engines_names_no_page_that_they_are_not_to_know(whole: SiteFolder) -> None:
    listed = re.findall(r"<loc>https?://[^/]+/(?:[^<]*?/)?((?:[a-z-]+/)*[^</]+\.html)</loc>", whole.page("sitemap.xml"))
    unknown = {page for page in pages(whole) if '<meta name="robots" content="noindex">' in whole.page(page)}
    assert len(listed) > 10
    assert any(page.startswith("print/short/") for page in unknown)
    assert {"mine.html", "404.html"} <= unknown
    assert not unknown & set(listed)


def test_a_site_with_all_facts_is_not_reminded(site: SiteFolder, capsys: Said) -> None:
    site.with_some_items().write("site.yaml", FACTS)
    assert site.build("--strict") == 0
    assert "site.yaml 还没写" not in capsys.readouterr().out


def test_missing_facts_are_told_in_one_line_that_stops_nothing(site: SiteFolder, capsys: Said) -> None:
    assert site.with_some_items().build("--strict") == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if "site.yaml 还没写" in line)
    assert all(field in line for field in ("host", "site_id_code", "icp", "police", "party_mark"))
    assert "base_url" not in line
    assert "phones" not in line


def test_a_channel_leaves_the_facts_to_the_site_above_it(site: SiteFolder, capsys: Said) -> None:
    site.with_some_items().set("site.yaml", "parent", "{name: 试办区人民政府网站, url: 'https://www.shibanqu.gov.cn/'}")
    assert site.build() == 0
    assert "site.yaml 还没写" not in capsys.readouterr().out

    crumbs = {
        page: re.findall(r'<nav class="crumbs.*?</nav>', site.page(page), re.DOTALL) for page in ("index.html", ITEM)
    }
    for page, (crumb,) in crumbs.items():
        assert crumb.index('<a href="https://www.shibanqu.gov.cn/">试办区人民政府网站</a>') < crumb.index("首页"), page
    assert dict(labels(site, ITEM))["SiteName"] == "试办区人民政府网站"


def test_a_channel_can_wear_the_head_and_foot_of_the_site_above_it(site: SiteFolder) -> None:
    site.with_some_items().write("templates/header.html", '<p class="theirs">上级的页眉</p>{{ top_search }}')
    site.write("templates/footer.html", "<p>上级的页脚</p>")
    assert site.build() == 0
    for page in (ITEM, "index.html", "topics/index.html"):
        text = site.page(page)
        assert '<p class="theirs">上级的页眉</p>' in text
        assert 'class="brand"' not in text
        assert "<p>上级的页脚</p>" in text
    assert 'class="search top-search"' in site.page(ITEM)
    assert 'class="search top-search"' not in site.page("index.html"), "its own search is the large one"


def test_without_an_address_the_link_for_mistakes_names_the_site_alone(site: SiteFolder) -> None:
    site.with_some_items().write("site.yaml", FACTS.replace("base_url: https://www.shiban.gov.cn/bszn\n", ""))
    assert site.build() == 0
    assert "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=1234567890" in links(site, ITEM)
