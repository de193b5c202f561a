"""What of a published site goes into a release: all files that its manifest lists, as they lie there, and the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.publish import MANIFEST, Manifest
from builder.release.release import ReleasedFile
from builder.support.failure import MACHINE_ERROR, USAGE_ERROR, Failure

ENTRY = (
    "pagefind-entry.json",
    "manifest.json",
)  # names of the files by which a browser or a webmaster knows what is there
MOST_NAMED = 5


class NotPackaged(Failure):
    """A site cannot be packaged. No release was written or removed."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of the site published in the folder `out`, by path in the order of a zip, and the digest of all."""

    out: Path
    digest: str
    files: Mapping[str, ReleasedFile]
    checksums: bytes

    def read(self, paths: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those of the files that are named by `paths`, with their bytes, assets before the pages that need them.

        Raises `NotPackaged` if one is not as the manifest tells: another build is at work, or somebody edited it.
        """
        for path in in_order(paths):
            data = (self.out / path).read_bytes()
            if hashlib.sha256(data).hexdigest() != self.files[path].digest:
                raise NotPackaged(
                    f"打包的时候 {self.out.name}/{path} 变了", "等别的构建结束，再运行一次 build.py package。"
                )
            yield path, data

    def text(self, path: str) -> str:
        """Return the text of a page, "" if there is none."""
        return (self.out / path).read_text("utf-8", "replace") if path in self.files else ""


def contents_of(out: Path) -> Contents:
    """Return the files of the site published in the folder `out`.

    Raises `NotPackaged` if there is none, or if a file has a name that a host may not keep as it is.
    """
    try:
        public = (out / MANIFEST).read_bytes()
    except OSError:
        raise NotPackaged(f"{out.name} 里没有网站", "先运行 build.py。", MACHINE_ERROR) from None
    manifest = Manifest.parse(public)
    files = {path: ReleasedFile(file.digest, file.size) for path, file in manifest.artifacts.items()}
    files[MANIFEST] = ReleasedFile(hashlib.sha256(public).hexdigest(), len(public))
    _require_plain_names(files)
    checksums = manifest.checksums() + f"{files[MANIFEST].digest}  {MANIFEST}\n".encode()
    return Contents(out, manifest.digest, dict(sorted(files.items())), checksums)


def in_order(paths: Iterable[str]) -> list[str]:
    """Return `paths` in the order in which files are to arrive: what pages load, the pages, then what tells of all.

    So no page on the host ever names a file that is not there yet.
    """
    return sorted(paths, key=lambda path: (_phase(path), path))


def _phase(path: str) -> int:
    if path.rpartition("/")[2] in ENTRY:
        return 2
    return 1 if path.endswith((".html", ".xml")) else 0


def _require_plain_names(paths: Iterable[str]) -> None:
    """Raise `NotPackaged` if a name is not ASCII: zip programs and servers of different languages change it on the way.

    Names that differ in case only are refused by every build.
    """
    if not (other := [path for path in paths if not path.isascii()]):
        return
    named = "、".join(f"“{path}”" for path in other[:MOST_NAMED]) + ("等" if len(other) > MOST_NAMED else "")
    raise NotPackaged(
        f"{len(other)} 个文件的名字有中文或别的特殊字，没有打包：{named}",
        "别人的电脑、服务器解压后，这样的名字常变成乱码，网页就打不开。在 static 里改成英文字母、数字、短横线，引用它的地方一起改。",
        USAGE_ERROR,
    )
