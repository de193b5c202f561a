"""Personal data in what is published.

The citizen numbers are the two examples of GB 11643, and numbers made up for these tests; so are the cards.
"""

from __future__ import annotations

import pytest
from checks_world import FILE, filed, lines_found, messages

from builder.checks.privacy import names_an_office
from builder.loading import load_file
from builder.report.located import located

NUMBER = "11010519491231002X"
CARD = "6222020200111234569"
MOBILE = "13912345678"


def codes(file: str, text: str) -> list[str]:
    """Return the codes of what is found in a content file."""
    return [finding.code for finding in load_file(file, text.encode()).findings]


# --- Where ---------------------------------------------------------------------------------------------------------

# A file with a place for a text, of every kind of record that residents read.
EVERYWHERE = [
    ("content/items/xincheng/a.yaml", "name: 补贴\nsummary: TEXT\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\nstatus: 草稿\nsummary: TEXT\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\neligibility: [甲, {all: [乙, TEXT]}]\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\nmaterials: [{group: 甲, materials: [{name: 乙, note: TEXT}]}]\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\nmaterials:\n- any_of: [TEXT, 护照]\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\nsteps: [{actor: 窗口, do: 受理, items: [甲, TEXT]}]\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\nvariants: [{id: a, name: 首次, note: TEXT}]\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\nfaq: [{q: 找谁？, a: TEXT}]\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\nlegal: [{text: 办法, quote: TEXT}]\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\nsupervision: {unit: 民政局, note: TEXT}\n"),
    ("content/items/xincheng/a.yaml", "name: 补贴\naliases: [TEXT]\n"),
    ("content/items/xincheng/a.md", "---\nname: 补贴\n---\n## 怎么办\n\n先找\nTEXT\n"),
    ("content/items/xincheng/a.md", "---\nname: 补贴\nremedy: TEXT\n---\n## 怎么办\n"),
    ("content/departments/a.yaml", "name: 民政局\nduties: [甲, TEXT]\n"),
    ("content/departments/a.yaml", "name: 民政局\noffices: [{name: 低保科, duties: TEXT}]\n"),
    ("content/places/a.yaml", "name: 大厅\nkind: 办事大厅\nnote: TEXT\n"),
    ("content/places/a.yaml", "name: 社区\nkind: 社区\nbranches: [{id: a, name: 甲, address: TEXT}]\n"),
    ("content/pages/a.md", "---\ntitle: 关于\n---\nTEXT\n"),
    ("content/booklets/a.yaml", "title: 手册\npreface: TEXT\nentries: [{name: 甲}]\n"),
    ("content/disclosure/a.yaml", "title: 清单\nduties: [{duty: 甲, rows: [{category: 乙, note: TEXT}]}]\n"),
    ("content/topics.yaml", "shebao: {name: 社保, summary: TEXT}\n"),
    ("content/materials.yaml", "card:\n  name: 卡\n  note: TEXT\n"),
    ("content/forms.yaml", "a: {title: 表, note: TEXT}\n"),
    ("content/glossary.yaml", "entries: [{word: 甲, means: TEXT}]\n"),
]


@pytest.mark.parametrize(("file", "text"), EVERYWHERE)
def test_a_citizen_number_is_an_error_wherever_residents_can_read_it(file: str, text: str) -> None:
    text = text.replace("TEXT", f"张某的{NUMBER}")
    line = next(n for n, line in enumerate(text.splitlines(), 1) if NUMBER in line)

    assert lines_found(file, text, "P601") == [(NUMBER, line)]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (FILE, f"name: 补贴\nnotes: 原文有张某的{NUMBER}\n"),
        (FILE, f"name: 补贴\nsteps: [{{actor: 窗口, do: 查{NUMBER}, visibility: 内部}}]\n"),
        (FILE, f"name: 补贴\nvisibility: 内部\nsummary: 张某的{NUMBER}\n"),
        ("content/laws.yaml", f"a: {{title: 办法, note: 张某的{NUMBER}}}\n"),
    ],
)
def test_what_is_not_published_may_hold_one(file: str, text: str) -> None:
    assert "P601" not in codes(file, text)


def test_the_place_is_found_however_the_text_is_written() -> None:
    text = f"""\
        name: 补贴
        summary: '联系''人''，{NUMBER}'
        remedy: "甲乙，\\"丙\\"，{NUMBER}"
        rights: >
          折起来的
          两行，{NUMBER}
        obligations: |
          第一行
            第二行 {NUMBER} 和 {NUMBER}
        """

    assert lines_found(FILE, text, "P601") == [(NUMBER, 2), (NUMBER, 3), (NUMBER, 6), (NUMBER, 9), (NUMBER, 9)]


def test_the_lines_of_a_windows_file_are_counted_as_well() -> None:
    data = f"---\r\nname: 补贴\r\n---\r\n\r\n甲\r\n乙{NUMBER}\r\n".encode()
    (entry,) = located(load_file("content/items/xincheng/a.md", data).findings, lambda _: data)

    assert (entry.position.line, entry.position.column, entry.position.length) == (6, 2, 18)


# --- Citizen numbers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        "11010519491231002x",
        "440524188001010014",
        "身份证号：440304199912318877。",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1101 0519 4912 3100 2X",
        "110105 19491231 002 X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u30001949\u300012\u300031\u3000002X",
        "张三110105\u00a019491231\u00a0002X，男",
        "（620102198511034529）",
        "序号 1 650101200010013315",
        "32010619780908123X、650101200010013315",
        "身份证 130503670401001",
    ],
)
def test_a_citizen_number_is_told(written: str) -> None:
    found = {finding.code for finding in messages(f"summary: '{written}'")}

    assert found == {"P601"}


def test_a_message_repeats_only_the_ends_of_a_number() -> None:
    (finding,) = messages(f"summary: 张某，{NUMBER}")

    assert finding.says == "这里有身份证号码 11*************02X"
    assert "11*************02X" in finding.hint
    assert NUMBER not in finding.says + finding.hint


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # a wrong check digit
        "510102199002300012",  # no such day
        "35*************123",
        "统一社会信用代码 91440300708461136T",
        "统一社会信用代码：12110000400001234X",
        "统一社会信用代码11110105MB1234567X",
        "统一社会信用代码：11010519491231002X",  # it would be right as a citizen number
        "实施编码 11440304007543382E2440111001000",
        "1111010500005214XK400012500100001",
        "1144030000754338241000112001000",  # 31 digits, as item codes have
        "0755-84461111",
        "12345",
        "022-65775272、022-65775273、022-65775274",
        "010-67322223-110",
        "2026-11-03 至 2027-11-03",
        "2009年1月1日—2019年12月31日",
        "津人社局发〔2009〕249号",
        "总额 1,234,567,890.00 元",
        "12000000000元、补助 13800000000 元",
        "ISBN 978-7-5216-1234-5、ISBN 9787521612345",
        "http://www.example.gov.cn/art/2020/1/1/art_13912345678_6222020200111234569.html",
        "IP 192.168.100.254、10.110.105.194",
        "8:30-12:00，14:00-17:30",
        "8:30-11:30 14:00-17:30 13:00-16:00",
        "200003、518000",
        "350 毫升、3500 0000 人",
        "订单号：13912345678",
        "账号 110060149018010012345",
        "第1391条、第2391条",
        "139 1234",
        "139123456789",
        "11912345678",
        "400-800-8820、4008008820",
        "95588、96156",
        "X13912345678",
        "6222020200111234568",  # no card: a wrong check digit
        "4403040000123455 0000",
        "13800 00000 元",
        "60-64周岁 65-69周岁 70-79周岁 80-89周岁",
        "1380013800元",
    ],
)
def test_other_long_numbers_pass(text: str) -> None:
    found = [finding.code for finding in messages(f"rights: '{text}'")]

    assert [code for code in found if code[0] == "P"] == []


# --- Cards ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        CARD,
        "6217 0000 1000 1234 569",
        "622848 001000123450",
        "6212-2612-3456-7898",
        "９５５８８００２００１２３４５６７８８",
        "补贴打到卡号436742123456789014",
        "卡号：4012 8888 8888 1881",
        "社保卡银行账号 5555555555554444",
    ],
)
def test_a_bank_card_is_told(written: str) -> None:
    assert [finding.code for finding in messages(f"remedy: '{written}'")] == ["P602"]


def test_the_message_about_a_card_repeats_only_its_ends() -> None:
    (finding,) = messages(f"remedy: 打到 {CARD}")

    assert finding.says == "这里有银行卡号 6222***********4569"
    assert CARD not in finding.says + finding.hint


def test_a_code_that_only_looks_like_a_card_passes() -> None:
    assert messages("codes: {local: '6212261234567898'}") == []
    assert messages("remedy: 编号 6212261234567898") == []
    assert messages("remedy: 文件 4012888888881881 号") == []


# --- Mobiles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        f"找小王，{MOBILE}",
        "139-1234-5678",
        "139 1234 5678",
        "139 12345678",
        "+86 139 1234 5678",
        "+8613912345678",
        "86-13912345678",
        "008613912345678",
        "１３９１２３４５６７８",
        f"{MOBILE}（微信同号）",
        f"电话{MOBILE}或022-65775272",
        f"{MOBILE}@139.com",
    ],
)
def test_a_mobile_in_a_text_is_a_warning(written: str) -> None:
    (finding,) = messages(f"remedy: '{written}'")

    assert (finding.code, finding.severity) == ("P603", "warning")
    assert finding.says == "这里有手机号 139****5678"
    assert "label" in finding.hint


@pytest.mark.parametrize(
    "phone",
    [
        MOBILE,
        f"[{MOBILE}]",
        f"{{number: {MOBILE}}}",
        f"[{{number: {MOBILE}, label: 张三}}]",
        f"[{{number: {MOBILE}, label: 王主任}}]",
        f"[{{number: {MOBILE}, label: 张所长}}]",
        f"[{{number: {MOBILE}, label: 联系人}}]",
        f"[{{number: {MOBILE}, label: 李会计}}]",
        f"[{{number: {MOBILE}, label: 小刘（民政办）}}]",
    ],
)
def test_a_mobile_of_nobody_or_of_a_person_among_the_phones_is_a_warning(phone: str) -> None:
    (finding,) = messages(f"phones: {phone}")

    assert finding.code == "P603"
    assert "139****5678" in finding.says
    assert MOBILE not in finding.says + finding.hint


@pytest.mark.parametrize(
    "label",
    [
        "社区值班",
        "低保咨询",
        "城关社区主任",
        "便民服务中心",
        "民政办",
        "3号窗口",
        "夜间报修",
        "工作手机",
        "黄家村委会",
        "预约专用",
    ],
)
def test_a_mobile_with_the_name_or_the_use_of_an_office_passes(label: str) -> None:
    assert names_an_office(label)
    assert messages(f"phones: {{number: {MOBILE}, label: {label}}}") == []


def test_mobiles_of_places_and_departments_are_looked_at_as_well() -> None:
    place = f"name: 社区\nkind: 社区\nbranches: [{{id: a, name: 甲, phones: {MOBILE}}}]\n"
    department = f"name: 民政局\noffices: [{{name: 低保科, phones: [{MOBILE}]}}]\nsupervision: {{phones: {MOBILE}}}\n"

    assert codes("content/places/a.yaml", place) == ["P603"]
    assert codes("content/departments/a.yaml", department) == ["P603", "P603"]


# --- Lists of people -----------------------------------------------------------------------------------------------

LISTS = {
    "markdown": """
        |序号|姓名|救助金额|
        |---|---|---|
        |1|张三|500元|
        |2|李小四|800|
        |3|王某|300|
    """,
    "masked": """
        | 户主姓名 | 身份证号 |
        |:--|:--|
        | 张** | 35*************123 |
        | 欧阳* | 35*************456 |
        | 阿依古丽·买买提 | 65*************789 |
    """,
    "html": """
        <table><tr><th>姓名</th><th>家庭住址</th></tr>
        <tr><td>张三</td><td>城关社区</td></tr>
        <tr><td>李四</td><td>城关社区</td></tr>
        <tr><td>王五</td><td>和平社区</td></tr></table>
    """,
    "list": """
        享受低保的：

        - 张三 500元
        - 李小四 800元
        - 王五 1,300元
    """,
    "numbered": """
        1. 张三，城关镇和平村3组
        2. 李小四，城关镇和平村5组
        3. 王五，城关镇新华村1组
    """,
    "tabs": "张三\t500元\n李四\t600元\n王五\t700元\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_people_is_a_warning(name: str) -> None:
    body = "\n".join(line.strip(" ") for line in LISTS[name].split("\n"))
    text = f"---\ntitle: 公示\n---\n看看：\n\n{body}\n"

    assert codes("content/pages/a.md", text) == ["P604"]


def test_a_list_of_people_is_told_at_its_first_row() -> None:
    text = "---\ntitle: 公示\n---\n名单\n\n|姓名|金额|\n|--|--|\n|张三|5元|\n|李四|5元|\n|王五|5元|\n"

    assert lines_found("content/pages/a.md", text, "P604") == [("|张三|5元|", 8)]


@pytest.mark.parametrize(
    "fields",
    [
        "eligibility_notes: [张三 500元, 李四 600元, 王五 700元]",
        "benefits: [{name: 张三, amount: 500}, {name: 李四, amount: 600}, {name: 王五, amount: 700}]",
        "rights: |\n  张三：500元\n  李四：600元\n  王五：700元\n",
    ],
)
def test_a_list_of_people_in_fields_is_told(fields: str) -> None:
    assert [finding.code for finding in messages(fields)] == ["P604"]


@pytest.mark.parametrize(
    "body",
    [
        "|类别|金额|\n|--|--|\n|高中生|2000元|\n|大学生|3000元|\n|应届毕业生|500元|",
        "- 高中生 2000元\n- 单亲家庭 3000元\n- 孤儿 500元",
        "- 单人户 500元\n- 双人户 800元\n- 多人户 900元",
        "- 安葬费 500元\n- 车费 800元\n- 路费 900元\n- 石料 30元",
        "|姓名|职务|办公电话|\n|--|--|--|\n|张三|主任|65775272|\n|李四|副主任|65775273|\n|王五|科员|65775274|",
        "|姓名|身份证号|金额|\n|--|--|--|\n| | | |\n| | | |\n| | | |",
        "|姓名|金额|\n|--|--|\n|张三|500|\n|李四|600|",
        "申请人写清姓名、身份证号码、住址。\n张三来了。\n李四也来了。\n王五没有来。",
        "|社区|地址|\n|--|--|\n|黄村|和平路3号|\n|马庄|新华路5号|\n|石桥|建国路8号|",
    ],
)
def test_what_only_looks_like_a_list_of_people_passes(body: str) -> None:
    assert codes("content/pages/a.md", f"---\ntitle: 说明\n---\n{body}\n") == []


def test_a_citizen_number_stops_publishing_and_a_mobile_does_not() -> None:
    found = load_file(FILE, filed(f"rights: {NUMBER}\nremedy: {MOBILE}\n").encode()).findings

    assert [(finding.code, finding.severity) for finding in found] == [("P601", "error"), ("P603", "warning")]
