"""A small real site in a folder of its own, built by the real command line."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from builder.cli import main

REPOSITORY = Path(__file__).resolve().parent.parent

ITEMS = (
    "xincheng/shebaoka-shenban",  # materials in groups
    "nanmofang/danwei-jiuye-dengji",  # cases, steps for staff
    "nanmofang/geren-jiuye-dengji",  # related to the one above
    "nanmofang/canjiren-huli-butie",  # for staff
    "yuzhong/gongwang-buzhujin",  # levels
    "songshan/linquanzheng-shenqing",  # a long flow with branches
)

# These point to items that the small site does not have.
LEFT_OUT = shutil.ignore_patterns("items", "terms.yaml", "disclosure", "booklets")
RELATED = re.compile(r"^(?:next|related):.*\n(?:  - .*\n)*", re.MULTILINE)

SETTINGS = """\
name: 试办镇办事指南
base_url: https://bszn.example.cn/zhen
phones: 12345
search: 否
"""

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Site:
    """A site's folder."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Site:
        """Return a new small site in `folder`, with the sample content's records and a few of its items."""
        shutil.copytree(REPOSITORY / "content", folder / "content", ignore=LEFT_OUT)
        site = cls(folder)
        for item in ITEMS:
            text = (REPOSITORY / "content" / "items" / f"{item}.yaml").read_text("utf-8")
            site.write(f"content/items/{item}.yaml", RELATED.sub("", text))
        site.write("site.yaml", SETTINGS)
        return site

    @property
    def out(self) -> Path:
        return self.folder / "public"

    def build(self, *options: str) -> int:
        """Build in this process and return the exit code."""
        return main(["build", "--site", str(self.folder / "site.yaml"), "--jobs", "1", *options])

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")

    def read(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def set(self, path: str, key: str, value: str) -> None:
        """Give a key at the top of a content file another value of one line."""
        text, line = self.read(path), f"{key}: {value}"
        changed, found = re.subn(rf"^{key}:.*$", line, text, count=1, flags=re.MULTILINE)
        self.write(path, changed if found else f"{text.rstrip()}\n{line}\n")

    def page(self, path: str) -> str:
        """Return a file of the built site."""
        return (self.out / path).read_text("utf-8")

    def published(self) -> Files:
        """Return every file of the built site."""
        return files_in(self.out)

    def everything(self) -> Files:
        """Return every file below the site's folder, the cache left out."""
        return {path: data for path, data in files_in(self.folder).items() if not path.startswith(".cache/")}


def files_in(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def differing(one: Files, other: Files) -> list[str]:
    """Return the files that are not the same in both."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
