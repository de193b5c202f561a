"""``build.py sign``: writes down that somebody has signed the sheet of a change."""

from __future__ import annotations

from datetime import date

from builder.commands import Refused
from builder.content.model.signoffs import SignOff
from builder.content.site import Site
from builder.editing import Change, Insert, NotEdited, Set, edited, plain, written
from builder.project import Project
from builder.publish import replace_file
from builder.review.review import Review
from builder.review.signing import sign_off

FILE = "content/signoffs.yaml"
HEADER = "# 签过的审核单。由 build.py sign 写，编号是审核单的编号。"


def sign(project: Project, site: Site, found: Review, number: str, step: str, who: str, day: date) -> None:
    """Write down that `who` has signed the sheet with this number on a day, in this step.

    Raises `Refused` if the number is not that of the change as it is now, or the file cannot be edited.
    """
    if found.errors:
        raise Refused(f"现在的内容有 {len(found.errors)} 处错误", "先运行 build.py check 看有哪些，改好再审核、签字。")
    if number.upper() != found.number:
        raise Refused(
            f"审核单 {number.upper()} 对不上：现在的改动编号是 {found.number}",
            "签字以后内容又改过，或者比的不是同一个分支。重新印审核单、签字，再登记。",
        )
    id, signed = found.number.lower(), sign_off(found, step, who, day)
    path, known = project.root / FILE, site.find(SignOff, id)
    if not path.is_file():
        replace_file(str(path), written(FILE, {id: plain(signed)}, HEADER))
        return
    if known:
        new = [one for one in signed.signatures if one not in known.signatures]
        changes: list[Change] = [Insert((id, "signatures"), len(known.signatures), plain(one)) for one in new]
    else:
        changes = [Set((id,), plain(signed))]
    try:
        replace_file(str(path), edited(FILE, path.read_bytes(), changes))
    except NotEdited as refusal:
        raise Refused(f"{FILE}：{refusal}", refusal.findings[0].hint) from None
