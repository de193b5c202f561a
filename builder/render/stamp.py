"""The stamp that every sheet carries: the address of its page, a QR code of it, and the edition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from builder.content.model.editions import Register
from builder.guide import TextSection, edition_code
from builder.render.page import PageContext
from builder.support.fingerprint import digest
from builder.wording.joining import with_note
from builder.wording.times import day

QUIET = 4  # dots of white that the standard asks around a QR code


@dataclass(frozen=True, slots=True)
class Stamp:
    """The stamp of a sheet. Address and QR code are "" where the site has no address of its own.

    `since` is the day on which this edition was registered, "" if it was not.
    """

    address: str
    scanned: str  # the address in the QR code; its page says whether this edition is current
    scan_here: str  # what the QR code is called for those who do not see it
    edition: str
    since: str
    shown: str  # the edition as printed: its code, and the day if known

    @property
    def qr(self) -> str:
        """The QR code as inline SVG. It is made only where a template shows it."""
        return qr(self.scanned, self.scan_here) if self.address else ""


def stamp_of(context: PageContext) -> Stamp:
    """Return the stamp for sheets of the page's guide. The page has to declare the item's `Register`."""
    guide = context.guide
    edition = context.edition
    return _stamp(f"items/{guide.id}.html", f"e-{edition}", edition, _since(guide.id, edition, context), context)


def stamp_of_event(id: str, text: Iterable[TextSection], url: str, context: PageContext) -> Stamp:
    """Return the stamp for the sheets of an event that says `text`. Its QR code leads to the sheet at `url`.

    The page has to declare the event's `Register`.
    """
    edition = edition_code(text)
    return _stamp(url, edition, edition, _since(id, edition, context), context)


def _since(id: str, edition: str, context: PageContext) -> str:
    """Return the day since which an edition holds, "" where it is not registered as the last one."""
    register = context.find(Register, id)
    last = register.editions[-1] if register else None
    return day(last.date, context.words) if last and last.code == edition else ""


def stamp_of_lines(lines: Iterable[str], url: str, context: PageContext) -> Stamp:
    """Return the stamp of the sheet at `url` that shows `lines`. Its QR code leads to the current sheet."""
    edition = digest("\0".join(lines).encode())[:6].upper()
    return _stamp(url, edition, edition, "", context)


def _stamp(url: str, anchor: str, edition: str, since: str, context: PageContext) -> Stamp:
    base, words = context.frame.settings.base_url, context.words
    address = f"{base}/{url}" if base else ""
    return Stamp(address, f"{address}#{anchor}", words["sheet_qr"], edition, since, with_note(edition, since, words))


@lru_cache(maxsize=1)
def qr(address: str, title: str) -> str:
    """Return a QR code of `address` as inline SVG without a fixed size.

    Only the last one is cached: a code takes as long as half a page, and the sheets of an item, rendered in a row, share it.
    """
    import zxingcpp  # noqa: PLC0415 - only where the site knows its address

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1, add_quiet_zones=False)
    side = image.shape[0]
    dots = bytes(image)  # type: ignore[call-overload]  # a buffer: a byte for each dot, 0 where it is black
    edge = side + 2 * QUIET
    lines = "".join(_line(dots[y * side : (y + 1) * side], y + QUIET) for y in range(side))
    # White is drawn, too: a browser that darkens pages by itself darkens backgrounds, but nothing inside a drawing.
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {edge} {edge}" class="qr">'
        f'<path fill="#fff" d="M0 0h{edge}v{edge}h-{edge}z"/><path stroke="#000" d="{lines}"/></svg>'
    )


def _line(dots: bytes, y: int) -> str:
    """Return a line of a QR code as strokes, each from the end of the one before."""
    strokes: list[str] = []
    x = -QUIET
    for black in _BLACK.finditer(dots):
        start, end = black.span()
        strokes.append(f"m{start - x} 0h{end - start}" if strokes else f"M{start - x} {y}.5h{end - start}")
        x = end
    return "".join(strokes)


_BLACK = re.compile(b"\0+")
