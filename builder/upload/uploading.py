"""The story of an upload: what is there, what to send, send it step by step, check it, delete what nobody needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from builder.publish import MANIFEST, one_at_a_time
from builder.publish.folders import CACHE
from builder.release.release import FOLDER, Release, releases_in
from builder.support.failure import USAGE_ERROR
from builder.support.processes import Progress
from builder.upload.archived import archived_files
from builder.upload.ledger import BadLedger, Ledger, ledger_file, read_ledger, write_ledger
from builder.upload.phases import Plan, Step, batches, plan
from builder.upload.target import Target, UploadFailed
from builder.upload.targets import open_target, target_key

LOCK_TIMEOUT = 3.0  # seconds: what another upload needs to end, not to do its work


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asks for: the target as written, the release, and whether to look at what the target holds."""

    target: str
    release: Release
    adopt: bool = False
    transfers: int = 4


@dataclass(frozen=True, slots=True)
class Upload:
    """A target, what is known to be on it, what has to be done, and where that is noted.

    `interrupted` are the files that were on their way when an upload was interrupted. `foreign` is how many files there
    are not ours, where that was looked at.
    """

    target: Target
    ledger: Ledger
    plan: Plan
    file: Path
    interrupted: tuple[str, ...] = ()
    foreign: int = 0


@contextmanager
def uploading(site: Path, wanted: Wanted) -> Iterator[Upload]:
    """Look at what has to be done, and let nobody else upload to the same target from this site inside the block.

    Raises `PublishError` if another upload is under way; `UploadFailed` if the target cannot be reached, or holds files
    at our addresses of which nothing is known; `BadLedger`.
    """
    key = target_key(wanted.target)
    file = ledger_file(site, key)
    file.parent.mkdir(parents=True, exist_ok=True)
    busy, hint = "往这个目标的另一次上传还没有结束", "等它结束再来。"
    with one_at_a_time(str(file.with_suffix(".lock")), LOCK_TIMEOUT, busy, hint) as handle:
        target = open_target(wanted.target, site / CACHE / "upload" / key, (handle,), wanted.transfers)
        if wanted.adopt:
            ledger, foreign = _adopted(site, file, target, wanted.release)
            yield Upload(target, ledger, plan(wanted.release, ledger), file, tuple(ledger.files), foreign)
            return
        noted = read_ledger(file, target.name)
        if noted is None:
            _refuse_occupied(target, wanted.release)
        ledger = noted or Ledger(target.name)
        _refuse_changed(target, ledger)
        interrupted = ledger.interrupted
        if target.can_look:
            ledger = ledger.seen(target.digests({*ledger.files, *wanted.release.files}))
        yield Upload(target, ledger, plan(wanted.release, ledger), file, interrupted)


def send(
    site: Path, upload: Upload, release: Release, begin: Callable[[Step, Sequence[str]], None], progress: Progress
) -> Ledger:
    """Send what has to be sent, and return what is known of the target then. `begin` is told each step.

    Raises `UploadFailed`; what was sent is noted.
    """
    ledger, target = upload.ledger, upload.target
    if upload.interrupted:
        target.clear(upload.interrupted)
    step_on = progress("upload", len(upload.plan.paths))
    with archived_files(site / FOLDER / release.name, release) as read:
        for step, paths in upload.plan.send:
            begin(step, paths)
            for batch in batches(release, paths):
                ledger = ledger.sending(batch)
                write_ledger(upload.file, ledger)
                sent: list[str] = []

                def done(path: str, sent: list[str] = sent) -> None:
                    sent.append(path)
                    step_on(1)

                try:
                    target.send(batch, read, done)
                finally:
                    ledger = ledger.sent(release, sent)
                    write_ledger(upload.file, ledger)
    ledger = ledger.completed(release)
    write_ledger(upload.file, ledger)
    return ledger


def delete(upload: Upload, ledger: Ledger) -> Ledger:
    """Delete what no page has needed since the release before, and return what is known of the target then."""
    if paths := upload.plan.delete:
        write_ledger(upload.file, ledger.deleting(paths))
        upload.target.delete(paths)
        ledger = ledger.deleted(paths)
        write_ledger(upload.file, ledger)
    return ledger


def _adopted(site: Path, file: Path, target: Target, release: Release) -> tuple[Ledger, int]:
    """Return what is there of ours, whatever was noted before, and how many files there are not ours."""
    noted: Ledger | None = None
    with suppress(BadLedger):
        noted = read_ledger(file, target.name)
    known = noted or Ledger(target.name)
    there = target.all_paths()
    ours = there & {*known.files, *(path for kept in (release, *releases_in(site)) for path in kept.files)}
    return known.seen(target.digests(sorted(ours))), len(there - ours)


def _refuse_occupied(target: Target, release: Release) -> None:
    if there := sorted({path.split("/")[0] for path in release.files} & target.top_names()):
        raise UploadFailed(
            f"目标里已经有 {'、'.join(there[:3])}{' 等' if len(there) > 3 else ''}，这里没有往它上传过的记录",
            "这就是本网站以前手工传的，加上 --adopt：先取回来比，只传不一样的。是别的网站，换一个文件夹。",
            USAGE_ERROR,
        )


def _refuse_changed(target: Target, ledger: Ledger) -> None:
    """Look at the manifest, which every release changes: another machine may have uploaded to the same target."""
    known = ledger.files.get(MANIFEST)
    if target.can_look or known is None or not known.digest:
        return
    if target.digests([MANIFEST]).get(MANIFEST) != known.digest:
        raise UploadFailed(
            "目标里的文件和这里的上传记录对不上：别的电脑往那里传过，或者有人改过、恢复过备份",
            "加上 --adopt：先取回来比，只传不一样的。以后固定用一台电脑传。",
            USAGE_ERROR,
        )
