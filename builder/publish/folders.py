"""The folders of a site that a build writes: the published site, the cache, and the preview with drafts."""

from __future__ import annotations

from pathlib import Path

PUBLIC = "public"  # the folder of the published site
CACHE = ".cache"


def preview_folders(root: Path) -> tuple[Path, Path]:
    """Return the output folder and the cache folder of the preview with drafts. Both are inside the cache folder."""
    return root / CACHE / "preview" / PUBLIC, root / CACHE / "preview" / "cache"
