"""What is read of a Word document: what Word shows."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document as NewDocument
from office_files import DOWN, MORE, W, cell, document_xml, numbered, p, row, table, write_word

from builder.office.documents import Document, Paragraph, RemarkKind, Table, read_document


def read(tmp_path: Path, body: str, **parts: str | bytes) -> Document:
    return read_document(write_word(tmp_path / "指南.docx", body, parts))


def shown(document: Document) -> list[str]:
    return [paragraph.shown for paragraph in document.paragraphs]


def first_table(document: Document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def texts(grid: Table) -> list[list[str]]:
    return [[one.text for one in line] for line in grid.grid]


LEVELS = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="35"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="3">
  <w:lvl w:ilvl="0"><w:numFmt w:val="decimalEnclosedCircleChinese"/><w:lvlText w:val="%1"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>
"""


def test_shows_automatic_numbers_as_word_counts_them(tmp_path: Path) -> None:
    body = "".join(
        p(text, numbered(1, level))
        for text, level in (("总则", 0), ("范围", 1), ("对象", 1), ("细则", 2), ("材料", 0), ("原件", 1), ("份数", 2))
    )
    assert shown(read(tmp_path, body, numbering=LEVELS)) == [
        "一、总则", "（一）范围", "（二）对象", "1.2.1 细则", "二、材料", "（一）原件", "2.1.1 份数",
    ]  # fmt: skip


def test_a_list_begins_where_it_says_and_anew_where_it_is_told_to(tmp_path: Path) -> None:
    body = p("甲", numbered(1)) + p("乙", numbered(1)) + p("丙", numbered(3)) + p("", numbered(2)) + p("", numbered(2))
    assert shown(read(tmp_path, body, numbering=LEVELS)) == ["一、甲", "二、乙", "一、丙", "35", "36"]


def test_bullets_are_no_numbers_and_circles_are(tmp_path: Path) -> None:
    body = p("身份证", numbered(4)) + p("受理", numbered(5)) + p("审核", numbered(5)) + p("不编号", numbered(0))
    assert shown(read(tmp_path, body, numbering=LEVELS)) == ["身份证", "①受理", "②审核", "不编号"]


def test_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    document = read(tmp_path, p("标题", '<w:pStyle w:val="b"/>'), numbering=LEVELS, styles=styles)
    paragraph = document.blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert (paragraph.shown, paragraph.heading) == ("一、标题", 1)


def test_merged_cells_are_one_cell_in_all_their_places(tmp_path: Path) -> None:
    body = table(
        row(cell("清单", '<w:gridSpan w:val="3"/>')),
        row(cell("社会保险", DOWN), "1", "参保"),
        row(cell("", MORE), "2", "注销"),
        row("就业", "3", ""),
    )
    grid = first_table(read(tmp_path, body))
    assert texts(grid) == [["清单"] * 3, ["社会保险", "1", "参保"], ["社会保险", "2", "注销"], ["就业", "3", ""]]
    assert grid.grid[1][0] is grid.grid[2][0]
    assert (grid.grid[1][0].rows, grid.grid[0][0].columns) == (2, 3)


def test_a_merged_cell_that_is_alone_is_still_merged(tmp_path: Path) -> None:
    grid = first_table(read(tmp_path, table(row("甲", "乙"), row(cell("", MORE), "丙"))))
    assert (grid.grid[1][0].text, grid.grid[1][0].merged, grid.grid[0][0].merged) == ("", True, False)


def test_a_table_in_a_cell_is_read_where_it_stands(tmp_path: Path) -> None:
    inner = table(row("1.", "身份证"), row("2.", "户口本"))
    grid = first_table(read(tmp_path, table(row("材料", cell(p("如下：") + inner + p("完"))))))
    assert grid.grid[0][1].text == "如下：\n1.\t身份证\n2.\t户口本\n完"


def test_tracked_changes_are_accepted_and_told(tmp_path: Path) -> None:
    changed = (
        '<w:ins w:author="李"><w:r><w:t>5</w:t></w:r></w:ins>'
        '<w:del w:author="李"><w:r><w:delText>10</w:delText></w:r></w:del><w:r><w:t>个工作日</w:t></w:r>'
    )
    document = read(tmp_path, p("时限：", more=changed))
    assert shown(document) == ["时限：5个工作日"]
    assert [str(remark) for remark in document.all_remarks] == ["修订：修订已按接受处理：加上“5”，删去“10”（第1段）"]


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    body = p("身份", "<w:rPr><w:del/></w:rPr>") + p("证")
    assert shown(read(tmp_path, body)) == ["身份证"]


def test_a_deleted_row_is_left_out_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, table(row("1", "甲"), row("2", "乙", properties="<w:del/>"), row("3", "丙")))
    assert texts(first_table(document)) == [["1", "甲"], ["3", "丙"]]
    assert "删去了这一行（2、乙）" in document.remarks[0].text


def test_comments_and_footnotes_are_remarks_on_their_paragraph(tmp_path: Path) -> None:
    body = p(
        "不收费",
        more='<w:r><w:commentReference w:id="7"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>',
    )
    document = read(
        tmp_path,
        body,
        comments='<w:comment w:id="7" w:author="王科长"><w:p><w:r><w:t>要核实</w:t></w:r></w:p></w:comment>',
        footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>2017年起</w:t></w:r></w:p></w:footnote>',
    )
    assert [(remark.kind, remark.text) for remark in document.all_remarks] == [
        (RemarkKind.COMMENT, "王科长：要核实"),
        (RemarkKind.FOOTNOTE, "2017年起"),
    ]


def test_hidden_text_and_prompts_are_left_out(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r>"
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt>"
    document = read(tmp_path, p("地点：", more=hidden + prompt))
    assert shown(document) == ["地点："]
    assert [remark.kind for remark in document.all_remarks] == [RemarkKind.HIDDEN]


@pytest.mark.parametrize(
    ("run", "seen"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>', "☐"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fc</w:t></w:r>', "√"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>', "☑"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>', "☐"),
    ],
)  # fmt: skip
def test_boxes_and_ticks_are_characters(tmp_path: Path, run: str, seen: str) -> None:
    assert shown(read(tmp_path, p("", more=run + "<w:r><w:t>窗口办理</w:t></w:r>"))) == [f"{seen}窗口办理"]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('申请')}{p('受理')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read(tmp_path, p("流程图", more=both))
    assert [(one.text, one.in_box) for one in document.paragraphs] == [
        ("流程图", False),
        ("申请", True),
        ("受理", True),
    ]


def test_headers_and_footers_are_remarks_but_page_numbers_are_not(tmp_path: Path) -> None:
    document = read(tmp_path, p("正文"), header1=p("某某镇"), footer1=p("第 1 页 共 3 页"))
    assert [str(remark) for remark in document.remarks] == ["页眉页脚：某某镇"]


def test_breaks_and_tabs_stay(tmp_path: Path) -> None:
    assert shown(read(tmp_path, p("一行\n二行", more="<w:r><w:tab/><w:t>后</w:t></w:r>"))) == ["一行\n二行\t后"]


def test_reads_strict_files_and_those_of_wps(tmp_path: Path) -> None:
    assert shown(read(tmp_path, p("办理时限") + "<wpsCustomData:x/>")) == ["办理时限"]
    strict = document_xml(p("严格")).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    with zipfile.ZipFile(tmp_path / "严格.docx", "w") as package:
        package.writestr("word/document.xml", strict)
    assert shown(read_document(tmp_path / "严格.docx")) == ["严格"]


def test_reads_what_python_docx_writes(tmp_path: Path) -> None:
    written = NewDocument()
    written.add_heading("社会保障卡申领", level=1)
    grid = written.add_table(rows=2, cols=2)
    grid.cell(0, 0).text = "事项名称"
    grid.cell(0, 0).merge(grid.cell(1, 0))
    grid.cell(0, 1).text = "申领"
    written.save(str(tmp_path / "一.docx"))
    document = read_document(tmp_path / "一.docx")
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].heading == 1
    assert [line[0] for line in texts(first_table(document))] == ["事项名称", "事项名称"]


def test_knows_where_everything_stands(tmp_path: Path) -> None:
    document = read(tmp_path, p("题目") + table(row("甲", cell("乙", '<w:gridSpan w:val="2"/>'), "丙")))
    places = [str(paragraph.origin) for paragraph in document.paragraphs]
    assert places == [
        "指南.docx 第1段",
        "指南.docx 表1第1行第1格",
        "指南.docx 表1第1行第2格",
        "指南.docx 表1第1行第4格",
    ]
