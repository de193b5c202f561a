"""Sheets of an item besides its guide: short guide, one-time notice (一次性告知单), poster and leaflet.

The notice follows 行政许可法 art. 32, which requires all missing materials to be named at once. Halls tick them on a slip
in two copies, one for the applicant and one for the file (DB31/T 862, annexes). A browser that ticks it stores nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.content.card import Card
from builder.content.model.companions import Place
from builder.content.model.editions import PaperKind
from builder.content.model.kinds import Key
from builder.content.model.materials import in_order
from builder.content.site import Site
from builder.context import Words
from builder.guide import Answer, BranchInWords, Course, Guide, column_of, conditions_in_words, place_in_words
from builder.guide.flowchart import StepLine
from builder.guide.material_lines import MaterialBlock, MaterialLine
from builder.render.listing import Head
from builder.render.page import Page, PageContext, PageKind, calls_of_guide
from builder.render.stamp import Stamp, stamp_of
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note

# Of a short guide and of a leaflet: lines below the head and above the foot, characters of a line and of an answer.
SHORT, LEAFLET = (29, 38, 34), (27, 30, 25)
DENSE = 24  # a list of more lines is set in smaller type, so that a copy stays on one A4 sheet
TWO_UP = 6  # both copies of a list of up to this many lines fit on one A4 sheet
BELOW_CHART = 50  # characters of an answer on a poster, so that its foot stays within two or three lines
# Characters that fit into the cells of a slip, a name and what is asked, with each width that sheets.css sets.
WIDTHS = {"even": (17, 17), "narrow": (10, 23), "wide": (22, 11)}
DENSE_WIDTHS = {"even": (19, 19), "narrow": (12, 26), "wide": (25, 13)}
TICK = 1.5  # lines that a row with boxes takes at least
CODE_ON_SHORT, CODE_ON_SLIP = 1, 2  # lines that a QR code in the head takes up


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One material on a slip: its name, and what is required: original or copy, how many, and details."""

    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip of one case. `height` estimates the lines that its list takes, `room` those that fit in type of normal size.

    `nothing` says that, where there are no lines, no material is needed; else it is not known.
    """

    case: str
    lines: tuple[SlipLine, ...]
    height: int
    room: int
    nothing: bool
    notes: tuple[str, ...] = ()

    @property
    def fit(self) -> str:
        """The layout: both copies on one sheet ("two-up"), one copy a sheet ("single"), or one in smaller type ("dense")."""
        return "two-up" if self.height <= TWO_UP else "dense" if self.height > self.room else "single"

    @property
    def columns(self) -> str:
        """The width of the column of names with which the list is shortest: "even", "narrow" or "wide"."""
        widths = DENSE_WIDTHS if self.fit == "dense" else WIDTHS
        return min(widths, key=lambda column: _list_height(self.lines, *widths[column]))


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A line of the short guide: a heading of a case, a note, a material, or a step with its number and actor."""

    text: str
    lead: str = ""
    heading: bool = False
    note: bool = False  # of what is asked of all that follows

    def height(self, width: int) -> int:
        """Return how many lines of `width` characters it takes."""
        return 1 + (len(self.lead) + len(self.text)) // width


@dataclass(frozen=True, slots=True)
class Short:
    """The short guide: the conditions, materials and steps that fit on one sheet, and how many more the full guide has."""

    conditions: tuple[ShortLine, ...]
    more_conditions: int
    materials: tuple[ShortLine, ...]
    more_materials: int
    steps: tuple[ShortLine, ...]
    more_steps: int


@dataclass(frozen=True, slots=True)
class Poster:
    """The charts of one case ("" for the whole item), and the questions with their answers that stand below each."""

    case: str
    charts: tuple[str, ...]
    landscape: bool
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A guide with what its slips, its posters or its short form show."""

    head: Head
    guide: Guide
    stamp: Stamp
    slips: tuple[Slip, ...] = ()
    posters: tuple[Poster, ...] = ()
    short: Short | None = None
    branches: tuple[BranchInWords, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sheet that an item can have besides its guide: its name, the locale word of its title, and which items have it."""

    name: PaperKind
    title: str
    is_for: Callable[[Card, Site], bool]


def _goes_to_a_community(card: Card, site: Site) -> bool:
    """Tell whether applicants go to one of several branches, such as their own community."""
    places = (site.find(Place, id) for id in {stop.place for stop in card.at})
    return any(place.branches for place in places if place)


SHEETS = (
    SheetKind(PaperKind.SHORT, "short_title", lambda card, site: True),
    SheetKind(PaperKind.NOTICE, "notice_title", lambda card, site: True),
    SheetKind(PaperKind.POSTER, "chart", lambda card, site: card.charted),
    SheetKind(PaperKind.LEAFLET, "leaflet_title", _goes_to_a_community),
)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a sheet is told of its item."""

    id: str
    area: str
    date: str


def names_of(card: Card, site: Site) -> tuple[PaperKind, ...]:
    """Return the sheets of an item: none if it is out of force or the site prints no guides."""
    if not card.active or not site.settings.print_guides:
        return ()
    return tuple(sheet.name for sheet in SHEETS if sheet.is_for(card, site))


def plan_of(card: Card, names: Iterable[PaperKind], uses: tuple[Key, ...], date: str) -> Iterator[Page[SheetPlan]]:
    """Plan the sheets of an item with these names."""
    plan = SheetPlan(card.id, card.area, date)
    for name in names:
        yield Page(f"print/{name}/{card.id}.html", f"print-{name}", plan, uses, item=card.file)


def view(page: Page[SheetPlan], context: PageContext) -> SheetView:
    """Return what the sheet shows."""
    guide, words = context.guide, context.words
    sheet = next(sheet for sheet in SHEETS if page.kind == f"print-{sheet.name}")
    head = Head(
        guide.title,
        labelled(words[sheet.title], joined((guide.title, guide.area), words), words),
        date=guide.published or page.plan.date,
        area=context.frame.areas.get(page.plan.area, ""),
        column=column_of(guide, words),
    )
    stamp = stamp_of(context)
    match sheet.name:
        case PaperKind.NOTICE:
            room = DENSE - (CODE_ON_SLIP if stamp.address else 0)
            return SheetView(head, guide, stamp, slips=tuple(_slips(guide, words, room)))
        case PaperKind.POSTER:
            return SheetView(head, guide, stamp, posters=tuple(_posters(guide, words)))
        case PaperKind.LEAFLET:
            branches = tuple(_branches(context))
            return SheetView(head, guide, stamp, short=_short(guide, words, LEAFLET), branches=branches)
        case _:
            height, width, answer_width = SHORT
            size = (height - (CODE_ON_SHORT if stamp.address else 0), width, answer_width)
            return SheetView(head, guide, stamp, short=_short(guide, words, size))


KINDS = tuple(
    PageKind(
        f"print-{sheet.name}",
        view,
        f"print/{sheet.name}.html",
        "sheet",
        "content",
        indexed=False,
        printed=True,
        calls=calls_of_guide,
    )
    for sheet in SHEETS
)


def _branches(context: PageContext) -> Iterator[BranchInWords]:
    """Yield the branches of the places of the item and of its cases."""
    ids = (at.place for part in context.item.parts for at in part.places)
    for id in dict.fromkeys(ids):
        yield from place_in_words(id, context, hours=context.item.hours).branches


def _slips(guide: Guide, words: Words, room: int) -> Iterator[Slip]:
    """Yield one slip for each case if cases differ in their materials, else one slip for all."""
    common = tuple(_lines(guide.common, words))
    cases = guide.variants if any(course.materials or course.brings_nothing for course in guide.variants) else ()
    for case in cases:
        lines = () if case.brings_nothing else _lines(case, words)
        alone = case.materials_instead or case.brings_nothing
        shared = () if alone else common
        notes = () if alone else guide.common.material_notes
        courses = (case,) if alone else (guide.common, case)
        nothing = case.brings_nothing or any(course.materials for course in courses)
        notes = (*notes, *case.material_notes, *_not_brought(courses, words))
        yield _slip(case.name, (*shared, *lines), notes, room, nothing=nothing)
    if not cases:
        notes = (*guide.common.material_notes, *_not_brought((guide.common,), words))
        nothing = guide.common.brings_nothing or bool(guide.common.materials)
        yield _slip("", common, notes, room, nothing=nothing)


def _slip(case: str, lines: tuple[SlipLine, ...], notes: tuple[str, ...], room: int, *, nothing: bool) -> Slip:
    return Slip(case, lines, _height(lines) + sum(1 + len(note) // 45 for note in notes), room, nothing, notes)


def _height(lines: tuple[SlipLine, ...]) -> int:
    """Return how many lines the list takes; about 22 characters fit into a cell."""
    return sum(1 + max(len(line.name), len(line.asked)) // 23 for line in lines)


def _list_height(lines: tuple[SlipLine, ...], name_width: int, asked_width: int) -> float:
    """Return how many lines the list takes if so many characters fit into its cells."""
    return sum(max(TICK, -(-len(line.name) // name_width), -(-len(line.asked) // asked_width)) for line in lines)


def _lines(course: Course, words: Words) -> Iterator[SlipLine]:
    return _flat(course.materials, words)


def _not_brought(courses: Iterable[Course], words: Words) -> Iterator[str]:
    """Yield a note on what offices get from each other, if there is any."""
    placed = (placed.entry for course in courses for placed in in_order(course.materials))
    names = dict.fromkeys(entry.name for entry in placed if isinstance(entry, MaterialLine) and entry.shared)
    if names:
        yield words["not_brought_names"].format(names=enumerated(names, words))


def _flat(entries: Iterable[MaterialLine | MaterialBlock], words: Words) -> Iterator[SlipLine]:
    """Yield materials as lines. A condition of a group applies to each of its lines. A choice is one line."""
    for placed in in_order(entries):
        entry, around = placed.entry, placed.around
        if entry.shared or any(block.any_of for block in around):
            continue
        within = next((block.title for block in reversed(around) if block.title), "")
        only = in_clauses(dict.fromkeys(one.only for one in (*around, entry)), words)
        if isinstance(entry, MaterialLine):
            left_out = words["may_be_left_out"] if entry.optional else ""
            asked = in_clauses((entry.copies, *entry.details, left_out, only), words)
            yield SlipLine(labelled(within, entry.name, words), asked)
        elif entry.any_of:
            choices = enumerated((_choice(part, words) for part in entry.entries if not part.shared), words)
            asked = labelled(words["one_of"], choices, words) if entry.title else choices
            yield SlipLine(labelled(within, entry.title or words["one_of"], words), in_clauses((asked, only), words))


def _choice(entry: MaterialLine | MaterialBlock, words: Words) -> str:
    """Return one alternative of a choice; a group of materials is one alternative."""
    if isinstance(entry, MaterialLine) or entry.any_of:
        return enumerated((_told(line, words) for line in _flat((entry,), words)), words)
    parts = enumerated((_told(line, words) for line in _flat(entry.entries, words)), words)
    together = labelled(words["all_together"], parts, words)
    return with_note(entry.title, in_clauses((entry.only, together), words), words)


def _told(line: SlipLine, words: Words) -> str:
    return with_note(line.name, line.asked, words)


def _posters(guide: Guide, words: Words) -> Iterator[Poster]:
    for course in guide.courses:
        if course.flow and course.flow.posters:
            told = tuple(_below_the_chart(guide, course, words))
            yield Poster(course.name, course.flow.posters, course.flow.posters_landscape, told)


def _below_the_chart(guide: Guide, course: Course, words: Words) -> Iterator[tuple[str, str]]:
    """Yield how long it takes and what it costs, each with its question: what the case of the chart states, or else the item."""
    own = dict(course.facts) if course.name else {}
    stated = {"how_long": own.get(words["limits"]), "how_much": own.get(words["fees"])}
    for answer in guide.answers:
        if answer.id in stated and (stated[answer.id] or answer.known):
            yield answer.question, _beginning(stated[answer.id] or answer.alone, words)


def _beginning(lines: Sequence[str], words: Words) -> str:
    """Return as many of `lines` as have room below a chart; for the rest, that it is in the full guide."""
    some: list[str] = []
    for line in lines:
        if sum(map(len, some)) + len(line) > BELOW_CHART:
            return in_clauses((*some, words["in_full_guide"]), words)
        some.append(line)
    return in_clauses(some, words)


def _short(guide: Guide, words: Words, size: tuple[int, int, int]) -> Short:
    """Return what fits on one sheet. Conditions take up to a quarter of it, and a third of the rest is kept for steps."""
    height, width, answer_width = size
    room = height - sum(_height_of(answer, answer_width) for answer in guide.answers)
    conditions = tuple(_short_conditions(guide, words))
    materials, steps = tuple(_short_materials(guide, words)), tuple(_short_steps(guide, words))
    some_conditions = _that_fit(conditions, room // 4, width)
    room -= sum(line.height(width) for line in some_conditions)
    for_steps = min(sum(line.height(width) for line in steps), room // 3)
    some_materials = _that_fit(materials, room - for_steps, width)
    some_steps = _that_fit(steps, room - sum(line.height(width) for line in some_materials), width)
    return Short(
        some_conditions,
        _entries(conditions) - _entries(some_conditions),
        some_materials,
        _entries(materials) - _entries(some_materials),
        some_steps,
        _entries(steps) - _entries(some_steps),
    )


def _height_of(answer: Answer, width: int) -> int:
    """Return how many lines an answer takes. Its lines are set one below the other."""
    return max(1, sum(1 + len(line) // width for line in answer.alone))


def _short_conditions(guide: Guide, words: Words) -> Iterator[ShortLine]:
    for course in guide.courses:
        lines = [line for line in conditions_in_words(course, words) if line]
        if course.name and lines:
            yield ShortLine(course.name, heading=True)
        yield from map(ShortLine, lines)


def _short_materials(guide: Guide, words: Words) -> Iterator[ShortLine]:
    for course in guide.courses:
        lines = [ShortLine(_told(one, words)) for one in _lines(course, words)]
        shared = tuple(_not_brought((course,), words))
        if course.name and (lines or shared or course.brings_nothing):
            said = words["no_materials"] if course.brings_nothing else ""
            said = words["instead_materials"] if course.materials_instead and lines else said
            yield ShortLine(labelled(course.name, said, words) if said else course.name, heading=True)
        notes = (note for note in course.material_notes if note != words["instead_materials"])
        yield from (ShortLine(note, note=True) for note in (*notes, *shared))
        yield from lines


def _short_steps(guide: Guide, words: Words) -> Iterator[ShortLine]:
    for course in guide.courses:
        if course.name and course.steps:
            yield ShortLine(course.name, heading=True)
        for step in course.steps:
            works = in_clauses((labelled(work.actor, work.do, words) for work in step.works), words)
            lead = words["step_of_actor"].format(n=step.number, actor=step.actor)
            yield ShortLine(with_note(step.do, in_clauses((works, *_ahead(step, words)), words), words), lead)


def _ahead(step: StepLine, words: Words) -> Iterator[str]:
    """Yield for whom steps that follow are not: 已登记：办完, or that nobody goes on to the next."""
    targets = dict.fromkeys(exit.ahead for exit in step.exits if exit.ahead)
    for target in targets:
        whens = enumerated((exit.when for exit in step.exits if exit.ahead == target), words)
        yield labelled(whens, target, words)
    yield step.goes_to


def _that_fit(lines: tuple[ShortLine, ...], room: int, width: int) -> tuple[ShortLine, ...]:
    """Return the first of `lines` that fit in `room` lines of `width` characters, without a heading at the end."""
    taken = 0
    fitting: list[ShortLine] = []
    for line in lines:
        taken += line.height(width)
        if taken > room:
            break
        fitting.append(line)
    while fitting and (fitting[-1].heading or fitting[-1].note):
        fitting.pop()
    return tuple(fitting)


def _entries(lines: tuple[ShortLine, ...]) -> int:
    return sum(not (line.heading or line.note) for line in lines)
