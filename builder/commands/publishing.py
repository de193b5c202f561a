"""``build.py publish``: sends a release to a target, and says what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from builder.support.failure import OK
from builder.support.processes import Progress
from builder.upload.phases import Step, size_of
from builder.upload.told import told_next, told_plan, told_size, told_step
from builder.upload.uploading import Wanted, delete, send, uploading


def publish(site: Path, wanted: Wanted, say: Callable[[str], None], progress: Progress, *, only_tell: bool) -> int:
    """Send a release to a target and return the exit code; with `only_tell`, say what would be done.

    Raises what `uploading` and `send` raise.
    """
    release = wanted.release
    with uploading(site, wanted) as upload:
        target, plan = upload.target.name, upload.plan
        if upload.foreign:
            say(f"目标里另有 {upload.foreign} 个文件不是我们的发布包里的，不会动它们。")
        if only_tell:
            say(told_plan(release, plan, target))
            return OK

        def begin(step: Step, paths: Sequence[str]) -> None:
            say(told_step(release, step, paths))

        ledger = send(site, upload, release, begin, progress)
        ledger = delete(upload, ledger)
        count, size = len(plan.paths), told_size(size_of(release, plan.paths))
        say(
            f"{target} 现在是 {release.name}：传了 {count} 个文件，共 {size}。"
            if count
            else f"{target} 里已经是 {release.name}，没有要传的。"
        )
        if plan.delete:
            say(f"删掉了上一次就不再用的 {len(plan.delete)} 个文件。")
        for line in told_next(plan):
            say(line)
    return OK
