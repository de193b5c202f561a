"""Where each kind of record lives in the content folder."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.content.fields import Record
from builder.content.model import companions as c
from builder.content.model.disclosure import DisclosureList
from builder.content.model.editions import Register
from builder.content.model.events import Event, Life
from builder.content.model.item import Item
from builder.content.model.moved import Moved
from builder.content.model.signoffs import SignOff


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record: its name in references, its label, and its files.

    `pattern` matches the path inside ``content/``. A file holds one record named by the file (group ``id``), or, where
    `many`, a mapping of ids to records. `by_address`: these ids are addresses of pages.
    """

    name: str
    label: str
    record: type[Record]
    pattern: re.Pattern[str]
    many: bool = False
    by_address: bool = False


def _folder(name: str, suffix: str = "yaml") -> re.Pattern[str]:
    return re.compile(rf"{name}/(?P<id>[^/]+)\.{suffix}")


def _file(name: str) -> re.Pattern[str]:
    return re.compile(rf"{name}\.yaml")


RECORD_KINDS = (
    RecordKind("item", "事项", Item, re.compile(r"items/(?P<area>[^/]+)/(?P<id>[^/]+)\.(?:yaml|md)")),
    RecordKind("area", "地区", c.Area, _file("areas"), many=True),
    RecordKind("department", "单位", c.Department, _folder("departments")),
    RecordKind("place", "地点", c.Place, _folder("places")),
    RecordKind("topic", "主题", c.Topic, _file("topics"), many=True),
    RecordKind("audience", "服务对象", c.Audience, _file("audiences"), many=True),
    RecordKind("material", "材料", c.LibraryMaterial, _file("materials"), many=True),
    RecordKind("form", "表格", c.LibraryForm, _file("forms"), many=True),
    RecordKind("law", "法规", c.Law, _file("laws"), many=True),
    RecordKind("source", "资料来源", c.Source, _file("sources"), many=True),
    RecordKind("terms", "词表", c.Terms, re.compile(r"(?P<id>terms)\.yaml")),
    RecordKind("glossary", "词语解释", c.Glossary, re.compile(r"(?P<id>glossary)\.yaml")),
    RecordKind("import", "导入用词", c.ImportWords, re.compile(r"(?P<id>import)\.yaml")),
    RecordKind("disclosure", "公开清单", DisclosureList, _folder("disclosure")),
    RecordKind("booklet", "手册", c.Booklet, _folder("booklets")),
    RecordKind("life", "人生大事", Life, _file("lives"), many=True),
    RecordKind("event", "一件事", Event, _folder("events")),
    RecordKind("edition", "版本登记", Register, _folder("editions")),
    RecordKind("signoff", "审核登记", SignOff, _file("signoffs"), many=True),
    RecordKind("moved", "旧网址", Moved, _file("moved"), many=True, by_address=True),
    RecordKind("page", "自由页面", c.FreePage, _folder("pages", "md")),
)
BY_NAME = {kind.name: kind for kind in RECORD_KINDS}
BY_RECORD = {kind.record: kind for kind in RECORD_KINDS}

Key = tuple[str, str]  # the name of a record among all records: its kind and its id


def key(record: type[Record], id: str) -> Key:
    """Return the key of the record of this type with this id."""
    return BY_RECORD[record].name, id


def kind_of(path: str) -> tuple[RecordKind, re.Match[str]] | None:
    """Return the kind of the file at `path` inside the content folder, None when it is of no kind."""
    return next(((kind, match) for kind in RECORD_KINDS if (match := kind.pattern.fullmatch(path))), None)


def area_of(file: str) -> str:
    """Return the area to which a content file belongs, "" for none: ``content/items/<area>/<id>.yaml``."""
    parts = file.split("/")
    return parts[2] if parts[:2] == ["content", "items"] and len(parts) == 4 else ""
