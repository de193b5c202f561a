"""When something has to be made public: 实时公开, 15个工作日, 修订颁布后15个工作日内, 公示10天."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import Field, model_validator

from builder.content.fields import Choice, Record
from builder.content.model.quantities.durations import BOUNDS, NUMBER, Duration, Limit, duration_parts


class Cycle(Choice):
    """How often something is disclosed when not by an event."""

    REAL_TIME = "real-time", "实时"
    MONTHLY = "monthly", "按月"
    QUARTERLY = "quarterly", "按季度"
    YEARLY = "yearly", "按年度"
    ON_REQUEST = "on-request", "应需求"
    AS_HAPPENS = "as-happens", "根据实际情况"
    ALWAYS = "always", "全年"


_CYCLES = {"实时": Cycle.REAL_TIME, "即时": Cycle.REAL_TIME, "按月": Cycle.MONTHLY, "月": Cycle.MONTHLY, "按季": Cycle.QUARTERLY,
           "按季度": Cycle.QUARTERLY, "季度": Cycle.QUARTERLY, "按年度": Cycle.YEARLY, "年度": Cycle.YEARLY, "按年": Cycle.YEARLY,
           "应需求": Cycle.ON_REQUEST, "按需": Cycle.ON_REQUEST, "按时": Cycle.AS_HAPPENS, "根据活动": Cycle.AS_HAPPENS,
           "根据实际情况": Cycle.AS_HAPPENS, "全年": Cycle.ALWAYS, "长期": Cycle.ALWAYS}  # fmt: skip


class DisclosureTerm(Record):
    """公开时限：按周期公开，或某事之后若干天内公开，或公示若干天。可照清单写：“实时公开”“15个工作日”“修订颁布后15个工作日内”。"""

    shorthand: ClassVar[str] = "text"

    cycle: Cycle | None = Field(None, title="周期")
    within: Limit | None = Field(None, title="多久之内")
    after: str = Field("", title="从什么事算起", max_length=60)
    lasts: Duration | None = Field(None, title="公示期限")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return _disclosure_parts(raw) if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _says_one_thing(self) -> DisclosureTerm:
        if sum(part is not None for part in (self.cycle, self.within, self.lasts)) != 1:
            raise ValueError("公开时限要写 cycle（周期）、within（多久之内）、lasts（公示期限）中的一样")
        if self.after and not self.within:
            raise ValueError("写了“从什么事算起”，还要写 within（多久之内）")
        return self


_PUBLICISED = re.compile(rf"公示(?:期限?)?为?((?:{BOUNDS})?(?:{NUMBER}|半).+)|(长期|永久)公示")
_AFTER = re.compile(r"(?:自|从)?(.+)(?:之日起|之后|后|起)([^后起]+)")


def _disclosure_parts(text: str) -> dict[str, Any]:
    bare = re.sub(r"\s+", "", text)
    if match := _PUBLICISED.fullmatch(bare):
        return {"lasts": match[1] or match[2]}
    bare = re.sub(r"公开$", "", bare)
    if bare in _CYCLES:
        return {"cycle": _CYCLES[bare]}
    after, rest = match.groups() if (match := _AFTER.fullmatch(bare)) else ("", bare)
    try:
        return {"after": after.removesuffix("之日"), "within": duration_parts(rest)}
    except ValueError:
        raise ValueError("公开时限要写成“实时公开”“按季度”“15个工作日”“修订颁布后15个工作日内”这样的形式") from None
