"""A site's own colours and mark: checked to be legible, and put into the static files.

The colours are written behind the style sheets as design tokens, when these are read: the later rule wins, also over a
site's own sheet, pages ask for no file more, and the address of a sheet changes with its colours like with any edit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.content.settings import Colors, is_picture

SHEETS = ("style.css", "print.css")
ICON = "favicon.svg"


def dressed(files: Mapping[str, bytes], colors: Colors | None, mark: str, *, own_icon: bool) -> dict[str, bytes]:
    """Return the static files in the colours and with the mark of the site; an icon of its own stays as it is."""
    dressed = dict(files)
    if colors:
        tokens = _tokens(colors).encode()
        dressed.update((sheet, files[sheet] + tokens) for sheet in SHEETS)
    if not own_icon and not is_picture(mark):
        dressed[ICON] = _icon(files[ICON].decode(), (colors and colors.mark) or "", mark).encode()
    return dressed


def _tokens(colors: Colors) -> str:
    tokens = {"accent": colors.main, "link": colors.link or colors.main, "seal": colors.mark}
    return f"\n:root {{ {' '.join(f'--{name}: {color};' for name, color in tokens.items() if color)} }}\n"


def _icon(built_in: str, color: str, mark: str) -> str:
    """Return the built-in icon with another ground and another character; the built-in 办 is drawn, any other is set.

    An icon that is no longer built like ours, in a copy of this repository, stays as it is.
    """
    shapes = re.findall(r"<(?:rect|path)[^>]*/>", built_in)
    if len(shapes) != 2:
        return built_in
    ground, drawing = shapes
    if color:
        built_in = built_in.replace(ground, re.sub(r'fill="[^"]*"', f'fill="{color}"', ground))
    if mark == "办":
        return built_in
    letter = mark.replace("&", "&amp;").replace("<", "&lt;")
    return built_in.replace(
        drawing, f'<text x="16" y="24" font-size="22" text-anchor="middle" fill="#fff">{letter}</text>'
    )
