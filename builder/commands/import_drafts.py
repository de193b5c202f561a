"""``build.py import``, from the items in documents to drafts in the folder of a site, and the report on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from builder.commands import Refused
from builder.commands.new import SCHEMA, chosen_area, used_item_ids
from builder.content.model.companions import Area, Department, Source
from builder.content.names import slug, unused_id
from builder.content.site import Site
from builder.editing import Set, Value, edited, written
from builder.office.drafts.acceptance import accept
from builder.office.drafts.draft import Draft
from builder.office.drafts.drafting import make_draft
from builder.office.drafts.import_report import Imported
from builder.office.drafts.known_items import Known, near_items, same_item
from builder.office.drafts.saving import save_all
from builder.office.drafts.site_library import Library
from builder.office.shapes import Reading
from builder.office.shapes.folding import fold
from builder.pipeline import Build
from builder.project import Project
from builder.support.diagnostics import did_you_mean
from builder.support.processes import Progress

SOURCES = "content/sources.yaml"
_REMARK = "# 从 Word、Excel 导入的草稿。看看 notes 里的话，核对以后删掉“status: 草稿”这一行，就会公开。"


@dataclass(frozen=True, slots=True)
class Where:
    """Where drafts go: the area, and the department that handles them, "" for what each document says."""

    area: str
    department: str = ""


def where_for(project: Project, site: Site, area: str | None, department: str | None) -> Where:
    """Return where drafts go. Raises `Refused` for an unknown area or department."""
    records = {"area": {one.id: one.record for one in site.all(Area)}}
    chosen = chosen_area(project, records, area)
    if department is None:
        return Where(chosen)
    known = {one.id: one.record.name for one in site.all(Department)}
    id = next((id for id, name in known.items() if department in (id, name)), "")
    if not id:
        raise Refused(
            f"没有编号为“{department}”的单位", did_you_mean(department, known) or "先在 content/departments 里建"
        )
    return Where(chosen, id)


def draft_all(
    project: Project, checked: Build, readings: Sequence[Reading], where: Where, progress: Progress
) -> Imported:
    """Return drafts of the items in `readings`, and which of them the site has already. Nothing is written.

    `checked` is the result of `check`.
    """
    site = checked.site
    titles = _titles(readings)
    sources = _source_ids(site, titles)
    done = progress("draft", sum(len(reading.items) for reading in readings))
    library, used = Library(site, where.area), used_item_ids(project)
    new: list[Draft] = []
    known: list[Known] = []
    twice: list[tuple[Draft, Draft]] = []
    for reading in readings:
        for item in reading.items:
            id = unused_id(slug(item.name) or "shixiang", used)
            draft = make_draft(item, id, library, sources[reading.document], where.department)
            done(1)
            if same := same_item(draft, site):
                known.append(same)
            elif (at := _found_again(draft, new)) is not None:
                new[at] = _with_provenance_of(new[at], draft)
                twice.append((draft, new[at]))
            else:
                used.add(id)
                new.append(draft)
    others = _sources_file(project, site, sources, titles, new)
    schema = (
        "# yaml-language-server: $schema=../../../docs/schema/item.json\n" if (project.root / SCHEMA).is_file() else ""
    )
    accepted = accept(new, site, checked.studied.lexicon, others, f"{schema}{_REMARK}")
    near = {draft.file: near_items(draft, site, accepted.drafts) for draft in accepted.drafts}
    near |= {one.draft.file: near_items(one.draft, site, known=one.card.file) for one in known}
    before = {file: (project.root / file).read_bytes() for file in others if (project.root / file).is_file()}
    return Imported(readings, accepted.drafts, known, near, accepted.findings, accepted.files, before, tuple(twice))


def save(
    project: Project, imported: Imported, folder: Path | None, reports: Mapping[Path, str], *, planned: bool
) -> None:
    """Write the files of an import into the site, or as they would be there into another folder, and reports on it.

    A report takes the place of an old one. If the import is only `planned`, the reports are all that is written. Raises
    `Failure` if something cannot be written; then nothing is.
    """
    root = folder or project.root
    files = {} if planned else {root / file: data for file, data in imported.files.items()}
    before = {} if folder else {root / file: data for file, data in imported.before.items()}
    old = {path: path.read_bytes() for path in reports if path.is_file()}
    save_all({**files, **{path: text.encode() for path, text in reports.items()}}, {**before, **old})


def _found_again(draft: Draft, others: Sequence[Draft]) -> int | None:
    """Return which of `others` says word by word what the draft says."""
    return next((index for index, one in enumerate(others) if _said(one) == _said(draft)), None)


def _said(draft: Draft) -> dict[str, Value]:
    return {key: value for key, value in draft.values.items() if key != "provenance"}


def _with_provenance_of(draft: Draft, other: Draft) -> Draft:
    entries = [one for part in (draft, other) for one in _entries(part.values["provenance"])]
    return replace(draft, values={**draft.values, "provenance": entries})


def _entries(value: Value) -> list[Value]:
    return list(value) if isinstance(value, list) else [value]


def _source_ids(site: Site, titles: Mapping[str, str]) -> Mapping[str, str]:
    """Return the id of the source for each document: that of a source with this title, else a new one."""
    known = {fold(one.record.title): one.id for one in site.all(Source)}
    used = {one.id for one in site.all(Source)}
    ids: dict[str, str] = {}
    for document, title in titles.items():
        ids[document] = known.get(fold(title)) or unused_id(slug(title) or "ziliao", used)
        used.add(ids[document])
    return ids


def _titles(readings: Sequence[Reading]) -> Mapping[str, str]:
    """Return the title of each document: its name without suffix, where no other one has the same."""
    stems = Counter(PurePath(reading.document).stem for reading in readings)
    names = ((reading.document, PurePath(reading.document)) for reading in readings)
    return {document: (path.stem if stems[path.stem] == 1 else path.name)[:120] for document, path in names}


def _sources_file(
    project: Project, site: Site, ids: Mapping[str, str], titles: Mapping[str, str], drafts: Sequence[Draft]
) -> Mapping[str, bytes]:
    """Return the file of sources with those of the drafts that it does not have; nothing if it has all."""
    known = {one.id for one in site.all(Source)}
    needed = {
        one["source"] for draft in drafts for one in _entries(draft.values["provenance"]) if isinstance(one, dict)
    }
    new = {
        id: {"title": titles[document], "note": f"从“{document}”导入"}
        for document, id in ids.items()
        if id in needed - known
    }
    if not new:
        return {}
    path = project.root / SOURCES
    if not path.is_file():
        return {SOURCES: written(SOURCES, new)}
    return {SOURCES: edited(SOURCES, path.read_bytes(), [Set((id,), values) for id, values in new.items()])}
