"""What cannot be changed without touching other lines is refused, with the place, and nothing is changed."""

from __future__ import annotations

import pickle

import pytest

from builder.editing import Change, Insert, NotEdited, Remove, Set, edited, written
from builder.report.located import located
from builder.support.diagnostics import KeyPath

ITEM = "content/items/xincheng/shiye-dengji.yaml"
PLAIN = "name: 甲\ntopics: jiuye\nmaterials:\n  - id-card\nsteps:\n  - actor: 窗口\n    do: 收\n"
TABLE = "name: 甲\ntables:\n  - title: 乙\n    columns: 丙 | 丁\n    rows:\n      - 一 | 二\n"


def refused(text: str, *changes: Change, file: str = ITEM) -> NotEdited:
    with pytest.raises(NotEdited) as caught:
        edited(file, text.encode(), changes)
    return caught.value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name: &a 甲\ntitle: *a\n", "Y040"),
        ("name: 甲\ntitle: *a\n", "Y041"),
        ("name: 甲\ntime:\n  <<: {promised: 5天}\n", "Y042"),
        ("name: !!str 甲\n", "Y043"),
        ("name: 甲\nname: 乙\n", "Y044"),
        ("name: 甲\n title: 乙\n", "Y023"),
        ("", "Y001"),
        ("name: 甲\n<<<<<<< HEAD\n", "Y009"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_alone(text: str, code: str) -> None:
    assert code in [finding.code for finding in refused(text, Set(("summary",), "丙")).findings]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("? name\n: 甲\ntopics: jiuye\n", "“?”开头的字段名"),
        ("name: 甲\naliases: [乙: 丙]\n", "不带花括号"),
        ("name: 甲\nrights: |\n  乙\n    \n", "末行只有空格"),
    ],
)
def test_unusual_ways_of_writing_are_left_to_the_editor(text: str, says: str) -> None:
    refusal = refused(text, Set(("summary",), "丙"))
    assert [finding.code for finding in refusal.findings] == ["E002"]
    assert says in str(refusal)
    assert "手工改" in refusal.findings[0].hint


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (Remove(("summary",)), ("summary",)),
        (Remove(("materials", 1)), ("materials", 1)),
        (Set(("materials", 1, "form"), "原件"), ("materials", 1, "form")),
        (Set(("steps", "do"), "办"), ("steps", "do")),
        (Set(("name", 0), "乙"), ("name", 0)),
        (Set(("aliases", 0), "乙"), ("aliases", 0)),
        (Remove(("materials", 0, "form")), ("materials", 0, "form")),
    ],
)
def test_a_place_that_is_not_there_is_named(change: Change, path: KeyPath) -> None:
    refusal = refused(PLAIN, change)
    assert [(finding.code, finding.path) for finding in refusal.findings] == [("E001", path)]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        (PLAIN, Insert(("materials",), 3, "乙")),
        (PLAIN, Insert(("name",), 0, "乙")),
        (PLAIN, Set(("name", "title"), "乙")),
        (PLAIN, Set((), "乙")),
        (PLAIN, Set((), {})),
        ("name: 甲\n", Remove(("name",))),
        ("name: 甲\ntables:\n  - title: 乙\n    columns: 丙 | 丁\n", Insert(("tables", 0, "columns"), 0, "戊")),
    ],
)
def test_what_would_mean_something_else_is_not_done(text: str, change: Change) -> None:
    assert [finding.code for finding in refused(text, change).findings] == ["E002"]


def test_a_row_in_one_text_is_no_list_of_one() -> None:
    assert refused(TABLE, Set(("tables", 0, "rows", 0, 0), "三")).findings[0].code == "E001"
    assert refused(TABLE, Set(("tables", 0, "columns", 0), "三")).findings[0].code == "E001"


@pytest.mark.parametrize("value", ["甲\x07", "\ufeff甲", "甲\u2028乙", {"甲\x00": "乙"}, ["\x7f"], "\ud800"])
def test_invisible_characters_do_not_get_in_by_quotes(value: str) -> None:
    assert refused(PLAIN, Set(("summary",), value)).findings[0].code == "Y007"
    with pytest.raises(NotEdited):
        written(ITEM, {"name": "甲", "summary": value})


def test_a_lost_character_does_not_get_in() -> None:
    assert refused(PLAIN, Set(("summary",), "身\ufffd证")).findings[0].code == "Y008"


def test_a_body_is_one_text() -> None:
    page = "---\ntitle: 甲\n---\n乙\n"
    assert refused(page, Insert(("body",), 0, "丙"), file="content/pages/a.md").findings[0].code == "E002"
    assert refused(page, Set(("body",), "<<<<<<< HEAD"), file="content/pages/a.md").findings[0].code == "Y009"


def test_of_several_changes_none_is_made_if_one_cannot_be() -> None:
    refused(PLAIN, Set(("summary",), "乙"), Remove(("faq",)))


@pytest.mark.parametrize("value", [None, 2, True, {"a": None}, {1: "a"}, {"": "a"}])
def test_values_are_text(value: object) -> None:
    with pytest.raises(TypeError):
        edited(ITEM, PLAIN.encode(), [Set(("summary",), value)])  # type: ignore[arg-type]


def test_a_refusal_is_shown_at_its_line_and_comes_back_from_a_worker() -> None:
    refusal = pickle.loads(pickle.dumps(refused(PLAIN, Remove(("materials", 0, "form")))))
    (shown,) = located(refusal.findings, lambda _: PLAIN.encode())
    assert (shown.finding.file, shown.position.line, shown.line_text) == (ITEM, 4, "  - id-card")
