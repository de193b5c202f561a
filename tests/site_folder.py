"""The folder of a site: files written into it, built in this process, and what came of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from required import unless

from builder.cli import main

REPOSITORY = Path(__file__).resolve().parent.parent

SOME_ITEMS = (
    "xincheng/shebaoka-shenban",  # materials in groups
    "nanmofang/danwei-jiuye-dengji",  # cases, steps for staff
    "nanmofang/geren-jiuye-dengji",  # related to the one above
    "nanmofang/canjiren-huli-butie",  # for staff
    "yuzhong/gongwang-buzhujin",  # levels
    "songshan/linquanzheng-shenqing",  # a long flow with branches
)
SAMPLE_NAME = "name: 办事指南示例站\n"
SETTINGS = """\
name: 试办镇办事指南
base_url: https://bszn.example.cn/zhen
phones: 12345
search: 否
"""

# These point to items that a folder with some of them does not have.
_LEFT_OUT = shutil.ignore_patterns("items", "terms.yaml", "disclosure", "booklets", "events")
_RELATED = re.compile(r"^(?:next|related):.*\n(?:  - .*\n)*", re.MULTILINE)

Files = dict[str, bytes]


def sample_content() -> Path:
    """Return the folder of the sample content. Who made a copy of the repository his own site has another content."""
    unless(_is_sample(), "content/ and site.yaml are not those of the sample site", "REQUIRE_SAMPLE")
    return REPOSITORY / "content"


@cache
def _is_sample() -> bool:
    settings = REPOSITORY / "site.yaml"
    items = (REPOSITORY / "content" / "items" / f"{item}.yaml" for item in SOME_ITEMS)
    return settings.is_file() and SAMPLE_NAME in settings.read_text("utf-8") and all(map(Path.is_file, items))


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A site's folder. Paths are relative to it, with “/”."""

    folder: Path

    @property
    def settings(self) -> str:
        """Where the settings are, as commands take it."""
        return str(self.folder / "site.yaml")

    @property
    def out(self) -> Path:
        return self.folder / "public"

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")

    def write_all(self, files: Mapping[str, str]) -> Self:
        """Write these files and return the site."""
        for path, text in files.items():
            self.write(path, text)
        return self

    def with_some_items(self) -> Self:
        """Write the companions of the sample content and a few of its items, and return the site."""
        shutil.copytree(sample_content(), self.folder / "content", ignore=_LEFT_OUT)
        for item in SOME_ITEMS:
            text = (sample_content() / "items" / f"{item}.yaml").read_text("utf-8")
            self.write(f"content/items/{item}.yaml", _RELATED.sub("", text))
        self.write("site.yaml", SETTINGS)
        return self

    def read(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def set(self, path: str, key: str, value: str) -> None:
        """Give a key at the top of a content file another value of one line."""
        text, line = self.read(path), f"{key}: {value}"
        changed, found = re.subn(rf"^{key}:.*$", line, text, count=1, flags=re.MULTILINE)
        self.write(path, changed if found else f"{text.rstrip()}\n{line}\n")

    def replace(self, path: str, old: str, new: str) -> None:
        """Write something else in the place of what a file says."""
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def run(self, command: str, *options: str) -> int:
        """Run a command in this process and return the exit code."""
        return main([command, *options, "--site", self.settings])

    def build(self, *options: str) -> int:
        """Build in this process, or by as many as an option says, and return the exit code."""
        return self.run("build", "--jobs", "1", *options)

    def built(self) -> Path:
        """Build what must not fail, and return the folder of the built site."""
        assert self.build() == 0
        return self.out

    def page(self, path: str) -> str:
        """Return a file of the built site."""
        return (self.out / path).read_text("utf-8")

    def published(self) -> Files:
        """Return every file of the built site."""
        return files_in(self.out)

    def everything(self) -> Files:
        """Return every file below the folder, the cache left out."""
        return {path: data for path, data in files_in(self.folder).items() if not path.startswith(".cache/")}


def files_in(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def differing(one: Files, other: Files) -> list[str]:
    """Return the files that are not the same in both."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
