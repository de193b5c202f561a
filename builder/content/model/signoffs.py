"""Sign-offs: who let a change of the content pass, and which changes these were."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from builder.content.fields import ForEditors, Line, Many, PastDay, Record

MARK = r"^[0-9a-f]{8}$"


class Signature(Record):
    """一个签字：哪个环节、什么职务、哪一天。写职务，不写姓名。"""

    in_braces: ClassVar[bool] = True

    step: ForEditors[Line] = Field(title="环节", description="如 审核、签发", max_length=20)
    who: ForEditors[Line] = Field(title="职务", description="如 民政办主任；不写姓名", max_length=40)
    date: ForEditors[PastDay] = Field(title="签字日期")


class SignedChange(Record):
    """签过的一处改动：是什么，和程序用来认它的三个记号（哪里、原来、现在）。"""

    in_braces: ClassVar[bool] = True

    says: ForEditors[Line] = Field(title="是什么", description="如 申请低保：多要一样材料")
    where: ForEditors[str] = Field(title="哪里", description="程序写的", pattern=MARK)
    was: ForEditors[str] = Field(title="原来", description="程序写的", pattern=MARK)
    now: ForEditors[str] = Field(title="现在", description="程序写的", pattern=MARK)


class SignOff(Record):
    """签过的一张审核单。由 sign 命令写，编号就是审核单的编号。"""

    signatures: ForEditors[Many[Signature]] = Field(title="签字", min_length=1)
    changes: ForEditors[Many[SignedChange]] = Field((), title="签过的改动", description="红和橙的")
