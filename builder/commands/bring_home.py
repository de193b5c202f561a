"""``build.py import`` of exported documents: what was changed in them becomes changes of the files of their items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.commands import Refused
from builder.context import Words
from builder.editing import NotEdited, edited
from builder.office.drafts.acceptance import findings_with
from builder.office.returned.changes import Wishes, outcome_of
from builder.office.returned.documents import (
    Brought,
    HomeContents,
    HomeDocument,
    HomeItem,
    home_contents,
    home_document,
)
from builder.office.returned.labels import field_label
from builder.office.returned.outcome import Remark
from builder.office.returned.outward import outward
from builder.office.returned.versions import Library, Versions
from builder.pipeline import Build
from builder.project import Project
from builder.support.diagnostics import Finding, Severity
from builder.support.processes import Progress

NOTHING = "什么也没有写。"


@dataclass(slots=True)
class BroughtHome:
    """What came of the exported documents of an import: items, and the files that change, now and then."""

    contents: list[HomeContents] = field(default_factory=list)
    items: list[Brought] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, bytes] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong, so that nothing of the import may be written."""
        told = any(remark.is_error for one in self.contents for remark in one.remarks)
        return told or any(one.outcome.errors for one in self.items)

    @property
    def has_conflicts(self) -> bool:
        """Whether items were left as they are, because their files have changed, too."""
        return any(one.outcome.conflicts for one in self.items)


def apart(paths: Sequence[Path], words: Words) -> tuple[list[HomeDocument], list[Path]]:
    """Return the exported documents among `paths`, and the other files. Raises `Refused` for a table that only goes out."""
    for path in paths:
        if what := outward(path, words):
            hint = "它只往外交。要改事项，用 export --to xlsx 导出事项表，或者 --to docx 导出表单，改好再导入。"
            raise Refused(f"“{path.name}”是{what}，不能导回来", hint)
    found = [(path, home_document(path)) for path in paths]
    return [home for _, home in found if home], [path for path, home in found if not home]


def bring_home(
    project: Project, checked: Build, documents: Sequence[HomeDocument], wishes: Wishes, progress: Progress
) -> BroughtHome:
    """Return what is to be changed. Nothing is written. Raises `Failure` for a document that cannot be read or has no item.

    `checked` is the result of `check`.
    """
    library = Library(project.root, checked.site, checked.studied.parsed)
    done: Callable[[int], None] = progress("import", len(documents))
    brought = BroughtHome()
    for document in documents:
        brought.contents.append(home_contents(document, library))
        done(1)
    items = [item for contents in brought.contents for item in contents.items]
    _refuse_twice(items)
    for item in items:
        versions = item.versions
        outcome = outcome_of(item.returned, versions.file, versions.now, versions.exported, wishes)
        one = Brought(item, outcome)
        brought.items.append(one)
        if outcome.changes and (data := _edited(one)) not in (None, versions.data):
            brought.files[versions.file], brought.before[versions.file] = data or b"", versions.data
    _check(brought, checked)
    return brought


def _refuse_twice(items: Sequence[HomeItem]) -> None:
    """Raise `Refused` if several documents are of the same item: nobody knows which one is meant."""
    documents: dict[str, list[str]] = defaultdict(list)
    for item in items:
        documents[item.versions.file].append(item.returned.document)
    for item in items:
        if len(names := documents[item.versions.file]) > 1:
            says = f"“{item.versions.name}”有 {len(names)} 份：{'、'.join(names)}"
            raise Refused(says, f"每个事项一次只导入一份：先导入一份，再导入另一份，两份的改动会合在一起。{NOTHING}")


def _edited(one: Brought) -> bytes | None:
    versions = one.item.versions
    try:
        return edited(versions.file, versions.data, one.outcome.changes)
    except NotEdited as refused:
        one.outcome.remarks += [
            Remark(_label(finding, versions), finding.says, finding.hint, is_error=True) for finding in refused.findings
        ]
        return None


def _check(brought: BroughtHome, checked: Build) -> None:
    """Tell what `check` would say of the changed items."""
    if not brought.files:
        return
    known = {(finding.file, finding.code, finding.path, finding.says) for finding in checked.findings}
    by_file = {one.item.versions.file: one for one in brought.items}
    for finding in findings_with(brought.files, (), checked.site, checked.studied.lexicon):
        is_error = finding.severity is Severity.ERROR
        if finding.file in by_file and (
            is_error or (finding.file, finding.code, finding.path, finding.says) not in known
        ):
            one = by_file[finding.file]
            label = _label(finding, one.item.versions)
            one.outcome.remarks.append(Remark(label, f"{finding.says}（{finding.code}）", finding.hint, is_error))


def _label(finding: Finding, versions: Versions) -> str:
    return field_label(finding.path, type(versions.now.record(())))
