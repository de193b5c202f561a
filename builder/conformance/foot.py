"""Standards of the page frame (foot, breadcrumb, dates) and of the address of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

from builder.conformance.evidence import Evidence
from builder.conformance.facts import CODE, CONTACT, HOST, ICP, MARK, POLICE, Fact
from builder.conformance.inspected_page import InspectedPage
from builder.conformance.standard import PAGES_2017, Judgement, Section, Standard
from builder.content.settings import Settings
from builder.guide import call


def _frame_standard(id: str, title: str, fix: str = "", points: float = 1) -> Standard:
    return Standard(f"frame.{id}", Section.FRAME, title, PAGES_2017, fix, points)


ALLOWED_HOSTS = ("conac.cn",)  # the mark that every government site must show links there

HOST_SHOWN = _frame_standard("host", "每页写着主办单位", "site.yaml 写 host")
CONTACT_SHOWN = _frame_standard("contact", "每页写着联系方式", "site.yaml 写 phones、email 或 address")
CODE_SHOWN = _frame_standard("site-id-code", "每页写着网站标识码", "site.yaml 写 site_id_code")
ICP_SHOWN = _frame_standard("icp", "每页写着 ICP 备案号，连到备案网站", "site.yaml 写 icp")
POLICE_SHOWN = _frame_standard("police", "每页写着公安备案号，连到备案网站", "site.yaml 写 police")
MARK_SHOWN = _frame_standard("party-mark", "每页有党政机关网站标识，连到它的证明", "site.yaml 写 party_mark")
ERROR_REPORT = _frame_standard(
    "report-errors", "每页有“我为政府网站找错”，带标识码和这一页的网址", "site.yaml 写 site_id_code 和 base_url"
)
SITE_MAP = _frame_standard("site-map", "每页能到网站地图", "自己的 footer.html 里放上 sitemap.html 的链接")
GOV_CN = _frame_standard("gov-cn", "网站地址在 .gov.cn 下", "用政府网站的域名", 0)
HTTPS = _frame_standard("https", "网站地址用 https", "site.yaml 的 base_url 写 https 开头的", 0)
IPV6 = _frame_standard("ipv6", "IPv6 能访问", points=0)
BREADCRUMB = _frame_standard("breadcrumb", "每页写着当前位置", points=0)
DATELINE = _frame_standard("dateline", "内容页上写着发布时间和来源", "把内容提交到 git，或在文件里写 published", 0)
LARGE_TYPE = _frame_standard("large-type", "每页能换大字", points=0)
PRINTABLE = _frame_standard("print", "指南页能打印", "site.yaml 的 print_guides 不要写 否", 0)
NO_POP_UPS = _frame_standard("no-pop-ups", "没有嵌入的别家页面、自动播放和飘动的东西", points=0)
NO_OUTSIDE_LINKS = _frame_standard(
    "leaving", "不连到政府网站以外；要连的，离开前有提示", "去掉这些链接，或由上级网站加离站提示", 0
)


def judge(evidence: Evidence) -> Iterator[Judgement]:
    """Yield the judgement on each standard of the page frame."""
    settings, words = evidence.settings, evidence.words
    base = settings.base_url
    numbers = {f"tel:{call(phone, words).dial}" for phone in settings.phones}

    def has_contact(page: InspectedPage) -> bool:
        mailed = bool(settings.email) and settings.email in page.text
        return mailed or bool(numbers & set(page.links)) or (bool(settings.address) and settings.address in page.text)

    yield _fact_shown(evidence, HOST_SHOWN, HOST, lambda page: settings.host in page.text)
    yield _fact_shown(evidence, CONTACT_SHOWN, CONTACT, has_contact)
    yield _fact_shown(evidence, CODE_SHOWN, CODE, lambda page: settings.site_id_code in page.text)
    yield _fact_shown(
        evidence, ICP_SHOWN, ICP, lambda page: settings.icp in page.text and _links_to(page, "beian.miit.gov.cn")
    )
    yield _fact_shown(
        evidence,
        POLICE_SHOWN,
        POLICE,
        lambda page: settings.police in page.text and _links_to(page, "beian.mps.gov.cn", "www.beian.gov.cn"),
    )
    yield _fact_shown(evidence, MARK_SHOWN, MARK, lambda page: settings.party_mark in page.links)
    yield _fact_shown(evidence, ERROR_REPORT, CODE, lambda page: _links_error_report(page, settings))
    unmapped = [page.url for page in evidence.pages if not any(link.endswith("sitemap.html") for link in page.links)]
    yield _everywhere(SITE_MAP, unmapped, evidence)
    yield _address(GOV_CN, base, settings.domain.split(":")[0].endswith(".gov.cn"), settings.domain)
    yield _address(HTTPS, base, base.startswith("https://"), base)
    yield IPV6.unjudged("要看放网站的服务器，请问机房")
    placed = [page for page in evidence.pages if not page.is_sheet and page.kind not in ("home", "notfound")]
    lost = [page.url for page in placed if words["breadcrumb"] not in page.names]
    yield BREADCRUMB.at(lost, len(placed), "{n} 页没有", f"{len(placed)} 页都有")
    published, source = (words[word].partition("{")[0] for word in ("published_at", "content_source"))
    content = [page for page in evidence.content if not page.is_sheet]
    undated = [page.url for page in content if published not in page.text or source not in page.text]
    yield DATELINE.at(undated, len(content), "{n} 页没有", f"{len(content)} 页都有")
    screens = [page for page in evidence.pages if not page.is_sheet]
    small = [page.url for page in screens if "data-size-switch" not in page.attributes]
    yield LARGE_TYPE.at(small, len(screens), "{n} 页没有", f"{len(screens)} 页都有（打印页除外）")
    guides = [page for page in evidence.pages if page.kind == "item"]
    unprinted = [page.url for page in guides if not any(link.startswith("../print/") for link in page.links)]
    yield PRINTABLE.at(unprinted, len(guides), "{n} 页没有", f"{len(guides)} 页都能")
    moving = [f"{page.url}：{'、'.join(page.moving)}" for page in evidence.pages if page.moving]
    yield NO_POP_UPS.at(moving, len(evidence.pages), "{n} 页有", "一处也没有")
    outside = _outside_hosts(evidence)
    yield NO_OUTSIDE_LINKS.at(outside, len(outside), "连到 {n} 个别的网站", "没有连到政府网站以外")


def _fact_shown(
    evidence: Evidence, standard: Standard, fact: Fact, is_shown: Callable[[InspectedPage], bool]
) -> Judgement:
    if fact.is_stated(evidence.settings):
        return _everywhere(standard, [page.url for page in evidence.pages if not is_shown(page)], evidence)
    field = " 或 ".join(fact.fields)
    if evidence.settings.parent:
        return standard.unjudged(f"由上级网站的页眉页脚负责，site.yaml 没写 {field}")
    return standard.unmet(f"{len(evidence.pages)} 页都没有，因为 site.yaml 没写 {field}", ["site.yaml"], 1)


def _everywhere(standard: Standard, missing: list[str], evidence: Evidence) -> Judgement:
    return standard.at(missing, len(evidence.pages), "{n} 页没有", f"{len(evidence.pages)} 页都有")


def _links_to(page: InspectedPage, *hosts: str) -> bool:
    return any(urlsplit(link).hostname in hosts for link in page.links)


def _links_error_report(page: InspectedPage, settings: Settings) -> bool:
    """Return whether the page links to 我为政府网站找错 with the site's code and the page's own address."""
    for link in page.links:
        if urlsplit(link).hostname == "zfwzgl.www.gov.cn":
            query = parse_qs(urlsplit(link).query)
            expected = [f"{settings.base_url}/{page.url}"] if settings.base_url else [""]
            return query.get("site_code") == [settings.site_id_code] and query.get("url", [""]) == expected
    return False


def _address(standard: Standard, base: str, is_met: bool, address: str) -> Judgement:  # noqa: FBT001 - a condition of the caller
    if not base:
        return standard.unjudged("site.yaml 没写 base_url（网站地址）")
    return standard.met(address) if is_met else standard.unmet(f"现在是 {address}", ["site.yaml"], 1)


def _outside_hosts(evidence: Evidence) -> list[str]:
    """Return the non-government hosts that pages link to, each with the address of the first such page."""
    own = {evidence.settings.domain}
    linked_from: dict[str, str] = {}
    for page in evidence.pages:
        for link in page.links:
            if link.startswith(("http://", "https://")):
                host = urlsplit(link).hostname or ""
                if not (host in own or host.endswith((".gov.cn", *ALLOWED_HOSTS))):
                    linked_from.setdefault(host, page.url)
    return [f"{host}（{url}）" for host, url in sorted(linked_from.items())]
