"""What is for staff or for editors reaches no public file, the search index and the list of files among them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_site import Built
from site_folder import sample_content

from builder.content.source import Raw, read

Record = dict[str, Raw]


def items() -> dict[str, Record]:
    """Return the plain values of every item in the content, by id."""
    found = {}
    for path in sorted((sample_content() / "items").rglob("*.yaml")):
        document, _ = read(path.name, path.read_bytes())
        assert document is not None
        found[path.stem] = document.raw
    return found


def staff_steps(raw: object) -> Iterator[Record]:
    """Yield the steps for staff inside plain values."""
    if isinstance(raw, dict) and "do" in raw and raw.get("visibility") == "内部":
        yield raw
    for value in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from staff_steps(value)


@pytest.fixture(scope="module")
def texts(built: Built) -> dict[str, str]:
    """Every file of the site as text, packed ones unpacked."""
    return {
        path.relative_to(built.folder).as_posix(): text_of(path) for path in built.folder.rglob("*") if path.is_file()
    }


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8", "replace")


def test_an_item_for_staff_is_in_no_file(texts: dict[str, str]) -> None:
    hidden = {id: raw for id, raw in items().items() if raw.get("visibility") == "内部"}
    assert hidden, "the sample content has no item for staff"
    for id, raw in hidden.items():
        for word in (id, raw.get("title", raw["name"])):
            assert [path for path, text in texts.items() if str(word) in path + text] == []
        name = str(raw["name"])  # a list of what is to be made public may name the matter all the same
        assert [path for path, text in texts.items() if name in text and not path.startswith("disclosure/")] == []


def test_a_step_for_staff_is_on_no_page_of_its_item(texts: dict[str, str]) -> None:
    hidden = [(id, step) for id, raw in items().items() for step in staff_steps(raw) if f"items/{id}.html" in texts]
    assert hidden, "the sample content has no step for staff"
    for id, step in hidden:
        of_item = f"items/{id}.html"
        for text in (text for path, text in texts.items() if id in path or ("/fragment/" in path and of_item in text)):
            assert f">{step['do']}<" not in text
            if "detail" in step:
                assert str(step["detail"]) not in text


def test_the_notes_of_editors_are_in_no_file(texts: dict[str, str]) -> None:
    notes = [line for raw in items().values() for note in listed(raw.get("notes")) for line in str(note).splitlines()]
    assert len(notes) > 100
    everything = "\n".join({line for text in texts.values() for line in text.splitlines()}).encode()
    assert [note for note in notes if note.encode() in everything] == []


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]
