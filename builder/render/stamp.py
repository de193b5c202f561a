"""The stamp that every sheet carries: the address of its page, a QR code of it, and the edition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from builder.content.model.editions import Register
from builder.guide import edition_code
from builder.render.page import PageContext
from builder.support.fingerprint import digest
from builder.wording.joining import with_note
from builder.wording.times import day


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
        """The QR code as inline SVG. It is made only where a template shows it: that takes milliseconds."""
        return qr(self.scanned, self.scan_here) if self.address else ""


def stamp_of(context: PageContext) -> Stamp:
    """Return the stamp for sheets of the page's guide. The page has to declare the item's `Register`."""
    guide = context.guide
    edition = edition_code(context.plain_text)
    register = context.find(Register, guide.id)
    last = register.editions[-1] if register else None
    since = day(last.date, context.words) if last and last.code == edition else ""
    return _stamp(f"items/{guide.id}.html", f"e-{edition}", edition, since, context)


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

    Only the last one is cached: a code takes milliseconds, and the sheets of an item, rendered in a row, share it.
    """
    import segno  # noqa: PLC0415 - only where the site knows its address

    code = segno.make(address, error="m", micro=False)
    # White is drawn, too: a browser that darkens pages by itself darkens backgrounds, but nothing inside a drawing.
    svg = str(code.svg_inline(scale=1, border=4, svgclass="qr", lineclass=None, light="#fff", omitsize=True))
    return svg.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
