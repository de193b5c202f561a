"""PDF files as a hall prints them: nothing cut off, nothing pale, and everything that the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from paper import A3, A4, Margins, Paper, bare, faults, strings_of
from playwright.sync_api import sync_playwright
from print_world import BASE, ITEMS, REPOSITORY, Printed

pytest_plugins = ("print_fixtures",)

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

KINDS = {
    "guide": (A4, Margins(18, 16, 18, foot=True)),
    "short": (A4, Margins(14, 12, 12)),
    "notice": (A4, Margins(14, 12, 12)),
    "poster": (A3, Margins(15, 12, 12)),
}
SHEETS = [(kind, item) for item in ITEMS for kind in KINDS if (kind, item) != ("poster", "jieshou-juanzeng")]


def html_of(printed: Printed, kind: str, item: str) -> str:
    return (printed.site / f"print/{kind}/{item}.html").read_text("utf-8")


def found_in(data: bytes, html: str, kind: str, item: str) -> list[str]:
    edition = re.search(r"版本(?:：|</dt><dd>)([0-9A-F]{6})", html)
    assert edition
    return faults(Paper(data), *KINDS[kind], strings_of(html), f"{BASE}/items/{item}.html#e-{edition[1]}")


@pytest.mark.parametrize(("kind", "item"), SHEETS)
def test_a_sheet_is_fit_to_print(kind: str, item: str, printed: Printed) -> None:
    data = (printed.pdf / f"{kind}/{item}.pdf").read_bytes()
    assert found_in(data, html_of(printed, kind, item), kind, item) == []


# The papers of the hall: size in mm, margins, and the page to which their code leads.
HALL = {
    "board/xincheng-dangqun": ((420, 297), Margins(14, 12, 16, foot=True), "print/board/xincheng-dangqun.html"),
    "card/nanmofang-shebao-dating": ((210, 148), Margins(9, 8, 8), "print/card/nanmofang-shebao-dating.html"),
    "booklet/shebao-shouce": (A4, Margins(18, 16, 18, foot=True, head=True), ""),
    "booklet/department-xincheng-dangqun": (A4, Margins(18, 16, 18, foot=True, head=True), ""),
}


@pytest.mark.parametrize("path", HALL)
def test_a_paper_of_the_hall_is_fit_to_print(path: str, printed: Printed) -> None:
    size, margins, leads_to = HALL[path]
    paper = Paper((printed.pdf / f"{path}.pdf").read_bytes())
    html = (printed.site / f"print/{path}.html").read_text("utf-8")
    edition = re.search(r'data-code="([0-9A-F]{6})"', html)
    assert edition
    found = faults(paper, size, margins, strings_of(html), f"{BASE}/{leads_to}#{edition[1]}")
    if not leads_to:  # each guide of a booklet has a code of its own, and none a place for the stamp
        found = [one for one in found if one not in ("no code", "no 盖章或手写")]
    assert found == []


def test_the_contents_of_a_booklet_name_the_pages_on_which_its_guides_begin(printed: Printed) -> None:
    paper = Paper((printed.pdf / "booklet/department-xincheng-dangqun.pdf").read_bytes())
    html = (printed.site / "print/booklet/department-xincheng-dangqun.html").read_text("utf-8")
    titles = re.findall(r'class="entry-name">([^<]+)<', html)
    contents = next(one.page for one in paper.headings if one.text == "目录")
    begins = {one.text: one.page for one in paper.headings}
    lines = "".join(f"{number}{bare(title)}{begins[title]}" for number, title in enumerate(titles, start=1))
    assert len(titles) == 18
    assert lines in re.sub(r"\.+", "", bare(paper.sheets[contents - 1].text))


def test_the_head_of_a_page_in_a_booklet_is_the_title_of_its_guide(printed: Printed) -> None:
    paper = Paper((printed.pdf / "booklet/department-xincheng-dangqun.pdf").read_bytes())
    first = next(one for one in paper.headings if one.text == "办理失业登记")
    for number in (first.page, first.page + 1):
        assert paper.sheets[number - 1].text.count("办理失业登记") >= 1


def test_a_sheet_tells_programs_what_it_is(printed: Printed) -> None:
    paper = Paper((printed.pdf / "guide/dibao-shenqing.pdf").read_bytes())
    assert paper.title.startswith("办事指南：申请低保")
    assert paper.language == "zh-CN"
    assert re.search(rb"pdfuaid:part[^0-9]{1,3}1", paper.plain)
    assert b"/Marked true" in paper.plain


def test_the_outline_of_a_guide_holds_its_headings_in_order(printed: Printed) -> None:
    paper = Paper((printed.pdf / "guide/dibao-shenqing.pdf").read_bytes())
    headings = re.findall(r"<h[1-6][^>]*>([^<]*)</h", html_of(printed, "guide", "dibao-shenqing"))
    assert [heading.text for heading in paper.headings] == headings
    places = [(heading.page, heading.top) for heading in paper.headings]
    assert places == sorted(places)


def test_a_short_guide_and_a_copy_of_a_slip_take_one_sheet(printed: Printed) -> None:
    for item in ITEMS:
        assert len(Paper((printed.pdf / f"short/{item}.pdf").read_bytes()).sheets) == 1
        html = html_of(printed, "notice", item)
        copies = len(re.findall(r'class="slip"', html)) - html.count('class="slips two-up"')
        assert len(Paper((printed.pdf / f"notice/{item}.pdf").read_bytes()).sheets) == copies


def test_a_browser_makes_the_same_pages_of_every_sheet(printed: Printed) -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        says = "no browser to compare with"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(says)
        pytest.skip(says)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", *QUIET])
        page = browser.new_page()
        for kind, item in SHEETS:
            page.goto((printed.site / f"print/{kind}/{item}.html").as_uri())
            theirs = [sheet.size for sheet in Paper(page.pdf(prefer_css_page_size=True)).sheets]
            ours = [sheet.size for sheet in Paper((printed.pdf / f"{kind}/{item}.pdf").read_bytes()).sheets]
            assert theirs == ours, (kind, item)
        browser.close()


def test_every_page_of_a_guide_says_which_of_how_many_it_is(printed: Printed) -> None:
    sheets = Paper((printed.pdf / "guide/dibao-shenqing.pdf").read_bytes()).sheets
    assert len(sheets) > 3
    for sheet in sheets:
        assert f"第{sheet.number}页，共{len(sheets)}页" in "".join(letter.text for letter in sheet.letters)


def test_drawings_have_the_letters_of_the_text(printed: Printed) -> None:
    for sheet in ("guide", "poster"):
        fonts = Paper((printed.pdf / f"{sheet}/dibao-shenqing.pdf").read_bytes()).fonts
        assert len({name.partition("+")[2] for name in fonts}) == 2, fonts  # regular and bold


# A rule of style that spoils a good sheet, and what the checks must say then.
FAULTS = {
    "too wide": (".sheet-head { margin-left: 60mm; width: 174mm; }", "outside the margins"),
    "clipped": (".answers { height: 12mm; overflow: hidden; }", "cannot be read"),
    "heading last": ("section:nth-of-type(2) > h2 { break-after: page; }", "heading last"),
    "American paper": ("@page { size: letter; }", "(216, 279) mm"),
    "5 pt": (".sheet-sub { font-size: 5pt; }", "less than 7 pt"),
    "grey panel": (".answers { background: #999; }", "grey"),
    "2 mm margins": ("@page { margin: 2mm; }", "ink at the edge"),
    "4 mm code": (".code, .code .qr { width: 4mm; height: 4mm; }", "no code"),
    "pale heading": ("h2 { color: #bbb; }", "cannot be read"),
    "white on white": (".chart text { fill: #fff; } .actor { color: #fff; }", "cannot be read"),
    "left out": (".sheet-sub { display: none; }", "no 官方名称"),
}
SPOILT = "linquanzheng-shenqing"

# Not one after the other in the tests: loading WeasyPrint is most of it.
MAKE_ALL = """
import sys
from builder.render.pdf_engine import BuiltSite, pdf_of
root = sys.argv[1]
for page in sys.argv[2:]:
    with open(f"{root}/{page}.pdf", "wb") as file:
        file.write(pdf_of(BuiltSite(root, "https://www.example.gov.cn/bszn", ""), page))
"""


def made(root: Path, pages: list[str], **more: str) -> list[bytes]:
    """Return the PDF of each of `pages` of the site in `root`, made by another process."""
    subprocess.run([sys.executable, "-c", MAKE_ALL, str(root), *pages], cwd=REPOSITORY, check=True, env=more or None)
    return [(root / f"{page}.pdf").read_bytes() for page in pages]


@pytest.fixture(scope="module")
def spoilt(printed: Printed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A good guide, and the same with each fault."""
    root = tmp_path_factory.mktemp("spoilt")
    shutil.copytree(printed.site / "static", root / "static")
    (root / "print/guide").mkdir(parents=True)
    html = html_of(printed, "guide", SPOILT)
    pages = {"": html} | {
        name: html.replace("</head>", f"<style>{css}</style></head>") for name, (css, _) in FAULTS.items()
    }
    names = [f"print/guide/{number}.html" for number in range(len(pages))]
    for name, text in zip(names, pages.values(), strict=True):
        (root / name).write_text(text, "utf-8")
    return dict(zip(pages, made(root, names), strict=True))


def test_the_checks_find_nothing_on_a_good_sheet(spoilt: dict[str, bytes], printed: Printed) -> None:
    assert found_in(spoilt[""], html_of(printed, "guide", SPOILT), "guide", SPOILT) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_the_checks_find_what_would_be_sent_back(fault: str, spoilt: dict[str, bytes], printed: Printed) -> None:
    found = found_in(spoilt[fault], html_of(printed, "guide", SPOILT), "guide", SPOILT)
    assert any(FAULTS[fault][1] in one for one in found), found


def test_the_same_sheet_is_the_same_bytes_in_another_place_and_another_process(
    printed: Printed, tmp_path: Path
) -> None:
    shutil.copytree(printed.site / "static", tmp_path / "elsewhere/static")
    pages = [f"print/{kind}/shebaoka-shenban.html" for kind in KINDS]
    for page in pages:
        (tmp_path / "elsewhere" / page).parent.mkdir(parents=True)
        shutil.copy(printed.site / page, tmp_path / "elsewhere" / page)
    again = made(tmp_path / "elsewhere", pages, PYTHONHASHSEED="7", TZ="Asia/Shanghai", PATH="/usr/bin:/bin")
    assert again == [(printed.pdf / f"{kind}/shebaoka-shenban.pdf").read_bytes() for kind in KINDS]


def test_a_sheet_sees_nothing_outside_its_site(engine: None, tmp_path: Path) -> None:
    (tmp_path / "secret.css").write_text("p::after { content: 'seen' }", "utf-8")
    root = tmp_path / "site"
    (root / "print/guide").mkdir(parents=True)
    (root / "link.css").symlink_to(tmp_path / "secret.css")
    addresses = ((tmp_path / "secret.css").as_uri(), "../../../secret.css", "../../%2e%2e/secret.css", "../../link.css")
    links = "".join(f'<link rel="stylesheet" href="{one}">' for one in addresses)
    (root / "print/guide/a.html").write_text(f'<html lang="zh-CN"><head><title>一</title>{links}<p>二', "utf-8")
    (data,) = made(root, ["print/guide/a.html"])
    assert Paper(data).text == "二"
