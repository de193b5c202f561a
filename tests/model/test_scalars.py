import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_world import item, read, record_of, wrong

from builder.content.fields import Absence, Choice, Record
from builder.content.model import companions, quantities
from builder.content.model import item as items
from builder.content.model.contacts import Phone
from builder.content.model.fees import Fee
from builder.content.model.item import Channel, FormFile, Item, Output, Role, Status, Time
from builder.content.model.materials import Form, Material
from builder.content.model.steps import Ending, Visibility

CHOICES = [
    choice
    for module in (companions, items, quantities)
    for choice in vars(module).values()
    if isinstance(choice, type) and issubclass(choice, Choice) and choice is not Choice
]


@pytest.mark.parametrize("text", ["no", "8:30", "0012", "1e3", "null and void", "2026-13-45", "~是", "0x1F"])
def test_text_stays_the_text_that_was_written(text: str) -> None:
    assert item(f"summary: {text}").summary == text


def test_yes_and_no_are_truths_only_where_a_truth_is_meant() -> None:
    entries = item("materials: [{name: 甲, returned: 是, optional: no, note: no}]").materials
    assert isinstance(entries, tuple)
    (material,) = entries
    assert isinstance(material, Material)
    assert (material.returned, material.optional, material.note) == (True, False, "no")


def test_a_truth_is_yes_or_no() -> None:
    finding = wrong("materials: [{name: 甲, returned: 也许}]")
    assert finding.path == ("materials", 0, "returned")
    assert "是 或 否" in finding.hint


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2026-13-45", "没有这一天"),
        ("2026-02-30", "没有这一天"),
        ("2026-1-3", "改成 2026-01-03"),
        ("2026年11月3日", "改成 2026-11-03"),
        ("20261103", "改成 2026-11-03"),
        ("86400", "写成 2026-11-03"),  # not the second of January 1970
    ],
)
def test_refuses_what_is_no_date_with_a_clear_word(text: str, advice: str) -> None:
    finding = wrong(f"checked: {text}")
    assert (finding.code, finding.path) == ("S107", ("checked",))
    assert "核对日期" in finding.says
    assert advice in finding.hint


def test_reads_a_date() -> None:
    assert str(item("checked: 2026-11-03").checked) == "2026-11-03"


@pytest.mark.parametrize("amount", ["-1", "1,00", "九元", "NaN", "Infinity", "10000000"])
def test_refuses_what_is_no_amount(amount: str) -> None:
    assert wrong(f"fees: [{{amount: '{amount}'}}]").path == ("fees", 0, "amount")


@pytest.mark.parametrize("choice", CHOICES)
def test_chinese_and_english_values_mean_the_same(choice: type[Choice]) -> None:
    assert all(choice.of(member.label) is choice.of(member.value) is member for member in choice)
    assert len({member.label for member in choice}) == len(choice)


@pytest.mark.parametrize("choice", CHOICES)
def test_a_name_belongs_to_one_choice(choice: type[Choice]) -> None:
    assert len(set(choice.written())) == len(choice.written())


def test_a_choice_may_be_called_what_editors_call_it() -> None:
    one = item("channels: [小程序, 自助机]\nunits: [{unit: 县林业局, role: 主办}, {unit: 市局, role: 核准}]")
    assert one.channels == (Channel.APP, Channel.SELF_SERVICE)
    assert [unit.role for unit in one.units] == [Role.LEAD, Role.DECIDE]


@pytest.mark.parametrize("choice", CHOICES)
def test_an_unknown_value_is_answered_with_those_there_are(choice: type[Choice]) -> None:
    with pytest.raises(ValueError, match="只能从这些里选") as refused:
        choice.of("没有这种")
    assert all(member.label in str(refused.value) for member in choice)


@given(st.sampled_from(Ending))
def test_a_branch_may_name_its_ending_in_chinese(ending: Ending) -> None:
    step = f"{{actor: 窗口, do: 核对, branches: [{{when: 甲, to: {ending.label}}}], next: {ending.value}}}"
    steps = item(f"steps: [{step}]").steps
    assert isinstance(steps, tuple)
    assert steps[0].branches[0].to == steps[0].next == ending.value


def test_status_and_visibility_in_either_language() -> None:
    assert item("status: 已取消\nvisibility: staff").status is Status.CANCELLED
    assert item("status: draft\nvisibility: 内部").visibility is Visibility.STAFF


def test_a_bare_text_stands_for_the_field_that_matters() -> None:
    one = item(
        """
        places: minzheng-dating
        phones: 022-65775272
        legal: [shehui-jiuzhu, 《关于就业工作的通知》]
        outputs: 《就业失业登记证》
        forms: 《临时救助申请表》
        windows: 每周一
        renewal: 每年年检一次
        eligibility: 有本市户籍
        time: 当日
        """
    )
    assert one.places[0].place == "minzheng-dating"
    assert one.phones == (Phone(number="022-65775272"),)
    assert isinstance(one.legal, tuple)
    assert [(basis.law, basis.text) for basis in one.legal] == [("shehui-jiuzhu", ""), (None, "《关于就业工作的通知》")]
    assert one.outputs == (Output(name="《就业失业登记证》"),)
    assert one.forms == (FormFile(title="《临时救助申请表》"),)
    assert one.renewal is not None
    assert one.renewal.rule == "每年年检一次"


def test_a_bare_material_is_an_id_or_a_name() -> None:
    entries = item("materials: [id-card, 居民户口簿]").materials
    assert entries == (Material(ref="id-card"), Material(name="居民户口簿"))


def test_a_bare_number_of_copies_counts_the_copies() -> None:
    entries = item("materials: [{name: 甲, form: 复印件, copies: 2}]").materials
    assert isinstance(entries, tuple)
    (material,) = entries
    assert isinstance(material, Material)
    assert material.copies is not None
    assert (material.copies.original, material.copies.copy_, material.form) == (None, 2, (Form.COPY,))


# --- Unknown, none, not applicable ------------------------------------------------------------------------------------

STATED = {
    "eligibility": "有本市户籍",
    "materials": "id-card",
    "steps": "{actor: 申请人, do: 申请}",
    "time": "当场",
    "fees": "{amount: 9, per: 对}",
    "outputs": "社会保障卡",
    "forms": "申请表",
    "legal": "shehui-baoxian-fa",
}


@pytest.mark.parametrize("field", STATED)
def test_not_known_none_and_not_applicable_are_three_things(field: str) -> None:
    values = [
        getattr(item(text), field) for text in ("", f"{field}: 无", f"{field}: 不适用", f"{field}: {STATED[field]}")
    ]
    assert values[:3] == [None, Absence.NONE, Absence.NOT_APPLICABLE]
    assert isinstance(values[3], (tuple, Time))


@pytest.mark.parametrize("field", STATED)
def test_a_key_with_nothing_behind_it_is_not_known(field: str) -> None:
    """A label without text."""
    assert getattr(item(f"{field}:"), field) is None


@pytest.mark.parametrize("word", ["无", "none", "不收费", "免费"])
def test_free_may_be_said_in_the_words_of_the_trade(word: str) -> None:
    assert item(f"fees: {word}").fees is Absence.NONE


def test_open_to_all_is_no_condition() -> None:
    assert item("eligibility: 不限").eligibility is Absence.NONE
    assert item("materials: 不需要").materials is Absence.NONE


def test_absent_is_a_word_of_its_own_not_one_of_a_list() -> None:
    assert wrong("fees: [无]").path == ("fees", 0)


def test_a_fee_has_an_amount_or_at_least_a_name() -> None:
    assert item("fees: [{name: 工本费}]").fees == (Fee(name="工本费"),)
    finding = wrong("fees: [{who: 补办的人}]")
    assert finding.path == ("fees", 0)
    assert "不知道收多少的，写 name" in finding.says + finding.hint


def test_fees_differ_by_age() -> None:
    fees = item(
        """
        fees:
          - {amount: 60, per: 人每年, who: 在校学生和未满18周岁的}
          - {amount: 300, per: 人每年, who: 满18周岁的城镇居民}
        """
    ).fees
    assert isinstance(fees, tuple)
    assert [fee.amount.least for fee in fees if fee.amount] == [60, 300]
    assert all(isinstance(fee, Fee) for fee in fees)


@pytest.mark.parametrize(
    "number",
    ["022-65775272", "010-67322223-110", "67322223-540", "12345", "13812345678", "400-810-1234", "0476-8888888"],
)
def test_takes_every_kind_of_phone_number(number: str) -> None:
    assert item(f"phones: {number}").phones[0].number == number


@pytest.mark.parametrize("number", ["0476-", "转110", "1234"])
def test_refuses_half_a_phone_number_with_advice(number: str) -> None:
    """Stops after the area code."""
    finding = wrong(f"phones: {number}")
    assert finding.code == "S105"
    assert "022-65775272" in finding.hint


def test_an_unknown_field_is_answered_with_its_name() -> None:
    assert wrong("材料: [甲]").code == "S101"


RECORDS = [
    record
    for module in (companions, items, quantities)
    for record in vars(module).values()
    if isinstance(record, type) and issubclass(record, Record) and record is not Record
]


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_of_every_record_has_a_chinese_label(record: type[Record]) -> None:
    assert [name for name, field in record.model_fields.items() if (field.title or "a").isascii()] == []


def test_the_least_item_is_a_name() -> None:
    assert record_of(Item, "name: 失业登记").name == "失业登记"
    assert read(Item, "title: 失业登记")[1][0].code == "S102"
