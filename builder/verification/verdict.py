"""What a file of a release came to on the live site."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a file came to. The values stand in ``--json`` and stay as they are."""

    OK = "ok"
    MISSING = "missing"  # the host says that there is no such file, in its status or in words
    STALE = "stale"  # that of another release
    EOL = "altered-eol"  # line ends were changed
    BOM = "altered-bom"  # a byte order mark was added
    INJECTED = "injected"  # our bytes with something put in
    RECODED = "re-encoded"  # the same characters in another encoding
    ALTERED = "altered"  # changed in another way
    TRUNCATED = "truncated"
    DOUBLE_GZIP = "double-gzip"  # packed once more than declared, or declared twice
    BAD_CODING = "bad-encoding"  # the declared packing cannot be undone
    BLOCKED = "blocked"  # a firewall, a captcha or a log-in answers
    WRONG_TYPE = "wrong-type"  # our bytes under a type with which browsers do something else
    WRONG_CHARSET = "wrong-charset"  # our bytes, declared to be in an encoding in which they are not
    REDIRECTED = "redirected"  # sent to where the file is not
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the file at `path` came to.

    `detail` is what was seen, in Chinese; files with the same `kind` and `group` have the same cause. `releases` are
    those of which a stale file may be, the newest first. `also` is what is wrong with the same file besides.
    """

    path: str
    kind: Kind
    detail: str = ""
    group: str = ""
    releases: tuple[str, ...] = ()
    also: tuple[Verdict, ...] = ()
