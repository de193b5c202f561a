"""What is known to be on a target: one JSON file for each target, in ``releases/targets/`` of the site.

It is written before files are sent, and again once they are there, so after a kill at any moment it errs only by
sending a file again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from builder.release.release import FOLDER, Release
from builder.support.failure import USAGE_ERROR, Failure

TARGETS = f"{FOLDER}/targets"  # in the folder of the site


class BadLedger(Failure):
    """The ledger of a target cannot be read."""


@dataclass(frozen=True, slots=True)
class OnTarget:
    """What is known of one file on the target.

    `digest` is the SHA-256 of its bytes, "" if an upload was interrupted while the file was sent; then it may not even
    be there, unless it is `certain`. It is `settled` once a whole release was there with it. `unused_since` is the
    release that no longer has it, or "".
    """

    digest: str
    certain: bool = True
    settled: bool = False
    unused_since: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known to be on a target: our files by path, and the release that was the last to be there as a whole."""

    target: str
    shows: str = ""
    files: Mapping[str, OnTarget] = field(default_factory=dict)

    def sending(self, paths: Iterable[str]) -> Ledger:
        """Return the ledger as it is while `paths` are being sent."""
        begun = {path: replace(self._at(path, certain=False), digest="", settled=False) for path in paths}
        return replace(self, files={**self.files, **begun})

    def sent(self, release: Release, paths: Iterable[str]) -> Ledger:
        """Return the ledger as it is when files of a release have been sent."""
        here = {
            path: replace(self._at(path), digest=release.files[path].digest, certain=True, settled=False)
            for path in paths
        }
        return replace(self, files={**self.files, **here})

    def completed(self, release: Release) -> Ledger:
        """Return the ledger as it is when all files of a release are there: the others are unused from now on."""
        files = {
            path: replace(
                known,
                settled=path in release.files or known.settled,
                unused_since="" if path in release.files else known.unused_since or release.name,
            )
            for path, known in self.files.items()
        }
        return replace(self, shows=release.name, files=files)

    def deleting(self, paths: Iterable[str]) -> Ledger:
        """Return the ledger as it is while `paths` are being deleted."""
        begun = {path: replace(self.files[path], digest="", certain=False) for path in paths}
        return replace(self, files={**self.files, **begun})

    def deleted(self, paths: Iterable[str]) -> Ledger:
        """Return the ledger as it is when `paths` have been deleted."""
        gone = set(paths)
        return replace(self, files={path: known for path, known in self.files.items() if path not in gone})

    def seen(self, digests: Mapping[str, str]) -> Ledger:
        """Return the ledger as it is when somebody looked: these of our files are there, and no others."""
        files = {}
        for path, digest in digests.items():
            known = self.files.get(path, OnTarget(digest, settled=True))
            files[path] = replace(known, digest=digest, certain=True)
        return replace(self, files=files)

    @property
    def interrupted(self) -> tuple[str, ...]:
        """The files of which it is not known what is there."""
        return tuple(path for path, known in self.files.items() if not known.digest)

    def _at(self, path: str, *, certain: bool = True) -> OnTarget:
        return self.files.get(path, OnTarget("", certain=certain))


def ledger_file(site: Path, key: str) -> Path:
    """Return where the ledger of a target is, by the key of the target."""
    return site / TARGETS / f"{key}.json"


def read_ledger(file: Path, target: str) -> Ledger | None:
    """Return the ledger of a target; None if there is none yet. Raises `BadLedger` if it is damaged."""
    try:
        record = json.loads(file.read_bytes())
        return Ledger(target, record["shows"], {path: _on_target(row) for path, row in record["files"].items()})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadLedger(
            f"上传记录“{file}”读不出来", "加上 --adopt 再运行一次：把目标里的文件取回来比一遍，重新记。", USAGE_ERROR
        ) from None


def shown_releases(site: Path) -> set[str]:
    """Return the names of the releases that targets show, as far as their ledgers can be read."""
    shown = set()
    for file in (site / TARGETS).glob("*.json"):
        with suppress(BadLedger):
            if ledger := read_ledger(file, ""):
                shown.add(ledger.shows)
    return shown


def write_ledger(file: Path, ledger: Ledger) -> None:
    """Write the ledger of a target atomically, so that it is on the disk when this returns. Raises `OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = ",\n".join(f"{json.dumps(path)}: {json.dumps(_row(known))}" for path, known in sorted(ledger.files.items()))
    head = json.dumps({"target": ledger.target, "shows": ledger.shows}, ensure_ascii=False)
    write_durably(file, f'{head[:-1]}, "files": {{\n{rows}\n}}}}\n'.encode())


def write_durably(file: Path, data: bytes) -> None:
    """Write a file atomically, and so that it outlasts a loss of power from then on. Raises `OSError`."""
    temporary = file.with_name(f"{file.name}.new")
    with open(temporary, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(temporary, file)


def _row(known: OnTarget) -> dict[str, Any]:
    row: dict[str, Any] = {"sha256": known.digest}
    if not known.certain:
        row["perhaps"] = True
    if known.settled:
        row["settled"] = True
    if known.unused_since:
        row["unused_since"] = known.unused_since
    return row


def _on_target(row: Mapping[str, Any]) -> OnTarget:
    return OnTarget(
        str(row["sha256"]),
        certain=not row.get("perhaps", False),
        settled=bool(row.get("settled", False)),
        unused_since=str(row.get("unused_since", "")),
    )
