"""Steps as residents see them: a numbered list, and the same steps as a flowchart. Steps for staff are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from builder.content.model.step_time import Counting, counting_of_steps
from builder.content.model.steps import PUBLIC_NOTICES, Ending, Step, StepKind, Visibility
from builder.context.words import Words
from builder.guide.flow import (
    A3,
    A3_LANDSCAPE,
    A4,
    A4_LANDSCAPE,
    PHONE,
    Chart,
    ChartLabels,
    Edge,
    Node,
    PaperSize,
    Shape,
    draw,
)
from builder.guide.step_graph import Way, graph_of
from builder.wording.choices import choice_in_words
from builder.wording.joining import enumerated, joined
from builder.wording.times import limit_in_words, publicised_in_words


@dataclass(frozen=True, slots=True)
class Exit:
    """A result of a decision in words: when it applies, what is done, and where the flow continues."""

    when: str
    text: str
    goes_to: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the numbered list."""

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
class PublicStep:
    """A public step with its number and its ways.

    Each way is paired with its target: the number of the next public step, since steps for staff are skipped, or an
    ending. `counted` says that the step counts into the time limit, or does not; None says nothing.
    """

    number: int
    step: Step
    ways: tuple[tuple[Way, int | Ending], ...]
    counted: bool | None


def public_steps(steps: Sequence[Step], counting: Counting) -> list[PublicStep]:
    """Return the public ones of `steps`, numbered from 1."""
    graph = graph_of(steps)
    public = [index for index, step in enumerate(steps) if step.visibility is Visibility.PUBLIC]
    numbers = {index: n for n, index in enumerate(public, start=1)}

    def past_staff(to: int | Ending) -> int | Ending:
        visited: set[int] = set()
        while isinstance(to, int) and to not in numbers:
            if to in visited:
                return Ending.DONE
            visited.add(to)
            to = graph.ways[to][0].to
        return to if isinstance(to, Ending) else numbers[to]

    def ways(index: int) -> tuple[tuple[Way, int | Ending], ...]:
        return tuple((way, past_staff(way.to)) for way in graph.ways[index])

    return [PublicStep(numbers[i], steps[i], ways(i), counting.to_say(i, steps[i])) for i in public]


def step_lines(steps: Sequence[Step], words: Words, counting: Counting | None = None) -> tuple[StepLine, ...]:
    """Return the public steps as a numbered list. A step says where the flow continues unless it is the next step.

    Without `counting` no time limit is known.
    """
    public = public_steps(steps, counting or counting_of_steps(steps)) if steps else []
    return tuple(_step_line(step, words, last=step.number == len(public)) for step in public)


def _step_line(public: PublicStep, words: Words, *, last: bool) -> StepLine:
    step = public.step
    branching = bool(step.branches)
    exits = tuple(
        Exit(way.when, _action(way, words), "" if _is_obvious(to, public.number, way, last=last) else _goal(to, words))
        for way, to in public.ways
        if branching
    )
    first_target = public.ways[0][1]
    is_obvious = branching or _is_obvious(first_target, public.number, last=last)
    goes_to = "" if is_obvious else _goal(first_target, words)
    facts = tuple(_facts(public, words))
    return StepLine(public.number, step.actor, step.do, step.detail, step.items, facts, step.question, exits, goes_to)


def _is_obvious(to: int | Ending, number: int, way: Way | None = None, *, last: bool) -> bool:
    """Return whether the target `to` of step `number` need not be stated.

    This is so for the normal end after the last step, for an ending that the text of `way` describes, and for the next
    step after a step without branches.
    """
    if isinstance(to, Ending):
        return (to is Ending.DONE and last and way is None) or bool(way and way.text)
    return to == number + 1 and way is None


def _action(way: Way, words: Words) -> str:
    """Return what is done on this way: its text, and the document that is issued unless the text mentions it."""
    is_mentioned = way.document.strip("《》") in way.text
    document = "" if is_mentioned else words["issues"].format(document=way.document)
    return joined((way.text, document), words)


def _goal(to: int | Ending, words: Words) -> str:
    return words[f"ending_{to.name.lower()}"] if isinstance(to, Ending) else words["to_step"].format(n=to)


def _facts(public: PublicStep, words: Words) -> Iterator[str]:
    step = public.step
    place = step.publicity.place.removeprefix("在") if step.publicity else ""
    *times, counted = _times(public, words, words["publicised_at"].format(place=place) if place else "")
    yield from (joined((*times, counted), words),) if counted else filter(None, times)
    if step.document:
        yield words["with_document"].format(document=step.document)
    if step.place:
        yield words["at_place"].format(place=step.place.removeprefix("在"))


def _times(public: PublicStep, words: Words, where: str = "") -> tuple[str, str, str, str]:
    """Return what kind of step it is, its limit, its publicity, and whether it counts into the time limit.

    What need not be said is "": a kind that the step's own words name, and that a usual step counts.
    """
    step = public.step
    kind = step.kind
    is_named = kind and (kind.is_named_in(f"{step.do}\n{step.detail}") or (step.publicity and kind in PUBLIC_NOTICES))
    publicised = ""
    if step.publicity:
        word = "announced" if kind is StepKind.ANNOUNCE else "publicised"
        publicised = publicised_in_words(step.publicity.lasts, words, word) + where
    counted = "" if public.counted is None else words["counted" if public.counted else "uncounted"]
    return "" if is_named or not kind else choice_in_words(kind, words), _limit(step, words), publicised, counted


def _limit(step: Step, words: Words) -> str:
    if not step.limit:
        return ""
    limit = limit_in_words(step.limit, words)
    return words["limit"].format(limit=limit) if step.limit.n else limit


@dataclass(frozen=True)
class Flow:
    """The flowchart of an item or a variant. Each version is drawn once, when a template first uses it."""

    steps: tuple[Step, ...]
    words: Words
    title: str
    prefix: str
    counting: Counting

    @property
    def sheets(self) -> tuple[str, ...]:
        """The chart with a lane for each actor as inline SVG, split into parts for A4."""
        return self._sheets[0]

    @property
    def sheets_landscape(self) -> bool:
        """Whether `sheets` are landscape, because the lanes are too many for the width of portrait paper."""
        return self._sheets[1] is A4_LANDSCAPE

    @property
    def posters(self) -> tuple[str, ...]:
        """The chart with a lane for each actor, in a large font for A3."""
        return self._posters[0]

    @property
    def posters_landscape(self) -> bool:
        """Whether `posters` are landscape."""
        return self._posters[1] is A3_LANDSCAPE

    @cached_property
    def narrow(self) -> tuple[str, ...]:
        """The chart in one column for a phone, with the actors in the boxes."""
        return self._drawn(PHONE, f"{self.prefix}-n")

    @property
    def branching(self) -> bool:
        """Whether the flow has branches. Without branches, the chart in one column only repeats the list."""
        return any(len(step.ways) > 1 for step in self._public_steps)

    @cached_property
    def _sheets(self) -> tuple[tuple[str, ...], PaperSize]:
        return self._first_fit((A4, A4_LANDSCAPE), self.prefix)

    @cached_property
    def _posters(self) -> tuple[tuple[str, ...], PaperSize]:
        return self._first_fit((A3, A3_LANDSCAPE), f"{self.prefix}-p")

    def _first_fit(self, papers: Sequence[PaperSize], prefix: str) -> tuple[tuple[str, ...], PaperSize]:
        """Return the drawing for the first of `papers` on which it fits, and that paper; () if it fits on none."""
        return next(((svgs, paper) for paper in papers if (svgs := self._drawn(paper, prefix))), ((), papers[0]))

    def _drawn(self, paper: PaperSize, prefix: str) -> tuple[str, ...]:
        title = self.words["chart_title"].format(title=self.title)
        actors = enumerated(dict.fromkeys(public.step.actor for public in self._public_steps), self.words)
        description = self.words["chart_description"].format(steps=len(self._public_steps), actors=actors)
        labels = ChartLabels(**{field.name: self.words[f"chart_{field.name}"] for field in fields(ChartLabels)})
        return draw(self._chart, paper, title=title, description=description, prefix=prefix, labels=labels).svgs

    @cached_property
    def _public_steps(self) -> list[PublicStep]:
        return public_steps(self.steps, self.counting)

    @cached_property
    def _chart(self) -> Chart:
        return chart_of(self._public_steps, self.words)


def flow_of(
    steps: tuple[Step, ...], words: Words, *, title: str, prefix: str, counting: Counting | None = None
) -> Flow | None:
    """Return the flow of `steps`, or None if fewer than two of them are public. Without `counting` no time limit is known."""
    public = sum(step.visibility is Visibility.PUBLIC for step in steps)
    return Flow(steps, words, title, prefix, counting or counting_of_steps(steps)) if public > 1 else None


def chart_of(steps: Sequence[PublicStep], words: Words) -> Chart:
    """Return the chart of the public steps: a lane for each actor, a diamond for each question."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    applicant = steps[0].step.actor
    for public in steps:
        step, source = public.step, f"s{public.number}"
        nodes.append(
            Node(source, str(public.number), step.actor, step.do, joined(_times(public, words), words), _shape(public))
        )
        if step.question:
            nodes.append(Node(f"{source}q", "", step.actor, step.question, "", Shape.DECISION))
            edges.append(Edge(source, f"{source}q"))
            source += "q"
        for n, (way, to) in enumerate(public.ways):
            node = _node_on_way(public, way, to, f"{source}w{n}", applicant, words)
            if node is not None:
                nodes.append(node)
                edges.append(Edge(source, node.id, way.when))
            if isinstance(to, int):
                edges.append(Edge(node.id, f"s{to}") if node else Edge(source, f"s{to}", way.when))
    lanes = dict.fromkeys(node.lane for node in nodes)
    return Chart(tuple(lanes), tuple(nodes), tuple(edges))


def _node_on_way(public: PublicStep, way: Way, to: int | Ending, id: str, applicant: str, words: Words) -> Node | None:
    """Return the node between a step and the target of one of its ways: an ending or an action; None for neither.

    What goes back or ends without success concerns the applicant, so it is in the applicant's lane.
    """
    step, action = public.step, _action(way, words)
    if isinstance(to, Ending):
        if not (step.branches or step.question):
            return None
        lane = applicant if to in (Ending.REJECTED, Ending.RETURNED) else step.actor
        return Node(id, "", lane, action or words[f"ending_{to.name.lower()}"], "", Shape.END)
    if not action:
        return None
    lane = applicant if to <= public.number else step.actor
    return Node(id, "", lane, action, "", Shape.DOCUMENT if way.document else Shape.STEP)


def _shape(public: PublicStep) -> Shape:
    if public.step.branches and not public.step.question:
        return Shape.DECISION
    if public.number == 1:
        return Shape.START
    if isinstance(public.ways[0][1], Ending) and not public.step.branches:
        return Shape.END
    return Shape.DOCUMENT if public.step.document else Shape.STEP
