"""An item as its file says it now, and as it said it when the item was exported."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.content.history import versions_of
from builder.content.model.item import Item
from builder.content.parsing import parse
from builder.content.site import Site
from builder.office.form.item_form import ItemForm, item_form
from builder.office.form.record_names import Names
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
    form: ItemForm


class Library:
    """Finds the items of a site by id, and their earlier versions in git."""

    def __init__(self, root: Path, site: Site) -> None:
        self._root = root
        self._site = site
        self._names = Names(site)

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
        data = (self._root / card.file).read_bytes()
        now = self._read(card.file, data)
        if now is None:
            raise NotAtHome(f"{card.file} 有错误，读不成事项，“{document}”没有导入", _CHECK)
        exported: tuple[Item, Mapping[str, object], ExportedTexts] | None = now
        if digest(data) != digest_then:
            exported = self._earlier(card.file, digest_then) if digest_then else None
        item, raw, _ = exported or now
        form = item_form(item, raw, self._names)  # type: ignore[arg-type]
        return Versions(card.file, data, card.name, now[2], exported[2] if exported else None, form)

    def _files(self, id: str) -> list[Path]:
        """Return where the file of an item may be."""
        items = self._root / "content/items"
        return [path for area in sorted(items.glob("*")) for path in (area / f"{id}.yaml", area / f"{id}.md")]

    def _earlier(self, file: str, digest_then: str) -> tuple[Item, Mapping[str, object], ExportedTexts] | None:
        path = self._root / file
        data = next((data for data in versions_of(path) if digest(data) == digest_then), None)
        return self._read(file, data) if data is not None else None

    def _read(self, file: str, data: bytes) -> tuple[Item, Mapping[str, object], ExportedTexts] | None:
        records = marshal.loads(parse(file, data).raw_records)
        if not records:
            return None
        raw = next(iter(records.values()))
        item = Item.model_validate(raw)
        return item, raw, ExportedTexts(item, raw, self._names)
