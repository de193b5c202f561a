"""Materials in words: what to bring, in what form, how many, and where to get it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from builder.content.brought import Brought
from builder.content.model.companions import LibraryMaterial
from builder.content.model.materials import AnyOf, Later, Material, MaterialEntry, MaterialSource, Promise
from builder.content.model.quantities import Duration
from builder.context import RenderContext
from builder.context.words import Words
from builder.support.fingerprint import fingerprint
from builder.wording.choices import choice_in_words
from builder.wording.conditions import is_of_some, only_if
from builder.wording.materials import copies_in_words, details_in_words
from builder.wording.owners import with_owner
from builder.wording.times import limit_in_words


class MaterialLine(NamedTuple):
    """One thing to bring. `copies` says original or copy and how many; `details` what else is asked of it.

    `when` is what the editor wrote of who has to bring it, "" for all; `only` says it as a sentence. `mark` identifies it
    within the guide independently of its position; ticks are stored under it. `help` comes from the
    library: what people should know about it, and where to get it. What is `shared` offices get from each other: nobody
    brings it. `ref` is its id in the library, "" where it is not in there.
    """

    mark: str
    name: str
    copies: str
    when: str
    only: str
    details: tuple[str, ...]
    optional: bool
    help: tuple[str, ...] = ()
    shared: bool = False
    ref: str = ""

    @property
    def entries(self) -> tuple[()]:
        """What stands in it: nothing."""
        return ()

    @property
    def entries_key(self) -> str:
        """The key of what stands in it."""
        return ""

    @property
    def of_some(self) -> bool:
        """Whether only some have to bring it."""
        return is_of_some(self.when)


@dataclass(frozen=True, slots=True)
class MaterialBlock:
    """A headed list of things to bring; `any_of` when one of them is enough."""

    entries_key: ClassVar[str] = "entries"

    title: str
    when: str
    only: str
    note: str
    any_of: bool
    entries: tuple[MaterialLine | MaterialBlock, ...]

    @property
    def of_some(self) -> bool:
        """Whether only some have to bring it."""
        return is_of_some(self.when)

    @property
    def shared(self) -> bool:
        """Whether nothing of it is to be brought."""
        return all(entry.shared for entry in self.entries)


def is_shared(brought: Brought, context: RenderContext) -> bool:
    """Tell whether nobody brings it, because offices get it from each other."""
    if brought.shared is None:
        return context.get(LibraryMaterial, brought.ref).source is MaterialSource.SHARED
    return brought.shared


def material_lines(
    entries: Iterable[MaterialEntry], context: RenderContext
) -> tuple[MaterialLine | MaterialBlock, ...]:
    """Return the entries as the guide shows them."""
    return _lines(entries, context, Counter(), "")


def _lines(
    entries: Iterable[MaterialEntry], context: RenderContext, marks: Counter[str], heading: str
) -> tuple[MaterialLine | MaterialBlock, ...]:
    return tuple(
        _line(entry, context, marks, heading)
        if isinstance(entry, Material)
        else MaterialBlock(
            title=entry.title,
            when=entry.when,
            only=only_if(entry.when, context.words),
            note=entry.note,
            any_of=isinstance(entry, AnyOf),
            entries=_lines(entry.entries, context, marks, heading + entry.title),
        )
        for entry in entries
    )


def _line(material: Material, context: RenderContext, marks: Counter[str], heading: str) -> MaterialLine:
    """Return a material as the guide shows it. `heading` are the titles of the groups in which it stands."""
    library = context.get(LibraryMaterial, material.ref) if material.ref else None
    name = material.name or (library.name if library else "")
    mark = fingerprint(name + material.when)
    marks[mark] += 1
    mark += f"-{marks[mark]}" if marks[mark] > 1 else ""
    name = with_owner(name, material.whose, heading + material.note, context.words)
    source = _stated("source", material, library)
    if source is MaterialSource.SHARED:
        told = tuple(filter(None, (context.words["material_source_shared"], material.note)))
        return MaterialLine(
            mark, name, "", material.when, material.when, told, optional=False, shared=True, ref=material.ref or ""
        )
    return MaterialLine(
        mark=mark,
        name=name,
        copies=copies_in_words(material, context.words),
        when=material.when,
        only=only_if(material.when, context.words),
        details=(*details_in_words(material, context.words), *_instead(material, library, context.words)),
        optional=material.optional,
        help=(
            *(_help(library, material, context.words) if library else ()),
            *((_source(source, context.words),) if source else ()),
        ),
        ref=material.ref or "",
    )


def _stated(field: str, material: Material, library: LibraryMaterial | None) -> Any:
    """Return what the item says of a material, or else the library; None where neither does."""
    own = getattr(material, field)
    return getattr(library, field, None) if own is None else own


def _instead(material: Material, library: LibraryMaterial | None, words: Words) -> Iterator[str]:
    return instead_in_words(_stated("later", material, library), _stated("promise", material, library), words)


def instead_in_words(later: Later | None, promise: Promise | None, words: Words) -> Iterator[str]:
    """Yield what helps those who do not have it: it may follow later, or be replaced by a written promise."""
    if later:
        within = limit_in_words(later, words) if isinstance(later, Duration) else ""
        yield words["later_within"].format(duration=within) if within else words["later"]
    if promise:
        yield words["promised_on"].format(form=promise) if isinstance(promise, str) else words["promise"]


def _source(source: MaterialSource, words: Words) -> str:
    return words["material_source"].format(source=choice_in_words(source, words))


def _help(library: LibraryMaterial, material: Material, words: Words) -> Iterator[str]:
    """Yield what the library knows and the item does not say itself."""
    if library.note and library.note not in material.note:
        yield library.note
    if library.how:
        yield words["if_missing"].format(how=library.how)
    elif library.issuer and not material.issuer:
        yield words["given_by"].format(who=library.issuer)
