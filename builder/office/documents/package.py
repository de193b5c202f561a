"""The zip package of a .docx or .xlsx: its parts, read within limits, and their XML, read without entities."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Literal, Self

from lxml import etree

from builder.office.documents.limits import MAX_GAP, MAX_MARKUP, MAX_PART
from builder.office.documents.unreadable import Unreadable

_BROKEN_HINT: Final = "用 Word、Excel 或 WPS 打开看看；能打开就另存一份再导入，打不开就找原来的人要一份好的。"
_MACROS: Final = "vbaProject.bin"
_RELATIONSHIPS: Final = "{*}Relationship"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A part that another part names: its id there, the last word of its type, and its path in the package."""

    id: str
    kind: str
    target: str


class Package:
    """An open .docx or .xlsx. Raises `Unreadable` when it or one of its parts cannot be read."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise self._broken() from error
        self._parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._zip.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    @property
    def parts(self) -> Collection[str]:
        """The paths of all parts, in small letters."""
        return self._parts.keys()

    @property
    def has_macros(self) -> bool:
        """Whether it holds macros, which are never run."""
        return any(part.endswith(_MACROS.lower()) for part in self._parts)

    def main_part(self, default: str) -> str:
        """Return the path of the part that holds the document; `default` is where Word or Excel puts it."""
        named = (part.target for part in self.relationships("") if part.kind == "officeDocument")
        return next((part for part in named if part in self), default)

    def relationships(self, part: str) -> list[Relationship]:
        """Return the parts of the package that `part` names, in order; "" stands for the package itself."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self:
            return []
        found = []
        for element in self.elements(path, (_RELATIONSHIPS,)):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target") or "")).lstrip("/")
                found.append(
                    Relationship(element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], target)
                )
        return found

    def related(self, part: str, kind: str) -> str:
        """Return the part of this kind that `part` names, "" if there is none."""
        return next((one.target for one in self.relationships(part) if one.kind == kind and one.target in self), "")

    def start_of(self, part: str, size: int) -> bytes:
        """Return the first `size` bytes of a part as they are."""
        try:
            with self._open(part) as stream:
                return stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise self._broken() from error

    def elements(self, part: str, tags: Collection[str]) -> Iterator[etree._Element]:
        """Yield each complete element with one of `tags`, then forget it. Elements that contain one another do not fit."""
        for _, element in self.events(part, ("end",), tags):
            yield element
            forget(element)

    def events(
        self, part: str, events: Sequence[Literal["start", "end"]], tags: Collection[str]
    ) -> Iterator[tuple[str, etree._Element]]:
        """Yield the start and end of elements with `tags` while the part is read. The caller clears what it has read."""
        with self._open(part) as stream:
            counted = _Counted(stream, self)
            try:
                walk = etree.iterparse(
                    counted,
                    events=tuple(events),
                    tag=tuple(tags),
                    resolve_entities=False,
                    load_dtd=False,
                    no_network=True,
                    huge_tree=False,
                    remove_comments=True,
                    remove_pis=True,
                )
                checked = False
                for event, element in walk:
                    if not checked:
                        self._refuse_entities(element)
                        checked = True
                    counted.restart()
                    yield event, element
            except etree.XMLSyntaxError as error:
                raise self._broken() from error
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                raise self._broken() from error

    def _open(self, part: str) -> IO[bytes]:
        try:
            info = self._parts[part.lower()]
        except KeyError:
            raise self._broken() from None
        if info.flag_bits & 1:
            raise Unreadable(f"“{self.name}”加了密码，读不了", "解开密码，另存一份再导入。")
        if info.file_size > MAX_PART:
            raise self.too_large()
        try:
            return self._zip.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise self._broken() from error

    def _refuse_entities(self, element: etree._Element) -> None:
        """Raise `Unreadable` if the part declares a document type: Word and Excel never do, and entities are a trap."""
        if element.getroottree().docinfo.doctype:
            raise Unreadable(
                f"“{self.name}”里有正常的 Word、Excel 文件不会有的内容（XML 实体），没有读",
                "用 Word 或 WPS 打开，另存一份再导入。",
            )

    def too_large(self) -> Unreadable:
        """Return the error for a document that is larger than what an office writes."""
        return Unreadable(
            f"“{self.name}”的内容太多，读不了",
            "多半是表格下面、右边拖出了大片空格子，或者不是办事材料。删掉没用的行、列和图片，或者分成几个文件，再导入。",
        )

    def _broken(self) -> Unreadable:
        return Unreadable(f"“{self.name}”坏了，读不出来", _BROKEN_HINT)


def forget(element: etree._Element) -> None:
    """Free the memory of an element that was read, and of all before it in the same parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Counted:
    """A part as it is read. What stands between two elements of interest must not fill the memory."""

    def __init__(self, stream: IO[bytes], package: Package) -> None:
        self.stream, self.package = stream, package
        self.bytes = self.markup = 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.bytes += len(data)
        self.markup += data.count(b"<") + data.count(b"=")
        if self.bytes > MAX_GAP or self.markup > MAX_MARKUP:
            raise self.package.too_large()
        return data

    def restart(self) -> None:
        """Begin to count again, since an element of interest was reached."""
        self.bytes = self.markup = 0
