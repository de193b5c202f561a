"""The sample site with its PDF files, and the program that makes them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BASE = "https://www.example.gov.cn/bszn"

ITEMS = (
    "jieshou-juanzeng",  # a name and nothing else
    "shebaoka-shenban",  # short
    "linquanzheng-shenqing",  # a few of everything
    "yilao-yixiao-canbao",  # long, materials in groups
    "dibao-shenqing",  # branched, the longest slip
)
BOOKLETS = ("--booklet", "shebao-shouce", "--booklet", "department-xincheng-dangqun")


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program; it must have the extra."""
    command = [sys.executable, str(REPOSITORY / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **more})


@dataclass(frozen=True)
class Printed:
    """A site with its PDF files."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "public"

    @property
    def pdf(self) -> Path:
        return self.root / "pdf"
