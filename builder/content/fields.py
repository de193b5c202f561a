"""How records are declared: the base class, field types, references; and functions that read the declarations.

A field is declared once, as a Pydantic field with a Chinese `title` and `description`. Validation, the labels in
messages, the JSON Schema and the field reference all come from that declaration. Values arrive as text (see
`builder.content.source`) and are converted to the declared type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, cast, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from builder.support.diagnostics import KeyPath

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LENGTH = 80
CHOICES = "只能从这些里选："  # how the message about a wrong choice begins
FILE_NAME = r"^$|^[A-Za-z0-9._-]+$"  # of a file that visitors download, "" for none


class Record(BaseModel):
    """Base class of the records in content files. Unknown keys are errors. A key without a value counts as absent."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    # The field that a plain text sets if the editor writes "- 户口簿" instead of a record with keys.
    shorthand: ClassVar[str] = ""

    # The field by which lists sort the records of a library in pinyin order; "" for records that are not sorted.
    sorted_by: ClassVar[str] = ""

    # The field after which editors write those that this record has of its base class; "" for before its own.
    base_after: ClassVar[str] = ""

    # Whether it is written on one line, {amount: 50, per: 亩}, where nothing beside it is written otherwise.
    in_braces: ClassVar[bool] = False

    # The keys whose lists of texts are written on one line, say: [甲, 乙], where they fit; others have a line an entry.
    in_brackets: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_raw(cls, raw: object) -> object:
        if isinstance(raw, dict):
            return {key: value for key, value in raw.items() if value is not None} if None in raw.values() else raw
        return {cls.shorthand: raw} if isinstance(raw, str) and cls.shorthand else raw

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        shape = handler(schema)
        properties = handler.resolve_ref_schema(shape)["properties"]
        for key, field in declared(cls).items():
            if field.for_editors:
                properties[key]["description"] = field.description
        if not cls.shorthand:
            return shape
        return {"anyOf": [{"type": ["string", "number"]}, shape], "title": shape.get("title", "")}


class Choice(StrEnum):
    """An enumeration. Content files may use the English value, the Chinese label, or another Chinese name of a member."""

    label: str
    other_names: tuple[str, ...]

    def __new__(cls, value: str, label: str, *other_names: str) -> Self:
        """Create a member from its English value, its Chinese label, and what else editors call it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.other_names = other_names
        return member

    @classmethod
    def of(cls, text: object) -> Self:
        """Return the member with this value or name. Raises `ValueError`, whose message lists all members."""
        member = _members(cls).get(text) if isinstance(text, str) else None
        if member is None:
            choices = "、".join(f"{member.label}（{member.value}）" for member in cls)
            raise ValueError(f"{CHOICES}{choices}")
        return cast("Self", member)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        serialization = core_schema.to_string_ser_schema()
        return core_schema.no_info_plain_validator_function(cls.of, serialization=serialization)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"enum": cls.written()}

    @classmethod
    def written(cls) -> list[str]:
        """Return the words that content may use, the Chinese ones first."""
        return [*cls.names(), *(member.value for member in cls)]

    @classmethod
    def names(cls) -> list[str]:
        """Return the Chinese names that content may use: the labels, then other names."""
        return [member.label for member in cls] + [name for member in cls for name in member.other_names]


@cache
def _members(choice: type[Choice]) -> Mapping[object, Choice]:
    return {name: member for member in choice for name in (member.label, member.value, *member.other_names)}


_ABSENCE_PHRASES = ("没有", "不收费", "免费", "不限", "不用", "不需要")  # what editors write instead of 无


class Absence(Choice):
    """States that there is no value, for example no fee. A field that is not set means that the value is *unknown*."""

    NONE = "none", "无"
    NOT_APPLICABLE = "n/a", "不适用"

    @classmethod
    def of(cls, text: object) -> Self:
        """Return the member with this value, label or phrase. Raises `ValueError`, whose message lists all members."""
        return super().of("none" if text in _ABSENCE_PHRASES else text)

    @classmethod
    def written(cls) -> list[str]:
        """Return the words that content may use, the Chinese ones first."""
        return [*super().written(), *_ABSENCE_PHRASES]


T = TypeVar("T")


def _as_list(value: object) -> object:
    return value if isinstance(value, (list, tuple)) or value is None else [value]


# A list of one value may be written as the plain value: "topics: shehui-baozhang".
Many = Annotated[tuple[T, ...], BeforeValidator(_as_list)]


def _stated_tag(value: object) -> str:
    return "absent" if isinstance(value, str) and value.strip() in _ABSENCE_WORDS else "stated"


_ABSENCE_WORDS = frozenset(Absence.written())


# A value, or an `Absence`. Add "| None" if the value may be unknown.
Stated = Annotated[Annotated[Absence, Tag("absent")] | Annotated[T, Tag("stated")], Discriminator(_stated_tag)]


def listed(stated: tuple[T, ...] | Absence | None) -> tuple[T, ...]:
    """Return the entries of a stated list, none where it is not known or known not to be there."""
    return stated if isinstance(stated, tuple) else ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a text field as the id of a record of the kind `to`."""

    to: str


@dataclass(frozen=True, slots=True)
class _ForEditors:
    """Marks a field of which nothing is published."""


@dataclass(frozen=True, slots=True)
class _IsMarkdown:
    """Marks a text that is published as Markdown."""


@dataclass(frozen=True, slots=True)
class _IsPhone:
    """Marks a text that is a phone number."""


@dataclass(frozen=True, slots=True)
class _IsPast:
    """Marks the day of something that has been done."""


NOT_PUBLISHED = "不会公开"  # what the description of such a field ends in

# A value that only those who write content see: a remark on its source, a wording that was not clear.
ForEditors = Annotated[T, _ForEditors()]


@dataclass(frozen=True, slots=True)
class _Quoted:
    """Marks a field that repeats the words of others."""


# Words of others, which stay as they were written, slips and all: an article of a law, what residents type.
Quoted = Annotated[T, _Quoted()]

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=SLUG_LENGTH)]
Text = Annotated[str, StringConstraints(min_length=1)]
MarkdownText = Annotated[str, _IsMarkdown()]


def _checked_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("要写成一行")
    if len(text) > LINE_LIMIT:
        raise PydanticCustomError("string_too_long", "too long for a line", {"max_length": LINE_LIMIT})
    return text


# A validator instead of a constraint: a constraint in the annotation would override that of the field.
LINE_LIMIT = 120
Line = Annotated[str, StringConstraints(min_length=1), AfterValidator(_checked_line)]


_YES, _NO = ("是", "true", "yes"), ("否", "false", "no")


def _as_bool(value: object) -> object:
    if isinstance(value, str) and value not in (*_YES, *_NO):
        raise ValueError("只能写 是 或 否")
    return value in _YES if isinstance(value, str) else value


def _checked_day(value: object) -> object:
    # Pydantic would interpret plain digits as seconds since 1970.
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        raise PydanticCustomError("date_parsing", "not written as 2026-11-03")
    return value


Day = Annotated[date, BeforeValidator(_checked_day)]
PastDay = Annotated[Day, _IsPast()]  # which cannot lie in the future
PhoneText = Annotated[str, _IsPhone()]  # a phone number
Flag = Annotated[
    bool, BeforeValidator(_as_bool, json_schema_input_type=bool | Literal["是", "否", "true", "false", "yes", "no"])
]


def _flag_tag(value: object) -> str:
    return "flag" if isinstance(value, bool) or value in (*_YES, *_NO) else "said"


# Yes, no, or a value that means yes and says more. Add "| None" if it may be unknown.
YesNoOr = Annotated[Annotated[Flag, Tag("flag")] | Annotated[T, Tag("said")], Discriminator(_flag_tag)]


def refuse_pairs(raw: object, keys: tuple[str, str]) -> None:
    """Raise `ValueError` if `raw` maps names to values (夏季: 8:00-12:00), with advice to write entries that have these keys."""
    if isinstance(raw, dict) and len(raw) > 1 and not any(re.match("[a-z_]+$", str(key)) for key in raw):
        entries = "".join(f"“- {{{keys[0]}: {name}, {keys[1]}: {value}}}”" for name, value in raw.items())
        raise ValueError(f"一样写一条：{entries}")


# --- Reading the declarations ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared of a field: under which attribute, what it is called and for, and what may stand in it.

    `records` are the types of record that can stand in it, `choice_types` its closed list, `words` the keys of
    fields that it names. `day` says that it takes a day, `several` that it takes a list, `grid` that each entry is a row
    of cells, `flag` that it takes 是 and 否, `text` that it takes any text, `stated` that it takes 无.
    """

    attribute: str
    label: str
    description: str
    for_editors: bool
    markdown: bool
    past: bool
    quoted: bool
    choice: bool
    phone: bool
    reference: str
    records: tuple[type[Record], ...]
    several: bool
    grid: bool
    flag: bool
    text: bool
    choice_types: tuple[type[Choice], ...]
    words: tuple[str, ...]
    day: bool
    required: bool
    stated: bool

    @property
    def choices(self) -> tuple[str, ...]:
        """The labels of its closed list."""
        return tuple(member.label for choice in self.choice_types for member in choice)


@cache
def declared(record: type[Record]) -> Mapping[str, Declared]:
    """Return what is declared, by the key that editors write, in the order in which they write it."""
    fields = record.model_fields
    of_base = [name for name in fields if name in record.__mro__[1].__dict__.get("__pydantic_fields__", {})]
    own = [name for name in fields if name not in of_base]
    first = own.index(record.base_after) + 1 if record.base_after else 0
    names = (*own[:first], *of_base, *own[first:])
    return {fields[name].alias or name: _declaration(name, fields[name]) for name in names}


def _declaration(name: str, field: FieldInfo) -> Declared:
    leaves = list(_leaves((field.annotation, *field.metadata)))
    for_editors = any(isinstance(leaf, _ForEditors) for leaf in leaves)
    return Declared(
        attribute=name,
        label=field.title or name,
        description="；".join(filter(None, (field.description, NOT_PUBLISHED if for_editors else ""))),
        for_editors=for_editors,
        markdown=any(isinstance(leaf, _IsMarkdown) for leaf in leaves),
        past=any(isinstance(leaf, _IsPast) for leaf in leaves),
        quoted=any(isinstance(leaf, _Quoted) for leaf in leaves),
        choice=any(isinstance(leaf, type) and issubclass(leaf, Choice) and leaf is not Absence for leaf in leaves),
        phone=any(isinstance(leaf, _IsPhone) for leaf in leaves),
        reference=next((leaf.to for leaf in leaves if isinstance(leaf, Reference)), ""),
        records=tuple(leaf for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, Record)),
        several=any(get_origin(leaf) is tuple for leaf in leaves),
        grid=sum(get_origin(leaf) is tuple for leaf in leaves) > 1,
        flag=any(leaf is bool for leaf in leaves),
        text=any(leaf is str for leaf in leaves),
        choice_types=tuple(leaf for leaf in leaves if _is_choice(leaf)),
        words=tuple(leaf for leaf in leaves if isinstance(leaf, str)),
        day=any(leaf is date for leaf in leaves),
        required=field.is_required(),
        stated=any(leaf is Absence for leaf in leaves),
    )


def _is_choice(leaf: Any) -> bool:
    return isinstance(leaf, type) and issubclass(leaf, Choice) and not issubclass(leaf, Absence)


def _leaves(annotations: tuple[Any, ...]) -> Iterator[Any]:
    for annotation in annotations:
        yield annotation
        yield from _leaves(get_args(annotation))


def keys_in_order(record: type[Record]) -> tuple[str, ...]:
    """Return the keys that `record` can have, in the order in which editors write them."""
    return tuple(declared(record))


def attributes(record: type[Record]) -> Mapping[str, str]:
    """Return the name that each key of `record` has in Python, in the order in which editors write them."""
    return {key: field.attribute for key, field in declared(record).items()}


def label(record: type[Record], path: KeyPath) -> str:
    """Return the Chinese label of the field at `path`, or "" if there is no such field."""
    keys = [key for key in path if isinstance(key, str)]
    return fields_at(record, tuple(keys[:-1])).get(keys[-1], "") if keys else ""


def fields_at(record: type[Record], path: KeyPath) -> dict[str, str]:
    """Return the labels of the fields that the record at `path` can have, by name."""
    return {name: field.label for inner in records_at(record, path) for name, field in declared(inner).items()}


@cache
def keys_below(record: type[Record]) -> Mapping[str, frozenset[str]]:
    """Return for each key of `record` the keys that can stand below it at any depth."""
    return {key: _keys_in(field.records) for key, field in declared(record).items()}


def _keys_in(records: Iterable[type[Record]]) -> frozenset[str]:
    seen, queue = set(records), list(records)
    while queue:
        for field in declared(queue.pop()).values():
            queue += [inner for inner in field.records if inner not in seen]
            seen.update(field.records)
    return frozenset(key for inner in seen for key in declared(inner))


def required_at(record: type[Record], path: KeyPath) -> tuple[str, ...]:
    """Return the fields that a record at `path` must have; () where records of several types may stand."""
    records = records_at(record, path)
    return tuple(name for name, field in declared(records[0]).items() if field.required) if len(records) == 1 else ()


def choices_at(record: type[Record], path: KeyPath) -> tuple[str, ...]:
    """Return the Chinese labels of the choices that the field at `path` offers, () if it is not a closed list."""
    fields = list(_along(record, path))[-1:]
    return tuple(choice for found in fields for field in found for choice in field.choices)


def takes_several(record: type[Record], path: KeyPath) -> bool:
    """Return whether the value at `path` may be a list instead of a single value. An entry of a list may not."""
    owners = records_at(record, path[:-1]) if path else ()
    return any(
        declared(owner)[path[-1]].several
        for owner in owners
        if isinstance(path[-1], str) and path[-1] in declared(owner)
    )


def states_absence(record: type[Record], path: KeyPath, text: str) -> bool:
    """Return whether `text` as the value at `path` states that there is nothing: fees: 无."""
    fields = list(_along(record, path))[-1:]
    return text.strip() in _ABSENCE_WORDS and any(field.stated for found in fields for field in found)


def records_at(record: type[Record], path: KeyPath) -> tuple[type[Record], ...]:
    """Return the records that the value at `path` can be, or none if it cannot be a record."""
    records: tuple[type[Record], ...] = (record,)
    for fields in _along(record, path):
        records = tuple(inner for field in fields for inner in field.records)
    return records


def is_for_editors(record: type[Record], path: KeyPath) -> bool:
    """Tell whether the field at `path`, or one around it, is for editors only."""
    return any(field.for_editors for fields in _along(record, path) for field in fields)


def is_markdown(record: type[Record], path: KeyPath) -> bool:
    """Tell whether the field at `path` is Markdown."""
    return any(field.markdown for fields in list(_along(record, path))[-1:] for field in fields)


def is_quoted(record: type[Record], path: KeyPath) -> bool:
    """Tell whether the field at `path`, or one around it, repeats the words of others."""
    return any(field.quoted for fields in _along(record, path) for field in fields)


def is_choice(record: type[Record], path: KeyPath) -> bool:
    """Tell whether the field at `path` takes words of a closed list."""
    return any(field.choice for fields in list(_along(record, path))[-1:] for field in fields)


def descriptions(record: type[Record]) -> Mapping[str, str]:
    """Return what the fields of `record` are for, by the key that editors write; it is said which are for editors only."""
    return {name: field.description for name, field in declared(record).items()}


def _along(record: type[Record], path: KeyPath) -> Iterator[list[Declared]]:
    """Yield the fields that each key of `path` can mean: where an entry may be of several types, there can be some."""
    records: tuple[type[Record], ...] = (record,)
    for key in path:
        if isinstance(key, str):
            fields = [declared(outer)[key] for outer in records if key in declared(outer)]
            yield fields
            records = tuple(inner for field in fields for inner in field.records)


def references(record: Record, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield every reference in `record`: its key path, the kind of record it refers to, and the id."""
    for at, field, value in _marked(record, "reference", path):
        yield at, field.reference, value


def past_days(record: Record, path: KeyPath = ()) -> Iterator[tuple[KeyPath, date]]:
    """Yield every day in `record` that cannot lie in the future, with its key path."""
    for at, _, value in _marked(record, "past", path):
        yield at, value


def markdown_texts(record: Record, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield every Markdown text in `record` with its key path."""
    for at, _, value in _marked(record, "markdown", path):
        yield at, value


def phone_numbers(record: Record, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield every phone number in `record` with its key path."""
    for at, _, value in _marked(record, "phone", path):
        yield at, value


_Mark = Literal["reference", "past", "markdown", "phone"]  # the attribute of a `Declared` that is looked for


def _marked(record: Record, mark: _Mark, path: KeyPath) -> Iterator[tuple[KeyPath, Declared, Any]]:
    """Yield every value in `record` whose field has the `mark`, with its key path."""
    for name, field in _fields_to(type(record), mark):
        value = getattr(record, field.attribute)
        if value is None or value == ():
            continue
        for index, part in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            part_path = (*path, name) if index is None else (*path, name, index)
            if isinstance(part, Record):
                yield from _marked(part, mark, part_path)
            elif getattr(field, mark) and not isinstance(part, Absence):
                yield part_path, field, part


@cache
def _fields_to(record: type[Record], mark: _Mark) -> tuple[tuple[str, Declared], ...]:
    """Return the fields that have the `mark`, or whose records can contain such fields at any depth."""
    return tuple(
        (key, field) for key, field in declared(record).items() if getattr(field, mark) or _contain(field.records, mark)
    )


def _contain(records: Iterable[type[Record]], mark: _Mark) -> bool:
    seen, queue = set(records), list(records)
    while queue:
        for field in declared(queue.pop()).values():
            if getattr(field, mark):
                return True
            queue += [inner for inner in field.records if inner not in seen]
            seen.update(field.records)
    return False


def written_at(raw: object, path: KeyPath) -> object:
    """Return what stands at `path` in plain values; a value in the place of a list stands for its only entry."""
    for step in path:
        if (isinstance(raw, list) and isinstance(step, int)) or (isinstance(raw, dict) and step in raw):
            raw = raw[step]  # type: ignore[index]
    return raw
