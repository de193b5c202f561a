"""The command line: parses the arguments, runs the command, reports errors, and returns the exit code."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from builder.cli.arguments import parse
from builder.cli.console import complain, display_path, say, show_findings
from builder.cli.last_build import LastBuild
from builder.cli.subcommands import run
from builder.report import FORMATS
from builder.support.diagnostics import ConfigurationError, ContentErrors
from builder.support.failure import CONTENT_ERRORS, INTERRUPTED, MACHINE_ERROR, OK, USAGE_ERROR, Failure

ONE_BUILD = ("build", "check")  # the commands that examine a site once and keep what they know of it to their end


def main(arguments: Sequence[str] | None = None, *, ends_process: bool = False) -> int:
    """Run the command in `arguments`, by default those of the process. Return the exit code.

    Exit codes: 0 success; 1 content errors; 2 wrong usage or configuration; 3 machine error; 130 interrupted.

    `ends_process` tells that the process ends with the command.
    """
    gc.set_threshold(50_000, 20, 20)  # a build creates many objects and few cycles, so collect less often
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if options.site.is_dir():
        options.site /= "site.yaml"
    if ends_process and options.command in ONE_BUILD:
        gc.disable()  # of 10,000 items a build leaves 4,000 objects in cycles, and to look for them takes a tenth of an edit
    try:
        return _run(options)
    except ContentErrors as errors:
        show_findings(errors.findings, "text", options.site.parent)
        if errors.says:
            complain(errors.says, errors.hint)
        return CONTENT_ERRORS
    except ConfigurationError as error:
        format = getattr(options, "format", "text")  # that of findings, or of what a command writes
        show_findings(error.findings, format if format in FORMATS else "text", options.site.parent)
        return USAGE_ERROR
    except Failure as failure:
        complain(f"错误: {failure}", failure.hint)
        return failure.exit_code
    except BrokenPipeError:  # the reader of our output, such as `head`, has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        complain(f"错误: 机器出了问题：{error}")
        return MACHINE_ERROR
    except KeyboardInterrupt:
        complain("已中断，网站没有改动。")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the traceback goes to a file, for the person who maintains the program
        report = options.site.parent / ".cache" / "error.txt"
        with suppress(OSError):
            report.write_text(traceback.format_exc(), "utf-8")
        path = display_path(report)
        complain(f"错误: 程序自己出了毛病（{type(error).__name__}），网站没有改动。请把 {path} 交给维护的人。")
        return MACHINE_ERROR


def leave(exit_code: int) -> NoReturn:
    """End this process now. To give back the memory of a build, object by object, would take longer than many an edit."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # Python tells of it as it ends
        raise SystemExit(exit_code) from None
    os._exit(exit_code)


def _run(options: argparse.Namespace) -> int:
    if options.command == "build":
        options.last_build = None if options.cluster or options.areas else LastBuild.of(options)
        if options.last_build and not options.clean and (says := options.last_build.says()) is not None:
            if says:
                say(says)
            return OK
    return run(options)
