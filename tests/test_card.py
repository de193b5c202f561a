import pytest
from builder.content.card import Card, card_of, missing_elements, pinyin
from builder.content.model.item import Item


def item(**fields: object) -> Item:
    return Item.model_validate({"name": "失业登记", **fields})


def card(**fields: object) -> Card:
    return card_of(item(**fields), id="shiye-dengji", area="xincheng", file="content/items/xincheng/shiye-dengji.yaml")


def variants(*fields: dict[str, object]) -> list[dict[str, object]]:
    return [{"id": f"v{n}", "name": f"情形{n}", **one} for n, one in enumerate(fields)]


def test_is_known_by_its_id_and_stands_at_its_address() -> None:
    one = card()
    assert (one.key, one.url) == (("item", "shiye-dengji"), "items/shiye-dengji.html")


def test_shows_the_plain_title_and_falls_back_to_the_name() -> None:
    assert card(title="领取失业登记证").title == "领取失业登记证"
    assert card().title == "失业登记"


@pytest.mark.parametrize(
    ("status", "visibility", "public", "active"),
    [
        ("在办", "公开", True, True),
        ("暂停", "公开", True, False),
        ("已取消", "公开", True, False),  # its address stays
        ("草稿", "公开", False, False),
        ("在办", "内部", False, True),
    ],
)
def test_tells_what_residents_may_see_and_what_is_in_force(
    status: str, visibility: str, public: bool, active: bool
) -> None:
    one = card(status=status, visibility=visibility)
    assert (one.public, one.active) == (public, active)


@pytest.mark.parametrize(
    ("time", "short"),
    [
        (None, ""),
        ("无", "没有规定时限"),
        ("不适用", "不涉及时限"),
        ("15个工作日", "15个工作日"),
        ({"promised": "5个工作日", "statutory": "7个工作日"}, "5个工作日"),
        ({"statutory": "7个工作日"}, "7个工作日"),
        ({"note": "按当年文件执行"}, "按当年文件执行"),
    ],
)
def test_tells_how_long_in_a_few_words(time: object, short: str) -> None:
    assert card(time=time).time == short


@pytest.mark.parametrize(
    ("fees", "short"),
    [
        (None, ""),
        ("无", "不收费"),
        ("不适用", "不涉及收费"),
        ({"amount": "9", "per": "对"}, "每对9元"),
        ({"amount": "10.50"}, "10.50元"),
        ({"amount": "400", "who": "不符合免费条件的"}, "部分人400元"),
        (
            [{"amount": "60", "per": "人每年", "who": "学生"}, {"amount": "300", "per": "人每年", "who": "成人"}],
            "每人每年60元或300元",
        ),
        ([{"amount": "5", "note": "工本费"}, {"amount": "20", "note": "检测费"}], "5元、20元"),
        ({"name": "工本费"}, "收工本费"),  # no amount
    ],
)
def test_tells_what_it_costs_in_a_few_words(fees: object, short: str) -> None:
    assert card(fees=fees).fee == short


def test_speaks_for_all_cases_only_when_they_agree() -> None:
    assert card(variants=variants({"time": "当场"}, {"time": "当场"})).time == "当场办结"
    assert card(variants=variants({"time": "当场"}, {"time": "30天"})).time == "时限看情形"
    assert card(variants=variants({"time": "当场"}, {})).time == "时限看情形"
    assert card(time="30天", variants=variants({}, {})).time == "30天"
    assert card(time="30天", variants=variants({"time": "当场"}, {})).time == "时限看情形"
    assert card(variants=variants({}, {})).time == ""


def test_stands_in_pinyin_order_under_its_letter() -> None:
    titles = ["养老认证", "失业登记", "办残疾人证", "12345热线"]
    cards = sorted((card(title=title) for title in titles), key=lambda one: one.order)
    assert [(one.title, one.initial) for one in cards] == [
        ("12345热线", "#"),
        ("办残疾人证", "B"),
        ("失业登记", "S"),
        ("养老认证", "Y"),
    ]
    assert pinyin("失业") == "shi ye"


def test_names_what_it_refers_to_once_with_its_area() -> None:
    one = card(materials=["id-card", "id-card"], department="shebaosuo", related=["yanglao"])
    refers_to = {("area", "xincheng"), ("department", "shebaosuo"), ("item", "yanglao"), ("material", "id-card")}
    assert set(one.references) == refers_to
    assert len(one.references) == 4


@pytest.mark.parametrize("field", ["title", "summary", "time", "department"])
def test_its_digest_changes_with_what_it_shows(field: str) -> None:
    assert card(**{field: "当场" if field == "time" else "jia"}).digest != card().digest


def test_its_digest_does_not_change_with_what_it_does_not_show() -> None:
    assert card(body="正文", notes="备注").digest == card().digest


def test_misses_every_element_that_nobody_stated() -> None:
    assert len(missing_elements(item())) == 10


def test_a_statement_that_there_is_none_is_a_statement() -> None:
    assert "收费标准" not in missing_elements(item(fees="无"))
    assert "设定依据" not in missing_elements(item(legal="不适用"))


@pytest.mark.parametrize(
    ("fields", "element"),
    [
        ({"legal": "shehui-baoxian-fa"}, "设定依据"),
        ({"eligibility": "有本市户籍"}, "申请条件"),
        ({"materials": "id-card"}, "办理材料"),
        ({"steps": {"actor": "申请人", "do": "申请"}}, "办理流程"),
        ({"time": "当场"}, "办理时限"),
        ({"phones": "12345"}, "联系电话"),
    ],
)
def test_an_element_may_come_from_one_case(fields: dict[str, object], element: str) -> None:
    assert element not in missing_elements(item(variants=variants(fields)))
    assert element in missing_elements(item(variants=variants({})))
