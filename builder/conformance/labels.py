"""Standards of the labels in the head of every page (网页标签, annex of 国办发〔2017〕47号)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from builder.conformance.evidence import Evidence
from builder.conformance.facts import ADDRESS, CODE, Fact
from builder.conformance.inspected_page import InspectedPage
from builder.conformance.standard import CHECKS_2019, PAGES_2017, Judgement, Per, Section, Standard

ANNEX = f"{PAGES_2017}附件（网页标签）"


def _label_standard(id: str, title: str, fix: str = "", points: float = 0.2) -> Standard:
    return Standard(f"labels.{id}", Section.LABELS, title, ANNEX, fix, points, Per.PAGE)


SITE_NAME = _label_standard("site-name", "每页有且只有一个网站名称 SiteName")
SITE_DOMAIN = _label_standard(
    "site-domain", "每页有且只有一个网站域名 SiteDomain，和网站地址一致", "site.yaml 写 base_url（网站地址）"
)
SITE_CODE = _label_standard(
    "site-id-code", "每页有且只有一个网站标识码 SiteIDCode，10位", "site.yaml 写 site_id_code（网站标识码）"
)
COLUMN = _label_standard("column", "栏目页有名称、描述、关键词、类别（ColumnName 等），各一个，不空")
CONTENT_COLUMN = _label_standard(
    "content-column", "内容页有所在栏目的名称、类别（ColumnName、ColumnType），各一个，不空"
)
TITLE = _label_standard("article-title", "内容页有标题 ArticleTitle，一个，不空")
SOURCE = _label_standard("content-source", "内容页有来源 ContentSource，一个，不空", "site.yaml 写 host（主办单位）")
PUBLISHED_DATE = _label_standard(
    "pub-date", "内容页有发布日期 PubDate，一个，写成 2026-11-03 09:30", "把内容提交到 git，或在文件里写 published"
)
FUTURE_DATE = Standard(
    "labels.pub-date-future",
    Section.LABELS,
    "发布日期不在将来",
    f"{ANNEX}；{CHECKS_2019}（虚假发布日期单项否决）",
    "改正 published 或 checked；日期来自 git 的，对一对那台电脑的钟",
)
PAGE_TITLE = _label_standard("title", "每页有自己的标题，带网站名称；UTF-8；不自动跳转", points=0)

_MINUTE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d")


def judge(evidence: Evidence) -> Iterator[Judgement]:
    """Yield the judgement on each standard of labels."""
    pages, settings = evidence.pages, evidence.settings
    name = settings.parent.name if settings.parent else settings.name
    yield _same_on_all(SITE_NAME, pages, "SiteName", name)
    yield _fact(evidence, SITE_DOMAIN, ADDRESS, "SiteDomain", settings.domain)
    yield _fact(evidence, SITE_CODE, CODE, "SiteIDCode", settings.site_id_code)
    yield _all_filled(COLUMN, evidence.columns, ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"))
    yield _all_filled(CONTENT_COLUMN, evidence.content, ("ColumnName", "ColumnType"))
    yield _all_filled(TITLE, evidence.content, ("ArticleTitle",))
    yield _all_filled(SOURCE, evidence.content, ("ContentSource",))
    dated = {page.url: page.label("PubDate") for page in evidence.content}
    undated = [url for url, date in dated.items() if not _MINUTE.fullmatch(date)]
    why = f"（{evidence.history.missing_reason}）" if evidence.history.missing_reason else ""
    yield PUBLISHED_DATE.at(undated, len(dated), f"{{n}} 页没有或写得不对{why}", f"{len(dated)} 页都有")
    late = [f"{url}：{date}" for url, date in dated.items() if date > evidence.now]
    yield FUTURE_DATE.at(late, len(dated), "{n} 页的日期在将来", "到检查的时候为止")
    own = [page for page in pages if not page.is_at_old_address]
    untitled = [
        page.url for page in own if settings.name not in page.title or page.charset != "utf-8" or page.refreshes
    ]
    repeated = _repeated_titles(own)
    yield PAGE_TITLE.at((*untitled, *repeated), len(own), "{n} 页不对，或标题和别的页一样", f"{len(own)} 页都好")


def _same_on_all(standard: Standard, pages: Sequence[InspectedPage], label: str, expected: str) -> Judgement:
    wrong = [page.url for page in pages if page.label(label) != expected]
    return standard.at(wrong, len(pages), f"{{n}} 页没有 {label}，或不是“{expected}”", f"{len(pages)} 页都有")


def _fact(evidence: Evidence, standard: Standard, fact: Fact, label: str, expected: str) -> Judgement:
    if not expected and evidence.settings.parent:
        return standard.unjudged(f"由上级网站提供，site.yaml 没写 {fact.fields[0]}")
    if not expected:
        message = f"{len(evidence.pages)} 页都没有，因为 site.yaml 没写 {fact.fields[0]}"
        return standard.unmet(message, ["site.yaml"], 1)
    return _same_on_all(standard, evidence.pages, label, expected)


def _all_filled(standard: Standard, pages: Sequence[InspectedPage], labels: Iterable[str]) -> Judgement:
    wrong = [page.url for page in pages if not all(map(page.label, labels))]
    return standard.at(wrong, len(pages), "{n} 页缺、空或重复", f"{len(pages)} 页都有")


def _repeated_titles(pages: Sequence[InspectedPage]) -> Iterator[str]:
    seen = set[str]()
    for page in pages:
        if page.title in seen:
            yield page.url
        seen.add(page.title)
