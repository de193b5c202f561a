"""What every page shows around its own content: the site's name and facts, and which sections there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.content.model.companions import Area, FreePage
from builder.content.settings import FITS_SEARCH_BOX, Settings
from builder.content.site import Site
from builder.context.phones import Call, Supervisor, call, supervisor_of
from builder.context.words import Words
from builder.support.fingerprint import digest, fingerprint


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the site that all pages share. A change here makes every page again.

    `words_digest` is the digest of the words of the locale. `sections` are the parts of the site to which every page
    leads: their words in the locale, and the addresses of their own pages. `about` are the pages that stand in no
    section. `calls` are the site's own phones, `supervision` whom one can complain to of the site, `areas` the short
    names of areas that lists have to tell apart, `search_example` what a resident may type into the search box, ""
    for none, `with_drafts` whether this is a preview, `assets` the digests of the static files by their path.
    """

    settings: Settings
    mark: str  # tells the site from others whose pages keep something on the same device
    words_digest: str
    sections: Mapping[str, str]
    calls: tuple[Call, ...]
    supervision: Supervisor | None
    about: tuple[tuple[str, str], ...]
    areas: Mapping[str, str]
    search_example: str
    with_drafts: bool
    assets: Mapping[str, str]

    def asset(self, path: str) -> str:
        """Return the address of a static file with the mark of its version, so that browsers fetch a changed one."""
        return f"static/{path}?v={self.assets[path][:8]}"


def frame_of(site: Site, assets: Mapping[str, str], sections: Mapping[str, str], words: Words) -> Frame:
    """Return the frame of `site`, whose pages stand in `sections`, with the words of its locale.

    `assets` are the digests of the static files by their path.
    """
    settings = site.settings
    areas = [area.id for area in site.all(Area) if area.id in site.by_area and site.areas_shown]
    return Frame(
        settings=settings,
        mark=fingerprint(settings.base_url or settings.name),
        words_digest=digest(repr(sorted(words.items())).encode()),
        sections=sections,
        calls=tuple(call(phone, words) for phone in settings.phones),
        supervision=supervisor_of(settings.supervision, words),
        about=tuple(
            (f"pages/{page.id}.html", page.record.title) for page in site.all(FreePage) if not page.record.section
        ),
        areas={id: site.area_name(id) for id in areas},
        search_example=_search_example(site),
        with_drafts=site.with_drafts,
        assets={
            path: mark for path, mark in assets.items() if path.endswith((".css", ".js")) or path == settings.picture
        },
    )


def _search_example(site: Site) -> str:
    """Return what the settings give, or else the first everyday word, the first common item or the first item that fits."""
    offered = {card.id: card for card in site.offered if not card.draft}
    everyday = (say for id, said in site.everyday_words.items() if id in offered for say, _ in said)
    titles = (offered[id].title for id in (*site.settings.common, *offered) if id in offered)
    examples = (site.settings.search_hint, *everyday, *titles)
    return next((example for example in examples if 0 < len(example) <= FITS_SEARCH_BOX), "")
