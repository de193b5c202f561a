"""What is said of an upload: what would be sent, each step, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from builder.release.release import Release
from builder.upload.phases import Plan, Step, size_of

SHOWN = 3  # names of a step that are shown

PHASES = {1: "第1步", 2: "第2步", 3: "第3步"}


def told_plan(release: Release, upload_plan: Plan, target: str, check: str) -> str:
    """Return what an upload would do; `check` says how its files are looked at."""
    lines = [f"把发布包 {release.name} 传到 {target}，会这样做："]
    lines += [told_step(release, step, paths) for step, paths in upload_plan.send]
    if not upload_plan.send:
        lines.append(f"{len(release.files)} 个文件都已经在目标里，没有要传的。")
    lines.append(f"第4步 {check}。")
    if upload_plan.delete:
        lines.append(f"第5步 删除上一次就不再用的 {_files(upload_plan.delete)}。")
    lines += told_next(upload_plan)
    return "\n".join(lines)


def told_step(release: Release, step: Step, paths: Sequence[str]) -> str:
    """Return what is sent in a step."""
    return f"{PHASES[step.phase]} {step.says}：{_files(paths)}，共 {told_size(size_of(release, paths))}"


def told_next(upload_plan: Plan) -> list[str]:
    """Return what the upload of the next release deletes, as lines: none if that is nothing."""
    if not upload_plan.delete_next:
        return []
    return [f"{_files(upload_plan.delete_next)}不用了，先留着（有人正开着旧页面），传下一个发布包时再删。"]


def told_size(size: int) -> str:
    """Return a number of bytes for people."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def _files(paths: Sequence[str]) -> str:
    return f"{len(paths)} 个文件（{_names(paths)}）"


def _names(paths: Sequence[str]) -> str:
    return "、".join(paths[:SHOWN]) + (" 等" if len(paths) > SHOWN else "")
