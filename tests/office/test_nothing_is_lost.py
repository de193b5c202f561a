"""Whatever a document is like: each of its texts stands somewhere in what was read, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from builder.office.documents import Block, Cell, Document, Origin, Paragraph, Remark, RemarkKind, Table
from builder.office.shapes import Entry, Reading, read_items, vocabulary
from builder.office.shapes.neutral_json import neutral

WORDS = (
    "身份证",
    "户口本",
    "本镇居民",
    "到窗口办理",
    "5个工作日",
    "无",
    "失业登记",
    "受理",
    "65775272",
    "2.3页",
    "报盘",
    "——",
)
MARKS = (
    "1、",
    "2、",
    "3.",
    "（1）",
    "（2）",
    "一、",
    "（二）",
    "①",
    "第一步：",
    "第二步",
    "注：",
    "◇",
    "→",
    "【",
    "】",
    "：",
    "；",
    "。",
    "\n",
    "  ",
)
LABELS = (
    "申请条件",
    "办理材料",
    "办理流程",
    "办理时限",
    "联系电话",
    "地址",
    "备注",
    "受理单位详细资料",
    "权力编号",
    "要带什么",
)
HEADS = ("序号", "事项名称", "业务事项", "信息类别", "内容标准", *LABELS)

texts = st.lists(
    st.sampled_from([*WORDS, *MARKS, *(f"。{label}" for label in LABELS), "失业登记办事指南"]), max_size=8
).map("".join)
labelled = st.tuples(st.sampled_from(LABELS), st.sampled_from(("：", ":", "\t", "；1、", "")), texts).map("".join)
bracketed = st.lists(st.tuples(st.sampled_from(LABELS), texts).map("【{0[0]}】{0[1]}".format), max_size=4).map(
    "\n".join
)
contents = st.one_of(texts, labelled, bracketed, st.just(""), st.sampled_from(HEADS))


def paragraph(text: str, place: int = 1, **more: object) -> Paragraph:
    origin = Origin("一.docx", paragraph=place)
    return Paragraph(
        text.strip(), origin, remarks=(Remark(RemarkKind.COMMENT, f"批注{place}", origin),) if place % 7 == 0 else ()
    )


def grid_of(rows: Sequence[Sequence[str]], down: Sequence[bool]) -> Table:
    """Return a table; the first cell of a row for which `down` says so is merged with the one above."""
    width = max(map(len, rows))
    grid: list[list[Cell]] = []
    for index, row in enumerate(rows):
        line = []
        for column in range(width):
            text = row[column] if column < len(row) else ""
            origin = Origin("一.docx", table=1, row=index + 1, column=column + 1)
            above = grid[-1][column] if grid else None
            if above and column < 2 and down[index % len(down)]:
                line.append(above)
            else:
                blocks = (Paragraph(text.strip(), origin),) if text.strip() else ()
                line.append(Cell(blocks, origin, index, column, merged=column < 2))
        grid.append(line)
    heights = {id(cell): sum(cell in line for line in grid) for line in grid for cell in line}
    same = {
        key: Cell(cell.blocks, cell.origin, cell.row, cell.column, heights[key], 1, cell.merged)
        for line in grid
        for cell in line
        for key in (id(cell),)
    }
    return Table(tuple(tuple(same[id(cell)] for cell in line) for line in grid), Origin("一.docx", table=1))


headers = st.lists(st.sampled_from(HEADS), min_size=2, max_size=5, unique=True)
lists = st.tuples(headers, st.lists(st.lists(contents, max_size=5), min_size=1, max_size=5)).map(
    lambda both: [both[0], *both[1]]
)
forms = st.lists(st.tuples(st.sampled_from(HEADS), contents).map(list), min_size=2, max_size=7)
anything = st.lists(st.lists(contents, min_size=1, max_size=4), min_size=1, max_size=5)
tables = st.tuples(st.one_of(lists, forms, anything), st.lists(st.booleans(), min_size=1, max_size=6)).map(
    lambda both: grid_of(*both)
)
paragraphs = st.builds(paragraph, st.one_of(contents, st.just("失业登记办事指南")), st.integers(1, 30))
documents = st.lists(st.one_of(paragraphs, tables), max_size=8).map(lambda blocks: Document("一.docx", tuple(blocks)))


_NUMBER = re.compile(r"^\W*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]+|[①-⑳])")


def words_of(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def said(blocks: Sequence[Block]) -> Iterator[str]:
    return (line for one in Document("", tuple(blocks)).paragraphs for line in one.shown.split("\n"))


def told(reading: Reading) -> Iterator[str]:
    for item in reading.items:
        yield from (item.name, item.number, *item.headings)
        yield from (text for pair in item.columns for text in pair)
        for passage in item.passages:
            yield from (passage.label, passage.text, passage.lead, *passage.notes)
        yield from (one.text for one in item.leftovers)
        yield from (remark.text for remark in item.remarks)
    yield from (one.text for one in reading.leftovers)
    yield from (remark.text for remark in reading.remarks)


def in_order(reading: Reading) -> Iterator[str]:
    """Yield labels and values as they stand one behind the other."""
    for item in reading.items:
        yield from (text for passage in item.passages for text in (passage.label, passage.text))
    yield from (one.text for one in reading.leftovers)


def entries_of(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        yield from (entry.text, *entry.notes, *(text for pair in entry.details for text in pair))
        yield from entries_of(entry.sub)


@given(documents)
@example(Document("一.docx", (grid_of([["名称", "失业登记"], ["办理时限", "5日"], ["信息表", ""]], [False]),)))
@example(Document("一.docx", (grid_of([["序号", "事项名称"], ["158", ""], ["", "（备注：完）"]], [False]),)))
def test_every_text_of_the_document_is_told(document: Document) -> None:
    reading = read_items(document, vocabulary())
    everything = words_of("".join(told(reading))) + "|" + words_of("".join(in_order(reading)))
    chunks = [chunk for line in said(document.blocks) for chunk in re.findall(r"\w+", _NUMBER.sub("", line))]
    assert [chunk for chunk in chunks if words_of(chunk) not in everything] == []
    comments = {remark.text for remark in document.all_remarks}
    assert comments <= set(told(reading))


@given(documents)
def test_nothing_is_told_that_the_document_does_not_say(document: Document) -> None:
    reading = read_items(document, vocabulary())
    everything = words_of("".join(said(document.blocks)))
    passages = [passage for item in reading.items for passage in item.passages]
    taken_over = [
        *(text for item in reading.items for text in (item.name, item.number, *item.headings)),
        *(text for item in reading.items for pair in item.columns for text in pair),
        *(text for passage in passages for text in (passage.label, passage.text)),
    ]
    assert [part for text in taken_over for part in text.split() if words_of(part) not in everything] == []
    for passage in passages:
        parts = (passage.lead, *passage.notes, *entries_of(passage.entries))
        assert [part for part in parts if words_of(part) not in words_of(passage.text)] == []


@given(documents)
def test_the_entries_of_a_list_hold_all_of_its_text(document: Document) -> None:
    for item in read_items(document, vocabulary()).items:
        for passage in item.of("materials", "steps"):
            parts = [passage.lead, *passage.notes, *entries_of(passage.entries)]
            numbers = re.compile(r"[\d一二三四五六七八九十①②第步]")
            kept, whole = ("".join(sorted(words_of(numbers.sub("", text)))) for text in ("".join(parts), passage.text))
            assert kept == whole


@given(documents)
def test_the_neutral_form_can_be_made_of_anything(document: Document) -> None:
    made = neutral(read_items(document, vocabulary()))
    assert made["source"] == "一.docx"
