"""What a resident reads: an item's facts in words. Facts that nobody stated send the reader to the phone, and no others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from guide_world import THREE_WAYS, WITH_STAFF, guide, sheet, steps, words

from builder.content.model.companions import Glossary
from builder.content.model.contacts import Phone
from builder.content.model.item import Output
from builder.content.model.materials import Material, Spec
from builder.content.validate import build
from builder.guide import Answer, Course, Sources, call, plain_text_of
from builder.guide.flowchart import flow_of, public_steps, step_lines
from builder.guide.glosses import glosses_of
from builder.guide.material_lines import MaterialBlock, MaterialLine
from builder.wording.materials import copies_in_words, spec_in_words


def answer(question: str, **fields: object) -> Answer:
    (found,) = (one for one in guide(**fields).answers if one.question == words()[question])
    return found


def said(question: str, **fields: object) -> str:
    return " / ".join(answer(question, **fields).lines)


def facts(course: Course) -> Mapping[str, tuple[str, ...]]:
    return dict(course.facts)


def variants(*fields: Mapping[str, object]) -> list[dict[str, object]]:
    return [{"id": f"v{n}", "name": f"情形{n}", **one} for n, one in enumerate(fields)]


# --- Lookup and not known ----------------------------------------------------------------------------------------------

ASK = "请电话确认"


def test_asks_to_phone_for_everything_that_nobody_stated() -> None:
    answers = guide(department="zhongxin").answers
    assert [(one.lines, one.known) for one in answers[:-1]] == [((ASK,), False)] * 4
    assert [call.shown for call in answers[-1].calls] == ["022-6577 5272"]


@pytest.mark.parametrize(
    ("field", "question", "none", "not_applicable"),
    [
        ("eligibility", "who", "不限", "不限"),
        ("time", "how_long", "没有规定时限", "不涉及时限"),
        ("fees", "how_much", "不收费", "不涉及收费"),
    ],
)
def test_what_is_none_or_does_not_apply_is_no_reason_to_phone(
    field: str, question: str, none: str, not_applicable: str
) -> None:
    assert answer(question).known is False
    assert said(question, **{field: "无"}) == none
    assert said(question, **{field: "不适用"}) == not_applicable
    assert answer(question, **{field: "不适用"}).known


@pytest.mark.parametrize("absence", ["无", "不适用"])
def test_sections_tell_none_from_not_known(absence: str) -> None:
    unknown = guide()
    nothing = guide(
        materials=absence, steps=absence, legal=absence, forms=absence, outputs=absence, fees=absence, time=absence
    )
    assert (unknown.common.no_materials, unknown.common.no_steps, unknown.no_grounds) == (False, False, False)
    assert (nothing.common.no_steps, nothing.no_grounds) == (True, True)
    assert nothing.common.no_materials == (absence == "无")
    assert nothing.common.materials_apply == (absence == "无")  # what does not apply is not shown
    assert facts(unknown.common) == {}
    assert set(facts(nothing.common)) == {"办理时限", "收费", "办成后拿到", "要填的表格"}
    assert ASK not in str(facts(nothing.common))


def test_a_shortest_guide_never_invents() -> None:
    one = guide()
    assert (one.department, one.grounds, one.places, one.calls, one.supervision) == ("", (), (), (), None)
    assert one.answers[-1].lines == (words()["no_phone"],)


# --- The answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"audiences": "canjiren"}, "残疾人"),
        ({"eligibility": "有本市户籍的老人"}, "有本市户籍的老人"),
        ({"eligibility": ["甲", "乙"], "audiences": "canjiren"}, "残疾人，条件见下面"),
        ({"eligibility": ["甲", "乙"]}, "符合下面条件的人"),
        ({"eligibility": [{"text": "满足其一", "any": ["甲", "乙"]}]}, "符合下面条件的人"),
        ({"variants": variants({"eligibility": "甲"}, {"eligibility": "乙"})}, "各情形不同，见下面"),
    ],
)
def test_tells_who_may_apply(fields: dict[str, object], who: str) -> None:
    assert said("who", **fields) == who


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"places": "dating"}, "办事大厅 / 新城路1号"),
        ({"places": [{"place": "dating", "window": "劳动保障窗口"}]}, "办事大厅，劳动保障窗口（3） / 新城路1号"),
        ({"places": [{"place": "dating", "note": "到户籍地的大厅"}]}, "办事大厅 / 新城路1号 / 到户籍地的大厅"),
        ({"places": ["dating", "shequ"]}, "办事大厅 / 新城路1号 / 另有 1 处，见下面"),
        ({"places": "shequ"}, "各社区（13 处，各有电话）"),
        ({"depth": "街道受理、区级办理"}, "所在街道"),
        ({"depth": "街道受理或者代发银行受理、区级办理"}, "所在街道或银行网点"),
        ({"channels": ["窗口办理", "可以代办"], "department": "zhongxin"}, "党群服务中心窗口"),
        ({"channels": ["社区办理", "网上办理"]}, "所在村（社区）、网上办理"),
        ({"variants": variants({"places": "dating"}, {"places": "shequ"})}, "各情形不同，见下面"),
    ],
)
def test_tells_where_to_go(fields: dict[str, object], where: str) -> None:
    assert said("where", **fields) == where


def test_that_somebody_else_may_come_is_no_place() -> None:
    assert answer("where", channels="可以代办").known is False


@pytest.mark.parametrize(
    ("time", "how_long"),
    [
        ("当场", "当场办结"),
        ({"promised": "20个工作日", "starts": "受理之日起"}, "受理之日起20个工作日"),
        ({"promised": "3至6个月", "starts": "参保后"}, "参保后3至6个月"),
        ({"promised": "5个工作日", "statutory": "7个工作日"}, "5个工作日"),
        ({"statutory": "7个工作日"}, "法律规定最长7个工作日"),
        ({"statutory": "7个工作日", "starts": "受理之日起"}, "受理之日起，法律规定最长7个工作日"),
        ({"note": "按当年文件执行"}, "按当年文件执行"),
    ],
)
def test_tells_how_long_it_takes(time: object, how_long: str) -> None:
    assert said("how_long", time=time) == how_long


@pytest.mark.parametrize(
    ("fees", "how_much"),
    [
        ("免费", "不收费"),
        ({"amount": "9", "per": "对"}, "每对9元"),
        (
            {"amount": "400", "who": "不符合免费条件的", "note": "自负部分"},
            "不符合免费条件的：400元（自负部分）",
        ),
        (
            [{"amount": "60", "per": "人每年", "who": "学生"}, {"amount": "300", "per": "人每年", "who": "成年人"}],
            "学生：每人每年60元 / 成年人：每人每年300元",
        ),
        ({"name": "工本费"}, "要交工本费，多少还没有写"),  # no amount
        ({"name": "工本费", "per": "本"}, "每本要交工本费，多少还没有写"),
        ({"name": "工本费", "amount": "5", "per": "本"}, "工本费每本5元"),
        ([{"amount": str(amount), "who": f"第{amount}档"} for amount in (1, 2, 3, 4)], "1元至4元，按人不同，见下面"),
    ],
)
def test_tells_what_it_costs(fees: object, how_much: str) -> None:
    assert said("how_much", fees=fees) == how_much


def test_speaks_for_all_cases_only_when_they_agree() -> None:
    both = variants({"time": "当场", "fees": "无"}, {"time": "30天", "fees": "无"})
    assert said("how_long", variants=both) == "各情形不同，见下面"
    assert said("how_much", variants=both) == "不收费"
    assert said("how_long", variants=variants({"time": "当场"}, {})) == "情形0：当场办结 / 情形1：还没有写"


def test_a_case_may_be_handled_at_another_level() -> None:
    """People apply at the street, employers at the district."""
    cases = [
        {"id": "geren", "name": "个人", "depth": "街道受理和初审、区级复审"},
        {"id": "danwei", "name": "单位", "depth": "区级受理和审核"},
    ]
    shown = guide(variants=cases)
    assert said("where", variants=cases) == "各情形不同，见下面"
    assert [dict(course.facts)["由哪一级办"] for course in shown.variants] == [
        ("街道受理、初审；区复审",),
        ("区受理、审核",),
    ]


@pytest.mark.parametrize(
    ("depth", "where"),
    [
        ("乡镇受理、县级审核", "所在乡镇"),
        ("村（社区）受理、乡镇（街道）审核、县级审批", "所在村（社区）"),
        ("社区、村代办，县级办理", "所在村（社区）"),
        ("镇（街道）、银行受理，县级发证", "所在乡镇（街道）或银行网点"),
        ("村评议、公示，乡镇受理", "所在乡镇"),  # papers are taken there
        ("村核实、乡镇办理", "所在村"),
        ("市级受理、省级审批", "市级窗口"),
    ],
)
def test_the_level_that_takes_the_papers_says_where_to_go(depth: str, where: str) -> None:
    assert said("where", depth=depth) == where


def test_levels_that_are_alike_are_told_as_one() -> None:
    assert guide(depth="村（社区）受理、乡镇（街道）审核上报、县级审批").depth == (
        (("村（社区）", "受理"), ("乡镇（街道）", "审核、转报"), ("县级", "审批")),
    )
    assert guide(depth="村受理、登记，社区受理").depth == ((("村", "受理、登记"), ("社区", "受理")),)


@pytest.mark.parametrize(
    ("validity", "told"),
    [
        ("未满18周岁的3年，18周岁以上的长期", "未满18周岁的：有效期3年；18周岁以上的：长期有效"),
        (["首次申领的1年", "续期：5年"], "首次申领的：有效期1年；续期：有效期5年"),
        ([{"who": "外地户籍", "lasts": "半年"}, {"who": "本地户籍", "lasts": "不超过3年"}],
         "外地户籍：有效期6个月；本地户籍：有效期不超过3年"),
        ({"who": "发证之日起", "lasts": "2年"}, "发证之日起有效期2年"),
    ],
)  # fmt: skip
def test_a_result_may_be_valid_for_different_times(validity: object, told: str) -> None:
    one = guide(outputs=[{"name": "居住证", "validity": validity, "note": "可续"}])
    assert dict(one.common.facts)["办成后拿到"] == (f"居住证，{told}（可续）",)
    assert any(told in line for part in plain_text_of(one, words()) for line in part.lines)


@pytest.mark.parametrize("validity", ["约3年", "3年，到期换证", "终身吧", ["未满18周岁的"]])
def test_what_is_no_validity_is_refused_in_words(validity: object) -> None:
    _, (wrong, *_) = build(Output, {"name": "居住证", "validity": validity}, "x.yaml")
    assert (wrong.code, wrong.hint[:6]) == ("S108", "时长要写成“")


@pytest.mark.parametrize(
    ("validity", "told"),
    [
        ("6年", "驾驶证，有效期6年"),
        ("不超过3年", "驾驶证，有效期不超过3年"),
        ("长期", "驾驶证，长期有效"),
        ("永久有效", "驾驶证，永久有效"),
    ],
)
def test_says_how_long_a_paper_that_one_gets_is_valid(validity: str, told: str) -> None:
    assert dict(guide(outputs={"name": "驾驶证", "validity": validity}).common.facts)["办成后拿到"] == (told,)


@pytest.mark.parametrize(
    ("validity", "told"),
    [
        ("3个月以内", "3个月以内的"),
        ("近半年", "6个月以内的"),
        ("不少于6个月", "有效期不少于6个月"),
        ("长期", "长期有效"),
    ],
)
def test_says_how_recent_a_paper_to_bring_has_to_be_or_how_long_valid(validity: str, told: str) -> None:
    (line,) = guide(materials=[{"name": "护照", "validity": validity}]).common.materials
    assert isinstance(line, MaterialLine)
    assert line.details == (told,)


def test_a_ceiling_is_said_once_where_the_words_around_say_it() -> None:
    steps = [
        {"actor": "窗口", "do": "核对", "limit": "不超过30分钟"},
        {"actor": "村委会", "do": "贴出名单", "publicity": "不少于7天"},
        {"actor": "村委会", "do": "公开账目", "publicity": "长期"},
    ]
    facts = [line.facts for line in guide(steps=steps).common.steps]
    assert facts == [("限 30分钟",), ("公示不少于7天",), ("长期公示",)]
    time = {"promised": "不超过10个工作日", "statutory": "不超过20个工作日"}
    assert dict(guide(time=time).common.facts)["办理时限"] == ("不超过10个工作日", "法律规定最长20个工作日")


def test_a_form_of_the_library_is_told_with_what_the_library_knows() -> None:
    common = guide(
        forms=[
            "qiuzhi-dengjibiao",
            {"ref": "qiuzhi-dengjibiao", "copies": 2, "where": "社区"},
            "caijibiao",
            "《申请书》",
        ]
    ).common
    assert dict(common.facts)["要填的表格"] == (
        "《求职登记表》（领取：大厅）",
        "《求职登记表》，2份（领取：社区）",
        "《采集表》（双面打印）",
        "《申请书》",
    )
    assert common.files[0] == ("下载空白表：《求职登记表》", "qiuzhi.docx")


def test_names_two_audiences_in_the_box_and_all_among_the_facts() -> None:
    people = ["canjiren", "canjiren", "canjiren"]
    assert said("who", audiences=people, eligibility=["甲", "乙"]) == "残疾人、残疾人等，条件见下面"
    assert [name for _, name in guide(audiences=people).audiences] == ["残疾人", "残疾人", "残疾人"]


def test_tells_when_residents_apply_and_leaves_out_what_offices_do() -> None:
    windows = [
        {"when": "每年10月15日前", "who": "社保所", "for": "上报"},
        {"when": "每年9月20日至30日", "for": "第一批申请", "pays": "11月15日前发放"},
        {"when": "招用之日起30日内", "who": "用人单位"},
    ]
    steps = [{"actor": "申请人", "do": "申请"}, {"actor": "社保所", "do": "受理"}]
    one = guide(windows=windows, steps=steps)

    (when,) = (row for row in one.answers if row.question == "什么时候办")
    assert when.lines == ("第一批申请：每年9月20日至30日，11月15日前发放", "用人单位：招用之日起30日内")
    assert facts(one.common)["申报时间"][0] == "社保所上报：每年10月15日前"


def test_says_that_there_are_more_windows_than_it_names() -> None:
    lines = answer("when", windows=["每周一", "每周二", "每周三", "每周四"]).lines
    assert lines == ("每周一", "每周二", "每周三", "还有别的时间，见下面")


def test_the_last_line_on_a_matter_knows_the_days_on_which_one_can_come_for_it() -> None:
    """One application, twice a year; and some other matter on Mondays and Wednesdays."""
    windows = [
        "每年9月1日至9月25日",
        {"when": "每周一、三", "for": "复核"},
        {"when": "每年3月1日至3月20日", "note": "次年春季"},
        {"when": "每年第一季度", "for": "年检"},
    ]
    row = answer("when", windows=windows)
    assert row.lines == (
        "每年9月1日至9月25日",
        "每年3月1日至3月20日（次年春季）",
        "复核：每周一、三",
        "还有别的时间，见下面",
    )
    assert row.days["每年3月1日至3月20日（次年春季）"] == "09-01/09-25 03-01/03-20"
    assert row.days["复核：每周一、三"] == "13"
    assert row.days["每年9月1日至9月25日"] == ""


def test_where_a_term_runs_no_day_of_the_month_is_told_as_the_next() -> None:
    """Who lost his work has 60 days, and signs every month later on."""
    windows = [
        "离职之日起60日内",
        {"when": "每月4日至10日", "for": "签字"},
        {"when": "每年9月1日至11月30日", "for": "参保"},
    ]
    assert answer("when", windows=windows).days == {
        "离职之日起60日内": "",
        "签字：每月4日至10日": "",
        "参保：每年9月1日至11月30日": "09-01/11-30",
    }


def test_what_is_done_at_once_but_only_at_times_says_so() -> None:
    assert answer("how_long", time="即时办理", windows="每年3月1日至20日").lines == ("即时办理", "只在3月办")
    assert answer("how_long", time="即时办理", windows="离职之日起60日内").lines == ("即时办理",)
    signing = {"when": "每月4日至10日", "for": "签字"}
    assert answer("how_long", time="即时办理", windows=["离职之日起60日内", signing]).lines == ("即时办理",)


def test_a_window_of_one_case_names_the_case() -> None:
    assert said("when", variants=variants({"windows": "每周一"}, {})) == "情形0：每周一"


def test_what_can_be_done_any_day_has_no_row_for_when() -> None:
    assert words()["when"] not in [one.question for one in guide().answers]


# --- Cases ------------------------------------------------------------------------------------------------------------


def test_each_case_shows_what_is_its_own() -> None:
    first, second = guide(
        legal="baoxian-fa",
        variants=variants(
            {
                "materials": "存折",
                "places": "dating",
                "phones": "022-65775272",
                "legal": {"text": "细则", "article": "第六条"},
            },
            {"materials": "租赁协议", "replaces": "materials", "legal": "hunyu-guiding"},
        ),
    ).variants
    assert [line.name for line in first.materials if isinstance(line, MaterialLine)] == ["存折"]
    assert facts(first) == {
        "在哪办": ("办事大厅，新城路1号",),
        "联系电话": ("022-6577 5272",),
        "办理依据": ("细则第六条",),
    }
    assert (first.material_notes, second.material_notes) == ((), ("这种情形只要这里列的材料。",))
    assert facts(second) == {"办理依据": ("《流动人口规定》（〔2016〕9号）",)}


def test_a_law_that_is_no_longer_in_force_says_by_which_it_was_replaced_and_how_that_is_known() -> None:
    repealed, in_force = guide(legal=["hunyin-fa", "minfadian"]).grounds
    assert repealed.published == "全国人大，1980年9月10日"
    assert (repealed.since, repealed.checked) == ("由《民法典》代替；《民法典》第一千二百六十条", "2026年11月25日")
    assert (in_force.since, in_force.checked) == ("", "")


def test_the_issuer_of_a_law_is_not_named_beside_a_number_that_names_it() -> None:
    (ground,) = guide(legal="dibao-tiaoli").grounds
    assert ground.published == "国务院令第271号"


def test_grounds_of_all_cases_are_listed_once_with_their_force() -> None:
    grounds = guide(legal="baoxian-fa", variants=variants({"legal": ["baoxian-fa", "hunyu-guiding"]})).grounds
    assert [(ground.title, ground.status) for ground in grounds] == [
        ("《社会保险法》", ""),
        ("《流动人口规定》", "已废止"),
    ]


def test_a_cancelled_item_leads_on() -> None:
    one = guide(status="已取消", replaced_by="shengyu-dengji", status_note="婚育证不再办理")
    assert (one.status, one.status_note) == ("已取消", "婚育证不再办理")
    assert one.replaced_by is not None
    assert one.replaced_by.url == "items/shengyu-dengji.html"


def test_units_are_named_with_what_they_do() -> None:
    units = guide(units=[{"unit": "民政局", "role": "出资"}, {"ref": "caizheng", "role": "审批", "note": "拨款"}]).units
    assert units == (("民政局", "出资", ""), ("区财政局", "审批", "拨款"))


def test_alternative_routes_stand_side_by_side() -> None:
    depth = guide(depth="街道受理、区级办理和审核或者代发银行受理").depth
    assert depth == ((("街道", "受理"), ("区", "办理、审核")), (("银行", "受理"),))


@pytest.mark.parametrize(
    ("benefit", "line"),
    [
        ({"cap": "最高500元", "per": "人"}, "每人最高500元"),
        ({"amount": "30", "per": "平方米", "cap": "最高60平方米"}, "每平方米30元，最高60平方米"),
        ({"name": "医疗救助", "percent": "80", "of": "医疗费用"}, "医疗救助：医疗费用的80%"),
        ({"amount": "601", "per": "人", "who": "年满80周岁"}, "年满80周岁：每人601元"),
        ({"percent": "50", "per": "月", "of": "缴费金额", "lasts": "3年"}, "每月缴费金额的50%，最多领3年"),
        ({"amount": "100", "per": "每月"}, "每月100元"),
    ],
)
def test_benefits_read_as_people_say_them(benefit: dict[str, object], line: str) -> None:
    assert facts(guide(benefits=benefit).common)["能领多少"] == (line,)


def test_a_yearly_check_tells_when() -> None:
    assert ("续办和年检", "每年年审；每年第一季度") in guide(
        renewal={"rule": "每年年审", "windows": "每年第一季度"}
    ).facts


def test_shows_the_disclosure_term_in_one_form() -> None:
    shown = dict(guide(disclosure={"term": "按季", "form": ["常规公开", "乡政务公开栏"]}).office_facts)
    assert (shown["公开时限"], shown["公开形式"]) == ("按季度公开", "常规公开、乡政务公开栏")


def test_samples_are_marked_and_sources_named() -> None:
    one = guide(provenance={"source": "qingdan", "at": "第577行"}, checked="2026-11-03")
    assert (one.sources, one.checked) == (Sources(("《公开清单》第577行",), sample=True), "2026年11月3日")


def test_a_source_is_named_once_with_its_publisher_and_year() -> None:
    one = guide(
        provenance=[{"source": source, "at": at} for source, at in (("ji", "第1行"), ("ji", "第9行"), ("ban", "首页"))]
    )
    assert one.sources.lines == ("《便民服务指南》（甲市，2010年版）第1行；第9行", "《乙镇办事指南》首页")


# --- Phones -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "shown", "dial"),
    [
        ("022-65775272", "022-6577 5272", "02265775272"),
        ("010-67322223-110", "010-6732 2223 转 110", "01067322223,110"),
        ("67322223-540", "6732 2223 转 540", "67322223,540"),
        ("0476-8888888", "0476-8888888", "04768888888"),
        ("12345", "12345", "12345"),
        ("13812345678", "13812345678", "13812345678"),
        ("400-810-1234", "400-810-1234", "4008101234"),
    ],
)
def test_a_phone_is_shown_for_reading_and_given_for_dialling(number: str, shown: str, dial: str) -> None:
    one = call(Phone(number=number), words())
    assert (one.shown, one.dial) == (shown, dial)


def test_two_items_show_the_same_phones_of_the_communities() -> None:
    first, second = (guide(summary=summary, places="shequ").places for summary in ("一孩", "再生育"))
    assert first == second
    assert [branch.name for branch in first[0].branches] == [f"第{n}社区" for n in range(13)]


def test_the_nearest_phone_that_is_known_is_given() -> None:
    assert guide(phones="12345", places="shequ", department="zhongxin").calls[0].dial == "12345"
    assert guide(places="shequ", department="zhongxin").calls[0].dial == "67322223,110"
    assert guide(places="dating", department="zhongxin").calls[0].dial == "02265775272"


# --- Materials --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "form"),
    [
        ({}, ""),
        ({"copies": "2"}, "2份"),
        ({"copies": {"original": "3"}}, "原件3份"),
        ({"form": "原件"}, "原件"),
        ({"form": "原件", "copies": "2"}, "原件2份"),
        ({"form": "原件", "copies": {"original": "1", "copy": "2"}}, "原件1份、复印件2份"),
        ({"form": ["原件", "复印件"], "copies": "1"}, "原件、复印件1份"),
        ({"form": "复印件", "copies": {"original": "1", "copy": "2"}}, "原件1份、复印件2份"),
        ({"form": "原件核对", "copies": "1"}, "原件核对后退还，留复印件1份"),
        ({"form": ["原件", "电子版"], "copies": "3"}, "原件3份、电子版"),
        ({"form": ["原件", "电子版"], "copies": {"original": "2"}}, "原件2份、电子版"),
        ({"form": "电子版", "copies": "2"}, "电子版2份"),
        ({"form": "照片", "copies": "4"}, "照片4张"),
        ({"form": "表格", "copies": "3"}, "填好的表格3份"),
        ({"form": "表格", "copies": {"original": "3"}}, "填好的表格3份"),
        ({"form": "表格", "copies": {"original": "1", "copy": "2"}}, "填好的表格1份、复印件2份"),
    ],
)
def test_tells_original_or_copy_and_how_many(fields: dict[str, object], form: str) -> None:
    assert copies_in_words(Material.model_validate({"name": "甲", **fields}), words()) == form


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"size": "1寸", "format": "JPG", "kb_max": "120"}, "1寸，JPG，不超过120KB"),
        (
            {"pixels": "358×441", "background": "白底", "kb_min": "9", "kb_max": "20"},
            "白底，358×441像素，9至20KB",
        ),
        ({"kb_min": "9"}, "不小于9KB"),
        ({"paper": "A4"}, "A4"),
        ({}, ""),
    ],
)
def test_tells_a_specification_in_one_line(fields: dict[str, object], line: str) -> None:
    assert spec_in_words(Spec.model_validate(fields), words()) == line


def test_tells_everything_that_is_asked_of_a_material() -> None:
    (line,) = guide(
        materials=[
            {
                "ref": "id-card", "pages": ["正面", "反面"], "seal": "单位公章", "issuer": "派出所",
                "validity": "近三个月", "returned": "是", "when": "代办", "optional": "是", "note": "字迹清楚",
            }
        ]
    ).common.materials  # fmt: skip
    assert isinstance(line, MaterialLine)
    assert (line.name, line.when, line.optional) == ("居民身份证", "代办", True)
    assert line.details == (
        "复印：正面、反面", "要有：单位公章", "由派出所出具", "3个月以内的", "核对后退还", "字迹清楚",
    )  # fmt: skip
    assert line.help == ("没有的话：到派出所办理",)


@pytest.mark.parametrize(
    ("material", "told"),
    [
        ({"ref": "dibaozheng"}, ("全家一个证", "由民政部门发")),
        ({"ref": "dibaozheng", "issuer": "县民政局"}, ("全家一个证",)),
        ({"ref": "dibaozheng", "note": "全家一个证，带原件"}, ("由民政部门发",)),
    ],
)
def test_what_the_library_knows_of_a_material_is_told_unless_the_item_says_it(
    material: dict[str, object], told: tuple[str, ...]
) -> None:
    (line,) = guide(materials=[material]).common.materials
    assert isinstance(line, MaterialLine)
    assert line.help == told


@pytest.mark.parametrize(
    ("material", "told"),
    [
        ({"name": "章程", "later": "5个工作日"}, "没有也能先受理，5个工作日内补交（容缺受理）"),
        ({"name": "章程", "later": "十日内补齐"}, "没有也能先受理，10天内补交（容缺受理）"),
        ({"name": "章程", "later": "是"}, "没有也能先受理，以后补交（容缺受理）"),
        ({"name": "无房证明", "promise": "《无房承诺书》"}, "没有的，可以写《无房承诺书》代替（告知承诺）"),
        ({"name": "无房证明", "promise": "是"}, "没有的，可以写承诺书代替（告知承诺）"),
        ({"ref": "yanzi-baogao"}, "没有也能先受理，10天内补交（容缺受理）"),
        ({"ref": "yanzi-baogao", "later": "3天"}, "没有也能先受理，3天内补交（容缺受理）"),
    ],
)
def test_what_may_follow_later_or_be_promised_says_so(material: dict[str, object], told: str) -> None:
    (line,) = guide(materials=[material]).common.materials
    assert isinstance(line, MaterialLine)
    assert line.details[0] == told
    assert told in " ".join(line for part in plain_text_of(guide(materials=[material]), words()) for line in part.lines)


@pytest.mark.parametrize(
    ("field", "value", "advice"),
    [
        ("later", "可以", "写多久以内补交，如 5个工作日；不限时间写 是，不行写 否"),
        ("later", "当场", "写多久以内补交，如 5个工作日；不限时间写 是，不行写 否"),
        ("promise", "可以", "写承诺书的名称，如 《告知承诺书》；没有名称写 是，不行写 否；空白的承诺书写在 forms 里"),
        (
            "promise",
            "chengnuo",
            "写承诺书的名称，如 《告知承诺书》；没有名称写 是，不行写 否；空白的承诺书写在 forms 里",
        ),
        ("source", "自备", "改成 申请人自备"),
        ("source", "部门共享", "改成 部门共享，不用交"),
    ],
)
def test_what_says_neither_how_soon_nor_what_paper_is_refused_with_advice(field: str, value: str, advice: str) -> None:
    _, (wrong,) = build(Material, {"name": "章程", field: value}, "x.yaml")
    assert (wrong.code, wrong.path, wrong.hint) == ("S108", (field,), advice)


def test_what_nobody_brings_cannot_be_brought_later() -> None:
    _, (wrong,) = build(Material, {"name": "章程", "source": "部门共享，不用交", "later": "是"}, "x.yaml")
    assert wrong.hint == "部门共享的不用交，later（容缺受理）和 promise（告知承诺）就不写"


def test_an_item_may_refuse_what_the_library_allows() -> None:
    refused = {"ref": "yanzi-baogao", "later": "否", "promise": "否", "source": "申请人自备"}
    (line,) = guide(materials=[refused]).common.materials
    assert isinstance(line, MaterialLine)
    assert (line.details, line.help) == ((), ("来源：申请人自备",))


@pytest.mark.parametrize(
    "material",
    [{"ref": "huji-xinxi", "form": "原件", "copies": "1"}, {"name": "户籍信息", "source": "部门共享，不用交"}],
)
def test_what_offices_get_from_each_other_is_not_to_be_brought(material: dict[str, object]) -> None:
    (line,) = guide(materials=[material]).common.materials
    assert isinstance(line, MaterialLine)
    assert (line.shared, line.copies, line.details, line.help) == (True, "", ("部门共享，不用交",), ())


def test_what_is_given_back_is_said_once() -> None:
    (line,) = guide(materials=[{"name": "户口本", "form": "原件核对", "returned": "是"}]).common.materials
    assert isinstance(line, MaterialLine)
    assert line.details == ()


def test_nested_lists_stay_nested() -> None:
    (block,) = guide(
        materials=[{"group": "相关证明", "materials": ["甲", {"title": "离婚证明", "any_of": ["离婚证", "判决书"]}]}]
    ).common.materials
    assert isinstance(block, MaterialBlock)
    inner = block.entries[1]
    assert isinstance(inner, MaterialBlock)
    assert (block.any_of, inner.any_of, len(inner.entries)) == (False, True, 2)


# --- Steps ------------------------------------------------------------------------------------------------------------


def test_each_result_of_a_check_says_what_follows() -> None:
    exits = step_lines(public_steps(THREE_WAYS), words())[1].exits
    assert [(exit.when, exit.text, exit.goes_to) for exit in exits] == [
        ("不齐全", "出具《一次性告知单》", "转到第1步"),
        ("不真实", "当面退回，终止办理", ""),
        ("齐全真实", "", "转到第3步"),
    ]


def test_a_document_that_the_text_names_is_not_named_again() -> None:
    (line, _) = step_lines(
        public_steps(steps(
            {
                "actor": "民政局", "do": "审批",
                "branches": [{"when": "不符合", "to": "end", "text": "发通知单", "document": "《通知单》"}, {"when": "符合", "to": "end"}],
            },
            {"actor": "民政局", "do": "发证"},
        )),
        words(),
    )  # fmt: skip
    assert line.exits[0].text == "发通知单"


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ({"limit": "15个工作日"}, "限 15个工作日"),
        ({"limit": "当场"}, "当场办结"),
        ({"publicity": {"lasts": "7天", "place": "在社区"}}, "公示7天（在社区）"),
        ({"document": "《受理通知书》"}, "文书：《受理通知书》"),
        ({"place": "办事大厅"}, "在办事大厅"),
        ({"publicity": "7天", "kind": "公示"}, "公示7天"),
        ({"publicity": "7天", "kind": "公告"}, "公告7天"),
        ({"kind": "踏勘", "detail": "三日内现场勘验", "limit": "3天"}, "限 3天"),
        ({"counted": "否", "limit": "5天"}, "限 5天，不算在办理时限里"),
        ({"counted": "是", "kind": "鉴定"}, "鉴定，算在办理时限里"),
    ],
)
def test_the_facts_of_a_step_are_told(fields: dict[str, object], fact: str) -> None:
    (line,) = step_lines(public_steps(steps({"actor": "窗口", "do": "受理", **fields})), words())
    assert line.facts == (fact,)


SOIL_PLAN = (
    {"actor": "生产建设单位", "do": "补充水土保持方案", "limit": "15天"},
    {"actor": "水务局窗口", "do": "核对方案和申请表", "kind": "受理", "limit": "1个工作日"},
    {"actor": "水务局", "do": "请专家看方案", "kind": "专家评审", "limit": "20个工作日"},
    {"actor": "水务局", "do": "到项目区看现场", "kind": "现场勘查"},
    {
        "actor": "水务局",
        "do": "挂网征求意见",
        "kind": "公示",
        "publicity": {"lasts": "5个工作日", "place": "水务局网站"},
    },
    {"actor": "水务局", "do": "作出审批决定", "kind": "审批", "limit": "9个工作日"},
)


def test_a_step_says_what_it_is_and_whether_it_counts_unless_its_words_or_the_usual_say_so() -> None:
    told = [line.facts for line in guide(time="10个工作日", steps=SOIL_PLAN).common.steps]
    assert told == [
        ("限 15天，不算在办理时限里",),  # before acceptance, and of the applicant
        ("限 1个工作日",),
        ("专家评审，限 20个工作日，不算在办理时限里",),
        ("踏勘，不算在办理时限里",),
        ("公示5个工作日（在水务局网站），不算在办理时限里",),
        ("限 9个工作日",),
    ]


def test_the_kind_of_a_step_stands_behind_what_is_done_unless_its_words_name_it() -> None:
    told = step_lines(
        public_steps(
            steps(
                {"actor": "企业", "do": "报方案", "kind": "申请"},
                {"actor": "水务局", "do": "现场勘验", "kind": "踏勘"},
                {"actor": "水务局", "do": "发文", "kind": "发证"},
            )
        ),
        words(),
    )
    assert [line.do for line in told] == ["报方案（申请）", "现场勘验", "发文（送达）"]


def test_without_a_time_limit_nothing_is_said_to_be_outside_of_it() -> None:
    told = [line.facts for line in guide(steps=SOIL_PLAN).common.steps]
    assert not any("时限里" in fact for facts in told for fact in facts)


def test_what_the_applicant_does_on_the_spot_needs_no_word_on_counting() -> None:
    at_once = {"actor": "申请人", "do": "到窗口交材料", "limit": "当场"}
    shown = guide(time="20个工作日", steps=[at_once, {"actor": "窗口", "do": "核对", "limit": "1个工作日"}])
    assert shown.common.steps[0].facts == ("当场办结",)


def test_the_time_limit_names_each_matter_that_does_not_count_once() -> None:
    course = guide(time={"promised": "10个工作日", "excludes": ["技术评审", "整改"]}, steps=SOIL_PLAN).common
    assert dict(course.facts)["办理时限"] == ("10个工作日", "不含技术评审、整改、踏勘、公示的时间")


def test_a_case_without_a_limit_of_its_own_has_that_of_the_item() -> None:
    steps_of_case = [{"actor": "水务局", "do": "看现场", "kind": "踏勘"}, {"actor": "水务局", "do": "批复"}]
    (case,) = guide(time="10个工作日", variants=variants({"steps": steps_of_case})).variants
    assert case.steps[0].facts == ("踏勘，不算在办理时限里",)


def test_the_chart_says_of_a_box_what_does_not_count() -> None:
    flow = guide(time="10个工作日", steps=SOIL_PLAN).common.flow
    assert flow is not None
    assert flow.sheets
    assert "专家评审" in flow.sheets[0]
    assert "不算在" in flow.sheets[0]


JOINT_INSPECTION: tuple[dict[str, object], ...] = (
    {"actor": "施工单位", "do": "报验收", "kind": "申请"},
    {"actor": ["住建局", "规划局", "住建局"], "do": "到工地看", "kind": "踏勘"},
    {
        "actor": "住建局",
        "do": "汇总意见",
        "parallel": [
            {"actor": "消防大队", "do": "消防验收", "limit": "7个工作日", "document": "《消防意见》"},
            {"actor": ["人防办", "住建局"], "do": "看人防工程", "kind": "检测", "limit": "20个工作日"},
        ],
        "question": "都通过了吗？",
        "branches": [{"when": "通过", "to": "end:approved"}, {"when": "没通过", "to": "退回"}],
    },
)


def test_several_who_do_a_step_do_it_together() -> None:
    assert [line.actor for line in step_lines(public_steps(steps(*JOINT_INSPECTION)), words())] == [
        "施工单位", "住建局、规划局一起", "住建局",
    ]  # fmt: skip


def test_what_is_done_at_the_same_time_is_told_with_whose_it_is_and_how_long_each_takes() -> None:
    (*_, line) = guide(time="8个工作日", steps=JOINT_INSPECTION).common.steps
    assert [(work.actor, work.do, work.facts) for work in line.works] == [
        ("消防大队", "消防验收", ("限 7个工作日", "文书：《消防意见》")),
        ("人防办、住建局一起", "看人防工程", ("检测，限 20个工作日，不算在办理时限里",)),
    ]


def test_the_time_limit_names_what_does_not_count_of_what_is_done_at_the_same_time() -> None:
    course = guide(time="8个工作日", steps=JOINT_INSPECTION).common
    assert dict(course.facts)["办理时限"] == ("8个工作日", "不含踏勘、检测的时间")


def test_a_short_guide_names_what_is_done_at_the_same_time() -> None:
    short = sheet("short", steps=JOINT_INSPECTION).short
    assert short is not None
    assert short.steps[-1].text == "汇总意见（消防大队：消防验收；人防办、住建局一起：看人防工程（检测））"


def test_what_staff_do_is_left_out_and_the_flow_joined_over_it() -> None:
    lines = step_lines(public_steps(WITH_STAFF), words())
    assert [(line.number, line.actor, line.do) for line in lines] == [
        (1, "申请人", "交材料"), (2, "窗口", "审核"), (3, "社保所", "发钱"),
    ]  # fmt: skip
    assert lines[0].goes_to == lines[2].goes_to == ""
    assert lines[1].exits[0].goes_to == "转到第3步"


@pytest.mark.parametrize(("actors", "landscape"), [(5, False), (9, True)])
def test_charts_lie_when_their_lanes_need_the_width(actors: int, landscape: bool) -> None:
    handed_on: list[dict[str, object]] = [{"actor": f"第{n}科室", "do": "审核并移交材料"} for n in range(actors)]
    flow = flow_of(public_steps(steps(*handed_on)), words(), title="注销登记", prefix="x")

    assert flow is not None
    assert all((flow.sheets, flow.posters, flow.narrow))
    assert flow.sheets_landscape is flow.posters_landscape is landscape


def test_a_flow_branches_where_residents_can_come_out_at_different_ends() -> None:
    handed_on = steps({"actor": "申请人", "do": "交材料"}, {"actor": "窗口", "do": "审核"})
    straight = flow_of(public_steps(handed_on), words(), title="注销登记", prefix="x")
    decided = steps(
        {"actor": "窗口", "do": "审核", "branches": [{"when": "齐全", "to": "办结"}, {"when": "不齐", "to": "退回"}]},
        {"actor": "窗口", "do": "归还材料"},
    )
    branched = flow_of(public_steps(decided), words(), title="注销登记", prefix="x")
    assert straight is not None
    assert branched is not None
    assert (straight.branching, branched.branching) == (False, True)


def test_the_mark_of_a_material_stays_when_others_come_before_it() -> None:
    before = {line.name: line.mark for line in guide(materials=["照片", "户口簿"]).common.materials}  # type: ignore[union-attr]
    after = [line.mark for line in guide(materials=["表格", "户口簿", "照片", "户口簿"]).common.materials]  # type: ignore[union-attr]
    assert after[1:3] == [before["户口簿"], before["照片"]]
    assert len(set(after)) == 4


def glosses(**fields: object) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the words explained in the guide of an item, by the line below which they stand."""
    entries = [
        {"word": ["社会化退休人员", "社会化管理退休人员"], "means": "退休后由社区管理的人"},
        {"word": "退休人员", "means": "领养老金的人"},
        {"word": "下半联", "means": "单子的下半部分"},
    ]
    common, *cases = (course for one in [guide(**fields)] for course in (one.common, *one.variants))
    return dict(glosses_of(common, cases, Glossary.model_validate({"entries": entries})))


def test_a_word_is_explained_where_it_comes_up_first_and_only_there() -> None:
    found = glosses(
        eligibility=[{"any": ["是社会化管理退休人员", "是社会化退休人员"]}],
        excluded=["没有下半联的"],
        materials=[{"name": "核对证明", "seal": "下半联"}],
    )
    assert found == {
        "是社会化管理退休人员": (("社会化管理退休人员", "退休后由社区管理的人"),),
        "没有下半联的": (("下半联", "单子的下半部分"),),
    }


def test_of_words_that_begin_alike_the_longest_is_meant_and_names_of_papers_are_left_alone() -> None:
    assert glosses(
        materials=["《退休人员登记表》（下半联）"], steps=[{"actor": "退休人员", "do": "请退休人员签字"}]
    ) == {
        "《退休人员登记表》（下半联）": (("下半联", "单子的下半部分"),),
        "请退休人员签字": (("退休人员", "领养老金的人"),),
    }


def test_words_of_a_case_are_explained_in_the_case() -> None:
    found = glosses(
        variants=variants({"eligibility": ["退休人员"]}, {"materials": [{"name": "单子", "when": "有下半联"}]})
    )
    assert found == {"退休人员": (("退休人员", "领养老金的人"),), "单子": (("下半联", "单子的下半部分"),)}


def test_steps_of_staff_alone_make_no_flow() -> None:
    hidden = steps({"actor": "社保所", "do": "录入系统", "visibility": "内部"})
    assert step_lines(public_steps(hidden), words()) == ()
    assert flow_of(public_steps(hidden), words(), title="录入", prefix="x") is None


def test_staff_going_round_in_circles_do_not_hold_the_flow_up() -> None:
    looped = steps(
        {"actor": "申请人", "do": "交材料"},
        {"id": "one", "actor": "社保所", "do": "甲", "visibility": "内部", "next": "two"},
        {"id": "two", "actor": "社保所", "do": "乙", "visibility": "内部", "next": "one"},
    )
    assert [line.do for line in step_lines(public_steps(looped), words())] == ["交材料"]


def test_one_step_needs_no_chart() -> None:
    assert flow_of(public_steps(steps({"actor": "申请人", "do": "交材料"})), words(), title="申请", prefix="x") is None
