"""What an editor is told about a wrong value: the value as it should be, where it can be told."""

from __future__ import annotations

import pytest

from builder.loading import load_file


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("phones: (0755)84461111", "改成 0755-84461111"),
        ("phones: +86 0755 84461111", "改成 0755-84461111"),
        ("phones: 010－67322223转110", "改成 010-67322223-110"),
        ("phones: 021-12345", "改成 12345"),
        ("phones: 65775272，65775273", "改成 [65775272, 65775273]"),
        ("phones: 84461111/84461112", "改成 [84461111, 84461112]"),
        ("phones: [84461111、84461112]", "一条只写一个，拆成2条：84461111、84461112"),
        ("checked: 2026年3月", "日也要写，写成 2026-11-03 这样的形式"),
        ("checked: 202603", "日也要写，写成 2026-11-03 这样的形式"),
        ("checked: 2026年3月9日", "改成 2026-03-09"),
        ("checked: 20260309", "改成 2026-03-09"),
        ("materials: [{name: 甲, form: 原件及复印件}]", "改成 [原件, 复印件]"),
        ("materials: [{name: 甲, form: [原件，复印件]}]", "一条只写一个，拆成2条：原件、复印件"),
        ("channels: 网上", "改成 网上办理"),
        ("forms: [{title: 表, file: static/forms/a.doc}]", "只写文件名，不写文件夹；改成 a.doc"),
    ],
)
def test_the_hint_shows_the_value_as_it_should_be(line: str, hint: str) -> None:
    (finding,) = load_file("content/items/xincheng/a.yaml", f"name: 补领\n{line}\n".encode()).findings

    assert hint in finding.hint


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("content/items/xincheng/a.YAML", "文件名改成 a.yaml"),
        ("content/items/xincheng/a.Yml", "文件名改成 a.yaml"),
        ("content/pages/a.MD", "文件名改成 a.md"),
        ("content/places.yaml", "拆成几个文件，放成 content/places/<编号>.yaml"),
    ],
)
def test_a_misplaced_file_is_told_its_place(file: str, hint: str) -> None:
    (finding,) = load_file(file, b"name: a\n").findings

    assert finding.hint == hint
