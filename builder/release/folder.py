"""The folder of a release: written as a whole, beside the others, of which the old ones are removed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from builder.publish.swap import swap
from builder.publish.tree import remove_tree
from builder.release.archive import TooLarge, write_zip
from builder.release.contents import NotPackaged
from builder.release.instructions import Packed
from builder.release.release import FOLDER, Release
from builder.support.failure import USAGE_ERROR

SUMS = "SHA256SUMS"


@contextmanager
def new_folder(site: Path, name: str) -> Iterator[Path]:
    """Yield an empty folder that becomes ``releases/<name>`` when the block ends well, and is removed when it does not.

    Raises `NotPackaged` if it cannot be written.
    """
    releases = site / FOLDER
    draft = releases / f".{name}.new"
    try:
        releases.mkdir(exist_ok=True)
        for left in (*releases.glob(".*.new"), *releases.glob(".*.old")):  # by a command that was killed
            remove_tree(str(left))
        draft.mkdir()
        yield draft
        old = swap(str(draft), str(releases / name), str(releases / f".{name}.old"))
    except OSError as error:
        raise NotPackaged(f"发布包没有写成：{error}", "看磁盘有没有空、文件夹能不能写，再运行一次。") from error
    except TooLarge as file:
        raise NotPackaged(f"“{file}”超过 4 GB，放不进压缩包", "把它分小，或者不放在网站里。", USAGE_ERROR) from None
    finally:
        remove_tree(str(draft))
    if old:
        remove_tree(old)


def pack(file: Path, files: Iterable[tuple[str, bytes]], count: int, day: date, comment: str) -> Packed:
    """Write a zip file of `count` files, dated on `day`, and return what is to be told of it."""
    with file.open("wb") as out:
        write_zip(out, files, day, comment)
    with file.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return Packed(file.name, digest, file.stat().st_size, count)


def write_texts(folder: Path, texts: Mapping[str, bytes]) -> None:
    """Write files into the folder, and at last the list of checksums of all that is in it."""
    for path, data in texts.items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    lines = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        with file.open("rb") as opened:
            lines.append(
                f"{hashlib.file_digest(opened, 'sha256').hexdigest()}  {file.relative_to(folder).as_posix()}\n"
            )
    (folder / SUMS).write_text("".join(lines), "ascii", newline="\n")


def remove_old(site: Path, releases: Sequence[Release], keep: int, needed: Collection[str]) -> list[str]:
    """Remove all but the first `keep` of `releases`, those `needed`, and the bases of their deltas. Return their names."""
    kept = {release.name for release in releases[:keep]} | set(needed)
    kept |= {release.base for release in releases if release.name in kept}
    old = [release.name for release in releases if release.name not in kept]
    for name in old:
        remove_tree(str(site / FOLDER / name))
    return old
