"""Steps as residents see them: a numbered list, and the same steps as a flowchart. Steps for staff are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

from builder.content.model.step_time import Counting, counting_of_steps
from builder.content.model.steps import PUBLIC_NOTICES, Ending, Step, StepKind, Visibility, Work
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
from builder.wording.joining import enumerated, in_clauses, joined, labelled, with_note
from builder.wording.times import limit_in_words, publicised_in_words


class Exit(NamedTuple):
    """A result of a decision in words: when it applies, what is done, and where the flow continues.

    `ahead` says where, if steps of the list are passed over on the way or the matter is settled before the last.
    """

    when: str
    text: str
    goes_to: str
    ahead: str


class WorkLine(NamedTuple):
    """What is done in a step, or in it at the same time as something else."""

    actor: str
    do: str
    facts: tuple[str, ...]


class StepLine(NamedTuple):
    """A step of the numbered list. Of `works`, if there are any, each is done at the same time."""

    number: int
    actor: str
    do: str
    detail: str
    items: tuple[str, ...]
    facts: tuple[str, ...]
    works: tuple[WorkLine, ...]
    question: str
    exits: tuple[Exit, ...]
    goes_to: str


class CountedWork(NamedTuple):
    """Work, and what is said of it: that it counts into the time limit, or does not; None says nothing."""

    work: Work
    counted: bool | None


class PublicStep(NamedTuple):
    """A public step with its number and its ways.

    Each way is paired with its target: the number of the next public step, since steps for staff are skipped, or an
    ending. `works` are the step itself, and what is done in it at the same time.
    """

    number: int
    step: Step
    ways: tuple[tuple[Way, int | Ending], ...]
    works: tuple[CountedWork, ...]


def public_steps(steps: Sequence[Step], counting: Counting | None = None) -> tuple[PublicStep, ...]:
    """Return the public ones of `steps`, numbered from 1. Without `counting` no time limit is known."""
    counting = counting or counting_of_steps(steps)
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

    def works(index: int) -> tuple[CountedWork, ...]:
        return tuple(CountedWork(work, counting.to_say(index, work)) for work in steps[index].works)

    return tuple(PublicStep(numbers[i], steps[i], ways(i), works(i)) for i in public)


def step_lines(steps: Sequence[PublicStep], words: Words) -> tuple[StepLine, ...]:
    """Return the steps as a numbered list. A step says where the flow continues unless it is the next step."""
    return tuple(_step_line(step, words, last=step.number == len(steps)) for step in steps)


def _step_line(public: PublicStep, words: Words, *, last: bool) -> StepLine:
    step = public.step
    branching = bool(step.branches)
    exits = tuple(
        Exit(
            way.when,
            _action(way, words),
            "" if _is_obvious(to, public.number, way, last=last) else _goal(to, words),
            _goal(to, words) if _goes_ahead(to, public.number, last=last) else "",
        )
        for way, to in public.ways
        if branching
    )
    first_target = public.ways[0][1]
    is_obvious = branching or _is_obvious(first_target, public.number, last=last)
    goes_to = "" if is_obvious else _goal(first_target, words)
    whole, *works = (_work_line(one, words) for one in public.works)
    return StepLine(
        number=public.number,
        actor=whole.actor,
        do=whole.do,
        detail=step.detail,
        items=step.items,
        facts=whole.facts,
        works=tuple(works),
        question=step.question,
        exits=exits,
        goes_to=goes_to,
    )


def _actor(work: Work, words: Words) -> str:
    actors = enumerated(dict.fromkeys(work.actor), words)
    return words["together"].format(actors=actors) if len(work.actor) > 1 else actors


def _goes_ahead(to: int | Ending, number: int, *, last: bool) -> bool:
    if isinstance(to, Ending):
        return to in (Ending.DONE, Ending.APPROVED) and not last
    return to > number + 1


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


def _work_line(counted: CountedWork, words: Words) -> WorkLine:
    """Return work as a line. Its kind stands behind what is done, or where it is said that it does not count."""
    work = counted.work
    place = work.publicity.place.removeprefix("在") if work.publicity else ""
    kind, *times = _times(work, words, words["publicised_at"].format(place=place) if place else "")
    document = words["with_document"].format(document=work.document) if work.document else ""
    where = words["at_place"].format(place=work.place.removeprefix("在")) if work.place else ""
    do = work.do
    if counted.counted is None:
        do = with_note(do, kind, words)
    else:
        times = [joined((kind, *times, words["counted" if counted.counted else "uncounted"]), words)]
    return WorkLine(_actor(work, words), do, tuple(filter(None, (*times, document, where))))


def _times(work: Work, words: Words, where: str = "") -> tuple[str, str, str]:
    """Return of what kind work is, its limit and its publicity. A kind that its own words name is left out."""
    kind = work.kind
    own_words = f"{work.do}\n{work.detail if isinstance(work, Step) else ''}"
    is_named = kind and (kind.is_named_in(own_words) or (work.publicity and kind in PUBLIC_NOTICES))
    publicised = ""
    if work.publicity:
        word = "announced" if kind is StepKind.ANNOUNCE else "publicised"
        publicised = publicised_in_words(work.publicity.lasts, words, word) + where
    return "" if is_named or not kind else choice_in_words(kind, words), _limit(work, words), publicised


def _limit(work: Work, words: Words) -> str:
    if not work.limit:
        return ""
    limit = limit_in_words(work.limit, words)
    return words["limit"].format(limit=limit) if work.limit.n else limit


_LABELS = {field.name: f"chart_{field.name}" for field in fields(ChartLabels)}  # and their words in the locale


@dataclass(frozen=True)
class Flow:
    """The flowchart of an item or a variant. Each version is drawn once, when a template first uses it."""

    steps: tuple[PublicStep, ...]
    words: Words
    title: str
    prefix: str

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
        return any(len(step.ways) > 1 for step in self.steps)

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
        works = (work for public in self.steps for work in public.step.works)
        actors = enumerated(dict.fromkeys(actor for work in works for actor in work.actor), self.words)
        description = self.words["chart_description"].format(steps=len(self.steps), actors=actors)
        labels = ChartLabels(**{name: self.words[word] for name, word in _LABELS.items()})
        chart = self._chart if paper.lanes else self._chart_in_a_column
        return draw(chart, paper, title=title, description=description, prefix=prefix, labels=labels).svgs

    @cached_property
    def _chart(self) -> Chart:
        return chart_of(self.steps, self.words, lanes=True)

    @cached_property
    def _chart_in_a_column(self) -> Chart:
        return chart_of(self.steps, self.words, lanes=False)


def flow_of(steps: tuple[PublicStep, ...], words: Words, *, title: str, prefix: str) -> Flow | None:
    """Return the flow of `steps`, or None if there are fewer than two."""
    return Flow(steps, words, title, prefix) if len(steps) > 1 else None


def chart_of(steps: Sequence[PublicStep], words: Words, *, lanes: bool) -> Chart:
    """Return the chart of the public steps: a lane for each actor, a diamond for each question.

    With `lanes`, what is done at the same time has a box each between the step and what follows; in a column, one below
    the other, it would look like one after the other, so there the box of the step names it. Of several who do something
    together the first has the box, which names the others.
    """
    nodes: list[Node] = []
    edges: list[Edge] = []
    applicant = steps[0].step.actor[0]
    for public in steps:
        step, sources = public.step, [f"s{public.number}"]
        apart = lanes and bool(step.parallel)
        nodes.append(_step_box(public, words, apart=apart))
        if apart:
            sources = [f"s{public.number}p{n}" for n in range(len(step.parallel))]
            for id, one in zip(sources, public.works[1:], strict=True):
                shape = Shape.DOCUMENT if one.work.document else Shape.STEP
                nodes.append(Node(id, "", one.work.actor[0], _doing(one.work, words), _note(one, words), shape))
                edges.append(Edge(f"s{public.number}", id))
        if step.question:
            question = f"s{public.number}q"
            nodes.append(Node(question, "", step.actor[0], step.question, "", Shape.DECISION))
            edges += (Edge(source, question) for source in sources)
            sources = [question]
        for n, (way, to) in enumerate(public.ways):
            node = _node_on_way(public, way, to, f"s{public.number}w{n}", applicant, words, apart=apart)
            if node is not None:
                nodes.append(node)
                edges += (Edge(source, node.id, way.when) for source in sources)
            if isinstance(to, int):
                edges += [Edge(node.id, f"s{to}")] if node else [Edge(one, f"s{to}", way.when) for one in sources]
    return Chart(tuple(dict.fromkeys(node.lane for node in nodes)), tuple(nodes), tuple(edges))


def _step_box(public: PublicStep, words: Words, *, apart: bool) -> Node:
    """Return the box of a step. It names what is done at the same time unless this stands `apart` in boxes of its own."""
    whole, *works = public.works
    text, note = _doing(public.step, words), _note(whole, words)
    if works and not apart:
        told = (labelled(_actor(one.work, words), _with_times(one, words), words) for one in works)
        text = with_note(text, labelled(words["at_once"], in_clauses(told, words), words), words)
    elif works:
        note = joined((words["at_once"], note), words)
    return Node(f"s{public.number}", str(public.number), public.step.actor[0], text, note, _shape(public, apart=apart))


def _doing(work: Work, words: Words) -> str:
    """Return what is done, and by whom besides the first."""
    others = enumerated(list(dict.fromkeys(work.actor))[1:], words)
    return with_note(work.do, words["together_with"].format(others=others) if others else "", words)


def _note(counted: CountedWork, words: Words) -> str:
    """Return the times of work in the few words for which a box has room."""
    times = _times(counted.work, words)
    counts = "" if counted.counted is None else words["counted_short" if counted.counted else "uncounted_short"]
    return joined((*times, counts), words)


def _with_times(counted: CountedWork, words: Words) -> str:
    return joined((counted.work.do, _note(counted, words)), words)


def _node_on_way(
    public: PublicStep, way: Way, to: int | Ending, id: str, applicant: str, words: Words, *, apart: bool
) -> Node | None:
    """Return the node between a step and the target of one of its ways: an ending or an action; None for neither.

    What goes back or ends without success concerns the applicant, so it is in the applicant's lane.
    """
    step, action = public.step, _action(way, words)
    if isinstance(to, Ending):
        if not (step.branches or step.question or apart):
            return None
        lane = applicant if to in (Ending.REJECTED, Ending.RETURNED) else step.actor[0]
        return Node(id, "", lane, action or words[f"ending_{to.name.lower()}"], "", Shape.END)
    if not action:
        return None
    lane = applicant if to <= public.number else step.actor[0]
    return Node(id, "", lane, action, "", Shape.DOCUMENT if way.document else Shape.STEP)


def _shape(public: PublicStep, *, apart: bool) -> Shape:
    if public.step.branches and not public.step.question:
        return Shape.DECISION
    if public.number == 1:
        return Shape.START
    if isinstance(public.ways[0][1], Ending) and not (public.step.branches or apart):
        return Shape.END
    return Shape.DOCUMENT if public.step.document else Shape.STEP
