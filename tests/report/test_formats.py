"""One list of findings, five formats."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from builder.content.source import read
from builder.report import FORMATS, Located, as_github, as_gitlab, as_json, as_sarif, as_text, explanation, located
from builder.support.diagnostics import Finding, Position, Rule, Severity

MISSING = Rule("R201", "相关事项必须存在", "群众点进去会看到“页面不存在”。", "改成已有事项的编码。")
LONG = Rule("L501", "句子太长", "太长的句子不好读。", "拆成两句。", Severity.WARNING)
MACHINE = Rule("P701", "缺少搜索程序", "没有它做不出搜索。", "重新安装。")
RULES = {rule.code: rule for rule in (MISSING, LONG, MACHINE)}

FILE = "content/items/a.yaml"
DATA = "title: 社保卡补领\nrelated:\n  - GS-001\n  - 编号GS-O42\n".encode()


def findings() -> list[Finding]:
    return [
        LONG.at(FILE, "title", says="有 6 个字"),
        MISSING.at(FILE, "related", 1, says="没有编码为“编号GS-O42”的事项", hint="是不是想写“GS-042”？"),
        MACHINE.at("", says="找不到搜索程序"),
    ]


def here(found: list[Finding]) -> list[Located]:
    return located(found, {FILE: DATA}.get)


def test_text_shows_line_carets_hint_and_sum() -> None:
    assert as_text(here(findings()), RULES) == (
        "错误 P701: 找不到搜索程序\n"
        "content/items/a.yaml:1:8: 警告 L501: 有 6 个字\n"
        "    | title: 社保卡补领\n"
        "    |        ^^^^^^^^^^\n"
        "content/items/a.yaml:4:5: 错误 R201: 没有编码为“编号GS-O42”的事项\n"
        "    |   - 编号GS-O42\n"
        "    |     ^^^^^^^^^^\n"
        "    = 是不是想写“GS-042”？\n"
        "\n"
        "共 2 处错误，1 处警告。\n"
    )


def test_no_findings_make_no_text() -> None:
    assert as_text([], RULES) == ""
    assert as_github([], RULES) == ""
    assert json.loads(as_json([], RULES)) == []


def test_findings_stand_in_the_order_of_the_file() -> None:
    shown = here(findings()[::-1])

    assert [(each.finding.file, each.position.line) for each in shown] == [("", 1), (FILE, 1), (FILE, 4)]
    assert here(findings()) == shown


def test_each_file_is_read_once() -> None:
    asked: list[str] = []

    def read_bytes(file: str) -> bytes:
        asked.append(file)
        return DATA

    located(findings() * 3, read_bytes)

    assert asked == [FILE]


def test_a_file_that_is_gone_is_still_named() -> None:
    text = as_text(located(findings()[1:2], lambda _: None), RULES)

    assert text.startswith("content/items/a.yaml:1:1: 错误 R201: ")
    assert "|" not in text


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "text: " + "很长的话" * 60 + "坏" + "很长的话" * 60
    each = Located(MISSING.at(FILE, says="坏"), Position(1, 247, 1), line)

    shown, carets = as_text([each], RULES).splitlines()[1:3]

    assert shown.startswith("    | …")
    assert shown.endswith("…")
    assert cell_len(shown) <= 6 + 102
    assert cell_len(shown[: shown.index("坏")]) == len(carets) - 2
    assert carets.endswith(" ^^")


def test_tabs_and_control_characters_are_drawn() -> None:
    each = Located(MISSING.at(FILE, says="有\x1b[31m"), Position(1, 3, 1), "\ta\x1b\u202e")

    lines = as_text([each], RULES).splitlines()

    assert lines[0].endswith("有␛[31m")
    assert lines[1] == "    | →   a␛<U+202E>"
    assert lines[2] == "    |      ^"


def test_carets_stand_below_the_place_also_after_characters_of_two_parts() -> None:
    before = "葛\U000e0100e\u0301\u260e\ufe0f"  # 葛 in the form of a name, é, a telephone
    each = Located(MISSING.at(FILE, says="坏"), Position(1, len(before) + 1, 1), f"{before}坏")

    assert as_text([each], RULES).splitlines()[2] == "    |      ^^"


def test_the_text_of_gbk_is_readable() -> None:
    data = "title: 社会保障卡\n".encode("gbk")
    _, found = read("a.yaml", data)

    assert "    | title: 社会保障卡\n    |        ^^\n" in as_text(located(found, {"a.yaml": data}.get), {})


def test_json_holds_everything() -> None:
    assert json.loads(as_json(here(findings()[1:2]), RULES)) == [
        {
            "file": FILE,
            "line": 4,
            "column": 5,
            "length": 8,
            "path": ["related", 1],
            "severity": "error",
            "code": "R201",
            "title": "相关事项必须存在",
            "says": "没有编码为“编号GS-O42”的事项",
            "hint": "是不是想写“GS-042”？",
        }
    ]


def test_github_commands_are_escaped() -> None:
    each = Located(MISSING.at("a,b:c.yaml", says="100%\n::error::x", hint="改"), Position(2, 3, 4), "")

    assert as_github([each], RULES) == (
        "::error file=a%2Cb%3Ac.yaml,line=2,col=3,endColumn=7,title=R201 相关事项必须存在::100%25␊::error::x%0A改\n"
    )


def test_github_names_no_file_where_there_is_none() -> None:
    assert as_github(here(findings()[2:]), RULES) == "::error title=P701 缺少搜索程序::找不到搜索程序\n"


def test_gitlab_fingerprints_survive_a_move_and_differ_from_each_other() -> None:
    before = here(findings()[1:2] * 2)
    after = [replace(each, position=Position(each.position.line + 7, each.position.column)) for each in before]

    first, second = (json.loads(as_gitlab(each, RULES)) for each in (before, after))

    assert [issue["fingerprint"] for issue in first] == [issue["fingerprint"] for issue in second]
    assert len({issue["fingerprint"] for issue in first}) == 2
    assert second[0]["location"] == {"path": FILE, "lines": {"begin": 11}}
    assert first[0]["severity"] == "major"


def test_sarif_refers_to_its_rules() -> None:
    report = json.loads(as_sarif(here(findings()), RULES))
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert report["version"] == "2.1.0"
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["P701", "L501", "R201"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
    assert "locations" not in run["results"][0]
    assert run["results"][2]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": FILE},
        "region": {"startLine": 4, "startColumn": 5, "endColumn": 13},
    }


def test_explains_a_rule() -> None:
    assert explanation(LONG) == "警告 L501: 句子太长\n\n为什么\n  太长的句子不好读。\n\n怎么改\n  拆成两句。\n"


TEXTS = st.text(max_size=200)
SPOTS = st.builds(Position, st.integers(1, 5), st.integers(1, 300), st.integers(1, 300))
ANY = st.lists(
    st.builds(
        Located,
        st.builds(
            Finding,
            file=TEXTS,
            path=st.lists(TEXTS | st.integers(0, 9), max_size=3).map(tuple),
            code=st.sampled_from(["R201", "L501", "X999"]),
            says=TEXTS,
            hint=TEXTS,
            severity=st.sampled_from(Severity),
        ),
        SPOTS,
        TEXTS,
    ),
    max_size=4,
)


@given(ANY)
def test_no_format_lets_a_control_character_out(shown: list[Located]) -> None:
    for form in FORMATS.values():
        assert re.sub(r"\n", "", form(shown, RULES)).replace("\u3000", "").isprintable()


@given(ANY)
def test_the_formats_for_programs_can_be_read_by_programs(shown: list[Located]) -> None:
    issues: list[dict[str, Any]] = json.loads(as_gitlab(shown, RULES))
    (run,) = json.loads(as_sarif(shown, RULES))["runs"]

    assert len(json.loads(as_json(shown, RULES))) == len(shown)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(shown)
    assert len(as_github(shown, RULES).splitlines()) == len(shown)
    for each, result in zip(shown, run["results"], strict=True):
        assert result["message"]["text"] or not (each.finding.says or each.finding.hint)
        for place in result.get("locations", ()):
            region = place["physicalLocation"]["region"]
            assert region["endColumn"] > region["startColumn"] >= 1
            assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]) == each.finding.file


@given(ANY)
def test_no_line_of_source_is_wider_than_the_window(shown: list[Located]) -> None:
    for line in as_text(shown, RULES).splitlines():
        if line.startswith("    | "):
            assert cell_len(line) <= 6 + 102


def test_what_concerns_a_whole_file_shows_no_line_of_it() -> None:
    for path in ((), ("summary",)):
        (one,) = here([MISSING.at(FILE, *path, says="缺少内容")])
        assert (one.position.line, one.line_text) == (1, "")
