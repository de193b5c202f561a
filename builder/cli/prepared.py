"""A command line that is started ahead: it loads the whole builder, then waits to be told what to do.

``build.py serve`` keeps one waiting, so that an edit does not wait until the program has been loaded. Whoever starts it
writes one line to its standard input, a JSON list of arguments. If the input ends before, it ends too.
"""

from __future__ import annotations

import json
import sys

from builder.cli import leave, main


def main_when_told() -> int:
    """Load everything, then run the command that comes on standard input. Return its exit code."""
    _load()
    told = sys.stdin.readline()
    return main(json.loads(told), ends_process=True) if told else 0


def _load() -> None:
    """Import what a build imports when it first needs it, and build what pydantic builds on first use."""
    import jinja2.ext  # noqa: F401, PLC0415 - this and the next are to be loaded now
    import pypinyin.seg.simpleseg  # noqa: F401, PLC0415

    import builder.cli.subcommands.building  # noqa: F401, PLC0415
    from builder.content.model.kinds import RECORD_KINDS  # noqa: PLC0415

    for kind in RECORD_KINDS:
        kind.record.model_rebuild()


if __name__ == "__main__":
    leave(main_when_told())
