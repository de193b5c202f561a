"""The sample site in a folder of its own, built as one would publish it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from site_folder import REPOSITORY, sample_content

from builder.render.pages import PAGE_KINDS

ADDRESS = "https://www.example.gov.cn/bszn"

SORTS = {kind.role for kind in PAGE_KINDS.values() if kind.template.endswith(".html")}

_ENDED = re.compile(r"^status: (?:已取消|暂停)", re.MULTILINE)
_KIND = re.compile(r'data-page-kind="([^"]+)"')


@dataclass(frozen=True)
class Built:
    """The built site on disk."""

    folder: Path

    @cached_property
    def by_kind(self) -> dict[str, list[str]]:
        """The HTML pages of each kind, the heaviest first."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.folder.rglob("*.html"), key=lambda path: (-path.stat().st_size, path)):
            kind = _KIND.search(path.read_text("utf-8"))
            found.setdefault(kind[1] if kind else "", []).append(path.relative_to(self.folder).as_posix())
        return found

    @cached_property
    def offered(self) -> list[str]:
        """The pages of the items in force; one that was cancelled keeps its page, and no list leads to it."""
        ended = {
            path.stem for path in (sample_content() / "items").rglob("*.yaml") if _ENDED.search(path.read_text("utf-8"))
        }
        return [path for path in self.by_kind["item"] if Path(path).stem not in ended]

    def below(self, folder: str) -> list[str]:
        """Return the pages in a folder, the heaviest first, without those that lead elsewhere; there has to be one."""
        leads_elsewhere = set(self.by_kind["redirect"])
        found = sorted((self.folder / folder).glob("*.html"), key=lambda path: (-path.stat().st_size, path))
        paths = [path.relative_to(self.folder).as_posix() for path in found]
        assert paths, folder
        return [path for path in paths if path not in leads_elsewhere]

    def samples(self, most: int = 2) -> list[str]:
        """Return the heaviest pages of every kind; there has to be one."""
        assert self.by_kind.keys() == SORTS
        return [path for kind in sorted(SORTS) for path in self.by_kind[kind][:most]]


def build_sample(folder: Path, *, jobs: int, **environment: str) -> Path:
    """Build the sample site, with an address and its search, in `folder`, by a process with that environment."""
    shutil.copytree(sample_content(), folder / "content")
    text = (REPOSITORY / "site.yaml").read_text("utf-8")
    (folder / "site.yaml").write_text(f"{text}base_url: {ADDRESS}\n", "utf-8")
    command = [sys.executable, str(REPOSITORY / "build.py"), "--jobs", str(jobs)]
    subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    return folder / "public"
