"""What stands around the content of every page: foot, breadcrumb, dates; and the address of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

from builder.conformance.built import Built
from builder.conformance.evidence import Evidence
from builder.conformance.facts import CODE, CONTACT, HOST, ICP, MARK, POLICE, Fact
from builder.conformance.standard import PAGES_2017, Judged, Section, Standard
from builder.content.settings import Settings
from builder.guide import call


def _foot(id: str, title: str, fix: str = "", points: float = 1) -> Standard:
    return Standard(f"frame.{id}", Section.FRAME, title, PAGES_2017, fix, points)


OUTSIDE_HOSTS = ("conac.cn",)  # where the marks that a government site has to carry lead

HOST_SHOWN = _foot("host", "每页写着主办单位", "site.yaml 写 host")
CONTACT_SHOWN = _foot("contact", "每页写着联系方式", "site.yaml 写 phones、email 或 address")
CODE_SHOWN = _foot("site-id-code", "每页写着网站标识码", "site.yaml 写 site_id_code")
ICP_SHOWN = _foot("icp", "每页写着 ICP 备案号，连到备案网站", "site.yaml 写 icp")
POLICE_SHOWN = _foot("police", "每页写着公安备案号，连到备案网站", "site.yaml 写 police")
MARK_SHOWN = _foot("party-mark", "每页有党政机关网站标识，连到它的证明", "site.yaml 写 party_mark")
MISTAKES = _foot(
    "report-errors", "每页有“我为政府网站找错”，带标识码和这一页的网址", "site.yaml 写 site_id_code 和 base_url"
)
SITE_MAP = _foot("site-map", "每页能到网站地图", "自己的 footer.html 里放上 sitemap.html 的链接")
GOV_CN = _foot("gov-cn", "网站地址在 .gov.cn 下", "用政府网站的域名", 0)
HTTPS = _foot("https", "网站地址用 https", "site.yaml 的 base_url 写 https 开头的", 0)
IPV6 = _foot("ipv6", "IPv6 能访问", points=0)
CRUMBS = _foot("breadcrumb", "每页写着当前位置", points=0)
DATELINE = _foot("dateline", "内容页上写着发布时间和来源", "把内容提交到 git，或在文件里写 published", 0)
LARGE = _foot("large-type", "每页能换大字", points=0)
PRINTABLE = _foot("print", "指南页能打印", "site.yaml 的 print_guides 不要写 否", 0)
QUIET = _foot("no-pop-ups", "没有嵌入的别家页面、自动播放和飘动的东西", points=0)
LEAVING = _foot("leaving", "不连到政府网站以外；要连的，离开前有提示", "去掉这些链接，或由上级网站加离站提示", 0)


def judge(evidence: Evidence) -> Iterator[Judged]:
    """Yield what came of every standard about the frame of pages."""
    settings, words = evidence.settings, evidence.words
    base = settings.base_url
    numbers = {f"tel:{call(phone, words).dial}" for phone in settings.phones}

    def has_contact(page: Built) -> bool:
        mailed = bool(settings.email) and settings.email in page.text
        return mailed or bool(numbers & set(page.links)) or (bool(settings.address) and settings.address in page.text)

    yield _shown(evidence, HOST_SHOWN, HOST, lambda page: settings.host in page.text)
    yield _shown(evidence, CONTACT_SHOWN, CONTACT, has_contact)
    yield _shown(evidence, CODE_SHOWN, CODE, lambda page: settings.site_id_code in page.text)
    yield _shown(evidence, ICP_SHOWN, ICP, lambda page: settings.icp in page.text and _leads(page, "beian.miit.gov.cn"))
    yield _shown(
        evidence,
        POLICE_SHOWN,
        POLICE,
        lambda page: settings.police in page.text and _leads(page, "beian.mps.gov.cn", "www.beian.gov.cn"),
    )
    yield _shown(evidence, MARK_SHOWN, MARK, lambda page: settings.party_mark in page.links)
    yield _shown(evidence, MISTAKES, CODE, lambda page: _reports(page, settings))
    elsewhere = [page.url for page in evidence.pages if not any(link.endswith("sitemap.html") for link in page.links)]
    yield _everywhere(SITE_MAP, elsewhere, evidence)
    yield _address(GOV_CN, base, settings.domain.split(":")[0].endswith(".gov.cn"), settings.domain)
    yield _address(HTTPS, base, base.startswith("https://"), base)
    yield IPV6.unjudged("要看放网站的服务器，请问机房")
    placed = [page for page in evidence.pages if not page.is_sheet and page.kind not in ("home", "notfound")]
    lost = [page.url for page in placed if words["breadcrumb"] not in page.names]
    yield CRUMBS.at(lost, len(placed), "{n} 页没有", f"{len(placed)} 页都有")
    published, source = (words[word].partition("{")[0] for word in ("published_at", "content_source"))
    told = [page for page in evidence.content if not page.is_sheet]
    silent = [page.url for page in told if published not in page.text or source not in page.text]
    yield DATELINE.at(silent, len(told), "{n} 页没有", f"{len(told)} 页都有")
    screens = [page for page in evidence.pages if not page.is_sheet]
    small = [page.url for page in screens if "data-size-switch" not in page.attributes]
    yield LARGE.at(small, len(screens), "{n} 页没有", f"{len(screens)} 页都有（打印页除外）")
    guides = [page for page in evidence.pages if page.kind == "item"]
    unprinted = [page.url for page in guides if not any(link.startswith("../print/") for link in page.links)]
    yield PRINTABLE.at(unprinted, len(guides), "{n} 页没有", f"{len(guides)} 页都能")
    moving = [f"{page.url}：{'、'.join(page.moving)}" for page in evidence.pages if page.moving]
    yield QUIET.at(moving, len(evidence.pages), "{n} 页有", "一处也没有")
    outside = _outside(evidence)
    yield LEAVING.at(outside, len(outside), "连到 {n} 个别的网站", "没有连到政府网站以外")


def _shown(evidence: Evidence, standard: Standard, fact: Fact, is_shown: Callable[[Built], bool]) -> Judged:
    if fact.is_stated(evidence.settings):
        return _everywhere(standard, [page.url for page in evidence.pages if not is_shown(page)], evidence)
    field = " 或 ".join(fact.fields)
    if evidence.settings.parent:
        return standard.unjudged(f"由上级网站的页眉页脚负责，site.yaml 没写 {field}")
    return standard.unmet(f"{len(evidence.pages)} 页都没有，因为 site.yaml 没写 {field}", ["site.yaml"], 1)


def _everywhere(standard: Standard, missing: list[str], evidence: Evidence) -> Judged:
    return standard.at(missing, len(evidence.pages), "{n} 页没有", f"{len(evidence.pages)} 页都有")


def _leads(page: Built, *hosts: str) -> bool:
    return any(urlsplit(link).hostname in hosts for link in page.links)


def _reports(page: Built, settings: Settings) -> bool:
    """Tell whether the page links the place for reporting mistakes with the site's code and its own address."""
    for link in page.links:
        if urlsplit(link).hostname == "zfwzgl.www.gov.cn":
            asked = parse_qs(urlsplit(link).query)
            here = [f"{settings.base_url}/{page.url}"] if settings.base_url else [""]
            return asked.get("site_code") == [settings.site_id_code] and asked.get("url", [""]) == here
    return False


def _address(standard: Standard, base: str, well: bool, said: str) -> Judged:  # noqa: FBT001 - what was found
    if not base:
        return standard.unjudged("site.yaml 没写 base_url（网站地址）")
    return standard.met(said) if well else standard.unmet(f"现在是 {said}", ["site.yaml"], 1)


def _outside(evidence: Evidence) -> list[str]:
    """Return the hosts outside the government that pages lead to, each with one such page."""
    own = {evidence.settings.domain}
    found: dict[str, str] = {}
    for page in evidence.pages:
        for link in page.links:
            if link.startswith(("http://", "https://")):
                host = urlsplit(link).hostname or ""
                if not (host in own or host.endswith((".gov.cn", *OUTSIDE_HOSTS))):
                    found.setdefault(host, page.url)
    return [f"{host}（{url}）" for host, url in sorted(found.items())]
