"""Reads a web page (.html), also one that Word saved: what a visitor sees, without menus, foot and other parts of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree, html

from builder.office.documents.document import Block, Cell, Document, Origin, Paragraph, Remark, RemarkKind, Table
from builder.office.documents.limits import MAX_COLUMNS, MAX_PIECES
from builder.office.documents.markup import Element
from builder.office.documents.numerals import numeral
from builder.office.documents.site_lines import is_of_the_site
from builder.office.documents.text_encoding import decoded
from builder.office.documents.unreadable import Unreadable

_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
_NEVER_SEEN: Final = frozenset((
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "base", "object", "embed",
    "iframe", "svg", "math", "canvas", "audio", "video", "map", "textarea", "select", "button", "param", "source",
    "track", "datalist",
))  # fmt: skip
_OTHER_PARTS: Final = frozenset(("nav", "footer", "aside"))
_OTHER_ROLES: Final = frozenset(("navigation", "banner", "contentinfo", "complementary", "search"))
_OTHER_WORDS: Final = frozenset((
    "nav", "navbar", "navigation", "menu", "topbar", "foot", "footer", "bottom", "crumb", "crumbs", "breadcrumb",
    "breadcrumbs", "sidebar", "aside", "share", "copyright", "related", "recommend", "ad", "ads", "advert",
    "banner", "toolbar", "login", "search", "pagination", "pager", "comment", "comments", "friendlink", "links",
))  # fmt: skip
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LIST_FORMATS: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_TYPED_NUMBER: Final = re.compile(r"[（(]?[\d一二三四五六七八九十①-⑳]+[、.．）)]|第[\d一二三四五六七八九十]+")
_HIDDEN_STYLE: Final = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_DELETED: Final = frozenset(("del", "s", "strike"))
_MANY_LINKS: Final = 4
_MOST_OF_THE_PAGE: Final = 0.4


def read_web_page(path: Path) -> Document:
    """Return the document in a web page. Raises `Unreadable`."""
    name, text = path.name, decoded(path.name, path.read_bytes(), declares=True)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(re.sub(r"<\?xml[^>]*\?>", "", text, count=1), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"“{name}”里没有文字", "看看是不是存错了文件。") from error
    return _Reader(name, page).read()


@dataclass
class _Line:
    """The paragraph that is being read."""

    parts: list[str] = field(default_factory=list)
    remarks: list[tuple[RemarkKind, str]] = field(default_factory=list)
    bold: bool = True


class _Reader:
    def __init__(self, name: str, page: Element) -> None:
        self.name, self.page = name, page
        self.remarks: list[Remark] = []
        self.paragraph = self.table = self.row = self.column = self.depth = self.pieces = 0
        self.pictures = 0
        self.length = len(_seen_text(page))

    def read(self) -> Document:
        title = self.page.findtext(".//title")
        if title and title.strip():
            self.remarks.append(Remark(RemarkKind.NAVIGATION, " ".join(title.split()), Origin(self.name)))
        blocks = self._blocks_of(self.page)
        document = Document(self.name, tuple(blocks), tuple(self.remarks))
        if not any(paragraph.text for paragraph in document.paragraphs):
            self._refuse_empty()
        return document

    def _refuse_empty(self) -> None:
        if self.pictures:
            raise Unreadable(
                f"“{self.name}”里只有图片，没有文字",
                "请找原来的 Word、Excel 文件；没有的话，先用文字识别（OCR）转成文字，核对以后再导入。",
            )
        raise Unreadable(
            f"“{self.name}”里没有文字",
            "网页可能要联网才显示内容。在浏览器里打开，把文字复制到 Word 里，存成 .docx 再导入。",
        )

    def _blocks_of(self, element: Element) -> list[Block]:
        blocks: list[Block] = []
        line = _Line()
        self._walk(element, blocks, line)
        self._end(line, blocks)
        return blocks

    def _walk(self, element: Element, blocks: list[Block], line: _Line, *, bold: bool = False) -> None:
        """Read what is inside `element`, without its tail."""
        self.depth += 1
        if self.depth > 200:
            raise Unreadable(
                f"“{self.name}”坏了，读不出来", "在浏览器里打开，把文字复制到 Word 里，存成 .docx 再导入。"
            )
        self._add(element.text, line, bold=bold, is_preformatted=element.tag == "pre")
        for one in element.iterchildren():
            self._meet(one, blocks, line, bold=bold)
            self._add(one.tail, line, bold=bold, is_preformatted=element.tag == "pre")
        self.depth -= 1

    def _meet(self, one: Element, blocks: list[Block], line: _Line, *, bold: bool) -> None:
        tag = one.tag if isinstance(one.tag, str) else ""
        if not tag or tag in _NEVER_SEEN:
            return
        if one.get("hidden") is not None or _HIDDEN_STYLE.search(one.get("style") or ""):
            if _seen_text(one):
                line.remarks.append((RemarkKind.HIDDEN, "这里有隐藏的文字，没有导入"))
            return
        if tag in _DELETED:
            if text := _seen_text(one):
                line.remarks.append((RemarkKind.REVISION, f"修订已按接受处理：删去“{text[:80]}”"))
            return
        if tag == "br":
            line.parts.append("\n")
        elif tag == "img":
            self.pictures += 1
        elif tag == "input":
            if one.get("type") in ("checkbox", "radio"):
                line.parts.append("☑" if one.get("checked") is not None else "☐")
            elif one.get("type") in (None, "text"):
                line.parts.append(one.get("value") or "")
        elif self._is_other_part(one):
            self._end(line, blocks)
            self.remarks.append(Remark(RemarkKind.NAVIGATION, _seen_text(one), Origin(self.name)))
        elif tag == "table":
            self._end(line, blocks)
            if (table := self._table(one)) is not None:
                blocks.append(table)
        elif tag in _BLOCKS:
            self._end(line, blocks)
            self._walk(one, blocks, line, bold=bold)
            self._end(line, blocks, one)
        else:
            self._walk(one, blocks, line, bold=bold or tag in ("b", "strong"))

    def _add(self, text: str | None, line: _Line, *, bold: bool, is_preformatted: bool) -> None:
        if text:
            line.parts.append(text if is_preformatted else re.sub(r"[ \t\r\n\f]+", " ", text))
            line.bold = line.bold and (bold or not text.strip())

    def _end(self, line: _Line, blocks: list[Block], element: Element | None = None) -> None:
        """End the paragraph that is being read; `element` is the one around it, if that ends with it."""
        text = re.sub(r" ?\n ?", "\n", "".join(line.parts)).replace("\xa0", " ").strip()
        if not text:
            self.remarks += (Remark(kind, said, self._origin()) for kind, said in line.remarks)
        elif not self.table_is_open and is_of_the_site(text):
            self.remarks.append(Remark(RemarkKind.NAVIGATION, text, self._origin()))
        else:
            self.pieces += 1
            if self.pieces > MAX_PIECES:
                raise Unreadable(f"“{self.name}”的内容太多，读不了", "只留办事指南的部分，另存一份再导入。")
            if not self.table_is_open:
                self.paragraph += 1
            origin = self._origin()
            remarks = tuple(Remark(kind, said, origin) for kind, said in line.remarks)
            tag = element.tag if element is not None else ""
            centred = element is not None and bool(
                re.search(r"(?i)text-align\s*:\s*center", element.get("style") or "")
            )
            number = (
                _number_of(element) if element is not None and tag == "li" and not _TYPED_NUMBER.match(text) else ""
            )
            blocks.append(
                Paragraph(
                    text,
                    origin,
                    number,
                    heading=_HEADINGS.get(str(tag), 0),
                    stands_out=line.bold or centred,
                    remarks=remarks,
                )
            )
        line.parts, line.remarks, line.bold = [], [], True

    @property
    def table_is_open(self) -> bool:
        return self.row > 0

    def _origin(self) -> Origin:
        if self.table_is_open:
            return Origin(self.name, table=self.table, row=self.row, column=self.column)
        return Origin(self.name, paragraph=self.paragraph)

    def _is_other_part(self, element: Element) -> bool:
        """Whether an element is no part of the text: a menu, the foot, a list of links. It never holds most of the page."""
        words = set(re.split(r"[^a-z]+", f"{element.get('class') or ''} {element.get('id') or ''}".lower()))
        named = (
            element.tag in _OTHER_PARTS
            or (element.get("role") or "") in _OTHER_ROLES
            or (bool(words & _OTHER_WORDS) and element.tag in _BLOCKS)
        )
        if not named and not _is_list_of_links(element):
            return False
        text = _seen_text(element)
        return bool(text) and len(text) < self.length * _MOST_OF_THE_PAGE

    # ---- tables

    def _table(self, element: Element) -> Table | None:
        outer = self.table, self.row, self.column
        if not self.table_is_open:
            self.table, self.row = self.table + 1, 0
            outer = self.table, 0, 0
        origin = Origin(self.name, table=self.table, row=outer[1], column=outer[2])
        grid = self._grid(element, nested=outer[1] > 0)
        self.table, self.row, self.column = outer
        if len(grid) == 1 and len(grid[0]) == 1 and not grid[0][0].blocks:
            return None
        return Table(grid, origin) if grid else None

    def _grid(self, element: Element, *, nested: bool) -> tuple[tuple[Cell, ...], ...]:
        lines: list[dict[int, Cell]] = []
        reserved: dict[tuple[int, int], Cell] = {}
        for index, row in enumerate(_rows_of(element)):
            if not nested:
                self.row, self.column = index + 1, 0
            line: dict[int, Cell] = {column: cell for (at, column), cell in reserved.items() if at == index}
            column = 0
            for one in row.iterchildren("td", "th"):
                while column in line:
                    column += 1
                if not nested:
                    self.column = column + 1
                rows, columns = _span(one, "rowspan"), _span(one, "colspan")
                if column + columns > MAX_COLUMNS:
                    raise Unreadable(f"“{self.name}”的表格太宽，读不了", "只留办事指南的部分，另存一份再导入。")
                origin = self._origin()
                cell = Cell(
                    tuple(self._blocks_of(one)), origin, index, column, rows, columns, merged=rows * columns > 1
                )
                for place in range(column, column + columns):
                    line[place] = cell
                    for below in range(index + 1, index + rows):
                        reserved[below, place] = cell
            lines.append(line)
            reserved = {place: cell for place, cell in reserved.items() if place[0] > index}
        return _filled(lines, Origin(self.name, table=self.table))


def _rows_of(table: Element) -> Iterator[Element]:
    for part in table.iterchildren():
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from part.iterchildren("tr")


def _span(cell: Element, name: str) -> int:
    text = cell.get(name) or ""
    return min(max(int(text), 1), 1000) if text.isdecimal() and len(text) < 6 else 1


def _filled(lines: list[dict[int, Cell]], origin: Origin) -> tuple[tuple[Cell, ...], ...]:
    """Return the grid, every row as wide as the widest. Spans that reach beyond the last row end there."""
    width = max((max(line, default=-1) + 1 for line in lines), default=0)
    grid = []
    for row, line in enumerate(lines):
        missing = (
            Cell((), Origin(origin.document, table=origin.table, row=row + 1, column=c + 1), row, c)
            for c in range(width)
            if c not in line
        )
        cells = {**line, **{cell.column: cell for cell in missing}}
        grid.append(tuple(cells[column] for column in range(width)))
    return tuple(grid)


def _number_of(item: Element) -> str:
    """Return the number that a browser shows before an item of a list, "" for a bullet."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "list-style" in (parent.get("style") or ""):
        return ""
    start = parent.get("start") or "1"
    count = int(start) if start.lstrip("-").isdecimal() and len(start) < 6 else 1
    for before in parent.iterchildren("li"):
        if before is item:
            break
        count += 1
    return f"{numeral(count, _LIST_FORMATS.get(parent.get('type') or '', 'decimal'))}."


def _is_list_of_links(element: Element) -> bool:
    if element.tag not in ("ul", "ol", "div", "td", "p"):
        return False
    links = [_seen_text(link) for link in element.iter("a") if link.get("href")]
    return len(links) >= _MANY_LINKS and sum(map(len, links)) > 0.8 * len(_seen_text(element))


def _seen_text(element: Element) -> str:
    return " ".join(" ".join(_texts(element)).split())


def _texts(element: Element) -> Iterable[str]:
    if not isinstance(element.tag, str) or element.tag in _NEVER_SEEN:
        return
    yield element.text or ""
    for one in element.iterchildren():
        yield from _texts(one)
        yield one.tail or ""
