"""Ids and file names are safe on every system: tried as names only, since not every system can hold such files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.content.names import MAX_LENGTH, RESERVED, check_name
from builder.loading import load_file

ITEM = "name: 社会保障卡补领\n".encode()


def codes(file: str) -> list[str]:
    return [finding.code for finding in load_file(file, ITEM).findings]


@pytest.mark.parametrize("name", ["CON", "con", "Con", "nul", "aux", "prn", "COM1", "lpt9"])
@pytest.mark.parametrize("extension", ["yaml", "md"])
def test_names_that_windows_keeps_for_devices_are_refused(name: str, extension: str) -> None:
    (finding, *_) = load_file(f"content/items/xincheng/{name}.{extension}", ITEM).findings

    assert (finding.code, finding.path) == ("S122", ())
    assert finding.hint == f"文件名改成 {name.lower()}-1.{extension}"


@pytest.mark.parametrize("name", ["console", "com10", "con-1", "nulls", "lpt"])
def test_names_that_only_begin_like_devices_pass(name: str) -> None:
    assert codes(f"content/items/xincheng/{name}.yaml") == []


def test_of_two_ids_that_differ_only_by_case_one_is_refused() -> None:
    assert codes("content/items/xincheng/shebaoka.yaml") == []
    assert codes("content/items/xincheng/Shebaoka.yaml") == ["S121"]


def test_keys_inside_a_file_are_ids_too() -> None:
    findings = load_file("content/topics.yaml", "con: 甲\nShebao: 乙\n医保: 丙\nshebao: 丁\n".encode()).findings

    assert [(finding.code, finding.path, finding.on) for finding in findings] == [
        ("S122", ("con",), "key"),
        ("S121", ("Shebao",), "key"),
        ("S121", ("医保",), "key"),
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("社保卡补领", "文件名改成 she-bao-ka-bu-ling.yaml"),
        ("社保卡 (新)", "文件名改成 she-bao-ka-xin.yaml"),
        ("Shebaoka_Buling", "文件名改成 shebaoka-buling.yaml"),
        ("-a-", "文件名改成 a.yaml"),
        ("？", "文件名改成 shixiang-1.yaml"),
        ("a" * 81, f"文件名改成 {'a' * 80}.yaml"),
    ],
)
def test_a_name_that_can_be_used_is_offered(name: str, hint: str) -> None:
    (finding,) = check_name(f"content/items/xincheng/{name}.yaml")

    assert (finding.code, finding.hint) == ("S121", hint)


@given(st.text(min_size=1, max_size=100).filter(lambda text: not set(text) & set("/\\.\0")))
def test_what_is_offered_is_a_good_name(name: str) -> None:
    for finding in check_name(f"content/items/xincheng/{name}.yaml"):
        offered = finding.hint.rpartition(" ")[2].removesuffix(".yaml")
        assert len(offered) <= MAX_LENGTH
        assert offered in RESERVED or list(check_name(f"content/items/xincheng/{offered}.yaml")) == []


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("content/items/shebaoka.yaml", "这类文件要放成 content/items/<地区编号>/<编号>.yaml"),
        ("content/items/xincheng/2026/shebaoka.yaml", "移到 content/items/xincheng/shebaoka.yaml"),
        ("content/item/xincheng/shebaoka.yaml", "移到 content/items/xincheng/shebaoka.yaml"),
        ("content/topic.yaml", "移到 content/topics.yaml"),
        ("content/pages/guanyu.yaml", "这类文件要放成 content/pages/<编号>.md"),
        ("content/departments/laobaosuo.md", "这类文件要放成 content/departments/<编号>.yaml"),
        ("content/items/xincheng/shebaoka.yml", "文件名改成 shebaoka.yaml"),
        (
            "content/items/xincheng/shebaoka.yaml.txt",
            "文件名改成 shebaoka.yaml（记事本另存时，“保存类型”选“所有文件”）",
        ),
        ("content/items/xincheng/补领.docx", "移到 static/forms/bu-ling.docx；不要的文件请删除"),
        ("content/zzz.yaml", "事项放在 content/items/<地区>/<编号>.yaml；其他见 docs/editors.md。"),
    ],
)
def test_a_file_that_lies_elsewhere_is_told_where_to_go(file: str, hint: str) -> None:
    (finding,) = load_file(file, ITEM).findings

    assert (finding.code, finding.path, finding.hint) == ("S120", (), hint)
