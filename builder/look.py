"""A site's own colours and mark: checked to be legible, and put into the static files.

The colours are written behind the style sheets as design tokens, when these are read: the later rule wins, also over a
site's own sheet, pages ask for no file more, and the address of a sheet changes with its colours like with any edit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from builder.fields import FILE_NAME, Record

SHEETS = ("style.css", "print.css")
ICON = "favicon.svg"
GROUND = "#f2f5f8"  # the darkest ground on which text of these colours stands; on white it is clearer still
LEGIBLE = 4.5  # the contrast of text that WCAG 2 and GB/T 37668 ask for


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as #1b3f6b, from 1 to 21, as WCAG 2 reckons it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    def linear(channel: float) -> float:
        return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _legible(text: str) -> str:
    match = re.fullmatch(r"#?([0-9A-Fa-f]{6})", text)
    if not match:
        raise ValueError('写成 # 加六位数字或 a 到 f 的字母，外面加引号，如 "#1b3f6b"')
    color = f"#{match[1].lower()}"
    found = contrast(color, GROUND)
    if found < LEGIBLE:
        raise ValueError(f"太浅，字看不清：和底色的对比只有 {int(found * 10) / 10}:1，要 4.5:1 以上；换深一些的")
    return color


Color = Annotated[str, AfterValidator(_legible)]


class Colors(Record):
    """网站的颜色。写成 "#1b3f6b" 这样，引号不能少。"""

    main: Color = Field(title="主色", description="按钮、标题旁的竖线、边框；白字要能写在上面，白底上也要看得清")
    link: Color | None = Field(None, title="链接", description="不写就和主色一样")
    mark: Color | None = Field(None, title="标志底色", description="网站名称前那个字的底色；不写是深红")


def _mark(text: str) -> str:
    if len(text) != 1 and not is_picture(text):
        raise ValueError("写一个字，或 static/ 里的图片文件名，如 biaozhi.svg、biaozhi.png")
    return text


Mark = Annotated[str, AfterValidator(_mark)]


def is_picture(mark: str) -> bool:
    """Tell whether a mark is the name of a picture, and not one character."""
    return bool(re.fullmatch(FILE_NAME, mark)) and mark.endswith((".svg", ".png"))


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
