"""Documents that are broken, locked, endless or something else: a message that helps, and nothing written."""

from __future__ import annotations

import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from office_files import W, cell, document_xml, p, row, table, write_excel, write_word
from openpyxl import Workbook

from builder.cli import main
from builder.office.documents import package as packages
from builder.office.documents import word
from builder.office.documents import workbook as workbooks

MOST_BYTES, MOST_PIECES, MOST_CHARACTERS, MOST_MARKUP = (
    2**20,
    5_000,
    100_000,
    100_000,
)  # in these tests, so that they are quick

Maker = Callable[[Path], object]
LIST = table(row("序号", "事项名称", "材料"), row("1", "失业登记", "身份证"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOMB = "".join(f'<!ENTITY e{n} "{10 * ("&e" + str(n - 1) + ";")}">' for n in range(1, 10))


def file(data: bytes) -> Maker:
    return lambda path: path.write_bytes(data)


def package(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> Maker:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", compression) as made:
            for name, data in parts.items():
                made.writestr(name, data)

    return make


def document(xml: str) -> Maker:
    return package({"word/document.xml": xml})


def body(xml: str) -> Maker:
    return document(document_xml(xml))


def workbook(sheet: str, **more: str) -> Maker:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = '<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>' + "".join(
        f'<Relationship Id="{kind}" Type="x/{kind}" Target="{kind}.xml"/>' for kind in more
    )
    return package(
        {
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{relations}"><sheets><sheet name="一" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="x">{links}</Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>',
            **{f"xl/{kind}.xml": xml for kind, xml in more.items()},
        }
    )


def cut(maker: Maker, share: float) -> Maker:
    def make(path: Path) -> None:
        maker(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return make


def flagged_as_encrypted(path: Path) -> None:
    write_word(path, LIST)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    path.write_bytes(data)


def with_wrong_data(path: Path) -> None:
    """A part whose packed bytes are none."""
    write_word(path, LIST * 50)
    data = bytearray(path.read_bytes())
    start = data.find(b"word/document.xml") + len("word/document.xml")
    data[start + 20 : start + 60] = os.urandom(40)
    path.write_bytes(data)


def lying_about_its_size(path: Path) -> None:
    """A part that says it is small and unpacks to 200 MB."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b"".join(packed.compress(b" " * 2**20) for _ in range(200)) + packed.flush()
    name = b"word/document.xml"
    sizes = struct.pack("<LLL", 0, len(data), 100)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", len(name), 0) + name
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
    central += struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local) + len(data), 0)
    path.write_bytes(local + data + central + end)


def sparse(path: Path) -> None:
    with path.open("wb") as made:
        made.truncate(200 * 2**20)


def hidden_sheets(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    hidden = book.create_sheet("旧")
    hidden.append(["序号", "事项名称"])
    hidden.sheet_state = "hidden"
    book.save(path)


def picture(path: Path) -> None:
    write_word(path, p("", more="<w:r><w:drawing><a:blip/></w:drawing></w:r>"), {"image1": b"\x89PNG"})


def picture_in_excel(path: Path) -> None:
    workbook("<sheetData/>")(path)
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("xl/media/image1.png", b"\x89PNG")


REFUSED: dict[str, tuple[str, Maker, str]] = {
    # name: file, how it is made, what the message says
    "empty": ("一.docx", file(b""), "是空的"),
    "empty csv": ("一.csv", file(b""), "是空的"),
    "noise": ("一.docx", file(bytes(range(256)) * 9), "坏了"),
    "noise in excel": ("一.xlsx", file(b"\1\2\3" * 99), "坏了"),
    "words named docx": ("一.docx", file("事项名称：失业登记".encode()), "坏了"),
    "half a file": ("一.docx", cut(body(LIST * 20), 0.5), "坏了"),
    "end cut off": ("一.xlsx", cut(workbook("<sheetData/>"), 0.97), "坏了"),
    "damaged part": ("一.docx", with_wrong_data, "坏了"),
    "no document": ("一.docx", package({"word/styles.xml": "<x/>"}), "坏了"),
    "no sheet": ("一.xlsx", package({"xl/styles.xml": "<x/>"}), "坏了"),
    "xml cut off": ("一.docx", document(document_xml(LIST)[:-40]), "坏了"),
    "not xml": ("一.docx", document("plain"), "坏了"),
    "xml of the wrong kind": ("一.docx", document("<html><p>x</p></html>"), "没有文字"),
    "entity bomb": ("一.docx", document(f'<!DOCTYPE w [<!ENTITY e0 "ha">{BOMB}]><w:document xmlns:w="{W}"><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:document>'), "XML 实体"),
    "entity of a file": ("一.docx", document(f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'), "XML 实体"),
    "entity in utf-16": ("一.docx", package({"word/document.xml": f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x "y">]><w:document xmlns:w="{W}"><w:p/></w:document>'.encode("utf-16")}), "XML 实体"),
    "entity in shared texts": ("一.xlsx", workbook("<sheetData/>", sharedStrings=f'<!DOCTYPE s [<!ENTITY e0 "ha">{BOMB}]><sst xmlns="{SHEET}"><si><t>&e9;</t></si></sst>'), "XML 实体|坏了"),
    "zip bomb": ("一.docx", package({"word/document.xml": b" " * (MOST_BYTES + 1)}), "太多"),
    "zip bomb in excel": ("一.xlsx", package({"xl/workbook.xml": b" " * (MOST_BYTES + 1)}), "太多"),
    "zip bomb that lies": ("一.docx", lying_about_its_size, "坏了"),
    "endless paragraphs": ("一.docx", body("<w:p/>" * (MOST_PIECES + 1)), "太多"),
    "endless markup": ("一.docx", body("<w:x/>" * (MOST_MARKUP + 1)), "太多"),
    "endless markup in a paragraph": ("一.docx", body(f"<w:p>{'<w:x/>' * (2 * MOST_MARKUP)}</w:p>"), "太多"),
    "endless text": ("一.docx", body(p("字" * (MOST_CHARACTERS + 1))), "太多"),
    "endless cells": ("一.xlsx", workbook("<sheetData>" + '<row><c t="str"><v>1</v></c></row>' * (MOST_PIECES + 1) + "</sheetData>"), "太多"),
    "endless width": ("一.docx", body(table(row(cell("x", '<w:gridSpan w:val="999999999"/>')))), "太多"),
    "width of excel": ("一.xlsx", workbook("<sheetData><row>" + '<c t="str"><v>1</v></c>' * 900 + "</row></sheetData>"), "太多"),
    "tables in tables": ("一.docx", body("<w:tbl><w:tr><w:tc>" * 40 + p("x") + "</w:tc></w:tr></w:tbl>" * 40), "太多"),
    "depth of xml": ("一.docx", body("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "坏了"),
    "password": ("一.docx", file(OLE + "EncryptedPackage".encode("utf-16-le")), "加了打开密码"),
    "password in excel": ("一.xlsx", file(OLE + "EncryptedPackage".encode("utf-16-le")), "加了打开密码"),
    "locked zip": ("一.docx", flagged_as_encrypted, "加了密码"),
    "old word": ("一.doc", file(OLE + "WordDocument".encode("utf-16-le")), "另存为|旧格式"),
    "old excel": ("一.xls", file(OLE + "Workbook".encode("utf-16-le")), "另存为|旧格式"),
    "old wps": ("一.wps", file(OLE + "WordDocument".encode("utf-16-le")), "旧格式"),
    "old et": ("一.et", file(OLE + "Workbook".encode("utf-16-le")), "旧格式"),
    "old word named docx": ("一.docx", file(OLE + "WordDocument".encode("utf-16-le")), "旧格式"),
    "rtf": ("一.rtf", file(b"{\\rtf1 x}"), "旧格式"),
    "pdf": ("一.pdf", file(b"%PDF-1.7"), "是 PDF"),
    "pdf named docx": ("一.docx", file(b"%PDF-1.7"), "是 PDF"),
    "picture named xlsx": ("一.xlsx", file(b"\x89PNG\r\n\x1a\n"), "是图片"),
    "photo": ("一.jpg", file(b"\xff\xd8\xff\xe0"), "是图片"),
    "rar": ("一.rar", file(b"Rar!\x1a\x07"), "压缩包"),
    "zip": ("一.zip", package({"a.txt": "x"}), "压缩包"),
    "slides": ("一.pptx", package({"ppt/presentation.xml": "<x/>"}), "PPT"),
    "binary workbook": ("一.xlsb", package({"xl/workbook.bin": "x"}), "xlsb"),
    "archive of a page": ("一.mht", file(b"From: x\nMIME-Version: 1.0\n"), "网页存档"),
    "program": ("一.exe", file(b"MZ"), "这种文件不能导入"),
    "no suffix": ("一", file("甲".encode()), "这种文件不能导入"),
    "only a picture": ("一.docx", picture, "只有图片"),
    "only a picture in excel": ("一.xlsx", picture_in_excel, "只有图片"),
    "only a picture on a page": ("一.html", file(b"<html><body><img src=a.png></body></html>"), "只有图片"),
    "no text": ("一.docx", body("<w:p/>"), "没有文字"),
    "no text in excel": ("一.xlsx", workbook("<sheetData/>"), "没有文字"),
    "all hidden": ("一.xlsx", hidden_sheets, "取消隐藏"),
    "a page made by script": ("一.html", file(b"<html><body><div id=app></div><script>x</script></body></html>"), "没有文字"),
    "a deep page": ("一.html", file(b"<div>" * 3000 + b"x"), "坏了|没有文字"),
    "csv of zeros": ("一.csv", file(b"a\0b\0"), "编码|没有文字"),
    "csv in no encoding": ("一.csv", file(b"\xff\xff\xff,\x81"), "编码"),
    "csv of blank lines": ("一.csv", file(b"\n , ,\n"), "没有文字"),
    "csv without end": ("一.csv", file(b"a," * 2000), "太多"),
    "csv with an open quote": ("一.csv", file(b'"' + b"a\n" * 10), ""),
    "200 MB": ("一.docx", sparse, "太大"),
    "folder": ("一.docx", lambda path: path.mkdir(), "不是文件"),
    "missing": ("一.docx", lambda path: None, "没有文件"),
}  # fmt: skip


@pytest.fixture
def _low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_PART", MOST_BYTES)
    monkeypatch.setattr(packages, "MAX_MARKUP", MOST_MARKUP)
    for reader in (word, workbooks):
        monkeypatch.setattr(reader, "MAX_PIECES", MOST_PIECES)
        monkeypatch.setattr(reader, "MAX_CHARACTERS", MOST_CHARACTERS)


@pytest.mark.usefixtures("_low_limits")
@pytest.mark.parametrize("name", REFUSED)
def test_a_message_and_nothing_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filename, make, says = REFUSED[name]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("shutil.which", lambda program: None)  # no LibreOffice
    make(tmp_path / filename)
    before = sorted(path.name for path in tmp_path.iterdir())
    code = main(["import", filename, "--out", "结果", "--format", "neutral-json"])
    told = capsys.readouterr()
    assert code in (1, 2), told
    assert "程序自己出了毛病" not in told.err
    assert any(part in told.err for part in says.split("|")), told.err
    assert "\n    = " in told.err, "says what to do"
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def macros(path: Path) -> None:
    write_word(path, LIST)
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("word/vbaProject.bin", b"x")


def escaping(path: Path) -> None:
    write_word(path, LIST)
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("../../../tmp/escaped.txt", b"x")


def protected(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["序号", "事项名称", "材料"], [1, "失业登记", "身份证"]):
        sheet.append(line)
    sheet.protection.set_password("secret")
    book.save(path)


EMPTY_ROW, EMPTY_CELL = '<row r="9" spans="1:9"/>', '<c s="1"/>'
ROWS = '<row r="1"><c r="A1" t="str"><v>序号</v></c><c r="B1" t="str"><v>事项名称</v></c><c r="C1" t="str"><v>材料</v></c></row><row r="2"><c r="A2" t="str"><v>1</v></c><c r="B2" t="str"><v>失业登记</v></c><c r="C2" t="str"><v>身份证</v></c></row>'
CYCLE = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'

READ: dict[str, tuple[str, Maker, str]] = {
    # name: file, how it is made, what the plan tells
    "macros": ("一.docm", macros, "文件里有宏，没有运行"),
    "word named xlsx": ("一.xlsx", body(LIST), "其实是 .docx"),
    "excel named doc": ("一.doc", lambda path: (write_excel(path.with_suffix(".xlsx"), [["序号", "事项名称", "材料"], [1, "失业登记", "身份证"]]), path.with_suffix(".xlsx").rename(path)), "其实是 .xlsx"),
    "page named xls": ("一.xls", file("<table><tr><td>序号<td>事项名称<td>材料<tr><td>1<td>失业登记<td>身份证</table>".encode()), "其实是 .html"),
    "protected sheet": ("一.xlsx", protected, "设了保护，不影响读取"),
    "endless empty rows": ("一.xlsx", workbook(f"<sheetData>{ROWS}{EMPTY_ROW * 100_000}</sheetData>"), ""),
    "endless empty cells": ("一.xlsx", workbook(f"<sheetData>{ROWS}<row>{EMPTY_CELL * 100_000}</row></sheetData>"), ""),
    "merged to the end": ("一.xlsx", workbook(f'<sheetData>{ROWS}</sheetData><mergeCells><mergeCell ref="A2:A1048576"/><mergeCell ref="D1:XFD1048576"/><mergeCell ref="?"/></mergeCells>'), ""),
    "a text that is not there": ("一.xlsx", workbook(f'<sheetData>{ROWS}<row><c t="s"><v>999999999999</v></c><c t="s"><v>-1</v></c></row></sheetData>'), ""),
    "styles in a circle": ("一.docx", lambda path: write_word(path, p("清单", '<w:pStyle w:val="a"/>') + LIST, {"styles": CYCLE}), ""),
    "a list that is not there": ("一.docx", body(p("清单", '<w:numPr><w:numId w:val="999"/></w:numPr>') + LIST), ""),
    "names that lead outside": ("一.docx", escaping, ""),
    "a name with a line break": ("一\n“二”.docx", body(LIST), ""),
    "packed with lzma": ("一.docx", package({"word/document.xml": document_xml(LIST)}, zipfile.ZIP_LZMA), ""),
    "comments that are not there": ("一.docx", body(p("清单", more='<w:r><w:commentReference w:id="5"/><w:footnoteReference/></w:r>') + LIST), ""),
    "numbers that are none": ("一.docx", body(table(row("序号", "事项名称", "材料"), row("1", cell("失业登记", '<w:gridSpan w:val="x"/>'), "身份证"))), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_is_read_all_the_same_and_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filename, make, says = READ[name]
    monkeypatch.chdir(tmp_path)
    make(tmp_path / filename)
    assert main(["import", filename, "--plan", "--format", "neutral-json"]) == 0, capsys.readouterr().err
    told = capsys.readouterr().out
    assert "失业登记" in told
    assert says in told
    assert not Path("/tmp/escaped.txt").exists()  # noqa: S108 - where a careless program would write it


SOFFICE = """#!{python}
import sys, shutil
out = sys.argv[sys.argv.index("--outdir") + 1]
kind = sys.argv[sys.argv.index("--convert-to") + 1]
shutil.copyfile({converted!r}, f"{{out}}/document.{{kind}}")
"""


def test_old_formats_are_read_where_libreoffice_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    converted = write_word(tmp_path / "converted.docx", LIST)
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(SOFFICE.format(python=sys.executable, converted=str(converted)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "老.wps").write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    assert main(["import", "老.wps", "--plan", "--format", "neutral-json"]) == 0
    assert "老.wps：1 个事项\n  表1：" in capsys.readouterr().out


HANGING = """#!/bin/sh
sleep 60 &
echo $! > {pid}
wait
"""


def test_a_conversion_that_hangs_ends_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program, pid = tmp_path / "bin" / "soffice", tmp_path / "pid"
    program.parent.mkdir()
    program.write_text(HANGING.format(pid=pid))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("builder.office.documents.converted.CONVERSION_SECONDS", 0.5)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tmp").mkdir()
    (tmp_path / "老.doc").write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    assert main(["import", "老.doc", "--format", "neutral-json"]) == 2
    assert "“老.doc”转换不了" in capsys.readouterr().err
    assert [*(tmp_path / "tmp").iterdir()] == []
    started = pid.read_text().strip() if pid.exists() else "none yet"
    state = Path(f"/proc/{started}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_without_the_extra_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builder.office.documents.opening.find_spec", lambda name: None)
    write_word(tmp_path / "一.docx", LIST)
    assert main(["import", "一.docx", "--format", "neutral-json"]) == 2
    assert "uv run --extra office build.py import" in capsys.readouterr().err
