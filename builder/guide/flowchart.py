"""Steps as residents see them: a numbered list and the same flow as charts. Steps for staff are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from builder.content.model.steps import Ending, Publicity, Step, Visibility
from builder.context.words import Words
from builder.guide.flow import A3, A3_LANDSCAPE, A4, A4_LANDSCAPE, PHONE, Chart, Edge, Node, Shape, Sheet, draw
from builder.guide.flow import Words as ChartWords
from builder.guide.step_graph import Way, graph_of
from builder.wording.joining import enumerated, joined
from builder.wording.times import duration_in_words


@dataclass(frozen=True, slots=True)
class Exit:
    """One result of a decision, in words: when, what is done, and where it goes on."""

    when: str
    text: str
    goes_to: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the numbered list."""

    number: int
    actor: str
    do: str
    detail: str
    items: tuple[str, ...]
    facts: tuple[str, ...]
    question: str
    exits: tuple[Exit, ...]
    goes_to: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A public step with its number and its ways, which lead by number past the steps for staff."""

    number: int
    step: Step
    ways: tuple[tuple[Way, int | Ending], ...]


def _seen(steps: Sequence[Step]) -> list[_Seen]:
    graph = graph_of(steps)
    public = [index for index, step in enumerate(steps) if step.visibility is Visibility.PUBLIC]
    numbers = {index: n for n, index in enumerate(public, start=1)}

    def past_staff(to: int | Ending) -> int | Ending:
        walked: set[int] = set()
        while isinstance(to, int) and to not in numbers:
            if to in walked:
                return Ending.DONE
            walked.add(to)
            to = graph.ways[to][0].to
        return to if isinstance(to, Ending) else numbers[to]

    return [_Seen(numbers[i], steps[i], tuple((way, past_staff(way.to)) for way in graph.ways[i])) for i in public]


def step_lines(steps: Sequence[Step], words: Words) -> tuple[StepLine, ...]:
    """Return the public steps as a numbered list; where a step does not simply go on to the next, it says where to."""
    seen = _seen(steps) if steps else []
    return tuple(_step_line(one, words, last=one.number == len(seen)) for one in seen)


def _step_line(seen: _Seen, words: Words, *, last: bool) -> StepLine:
    step = seen.step
    branching = bool(step.branches)
    exits = tuple(
        Exit(way.when, _aside(way, words), "" if _goes_on(to, seen.number, way, last=last) else _goal(to, words))
        for way, to in seen.ways
        if branching
    )
    straight = "" if branching or _goes_on(seen.ways[0][1], seen.number, last=last) else _goal(seen.ways[0][1], words)
    facts = tuple(_facts(step, words))
    return StepLine(seen.number, step.actor, step.do, step.detail, step.items, facts, step.question, exits, straight)


def _goes_on(to: int | Ending, number: int, way: Way | None = None, *, last: bool) -> bool:
    """Tell whether `to` need not be said: the plain end of the last step, or the next step of one without branches."""
    if isinstance(to, Ending):
        return (to is Ending.DONE and last and way is None) or bool(way and way.text)
    return to == number + 1 and way is None


def _aside(way: Way, words: Words) -> str:
    named = way.document.strip("《》") in way.text
    document = "" if named else words["issues"].format(document=way.document)
    return joined((way.text, document), words)


def _goal(to: int | Ending, words: Words) -> str:
    return words[f"ending_{to.name.lower()}"] if isinstance(to, Ending) else words["to_step"].format(n=to)


def _facts(step: Step, words: Words) -> list[str]:
    facts = _limit(step, words)
    if step.publicity:
        where = (
            words["publicised_at"].format(place=step.publicity.place.removeprefix("在")) if step.publicity.place else ""
        )
        facts.append(_publicised(step.publicity, words) + where)
    if step.document:
        facts.append(words["with_document"].format(document=step.document))
    if step.place:
        facts.append(words["at_place"].format(place=step.place.removeprefix("在")))
    return facts


def _limit(step: Step, words: Words) -> list[str]:
    if not step.limit:
        return []
    limit = duration_in_words(step.limit, words)
    return [words["limit"].format(limit=limit) if step.limit.n else limit]


def _publicised(publicity: Publicity, words: Words) -> str:
    return words["publicised"].format(how_long=duration_in_words(publicity.lasts, words))


@dataclass(frozen=True)
class Flow:
    """The flowchart of an item or a variant, drawn when a template asks for it, once for each kind of sheet."""

    steps: tuple[Step, ...]
    words: Words
    title: str
    prefix: str

    @property
    def sheets(self) -> tuple[str, ...]:
        """The chart with a lane for each actor as inline SVG, in as many parts as A4 sheets ask for."""
        return self._sheets[0]

    @property
    def sheets_landscape(self) -> bool:
        """Whether the sheets lie, because there are too many lanes for the width of an upright one."""
        return self._sheets[1] is A4_LANDSCAPE

    @property
    def posters(self) -> tuple[str, ...]:
        """The chart with a lane for each actor, as large as A3 sheets allow."""
        return self._posters[0]

    @property
    def posters_landscape(self) -> bool:
        """Whether the posters lie."""
        return self._posters[1] is A3_LANDSCAPE

    @cached_property
    def narrow(self) -> tuple[str, ...]:
        """The chart in one column for a phone, the actors named in the boxes."""
        return self._drawn(PHONE, f"{self.prefix}-n")

    @property
    def branching(self) -> bool:
        """Whether there is more than one way through: if not, the chart in one column only repeats the list."""
        return any(len(one.ways) > 1 for one in self._seen)

    @cached_property
    def _sheets(self) -> tuple[tuple[str, ...], Sheet]:
        return self._first((A4, A4_LANDSCAPE), self.prefix)

    @cached_property
    def _posters(self) -> tuple[tuple[str, ...], Sheet]:
        return self._first((A3, A3_LANDSCAPE), f"{self.prefix}-p")

    def _first(self, sheets: Sequence[Sheet], prefix: str) -> tuple[tuple[str, ...], Sheet]:
        """Return the drawing for the first of `sheets` that holds it; none has a drawing for what fits on no sheet."""
        return next(((svgs, sheet) for sheet in sheets if (svgs := self._drawn(sheet, prefix))), ((), sheets[0]))

    def _drawn(self, sheet: Sheet, prefix: str) -> tuple[str, ...]:
        title = self.words["chart_title"].format(title=self.title)
        actors = enumerated(dict.fromkeys(one.step.actor for one in self._seen), self.words)
        description = self.words["chart_description"].format(steps=len(self._seen), actors=actors)
        words = ChartWords(**{field.name: self.words[f"chart_{field.name}"] for field in fields(ChartWords)})
        return draw(self._chart, sheet, title=title, description=description, prefix=prefix, words=words).svgs

    @cached_property
    def _seen(self) -> list[_Seen]:
        return _seen(self.steps)

    @cached_property
    def _chart(self) -> Chart:
        return chart_of(self._seen, self.words)


def flow_of(steps: tuple[Step, ...], words: Words, *, title: str, prefix: str) -> Flow | None:
    """Return the flow of `steps`, None when fewer than two of them are public: there is nothing to draw."""
    public = sum(step.visibility is Visibility.PUBLIC for step in steps)
    return Flow(steps, words, title, prefix) if public > 1 else None


def chart_of(seen: Sequence[_Seen], words: Words) -> Chart:
    """Return the chart of the public steps: a lane for each actor, a diamond for each question."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    applicant = seen[0].step.actor
    for one in seen:
        here = f"s{one.number}"
        nodes.append(Node(here, str(one.number), one.step.actor, one.step.do, _note(one.step, words), _shape(one)))
        if one.step.question:
            nodes.append(Node(f"{here}q", "", one.step.actor, one.step.question, "", Shape.DECISION))
            edges.append(Edge(here, f"{here}q"))
            here += "q"
        for n, (way, to) in enumerate(one.ways):
            _draw_way(way, to, here, f"{here}w{n}", one, nodes, edges, applicant, words)
    lanes = dict.fromkeys(node.lane for node in nodes)
    return Chart(tuple(lanes), tuple(nodes), tuple(edges))


def _draw_way(
    way: Way,
    to: int | Ending,
    here: str,
    id: str,
    one: _Seen,
    nodes: list[Node],
    edges: list[Edge],
    applicant: str,
    words: Words,
) -> None:
    aside = _aside(way, words)
    if isinstance(to, Ending):
        if one.step.branches or one.step.question:
            lane = applicant if to in (Ending.REJECTED, Ending.RETURNED) else one.step.actor
            nodes.append(Node(id, "", lane, aside or words[f"ending_{to.name.lower()}"], "", Shape.END))
            edges.append(Edge(here, id, way.when))
        return
    if aside:  # what is handed back concerns the applicant; what carries on is done where it was decided
        lane = applicant if to <= one.number else one.step.actor
        nodes.append(Node(id, "", lane, aside, "", Shape.DOCUMENT if way.document else Shape.STEP))
        edges.append(Edge(here, id, way.when))
        edges.append(Edge(id, f"s{to}"))
    else:
        edges.append(Edge(here, f"s{to}", way.when))


def _shape(seen: _Seen) -> Shape:
    if seen.step.branches and not seen.step.question:
        return Shape.DECISION
    if seen.number == 1:
        return Shape.START
    if isinstance(seen.ways[0][1], Ending) and not seen.step.branches:
        return Shape.END
    return Shape.DOCUMENT if seen.step.document else Shape.STEP


def _note(step: Step, words: Words) -> str:
    parts = _limit(step, words)
    if step.publicity:
        parts.append(_publicised(step.publicity, words))
    return joined(parts, words)
