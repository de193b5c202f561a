"""Zip files with the same bytes on every machine: no clock, no owner, and a compressor that comes with its version.

A host keeps the time of an unpacked file, and tells visitors by time and size whether a page has changed (ETag,
Last-Modified). So a file has the day of the release, and the time of that day tells its content.

Python's own zlib is that of the machine (zlib, zlib-ng, one of the processor's maker), and each packs otherwise. So the
data are packed by libdeflate, which the package `deflate` brings along, and the frame is written here: PKWARE's APPNOTE
6.3.10, sections 4.3 and 4.5.3 (zip64, for more than 65,535 files or 4 GB).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

LEVEL = 9  # of libdeflate: 1 % larger than 12, in a tenth of the time

STORED, DEFLATED = 0, 8
PLAIN, ZIP64 = 20, 45  # the version of the format that a reader must know, times ten
UNIX = 3 << 8  # the system whose permissions are told
MODE = 0o100644 << 16  # an ordinary file that all may read
FIRST_YEAR, LAST_YEAR = 1980, 2107  # that a zip file can tell
TICKS = 24 * 60 * 30  # of two seconds, the shortest time that it can tell, in a day

MOST_FILES = 0xFFFF  # what the old format can count and measure; from here on zip64 tells it
MOST_BYTES = 0xFFFFFFFF
ELSEWHERE, ELSEWHERE_SHORT = 0xFFFFFFFF, 0xFFFF  # in the old place, where zip64 tells a number


class TooLarge(ValueError):
    """A single file is too large for a zip file as every system reads it: 4 GB."""


def write_zip(out: BinaryIO, files: Iterable[tuple[str, bytes]], day: date, comment: str = "") -> None:
    """Write a zip file of `files`, path and bytes, in this order, all dated on `day`. Paths and the comment are ASCII.

    A file that packing does not make smaller is stored as it is. Raises `TooLarge`, and `UnicodeEncodeError` for a name.
    """
    from deflate import deflate_compress  # noqa: PLC0415 - needed by few commands

    directory: list[bytes] = []
    at = 0
    for path, data in files:
        name = path.encode("ascii")
        if len(data) >= MOST_BYTES:
            raise TooLarge(path)
        packed = bytes(deflate_compress(data, LEVEL))
        method = DEFLATED
        if len(packed) >= len(data):
            packed, method = data, STORED
        check = zlib.crc32(data)
        facts = struct.pack("<4H3L", 0, method, _time(check), _day(day), check, len(packed), len(data))
        local = struct.pack("<4sH", b"PK\3\4", PLAIN) + facts + struct.pack("<2H", len(name), 0) + name
        out.write(local)
        out.write(packed)
        directory.append(_entry(name, facts, at))
        at += len(local) + len(packed)
    out.writelines(directory)
    out.write(_end(len(directory), sum(map(len, directory)), at, comment.encode("ascii")))


def _day(day: date) -> int:
    year = min(max(day.year, FIRST_YEAR), LAST_YEAR)
    return (year - FIRST_YEAR) << 9 | day.month << 5 | day.day


def _time(check: int) -> int:
    """Return the time of day for a file with this checksum: with other bytes it has another time, but for chance."""
    minute, tick = divmod(check % TICKS, 30)
    return minute // 60 << 11 | minute % 60 << 5 | tick


def _entry(name: bytes, facts: bytes, at: int) -> bytes:
    """Return the entry of a file in the directory; `at` is where the file begins."""
    far = at >= MOST_BYTES
    version = ZIP64 if far else PLAIN
    extra = struct.pack("<2HQ", 1, 8, at) if far else b""
    head = struct.pack("<4s2H", b"PK\1\2", UNIX | version, version)
    tail = struct.pack("<5H2L", len(name), len(extra), 0, 0, 0, MODE, ELSEWHERE if far else at)
    return head + facts + tail + name + extra


def _end(files: int, size: int, at: int, comment: bytes) -> bytes:
    """Return the end of the zip file, after the directory of `size` bytes that begins `at`."""
    wide = b""
    if files >= MOST_FILES or at + size >= MOST_BYTES:
        wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, UNIX | ZIP64, ZIP64, 0, 0, files, files, size, at)
        wide += struct.pack("<4sLQL", b"PK\6\7", 0, at + size, 1)
        files, size, at = ELSEWHERE_SHORT, ELSEWHERE, ELSEWHERE
    return wide + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, files, files, size, at, len(comment)) + comment
