"""``build.py import``, from the items in documents to drafts in the folder of a site, and the report on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePath

from builder.checks.proofreading import Lexicon
from builder.commands import Refused
from builder.commands.bring_home import BroughtHome
from builder.commands.new import chosen_area, used_item_ids
from builder.content.model.companions import Area, Department, Source
from builder.content.model.disclosure import DisclosureList
from builder.content.names import slug, unused_id
from builder.content.site import Site
from builder.editing import Set, Value, edited, written
from builder.office.drafts.acceptance import accept, is_accepted
from builder.office.drafts.draft import Draft
from builder.office.drafts.drafting import make_draft, name_of
from builder.office.drafts.import_report import Imported
from builder.office.drafts.known_items import Known, near_items, same_item
from builder.office.drafts.public_list import ListDraft, is_public_list, known_list, make_list, title_of
from builder.office.drafts.saving import save_all
from builder.office.drafts.site_library import Library
from builder.office.drafts.updating import Update, update
from builder.office.shapes import Reading, Vocabulary
from builder.office.shapes.folding import fold
from builder.pipeline import Build
from builder.project import Project
from builder.support.diagnostics import did_you_mean
from builder.support.processes import Progress

NAMELESS = "导入的文件"  # what a document is called whose name `check` does not accept
SOURCES = "content/sources.yaml"
_LIST_REMARK = "# 从 Word、Excel 导入的公开清单。核对以后删掉“status: 草稿”这一行，就会公开；对应的事项也要公开。"
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
    project: Project,
    checked: Build,
    readings: Sequence[Reading],
    where: Where,
    words: Vocabulary,
    progress: Progress,
    *,
    updating: bool = False,
    but_not: Collection[str] = (),
) -> Imported:
    """Return drafts of the items in `readings`, and which of them the site has already. Nothing is written.

    `checked` is the result of `check`. If it is `updating`, what the documents say otherwise of items that the site has
    is among the files to be written, `but_not` in those files, which are changed otherwise.
    """
    site, lexicon = checked.site, checked.studied.lexicon
    titles = _accepted_titles(_titles(readings), lexicon)
    sources = _source_ids(site, titles)
    held: list[Draft | ListDraft] = []
    drafting = _Drafting(
        site, where, used_item_ids(project), progress("draft", sum(len(one.items) for one in readings))
    )
    lists: list[ListDraft] = []
    for reading in readings:
        source = sources[reading.document]
        if is_public_list(reading):
            guides = drafting.add(reading, source, only_guides=True)
            used = {one.id for one in site.all(DisclosureList)} | {one.id for one in lists}
            title = _accepted_title(title_of(reading, titles[reading.document]), titles[reading.document], lexicon)
            lists.append(_public_list(reading, title, source, where, guides, used, words))
        else:
            drafting.add(reading, source)
    own = [one for one in site.all(DisclosureList) if one.record.area in (where.area, None)]
    known_lists = [known for one in lists if (known := known_list(one, own))]
    new_lists = [one for one in lists if all(one is not known.draft for known in known_lists)]
    needed = {draft_source for draft in drafting.new for draft_source in _sources_of(draft.values)}
    needed |= {source for one in new_lists for source in _sources_of(one.values)}
    to_update = [one for one in drafting.known if one.card.file not in but_not] if updating else []
    updates = _updates(project, to_update, lexicon)
    needed |= {
        source for one in drafting.known if one.draft.file in updates for source in _sources_of(one.draft.values)
    }
    others = dict(_sources_file(project, site, sources, titles, needed))
    for one in new_lists:
        others[one.file] = written(one.file, one.values, f"{_schema_line(project, 'disclosure', 2)}{_LIST_REMARK}")
    remark = f"{_schema_line(project, 'item', 3)}{_REMARK}"
    accepted = accept(drafting.new, site, lexicon, others, remark)
    held += (one for one in drafting.new if one.file in accepted.refused)
    held += (one for one in new_lists if one.file in accepted.refused)
    near = {draft.file: near_items(draft, site, accepted.drafts) for draft in accepted.drafts}
    near |= {one.draft.file: near_items(one.draft, site, known=one.card.file) for one in drafting.known}
    changed = {one.file: one.data for one in updates.values() if one.applied}
    paths = [project.root / file for file in (*others, *changed)]
    before = {path.relative_to(project.root).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    return Imported(
        readings,
        accepted.drafts,
        drafting.known,
        near,
        accepted.findings,
        {**accepted.files, **changed},
        before,
        drafting.twice,
        [one for one in new_lists if one.file not in accepted.refused],
        known_lists,
        accepted.refused,
        held,
        updates,
    )


@dataclass(slots=True)
class _Drafting:
    """Makes drafts one by one, and tells new ones from those that the site or an earlier document has."""

    site: Site
    where: Where
    used: set[str]
    done: Callable[[int], None]
    new: list[Draft] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    twice: list[tuple[Draft, Draft]] = field(default_factory=list)
    said: dict[str, int] = field(default_factory=dict)  # which of the new ones says this, word by word

    def add(self, reading: Reading, source: str, *, only_guides: bool = False) -> dict[int, str]:
        """Add the items of a document, and return their ids by the number of the row."""
        library, ids = Library(self.site, self.where.area), dict[int, str]()
        for index, item in enumerate(reading.items):
            id = unused_id(slug(name_of(item)) or "shixiang", self.used)
            draft = make_draft(item, id, library, source, self.where.department)
            self.done(1)
            if draft.is_guide or not only_guides:
                ids[index] = self._add(draft)
        return ids

    def _add(self, draft: Draft) -> str:
        if same := same_item(draft, self.site):
            self.known.append(same)
            return same.card.id
        at = self.said.setdefault(_said(draft), len(self.new))
        if at < len(self.new):
            self.new[at] = _with_provenance_of(self.new[at], draft)
            self.twice.append((draft, self.new[at]))
            return self.new[at].id
        self.used.add(draft.id)
        self.new.append(draft)
        return draft.id


def _updates(project: Project, known: Sequence[Known], lexicon: Lexicon) -> Mapping[str, Update]:
    """Return what is written into the files of known items, by the file that the draft of each would have."""
    data: dict[str, bytes] = {}
    taken: dict[str, list[str]] = {}
    updates: dict[str, Update] = {}
    for one in known:
        file = one.card.file
        made = update(one, data.get(file) or (project.root / file).read_bytes(), taken.get(file, ()), lexicon)
        data[file], taken[file] = made.data, [*taken.get(file, ()), *made.applied]
        updates[one.draft.file] = made
    return {draft: replace(made, data=data[made.file]) for draft, made in updates.items()}


def _public_list(
    reading: Reading,
    title: str,
    source: str,
    where: Where,
    guides: Mapping[int, str],
    used: Collection[str],
    words: Vocabulary,
) -> ListDraft:
    id = unused_id(slug(title) or where.area, used)
    about: dict[str, Value] = {"area": where.area, "provenance": [{"source": source, "at": "全文"}]}
    if where.department:
        about["department"] = where.department
    return make_list(reading, id, title, about, guides, words)


def _sources_of(values: Mapping[str, Value]) -> list[str]:
    return [str(one["source"]) for one in _entries(values["provenance"]) if isinstance(one, Mapping)]


def _schema_line(project: Project, kind: str, depth: int) -> str:
    """Return the line that tells an editor's program what a file of this kind may hold, if the site has that."""
    path = f"docs/schema/{kind}.json"
    up = "../" * depth
    return f"# yaml-language-server: $schema={up}{path}\n" if (project.root / path).is_file() else ""


def save(
    project: Project,
    imported: Imported,
    home: BroughtHome,
    folder: Path | None,
    reports: Mapping[Path, str],
    *,
    planned: bool,
) -> None:
    """Write the files of an import into the site, or as they would be there into another folder, and reports on it.

    A report takes the place of an old one. If the import is only `planned`, the reports are all that is written. Raises
    `Failure` if something cannot be written; then nothing is.
    """
    root = folder or project.root
    files = {} if planned else {root / file: data for file, data in {**imported.files, **home.files}.items()}
    before = {} if folder else {root / file: data for file, data in {**imported.before, **home.before}.items()}
    old = {path: path.read_bytes() for path in reports if path.is_file()}
    save_all({**files, **{path: text.encode() for path, text in reports.items()}}, {**before, **old})


def _said(draft: Draft) -> str:
    """Return what a draft says, wherever it is from."""
    return repr(sorted((key, value) for key, value in draft.values.items() if key != "provenance"))


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


def _accepted_titles(titles: Mapping[str, str], lexicon: Lexicon) -> Mapping[str, str]:
    """Return titles that `check` accepts; a name like XX镇清单.docx makes none."""
    other = (f"{NAMELESS}{number or ''}" for number in count())
    return {document: _accepted_title(title, "", lexicon) or next(other) for document, title in titles.items()}


def _accepted_title(title: str, instead: str, lexicon: Lexicon) -> str:
    return title if is_accepted(SOURCES, {"x": {"title": title}}, lexicon) else instead


def _sources_file(
    project: Project, site: Site, ids: Mapping[str, str], titles: Mapping[str, str], needed: Collection[str]
) -> Mapping[str, bytes]:
    """Return the file of sources with those that are `needed` and that it does not have; nothing if it has all."""
    known = {one.id for one in site.all(Source)}
    new = {
        id: {
            "title": titles[document],
            **({} if titles[document].startswith(NAMELESS) else {"note": f"从“{document}”导入"}),
        }
        for document, id in ids.items()
        if id in needed and id not in known
    }
    if not new:
        return {}
    path = project.root / SOURCES
    if not path.is_file():
        return {SOURCES: written(SOURCES, new)}
    return {SOURCES: edited(SOURCES, path.read_bytes(), [Set((id,), values) for id, values in new.items()])}
