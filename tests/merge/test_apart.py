"""Merging loses nothing: a bundle taken apart gives each item its own lines, and the totals are those of the lines."""

from __future__ import annotations

from collections.abc import Iterator

from bundles import sample
from hypothesis import given
from hypothesis import strategies as st

from builder.content.fields import listed
from builder.content.model.item import Item
from builder.content.model.materials import Copies, Form, Material, Whose, in_order
from builder.merge import Alternatives, Answers, Bundle, Chosen, Line, Paper, bundle_of, needs_in, needs_of

PEOPLE = ("孩子", "家长", "去世的人")


def whens(item: Item) -> Iterator[str]:
    """Yield all conditions of materials."""
    for part in item.parts:
        yield from (placed.entry.when for placed in in_order(listed(part.materials)) if placed.entry.when)


def papers_in(bundle: Bundle) -> Iterator[Paper]:
    yield from bundle.papers
    for choice in bundle.choices:
        yield from papers_of(choice)


def papers_of(choice: Alternatives) -> Iterator[Paper]:
    for option in choice.options:
        yield from option.papers
        for inner in option.choices:
            yield from papers_of(inner)


def is_whole(chosen: tuple[Chosen, ...], answers: Answers, people: tuple[str, ...] = ()) -> Bundle:
    """Assert that the bundle of some items can be taken apart, and that each total is that of its lines."""
    bundle = bundle_of(chosen, answers, sample(), people)
    for one in chosen:
        assert needs_in(bundle, one.number) == needs_of(one, answers, sample())
    for paper in papers_in(bundle):
        assert len({(line.person, line.material.issuer, line.material.seal) for line in paper.lines}) == 1
        assert set(paper.lines) >= set(paper.parts)
        assert paper.total.sheets.n == sum(map(sheets, paper.parts))
        assert paper.total.sheets.unsaid == sum(sheets(line) for line in paper.parts if number_of_copies(line) is None)
    return bundle


def number_of_copies(line: Line) -> int | None:
    return next((n for form, n in line.material.asked.items() if form in (Form.COPY, Form.CHECKED)), None)


def sheets(line: Line) -> int:
    """Return how many sheets of copies a line asks for at least, counted otherwise than the builder does."""
    if not {Form.COPY, Form.CHECKED} & set(line.material.asked):
        return 0
    on_one_sheet = "一张" in line.material.note or any("和" in title for title in line.heading)
    return (number_of_copies(line) or 1) * (1 if on_one_sheet else max(1, len(line.pages)))


def test_every_item_of_the_sample_in_every_case_can_be_taken_apart() -> None:
    for item in sample().items.values():
        for case in ("", *(variant.id for variant in item.variants)):
            is_whole((Chosen(1, item, case), Chosen(2, item)), Answers())


@given(st.data())
def test_any_items_with_any_answers_can_be_taken_apart(data: st.DataObject) -> None:
    ids = st.sampled_from(sorted(sample().items))
    items = [sample().items[id] for id in data.draw(st.lists(ids, min_size=1, max_size=6))]
    chosen = tuple(
        Chosen(
            number,
            item,
            data.draw(st.sampled_from(["", *(variant.id for variant in item.variants)])),
            data.draw(st.sampled_from(["", "", "有残疾人证的"])),
            data.draw(st.dictionaries(st.sampled_from([one.label for one in Whose]), st.sampled_from(PEOPLE))),
        )
        for number, item in enumerate(items, start=1)
    )
    conditions = sorted({when for item in items for when in whens(item)})
    said = data.draw(
        st.lists(st.sampled_from(["holds", "fails", "open"]), min_size=len(conditions), max_size=len(conditions))
    )
    told = {way: frozenset(when for when, its in zip(conditions, said, strict=True) if its == way) for way in said}
    answers = Answers(told.get("holds", frozenset()), told.get("fails", frozenset()))

    is_whole(chosen, answers, data.draw(st.sampled_from([(), PEOPLE])))


materials = st.builds(
    Material,
    name=st.sampled_from(["身份证", "户口簿", "收入证明", "照片"]),
    whose=st.sampled_from([None, Whose.SELF, Whose.PROXY]),
    form=st.lists(st.sampled_from(Form), unique=True).map(tuple),
    copies=st.none() | st.builds(Copies, original=st.none() | st.integers(0, 3), copy=st.none() | st.integers(0, 5)),
    pages=st.lists(st.sampled_from(["首页", "本人页", "正反面"]), unique=True).map(tuple),
    when=st.sampled_from(["", "", "已婚的", "代办的"]),
    optional=st.booleans(),
)


@given(st.lists(st.lists(materials, max_size=6), min_size=1, max_size=5), st.sampled_from(["", "已婚的", "代办的"]))
def test_made_up_lists_can_be_taken_apart_and_count_right(lists: list[list[Material]], holds: str) -> None:
    chosen = tuple(
        Chosen(
            number,
            Item.model_construct(name="甲", materials=tuple(some), variants=(), forms=None, places=(), outputs=None),
        )
        for number, some in enumerate(lists, start=1)
    )
    bundle = is_whole(chosen, Answers(frozenset({holds})))

    for paper in bundle.papers:
        originals = [
            line.material.asked.get(Form.ORIGINAL, 1) or 1
            for line in paper.parts
            if Form.ORIGINAL in line.material.asked
        ]
        shown = [1 for line in paper.parts if Form.CHECKED in line.material.asked]
        if paper.lasting or not originals:
            assert paper.total.originals.n == max([*originals, *shown], default=0)
        elif not shown:
            assert paper.total.originals.n == sum(originals)
