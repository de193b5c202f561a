"""Opens a document: tells by its bytes what it is, whatever its name says, and has it read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from builder.office.documents.document import Document, Origin, Remark, RemarkKind
from builder.office.documents.limits import MAX_FILE, MAX_TEXT_FILE
from builder.office.documents.unreadable import Unreadable

WORD, EXCEL, CSV, WEB, OLD_WORD, OLD_EXCEL = ".docx", ".xlsx", ".csv", ".html", ".doc", ".xls"

# What may stand behind the name of a file of each kind without astonishing anybody.
_SUFFIXES: Final[Mapping[str, frozenset[str]]] = {
    WORD: frozenset((".docx", ".docm", ".dotx", ".dotm")),
    EXCEL: frozenset((".xlsx", ".xlsm", ".xltx", ".xltm")),
    CSV: frozenset((".csv", ".tsv", ".txt")),
    WEB: frozenset((".html", ".htm", ".xhtml", ".shtml")),
    OLD_WORD: frozenset((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt")),
    OLD_EXCEL: frozenset((".xls", ".xlt", ".et", ".ett", ".ods")),
}
_PICTURES: Final = {
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"II*\0": "图片",
    b"MM\0*": "图片",
}
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS: Final = "用 Word、Excel 或 WPS 打开，点“文件”→“另存为”，存成 .docx 或 .xlsx，再导入另存的那一份。"
_OCR: Final = "请找原来的 Word、Excel 文件；没有的话，先用文字识别（OCR）转成 Word，核对以后再导入。"
_MARKUP: Final = (b"<!doctype html", b"<html", b"<table", b"<body", b"<head", b"<div", b"<p")


def require() -> None:
    """Raise `Unreadable` when the extra ``office`` is not installed. Quick: nothing is loaded."""
    if find_spec("lxml") is None:
        raise Unreadable("读 Word、Excel 文件要装 lxml", "运行 uv run --extra office build.py import …")


def read_document(path: Path) -> Document:
    """Return the document in the file at `path`. Raises `Unreadable`, also for a file that is not there."""
    require()
    name = path.name
    if not path.is_file():
        raise Unreadable(
            f"没有文件“{path.as_posix()}”" if not path.exists() else f"“{name}”不是文件", "看看名字和路径有没有写错。"
        )
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(f"“{name}”是空的，里面什么也没有", "可能没有存好，或者没有传完。请重新拷贝一份。")
    if size > MAX_FILE:
        raise Unreadable(
            f"“{name}”太大了（{size // 1024 // 1024} MB，最多 {MAX_FILE // 1024 // 1024} MB）",
            "多半是里面的图片大。删掉图片，或者分成几个文件，再导入。",
        )
    try:
        kind = kind_of(path)
        if kind in (CSV, WEB) and size > MAX_TEXT_FILE:
            raise Unreadable(f"“{name}”太大了（{size // 1024 // 1024} MB）", "分成几个文件，再导入。")
        document = _READERS[kind](path)
    except PermissionError:
        raise Unreadable(f"“{name}”没有权限读", "请管电脑的同事放开读的权限；文件开着的话，先关上。") from None
    return _told_of_suffix(document, path, kind)


def kind_of(path: Path) -> str:
    """Return what a file is, as the usual suffix of its kind. Raises `Unreadable` if it is nothing that can be read."""
    with path.open("rb") as file:
        start = file.read(4096)
    name, suffix = path.name, path.suffix.lower()
    if start.startswith(_OLE):
        return _kind_of_ole(path)
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.startswith(b"%PDF"):
        raise Unreadable(f"“{name}”是 PDF，不能导入", _OCR)
    if any(start.startswith(mark) for mark in _PICTURES):
        raise Unreadable(f"“{name}”是图片，不能导入", _OCR)
    if any(start.startswith(mark) for mark in _ARCHIVES):
        raise Unreadable(f"“{name}”是压缩包，不能导入", "先解压，再导入里面的文件。")
    if start.startswith(b"{\\rtf"):
        return OLD_WORD
    if b"MIME-Version:" in start[:1024]:
        raise Unreadable(f"“{name}”是网页存档（.mht），读不了", _SAVE_AS)
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in _SUFFIXES[WEB] or text.startswith(_MARKUP) or (text.startswith(b"<?xml") and b"<html" in text):
        return WEB
    if suffix in _SUFFIXES[CSV]:
        return CSV
    if suffix in _SUFFIXES[WORD] | _SUFFIXES[EXCEL] | _SUFFIXES[OLD_WORD] | _SUFFIXES[OLD_EXCEL]:
        raise Unreadable(
            f"“{name}”坏了，或者不是 {suffix} 文件，读不出来",
            "用 Word、Excel 或 WPS 打开看看；能打开就另存一份再导入，打不开就找原来的人要一份好的。",
        )
    raise Unreadable(f"“{name}”这种文件不能导入", "能导入的有 Word（.docx）、Excel（.xlsx）、CSV 和网页（.html）。")


def _kind_of_ole(path: Path) -> str:
    """Return the kind of a file of old programs; also a new one that has a password is packed like this."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(
            f"“{path.name}”加了打开密码，读不了",
            "用 Word、Excel 或 WPS 打开，在“文件”→“信息”→“保护文档”里去掉密码，另存一份再导入。",
        )
    if "WordDocument".encode("utf-16-le") in data:
        return OLD_WORD
    if "Workbook".encode("utf-16-le") in data or "Book\0".encode("utf-16-le") in data:
        return OLD_EXCEL
    return OLD_EXCEL if path.suffix.lower() in _SUFFIXES[OLD_EXCEL] else OLD_WORD


def _kind_of_zip(path: Path) -> str:
    name = path.name
    try:
        with zipfile.ZipFile(path) as package:
            parts = {info.filename.replace("\\", "/").lower() for info in package.infolist()}
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise Unreadable(
            f"“{name}”坏了，读不出来", "可能没有传完。用 Word、Excel 或 WPS 打开看看；打不开就找原来的人再要一份。"
        ) from error
    if any(part.startswith("word/") for part in parts):
        return WORD
    if "xl/workbook.bin" in parts:
        raise Unreadable(f"“{name}”是 .xlsb 文件，读不了", _SAVE_AS)
    if any(part.startswith("xl/") for part in parts):
        return EXCEL
    if "content.xml" in parts:
        return OLD_EXCEL if path.suffix.lower() == ".ods" else OLD_WORD
    if any(part.startswith("ppt/") for part in parts):
        raise Unreadable(f"“{name}”是 PPT，不能导入", "把文字复制到 Word 里，存成 .docx 再导入。")
    raise Unreadable(f"“{name}”是压缩包，不能导入", "先解压，再导入里面的文件。")


def _told_of_suffix(document: Document, path: Path, kind: str) -> Document:
    """Return the document, with a remark if its name says that it is of another kind."""
    suffix = path.suffix.lower()
    if suffix in _SUFFIXES[kind]:
        return document
    remark = Remark(
        RemarkKind.FILE,
        f"名字以“{suffix or '（没有后缀）'}”结尾，其实是 {kind} 文件，照 {kind} 读了",
        Origin(path.name),
    )
    return replace(document, remarks=(remark, *document.remarks))


def _word(path: Path) -> Document:
    from builder.office.documents.word import read_word  # noqa: PLC0415 - needs lxml, an extra

    return read_word(path)


def _excel(path: Path) -> Document:
    from builder.office.documents.workbook import read_workbook  # noqa: PLC0415 - as above

    return read_workbook(path)


def _csv(path: Path) -> Document:
    from builder.office.documents.csv_table import read_csv  # noqa: PLC0415 - seldom used

    return read_csv(path)


def _web(path: Path) -> Document:
    from builder.office.documents.web_page import read_web_page  # noqa: PLC0415 - needs lxml, an extra

    return read_web_page(path)


def _old(suffix: str, read: Callable[[Path], Document]) -> Callable[[Path], Document]:
    def reader(path: Path) -> Document:
        from builder.office.documents.converted import converted  # noqa: PLC0415 - seldom used

        with converted(path, suffix) as copy:
            return read(copy)

    return reader


_READERS: Final[Mapping[str, Callable[[Path], Document]]] = {
    WORD: _word,
    EXCEL: _excel,
    CSV: _csv,
    WEB: _web,
    OLD_WORD: _old(WORD, _word),
    OLD_EXCEL: _old(EXCEL, _excel),
}
