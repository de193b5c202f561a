"""An item as its file says it now, and as it said it when the item was exported."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from builder.content.fields import Record
from builder.content.history import versions_of
from builder.content.model.disclosure import DisclosureList
from builder.content.model.item import Item
from builder.content.parsing import ParsedFile, parse
from builder.content.site import Site
from builder.form.item_form import ItemForm, item_form
from builder.form.record_names import Names
from builder.office.returned.exported_texts import ExportedTexts
from builder.support.failure import USAGE_ERROR, Failure
from builder.support.fingerprint import digest

_CHECK = "先用 check 看错误，改好再导入。"


class NotAtHome(Failure):
    """A document is that of an item which the site does not have, or whose file cannot be read."""

    def __init__(self, says: str, hint: str) -> None:
        super().__init__(says, hint, USAGE_ERROR)


@dataclass(frozen=True, slots=True)
class Versions:
    """The file of an item with its bytes, its texts now and at the export; `exported` is None where nobody knows these."""

    file: str
    data: bytes
    name: str
    now: ExportedTexts
    exported: ExportedTexts | None

    @property
    def base(self) -> ExportedTexts:
        """Return the texts at the export, or else those that it has now."""
        return self.exported or self.now

    @property
    def form(self) -> ItemForm:
        """Return the form of an item as it was exported."""
        return item_form(cast("Item", self.base.record(())), self.base.raw, self.base.names)


class Library:
    """Finds the items of a site by id, and their earlier versions in git.

    `parsed` gives files of items that were read already, which is much faster.
    """

    def __init__(self, root: Path, site: Site, parsed: Callable[[Iterable[str]], Iterable[ParsedFile]]) -> None:
        self._root = root
        self._site = site
        self._names = Names(site)
        self._parsed = parsed
        self._ahead: dict[str, ParsedFile] = {}

    def read_ahead(self, ids: Iterable[str]) -> None:
        """Read many items at once, for which `versions` will be asked."""
        files = [card.file for id in ids if (card := self._site.card(id))]
        self._ahead = {one.file: one for one in self._parsed(files)}

    def has(self, id: str) -> bool:
        """Tell whether the site has an item with this id."""
        return self._site.card(id) is not None

    def called(self, name: str) -> str:
        """Return the id of the only item that is called so, "" if there is none or several."""
        found = [card.id for card in self._site.cards if name and name in (card.name, card.title)]
        return found[0] if len(found) == 1 else ""

    def versions(self, document: str, id: str, digest_then: str) -> Versions:
        """Return the versions of an item. Raises `NotAtHome`."""
        card = self._site.card(id)
        if card is None:
            if broken := next((path for path in self._files(id) if path.is_file()), None):
                file = broken.relative_to(self._root).as_posix()
                raise NotAtHome(f"{file} 有错误，读不成事项，“{document}”没有导入", _CHECK)
            raise NotAtHome(
                f"“{document}”是事项“{id}”的，网站上没有这个事项",
                "事项改过编号的，先改回来；是别的网站的，到那个网站里导入；要当新事项，另存一份去掉属性再导入。",
            )
        return self._versions(document, card.file, card.name, digest_then, Item)

    def versions_of_list(self, document: str, id: str, title: str, digest_then: str) -> Versions:
        """Return the versions of a disclosure list, which is known by its id or else by its title. Raises `NotAtHome`."""
        lists = self._site.all(DisclosureList)
        found = [one for one in lists if one.id == id] or [one for one in lists if one.record.title == title]
        if len(found) != 1:
            hint = "清单改过编号的，先改回来；是别的网站的，到那个网站里导入。"
            raise NotAtHome(f"“{document}”是公开清单“{title or id}”的，网站上没有这份清单", hint)
        return self._versions(document, found[0].file, found[0].record.title, digest_then, DisclosureList)

    def _versions(self, document: str, file: str, name: str, digest_then: str, kind: type[Record]) -> Versions:
        data = (self._root / file).read_bytes()
        now = self._read(file, data, kind)
        if now is None:
            raise NotAtHome(f"{file} 有错误，读不出来，“{document}”没有导入", _CHECK)
        if digest(data) == digest_then:
            return Versions(file, data, name, now, now)
        return Versions(file, data, name, now, self._earlier(file, digest_then, kind) if digest_then else None)

    def _files(self, id: str) -> list[Path]:
        """Return where the file of an item may be."""
        items = self._root / "content/items"
        return [path for area in sorted(items.glob("*")) for path in (area / f"{id}.yaml", area / f"{id}.md")]

    def _earlier(self, file: str, digest_then: str, kind: type[Record]) -> ExportedTexts | None:
        path = self._root / file
        data = next((data for data in versions_of(path) if digest(data) == digest_then), None)
        return self._read(file, data, kind) if data is not None else None

    def _read(self, file: str, data: bytes, kind: type[Record]) -> ExportedTexts | None:
        known = self._ahead.get(file)
        parsed = known if known and known.digest == digest(data) else parse(file, data)
        records = marshal.loads(parsed.raw_records)
        if not records:
            return None
        raw = next(iter(records.values()))
        return ExportedTexts(kind.model_validate(raw), raw, self._names)
