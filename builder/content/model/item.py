"""The service item (事项): everything a guide says, declared once.

Sources of the fields: the five seed genres (公开事项清单, 职责事项信息表, 延伸清单, 服务指南) and the element list of the
national implementation catalogue (GB/T 39554). Every field may be absent: absent means *not known*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from builder.content.fields import (
    FILE_NAME,
    LINE_LIMIT,
    Choice,
    Day,
    ForEditors,
    Line,
    Many,
    MarkdownText,
    PastDay,
    Quoted,
    Record,
    Slug,
    Stated,
    Text,
    listed,
    refuse_pairs,
)
from builder.content.model.access import Appointment, Coverage, Delivery, Online, Quota, Visits
from builder.content.model.amounts import Amount, Percent
from builder.content.model.contacts import Hours, Phone, Supervision
from builder.content.model.disclosure import Disclosure
from builder.content.model.fee_slips import advice_on_fees
from builder.content.model.fees import Fee
from builder.content.model.materials import Material, MaterialEntry, in_order
from builder.content.model.quantities import (
    ApplicationPeriod,
    Duration,
    Limit,
    Route,
    routes,
    validities,
    validity_parts,
)
from builder.content.model.references import (
    AudienceRef,
    DepartmentRef,
    FormRef,
    ItemRef,
    LawRef,
    MaterialRef,
    PlaceRef,
    Provenance,
    TopicRef,
    ref_or,
)
from builder.content.model.steps import Step, Visibility
from builder.content.model.tables import Table
from builder.content.model.whom import Whom
from builder.support.diagnostics import KeyPath

# --- Closed lists ----------------------------------------------------------------------------------------------------


class ItemType(Choice):
    """事项类型, as the national catalogue divides them."""

    LICENCE = "licence", "行政许可"
    BENEFIT = "benefit", "行政给付"
    CONFIRMATION = "confirmation", "行政确认"
    REWARD = "reward", "行政奖励"
    ADJUDICATION = "adjudication", "行政裁决"
    OTHER_POWER = "other-power", "其他行政权力"
    PUBLIC_SERVICE = "public-service", "公共服务"


class HandlingType(Choice):
    """办件类型."""

    INSTANT = "instant", "即办件"
    PROMISED = "promised", "承诺件"


class Status(Choice):
    """Where an item is in its life. Drafts are not published; a cancelled item keeps its address."""

    DRAFT = "draft", "草稿"
    ACTIVE = "active", "在办"
    SUSPENDED = "suspended", "暂停"
    CANCELLED = "cancelled", "已取消"


class Role(Choice):
    """What a unit does in an item."""

    LEAD = "lead", "牵头", "主办"
    ASSIST = "assist", "配合", "协办", "协助"
    GUIDE = "guide", "指导", "主管"
    AGENT = "agent", "代办"
    ACCEPT = "accept", "受理"
    HANDLE = "handle", "办理", "承办"
    FIRST_REVIEW = "first-review", "初审"
    REVIEW = "review", "审核", "审查"
    REEXAMINE = "re-examine", "复审", "复核"
    APPROVE = "approve", "审批"
    DECIDE = "decide", "决定", "核准"
    ISSUE = "issue", "发证", "制证"
    FUND = "fund", "出资"
    PAY = "pay", "发放"
    SUPERVISE = "supervise", "监督"


class Channel(Choice):
    """By what way one can apply."""

    WINDOW = "window", "窗口办理", "现场办理", "大厅办理", "线下办理", "线下"
    COMMUNITY = "community", "社区办理"
    ONLINE = "online", "网上办理", "线上办理", "线上", "网办"
    APP = (
        "app",
        "手机办理",
        "手机应用",
        "手机App",
        "手机APP",
        "App",
        "APP",
        "小程序",
        "微信小程序",
        "微信公众号",
        "掌上办理",
    )
    SELF_SERVICE = "self-service", "自助终端办理", "自助终端", "自助机", "自助办理"
    BANK = "bank", "银行代办"
    PROXY = "proxy", "可以代办"
    MAIL = "mail", "邮寄办理"
    VISIT = "visit", "上门办理"
    PHONE = "phone", "电话办理"


IN_PERSON = {Channel.WINDOW, Channel.COMMUNITY, Channel.BANK}  # those for which one goes somewhere
ONLINE_CHANNELS = (Channel.ONLINE, Channel.APP)  # those that have an entrance, which `Procedure.online` states


# --- Small records ---------------------------------------------------------------------------------------------------


class Participant(Record):
    """参与单位和它的角色（职责边界）。"""

    unit: str = Field("", title="单位名称", description="单位库里没有的单位写名称", max_length=60)
    ref: DepartmentRef | None = Field(None, title="单位编号", description="单位库（departments）里的编号")
    role: Role = Field(title="角色", description="如 牵头、配合、受理、初审、审核、审批、决定")
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _is_named(self) -> Participant:
        if not self.unit and not self.ref:
            raise ValueError("参与单位要写 unit（单位名称）或 ref（单位库里的编号）")
        return self


class Condition(Record):
    """申请条件：一句话，或“都要满足”（all），或“满足其一”（any），可以套几层。"""

    shorthand: ClassVar[str] = "text"

    text: str = Field("", title="条件", description="一句话；有下级条件时是它们的说明")
    all: Many[Condition] = Field((), title="都要满足")
    any: Many[Condition] = Field((), title="满足其一")

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not (self.text or self.all or self.any):
            raise ValueError("条件是空的：写一句话，或写 all（都要满足）、any（满足其一）")
        if self.all and self.any:
            raise ValueError("all 和 any 不能写在同一条里，请分成两条")
        return self


class Extension(Record):
    """延长：什么情况，经谁批准，可以延长多久。可以只写延长多久。"""

    shorthand: ClassVar[str] = "by"

    by: Limit | None = Field(None, title="延长多久", description="如 10个工作日")
    to: Limit | None = Field(None, title="延长到多久", description="从头算起，如 30个工作日")
    approver: str = Field("", title="谁批准", description="如 本机关负责人", max_length=40)
    why: str = Field("", title="什么情况", description="如 情况复杂的", max_length=60)

    @model_validator(mode="before")
    @classmethod
    def _phrase(cls, raw: object) -> object:
        if not isinstance(raw, str):
            return raw
        if re.search("经|批准|（", raw):
            raise ValueError("分开写，如 {by: 10个工作日, approver: 本机关负责人, why: 情况复杂的}；延长到多久写 to")
        match = re.fullmatch(r"(?:可以?|最多)?(?:再)?延长(至|到)?(.+)", raw.strip())
        return {"to" if match[1] else "by": match[2]} if match else raw

    @model_validator(mode="after")
    def _says_how_long(self) -> Extension:
        if (self.by is None) == (self.to is None):
            raise ValueError("by（延长多久）和 to（延长到多久）写一样")
        return self


class Time(Record):
    """办理时限。可以只写承诺时限。"""

    shorthand: ClassVar[str] = "promised"

    promised: Limit | None = Field(None, title="承诺时限", description="本单位承诺多久办好")
    statutory: Limit | None = Field(None, title="法定时限", description="法律规定最长多久")
    starts: str = Field("", title="从什么时候算起", description="如 受理之日起", max_length=40)
    excludes: Many[Line] = Field(
        (), title="哪些时间不算在内", description="如 公示、鉴定；步骤写了环节（kind）的，这里不用再写"
    )
    extension: Extension | None = Field(None, title="能不能延长", description="如 10个工作日；谁批准、什么情况分开写")
    note: str = Field("", title="说明", max_length=120)

    @model_validator(mode="after")
    def _is_extended(self) -> Time:
        to = self.extension.to if self.extension else None
        if to and self.promised and not to.is_longer_than(self.promised) and to.unit is self.promised.unit:
            raise ValueError(f"延长到 {to}，要比承诺时限（{self.promised}）长；意思是再加 {to} 的，写 by")
        return self


class Benefit(Record):
    """能领到多少：补贴、补助的标准和上限。"""

    name: str = Field("", title="叫什么", max_length=40)
    amount: Amount | None = Field(None, title="金额（元）", ge=0, le=10_000_000)
    percent: Percent | None = Field(None, title="比例（%）", ge=0, le=100)
    of: str = Field("", title="以什么为基数", description="写比例时用，如 缴费金额", max_length=40)
    per: str = Field("", title="按什么算", description="如 平方米、人、月", max_length=20)
    cap: str = Field("", title="上限", description="如 最高60平方米、最高2000元", max_length=60)
    lasts: Limit | None = Field(None, title="最多领多久")
    who: str = Field("", title="谁能领", max_length=60)
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _says_how_much(self) -> Benefit:
        if self.amount is None and self.percent is None and not self.note and not self.cap:
            raise ValueError("要写 amount（金额）、percent（比例）、cap（上限）或 note（说明）中的一样")
        if self.of and self.percent is None:
            raise ValueError("写了 of（以什么为基数），还要写 percent（比例）")
        if self.per and self.amount is None and self.percent is None and not self.cap:
            raise ValueError("写了 per（按什么算），还要写 amount（金额）、percent（比例）或 cap（上限）")
        return self


class Validity(Record):
    """有效期：谁的有效多久。人人一样的，只写时长；也可以写成一句，如 未满16周岁的5年。"""

    shorthand: ClassVar[str] = "lasts"
    in_braces: ClassVar[bool] = True

    who: str = Field("", title="谁的、什么情况的", description="如 未满16周岁的", max_length=60)
    lasts: Duration = Field(title="多久", description="如 5年、不超过3年、长期")

    @model_validator(mode="before")
    @classmethod
    def _as_phrase(cls, raw: object) -> object:
        refuse_pairs(raw, ("who", "lasts"))
        if isinstance(raw, dict) and "unit" in raw:
            return {"lasts": raw}
        return validity_parts(raw) if isinstance(raw, str) else raw


class Output(Record):
    """办成后拿到什么。可以只写名称。"""

    shorthand: ClassVar[str] = "name"

    name: str = Field("", title="名称", description="如 《就业失业登记证》；有编号时可以不写", max_length=LINE_LIMIT)
    ref: MaterialRef | None = Field(
        None, title="材料编号", description="它是材料库（materials.yaml）里的哪一样：办别的事要它，就知道从这里来"
    )
    validity: Many[Validity] = Field(
        (), title="有效期", description="如 5年、不超过3年、长期；各人不一样的，如 [未满16周岁的5年, 16周岁以上的10年]"
    )
    note: str = Field("", title="说明")

    @model_validator(mode="before")
    @classmethod
    def _several_in_a_phrase(cls, raw: object) -> object:
        if not isinstance(raw, dict) or not isinstance(text := raw.get("validity"), str):
            return raw
        return {**raw, "validity": validities(text)}

    @model_validator(mode="after")
    def _is_named(self) -> Output:
        if not self.ref and not self.name:
            raise ValueError("办成后拿到的，要写 name（名称）或 ref（材料库里的编号）")
        return self


class FormFile(Record):
    """要填的表格。表格库（forms.yaml）里有的写编号，没有的写名称；两样都可以直接写。"""

    shorthand: ClassVar[str] = "ref"

    ref: FormRef | None = Field(None, title="表格编号", description="表格库（forms.yaml）里的编号")
    title: str = Field("", title="表格名称", description="带书名号，如 《临时生活困难救助申请审批表》", max_length=80)
    where: str = Field("", title="在哪里领", max_length=60)
    file: str = Field("", title="空白表文件", description="static/forms/ 里的文件名", pattern=FILE_NAME)
    sample: str = Field("", title="填写样例文件", description="static/forms/ 里的文件名", pattern=FILE_NAME)
    copies: int | None = Field(None, title="份数", ge=1, le=20)

    @model_validator(mode="before")
    @classmethod
    def _bare_text(cls, raw: object) -> object:
        return ref_or(raw, "ref", "title")

    @model_validator(mode="after")
    def _is_named(self) -> FormFile:
        if not self.ref and not self.title:
            raise ValueError("表格要写 ref（表格库里的编号）或 title（名称）")
        return self


class Basis(Record):
    """办理依据：法规库里的编号，或（还不知道是哪部文件时）原文说法。"""

    shorthand: ClassVar[str] = "law"

    law: LawRef | None = Field(None, title="法规编号", description="法规库（laws.yaml）里的编号")
    article: str = Field("", title="第几条", description="如 第六条", max_length=40)
    quote: Quoted[str] = Field("", title="条文原文")
    text: Quoted[str] = Field("", title="文件名称", description="法规库里还没有的，先写名称", max_length=120)

    @model_validator(mode="before")
    @classmethod
    def _bare_text(cls, raw: object) -> object:
        return ref_or(raw, "law", "text")

    @model_validator(mode="after")
    def _cites(self) -> Basis:
        if not self.law and not self.text:
            raise ValueError("依据要写 law（法规库里的编号）或 text（文件名称）")
        return self


class At(Record):
    """在哪办。可以只写地点编号。"""

    shorthand: ClassVar[str] = "place"

    place: PlaceRef = Field(title="地点编号", description="地点库（places）里的编号")
    window: str = Field("", title="窗口", description="如 劳动保障窗口、3号窗口", max_length=40)
    note: str = Field("", title="说明", max_length=80)


class Question(Record):
    """常见问题。"""

    q: Line = Field(title="问")
    a: Text = Field(title="答")


class Rollout(Record):
    """推进计划里的一步。"""

    by: str = Field(title="什么时候", description="如 8月", max_length=20)
    task: Text = Field(title="做什么")


class Codes(Record):
    """事项编码（GB/T 39554.1）。"""

    catalog: str = Field("", title="基本编码", max_length=40)
    task: str = Field("", title="实施编码", max_length=60)
    handle: str = Field("", title="业务办理项编码", max_length=60)
    local: str = Field("", title="本地编号", max_length=40)


class Renewal(Record):
    """续办、年检。"""

    shorthand: ClassVar[str] = "rule"

    rule: Text = Field(title="要求", description="如 每年年检一次")
    windows: Many[ApplicationPeriod] = Field((), title="什么时候办")


# --- The item --------------------------------------------------------------------------------------------------------


class Procedure(Record):
    """怎么办：事项和它的每种情形都可以写的内容。"""

    eligibility: Stated[Many[Condition]] | None = Field(
        None, title="谁能办", description="申请条件，一条一句；不限写 无"
    )
    excluded: Many[Line] = Field((), title="谁不能办", description="不能申请的情形")
    eligibility_notes: Many[Text] = Field((), title="条件说明")
    whom: Whom | None = Field(
        None, title="写明给谁的", description="条件里写明的户口、证件等，“我能办什么”照它分；没写明的不填"
    )
    materials: Stated[Many[MaterialEntry]] | None = Field(None, title="要带的材料", description="一样一条；不用带写 无")
    materials_notes: Many[Text] = Field((), title="材料说明", description="对所有材料的要求，如 复印件都用A4纸")
    forms: Stated[Many[FormFile]] | None = Field(None, title="要填的表格")
    channels: Many[Channel] = Field(
        (),
        title="怎么申请",
        description="窗口、社区、网上、手机（App、小程序）、自助终端、银行、代办、邮寄、上门、电话",
    )
    online: Many[Online] = Field((), title="网上办的入口", description="在哪个网站、App、小程序上办")
    places: Many[At] = Field((), title="在哪办", description="地点编号，可加窗口")
    coverage: Coverage | None = Field(None, title="通办范围", description="在别的地方能不能办，如 全国通办")
    visits: Visits | None = Field(None, title="到现场几次", description="几次、谁要到场、能不能托人；不用去写 0")
    appointment: Appointment | None = Field(None, title="预约", description="要不要先预约，到哪里约")
    hours: Many[Hours] = Field(
        (), title="办理时间", description="与地点的办公时间不同时才写，代替地点的；冬天、夏天不一样的，各写一条"
    )
    phones: Many[Phone] = Field((), title="咨询电话", description="与地点、单位的电话不同时才写")
    time: Stated[Time] | None = Field(None, title="办理时限", description="如 promised: 20个工作日")
    depth: Many[Route] = Field((), title="办理深度", description="哪一级做什么，如 街道受理和初审、区级复审")
    windows: Many[ApplicationPeriod] = Field(
        (), title="申报时间", description="不是天天能办的才写，如 每年9月20日至9月30日"
    )
    steps: Stated[Many[Step]] | None = Field(None, title="办理步骤", description="谁做什么，一步一条；流程图由它画出")
    quota: Stated[Quota] | None = Field(None, title="数量限制", description="如 每年200名；没有限制写 无")
    fees: Stated[Many[Fee]] | None = Field(None, title="收费", description="不收费写 无；不知道就不写")
    benefits: Many[Benefit] = Field((), title="能领多少", description="补贴标准和上限")
    tables: Many[Table] = Field((), title="表", description="有行有列的标准，如 各档补助标准")
    outputs: Stated[Many[Output]] | None = Field(None, title="办成后拿到什么")
    delivery: Many[Delivery] = Field((), title="结果怎么给", description="窗口领取、邮寄、网上下载等，一种一条")
    effects: Many[Line] = Field((), title="什么时候生效")
    legal: Stated[Many[Basis]] | None = Field(None, title="办理依据", description="法规编号，或《文件名称》")

    @field_validator("fees", mode="before")
    @classmethod
    def _are_several_fees(cls, raw: object) -> object:
        if advice := advice_on_fees(raw):
            raise ValueError(advice)
        return raw

    @model_validator(mode="before")
    @classmethod
    def _alternative_routes(cls, raw: object) -> object:
        if not isinstance(raw, dict) or not raw.get("depth"):
            return raw
        written = raw["depth"] if isinstance(raw["depth"], list) else [raw["depth"]]
        return {
            **raw,
            "depth": [route for one in written for route in (routes(one) if isinstance(one, str) else [one])],
        }


def _in_latin_letters(name: str) -> str:
    if re.search(r"[\u3400-\u9fff]", name):
        raise ValueError("英文名称只写英文；中文的叫法写在 title（通俗名称）或 aliases（别名）里")
    return name


class Variant(Procedure):
    """情形：同一事项的一种办法，如“首次办理”“补办”。没写的内容与事项相同。"""

    base_after: ClassVar[str] = "replaces"

    id: Slug = Field(title="编号", description="小写英文，如 first-time")
    name: Line = Field(title="名称", description="如 首次办理", max_length=40)
    when: str = Field("", title="什么人选这个", max_length=80)
    replaces: Many[Literal["eligibility", "materials"]] = Field(
        (), title="替换哪些", description="条件和材料平时是在事项的基础上增加；写在这里的改为替换"
    )
    note: str = Field("", title="说明")

    @model_validator(mode="after")
    def _is_not_the_whole(self) -> Variant:
        if self.id == "common":
            raise ValueError("“common”指的是整个事项，情形的编号请换一个")
        return self


class Item(Procedure):
    """事项：一份办事指南。文件名就是编号和网址。"""

    base_after: ClassVar[str] = "visibility"

    name: Line = Field(title="事项名称", description="官方名称，与清单一致", max_length=80)
    title: str = Field(
        "", title="通俗名称", description="群众的说法，动词开头，如 领取失业登记证；不写就用事项名称", max_length=40
    )
    name_en: Annotated[Line, AfterValidator(_in_latin_letters)] = Field(
        "", title="英文名称", description="如 Issuance of Ordinary Passports", max_length=100
    )
    aliases: Quoted[Many[Line]] = Field((), title="别名", description="群众搜索时会用的词")
    summary: str = Field("", title="一句话说明", max_length=80)
    department: DepartmentRef | None = Field(None, title="承办单位", description="单位库里的编号")
    offices: Many[Line] = Field((), title="责任科室", description="承办单位内设科室的名称")
    units: Many[Participant] = Field((), title="参与单位", description="牵头、配合、审批、出资的单位")
    domain: str = Field("", title="业务领域", max_length=30)
    topics: Many[TopicRef] = Field((), title="主题", description="主题库（topics.yaml）里的编号")
    audiences: Many[AudienceRef] = Field((), title="服务对象", description="人群库（audiences.yaml）里的编号")
    duty: str = Field("", title="具体职责", max_length=120)
    business: str = Field("", title="业务事项", max_length=60)
    scope: str = Field("", title="服务范围", max_length=80)
    codes: Codes | None = Field(None, title="事项编码")
    type: ItemType | None = Field(None, title="事项类型")
    handling: HandlingType | None = Field(None, title="办件类型", description="即办件或承诺件")
    status: Status = Field(Status.ACTIVE, title="状态", description="草稿、在办、暂停、已取消")
    status_note: str = Field("", title="状态说明", description="为什么暂停或取消", max_length=120)
    cancelled_on: Day | None = Field(None, title="取消日期", description="如 2026-01-01")
    replaced_by: ItemRef | None = Field(None, title="改办哪个事项", description="取消后由哪个事项代替，写编号")
    visibility: Visibility = Field(Visibility.PUBLIC, title="谁能看", description="内部事项写 内部，不会公开")
    phase: str = Field("", title="延伸情况", description="如 已延伸、第一批新增延伸", max_length=30)
    rollout: Many[Rollout] = Field((), title="推进计划")
    variants: Many[Variant] = Field((), title="情形", description="不同情形材料或步骤不同时，每种一段")
    obligations: str = Field("", title="责任事项", description="本单位承诺做什么")
    renewal: Renewal | None = Field(None, title="续办和年检")
    rights: str = Field("", title="申请人的权利")
    remedy: str = Field("", title="不服怎么办", description="复议、诉讼、仲裁的途径")
    supervision: Supervision | None = Field(None, title="监督投诉", description="与单位的不同时才写")
    disclosure: Disclosure | None = Field(None, title="公开要求")
    faq: Many[Question] = Field((), title="常见问题")
    next: Many[ItemRef] = Field(
        (), title="接着办", description="办完这件，多数人还要接着办的事项编号，最多三个", max_length=3
    )
    related: Many[ItemRef] = Field((), title="相关事项", description="事项编号，最多五个", max_length=5)
    body: MarkdownText = Field("", title="补充说明", description="Markdown 正文")
    published: PastDay | None = Field(None, title="发布日期")
    checked: PastDay | None = Field(None, title="核对日期", description="整页核对过的日期，如 2026-11-03")
    next_check: Day | None = Field(None, title="下次核对日期")
    provenance: Many[Provenance] = Field((), title="出处", description="来自哪份文件的哪里")
    notes: ForEditors[Many[Text]] = Field((), title="编辑备注", description="原文的错漏、待核实的事")

    @property
    def parts(self) -> tuple[Procedure, ...]:
        """The whole item, and each of its variants: everything that says how something is done."""
        return self, *self.variants

    @property
    def placed_parts(self) -> Iterator[tuple[KeyPath, Procedure]]:
        """The parts with their key paths."""
        yield (), self
        yield from ((("variants", index), variant) for index, variant in enumerate(self.variants))

    @property
    def placed_places(self) -> Iterator[tuple[KeyPath, At]]:
        """Every place of every part with its key path."""
        for path, part in self.placed_parts:
            yield from (((*path, "places", index), at) for index, at in enumerate(part.places))

    @property
    def placed_materials(self) -> Iterator[tuple[KeyPath, Material]]:
        """Every material of every part with its key path."""
        for path, part in self.placed_parts:
            for placed in in_order(listed(part.materials)):
                if isinstance(placed.entry, Material):
                    yield (*path, "materials", *placed.path), placed.entry


Condition.model_rebuild()  # it names itself
