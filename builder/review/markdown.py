"""A review as Markdown, for the comment below a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from builder.content.settings import Level
from builder.differences.levels import MEANINGS
from builder.report.cells import visible
from builder.report.located import Located
from builder.review.review import Named, Review, Row
from builder.review.summary import counts_of, sentence_of, to_do
from builder.support.diagnostics import Finding

MARK = "<!-- bszn-review -->"  # by which the comment is known when it is written anew
MOST_ROWS = 40  # of the table; platforms cut a comment off after some 65,000 characters
MOST_LISTED = 20  # of other lists
LONGEST = 300  # characters of a text before or after
MORE = "另有 {n} 处，在网页版的报告（review --format html）里"
MARKS = {Level.RED: "🔴", Level.ORANGE: "🟠", Level.YELLOW: "🟡", Level.GREY: "⚪"}


def as_markdown(review: Review) -> str:
    """Return the review. Nothing is left out without saying how much."""
    return "\n".join((MARK, f"## 改动审核：{escaped(review.site)}", "", *_lines(review), ""))


def not_compared(says: str, findings: Sequence[Finding] = ()) -> str:
    """Return what stands in the comment where nothing could be compared, so that no older review stays there."""
    lines = [finding_line(one) for one in findings]
    return "\n".join((MARK, "## 改动审核", "", f"**{escaped(says)}**\n", *_listed(lines), ""))


def _lines(review: Review) -> Iterator[str]:
    if review.errors:
        yield f"**现在的内容有 {len(review.errors)} 处错误，不能发布，也没有比较。**先改好这些：\n"
        yield from _listed([finding_line(one) for one in review.errors])
        return
    yield f"**{escaped(sentence_of(review))}**\n"
    yield f"从 `{review.before}` 到 `{review.after}`，编号 `{review.number}`。\n"
    if review.rows:
        counted = (f"{MARKS[level]} {level.label}（{MEANINGS[level]}）{n}" for level, n in counts_of(review).items())
        yield f"{'，'.join(counted)}\n"
        yield "| | 哪里 | 什么 | 原来 | 现在 | 谁受影响 | 依据 |\n|---|---|---|---|---|---|---|"
        yield from map(_row, review.rows[:MOST_ROWS])
        if len(review.rows) > MOST_ROWS:
            yield f"\n{MORE.format(n=len(review.rows) - MOST_ROWS)}。"
    yield from _section("要重印、撤下的纸", [finding_line(one) for one in review.papers])
    yield from _section("网址", list(_addresses(review)))
    if review.search is None:
        yield "\n没有查搜索：装上 mini-racer（uv run --extra proof）就查。"
    else:
        yield from _section("搜索：不再先找到的", [finding_line(one) for one in review.search])
    yield from _section("这次改动带来的检查问题", [finding_line(one) for one in review.findings])
    if review.older:
        yield f"\n原来就有的检查问题还有 {review.older} 处。"
    if todo := to_do(review):
        yield "\n### 签字以前\n"
        yield from _listed([escaped(one) for one in todo], mark="- [ ] ")


def _row(row: Row) -> str:
    cells = (
        f"{MARKS[row.level]} {row.level.label}",
        _where(row),
        f"{escaped(row.says)}",
        _text(row.was),
        _text(row.now),
        escaped(row.who),
        _text(row.basis),
    )
    return f"| {' | '.join(cells)} |"


def _where(row: Row) -> str:
    name = f"**{escaped(row.subject)}**" + (f"（{escaped(row.case)}）" if row.case else "")
    if [item.title for item in row.items] == [row.subject]:
        return name
    return f"{name}<br>{_guides(row.items)}" if row.items else name


def _guides(items: Sequence[Named]) -> str:
    shown = "、".join(escaped(item.title) for item in items[:MOST_LISTED])
    more = "……" if len(items) > MOST_LISTED else ""
    return f"{len(items)} 份指南：{shown}{more}"


def _text(text: str) -> str:
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}……（共 {len(text)} 字）"
    return "<br>".join(map(escaped, cut.split("\n"))) or "（没有写）"


DEAD = "（旧网址打不开了，要在 content/moved.yaml 里写一行）"


def _addresses(review: Review) -> Iterator[str]:
    yield from (f"没有了：`{url}`" for url in review.addresses.gone)
    for old, new in review.addresses.moved:
        dead = DEAD if old in review.addresses.dead else ""
        yield f"搬了：`{old}` → `{new}`{dead}"
    yield from (f"撤下了：`{url}`（网页上写明原因）" for url in review.addresses.withdrawn)
    yield from (f"新的：`{url}`" for url in review.addresses.added)


def finding_line(finding: Finding | Located) -> str:
    """Return a finding in one line, with its file and its code."""
    if isinstance(finding, Located):
        return finding_line(finding.finding)
    hint = f"（{escaped(finding.hint)}）" if finding.hint else ""
    return f"`{finding.code}` {escaped(finding.file)}：{escaped(finding.says)}{hint}"


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n### {heading}（{len(lines)}）\n"
        yield from _listed(lines)


def _listed(lines: Iterable[str], mark: str = "- ") -> Iterator[str]:
    some = list(lines)
    yield from (f"{mark}{line}" for line in some[:MOST_LISTED])
    if len(some) > MOST_LISTED:
        yield f"- {MORE.format(n=len(some) - MOST_LISTED)}"


_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, in one line, and that calls nobody by name."""
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", visible(text)).replace("@", "@\u200b")
