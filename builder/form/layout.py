"""How the form of an item is laid out: its sections in the usual order of a 办事指南, and the columns of its tables.

A field that is not named here stands in the last section, or in the last column: 其他.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.content.fields import Record
from builder.content.model.access import Delivery, Online
from builder.content.model.contacts import Phone
from builder.content.model.fees import Fee
from builder.content.model.item import At, Basis, Benefit, Condition, FormFile, Participant, Question, Rollout
from builder.content.model.materials import AnyOf, Material, MaterialGroup
from builder.content.model.references import Provenance
from builder.content.model.steps import Branch, Step, Work
from builder.content.model.tables import Table

# The sections with the keys of their fields. Fields of cases stand in the same order.
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("基本信息", ("name", "title", "name_en", "aliases", "summary", "department", "offices", "units", "type", "handling",
                "codes", "audiences", "topics", "scope", "status", "status_note", "cancelled_on", "replaced_by", "visibility")),
    ("谁能办", ("eligibility", "excluded", "eligibility_notes", "whom")),
    ("要带的材料", ("materials", "materials_notes", "forms")),
    ("怎么办", ("channels", "online", "steps", "visits", "appointment", "coverage", "depth")),
    ("在哪办、什么时候办", ("places", "hours", "windows", "phones")),
    ("多久办好", ("time", "quota")),
    ("收费和待遇", ("fees", "benefits", "tables")),
    ("办成以后", ("outputs", "delivery", "effects", "renewal", "next", "related")),
    ("依据、权利和监督", ("legal", "obligations", "rights", "remedy", "supervision")),
)  # fmt: skip
OF_A_CASE = ("name", "when", "replaces", "note", "id")  # what only cases have
CASES, OTHERS = "variants", "公开、核对和其他"

# What a form has whether it is known or not; of a record in several cells, only these.
USUAL: frozenset[tuple[str, ...]] = frozenset({
    ("name",), ("title",), ("summary",), ("aliases",), ("department",), ("type",), ("handling",), ("audiences",),
    ("topics",), ("eligibility",), ("excluded",), ("materials",), ("materials_notes",), ("channels",), ("steps",),
    ("places",), ("hours",), ("phones",), ("time", "promised"), ("time", "statutory"), ("fees",), ("outputs",), ("legal",),
    ("checked",), ("notes",),
})  # fmt: skip
USUAL_OF_A_CASE: frozenset[tuple[str, ...]] = frozenset({("name",), ("when",), ("materials",)})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, the keys of the cells in it, with dots between them, and its share of the width.

    A row has those cells of which its record has the fields. `labels` are those of several cells in one column, `hint`
    says what to write where the description of the field does not suit a form.
    """

    heading: str
    keys: tuple[str, ...]
    width: int
    labels: tuple[str, ...] = ()
    hint: str = ""


REST = "其他"  # the heading of the last column, with a line for each further field: 说明：…

# The tables, by what stands in them. A list of other records is one cell, with a line for each.
COLUMNS: Mapping[type[Record], tuple[Column, ...]] = {
    Condition: (Column("条件", ("text",), 100),),
    Material: (
        Column("材料名称", ("name", "ref", "group", "title"), 28, hint="材料库里有的，写库里的名称"),
        Column("形式", ("form",), 12),
        Column("份数", ("copies.original", "copies.copy"), 16, ("原件", "复印件")),
        Column("什么情况才要", ("when",), 16),
    ),
    Step: (
        Column("谁来做", ("actor",), 16),
        Column("做什么", ("do",), 33),
        Column("时限", ("limit",), 13),
    ),
    Work: (
        Column("谁来做", ("actor",), 16),
        Column("做什么", ("do",), 33),
        Column("时限", ("limit",), 13),
    ),
    Branch: (
        Column("什么情况", ("when",), 25),
        Column("转到哪一步", ("to",), 17, hint="第几步，或怎么了结"),
        Column("怎么处理", ("text",), 35),
        Column("出具什么文书", ("document",), 23),
    ),
    At: (Column("地点", ("place",), 45), Column("窗口", ("window",), 20), Column("说明", ("note",), 35)),
    Phone: (
        Column("号码", ("number",), 30),
        Column("是谁的", ("label",), 30),
        Column("什么时间有人接", ("hours",), 40),
    ),
    Fee: (
        Column("叫什么", ("name",), 20),
        Column("金额（元）", ("amount",), 15),
        Column("按什么收", ("per",), 15),
        Column("什么情况才收", ("when",), 20),
    ),
    Benefit: (
        Column("叫什么", ("name",), 20),
        Column("金额（元）", ("amount",), 15),
        Column("按什么算", ("per",), 15),
        Column("谁能领", ("who",), 20),
    ),
    Basis: (
        Column("文件", ("text", "law"), 50, hint="法规库里有的，写库里的名称"),
        Column("第几条", ("article",), 15),
        Column("条文原文", ("quote",), 35),
    ),
    FormFile: (
        Column("表格", ("title", "ref"), 45, hint="表格库里有的，写库里的名称"),
        Column("在哪里领", ("where",), 25),
        Column("份数", ("copies",), 10),
    ),
    Participant: (
        Column("单位", ("unit", "ref"), 45, hint="单位库里有的，写库里的名称"),
        Column("角色", ("role",), 20),
        Column("说明", ("note",), 35),
    ),
    Online: (Column("叫什么", ("name",), 35), Column("网址", ("url",), 35), Column("说明", ("note",), 30)),
    Delivery: (
        Column("怎么给", ("way",), 25),
        Column("领的时候带什么", ("bring",), 25),
        Column("谁能领", ("who",), 20),
    ),
    Table: (
        Column("表名", ("title",), 20),
        Column("表头", ("columns",), 25),
        Column("行", ("rows",), 40),
        Column("说明", ("note",), 15),
    ),
    Question: (Column("问", ("q",), 40), Column("答", ("a",), 60)),
    Rollout: (Column("什么时候", ("by",), 25), Column("做什么", ("task",), 75)),
    Provenance: (
        Column("文件", ("source",), 40),
        Column("在文件的哪里", ("at",), 30),
        Column("编辑备注", ("note",), 30),
    ),
}
WITH_REST = frozenset({Material, Step, Work, Fee, Benefit, FormFile, Delivery})  # the others have all fields in columns

# Records that hold records like themselves stand in one table, numbered 1, 1.1, 1.2; the key that holds them has a mark.
MARKS: Mapping[type[Record], Mapping[str, str]] = {
    Condition: {"all": "都要满足", "any": "满足其一"},
    AnyOf: {"any_of": "任选其一"},
    MaterialGroup: {"materials": "一组"},
}

# What a record holds that stands in a table of its own, after that of the record: the key, and the title of that table.
BELOW: Mapping[type[Record], Mapping[str, str]] = {Step: {"branches": "步骤的分支", "parallel": "同时办的几项"}}
ALWAYS_BELOW = frozenset({"branches"})  # also where there is none
