"""What the last build said: printed again, without loading the builder, if nothing has changed since.

Most of an unchanged build is the time to load the program. What can change a site or its report is known before that:
the files that a build reads and writes, the commit, the options, the day, and the installed program. All are compared by
their facts (size, times, inode), so no file is read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.cli.clock import today
from builder.content.history import head_of
from builder.publish.folders import CACHE, PUBLIC, preview_folders
from builder.publish.tree import scan
from builder.support.fingerprint import BUILT_IN, digest
from builder.support.folder import RACY_NS, Fault, FileState, file_system_time, files_below, state_of

FOLDERS = ("content", "templates", "static")
OPTIONS = ("out", "base_url", "drafts", "no_pdf", "keep_index", "strict", "format", "quiet")


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The last build with these options: the file that remembers it, and the digest of what a build would read now.

    `settled` is False if a file changed so shortly before that a later change might not show in its facts.
    """

    file: Path
    out: Path
    inputs: str
    settled: bool

    @classmethod
    def of(cls, options: argparse.Namespace) -> LastBuild:
        """Look at all that a build with `options` reads."""
        root = options.site.resolve().parent
        out = preview_folders(root)[0] if options.drafts else options.out or root / PUBLIC
        states = dict(_states(options.site.resolve()))
        facts = [_asked(options), _program(), head_of(root / "content"), sorted(states.items())]
        newest = max((max(state[1], state[2]) for state in states.values() if isinstance(state, tuple)), default=0)
        cache = root / CACHE
        if options.site.is_file() and (root / "content").is_dir():  # nothing is written where there is no site
            with suppress(OSError):
                cache.mkdir(exist_ok=True)  # a first build, too, needs the time of the file system
        settled = newest < file_system_time(str(cache)) - RACY_NS
        return cls(cache / "last-build.json", out, digest(repr(facts).encode()), settled)

    def says(self) -> str | None:
        """Return what it said, None if a build might say or make anything else now."""
        try:
            record = json.loads(self.file.read_bytes())
            return str(record["says"]) if record["made of"] == [self.inputs, self._outputs()] else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def remember(self, says: str) -> None:
        """Keep what the build said that has just published the site. The file is only a short cut: errors are ignored."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)
            if self.settled:
                record = {"made of": [self.inputs, self._outputs()], "says": says}
                self.file.write_text(json.dumps(record, ensure_ascii=False), "utf-8")

    def _outputs(self) -> str:
        tree = scan(os.path.realpath(self.out))
        files = sorted((path, state_of(entry.stat(follow_symlinks=False))) for path, entry in tree.files.items())
        return digest(repr((files, sorted(tree.folders))).encode())


def _asked(options: argparse.Namespace) -> list[str]:
    """Return what was asked, from where, and on which day: checks compare dates with today."""
    return [str(options.site.resolve()), os.getcwd(), str(today()), *(str(getattr(options, name)) for name in OPTIONS)]


def _program() -> list[Any]:
    """Return what tells one installed program from another: Python, and the folders into which packages are installed."""
    folders = [folder for folder in sys.path if folder.endswith("-packages") and os.path.isdir(folder)]
    return [sys.version, [(folder, os.stat(folder).st_mtime_ns) for folder in folders]]


def _states(site: Path) -> Iterator[tuple[str, FileState | Fault]]:
    """Yield the state of each file that a build reads: the builder and what it ships with, and those of the site."""
    for file in (site, BUILT_IN / "build.py", BUILT_IN / "pyproject.toml"):
        with suppress(OSError):
            yield str(file), state_of(file.stat())
    own = [site.parent / name for name in FOLDERS]
    for folder in dict.fromkeys((BUILT_IN / "builder", *(BUILT_IN / name for name in FOLDERS[1:]), *own)):
        found = files_below(str(folder))
        yield from ((f"{folder}/{path}", state_of(facts)) for path, facts in found.files.items() if not _compiled(path))
        yield from ((f"{folder}/{path}", fault) for path, fault in found.faults.items())


def _compiled(path: str) -> bool:
    return path.endswith(".pyc")
