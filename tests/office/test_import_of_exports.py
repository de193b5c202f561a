"""`build.py import` of what `export` made and an office changed: the files change in exactly these lines."""

from __future__ import annotations

import difflib
import json
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from site_folder import SiteFolder

DENGJI = """\
name: 失业登记
title: 登记失业
aliases:
  - 报失业
  - 失业了  # 常说
topics: shebao
department: dangqun
eligibility:
  - 满16周岁
  - 有劳动能力  # 按规定
materials:
  - ref: id-card
    copies: 2  # 两面
    note: 本人的
  - name: 解除合同证明
    form: 原件
  - group: 代办的
    materials:
      - id-card
      - {name: 委托书, form: 原件}
time: 当场
steps:
  - actor: 申请人
    do: 交材料
  - id: shenhe
    actor: 窗口
    do: 审核
    branches:
      - {when: 材料不全, to: 退回}
      - {when: 材料齐全, to: fazheng}
  - id: fazheng
    actor: 窗口
    do: 发证
fees: 无
legal: fa
"""
FILES = {
    "site.yaml": "name: 试办镇办事指南\n",
    "content/areas.yaml": "zhen: {name: 试办镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: 社保\n",
    "content/laws.yaml": "fa: {title: 社会保险法, number: 主席令第35号}\n",
    "content/materials.yaml": "id-card: 居民身份证\nhousehold-book: 居民户口簿\n",
    "content/departments/dangqun.yaml": "name: 党群服务中心\nphones: 022-65775272\n",
    "content/items/zhen/dengji.yaml": DENGJI,
    "content/items/zhen/kafa.yaml": "name: 社保卡发放\ntopics: shebao\ndepartment: dangqun\ntime: 20个工作日\n",
}
FILE = "content/items/zhen/dengji.yaml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how files of old programs begin
FORM = "export/失业登记（dengji）.docx"


@pytest.fixture
def site(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    site.write_all(FILES)
    monkeypatch.chdir(site.folder)
    assert site.run("export", "--all", "--to", "docx") == 0
    return site


class Form:
    """An exported form as somebody edits it in Word."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self.document: Any = docx.Document(self.path)

    def control(self, tag: str) -> Any:
        return next(
            one
            for one in self.document.element.body.iter(qn("w:sdt"))
            if one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == tag
        )

    def write(self, tag: str, text: str, control: Any = None) -> None:
        """Write into a control, as Word does."""
        control = self.control(tag) if control is None else control
        for prompt in control.iter(qn("w:showingPlcHdr")):
            prompt.getparent().remove(prompt)
            break
        first, *others = control.find(qn("w:sdtContent")).findall(qn("w:r"))
        for run in others:
            run.getparent().remove(run)
        for one in [*first]:
            first.remove(one)
        for number, line in enumerate(text.split("\n")):
            if number:
                first.append(first.makeelement(qn("w:br"), {}))
            node = first.makeelement(qn("w:t"), {})
            node.text = line
            first.append(node)

    def row(self, tag: str) -> Any:
        return next(self.control(tag).iterancestors(qn("w:tr")))

    def copy_row(self, tag: str, texts: dict[str, str]) -> Any:
        """Copy a row below itself, and write into the copy, whose tags are those of the row."""
        row = self.row(tag)
        copied = deepcopy(row)
        for mark in [*copied.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)
        row.addnext(copied)
        for control in copied.iter(qn("w:sdt")):
            name = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
            if name in texts:
                self.write(name, texts[name], control)
        return copied

    def save(self) -> None:
        self.document.save(self.path)


def changed(site: SiteFolder, before: str = DENGJI) -> list[str]:
    """Return the lines that are different in the file of the item."""
    now = (site.folder / FILE).read_text("utf-8")
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def git(site: SiteFolder, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
        cwd=site.folder,
        check=True,
        capture_output=True,
    )


def test_a_form_that_nobody_changed_changes_nothing(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    forms = sorted(str(path) for path in (site.folder / "export").glob("*.docx"))
    assert site.run("import", *forms) == 0
    assert changed(site) == []
    assert capsys.readouterr().out.count("没有改动") == 2


def test_five_changes_in_word_are_five_changes_of_lines(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    form = Form(FORM)
    form.write("time.promised", "5个工作日")
    form.write("materials.0.copies.copy", "3")
    form.write("title", "")
    form.copy_row("eligibility.0", {"eligibility.0": "", "eligibility.0.text": "户口在本镇"})
    for tag in ("materials.1.name", "materials.1.form"):
        form.write(tag, "")
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == [
        "-title: 登记失业",
        "+  - 户口在本镇",
        "-    copies: 2  # 两面",
        "+    copies: 3  # 两面",
        "-  - name: 解除合同证明",
        "-    form: 原件",
        "-time: 当场",
        "+time: 5个工作日",
    ]
    told = capsys.readouterr().out
    assert "办理时限·承诺时限：原来是“当场”，现在是“5个工作日”" in told
    assert "谁能办 加一条：加上“户口在本镇”" in told
    assert "要带的材料 2：删掉“解除合同证明 ｜ 原件”" in told
    assert "改了 1 个事项的 5 处。" in told


def test_a_plan_writes_nothing_but_its_report(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    form = Form(FORM)
    form.write("time.promised", "5个工作日")
    form.save()
    assert site.run("import", FORM, "--plan", "--report", "r.json", "--report", "r.html") == 0
    assert changed(site) == []
    assert "会改 1 个事项的 1 处。什么也没有写。" in capsys.readouterr().out
    (item,) = json.loads((site.folder / "r.json").read_text("utf-8"))["returned"]
    assert item["changes"] == [{"label": "办理时限·承诺时限", "before": "当场", "now": "5个工作日"}]
    assert "<td>当场</td><td>5个工作日</td>" in (site.folder / "r.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("suffix", "start"),
    [(".doc", OLE + "WordDocument 这张表可以直接在 Word、WPS 里改".encode("utf-16-le")), (".rtf", b"{\\rtf1 ")],
)
def test_a_form_that_was_saved_in_an_old_format_comes_home(
    suffix: str, start: bytes, site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = Form(FORM)
    form.write("time.promised", "5个工作日")
    form.save()
    old = site.folder / f"表单{suffix}"
    old.write_bytes(start)

    @contextmanager
    def by_libreoffice(path: Path, wanted: str) -> Iterator[Path]:
        assert (path.name, wanted) == (old.name, ".docx")
        yield Path(FORM)

    monkeypatch.setattr("builder.office.returned.documents.converted", by_libreoffice)
    assert site.run("import", old.name) == 0
    assert changed(site) == ["-time: 当场", "+time: 5个工作日"]


def test_steps_before_a_target_do_not_move_it(site: SiteFolder) -> None:
    form = Form(FORM)
    form.copy_row("steps.0", {"steps.0": "", "steps.0.actor": "申请人", "steps.0.do": "取号"})
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == ["+  - actor: 申请人", "+    do: 取号"]


def test_a_step_to_which_another_leads_now_gets_an_id(site: SiteFolder) -> None:
    form = Form(FORM)
    form.write("steps.1.branches.0.to", "第1步")
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == [
        "-  - actor: 申请人",
        "+  - id: step-1",
        "+    actor: 申请人",
        "-      - {when: 材料不全, to: 退回}",
        "+      - {when: 材料不全, to: step-1}",
    ]


def test_a_row_that_is_missing_is_told_and_stays(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    form = Form(FORM)
    row = form.row("eligibility.0")
    row.getparent().remove(row)
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == []
    told = capsys.readouterr().out
    assert "谁能办 1：文档里没有这一行了：满16周岁" in told
    assert "--remove-lost-rows" in told
    assert site.run("import", FORM, "--remove-lost-rows") == 0
    assert changed(site) == ["-  - 满16周岁"]


def test_a_row_that_was_moved_moves(site: SiteFolder) -> None:
    form = Form(FORM)
    row = form.row("eligibility.0")
    form.row("eligibility.1").addnext(row)
    form.save()
    assert site.run("import", FORM) == 0
    now = (site.folder / FILE).read_text("utf-8")
    assert now.index("有劳动能力") < now.index("满16周岁") < now.index("materials:")


def test_a_blank_row_is_placed_by_its_number(site: SiteFolder) -> None:
    form = Form(FORM)
    form.write("materials.+1", "3.2")
    form.write("materials.+1.name", "居民户口簿")
    form.write("materials.+1.form", "原件、复印件")
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == ["+      - {ref: household-book, form: [原件, 复印件]}"]


def test_columns_may_be_moved_hints_deleted_and_tags_lost(site: SiteFolder) -> None:
    form = Form(FORM)
    body = form.document.element.body
    for paragraph in [*body.iter(qn("w:p"))]:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) == "Hint":
            paragraph.getparent().remove(paragraph)
    table = next(form.row("materials.0").iterancestors(qn("w:tbl")))
    for row in table.findall(qn("w:tr")):
        cells = row.findall(qn("w:tc"))
        row.insert(row.index(cells[1]), cells[3])
    form.write("materials.0.copies.copy", "3")
    for one in [*body.iter(qn("w:tag"), qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        one.getparent().remove(one)
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == ["-    copies: 2  # 两面", "+    copies: 3  # 两面"]


def test_what_the_file_changed_meanwhile_stays(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    git(site, "init", "-q")
    git(site, "add", "content")
    git(site, "commit", "-qm", "a")
    form = Form(FORM)
    form.write("materials.0.copies.copy", "3")
    form.write("time.promised", "5个工作日")
    form.copy_row("eligibility.1", {"eligibility.1": "", "eligibility.1.text": "户口在本镇"})
    form.save()
    edited = DENGJI.replace("\nmaterials:\n", "\nmaterials:\n  - name: 登记表\n").replace(
        "title: 登记失业", "title: 失业了登记"
    )
    site.write_all({FILE: edited})
    assert site.run("import", FORM) == 0
    assert changed(site, edited) == [
        "+  - 户口在本镇",
        "-    copies: 2  # 两面",
        "+    copies: 3  # 两面",
        "-time: 当场",
        "+time: 5个工作日",
    ]


@pytest.mark.parametrize("with_git", [True, False])
def test_what_both_changed_is_shown_and_written_only_on_demand(
    site: SiteFolder, capsys: pytest.CaptureFixture[str], with_git: bool
) -> None:
    if with_git:
        git(site, "init", "-q")
        git(site, "add", "content")
        git(site, "commit", "-qm", "a")
    form = Form(FORM)
    form.write("time.promised", "5个工作日")
    form.save()
    edited = DENGJI.replace("time: 当场", "time: 3个工作日")
    site.write_all({FILE: edited})
    assert site.run("import", FORM) == 1
    assert changed(site, edited) == []
    told = capsys.readouterr().out
    assert "两边都改了 办理时限·承诺时限" in told
    assert "文件里现在是“3个工作日”，文档里是“5个工作日”" in told
    assert ("导出时是“当场”" in told) is with_git
    assert site.run("import", FORM, "--theirs") == 0
    assert changed(site, edited) == ["-time: 3个工作日", "+time: 5个工作日"]


def test_what_check_takes_for_an_error_is_told_and_nothing_is_written(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    form = Form(FORM)
    form.write("materials.0.copies.copy", "两份")
    form.write("title", "办失业登记")
    form.save()
    other = Form("export/社保卡发放（kafa）.docx")
    other.write("time.promised", "10个工作日")
    other.save()
    assert site.run("import", FORM, other.path) == 1
    assert changed(site) == []
    told = capsys.readouterr().out
    assert "错误：要带的材料 1 份数" in told
    assert "有错误，什么也没有写" in told
    assert "20个工作日" in (site.folder / "content/items/zhen/kafa.yaml").read_text("utf-8")


def test_two_forms_of_one_item_are_refused(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    Path("copy.docx").write_bytes(Path(FORM).read_bytes())
    assert site.run("import", FORM, "copy.docx") == 2
    assert "“失业登记”有 2 份" in capsys.readouterr().err


def test_a_form_of_an_unknown_item_is_refused(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    (site.folder / "content/items/zhen/kafa.yaml").rename(site.folder / "content/items/zhen/other.yaml")
    text = (site.folder / "content/items/zhen/other.yaml").read_text("utf-8")
    site.write_all({"content/items/zhen/other.yaml": text.replace("社保卡发放", "别的")})
    assert site.run("import", "export/社保卡发放（kafa）.docx") == 2
    assert "网站上没有这个事项" in capsys.readouterr().err


def test_exported_forms_and_other_documents_come_in_together(site: SiteFolder) -> None:
    form = Form(FORM)
    form.write("time.promised", "5个工作日")
    form.save()
    Path("新事项.csv").write_text("事项名称,办理时限,承办单位\n高龄津贴,10个工作日,党群服务中心\n", "utf-8")
    assert site.run("import", FORM, "新事项.csv") == 0
    assert changed(site) == ["-time: 当场", "+time: 5个工作日"]
    assert [path.name for path in (site.folder / "content/items/zhen").glob("gao*")] == ["gao-ling-jin-tie.yaml"]


def test_tracked_changes_count_as_accepted_and_comments_are_told(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    form = Form(FORM)
    content = form.control("time.promised").find(qn("w:sdtContent"))
    run = content.find(qn("w:r"))
    deleted, inserted = (
        content.makeelement(qn(name), {qn("w:id"): "900", qn("w:author"): "甲"}) for name in ("w:del", "w:ins")
    )
    added = deepcopy(run)
    added.find(qn("w:t")).text = "5个工作日"
    run.addnext(deleted)
    deleted.addnext(inserted)
    inserted.append(added)
    deleted.append(run)
    for node in deleted.iter(qn("w:t")):
        node.tag = qn("w:delText")
    row = form.row("eligibility.0")
    properties = row.find(qn("w:trPr"))
    properties.append(properties.makeelement(qn("w:del"), {qn("w:id"): "901", qn("w:author"): "甲"}))
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == ["-  - 满16周岁", "-time: 当场", "+time: 5个工作日"]
    assert "修订" in capsys.readouterr().out


def test_a_case_is_added_in_its_place_at_the_end_of_the_form(site: SiteFolder) -> None:
    form = Form(FORM)
    form.write("variants.+1.name", "补办")
    form.write("variants.+1.when", "登记证丢了的")
    form.write("variants.+1.materials.+1.name", "居民身份证")
    form.write("variants.+1.materials.+1.copies.copy", "1")
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == [
        "+variants:",
        "+  - id: bu-ban",
        "+    name: 补办",
        "+    when: 登记证丢了的",
        "+    materials:",
        "+      - ref: id-card",
        "+        copies: 1",
    ]


def test_a_case_without_a_name_is_refused(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    form = Form(FORM)
    form.write("variants.+1.materials.+1.name", "居民身份证")
    form.save()
    assert site.run("import", FORM) == 1
    assert "是新加的，可是没有写名称" in capsys.readouterr().out


def test_a_new_step_has_branches_and_is_a_target_by_its_number(site: SiteFolder) -> None:
    form = Form(FORM)
    form.write("steps.+1", "4")
    form.write("steps.+1.actor", "申请人")
    form.write("steps.+1.do", "签收")
    form.write("steps.+.branches.+1", "2")
    form.write("steps.+.branches.+1.when", "要邮寄的")
    form.write("steps.+.branches.+1.to", "第4步")
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == [
        "+      - {when: 要邮寄的, to: step-4}",
        "+  - id: step-4",
        "+    actor: 申请人",
        "+    do: 签收",
    ]


def test_a_new_group_holds_the_rows_with_its_number(site: SiteFolder) -> None:
    form = Form(FORM)
    row = form.copy_row(
        "materials.1", {"materials.1": "3", "materials.1.name": "【任选其一】居住证明", "materials.1.form": ""}
    )
    second = deepcopy(row)
    row.addnext(second)
    third = deepcopy(row)
    second.addnext(third)
    for copied, number, name in ((second, "3.1", "居民户口簿"), (third, "3.2", "房产证")):
        for control in copied.iter(qn("w:sdt")):
            tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
            if tag in ("materials.1", "materials.1.name"):
                form.write(tag, number if tag == "materials.1" else name, control)
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == [
        "+  - title: 居住证明",
        "+    any_of:",
        "+      - household-book",
        "+      - 房产证",
    ]


def test_a_row_under_something_that_is_no_group_is_refused(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    form = Form(FORM)
    form.write("materials.+1", "2.1")
    form.write("materials.+1.name", "照片")
    form.save()
    assert site.run("import", FORM) == 1
    assert changed(site) == []
    assert "第 2 行不是一组，下面不能放东西" in capsys.readouterr().out


def test_what_stands_outside_of_the_tables_is_told(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    form = Form(FORM)
    form.document.paragraphs[0].runs[0].text = "失业登记（新）"
    form.document.add_paragraph("请尽快上网。")
    form.save()
    assert site.run("import", FORM) == 0
    told = capsys.readouterr().out
    assert "最上面的标题“失业登记（新）”没有读" in told
    assert "表格外面的这段话没有读：请尽快上网。" in told


def test_a_form_without_its_properties_is_known_by_its_title(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    """As when it was copied into a new document: nobody knows when it was exported, so nothing is overwritten."""
    form = Form(FORM)
    form.write("time.promised", "5个工作日")
    form.save()
    with zipfile.ZipFile(FORM) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    del parts["docProps/custom.xml"]
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b">dengji<", b"><")
    with zipfile.ZipFile("copied.docx", "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert site.run("import", "copied.docx") == 1
    assert changed(site) == []
    assert "文件里现在是“当场”，文档里是“5个工作日”" in capsys.readouterr().out
    assert site.run("import", "copied.docx", "--theirs") == 0
    assert changed(site) == ["-time: 当场", "+time: 5个工作日"]


def test_new_rows_of_a_document_of_unknown_age_are_shown(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    form = Form(FORM)
    form.copy_row("eligibility.1", {"eligibility.1": "", "eligibility.1.text": "户口在本镇"})
    form.save()
    edited = DENGJI.replace("title: 登记失业", "title: 失业了登记")
    site.write_all({FILE: edited})
    assert site.run("import", FORM) == 1
    told = capsys.readouterr().out
    assert "两边都改了 谁能办：文件里现在是空的，文档里是“户口在本镇”" in told
    assert changed(site, edited) == []


def test_what_is_wanted_of_something_that_is_gone_is_shown(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    git(site, "init", "-q")
    git(site, "add", "content")
    git(site, "commit", "-qm", "a")
    form = Form(FORM)
    form.write("materials.1.form", "复印件")
    form.write("time.promised", "5个工作日")
    form.save()
    edited = DENGJI.replace("  - name: 解除合同证明\n    form: 原件\n", "")
    site.write_all({FILE: edited})
    assert site.run("import", FORM) == 1
    assert "两边都改了 要带的材料 2 形式：导出时是“原件”，文件里现在是“（已经没有这一条）”" in capsys.readouterr().out
    assert site.run("import", FORM, "--theirs") == 0
    assert "文件里已经没有这一条，“复印件”没有写" in capsys.readouterr().out
    assert changed(site, edited) == ["-time: 当场", "+time: 5个工作日"]


def test_a_line_break_in_a_control_is_a_further_entry(site: SiteFolder) -> None:
    """Word makes a control of several paragraphs of it, around them."""
    form = Form(FORM)
    control = form.control("aliases")
    paragraph = control.getparent()
    cell = paragraph.getparent()
    content = control.find(qn("w:sdtContent"))
    runs = list(content)
    for run in runs:
        content.remove(run)
    paragraph.remove(control)
    cell.replace(paragraph, control)
    for text in ("报失业", "失业了", "没工作了"):
        one = deepcopy(paragraph)
        run = deepcopy(runs[0])
        run.find(qn("w:t")).text = text
        one.append(run)
        content.append(one)
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == ["+  - 没工作了"]


def test_tables_that_became_one_are_told_apart(site: SiteFolder) -> None:
    """In Word two tables become one when the line between them is deleted."""
    form = Form(FORM)
    tables = list(form.document.element.body.iter(qn("w:tbl")))
    for table in tables[1:]:
        for row in table.findall(qn("w:tr")):
            tables[0].append(row)
        table.getparent().remove(table)
    form.write("materials.0.copies.copy", "3")
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == ["-    copies: 2  # 两面", "+    copies: 3  # 两面"]


def test_cells_merged_with_those_above_do_not_count_as_emptied(site: SiteFolder) -> None:
    form = Form(FORM)
    for tag in ("materials.0.form", "materials.1.form"):
        cell = next(form.control(tag).iterancestors(qn("w:tc")))
        merged = cell.makeelement(qn("w:vMerge"), {} if tag.endswith("1.form") else {qn("w:val"): "restart"})
        cell.find(qn("w:tcPr")).append(merged)
    form.write("materials.1.form", "")
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == []


def test_a_column_that_was_deleted_is_told_and_its_texts_stay(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    form = Form(FORM)
    for row in next(form.row("materials.0").iterancestors(qn("w:tbl"))).findall(qn("w:tr")):
        row.remove(row.findall(qn("w:tc"))[3])
    form.save()
    assert site.run("import", FORM) == 0
    assert changed(site) == []
    assert "表“要带的材料”里没有这几列了，没有改：份数" in capsys.readouterr().out
