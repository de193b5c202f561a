"""Ids and file names. They become URLs and files, so they must be valid on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from builder.content.fields import SLUG, SLUG_LENGTH
from builder.support.diagnostics import Finding, Rule, quote

BAD_NAME = Rule(
    "S121",
    "编号和文件名只用小写英文字母、数字和短横线",
    why="编号就是网址。中文、空格、大写字母在有的服务器上打不开；只差大小写的两个名字在 Windows 上是同一个。",
    fix="改成拼音，如 shebao-ka-guashi.yaml；可以用 new 命令新建，自动取名。",
)
RESERVED_NAME = Rule(
    "S122",
    "不能用 Windows 保留的名字",
    why="Windows 不能建叫 con、nul、com1 的文件，别人下载不了这份内容。",
    fix="换一个名字，如在前面加上类别：shebao-con。",
)
BAD_ADDRESS = Rule(
    "S125",
    "旧网址要照浏览器里的写，只写网站里面的一段",
    why="程序在旧网址上放一个网页，告诉来的人搬到哪里了；写错了，那里还是“打不开”。",
    fix="从浏览器地址栏抄，去掉网站自己的地址，如 items/shebaoka.html。带问号、带中文的旧网址，请主机的管理员设置转向。",
)
RULES = (BAD_NAME, RESERVED_NAME, BAD_ADDRESS)

# File names that Windows reserves for devices, with any extension (Microsoft, "Naming Files, Paths, and Namespaces").
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
MAX_LENGTH = SLUG_LENGTH


def check_name(file: str, key: str = "") -> Iterator[Finding]:
    """Yield the findings about the id `key` in `file`, or about the name of the file if there is no key."""
    id = key or file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    path = (key,) if key else ()
    if id.lower() in RESERVED:
        says = f"“{id}”是 Windows 保留的名字"
        yield RESERVED_NAME.at(file, *path, says=says, hint=_renamed(file, key, f"{id.lower()}-1"), on="key")
    elif not re.match(SLUG, id) or len(id) > MAX_LENGTH:
        label = "编号" if key else "文件名"
        says = f"{label}“{quote(id)}”只能用小写英文字母、数字和短横线，至多{MAX_LENGTH}个字"
        yield BAD_NAME.at(file, *path, says=says, hint=_renamed(file, key, pinyin_id(id)), on="key")


# The folders of pages of a site.
_FOLDERS = (
    "items",
    "departments",
    "places",
    "topics",
    "audiences",
    "areas",
    "pages",
    "disclosure",
    "editions",
    "print",
)
_SEGMENT = r"[A-Za-z0-9][A-Za-z0-9._-]*"
ADDRESS = rf"^(?:{_SEGMENT}/)*{_SEGMENT}\.(?:html|htm|shtml)$"
LONGEST_ADDRESS = 200


def check_address(file: str, key: str) -> Iterator[Finding]:
    """Yield the finding about the key of an old page, which has to be an address at which a page can be put."""
    if re.match(ADDRESS, key) and len(key) <= LONGEST_ADDRESS and not RESERVED & _stems(key):
        return
    meant = _address_meant(key.strip())
    mended = meant if re.match(ADDRESS, meant) and not RESERVED & _stems(meant) else ""
    says = f"“{quote(key)}”不是网站里一个网页的网址"
    yield BAD_ADDRESS.at(file, key, says=says, hint=f"改成 {mended}" if mended else BAD_ADDRESS.fix, on="key")


def _address_meant(written: str) -> str:
    """Return the address inside the site that somebody meant who wrote more of it, or the id of an item."""
    path = re.sub(r"^(?:[a-z]+:)?//[^/]*/?", "", written).partition("?")[0].partition("#")[0].lstrip("/")
    path = re.sub(rf"^(?:[\w.-]+/)+?(?=(?:{'|'.join(_FOLDERS)})/)", "", path)  # the site lies in a folder of its host
    if re.match(SLUG, path):
        return f"items/{path}.html"
    return path if re.search(r"\.\w+$", path) else f"{path.rstrip('/')}/index.html"


def _stems(address: str) -> set[str]:
    """Return the names in an address as Windows compares them with those that it reserves."""
    return {part.partition(".")[0].lower() for part in address.split("/")}


def _renamed(file: str, key: str, id: str) -> str:
    return f"改成 {id}" if key else f"文件名改成 {id}.{file.rpartition('.')[2].lower()}"


def pinyin_id(text: str) -> str:
    """Return an id made of the pinyin of `text`, which may be any text."""
    return slug(text) or "shixiang-1"


def slug(name: str) -> str:
    """Return an id for `name`: its pinyin syllables with hyphens, `MAX_LENGTH` characters at most. It may be ""."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to import, and not needed if an id is given

    syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(unicodedata.normalize("NFKC", name))).lower())
    return _shortened("-".join(syllables), MAX_LENGTH)


def unused_id(id: str, used: Collection[str]) -> str:
    """Return `id`, with a number behind it if it is used."""
    unused, number = id, 1
    while unused in used:
        number += 1
        unused = f"{_shortened(id, MAX_LENGTH - len(str(number)) - 1)}-{number}"
    return unused


def _shortened(id: str, max_length: int) -> str:
    """Return `id` shortened to complete syllables; if the first one is too long, cut it."""
    if len(id) <= max_length:
        return id
    return id[: max_length + 1].rpartition("-")[0] or id[:max_length]
