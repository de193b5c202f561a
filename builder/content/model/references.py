"""References from one record to another, by id; and to the documents that content was written after."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from builder.content.fields import SLUG, ForEditors, Line, Record, Reference, Slug

AreaRef = Annotated[Slug, Reference("area")]
DepartmentRef = Annotated[Slug, Reference("department")]
PlaceRef = Annotated[Slug, Reference("place")]
TopicRef = Annotated[Slug, Reference("topic")]
AudienceRef = Annotated[Slug, Reference("audience")]
ItemRef = Annotated[Slug, Reference("item")]
LawRef = Annotated[Slug, Reference("law")]
MaterialRef = Annotated[Slug, Reference("material")]
FormRef = Annotated[Slug, Reference("form")]
SourceRef = Annotated[Slug, Reference("source")]


def ref_or(raw: object, ref: str, name: str) -> object:
    """Tell a bare id from a bare name: Chinese text cannot be an id."""
    return {ref if re.fullmatch(SLUG, raw) else name: raw} if isinstance(raw, str) else raw


class Provenance(Record):
    """出处：来自哪份文件的哪里。"""

    source: SourceRef = Field(title="文件编号", description="sources.yaml 里的编号")
    at: Line = Field(title="在文件的哪里", description="行、序号或标题，如 第577-590行、序号 1.2")
    note: ForEditors[str] = Field("", title="编辑备注")
