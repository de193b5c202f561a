from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_world import duration, durations, item, record_of, wrong
from pydantic import ValidationError

from builder.content.model.disclosure import DisclosureForm, DisclosureList
from builder.content.model.quantities import Cycle, DisclosureTerm, Duration, TimeUnit
from builder.context.words import read_words
from builder.wording.times import term_in_words

Term = DisclosureTerm

CHINESE = "templates/locales/zh-Hans.yaml"
WORDS = read_words(CHINESE, (Path(__file__).parents[2] / CHINESE).read_bytes())


def within(text: str, after: str = "") -> Term:
    return Term(within=duration(text), after=after)


# Every value that the column 公开时限 has in the lists of townships.
VALUES = [
    ("实时公开", Term(cycle=Cycle.REAL_TIME)),
    ("即时公开", Term(cycle=Cycle.REAL_TIME)),
    ("15个工作日", within("15个工作日")),
    ("15个工作日公开", within("15个工作日")),
    ("15个工作日内公开", within("15个工作日")),
    ("10个工作日公开", within("10个工作日")),
    ("按月公开", Term(cycle=Cycle.MONTHLY)),
    ("按季公开", Term(cycle=Cycle.QUARTERLY)),
    ("按季度公开", Term(cycle=Cycle.QUARTERLY)),
    ("季度", Term(cycle=Cycle.QUARTERLY)),
    ("按年度公开", Term(cycle=Cycle.YEARLY)),
    ("按年度", Term(cycle=Cycle.YEARLY)),
    ("年度公开", Term(cycle=Cycle.YEARLY)),
    ("年度", Term(cycle=Cycle.YEARLY)),
    ("全年", Term(cycle=Cycle.ALWAYS)),
    ("按时公开", Term(cycle=Cycle.AS_HAPPENS)),
    ("应需求公开", Term(cycle=Cycle.ON_REQUEST)),
    ("根据活动", Term(cycle=Cycle.AS_HAPPENS)),
    ("根据实际情况公开", Term(cycle=Cycle.AS_HAPPENS)),
    ("公示期限10日", Term(lasts=duration("10天"))),
    ("修订颁布后15个工作日内", within("15个工作日", "修订颁布")),
    ("规划全部成果形成后15个工作日内 公开", within("15个工作日", "规划全部成果形成")),
    ("公示结束后5个工作日内公开", within("5个工作日", "公示结束")),
    ("自信息形成之日起20个工作日内", within("20个工作日", "信息形成")),
]


@pytest.mark.parametrize(("text", "term"), VALUES)
def test_every_term_of_the_lists_has_one_meaning(text: str, term: Term) -> None:
    assert Term.model_validate(text) == term


@st.composite
def terms(draw: st.DrawFn) -> Term:
    if draw(st.booleans()):
        return Term(cycle=draw(st.sampled_from(Cycle)))
    limit: Duration = draw(durations().filter(lambda one: one.unit is not TimeUnit.AT_ONCE))  # 即时公开 is 实时公开
    if limit.bound or not limit.has_end:
        return Term(lasts=limit)
    if draw(st.booleans()):
        after = draw(st.text("修订颁布规划成果形成公示结束", max_size=12))
        return Term(within=limit, after=after)
    return Term(lasts=limit) if limit.n else Term(within=limit)


@given(terms())
def test_what_is_shown_reads_back_the_same(term: Term) -> None:
    assert Term.model_validate(term_in_words(term, WORDS)) == term


@pytest.mark.parametrize("text", ["以后再说", "公开", "15个工作日后"])
def test_says_how_a_term_is_to_be_written(text: str) -> None:
    finding = wrong(f"disclosure: {{term: {text}}}")
    assert finding.path == ("disclosure", "term")
    assert "实时公开" in finding.hint


def test_a_term_says_one_thing() -> None:
    with pytest.raises(ValidationError, match="中的一样"):
        Term()
    with pytest.raises(ValidationError, match="中的一样"):
        Term(cycle=Cycle.MONTHLY, within=duration("3天"))
    with pytest.raises(ValidationError, match="还要写 within"):
        Term(cycle=Cycle.MONTHLY, after="修订")


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("政府网站专题公开", DisclosureForm.SITE_TOPIC),
        ("政府网站专题集中公开", DisclosureForm.SITE_TOPIC),
        ("政府网站常规公开", DisclosureForm.SITE_ORDINARY),
        ("网站公开", DisclosureForm.SITE),
        ("常规公开", DisclosureForm.ORDINARY),
        ("社区居务公开栏", DisclosureForm.COMMUNITY_BOARD),
        ("村（居）务公开栏", DisclosureForm.VILLAGE_BOARD),
        ("村(居)务公开栏", DisclosureForm.VILLAGE_BOARD),
        ("申请人户口所在地、居住地及工作单位张贴", DisclosureForm.POSTED),
        ("乡所在地公示", DisclosureForm.TOWN_SEAT),
        ("乡政务公开栏", DisclosureForm.TOWN_BOARD),
        ("购买", DisclosureForm.PURCHASE),
    ],
)
def test_every_wording_of_a_form_comes_to_one_of_ten(written: str, form: DisclosureForm) -> None:
    disclosure = item(f"disclosure: {{form: {written}}}").disclosure
    assert disclosure is not None
    assert disclosure.form == (form,)


def test_an_unknown_form_is_told_the_known_ones() -> None:
    finding = wrong("disclosure: {form: 登报}")
    assert finding.path == ("disclosure", "form")
    assert "政府网站专题公开" in finding.hint


def test_several_forms_stand_side_by_side() -> None:
    disclosure = item("disclosure: {form: [政府网站常规公开, 乡政务公开栏], term: 按季度}").disclosure
    assert disclosure is not None
    assert len(disclosure.form) == 2


def test_a_row_without_number_and_content_is_still_a_row() -> None:
    """Lists lose their numbers, or have nothing but one."""
    (duty,) = record_of(
        DisclosureList,
        """
        title: 公开事项清单
        duties:
          - duty: 救助
            rows:
              - {category: 办事指南, term: 实时公开, form: 常规公开}
              - {seq: 0158, category: 台账}
        """,
    ).duties
    assert [(row.seq, row.term) for row in duty.rows] == [("", Term(cycle=Cycle.REAL_TIME)), ("0158", None)]


def test_a_content_standard_is_a_list_of_elements_with_parts() -> None:
    (duty,) = record_of(
        DisclosureList,
        """
        title: 公开事项清单
        duties:
          - duty: 政务公开
            rows:
              - {category: 内设机构, content: [职责, {name: 联系方式, parts: [办公电话, 传真]}], doubt: 像是粘来的}
        """,
    ).duties
    (row,) = duty.rows
    assert [(part.name, part.parts) for part in row.content] == [("职责", ()), ("联系方式", ("办公电话", "传真"))]
    assert row.doubt
