"""A release as a web archive: one WARC 1.1 file (ISO 28500:2017), with the same bytes on every machine.

It is what DA/T 80-2019 (政府网站网页归档指南) has to be handed in of a site: each address with its bytes, and when they were
there. Nobody fetched anything, so each file is a ``resource`` and no answer of a server is made up. Records are packed
one by one (annex D), by libdeflate, as the zip of a release is.
"""

from __future__ import annotations

import hashlib
import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urljoin, urlsplit

from builder.release.release import ARCHIVE, BadRelease, Release
from builder.release.server import BINARY, TYPES, ending
from builder.support.failure import USAGE_ERROR, Failure

SUFFIX = ".warc.gz"
STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
LEVEL = 9  # of libdeflate
START = "index.html"  # what a host shows for the address of a folder


class NoWebArchive(Failure):
    """A release cannot be written as a web archive."""


def require() -> None:
    """Raise `NoWebArchive` if warcio is not installed."""
    if find_spec("warcio") is None:
        raise NoWebArchive(
            "做网页档案要装 warcio", "运行 uv run --extra archive build.py archive，会自动装好。", USAGE_ERROR
        )


def write_web_archive(out: BinaryIO, folder: Path, release: Release, name: str) -> int:
    """Write the release in `folder` as the web archive called `name`; return the number of addresses in it.

    Raises `NoWebArchive` where the release does not know its own address, `BadRelease` where a file is not what its
    record says.
    """
    require()
    if not release.base_url:
        raise NoWebArchive(
            f"发布包 {release.name} 没有网址，档案里每个网页都要有网址",
            "在 site.yaml 里写上 base_url（上线后的网址），再打包一次。",
            USAGE_ERROR,
        )
    writer = _Writer(out, release)
    writer.begin(name)
    versions: dict[str, set[str]] = {}
    with _files(folder, release) as files:
        for path, data in files:
            for asked, version in _asked_with_version(path, data, release):
                versions.setdefault(asked, set()).add(version)
    with _files(folder, release) as files:
        for path, data in files:
            writer.add(path, data, sorted(versions.get(path, ())))
    return writer.count


def _asked_with_version(path: str, data: bytes, release: Release) -> Iterator[tuple[str, str]]:
    """Yield what a page asks for with the mark of its version behind it: the path, and the mark as ``?v=…``.

    Whoever reads the archive looks for an address as the page writes it. What a script names lies below the top of the site.
    """
    if path.endswith(_ASKING):
        here = f"{urlsplit(release.base_url).path}/"
        for address, version in set(_VERSIONED.findall(data.decode("utf-8", "replace"))):
            full = urljoin(here if path.endswith(".js") else f"{here}{path}", address)
            yield full.removeprefix(here), version


_ASKING = (".html", ".js", ".css")
_VERSIONED = re.compile(r"([A-Za-z0-9._/-]+)(\?v=[0-9a-f]+)")


@contextmanager
def _files(folder: Path, release: Release) -> Iterator[Iterator[tuple[str, bytes]]]:
    """Yield the files of a release with their paths, each compared with its record."""

    def read(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
        for path, file in release.files.items():
            data = archive.read(path)
            if hashlib.sha256(data).hexdigest() != file.digest:
                raise BadRelease(f"{folder / ARCHIVE} 里的 {path} 和记录不一样", again, USAGE_ERROR)
            yield path, data

    again = "这个发布包不完整或者被人改过：重新打包，或者换一个发布包。"
    try:
        with zipfile.ZipFile(folder / ARCHIVE) as archive:
            yield read(archive)
    except (OSError, KeyError, zipfile.BadZipFile):
        raise BadRelease(f"{folder / ARCHIVE} 读不出来", again, USAGE_ERROR) from None


class _Writer:
    """Writes the records of a release; ids and dates follow from what it is, and from no clock."""

    def __init__(self, out: BinaryIO, release: Release) -> None:
        from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

        self._out = out
        self._release = release
        self._record = io.BytesIO()
        self._writer: Any = WARCWriter(self._record, gzip=False, warc_version="1.1")
        self._date = f"{release.date}T00:00:00Z"
        self._info = self._id("warcinfo", "", b"")
        self.count = 0

    def begin(self, name: str) -> None:
        """Write what the archive is."""
        release = self._release
        fields = {
            "software": "banshizhinan",
            "format": "WARC File Format 1.1",
            "conformsTo": STANDARD,
            "isPartOf": release.site,
            "description": f"{release.name} {release.base_url}/",
        }
        text = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
        self._write("warcinfo", "", text, "application/warc-fields", self._info, {"WARC-Filename": name})

    def add(self, path: str, data: bytes, versions: Iterable[str]) -> None:
        """Write a file at its address, with the marks of its versions too, and the first page of a folder at that of the folder."""
        kind = TYPES.get(ending(path), BINARY)
        addresses = [path, *(f"{path}{version}" for version in versions)]
        if path.rpartition("/")[2] == START:
            addresses.append(path.removesuffix(START))
        for address in addresses:
            url = f"{self._release.base_url}/{address}"
            headers = {"WARC-Warcinfo-ID": self._info}
            content_type = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
            self._write("resource", url, data, content_type, self._id("resource", url, data), headers)
            self.count += 1

    def _id(self, kind: str, url: str, data: bytes) -> str:
        """Return the id of a record (RFC 9562, section 5.5): another one in each release, the same wherever it is made."""
        name = f"{self._release.name} {kind} {url} {hashlib.sha256(data).hexdigest()}"
        return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"

    def _write(self, kind: str, url: str, data: bytes, content_type: str, id: str, headers: dict[str, str]) -> None:
        from deflate import gzip_compress  # noqa: PLC0415 - needed by few commands

        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(data),
            length=len(data),
            warc_content_type=content_type,
            warc_headers_dict={"WARC-Record-ID": id, "WARC-Date": self._date, **headers},
        )
        self._record.seek(0)
        self._record.truncate()
        self._writer.write_record(record)
        self._out.write(bytes(gzip_compress(self._record.getvalue(), LEVEL)))
