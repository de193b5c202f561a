"""A bundle in words: what to bring, how many, to whom, and what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.content.model.materials import Form, Material
from builder.context.words import Words
from builder.merge.bundle import Alternative, Alternatives, Bundle, Paper, Sort
from builder.merge.counting import Count, Total, layout_of
from builder.merge.needs import OR, Line, plain
from builder.support.fingerprint import fingerprint
from builder.wording.conditions import only_if
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note
from builder.wording.materials import age_in_words, copies_in_words, details_in_words
from builder.wording.owners import tells_only_owner, with_person

Places = Mapping[int, Sequence[str]]  # for each item the names of the places where one hands in


class PaperInWords(NamedTuple):
    """One line of the list: what, and how many, form by form; `also` is what only some bring besides; `places` who gets which part.

    `about` is its name, whosever it is. `some` is the same as `also`, where `besides` is said before it.

    `ref` is its id in the library, "" for none; `asked_by` are the numbers of the items that ask for it.
    `mark` identifies it within the event, whatever answers are given; in a choice it is that of the paper with the choice. `details` is what else is asked of it, and what is not
    known.
    """

    mark: str
    sort: Sort
    name: str
    amounts: tuple[str, ...]
    amount: str
    also: tuple[str, ...]
    places: tuple[str, ...]
    details: tuple[str, ...]
    about: str = ""
    besides: str = ""
    some: tuple[str, ...] = ()
    ref: str = ""
    asked_by: tuple[int, ...] = ()


class OptionInWords(NamedTuple):
    """One alternative of a choice, with when it is one."""

    title: str
    only: str
    papers: tuple[PaperInWords, ...]
    choices: tuple[AlternativesInWords, ...]
    notes: tuple[str, ...] = ()


class AlternativesInWords(NamedTuple):
    """A choice of which one is enough. `only` says when it is asked, `met` that a paper of the list does, `places` who asks."""

    title: str
    only: str
    met: str
    places: tuple[str, ...]
    options: tuple[OptionInWords, ...]
    asked_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleInWords:
    """A bundle as one reads it. `head` says first what is not known. `papers` are in the order of `Sort`."""

    head: tuple[str, ...]
    papers: tuple[PaperInWords, ...]
    choices: tuple[AlternativesInWords, ...]
    shared: str
    notes: tuple[str, ...]


def bundle_in_words(bundle: Bundle, words: Words, *, several: bool = True) -> BundleInWords:
    """Return a bundle in the words of the locale. Where there are not `several` items, nothing tells which one asks, and where."""
    places: Places | None = dict(bundle.places)
    if not several:
        words, places = {**words, "bundle_nth": ""}, None
    return BundleInWords(
        head=tuple(_head(bundle, words)),
        papers=tuple(_paper(paper, places, words) for paper in bundle.papers),
        choices=tuple(_choice(choice, places, words) for choice in bundle.choices),
        shared=words["bundle_shared"].format(
            names=enumerated(dict.fromkeys(line.name for line in bundle.shared), words)
        )
        if bundle.shared
        else "",
        notes=tuple(
            labelled(nth_in_words(number, words), labelled(title, text, words), words)
            for number, title, text in bundle.notes
        ),
    )


def sort_in_words(sort: Sort, words: Words) -> str:
    """Return the heading of the papers of one sort."""
    return words[f"bundle_sort_{sort.name.lower()}"]


def _head(bundle: Bundle, words: Words) -> Iterator[str]:
    if bundle.unsaid and len(bundle.unsaid) == len(bundle.numbers):
        yield words["bundle_all_unsaid"]
    elif bundle.unsaid:
        who = _nths(bundle.unsaid, words)
        yield words["bundle_items_unsaid"].format(n=len(bundle.numbers), m=len(bundle.unsaid), who=who)
    if bundle.nothing:
        yield words["bundle_nothing"].format(who=_nths(bundle.nothing, words))
    if bundle.cases_open:
        yield words["bundle_cases_open"].format(who=_nths(bundle.cases_open, words))


# --- A paper ---------------------------------------------------------------------------------------------------------


def _paper(paper: Paper, places: Places | None, words: Words, around: str = "") -> PaperInWords:
    alone = len({line.number for line in paper.lines}) == 1
    amounts = tuple(_amount(paper, words))
    return PaperInWords(
        mark=fingerprint(f"{around}{paper.key}"),
        sort=paper.sort,
        name=_name(paper, words),
        amounts=amounts,
        amount=in_clauses(amounts, words),
        also=tuple(_also(line, words, besides=bool(paper.parts), same=_never_says_form(paper)) for line in paper.open),
        places=() if around and alone else tuple(_places(paper, places, words)),
        details=tuple(dict.fromkeys(_details(paper, words))),
        about=paper.name,
        besides=words["bundle_besides"] if paper.parts and paper.open else "",
        some=tuple(_also(line, words, besides=False, same=_never_says_form(paper)) for line in paper.open),
        ref=paper.ref,
        asked_by=tuple(dict.fromkeys(line.number for line in paper.lines)),
    )


def _name(paper: Paper, words: Words) -> str:
    if paper.unclear:
        return words["bundle_whose_unsaid"].format(name=paper.name)
    return with_person(paper.name, paper.lines[0].material.whose, paper.person, words)


def _amount(paper: Paper, words: Words) -> Iterator[str]:
    """Yield how many in which form."""
    total = paper.total
    copies = tuple(_copies(total, words))
    if paper.issued_by:
        yield words["bundle_issued"].format(who=nth_in_words(paper.issued_by, words))
        if copies:
            yield words["bundle_copies_then"].format(copies=in_clauses(copies, words))
    else:
        if total.originals.n:
            yield words["form_original"] + _counted(total.originals, "copies_unit", words)
        yield from copies
    if total.photos.n:
        yield words["form_photo"] + _counted(total.photos, "sheets_unit", words)
    if total.forms.n:
        number = "" if total.forms.unsaid == total.forms.n == 1 else _counted(total.forms, "copies_unit", words)
        yield words["form_form"] + number
    if total.electronic.n:
        yield words["form_electronic"]
    if _never_says_form(paper):
        yield words["bundle_form_unsaid"].format(who="")
    elif total.unknown and not paper.issued_by:
        alone = len({line.number for line in paper.lines}) == 1
        who = dict.fromkeys("" if alone else nth_in_words(line.number, words) for line in total.unknown)
        yield words["bundle_form_unsaid"].format(who=enumerated(who, words))


def _never_says_form(paper: Paper) -> bool:
    """Tell whether no item says in which form it wants a paper, nor how many, so that this is to be said once."""
    return not paper.issued_by and not any(line.material.asked or line.material.number for line in paper.lines)


def _copies(total: Total, words: Words) -> Iterator[str]:
    """Yield how many copies: of all pages, of each page, of sheets with a layout of their own."""
    pages = dict(total.copies)
    if set(pages) == {""}:
        yield words["form_copy"] + _counted(pages[""], "copies_unit", words)
    elif pages:
        each = (
            (page or words["bundle_page_unsaid"]) + _counted(count, "copies_unit", words, unsaid=False)
            for page, count in pages.items()
        )
        told = _unsaid(Count(2, sum(count.unsaid for count in pages.values())), words)
        yield words["bundle_pages"].format(pages=enumerated(each, words)) + told
    for at, (layout, count) in enumerate(total.laid_out):
        told = words["bundle_laid_out" if pages or at else "bundle_laid_out_only"]
        yield told.format(count=_counted(count, "copies_unit", words), layout=layout)
    if len(total.copies) + len(total.laid_out) > 1 and "" not in pages:
        yield words["bundle_sheets"].format(count=_counted(total.sheets, "sheets_unit", words, unsaid=False))


def _counted(count: Count, unit: str, words: Words, *, unsaid: bool = True) -> str:
    """Return a number with its unit: 2份, 至少3份（2处没写几份，各按1份算）, （没写几份）."""
    if not count.unsaid:
        return f"{count.n}{words[unit]}"
    if count.n == 1 and unsaid:
        return words["bundle_unsaid_alone"]
    told = _unsaid(count, words) if unsaid else ""
    return words["bundle_at_least"].format(n=count.n, unit=words[unit]) + told


def _unsaid(count: Count, words: Words) -> str:
    """Return in brackets how many lines of a number do not say how many, "" if all do."""
    if count.unsaid > 1:
        return words["bundle_unsaid"].format(n=count.unsaid)
    return words["bundle_unsaid_once"] if count.unsaid else ""


def _also(line: Line, words: Words, *, besides: bool, same: bool) -> str:
    """Return what a line asks for that not all need, with who does.

    `besides` says that all need some of it, `same` that what is asked is the same for all, and told.
    """
    optional = words["may_be_left_out"] if line.material.optional else ""
    who = nth_in_words(line.number, words)
    whens = _naming(who, line.whens, words)
    condition = joined((who if whens == line.whens else "", _only(whens, words), optional), words)
    if same:
        return condition
    asked = _asked(line, words)
    if besides:
        asked = words["bundle_also" if _says_how_many(line) else "bundle_also_unsaid"].format(what=asked)
    return with_note(asked, condition, words)


def _naming(who: str, whens: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Return conditions that name the items which one may leave out."""
    if who and whens[:1] == (words["event_if_done"],):
        return (words["bundle_if_done"].format(who=who), *whens[1:])
    return whens


def _says_how_many(line: Line) -> bool:
    return bool(line.material.asked or line.material.number)


def _only(whens: Sequence[str], words: Words) -> str:
    """Return several conditions as one sentence."""
    told = [words["or"].join(when.split(OR)) for when in whens]
    return joined((*told[:-1], *(only_if(when, words) for when in told[-1:])), words)


def _asked(line: Line, words: Words) -> str:
    """Return in which form a line asks for a paper, with the pages."""
    if not line.material.asked:
        told = words["bundle_form_unsaid"].format(who="")
        return joined((_number(line.material.number, words), told), words)
    return with_note(copies_in_words(line.material, words), enumerated(line.pages, words), words)


def _number(number: int | None, words: Words) -> str:
    return f"{number}{words['copies_unit']}" if number else ""


def _places(paper: Paper, places: Places | None, words: Words) -> Iterator[str]:
    """Yield for each office what it gets, item by item."""
    if places is None:
        return
    same = _never_says_form(paper) or len(paper.lines) == 1
    by_place: dict[str, list[Line]] = {}
    for line in paper.parts:
        by_place.setdefault(_place(line.number, places, words), []).append(line)
    for place, lines in by_place.items():
        if same:
            yield _at(place, _nths(dict.fromkeys(line.number for line in lines), words), words)
        else:
            alike: dict[str, list[str]] = {}
            for line in lines:
                alike.setdefault(_asked(line, words), []).append(nth_in_words(line.number, words))
            yield labelled(
                place, in_clauses((_asking_for(what, who, words) for what, who in alike.items()), words), words
            )


def _asking_for(what: str, who: Sequence[str], words: Words) -> str:
    """Return which items ask for something, each for as much: 第1件、第2件各要复印件1份."""
    told = enumerated(dict.fromkeys(who), words)
    if what == words["bundle_form_unsaid"].format(who=""):
        return words["bundle_form_unsaid"].format(who=told)
    return words["bundle_asks_each" if len(who) > 1 else "bundle_asks"].format(who=told, what=what)


def _place(number: int, places: Places, words: Words) -> str:
    return words["or"].join(places.get(number, ())) or words["bundle_place_unsaid"]


def _at(place: str, who: str, words: Words) -> str:
    """Return a place with the items for which it is, or these alone where the place is told elsewhere."""
    return with_note(place, who, words) if place else who


_SIZE = re.compile(r"[AB][3-5]")


def _details(paper: Paper, words: Words) -> Iterator[str]:
    """Yield what else is asked of it; of several lines, with the item that asks."""
    lines = paper.lines
    called: dict[str, dict[str, None]] = {}
    for line in lines:
        if plain(line.name) != plain(paper.name):
            called.setdefault(nth_in_words(line.number, words), {})[words["bundle_name"].format(name=line.name)] = None
    for who, names in called.items():
        yield words["bundle_called"].format(who=who, names=enumerated(names, words))
    if paper.validity:
        yield age_in_words(paper.validity, words)
    numbers = dict.fromkeys(line.number for line in lines)
    alone = len(numbers) == 1
    said: dict[str, dict[int, None]] = {}
    for line in lines:
        for text in (*details_in_words(_without_told(line, alone=alone), words), *_got(line, words)):
            detail = words["bundle_on_paper"].format(size=text) if _SIZE.fullmatch(text) else text
            said.setdefault(detail, {})[line.number] = None
    for text, by in said.items():
        yield text if by == numbers else with_note(text, _nths(by, words), words)
    if paper.held_by and not alone:
        yield words["bundle_held"].format(who=_nths(paper.held_by, words))


def _without_told(line: Line, *, alone: bool) -> Material:
    """Return the material without what the list says elsewhere: pages, how recent, whose, that it is kept, how it is copied."""
    material = line.material
    layout = layout_of(line)
    note = "" if tells_only_owner(material.note, material.whose) else material.note
    if layout and note.endswith(layout):
        note = note.removesuffix(layout).rstrip("；。，")
    told = {"pages": (), "validity": None, "note": note, "held": material.held and alone}
    return material.model_copy(update=told)


def _got(line: Line, words: Words) -> Iterator[str]:
    """Yield where one gets a form."""
    if Form.FORM not in line.material.form:
        return
    if line.file:
        yield words["bundle_to_be_downloaded"]
    else:
        yield words["bundle_from"].format(where=line.given_at) if line.given_at else words["bundle_from_window"]


# --- A choice --------------------------------------------------------------------------------------------------------


def _choice(choice: Alternatives, places: Places | None, words: Words, around: str = "") -> AlternativesInWords:
    met = choice.options[choice.met_by] if choice.met_by is not None else None
    who = _nths(dict.fromkeys(part.number for part in choice.parts), words)
    names = enumerated((_name(paper, words) for paper in met.papers), words) if met else ""
    return AlternativesInWords(
        title=choice.title,
        only=_only(_naming(who, choice.whens, words), words),
        met=words["bundle_met_more" if choice.takes_more else "bundle_met"].format(names=names) if met else "",
        places=tuple(_asking(choice, places, words)),
        options=tuple(_option(option, places, words, f"{around}{choice.title} ") for option in choice.options),
        asked_by=tuple(dict.fromkeys(part.number for part in choice.parts)),
    )


def _asking(choice: Alternatives, places: Places | None, words: Words) -> Iterator[str]:
    """Yield for each office which items ask for one of a choice."""
    if places is None:
        return
    by_place: dict[str, dict[int, None]] = {}
    for part in choice.parts:
        by_place.setdefault(_place(part.number, places, words), {})[part.number] = None
    yield from (_at(place, _nths(numbers, words), words) for place, numbers in by_place.items())


def _option(option: Alternative, places: Places | None, words: Words, around: str) -> OptionInWords:
    return OptionInWords(
        title=option.title,
        only=_only(option.whens, words),
        papers=tuple(_paper(paper, places, words, around) for paper in option.papers),
        choices=tuple(_choice(choice, places, words, around) for choice in option.choices),
        notes=tuple(labelled(nth_in_words(number, words), text, words) for number, text in option.notes),
    )


def nth_in_words(number: int, words: Words) -> str:
    """Return by what an item of the bundle is named: 第4件, in brief words ④."""
    return words["bundle_nth"].format(n=number, circled=chr(ord("①") + number - 1))


def _nths(numbers: Iterable[int], words: Words) -> str:
    return enumerated((nth_in_words(number, words) for number in numbers), words)
