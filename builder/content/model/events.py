"""Events (一件事): what a resident does after a death, a birth or a lost job, over several items of one area."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from pydantic import Field, field_validator, model_validator

from builder.content.fields import Flag, ForEditors, Line, Many, PastDay, Quoted, Record, Slug, Text
from builder.content.model.references import AreaRef, ItemRef, LifeRef, Provenance

_OTHER_SIGN = re.compile(r"\s*(?:[:：→]|[-=]+>|——?|是)\s*")  # that people write for the equals sign
_PAIR = re.compile(r"\s*([^=＝]+?)\s*[=＝]\s*([^=＝]+?)\s*")


class Life(Record):
    """人生大事：出了什么事，各地区共用一个。在文件里的先后就是网站上的先后。"""

    shorthand: ClassVar[str] = "name"
    in_braces: ClassVar[bool] = True

    name: Line = Field(title="名称", description="群众的说法，如 家里有人去世", max_length=20)
    say: Quoted[Many[Line]] = Field((), title="群众怎么说", description="搜索用，如 老人去世了、办后事")
    nation: str = Field(
        "", title="国家清单里的叫法", description="“高效办成一件事”清单里的，如 个人身后", max_length=20
    )
    business: Flag = Field(False, title="企业的事", description="写 是，开放数据里就归企业；不写，归个人")


class EventOption(Record):
    """问题的一个答案。"""

    in_braces: ClassVar[bool] = True
    in_brackets: ClassVar[tuple[str, ...]] = ("holds", "fails")

    id: Slug = Field(title="编号", description="小写英文，写在网址里，如 tx")
    text: Line = Field(title="答案", description="单看也看得懂，如 有残疾人证；不要只写 有", max_length=24)
    holds: Many[Line] = Field(
        (), title="材料里哪些“什么情况”成立", description="选了它，材料的 when 里这几句就成立；一字不差"
    )
    fails: Many[Line] = Field(
        (), title="材料里哪些“什么情况”不成立", description="选了它，when 是这几句的材料就不用带；一字不差"
    )


class EventQuestion(Record):
    """先问的一个问题。“不清楚”不用写，页面自己有。"""

    id: Slug = Field(title="编号", description="小写英文，写在网址里，如 shei")
    ask: Line = Field(title="问什么", description="如 去世的人是哪一种？", max_length=30)
    why: str = Field("", title="为什么问", description="如 丧葬待遇只能领一种", max_length=60)
    options: Many[EventOption] = Field(title="答案", min_length=2, max_length=8)
    before: Many[Slug] = Field(
        (),
        title="以前的答案编号",
        description="第一个问题才写：改掉、去掉的编号；那个答案的告知单的旧网址，就转到这件事的告知单",
    )

    @model_validator(mode="after")
    def _options_differ(self) -> EventQuestion:
        if twice := _twice(option.id for option in self.options):
            raise ValueError(f"两个答案的编号都是“{twice}”，改一个")
        return self


class EventItem(Record):
    """这件事里的一步：一个事项。只写编号的，人人都办。"""

    shorthand: ClassVar[str] = "item"
    in_braces: ClassVar[bool] = True
    in_brackets: ClassVar[tuple[str, ...]] = ("if", "people", "after")

    item: ItemRef = Field(title="事项")
    case: str = Field("", title="哪种情形", description="事项的 variants 里的编号", max_length=80)
    if_: Many[Line] = Field(
        (),
        alias="if",
        title="谁才办",
        description="问题=答案，如 shei=tx；同一个问题写几条，选了哪个都办；不同的问题，都要选中才办",
    )
    people: Many[Line] = Field((), title="指南里的谁，是这里的谁", description="如 本人=孩子、代办人=来办的家属")
    after: Many[ItemRef] = Field((), title="办完哪个才能办", description="这件事里别的事项的编号")
    maybe: Flag = Field(False, title="可办可不办")
    note: str = Field("", title="提醒", description="如 每月6日至20日办，当月就能报上去", max_length=60)

    @field_validator("if_", "people", mode="before")
    @classmethod
    def _are_pairs(cls, value: object) -> object:
        if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
            pairs = ", ".join(f"{key}={one}" for key, one in value.items())
            raise ValueError(f"一对中间用等号，不用冒号；改成 [{pairs}]")
        for text in (value,) if isinstance(value, str) else value if isinstance(value, list) else ():
            if isinstance(text, str) and not _PAIR.fullmatch(text):
                sides = _OTHER_SIGN.split(text.strip(), maxsplit=1)
                meant = f"改成 {'='.join(sides)}" if len(sides) == 2 and all(sides) else "如 shei=tx、本人=孩子"
                raise ValueError(f"“{text}”不是一对，中间要有等号；{meant}")
        return value

    @property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """For each question on which it hangs the options with one of which it is done."""
        found: dict[str, tuple[str, ...]] = {}
        for question, option in map(pair, self.if_):
            found[question] = (*found.get(question, ()), option)
        return found

    @property
    def persons(self) -> Mapping[str, str]:
        """Who in the event somebody in the guide is: names of `Whose` to names of `Event.people`."""
        return dict(map(pair, self.people))

    def is_done(self, chosen: Mapping[str, str]) -> bool:
        """Tell whether it is done, or may be, by who has `chosen` these options; a question not answered excludes nothing."""
        return all(chosen.get(question, options[0]) in options for question, options in self.answers.items())

    def excludes(self, other: EventItem) -> bool:
        """Tell whether nobody does both, whatever is answered."""
        mine, theirs = self.answers, other.answers
        return any(not set(mine[question]) & set(theirs[question]) for question in mine.keys() & theirs.keys())


class OutsideStep(Record):
    """别的单位办的、没有指南的一步。"""

    shorthand: ClassVar[str] = "do"
    in_braces: ClassVar[bool] = True

    do: Line = Field(title="办什么", description="如 注销户口", max_length=40)
    where: str = Field("", title="到哪里", description="如 户口所在地派出所", max_length=40)
    note: str = Field("", title="说明", max_length=80)


class Event(Record):
    """一件事：家里出了一件大事，一个地区要办的几个事项，按先后排好。"""

    in_brackets: ClassVar[tuple[str, ...]] = ("starts", "people", "only_one")

    life: LifeRef = Field(title="是什么事", description="lives.yaml 里的编号")
    area: AreaRef = Field(title="地区", description="里面的事项都是这个地区的")
    name: str = Field("", title="名称", description="不写就用 lives.yaml 里的", max_length=20)
    summary: str = Field("", title="一句话说明", max_length=80)
    starts: Many[Line] = Field(
        (), title="从哪天算起", description="时限里“某某之日起”的某某，如 去世、死亡；页面上可以填是哪天"
    )
    people: Many[Line] = Field((), title="有哪些人", description="材料是谁的，如 去世的人、继承人")
    questions: Many[EventQuestion] = Field(
        (), title="先问什么", description="最多4个；第一个最要紧，页面按它的答案分段", max_length=4
    )
    items: Many[EventItem] = Field(title="要办的事项", description="最多15个，先办的在前", min_length=1, max_length=15)
    only_one: Many[ItemRef] = Field((), title="只能领一种的", description="这几个事项只能办一个", min_length=2)
    outside: Many[OutsideStep] = Field((), title="别的单位办的", description="资料里写了的才写")
    published: PastDay | None = Field(None, title="发布日期")
    checked: PastDay | None = Field(None, title="核对日期", description="整页核对过的日期，如 2026-11-03")
    provenance: Many[Provenance] = Field((), title="出处", description="来自哪份文件的哪里")
    notes: ForEditors[Many[Text]] = Field((), title="编辑备注", description="待核实的事")

    @model_validator(mode="after")
    def _questions_differ(self) -> Event:
        if twice := _twice(question.id for question in self.questions):
            raise ValueError(f"两个问题的编号都是“{twice}”，改一个")
        return self

    @property
    def changed(self) -> str:
        """The day that its content states, "" if none."""
        day = self.checked or self.published
        return str(day) if day else ""


def pair(text: str) -> tuple[str, str]:
    """Return both sides of a pair such as ``shei=tx``. Raises ValueError for a text that is none."""
    if not (found := _PAIR.fullmatch(text)):
        raise ValueError(f"not a pair: {text}")
    return found[1], found[2]


def _twice(names: Iterable[str]) -> str:
    """Return the first name that is there twice, "" if none is."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""
