"""Two releases compared: what is to be uploaded, and which files are to be deleted when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from builder.release.release import Release


@dataclass(frozen=True, slots=True)
class Comparison:
    """What makes one release of an earlier one: paths of files that are new, that changed, and that are gone."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def to_upload(self) -> tuple[str, ...]:
        """The files that have to be written over the earlier release."""
        return tuple(sorted((*self.new, *self.changed)))

    def __str__(self) -> str:
        parts = [
            f"{name} {len(paths)} 个"
            for name, paths in (("新增", self.new), ("改动", self.changed), ("去掉", self.gone))
            if paths
        ]
        return "、".join(parts) or "没有变化"


def compared(before: Release, after: Release) -> Comparison:
    """Return what makes the release `after` of `before`."""
    return Comparison(
        tuple(path for path in after.files if path not in before.files),
        tuple(path for path, file in after.files.items() if path in before.files and before.files[path] != file),
        tuple(path for path in before.files if path not in after.files),
    )


def gone_for_good(earlier: Iterable[Release], *kept: Release) -> list[str]:
    """Return the files of `earlier` releases that none of the `kept` ones has.

    What vanishes with a release stays on the host until the next one is there: pages that were opened before still load it.
    """
    needed = {path for release in kept for path in release.files}
    return sorted({path for release in earlier for path in release.files} - needed)
