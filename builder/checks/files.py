"""The form files that guides offer for download exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast

from builder.checks.written import texts
from builder.content.model.companions import LibraryForm
from builder.content.site import Site
from builder.content.source import Raw
from builder.support.diagnostics import Finding, KeyPath, Rule, did_you_mean

MISSING_FILE = Rule(
    "R209",
    "要下载的表格文件要在 static/forms 里",
    why="群众点“下载空白表”，打开的会是错误页。",
    fix="把文件放进 static/forms，文件名和写的一样（大小写也一样）；还没有文件的，先删掉这一行。",
)
RULES = (MISSING_FILE,)


def check_files(site: Site, static_files: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each form file that is not in `static_files`, which are paths relative to ``static/``."""
    forms = [path.removeprefix("forms/") for path in static_files if path.startswith("forms/")]
    for card in site.cards:
        for name in set(card.files).difference(forms):
            for path, text in texts(cast("Raw", site.raw_of(card.file))):
                if text == name and path[-1] in ("file", "sample"):
                    yield _missing(card.file, path, name, forms)
    for form in site.all(LibraryForm):
        for field, name in (("file", form.record.file), ("sample", form.record.sample)):
            if name and name not in forms:
                yield _missing(form.file, (form.id, field), name, forms)


def _missing(file: str, path: KeyPath, name: str, forms: list[str]) -> Finding:
    return MISSING_FILE.at(file, *path, says=f"static/forms 里没有“{name}”", hint=did_you_mean(name, forms))
