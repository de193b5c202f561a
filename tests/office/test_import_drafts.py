"""`build.py import`: documents of an office become drafts in the folder of a site, which `check` accepts, or nothing does."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from drafted import FILES
from office_files import p, write_excel, write_word
from site_folder import SiteFolder

from builder import publish
from builder.office.drafts import saving

LIST: list[list[object]] = [
    ["序号", "事项名称", "申请材料", "办理时限", "收费标准", "联系电话"],
    [1, "失业登记", "1、身份证\n2、户口本原件及复印件一份", "当场办理", "不收费", "022-65775272"],
    [2, "求职登记", "身份证（审原件留复印件）", "5个工作日", "无", None],
]
AREA = "content/items/zhen"


@pytest.fixture
def site(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    site.write_all({"site.yaml": "name: 清江镇办事指南\nphones: 12345\n", **FILES})
    monkeypatch.chdir(site.folder)
    write_excel(site.folder / "事项.xlsx", LIST)
    return site


def items(site: SiteFolder) -> dict[str, dict[str, object]]:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((site.folder / AREA).glob("*.yaml"))}


def test_each_row_becomes_a_draft_that_check_accepts(site: SiteFolder) -> None:
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--department", "清江镇党群服务中心") == 0
    assert site.read(f"{AREA}/shi-ye-deng-ji.yaml") == (
        "# 从 Word、Excel 导入的草稿。看看 notes 里的话，核对以后删掉“status: 草稿”这一行，就会公开。\n"
        "name: 失业登记\n"
        "department: dangqun\n"
        "status: 草稿\n"
        "materials:\n"
        "  - ref: id-card\n"
        "    name: 身份证\n"
        "  - ref: household-book\n"
        "    name: 户口本\n"
        "    form:\n"
        "      - 原件\n"
        "      - 复印件\n"
        "    copies: 1\n"
        "phones:\n"
        "  - 022-65775272\n"
        "time:\n"
        "  promised: 当场办理\n"
        "fees: 无\n"
        "provenance:\n"
        "  - source: shi-xiang\n"
        "    at: 工作表“Sheet”第2行，序号 1\n"
    )
    assert items(site)["qiu-zhi-deng-ji"]["notes"] == ["收费标准：无"]
    assert site.read("content/sources.yaml") == "shi-xiang: {title: 事项, note: 从“事项.xlsx”导入}\n"
    assert site.run("check") == 0


def test_a_plan_says_what_would_be_written_and_writes_nothing(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = site.everything()
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--plan") == 0
    assert site.everything() == before
    assert capsys.readouterr().out == (
        "事项.xlsx：2 个事项\n"
        "\n"
        "失业登记（事项.xlsx 工作表“Sheet”第2行）\n"
        f"  要写 {AREA}/shi-ye-deng-ji.yaml\n"
        "  写进：要带的材料 2 条，办理时限，收费，咨询电话\n"
        "\n"
        "求职登记（事项.xlsx 工作表“Sheet”第3行）\n"
        f"  要写 {AREA}/qiu-zhi-deng-ji.yaml\n"
        "  写进：要带的材料，办理时限\n"
        "  存疑：收费标准：只写了“无”：是不收费，还是没有写？没有填｜无\n"
        "  文件里是空的，不填：联系电话\n"
        "\n"
        "会新建 2 个事项，都是草稿，存疑 1 处。什么也没有写。\n"
    )


def test_what_the_site_has_already_is_a_proposed_change_and_no_second_file(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    old = "name: 失业登记\ndepartment: dangqun\ntopics: jiuye\ntime: 3个工作日\n"
    site.write(f"{AREA}/shiye.yaml", old)
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 0
    assert site.read(f"{AREA}/shiye.yaml") == old
    assert sorted(items(site)) == ["qiu-zhi-deng-ji", "shiye"]
    said = capsys.readouterr().out
    assert f"已经有了，不写 {AREA}/shiye.yaml" in said
    assert "    办理时限：现在是“3个工作日”，文件是“当场办理”\n" in said
    assert "新建了 1 个事项，都是草稿，1 个网站上已经有了，没有改动" in said


def test_items_of_nearly_the_same_name_are_named(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    site.write(f"{AREA}/shiye.yaml", "name: 失业人员登记\ndepartment: dangqun\ntopics: jiuye\n")
    write_excel(site.folder / "事项.xlsx", [LIST[0], [1, "失业人员的登记", "身份证", None, None, None]])
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 0
    assert f"  名称相近的：失业人员登记（{AREA}/shiye.yaml）\n" in capsys.readouterr().out


def test_what_two_documents_say_alike_is_one_draft_with_two_sources(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    write_excel(site.folder / "另一份.xlsx", LIST[:2])
    assert site.run("import", "事项.xlsx", "另一份.xlsx", "--area", "zhen") == 0
    assert items(site)["shi-ye-deng-ji"]["provenance"] == [
        {"source": "shi-xiang", "at": "工作表“Sheet”第2行，序号 1"},
        {"source": "ling-yi-fen", "at": "工作表“Sheet”第2行，序号 1"},
    ]
    assert "同样的内容又出现一次，没有另写一份：失业登记（另一份.xlsx" in capsys.readouterr().out


def test_items_of_one_name_that_say_different_things_have_each_an_id(site: SiteFolder) -> None:
    write_excel(site.folder / "事项.xlsx", [*LIST[:2], [2, "失业登记", "户口本", "当场", None, None]])
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 0
    assert sorted(items(site)) == ["shi-ye-deng-ji", "shi-ye-deng-ji-2"]


def test_imported_again_nothing_is_written(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 0
    before = site.everything()
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 0
    assert site.everything() == before
    assert "没有要新建的事项，2 个网站上已经有了，没有改动" in capsys.readouterr().out


def test_a_new_source_leaves_the_others_as_they_are(site: SiteFolder) -> None:
    old = "# 从哪里来\nqingdan:   {title: 公共服务清单}   # 2024\n"
    site.write("content/sources.yaml", old)
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 0
    assert site.read("content/sources.yaml").startswith(old)


def test_the_number_of_a_person_stands_in_no_field(site: SiteFolder) -> None:
    row = [1, "失业登记", "身份证（如110101199003072631）", None, None, None]
    write_excel(site.folder / "事项.xlsx", [LIST[0], row])
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 0
    assert site.run("check") == 0


def test_drafts_may_go_to_another_folder(site: SiteFolder) -> None:
    before = site.everything()
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--out", "草稿箱") == 0
    new = sorted(set(site.everything()) - set(before))
    assert new == [
        f"草稿箱/{AREA}/qiu-zhi-deng-ji.yaml",
        f"草稿箱/{AREA}/shi-ye-deng-ji.yaml",
        "草稿箱/content/sources.yaml",
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--area", "zheng"), "zheng"),
        (("--area", "zhen", "--department", "党群办"), "没有编号为“党群办”的单位"),
        (("坏.docx", "--area", "zhen"), "“坏.docx”坏了，读不出来"),
    ],
)
def test_nothing_is_written_where_something_is_wrong(
    options: tuple[str, ...], says: str, site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.folder / "坏.docx").write_bytes(b"PK\x03\x04 nothing")
    before = site.everything()
    assert site.run("import", "事项.xlsx", *options) == 2
    said = capsys.readouterr()
    assert says in said.out + said.err
    assert site.everything() == before


def test_a_document_without_items_is_told(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    write_word(site.folder / "通知.docx", p("关于放假的通知") + p("国庆放假七天。"))
    assert site.run("import", "通知.docx", "--area", "zhen") == 1
    assert "没有认出事项，什么也没有写" in capsys.readouterr().err


def test_if_one_file_cannot_be_written_none_is(
    site: SiteFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = publish.replace_file

    def full(path: str, data: bytes) -> None:
        if path.endswith("qiu-zhi-deng-ji.yaml"):
            raise OSError(28, "No space left on device")
        written(path, data)

    site.write("content/sources.yaml", "qingdan: {title: 公共服务清单}\n")
    before = site.everything()
    monkeypatch.setattr(saving, "replace_file", full)
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--report", "报告/核对表.html") == 3
    assert not (site.folder / AREA).exists()
    assert site.everything() == before
    assert "写不进去，什么也没有写" in capsys.readouterr().err


def test_the_report_can_be_handed_back_to_the_office(site: SiteFolder) -> None:
    reports = ("--report", "核对表.html", "--report", "核对表.json")
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--plan", *reports) == 0
    page = site.read("核对表.html")
    assert re.search(r"<h2 id=\"i2\">2．求职登记</h2>", page)
    assert '<td>无</td><td class="answer"></td>' in page
    assert not re.search(r"<script|https?:|src=|url\(", page)
    item = json.loads(site.read("核对表.json"))["items"][1]
    assert item["doubts"] == [
        {
            "label": "收费标准",
            "why": "只写了“无”：是不收费，还是没有写？没有填",
            "source": "无",
            "place": "工作表“Sheet”E3",
        }
    ]
    assert (item["fields"][0]["value"], item["fields"][0]["source"]) == (
        ["身份证（材料库：居民身份证）（形式：原件核对）"],
        ["身份证（审原件留复印件）"],
    )


def test_the_report_says_step_by_step_who_does_what_and_where_a_branch_leads(site: SiteFolder) -> None:
    steps = "1、申请人提交材料\n2、窗口核对材料，材料齐全的予以受理；材料不齐全的当场告知补正\n3、社保所发证"
    write_excel(site.folder / "事项.xlsx", [["序号", "事项名称", "办理流程"], [1, "失业登记", steps]])
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--plan", "--report", "核对表.json") == 0
    (told,) = json.loads(site.read("核对表.json"))["items"][0]["fields"]
    assert told["value"] == [
        "1．申请人：提交材料",
        "2．窗口：核对材料（判断什么：材料齐全吗？）",
        "　材料齐全：予以受理，到“第3步”",
        "　材料不齐全：当场告知补正，到“第1步”",
        "3．社保所：发证（环节：送达）",
    ]


def test_words_of_a_document_are_no_markup_of_the_report(site: SiteFolder) -> None:
    write_excel(
        site.folder / "事项.xlsx", [LIST[0], [1, "失业登记<script>alert(1)</script>", "<b>证", None, None, None]]
    )
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--plan", "--report", "核对表.html") == 0
    assert "<script" not in site.read("核对表.html")
    assert "<b>" not in site.read("核对表.html")


PUBLIC: list[list[object]] = [
    ["街道政府信息公开清单", None, None, None, None, None, None],
    ["序号", "具体职责", "业务事项", "信息类别", "内容标准", "公开时限", "公开形式"],
    [1, "机构信息", "内设机构", "内设机构信息", "【内设机构名称】\n【联系方式】（办公电话、传真）", "15个工作日内公开", "政府网站专题公开"],
    [2, "就业服务", "失业登记", "失业登记办事指南", "【申请条件】失业人员\n【办理材料】身份证", "实时公开", "常规公开"],
    [3, "就业服务", "招聘会", "招聘会安排", "按照区、街道要求", "视情况公开", "村务微信群"],
]  # fmt: skip


def test_a_list_of_what_is_made_public_becomes_a_draft_of_such_a_list_and_only_guides_become_items(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    write_excel(site.folder / "清单.xlsx", PUBLIC, merges=["A1:G1"])
    assert site.run("import", "清单.xlsx", "--area", "zhen") == 0
    assert list(items(site)) == ["shi-ye-deng-ji"]
    made = yaml.safe_load(site.read("content/disclosure/jie-dao-zheng-fu-xin-xi-gong-kai-qing-dan.yaml"))
    assert (made["title"], made["status"], made["area"]) == ("街道政府信息公开清单", "草稿", "zhen")
    assert [(duty["duty"], [row["category"] for row in duty["rows"]]) for duty in made["duties"]] == [
        ("机构信息", ["内设机构信息"]),
        ("就业服务", ["失业登记办事指南", "招聘会安排"]),
    ]
    (office,), (guide, fair) = (duty["rows"] for duty in made["duties"])
    assert office["content"] == ["内设机构名称", {"name": "联系方式", "parts": ["办公电话", "传真"]}]
    assert (guide["content"], guide["items"]) == (["申请条件", "办理材料"], "shi-ye-deng-ji")
    assert fair["content"] == "按照区、街道要求"
    assert fair["note"] == "公开时限：视情况公开；公开形式：村务微信群"
    assert "term" not in fair
    assert "新建了 1 个事项、1 份公开清单，都是草稿" in capsys.readouterr().out
    assert site.run("check") == 0


def test_a_public_list_that_the_site_has_is_not_written_again(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    write_excel(site.folder / "清单.xlsx", PUBLIC[:3], merges=["A1:G1"])
    assert site.run("import", "清单.xlsx", "--area", "zhen") == 0
    write_excel(site.folder / "清单.xlsx", [["清江镇公开清单"], *PUBLIC[1:3], PUBLIC[4]], merges=["A1:G1"])
    assert site.run("import", "清单.xlsx", "--area", "zhen") == 0
    assert [path.name for path in (site.folder / "content/disclosure").iterdir()] == [
        "jie-dao-zheng-fu-xin-xi-gong-kai-qing-dan.yaml"
    ]
    assert "  网站的清单里没有这一行：3 招聘会安排\n" in capsys.readouterr().out


def test_an_item_that_check_refuses_is_told_and_the_others_are_written(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [LIST[0], [1, "XX补贴申领", "身份证", None, None, None], LIST[1]]
    write_excel(site.folder / "XX镇清单.xlsx", rows)
    assert site.run("import", "XX镇清单.xlsx", "--area", "zhen") == 1
    assert sorted(items(site)) == ["shi-ye-deng-ji"]
    assert site.read("content/sources.yaml") == "dao-ru-de-wen-jian: {title: 导入的文件}\n"
    said = capsys.readouterr().out
    assert "没有写：XX补贴申领（XX镇清单.xlsx 工作表“Sheet”第2行）\n  通不过检查（L502）：“XX”是没填的空\n" in said
    assert "新建了 1 个事项，都是草稿，1 个通不过检查，没有写" in said
    assert site.run("check") == 0


def test_of_a_group_only_what_check_refuses_is_left_out(site: SiteFolder) -> None:
    materials = "新生儿报销：\n1、出生证明\n2、姓名写成XX之子的收据\n3、住院收据"
    write_excel(site.folder / "事项.xlsx", [LIST[0], [1, "失业登记", materials, None, None, None]])
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 0
    made = items(site)["shi-ye-deng-ji"]
    assert made["materials"] == [{"group": "新生儿报销", "materials": [{"name": "出生证明"}, {"name": "住院收据"}]}]
    assert made["notes"] == ["检查不通过、没有写进字段的：姓名写成XX之子的收据"]
    assert site.run("check") == 0


def test_a_heading_that_check_refuses_costs_no_item(site: SiteFolder) -> None:
    body = p("XX镇办事指南") + p("失业登记办事指南") + p("办理条件：失业人员") + p("办理时限：当场办理")
    write_word(site.folder / "指南.docx", body)
    assert site.run("import", "指南.docx", "--area", "zhen") == 0
    assert items(site)["shi-ye-deng-ji"]["time"] == {"promised": "当场办理"}
    assert site.run("check") == 0


def test_a_public_list_is_named_by_its_file_where_check_refuses_its_heading(site: SiteFolder) -> None:
    header: list[object] = ["序号", "具体职责", "业务事项", "信息类别", "内容标准", "公开时限", "公开形式"]
    rows: list[list[object]] = [
        ["XX镇信息公开清单"],
        header,
        [1, "就业", "就业", "政策", "文件名称", "长期公开", "网站"],
    ]
    write_excel(site.folder / "清单.xlsx", rows, ["A1:G1"])
    assert site.run("import", "清单.xlsx", "--area", "zhen") == 0
    (path,) = (site.folder / "content/disclosure").glob("*.yaml")
    assert yaml.safe_load(path.read_text("utf-8"))["title"] == "清单"
    assert site.run("check") == 0


OLD = """\
name: 失业登记   # 社保所
department: dangqun
topics: jiuye
eligibility: 失业人员
materials:
  - {ref: id-card, issuer: 公安机关}   # 原件也要看
time: {statutory: 20个工作日, promised: 3个工作日}
phones: 022-65770000
fees:
  - {name: 工本费, amount: 5}
steps:
  - {actor: 申请人, do: 提出申请}
"""


def update(site: SiteFolder, materials: str, *arguments: str) -> str:
    header = [*LIST[0], "办理流程"]
    row = [1, "失业登记", materials, "当场办理", "工本费10元/证", "022-65775272", "第一步：受理\n第二步：发证"]
    write_excel(site.folder / "事项.xlsx", [header, row])
    site.write(f"{AREA}/shiye.yaml", OLD)
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--update", *arguments) == 0
    return site.read(f"{AREA}/shiye.yaml")


def test_known_items_are_changed_after_the_document_where_the_editor_asks_for_it(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update(site, "身份证复印件一份；户口本") == (
        OLD.replace("{ref: id-card, issuer: 公安机关}", "{ref: id-card, form: 复印件, copies: 1, issuer: 公安机关}")
        .replace("# 原件也要看\n", "# 原件也要看\n  - {ref: household-book, name: 户口本}\n")
        .replace("promised: 3个工作日", "promised: 当场办理")
        .replace("022-65770000", "022-65775272")
        .replace("{name: 工本费, amount: 5}", "{name: 工本费, amount: 10, per: 证}")
        + "provenance:\n  - source: shi-xiang\n    at: 工作表“Sheet”第2行，序号 1\n"
    )
    said = capsys.readouterr().out
    assert "    收费：原来是“" in said
    assert "    办理步骤：现在是“1．申请人：提出申请”，文件是“" in said
    assert "（两边各有对方没有的，照着改会丢掉现在写的）" in said
    assert "改了 1 个网站上已经有的事项" in said
    assert site.run("check") == 0


def test_a_plan_of_an_update_writes_nothing(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert update(site, "身份证", "--plan") == OLD
    said = capsys.readouterr().out
    assert f"  要改 {AREA}/shiye.yaml\n" in said
    assert "    咨询电话：原来是“022-65770000”，改成“022-65775272”\n" in said
    assert "会改 1 个网站上已经有的事项" in said


def test_an_update_takes_nothing_away(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert "{ref: id-card, issuer: 公安机关}   # 原件也要看" in update(site, "营业执照、户口本")
    assert "要带的材料：现在是“居民身份证" in capsys.readouterr().out


def test_updated_again_nothing_is_written(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    update(site, "身份证复印件一份；户口本")
    before = site.everything()
    assert site.run("import", "事项.xlsx", "--area", "zhen", "--update") == 0
    assert site.everything() == before
    assert "1 个网站上已经有了，没有改动" in capsys.readouterr().out


def test_where_the_area_has_an_error_nothing_is_written(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    site.write(f"{AREA}/shiye.yaml", "name: 失业登记\ntime: {legal: 3日}\n")
    before = site.everything()
    assert site.run("import", "事项.xlsx", "--area", "zhen") == 1
    assert "没有叫“legal”的字段" in (said := capsys.readouterr()).out + said.err
    assert "这个地区现在的内容有错误，什么也没有写" in said.err
    assert site.everything() == before
