"""Documents of old programs (.doc, .xls, .wps, .et, …), which LibreOffice turns into .docx or .xlsx where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from builder.office.documents.limits import CONVERSION_SECONDS
from builder.office.documents.unreadable import Unreadable

PROGRAMS: Final = ("soffice", "libreoffice")


@contextmanager
def converted(path: Path, suffix: str) -> Iterator[Path]:
    """Yield a copy of the document at `path` as `suffix`, ``.docx`` or ``.xlsx``, under its own name, for a while.

    Raises `Unreadable` where LibreOffice is not installed or cannot read the document.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Unreadable(
            f"“{path.name}”是旧格式的文件，这里读不了",
            f"用 Word、Excel 或 WPS 打开，点“文件”→“另存为”，类型选 {suffix}，再导入另存的那一份。装了 LibreOffice 的电脑可以直接导入。",
        )
    with tempfile.TemporaryDirectory(prefix="banshizhinan-") as folder:
        source = Path(folder, f"document{path.suffix.lower()}")
        shutil.copyfile(path, source)
        try:
            subprocess.run(
                [
                    program,
                    "--headless",
                    "--norestore",
                    f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                    "--convert-to",
                    suffix.lstrip("."),
                    "--outdir",
                    folder,
                    str(source),
                ],
                check=False,
                timeout=CONVERSION_SECONDS,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (subprocess.TimeoutExpired, OSError):
            raise _failed(path, suffix) from None
        result = Path(folder, f"document{suffix}")
        if not result.is_file() or result == source:
            raise _failed(path, suffix)
        copy = Path(folder, "converted", path.name)
        copy.parent.mkdir()
        yield result.rename(copy)


def _failed(path: Path, suffix: str) -> Unreadable:
    return Unreadable(
        f"“{path.name}”转换不了，可能加了密码，或者坏了",
        f"用 Word、Excel 或 WPS 打开，解开密码，另存为 {suffix}，再导入另存的那一份。",
    )
