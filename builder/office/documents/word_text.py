"""The text of one paragraph of a Word document, with all that stands in it or beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from builder.office.documents.markup import Element, attribute, child, children, is_on, local_name, number, value

# Characters of symbol fonts that offices use as boxes, ticks and arrows.
_SYMBOLS: Final[Mapping[str, Mapping[int, str]]] = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆", 0xA8: "☐", 0xE0: "→", 0xE8: "→", 0xF0: "→",
        0xFB: "☒", 0xFC: "√", 0xFD: "☒", 0xFE: "☑", 0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④", 0x85: "⑤",
    },
    "wingdings 2": {0x2A: "☐", 0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "☐", 0x30: "☐"},
    "symbol": {0xAE: "→", 0xB7: "", 0xA8: "◆", 0xD6: "√"},
}  # fmt: skip
_NO_TEXT: Final = frozenset(
    (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "del", "moveFrom", "rt", "rubyPr",
        "tblPr", "tblGrid", "fldData", "ctrlPr", "annotationRef", "lastRenderedPageBreak",
    )
)  # fmt: skip
_PLAIN: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_PICTURES: Final = ("{*}blip", "{*}imagedata")


@dataclass
class ParagraphText:
    """What a paragraph says: its `text`, the paragraphs of text boxes in it, and what is to be remarked."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # the kind, footnote or endnote, and the id
    added: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: int = 0
    pictures: int = 0
    bold: bool = True

    @property
    def text(self) -> str:
        """The text, without blanks at its ends."""
        return "".join(self.parts).strip()


def read_text(paragraph: Element) -> ParagraphText:
    """Return what a ``w:p`` says, tracked changes accepted. Hidden text and prompts of empty fields are left out."""
    found = ParagraphText()
    _read_children(paragraph, found)
    return found


def _read_children(element: Element, found: ParagraphText) -> None:
    for one in element.iterchildren():
        name = local_name(one)
        if reader := _READERS.get(name):
            reader(one, found)
        elif name not in _NO_TEXT:
            _read_children(one, found)


def _read_run(run: Element, found: ParagraphText) -> None:
    properties = child(run, "rPr")
    if properties is not None and is_on(properties, "vanish"):
        found.hidden += bool("".join(run.itertext()).strip())
        return
    start = len(found.parts)
    _read_children(run, found)
    if properties is not None and (symbols := _symbols_of(properties)):
        found.parts[start:] = [
            "".join(symbols.get(ord(c) & 0xFF, c) if _may_be_symbol(c) else c for c in part)
            for part in found.parts[start:]
        ]
    if "".join(found.parts[start:]).strip():
        found.bold = found.bold and properties is not None and is_on(properties, "b")


def _symbols_of(properties: Element) -> Mapping[int, str]:
    fonts = child(properties, "rFonts")
    return {} if fonts is None else _SYMBOLS.get(attribute(fonts, "ascii").lower(), {})


def _may_be_symbol(character: str) -> bool:
    return ord(character) < 0x100 or 0xF000 <= ord(character) <= 0xF0FF


def _read_plain_text(element: Element, found: ParagraphText) -> None:
    found.parts.append(element.text or "")


def _read_plain_character(element: Element, found: ParagraphText) -> None:
    found.parts.append(_PLAIN[local_name(element)])


def _read_break(element: Element, found: ParagraphText) -> None:
    found.parts.append("" if attribute(element, "type") in ("page", "column") else "\n")


def _read_symbol(element: Element, found: ParagraphText) -> None:
    code = attribute(element, "char")
    if len(code) <= 6 and all(c in "0123456789abcdefABCDEF" for c in code) and code:
        known = _SYMBOLS.get(attribute(element, "font").lower(), {})
        plain = int(code, 16)
        found.parts.append(known.get(plain & 0xFF, chr(plain) if 0x20 <= plain < 0xD800 else "□"))


def _read_inserted(element: Element, found: ParagraphText) -> None:
    start = len(found.parts)
    _read_children(element, found)
    if text := "".join(found.parts[start:]).strip():
        found.added.append(text)


def _read_deleted(element: Element, found: ParagraphText) -> None:
    text = "".join(one.text or "" for one in element.iter("{*}delText", "{*}t")).strip()
    if text:
        found.deleted.append(text)


def _read_control(element: Element, found: ParagraphText) -> None:
    """Read a content control. What prompts for a value that nobody has filled in is no text."""
    properties = child(element, "sdtPr")
    if properties is not None and is_on(properties, "showingPlcHdr"):
        return
    _read_children(element, found)


def _read_field_character(element: Element, found: ParagraphText) -> None:
    """Read a form field of old: a box to tick, or a list of which an entry was chosen."""
    data = child(element, "ffData")
    if data is None:
        return
    if (box := child(data, "checkBox")) is not None:
        switch = "checked" if child(box, "checked") is not None else "default"
        found.parts.append("☑" if is_on(box, switch) else "☐")
    elif (choices := child(data, "ddList")) is not None:
        entries = [attribute(entry, "val") for entry in children(choices, "listEntry")]
        chosen = number(value(choices, "result")) or 0
        if entries and 0 <= chosen < len(entries):
            found.parts.append(entries[chosen])


def _read_alternatives(element: Element, found: ParagraphText) -> None:
    """Read what a new program shows; the fallback for old ones says the same again."""
    chosen = child(element, "Choice")
    chosen = child(element, "Fallback") if chosen is None else chosen
    if chosen is not None:
        _read_children(chosen, found)


def _read_drawing(element: Element, found: ParagraphText) -> None:
    boxes = _outermost_boxes(element)
    found.boxes += boxes
    if not boxes and next(element.iter(*_PICTURES), None) is not None:
        found.pictures += 1


def _outermost_boxes(element: Element) -> list[Element]:
    """Return the contents of text boxes below `element` that are not inside another one, each once."""
    boxes = []
    for one in element.iter("{*}txbxContent"):
        above = [local_name(ancestor) for ancestor in _ancestors_within(one, element)]
        if "txbxContent" not in above and "Fallback" not in above:
            boxes.append(one)
    return boxes


def _ancestors_within(element: Element, root: Element) -> list[Element]:
    found = []
    for ancestor in element.iterancestors():
        if ancestor is root:
            break
        found.append(ancestor)
    return found


def _read_comment(element: Element, found: ParagraphText) -> None:
    found.comments.append(attribute(element, "id"))


def _read_note(element: Element, found: ParagraphText) -> None:
    found.notes.append((local_name(element).removesuffix("Reference"), attribute(element, "id")))


_READERS: Final[Mapping[str, Callable[[Element, ParagraphText], None]]] = {
    "r": _read_run,
    "t": _read_plain_text,
    "br": _read_break,
    "sym": _read_symbol,
    "ins": _read_inserted,
    "moveTo": _read_inserted,
    "del": _read_deleted,
    "moveFrom": lambda element, found: None,  # it is told where it was moved to
    "sdt": _read_control,
    "fldChar": _read_field_character,
    "AlternateContent": _read_alternatives,
    "drawing": _read_drawing,
    "pict": _read_drawing,
    "object": _read_drawing,
    "commentReference": _read_comment,
    "footnoteReference": _read_note,
    "endnoteReference": _read_note,
    **dict.fromkeys(_PLAIN, _read_plain_character),
}
