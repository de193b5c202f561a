"""Commands of ``build.py``, one module or package for each that does more than a build."""

from __future__ import annotations

from pathlib import Path

from builder.project import Project
from builder.support.failure import USAGE_ERROR, Failure


class Refused(Failure):
    """A command cannot do what was asked, and has changed nothing."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(says, hint, USAGE_ERROR)


def folder_for(project: Project, out: Path | None, usual: str, what: str) -> Path:
    """Return the folder for what a command makes: `out`, or the `usual` one beside the settings.

    Raises `Refused` if it is in the output folder or the content folder; `what` says what does not belong there.
    """
    folder = (out or project.root / usual).resolve()
    for reserved in (project.out.resolve(), project.content):
        if folder == reserved or reserved in folder.parents:
            raise Refused(f"{what}不能放进 {reserved.name} 文件夹，那里的文件由程序管", "换一个文件夹，或不写 --out。")
    return folder
