"""Old addresses (``content/moved.yaml``) lead somewhere, at once, and stand in the way of no page."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping

from builder.content.addresses import beside, page_of
from builder.content.model.moved import Moved
from builder.content.site import Companion, Site
from builder.support.diagnostics import Finding, Rule, near, quote

STILL_THERE = Rule(
    "R260",
    "还有网页的网址，不能写进旧网址",
    why="一个网址只能放一个网页：登记成旧网址，现在的网页就没有地方放了。",
    fix="从 content/moved.yaml 里删掉这一条；要撤下的是现在的网页，就先删掉它的内容文件。",
)
NOWHERE = Rule(
    "R261",
    "旧网址要搬到有网页的地方",
    why="纸上的二维码、收藏的网址，转过去还是“页面不存在”。",
    fix="照提示写现在的网址；没有新网页的，不写 to，写 gone（为什么撤下）。",
)
CHAIN = Rule(
    "R262",
    "旧网址要直接写最后搬到了哪里",
    why="转了再转，又慢，中间断了一处就到不了。",
    fix="照提示把 to 改成最后的网址。",
)
CIRCLE = Rule(
    "R263",
    "旧网址不能转圈",
    why="甲转到乙，乙又转到甲，网页打不开。",
    fix="其中一条改成真正有网页的网址；都没有网页的，写 gone（为什么撤下）。",
)
RULES = (STILL_THERE, NOWHERE, CHAIN, CIRCLE)


def check_moved(site: Site, pages: Collection[str], files: Collection[str]) -> Iterator[Finding]:
    """Yield the findings about old addresses.

    `pages` are the addresses of all pages but those that stand at old addresses; `files` all else that the site has.
    """
    entries = {one.id: one for one in site.all(Moved)}
    answered = {**{url: id for id in entries for url in beside(id) if url not in pages}, **{id: id for id in entries}}
    for old, entry in entries.items():
        if old in pages or old in files:
            says = f"“{old}”现在就有网页，不是旧网址"
            yield STILL_THERE.at(entry.file, old, says=says, hint=_of_live(old, entry.record, site), on="key")
        elif entry.record.to:
            yield from _leads_well(old, entry, site, pages, files, answered, entries)


def _of_live(old: str, moved: Moved, site: Site) -> str:
    found = page_of(old)
    card = site.card(found[1]) if found and found[0] == "items" else None
    if card and moved.to:
        return f"这个网页还要，就删掉这一条；确实搬到 {moved.to} 了，就删掉 {card.file}"
    return "删掉这一条；要撤下的是现在的网页，就先删掉它的内容文件"


def _leads_well(
    old: str,
    entry: Companion[Moved],
    site: Site,
    pages: Collection[str],
    files: Collection[str],
    answered: Mapping[str, str],
    entries: Mapping[str, Companion[Moved]],
) -> Iterator[Finding]:
    record, at = entry.record, (entry.file, old, "to")
    if record.is_outside:
        inside = _inside(record.to, site)
        if inside is not None:
            says = f"“{quote(record.to)}”是本网站的网址，只写网站里面的一段"
            yield NOWHERE.at(*at, says=says, hint=f"改成 {inside}")
        return
    target = record.page
    if target in pages or target in files:
        return
    if (through := answered.get(target)) is None:
        says = f"要搬到的“{quote(record.to)}”没有网页"
        yield NOWHERE.at(*at, says=says, hint=_meant(record.to, site, pages))
        return
    way = _way(old, through, entries, answered)
    if way[-1] in way[:-1]:
        says = "转来转去又回到这里" if len(set(way)) > 1 else "搬到的就是它自己"
        yield CIRCLE.at(*at, says=f"{says}：{' → '.join(way)}", hint=CIRCLE.fix)
        return
    last = entries[way[-1]].record
    says = f"“{target}”自己也是旧网址"
    if last.gone:
        yield NOWHERE.at(*at, says=f"{says}，已经撤下了", hint=f"不写 to，写 gone: {last.gone}")
    else:
        yield CHAIN.at(*at, says=f"{says}，又搬到了“{quote(last.to)}”", hint=f"改成 {last.to}")


def _way(old: str, through: str, entries: Mapping[str, Companion[Moved]], answered: Mapping[str, str]) -> list[str]:
    """Return the old addresses on the way from `old`, until one leads to no other or has been passed."""
    way = [old, through]
    while way[-1] not in way[:-1] and (following := answered.get(entries[way[-1]].record.page)):
        way.append(following)
    return way


def _inside(url: str, site: Site) -> str | None:
    """Return the address inside the site, None for one outside."""
    base = site.settings.base_url
    if not base or not url.startswith(f"{base}/"):
        return None
    return url.removeprefix(f"{base}/") or "index.html"


def _meant(to: str, site: Site, pages: Collection[str]) -> str:
    """Return the hint which page is meant."""
    written, _, anchor = to.strip().partition("#")
    path = posixpath.normpath(written).lstrip("/").removeprefix("../")
    stem = posixpath.splitext(posixpath.basename(path))[0]
    card = site.card(stem)
    if card and not card.public:
        return f"“{card.title}”是草稿或内部事项，没有网页：先公开它，或不写 to、写 gone（为什么撤下）"
    named = [one.id for one in site.public if written in (one.name, one.title)]
    candidates = [path, f"{path}.html", f"items/{stem}.html", *(f"items/{id}.html" for id in named)]
    found = next((url for url in candidates if url in pages), "")
    if not found:
        shown = [url for url in pages if not url.startswith(("print/", "editions/", "data/", "search/"))]
        folder = f"{path.rpartition('/')[0]}/" if "/" in path else "items/"
        found = near(path, [url for url in shown if url.startswith(folder)]) or near(path, shown)
    if not found:
        return NOWHERE.fix
    return f"改成 {found}{'#' if anchor else ''}{anchor}"
