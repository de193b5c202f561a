"""The form of an item says all that an editor may write, and what it says is read back as the item."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from forms_world import World, sample, stated, worlds
from hypothesis import given
from hypothesis import strategies as st

from builder.content.fields import Record, declared
from builder.content.model.contacts import Phone
from builder.content.model.disclosure import ContentPart
from builder.content.model.item import Item
from builder.content.model.kinds import RECORD_KINDS
from builder.content.model.materials import Copies, Material
from builder.content.model.quantities import DisclosureTerm, Duration, Route
from builder.content.model.quantities.depth import Action, Handling, Level
from builder.content.model.quantities.disclosure_terms import Cycle
from builder.content.model.quantities.durations import Bound, TimeUnit
from builder.content.model.steps import Step
from builder.content.source import Raw
from builder.form.item_form import FieldsBlock, MoreBlock, TableBlock, item_form
from builder.form.layout import COLUMNS, SECTIONS, USUAL
from builder.form.placed_records import Targets
from builder.form.slots import slots
from builder.form.spelling import line_of, phrase_of, put, record_in, texts, value_of
from builder.support.diagnostics import KeyPath


def read_back(record: Record, raw: Raw, world: World) -> dict[str, Raw]:
    """Return what the cells of a record say."""
    values: dict[str, Raw] = {}
    for slot, text in texts(record, raw, world.names):
        if text:
            put(values, *value_of(text, slot, world.names))
    return values


def stated_fields(record: Record, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of each field that a record states and that holds no further records."""
    for key, field in declared(type(record)).items():
        value = getattr(record, field.attribute)
        if field.attribute not in record.model_fields_set or value in (None, "", ()):
            continue
        for index, one in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            at = (*path, key) if index is None else (*path, key, index)
            if isinstance(one, Record) and not isinstance(one, (Duration, DisclosureTerm, Route)):
                yield from stated_fields(one, at)
            else:
                yield at


def records() -> set[type[Record]]:
    found = {kind.record for kind in RECORD_KINDS}
    waiting = list(found)
    while waiting:
        for field in declared(waiting.pop()).values():
            waiting += [inner for inner in field.records if inner not in found]
            found.update(field.records)
    return found


@pytest.mark.parametrize("world", [sample, stated], ids=["sample", "stated"])
def test_what_the_cells_of_an_item_say_is_read_back_as_the_item(world: object) -> None:
    assert callable(world)
    for exported in world().exported:
        assert Item.model_validate(read_back(exported.item, exported.raw, world())) == exported.item, exported.card.id


def test_every_field_that_an_item_states_has_one_cell_that_says_something() -> None:
    looked_at = 0
    for world in worlds():
        for exported in world.exported:
            placed = [(cell.path, cell.text) for cell in item_form(exported.item, exported.raw, world.names).cells]
            cells = dict(placed)
            assert len(cells) == len(placed), exported.card.id
            for path in stated_fields(exported.item):
                around = [cells[path[:end]] for end in range(1, len(path) + 1) if path[:end] in cells]
                below = [text for at, text in cells.items() if at[: len(path)] == path]  # 无 stands in the first
                assert any(around) or any(below), (exported.card.id, path)
                looked_at += 1
    assert looked_at > 9000


def test_a_field_that_an_item_does_not_state_has_a_cell_or_can_be_written_by_its_label() -> None:
    item = Item(name="空")
    form = item_form(item, {"name": "空"}, sample().names)
    shown = {cell.path for cell in form.cells} | {
        block.path for section in form.sections for block in section.blocks if isinstance(block, TableBlock)
    }
    (more,) = (block for section in form.sections for block in section.blocks if isinstance(block, MoreBlock))
    missing = [slot for slot in slots(Item) if slot.keys not in shown and slot.label not in more.labels]
    assert [slot.label for slot in missing] == ["情形"]
    assert any(section.case == ("variants", "+1") for section in form.sections)


def test_no_two_cells_of_a_record_have_the_same_label() -> None:
    """What is written by label is read by label."""
    for record in records():
        labels = [slot.label for slot in slots(record)]
        assert len(set(labels)) == len(labels), record


def test_the_layout_names_fields_that_there_are() -> None:
    assert {key for _, keys in SECTIONS for key in keys} <= declared(Item).keys()
    assert {slot.keys for slot in slots(Item)} >= USUAL
    for record, columns in COLUMNS.items():
        known = {".".join(slot.keys) for one in (record, *_beside(record)) for slot in slots(one)}
        assert {key for column in columns for key in column.keys} <= known, record
        assert sum(column.width for column in columns) <= 100


def _beside(record: type[Record]) -> tuple[type[Record], ...]:
    return declared(Item)["materials"].records if record is Material else ()


def test_fields_of_a_record_stand_below_each_other_in_one_row() -> None:
    item = Item.model_validate({"name": "登记", "time": {"promised": "15个工作日", "extension": "10天"}})
    form = item_form(item, {"name": "登记", "time": {"promised": "15个工作日", "extension": "10天"}}, sample().names)
    rows = (
        row
        for section in form.sections
        for block in section.blocks
        if isinstance(block, FieldsBlock)
        for row in block.rows
    )
    (time,) = (row for row in rows if row.label == "办理时限")
    assert [(cell.label, cell.text) for cell in time.cells] == [
        ("承诺时限", "15个工作日"),
        ("法定时限", ""),
        ("延长多久", "10天"),
    ]


def test_what_is_not_there_is_said_in_the_first_cell() -> None:
    raw: dict[str, Raw] = {"name": "登记", "time": "无", "materials": "不适用"}
    item = Item.model_validate(raw)
    cells = {cell.path: cell.text for cell in item_form(item, raw, sample().names).cells}
    assert cells["time", "promised"] == "无"
    assert cells["materials",] == "不适用"
    assert Item.model_validate(read_back(item, raw, sample())) == item


def test_a_cell_says_what_the_file_says_and_not_what_it_means() -> None:
    raw: dict[str, Raw] = {"name": "登记", "time": "15个工作日内", "fees": {"amount": "1,000元", "per": "元/件"}}
    said = {slot.label: text for slot, text in texts(Item.model_validate(raw), raw, sample().names) if text}
    assert said["办理时限·承诺时限"] == "15个工作日内"
    assert said["收费"] == "金额（元）：1,000元 ｜ 按什么收：元/件"


def test_choices_are_said_by_their_labels_and_flags_in_chinese() -> None:
    raw: dict[str, Raw] = {"name": "登记", "type": "licence", "channels": ["window", "网办"], "visits": {"proxy": "no"}}
    said = {slot.label: text for slot, text in texts(Item.model_validate(raw), raw, sample().names) if text}
    assert said["事项类型"] == "行政许可"
    assert said["怎么申请"] == "窗口办理、网上办理"
    assert said["到现场几次·能不能托人代办"] == "否"


def test_steps_are_named_by_their_numbers() -> None:
    steps = (Step(actor=("窗口",), do="看"), Step(id="back", actor=("窗口",), do="退"))
    targets = Targets(steps)
    assert [targets.shown(to) for to in ("back", "end:rejected", "end", "")] == ["第2步", "不予办理", "办结", ""]
    assert [targets.target(text) for text in ("第2步", "不予办理", "第1步")] == ["back", "end:rejected", "第1步"]


def test_records_of_one_name_are_told_apart_by_their_ids() -> None:
    world = sample()
    for kind in {kind.name for kind in RECORD_KINDS}:
        for id, name in world.names.all(kind).items():
            assert world.names.id_of(kind, name) == id
            assert world.names.id_of(kind, id) == id


def test_a_record_is_also_known_by_its_other_names() -> None:
    assert sample().names.id_of("material", "二代身份证") == sample().names.id_of("material", "居民身份证") == "id-card"
    assert sample().names.id_of("material", "没有这样的") == ""


lines = st.text(st.sampled_from("证｜|：;；、\n　 a说明是谁的"), min_size=1, max_size=12).filter(
    lambda text: text == text.strip()
)


@given(number=st.just("022-65775272"), label=lines, hours=lines)
def test_any_text_comes_through_a_line(number: str, label: str, hours: str) -> None:
    phone = Phone(number=number, label=label, hours=hours)
    raw: Raw = {"number": number, "label": label, "hours": hours}
    line = line_of(phone, raw, sample().names)
    assert Phone.model_validate(record_in(line, (Phone,), sample().names)) == phone


@given(name=lines, note=lines, copies=st.integers(0, 20))
def test_any_text_comes_through_a_line_of_a_record_that_names_another(name: str, note: str, copies: int) -> None:
    material = Material(name=name, note=note, copies=Copies(copy=copies))
    raw: Raw = {"name": name, "note": note, "copies": str(copies)}
    line = line_of(material, raw, stated().names)
    assert Material.model_validate(record_in(line, (Material,), stated().names)) == material


durations = st.one_of(
    st.builds(Duration, unit=st.sampled_from([unit for unit in TimeUnit if unit.value in ("now", "at-once", "same-day", "unlimited", "permanent")])),
    st.builds(Duration, n=st.integers(1, 10), unit=st.sampled_from(list(TimeUnit)[3:10]), bound=st.sampled_from([None, *Bound])),
    st.builds(Duration, n=st.integers(1, 10), up_to=st.integers(11, 20), unit=st.sampled_from(list(TimeUnit)[3:10])),
)  # fmt: skip
handlings = st.lists(
    st.builds(Handling, level=st.sampled_from(list(Level)), do=st.lists(st.sampled_from(list(Action)), min_size=1, max_size=3, unique=True).map(tuple)),
    min_size=1, max_size=4,
)  # fmt: skip


@given(durations)
def test_the_phrase_of_a_duration_is_read_as_the_duration(duration: Duration) -> None:
    assert Duration.model_validate(phrase_of(duration)) == duration


@given(handlings)
def test_the_line_of_a_route_is_read_as_the_route(levels: list[Handling]) -> None:
    route = Route(levels=tuple(levels))
    assert Route.model_validate(record_in(line_of(route, None, sample().names), (Route,), sample().names)) == route


terms = st.one_of(
    st.builds(DisclosureTerm, cycle=st.sampled_from(list(Cycle))),
    st.builds(
        DisclosureTerm, lasts=durations.filter(lambda one: bool(one.n) or one.unit.value in ("unlimited", "permanent"))
    ),
    st.builds(
        DisclosureTerm, within=durations.filter(lambda one: one.has_end), after=st.sampled_from(["", "修订颁布"])
    ),
)


@given(terms)
def test_the_phrase_of_a_term_is_read_as_the_term(term: DisclosureTerm) -> None:
    assert DisclosureTerm.model_validate(phrase_of(term)) == term


@given(
    st.builds(
        ContentPart,
        name=lines.filter(lambda text: "\n" not in text),
        parts=st.lists(lines.filter(lambda text: "\n" not in text), max_size=3).map(tuple),
    )
)
def test_an_element_of_a_list_is_read_back(part: ContentPart) -> None:
    line = line_of(part, {"name": part.name, "parts": [*part.parts]}, sample().names)
    assert ContentPart.model_validate(record_in(line, (ContentPart,), sample().names)) == part
