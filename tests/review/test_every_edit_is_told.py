"""Whatever is edited in any item of the sample: if its guide says something else, the comparison says what."""

from __future__ import annotations

import copy
import marshal
from collections.abc import Iterator
from functools import cache
from typing import Any

from guide_world import words
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from site_folder import sample_content

from builder.content.model.item import Item
from builder.content.parsing import parse
from builder.content.settings import Settings
from builder.content.site import Site, collect
from builder.context import Lookup, RenderContext, frame_of
from builder.differences.comparison import Version, differences
from builder.differences.levels import verdict
from builder.form.record_names import Names
from builder.guide import TextSection
from builder.render.item_guide import ItemGuide


@cache
def sample() -> tuple[Site, dict[str, dict[str, Any]]]:
    """Return the sample site, and the plain values of its items by file."""

    root = sample_content().parent
    paths = (path for path in sorted((root / "content").rglob("*")) if path.is_file())
    files = {file: parse(file, path.read_bytes()) for path in paths if (file := path.relative_to(root).as_posix())}
    raws = {
        file: next(iter(marshal.loads(parsed.raw_records).values()))
        for file, parsed in files.items()
        if parsed.kind == "item"
    }
    return collect(Settings(name="测试"), list(files.values())), raws


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each text and of each entry of a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield (*path, index)
            yield from leaves(inner, (*path, index))
    else:
        yield path


def edited(raw: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """Return the values with one of them changed, removed, or doubled."""
    raw = copy.deepcopy(raw)
    path = data.draw(st.sampled_from(list(leaves(raw))))
    holder: Any = raw
    for step in path[:-1]:
        holder = holder[step]
    value, last = holder[path[-1]], path[-1]
    match data.draw(st.sampled_from(("change", "remove", "double"))):
        case "double" if isinstance(last, int):
            holder.insert(last, copy.deepcopy(value))
        case "remove":
            del holder[last]
        case _ if isinstance(value, str):
            digits = [at for at, character in enumerate(value) if character.isdecimal()]
            at = data.draw(st.sampled_from(digits or range(len(value) + 1)))
            holder[last] = value[:at] + ("7" if digits else "改") + value[at + (1 if digits else 0) :]
        case _:
            pass
    return raw


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_guide_that_says_something_else_has_a_row_for_it(data: st.DataObject) -> None:
    site, raws = sample()
    file = data.draw(st.sampled_from(sorted(raws)))
    raw, new = raws[file], edited(raws[file], data)
    card = next(card for card in site.cards if card.file == file)
    try:
        versions = [Version(Item.model_validate(one), one, Names(site)) for one in (raw, new)]
        texts = [plain_text(site, version, card.id, card.area) for version in versions]
    except (ValidationError, LookupError):  # an edit that the check refuses
        return
    rows = [verdict(one) for one in differences(*versions)]
    assert rows or texts[0] == texts[1], (raw, new)


def plain_text(site: Site, version: Version, id: str, area: str) -> tuple[TextSection, ...]:
    """Return what the guide says."""
    assert isinstance(version.record, Item)
    frame = frame_of(site, {}, {}, words())
    return ItemGuide(version.record, id, area, RenderContext(words(), frame, Lookup(site.known, site.known))).plain_text


def test_nothing_is_told_of_an_item_that_nobody_touched() -> None:
    site, raws = sample()
    names = Names(site)
    for raw in raws.values():
        version = Version(Item.model_validate(raw), raw, names)
        assert list(differences(version, Version(Item.model_validate(raw), copy.deepcopy(raw), names))) == []
