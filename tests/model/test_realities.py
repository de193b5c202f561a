"""What the documents of halls hold that a simple table of fields would lose."""

from __future__ import annotations

from decimal import Decimal

import pytest
from model_world import duration, item, record_of, wrong

from builder.content.fields import references
from builder.content.model.companions import Place
from builder.content.model.item import Benefit, Item, Role, Status, Time, Variant
from builder.content.model.materials import AnyOf, Form, Material, MaterialGroup
from builder.content.model.steps import Ending, Step, Visibility


def materials(one: Item | Variant) -> tuple[Material | AnyOf | MaterialGroup, ...]:
    assert isinstance(one.materials, tuple)
    return one.materials


def material(text: str) -> Material:
    """Return the only material of an item, written as the YAML mapping `text`."""
    (entry,) = materials(item(f"materials: [{text}]"))
    assert isinstance(entry, Material)
    return entry


def steps(one: Item | Variant) -> tuple[Step, ...]:
    assert isinstance(one.steps, tuple)
    return one.steps


# --- Variants ---------------------------------------------------------------------------------------------------------


def test_variants_have_their_own_materials_and_steps() -> None:
    """Monthly and lump-sum benefit."""
    one = item(
        """
        time: 即时办理
        variants:
          - id: monthly
            name: 按月领取
            materials: [就业失业登记证, id-card, {name: 一寸照片, form: 照片, copies: 1}]
            steps: [{actor: 失业人员, do: 到社保所申领}]
          - id: lump-sum
            name: 一次性领取
            replaces: materials
            materials: [营业执照副本, {any_of: [经营场地产权证明, 租赁协议]}]
            steps: [{actor: 失业人员, do: 办理就业登记}, {actor: 社保所, do: 复核}]
        """
    )
    monthly, lump_sum = one.variants
    assert [len(materials(variant)) for variant in one.variants] == [3, 2]
    assert [len(steps(variant)) for variant in one.variants] == [1, 2]
    assert (monthly.replaces, lump_sum.replaces) == ((), ("materials",))
    assert (monthly.time, monthly.fees) == (None, None)  # what a variant does not say is as with the item


def test_each_variant_may_rest_on_grounds_of_its_own() -> None:
    """Two complete small guides within one."""
    one = item(
        """
        variants:
          - {id: shangcan, name: 伤残, legal: [shangcan-fangan, {text: 扶助制度, article: 第六条}]}
          - {id: siwang, name: 死亡, legal: 无}
          - {id: qita, name: 其他}
        """
    )
    assert [variant.legal for variant in one.variants][1:] == ["none", None]
    assert [to for _, _, to in references(one)] == ["shangcan-fangan"]


def test_a_first_and_a_later_application_differ() -> None:
    one = item(
        """
        materials: [id-card]
        variants:
          - {id: first, name: 首次缴费, materials: [{name: 一寸照片, form: 照片, copies: 2}]}
          - {id: later, name: 延续参保, materials: [以前年度缴费收据]}
        """
    )
    assert materials(one) == (Material(ref="id-card"),)
    assert materials(one.variants[1]) == (Material(name="以前年度缴费收据"),)


def test_a_variant_replaces_only_what_it_may() -> None:
    assert wrong("variants: [{id: a, name: 甲, replaces: steps}]").path == ("variants", 0, "replaces")


# --- Materials --------------------------------------------------------------------------------------------------------


def test_lists_of_materials_nest() -> None:
    """Thirteen proofs under the fourth of the materials, some with proofs of their own."""
    entries = materials(
        item(
            """
            materials:
              - 书面申请书
              - 居民户口簿
              - group: 相关证明材料
                materials:
                  - {name: 残疾证, form: 复印件, when: 残疾人}
                  - group: 子女材料
                    when: 有子女的
                    materials: [户口证明, {any_of: [离婚证, 离婚判决书]}]
            """
        )
    )
    group = entries[2]
    assert isinstance(group, MaterialGroup)
    inner = group.materials[1]
    assert isinstance(inner, MaterialGroup)
    assert isinstance(inner.materials[1], AnyOf)
    assert inner.when == "有子女的"


def test_a_proof_may_need_several_seals() -> None:
    receipt = material("{name: 医保收据, seal: [现金收讫章, 急诊章, 门诊全额垫付章]}")
    assert receipt.seal == ("现金收讫章", "急诊章", "门诊全额垫付章")


def test_original_and_copies_are_counted_apart() -> None:
    """Originals of all, copies of the second to the fifth."""
    entry = material("{ref: id-card, form: [原件, 复印件], copies: {original: 1, copy: 2}, pages: 正反面}")
    assert entry.copies is not None
    assert (entry.copies.original, entry.copies.copy_) == (1, 2)
    assert entry.form == (Form.ORIGINAL, Form.COPY)
    assert entry.pages == ("正反面",)


def test_an_electronic_photo_has_a_size_a_format_and_a_limit() -> None:
    upper = material("{name: 照片, form: 电子版, spec: {size: 1寸, format: JPG, kb_max: 120}}").spec
    both = material("{name: 照片, form: 电子版, spec: {pixels: 358×441, kb_min: 9, kb_max: 20, background: 白底}}").spec
    assert upper is not None
    assert both is not None
    assert (upper.kb_min, upper.kb_max) == (None, 120)
    assert (both.kb_min, both.kb_max, both.background) == (9, 20, "白底")


def test_the_least_size_is_not_above_the_greatest() -> None:
    assert "写反" in wrong("materials: [{name: 照片, spec: {kb_min: 20, kb_max: 9}}]").hint


def test_a_proof_names_its_issuer_its_age_and_who_need_not_bring_it() -> None:
    proof = material("{name: 公积金缴存证明, issuer: 公积金中心, validity: 近半年, when: 单身、未婚的不用, form: 原件}")
    assert proof.validity == duration("半年")
    assert (proof.issuer, proof.when) == ("公积金中心", "单身、未婚的不用")


def test_a_form_is_filled_in_several_times() -> None:
    """In three copies."""
    entry = material("{name: 注销登记审批表, form: 表格, copies: 3, seal: [申请人签字, 村居委会盖章]}")
    assert entry.copies is not None
    assert entry.copies.copy_ == 3


def test_seen_in_the_original_kept_as_a_copy() -> None:
    assert material("{name: 户口本, form: 原件核对, returned: 是}").form == (Form.CHECKED,)


def test_one_of_several_proofs_is_enough() -> None:
    (entry,) = materials(item("materials: [{title: 身份材料, any_of: [id-card, 就业失业登记证]}]"))
    assert isinstance(entry, AnyOf)
    assert entry.any_of == (Material(ref="id-card"), Material(name="就业失业登记证"))


def test_a_choice_of_one_is_no_choice() -> None:
    assert wrong("materials: [{any_of: [id-card]}]").code == "S104"


def test_a_demand_on_the_whole_list_stands_with_the_list() -> None:
    assert item("materials_notes: 复印件都用A4纸").materials_notes == ("复印件都用A4纸",)


def test_conditions_nest_and_say_who_is_excluded() -> None:
    one = item(
        """
        eligibility:
          - text: 满足其一
            any:
              - 本市户籍
              - {all: [外地户籍, 在本区定居]}
        excluded: [产权属于子女, 小产权]
        """
    )
    assert isinstance(one.eligibility, tuple)
    assert [len(part.all) for part in one.eligibility[0].any] == [0, 2]
    assert len(one.excluded) == 2


def test_a_condition_says_something_and_one_thing() -> None:
    assert "是空的" in wrong("eligibility: [{text: ''}]").hint
    assert "分成两条" in wrong("eligibility: [{all: [甲], any: [乙]}]").hint


# --- Steps ------------------------------------------------------------------------------------------------------------


def test_one_check_has_three_results() -> None:
    check = steps(
        item(
            """
            steps:
              - {id: submit, actor: 申请人, do: 交材料}
              - actor: 窗口
                do: 核对原件
                question: 材料怎么样？
                branches:
                  - {when: 不齐全, to: submit, text: 补齐材料}
                  - {when: 不真实, to: 退回, text: 终止办理}
                  - {when: 齐全真实, to: keep}
              - {id: keep, actor: 窗口, do: 留存复印件}
            """
        )
    )[1]
    assert [branch.to for branch in check.branches] == ["submit", Ending.RETURNED, "keep"]


def test_each_step_has_its_actor_its_limit_and_its_notice() -> None:
    """35 working days are 5 and 20 (15, with 7 days of notice in them, and 5) and 10."""
    one = item(
        """
        time: {promised: 35个工作日, starts: 材料齐备之日起}
        steps:
          - {actor: 社区, do: 登记和评议, limit: 5个工作日}
          - {actor: 社保所, do: 受理和核查, limit: 15个工作日, publicity: 7天}
          - {actor: 民政科, do: 审核, limit: 5个工作日}
          - {actor: 区民政局, do: 办结, limit: 10个工作日}
        """
    )
    assert isinstance(one.time, Time)
    assert one.time.promised is not None
    limits = [step.limit.workdays or 0 for step in steps(one) if step.limit]
    assert sum(limits) == one.time.promised.workdays == 35
    notice = steps(one)[1].publicity
    assert notice is not None
    assert notice.lasts == duration("7天")


def test_mediation_succeeds_or_goes_to_another_office() -> None:
    (step,) = steps(
        item(
            """
            steps:
              - actor: 调解员
                do: 调解
                question: 调解成了吗？
                branches:
                  - {when: 调解成, to: end, document: 调解协议}
                  - {when: 调解不成, to: end:referred, text: 到仲裁委员会申请仲裁}
            """
        )
    )
    assert [branch.to for branch in step.branches] == [Ending.DONE, Ending.REFERRED]


def test_what_staff_do_is_marked_as_theirs() -> None:
    """Files sent on by staff."""
    seen = steps(item("steps: [{actor: 社保所, do: 上报电子版, visibility: 内部, limit: 20天}]"))
    assert seen[0].visibility is Visibility.STAFF


# --- The item as a whole ----------------------------------------------------------------------------------------------


def test_an_item_may_be_for_staff_alone() -> None:
    assert item("visibility: 内部").visibility is Visibility.STAFF


def test_a_cancelled_item_names_what_came_after_it() -> None:
    gone = item("status: 已取消\nreplaced_by: shengyu-dengji\ncancelled_on: 2016-01-01\nstatus_note: 婚育证不再办理")
    assert gone.status is Status.CANCELLED
    assert list(references(gone)) == [(("replaced_by",), "item", "shengyu-dengji")]


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        ("[{unit: 塘沽社险分中心, role: 牵头}, {unit: 党群服务中心, role: 配合}]", [Role.LEAD, Role.ASSIST]),
        ("[{unit: 我中心, role: 办理}, {unit: 区人社局, role: 审批}]", [Role.HANDLE, Role.APPROVE]),
        ("[{unit: 民政局, role: 出资}, {ref: zhongxin, role: handle}]", [Role.FUND, Role.HANDLE]),
    ],
)
def test_units_share_the_work_by_role(written: str, roles: list[Role]) -> None:
    assert [unit.role for unit in item(f"units: {written}").units] == roles


def test_a_unit_is_named() -> None:
    assert "unit（单位名称）" in wrong("units: [{role: 牵头}]").hint


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "{amount: 30, per: 平方米, cap: 最高60平方米}",
            Benefit(amount=30, per="平方米", cap="最高60平方米"),
        ),
        ("{percent: 80, of: 医疗费用}", Benefit(percent=80, of="医疗费用")),
        ("{amount: 601, per: 人, who: 年满80周岁}", Benefit(amount=601, per="人", who="年满80周岁")),
        (
            "{amount: 15, per: 平方米, cap: 最高60平方米}",
            Benefit(amount=15, per="平方米", cap="最高60平方米"),
        ),
        ("{amount: 5000, cap: 最高10000元, per: 年}", Benefit(amount=5000, cap="最高10000元", per="年")),
    ],
)
def test_benefits_have_a_measure_and_a_cap(written: str, expected: Benefit) -> None:
    assert item(f"benefits: {written}").benefits == (expected,)


def test_a_benefit_says_how_much() -> None:
    assert "amount（金额）" in wrong("benefits: {name: 补贴}").hint
    assert "percent（比例）" in wrong("benefits: {amount: 30, of: 医疗费用}").hint
    assert "cap（上限）" in wrong("benefits: {note: 一次性发放, per: 人}").hint


def test_the_rest_is_helped_at_another_rate() -> None:
    """80 per cent, and 50 per cent of what then remains."""
    first, second = item("benefits: [{percent: 80, of: 医疗费用}, {percent: 50, of: 剩余部分}]").benefits
    assert [first.percent, second.percent] == [Decimal(80), Decimal(50)]


COMMUNITIES = ("双龙南里", "百子湾西", "东郊", "平乐园", "南新园", "紫南家园", "欢乐谷", "百子湾东", "山水文园", "赛洛城", "百子湾北",
               "广百西路", "世纪东方城")  # fmt: skip


def test_the_phones_of_the_communities_are_kept_once() -> None:
    """Thirteen numbers, which two items now refer to."""
    branches = "".join(
        f"\n  - {{id: c{n}, name: {name}社区, phones: 873163{n:02}}}" for n, name in enumerate(COMMUNITIES)
    )
    place = record_of(Place, f"name: 各社区\nkind: 社区\nphones: 67322223-110\nbranches:{branches}")
    first, second = (item(f"summary: {summary}\nplaces: gezhe-shequ") for summary in ("一孩", "再生育"))

    assert [branch.name for branch in place.branches] == [f"{name}社区" for name in COMMUNITIES]
    assert place.branches[12].phones[0].number == "87316312"
    assert list(references(first)) == list(references(second)) == [(("places", 0, "place"), "place", "gezhe-shequ")]


def test_the_plan_of_an_extension_is_kept() -> None:
    one = item(
        "phase: 第一批新增延伸\nrollout: [{by: 8月, task: 编制业务标准}, {by: 9月, task: 上线运行}]\noffices: 公共业务科"
    )
    assert [step.by for step in one.rollout] == ["8月", "9月"]
    assert one.offices == ("公共业务科",)


def test_what_takes_effect_later_is_said() -> None:
    assert item("effects: [48小时后生效, 参保后3至6个月领卡]").effects == ("48小时后生效", "参保后3至6个月领卡")
