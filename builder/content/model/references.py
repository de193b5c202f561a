"""References from one record to another, by id; and to the documents that content was written after."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, StringConstraints, WithJsonSchema

from builder.content.fields import SLUG, SLUG_LENGTH, ForEditors, Line, Quoted, Record, Reference

# Any text is accepted here: who wrote a name where an id is asked is told the id of the record with that name
# (`builder.checks.relations`), which only the collected site knows.
_Id = Annotated[
    str,
    StringConstraints(min_length=1),
    WithJsonSchema({"type": "string", "pattern": SLUG, "maxLength": SLUG_LENGTH}),
]
AreaRef = Annotated[_Id, Reference("area")]
DepartmentRef = Annotated[_Id, Reference("department")]
PlaceRef = Annotated[_Id, Reference("place")]
TopicRef = Annotated[_Id, Reference("topic")]
AudienceRef = Annotated[_Id, Reference("audience")]
ItemRef = Annotated[_Id, Reference("item")]
LawRef = Annotated[_Id, Reference("law")]
MaterialRef = Annotated[_Id, Reference("material")]
FormRef = Annotated[_Id, Reference("form")]
LifeRef = Annotated[_Id, Reference("life")]
SourceRef = Annotated[_Id, Reference("source")]


def ref_or(raw: object, ref: str, name: str) -> object:
    """Tell a bare id from a bare name: Chinese text cannot be an id."""
    return {ref if re.fullmatch(SLUG, raw) else name: raw} if isinstance(raw, str) else raw


class Provenance(Record):
    """出处：来自哪份文件的哪里。"""

    source: SourceRef = Field(title="文件编号", description="sources.yaml 里的编号")
    at: Quoted[Line] = Field(title="在文件的哪里", description="行、序号或标题，如 第577-590行、序号 1.2")
    note: ForEditors[str] = Field("", title="编辑备注")
