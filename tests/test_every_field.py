"""Nothing vanishes: what an editor writes in any field is to be read on a page, a sheet, a list or in the search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from stated_site import DECIDES, Mark, StatedSite
from told_texts import texts_in

from builder.content.fields import Record
from builder.content.model.kinds import RECORD_KINDS
from builder.content.model.quantities import Duration
from builder.content.settings import Settings
from builder.content.site import collect
from builder.context import frame_of
from builder.loading import load_file
from builder.project import open_project
from builder.render.pages import plan, sections_of
from builder.render.rendering import RenderSetup, rendered

REPOSITORY = Path(__file__).resolve().parents[1]

# Where the fields of a kind of file are to be read; those of the libraries wherever they are referred to.
HOME = {
    "item": ("items/main.", "items/ended.", "print/", "editions/", "search/items", "finder.", "search/finder"),
    "department": ("departments/", "search/"),
    "place": ("places/", "print/leaflet/"),
    "area": ("areas/", "search/"),
    "topic": ("topics/",),
    "audience": ("audiences/",),
    "terms": ("search/",),
    "glossary": ("items/main.",),
    "disclosure": ("disclosure/",),
    "booklet": ("print/booklet/shouce.",),
    "life": ("events/", "data/events/"),
    "event": ("events/",),
    "edition": ("editions/main.",),
    "moved": ("items/jiu.", "items/chexia."),
    "page": ("pages/",),
}


@pytest.fixture(scope="module")
def stated() -> StatedSite:
    return StatedSite()


@pytest.fixture(scope="module")
def pages(stated: StatedSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The texts of all pages and data of that site, by address."""
    project = open_project(REPOSITORY / "site.yaml")
    files = {file: load_file(file, text.encode()) for file, text in stated.files}
    assert [finding for parsed in files.values() for finding in parsed.findings if finding.severity == "error"] == []
    site = collect(Settings.model_validate(stated.settings), list(files.values()))
    frame = frame_of(site, dict.fromkeys(project.static_files, "0" * 32), sections_of(site), project.words)
    companions = {companion.key: companion for companion in site.companions}
    compiled = tmp_path_factory.mktemp("compiled")
    setup = RenderSetup(project.template_folders, {}, compiled, frame, project.words, companions, "")
    made = {page.url: data.decode() for page, data in rendered(plan(site, frame), site, setup)}
    packed = ("search/texts.js", "search/ways.js")
    return {url: "\n".join(texts_in(text)) if url in packed else text for url, text in made.items()}


def is_read(mark: Mark, pages: dict[str, str]) -> bool:
    home = [text for url, text in pages.items() if url.startswith(HOME.get(mark.place.kind, ("",)))]
    return any(way in text for way in mark.text.split("|") for text in home)


def test_every_field_is_stated(stated: StatedSite) -> None:
    """Else the next test would not look at it."""
    marked = {mark.place.field for mark in stated.marks}
    assert {f"{record.__name__}.{key}" for record, key in declared() if (record, key) not in marked} == set()


def test_what_is_written_in_a_field_is_to_be_read_unless_it_is_for_editors_only(
    stated: StatedSite, pages: dict[str, str]
) -> None:
    said = [mark for mark in stated.marks if not mark.for_editors and mark.place.field not in DECIDES]
    assert {str(mark.place) for mark in said if not is_read(mark, pages)} == set()


def test_what_is_for_editors_only_is_not_published(stated: StatedSite, pages: dict[str, str]) -> None:
    everything = "".join(pages.values())
    said = {mark.text for mark in stated.marks if not mark.for_editors}
    hidden = [
        mark for mark in stated.marks if mark.for_editors and mark.text.startswith("字") and mark.text not in said
    ]
    assert len(hidden) > 10
    assert {str(mark.place) for mark in hidden if mark.text in everything} == set()


def declared() -> Iterator[tuple[type[Record], str]]:
    """Yield every field that holds a value itself, by the key that editors write."""
    records: list[type[Record]] = [Settings, *(kind.record for kind in RECORD_KINDS)]
    for record in records:  # grows on the way
        for name, info in record.model_fields.items():
            inner = [one for one in leaves(info.annotation) if one is not Duration]
            records += [one for one in inner if one not in records]
            if not inner:
                yield record, info.alias or name


def leaves(annotation: object) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from leaves(part)
