"""How deep a matter is handled at each level: 街道受理和初审、区级复审."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from pydantic import Field, model_validator

from builder.content.fields import Choice, Many, Record


class Level(Choice):
    """Where a service is handled, from the nearest to the farthest."""

    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    TOWN = "town", "乡镇"
    STREET = "street", "街道"
    BANK = "bank", "银行"
    COUNTY = "county", "县级", "县"
    DISTRICT = "district", "区", "区级"
    CITY = "city", "市级", "市"
    PROVINCE = "province", "省级", "省"
    STATE = "state", "国家级", "国家"


class Action(Choice):
    """What is done at a level, as lists of village, town and county matters name it."""

    ADVISE = "advise", "咨询"
    COLLECT = "collect", "收件"
    AGENT = "agent", "代办"
    ACCEPT = "accept", "受理"
    REGISTER = "register", "登记"
    VERIFY = "verify", "核实", "核查", "调查", "勘查", "现场勘查", "踏勘"
    APPRAISE = "appraise", "评议"
    FIRST_REVIEW = "first-review", "初审", "初核"
    HANDLE = "handle", "办理", "办结"
    REVIEW = "review", "审核"
    EXAMINE = "examine", "审查"
    CHECK = "check", "复核"
    REEXAMINE = "re-examine", "复审"
    LAST_REVIEW = "last-review", "终审"
    PUBLICISE = "publicise", "公示"
    FORWARD = "forward", "转报", "上报", "呈报", "报送", "申报"
    APPROVE = "approve", "审批"
    AUTHORISE = "authorise", "核准"
    CONFIRM = "confirm", "确认"
    DECIDE = "decide", "决定", "审定"
    FILE = "file", "备案"
    ISSUE = "issue", "发证", "制证", "出证"
    PAY = "pay", "发放"
    DELIVER = "deliver", "送达"
    SUPERVISE = "supervise", "监督", "监管"


# Where it says so, there people hand in their papers. Elsewhere it is the nearest level that does anything.
TAKES_PAPERS = frozenset({Action.COLLECT, Action.AGENT, Action.ACCEPT})

# The two levels that a list for towns and cities alike names in one breath: 村（社区）, 乡镇（街道）.
ALIKE = ((Level.VILLAGE, Level.COMMUNITY), (Level.TOWN, Level.STREET))

_LEVEL_WORDS: dict[tuple[Level, ...], str] = {
    (Level.VILLAGE, Level.COMMUNITY): "村（社区）|村（居）|村（居）委会|村（居）民委员会|社区（村）|村社区|村居|城乡社区",
    (Level.VILLAGE,): "村|行政村|村委会|村民委员会",
    (Level.COMMUNITY,): "社区|居委会|社区居委会|居民委员会",
    (Level.TOWN, Level.STREET): (
        "乡镇（街道）|镇（街道）|乡（镇、街道）|乡（镇）（街道）|乡镇（街道办事处）|镇（街）|街道（乡镇）|街道（镇）|"
        "乡镇街道|镇街|街镇|街乡镇|乡镇街"
    ),
    (Level.TOWN,): "乡镇|乡（镇）|镇（乡）|乡|镇|乡镇政府|镇政府|乡政府|乡镇人民政府|镇人民政府|乡人民政府",
    (Level.STREET,): "街道|街道办|街道办事处",
    (Level.BANK,): "银行|代发银行|部分银行|银行网点",
    # 县（市、区） names one level, whatever the place is called.
    (Level.COUNTY,): "县|旗|县（市、区）|县（区、市）|县（区）|县（市）|区（市）县|区（县）|区（县、市）|市（县、区）|县市区|区市县|区县|县区|旗县|旗县区",
    (Level.DISTRICT,): "区",
    (Level.CITY,): "市|市（州）|市州|地市|地级市|设区的市|设区市|州",
    (Level.PROVINCE,): "省|自治区|直辖市|省（区、市）|省（自治区、直辖市）",
    (Level.STATE,): "国家",
}  # fmt: skip
_LEVELS_OF_WORD = {word: levels for levels, words in _LEVEL_WORDS.items() for word in words.split("|")}


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


# 街道办理 is 街道 and 办理, not 街道办.
_DEPTH_WORD = re.compile(rf"({_any_of(_LEVELS_OF_WORD)})级?(?!理)|({_any_of(Action.names())})")
_JOINING = re.compile(r"(?:[、，,；;。/\s和及与并由在后再可的均都]|委托|可以|进行|负责|分别|统一|逐级|[两三四]级)*")
_OFFICE = re.compile(r"[局委厅办科站所院处]$|政府$|部门$|中心$|机关$")


class Handling(Record):
    """某一级做什么。"""

    level: Level = Field(
        title="层级", description="从近到远：村、社区、乡镇、街道、银行、县（县、市、区这一级）、区、市、省、国家"
    )
    do: Many[Action] = Field(title="做什么", description="如 受理、初审、办理、审核、审批", min_length=1)


class Route(Record):
    """办理深度：一条办理路线上各级做什么。有几条路线任选时写几条。

    可以照清单只写一句话：“街道受理和初审、区级复审”“村（社区）受理、乡镇（街道）审核、县级审批”。
    """

    shorthand: ClassVar[str] = "text"

    levels: Many[Handling] = Field(title="各级", description="这条路线上每一级做什么", min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: object) -> object:
        return {"levels": list(_handlings(raw))} if isinstance(raw, str) else raw

    def at(self, level: Level) -> tuple[Action, ...]:
        """Return what is done at `level`, in the order written."""
        return tuple(action for handling in self.levels if handling.level is level for action in handling.do)


def routes(text: str) -> list[str]:
    """Split a depth phrase at 或者 into its alternative routes."""
    return [part.strip("，、；; ") for part in re.split(r"或者|或", text) if part.strip("，、；; ")]


def _handlings(text: str) -> Iterator[Mapping[str, object]]:
    advice = "办理深度要写清哪一级做什么，如“街道受理和初审、区级复审”"
    text = text.replace("(", "（").replace(")", "）")
    waiting: list[Level] = []
    done: list[Action] = []
    read = 0
    for match in _DEPTH_WORD.finditer(text):
        level, action = match.groups()
        _only_joins(text[read : match.start()])
        read = match.end()
        if action and not waiting:
            raise ValueError(f"“{action}”前面没有写是哪一级；{advice}")
        if action:
            done.append(Action.of(action))
            continue
        if done:
            yield from ({"level": one, "do": tuple(done)} for one in waiting)
            waiting, done = [], []
        waiting += _LEVELS_OF_WORD[level]
    _only_joins(text[read:])
    if not done:
        raise ValueError(advice)
    yield from ({"level": one, "do": tuple(done)} for one in waiting)


def _only_joins(between: str) -> None:
    """Refuse what is neither a level nor an action, so that no part of a phrase is lost unseen."""
    if not _JOINING.fullmatch(between):
        strange = between.strip("、，,；;。 ")
        if _OFFICE.search(strange):
            raise ValueError(f"“{strange}”是单位；办理深度只写哪一级，如“县级审批”，单位写在 units（参与单位）里")
        levels, actions = ("、".join(one.label for one in choice) for choice in (Level, Action))
        raise ValueError(f"看不懂“{strange}”。层级有：{levels}；做的事有：{actions}")
