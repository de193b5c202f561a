"""The variants of an item have unique ids and names, and write what they replace."""

from __future__ import annotations

from collections.abc import Iterator

from builder.content.fields import label
from builder.content.model.item import Item, Variant
from builder.support.diagnostics import Finding, Rule

DUPLICATE_VARIANT = Rule(
    "C310",
    "同一事项的情形，编号和名称不能重复",
    why="两种情形同名，群众不知道该选哪个，网址里的锚点也会撞在一起。",
    fix="给其中一个换编号或名称。",
)
REPLACES_NOTHING = Rule(
    "C311",
    "情形里写了“替换”，就要写替换成什么",
    why="只写替换、不写内容，这种情形的材料或条件就成了空的。",
    fix="在这种情形下写上对应的内容，或删掉 replaces 里的这一项。",
)
RULES = (DUPLICATE_VARIANT, REPLACES_NOTHING)


def check_item(item: Item, file: str) -> Iterator[Finding]:
    """Yield findings for repeated ids and names of variants, and for fields in ``replaces`` without a new value."""
    for field in ("id", "name"):
        seen: dict[str, int] = {}
        for index, variant in enumerate(item.variants):
            value = getattr(variant, field)
            first = seen.setdefault(value, index)
            if first != index:
                says = f"“{value}”已经用在第{first + 1}种情形"
                hint = "给其中一个换名称" if field == "name" else f"给其中一个换编号，如改成 {value}-{index + 1}"
                yield DUPLICATE_VARIANT.at(file, "variants", index, field, says=says, hint=hint)
    for index, variant in enumerate(item.variants):
        for n, field in enumerate(variant.replaces):
            if getattr(variant, field) is None:
                says = f"写了替换 {field}（{label(Variant, (field,))}），没有写替换成什么"
                hint = f"在这种情形下写 {field}；不替换的，删掉“{field}”"
                yield REPLACES_NOTHING.at(file, "variants", index, "replaces", n, says=says, hint=hint)
