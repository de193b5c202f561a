"""Links in Markdown lead to pages and files of the site, or to an address outside that browsers can open."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote as percent_encoded
from urllib.parse import unquote, urlsplit

from builder.content.model.companions import Booklet, FreePage
from builder.content.model.item import Item
from builder.content.model.kinds import BY_RECORD
from builder.content.names import pinyin_id
from builder.content.parsing import MarkdownLink, ParsedFile
from builder.content.site import Site
from builder.support.diagnostics import Finding, Rule, near, quote
from builder.support.markdown import URL_SCHEMES

DEAD_LINK = Rule(
    "R212",
    "正文里的链接要打得开",
    why="群众点开是“页面不存在”；政府网站检查，首页一个不通的链接扣 1 分。",
    fix="站内的页面写相对地址，如 ../items/shiye-dengji.html、../static/forms/shenqingbiao.doc；外面的网址以 https:// 开头。",
)
RULES = (DEAD_LINK,)

# The folder of the page that shows the Markdown of each kind of record; links are relative to it. That of a booklet is
# written like that of any other page.
_FOLDERS = {BY_RECORD[Item].name: "items", BY_RECORD[FreePage].name: "pages", BY_RECORD[Booklet].name: "pages"}
_HOST = re.compile(
    r"(?:www\.|[\w.-]+\.(?:gov|com|org|net|edu)(?:\.cn)?(?=[/:]|$)|[\w.-]+\.cn(?=[/:]|$))", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class LinkingFile(NamedTuple):
    """A content file with those links of its Markdown of which only the whole site tells whether they can be opened."""

    file: str
    kind: str
    is_draft: bool
    links: tuple[MarkdownLink, ...]


def linking_files(files: Iterable[ParsedFile]) -> Iterator[LinkingFile]:
    """Yield the files with such links."""
    for file in files:
        if links := tuple(link for link in file.links if not _leads_outside(link.to)):
            yield LinkingFile(file.file, file.kind, bool(file.card and not file.card.public), links)


def _leads_outside(to: str) -> bool:
    """Tell whether a link leads to an address outside that browsers can open."""
    return to.strip().partition(":")[0].lower() in URL_SCHEMES


def check_links(
    site: Site,
    files: Iterable[LinkingFile],
    urls: Collection[str],
    static_files: Collection[str],
    withdrawn: Collection[str] = (),
) -> Iterator[Finding]:
    """Yield a finding for each Markdown link that cannot be opened.

    `urls` are the addresses of all pages, relative to the site, `withdrawn` those of them at which only stands why there
    is nothing; `static_files` are relative to ``static/``. A draft may lead to a draft.
    """
    published = {*urls, *(f"static/{path}" for path in static_files)}
    drafted = {card.url for card in site.cards if not card.public}
    for file in files:
        opening = published | drafted if file.is_draft else published
        for link in file.links:
            if gone := _opened(link, _FOLDERS[file.kind], withdrawn):
                says = f"链接“{quote(link.to.strip())}”指的网页撤下了，群众点开只看到“{GONE}”"
                hint = f"去掉这个链接，或改成别的网页；为什么撤下，写在 content/moved.yaml 的 {gone}"
                yield DEAD_LINK.at(file.file, *link.path, says=says, hint=hint, part=link.to)
            elif problem := _problem(link, _FOLDERS[file.kind], site, opening):
                says, hint = problem
                yield DEAD_LINK.at(file.file, *link.path, says=says, hint=hint, part=link.to)


GONE = "已经撤下"


def _opened(link: MarkdownLink, folder: str, urls: Collection[str]) -> str:
    """Return which of `urls` a link on a page in `folder` opens, "" for none."""
    path = unquote(link.to.strip().partition("#")[0].partition("?")[0])
    target = posixpath.normpath(posixpath.join(folder, path)).removeprefix("/")
    return target if path and target in urls else ""


def _problem(link: MarkdownLink, folder: str, site: Site, published: Collection[str]) -> tuple[str, str] | None:
    """Return what is wrong with a link on a page in `folder`, and how to mend it, or None."""
    to = link.to.strip()
    says = f"链接“{quote(to)}”打不开"
    try:
        parts = urlsplit(to)
    except ValueError:
        return says, DEAD_LINK.fix
    if parts.scheme and not re.match(r"[a-z]:[\\/]|[a-z]:%5C", to, re.IGNORECASE):
        return None if parts.scheme in URL_SCHEMES else (f"{says}：网页上只能点开网址、邮箱和电话", DEAD_LINK.fix)
    if parts.netloc:
        return f"{says}：网址要写全", _instead(to, f"https:{to}")
    if not to:
        return "这个链接没有写地址", DEAD_LINK.fix
    if parts.scheme or "\\" in to or "%5C" in to:
        return f"{says}：这是电脑里的文件", "要下载的文件放进 static/forms，写成 ../static/forms/文件名"
    path = unquote(parts.path)
    if not path or (target := posixpath.normpath(posixpath.join(folder, path)).removeprefix("/")) in published:
        return None if not path.startswith("/") else (f"{says}：站内的地址不能以“/”开头", _instead(to, f"..{to}"))
    if _MAIL.fullmatch(path):
        return f"{says}：邮箱前面要写 mailto:", _instead(to, f"mailto:{to}")
    if _HOST.match(path):
        return f"{says}：外面的网址要写全", _instead(to, f"https://{to}")
    card = site.card(posixpath.splitext(posixpath.basename(target))[0])
    if card and not card.public:
        return f"{says}：“{card.title}”是草稿或内部事项，没有页面", "去掉这个链接，或把那个事项公开"
    hint = _nearest(to, target, published) or _as_static_file(to, target)
    return f"{says}：网站里没有这个页面或文件", hint or DEAD_LINK.fix


def _as_static_file(to: str, target: str) -> str:
    """Return the hint to offer the file `target` for download, "" if it is none."""
    stem, extension = posixpath.splitext(posixpath.basename(target))
    if extension.lower() in ("", ".html", ".htm", ".yaml", ".md"):
        return ""
    name = f"{stem if stem.isascii() else pinyin_id(stem)}{extension.lower()}"
    return f"文件放成 static/forms/{name}；{_instead(to, f'../static/forms/{name}')}"


def _nearest(to: str, target: str, published: Collection[str]) -> str:
    """Return the hint to write the address of the page or file that comes nearest to `target`, "" if none does."""
    shown = [url for url in published if not url.startswith(("print/", "editions/", "data/", "search/"))]
    stem = _stem(target)
    same = sorted((url for url in shown if _stem(url) == stem), key=lambda url: (not url.startswith("items/"), url))
    if not (found := same[0] if same else near(target, shown)):
        return ""
    return _instead(to, f"../{percent_encoded(found)}")


def _stem(url: str) -> str:
    return posixpath.splitext(posixpath.basename(url))[0].lower()


def _instead(to: str, mended: str) -> str:
    return f"“{to}”改成“{mended}”"
