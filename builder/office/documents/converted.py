"""Documents of old programs (.doc, .xls, .wps, .et, …), which LibreOffice turns into .docx or .xlsx where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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
    with tempfile.TemporaryDirectory(prefix="banshizhinan-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "old", f"document{path.suffix.lower()}")
        source.parent.mkdir()
        shutil.copyfile(path, source)
        command = [program, "--headless", "--norestore", "--convert-to", suffix.lstrip("."), "--outdir", folder]
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        if not _ran([*command, profile, str(source)], folder):
            raise _failed(path, suffix)
        result = Path(folder, f"document{suffix}")
        if not result.is_file():
            raise _failed(path, suffix)
        copy = Path(folder, "converted", path.name)
        copy.parent.mkdir()
        yield result.rename(copy)


def _ran(command: Sequence[str], home: str) -> bool:
    """Run a program, which may write into `home` only; return whether it came to its end in time.

    What it has started ends with it: soffice is a script that starts another program.
    """
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"), home)
    try:
        program = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **homes},
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        program.wait(CONVERSION_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(program)
    return True


def _end(program: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
    else:
        program.kill()
    program.wait()


def _failed(path: Path, suffix: str) -> Unreadable:
    return Unreadable(
        f"“{path.name}”转换不了，可能加了密码，或者坏了",
        f"用 Word、Excel 或 WPS 打开，解开密码，另存为 {suffix}，再导入另存的那一份。",
    )
