"""A change in a content file touches only the lines of what changes, whatever way the file is written in."""

from __future__ import annotations

import pytest

from builder.editing import Change, Insert, Remove, Set, edited

ITEM = "content/items/xincheng/shiye-dengji.yaml"
PLACE = "content/places/dating.yaml"
LAWS = "content/laws.yaml"
PAGE = "content/pages/guanyu.md"

# What is done, the file, the text, the changes, the text after them.
CASES: list[tuple[str, str, str, list[Change], str]] = [
    # --- texts ---
    (
        "a remark behind a text stays",
        ITEM,
        "name: 失业登记  # 照清单\ntitle: 登记\n",
        [Set(("name",), "就业登记")],
        "name: 就业登记  # 照清单\ntitle: 登记\n",
    ),
    (
        "a text keeps its quotes",
        ITEM,
        "name: '失业登记'\ntitle: \"登记\"\n",
        [Set(("name",), "就业"), Set(("title",), "办")],
        "name: '就业'\ntitle: \"办\"\n",
    ),
    (
        "a text gets the quotes of the file where it needs some",
        ITEM,
        "name: '失业: 登记'\ntitle: 登记\n",
        [Set(("title",), "登记: 失业")],
        "name: '失业: 登记'\ntitle: '登记: 失业'\n",
    ),
    (
        "a text that only looks like another type has none",
        ITEM,
        "name: 失业登记\ntitle: 登记\n",
        [Set(("title",), "no"), Set(("name",), "8:30")],
        "name: 8:30\ntitle: no\n",
    ),
    (
        "a text of several lines in the place of one",
        ITEM,
        "name: 甲\nrights: 可以问  # 待核实\nremedy: 复议\n",
        [Set(("rights",), "可以问\n\n可以查")],
        "name: 甲\nrights: |-  # 待核实\n  可以问\n\n  可以查\nremedy: 复议\n",
    ),
    (
        "a literal text keeps its mark and its remark",
        ITEM,
        "name: 甲\nrights: |  # 待核实\n  可以问\n  可以查\n\nremedy: 复议\n",
        [Set(("rights",), "可以问\n可以改\n")],
        "name: 甲\nrights: |  # 待核实\n  可以问\n  可以改\n\nremedy: 复议\n",
    ),
    (
        "a folded text stays folded",
        ITEM,
        "name: 甲\nrights: >-\n  可以问，\n  可以查\nremedy: 复议\n",
        [Set(("rights",), "可以问\n也可以查")],
        "name: 甲\nrights: >-\n  可以问\n\n  也可以查\nremedy: 复议\n",
    ),
    (
        "one line in the place of several",
        ITEM,
        "name: 甲\nrights: |  # 待核实\n  可以问\n  可以查\n# 下面是复议\nremedy: 复议\n",
        [Set(("rights",), "可以问")],
        "name: 甲\nrights: 可以问  # 待核实\n# 下面是复议\nremedy: 复议\n",
    ),
    (
        "one line in the place of a text that goes on below",
        ITEM,
        "name: 甲\nrights: 可以问，\n  可以查  # 待核实\nremedy: 复议\n",
        [Set(("rights",), "可以问")],
        "name: 甲\nrights: 可以问  # 待核实\nremedy: 复议\n",
    ),
    (
        "a text where nothing was written",
        ITEM,
        "name: 甲\nrights:  # 要问\nremedy: 复议\n",
        [Set(("rights",), "可以问")],
        "name: 甲\nrights: 可以问  # 要问\nremedy: 复议\n",
    ),
    (
        "lines of text where nothing was written",
        ITEM,
        "name: 甲\nrights:\nremedy: 复议\n",
        [Set(("rights",), "可以问\n可以查\n")],
        "name: 甲\nrights: |\n  可以问\n  可以查\nremedy: 复议\n",
    ),
    (
        "fields and lists where nothing was written",
        ITEM,
        "name: 甲\ntime:  # 要问\nmaterials:\n-\n-   id-card\n",
        [
            Set(("time", "promised"), "5天"),
            Set(("materials", 1), {"note": "乙", "name": "丙"}),
            Set(("materials", 0), {"name": "丁", "note": "戊"}),
        ],
        "name: 甲\ntime:  # 要问\n  promised: 5天\nmaterials:\n-   name: 丁\n    note: 戊\n-   name: 丙\n    note: 乙\n",
    ),
    # --- keys ---
    (
        "a new key comes where the model has it",
        ITEM,
        "# 表头\nname: 甲\n\n# 材料\nmaterials:\n  - id-card\nnotes:\n  - 乙\n",
        [Set(("summary",), "一句话"), Set(("checked",), "2026-01-01")],
        "# 表头\nname: 甲\nsummary: 一句话\n\n# 材料\nmaterials:\n  - id-card\nchecked: 2026-01-01\nnotes:\n  - 乙\n",
    ),
    (
        "a new first key stays below the remarks at the top",
        ITEM,
        "# yaml-language-server: $schema=x\ntitle: 甲\n",
        [Set(("name",), "乙")],
        "# yaml-language-server: $schema=x\nname: 乙\ntitle: 甲\n",
    ),
    (
        "a new first key of an entry stands behind the dash",
        ITEM,
        "name: 甲\nsteps:\n  - actor: 窗口  # 谁\n    do: 收\n",
        [Set(("steps", 0, "id"), "shou")],
        "name: 甲\nsteps:\n  - id: shou\n    actor: 窗口  # 谁\n    do: 收\n",
    ),
    (
        "where a blank line stands between all keys, a new one gets its own",
        ITEM,
        "name: 甲\n\ntitle: 乙\n\nsummary: 丙\n",
        [Set(("aliases",), ["丁"])],
        "name: 甲\n\ntitle: 乙\n\naliases:\n  - 丁\n\nsummary: 丙\n",
    ),
    (
        "keys that are missing on the way are written",
        ITEM,
        "name: 甲\nnotes:\n  - 乙\n",
        [Set(("time", "promised"), "5个工作日"), Set(("codes", "local"), "0012")],
        "name: 甲\ncodes:\n  local: 0012\ntime:\n  promised: 5个工作日\nnotes:\n  - 乙\n",
    ),
    (
        "a key goes with its lines and its remarks, and those above it stay",
        ITEM,
        "name: 甲\n# 问过\naliases:  # 群众说的\n  - 乙\n  # - 丙\n# 一句话\nsummary: 丁\n",
        [Remove(("aliases",))],
        "name: 甲\n# 问过\n# 一句话\nsummary: 丁\n",
    ),
    (
        "of the blank lines around what goes, one is left",
        ITEM,
        "name: 甲\n\ntitle: 乙\n\nsummary: 丙\n\nnotes: 丁\n",
        [Remove(("title",)), Remove(("notes",))],
        "name: 甲\n\nsummary: 丙\n",
    ),
    (
        "the first key of an entry goes, and the next one moves behind the dash",
        ITEM,
        "name: 甲\nmaterials:\n  - ref: id-card  # 库里的\n    name: 身份证  # 叫法\n",
        [Remove(("materials", 0, "ref"))],
        "name: 甲\nmaterials:\n  - name: 身份证  # 叫法\n",
    ),
    (
        "a remark between the first key of an entry and the next stays",
        ITEM,
        "name: 甲\nmaterials:\n  - ref: id-card\n    # 照原文\n    name: 身份证\n",
        [Remove(("materials", 0, "ref"))],
        "name: 甲\nmaterials:\n  -\n    # 照原文\n    name: 身份证\n",
    ),
    (
        "with the last entry of a list the list goes, and so does what held nothing else",
        ITEM,
        "name: 甲\ntime:\n  excludes:\n    - 公示\naliases:\n  - 乙\n",
        [Remove(("aliases", 0)), Remove(("time", "excludes", 0))],
        "name: 甲\n",
    ),
    (
        "an empty list stays if that is said",
        ITEM,
        "name: 甲\naliases:  # 没有\n  - 乙\nnotes: 丙\n",
        [Remove(("aliases", 0), keep_empty=True)],
        "name: 甲\naliases: []  # 没有\nnotes: 丙\n",
    ),
    # --- lists ---
    (
        "a new entry stands behind the one before it, before the remark on the next",
        ITEM,
        "name: 甲\nmaterials:\n  # 本人的\n  - id-card  # 原件\n  # 家里的\n  - household-book\n",
        [Insert(("materials",), 1, "户籍证明"), Insert(("materials",), 0, "申请表")],
        "name: 甲\nmaterials:\n  # 本人的\n  - 申请表\n  - id-card  # 原件\n  - 户籍证明\n  # 家里的\n  - household-book\n",
    ),
    (
        "dashes that do not stand to the right of the key above",
        ITEM,
        "name: 甲\nsteps:\n- actor: 窗口\n  do: 收\n# 还有一步\nnotes: 乙\n",
        [Insert(("steps",), 1, {"do": "办", "actor": ["窗口", "科室"]})],
        "name: 甲\nsteps:\n- actor: 窗口\n  do: 收\n- actor:\n  - 窗口\n  - 科室\n  do: 办\n# 还有一步\nnotes: 乙\n",
    ),
    (
        "four spaces",
        ITEM,
        "name: 甲\ntime:\n    promised: 5天\nsteps:\n    -   actor: 窗口\n        do: 收\n",
        [Insert(("steps",), 1, {"actor": "窗口", "do": "办"}), Set(("codes",), {"local": "1"})],
        (
            "name: 甲\ncodes:\n    local: 1\ntime:\n    promised: 5天\nsteps:\n    -   actor: 窗口\n        do: 收\n"
            "    -   actor: 窗口\n        do: 办\n"
        ),
    ),
    (
        "entries in braces, as those beside them",
        ITEM,
        "name: 甲\nsteps:\n  - {actor: 窗口, do: 收}\n",
        [Insert(("steps",), 1, {"do": "办: 快", "actor": "窗口"})],
        'name: 甲\nsteps:\n  - {actor: 窗口, do: 收}\n  - {actor: 窗口, do: "办: 快"}\n',
    ),
    (
        "quotes as those beside them",
        "content/editions/a.yaml",
        'editions:\n  - code: "0A1B2C"\n    date: 2025-03-05\n    said:\n      - part: "甲"\n        lines:\n          - "乙"\n',
        [Insert(("editions",), 1, {"date": "2025-04-05", "code": "0A1B2D", "said": [{"part": "丙", "lines": ["丁"]}]})],
        (
            'editions:\n  - code: "0A1B2C"\n    date: 2025-03-05\n    said:\n      - part: "甲"\n        lines:\n          - "乙"\n'
            '  - code: "0A1B2D"\n    date: 2025-04-05\n    said:\n      - part: "丙"\n        lines:\n          - "丁"\n'
        ),
    ),
    (
        "a list in brackets",
        ITEM,
        "name: 甲\naliases: [乙, 丙]  # 群众说的\n",
        [Insert(("aliases",), 2, "a, b"), Remove(("aliases", 0)), Insert(("aliases",), 0, "丁")],
        'name: 甲\naliases: [丁, 丙, "a, b"]  # 群众说的\n',
    ),
    (
        "a list in brackets over several lines, one entry a line",
        ITEM,
        "name: 甲\naliases: [\n  乙,  # 一\n  丙  # 二\n]\n",
        [Insert(("aliases",), 2, "丁"), Insert(("aliases",), 0, "戊"), Remove(("aliases", 1))],
        "name: 甲\naliases: [\n  戊,\n  丙,  # 二\n  丁\n]\n",
    ),
    (
        "a list in brackets over several lines, without a remark",
        ITEM,
        "name: 甲\naliases: [\n  乙,\n  丙\n]\n",
        [Insert(("aliases",), 2, "丁")],
        "name: 甲\naliases: [\n  乙,\n  丙,\n  丁\n]\n",
    ),
    (
        "the second entry of several in a line of brackets",
        ITEM,
        "name: 甲\naliases: [乙, 丙,\n          丁, 戊]\n",
        [Remove(("aliases", 1)), Remove(("aliases", 2))],
        "name: 甲\naliases: [乙,\n          丁]\n",
    ),
    (
        "an entry of a list in a list",
        ITEM,
        "name: 甲\ntables:\n  - title: 乙\n    columns: [丙, 丁]\n    rows:\n      - - 一\n        - 二\n",
        [Insert(("tables", 0, "rows"), 1, ["三", "四"]), Set(("tables", 0, "rows", 0, 1), "五")],
        "name: 甲\ntables:\n  - title: 乙\n    columns: [丙, 丁]\n    rows:\n      - - 一\n        - 五\n      - - 三\n        - 四\n",
    ),
    (
        "a new list",
        ITEM,
        "name: 甲\n",
        [Insert(("notes",), 0, "要问"), Set(("materials",), [{"name": "乙", "ref": "id-card"}, "丙"])],
        "name: 甲\nmaterials:\n  - ref: id-card\n    name: 乙\n  - 丙\nnotes:\n  - 要问\n",
    ),
    (
        "a list that is set again changes where it differs",
        ITEM,
        "name: 甲\nsteps:\n  - actor: 窗口\n    do: 收  # 一\n  - actor: 科室\n    do: 办  # 二\n",
        [
            Set(
                ("steps",),
                [{"actor": "窗口", "do": "收"}, {"actor": "科室", "do": "审"}, {"actor": "窗口", "do": "发"}],
            )
        ],
        "name: 甲\nsteps:\n  - actor: 窗口\n    do: 收  # 一\n  - actor: 科室\n    do: 审  # 二\n  - actor: 窗口\n    do: 发\n",
    ),
    # --- short and long forms ---
    (
        "a bare entry that gets a field",
        ITEM,
        "name: 甲\nmaterials:\n  - id-card  # 本人的\n  - 户籍证明\n",
        [Set(("materials", 0, "form"), "原件"), Set(("materials", 1, "note"), "要问")],
        "name: 甲\nmaterials:\n  - ref: id-card  # 本人的\n    form: 原件\n  - name: 户籍证明\n    note: 要问\n",
    ),
    (
        "a bare entry among others in braces",
        ITEM,
        "name: 甲\nmaterials:\n  - 证明[原件]\n  - {ref: id-card, form: 原件}\n",
        [Set(("materials", 0, "form"), "原件")],
        'name: 甲\nmaterials:\n  - {name: "证明[原件]", form: 原件}\n  - {ref: id-card, form: 原件}\n',
    ),
    (
        "a bare value that gets a field",
        ITEM,
        "name: 甲\nmaterials:\n  - ref: id-card\n    copies: 2  # 两份\ntime: 5天\n",
        [Set(("materials", 0, "copies", "original"), "1"), Set(("time", "statutory"), "9天")],
        (
            "name: 甲\nmaterials:\n  - ref: id-card\n    copies:\n      original: 1\n      copy: 2  # 两份\n"
            "time:\n  promised: 5天\n  statutory: 9天\n"
        ),
    ),
    (
        "the field for which a single value stands, and that of a list of one",
        ITEM,
        "name: 甲\nmaterials:\n  - ref: id-card\n    copies: 2  # 两份\nphones: 022-65775272  # 总机\n",
        [Set(("materials", 0, "copies", "copy"), "3"), Set(("phones", 0, "number"), "022-65775273")],
        "name: 甲\nmaterials:\n  - ref: id-card\n    copies: 3  # 两份\nphones: 022-65775273  # 总机\n",
    ),
    (
        "a phrase that says several things",
        ITEM,
        "name: 甲\noutputs:\n  - name: 证\n    validity: [未满16周岁的5年, 16周岁以上的10年]\n",
        [Set(("outputs", 0, "validity", 0, "lasts"), "6年")],
        "name: 甲\noutputs:\n  - name: 证\n    validity: [{who: 未满16周岁的, lasts: 6年}, 16周岁以上的10年]\n",
    ),
    (
        "from the long form to the short one",
        ITEM,
        "name: 甲\nmaterials:\n  - ref: id-card\n    copies:\n      copy: 2  # 两份\n    note: 乙\n",
        [Set(("materials", 0, "copies"), "3"), Set(("materials", 0), "id-card")],
        "name: 甲\nmaterials:\n  - id-card\n",
    ),
    (
        "a single value becomes a list",
        ITEM,
        "name: 甲\ntopics: jiuye  # 问过\naudiences: geren\nnotes:\n  - 乙\n",
        [Insert(("topics",), 1, "shebao"), Insert(("audiences",), 0, "qiye")],
        "name: 甲\ntopics:\n  - jiuye  # 问过\n  - shebao\naudiences:\n  - qiye\n  - geren\nnotes:\n  - 乙\n",
    ),
    (
        "a single value becomes a list in brackets where others are",
        ITEM,
        "name: 甲\naliases: [乙, 丙]\ntopics: jiuye  # 问过\n",
        [Insert(("topics",), 1, "shebao")],
        "name: 甲\naliases: [乙, 丙]\ntopics: [jiuye, shebao]  # 问过\n",
    ),
    (
        "a single mapping becomes the first entry of a list",
        ITEM,
        "name: 甲\nfaq:\n  q: 乙  # 问\n  # 答\n  a: |\n    丙\n\n    丁\nnotes: 戊\n",
        [Insert(("faq",), 1, {"q": "己", "a": "庚"})],
        "name: 甲\nfaq:\n  - q: 乙  # 问\n    # 答\n    a: |\n      丙\n\n      丁\n  - q: 己\n    a: 庚\nnotes: 戊\n",
    ),
    (
        "a path may name the only entry of what is no list",
        ITEM,
        "name: 甲\ntopics: jiuye\nfaq:\n  q: 乙\n  a: 丙\n",
        [Set(("topics", 0), "shebao"), Set(("faq", 0, "a"), "丁")],
        "name: 甲\ntopics: shebao\nfaq:\n  q: 乙\n  a: 丁\n",
    ),
    (
        "an entry in the place of what says that there is none",
        ITEM,
        "name: 甲\nfees: 无  # 问过\nmaterials: 不用\n",
        [Insert(("fees",), 0, {"name": "工本费", "amount": "5"}), Insert(("materials",), 0, "id-card")],
        "name: 甲\nfees:  # 问过\n  - name: 工本费\n    amount: 5\nmaterials:\n  - id-card\n",
    ),
    # --- files ---
    (
        "records of a library",
        LAWS,
        "a-fa: {title: 甲法}  # 一\n\n# 二\nb-fa: {title: 乙法, status: 有效}\n",
        [
            Set(("a-fa", "number"), "甲〔2026〕1号"),
            Set(("c-fa",), {"issuer": "丁", "title": "丙法"}),
            Remove(("b-fa", "status")),
        ],
        "a-fa: {title: 甲法, number: 甲〔2026〕1号}  # 一\n\n# 二\nb-fa: {title: 乙法}\n\nc-fa: {title: 丙法, issuer: 丁}\n",
    ),
    (
        "the body of a page",
        PAGE,
        "---\ntitle: 甲\n---\n\n## 乙\n\n丙\n",
        [Set(("body",), "## 乙\n\n丁\n\n戊"), Set(("summary",), "己")],
        "---\ntitle: 甲\nsummary: 己\n---\n\n## 乙\n\n丁\n\n戊\n",
    ),
    (
        "a page without a body",
        PAGE,
        "---\ntitle: 甲\n---",
        [Set(("body",), "乙")],
        "---\ntitle: 甲\n---\n\n乙\n",
    ),
    ("a body that goes", PAGE, "---\ntitle: 甲\n---\n\n乙\n", [Remove(("body",))], "---\ntitle: 甲\n---\n"),
    (
        "the settings of the site",
        "site.yaml",
        "name: 甲\nphones: 12345\n",
        [Set(("summary",), "乙"), Insert(("phones",), 1, "022-65775272")],
        "name: 甲\nsummary: 乙\nphones:\n  - 12345\n  - 022-65775272\n",
    ),
    (
        "no line break at the end",
        ITEM,
        "name: 甲\ntitle: 乙\naliases:\n  - 丙",
        [Insert(("aliases",), 1, "丁"), Remove(("title",))],
        "name: 甲\naliases:\n  - 丙\n  - 丁",
    ),
    ("the last of lines without a break at the end", ITEM, "name: 甲\ntitle: 乙", [Remove(("title",))], "name: 甲"),
    (
        "the line break of Windows and the mark of Notepad",
        ITEM,
        "\ufeffname: 甲\r\nrights: |\r\n  乙\r\n\r\n# 丙\r\nnotes: 丁\r\n",
        [Set(("rights",), "一\n二\n"), Set(("title",), "三"), Set(("notes",), ["丁", "戊"])],
        "\ufeffname: 甲\r\ntitle: 三\r\nrights: |\r\n  一\r\n  二\r\n\r\n# 丙\r\nnotes:\r\n  - 丁\r\n  - 戊\r\n",
    ),
    (
        "fields in braces altogether",
        ITEM,
        "{name: 甲, topics: a}\n",
        [Set(("title",), "乙"), Insert(("topics",), 1, "b"), Set(("time",), {"promised": "5天"})],
        "{name: 甲, title: 乙, topics: [a, b], time: {promised: 5天}}\n",
    ),
    (
        "a file of which the model says nothing",
        "content/other.yaml",
        "b: 1\na:\n  - 2\n",
        [Set(("c",), "3"), Insert(("a",), 0, "x")],
        "b: 1\na:\n  - x\n  - 2\nc: 3\n",
    ),
]


@pytest.mark.parametrize(
    ("file", "before", "changes", "after"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_only_the_lines_of_what_changes_are_written_anew(
    file: str, before: str, changes: list[Change], after: str
) -> None:
    assert edited(file, before.encode(), changes).decode() == after
