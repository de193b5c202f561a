"""The register of editions: what a guide said when its papers were printed, and where they hang.

One file per item or event, kept by ``build.py register``: two people who print different things never edit the same file.
"""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field

from builder.content.fields import Choice, ForEditors, Line, Many, PastDay, Quoted, Record, Text
from builder.content.model.references import PlaceRef

CODE = r"^[0-9A-F]{6}$"


class PaperKind(Choice):
    """What is printed: the sheets of an item, of an event, those of a hall, year charts, and booklets. The values are folders below ``print/``."""

    GUIDE = "guide", "办事指南"
    SHORT = "short", "简版指南"
    NOTICE = "notice", "一次性告知单"
    POSTER = "poster", "流程图海报"
    LEAFLET = "leaflet", "社区宣传页"
    EVENT = "event", "一件事告知单"
    BOARD = "board", "公示栏"
    CARD = "card", "窗口速查卡"
    SIGN = "sign", "窗口吊牌"
    CALENDAR = "calendar", "全年办理日历"
    BOOKLET = "booklet", "手册"

    @classmethod
    def of(cls, text: object) -> Self:
        """Return the member with this value, label or short name. Raises ValueError naming those that there are."""
        return super().of(_SHORT_NAMES.get(text, text) if isinstance(text, str) else text)


_SHORT_NAMES = {
    "指南": "guide",
    "完整指南": "guide",
    "简版": "short",
    "一页": "short",
    "告知单": "notice",
    "流程图": "poster",
    "海报": "poster",
    "宣传页": "leaflet",
    "一件事": "event",
    "一次性告知单（一件事）": "event",
    "速查卡": "card",
    "吊牌": "sign",
    "日历": "calendar",
    "办理日历": "calendar",
}


class Paper(Record):
    """印出来的一种纸，和它在哪里。"""

    in_braces: ClassVar[bool] = True

    kind: PaperKind = Field(
        title="什么纸",
        description="办事指南、简版指南、一次性告知单、流程图海报、社区宣传页、一件事告知单、公示栏、窗口速查卡、窗口吊牌、全年办理日历、手册",
    )
    place: PlaceRef | None = Field(None, title="在哪个地点", description="地点库（places）里的编号")
    note: str = Field("", title="具体位置", description="如 进门左边公示栏", max_length=60)
    copies: int | None = Field(None, title="份数", ge=1, le=100_000)


class SaidPart(Record):
    """当时指南里的一部分。"""

    part: Line = Field(title="哪一部分")
    lines: Many[Text] = Field(title="写了什么", min_length=1)


class Edition(Record):
    """一版：一次印出来的内容。"""

    code: str = Field(title="版本号", description="印在纸上的六位", pattern=CODE)
    date: PastDay = Field(title="登记日期")
    papers: ForEditors[Many[Paper]] = Field((), title="印了什么、在哪里", description="要重印时提醒您")
    said: Quoted[Many[SaidPart]] = Field((), title="当时的内容", description="程序写的，用来说出后来改了什么")


class Register(Record):
    """版本登记：一个事项或一件事印过的各版，先印的在前。由 register 命令写。"""

    editions: Many[Edition] = Field(title="各版", min_length=1)
