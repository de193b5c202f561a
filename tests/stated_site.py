"""A site that states every field of every record, made from the model: each field with a text of its own."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from builder.content.fields import FILE_NAME, SLUG, Absence, Choice, Record, Reference, is_for_editors
from builder.content.model import companions
from builder.content.model.access import Appointment, Online, Quota, Visits
from builder.content.model.amounts import Price
from builder.content.model.companions import Area, Explanation, Law, LibraryMaterial, Source
from builder.content.model.contacts import Phone
from builder.content.model.disclosure import DisclosureList, DisclosureRow
from builder.content.model.editions import Edition
from builder.content.model.events import Event, EventItem, EventOption, EventQuestion, Life
from builder.content.model.fees import Band, Fee, Reduction
from builder.content.model.item import (
    Basis,
    Benefit,
    Condition,
    Extension,
    FormFile,
    Item,
    Output,
    Participant,
    Variant,
)
from builder.content.model.kinds import BY_NAME, RECORD_KINDS
from builder.content.model.materials import AnyOf, Copies, Material, MaterialGroup
from builder.content.model.moved import Moved
from builder.content.model.quantities import ApplicationPeriod, DisclosureTerm, Duration
from builder.content.model.signoffs import MARK
from builder.content.model.steps import Branch, Ending, Step, Work
from builder.content.model.tables import Table
from builder.content.model.whom import Whom
from builder.content.settings import Colors, ReviewSettings, Settings, SeverityOf

MAIN, ENDED, FAR = "main", "ended", "far"  # the item that states everything, one out of force, one of another area
AREA = "zhen"
ENDS = {"name", "status", "status_note", "cancelled_on", "replaced_by"}

OF_LIBRARY = {"source", "later", "promise"}  # where the item does not say it, the library does

# Where fields exclude each other, or one is shown only for want of another: what is left out of each of several records.
SHAPES: Mapping[type[Record], tuple[set[str], ...]] = {
    Moved: ({"gone", "department"}, {"to"}),
    Item: (ENDS - {"name"}, set(Item.model_fields) - ENDS),
    Condition: ({"any"}, {"all"}),
    Step: ({"next"}, {"question", "branches"}),
    Material: ({"name", "issuer", *OF_LIBRARY}, {"name", "issuer"}, {"ref"}),
    Fee: (
        {"percent", "of", "bands", "whole", "first_free"},
        {"amount", "bands", "whole"},
        {"amount", "percent", "first_free", "per"},
    ),
    Band: ({"from_", "to", "percent"}, {"what", "amount"}),
    Reduction: ({"percent", "amount"}, {"free", "amount"}, {"free", "percent"}),
    Output: ({"name"}, {"ref"}),
    FormFile: ({"title", "where", "file", "sample"}, {"ref"}),
    Extension: ({"by"}, {"to"}),
    Participant: ({"unit"}, {"ref"}),
    Basis: ({"text"}, {"law"}),
    Branch: (set(), {"text"}),
    DisclosureRow: (set(), set(), set()),
    DisclosureTerm: ({"within", "after", "lasts"}, {"cycle", "lasts"}, {"cycle", "within", "after"}),
    LibraryMaterial: ({"how"}, {"issuer"}),
    Whom: (set(), {"certificates"}),  # a case has those of its item
}

# What cannot be any text: what is written, and what is then to be read; with "|" one of several ways of saying it.
# "{n}" is another number each time.
WRITTEN: Mapping[tuple[type[Record], str], tuple[object, str]] = {
    (Phone, "number"): ("022-6577{n}", "0226577{n}|022-6577 {n}"),
    (ApplicationPeriod, "when"): ("每年9月20日至9月30日", "每年9月20日至9月30日"),
    (Item, "name_en"): ("Name {n}", "Name {n}"),
    (Quota, "number"): ("3{n}", "3{n}"),
    (Table, "columns"): (["档次", "标准栏"], "标准栏"),
    (Table, "rows"): ([["甲格", "乙格"], "丙格 | 丁格"], "丁格"),
    (Visits, "times"): ("9", "9次"),
    (Visits, "proxy"): ("是", "可以托人代办"),
    (Appointment, "url"): ("https://www.yu{n}.cn", "www.yu{n}.cn"),
    (Online, "url"): ("https://www.zi{n}.cn/{n}", "www.zi{n}.cn/{n}"),
    (Copies, "original"): (11, "原件11份"),
    (Copies, "copy"): (13, "复印件13份"),
    (FormFile, "copies"): (17, "17份"),
    (Benefit, "percent"): (37, "37%"),
    (Fee, "percent"): ("37.5", "37.5%"),
    (Fee, "whole"): ("是", "整笔按所在的一档收"),
    (Fee, "at_most"): ("是", "不超过"),
    (Fee, "first_free"): ("是", "首次不收"),
    (Band, "from"): ("{n}亩", "{n}亩至"),
    (Band, "to"): ("{n}亩", "至{n}亩"),
    (Band, "percent"): ("37.25", "37.25%"),
    (Reduction, "free"): ("是", "不收"),
    (Reduction, "percent"): ("61", "只收61%"),
    (Branch, "to"): (Ending.RETURNED.value, "退回|转到第2步"),
    (Step, "do"): ("走第一步{n}", "走第一步{n}"),
    (Explanation, "word"): ("第一步", "<b>第一步</b>"),
    (Step, "id"): ("s-{n}", ""),
    (Step, "kind"): ("踏勘", "踏勘"),
    (Work, "kind"): ("听证", "听证"),
    (Work, "counted"): ("是", "，算在办理时限里"),
    (Step, "counted"): ("否", "不算在办理时限里"),
    (Step, "next"): (Ending.REFERRED.value, "转其他部门办理"),
    (Material, "returned"): ("是", "核对后退还"),
    (Material, "held"): ("是", "会收走，问清什么时候还"),
    (LibraryMaterial, "lasting"): ("是", '"lasting":true'),
    (Condition, "text"): ("有户口{n}", "有户口{n}"),  # in words, what `whom` states
    (Whom, "income"): ("低保以下", "低保"),
    (Whom, "age"): ("0+", "&#34;0岁以上&#34;"),
    (Material, "optional"): ("是", "可以不交"),
    (Material, "later"): ("19个工作日", "19个工作日内补交"),
    (Material, "promise"): ("《承诺书{n}》", "可以写《承诺书{n}》代替"),
    (LibraryMaterial, "later"): ("是", "以后补交"),
    (LibraryMaterial, "promise"): ("是", "可以写承诺书代替"),
    (Variant, "replaces"): (["eligibility", "materials"], "这种情形只看这里列的条件"),
    (companions.Place, "kind"): ("办事大厅", "中心和大厅"),
    (Law, "status"): ("已被代替", "已被代替"),
    (Source, "sample"): ("是", "不能作为办事依据"),
    (Item, "status"): ("暂停", "暂停"),
    (Moved, "to"): (f"items/{MAIN}.html", f'href="../items/{MAIN}.html"'),
    (EventItem, "if"): (["bie=de"], ""),
    (EventItem, "people"): (["本人=孩子"], ""),
    (EventQuestion, "before"): (["lao"], ""),
    (Moved, "answers"): (["lao"], ""),
    (Life, "business"): ("是", '"BusinessEvent"'),
    (EventItem, "maybe"): ("是", "可办可不办"),
    (DisclosureList, "status"): ("公开", ""),
    (Item, "handling"): ("承诺件", "承诺件"),
    (Edition, "code"): ("AB{n}", "AB{n}"),
    (SeverityOf, "rule"): ("R204", ""),
    (ReviewSettings, "required"): ("是", ""),
    (Settings, "locale"): ("zh-Hans", ""),
    (Settings, "base_url"): ("https://www.zi{n}.cn", '"canonical" href="https://www.zi{n}.cn/'),
    (Colors, "main"): ("#123456", ""),
    (Colors, "link"): ("#123456", ""),
    (Colors, "mark"): ("#123456", ""),
    (Settings, "mark"): ("磨", "磨"),
    (Settings, "search"): ("否", ""),
    (Settings, "print_guides"): ("是", ""),
    (Settings, "pdf"): ("是", "下载 PDF"),
    (Settings, "open_data"): ("是", "数据开放"),
}

# What is not to be read: it decides what stands where, or how it looks.
DECIDES = {(Step, "id"), (Step, "visibility"), (Item, "visibility"), (Settings, "locale"), (Settings, "search"),
           *((EventItem, name) for name in ("case", "if", "people", "after")), *((EventOption, name) for name in ("holds", "fails")),
           (EventQuestion, "before"), (Moved, "answers"), *((Event, name) for name in ("starts", "people", "only_one")), (Settings, "print_guides"), *((Colors, name) for name in Colors.model_fields)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: the kind of file, the keys by which one comes to it there, and the field itself."""

    kind: str
    way: tuple[str, ...]
    record: type[Record]

    @property
    def field(self) -> tuple[type[Record], str]:
        """The field, by the key that editors write."""
        return self.record, self.way[-1]

    def __str__(self) -> str:
        return f"{self.kind}: {'.'.join(self.way)}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A field that is stated, and what is then to be read."""

    place: Place
    text: str
    for_editors: bool


class StatedSite:
    """The records of the site by kind and id as editors write them, and what each of their fields is known by."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._records: dict[str, dict[str, Any]] = {kind.name: {} for kind in RECORD_KINDS}
        self._number = 1000
        self._made: Counter[type[Record]] = Counter()
        self._records["area"] = {
            "shangji": {"name": "上级", "level": "市级"},
            "cun": {"name": "远村", "level": "村社区"},
        }
        self._records["area"][AREA] = self._record(Area, "area")
        main, ended = (self._record(Item, "item") for _ in range(2))
        for first, last in (main["steps"], *(variant["steps"] for variant in main["variants"])):
            first["branches"][0]["to"] = last["id"]
        # Areas are told apart only where there are several.
        self._records["item"] |= {MAIN: main, ENDED: ended, FAR: {"name": "远处的事"}}
        for kind, id in (
            ("disclosure", "qingdan"),
            ("booklet", "shouce"),
            ("page", "guanyu"),
            ("event", "dashi"),
            ("edition", MAIN),
            ("signoff", "a1b2c3d4"),
            ("moved", "items/jiu.html"),
            ("moved", "items/chexia.html"),
        ):
            self._records[kind][id] = self._record(BY_NAME[kind].record, kind)
        for kind in ("terms", "glossary", "import"):
            self._records[kind][kind] = self._record(BY_NAME[kind].record, kind)
        self.settings = self._record(Settings, "site")

    @property
    def files(self) -> Iterator[tuple[str, str]]:
        """Every content file with its text."""
        for kind in RECORD_KINDS:
            pattern = kind.pattern.pattern.replace("\\", "").replace("(?:yaml|md)", "yaml")
            if kind.many:
                yield f"content/{pattern}", json.dumps(self._records[kind.name], ensure_ascii=False)
            for id, raw in {} if kind.many else self._records[kind.name].items():
                path = re.sub(r"\(\?P<id>.*?\)", id, pattern.replace("(?P<area>[^/]+)", "cun" if id == FAR else AREA))
                yield (
                    f"content/{path}",
                    _front_matter(raw) if path.endswith(".md") else json.dumps(raw, ensure_ascii=False),
                )

    def _record(self, record: type[Record], kind: str, way: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return what an editor writes who leaves nothing out, in the next of the record's shapes."""
        shapes = SHAPES.get(record, (set(),))
        left_out = shapes[self._made[record] % len(shapes)]
        self._made[record] += 1
        if way[-1:] in (("all",), ("any",)):
            left_out = {"all", "any"}  # conditions inside a condition hold none
        fields = {info.alias or name: info for name, info in record.model_fields.items() if name not in left_out}
        return {key: self._field(Place(kind, (*way, key), record), info) for key, info in fields.items()}

    def _field(self, place: Place, info: FieldInfo) -> object:
        if place.field in WRITTEN:
            written, read = WRITTEN[place.field]
            self._number += 1
            self._known_by(place, read.format(n=self._number))
            return written.format(n=self._number) if isinstance(written, str) else written
        return self._value(place, info.annotation, tuple(info.metadata))

    def _known_by(self, place: Place, text: str) -> None:
        root = Settings if place.kind == "site" else BY_NAME[place.kind].record
        self.marks.append(Mark(place, text, is_for_editors(root, place.way)))

    def _value(self, place: Place, annotation: Any, metadata: tuple[Any, ...]) -> object:
        """Return a value of the type `annotation`."""
        arguments, origin = get_args(annotation), get_origin(annotation)
        if origin is Annotated:
            return self._value(place, arguments[0], (*arguments[1:], *metadata))
        if origin in (Union, UnionType):
            (stated,) = (one for one in arguments if one is not NoneType and _bare(one) is not Absence)
            return self._value(place, stated, metadata)
        if origin is tuple:
            return self._values(place, _bare(arguments[0]), arguments[0], metadata)
        if issubclass(annotation, Choice):
            label = next(iter(annotation)).label
            self._known_by(place, label)
            return label
        if issubclass(annotation, Record) and annotation is not Duration:
            return self._record(annotation, place.kind, place.way)
        return self._plain(place, annotation, metadata)

    def _values(self, place: Place, bare: Any, annotation: Any, metadata: tuple[Any, ...]) -> list[object]:
        """Return a list with each shape of what it holds; of materials all sorts, inside a group only single ones."""
        if get_origin(bare) in (Union, UnionType):
            sorts = (Material, AnyOf, MaterialGroup) if place.way[-2:] in _NO_GROUP else (Material,)
            return [self._record(one, place.kind, place.way) for one in sorts for _ in SHAPES.get(one, (0,))]
        least = max((getattr(one, "min_length", None) or 1 for one in metadata), default=1)
        return [self._value(place, annotation, ()) for _ in range(max(len(SHAPES.get(bare, (0,))), least))]

    def _plain(self, place: Place, annotation: type, metadata: tuple[Any, ...]) -> object:
        self._number += 1
        if to := next((one.to for one in metadata if isinstance(one, Reference)), ""):
            return self._target(place, to)
        pattern = next((str(one.pattern) for one in metadata if getattr(one, "pattern", None)), "")
        day = date(2030, 1, 1) + timedelta(days=self._number)
        written, read = {
            date: (str(day), f"{day.year}年{day.month}月{day.day}日|{day}"),
            Duration: (f"{self._number % 1000}天", f"{self._number % 1000}天"),
            Decimal: (str(self._number), f"{self._number}元"),
            Price: (str(self._number), f"{self._number}元"),
            int: (str(self._number), f"{self._number}KB|{self._number}至"),
            str: (text := _PATTERNED.get(pattern, "字{n}").format(n=self._number), text),
        }[annotation]
        self._known_by(place, read)
        return written

    def _target(self, place: Place, kind: str) -> str:
        """Return the id of a record to which nothing else refers; of an area the one that there is, or the one above it."""
        if kind == "area":
            area = AREA if AREA in self._records["area"] else "shangji"
            self._known_by(place, self._records["area"][area].get("short", "上级"))
            return area
        record, id = BY_NAME[kind].record, f"{kind}-{self._number}"
        called = "name" if "name" in record.model_fields else "title"
        whole = kind != "item" and place.record is not Whom and self._made[record] < len(SHAPES.get(record, (0,)))
        target = self._record(record, kind) if whole else {called: f"名{id}"}
        self._records[kind][id] = {"kind": "办事大厅", **target} if kind == "place" else target
        self._known_by(place, target[called])
        return id


_NO_GROUP = (("materials",), ("variants", "materials"))


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _front_matter(raw: Mapping[str, Any]) -> str:
    lines = [f"{key}: {value}" for key, value in raw.items() if key != "body"]
    return "\n".join(("---", *lines, "---", "", raw["body"], ""))


_URL = "https://www.zi{n}.cn"
_PATTERNED = {
    r"^(https?://[^\s]+)?$": _URL,
    r"^https?://[^\s]+$": _URL,
    FILE_NAME: "zi{n}.pdf",
    SLUG: "zi-{n}",
    MARK: "{n:08}",
    r"^(\d{6})?$": "30{n}",
    r"^(\d{10})?$": "300000{n}",
}
