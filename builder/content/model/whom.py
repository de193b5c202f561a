"""Whom an item is stated to be for, in words of closed lists: what 我能办什么 sorts by.

It repeats what the conditions of the guide say, for a program to compare. Nothing follows from what is not stated.
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from builder.content.fields import Choice, Many, Record
from builder.content.model.references import MaterialRef


class Hukou(Choice):
    """户口在哪里。"""

    LOCAL = "local", "本地", "本区", "本县"
    CITY = "city", "本市"
    ELSEWHERE = "elsewhere", "外地", "外省市"


class Occupation(Choice):
    """做什么的。"""

    EMPLOYED = "employed", "在职"
    UNEMPLOYED = "unemployed", "登记失业", "失业"
    FLEXIBLE = "flexible", "灵活就业"
    SELF_EMPLOYED = "self-employed", "个体", "个体工商户"
    RETIRED = "retired", "退休"
    STUDENT = "student", "学生"
    EMPLOYER = "employer", "单位"


class Income(Choice):
    """家里收入多少。"""

    LEAST = "least", "低保以下", "低保"
    LOW = "low", "低收入以下", "低收入"


class Family(Choice):
    """自己或家里有什么样的人。"""

    EXPECTING = "expecting", "怀孕"
    CHILDREN = "children", "有孩子"
    DISABLED = "disabled", "有残疾人"
    DEATH = "death", "有人去世"


OLDEST = 130  # years: nobody is older
_AGE = re.compile(r"(女|男|f|m)?(\d{1,3})(?:(\+)|-(\d{1,3}))?", re.ASCII)


class Ages(NamedTuple):
    """Ages in full years, both included; `sex` is f, m, or "" for both."""

    sex: str
    least: int
    most: int


def read_ages(text: str) -> Ages:
    """Return the ages that an editor wrote: 60+, 16-59, 95, 女50+. Raises ValueError for a text that tells none."""
    if not (found := _AGE.fullmatch(text.strip())):
        raise ValueError(
            "年龄写成 60+（60岁以上）、16-59（16至59岁）、0-13（不满14岁）；男女不一样的，写成 [女50+, 男60+]"
        )
    least = int(found[2])
    most = OLDEST if found[3] else int(found[4] or least)
    if not least <= most <= OLDEST:
        raise ValueError(f"年龄从小写到大，如 16-59，最大{OLDEST}岁")
    return Ages({"女": "f", "男": "m"}.get(found[1], found[1] or ""), least, most)


def _checked_ages(text: str) -> str:
    read_ages(text)
    return text


class Whom(Record):
    """写明给谁的：只照“谁能办”里的原话填，一样写几个是“哪个都行”。没写的、拿不准的，不填。"""

    in_braces: ClassVar[bool] = True
    in_brackets: ClassVar[tuple[str, ...]] = ("hukou", "certificates", "work", "age", "income", "family")

    hukou: Many[Hukou] = Field((), title="户口", description="本地（本区、本县、本镇）、本市、外地")
    certificates: Many[MaterialRef] = Field(
        (), title="有什么证", description="材料库里的编号，如 dibao-certificate；写几样，是有一样就行"
    )
    work: Many[Occupation] = Field((), title="做什么的", description="在职、登记失业、灵活就业、个体、退休、学生、单位")
    age: Many[Annotated[str, AfterValidator(_checked_ages)]] = Field(
        (), title="年龄", description="如 60+、16-59；男女不一样的，写成 [女50+, 男60+]"
    )
    income: Many[Income] = Field((), title="收入", description="低保以下、低收入以下")
    family: Many[Family] = Field((), title="自己或家里", description="怀孕、有孩子、有残疾人、有人去世")

    @model_validator(mode="after")
    def _says_something(self) -> Whom:
        if not any(getattr(self, facet) for facet in FACETS):
            raise ValueError("whom 是空的：写明了什么就写什么，如 {hukou: 本地}；都没写明的，删掉 whom")
        return self


FACETS = tuple(Whom.model_fields)
HIDING = ("hukou", "certificates")  # those by which an item may be put aside; of all others guides are not sure enough
