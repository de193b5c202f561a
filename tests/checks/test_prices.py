"""Prices that stand in notes, where lists cannot compare them."""

from __future__ import annotations

import pytest
from checks_world import found, messages


@pytest.mark.parametrize(
    ("fee", "advice"),
    [
        ("{name: 停车费, note: 5元}", "写成 amount: 5"),
        ("{name: 停车费, note: 不超过5元，按小时}", "写成 amount: 不超过5"),
        ("{name: 停车费, note: 5元至10元}", "写成 amount: 5至10"),
        ("{name: 停车费, note: 每小时5元}", "amount: 5, per: 小时"),
        ("{name: 佣金, note: 1%至3%}", "写成 percent: 1至3，再写 of（按什么算）"),
        (
            "{name: 退役军人以及随军家属中符合规定的, note: 免收}",
            "reductions：{who: 退役军人以及随军家属中符合规定的, text: 免收}",
        ),
        ("{name: 停车费, note: 头一小时两元}", "金额写 amount"),
    ],
)
def test_a_price_in_a_note_is_shown_where_it_belongs(fee: str, advice: str) -> None:
    (finding,) = messages(f"fees: [{fee}]")
    assert (finding.code, finding.path) == ("C350", ("fees", 0, "note"))
    assert advice in finding.hint


def test_notes_that_tell_bands_are_shown_as_one_fee() -> None:
    (finding,) = messages(
        """
        fees:
          - {name: 房款50万元以下的, note: 2%}
          - {name: 50万元以上的, note: 1.5%}
        """
    )
    assert finding.hint == "这是一项收费的2档，合成一条：{of: 房款, bands: [{to: 50万, percent: 2}, {percent: 1.5}]}"


@pytest.mark.parametrize("fee", ["{name: 工本费}", "{name: 工本费, note: 由银行收}", "{amount: 5, note: 满60岁减半}"])
def test_a_note_without_a_price_or_beside_one_is_no_fault(fee: str) -> None:
    assert found(f"fees: [{fee}]") == []
