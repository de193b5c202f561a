"""Areas built alone: the pages of each are in a folder of its own, from which a build of the whole site takes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.areas.export import FOLDER
from builder.publish import Manifest, Staging, Unit, published, stage


@dataclass(frozen=True, slots=True)
class AreaAlone:
    """What was made of an area alone, as far as it is untouched: an empty manifest if nothing was."""

    area: str
    folder: Path
    manifest: Manifest

    @property
    def keys(self) -> Collection[tuple[str, str]]:
        """The addresses and keys of its pages."""
        return [(path, artifact.key) for path, artifact in self.manifest.artifacts.items()]

    def take(self, urls: Iterable[str], staging: Staging) -> None:
        """Take pages into the staged site. Raises `PublishError` if one was changed just now."""
        staging.take(self.folder, [self.manifest.artifacts[url] for url in urls])

    def take_unit(self, key: str, staging: Staging) -> Unit | None:
        """Take all pages into the staged site, if their unit has this key and none is missing. Return the unit."""
        unit = self.manifest.units.get(self.area)
        if unit is None or unit.key != key or not unit.kinds.keys() <= self.manifest.artifacts.keys():
            return None
        pages = {url: self.manifest.artifacts[url].key for url in unit.kinds}
        self.take([url for url, page_key in pages.items() if not staging.reuse(url, page_key)], staging)
        staging.add_unit(self.area, unit)
        return unit


def made_alone(cache: Path, area: str) -> AreaAlone:
    """Return what was made of an area alone."""
    folder, record = _folders(cache, area)
    return AreaAlone(area, folder, published(folder, record))


def stage_alone(cache: Path, area: str) -> Staging:
    """Return a `Staging` for the pages of an area alone."""
    folder, record = _folders(cache, area)
    return stage(folder, record, protected=())


def folder_alone(cache: Path, area: str) -> Path:
    """Return where the pages of an area are that was built alone."""
    return _folders(cache, area)[0]


def _folders(cache: Path, area: str) -> tuple[Path, Path]:
    """Return the folder of the pages of an area, and that of what is known of them."""
    return cache / FOLDER / area / "site", cache / FOLDER / area / "published"
