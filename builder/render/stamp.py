"""What every sheet carries: the address of its page, a code for phones to read, and the edition of what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from builder.content.model.editions import Register
from builder.guide import code_of
from builder.guide.phrases import day
from builder.render.page import PageContext
from builder.support.fingerprint import digest


@dataclass(frozen=True, slots=True)
class Stamp:
    """The stamp of a sheet. Address and code are "" where the site does not know its own address.

    `since` is the day on which this edition was registered, "" when it was not.
    """

    address: str
    qr: str  # inline SVG; leads to the page, which then says whether this edition is the current one
    edition: str
    since: str

    @property
    def shown(self) -> str:
        """The edition as it is printed: its code, and the day where it is known."""
        return f"{self.edition}（{self.since}）" if self.since else self.edition


def stamp_of(context: PageContext) -> Stamp:
    """Return the stamp of the sheets of the page's guide. The page declares the item's `Register`."""
    guide = context.guide
    edition = code_of(context.plain_text)
    register = context.find(Register, guide.id)
    last = register.editions[-1] if register else None
    since = day(last.date, context.words) if last and last.code == edition else ""
    base = context.frame.settings.base_url
    address = f"{base}/items/{guide.id}.html" if base else ""
    return Stamp(address, qr(f"{address}#e-{edition}", context.words["sheet_qr"]) if address else "", edition, since)


def stamp_of_lines(lines: Iterable[str], url: str, context: PageContext) -> Stamp:
    """Return the stamp of a sheet at `url` that shows `lines`: its code leads to the sheet as it is now."""
    base = context.frame.settings.base_url
    address = f"{base}/{url}" if base else ""
    edition = digest("\0".join(lines).encode())[:6].upper()
    return Stamp(address, qr(f"{address}#{edition}", context.words["sheet_qr"]) if address else "", edition, "")


@lru_cache(maxsize=1)
def qr(address: str, title: str) -> str:
    """Return a QR code of `address` as inline SVG without a size of its own.

    Remembered once: it takes milliseconds, and the sheets of an item, which bear the same one, follow each other.
    """
    import segno  # noqa: PLC0415 - only where the site knows its address

    code = segno.make(address, error="m", micro=False)
    svg = str(code.svg_inline(scale=1, border=4, svgclass="qr", lineclass=None, omitsize=True))
    return svg.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
