"""The QR code on a sheet, read from its strokes."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from builder.render.stamp import qr

SCALE = 4  # pixels for a dot


def read(svg: str) -> list[str]:
    """Return what a reader finds in a code, drawn as its strokes say."""
    side = int(re.findall(r'viewBox="0 0 (\d+) ', svg)[0])
    picture = Image.new("L", (side * SCALE, side * SCALE), 255)
    draw, x, y = ImageDraw.Draw(picture), 0, 0
    for move, across, down, length in re.findall(r"([Mm])(\d+) (\d+)(?:\.5)?h(\d+)", svg.split('stroke="#000"')[1]):
        x, y = (int(across), int(down)) if move == "M" else (x + int(across), y)
        draw.rectangle((x * SCALE, y * SCALE, (x + int(length)) * SCALE - 1, (y + 1) * SCALE - 1), fill=0)
        x += int(length)
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize(
    "address",
    [
        "https://a.cn/items/a.html#e-0A1B2C",
        f"https://www.example.gov.cn/banshi/zhinan/items/{'linshi-jiuzhu-' * 5}shenqing.html#e-ABCDEF",
        "https://办事.中国/items/a.html",
    ],
)
def test_the_code_is_read_as_its_address(address: str) -> None:
    assert read(qr(address, "扫码看最新版")) == [address]


def test_the_name_of_the_code_is_text() -> None:
    assert 'aria-label="扫码看&quot;最新版&quot;"' in qr("https://a.cn", '扫码看"最新版"')
