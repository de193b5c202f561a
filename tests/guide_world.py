"""An item's guide in a world of a few companions, and what its pages are made from."""

from __future__ import annotations

from functools import cache
from typing import Any

from site_folder import REPOSITORY

from builder.content.card import Card, card_of
from builder.content.model.companions import (
    Area,
    Audience,
    Department,
    Glossary,
    Law,
    LibraryForm,
    LibraryMaterial,
    Place,
    Source,
)
from builder.content.model.editions import Register
from builder.content.model.item import Item
from builder.content.model.kinds import Key, key
from builder.content.model.steps import Step
from builder.content.settings import Settings
from builder.content.site import Companion, collect
from builder.context import Frame, Lookup, RenderContext, Words, frame_of
from builder.context.words import read_words
from builder.guide import Guide, guide_of
from builder.render.item_guide import ItemGuide
from builder.render.page import Page, PageContext
from builder.render.pages import sheets
from builder.render.pages.sheets import SheetPlan, SheetView


@cache
def words() -> Words:
    file = "templates/locales/zh-Hans.yaml"
    return read_words(file, (REPOSITORY / file).read_bytes())


COMPANIONS = {
    ("area", "xincheng"): Area(name="天津市滨海新区新城镇", level="乡镇街道"),
    ("department", "zhongxin"): Department(name="党群服务中心", phones="022-65775272"),
    ("department", "caizheng"): Department(name="区财政局"),
    ("audience", "canjiren"): Audience(name="残疾人"),
    ("place", "dating"): Place(
        name="办事大厅", kind="办事大厅", address="新城路1号", windows=[{"name": "劳动保障窗口", "number": "3"}]
    ),
    ("place", "shequ"): Place(
        name="各社区", kind="社区", phones="67322223-110",
        branches=[{"id": f"c{n}", "name": f"第{n}社区", "phones": f"873163{n:02}"} for n in range(13)],
    ),
    ("material", "id-card"): LibraryMaterial(name="居民身份证", how="到派出所办理"),
    ("law", "baoxian-fa"): Law(title="社会保险法", status="有效"),
    ("law", "hunyu-guiding"): Law(title="流动人口规定", number="〔2016〕9号", status="已废止"),
    ("law", "hunyin-fa"): Law(
        title="婚姻法", issuer="全国人大", issued="1980-09-10", status="已废止", replaced_by="minfadian",
        status_source="《民法典》第一千二百六十条", status_date="2026-11-25",
    ),
    ("law", "minfadian"): Law(title="民法典", status="有效", status_source="公报", status_date="2026-11-25"),
    ("law", "dibao-tiaoli"): Law(title="低保条例", number="国务院令第271号", issuer="国务院"),
    ("form", "qiuzhi-dengjibiao"): LibraryForm(title="《求职登记表》", where="大厅", file="qiuzhi.docx"),
    ("form", "caijibiao"): LibraryForm(title="《采集表》", note="双面打印"),
    ("material", "dibaozheng"): LibraryMaterial(name="低保证", issuer="民政部门", note="全家一个证"),
    ("material", "yanzi-baogao"): LibraryMaterial(
        name="验资报告", source="中介机构或法定机构产生", later="10天", promise="《承诺书》"
    ),
    ("material", "huji-xinxi"): LibraryMaterial(name="户籍信息", source="部门共享，不用交", how="到派出所打印"),
    ("source", "qingdan"): Source(title="公开清单", sample="是"),
    ("source", "ji"): Source(title="便民服务指南", publisher="甲市", year="2010年版"),
    ("source", "ban"): Source(title="乙镇办事指南", publisher="乙镇"),
}  # fmt: skip


def card_named(id: str) -> Card:
    return card_of(Item(name=id), id=id, area="xincheng", file=f"content/items/xincheng/{id}.yaml")


RECORDS: dict[Key, Card | Companion[Any]] = {
    **{name: Companion(*name, file="", many=False, record=record, digest=b"") for name, record in COMPANIONS.items()},
    ("item", "shengyu-dengji"): card_named("shengyu-dengji"),
}
USES = (*RECORDS, key(Glossary, "glossary"), key(Register, "x"))


@cache
def frame() -> Frame:
    """Return the frame of a site without pages."""
    return frame_of(collect(Settings(name="测试"), ()), {}, {}, words())


def guide(**fields: object) -> Guide:
    """Return the guide of an item with these fields."""
    item = Item.model_validate({"name": "测试事项", **fields})
    return guide_of(item, "x", "xincheng", RenderContext(words(), frame(), Lookup(USES, RECORDS)))


def sheet(name: str, **fields: object) -> SheetView:
    """Return what the sheet with this name shows of an item with these fields."""
    context = RenderContext(words(), frame(), Lookup(USES, RECORDS))
    item = ItemGuide(Item.model_validate({"name": "测试事项", **fields}), "x", "xincheng", context)
    page = Page(f"print/{name}/x.html", f"print-{name}", SheetPlan("x", "xincheng", ""), USES, item="x.yaml")
    return sheets.view(page, PageContext(words(), frame(), Lookup(USES, RECORDS), item))


def steps(*fields: dict[str, object]) -> tuple[Step, ...]:
    """Return steps with these fields."""
    return tuple(Step.model_validate(one) for one in fields)


THREE_WAYS = steps(
    {"id": "submit", "actor": "申请人", "do": "交材料"},
    {
        "actor": "窗口",
        "do": "核对原件",
        "question": "材料怎么样？",
        "branches": [
            {"when": "不齐全", "to": "submit", "document": "《一次性告知单》"},
            {"when": "不真实", "to": "退回", "text": "当面退回，终止办理"},
            {"when": "齐全真实", "to": "keep"},
        ],
    },
    {"id": "keep", "actor": "窗口", "do": "留存复印件", "limit": "3个工作日"},
)

WITH_STAFF = steps(
    {"actor": "申请人", "do": "交材料"},
    {"actor": "社保所", "do": "录入系统", "visibility": "内部", "document": "内部清单"},
    {"actor": "社保所", "do": "电子版上报", "visibility": "内部"},
    {"actor": "窗口", "do": "审核", "branches": [{"when": "通过", "to": "file"}, {"when": "不通过", "to": "退回"}]},
    {"id": "file", "actor": "档案室", "do": "归档", "visibility": "内部"},
    {"actor": "社保所", "do": "发钱"},
    {"actor": "档案室", "do": "销毁底单", "visibility": "内部"},
)
