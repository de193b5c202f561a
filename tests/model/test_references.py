from collections import Counter
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.content.fields import fields_at, label, references
from builder.content.model.item import Item

ids = st.text("abcdefgh", min_size=1, max_size=6)
names = st.just({"name": "户口簿"})
entries = st.recursive(
    st.builds(lambda ref: {"ref": ref}, ids) | names,
    lambda inner: (
        st.builds(lambda parts: {"any_of": parts}, st.lists(inner, min_size=2, max_size=3))
        | st.builds(lambda parts: {"group": "组", "materials": parts}, st.lists(inner, min_size=1, max_size=3))
    ),
    max_leaves=8,
)
procedures = st.fixed_dictionaries(
    {},
    optional={
        "materials": st.just("无") | st.lists(entries, max_size=3),
        "places": st.lists(st.builds(lambda place: {"place": place}, ids), max_size=2),
        "legal": st.just("不适用") | st.lists(st.builds(lambda law: {"law": law}, ids) | st.just({"text": "通知"})),
    },
)
items = st.builds(
    lambda own, variants, rest: {
        "name": "事项",
        **own,
        **rest,
        "variants": [{"id": f"v{n}", "name": f"情形{n}", **one} for n, one in enumerate(variants)],
    },
    procedures,
    st.lists(procedures, max_size=2),
    st.fixed_dictionaries(
        {},
        optional={
            "department": ids,
            "topics": st.lists(ids, max_size=2),
            "audiences": ids,
            "replaced_by": ids,
            "related": st.lists(ids, max_size=3),
            "units": st.lists(st.builds(lambda ref: {"ref": ref, "role": "牵头"}, ids), max_size=2),
            "provenance": st.lists(st.builds(lambda source: {"source": source, "at": "第1行"}, ids), max_size=2),
        },
    ),
)

KIND_OF_KEY = {
    "ref": "material", "place": "place", "law": "law", "source": "source", "department": "department",
    "topics": "topic", "audiences": "audience", "replaced_by": "item", "related": "item",
}  # fmt: skip


def written(raw: object, key: str = "", inside: str = "") -> Counter[tuple[str, str]]:
    """Count the references in plain values by kind and id, by the names of their keys alone."""
    found: Counter[tuple[str, str]] = Counter()
    match raw:
        case dict():
            for name, value in raw.items():
                found += written(value, name, key or inside)
        case list():
            for value in raw:
                found += written(value, key if key in ("topics", "related") else "", key or inside)
        case str() if key in KIND_OF_KEY:
            kind = "department" if inside == "units" else KIND_OF_KEY[key]
            found[kind, raw] += 1
    return found


def at(raw: Any, path: tuple[str | int, ...]) -> object:
    for key in path:
        if isinstance(raw, str):  # one value without its dash
            return raw
        raw = raw[key]
    return raw


@given(items)
def test_finds_each_reference_once_and_where_it_stands(raw: Mapping[str, object]) -> None:
    found = list(references(Item.model_validate(raw)))

    assert Counter((kind, id) for _, kind, id in found) == written(raw)
    assert all(at(raw, path) == id for path, _, id in found)
    assert len({path for path, _, _ in found}) == len(found)


def test_names_the_field_at_a_path() -> None:
    assert label(Item, ("variants", 0, "materials", 1, "any_of", 0, "copies")) == "份数"
    assert label(Item, ("variants", 0, "legal", 0, "law")) == "法规编号"
    assert label(Item, ("no-such", "thing")) == ""
    assert label(Item, ()) == ""


def test_names_the_fields_that_may_stand_at_a_path() -> None:
    assert {"any_of", "group", "ref"} <= set(fields_at(Item, ("materials", 0)))
    assert fields_at(Item, ("windows", 0))["for"] == "办什么"
