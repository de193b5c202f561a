"""``build.py publish``: sends a release to a target, looks at what visitors see then, and says what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from builder.support.failure import OK
from builder.support.processes import Progress
from builder.upload.phases import Step, size_of
from builder.upload.targets import is_folder
from builder.upload.told import told_next, told_plan, told_size, told_step
from builder.upload.uploading import Upload, Wanted, delete, send, uploading
from builder.verification.as_text import as_text
from builder.verification.verdict import Kind
from builder.verification.verification import Verification, verify
from builder.verification.verification import Wanted as WantedVerification
from builder.verification.wording import headline

Say = Callable[[str], None]
# What a host does with files that are as they were sent.
BY_THE_HOST = frozenset(
    {
        Kind.BLOCKED,
        Kind.UNREACHABLE,
        Kind.REDIRECTED,
        Kind.WRONG_TYPE,
        Kind.WRONG_CHARSET,
        Kind.DOUBLE_GZIP,
        Kind.BAD_CODING,
    }
)


@dataclass(frozen=True, slots=True)
class Checked:
    """Where to look at the files once they are sent, "" for nowhere and then why not."""

    url: str
    why_not: str = ""


def where_to_check(wanted: Wanted, url: str, *, unwanted: bool) -> Checked:
    """Return where a release that was sent is to be looked at: at `url`, or at the address for which it was built.

    A folder may be a stick on its way to another machine, so that address is none for it.
    """
    if unwanted:
        return Checked("", "写了 --no-verify")
    if url or not is_folder(wanted.target):
        return Checked(
            url or wanted.release.base_url,
            "" if url or wanted.release.base_url else "这个发布包里没有写网址，写上 --url",
        )
    return Checked("", "目标是文件夹；它就是网站的话，写上 --url")


def publish(site: Path, wanted: Wanted, checked: Checked, now: datetime, say: Say, progress: Progress) -> int:
    """Send a release to a target and return the exit code: 1 if visitors do not see its files then.

    Raises what `uploading`, `send` and `verify` raise.
    """
    release = wanted.release
    with uploading(site, wanted) as upload:
        _tell_foreign(upload, say)
        plan = upload.plan

        def begin(step: Step, paths: Sequence[str]) -> None:
            say(told_step(release, step, paths))

        ledger = send(site, upload, release, begin, progress)
        count, size = len(plan.paths), told_size(size_of(release, plan.paths))
        here = f"{upload.target.name} 里已经是 {release.name}"
        say(f"{here}：传了 {count} 个文件，共 {size}。" if count else f"{here}，没有要传的。")
        if checked.url:
            found = _without_what_goes(_verified(site, wanted, checked.url, now, progress), upload)
            if found.wrong or found.unseen:
                kept = f"\n先不删 {len(plan.delete)} 个不再用的文件。" if plan.delete else ""
                say(f"第4步 核对：不对。\n{as_text(found)}{kept}\n{_what_next(found, upload)}")
                return found.exit_code
            say(f"第4步 核对：{headline(found)}" + ("运行 build.py verify 看是哪些。" if found.to_mend else ""))
        else:
            say(f"第4步 没有核对：{checked.why_not}。")
        if plan.delete:
            delete(upload, ledger)
            say(f"第5步 删掉了上一次就不再用的 {len(plan.delete)} 个文件。")
        for line in told_next(plan):
            say(line)
    return OK


def tell(site: Path, wanted: Wanted, checked: Checked, say: Say) -> int:
    """Say what `publish` would do, and return the exit code."""
    with uploading(site, wanted) as upload:
        _tell_foreign(upload, say)
        check = f"到 {checked.url} 核对" if checked.url else f"不核对：{checked.why_not}"
        say(told_plan(wanted.release, upload.plan, upload.target.name, check))
    return OK


def _verified(site: Path, wanted: Wanted, url: str, now: datetime, progress: Progress) -> Verification:
    return verify(site, WantedVerification(url, wanted.release.name), now, progress)


def _what_next(found: Verification, upload: Upload) -> str:
    """Return how to go on when visitors do not see what was sent: what we noted as sent is not sent again by itself."""
    if upload.target.can_look or all(verdict.kind in BY_THE_HOST for verdict in found.wrong):
        return "改好以后再运行一次 publish。"
    return (
        "要重新上传的，加上 --adopt 再运行一次 publish：取回来比，只传不一样的；服务器的设置改好以后，再运行一次就行。"
    )


def _without_what_goes(found: Verification, upload: Upload) -> Verification:
    """Return what was found, without the complaint about the files that are deleted right after."""
    if not upload.plan.delete:
        return found
    return replace(found, findings=[finding for finding in found.findings if finding.check != "gone-long-ago"])


def _tell_foreign(upload: Upload, say: Say) -> None:
    if upload.foreign:
        say(f"目标里另有 {upload.foreign} 个文件不是发布包里的，不会动它们。")
