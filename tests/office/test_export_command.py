"""`build.py export`: what an office gets, and what it is told."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from site_folder import SiteFolder

from builder.office.export import excel
from builder.office.export.kept_files import file_name

LIST = """\
title: 政务公开清单
duties:
  - duty: 社会保障
    rows:
      - {seq: 1, business: 社保卡, category: 办事指南, content: [申请条件, {name: 联系方式, parts: [电话, 传真]}], term: 实时公开, items: dengji}
      - {seq: 2, business: 社保卡, category: 办理结果, term: 15个工作日, form: 政府网站}
  - {duty: 民政, rows: [{seq: 3, category: 名单}]}
"""
FILES = {
    "site.yaml": "name: 试办镇办事指南\n",
    "content/areas.yaml": "zhen: {name: 试办镇, level: 乡镇街道}\ncun: {name: 远村, level: 村社区}\n",
    "content/topics.yaml": "shebao: 社保\n",
    "content/laws.yaml": "fa: {title: 社会保险法, number: 主席令第35号}\n",
    "content/departments/dangqun.yaml": "name: 党群服务中心\nphones: 022-65775272\n",
    "content/departments/minzheng.yaml": "name: 民政科\n",
    "content/disclosure/qingdan.yaml": LIST,
    "content/items/zhen/dengji.yaml": (
        "name: 失业登记\ntitle: 登记失业\ntopics: shebao\ndepartment: dangqun\ntype: 公共服务\nhandling: 即办件\n"
        "fees: 无\ntime: 当场\nlegal: fa\nvisits: 1\nonline: 浙里办App\n"
    ),
    "content/items/zhen/kafa.yaml": (
        "name: 社保卡发放\ntopics: shebao\ndepartment: dangqun\ntime: 20个工作日\nfees: {amount: 10, per: 张}\n"
    ),
    "content/items/cun/dibao.yaml": "name: 低保\ntopics: shebao\ndepartment: minzheng\nstatus: 草稿\n",
}


@pytest.fixture
def site(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    site.write_all(FILES)
    monkeypatch.chdir(site.folder)
    return site


def files(site: SiteFolder) -> set[str]:
    return {path.name for path in (site.folder / "export").glob("*")}


def test_items_become_forms_named_as_people_call_them(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("export", "dengji", "社保卡发放", "--to", "docx") == 0
    assert files(site) == {"失业登记（dengji）.docx", "社保卡发放（kafa）.docx"}
    assert capsys.readouterr().out == "已导出 export/失业登记（dengji）.docx\n已导出 export/社保卡发放（kafa）.docx\n"
    document = docx.Document(str(site.folder / "export/失业登记（dengji）.docx"))
    assert document.paragraphs[0].text == "失业登记"
    assert len(document.core_properties.version) == 6


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--department", "dangqun"], {"失业登记", "社保卡发放"}),
        (["--department", "党群服务中心"], {"失业登记", "社保卡发放"}),
        (["--area", "远村"], {"低保"}),
        (["--area", "zhen", "--department", "民政科"], None),
        (["--all"], {"失业登记", "社保卡发放", "低保"}),
        (["content/items/cun/dibao.yaml"], {"低保"}),
    ],
)
def test_items_are_chosen_by_department_area_or_one_by_one(
    site: SiteFolder, options: list[str], expected: set[str] | None
) -> None:
    assert site.run("export", *options, "--to", "docx") == (0 if expected else 2)
    assert {name.split("（")[0] for name in files(site)} == (expected or set())


def test_a_department_gets_its_workbook_and_the_catalogue_to_hand_in(site: SiteFolder) -> None:
    assert site.run("export", "--department", "dangqun", "--to", "xlsx") == 0
    assert files(site) == {"党群服务中心事项表.xlsx", "党群服务中心目录清单.xlsx"}
    book = openpyxl.load_workbook(site.folder / "export/党群服务中心目录清单.xlsx")
    assert {page.title: page.page_setup.paperSize for page in book} == {"目录清单": 8, "统计": 9}  # A3 and A4
    rows = [[cell.value for cell in row] for row in book["目录清单"].iter_rows()]
    assert rows[0][0] == "党群服务中心事项目录清单"
    at = {heading: index for index, heading in enumerate(rows[1])}
    first, second = (dict(zip(rows[1], row, strict=True)) for row in rows[2:])
    assert (first["事项名称"], first["收费"], first["承诺工作日"], first["到现场次数"]) == ("失业登记", "不收费", 0, 1)
    assert first["设定依据"] == "《社会保险法》（主席令第35号）"
    assert first["咨询电话"] == "022-65775272"
    assert (second["承诺时限"], second["承诺工作日"], second["收费"]) == ("20个工作日", 20, "每张10元")
    assert at["序号"] == 0
    counted = [[cell.value for cell in row] for row in book["统计"].iter_rows(min_row=2)]
    assert counted[1][:2] == ["党群服务中心", "=COUNTIFS(目录清单!$F$3:$F$4,$A3)"]
    assert counted[-1][0] == "合计"


def test_excel_counts_what_the_list_says(site: SiteFolder) -> None:
    """The values that are kept beside the formulas, for programs that do not compute them."""
    assert site.run("export", "--all", "--to", "xlsx") == 0
    book = openpyxl.load_workbook(site.folder / "export/试办镇办事指南目录清单.xlsx", data_only=True)
    heads, *rows = ([cell.value for cell in row] for row in book["统计"].iter_rows(min_row=2))
    counted = {str(row[0]): dict(zip(heads, row, strict=True)) for row in rows}
    assert counted.keys() == {"党群服务中心", "合计"}  # the draft is left out
    for name in ("党群服务中心", "合计"):
        said = counted[name]
        assert (
            said["事项数"],
            said["公共服务"],
            said["即办件"],
            said["网上能办"],
            said["不收费"],
            said["最多跑一次"],
        ) == (2, 1, 1, 1, 1, 1)
        assert said["平均承诺工作日"] == 10


def test_a_disclosure_list_has_its_seven_columns(site: SiteFolder) -> None:
    assert site.run("export", "--list", "qingdan", "--to", "xlsx") == 0
    page = openpyxl.load_workbook(site.folder / "export/政务公开清单.xlsx").active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[1][:7] == ["序号", "具体职责", "业务事项", "信息类别", "内容标准", "公开时限", "公开形式"]
    assert rows[2][:8] == [
        "1",
        "社会保障",
        "社保卡",
        "办事指南",
        "申请条件\n联系方式（电话、传真）",
        "实时公开",
        None,
        "duties.0.rows.0",
    ]
    assert rows[2][8] == "登记失业"
    assert rows[3][4:8] == [None, "15个工作日", "政府网站公开", "duties.0.rows.1"]
    assert {str(one) for one in page.merged_cells.ranges} == {"A1:G1", "B3:B4", "C3:C4"}
    assert page.print_area == "'公开清单'!$A$1:$G$5"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["dengj", "--to", "docx"], "没有事项“dengj”\n    = 是不是想写“dengji”？"),
        (["--department", "民政局", "--to", "docx"], "没有单位“民政局”\n    = 是不是想写“民政科”？"),
        (["--area", "zhn", "--to", "xlsx"], "没有地区“zhn”\n    = 是不是想写“zhen”？"),
        (["--list", "qindan", "--to", "xlsx"], "没有公开清单“qindan”\n    = 是不是想写“qingdan”？"),
        (["--list", "qingdan", "--to", "docx"], "公开清单只能做成 xlsx"),
        (["--to", "docx"], "导出哪些？"),
        (["--all", "--to", "docx", "--out", "public/x"], "导出的文件不能放进 public 文件夹"),
    ],
)
def test_it_says_what_is_wrong_and_writes_nothing(
    site: SiteFolder, options: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site.run("export", *options) == 2
    assert says in capsys.readouterr().err
    assert files(site) == set()


def test_items_with_errors_are_not_exported_but_others_are(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("content/items/cun/dibao.yaml", "name: 低保\ntopics: nichts\n")
    assert site.run("export", "dengji", "--to", "docx") == 0
    assert site.run("export", "dibao", "--to", "docx") == 1
    assert site.run("export", "--all", "--to", "xlsx") == 1
    said = capsys.readouterr()
    assert "dibao.yaml:2:9: 错误 R201" in said.out
    assert "没有导出：先改好上面的错误。" in said.err
    assert files(site) == {"失业登记（dengji）.docx"}


def test_public_items_become_open_data(site: SiteFolder) -> None:
    assert site.run("export", "--all", "--to", "json") == 0
    assert files(site) == {"试办镇办事指南.json"}
    data = json.loads(site.read("export/试办镇办事指南.json"))
    assert [one["id"] for one in data["services"]] == ["dengji", "kafa"]
    assert data["services"][0]["none"] == ["fees"]
    assert data["@context"]["PublicService"]["@id"] == "cpsv:PublicService"


def test_public_items_become_tables(site: SiteFolder) -> None:
    assert site.run("export", "--department", "dangqun", "--to", "csv") == 0
    assert files(site) == {"党群服务中心.csv", "党群服务中心材料.csv", "党群服务中心步骤.csv"}
    lines = site.read("export/党群服务中心.csv").splitlines()
    assert lines[0].startswith("\ufeff事项编号,官方名称,")
    assert [line.split(",")[0] for line in lines[1:]] == ["dengji", "kafa"]


def test_a_draft_does_not_become_open_data(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("export", "dibao", "--to", "json") == 2
    assert "“低保”是草稿或者内部事项，不能做成开放数据" in capsys.readouterr().err
    assert site.run("export", "--area", "cun", "--to", "csv") == 2
    assert files(site) == set()


def exported(site: SiteFolder, *options: str) -> int:
    return site.run("export", "dengji", "--to", "docx", *options)


def test_what_somebody_wrote_into_an_export_is_not_overwritten(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(site) == 0
    file = site.folder / "export/失业登记（dengji）.docx"
    file.write_bytes(b"edited")
    assert exported(site) == 2
    assert "导出以后改过，或者不是导出的，没有盖掉它" in capsys.readouterr().err
    assert file.read_bytes() == b"edited"
    assert exported(site, "--overwrite") == 0
    assert file.read_bytes() != b"edited"


def test_an_export_that_nobody_touched_is_made_anew(site: SiteFolder) -> None:
    assert exported(site) == 0
    before = (site.folder / "export/失业登记（dengji）.docx").read_bytes()
    site.set("content/items/zhen/dengji.yaml", "summary", "带身份证来")
    assert exported(site) == 0
    assert (site.folder / "export/失业登记（dengji）.docx").read_bytes() != before


@pytest.mark.parametrize(
    "mark",
    [
        "~$失业登记（dengji）.docx",
        "~$登记（dengji）.docx",
        ".~失业登记（dengji）.docx",
        ".~lock.失业登记（dengji）.docx#",
    ],
)
def test_a_file_that_is_open_in_word_is_left_alone(
    site: SiteFolder, mark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write(f"export/{mark}", "")
    assert exported(site) == 2
    assert "“失业登记（dengji）.docx”正在 Word、WPS 或 Excel 里打开着" in capsys.readouterr().err


def test_where_nothing_can_be_written_it_says_so(
    site: SiteFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("builder.office.export.kept_files.replace_file", refuse)
    assert exported(site) == 2
    assert "写不了“" in capsys.readouterr().err


def test_without_xlsxwriter_it_names_the_command_that_brings_it(
    site: SiteFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    assert site.run("export", "--all", "--to", "xlsx") == 2
    assert "uv run --extra office build.py" in capsys.readouterr().err


def test_file_names_hold_nothing_that_windows_refuses() -> None:
    assert file_name('a/b:c*"?', "docx", "x") == "a b c（x）.docx"
    assert len(file_name("字" * 200, "xlsx", "bian-hao").encode()) < 255


def test_lines_of_a_cell_are_counted_by_the_width_of_its_characters() -> None:
    assert excel.lines_of("一二三四五六", 11) == 2
    assert excel.lines_of("abc\n一", 11) == 2


def test_an_export_can_be_read_as_a_zip_of_one_time(site: SiteFolder) -> None:
    assert exported(site) == 0
    data = Path(site.folder / "export/失业登记（dengji）.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
