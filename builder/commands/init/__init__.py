"""``build.py init``: the folder of a new site for one office, which builds at once.

What is in it stands in ``site/`` beside this module, as it will be but for the names: ``$office`` and the like, in
the paths too.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from builder.commands.new import Refused, scalar, slug
from builder.content.model.companions import AreaLevel
from builder.content.names import check_name
from builder.pipeline import check
from builder.project import open_project
from builder.support.diagnostics import ConfigurationError, Finding

STARTER = Path(__file__).with_name("site")

GUIDES = "办事指南"

# What names of areas end in, and the level of such an area.
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
_END = f"(?:{'|'.join(LEVELS)})"
# The areas at the start of an office's name. Two characters at least stand before an end, or 社区服务中心 would name an
# area; three at most after another area, or 清江县住房和城乡建设局 would.
_AREAS = re.compile(rf"(?:\w县|\w{{2,}}?{_END})(?:\w{{2,3}}?{_END})*")

KEPT = {".git"}  # what may be in the folder: a repository that was just made


@dataclass(frozen=True, slots=True)
class Office:
    """The office that a new site is for, and its area: the id and the name."""

    name: str
    area: str
    area_name: str

    @property
    def level(self) -> AreaLevel:
        """The level of its area, as far as the name tells."""
        ends = (level for end, level in LEVELS.items() if self.area_name.endswith(end))
        return next(ends, AreaLevel.STREET)

    @property
    def hall(self) -> str:
        """The name of its hall: an office that is a centre is one."""
        return self.name if self.name.endswith(("中心", "大厅")) else f"{self.name}办事大厅"


def office_of(name: str, *, area: str | None = None, area_name: str | None = None) -> Office:
    """Return the office called `name`; its area is taken from the name, and the id from the pinyin. Raises Refused."""
    name = name.strip().removesuffix(GUIDES) or name.strip()
    found = _AREAS.match(name)
    area_name = (area_name or "").strip() or (found[0] if found else name)
    area = area or slug(area_name)
    if not area:
        raise Refused(f"“{area_name}”取不出拼音编号", "加上 --area 和编号，如 --area xincheng")
    for finding in check_name(f"{area}.yaml", area):
        raise Refused(finding.says, finding.hint)
    return Office(name, area, area_name)


def new_site(folder: Path, office: Office) -> tuple[str, ...]:
    """Make `folder` a site for `office` and return the paths of its files. Raises Refused.

    The folder appears whole or not at all. One that is there has to be empty, but for a ``.git`` folder.
    """
    folder = folder.resolve()
    _check_free(folder)
    nearest = next(place for place in (folder, *folder.parents) if place.is_dir())
    with TemporaryDirectory(prefix=".init-", dir=nearest) as temporary:
        made = Path(temporary, "site")
        paths = _write(made, office, folder.name)
        _check(made, Path(temporary, "cache"))
        _move(made, folder)
    return paths


def _check_free(folder: Path) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise Refused(f"“{folder.name}”是一个文件", "换一个文件夹名")
    there = sorted(set(os.listdir(folder)) - KEPT) if folder.is_dir() else []
    if there:
        shown = "、".join(there[:3]) + (f"等 {len(there)} 样" if there[3:] else "")
        raise Refused(
            f"文件夹“{folder.name}”里已经有东西（{shown}），没有动它", "换一个新的文件夹名，或先把里面的东西移走"
        )


def _write(made: Path, office: Office, folder: str) -> tuple[str, ...]:
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
    in_yaml = {**ids, **{key: scalar(name) for key, name in names.items()}}
    paths = []
    for source in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        path = Template(source.relative_to(STARTER).as_posix()).substitute(ids)
        filled = in_yaml if path.endswith(".yaml") else {**ids, **names}
        text = Template(source.read_text("utf-8")).safe_substitute(filled)
        os.makedirs((made / path).parent, exist_ok=True)
        (made / path).write_text(text, "utf-8", newline="\n")
        paths.append(path)
    return tuple(paths)


def _check(made: Path, cache: Path) -> None:
    """Refuse a site that would not build without a word: a name may be too long, or what no record takes."""
    try:
        project = replace(open_project(made / "site.yaml"), cache=cache)
        for finding in check(project, 1, lambda _name, _total: lambda _count: None).findings:
            raise _refused(finding)
    except ConfigurationError as error:
        raise _refused(error.findings[0]) from None


def _refused(finding: Finding) -> Refused:
    return Refused(f"这个名称用不了：{finding.says}", finding.hint or "用 --name 换一个名称")


def _move(made: Path, folder: Path) -> None:
    if not folder.exists():
        os.makedirs(folder.parent, exist_ok=True)
        os.rename(made, folder)
        return
    moved: list[str] = []
    try:
        for entry in sorted(os.listdir(made)):
            os.rename(made / entry, folder / entry)
            moved.append(entry)
    except BaseException:
        for entry in moved:
            os.rename(folder / entry, made / entry)
        raise
