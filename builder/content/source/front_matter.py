"""Front matter: the fields at the top of a Markdown file, between two lines of three hyphens."""

from __future__ import annotations

import re

from builder.content.source.encoding import position_at
from builder.content.source.rules import NO_FRONT_MATTER, OPEN_FRONT_MATTER
from builder.support.diagnostics import Finding, Position, quote

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r|\Z)")
_CLOSING = re.compile(r"---(?<=[\r\n]---)[ \t]*(?:\r\n|\n|\r|\Z)")  # it begins with its hyphens, so it is found fast
# Lines that Word and Chinese input methods produce instead of three hyphens, and hyphens with spaces before them.
_DASHES = re.compile(r"^[ \t]*(?!-[ \t]*\r?$)[-－—–―─‐‑−]{1,6}[ \t]*\r?$", re.MULTILINE)


def split_front_matter(file: str, text: str) -> tuple[tuple[str, str] | None, list[Finding]]:
    """Return the text of the fields and the body, or None and the finding that explains why.

    The fields include the opening line, which is valid YAML, so that line numbers are those of the file.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None, [_missing_opening(file, text)]
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return None, [_missing_closing(file, text, opening.end())]
    return (text[: closing.start()], text[closing.end() :]), []


def _missing_opening(file: str, text: str) -> Finding:
    first = len(text) - len(text.lstrip())
    dashes = _DASHES.search(text)
    if dashes is None or dashes.start() > first:
        says = "第一行应当是“---”，下面写字段"
        return NO_FRONT_MATTER.at(file, says=says, hint=NO_FRONT_MATTER.fix, position=Position(1, 1))
    found = dashes[0].strip()
    if found == "---":
        says, hint = "“---”必须在第一行的行首，前面不能有空行或空格", "删掉“---”前面的空行和空格"
    else:
        says, hint = f"第一行应当是三个英文减号“---”，这里是“{quote(found)}”", "切换到英文输入法，改成：---"
    return NO_FRONT_MATTER.at(file, says=says, hint=hint, position=position_at(text, first, len(found)))


def _missing_closing(file: str, text: str, start: int) -> Finding:
    dashes = _DASHES.search(text, start)
    if dashes is None:
        says = "第一行的“---”没有配对：字段写完后还要有一行“---”"
        return OPEN_FRONT_MATTER.at(file, says=says, hint=OPEN_FRONT_MATTER.fix, position=Position(1, 1, 3))
    found = dashes[0].strip()
    position = position_at(text, dashes.end() - len(dashes[0].lstrip()), len(found))
    if found == "---":
        return OPEN_FRONT_MATTER.at(file, says="“---”前面不能有空格", hint="删掉行首的空格", position=position)
    says = f"字段结束的一行应当是三个英文减号“---”，这里是“{quote(found)}”"
    return OPEN_FRONT_MATTER.at(file, says=says, hint="切换到英文输入法，改成：---", position=position)
