"""Materials (申请材料): what to bring, in what form, how many; one of several; in groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from builder.content.fields import SLUG, Choice, Flag, Line, Many, Record, YesNoOr
from builder.content.model.quantities import Duration
from builder.content.model.quantities.durations import duration_parts
from builder.content.model.references import MaterialRef, ref_or
from builder.support.diagnostics import KeyPath


class Form(Choice):
    """In what form a material is handed in or shown."""

    ORIGINAL = "original", "原件"
    COPY = "copy", "复印件"
    CHECKED = "checked", "原件核对"
    ELECTRONIC = "electronic", "电子版"
    PHOTO = "photo", "照片"
    FORM = "form", "表格"


class MaterialSource(Choice):
    """来源渠道: where a material comes from, as the national catalogue divides it (GB/T 39554), and what need not be brought."""

    APPLICANT = "applicant", "申请人自备"
    GOVERNMENT = "government", "政府部门核发"
    AGENCY = "agency", "中介机构或法定机构产生"
    OTHER = "other", "其他"
    SHARED = "shared", "部门共享，不用交"


_MADE = (Form.FORM, Form.PHOTO, Form.ELECTRONIC)  # made for this purpose: how many is how many of them


class Whose(Choice):
    """Whose paper a material is. The same 身份证 of two people are two papers, which only this tells."""

    SELF = "self", "本人", "申请人", "参保人"
    PROXY = "proxy", "代办人", "代理人", "受托人", "经办人"
    DECEASED = "deceased", "去世的人", "死者", "逝者"
    HEIR = "heir", "继承人", "法定继承人"
    CHILD = "child", "孩子", "子女", "新生儿"
    PARENT = "parent", "父母", "家长", "监护人"
    SPOUSE = "spouse", "配偶"
    BOTH = "both", "双方", "夫妻双方"
    HOUSEHOLDER = "householder", "户主"
    FAMILY = "family", "全家", "家庭成员"
    GUARANTOR = "guarantor", "担保人"
    HANDLER = "handler", "单位经办人", "单位办事人员"
    EMPLOYEE = "employee", "新员工", "招用人员"


def _how_soon(value: object) -> object:
    """Return a length of time, of 5个工作日内补齐 the 5个工作日内. What has no length, such as 当场, is refused."""
    if not isinstance(value, str):
        return value
    text = re.sub("(?:补齐|补交|补正|补充|提交|交齐)$", "", value)
    try:
        has_length = "n" in duration_parts(text)
    except ValueError:
        has_length = False
    if not has_length:
        raise ValueError("写多久以内补交，如 5个工作日；不限时间写 是，不行写 否")
    return text


def _named_promise(text: str) -> str:
    if re.fullmatch(SLUG, text) or (
        len(text) < 5 and not re.search("[书表函单》]", text)
    ):  # an id, or a word such as 可以
        raise ValueError("写承诺书的名称，如 《告知承诺书》；没有名称写 是，不行写 否；空白的承诺书写在 forms 里")
    return text


# 容缺受理: accepted without it, and how soon it must follow. 告知承诺: a written promise stands for it, and what that is called.
Later = YesNoOr[Annotated[Duration, BeforeValidator(_how_soon)]]
Promise = YesNoOr[Annotated[Line, AfterValidator(_named_promise)]]


class Copies(Record):
    """份数：可以只写一个数。"""

    shorthand: ClassVar[str] = "copy"

    original: int | None = Field(None, title="原件份数", ge=0, le=20)
    copy_: int | None = Field(None, alias="copy", title="复印件份数", description="照片写张数", ge=0, le=20)


class Spec(Record):
    """照片、电子文件、纸张的规格。"""

    paper: str = Field("", title="纸张", description="如 A4", max_length=10)
    size: str = Field("", title="尺寸", description="如 1寸、2寸", max_length=20)
    pixels: str = Field("", title="像素", description="宽×高，如 358×441", max_length=20)
    format: str = Field("", title="文件格式", description="如 JPG", max_length=10)
    kb_min: int | None = Field(None, title="文件至少多少KB", ge=1)
    kb_max: int | None = Field(None, title="文件至多多少KB", ge=1)
    background: str = Field("", title="底色", description="如 白底、蓝底", max_length=10)
    colour: str = Field("", title="彩色或黑白", max_length=10)

    @model_validator(mode="after")
    def _can_be(self) -> Spec:
        if self.kb_min and self.kb_max and self.kb_min > self.kb_max:
            raise ValueError(f"文件至少{self.kb_min}KB、至多{self.kb_max}KB，两个数是不是写反了？")
        return self


class Material(Record):
    """申请材料：要带的一份东西。材料库里有的写编号（ref），没有的写名称（name）。"""

    shorthand: ClassVar[str] = "ref"
    entries: ClassVar[tuple[()]] = ()
    entries_key: ClassVar[str] = ""

    ref: MaterialRef | None = Field(None, title="材料编号", description="材料库（materials.yaml）里的编号")
    name: str = Field("", title="材料名称", description="材料库里没有时写；有编号时可以不写", max_length=80)
    whose: Whose | None = Field(
        None,
        title="谁的",
        description=f"{'、'.join(one.label for one in Whose)}；名称、说明里看得出的也写，页面不会说两遍；不写就是不知道",
    )
    form: Many[Form] = Field(
        (), title="形式", description="原件、复印件、原件核对（看原件，留复印件）、电子版、照片、表格；不写就是不知道"
    )
    copies: Copies | None = Field(
        None, title="份数", description="只写一个数就是复印件份数；也可以分别写 original 和 copy"
    )
    pages: Many[Line] = Field((), title="复印哪些页", description="如 首页、户主页、本人页、正反面")
    spec: Spec | None = Field(None, title="规格", description="照片尺寸、文件格式、纸张")
    seal: Many[Line] = Field((), title="要盖的章或签字", description="如 单位公章、现金收讫章、本人签字")
    issuer: str = Field("", title="由谁出具", max_length=60)
    validity: Duration | None = Field(
        None, title="多久以内的才有效", description="如 3个月；证件还要剩多久的，写 不少于6个月"
    )
    when: str = Field("", title="什么情况才要", description="不写就是人人都要", max_length=80)
    returned: Flag = Field(False, title="核对后退还")
    held: Flag = Field(False, title="会收走", description="收去一段时间，这段时间里别的事用不了它")
    optional: Flag = Field(False, title="可以不交")
    source: MaterialSource | None = Field(
        None,
        title="来源渠道",
        description="申请人自备、政府部门核发、中介机构或法定机构产生、其他；部门之间查得到的，写 部门共享，不用交",
    )
    later: Later | None = Field(
        None, title="容缺受理", description="没有也先受理、以后补交的，写多久以内补交，如 5个工作日；不限时间写 是"
    )
    promise: Promise | None = Field(
        None, title="告知承诺", description="可以写承诺书代替的，写承诺书的名称，如 《告知承诺书》；没有名称写 是"
    )
    note: str = Field("", title="说明")

    @model_validator(mode="before")
    @classmethod
    def _bare_text(cls, raw: object) -> object:
        return ref_or(raw, "ref", "name")

    @property
    def asked(self) -> Mapping[Form, int | None]:
        """The forms in which it is asked for, in their order, each with how many, None where that is not said.

        {} where no form is known. Forms that only a number tells of (``copies: {original: 1}``) are among them.
        """
        if self.copies:
            return _asked(self.form, self.copies.original, self.copies.copy_)
        return _asked(self.form, None, None)

    @property
    def number(self) -> int | None:
        """How many are asked for where no form is known; None if that is not said either."""
        return self.copies.copy_ if self.copies and not self.asked else None

    @model_validator(mode="after")
    def _is_named(self) -> Material:
        if not self.ref and not self.name:
            raise ValueError("材料要写 ref（材料库里的编号）或 name（名称）")
        if self.held and self.form and not {Form.ORIGINAL, Form.CHECKED} & set(self.form):
            raise ValueError("收走的是原件，form（形式）里要有 原件")
        if self.source is MaterialSource.SHARED and (self.later or self.promise):
            raise ValueError("部门共享的不用交，later（容缺受理）和 promise（告知承诺）就不写")
        return self


@lru_cache(maxsize=1024)
def _asked(written: tuple[Form, ...], originals: int | None, copies: int | None) -> Mapping[Form, int | None]:
    """Return `Material.asked`, from its forms as written and its numbers."""
    paper_and_file = set(written) == {Form.ORIGINAL, Form.ELECTRONIC}
    if (written == (Form.ORIGINAL,) or paper_and_file) and originals is None:  # what a bare number then counts
        originals, copies = copies, None
    forms = dict.fromkeys(written)
    if not forms and not originals:
        return MappingProxyType({})
    made = any(form in _MADE for form in forms)
    if originals and Form.ORIGINAL not in forms and not made:
        forms = {Form.ORIGINAL: None, **forms}
    if copies and (originals or not made) and Form.COPY not in forms and Form.CHECKED not in forms:
        forms[Form.COPY] = None
    counts = {Form.ORIGINAL: originals, Form.COPY: copies, Form.CHECKED: copies}
    if paper_and_file:
        counts[Form.ELECTRONIC] = None
    return MappingProxyType({form: counts.get(form, originals or copies) or None for form in forms})


class AnyOf(Record):
    """任选其一的材料。"""

    entries_key: ClassVar[str] = "any_of"

    title: str = Field("", title="小标题", description="如 居住证明", max_length=60)
    when: str = Field("", title="什么情况才要", max_length=80)
    any_of: Many[MaterialEntry] = Field(title="任选其一", description="几样里交一样就行", min_length=2)
    note: str = Field("", title="说明")

    @property
    def entries(self) -> tuple[MaterialEntry, ...]:
        """What stands in it."""
        return self.any_of


class MaterialGroup(Record):
    """一组材料，有小标题，可以再分组。"""

    entries_key: ClassVar[str] = "materials"

    group: Line = Field(title="小标题", description="这组材料的名称，如 担保人材料")
    when: str = Field("", title="什么情况才要", max_length=80)
    note: str = Field("", title="说明", description="对整组的要求，如 复印件都用A4纸")
    materials: Many[MaterialEntry] = Field(title="材料", min_length=1)

    @property
    def entries(self) -> tuple[MaterialEntry, ...]:
        """What stands in it."""
        return self.materials

    @property
    def title(self) -> str:
        """Its heading."""
        return self.group


def _entry_kind(raw: object) -> str:
    # No kind is named like a field: key paths of errors hold both, and only fields must stay.
    keys: Any = raw if isinstance(raw, dict) else type(raw).model_fields if isinstance(raw, Record) else ()
    return "any-of" if "any_of" in keys else "a-group" if "group" in keys or "materials" in keys else "material"


MaterialEntry = Annotated[
    Annotated[Material, Tag("material")] | Annotated[AnyOf, Tag("any-of")] | Annotated[MaterialGroup, Tag("a-group")],
    Discriminator(_entry_kind),
]


# These name each other, so they can only be completed here.
for _record in (AnyOf, MaterialGroup):
    _record.model_rebuild()


# --- In the order in which they are written --------------------------------------------------------------------------


class Entry(Protocol):
    """A material, or a group of entries: as editors write them, or in words."""

    @property
    def entries(self) -> tuple[Any, ...]:
        """What stands in a group; nothing stands in a material."""

    @property
    def entries_key(self) -> str:
        """The key of the field that holds them."""


E = TypeVar("E", bound=Entry)


class Placed(NamedTuple, Generic[E]):
    """An entry with the groups around it, the outermost first, and its key path in the list."""

    entry: E
    around: tuple[Any, ...]
    path: KeyPath


def in_order(entries: Iterable[E], around: tuple[Any, ...] = (), path: KeyPath = ()) -> Iterator[Placed[E]]:
    """Yield every material and every group, a group before what stands in it."""
    for index, entry in enumerate(entries):
        yield Placed(entry, around, (*path, index))
        if entry.entries:
            yield from in_order(entry.entries, (*around, entry), (*path, index, entry.entries_key))
