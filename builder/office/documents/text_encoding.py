"""The text of a plain file: in UTF-8 or UTF-16 if it says so or fits, else in GB18030, as Chinese Windows writes it."""

from __future__ import annotations

import codecs
import re
from typing import Final

from builder.office.documents.unreadable import Unreadable

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"""(?i)charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]*encoding=["']([\w-]+)""")


def decoded(name: str, data: bytes, *, declares: bool = False) -> str:
    """Return the text of a file. With `declares`, its beginning may name the encoding, as web pages do.

    Raises `Unreadable` if it is in none of the encodings that are tried.
    """
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    if declares and (match := _DECLARED.search(data[:4096])):
        encodings.append((match[1] or match[2]).decode("ascii"))
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable(f"“{name}”的编码认不出来，读出来是乱码", "用 Excel 或 WPS 打开，另存为 .xlsx 再导入。")
