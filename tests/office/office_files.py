"""Files of an office, made part by part: Word documents from their XML, workbooks with openpyxl."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def write_word(path: Path, body: str, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a .docx whose body is `body`. `parts` are more parts by kind, such as ``numbering``: their inner XML, or bytes."""
    parts = parts or {}
    related = "".join(
        f'<Relationship Id="r{index}" Type="{_RELATIONS}/{kind.rstrip("0123456789")}" Target="{_target(kind, content)}"/>'
        for index, (kind, content) in enumerate(parts.items())
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="d" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", document_xml(body))
        package.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>')
        for kind, content in parts.items():
            data = content if isinstance(content, bytes) else f"<w:{kind} {_NAMESPACES}>{content}</w:{kind}>"
            package.writestr(f"word/{_target(kind, content)}", data)
    return path


def _target(kind: str, content: str | bytes) -> str:
    return f"{kind}.xml" if isinstance(content, str) else f"media/{kind}.png"


def document_xml(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>'


def p(text: str = "", properties: str = "", *, more: str = "") -> str:
    """Return a paragraph; a line feed in `text` is a manual break. `more` is XML after the text."""
    run = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    about = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{about}{f'<w:r>{run}</w:r>' if text else ''}{more}</w:p>"


def numbered(list_id: int, level: int = 0) -> str:
    """Return the properties of a paragraph with an automatic number."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def cell(content: str, properties: str = "") -> str:
    """Return a table cell with text, or with XML when that begins with ``<w:``."""
    inner = content if content.startswith("<w:") else "".join(p(line) for line in content.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a table row of texts or of cells."""
    inner = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


DOWN = '<w:vMerge w:val="restart"/>'
MORE = "<w:vMerge/>"


def write_excel(path: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> Path:
    """Write a .xlsx with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for one in rows:
        sheet.append(list(one))
    for area in merges:
        sheet.merge_cells(area)
    book.save(path)
    return path
