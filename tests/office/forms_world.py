"""Sites whose items are put into forms: the sample site, and the one that states every field of the model."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from site_folder import REPOSITORY, sample_content
from stated_site import StatedSite

from builder.content.model.item import Item
from builder.content.parsing import ParsedFile, parse
from builder.content.settings import Settings
from builder.content.site import Site, collect
from builder.form.record_names import Names
from builder.office.export.exported import ExportedItem
from builder.office.export.form_document import word_form
from builder.render.templates import environment_of, rendered

SOME = (
    "danwei-jiuye-dengji",  # cases, steps for staff
    "shebaoka-shenban",  # groups of materials
    "linquanzheng-shenqing",  # one of several
    "dibao-shenqing",  # conditions in conditions
    "gongwang-buzhujin",  # levels
    "main",  # every field of the model
    "ended",
)


@dataclass(frozen=True)
class World:
    """A collected site."""

    site: Site
    files: dict[str, ParsedFile]
    data: dict[str, bytes]

    @cached_property
    def names(self) -> Names:
        return Names(self.site)

    @property
    def exported(self) -> Iterator[ExportedItem]:
        yield from (self.item(card.id) for card in self.site.cards)

    def item(self, id: str) -> ExportedItem:
        card = self.site.card(id)
        assert card is not None
        parsed = self.files[card.file]
        raw = next(iter(marshal.loads(parsed.raw_records).values()))
        return ExportedItem(card, Item.model_validate(raw), raw, parsed.digest, "AB12CD")


@cache
def sample() -> World:
    root = sample_content().parent
    paths = (path for path in sorted((root / "content").rglob("*")) if path.is_file())
    data = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    files = {file: parse(file, data[file]) for file in data}
    return World(collect(Settings(name="示例"), list(files.values())), files, data)


@cache
def stated() -> World:
    site = StatedSite()
    data = {file: text.encode() for file, text in site.files}
    files = {file: parse(file, data[file]) for file in data}
    return World(collect(Settings.model_validate(site.settings), list(files.values())), files, data)


def worlds() -> Iterator[World]:
    yield from (sample(), stated())


def world_of(id: str) -> World:
    return next(world for world in worlds() if world.site.card(id))


@cache
def form(id: str) -> bytes:
    """Return the Word form of an item."""
    world, folders = world_of(id), (REPOSITORY / "templates",)
    environment = environment_of(folders, REPOSITORY / ".cache/templates")
    return word_form(
        world.item(id), world.names, "foot", lambda name, values: rendered(environment, folders, name, values)
    )
