"""Old addresses: pages that stand elsewhere now, and pages that are gone."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, model_validator

from builder.content.fields import Many, PastDay, Record, Slug
from builder.content.model.references import DepartmentRef


class Moved(Record):
    """旧网址：网页换了网址，或者撤下了。只有一句话的，就是搬到哪里。"""

    shorthand: ClassVar[str] = "to"
    in_braces: ClassVar[bool] = True
    in_brackets: ClassVar[tuple[str, ...]] = ("answers",)

    name: str = Field("", title="原来叫什么", description="如 社保卡申领", max_length=60)
    to: str = Field(
        "",
        title="搬到哪里",
        description="现在的网址，只写网站里面的一段，如 items/shebaoka.html；搬到别的网站的，以 https:// 开头",
        max_length=300,
    )
    gone: str = Field(
        "",
        title="为什么撤下",
        description="没有新网址的才写，群众看得懂的一句话，如 2026年起不用再办这个证明",
        max_length=120,
    )
    department: DepartmentRef | None = Field(None, title="问哪个单位", description="撤下的才写；不写，就列网站的电话")
    date: PastDay | None = Field(None, title="哪一天")
    answers: Many[Slug] = Field(
        (), title="一件事原来的答案编号", description="一件事才写：这些答案的告知单的旧网址跟着走，如 [tx, sy]"
    )

    @model_validator(mode="after")
    def _leads_or_is_gone(self) -> Moved:
        if bool(self.to) == bool(self.gone):
            raise ValueError("to（搬到哪里）和 gone（为什么撤下）要写一样，只写一样")
        return self

    @property
    def is_outside(self) -> bool:
        """Whether it leads to another site."""
        return self.to.startswith(("https://", "http://"))

    @property
    def page(self) -> str:
        """The address of the page of this site to which it leads, without the place in the page; "" for none."""
        return "" if self.is_outside else self.to.partition("#")[0]
