"""Whose page it is that stands in the way: firewalls and log-ins, known by headers and words.

The signatures of products are those that wafw00f (github.com/EnableSecurity/wafw00f, BSD-3) lists, as far as they show
on a page that was blocked and not on every page behind the product.
"""

from __future__ import annotations

import html
import re

from builder.verification.answers import Response

# Of a page that was blocked, or asks the browser to prove itself: words of its source, by product.
PRODUCTS: dict[str, str] = {
    "阿里云盾": r"errors?\.aliyun(dun)?\.(com|net)|alicdn\.com/sd-base/static/|acw_sc__v\d"
    r"|your request has been blocked as it may cause potential threats",
    "腾讯云防火墙": r"腾讯云Web应用防火墙|waf(-static)?\.tencent(-?cloud)?\.com/",
    "华为云防火墙": r"hws_security@|hwclouds\.com",
    "知道创宇": r"__jsl_clearance|static\.jiasule\.com|notice-jiasule|365cyd\.com|ks[-_]waf[-_]error|创宇盾",
    "360（奇安信）网站卫士": r"wzws-waf-cgi/|wangshan\.360\.cn|wangzhan\.qianxin\.com",
    "安全狗": r"safedogsite/|404\.safedog\.cn|安全狗",
    "云锁": r"yunsuologo|yunsuo_session",
    "云盾（YUNDUN）": r"Blocked by YUNDUN|yundun\.com/yd[-_]http[_-]error",
    "百度云加速": r"yunjiasu-cgi/|yjs_use_ob",
    "玄武盾": r"admin\.dbappwaf\.cn|class=.(db[-_]?)?waf[-_]?row",
    "安域": r"your access has been intercepted by anyu|anyu.{0,10}the green channel",
    "爱数防火墙": r"eisoo-firewall-block",
    "东软 SEnginx": r"SENGINX-ROBOT-MITIGATION",
    "瑞数": r"\$_ts\s*=\s*window|window\[?['\"]?\$_ts|FSSBBI[lI]",
    "D盾": r"D盾[_ ]?拦截|d99net\.net",
    "宝塔防火墙": r"宝塔(网站|云)?(防火墙|WAF)|btwaf",
    "长亭雷池": r"safeline|SafeLine|雷池",
    "Cloudflare": r"cf-chl|challenge-platform|Attention Required! \| Cloudflare|cf-error-details",
    "Incapsula": r"_Incapsula_Resource",
}
# Headers that only a page of the product itself has.
HEADERS: dict[str, tuple[str, str]] = {
    "Cloudflare": ("cf-mitigated", r"."),
    "360（奇安信）网站卫士": ("x-powered-by-360wzb", r"."),
    "360 磐云": ("x-panyun-error-reason", r"."),
}
# Servers by which a product can be named once something is blocked.
SERVERS: dict[str, str] = {
    "华为云防火墙": r"HuaweiCloudWAF",
    "安全狗": r"Safedog",
    "云盾（YUNDUN）": r"YUNDUN",
    "百度云加速": r"yunjiasu",
    "知道创宇": r"jiasule-waf",
    "360（奇安信）网站卫士": r"qianxin-waf",
    "绿盟": r"NSFocus",
    "爱数防火墙": r"EisooWAF",
    "Safe3": r"Safe3",
    "Cloudflare": r"cloudflare",
}
WORDS = re.compile(
    r"人机验证|安全验证|验证码|滑块|滑动验证|完成.{0,6}验证|访问验证|(请求|访问|操作)[^。]{0,12}(被|已)[^。]{0,6}(拦截|阻断|拒绝|禁止)"
    r"|拦截提示|非法(请求|访问)|(访问|请求)(过于|太)频繁|疑似.{0,4}攻击|防火墙|安全策略"
    r"|captcha|are you (a )?human|access denied|request (was )?(blocked|rejected)|requested URL was rejected|has been blocked"
    r"|too many requests|checking your browser|just a moment|unusual traffic|web application firewall",
    re.IGNORECASE,
)
LOG_IN = re.compile(r"<input[^>]+type=[\"']?password|统一身份认证|请先登录|请登录后", re.IGNORECASE)
NOT_FOUND = re.compile(
    r"\b404\b|找不到|未找到|没有找到|无法找到|不存在|已(被)?删除|走丢了|\bnot found\b|no such (page|file)|page (cannot|can't|could not) be found",
    re.IGNORECASE,
)
SHORT = 1200  # characters that a page of a firewall, or of an error, has at most

_UNSEEN = re.compile(r"<(script|style|noscript|svg)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(r"<(?:title|h1|h2)[^>]*>(.*?)</(?:title|h1|h2)>", re.IGNORECASE | re.DOTALL)


def text_of(body: bytes) -> str:
    """Return a body as text: UTF-8, else GB 18030, with marks for what is neither."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", "replace")


def seen_text(page: str) -> str:
    """Return what a page shows, without tags and scripts."""
    return " ".join(html.unescape(_UNSEEN.sub(" ", page)).split())


def title_of(page: str) -> str:
    """Return the title of a page, "" without one."""
    found = _TITLE.search(page)
    return " ".join(html.unescape(found[1]).split())[:60] if found else ""


def looks_like_html(body: bytes) -> bool:
    """Whether a body is an HTML page, or a part of one."""
    start = body.lstrip(b"\xef\xbb\xbf \r\n\t")[:2000].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")) or b"<html" in start


def product_of(response: Response, page: str) -> str:
    """Return which firewall wrote a page, "" if none is recognised."""
    for name, pattern in PRODUCTS.items():
        if re.search(pattern, page):
            return name
    for name, (header, pattern) in HEADERS.items():
        if re.search(pattern, response.header(header)):
            return name
    return ""


def server_product(response: Response) -> str:
    """Return the firewall that the Server header names, "" for none."""
    server = response.header("server")
    return next((name for name, pattern in SERVERS.items() if re.search(pattern, server, re.IGNORECASE)), "")


def is_blocked(response: Response, page: str) -> bool:
    """Whether a page says that something was blocked, or lets only a browser pass that runs its script."""
    seen = seen_text(page)
    if len(seen) <= SHORT and WORDS.search(f"{title_of(page)} {seen}"):
        return True
    return bool(product_of(response, page)) or ("<script" in page.lower() and len(seen) < 16 and len(page) < 200_000)


def is_log_in(page: str) -> bool:
    """Whether a page asks to log in."""
    return bool(LOG_IN.search(page))


def is_not_found(page: str) -> bool:
    """Whether a page says that there is nothing at its address."""
    heads = " ".join(html.unescape(_UNSEEN.sub(" ", head)) for head in _HEAD.findall(page))
    seen = seen_text(page)
    return bool(NOT_FOUND.search(heads)) or (len(seen) <= SHORT and bool(NOT_FOUND.search(seen)))
