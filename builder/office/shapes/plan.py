"""What was read in a document, told in Chinese: what is what, which column became which field, what is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from builder.office.shapes.source_item import Leftover, Reading, Recognised, SourceItem
from builder.office.shapes.vocabulary import Vocabulary
from builder.support.diagnostics import quote

MAX_ITEMS = 20  # items that are named; of more only the number is told
MAX_LEFTOVERS = 20


def plan(reading: Reading, vocabulary: Vocabulary) -> str:
    """Return the plan of one document, without what would be written."""
    return "\n".join(_lines(reading, vocabulary))


def _lines(reading: Reading, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"{reading.document}：{len(reading.items)} 个事项"
    for recognised in _together(reading.recognised):
        yield f"  {recognised.origin.place or '正文'}：{recognised.what}，{recognised.items} 个事项"
        known = [(label, field) for label, field in recognised.fields if field]
        unknown = [label for label, field in recognised.fields if label and not field]
        if known:
            yield f"    认出的栏目：{'，'.join(_became(label, field, vocabulary) for label, field in known)}"
        if unknown:
            yield f"    没有认出的栏目：{'，'.join(unknown)}（原样留着；要对上字段，写一个对照文件，用 --mapping 指出来）"
    yield from _items(reading.items, vocabulary)
    yield from _leftovers([*reading.leftovers, *(one for item in reading.items for one in item.leftovers)])
    remarks = [*reading.remarks, *dict.fromkeys(remark for item in reading.items for remark in item.remarks)]
    if remarks:
        yield f"  要知道的（{len(remarks)}）："
        yield from (f"    {quote(str(remark), 120)}" for remark in remarks[:MAX_LEFTOVERS])
        if len(remarks) > MAX_LEFTOVERS:
            yield f"    还有 {len(remarks) - MAX_LEFTOVERS} 条"


def _together(recognised: Sequence[Recognised]) -> list[Recognised]:
    """Return what was recognised, with parts of the same kind and the same labels put together."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Recognised] = {}
    for one in recognised:
        key = one.what, one.fields
        first = found.get(key)
        found[key] = Recognised(one.what, first.origin, first.items + one.items, one.fields) if first else one
    return list(found.values())


def _became(label: str, field: str, vocabulary: Vocabulary) -> str:
    title = vocabulary.title_of(field)
    return label if label == title else f"{label}→{title}"


def _items(items: Sequence[SourceItem], vocabulary: Vocabulary) -> Iterator[str]:
    for item in items[:MAX_ITEMS]:
        number = f"{item.number} " if item.number else ""
        yield f"  · {number}{item.name or '（没有名称）'}（{item.origin.place}）"
    if len(items) > MAX_ITEMS:
        yield f"  · 还有 {len(items) - MAX_ITEMS} 个"
    filled, empty = Counter[str](), Counter[str]()
    for item in items:
        with_text = list(dict.fromkeys(one.field for one in item.passages if one.field and one.text))
        fields = dict.fromkeys(one.field for one in item.passages if one.field)
        filled.update(with_text)
        empty.update([field for field in fields if field not in with_text])
    if filled:
        yield f"  有内容的字段：{_counted(filled, vocabulary)}"
    if empty:
        yield f"  原文是空白的，不填：{_counted(empty, vocabulary)}"


def _counted(fields: Counter[str], vocabulary: Vocabulary) -> str:
    return "，".join(f"{vocabulary.title_of(field)} {count}" for field, count in fields.most_common())


def _leftovers(leftovers: Sequence[Leftover]) -> Iterator[str]:
    if not leftovers:
        return
    yield f"  没有放进事项的文字（{len(leftovers)}）："
    for one in leftovers[:MAX_LEFTOVERS]:
        yield f"    {one.why}：{quote(one.text.replace(chr(10), ' '), 80)}（{one.origin.place}）"
    if len(leftovers) > MAX_LEFTOVERS:
        yield f"    还有 {len(leftovers) - MAX_LEFTOVERS} 处"
