"""A site's own colours and logo, written into the static files.

Colours are appended to the style sheets as design tokens. So they win over the built-in ones and over a site's own
sheet, pages load no further file, and the versioned address of a sheet changes with its colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from builder.content.settings import Colors, is_picture

STYLESHEETS = ("style.css", "print.css")
ICON = "favicon.svg"


def with_look(files: Mapping[str, bytes], colors: Colors | None, logo: str, *, own_icon: bool) -> dict[str, bytes]:
    """Return the static files in the colours and with the logo of the site. An icon of its own is left as it is."""
    changed = dict(files)
    if colors:
        tokens = _tokens(colors).encode()
        changed.update((sheet, files[sheet] + tokens) for sheet in STYLESHEETS)
    if not own_icon and not is_picture(logo):
        changed[ICON] = _icon(files[ICON].decode(), (colors and colors.mark) or "", logo).encode()
    return changed


def _tokens(colors: Colors) -> str:
    tokens = {"accent": colors.main, "link": colors.link or colors.main, "seal": colors.mark}
    return f"\n:root {{ {' '.join(f'--{name}: {color};' for name, color in tokens.items() if color)} }}\n"


def _icon(built_in: str, color: str, logo: str) -> str:
    """Return the built-in icon with another ground colour and another character.

    The built-in 办 is a drawing; any other character is set as text. An icon that was rewritten in a copy of this
    repository is left as it is.
    """
    shapes = re.findall(r"<(?:rect|path)[^>]*/>", built_in)
    if len(shapes) != 2:
        return built_in
    ground, drawing = shapes
    if color:
        built_in = built_in.replace(ground, re.sub(r'fill="[^"]*"', f'fill="{color}"', ground))
    if logo == "办":
        return built_in
    letter = escape(logo, quote=False)
    return built_in.replace(
        drawing, f'<text x="16" y="24" font-size="22" text-anchor="middle" fill="#fff">{letter}</text>'
    )
