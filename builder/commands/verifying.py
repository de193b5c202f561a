"""``build.py verify``: the live site compared with a release, as text, as data, and as a sheet for its operator.

It needs the folder `releases` only, not the content, so that a machine that watches over the site can do it.
"""

from __future__ import annotations

from pathlib import Path

from builder.publish import replace_file
from builder.publish.folders import CACHE
from builder.render.templates import environment_of, rendered
from builder.support.failure import USAGE_ERROR, Failure
from builder.support.fingerprint import BUILT_IN
from builder.verification.verification import Verification
from builder.verification.wording import headline, looked_at

EXAMPLES = 5  # files that are named of each cause on the sheet
MOST_LISTED = 240  # behind it, in a list


class NotAPage(Failure):
    """The sheet is a web page, and should be written to a file that says so."""


def page_file(file: Path) -> Path:
    """Return the file for the sheet. Raises `NotAPage` if its name is that of something else."""
    if file.suffix.lower() not in (".html", ".htm") or file.is_dir():
        raise NotAPage(f"“{file}”不能写", "单子是网页，写成 --out 核验单.html 这样。", USAGE_ERROR)
    return file


def write_sheet(found: Verification, site: Path, file: Path) -> None:
    """Write the sheet that goes to the operator of the site in a folder."""
    folders = tuple(dict.fromkeys((site / "templates", BUILT_IN / "templates")))
    environment = environment_of(folders, site / CACHE / "templates")
    values = {
        "found": found,
        "headline": headline(found),
        "looked_at": looked_at(found),
        "examples": EXAMPLES,
        "most": MOST_LISTED,
    }
    data = rendered(environment, folders, "verification/sheet.html", values)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(str(file), data)
