"""Companion records: what items refer to instead of repeating it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from pydantic import Field, model_validator

from builder.content.fields import (
    FILE_NAME,
    Choice,
    Flag,
    ForEditors,
    Line,
    Many,
    MarkdownText,
    PastDay,
    Quoted,
    Record,
    Slug,
)
from builder.content.model.contacts import Hours, Phone, Supervision
from builder.content.model.materials import Later, MaterialSource, Promise
from builder.content.model.references import AreaRef, DepartmentRef, ItemRef, LawRef, PlaceRef, Provenance


class AreaLevel(Choice):
    """Levels of the administrative tree."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    DISTRICT = "district", "区县级"
    STREET = "street", "乡镇街道"
    COMMUNITY = "community", "村社区"


class Area(Record):
    """地区：在行政区划里的位置。"""

    in_braces: ClassVar[bool] = True

    name: Line = Field(title="名称", description="全称，如 天津市滨海新区新城镇")
    short: str = Field("", title="简称", description="列表里用的，如 天津新城镇", max_length=20)
    level: AreaLevel = Field(title="层级", description="省级、市级、区县级、乡镇街道、村社区")
    parent: AreaRef | None = Field(None, title="上级地区")

    @property
    def has_villages(self) -> bool:
        """Whether people live in villages as well: a county, a county-level city, a town or township, a league or banner."""
        ends = "市" if self.level is AreaLevel.DISTRICT else ()
        return self.name.endswith(("县", "旗", "镇", "乡", "苏木", "盟", *ends))


class Office(Record):
    """内设科室。可以只写名称。"""

    shorthand: ClassVar[str] = "name"

    name: Line = Field(title="名称")
    duties: str = Field("", title="职责")
    phones: Many[Phone] = Field((), title="电话")


class Department(Record):
    """单位：承办事项的机构。"""

    name: Line = Field(title="名称", description="全称")
    short: str = Field("", title="简称", max_length=20)
    aliases: Quoted[Many[Line]] = Field((), title="别名", description="文件里对它的其他叫法")
    area: AreaRef | None = Field(None, title="地区")
    parent: DepartmentRef | None = Field(None, title="上级单位")
    summary: str = Field("", title="一句话说明", max_length=80)
    address: str = Field("", title="地址", max_length=80)
    hours: Many[Hours] = Field((), title="办公时间")
    phones: Many[Phone] = Field((), title="电话")
    fax: str = Field("", title="传真", max_length=30)
    email: str = Field("", title="电子邮箱", max_length=60)
    postcode: str = Field("", title="邮政编码", pattern=r"^(\d{6})?$")
    website: str = Field("", title="网址", pattern=r"^(https?://[^\s]+)?$")
    duties: Many[Line] = Field((), title="法定职责")
    offices: Many[Office] = Field((), title="内设科室")
    places: Many[PlaceRef] = Field((), title="办事地点")
    supervision: Supervision | None = Field(None, title="监督投诉")


class PlaceKind(Choice):
    """Kinds of place."""

    HALL = "hall", "办事大厅", "政务服务中心", "便民服务中心"
    STATION = "station", "便民服务站"
    COMMUNITY = "community", "社区", "居委会"
    VILLAGE = "village", "村", "村委会"
    POLICE = "police", "派出所"
    SCHOOL = "school", "学校", "幼儿园"
    HOSPITAL = "hospital", "医院", "卫生院", "卫生室", "诊所", "社区卫生服务中心", "妇幼保健院"
    LAWYERS = "lawyers", "公证处", "法律援助中心", "司法所", "律师事务所"
    BANK = "bank", "银行网点", "银行"
    OFFICE = "office", "办公室"
    OTHER = "other", "其他"


class Branch(Record):
    """同一类的一个网点，如一个社区。"""

    id: Slug = Field(title="编号", description="小写英文")
    name: Line = Field(title="名称")
    area: AreaRef | None = Field(None, title="地区", description="在哪个村、社区；和网点同名的不用写")
    address: str = Field("", title="地址", max_length=80)
    hours: Many[Hours] = Field((), title="办公时间", description="与别的网点不同时才写")
    phones: Many[Phone] = Field((), title="电话")


class Counter(Record):
    """大厅里的一个窗口。可以只写名称。"""

    shorthand: ClassVar[str] = "name"

    name: Line = Field(title="窗口名称", description="如 劳动保障窗口")
    number: str = Field("", title="窗口号", max_length=10)
    phones: Many[Phone] = Field((), title="电话")


class Place(Record):
    """地点：大厅、服务站、社区网点。电话和时间只在这里写一次。"""

    name: Line = Field(title="名称")
    kind: PlaceKind = Field(
        title="类别", description="办事大厅、便民服务站、社区、村、派出所、学校、医院、公证处、银行网点、办公室、其他"
    )
    area: AreaRef | None = Field(None, title="地区")
    address: str = Field("", title="地址", max_length=80)
    traffic: str = Field("", title="怎么去", max_length=120)
    hours: Many[Hours] = Field(
        (),
        title="办公时间",
        description="如 周一至周五 8:30-11:30，14:00-17:30，节假日除外；冬天、夏天不一样的，各写一条",
    )
    phones: Many[Phone] = Field((), title="电话")
    windows: Many[Counter] = Field((), title="窗口")
    branches: Many[Branch] = Field((), title="网点", description="同一类的许多网点，如各社区的电话")
    note: str = Field("", title="说明")


class Topic(Record):
    """主题。在文件里的先后就是网站上的先后。"""

    shorthand: ClassVar[str] = "name"
    in_braces: ClassVar[bool] = True

    name: Line = Field(title="名称", description="群众的说法，如 看病和医保", max_length=20)
    summary: str = Field("", title="一句话说明", max_length=80)


class Audience(Record):
    """服务对象。"""

    shorthand: ClassVar[str] = "name"
    in_braces: ClassVar[bool] = True

    name: Line = Field(title="名称", max_length=20)
    summary: str = Field("", title="一句话说明", max_length=80)


class LibraryMaterial(Record):
    """材料库里的一样材料。"""

    shorthand: ClassVar[str] = "name"
    sorted_by: ClassVar[str] = "name"
    in_braces: ClassVar[bool] = True

    name: Line = Field(title="名称", description="标准名称，如 居民身份证", max_length=60)
    aliases: Quoted[Many[Line]] = Field((), title="别名", description="文件里的其他叫法，如 身份证、二代身份证")
    lasting: Flag = Field(
        False, title="长期用的证件", description="看过就还给本人的，如 身份证、户口簿：办几件事也只带一份原件"
    )
    issuer: str = Field("", title="由谁发", description="写了“没有怎么办”的，页面上只写那一句", max_length=60)
    how: str = Field("", title="没有怎么办", description="到哪里去办", max_length=120)
    note: str = Field("", title="说明", description="群众要知道的，如 现行名称是《就业创业证》")
    source: MaterialSource | None = Field(
        None, title="来源渠道", description="与事项里的写法一样；事项里另写了的，以事项为准"
    )
    later: Later | None = Field(None, title="容缺受理", description="与事项里的写法一样；某个事项不行的，在那里写 否")
    promise: Promise | None = Field(
        None, title="告知承诺", description="与事项里的写法一样；某个事项不行的，在那里写 否"
    )


class LibraryForm(Record):
    """表格库里的一张表。"""

    in_braces: ClassVar[bool] = True

    title: Line = Field(title="表格名称", description="带书名号，如 《求职人员登记表》", max_length=80)
    where: str = Field("", title="在哪里领", max_length=60)
    file: str = Field("", title="空白表文件", description="static/forms/ 里的文件名", pattern=FILE_NAME)
    sample: str = Field("", title="填写样例文件", description="static/forms/ 里的文件名", pattern=FILE_NAME)
    note: str = Field("", title="说明")


class LawStatus(Choice):
    """Whether a law still holds, as far as the site knows."""

    UNKNOWN = "unknown", "未核实"
    IN_FORCE = "in-force", "有效"
    REPLACED = "replaced", "已被代替"
    REPEALED = "repealed", "已废止"


class Law(Record):
    """法规和政策文件。"""

    sorted_by: ClassVar[str] = "title"
    in_braces: ClassVar[bool] = True

    title: Quoted[Line] = Field(title="名称", description="不带书名号", max_length=120)
    number: str = Field("", title="文号", description="年份用六角括号，如 津人社局发〔2009〕249号", max_length=40)
    issuer: str = Field("", title="发文机关", max_length=60)
    issued: PastDay | None = Field(None, title="发布日期")
    status: LawStatus = Field(LawStatus.UNKNOWN, title="效力", description="未核实、有效、已被代替、已废止")
    status_source: str = Field("", title="效力的出处", max_length=120)
    status_date: PastDay | None = Field(None, title="效力核实日期")
    replaced_by: LawRef | None = Field(None, title="被哪部代替")
    url: str = Field("", title="网址", pattern=r"^(https?://[^\s]+)?$")
    note: ForEditors[str] = Field("", title="编辑备注", description="资料里怎么写的、待核实的事")


class Source(Record):
    """资料来源：内容是照哪份文件写的。"""

    in_braces: ClassVar[bool] = True

    title: Quoted[Line] = Field(title="文件名称", max_length=120)
    publisher: str = Field("", title="发布单位", max_length=80)
    year: str = Field("", title="年份", max_length=20)
    sample: Flag = Field(False, title="示例资料", description="写 是：页面会注明是示例，不能作为办事依据")
    note: ForEditors[str] = Field("", title="编辑备注", description="如 文件没有写地名")


class EverydayWord(Record):
    """群众的说法指向哪些事项。"""

    in_brackets: ClassVar[tuple[str, ...]] = ("say", "items")

    say: Quoted[Many[Line]] = Field(title="群众怎么说", description="如 社保卡丢了", min_length=1)
    items: Many[ItemRef] = Field(title="指向的事项", min_length=1)


class SameWords(Record):
    """意思一样的词：群众说哪一个，都当作说了别的几个。"""

    in_brackets: ClassVar[tuple[str, ...]] = ("words",)

    words: Quoted[Many[Line]] = Field(title="意思一样的词", description="如 小孩、孩子、娃", min_length=2)


class RetiredTerm(Record):
    """过时的词。"""

    term: Many[Line] = Field(title="不该再写的词", min_length=1)
    instead: str = Field("", title="应该写", max_length=60)
    why: str = Field("", title="为什么", max_length=120)
    source: str = Field("", title="依据", max_length=120)


class Misspelling(Record):
    """常写错的词：程序的词表里没有的。"""

    word: Many[Line] = Field(title="写错的词", description="在哪里都是错的才写，如 便民服服务", min_length=1)
    instead: Line = Field(title="应该写")
    source: str = Field("", title="依据", max_length=120)


class Terms(Record):
    """词表：群众的说法，不该再写的词，写错的词。"""

    everyday: Many[EverydayWord] = Field((), title="群众的说法")
    same: Many[SameWords] = Field((), title="意思一样的词")
    retired: ForEditors[Many[RetiredTerm]] = Field((), title="不该再写的词", description="检查时用")
    misspelt: ForEditors[Many[Misspelling]] = Field((), title="写错的词", description="检查全站的文字时用")
    accepted: ForEditors[Many[Line]] = Field((), title="不算写错的词", description="程序当作写错、本站却要这样写的词")


class ImportLabel(Record):
    """Word、Excel 里的一个栏目叫什么。"""

    field: Line = Field(title="字段", description="如 申请材料、办理时限；写错了，导入时会列出可以写的")
    say: Quoted[Many[Line]] = Field(title="本单位的叫法", description="表头、标签上的字，如 带什么来", min_length=1)


class ImportWords(Record):
    """导入用词：本单位的 Word、Excel 里，各个栏目叫什么。"""

    labels: ForEditors[Many[ImportLabel]] = Field((), title="栏目的叫法", description="程序不认识的才写")
    generic: ForEditors[Many[Line]] = Field(
        (), title="当不了事项名称的词", description="一格里只有它时，名称用前一栏的，如 便民事项"
    )
    columns: ForEditors[Many[Line]] = Field(
        (), title="没有表头的表，各列依次是什么", description="写字段，如 序号、事项名称、申请材料；不要的一列写 其他"
    )


class Explanation(Record):
    """一个词的意思。"""

    in_brackets: ClassVar[tuple[str, ...]] = ("word",)

    word: Many[Line] = Field(
        title="词", description="事项里的各种写法，如 社会化退休人员、社会化管理退休人员", min_length=1
    )
    means: Line = Field(title="意思", description="一句话，群众一看就懂，如 退休后由街道和社区管理的人", max_length=60)
    source: ForEditors[str] = Field("", title="依据", max_length=120)


class Glossary(Record):
    """词语解释：事项里的词，群众不一定懂的，页面第一次用到时在下面解释。"""

    entries: Many[Explanation] = Field((), title="词语")

    @model_validator(mode="after")
    def _explains_once(self) -> Glossary:
        words = [word for entry in self.entries for word in entry.word]
        if twice := [word for word in dict.fromkeys(words) if words.count(word) > 1]:
            raise ValueError(f"“{twice[0]}”解释了两次，请合成一条")
        return self

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """What each word means."""
        return {word: entry.means for entry in self.entries for word in entry.word}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the words in a text; of words that begin alike the longest."""
        return re.compile("|".join(map(re.escape, sorted(self.meanings, key=len, reverse=True))) or "(?!)")


class BookletPart(Choice):
    """What one entry of a booklet is."""

    GUIDE = "guide", "办事指南"
    CHART = "chart", "流程图"
    OTHER = "other", "其他"


class BookletEntry(Record):
    """手册目录里的一条。"""

    in_braces: ClassVar[bool] = True

    number: str = Field("", title="序号", max_length=10)
    name: Line = Field(title="名称", description="不带“办事指南”“流程图”几个字")
    part: BookletPart = Field(BookletPart.GUIDE, title="是什么", description="办事指南、流程图、其他")
    page: ForEditors[str] = Field("", title="原手册页码", max_length=10)
    item: ItemRef | None = Field(None, title="对应事项")


class Booklet(Record):
    """手册：一本书的封面、前言和目录。只有名称、没有内容的事项记在这里。"""

    title: Line = Field(title="书名", max_length=60)
    department: DepartmentRef | None = Field(None, title="编印单位")
    area: AreaRef | None = Field(None, title="地区")
    edition: str = Field("", title="版次", description="如 2014年3月版，2014年3月第一次印刷", max_length=60)
    preface: MarkdownText = Field("", title="前言", description="Markdown")
    entries: Many[BookletEntry] = Field(title="目录", min_length=1)
    provenance: Many[Provenance] = Field((), title="出处")


class FreePage(Record):
    """自由页面：大厅制度、关于本站。"""

    title: Line = Field(title="标题", max_length=40)
    summary: str = Field("", title="一句话说明", max_length=120)
    section: str = Field(
        "", title="归在哪一类", description="如 大厅制度；写了就列在“制度和说明”里，不写就直接列在页脚", max_length=20
    )
    published: PastDay | None = Field(None, title="发布日期")
    body: MarkdownText = Field("", title="正文", description="Markdown")
