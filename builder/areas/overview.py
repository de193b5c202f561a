"""What is known of a whole site, kept from build to build: where no export has changed, no card need be loaded."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass

from builder.areas.studied import StudiedSite
from builder.content.site import Elsewhere
from builder.context import Frame
from builder.support.diagnostics import Finding
from builder.support.store import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of the site: items, those that residents may see, those that lack an element, files without a date."""

    items: int
    public: int
    missing: Mapping[str, int]
    undated: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the exports of all areas say together.

    `findings` are what is wrong between files. `depends` are the digests of files of areas that these findings depend on,
    besides the exports. `frame` is what all pages show, `elsewhere` what each area has to know of the others.
    """

    findings: tuple[Finding, ...]
    depends: Mapping[str, str]
    counts: Counts
    frame: Frame
    elsewhere: Mapping[str, Elsewhere]


def known_overview(mark: str, studied: StudiedSite, store: Store) -> Overview | None:
    """Return the overview that was kept under `mark`, None if there is none, or if files have changed that it depends on."""
    kept = store.get_many("overview", [mark]).get(mark)
    overview: Overview | None = pickle.loads(kept) if kept else None
    return overview if overview and studied.digests_of(overview.depends) == overview.depends else None


def keep_overview(overview: Overview, mark: str, store: Store) -> None:
    """Keep an overview for the next builds."""
    store.put_many("overview", [(mark, pickle.dumps(overview, pickle.HIGHEST_PROTOCOL))])
    store.keep_only("overview", [mark])
