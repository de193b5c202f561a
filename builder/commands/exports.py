"""``build.py export``: items as forms for Word, workbooks for Excel, and open data."""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.areas.studied import StudiedSite
from builder.commands import Refused, folder_for
from builder.content.card import Card
from builder.content.model.companions import Area
from builder.content.model.disclosure import DisclosureList
from builder.content.model.events import Event
from builder.content.model.item import Item
from builder.content.site import Site
from builder.context import Frame, Lookup, RenderContext, frame_of
from builder.form.record_names import Names
from builder.guide import guide_uses
from builder.office.export.bulk_workbook import bulk_workbook
from builder.office.export.disclosure_sheet import disclosure_workbook
from builder.office.export.exported import ExportedItem
from builder.office.export.form_document import word_form
from builder.office.export.item_catalogue import catalogue_workbook
from builder.office.export.item_sheets import item_sheets
from builder.office.export.kept_files import ExportFolder, file_name
from builder.open_data.public_record import Json, public_record
from builder.open_data.service_tables import ITEMS, MATERIALS, STEPS, table_text
from builder.open_data.terms import context as json_context
from builder.project import Project
from builder.render.item_guide import ItemGuide
from builder.render.templates import environment_of, rendered
from builder.support.diagnostics import did_you_mean
from builder.support.processes import Progress

FOLDER = "export"  # beside the settings of a site
TABLES = {ITEMS: "", MATERIALS: "材料", STEPS: "步骤"}  # the tables of open data, and how their files are called


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be exported: `items` (each an id, file, name or title), those of a department or an area, all, or a list."""

    items: Sequence[str] = ()
    department: str = ""
    area: str = ""
    all: bool = False
    list: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """The items to export, in the order of their files, and what they are together; `whole` if nobody picked them one by one."""

    cards: tuple[Card, ...]
    name: str
    whole: bool


def selected(site: Site, request: Request) -> Selection:
    """Return the items that `request` asks for. Raises `Refused` for one that there is not."""
    if request.items:
        cards = [card for name in request.items for card in _named(site, name)]
        return Selection(tuple(dict.fromkeys(cards)), "事项", whole=False)
    cards, name = list(site.cards), site.settings.name
    if request.area:
        area = _id_of("area", request.area, site)
        cards, name = [card for card in cards if card.area == area], site.area_name(area)
    if request.department:
        department = _id_of("department", request.department, site)
        cards, name = [card for card in cards if card.department == department], site.department_name(department)
    if not cards:
        raise Refused(f"{name}没有事项")
    return Selection(tuple(cards), name, whole=True)


def _public(selection: Selection) -> list[Card]:
    """Return the items that may be open data. Raises `Refused` if one that was asked for may not, or if there is none."""
    public = [card for card in selection.cards if card.public]
    hidden = [card.name for card in selection.cards if not card.public]
    if not public or (hidden and not selection.whole):
        says = f"“{hidden[0]}”是草稿或者内部事项" if hidden else "没有公开的事项"
        raise Refused(f"{says}，不能做成开放数据")
    return public


def _named(site: Site, name: str) -> list[Card]:
    cards = [card for card in site.cards if name in (card.id, card.file, card.name, card.title)]
    if not cards:
        known = [text for card in site.cards for text in (card.id, card.name, card.title)]
        if any(event.id == name for event in site.all(Event)):
            hint = f"改它里面的事项，或直接改 content/events/{name}.yaml"
            raise Refused(f"“{name}”是一件事，没有表单和表格", hint)
        raise Refused(f"没有事项“{name}”", did_you_mean(name, known) or "写事项的编号（文件名）或名称。")
    return cards


def _id_of(kind: str, text: str, site: Site) -> str:
    names = Names(site)
    if id := names.id_of(kind, text):
        return id
    label = "地区" if kind == "area" else "单位"
    known = [word for id, name in names.all(kind).items() for word in (id, name)]
    raise Refused(f"没有{label}“{text}”", did_you_mean(text, known) or f"写{label}的编号或名称。")


class Exporter:
    """Exports from one site. `on_done` steps of `progress` are items."""

    def __init__(self, project: Project, studied: StudiedSite, folder: ExportFolder, progress: Progress) -> None:
        self._project = project
        self._studied = studied
        self._site = studied.site
        self._names = Names(studied.site)
        self._folder = folder
        self._progress = progress

    def word(self, selection: Selection) -> list[Path]:
        """Write a form for each item, and return the files. Raises `NotWritten`."""
        files = {card.id: file_name(card.name, "docx", card.id) for card in selection.cards}
        self._folder.check(files.values())
        folders = self._project.template_folders
        environment = environment_of(folders, self._project.cache / "templates")
        frame = frame_of(self._site, {}, {}, self._project.words)
        written = []
        for exported in self._exported(selection.cards, lambda item, card: self._edition(item, card, frame)):
            foot = f"事项编号 {exported.card.id}　版本 {exported.edition}"
            document = word_form(
                exported, self._names, foot, lambda name, values: rendered(environment, folders, name, values)
            )
            written.append(self._folder.write(files[exported.card.id], document))
        return written

    def excel(self, selection: Selection) -> list[Path]:
        """Write the items in rows; of a whole department or area also the catalogue. Return the files. Raises `NotWritten`."""
        bulk, catalogue = file_name(f"{selection.name}事项表", "xlsx"), file_name(f"{selection.name}目录清单", "xlsx")
        self._folder.check([bulk, catalogue] if selection.whole else [bulk])
        items = list(self._exported(selection.cards))
        areas = {area.id: area.record.name for area in self._site.all(Area)}
        sheets = item_sheets(items, self._names, areas)
        written = [self._folder.write(bulk, bulk_workbook(sheets, f"{selection.name}事项表"))]
        if selection.whole:
            public = [(one.card, one.item) for one in items if one.card.public]
            data = catalogue_workbook(public, self._site, self._project.words, f"{selection.name}事项目录清单")
            written.append(self._folder.write(catalogue, data))
        return written

    def json(self, selection: Selection) -> list[Path]:
        """Write the records of the public items as JSON-LD, and return the file. Raises `Refused`, `NotWritten`."""
        cards = _public(selection)
        name = file_name(selection.name, "json")
        self._folder.check([name])
        base = {"@base": f"{self._site.settings.base_url}/"} if self._site.settings.base_url else {}
        meaning = {**json_context()["@context"], **base}
        data = {"@context": meaning, "services": list(self._records(cards))}
        return [self._folder.write(name, f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode())]

    def csv(self, selection: Selection) -> list[Path]:
        """Write tables of the public items, and return the files. Raises `Refused`, `NotWritten`."""
        cards = {card.id: card for card in _public(selection)}
        files = {table: file_name(f"{selection.name}{label}", "csv") for table, label in TABLES.items()}
        self._folder.check(files.values())
        records = list(self._records(cards.values()))
        words = self._project.words
        return [
            self._folder.write(name, table_text(table, records, cards.__getitem__, words).encode())
            for table, name in files.items()
        ]

    def _records(self, cards: Iterable[Card]) -> Iterator[Json]:
        frame = frame_of(self._site, {}, {}, self._project.words)
        for exported in self._exported(sorted(cards, key=lambda card: card.id)):
            card = exported.card
            context = RenderContext(self._project.words, frame, Lookup(guide_uses(card, self._site), self._site.known))
            modified = card.changed or self._site.date_of(card)[:10]
            yield public_record(exported.item, card.id, card.area, modified, context)

    def disclosure(self, id: str) -> list[Path]:
        """Write a disclosure list as a workbook. Raises `Refused` if there is none of this id, `NotWritten`."""
        lists = {one.id: one for one in self._site.all(DisclosureList)}
        if id not in lists:
            known = f"有这几份：{'、'.join(lists)}" if lists else "这个网站还没有公开清单"
            raise Refused(f"没有公开清单“{id}”", did_you_mean(id, lists) or f"{known}。")
        found = lists[id]
        name = file_name(found.record.title, "xlsx")
        self._folder.check([name])
        parsed = next(file for file in self._studied.files if file.file == found.file)
        raw = marshal.loads(parsed.raw_records)[id]
        return [self._folder.write(name, disclosure_workbook(found.record, raw, self._names, id, parsed.digest))]

    def _exported(
        self, cards: Sequence[Card], edition: Callable[[Item, Card], str] = lambda item, card: ""
    ) -> Iterator[ExportedItem]:
        done = self._progress("export", len(cards))
        by_file = {card.file: card for card in cards}
        for parsed in self._studied.parsed(by_file):
            card = by_file[parsed.file]
            raw = next(iter(marshal.loads(parsed.raw_records).values()))
            item = Item.model_validate(raw)
            yield ExportedItem(card, item, raw, parsed.digest, edition(item, card))
            done(1)

    def _edition(self, item: Item, card: Card, frame: Frame) -> str:
        lookup = Lookup(guide_uses(card, self._site), self._site.known)
        context = RenderContext(self._project.words, frame, lookup)
        return ItemGuide(item, card.id, card.area, context).edition


def export_folder(project: Project, out: Path | None, *, overwrite: bool) -> ExportFolder:
    """Return the folder for exported files. Raises `Refused` if it is one of those that a build keeps."""
    return ExportFolder(folder_for(project, out, FOLDER, "导出的文件"), project.cache, overwrite=overwrite)
