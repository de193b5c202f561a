"""When one can apply, where that is not every working day: 每年9月20日至9月30日, 2027年3月1日至15日, 每周一, 招用之日起30日内, 退休年龄前3个月."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, model_validator

from builder.content.fields import Record, Text
from builder.content.model.quantities.period_phrases import read_span
from builder.content.model.quantities.spans import Span


class ApplicationPeriod(Record):
    """申报时间：一年、一月、一周里的一段，或某事发生后的若干天。

    可以只写一句话：“每年9月20日至9月30日”“2027年5月8日至19日”“每月5日、15日”“每周一”“每年第一季度”“招用之日起30日内”“到达退休年龄前3个月”“常年受理”；
    没写几月的写“每年一次”。
    """

    shorthand: ClassVar[str] = "when"

    when: Text = Field(
        title="什么时候",
        description="如“每年9月20日至9月30日”“2027年5月8日至19日”“每月5日、15日”“每周一”“招用之日起30日内”",
    )
    who: str = Field("", title="谁", description="这段时间是给谁的；不写就是申请人", max_length=30)
    for_: str = Field(
        "", alias="for", title="办什么", description="同一事项有几段时间时，说明这一段办什么", max_length=60
    )
    pays: str = Field(
        "",
        title="何时有结果",
        description="在这段时间申请的，什么时候发钱或出结果，如 当年11月15日前发放",
        max_length=60,
    )
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _understood(self) -> ApplicationPeriod:
        self.span()
        return self

    def span(self) -> Span:
        """Return what the phrase means. Raises ValueError with advice when it means nothing that can be."""
        return read_span(self.when)
