"""Materials put into words: what to bring, in what form, how many, and where to get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.model.companions import LibraryMaterial
from builder.model.item import AnyOf, Form, Material, MaterialGroup, Spec
from builder.page import Known
from builder.words import Words


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One thing to bring. `form` says original or copy and how many; `details` are the lines below it."""

    name: str
    form: str
    when: str
    details: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class MaterialBlock:
    """A headed list of things to bring; `any_of` when one of them is enough."""

    title: str
    when: str
    note: str
    any_of: bool
    lines: tuple[MaterialLine | MaterialBlock, ...]


def material_lines(
    entries: tuple[Material | AnyOf | MaterialGroup, ...], known: Known, words: Words
) -> tuple[MaterialLine | MaterialBlock, ...]:
    """Return the entries as the guide shows them."""
    return tuple(_line(entry, known, words) for entry in entries)


def _line(entry: Material | AnyOf | MaterialGroup, known: Known, words: Words) -> MaterialLine | MaterialBlock:
    match entry:
        case AnyOf():
            lines = material_lines(entry.any_of, known, words)
            return MaterialBlock(entry.title, entry.when, entry.note, any_of=True, lines=lines)
        case MaterialGroup():
            lines = material_lines(entry.materials, known, words)
            return MaterialBlock(entry.group, entry.when, entry.note, any_of=False, lines=lines)
        case Material():
            library = known.record("material", entry.ref, LibraryMaterial) if entry.ref else None
            name = entry.name or (library.name if library else "")
            details = tuple(_details(entry, library, words))
            return MaterialLine(name, form_in_words(entry, words), entry.when, details, entry.optional)


def form_in_words(material: Material, words: Words) -> str:
    """Return form and number, such as 原件1份、复印件2份; "" when neither is known."""
    count: dict[Form, int | None] = {}
    if material.copies:
        count = {Form.ORIGINAL: material.copies.original, Form.COPY: material.copies.copy_}
    unit = words["copies_unit"]
    parts = []
    for form in material.form:
        of = Form.ORIGINAL if form is Form.ORIGINAL else Form.COPY
        number = count.get(of)
        sheets = words["sheets_unit"] if form is Form.PHOTO else unit
        parts.append(words[f"form_{form.value}"] + (f"{number}{sheets}" if number else ""))
    if not parts and material.copies:
        parts = [f"{number}{unit}" for number in count.values() if number]
    return "、".join(parts)


def _details(material: Material, library: LibraryMaterial | None, words: Words) -> Iterator[str]:
    if material.pages:
        yield words["copy_pages"].format(pages="、".join(material.pages))
    if material.spec and (spec := spec_in_words(material.spec)):
        yield spec
    if material.seal:
        yield words["seal"].format(seals="、".join(material.seal))
    if material.issuer:
        yield words["issued_by"].format(who=material.issuer)
    if material.validity:
        yield words["not_older_than"].format(age=material.validity)
    if material.returned:
        yield words["given_back"]
    if material.note:
        yield material.note
    if library and library.how:
        yield words["if_missing"].format(how=library.how)


def spec_in_words(spec: Spec) -> str:
    """Return a specification as one line."""
    size = f"{spec.kb_min}至{spec.kb_max}KB" if spec.kb_min and spec.kb_max else ""
    if spec.kb_max and not spec.kb_min:
        size = f"不超过{spec.kb_max}KB"
    parts = (spec.size, spec.colour, spec.background, spec.paper, spec.format, f"{spec.pixels}像素" if spec.pixels else "", size)
    return "，".join(part for part in parts if part)
