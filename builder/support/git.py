"""Runs git, with what would change its answers taken away."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

# Git hooks set these. They would make git read another repository than the one that contains the folder.
_IGNORED_VARIABLES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


def is_installed() -> bool:
    """Tell whether there is a git to run."""
    return shutil.which("git") is not None


def run_git(folder: str, *arguments: str) -> tuple[str, str]:
    """Return the output of git, run in `folder`, and its complaint: what it says if it fails, else ""."""
    output, complaint = git_bytes(folder, *arguments)
    return output.decode("utf-8", "replace"), complaint


def git_files(folder: str, names: Sequence[str]) -> list[bytes | None]:
    """Return what git has under each of `names`, such as ``HEAD^:./content/topics.yaml``; None where it has nothing.

    One process reads them all. A path below the folder begins with ``./``; no name holds a line break.
    """
    output, _ = git_bytes(folder, "cat-file", "--batch", said="\n".join((*names, "")).encode())
    found: list[bytes | None] = []
    at = 0
    for _ in names:
        end = output.find(b"\n", at)
        head = output[at:end] if end >= 0 else b""
        at += len(head) + 1
        if not head or head.endswith(b" missing"):
            found.append(None)
            continue
        size = int(head.rsplit(b" ", 1)[1])
        found.append(output[at : at + size] if b" blob " in head else None)
        at += size + 1
    return found


def git_bytes(folder: str, *arguments: str, said: bytes = b"") -> tuple[bytes, str]:
    """Return the same with the output as it is; `said` is what git is told."""
    environment = {name: value for name, value in os.environ.items() if name not in _IGNORED_VARIABLES}
    environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}  # the complaint in English; no question for a password
    result = subprocess.run(
        [shutil.which("git") or "git", *arguments],
        cwd=folder,
        env=environment,
        input=said,
        capture_output=True,
        check=False,
    )
    complaint = result.stderr.decode("utf-8", "replace").strip() or f"exit {result.returncode}"
    return result.stdout, complaint if result.returncode else ""
