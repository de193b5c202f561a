"""The commands, by what they are for. Each module holds a function for each of its commands.

Such a function prints the result and returns the exit code. Only the module of the command that runs is loaded.
"""

from __future__ import annotations

import argparse
from importlib import import_module

MODULES = {
    "build": "building",
    "pdf": "building",
    "serve": "building",
    "check": "checking",
    "explain": "checking",
    "reference": "checking",
    "init": "authoring",
    "new": "authoring",
    "fmt": "authoring",
    "rename": "authoring",
    "register": "authoring",
    "import": "office",
    "export": "office",
    "review": "reviewing",
    "sign": "reviewing",
    "report": "reviewing",
    "package": "releasing",
    "releases": "releasing",
    "publish": "releasing",
    "verify": "releasing",
    "archive": "releasing",
}


def run(options: argparse.Namespace) -> int:
    """Run the command in `options` and return its exit code."""
    module = import_module(f"{__name__}.{MODULES[options.command]}")
    exit_code: int = module.RUN[options.command](options)
    return exit_code
