"""The policy of a site allows what its pages load, and nothing else."""

from __future__ import annotations

import pytest

from builder.release.needs import Needs


def policy(page: str, path: str = "index.html") -> dict[str, str]:
    needs = Needs()
    needs.look_at(path, page.encode())
    parts = (part.partition(" ") for part in needs.policy().split("; "))
    return {name: allowed for name, _, allowed in parts}


def test_a_page_as_it_is_built_in_needs_its_own_host_only() -> None:
    page = """<link rel="stylesheet" href="static/style.css?v=1"><link rel="canonical" href="https://www.example.gov.cn/">
        <script type="application/ld+json">{"@context": "https://schema.org"}</script><script src="../static/site.js"></script>
        <a href="https://beian.miit.gov.cn/">备</a> when x onclick="1" or style="2" is text
        <form action="search.html">"""
    assert policy(page) == policy("")
    assert policy("")["default-src"] == "'none'"
    assert policy("")["script-src"] == "'self' 'wasm-unsafe-eval'"


@pytest.mark.parametrize(
    ("page", "directive", "allowed"),
    [
        ("<script async src='https://tj.example.gov.cn/a.js?x=1'></script>", "script-src", "https://tj.example.gov.cn"),
        ('<SCRIPT SRC="//cdn.example.cn:8443/a.js">', "script-src", "cdn.example.cn:8443"),
        ("<img alt='1 > 0' src=https://dcs.conac.cn/image/red.png>", "img-src", "https://dcs.conac.cn"),
        ('<link href="http://www.example.gov.cn/top.css" rel="stylesheet">', "style-src", "http://www.example.gov.cn"),
        ('<link rel="shortcut icon" href="https://www.example.gov.cn/f.ico">', "img-src", "https://www.example.gov.cn"),
        ('<iframe src="https://map.example.cn/x">', "frame-src", "https://map.example.cn"),
        ('<form method="get" action="https://so.example.gov.cn/s">', "form-action", "https://so.example.gov.cn"),
        ("<script>var a = 1;</script>", "script-src", "'unsafe-inline'"),
        ('<body class="a" onload="go()">', "script-src", "'unsafe-inline'"),
        ("<p\nstyle='color: red'>", "style-src", "'unsafe-inline'"),
        ("<style>p { color: red }</style>", "style-src", "'unsafe-inline'"),
    ],
)
def test_what_an_own_template_adds_is_allowed(page: str, directive: str, allowed: str) -> None:
    assert allowed in policy(page)[directive].split()
    assert {name for name, other in policy(page).items() if other != policy("").get(name)} == {directive}


def test_what_an_own_style_sheet_loads_is_allowed() -> None:
    found = policy("@font-face { src: url('https://fonts.example.cn/a.woff2') }", "static/own.css")
    assert "https://fonts.example.cn" in found["font-src"]


def test_a_parent_site_may_show_the_pages_in_a_frame() -> None:
    assert "frame-ancestors 'self' https://www.example.gov.cn" in Needs().policy("https://www.example.gov.cn/zwfw/")
