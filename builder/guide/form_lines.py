"""Forms to fill in: what an item says of one, and what the library knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.fields import listed
from builder.content.model.companions import LibraryForm
from builder.content.model.item import FormFile, Procedure
from builder.context import RenderContext
from builder.context.words import Words
from builder.wording.joining import in_clauses, joined, with_note


@dataclass(frozen=True, slots=True)
class ShownForm:
    """One form: its title, where to get it, its files for download, how many are needed, and a remark."""

    title: str
    where: str
    file: str
    sample: str
    copies: int | None
    note: str = ""

    def in_words(self, words: Words) -> str:
        """Return the form as one line."""
        copies = f"{self.copies}{words['copies_unit']}" if self.copies else ""
        where = f"{words['get_from']}{self.where}" if self.where else ""
        return with_note(joined((self.title, copies), words), in_clauses((where, self.note), words), words)


def forms_of(procedure: Procedure, context: RenderContext) -> Iterator[ShownForm]:
    """Yield the forms of an item or a variant; what the item itself says of a form goes before the library."""
    for form in listed(procedure.forms):
        yield _shown(form, context)


def _shown(form: FormFile, context: RenderContext) -> ShownForm:
    kept = context.get(LibraryForm, form.ref) if form.ref else LibraryForm(title=form.title)
    return ShownForm(
        form.title or kept.title,
        form.where or kept.where,
        form.file or kept.file,
        form.sample or kept.sample,
        form.copies,
        kept.note,
    )
