"""Reading a file: what is kept, what is refused, and where the editor is sent."""

from __future__ import annotations

import codecs

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.content.source import RULES, read
from builder.content.source.events import DEPTH_LIMIT
from builder.support.diagnostics import Finding, Severity
from builder.support.fingerprint import digest

FRONT = "---\ntitle: 甲\n---\n"

# Name, text, and the code, line and column of each finding.
BROKEN_YAML: list[tuple[str, str, list[tuple[str, int, int]]]] = [
    ("empty", "", [("Y001", 1, 1)]),
    ("blank", " \n\t\r\n", [("Y001", 1, 1)]),
    ("comments only", "# 备注\n", [("Y001", 1, 1)]),
    ("separator only", "---\n", [("Y001", 2, 1)]),
    ("NUL", "a: x\0y\n", [("Y007", 1, 5)]),
    ("escape on line two", "a: 1\r\nb: 甲\x1b[31m\r\n", [("Y007", 2, 5)]),
    ("line separator", "a: 1\u2028b: 2\n", [("Y007", 1, 5)]),
    ("BOM inside", "a: 1\nb: \ufeff2\n", [("Y007", 2, 4)]),
    ("lost character", "a: 身\ufffd证\n", [("Y008", 1, 5)]),
    ("conflict", "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n", [("Y009", 1, 1), ("Y009", 5, 1)]),
    ("leftover of a conflict", "a: 1\n=======\nb: 2\n", [("Y009", 2, 1)]),
    ("full-width colon", "name：张三\n", [("Y020", 1, 5)]),
    ("full-width colon first", "name：张三\nphone: 1\n", [("Y020", 1, 5)]),
    ("full-width colon last", "name: 张三\nphone：1\n", [("Y020", 2, 6)]),
    ("full-width colons", "a：1\nb: 2\nc：3\n", [("Y020", 1, 2), ("Y020", 3, 2)]),
    ("full-width colon in an item", "f:\n  - name：身份证\n  - 户口簿\n", [("Y020", 2, 9)]),
    ("full-width colon in a field", "f:\n  amount：5\n", [("Y020", 2, 9)]),
    ("full-width colon behind a Chinese key", "a: 1\n地点：二楼\nb: 2\n", [("Y020", 2, 3)]),
    ("no space after colon", "a: 1\nphone:1\nb: 2\n", [("Y021", 2, 6)]),
    ("no space, found a line later", "f:\n  amount:5\n  unit: 元\n", [("Y021", 2, 9)]),
    ("tab", "f:\n\ta: 1\n", [("Y022", 2, 1)]),
    ("tabs", "f:\n\ta: 1\ng:\n\tb: 1\n", [("Y022", 2, 1), ("Y022", 4, 1)]),
    ("tab below block text", "a: |\n  甲\n\t乙\nb: 1\n", [("Y022", 3, 1)]),
    ("tab after a dash", "l:\n-\ta: 1\n  b: 2\n", [("Y022", 2, 2)]),
    ("too far right", "a: 1\n  b: 2\n", [("Y023", 2, 1)]),
    ("too far left", "f:\n  a: 1\n b: 2\n", [("Y023", 3, 1)]),
    ("askew in an item", "steps:\n- actor: x\n text: y\n", [("Y023", 3, 1)]),
    ("field of an entry too far left", "l:\n  - a: 1\n  b: 2\n  - a: 3\n    b: 4\nm: 1\n", [("Y023", 3, 1)]),
    ("next entry too far left", "l:\n  - a: 1\n    b: 2\n- a: 3\n    b: 4\nm:\n  - c: 1\n", [("Y023", 4, 1)]),
    ("whole entry too far right", "l:\n  - a: 1\n    b: 2\n   - a: 3\n     b: 4\nm: 1\n", [("Y023", 4, 1)]),
    ("open quote", 'a: "张三\nb: 1\n', [("Y024", 1, 4)]),
    ("open quote before another", 'a: "张三\nb: "1"\nc: 2\n', [("Y024", 1, 4)]),
    ("open quote and more", 'a: "x\nb: 注意: y\n', [("Y024", 1, 4), ("Y026", 2, 6)]),
    *[(f"starts with {c}", f"a: 1\nb: {c} 重\n", [("Y025", 2, 4)]) for c in "*&@`%|>,]}?-"],
    ("starts with ! and a word", "a: !重\n", [("Y025", 1, 4)]),
    ("bracket in front", "a: [1] 号\n", [("Y025", 1, 4)]),
    ("colon inside", "a: 注意: 带证\n", [("Y026", 1, 6)]),
    ("dash without space", "l:\n- a\n-b\n- c\n", [("Y028", 3, 1)]),
    ("dashes without space", "l:\n  -甲\n  -乙\n", [("Y028", 2, 3), ("Y028", 3, 3)]),
    ("dash in a key", "-a: 1\n", [("Y028", 1, 1)]),
    ("full-width dash before a field", "l:\n  － ref: a\n    n: 1\n", [("Y034", 2, 3)]),
    ("full-width comma in braces", "l:\n  - {when: 不全，to: a，text: 退}\n", [("Y035", 2, 14)]),
    ("full-width comma inside a value", "l:\n  - {name: 甲，form：原件}\n", [("Y035", 2, 13)]),
    ("thousands in braces", "f:\n  - {amount: 1,000, per: 本}\n", [("Y036", 2, 15)]),
    ("comma in a text in braces", "s: {text: 带原件, 复印件, to: a}\n", [("Y036", 1, 14)]),
    ("key alone in braces", "s: {to, when: a}\n", [("Y036", 1, 5)]),
    ("no space in braces", "s: {when:a, to:b}\n", [("Y021", 1, 9)]),
    ("full-width colon in braces", "s: {when：a, to: b}\n", [("Y020", 1, 9)]),
    ("full-width braces", "s:\n  - ｛when: a, to: b｝\n", [("Y037", 2, 5)]),
    ("full-width braces with full-width colons", "s: ｛when：a，to：b｝\n", [("Y037", 1, 4)]),
    ("one full-width brace", "s: {when: a, to: b｝\n", [("Y037", 1, 19)]),
    ("bracket in braces", "s: {to: a, text: 补[原件]}\n", [("Y038", 1, 19)]),
    ("hash in braces", "s: {at: 楼 #2 号, to: b}\n", [("Y049", 1, 11)]),
    ("two mappings in a list", "s: [{a: 1,000, b: 2}, {a: 3, b: 4}]\n", [("Y036", 1, 10)]),
    ("hash for a value", "title: #换证\nb: 1\n", [("Y049", 1, 8)]),
    ("hash for an entry", "l:\n  - #甲\n  - 乙\n", [("Y049", 2, 5)]),
    *[(word, f"a: 1\nb: {word}\n", [("Y050", 2, 4)]) for word in ("~", "null", "Null", "NULL")],
    ("null in a list", "l: [null, 甲]\n", [("Y050", 1, 5)]),
    ("full-width indent", "f:\n　　a: 1\nb: 2\n", [("Y029", 2, 1)]),
    ("full-width space after colon", "name:　张三\nb: 1\n", [("Y029", 1, 6)]),
    ("no key", "a: 第一句\n第二句\nb: 1\n", [("Y030", 2, 1)]),
    ("open bracket", "a: [1, 2\nb: 3\n", [("Y031", 1, 4)]),
    ("quote inside", 'a: "点击"确定"按钮"\n', [("Y032", 1, 7)]),
    ("apostrophe", "a: 'it's'\n", [("Y032", 1, 7)]),
    ("backslash", 'a: "C:\\d"\n', [("Y033", 1, 7)]),
    ("Chinese quotes", "a: “甲”\n", [("Y052", 1, 4)]),
    ("anchor", "a: 1\nb: &x 2\n", [("Y040", 2, 4)]),
    ("alias", "a: *abc\n", [("Y041", 1, 4)]),
    ("merge key", "a:\n  <<: *b\n", [("Y041", 2, 7), ("Y042", 2, 3)][::-1]),
    ("python tag", "x: !!python/object:os.system {}\n", [("Y043", 1, 4)]),
    ("tag", "x: !y z\n", [("Y043", 1, 4)]),
    ("duplicate", "a: 1\nb: 2\na: 3\n", [("Y044", 3, 1)]),
    ("two documents", "a: 1\n---\nb: 2\n", [("Y045", 2, 1)]),
    ("separator at the end", "a: 1\n---\n", [("Y045", 2, 1)]),
    ("list on top", "- a\n- b\n", [("Y046", 1, 1)]),
    ("text on top", "hello\n", [("Y046", 1, 1)]),
    ("template words", "a: {{x}}\n", [("Y047", 1, 5)]),
    ("list as key", "? [a]\n: b\n", [("Y047", 1, 3)]),
    ("no key before colon", ": b\n", [("Y047", 1, 1)]),
    ("too deep", "a: " + "[" * 5000, [("Y048", 1, 3 + DEPTH_LIMIT)]),
    ("too deep in blocks", "a:\n" + "\n".join(" " * n + "a:" for n in range(1, 900)), [("Y048", 41, 41)]),
    ("mistakes of several kinds", "a：1\nb:2\nc: {{x}}\nd: *x\n",
     [("Y020", 1, 2), ("Y021", 2, 2), ("Y047", 3, 5), ("Y041", 4, 4)]),
]  # fmt: skip

BROKEN_MARKDOWN: list[tuple[str, str, list[tuple[str, int, int]]]] = [
    ("no front matter", "# 标题\n", [("Y010", 1, 1)]),
    ("blank line first", "\n---\na: 1\n---\n", [("Y010", 2, 1)]),
    ("dashes of Word", "——\ntitle: x\n---\n", [("Y010", 1, 1)]),
    ("never closed", "---\ntitle: x\n正文\n", [("Y011", 1, 1)]),
    ("closed by other dashes", "---\ntitle: x\n－－－\n正文\n", [("Y011", 3, 1)]),
    ("closing line indented", "---\ntitle: x\n ---\n正文\n", [("Y011", 3, 2)]),
    ("no fields", "---\n---\n正文\n", [("Y001", 2, 1)]),
    ("places count in the whole file", "---\r\na: 1\r\nb：2\r\n---\r\n正文\r\n", [("Y020", 3, 2)]),
    ("conflict in the body", FRONT + "<<<<<<< a\n甲\n=======\n乙\n>>>>>>> b\n", [("Y009", 4, 1), ("Y009", 8, 1)]),
    ("control character in the body", FRONT + "甲\x0b乙\n", [("Y007", 4, 2)]),
]


def places(findings: list[Finding]) -> list[tuple[str, int, int]]:
    assert all(finding.position for finding in findings)
    return [(f.code, f.position.line, f.position.column) for f in findings if f.position]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in BROKEN_YAML], ids=[row[0] for row in BROKEN_YAML])
def test_says_what_is_wrong_and_where_in_yaml(text: str, expected: list[tuple[str, int, int]]) -> None:
    document, findings = read("a.yaml", text.encode())

    assert places(findings) == expected
    assert document is None


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in BROKEN_MARKDOWN], ids=[row[0] for row in BROKEN_MARKDOWN]
)
def test_says_what_is_wrong_and_where_in_markdown(text: str, expected: list[tuple[str, int, int]]) -> None:
    document, findings = read("a.md", text.encode())

    assert places(findings) == expected
    assert document is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("title: 甲\n".encode("utf-16"), ("Y004", 1, 1)),
        ("title: 甲\n".encode("utf-16-be"), ("Y004", 1, 1)),
        (codecs.BOM_UTF32_LE + "title: 甲\n".encode("utf-32-le"), ("Y004", 1, 1)),
        ("title: 补领\nname: 社会保障卡\n".encode("gbk"), ("Y005", 1, 8)),
        ("a: 1\nname: 社会保障卡\n".encode("gb18030"), ("Y005", 2, 7)),
        (b"a: 1\nb: \xe7\x94\xb2\xff\xfe\n", ("Y006", 2, 5)),
        (b"a" * 1_048_577, ("Y002", 1, 1)),
    ],
    ids=["utf-16", "utf-16 without BOM", "utf-32", "gbk", "gb18030", "neither", "too large"],
)
def test_recognises_what_windows_saves(data: bytes, expected: tuple[str, int, int]) -> None:
    document, findings = read("a.yaml", data)

    assert places(findings) == [expected]
    assert document is None


def test_the_message_about_the_full_width_colon_shows_the_corrected_line() -> None:
    _, (finding,) = read("a.yaml", "materials:\n  - name：居民身份证\n    form: 原件\n".encode())

    assert finding.says == "“name”后面用了中文冒号“：”，应当用英文冒号“:”加一个空格"
    assert finding.hint == "改成：- name: 居民身份证"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("phone:12345\n", "改成：phone: 12345"),
        ('a: "张三\nb: 1\n', '改成：a: "张三"'),
        ('a: "张三”\nb: 1\n', '改成：a: "张三"'),
        ("a: 注意: 带证\n", '改成：a: "注意: 带证"'),
        ('a: "点击"确定"按钮"\n', "改成：a: '点击\"确定\"按钮'"),
        ("a: 'it's'\n", '改成：a: "it\'s"'),
        ("a: [1, 2\nb: 3\n", "改成：a: [1, 2]"),
        ("a: @x\n", '改成：a: "@x"'),
        ("f: {amount: 1,234,567.50, per: 本}\n", "改成：f: {amount: 1234567.50, per: 本}"),
        ("f: {text: 带原件, 复印件, to: a}\n", '改成：f: {text: "带原件, 复印件", to: a}'),
        ("- {when:a, to:b}\n", "改成：- {when: a, to: b}"),
        ("s: ｛when：a，to：b｝\n", "改成：s: {when: a, to: b}"),
        ("s: {to: a, text: 补[原件]来}\n", '改成：s: {to: a, text: "补[原件]来"}'),
        ("s: {at: 楼 #2 号, to: b}\n", '改成：s: {at: "楼 #2 号", to: b}'),
        ("s: {no: 津发[2009]2号}\n", "改成：s: {no: 津发〔2009〕2号}"),
        ("s: [{a: 1,000, b: 2}, {a: 3, b: 4,5}]\n", '改成：s: [{a: 1000, b: 2}, {a: 3, b: "4,5"}]'),
        ("s: {a: 1,000, l: [x, y], m: {n: z, o: 1}}\n", "改成：s: {a: 1000, l: [x, y], m: {n: z, o: 1}}"),
        ("title: #换证\n", '改成：title: "#换证"'),
        ("f:\n  a: 1\n   b: 2\n", "删掉 1 个空格"),
    ],
)
def test_hints_show_the_corrected_text(text: str, hint: str) -> None:
    _, (finding,) = read("a.yaml", text.encode())

    assert finding.hint == hint


def test_names_both_lines_of_a_duplicate() -> None:
    _, (finding,) = read("a.yaml", b"a: 1\nb: 2\na: 3\n")

    assert finding.says == "“a”写了两遍，第一遍在第 1 行"


@pytest.mark.parametrize("text", ["no", "8:30", "0012", "2026-13-45", "1e3", "0x1F", "是", "a#b", "1_000"])
def test_every_scalar_stays_as_written(text: str) -> None:
    document, findings = read("a.yaml", f"a: {text}\nb: [{text}]\nc: '{text}'\n".encode())

    assert findings == []
    assert document
    assert document.raw == {"a": text, "b": [text], "c": text}


def test_only_what_is_not_written_is_none() -> None:
    document, _ = read("a.yaml", b"a:\nb: ''\nc:\n  -\n  - x\nd: {e: }\n")

    assert document
    assert document.raw == {"a": None, "b": "", "c": [None, "x"], "d": {"e": None}}


def test_accepts_windows_line_ends() -> None:
    document, findings = read("a.md", "---\r\ntitle: 甲\r\nlist:\r\n  - 乙\r\n---\r\n正文\r\n".encode())

    assert findings == []
    assert document
    assert document.raw == {"title": "甲", "list": ["乙"]}
    assert document.body == "正文\r\n"


def test_a_rule_of_hyphens_in_the_body_ends_nothing() -> None:
    document, findings = read("a.md", (FRONT + "甲\n\n---\n\n乙\n=======\n").encode())

    assert findings == []
    assert document
    assert document.body == "甲\n\n---\n\n乙\n=======\n"


def test_a_bom_is_accepted_with_a_warning() -> None:
    document, (finding,) = read("a.yaml", codecs.BOM_UTF8 + "a: 甲\n".encode())

    assert document
    assert document.raw == {"a": "甲"}
    assert (finding.code, finding.severity) == ("Y003", Severity.WARNING)


def test_warns_when_a_hash_hides_text() -> None:
    document, (finding,) = read("a.yaml", "a: 大楼 #2 号\nb: 5 # 工作日\nc: |\n  楼 #3\nd: '楼 #4'\n".encode())

    assert document
    assert document.raw["a"] == "大楼"
    assert places([finding]) == [("Y027", 1, 7)]
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    "text",
    [
        "a: https://example.cn:8080/x\n",
        "l:\n  - https://example.cn\n",
        "a: 时间：上午 8:30\n",
        "a: 咨询电话\n  注意：请带证\n",
        "a: |\n  name：x\n  - y:z\n  \ttab\n",
        "a: >\n  　　首行缩进\n",
        'a: "name：x"\n',
        "l:\n  - 注意：请带证\n",
        "a: -5\nb: 叫“引号”的\nc: （括号）\nd: “甲”和“乙”\n\n",
        "a: AT&T\nb: 5*3\n",
        "a: {b: , c: [1, 2], d: {e: f}}\n",
        'a: {b: "1,000", c: "[x]", d: "见,b: 1"}\n',
        "a: {b: 见 https://x.cn，c}\n",
        "a: # 备注\n  - 甲\nb:\n  - # 备注\n    c: d\n",
        "a: #备注\n  - 甲\n",
        "a: 浣纱溪、瀹、栾、㐂、éèê、👨\u200d👩\u200d👧、〇、Ⅱ、㎡\n",
    ],
)  # fmt: skip
def test_leaves_sound_text_alone(text: str) -> None:
    document, findings = read("a.yaml", text.encode())

    assert findings == []
    assert document


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("a: 社\u200b保卡\n", 5, "改成：a: 社保卡"),
        ("a: 甲\u202e乙\u202c\n", 5, "改成：a: 甲乙"),
        ("a: 第⼀⻚\n", 5, "改成：a: 第一页"),
        ("a: \uf9ca金\n", 4, "改成：a: 流金"),
        ("a: 王\ue123\n", 5, "对照原来的文档，重新输入标出的字"),
        ("a: 锟斤拷补领\n", 4, "对照原来的文档，重新输入标出的字"),
        ("a: 绀句繚鍗℃\n", 4, "对照原来的文档，重新输入标出的字"),
        ("a: 浣犲ソ\n", 4, "改成：a: 你好"),
        ("a: å¤§å\xad¦\n", 4, "改成：a: 大学"),
    ],
)
def test_warns_of_characters_that_only_look_right(text: str, column: int, hint: str) -> None:
    document, (finding,) = read("a.yaml", text.encode())

    assert document
    assert finding.severity is Severity.WARNING
    assert [(finding.code, column)] == [(code, at) for code, _, at in places([finding])]
    assert finding.hint == hint


def test_null_in_quotes_is_a_word() -> None:
    document, findings = read("a.yaml", b"a: 'null'\nb: \"~\"\n")

    assert findings == []
    assert document
    assert document.raw == {"a": "null", "b": "~"}


def test_rules_have_codes_of_their_own() -> None:
    codes = [rule.code for rule in RULES]

    assert sorted(set(codes)) == codes
    assert all(rule.title and rule.why and rule.fix for rule in RULES)


def test_every_rule_has_a_bad_file() -> None:
    tried = {code for row in BROKEN_YAML + BROKEN_MARKDOWN for code, _, _ in row[2]}

    # The others are shown by the tests of encodings, of warnings, and of what nobody can explain.
    assert {rule.code for rule in RULES} - tried == {"Y002", "Y003", "Y004", "Y005", "Y006", "Y027", "Y039", "Y051"}


def test_says_so_when_nothing_explains_the_error() -> None:
    _, findings = read("a.yaml", b"a: 1\n%TAG ! x\n")

    assert [finding.code for finding in findings] == ["Y039"]


def test_digest_is_the_name_of_the_content() -> None:
    assert digest(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert digest(b"a") != digest(b"b")


@given(st.binary(), st.sampled_from(["a.yaml", "a.md"]))
def test_no_bytes_break_the_reader(data: bytes, file: str) -> None:
    document, findings = read(file, data)

    assert (document is None) == any(finding.severity is Severity.ERROR for finding in findings)


SPITE = "a甲：: -#\t\n\r\"'[]{},&*!|>%@`?~<=.\\\u3000\u2028\ufeff\0"
SOUND = (
    "title: 社保卡：补领\nl:\n  - name: 甲\n    form: 原件\n  - 乙\ntext: |\n  甲\n  乙\nphones: [1, '2']\nq: \"x\"\n"
)


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Return a sound file with a few wrong keystrokes."""
    text = SOUND
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(SPITE)) + text[at + draw(st.integers(0, 2)) :]
    return text


@given(slips() | st.text(st.sampled_from(SPITE)), st.sampled_from(["a.yaml", "a.md"]))
def test_no_slip_of_the_keyboard_breaks_the_reader(text: str, file: str) -> None:
    text = f"---\n{text}\n---\n" if file == "a.md" else text

    document, findings = read(file, text.encode())

    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines.append("")  # what is missing at the end may be told there
    assert (document is None) == any(finding.severity is Severity.ERROR for finding in findings)
    for finding in findings:
        assert finding.position
        assert 1 <= finding.position.line <= len(lines)
        assert 1 <= finding.position.column <= len(lines[finding.position.line - 1]) + 1
        assert (finding.says + finding.hint).replace("\u3000", "").isprintable()


KEYS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)
SCALARS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"), exclude_characters="\ufffd"))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_reads_back_what_was_dumped(fields: dict[str, object]) -> None:
    document, _ = read("a.yaml", yaml.safe_dump(fields, allow_unicode=True, default_style='"').encode())

    assert document
    assert document.raw == fields


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("title: “换驾驶证”", "title: 换驾驶证"),
        ("title: ”换驾驶证“", "title: 换驾驶证"),
        ("title: ＂换驾驶证＂", "title: 换驾驶证"),
        ("title: ‘换驾驶证’  # 通俗名称", "title: 换驾驶证  # 通俗名称"),
        ('title: “换驾驶证"', "title: 换驾驶证"),
        ("title: “换驾驶证", "title: 换驾驶证"),
        ("form: [“原件”, “复印件”]", "form: [原件, 复印件]"),
        ("fees: [{name: “工本费”, amount: “10”}]", "fees: [{name: 工本费, amount: 10}]"),
    ],
)
def test_chinese_quotes_round_all_of_a_text_are_told_once_a_line(line: str, mended: str) -> None:
    document, findings = read("a.yaml", f"name: 甲\n{line}\n".encode())

    assert document is None
    assert [(finding.code, finding.hint) for finding in findings] == [("Y052", f"改成：{mended}")]


@pytest.mark.parametrize(
    "line",
    [
        "title: 换“驾驶证”",
        "title: “驾驶证”期满换证",
        "title: “一件事”和“一网通办”",
        'title: "“双随机、一公开”"',
        "title: '“双随机、一公开”'",
        "body: |\n  “双随机”",
    ],
)
def test_quotes_that_are_part_of_a_text_stay(line: str) -> None:
    document, findings = read("a.yaml", f"name: 甲\n{line}\n".encode())

    assert findings == []
    assert document


def test_chinese_quotes_round_several_lines_are_told_without_the_lines() -> None:
    _, findings = read("a.yaml", "summary: “先打电话，\n  再去大厅”\n".encode())

    assert [(finding.code, finding.hint) for finding in findings] == [("Y052", "删掉开头和结尾的引号")]
