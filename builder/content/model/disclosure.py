"""What has to be made public (政务公开): the requirement on an item, and the list of everything an office discloses.

The lists are tables of seven columns (序号, 具体职责, 业务事项, 信息类别, 内容标准, 公开时限, 公开形式) whose cells are merged
downwards; here the duty stands once, above its rows.
"""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field

from builder.content.fields import Choice, ForEditors, Line, Many, Record
from builder.content.model.quantities import DisclosureTerm
from builder.content.model.references import AreaRef, DepartmentRef, ItemRef, Provenance


class DisclosureForm(Choice):
    """公开形式. Where the lists word one form in several ways, each way is understood."""

    SITE_TOPIC = "site-topic", "政府网站专题公开"
    SITE_ORDINARY = "site-ordinary", "政府网站常规公开"
    SITE = "site", "政府网站公开"
    ORDINARY = "ordinary", "常规公开"
    COMMUNITY_BOARD = "community-board", "社区居务公开栏"
    VILLAGE_BOARD = "village-board", "村（居）务公开栏"
    TOWN_BOARD = "town-board", "乡政务公开栏"
    TOWN_SEAT = "town-seat", "乡所在地公示"
    POSTED = "posted", "张贴公示"
    PURCHASE = "purchase", "购买"

    @classmethod
    def of(cls, text: object) -> Self:
        """Return the member with this value, label or other wording. Raises ValueError naming those that there are."""
        return super().of(_WORDINGS.get(text, text) if isinstance(text, str) else text)

    @classmethod
    def written(cls) -> list[str]:
        """Return the words that content may use, those of the lists among them."""
        return [*super().written(), *_WORDINGS]


_WORDINGS = {
    "政府网站专题集中公开": "site-topic",
    "政府网站集中公开": "site-topic",
    "政府网站常规": "site-ordinary",
    "政府网站": "site",
    "网站公开": "site",
    "村(居)务公开栏": "village-board",
    "申请人户口所在地、居住地及工作单位张贴": "posted",
    "申请人户口所在地、居住地及工作单位张贴公示": "posted",
}


class Disclosure(Record):
    """政务公开的要求。"""

    category: str = Field("", title="信息类别", max_length=60)
    term: DisclosureTerm | None = Field(
        None, title="公开时限", description="如 实时公开、15个工作日、按季度、公示期限10日"
    )
    form: Many[DisclosureForm] = Field((), title="公开形式", description="如 政府网站常规公开、村（居）务公开栏")


class ContentPart(Record):
    """内容标准里的一个要素。可以只写名称。"""

    shorthand: ClassVar[str] = "name"
    in_brackets: ClassVar[tuple[str, ...]] = ("parts",)

    name: Line = Field(title="要素", description="如 联系方式")
    parts: Many[Line] = Field((), title="细分", description="如 办公电话、传真")


class DisclosureRow(Record):
    """公开清单里的一行。"""

    in_brackets: ClassVar[tuple[str, ...]] = ("content", "form", "items")

    seq: str = Field("", title="序号", max_length=10)
    business: str = Field("", title="业务事项")
    category: Line = Field(title="信息类别")
    content: Many[ContentPart] = Field((), title="内容标准", description="要公开哪些要素，一个要素一条")
    term: DisclosureTerm | None = Field(None, title="公开时限")
    form: Many[DisclosureForm] = Field((), title="公开形式")
    items: Many[ItemRef] = Field((), title="对应事项", description="这一行有办事指南的，写事项编号")
    doubt: str = Field(
        "", title="存疑", description="这一行看着像从别处粘来的，写明哪里可疑；会显示在页面上", max_length=120
    )
    note: str = Field("", title="说明")
    at: ForEditors[str] = Field("", title="在资料的哪里", description="如 第113行", max_length=40)


class DisclosureDuty(Record):
    """一项具体职责，和它下面的各行。"""

    duty: Line = Field(title="具体职责")
    rows: Many[DisclosureRow] = Field(title="各行", min_length=1)


class ListStatus(Choice):
    """Whether a list is published."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "公开"


class DisclosureList(Record):
    """政务公开事项清单：按具体职责分组。"""

    title: Line = Field(title="名称", max_length=80)
    status: ForEditors[ListStatus] = Field(
        ListStatus.PUBLISHED, title="状态", description="还没核对、先不公开的写 草稿；不写就是公开"
    )
    department: DepartmentRef | None = Field(None, title="单位")
    area: AreaRef | None = Field(None, title="地区")
    summary: str = Field("", title="一句话说明", max_length=120)
    duties: Many[DisclosureDuty] = Field(title="各项职责", min_length=1)
    provenance: Many[Provenance] = Field((), title="出处")

    @property
    def is_draft(self) -> bool:
        """Whether it is not published yet."""
        return self.status is ListStatus.DRAFT
