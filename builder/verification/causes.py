"""Verdicts of one cause put together, with the likely reason and what the operator should do, in words to be sent on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from posixpath import splitext

from builder.verification.content_types import PACKED_OURSELVES, right_type
from builder.verification.verdict import Kind, Verdict


@dataclass(frozen=True, slots=True)
class Cause:
    """What one cause did: its title, with the number of files; the likely reason; what to do; and the files.

    `is_whole_kind` if the title says already which files these are.
    """

    kind: Kind
    title: str
    reason: str
    fix: str
    verdicts: tuple[Verdict, ...]
    is_whole_kind: bool = False

    def about(self, verdict: Verdict) -> str:
        """Return what is to be said of one of the files, that the title does not say."""
        return "" if verdict.detail in self.title else verdict.detail


@dataclass(frozen=True, slots=True)
class Wording:
    """How a kind is told. ``{n}`` is the number of files, ``{detail}`` what was seen of the first."""

    title: str
    reason: str
    fix: str


WORDINGS: dict[Kind, Wording] = {
    Kind.UNREACHABLE: Wording(
        "{n} 个文件拿不到：{detail}",
        "服务器或网络不稳，或防火墙把连接掐断了。",
        "请看服务器的日志和防火墙的记录；恢复以后再验一遍。",
    ),
    Kind.BLOCKED: Wording(
        "{n} 个文件被拦住：{detail}",
        "网站前面的防火墙（WAF）、防攻击或验证码的设置，把正常的文件当成了攻击，或嫌访问太快。",
        "请在防火墙里放行这个文件夹：全部是静态文件，只用 GET 方法，网址里有 ?v= 和中文的 ?q=。",
    ),
    Kind.MISSING: Wording(
        "{n} 个文件没有（{detail}）",
        "没有上传，上传时漏了，或服务器不认得这种扩展名。",
        "请把这些文件上传到同样的位置；已经上传的，给这种扩展名设上类型（见发布包里的服务器设置）。",
    ),
    Kind.STALE: Wording(
        "{n} 个文件还是旧的：{detail}",
        "没有上传，同名的文件没有覆盖，或缓存（CDN）没有刷新。",
        "请重新上传这些文件，同名的覆盖，然后刷新 CDN 和防篡改系统的缓存。",
    ),
    Kind.TRUNCATED: Wording(
        "{n} 个文件不完整",
        "上传到一半断了，磁盘满了，或中间的设备限制了大小。",
        "请看磁盘空间，重新上传这些文件。",
    ),
    Kind.INJECTED: Wording(
        "{n} 个文件里被加了东西：{detail}",
        "平台、CDN 自动加的统计或工具条；不是的话，可能是网站被挂了代码。",
        "请先弄清是谁加的：自己的平台加的，请对这个文件夹关掉；说不清的，当作被篡改处理，马上报告。",
    ),
    Kind.EOL: Wording(
        "{n} 个文件的换行变了",
        "上传时用了文本（ASCII）方式，或别的系统转换了换行。搜索索引因此会坏。",
        "请用二进制（Binary）方式重新上传全部文件。",
    ),
    Kind.BOM: Wording(
        "{n} 个文件开头多了 BOM",
        "有人用记事本之类的软件打开又保存过，或平台导入时改过。",
        "请不要打开文件，直接上传发布包里的原文件。",
    ),
    Kind.RECODED: Wording(
        "{n} 个文件的编码变了：{detail}",
        "平台导入时把 UTF-8 转成了别的编码。",
        "请关掉平台的转码，按原样（二进制）上传发布包里的文件。",
    ),
    Kind.DOUBLE_GZIP: Wording(
        "{n} 个文件的压缩不对：{detail}",
        "服务器、CDN、网关里有两处都在压缩，或压缩了却没有写 Content-Encoding。浏览器解开一次还是乱码。",
        "请只留一处压缩；已经是压缩数据的（.pagefind、.pf_*）不要再压。",
    ),
    Kind.BAD_CODING: Wording(
        "{n} 个文件打不开：{detail}",
        "服务器写了 Content-Encoding，内容却不是那样压缩的，多半是网关解压以后没有去掉这一行。",
        "请看网关、CDN 的压缩设置，让 Content-Encoding 和内容一致。",
    ),
    Kind.WRONG_TYPE: Wording(
        "{n} 个 {extensions} 文件的类型不对：{detail}，应是 {type}",
        "服务器没有给这种扩展名设类型，浏览器会不执行、不排版，或当成文字显示、下载。",
        "请把 {extensions} 的类型（MIME）设成 {type}，写法见发布包里的服务器设置。",
    ),
    Kind.WRONG_CHARSET: Wording(
        "{n} 个文件的编码说错了：{detail}，应是 UTF-8",
        "服务器在 Content-Type 里统一写了别的编码，浏览器照它显示，全是乱码。",
        "请把 charset 改成 utf-8，或去掉这一项。",
    ),
    Kind.REDIRECTED: Wording(
        "{n} 个文件转到了别处：{detail}",
        "服务器设了跳转，或要求先登录。",
        "请对这个文件夹去掉跳转和登录：办事指南是公开的静态文件。",
    ),
    Kind.ALTERED: Wording(
        "{n} 个文件被改过",
        "平台、CDN 的“优化”改了代码，有人在服务器上改了，或是没有留底的另一版。",
        "请关掉对这个文件夹的改写（压缩 HTML、合并脚本、邮箱保护等），重新上传原文件；说不清是谁改的，当作被篡改处理。",
    ),
}
# Extensions that a server may not know, and filters do not either.
UNUSUAL = {*PACKED_OURSELVES, ".wasm", ".json", ".jsonld", ".svg", ".webmanifest"}
# Where the cause is known better than by its kind alone.
SPECIAL: dict[tuple[Kind, str], Wording] = {
    (Kind.MISSING, "soft"): Wording(
        "{n} 个文件没有，却有别的页顶替",
        "文件没有上传，服务器又拿别的页顶替。",
        "请把这些文件上传到同样的位置，并让不存在的网址答 404。",
    ),
    (Kind.WRONG_TYPE, "index"): Wording(
        "{n} 个 {extensions} 文件的类型不对：{detail}，应是 {type}",
        "服务器不认得这种扩展名，当成了文字。路上的网关、CDN 会去转换文字的换行和编码，搜索索引就坏了。",
        "请把 {extensions} 的类型（MIME）设成 {type}，写法见发布包里的服务器设置。",
    ),
    (Kind.MISSING, "types"): Wording(
        "{n} 个文件没有：{extensions} 的一个也没有",
        "服务器不认得这种扩展名，就说没有（IIS 常见）；或者上传的软件、安全网关把它们滤掉了。.pagefind 和 .pf_ 开头的没有了，全文搜索不能用。",
        "请给 {extensions} 设上类型（写法见发布包里的服务器设置），再看文件上传了没有。",
    ),
    (Kind.ALTERED, "replaced"): Wording(
        "{n} 个文件{detail}",
        "服务器、平台拿别的页（维护、出错、欢迎页）顶替，上传错了文件，或有人在服务器上换了。",
        "请去掉顶替的页，重新上传原文件；说不清是谁换的，当作被篡改处理，马上报告。",
    ),
    (Kind.ALTERED, "spaces"): Wording(
        "{n} 个文件里多了空格或空行", "平台导入、编辑器排版时加的。", "请不要打开文件，直接上传发布包里的原文件。"
    ),
    (Kind.BLOCKED, "login"): Wording(
        "{n} 个文件{detail}", "这个文件夹设了登录。", "请对这个文件夹去掉登录：办事指南是公开的。"
    ),
    (Kind.ALTERED, "minified"): Wording(
        "{n} 个文件被“精简”过：空格、换行没有了",
        "CDN 或平台打开了“压缩 HTML/CSS/JS”。",
        "请对这个文件夹关掉这类优化：文件已经是精简的，再改会认不出有没有被篡改。",
    ),
    (Kind.REDIRECTED, "loop"): Wording(
        "{n} 个文件转来转去，永远打不开",
        "http 转 https、https 又转 http，或有“www”和没有的互相转。",
        "请只留一个方向的跳转。CDN 回源用 http 的，源站不要再转到 https。",
    ),
}
# In the order in which an operator should look at them.
ORDER = (
    Kind.UNREACHABLE,
    Kind.BLOCKED,
    Kind.REDIRECTED,
    Kind.INJECTED,
    Kind.MISSING,
    Kind.STALE,
    Kind.TRUNCATED,
    Kind.ALTERED,
    Kind.RECODED,
    Kind.WRONG_CHARSET,
    Kind.EOL,
    Kind.BOM,
    Kind.DOUBLE_GZIP,
    Kind.BAD_CODING,
    Kind.WRONG_TYPE,
)
KNOWN_INSERTIONS = {
    "hm.baidu.com": "百度统计",
    "cnzz.com": "友盟统计",
    "51.la": "51LA 统计",
    "google-analytics.com": "谷歌统计",
    "googletagmanager.com": "谷歌统计",
    "cdn-cgi": "Cloudflare",
    "cloudflareinsights.com": "Cloudflare 统计",
    "zfwzgl.www.gov.cn": "“我为政府网站找错”",
    "zfwzzc.www.gov.cn": "“我为政府网站找错”",
    "dcs.conac.cn": "党政机关网站标识",
    "jubao.12377.cn": "举报标识",
}


def causes_of(verdicts: Iterable[Verdict], *, is_another_release: bool = False) -> list[Cause]:
    """Return the causes behind all verdicts that are not well, the gravest first.

    Where the site is another release as a whole, what is missing was not uploaded, whatever its extension.
    """
    some = [each for verdict in verdicts for each in (replace(verdict, also=()), *verdict.also)]
    unknown = set() if is_another_release else _unknown_types(some)
    groups: dict[tuple[Kind, str], list[Verdict]] = {}
    for verdict in some:
        if verdict.kind is not Kind.OK:
            is_unknown = verdict.kind is Kind.MISSING and splitext(verdict.path)[1] in unknown
            groups.setdefault((verdict.kind, "types" if is_unknown else verdict.group), []).append(verdict)
    causes = [_cause(kind, group, tuple(members)) for (kind, group), members in groups.items()]
    return sorted(causes, key=lambda cause: (ORDER.index(cause.kind), -len(cause.verdicts), cause.title))


def _unknown_types(verdicts: list[Verdict]) -> set[str]:
    """Return the unusual extensions of which no file at all is there."""
    if sum(verdict.kind is Kind.OK for verdict in verdicts) < 2:  # hardly anything is there
        return set()
    missing = {splitext(verdict.path)[1] for verdict in verdicts if verdict.kind is Kind.MISSING}
    there = {splitext(verdict.path)[1] for verdict in verdicts if verdict.kind is not Kind.MISSING}
    return (missing - there) & UNUSUAL


def _cause(kind: Kind, group: str, verdicts: tuple[Verdict, ...]) -> Cause:
    wording = SPECIAL.get((kind, group.partition(" ")[0])) or WORDINGS[kind]
    first = verdicts[0]
    detail = first.detail
    if kind is Kind.INJECTED and (name := next((who for mark, who in KNOWN_INSERTIONS.items() if mark in detail), "")):
        detail = f"{name}，{detail}"
    values = {
        "n": len(verdicts),
        "detail": detail,
        "extensions": "、".join(sorted({splitext(verdict.path)[1] for verdict in verdicts})),
        "type": right_type(first.path),
    }
    title, reason, fix = (text.format(**values) for text in (wording.title, wording.reason, wording.fix))
    return Cause(kind, title, reason, fix, verdicts, is_whole_kind=group == "types")
