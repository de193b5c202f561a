"""Files are brought into the order of the model and the style of the house, and say what they said before."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from editing_world import ContentFile, sample, values_of
from hypothesis import given
from hypothesis import strategies as st
from test_any_style import Dumper, FlatDumper, files, looks_like_slips

from builder.content.source import read
from builder.editing import NotEdited, formatted, written

ITEM = "content/items/xincheng/a.yaml"
TERMS = "content/terms.yaml"
REMARK = re.compile(r"# 备注\d")


def as_formatted(text: str, file: str = ITEM) -> str:
    """Return a text as it is formatted; formatting it again changes nothing."""
    data = formatted(file, text.encode())
    assert formatted(file, data) is data
    return data.decode()


def refusal(text: str, file: str = ITEM) -> NotEdited:
    with pytest.raises(NotEdited) as caught:
        formatted(file, text.encode())
    return caught.value


def test_keys_come_in_the_order_of_the_model_with_their_remarks() -> None:
    text = """\
# yaml-language-server: $schema=../../../docs/schema/item.json
# 去年改过
topics: jiuye
steps:
    - do: 收   # 当场
      # 谁收
      actor: 窗口
      # 以后再写几步
# 官方名称
name: 甲  # 和清单一样
materials:

- copies: 2
  ref: 'id-card'


- 户籍证明
# 全文完
"""
    assert (
        as_formatted(text)
        == """\
# yaml-language-server: $schema=../../../docs/schema/item.json
# 官方名称
name: 甲  # 和清单一样
# 去年改过
topics: jiuye
materials:
  - ref: id-card
    copies: 2

  - 户籍证明
steps:
  # 谁收
  - actor: 窗口
    do: 收  # 当场
    # 以后再写几步
# 全文完
"""
    )


def test_a_block_at_the_head_stays_there() -> None:
    head = "# 谁改这份文件：政务科\n# 改好请告诉值班的\n"
    assert as_formatted(f"{head}\ntopics: jiuye\nname: 甲\n") == f"{head}\nname: 甲\ntopics: jiuye\n"
    assert as_formatted(f"{head}topics: jiuye\nname: 甲\n") == f"{head}name: 甲\ntopics: jiuye\n"
    moved = as_formatted(f"{head}topics: jiuye\n# 官方名称\nname: 甲\n")
    assert moved == f"{head}\n# 官方名称\nname: 甲\ntopics: jiuye\n"


def test_blank_lines_part_keys_where_they_did_and_are_single() -> None:
    assert as_formatted("\n\ntopics: jiuye\n\n\nname: 甲\n\n\n") == "name: 甲\n\ntopics: jiuye\n"
    assert as_formatted("summary: 乙\nname: 甲\n\n\ntopics: jiuye\n") == "name: 甲\nsummary: 乙\n\ntopics: jiuye\n"


def test_quotes_stand_only_where_they_are_needed() -> None:
    text = 'name: \'甲\'\ntitle: "a: b"\naliases: ["乙", \'a, b\', "#"]\nsummary: \'it\'\'s\'\n"topics": "jiuye"\n'
    said = 'name: 甲\ntitle: "a: b"\naliases:\n  - 乙\n  - a, b\n  - "#"\nsummary: it\'s\ntopics: jiuye\n'
    assert as_formatted(text) == said


def test_lists_stand_on_lines_but_where_the_house_has_them_in_brackets() -> None:
    assert as_formatted("name: 甲\naliases: [乙, 丙]\n") == "name: 甲\naliases:\n  - 乙\n  - 丙\n"
    assert as_formatted("everyday:\n- say:\n  - 乙\n  - 丙\n  items: [a]\n", TERMS) == (
        "everyday:\n  - say: [乙, 丙]\n    items: [a]\n"
    )
    long = ", ".join(["一二三四五六七八九十"] * 6)
    assert as_formatted(f"everyday:\n  - say: [{long}]\n", TERMS).count("\n      - ") == 6
    remarked = "everyday:\n  - say:\n      - 乙  # 少用\n      - 丙\n"
    assert as_formatted(remarked, TERMS) == remarked


def test_short_forms_and_braces_stay_as_they_are() -> None:
    text = "name: 甲\ntopics: jiuye\nmaterials:\n  - {ref: id-card, form: [原件, 复印件], copies: 2}\n  - 户籍证明\n"
    assert as_formatted(text) == text
    assert as_formatted(text.replace("ref: id-card, form", "form").replace("}", ", ref: id-card}")) == text


def test_brackets_with_remarks_in_them_become_lines() -> None:
    text = (
        "name: 甲\nmaterials: [\n  # 本人的\n  {ref: id-card, copies: 2},  # 都要\n  户籍证明 # 复印件\n  # 就这些\n]\n"
    )
    assert as_formatted(text) == (
        "name: 甲\nmaterials:\n  # 本人的\n  - {ref: id-card, copies: 2}  # 都要\n  - 户籍证明  # 复印件\n  # 就这些\n"
    )


@pytest.mark.parametrize("mark", ["|", "|-", "|+", ">", ">-"])
def test_texts_below_a_mark_keep_their_words(mark: str) -> None:
    text = f"rights: {mark}\n    可以问\n\n      可以查  \n    可以告\nname: 甲\n"
    said = as_formatted(text)
    assert said == f"name: 甲\nrights: {mark}\n  可以问\n\n    可以查  \n  可以告\n"
    assert values_of(ITEM, said.encode()) == values_of(ITEM, text.encode())


def test_a_text_that_ends_with_the_file_says_the_same_inside_of_it() -> None:
    text = "topics: jiuye\nname: |\n  甲\n  乙"
    assert as_formatted(text) == "name: |-\n  甲\n  乙\ntopics: jiuye\n"


def test_texts_broken_over_lines_stand_on_one() -> None:
    assert as_formatted("name: 甲\nsummary: 乙\n  丙\nnotes:\n  - '丁\n\n    戊'\n") == (
        "name: 甲\nsummary: 乙 丙\nnotes:\n  - |-\n    丁\n    戊\n"
    )


def test_a_key_that_the_model_does_not_know_stays_behind_its_neighbour() -> None:
    assert as_formatted("steps:\n  - do: 收\ntopics: jiuye\ntopcis: a\nname: 甲\n") == (
        "name: 甲\ntopics: jiuye\ntopcis: a\nsteps:\n  - do: 收\n"
    )


def test_records_of_a_library_keep_their_order() -> None:
    text = "yi: {summary: 乙, name: 甲}\n# 别的\njia:\n    summary: 丁\n    name: 丙\n"
    assert as_formatted(text, "content/topics.yaml") == (
        "yi: {name: 甲, summary: 乙}\n# 别的\njia:\n  name: 丙\n  summary: 丁\n"
    )


def test_files_of_windows_get_plain_line_ends() -> None:
    text = "\ufefftopics: jiuye\r\nname: 甲  \r\nrights: |\r\n  乙\r\n  丙\r\n\r\n"
    assert as_formatted(text) == "name: 甲\ntopics: jiuye\nrights: |\n  乙\n  丙\n"


def test_of_a_page_only_the_fields_are_formatted() -> None:
    page = "---\n# 谁写的\npublished: '2026-11-03'\ntitle: 甲\n---   \r\n\r\n## 乙  \r\n* 丙\r\n\r\n"
    assert as_formatted(page, "content/pages/a.md") == (
        "---\n# 谁写的\ntitle: 甲\npublished: 2026-11-03\n---\n\n## 乙  \n* 丙\n"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("? name\n: 甲\ntopics: jiuye\n", "“?”开头"),
        ("name: 甲\naliases: [乙: 丙]\n", "不带花括号"),
        ("%YAML 1.1\n---\nname: 甲\n", "少见的记号"),
        ("name: 甲\n...\n", "少见的记号"),
        ("name: 甲\nrights: |2\n    乙\n", "缩进的格数"),
        ("name: 甲\nrights: |\n    乙\n  # 丙\ntopics: jiuye\n", "备注缩进了"),
    ],
)
def test_what_is_unusual_is_left_and_told(text: str, says: str) -> None:
    (finding,) = refusal(text).findings
    assert (finding.code, finding.severity) == ("E003", "warning")
    assert says in finding.says


def test_what_cannot_be_read_is_told_with_its_place() -> None:
    (finding,) = refusal("name: &a 甲\n").findings
    assert finding.code == "Y040"
    assert finding.position
    assert refusal("name: 甲\n title: 乙\n").findings[0].code == "Y023"


def test_what_the_program_writes_is_formatted() -> None:
    for file in sample()[::5]:
        data = written(file.name, file.values)
        assert formatted(file.name, data) is data, file.name


@given(st.data())
def test_whatever_the_style_nothing_is_lost(data: st.DataObject) -> None:
    file = data.draw(files(data.draw(st.sampled_from((20, 10_000)))))
    after = formatted_or_left(file)
    if after is None:
        return
    assert values_of(file.name, after) == file.values
    assert sorted(REMARK.findall(after.decode())) == sorted(REMARK.findall(file.data.decode()))
    assert formatted(file.name, after) is after
    assert b"\r" not in after
    assert not re.search(r"\n\n\n|[ ]\n\Z|\A\ufeff", re.sub(r"[|>][+].*", "", after.decode(), flags=re.DOTALL))


@given(st.sampled_from(sample()), st.randoms(use_true_random=False), st.data())
def test_another_order_and_style_of_the_same_become_the_same(
    file: ContentFile, chance: Any, data: st.DataObject
) -> None:
    dumped = yaml.dump(
        shuffled(file.values, chance, keep_order="content/items/" not in file.name),
        Dumper=data.draw(st.sampled_from((Dumper, FlatDumper))),
        allow_unicode=True,
        sort_keys=False,
        width=data.draw(st.sampled_from((40, 10_000))),
        indent=data.draw(st.sampled_from((2, 4))),
        default_style=data.draw(st.sampled_from((None, '"', "'"))),
        default_flow_style=False,
    )
    if file.name.endswith(".md") or not read(file.name, dumped.encode())[0] or looks_like_slips(dumped):
        return
    plain = yaml.dump(file.values, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    assert as_formatted(dumped, file.name) == as_formatted(plain, file.name)


def formatted_or_left(file: ContentFile) -> bytes | None:
    """Return the bytes of a formatted file, None if it is written in an unusual way."""
    try:
        return formatted(file.name, file.data)
    except NotEdited as refused:
        if [finding.code for finding in refused.findings] != ["E003"]:
            raise
        return None


def shuffled(value: Any, chance: Any, *, keep_order: bool = False) -> Any:
    """Return a value whose keys stand in any order."""
    if isinstance(value, list):
        return [shuffled(inner, chance) for inner in value]
    if not isinstance(value, dict):
        return value
    keys = list(value) if keep_order else chance.sample(list(value), len(value))
    return {key: shuffled(value[key], chance) for key in keys}
