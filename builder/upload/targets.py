"""From what a user writes to a target: a folder, or a remote of rclone."""

from __future__ import annotations

import re
from pathlib import Path

from builder.upload.folder_target import FolderTarget
from builder.upload.rclone import find_rclone
from builder.upload.remote_target import RemoteTarget
from builder.upload.target import Target, key_of, without_secrets

_DRIVE = re.compile(r"[A-Za-z]:([\\/]|$)")


def is_folder(text: str) -> bool:
    """Return whether a target is a folder: a path, also that of a drive of Windows; everything else has a colon."""
    return ":" not in text or text.startswith(("/", "\\", ".", "~")) or _DRIVE.match(text) is not None


def target_key(text: str) -> str:
    """Return the name under which a target is remembered. It holds no password."""
    return key_of(str(Path(text).expanduser().resolve()) if is_folder(text) else without_secrets(text))


def open_target(text: str, desk: Path, inherited: tuple[int, ...], transfers: int) -> Target:
    """Return the target that a user means. `desk` is a folder for files on their way.

    Raises `UploadFailed` if the parent of a folder is missing, or rclone for anything else.
    """
    if is_folder(text):
        return FolderTarget(Path(text).expanduser())
    return RemoteTarget(text, find_rclone(inherited), desk, transfers)
