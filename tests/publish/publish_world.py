"""A small world: an output folder, a cache, and sites given as address -> text."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from builder.publish import MANIFEST, Staging, stage

Pages = dict[str, str]


@dataclass(frozen=True, slots=True)
class World:
    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "www"

    @property
    def cache(self) -> Path:
        return self.folder / "site" / "cache"

    @property
    def content(self) -> Path:
        return self.folder / "site" / "content"

    def stage(self, timeout: float = 120.0) -> Staging:
        return stage(self.out, self.cache, (self.content,), timeout)

    def build(self, pages: Pages) -> list[str]:
        """Publish `pages`; return which of them had to be written."""
        with self.stage() as staging:
            written = fill(staging, pages)
            staging.commit()
        return written

    def site(self) -> Pages:
        """Return the pages that stand in the output folder, having checked them against the manifest beside them."""
        files = {path.relative_to(self.out).as_posix(): path for path in self.out.rglob("*") if path.is_file()}
        listed = json.loads(files.pop(MANIFEST).read_bytes())["files"]
        assert {path: row["sha256"] for path, row in listed.items()} == {
            path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in files.items()
        }
        assert all(any(folder.iterdir()) for folder in self.out.rglob("*") if folder.is_dir()), "an empty folder"
        return {path: file.read_text("utf-8") for path, file in sorted(files.items())}

    def beside(self) -> set[str]:
        """Return what lies in the folder of the output folder."""
        return set(os.listdir(self.folder))


def fill(staging: Staging, pages: Pages) -> list[str]:
    written = [path for path, text in pages.items() if not staging.reuse(path, text)]
    for path in written:
        staging.write(path, pages[path], pages[path].encode())
    return written


def cannot_exchange(one: str, other: str) -> bool:
    return False
