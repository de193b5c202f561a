"""Content as an editor writes it, read the way the build reads it."""

from __future__ import annotations

from textwrap import dedent
from typing import TypeVar

from hypothesis import strategies as st

from builder.content import source
from builder.content.fields import Record
from builder.content.model.item import Item
from builder.content.model.quantities import WITHOUT_END, Bound, Duration, TimeUnit
from builder.content.validate import build
from builder.support.diagnostics import Finding

R = TypeVar("R", bound=Record)


def read(record: type[R], text: str) -> tuple[R | None, list[Finding]]:
    """Return the record that the YAML `text` describes, or None and what is wrong with it."""
    document, findings = source.read("content/x.yaml", dedent(text).encode())
    assert document is not None, findings
    assert not findings
    return build(record, document.raw, "content/x.yaml")


def record_of(record: type[R], text: str) -> R:
    """Return the record that the YAML `text` describes."""
    found, findings = read(record, text)
    assert found is not None, findings
    return found


def item(text: str) -> Item:
    """Return an item with the fields in `text`."""
    return record_of(Item, "name: 测试事项\n" + dedent(text))


def wrong(text: str) -> Finding:
    """Return the one thing that is wrong with an item that has the fields in `text`."""
    found, findings = read(Item, "name: 测试事项\n" + dedent(text))
    assert found is None
    (finding,) = findings
    return finding


def duration(text: str) -> Duration:
    """Return a duration written as text."""
    return Duration.model_validate(text)


@st.composite
def durations(draw: st.DrawFn) -> Duration:
    """Draw any duration."""
    unit = draw(st.sampled_from(TimeUnit))
    if unit in WITHOUT_END or unit in (TimeUnit.NOW, TimeUnit.AT_ONCE, TimeUnit.SAME_DAY):
        return Duration(unit=unit)
    n = draw(st.integers(1, 99))
    if bound := draw(st.none() | st.sampled_from(Bound)):
        return Duration(n=n, unit=unit, bound=bound)
    return Duration(n=n, up_to=draw(st.none() | st.integers(n + 1, 100)), unit=unit)
