"""Phones, when somebody is there, and where one can complain."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, model_validator

from builder.content.fields import Many, PhoneText, Record, Text, refuse_pairs
from builder.content.phone_numbers import PATTERN


class Phone(Record):
    """电话：可以只写号码。"""

    shorthand: ClassVar[str] = "number"

    number: PhoneText = Field(
        title="号码",
        description="带区号，如 022-65775272、010-67322223-110；热线如 12345 直接写",
        pattern=PATTERN,
    )
    label: str = Field("", title="是谁的", description="这个电话是哪里的，如“咨询”“塘沽社险分中心”", max_length=30)
    hours: str = Field("", title="什么时间有人接", max_length=60)


class Hours(Record):
    """办公时间：一年都一样的，只写几点；冬天、夏天不一样的，一样一条。"""

    shorthand: ClassVar[str] = "hours"

    when: str = Field("", title="什么季节", description="如 夏季、5月1日至9月30日", max_length=60)
    hours: Text = Field(
        title="哪几天、几点", description="如 周一至周五 8:30-11:30，14:00-17:30，节假日除外", max_length=120
    )

    @model_validator(mode="before")
    @classmethod
    def _one_season(cls, raw: object) -> object:
        refuse_pairs(raw, ("when", "hours"))
        return raw


class Supervision(Record):
    """监督投诉。"""

    unit: str = Field("", title="监督单位", max_length=60)
    phones: Many[Phone] = Field((), title="监督电话")
    note: str = Field("", title="说明")
