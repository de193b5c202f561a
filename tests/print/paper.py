"""A PDF file as a reader of paper sees it: where its ink is, how large its letters are, and what is wrong with it."""

from __future__ import annotations

import ctypes
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image, ImageChops

DPI = 150
POINT = DPI / 72  # pixels
MM = 72 / 25.4  # points

A4, A3 = (210, 297), (297, 420)

LINE = 1.448  # height of a line of Noto Sans CJK, in em: what a box of a letter tells of its size

# Marks that leave little ink, or fill their box: they prove nothing.
THIN = set("一二三丨〇□■·•◦▪‧—–-－_＿／/\\|｜…．.。、，,：:；;！!'‘’\"“”`´^~～°（）()《》〈〉【】[]〔〕<>＜＞+＋=※")

RADICALS = re.compile(r"[\u2e80-\u2fdf]")  # look like 页 or 生 and are not: a reader's search does not find them

FOOT = re.compile(r"第\d+页，共\d+页")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a page, with its box in points from the upper left corner of the sheet, and its size in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a sheet in mm. `foot`: the number of the page stands in the lower one; `head`: a title in the upper."""

    side: float
    top: float
    bottom: float
    foot: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline: its text, its page and how far down it begins, in points."""

    text: str
    page: int
    top: float


@dataclass
class Sheet:
    """One page of a PDF file."""

    page: pypdfium2.PdfPage
    number: int

    @cached_property
    def height(self) -> float:
        return float(self.page.get_height())

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height in mm."""
        return round(self.page.get_width() / MM), round(self.height / MM)

    @cached_property
    def letters(self) -> list[Letter]:
        """What can be seen; a text far beside the sheet is for those who listen."""
        text = self.page.get_textpage()
        found = []
        for at in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text, at))
            left, bottom, right, top = text.get_charbox(at)
            if letter.isspace() or left < -1000:
                continue
            loose = pdfium.FS_RECTF()
            pdfium.FPDFText_GetLooseCharBox(text, at, loose)
            size = max(loose.top - loose.bottom, 0) / LINE
            found.append(
                Letter("-" if letter == "\x02" else letter, left, self.height - top, right, self.height - bottom, size)
            )
        return found

    @cached_property
    def raster(self) -> Image.Image:
        """The page as a printer at 150 dpi gets it, in shades of grey."""
        drawn: Image.Image = self.page.render(scale=POINT, grayscale=True).to_pil()
        return drawn.convert("L")

    @cached_property
    def black(self) -> Image.Image:
        """The page as a printer that knows only black and white puts it down."""
        return self.raster.point(lambda shade: 255 if shade < 128 else 0)

    @property
    def text(self) -> str:
        return FOOT.sub("", "".join(letter.text for letter in self.letters))


@dataclass
class Paper:
    """A PDF file."""

    data: bytes
    document: pypdfium2.PdfDocument = field(init=False)

    def __post_init__(self) -> None:
        self.document = pypdfium2.PdfDocument(self.data)

    @cached_property
    def sheets(self) -> list[Sheet]:
        return [Sheet(page, number) for number, page in enumerate(self.document, 1)]

    @property
    def title(self) -> str:
        return str(self.document.get_metadata_dict()["Title"])

    @property
    def language(self) -> str:
        buffer = (ctypes.c_ushort * 40)()
        length = pdfium.FPDFCatalog_GetLanguage(self.document, buffer, ctypes.sizeof(buffer))
        return bytes(buffer)[: length - 2].decode("utf-16-le")

    @cached_property
    def headings(self) -> list[Heading]:
        found = []
        for entry in self.document.get_toc():
            page = entry.get_dest().get_index()
            found.append(
                Heading(entry.get_title(), page + 1, self.sheets[page].height - entry.get_dest().get_view()[1][1])
            )
        return found

    @cached_property
    def fonts(self) -> dict[str, bool]:
        """The fonts by name, and whether each is embedded. One drawn letter by letter (Type 3) has no name."""
        found: dict[str, bool] = {}
        for sheet in self.sheets:
            for one in sheet.page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=15):
                font = pdfium.FPDFTextObj_GetFont(one)
                name = ctypes.create_string_buffer(200)
                pdfium.FPDFFont_GetBaseFontName(font, name, 200)
                found[name.value.decode()] = pdfium.FPDFFont_GetIsEmbedded(font) == 1
        return found

    @cached_property
    def plain(self) -> bytes:
        """The file with its compressed parts written out."""
        parts = []
        for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", self.data, re.DOTALL):
            try:
                parts.append(zlib.decompress(packed))
            except zlib.error:
                parts.append(packed)
        return b"\n".join((self.data, *parts))

    @cached_property
    def text(self) -> str:
        """What can be seen, without spaces and the numbers of the pages."""
        return "".join(sheet.text for sheet in self.sheets)


def faults(paper: Paper, size: tuple[int, int], margins: Margins, strings: Iterable[str], code: str) -> list[str]:
    """Return what is wrong with `paper`, which should show `strings` and a code that leads to `code`."""
    found = [f"no {said}" for said in missing(paper, strings)]
    found += [f"font {name or 'without a name'}" for name, kept in paper.fonts.items() if not kept or "+" not in name]
    found += ["letters that are none"] if RADICALS.search(paper.text) else []
    found += ["no code"] if {read for sheet in paper.sheets for read in codes(sheet)} != {code} else []
    for check in (orphans, sized(size), outside(margins), blank_edge, pale, small, grey, empty):
        found += check(paper)
    return found


def missing(paper: Paper, strings: Iterable[str]) -> list[str]:
    """Return which of `strings` cannot be read."""
    text = bare(paper.text)
    return [one for one in strings if bare(one) not in text]


def bare(text: str) -> str:
    """Return `text` without spaces, its signs in their plain forms."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def codes(sheet: Sheet) -> list[str]:
    """Return what a phone reads from the sheet, printed in black and white."""
    return [read.text for read in zxingcpp.read_barcodes(ImageChops.invert(sheet.black))]


def orphans(paper: Paper) -> list[str]:
    """Return the headings with nothing below them on their page."""
    last = []
    for heading in paper.headings:
        below = [one for one in paper.sheets[heading.page - 1].letters if one.top > heading.top - 1]
        text = FOOT.sub("", "".join(one.text for one in below))
        if len(text) <= len(bare(heading.text)):
            last.append(f"page {heading.page}: heading last: {heading.text}")
    return last


def sized(size: tuple[int, int]) -> Callable[[Paper], list[str]]:
    """Return the check that every page has `size`, in mm."""
    return lambda paper: [f"page {one.number}: {one.size} mm" for one in paper.sheets if one.size != size]


def outside(margins: Margins) -> Callable[[Paper], list[str]]:
    """Return the check that nothing stands outside the margins, but the number of the page where it should be."""

    def check(paper: Paper) -> list[str]:
        found = []
        for sheet in paper.sheets:
            width, height = sheet.raster.size
            side, top, bottom = (round((one - 0.6) * MM * POINT) for one in (margins.side, margins.top, margins.bottom))
            edge = sheet.raster.point(lambda shade: 255 if shade < 250 else 0)
            edge.paste(0, (side, top, width - side, height - bottom))
            if margins.foot:
                edge.paste(0, (width // 2, height - bottom, width - side, height - round(5 * MM * POINT)))
            if margins.head:
                edge.paste(0, (width // 3, round(5 * MM * POINT), width - side, top))
            gone = [
                one.text
                for one in sheet.letters
                if one.left < 0 or one.right > width / POINT or one.bottom > sheet.height
            ]
            if edge.getbbox() or gone:
                found.append(f"page {sheet.number}: outside the margins: {''.join(gone)[:20]}")
        return found

    return check


def blank_edge(paper: Paper) -> list[str]:
    """Return the pages with ink where printers do not reach, 4 mm from the edge."""
    edge = round(4 * MM * POINT)
    found = []
    for sheet in paper.sheets:
        frame = sheet.raster.point(lambda shade: 255 if shade < 250 else 0)
        frame.paste(0, (edge, edge, frame.width - edge, frame.height - edge))
        found += [f"page {sheet.number}: ink at the edge"] if frame.getbbox() else []
    return found


def pale(paper: Paper) -> list[str]:
    """Return the letters that leave too little or too much ink: clipped, pale, white on white, black on black."""
    found = []
    for sheet in paper.sheets:
        weak = "".join(
            one.text for one in sheet.letters if one.text not in THIN and not 0.06 <= _ink(sheet, one) <= 0.97
        )
        found += [f"page {sheet.number}: cannot be read: {weak[:30]}"] if weak else []
    return found


def _ink(sheet: Sheet, letter: Letter) -> float:
    """Return the share of a letter's box that is black."""
    box = (letter.left * POINT, letter.top * POINT, letter.right * POINT, letter.bottom * POINT)
    left, top, right, bottom = round(box[0]), round(box[1]), round(box[2] + 0.5), round(box[3] + 0.5)
    if right <= left or bottom <= top:
        return 0.5
    counts = sheet.black.crop((left, top, right, bottom)).histogram()
    return counts[255] / sum(counts)


def small(paper: Paper) -> list[str]:
    """Return the letters of less than 7 points."""
    found = []
    for sheet in paper.sheets:
        tiny = "".join(one.text for one in sheet.letters if one.text.isalnum() and one.size < 6.9)
        found += [f"page {sheet.number}: less than 7 pt: {tiny[:30]}"] if tiny else []
    return found


def grey(paper: Paper) -> list[str]:
    """Return the pages of which 5 % or more are grey: toner that a black and white printer makes into dots."""
    found = []
    for sheet in paper.sheets:
        # Of a square of five dots all are grey: the edges of letters are thinner.
        panels = sheet.raster.point(lambda shade: 255 if 80 <= shade <= 225 else 0).reduce(5)
        share = panels.histogram()[255] / (panels.width * panels.height)
        found += [f"page {sheet.number}: {share:.0%} grey"] if share >= 0.05 else []
    return found


def empty(paper: Paper) -> list[str]:
    """Return the pages with next to nothing on them."""
    return [f"page {sheet.number}: empty" for sheet in paper.sheets if sheet.black.histogram()[255] < 500]


UNSEEN = {"no-print", "skip", "unseen"}
SILENT = {"head", "script", "style", "title", "desc"}
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect"}


class _Strings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            names = dict(attrs)
            hidden = tag in SILENT or "hidden" in names or UNSEEN & set((names.get("class") or "").split())
            self._open.append((tag, bool(hidden) or (bool(self._open) and self._open[-1][1])))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hold nothing open."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and not self._open[-1][1]:
            self.found.append(data.strip())


def strings_of(html: str) -> Iterator[str]:
    """Yield every text of a page that is to be seen on paper."""
    parser = _Strings()
    parser.feed(re.sub(r"^.*?<body", "<body", html, count=1, flags=re.DOTALL))
    yield from parser.found
