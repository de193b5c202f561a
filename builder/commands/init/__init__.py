"""``build.py init``: creates the folder of a new site for an office. The site can be built at once.

The files are copied from ``site/`` beside this module. Placeholders such as ``$office`` are replaced in texts and paths.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from builder.commands import Refused
from builder.content.model.companions import AreaLevel
from builder.content.names import check_name, slug
from builder.editing import scalar
from builder.pipeline import check
from builder.project import open_project
from builder.support.diagnostics import ConfigurationError, Finding
from builder.support.processes import Processes

STARTER = Path(__file__).with_name("site")

GUIDES = "办事指南"

# The last characters of area names, and the level of such an area.
LEVELS = {
    "街道": AreaLevel.STREET,
    "地区": AreaLevel.STREET,
    "新区": AreaLevel.DISTRICT,
    "社区": AreaLevel.COMMUNITY,
    "省": AreaLevel.PROVINCE,
    "市": AreaLevel.CITY,
    "县": AreaLevel.DISTRICT,
    "区": AreaLevel.DISTRICT,
    "旗": AreaLevel.DISTRICT,
    "镇": AreaLevel.STREET,
    "乡": AreaLevel.STREET,
    "村": AreaLevel.COMMUNITY,
}
_AREA_END = f"(?:{'|'.join(LEVELS)})"
# One or more areas at the beginning of an office's name. At least two characters must precede the end, because 社区 in
# 社区服务中心 is no area. After another area, at most three may precede it, because 清江县住房和城乡 is none either.
_AREA_NAMES = re.compile(rf"(?:\w县|\w{{2,}}?{_AREA_END})(?:\w{{2,3}}?{_AREA_END})*")

ALLOWED_ENTRIES = {".git"}  # the folder may be a new repository


@dataclass(frozen=True, slots=True)
class Office:
    """The office of a new site, with the id and the name of its area."""

    name: str
    area: str
    area_name: str

    @property
    def level(self) -> AreaLevel:
        """The level of the area, guessed from its name."""
        ends = (level for end, level in LEVELS.items() if self.area_name.endswith(end))
        return next(ends, AreaLevel.STREET)

    @property
    def hall(self) -> str:
        """The name of the service hall: that of the office, if it is a centre or a hall itself."""
        return self.name if self.name.endswith(("中心", "大厅")) else f"{self.name}办事大厅"


def office_of(name: str, *, area: str | None = None, area_name: str | None = None) -> Office:
    """Return the office called `name`. By default, its area is taken from the name, and the id of the area is pinyin.

    Raises `Refused` if there is no valid id.
    """
    name = name.strip().removesuffix(GUIDES) or name.strip()
    match = _AREA_NAMES.match(name)
    area_name = (area_name or "").strip() or (match[0] if match else name)
    area = area or slug(area_name)
    if not area:
        raise Refused(f"“{area_name}”取不出拼音编号", "加上 --area 和编号，如 --area xincheng")
    for finding in check_name(f"{area}.yaml", area):
        raise Refused(finding.says, finding.hint)
    return Office(name, area, area_name)


def new_site(folder: Path, office: Office) -> tuple[str, ...]:
    """Create a site for `office` in `folder`. Return the paths of its files.

    The files appear in one step, or none does. Raises `Refused` if the folder contains anything but ``.git``, or if the
    name of the office is not valid.
    """
    folder = folder.resolve()
    _check_empty(folder)
    nearest = next(place for place in (folder, *folder.parents) if place.is_dir())
    with TemporaryDirectory(prefix=".init-", dir=nearest) as temporary:
        staged = Path(temporary, "site")
        paths = _write(staged, office, folder.name)
        _check(staged, Path(temporary, "cache"))
        _move(staged, folder)
    return paths


def _check_empty(folder: Path) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise Refused(f"“{folder.name}”是一个文件", "换一个文件夹名")
    entries = sorted(set(os.listdir(folder)) - ALLOWED_ENTRIES) if folder.is_dir() else []
    if entries:
        shown = "、".join(entries[:3]) + (f"等 {len(entries)} 样" if entries[3:] else "")
        raise Refused(
            f"文件夹“{folder.name}”里已经有东西（{shown}），没有动它", "换一个新的文件夹名，或先把里面的东西移走"
        )


def _write(staged: Path, office: Office, folder: str) -> tuple[str, ...]:
    names = {
        "site_name": f"{office.name}{GUIDES}",
        "office": office.name,
        "hall": office.hall,
        "area_name": office.area_name,
    }
    ids = {
        "area": office.area,
        "level": office.level.label,
        "department": slug(office.name) or "danwei",
        "folder": folder,
    }
    in_yaml = {**ids, **{key: scalar(name, in_brackets=True) for key, name in names.items()}}
    paths = []
    for source in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        path = Template(source.relative_to(STARTER).as_posix()).substitute(ids)
        filled = in_yaml if path.endswith(".yaml") else {**ids, **names}
        text = Template(source.read_text("utf-8")).safe_substitute(filled)
        os.makedirs((staged / path).parent, exist_ok=True)
        (staged / path).write_text(text, "utf-8", newline="\n")
        paths.append(path)
    return tuple(paths)


def _check(staged: Path, cache: Path) -> None:
    """Raise `Refused` if the check of the new site has findings, for example because a name is too long."""
    try:
        project = replace(open_project(staged / "site.yaml"), cache=cache)
        for finding in check(project, Processes(1), lambda _name, _total: lambda _count: None, date.max).findings:
            raise _refused(finding)
    except ConfigurationError as error:
        raise _refused(error.findings[0]) from None


def _refused(finding: Finding) -> Refused:
    return Refused(f"这个名称用不了：{finding.says}", finding.hint or "用 --name 换一个名称")


def _move(staged: Path, folder: Path) -> None:
    if not folder.exists():
        os.makedirs(folder.parent, exist_ok=True)
        os.rename(staged, folder)
        return
    moved: list[str] = []
    try:
        for entry in sorted(os.listdir(staged)):
            os.rename(staged / entry, folder / entry)
            moved.append(entry)
    except BaseException:
        for entry in moved:
            os.rename(folder / entry, staged / entry)
        raise
