"""Reads who is in charge: departments of the site by name, offices in them, and units of which the site knows nothing."""

from __future__ import annotations

import re
from typing import Final

from builder.content.model.item import Role
from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry
from builder.office.shapes import Passage

UNIT_LIMIT, LINE_LIMIT = 60, 120

# What the label of a unit says that it does.
_ROLES: Final = (
    ("受理", Role.ACCEPT), ("审批", Role.APPROVE), ("决定", Role.DECIDE), ("牵头", Role.LEAD), ("主办", Role.LEAD), ("主管", Role.GUIDE),
    ("承办", Role.HANDLE), ("办理", Role.HANDLE), ("经办", Role.HANDLE), ("实施", Role.HANDLE), ("办事", Role.HANDLE),
)  # fmt: skip
_UNIT: Final = re.compile(
    r".{2,}(?:局|所|科|办|部门|机构|机关|单位|中心|委员会|居委会|村委会|街道|镇|乡|政府|站|处|厅|部|社区|银行|公司|学校|医院|法院|院|室|窗口|大厅|村|区|县|市)"
)
_OF_ONE_ROLE: Final = re.compile(
    rf"(?P<unit>.+?)(?:负责|作为)?(?P<role>{'|'.join(sorted(Role.names(), key=len, reverse=True))})(?:单位|部门|工作)?"
)


def read_department(passage: Passage, manuscript: Manuscript, library: Library, chosen: str) -> None:
    """Write who handles it: the department of the site, else the unit by its name. `chosen` is the editor's own choice."""
    for name in _names(passage.value):
        id = library.department(name)
        if id and id in (chosen, manuscript.values.get("department")):
            manuscript.fill("department", id, passage, name)
        elif chosen:
            manuscript.note(
                passage, "文件写的单位，和 --department 指定的不一样" if id else "单位库里没有，没有写进承办单位", name
            )
        elif id and "department" not in manuscript.values and not _role(passage.label, Role.ACCEPT, Role.APPROVE):
            manuscript.fill("department", id, passage, name)
        else:
            _add_unit(name, id, passage, manuscript)


def read_responsible(passage: Passage, manuscript: Manuscript, library: Library, chosen: str) -> None:
    """Write which department is responsible, if the site knows it."""
    for name in _names(passage.value):
        id = library.department(name)
        if id and manuscript.values.get("department", chosen or id) == id:
            manuscript.fill("department", id, passage, name)
        elif id:
            manuscript.note(passage, "承办单位已经写了另一家", name)
        else:
            manuscript.miss("单位", [name])
            manuscript.note(passage, "单位库里没有，没有写进承办单位", name)


def read_offices(passage: Passage, manuscript: Manuscript) -> None:
    """Write which offices of the department are responsible. A label may ask for a person instead."""
    names = _names(passage.value)
    if "人" in passage.label or any(len(name) > LINE_LIMIT for name in names):
        manuscript.note(passage, "是人，不是科室，没有写进网页" if "人" in passage.label else "不像科室的名称")
        return
    manuscript.add("offices", names, passage)


def read_boundary(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write who does what, where each part of the text says it in a word of the model."""
    clauses = [part for part in re.split(r"[，,；;。\n]", entry(passage.value)) if part]
    matches = [_OF_ONE_ROLE.fullmatch(clause) for clause in clauses]
    if not clauses or not all(match and _UNIT.fullmatch(match["unit"]) for match in matches):
        manuscript.note(passage, "没有读出哪家做什么")
        return
    units: list[Value] = []
    for match in filter(None, matches):
        for name in re.split("[、和]", match["unit"]):
            units.append(_unit(name, library.department(name), Role.of(match["role"])))
    manuscript.add("units", units, passage)


def _add_unit(name: str, id: str, passage: Passage, manuscript: Manuscript) -> None:
    role = _role(passage.label)
    if not id:
        manuscript.miss("单位", [name])
    if role is None or len(name) > UNIT_LIMIT or not (id or _UNIT.fullmatch(name)):
        manuscript.note(passage, "单位库里没有，也不知道它做什么", name)
        return
    if not id:
        manuscript.doubt(passage, "单位库里没有，写成了参与单位", name)
    manuscript.add("units", [_unit(name, id, role)], passage, name)


def _unit(name: str, id: str, role: Role) -> Value:
    return {"ref": id, "role": role.label} if id else {"unit": name, "role": role.label}


def _role(label: str, *among: Role) -> Role | None:
    """Return what a label says that a unit does, None if nothing, or nothing `among` some."""
    role = next((role for word, role in _ROLES if word in label), None)
    return role if not among or role in among else None


def _names(text: str) -> list[str]:
    return [name for part in re.split(r"[、，,；;\n]", text) if (name := entry(part))]
