"""What is asked of a material in words: in which form and how many, and all that it must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.content.model.materials import Form, Material, Spec
from builder.content.model.quantities import Duration
from builder.context.words import Words
from builder.wording.joining import enumerated, joined
from builder.wording.times import limit_in_words, validity_in_words


def copies_in_words(material: Material, words: Words) -> str:
    """Return form and number, such as 原件1份、复印件2份; "" when neither is known."""
    return asked_in_words(material.asked, material.number, words)


def asked_in_words(asked: Mapping[Form, int | None], number: int | None, words: Words) -> str:
    """Return what `copies_in_words` does, from the forms that are asked for and the number where none is known."""
    if asked:
        return enumerated((counted(form, n, words) for form, n in asked.items()), words)
    return f"{number}{words['copies_unit']}" if number else ""


def counted(form: Form, number: int | None, words: Words) -> str:
    """Return how many in one form, such as 照片2张; only the form where `number` is None."""
    unit = words["sheets_unit"] if form is Form.PHOTO else words["copies_unit"]
    return words[f"form_{form.value}"] + (f"{number}{unit}" if number else "")


def details_in_words(material: Material, words: Words) -> Iterator[str]:
    """Yield what else is asked of a material: pages, size, seals, by whom, how recent, remarks."""
    if material.pages:
        yield words["copy_pages"].format(pages=enumerated(material.pages, words))
    if material.spec and (spec := spec_in_words(material.spec, words)):
        yield spec
    if material.seal:
        yield words["seal"].format(seals=enumerated(material.seal, words))
    if material.issuer:
        yield words["issued_by"].format(who=material.issuer)
    if material.validity:
        yield age_in_words(material.validity, words)
    if material.returned and Form.CHECKED not in material.form:  # which says so itself
        yield words["given_back"]
    if material.held:
        yield words["held"]
    if material.note:
        yield material.note


def age_in_words(validity: Duration, words: Words) -> str:
    """Return how recent a paper has to be, or how long it has to be valid yet."""
    if validity.has_end:
        return words["not_older_than"].format(age=limit_in_words(validity, words))
    return validity_in_words(validity, words)


def spec_in_words(spec: Spec, words: Words) -> str:
    """Return a specification as one line."""
    pixels = words["pixels"].format(size=spec.pixels) if spec.pixels else ""
    return joined(
        (spec.size, spec.colour, spec.background, spec.paper, spec.format, pixels, _file_size(spec, words)), words
    )


def _file_size(spec: Spec, words: Words) -> str:
    if spec.kb_min and spec.kb_max:
        return words["kilobytes"].format(n=words["range"].format(least=spec.kb_min, most=spec.kb_max))
    if spec.kb_max:
        return words["kilobytes_at_most"].format(n=spec.kb_max)
    return words["kilobytes_at_least"].format(n=spec.kb_min) if spec.kb_min else ""
