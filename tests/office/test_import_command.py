"""`build.py import --format neutral-json`: what it says, and what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from office_files import p, row, table, write_excel, write_word

from builder.cli import main

LIST: list[list[object]] = [
    ["序号", "事项名称", "随身物品", "备注"],
    [1, "失业登记", "1、身份证\n2、户口本", None],
    [2, "求职登记", "身份证", "当场"],
]


def neutral(*arguments: str) -> int:
    return main(["import", *arguments, "--format", "neutral-json"])


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_plan_says_what_became_what_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_excel(tmp_path / "事项.xlsx", LIST)
    assert neutral("事项.xlsx", "--plan", "--out", "结果") == 0
    assert capsys.readouterr().out == (
        "事项.xlsx：2 个事项\n"
        "  工作表“Sheet”：一行一个事项的清单，2 个事项\n"
        "    认出的栏目：序号，事项名称，备注\n"
        "    没有认出的栏目：随身物品（原样留着；要对上字段，写一个对照文件，用 --mapping 指出来）\n"
        "  · 1 失业登记（工作表“Sheet”第2行）\n"
        "  · 2 求职登记（工作表“Sheet”第3行）\n"
        "  有内容的字段：事项名称 2，备注 1\n"
        "  原文是空白的，不填：备注 1\n"
        "\n"
        "会写到结果：事项.json\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["事项.xlsx"]


def test_a_mapping_file_settles_an_unknown_column(tmp_path: Path) -> None:
    write_excel(tmp_path / "事项.xlsx", LIST)
    (tmp_path / "对照.yaml").write_text("labels:\n  - field: 申请材料\n    say: 随身物品\n", "utf-8")
    assert neutral("事项.xlsx", "--mapping", "对照.yaml", "--out", "结果") == 0
    items = json.loads((tmp_path / "结果/事项.json").read_text("utf-8"))["items"]
    assert [item["materials"] for item in items] == [[{"text": "身份证"}, {"text": "户口本"}], [{"text": "身份证"}]]


def test_a_mapping_file_names_the_columns_of_a_table_without_header(tmp_path: Path) -> None:
    write_excel(tmp_path / "事项.xlsx", [row[:3] for row in LIST[1:]])
    (tmp_path / "对照.yaml").write_text("columns: [序号, 事项名称, 申请材料]\n", "utf-8")
    assert neutral("事项.xlsx", "--mapping", "对照.yaml", "--out", "结果") == 0
    items = json.loads((tmp_path / "结果/事项.json").read_text("utf-8"))["items"]
    assert [(item["seq"], item["name"]) for item in items] == [("1", "失业登记"), ("2", "求职登记")]


def test_a_wrong_mapping_file_is_shown_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_excel(tmp_path / "事项.xlsx", LIST)
    (tmp_path / "对照.yaml").write_text("labels:\n  - field: 要件材料单\n    say: 随身物品\n", "utf-8")
    assert neutral("事项.xlsx", "--mapping", "对照.yaml") == 2
    assert "对照.yaml:2:12: 错误 S108: 没有“要件材料单”这个字段" in capsys.readouterr().out


def test_words_of_the_site_count(tmp_path: Path) -> None:
    write_excel(tmp_path / "事项.xlsx", LIST)
    (tmp_path / "site.yaml").write_text("name: 示例\n", "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/import.yaml").write_text("labels:\n  - field: materials\n    say: [随身物品]\n", "utf-8")
    assert neutral("事项.xlsx", "--out", "结果") == 0
    items = json.loads((tmp_path / "结果/事项.json").read_text("utf-8"))["items"]
    assert items[1]["materials"] == [{"text": "身份证"}]


def test_documents_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    write_excel(tmp_path / "事项.xlsx", LIST)
    write_word(tmp_path / "事项.docx", table(row("序号", "事项名称", "材料"), row("1", "失业登记", "证")))
    assert neutral("事项.xlsx", "事项.docx", "--out", "结果") == 0
    assert sorted(path.name for path in (tmp_path / "结果").iterdir()) == ["事项.json", "事项.xlsx.json"]


def test_one_bad_document_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_excel(tmp_path / "事项.xlsx", LIST)
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 nothing")
    assert neutral("事项.xlsx", "坏.docx", "没有.docx", "--out", "结果") == 2
    assert capsys.readouterr().err == (
        "错误: “坏.docx”坏了，读不出来\n"
        "    = 可能没有传完。用 Word、Excel 或 WPS 打开看看；打不开就找原来的人再要一份。\n"
        "错误: 没有文件“没有.docx”\n"
        "    = 看看名字和路径有没有写错。\n"
        "没有写任何文件。\n"
    )
    assert not (tmp_path / "结果").exists()


def test_a_document_without_items_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_word(tmp_path / "通知.docx", p("关于放假的通知") + p("国庆放假七天。"))
    assert neutral("通知.docx") == 1
    assert "“通知.docx”里没有认出事项\n    = 用 --plan 看看" in capsys.readouterr().err
