"""Sheets of the sample site as PDF, set by programs of their own: what WeasyPrint loads must never be forked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sample_site import ADDRESS
from site_folder import REPOSITORY

ITEMS = (
    "jieshou-juanzeng",  # a name and nothing else
    "shebaoka-shenban",  # short
    "linquanzheng-shenqing",  # a few of everything
    "yilao-yixiao-canbao",  # long, materials in groups
    "dibao-shenqing",  # branched, the longest slip
)
KINDS = ("guide", "short", "notice", "poster")
OF_ITEMS = [(kind, item) for item in ITEMS for kind in KINDS if (kind, item) != ("poster", "jieshou-juanzeng")]
OF_THE_HALL = (
    "board/xincheng-dangqun",
    "card/nanmofang-shebao-dating",
    "phones/nanmofang",
    "calendar/nanmofang",
    "event/nanmofang-kunnan",  # all answers
    "event/nanmofang-shiye/dan",  # one of them
    "booklet/shebao-shouce",
    "booklet/department-maochang-shehuibanshi",
)

PROGRAM = """
import sys
from pathlib import Path
from builder.render.pdf_engine import BuiltSite, pdf_of
root, address, to, *names = sys.argv[1:]
for name in names:
    file = Path(to, f"{name}.pdf")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pdf_of(BuiltSite(root, address, ""), f"print/{name}.html"))
"""


@dataclass(frozen=True)
class Printed:
    """The built sample site, and the folder with the PDF of some of its sheets."""

    site: Path
    pdf: Path

    def html(self, name: str) -> str:
        """Return the sheet ``kind/id`` as a page."""
        return (self.site / f"print/{name}.html").read_text("utf-8")

    def data(self, name: str) -> bytes:
        """Return the sheet ``kind/id`` as PDF."""
        return (self.pdf / f"{name}.pdf").read_bytes()


def set_as_pdf(site: Path, names: Iterable[str], to: Path, **environment: str) -> None:
    """Put the PDF of each sheet ``kind/id`` of the built `site` into the folder `to`, with that environment besides ours."""
    command = [sys.executable, "-c", PROGRAM, str(site), ADDRESS, str(to), *names]
    subprocess.run(command, cwd=REPOSITORY, check=True, env={**os.environ, **environment})


def why_no_pdf() -> str:
    """Return what is missing to set a sheet as PDF, "" when nothing is."""
    asked = "from builder.render.pdf_engine import engine_version; engine_version()"
    tried = subprocess.run([sys.executable, "-c", asked], cwd=REPOSITORY, capture_output=True, text=True)
    return tried.stderr.strip().splitlines()[-1] if tried.returncode else ""
