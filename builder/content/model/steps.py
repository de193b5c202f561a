"""Steps (办理步骤): who does what, within what time, and where it goes on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, model_validator

from builder.content.fields import Choice, Flag, Line, Many, Record, Slug, Text
from builder.content.model.quantities import Duration, Limit


class Visibility(Choice):
    """Who may see it. What is for staff never reaches a public page."""

    PUBLIC = "public", "公开"
    STAFF = "staff", "内部"


class StepKind(Choice):
    """What happens in a step (环节).

    Those of `SPECIAL_KINDS` are the special procedures (特殊环节) of 行政许可法 第四十五条, and 现场踏勘, which the element
    list of licences (行政许可事项要素) has beside them.
    """

    APPLY = "apply", "申请"
    SUPPLEMENT = "supplement", "补正", "补齐补正"
    ACCEPT = "accept", "受理"
    REVIEW = "review", "审核", "审查", "复审", "初审"
    VERIFY = "verify", "核查", "实地核查", "现场核查", "入户核查", "入户调查"
    DISCUSS = "discuss", "评议"
    APPROVE = "approve", "审批", "批准"
    DECIDE = "decide", "决定"
    DELIVER = "deliver", "送达", "发证", "颁证"
    GRANT = "grant", "发放"
    PAY = "pay", "缴费", "收费"
    MONEY = "money", "缴费或发放"  # in lists that do not tell the two apart
    ARCHIVE = "archive", "归档", "立卷归档", "存档"
    INSPECT = "inspect", "验收"
    PUBLICISE = "publicise", "公示"
    ANNOUNCE = "announce", "公告"
    SURVEY = "survey", "踏勘", "现场踏勘", "现场勘查", "现场勘验", "勘查", "勘察", "勘验"
    HEARING = "hearing", "听证"
    TENDER = "tender", "招标"
    AUCTION = "auction", "拍卖"
    EXAMINE = "examine", "检验"
    TEST = "test", "检测"
    QUARANTINE = "quarantine", "检疫"
    APPRAISE = "appraise", "鉴定"
    EXPERTS = "experts", "专家评审", "专家论证", "技术评审"

    def is_named_in(self, text: str) -> bool:
        """Return whether `text` names this kind in one of the ways that editors have."""
        return any(name in text for name in (self.label, *self.other_names))


SPECIAL_KINDS = frozenset({
    StepKind.SURVEY, StepKind.HEARING, StepKind.TENDER, StepKind.AUCTION, StepKind.EXAMINE, StepKind.TEST,
    StepKind.QUARANTINE, StepKind.APPRAISE, StepKind.EXPERTS,
})  # fmt: skip
PUBLIC_NOTICES = frozenset({StepKind.PUBLICISE, StepKind.ANNOUNCE})
OF_APPLICANT = frozenset({StepKind.APPLY, StepKind.SUPPLEMENT, StepKind.PAY})


# What stands for the actor where a document does not say who does it. An editor has to find out.
UNSAID = "没有写明"


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

    lasts: Duration = Field(title="公示多久", description="如 7天、不少于7天")
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


class Work(Record):
    """谁做什么：一步，或同时办的几项里的一项。"""

    actor: Many[Line] = Field(
        title="谁来做",
        description="如 申请人、窗口、社保所、区民政局；几家一起做的写成单子，牵头的在前；流程图每人一栏",
        min_length=1,
    )
    do: Text = Field(title="做什么", description="动词开头，一句话", max_length=120)
    kind: StepKind | None = Field(
        None,
        title="环节",
        description="如 受理、审核、踏勘、听证、公示；特殊环节（踏勘、听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审）、公示公告和申请人做的不算在办理时限里",
    )
    limit: Limit | None = Field(None, title="时限", description="要多久，如 15个工作日")
    counted: Flag | None = Field(
        None, title="算不算在办理时限里", description="和环节的常例不同时才写：是、否；受理以前的、申请人做的本来就不算"
    )
    publicity: Publicity | None = Field(None, title="公示")
    document: str = Field("", title="出具什么文书", description="做出来的纸，如 《受理通知书》", max_length=60)
    place: str = Field("", title="在哪里", max_length=60)


class Step(Work):
    """办理步骤：谁做什么。"""

    base_after: ClassVar[str] = "id"

    id: Slug | None = Field(None, title="编号", description="别的步骤要转到这里时才写，小写英文")
    detail: str = Field("", title="详细说明")
    items: Many[Line] = Field((), title="分几小步", description="这一步里的小步骤")
    parallel: Many[Work] = Field(
        (),
        title="同时办的几项",
        description="并联审批：几家各做各的，谁（actor）做什么（do）、多久（limit）",
        min_length=2,
    )
    question: str = Field("", title="判断什么", description="有分支时写的问题，如 材料齐全吗？", max_length=40)
    branches: Many[Branch] = Field((), title="分支", description="每种结果各写一条，要写全")
    next: Target = Field("", title="下一步", description="不写就是紧接着的一步；也可写步骤编号或 end", max_length=40)
    visibility: Visibility = Field(Visibility.PUBLIC, title="谁能看", description="内部操作写 内部，不会公开")

    @model_validator(mode="after")
    def _asks_after_parallel_work(self) -> Step:
        if self.parallel and self.branches and not self.question:
            raise ValueError("写了 parallel（同时办的几项）又有分支的，还要写 question（判断什么），如 都通过了吗？")
        return self

    @property
    def works(self) -> tuple[Work, ...]:
        """The step itself, and what is done in it at the same time."""
        return self, *self.parallel
