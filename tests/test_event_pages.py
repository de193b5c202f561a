"""The page of an event as somebody reads it who gave certain answers: the worked examples of the sample site.

Each golden file was compared with the guides of its steps, line by line.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import compare
from sample_site import Built
from shown_page import shown

EXPECTED = Path(__file__).parent / "events"


@pytest.mark.parametrize(
    ("name", "event", "answers"),
    [
        ("retired-and-disabled-has-died", "nanmofang-shenhou", {"shei": "tx", "can": "you"}),
        ("newborn-in-hospital-at-own-cost", "xincheng-shengyu", {"zhu": "dian"}),
        ("dismissed-and-wants-the-benefit", "nanmofang-shiye", {"shei": "dan", "dang": "zai", "jin": "yao"}),
        ("nobody-said-anything", "xincheng-shengyu", {}),
    ],
)
def test_the_page_reads_so_to_who_gave_these_answers(
    built: Built, name: str, event: str, answers: dict[str, str], *, accept: bool
) -> None:
    html = (built.folder / f"events/{event}.html").read_text("utf-8")

    compare(shown(html, answers).encode(), EXPECTED / f"{name}.txt", accept=accept)
