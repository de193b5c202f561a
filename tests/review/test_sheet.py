"""The sheet to sign is one A4 page for up to twelve changes, whatever they say."""

from __future__ import annotations

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser
from review_world import FILES, ITEM
from site_folder import SiteFolder

from builder.cli import main

LONG = "在本镇居住满一年并且能够提供居住证明、租赁合同或者村（居）委会证明之一的人，可以由本人或者委托的人来申请办理"


@pytest.mark.parametrize("changes", [1, 12, 30])
def test_the_sheet_is_one_page(changes: int, tmp_path: Path, browser: Browser) -> None:
    old, new = (SiteFolder(tmp_path / name).write_all(FILES) for name in ("old", "new"))
    for number in range(changes):
        path, text = (
            f"content/items/zhen/shixiang-{number}.yaml",
            ITEM.format(name=f"第{number}种很长很长的行政给付事项的名称"),
        )
        old.write(path, f"{text}scope: {LONG}\n")
        new.write(
            path,
            f"{text}scope: {LONG[::-1]}\n".replace("户口簿]", f"户口簿, {LONG[:40]}]" if number % 2 else "户口簿]"),
        )
    out = tmp_path / "sheet.html"
    folders = (str(old.folder), str(new.folder))
    assert main(["review", *folders, "--format", "sheet", "--out", str(out), "--jobs", "1"]) == 0
    page = browser.new_page()
    page.goto(out.as_uri())
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    with pypdfium2.PdfDocument(data) as pages:
        assert [tuple(map(round, page.get_size())) for page in pages] == [(595, 842)]
