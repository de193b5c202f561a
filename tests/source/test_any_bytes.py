"""Whatever a file holds, an editor gets findings, in every format, and never a traceback."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_folder import REPOSITORY, SiteFolder

from builder.checks.catalogue import RULES
from builder.cli import main
from builder.loading import load_file
from builder.report import FORMATS, located
from builder.support.diagnostics import Finding, Position

ITEM = (REPOSITORY / "content/items/songshan/linquanzheng-shenqing.yaml").read_text("utf-8")
FILES = ("content/items/xincheng/a.yaml", "content/pages/a.md", "content/laws.yaml", "content/places/a.yaml")
KEYSTROKES = [
    *"{}[]:,#&*!|>%@`\"'-\t：，｛｝？? \u200b\u3000\ue000~\0\ufeff",
    "null",
    "- ",
    "{a: 1,000}",
    "<<: *a",
    "&a [*a]",
]
ALIASES = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
ODD = {
    "big5": ITEM.encode("big5", "ignore"),
    "gbk": ITEM.encode("gbk"),
    "utf-16": ITEM.encode("utf-16"),
    "utf-16-be": ITEM.encode("utf-16-be"),
    "aliases": ALIASES.encode(),
    "deep lists": b"name: " + b"[" * 3000,
    "deep mappings": b"name: " + b"{a: " * 3000 + b"}" * 3000,
    "long key": b"k" * 20_000 + b": 1\n",
    "long key of many words": "好 ".encode() * 5_000 + b": 1\n",
    "two findings at one place": "name: 甲\nmaterials:\n  - 3: x\n  - name: 5\n    foo: 1\n0: 1\n".encode(),
}


@st.composite
def mistyped(draw: st.DrawFn) -> bytes:
    """Return an item with a few wrong keystrokes."""
    text = ITEM
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(KEYSTROKES)) + text[at + draw(st.integers(0, 3)) :]
    return text.encode()


@given(st.sampled_from(FILES), st.binary() | mistyped() | st.sampled_from(list(ODD.values())))
def test_any_bytes_can_be_loaded_sorted_and_shown(file: str, data: bytes) -> None:
    findings = sorted(load_file(file, data).findings)

    shown = located(findings, {file: data}.get)
    for as_format in FORMATS.values():
        assert as_format(shown, RULES).encode() or not findings


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_a_site_with_an_odd_file_is_answered_with_findings(
    data: bytes, site_of_one_item: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    (site_of_one_item.folder / "content/items/xincheng/odd.yaml").write_bytes(data)

    assert main(["check", "--jobs", "1", "--site", site_of_one_item.settings]) == 1
    assert "content/items/xincheng/odd.yaml:" in capsys.readouterr().out


@pytest.fixture
def site_of_one_item(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return a small sound site."""
    return SiteFolder(tmp_path_factory.mktemp("odd")).write_all(
        {
            "site.yaml": "name: 县办事指南\nbase_url: https://x.example.cn\n",
            "content/areas.yaml": "xincheng: {name: 新城}\n",
            "content/items/xincheng/a.yaml": "name: 社会保障卡补领\n",
            ".cache": "",
        }
    )


def test_findings_of_any_kind_have_one_order() -> None:
    places: list[tuple[tuple[str | int, ...], Position | None]] = [
        ((), None),
        ((), Position(1, 1)),
        (("a",), None),
        ((0,), Position(2, 1)),
        (("a", 1), None),
        (("a", "b"), None),
    ]
    findings = [Finding("f", path, "Y001", "错", position=position) for path, position in places]

    orders = {tuple(sorted(order)) for order in permutations(findings)}

    assert len(orders) == 1
