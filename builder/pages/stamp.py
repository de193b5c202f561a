"""What every sheet carries: the address of its page, a code for phones to read, and the edition of what it shows."""

from __future__ import annotations

from dataclasses import dataclass, fields

from builder.frame import Frame
from builder.guide import Guide
from builder.source import digest
from builder.words import Words


@dataclass(frozen=True, slots=True)
class Stamp:
    """The stamp of a sheet. Address and code are "" where the site does not know its own address."""

    address: str
    qr: str  # inline SVG
    edition: str


def stamp_of(guide: Guide, frame: Frame, words: Words) -> Stamp:
    """Return the stamp of a guide's sheets."""
    base = frame.settings.base_url
    address = f"{base}/items/{guide.id}.html" if base else ""
    return Stamp(address, _qr(address, words["sheet_qr"]) if address else "", edition_of(guide))


def edition_of(guide: Guide) -> str:
    """Return six letters and digits that change when anything of `guide` changes but the cards of other items.

    Charts are drawn from the steps, which count.
    """
    others = {"related", "replaced_by", "common", "variants"}
    shown: list[object] = [getattr(guide, one.name) for one in fields(guide) if one.name not in others]
    for course in (guide.common, *guide.variants):
        shown += [getattr(course, one.name) for one in fields(course) if one.name != "flow"]
    return digest(repr(shown).encode())[:6].upper()


def _qr(address: str, title: str) -> str:
    import segno  # noqa: PLC0415 - only where the site knows its address

    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(scale=1, border=4, svgclass="qr", title=title, lineclass=None, omitsize=True, unit=None))
