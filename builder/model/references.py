"""References from one record to another, by id."""

from __future__ import annotations

import re
from typing import Annotated

from builder.fields import SLUG, Reference, Slug

DepartmentRef = Annotated[Slug, Reference("department")]
PlaceRef = Annotated[Slug, Reference("place")]
TopicRef = Annotated[Slug, Reference("topic")]
AudienceRef = Annotated[Slug, Reference("audience")]
ItemRef = Annotated[Slug, Reference("item")]
LawRef = Annotated[Slug, Reference("law")]
MaterialRef = Annotated[Slug, Reference("material")]
SourceRef = Annotated[Slug, Reference("source")]


def ref_or(raw: object, ref: str, name: str) -> object:
    """Tell a bare id from a bare name: Chinese text cannot be an id."""
    return {ref if re.fullmatch(SLUG, raw) else name: raw} if isinstance(raw, str) else raw
