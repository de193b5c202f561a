"""Changes content files without touching what is not changed, and writes new ones.

`edited` gives the bytes of a file after some changes: other lines, remarks, the order, quotes and line ends stay as they
are. `written` gives those of a new file, and `formatted` those of a file in the order of the model and the style of the
house, which `written` has too. No other room writes YAML.
"""

from __future__ import annotations

from builder.editing.edited_file import edited, values_after
from builder.editing.edits import OTHER_STYLE, Change, Insert, NotEdited, Remove, Set, Value
from builder.editing.formatted_file import formatted
from builder.editing.new_file import written
from builder.editing.plain_values import plain
from builder.editing.scalars import scalar

__all__ = [
    "OTHER_STYLE",
    "Change",
    "Insert",
    "NotEdited",
    "Remove",
    "Set",
    "Value",
    "edited",
    "formatted",
    "plain",
    "scalar",
    "values_after",
    "written",
]
