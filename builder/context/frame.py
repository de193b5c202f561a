"""What every page shows around its own content: the site's name and facts, and which sections there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from builder.content.model.companions import FreePage
from builder.content.settings import Settings
from builder.content.site import Site
from builder.context.phones import Call, call
from builder.support.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the site that all pages share. A change here makes every page again.

    `sections` are the folders that have an index page; `about` the pages that stand in no section. `calls` and
    `supervision` are the site's own phones, `areas` the short names of areas that lists have to tell apart, `assets`
    the digests of the static files by their path.
    """

    settings: Settings
    mark: str  # tells the site from others whose pages keep something on the same device
    sections: tuple[str, ...]
    calls: tuple[Call, ...]
    supervision: tuple[Call, ...]
    about: tuple[tuple[str, str], ...]
    areas: Mapping[str, str]
    assets: Mapping[str, str]

    def asset(self, path: str) -> str:
        """Return the address of a static file with the mark of its version, so that browsers fetch a changed one."""
        return f"static/{path}?v={self.assets[path][:8]}"


def frame_of(site: Site, assets: Mapping[str, str]) -> Frame:
    """Return the frame of `site`. `assets` are the digests of the static files by their path."""
    settings = site.settings
    pages = [(one, cast("FreePage", one.record)) for one in site.of("page")]
    sections = {
        "departments": bool(site.by_department),
        "topics": bool(site.by_topic),
        "audiences": bool(site.by_audience),
        "areas": site.areas_shown,
        "places": bool(site.of("place")),
        "disclosure": bool(site.of("disclosure")),
        "pages": any(page.section for _, page in pages),
    }
    supervision = settings.supervision.phones if settings.supervision else ()
    return Frame(
        settings=settings,
        mark=fingerprint(settings.base_url or settings.name),
        sections=tuple(name for name, there in sections.items() if there),
        calls=tuple(call(phone) for phone in settings.phones),
        supervision=tuple(call(phone) for phone in supervision),
        about=tuple((f"pages/{one.id}.html", page.title) for one, page in pages if not page.section),
        areas={
            one.id: site.area_name(one.id) for one in site.of("area") if one.id in site.by_area and site.areas_shown
        },
        assets={
            path: mark for path, mark in assets.items() if path.endswith((".css", ".js")) or path == settings.picture
        },
    )
