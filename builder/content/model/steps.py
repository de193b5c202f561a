"""Steps (办理步骤): who does what, within what time, and where it goes on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from builder.content.fields import Choice, Line, Many, Record, Slug, Text
from builder.content.model.quantities import Duration


class Visibility(Choice):
    """Who may see it. What is for staff never reaches a public page."""

    PUBLIC = "public", "公开"
    STAFF = "staff", "内部"


class Ending(Choice):
    """How a flow can end; written as the target of a branch."""

    DONE = "end", "办结"
    APPROVED = "end:approved", "准予"
    REJECTED = "end:rejected", "不予办理"
    RETURNED = "end:returned", "退回"
    REFERRED = "end:referred", "转其他部门办理"


def _ending_or_step(target: str) -> str:
    return next((ending.value for ending in Ending if ending.label == target), target)


class Publicity(Record):
    """公示：多久、贴在哪里。"""

    shorthand: ClassVar[str] = "lasts"

    lasts: Duration = Field(title="公示多久", description="如 7天")
    place: str = Field("", title="在哪里公示", max_length=60)


# Where a step leads: the id of a step, or an ending by its value or its label.
Target = Annotated[str, AfterValidator(_ending_or_step)]


class Branch(Record):
    """分支：什么情况，转到哪一步。"""

    when: Line = Field(title="什么情况", description="如 材料不齐全")
    to: Target = Field(
        title="转到哪一步",
        description="步骤的编号（id），或 end（办结）、end:approved（准予）、end:rejected（不予办理）、end:returned（退回）、end:referred（转其他部门）",
        max_length=40,
    )
    text: str = Field("", title="怎么处理", description="这种情况要做什么，如 当面退回材料，终止办理", max_length=80)
    document: str = Field("", title="出具什么文书", description="如 一次性告知单", max_length=40)


class Step(Record):
    """办理步骤：谁做什么。"""

    id: Slug | None = Field(None, title="编号", description="别的步骤要转到这里时才写，小写英文")
    actor: Line = Field(title="谁来做", description="如 申请人、窗口、社保所、区民政局；流程图每人一栏")
    do: Text = Field(title="做什么", description="动词开头，一句话", max_length=120)
    detail: str = Field("", title="详细说明")
    items: Many[Line] = Field((), title="分几小步", description="这一步里的小步骤")
    limit: Duration | None = Field(None, title="时限", description="这一步多久，如 15个工作日")
    publicity: Publicity | None = Field(None, title="公示")
    document: str = Field("", title="出具什么文书", description="这一步做出来的纸，如 《受理通知书》", max_length=60)
    place: str = Field("", title="在哪里", max_length=60)
    question: str = Field("", title="判断什么", description="有分支时写的问题，如 材料齐全吗？", max_length=40)
    branches: Many[Branch] = Field((), title="分支", description="每种结果各写一条，要写全")
    next: Target = Field("", title="下一步", description="不写就是紧接着的一步；也可写步骤编号或 end", max_length=40)
    visibility: Visibility = Field(Visibility.PUBLIC, title="谁能看", description="内部操作写 内部，不会公开")
