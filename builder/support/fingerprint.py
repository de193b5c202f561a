"""Digests, which tell whether content has changed, and fingerprints: four characters that stand for a name."""

from __future__ import annotations

import marshal
import re
import sys
import tomllib
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

BUILT_IN = Path(__file__).resolve().parents[2]  # the folder with build.py, the built-in templates and static files

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=1 << 12)  # the same materials stand in many items
def fingerprint(name: str) -> str:
    """Return four letters or digits that stand for `name` (FNV-1a). ``static/mine.js`` computes the same for ids."""
    hashed = 2166136261
    for byte in name.encode():
        hashed = (hashed ^ byte) * 16777619 & 0xFFFFFFFF
    return "".join(_DIGITS[hashed // 36**place % 36] for place in (3, 2, 1, 0))


def digest(data: bytes) -> str:
    """Return the digest of `data` as 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def digest_of(value: Any) -> bytes:
    """Return the digest of a plain value, 16 bytes. Equal values have equal digests, in every process.

    Version 2 of marshal writes each value in full. Later versions write a string that is shared in memory as a
    reference, so their output depends on whether the value came from a worker, the cache or the parser.
    """
    return blake2b(marshal.dumps(value, 2), digest_size=16).digest()


@cache
def builder_digest() -> str:
    """Return the digest of everything that turns content into pages: our code, its dependencies, and Python.

    A cache with another builder digest is not used.
    """
    from importlib.metadata import version  # noqa: PLC0415 - slow to load, and not needed where nothing changed

    code = sorted((BUILT_IN / "builder").rglob("*.py"))
    parts = [path.relative_to(BUILT_IN).as_posix().encode() + path.read_bytes() for path in code]
    parts += [f"{name} {version(name)}".encode() for name in _dependencies()]
    return digest(b"\0".join((*parts, sys.version.encode())))


def _dependencies() -> list[str]:
    """Return the names of the required dependencies in ``pyproject.toml``."""
    declared = tomllib.loads((BUILT_IN / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return [re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0] for requirement in declared]
