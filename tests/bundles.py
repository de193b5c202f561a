"""The guides of the sample site, chosen for bundles of what to bring, and a bundle as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar, cast

from guide_world import words
from site_folder import sample_content

from builder.content.fields import Record
from builder.content.model.companions import LibraryForm, LibraryMaterial, Place
from builder.content.model.item import Item
from builder.content.model.kinds import Key, key
from builder.content.source import read
from builder.merge import AlternativesInWords, Bundle, Chosen, PaperInWords, bundle_in_words
from builder.merge.in_words import sort_in_words

R = TypeVar("R", bound=Record)
LIBRARIES: Mapping[str, type[Record]] = {"materials.yaml": LibraryMaterial, "forms.yaml": LibraryForm}


@dataclass(frozen=True)
class Sample:
    """The items of the sample site by id, and the records to which they refer."""

    items: Mapping[str, Item]
    records: Mapping[Key, Record]

    def get(self, record: type[R], id: str) -> R:
        """Return the record of this type with this id."""
        return cast("R", self.records[key(record, id)])

    def chosen(self, *wanted: str, people: Mapping[str, Mapping[str, str]] | None = None) -> tuple[Chosen, ...]:
        """Return items, each as its id or id#case, followed by ? and the answer on which it hangs."""
        return tuple(self._one(number, one, people or {}) for number, one in enumerate(wanted, start=1))

    def _one(self, number: int, wanted: str, people: Mapping[str, Mapping[str, str]]) -> Chosen:
        name, _, when = wanted.partition("?")
        id, _, case = name.partition("#")
        assert not case or case in {one.id for one in self.items[id].variants}
        return Chosen(number, self.items[id], case, when, people.get(id, {}))


@cache
def sample() -> Sample:
    """Return the sample site: its items, libraries and places, without what a build checks of them."""
    content = sample_content()
    items: dict[str, Item] = {}
    records: dict[Key, Record] = {}
    for path in sorted(path for path in content.rglob("*") if path.suffix in (".yaml", ".md")):
        document, _ = read(path.relative_to(content.parent).as_posix(), path.read_bytes())
        assert document is not None
        folder = path.relative_to(content).parts[0]
        if folder == "items":
            items[path.stem] = Item.model_validate(document.raw)
        elif folder == "places":
            records[key(Place, path.stem)] = Place.model_validate(document.raw)
        elif folder in LIBRARIES:
            of = LIBRARIES[folder]
            records |= {key(of, id): of.model_validate(raw) for id, raw in document.raw.items()}
    return Sample(items, records)


def told(bundle: Bundle) -> str:
    """Return a bundle as a clerk would read it, line by line."""
    shown = bundle_in_words(bundle, words())
    return "\n".join(
        (
            *(f"! {line}" for line in shown.head),
            *_papers(shown.papers, ""),
            *(line for choice in shown.choices for line in _choice(choice, "")),
            *filter(None, [shown.shared]),
            *(f"注 {note}" for note in shown.notes),
            "",
        )
    )


def _papers(papers: Sequence[PaperInWords], indent: str) -> Iterator[str]:
    sort = None
    for paper in papers:
        if paper.sort is not sort and not indent:
            yield f"【{sort_in_words(sort := paper.sort, words())}】"
        yield f"{indent}□ {paper.name}　{paper.amount}".rstrip("　")
        for mark, lines in (("＋", paper.also), ("→", paper.places), ("·", paper.details)):
            yield from (f"{indent}　{mark} {line}" for line in lines)


def _choice(choice: AlternativesInWords, indent: str) -> Iterator[str]:
    yield f"{indent}□ {choice.title}任选其一{choice.only}　{choice.met}".rstrip("　")
    yield from (f"{indent}　→ {place}" for place in choice.places)
    for option in choice.options:
        yield f"{indent}　○ {option.title}{option.only}".rstrip()
        yield from (f"{indent}　　· {note}" for note in option.notes)
        yield from _papers(option.papers, f"{indent}　　")
        for inner in option.choices:
            yield from _choice(inner, f"{indent}　　")
