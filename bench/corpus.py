"""A made-up site of any size: item `i` is the same in a site of 200 and of 50,000, but for the area in which it stands.

No real document is behind it: names, conditions and steps are put together by a counter hashed with the item's number.
`write_site` lays it out for our builder, `write_hugo` for Hugo, where every reference is already put into words.
"""

# ruff: noqa: SIM905 - words in a row read better than a list of quoted words

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from itertools import product
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from builder.support.characters import sort_key  # noqa: E402

AREA_SIZE = 500  # items of one area, unless another number is asked for
MOST_IN_AREA = 4_800  # names of items: in a larger area they would come again
STEPS_OF_EVENT = 8

DEPARTMENTS = (
    "教育局 科技局 工信局 民族宗教局 公安局 民政局 司法局 财政局 人社局 自然资源局 生态环境局 住建局 城管局 交通局 水利局 "
    "农业农村局 商务局 文旅局 卫健委 退役军人局 应急局 审计局 市场监管局 体育局 统计局 医保局 信访局 林草局 气象局 税务局 "
    "残联 公积金中心 社保中心 就业中心 消防大队 档案馆 烟草局 不动产中心 政务服务局 红十字会"
).split()
TOPICS = "看病 养老 社保卡 找工作 创业 补贴 救助 助残 生育 上学 住房 交通 经营 环保 证照".split()
AUDIENCES = "个人 企业 个体工商户 老年人 残疾人 高校毕业生".split()
TOWNS = "东河镇 西岭镇 南浦街道 北塘街道 柳园街道 清水乡 石桥镇 新港区 云台乡 古城街道".split()
ACTIONS = "申请 办理 变更 延续 注销 补办 查询 核发 备案 年检 恢复 转移".split()
OBJECTS = (
    "居民医疗保险参保 灵活就业补贴 失业登记 技能提升补贴 临时救助 最低生活保障 老年优待证 残疾人护理补贴 食品经营许可 "
    "公共场所卫生许可 道路货运许可 规划许可 取水许可 排污登记 民办学校许可 诊所备案 户口迁移 居住证 不动产登记 公积金提取 "
    "企业设立登记 个体户登记 电梯使用登记 采伐许可 动物防疫合格证 生育登记 计划生育奖励 退役士兵补助 求职创业补贴 危房改造补助 "
    "法律援助 档案利用 烟草零售许可 消防安全检查 群众活动许可 户外招牌设置 夜间施工许可 古树移植许可 租房补贴 居家养老服务"
).split()
TYPES = "行政许可 公共服务 行政确认 行政给付 行政奖励 其他行政权力".split()
LAWS = tuple(
    (f"{subject}{form}", f"{issuer}〔20{year:02d}〕{number}号")
    for year, number, subject, form, issuer in (
        (11, 18, "居民社会保险", "办法", "政发"),
        (14, 7, "促进就业", "条例", "政发"),
        (16, 33, "行政审批", "管理规定", "政办发"),
        (12, 45, "社会救助", "实施细则", "民发"),
        (19, 6, "食品安全", "管理办法", "市监发"),
        (20, 21, "道路运输", "管理办法", "交发"),
        (9, 102, "城乡规划", "实施办法", "建发"),
        (17, 54, "住房公积金", "提取细则", "金管发"),
        (15, 12, "不动产登记", "操作规范", "自然资发"),
        (18, 40, "老年人权益保障", "若干规定", "民发"),
        (13, 9, "残疾人保障", "实施办法", "残联发"),
        (21, 3, "创业担保贷款", "管理办法", "人社发"),
    )
)
MATERIALS = (
    "居民身份证 居民户口簿 社会保障卡 营业执照 授权委托书 申请表 房屋租赁合同 出生医学证明 一寸照片 银行卡 体检证明 验资报告 "
    "安全管理制度 技术人员证书 场地平面图 环评批复 残疾人证 退役证 婚姻证明 收入证明 毕业证书 诊断证明 缴费凭证 无房证明"
).split()
FORMS = (("原件",), ("复印件",), ("原件", "复印件"), ("电子版",), ("原件核对",))
SHOWN = {"原件核对": "原件核对后退还，留复印件"}  # how our pages word a form
ISSUERS = "申请人自己准备 公安机关 有资质的中介机构 办事窗口现场领取 所在社区居委会".split()
CONDITIONS = (
    "有本市户口，或者持有本市有效的居住证 年满18周岁，能够独立承担民事责任 在法定劳动年龄内，有劳动能力和就业愿望 没有享受过同类的财政补贴 "
    "经营场所产权清楚，已经取得合法的使用权 已经依法办理营业执照，并且在有效期内 家庭人均月收入低于本市最低生活保障标准 "
    "没有被列入失信被执行人名单 有与经营规模相适应的场地、设备和技术人员 按规定连续缴纳社会保险费满12个月 符合本市的产业政策和总体规划"
).split()
STEPS = (
    "提出申请 收件登记 核对材料 受理 初步审查 现场查看 专家评审 社区公示 作出决定 制作证件 送达结果 资料归档".split()
)
ACTORS = "社区工作站 窗口 街道经办人 业务科室 分管领导 区级主管部门 制证中心 合作银行".split()
DETAILS = (
    "带齐材料到窗口提交，也可以在网上办事大厅提交电子材料。 当面清点材料，出具收件凭证，写明联系人和电话。 "
    "材料不齐的一次性告知要补的全部内容，补齐后接着办理。 对材料的内容逐项审查，提出初步意见，报科室负责人复核。 "
    "两名以上工作人员到现场查看，当场制作记录，由申请人签字。 在社区公告栏和政府网站公示，没有异议的进入下一步。 "
    "作出同意或者不同意的决定，不同意的说明理由，并告知救济途径。 用短信告知结果，可以到窗口领取，也可以邮寄到家。 "
    "把全部材料整理成册，一份一档，保存期满后移交档案馆。"
).split()
NOTES = (
    "法定节假日顺延，请留意网站上的公告 请人代办的，要同时带代办人的身份证件 复印件由申请人签字，并写上与原件一致 "
    "对结果有异议的，可以申请行政复议或者提起诉讼 老年人和残疾人可以打电话预约上门办理 提供虚假材料的，依法记入信用档案 "
    "网上申请的，只要到现场领一次结果 外文材料要附有资质的机构盖章的译文"
).split()
QUESTIONS = (
    ("一定要本人来吗", "可以请人代办，也可以在**网上办事大厅**全程办理。"),
    ("多少天能办好", "从受理那天算起，公示和现场查看的时间不算在内。"),
    ("少一样材料能先收吗", "主要材料齐全的可以先收，其余的在*五个工作日内*补齐。"),
    ("结果怎么领", "到窗口领、邮寄到家，或者在[电子证照库](https://www.example.test/zz)里下载。"),
    ("到哪里查进度", "凭受理编号在网站的“办件查询”里查，或者打咨询电话。"),
)
RIGHTS = "申请人可以查询办理进度，要求说明理由，也可以在作出决定以前撤回申请，取回交来的原件"
REMEDY = "对决定不服的，可以在收到决定书之日起60日内申请行政复议，或者在6个月内向人民法院提起诉讼"
HOURS = "周一至周五 上午9:00-12:00，下午13:30-17:30（法定节假日除外）"
BASE_URL = "https://www.example.test"
SITE_NAME = "办事指南测速站"
ITEM_FOLDER = "items"

T = TypeVar("T")


class Draws:
    """Numbers that look random and are the same everywhere: a counter hashed with the item's number."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0

    def below(self, bound: int) -> int:
        """Return a number from 0 to `bound` - 1."""
        self._count += 1
        drawn = blake2b(f"{self._seed}/{self._count}".encode(), digest_size=8).digest()
        return int.from_bytes(drawn, "big") % bound

    def one(self, things: Sequence[T]) -> T:
        """Return one of `things`."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """Return `count` different ones of `things`."""
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Paper:
    """A material; `library` is its number in the library, -1 where the item names it itself."""

    name: str
    library: int
    forms: tuple[str, ...]
    copies: int
    issuer: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A step; `days` is 0 where it is done at once."""

    do: str
    actor: str
    days: int
    detail: str


@dataclass(frozen=True, slots=True)
class Service:
    """One item of the made-up site."""

    id: str
    name: str
    summary: str
    department: int
    topics: tuple[int, ...]
    audience: int
    type: str
    scope: str
    laws: tuple[tuple[int, int], ...]
    conditions: tuple[str, ...]
    papers: tuple[Paper, ...]
    stages: tuple[Stage, ...]
    promised: int
    statutory: int
    fee: int
    place: int
    window: int
    phone: str
    complaints: str
    checked: str
    body: str
    markdown: bool


def service(i: int) -> Service:
    """Return item `i`."""
    draws = Draws(i)
    combination = i * 7 % (len(ACTIONS) * len(OBJECTS))  # 7 has no common divisor with 480: 480 names in each town
    action, thing = ACTIONS[combination % len(ACTIONS)], OBJECTS[combination // len(ACTIONS)]
    town = i // (len(ACTIONS) * len(OBJECTS)) % len(TOWNS)
    department = draws.below(len(DEPARTMENTS))
    stages = tuple(_stages(draws))
    promised = sum(stage.days for stage in stages)
    papers = tuple(
        Paper(
            MATERIALS[n],
            n if n % 2 else -1,
            draws.one(FORMS),
            draws.below(3) + 1,
            draws.one(ISSUERS),
            draws.below(3) == 0,
        )
        for n in draws.some(range(len(MATERIALS)), draws.below(9) + 4)
    )
    return Service(
        id=_id(i),
        name=f"{action}{thing}（{TOWNS[town]}）",
        summary=f"{action}{thing}，由{TOWNS[town]}便民服务中心受理，{DEPARTMENTS[department]}办理，{promised}个工作日内办好",
        department=department,
        topics=tuple(sorted(draws.some(range(len(TOPICS)), draws.one((1, 1, 2, 2, 3))))),
        audience=draws.below(len(AUDIENCES)),
        type=draws.one(TYPES),
        scope=f"{TOWNS[town]}辖区内的{AUDIENCES[draws.below(len(AUDIENCES))]}",
        laws=tuple((n, draws.below(60) + 3) for n in draws.some(range(len(LAWS)), draws.below(4) + 1)),
        conditions=tuple(draws.some(CONDITIONS, draws.below(4) + 2)),
        papers=papers,
        stages=stages,
        promised=promised,
        statutory=2 * promised,
        fee=draws.one((0, 0, 0, 0, 10, 20, 50)),
        place=town,
        window=draws.below(40) + 1,
        phone=f"022-{draws.below(9 * 10**7) + 10**7}",
        complaints=f"022-{draws.below(9 * 10**7) + 10**7}",
        checked=f"2026-{draws.below(10) + 1:02d}-{draws.below(28) + 1:02d}",
        body=_body(draws, thing, department),
        markdown=_is_markdown(i),
    )


def _stages(draws: Draws) -> Iterator[Stage]:
    chosen = sorted(draws.some(range(1, len(STEPS)), draws.below(6) + 2))
    yield Stage(STEPS[0], "申请人", 0, DETAILS[0])
    for n in chosen:
        yield Stage(STEPS[n], draws.one(ACTORS), draws.below(10) + 1, draws.one(DETAILS))


def _body(draws: Draws, thing: str, department: int) -> str:
    first = f"本指南所说的{thing}，由{DEPARTMENTS[department]}组织实施。{draws.one(DETAILS)}{draws.one(NOTES)}。"
    lines = ["## 办理说明", "", first, "", "## 注意事项", ""]
    lines += [f"- {note}。" for note in draws.some(NOTES, draws.below(4) + 2)]
    lines += ["", "## 常见问题", ""]
    for question, answer in draws.some(QUESTIONS, draws.below(3) + 1):
        lines += [f"**问：{thing}，{question}？**", "", f"答：{answer}", ""]
    return "\n".join(lines)


# --- For our builder ---------------------------------------------------------------------------------------------------


def write_site(
    root: Path, count: int, *, full: bool, search: bool = False, area_size: int = AREA_SIZE, events: int = 0
) -> None:
    """Lay out a site of `count` items below `root`: with our whole theme, or with the equal page set of `theme`.

    `area_size` items stand in an area, at most `MOST_IN_AREA`. There are `events` of `STEPS_OF_EVENT` items each.
    """
    for i in range(count):
        _write(root / item_file(i, area_size), _item_text(service(i)))
    for path, text in (*_companions(areas(count, area_size)), *_events(events, count, area_size)):
        _write(root / "content" / path, text)
    settings = f"name: {SITE_NAME}\nsummary: 生成的内容，只用来测速\nbase_url: {BASE_URL}\nsearch: {'是' if search else '否'}\n"
    _write(root / "site.yaml", settings if full else f"{settings}print_guides: 否\nopen_data: 否\n")
    if not full:
        shutil.copytree(HERE / "theme", root / "templates")


def item_file(i: int, area_size: int = AREA_SIZE) -> str:
    """Return where `write_site` puts item `i`."""
    return f"content/{ITEM_FOLDER}/{_area(i // area_size)}/{_id(i)}.{'md' if _is_markdown(i) else 'yaml'}"


def areas(count: int, area_size: int = AREA_SIZE) -> list[str]:
    """Return the areas of a site of `count` items."""
    return [_area(n) for n in range((count + area_size - 1) // area_size)]


def item_page(i: int) -> str:
    """Return the page of item `i`, ours and Hugo's."""
    return f"{ITEM_FOLDER}/{_id(i)}.html"


def _area(n: int) -> str:
    return f"a{n:03d}"


def _id(i: int) -> str:
    return f"i{i:05d}"


def _is_markdown(i: int) -> bool:
    return i % 2 == 1


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _item_text(one: Service) -> str:
    fields = "\n".join(_item_lines(one))
    if one.markdown:
        return f"---\n{fields}\n---\n\n{one.body}"
    body = "\n".join(f"  {line}" if line else "" for line in one.body.rstrip("\n").split("\n"))
    return f"{fields}\nbody: |\n{body}\n"


def _item_lines(one: Service) -> Iterator[str]:
    yield f"name: {one.name}"
    yield f"summary: {one.summary}"
    yield f"type: {one.type}"
    yield f"department: d{one.department:02d}"
    yield f"topics: [{', '.join(f't{topic:02d}' for topic in one.topics)}]"
    yield f"audiences: u{one.audience}"
    yield f"scope: {one.scope}"
    yield f"rights: {RIGHTS}"
    yield f"remedy: {REMEDY}"
    yield "eligibility:"
    yield from (f"  - {condition}" for condition in one.conditions)
    yield "materials:"
    for paper in one.papers:
        yield f"  - name: {paper.name}" if paper.library < 0 else f"  - ref: m{paper.library:02d}"
        yield f"    form: [{', '.join(paper.forms)}]"
        kinds = ("original" if form == "原件" else "copy" for form in paper.forms)
        yield f"    copies: {{{', '.join(f'{kind}: {paper.copies}' for kind in kinds)}}}"
        yield f"    issuer: {paper.issuer}"
        if paper.optional:
            yield "    optional: 是"
    yield "steps:"
    for stage in one.stages:
        yield f"  - actor: {stage.actor}"
        yield f"    do: {stage.do}"
        yield f"    detail: {stage.detail}"
        yield f"    limit: {f'{stage.days}个工作日' if stage.days else '当场'}"
    yield f"time: {{promised: {one.promised}个工作日, statutory: {one.statutory}个工作日}}"
    yield f"fees: [{{amount: {one.fee}, per: 件}}]" if one.fee else "fees: 无"
    yield f"places: [{{place: p{one.place}, window: {one.window}号窗口}}]"
    yield f"phones: {one.phone}"
    yield f"supervision: {{unit: {DEPARTMENTS[one.department]}, phones: {one.complaints}}}"
    yield "legal:"
    yield from (f"  - {{law: l{n:02d}, article: 第{article}条}}" for n, article in one.laws)
    yield f"checked: {one.checked}"


def _companions(areas: Sequence[str]) -> Iterator[tuple[str, str]]:
    def many(lines: Iterator[str]) -> str:
        return "\n".join(lines) + "\n"

    yield (
        "areas.yaml",
        many(f"{id}: {{name: 滨河市第{n}片区, short: 第{n}片区, level: 乡镇街道}}" for n, id in enumerate(areas, 1)),
    )
    yield "topics.yaml", many(f"t{n:02d}: {name}" for n, name in enumerate(TOPICS))
    yield "audiences.yaml", many(f"u{n}: {name}" for n, name in enumerate(AUDIENCES))
    yield "laws.yaml", many(f"l{n:02d}: {{title: {title}, number: {number}}}" for n, (title, number) in enumerate(LAWS))
    library = ((n, name) for n, name in enumerate(MATERIALS) if n % 2)  # the others are asked for by name
    yield "materials.yaml", many(f"m{n:02d}: {{name: {name}, issuer: 发证机关}}" for n, name in library)
    for n, name in enumerate(DEPARTMENTS):
        yield f"departments/d{n:02d}.yaml", f"name: 滨河市{name}\nshort: {name}\nphones: 022-8{n:07d}\n"
    for n, name in enumerate(TOWNS):
        yield f"places/p{n}.yaml", f"name: {name}便民服务中心\nkind: 办事大厅\naddress: {_address(n)}\nhours: {HOURS}\n"


def _events(events: int, count: int, area_size: int) -> Iterator[tuple[str, str]]:
    """Yield events, one of each life after the other in all areas: half of their steps are for one of two answers."""
    names = areas(count, area_size)
    lives = range(-(-events // len(names)))
    if not events:
        return
    yield "lives.yaml", "".join(f"v{life}: {{name: 大事{life}, say: [出了大事{life}]}}\n" for life in lives)
    for life, (at, area) in product(lives, enumerate(names)):
        if life * len(names) + at < events:
            size = min(area_size, count - at * area_size)
            steps = [at * area_size + (life * STEPS_OF_EVENT + nth) % size for nth in range(min(STEPS_OF_EVENT, size))]
            yield f"events/v{life}-{area}.yaml", _event_text(f"v{life}", area, steps)


def _event_text(life: str, area: str, steps: Sequence[int]) -> str:
    lines = [f"life: {life}", f"area: {area}", "summary: 几件事一次办", "questions:", "  - id: shei"]
    lines += ["    ask: 您是哪一种人？", "    options: [{id: a, text: 本市的}, {id: b, text: 外地的}]", "items:"]
    for nth, step in enumerate(steps):
        lines.append(f"  - {{item: {_id(step)}, if: [shei={'ab'[nth // 2 % 2]}]}}" if nth % 2 else f"  - {_id(step)}")
    return "\n".join(lines) + "\n"


def _address(town: int) -> str:
    return f"{TOWNS[town]}{town * 7 + 3}路{town * 31 + 8}号"


# --- For Hugo ----------------------------------------------------------------------------------------------------------


def write_hugo(root: Path, count: int, words: Path, *, area_size: int = AREA_SIZE) -> None:
    """Lay out the same items for Hugo below `root`; `words` are our interface words, which its layouts use too."""
    shutil.copytree(HERE / "hugo", root)
    of_topics, of_departments = _places_in_lists(count, area_size)
    for i in range(count):
        one = service(i)
        places = (f"weight: {of_topics[i] + 1}", f"by_topic: {of_departments[i]}")
        _write(root / hugo_file(i), "\n".join(["---", *_hugo_lines(one), *places, "---", "", one.body]))
    (root / "data").mkdir()
    shutil.copyfile(words, root / "data/words.yaml")
    names = [f"  d{n:02d}: 滨河市{name}" for n, name in enumerate(DEPARTMENTS)]
    topics = [f"  t{n:02d}: {name}" for n, name in enumerate(TOPICS)]
    _write(root / "data/names.yaml", "\n".join(["departments:", *names, "topics:", *topics, ""]))


def _places_in_lists(count: int, area_size: int) -> tuple[list[int], list[int]]:
    """Return where each item stands in the lists of topics (by area) and in those of departments (by topic): both are cut."""
    titles, topics = zip(*((one.name, one.topics[0]) for one in map(service, range(count))), strict=True)
    with ProcessPoolExecutor(1) as another:  # the readings of all characters would stay in this process: see measure.py
        names = list(another.map(sort_key, titles, chunksize=1000))
    by_name = sorted(range(count), key=lambda i: (names[i], i))
    by_area = sorted(by_name, key=lambda i: i // area_size)
    by_topic = sorted(by_name, key=lambda i: topics[i])
    of_topics, of_departments = [0] * count, [0] * count
    for at, (one, other) in enumerate(zip(by_area, by_topic, strict=True)):
        of_topics[one] = of_departments[other] = at
    return of_topics, of_departments


def hugo_file(i: int) -> str:
    """Return where `write_hugo` puts item `i`."""
    return f"content/{ITEM_FOLDER}/{_id(i)}.md"


def _hugo_lines(one: Service) -> Iterator[str]:
    yield f"title: {one.name}"
    yield f"slug: {one.id}"
    yield f"date: {one.checked}"
    yield f"summary: {one.summary}"
    yield f"type: {ITEM_FOLDER}"
    yield f"item_type: {one.type}"
    yield f"departments: [d{one.department:02d}]"
    yield f"topics: [{', '.join(f't{topic:02d}' for topic in one.topics)}]"
    yield f"audience: {AUDIENCES[one.audience]}"
    yield f"scope: {one.scope}"
    yield f"rights: {RIGHTS}"
    yield f"remedy: {REMEDY}"
    yield "conditions:"
    yield from (f"  - {condition}" for condition in one.conditions)
    yield "materials:"
    for paper in one.papers:
        yield f"  - name: {paper.name}"
        yield f"    form: {'、'.join(f'{SHOWN.get(form, form)}{paper.copies}份' for form in paper.forms)}"
        yield f"    issuer: 由{paper.issuer}出具"
        yield f"    optional: {str(paper.optional).lower()}"
    yield "steps:"
    for stage in one.stages:
        yield f"  - actor: {stage.actor}"
        yield f"    do: {stage.do}"
        yield f"    detail: {stage.detail}"
        yield f"    limit: {f'限 {stage.days}个工作日' if stage.days else '当场办结'}"
    yield f"promised: {one.promised}个工作日"
    yield f"statutory: {one.statutory}个工作日"
    yield f"fee: {f'每件{one.fee}元' if one.fee else '不收费'}"
    yield f"place: {TOWNS[one.place]}便民服务中心"
    yield f"window: {one.window}号窗口"
    yield f"address: {_address(one.place)}"
    yield f"hours: {HOURS}"
    yield f"phone: {one.phone[:8]} {one.phone[8:]}"
    yield f"complaints: {one.complaints[:8]} {one.complaints[8:]}"
    yield f"supervisor: {DEPARTMENTS[one.department]}"
    yield "legal:"
    yield from (f"  - 《{LAWS[n][0]}》（{LAWS[n][1]}）第{article}条" for n, article in one.laws)
