"""PDF files as a hall prints them: nothing cut off, nothing pale, and everything that the page says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from paper import A3, A4, Margins, Paper, bare, faults, strings_of
from playwright.sync_api import Browser
from sample_site import ADDRESS
from shared import MadeOnce
from sheets_as_pdf import ITEMS, OF_ITEMS, OF_THE_HALL, Printed, set_as_pdf

KINDS = {
    "guide": (A4, Margins(18, 16, 18, foot=True)),
    "short": (A4, Margins(14, 12, 12)),
    "notice": (A4, Margins(14, 12, 12)),
    "poster": (A3, Margins(15, 12, 12)),
}


def found_in(data: bytes, html: str, kind: str, item: str) -> list[str]:
    edition = re.search(r"版本(?:：|</dt><dd>)([0-9A-F]{6})", html)
    assert edition
    return faults(Paper(data), *KINDS[kind], strings_of(html), f"{ADDRESS}/items/{item}.html#e-{edition[1]}")


@pytest.mark.parametrize(("kind", "item"), OF_ITEMS)
def test_a_sheet_is_fit_to_print(kind: str, item: str, printed: Printed) -> None:
    name = f"{kind}/{item}"
    assert found_in(printed.data(name), printed.html(name), kind, item) == []


# The papers of the hall: size in mm, margins, and the page to which their code leads.
HALL = {
    "board/xincheng-dangqun": ((420, 297), Margins(14, 12, 16, foot=True), "print/board/xincheng-dangqun.html"),
    "calendar/nanmofang": ((420, 297), Margins(14, 12, 16, foot=True), "print/calendar/nanmofang.html"),
    "event/nanmofang-kunnan": (A4, Margins(13, 10, 12, foot=True), "print/event/nanmofang-kunnan.html"),
    "event/nanmofang-shiye/dan": (A4, Margins(13, 10, 12, foot=True), "print/event/nanmofang-shiye.html"),
    "card/nanmofang-shebao-dating": ((210, 148), Margins(9, 8, 8), "print/card/nanmofang-shebao-dating.html"),
    "phones/nanmofang": (A4, Margins(14, 12, 12), "print/phones/nanmofang.html"),
    "booklet/shebao-shouce": (A4, Margins(18, 16, 18, foot=True, head=True), ""),
    "booklet/department-maochang-shehuibanshi": (A4, Margins(18, 16, 18, foot=True, head=True), ""),
}


@pytest.mark.parametrize("name", OF_THE_HALL)
def test_a_paper_of_the_hall_is_fit_to_print(name: str, printed: Printed) -> None:
    size, margins, leads_to = HALL[name]
    paper, html = Paper(printed.data(name)), printed.html(name)
    edition = re.search(r'data-code="([0-9A-F]{6})"', html)
    assert edition
    found = faults(paper, size, margins, strings_of(html), f"{ADDRESS}/{leads_to}#{edition[1]}")
    if not leads_to:  # each guide of a booklet has a code of its own, and none a place for the stamp
        found = [one for one in found if one not in ("no code", "no 盖章或手写")]
    assert found == []


def test_the_contents_of_a_booklet_name_the_pages_on_which_its_guides_begin(printed: Printed) -> None:
    paper = Paper(printed.data("booklet/department-maochang-shehuibanshi"))
    html = printed.html("booklet/department-maochang-shehuibanshi")
    titles = re.findall(r'class="entry-name">([^<]+)<', html)
    contents = next(one.page for one in paper.headings if one.text == "目录")
    begins = {one.text: one.page for one in paper.headings}
    lines = "".join(f"{number}{bare(title)}{begins[title]}" for number, title in enumerate(titles, start=1))
    assert len(titles) == 4
    assert lines in re.sub(r"\.+", "", bare(paper.sheets[contents - 1].text))


def test_the_head_of_a_page_in_a_booklet_is_the_title_of_its_guide(printed: Printed) -> None:
    paper = Paper(printed.data("booklet/department-maochang-shehuibanshi"))
    first = next(one for one in paper.headings if one.text == "办结婚登记，领结婚证")
    for number in (first.page, first.page + 1):
        assert paper.sheets[number - 1].text.count("办结婚登记，领结婚证") >= 1


def test_a_sheet_tells_programs_what_it_is(printed: Printed) -> None:
    paper = Paper(printed.data("guide/dibao-shenqing"))
    assert paper.title.startswith("办事指南：申请低保")
    assert paper.language == "zh-CN"
    assert re.search(rb"pdfuaid:part[^0-9]{1,3}1", paper.plain)
    assert b"/Marked true" in paper.plain


def test_the_outline_of_a_guide_holds_its_headings_in_order(printed: Printed) -> None:
    paper = Paper(printed.data("guide/dibao-shenqing"))
    headings = re.findall(r"<h[1-6][^>]*>([^<]*)</h", printed.html("guide/dibao-shenqing"))
    assert [heading.text for heading in paper.headings] == headings
    places = [(heading.page, heading.top) for heading in paper.headings]
    assert places == sorted(places)


def test_a_short_guide_and_a_copy_of_a_slip_take_one_sheet(printed: Printed) -> None:
    for item in ITEMS:
        assert len(Paper(printed.data(f"short/{item}")).sheets) == 1
        html = printed.html(f"notice/{item}")
        copies = len(re.findall(r'class="slip"', html)) - html.count('class="slips two-up"')
        assert len(Paper(printed.data(f"notice/{item}")).sheets) == copies


def test_a_browser_makes_the_same_pages_of_every_sheet(printed: Printed, browser: Browser) -> None:
    page = browser.new_page()
    for kind, item in OF_ITEMS:
        page.goto((printed.site / f"print/{kind}/{item}.html").as_uri())
        theirs = [sheet.size for sheet in Paper(page.pdf(prefer_css_page_size=True)).sheets]
        ours = [sheet.size for sheet in Paper(printed.data(f"{kind}/{item}")).sheets]
        assert theirs == ours, (kind, item)
    page.close()


def test_every_page_of_a_guide_says_which_of_how_many_it_is(printed: Printed) -> None:
    sheets = Paper(printed.data("guide/dibao-shenqing")).sheets
    assert len(sheets) > 3
    for sheet in sheets:
        assert f"第{sheet.number}页，共{len(sheets)}页" in "".join(letter.text for letter in sheet.letters)


def test_drawings_have_the_letters_of_the_text(printed: Printed) -> None:
    for sheet in ("guide", "poster"):
        fonts = Paper(printed.data(f"{sheet}/dibao-shenqing")).fonts
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


EVENTS = "the heaviest sheets of events"
HEAVIEST = 14  # of them; what is lighter takes no more room


def heaviest_of_events(site: Path) -> list[tuple[str, str]]:
    """Return the sheets of events that have most letters, the lightest last, each with its address below ``print/event``."""
    folder = site / "print/event"
    sheets = [(path.relative_to(folder).as_posix(), path.read_text("utf-8")) for path in folder.rglob("*.html")]
    return sorted(sheets, key=lambda one: (-len("".join(strings_of(one[1]))), one[0]))[:HEAVIEST]


def bound(sheets: list[str]) -> str:
    """Return sheets as one page, each from a new sheet of paper on."""
    slips = "".join(re.findall(r"<section class=\"slip .*</section>", sheet, re.DOTALL)[0] for sheet in sheets)
    head = sheets[0][: sheets[0].index("</head>")].replace("../../../", "../../")
    return f"{head}<style>.event-slip {{ break-before: page; }}</style></head><body><main>{slips}</main></body></html>"


@pytest.fixture(scope="session")
def spoilt(printed: Printed, made_once: MadeOnce) -> dict[str, bytes]:
    """A good guide, and the same with each fault; and the heaviest sheets of events, bound so that fonts are embedded once."""
    html = printed.html(f"guide/{SPOILT}")
    pages = {"": html} | {
        name: html.replace("</head>", f"<style>{css}</style></head>") for name, (css, _) in FAULTS.items()
    }
    pages[EVENTS] = bound([sheet for _, sheet in heaviest_of_events(printed.site)])
    names = {name: f"guide/{number}" for number, name in enumerate(pages)}

    def fill(folder: Path) -> None:
        shutil.copytree(printed.site / "static", folder / "static")
        (folder / "print/guide").mkdir(parents=True)
        for name, text in pages.items():
            (folder / f"print/{names[name]}.html").write_text(text, "utf-8")
        set_as_pdf(folder, names.values(), folder)

    folder = made_once("spoilt", fill)
    return {name: (folder / f"{place}.pdf").read_bytes() for name, place in names.items()}


def test_the_checks_find_nothing_on_a_good_sheet(spoilt: dict[str, bytes], printed: Printed) -> None:
    assert found_in(spoilt[""], printed.html(f"guide/{SPOILT}"), "guide", SPOILT) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_the_checks_find_what_would_be_sent_back(fault: str, spoilt: dict[str, bytes], printed: Printed) -> None:
    found = found_in(spoilt[fault], printed.html(f"guide/{SPOILT}"), "guide", SPOILT)
    assert any(FAULTS[fault][1] in one for one in found), found


def test_an_answer_to_an_event_takes_one_sheet_or_two_and_all_answers_together_at_most_four(
    spoilt: dict[str, bytes], printed: Printed
) -> None:
    paper, sheets = Paper(spoilt[EVENTS]), heaviest_of_events(printed.site)
    titles = {re.findall(r"<h1[^>]*>([^<]*)</h1>", sheet)[0] for _, sheet in sheets}
    begins = [heading.page for heading in paper.headings if heading.text in titles]
    assert len(begins) == HEAVIEST
    pages = {
        name: after - begin
        for (name, _), begin, after in zip(sheets, begins, [*begins[1:], len(paper.sheets) + 1], strict=True)
    }
    assert {name: n for name, n in pages.items() if n > (2 if "/" in name else 4)} == {}
    assert {name: n for name, n in [*pages.items()][-4:] if n > 1 and "/" in name} == {}  # nor lighter ones
    answers = [*(printed.site / "print/event").glob("*/*.html")]
    assert len(answers) > 100
    assert sum(n > 1 and "/" in name for name, n in pages.items()) <= len(answers) * 0.1


def test_the_same_sheet_is_the_same_bytes_in_another_place_and_another_process(
    printed: Printed, tmp_path: Path
) -> None:
    shutil.copytree(printed.site / "static", tmp_path / "elsewhere/static")
    names = [f"{kind}/shebaoka-shenban" for kind in KINDS]
    for name in names:
        page = tmp_path / f"elsewhere/print/{name}.html"
        page.parent.mkdir(parents=True)
        shutil.copy(printed.site / f"print/{name}.html", page)
    set_as_pdf(tmp_path / "elsewhere", names, tmp_path, PYTHONHASHSEED="7", TZ="Asia/Shanghai", LC_ALL="C")
    for name in names:
        assert (tmp_path / f"{name}.pdf").read_bytes() == printed.data(name), name


def test_a_sheet_sees_nothing_outside_its_site(engine: None, tmp_path: Path) -> None:
    (tmp_path / "secret.css").write_text("p::after { content: 'seen' }", "utf-8")
    root = tmp_path / "site"
    (root / "print/guide").mkdir(parents=True)
    (root / "link.css").symlink_to(tmp_path / "secret.css")
    addresses = ((tmp_path / "secret.css").as_uri(), "../../../secret.css", "../../%2e%2e/secret.css", "../../link.css")
    links = "".join(f'<link rel="stylesheet" href="{one}">' for one in addresses)
    (root / "print/guide/a.html").write_text(f'<html lang="zh-CN"><head><title>一</title>{links}<p>二', "utf-8")
    set_as_pdf(root, ["guide/a"], tmp_path)
    assert Paper((tmp_path / "guide/a.pdf").read_bytes()).text == "二"
