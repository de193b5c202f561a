import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.support.markdown import html_of, links_of, rebased

PIECES = st.sampled_from(
    [
        "<script>alert(1)</script>", "<style>p{}</style>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>甲</a>",
        "[乙](javascript:alert(1))", "[丙](https://example.gov.cn)", "<p onclick=x style=color:red>丁</p>", "# 标题", "## 二",
        "戊\n====", "己\n---", "- 项", "1. 项", "|甲|乙|\n|-|-|\n|1|2|", "`<b onload=x>`", "    缩进", "<svg onload=x>", "<!--", "&lt;",
        "\n\n", "\n", "[庚]: data:text/html,x", "[辛][庚]", "**粗**", "&#60;script&#62;", "<iframe src=//x>",
    ]
)  # fmt: skip
texts = st.lists(PIECES | st.text(max_size=12)).map("".join)


class Seen(HTMLParser):
    """What a browser would make of a piece of HTML: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]


# Texts as editors write them, with marks wherever one can stand: most are converted block by block.
LINES = st.tuples(
    st.sampled_from(["", "", "**"]),
    st.sampled_from("甲（“ab？０é🙂\u0301\ufeff"),
    st.text(st.sampled_from('甲乙，。？a1 #*_`[]()!>&:|~\\-.+="　\xa0\x0b\x85\u2028\x00'), max_size=14),
).map("".join)
BLOCKS = st.one_of(
    LINES.map("## {}".format),
    st.lists(LINES, min_size=1, max_size=3).map("\n".join),
    st.lists(LINES.map("- {}".format), min_size=1, max_size=3).map("\n".join),
    st.sampled_from(["1. 甲", "2. 乙", "    缩进", "> 引", "甲|乙\n---|---\n丙|丁", ": 义", "[a]: b.html", "***"]),
)


@given(st.lists(BLOCKS, max_size=5).map("\n\n".join))
def test_blocks_converted_alone_give_what_the_whole_text_gives(text: str) -> None:
    with_comment = f"{text.strip()}\n\n<!-- a text with HTML in it is converted as a whole -->"

    assert html_of(text) == html_of(with_comment).rstrip()


@given(texts)
def test_nothing_that_acts_gets_through(text: str) -> None:
    for tag, attributes in Seen(html_of(text)).elements:
        assert tag not in ("script", "style", "iframe", "img", "svg", "object", "form", "input", "link", "meta")
        assert set(attributes) <= {"href", "start"}
        link = attributes.get("href") or ""
        assert ":" not in link.split("/")[0] or link.startswith(("http:", "https:", "mailto:", "tel:"))


@given(texts, st.integers(2, 4))
def test_headings_stand_below_the_page_s_own(text: str, top: int) -> None:
    levels = [int(tag[1]) for tag in Seen(html_of(text, top)).tags if tag[0] == "h" and tag[1:].isdecimal()]
    assert not levels or min(levels) == top
    assert all(level <= 6 for level in levels)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("办事大厅\n\n周一休息", "<p>办事大厅</p>\n<p>周一休息</p>"),
        ("# 大厅\n\n## 时间", "<h3>大厅</h3>\n<h4>时间</h4>"),
        ("### 大厅", "<h3>大厅</h3>"),
        ("大厅\n===\n\n时间\n---", "<h3>大厅</h3>\n<h4>时间</h4>"),
        ("#大厅", "<h3>大厅</h3>"),
        ("`# 大厅`", "<p><code># 大厅</code></p>"),
        ("3. 丙\n4. 丁", '<ol start="3">\n<li>丙</li>\n<li>丁</li>\n</ol>'),
        ("打[热线](tel:12345)", '<p>打<a href="tel:12345">热线</a></p>'),
        ("看[这里](javascript:alert(1))", "<p>看<a>这里</a></p>"),
        ("甲<script>alert(1)</script>乙", "<p>甲乙</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_becomes_this_html(text: str, html: str) -> None:
    assert html_of(text) == html


def test_tables_and_definitions_are_understood() -> None:
    assert {"table", "th", "td"} <= set(Seen(html_of("|网点|电话|\n|---|---|\n|东郊|8731|")).tags)
    assert {"dl", "dt", "dd"} <= set(Seen(html_of("即办件\n:   当场办好")).tags)


def test_links_are_given_as_they_were_written() -> None:
    text = (
        "[甲](../items/a.html) <mailto:a@b.cn> [乙][b] `[丙](c)` [丁](a&b.html) [戊](../items/a.html)\n\n[b]: 表.doc\n"
    )

    assert links_of(text) == ["../items/a.html", "mailto:a@b.cn", "表.doc", "a&b.html"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[甲](https://www.gov.cn) [乙](http://zwfw.example.gov.cn:8080/a_b?c=1&d=%E4#e)", []),
        ("[甲](https://www.gov.cn) <https://www.gov.cn/a> [乙](b.html)", ["b.html"]),
        ("[甲](https://www.gov.cn)[乙][b]\n\n[b]: https://[1\n", ["https://[1"]),
        (
            "[甲](https://网址.cn) [乙](https://localhost) [丙](www.gov.cn)",
            ["https://网址.cn", "https://localhost", "www.gov.cn"],
        ),
    ],
)
def test_whole_web_addresses_are_not_among_the_links(text: str, links: list[str]) -> None:
    assert links_of(text) == links


def test_relative_links_begin_at_another_folder() -> None:
    html = html_of("[甲](a.html) [乙](https://www.gov.cn) [丙](#c) [丁](mailto:a@b.cn) [戊](../pages/e.html)")

    assert re.findall('href="([^"]*)"', rebased(html, "../../items/")) == [
        "../../items/a.html", "https://www.gov.cn", "#c", "mailto:a@b.cn", "../../items/../pages/e.html",
    ]  # fmt: skip
