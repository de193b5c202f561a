"""Items compared without a site: what changed between two texts of YAML."""

from __future__ import annotations

from functools import cache

from builder.content.model.item import Item
from builder.content.settings import Settings
from builder.content.site import Site
from builder.content.source import read
from builder.differences.comparison import Difference, Version, differences
from builder.form.record_names import Names

BASE = "name: 申请低保\nsummary: 低收入家庭可以申请\n"


@cache
def no_names() -> Names:
    """Return the names of a site without records: each goes by its id."""
    return Names(Site(Settings(name="某镇"), (), (), lambda file: b"", lambda area: {}))


def version(text: str) -> Version:
    """Return an item that has `text` besides its name."""
    document, findings = read("content/items/zhen/dibao.yaml", f"{BASE}{text}".encode())
    assert document, findings
    return Version(Item.model_validate(document.raw), document.raw, no_names())


def compared(was: str, now: str) -> list[Difference]:
    """Return what changed between two items."""
    return list(differences(version(was), version(now)))
