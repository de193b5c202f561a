"""Slips of writing: words that are never right, brackets without a partner, half-width punctuation inside Chinese."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from checks_world import FILE, lines_found, messages
from site_folder import SiteFolder

from builder.checks import check_record
from builder.checks.misspellings import CHARACTERS, DICTIONARY, MISSPELLINGS, Misspelling
from builder.checks.proofreading import Lexicon
from builder.content.model.companions import Terms
from builder.loading import load_file
from builder.support.diagnostics import Finding


def told(text: str) -> list[Finding]:
    """Return what is found in an item with this text among its rights."""
    return messages(f"rights: {json.dumps(text, ensure_ascii=False)}")


def codes(text: str) -> list[str]:
    """Return the codes of what is found in an item with this text among its rights."""
    return [finding.code for finding in told(text)]


# --- Words ---------------------------------------------------------------------------------------------------------


def _following(entry: Misspelling) -> str:
    return "本市政务服务网站" if entry.before else ""


@pytest.mark.parametrize("entry", MISSPELLINGS, ids=lambda entry: entry.wrong)
def test_every_word_of_the_list_is_told_and_its_remedy_is_not(entry: Misspelling) -> None:
    after = _following(entry)
    (finding,) = told(f"请先{entry.wrong}{after}，再来。")

    assert (finding.code, finding.severity) == ("L520", "warning")
    assert entry.source in finding.says
    assert finding.hint == f"“{entry.wrong}”改成“{entry.right}”：请先{entry.right}{after}，再来。"
    assert codes(f"请先{entry.right}{after}，再来。") == []


@pytest.mark.parametrize("entry", [entry for entry in MISSPELLINGS if entry.unless], ids=lambda entry: entry.wrong)
def test_a_word_is_right_inside_the_longer_ones_that_its_entry_names(entry: Misspelling) -> None:
    for longer in entry.unless:
        assert entry.wrong in longer
        assert codes(f"甲乙{longer}丙丁{_following(entry)}") == []
        assert codes(f"{longer}，{entry.wrong}{_following(entry)}") == ["L520"]


def test_the_list_is_long_and_names_every_word_once() -> None:
    words = [entry.wrong for entry in MISSPELLINGS]

    assert len(words) == len(set(words)) >= 60
    assert all(entry.source and entry.right != entry.wrong for entry in MISSPELLINGS)


def test_no_word_that_is_wrong_by_the_dictionary_is_in_a_list_of_phrases() -> None:
    phrases = "\n".join(json.loads((files("pypinyin") / "phrases_dict.json").read_text(encoding="utf-8")))

    assert len(phrases) > 100_000
    assert [
        entry.wrong
        for entry in MISSPELLINGS
        if entry.source in (DICTIONARY, CHARACTERS) and not entry.before and entry.wrong in phrases
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "原件写作“签定”",
        "《户口薄》",
        "见‘帐户’一栏",
        '表上印的是"帐号"',
        "运行 `登陆网站` 命令",
        "见 帐户说明.docx",
        "标签定制、申报明细、普通迅速、上报明年计划",
        "台风登陆时，请先看网站",
        "在周末婚姻登记处上班，自己经营",
        "取消户口限制，关注消费者",
        "公正处理，参加体检，教材科、器材科",
        "其它材料、座落、撤消、交纳、截止、必需、身份",
        "全部暑假都办，预防害虫",
    ],
)
def test_quotations_and_right_words_pass(text: str) -> None:
    assert codes(text) == []


def test_the_words_of_others_are_not_corrected() -> None:
    assert messages("legal: [{text: 关于帐户的通知, quote: 应当签定协议}]") == []
    assert messages("aliases: [登陆网站, 户藉证明]") == []
    assert messages("provenance: {source: a, at: 户藉一节}") == []
    assert messages("notes: 原文写“签定”，签定应为签订") == []


def test_a_slip_is_told_at_its_place_in_the_text() -> None:
    text = """\
        name: 补贴
        summary: 先签订，后签定
        remedy: |
          带《签定》来。
          到帐后，再签定，并签定。
        """

    assert lines_found(FILE, text, "L520") == [("签定", 2), ("到帐", 5), ("签定", 5), ("签定", 5)]


def test_the_mended_line_is_cut_around_the_word_if_it_is_long() -> None:
    (finding,) = told("甲" * 200 + "签定" + "乙" * 200 + "\n下一行")

    assert "签订" in finding.hint
    assert len(finding.hint) < 80


def test_a_page_in_markdown_is_read_as_well() -> None:
    text = "---\ntitle: 制度\n---\n# 服务\n\n要登陆我们的网站。\n\n> 原文：签定\n\n```\n签定\n```\n"

    assert lines_found("content/pages/a.md", text, "L520") == [("登陆", 6)]


def test_a_site_adds_words_of_its_own_and_accepts_others() -> None:
    lexicon = Lexicon.of(
        [
            Terms.model_validate(
                {"misspelt": [{"word": ["清江现", "青江县"], "instead": "清江县"}], "accepted": ["帐户"]}
            )
        ]
    )
    parsed = load_file(FILE, "name: 补贴\nsummary: 清江现的帐户，青江县的帐号\n".encode(), lexicon)

    assert [finding.says for finding in parsed.findings] == [
        "“清江现”应写“清江县”（依据：本站的词表）",
        "“青江县”应写“清江县”（依据：本站的词表）",
        "“帐号”应写“账号”（依据：《第一批异形词整理表》推荐“账”；《社会保险法》写“个人账户”）",
    ]


def test_a_change_of_the_word_list_is_seen_in_files_that_did_not_change(
    site: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    site.with_some_items()
    site.set("content/items/xincheng/shebaoka-shenban.yaml", "remedy", "带清江现的帐户")

    def words() -> list[str]:
        assert site.run("check", "--jobs", "1") == 0
        return re.findall(r"L520: (“.*?”)", capsys.readouterr().out)

    assert words() == ["“帐户”"]
    site.write("content/terms.yaml", "accepted: 帐户\n")
    assert words() == []
    site.write("content/terms.yaml", "misspelt: [{word: 清江现, instead: 清江县}]\n")
    assert words() == ["“清江现”", "“帐户”"]
    assert words() == ["“清江现”", "“帐户”"]


def test_the_words_of_a_closed_list_are_as_the_list_has_them() -> None:
    assert messages("disclosure: {form: 村(居)务公开栏}") == []


# --- Brackets ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lonely"),
    [
        ("带原件（复印件", "（"),
        ("带原件）复印件", "）"),
        ("带《户口簿", "《"),
        ("带户口簿》来", "》"),
        ("先“申请，再领", "“"),
        ("先”申请“，再领", "”"),
        ("津人社局发〔2009年的", "〔"),
        ("【注意，带原件", "【"),
        ("见〈附件", "〈"),
        ("（一（二）", "（"),
        ("（《办法）》", "《"),
        ("带原件(复印件", "("),
        ("（甲）乙）", "）"),
    ],
)
def test_a_bracket_without_a_partner_is_told(text: str, lonely: str) -> None:
    found = [finding for finding in told(text) if finding.code == "L521"]

    assert found
    assert f"{lonely}" in found[0].says
    assert found[0].part == lonely


@pytest.mark.parametrize(
    "text",
    [
        "（甲）《乙》“丙”〔丁〕【戊】〈己〉",
        "（见《关于“三证合一”的通知》（试行））",
        "1)甲 2)乙",
        "a) 甲；b) 乙",
        "一）甲；二）乙",
        "先办；2）后办",
        "见[说明](http://example.gov.cn/a(1))",
        "`（`",
        "（第一行\n第二行）",
    ],
)
def test_brackets_in_pairs_pass(text: str) -> None:
    assert [code for code in codes(text) if code == "L521"] == []


def test_a_lonely_bracket_is_told_at_its_place() -> None:
    text = "name: 补贴\neligibility:\n- 甲（乙）\n- 丙（丁）（戊\n"

    assert lines_found(FILE, text, "L521") == [("（", 4)]


# --- Half-width punctuation ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("先申请,再领取", "先申请，再领取"),
        ("先申请, 再领取", "先申请，再领取"),
        ("注意:带原件", "注意：带原件"),
        ("甲;乙;丙", "甲；乙；丙"),
        ("带什么?", "带什么？"),
        ("不用来!可以网上办", "不用来！可以网上办"),
        ("领取(含代领)", "领取（含代领）"),
        ("领取（含代领)", "领取（含代领）"),
        ("(一)申请", "（一）申请"),
        ("《办法》,《通知》", "《办法》，《通知》"),
        ("电话:见“联系方式”", "电话：见“联系方式”"),
    ],
)
def test_half_width_punctuation_inside_chinese_is_told_with_the_mended_line(text: str, mended: str) -> None:
    (finding,) = [finding for finding in told(text) if finding.code == "L522"]

    assert finding.severity == "warning"
    assert finding.hint == f"写成：{mended}"


@pytest.mark.parametrize(
    "text",
    [
        "8:30-12:00",
        "周一至周五8:30-11:30",
        "比例 1:100，金额 1,000元",
        "表(A4)、附件(2)、(1)甲",
        "见 https://example.gov.cn/a?b=1,2;c:d",
        "OCR(文字识别)",
        "Windows, macOS",
        "文件名 申请表(样表).docx",
        "甲，乙；丙：丁？戊！（己）",
        "电话:0755-84461111",
        "`a,b`、`如果(真)`",
        "[说明](http://example.gov.cn/),再看",
        "ISBN:978-7-5216-1234-5",
        "邮箱 a@b.cn",
    ],
)
def test_half_width_punctuation_elsewhere_passes(text: str) -> None:
    assert [code for code in codes(text) if code == "L522"] == []


def test_a_line_is_told_once_and_mended_as_a_whole() -> None:
    body = "---\ntitle: 制度\n---\n先申请,再领取(本人)。\n\n没有问题。\n\n怎么办?\n"
    found = load_file("content/pages/a.md", body.encode()).findings

    assert [finding.hint for finding in found] == ["写成：先申请，再领取（本人）。", "写成：怎么办？"]
    assert lines_found("content/pages/a.md", body, "L522") == [(",", 4), ("?", 8)]


def test_a_record_without_slips_is_silent() -> None:
    record = Terms.model_validate({})

    assert list(check_record(record, {}, "content/terms.yaml")) == []
