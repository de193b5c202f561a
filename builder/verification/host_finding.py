"""What is wrong with a host as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave something about a host is. A note asks for nothing."""

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class HostFinding:
    """Something about a host: which `check` found it, what is so, and what the operator should do, "" for nothing."""

    check: str
    level: Level
    says: str
    fix: str = ""
