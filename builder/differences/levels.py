"""How grave a difference is for residents: the table that decides it.

A level is that of the first rule for the field and the way in which it differs. What no rule knows has to be checked (橙):
nothing is called a relief that was not understood.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builder.content.model.companions import ImportWords
from builder.content.model.editions import Register
from builder.content.model.kinds import BY_RECORD
from builder.content.model.signoffs import SignOff
from builder.content.model.whom import FACETS, HIDING
from builder.content.settings import Level, Settings
from builder.differences.comparison import Change, Difference

ADDED, REMOVED, MORE, LESS = Change.ADDED, Change.REMOVED, Change.MORE, Change.LESS
KNOWN, UNKNOWN, ORDER, CHANGED = Change.KNOWN, Change.UNKNOWN, Change.ORDER, Change.CHANGED


MEANINGS: Mapping[Level, str] = {
    Level.RED: "对群众更严",
    Level.ORANGE: "必须核对",
    Level.YELLOW: "放宽",
    Level.GREY: "文字",
}
RED, ORANGE, YELLOW, GREY = Level


@dataclass(frozen=True, slots=True)
class LevelRule:
    """For a field and ways in which it differs: how grave that is, and what to say of it.

    `field` are the keys of the field as `Difference.field` has them, with dots; that of a case is that of the item. The name
    of the rule, by which a site gives it another level, is what it says.
    """

    field: str
    changes: tuple[Change, ...]
    level: Level
    says: str


WHOM = "“我能办什么”照它排先后的条件"


def _rules(field: str, *told: tuple[tuple[Change, ...], Level, str]) -> tuple[LevelRule, ...]:
    return tuple(LevelRule(field, *one) for one in told)


RULES: tuple[LevelRule, ...] = (
    # Whether it can be done at all
    *_rules("item", ((ADDED,), ORANGE, "新增一份指南"), ((REMOVED,), RED, "撤下一份指南"), ((CHANGED,), ORANGE, "换了网址")),
    *_rules("status", ((REMOVED,), RED, "不再办了"), ((ADDED,), YELLOW, "又可以办了")),
    # What to bring
    *_rules("materials", ((ADDED,), RED, "多要一样材料"), ((REMOVED,), YELLOW, "少要一样材料"), ((ORDER,), GREY, "材料的次序")),
    *_rules("materials.any_of", ((ADDED,), YELLOW, "材料多一种选择"), ((REMOVED,), RED, "材料少一种选择"), ((ORDER,), GREY, "材料的次序")),
    *_rules("materials.materials", ((ADDED,), RED, "多要一样材料"), ((REMOVED,), YELLOW, "少要一样材料"), ((ORDER,), GREY, "材料的次序")),
    *_rules("materials.copies.original", ((MORE,), RED, "材料份数多了"), ((LESS,), YELLOW, "材料份数少了")),
    *_rules("materials.copies.copy", ((MORE,), RED, "材料份数多了"), ((LESS,), YELLOW, "材料份数少了")),
    *_rules("materials.optional", ((ADDED,), YELLOW, "材料可以不交了"), ((REMOVED,), RED, "材料必须交了")),
    *_rules("materials.when", ((KNOWN,), YELLOW, "材料只有一部分人要带了"), ((UNKNOWN,), RED, "材料人人都要带了")),
    *_rules("materials.validity", ((MORE,), YELLOW, "材料有效的时间长了"), ((LESS,), RED, "材料有效的时间短了")),
    *_rules("materials.later", ((KNOWN, ADDED), YELLOW, "材料可以补交了"), ((UNKNOWN, REMOVED), RED, "材料不能补交了"), ((MORE,), YELLOW, "补交的时间长了"), ((LESS,), RED, "补交的时间短了")),
    *_rules("materials.promise", ((KNOWN, ADDED), YELLOW, "材料可以用承诺书代替了"), ((UNKNOWN, REMOVED), RED, "材料不能用承诺书代替了")),
    *_rules("materials.seal", ((ADDED, KNOWN), RED, "材料要盖的章多了"), ((REMOVED, UNKNOWN), YELLOW, "材料要盖的章少了")),
    *_rules("materials.whose", ((CHANGED,), RED, "材料换成了别人的"), ((KNOWN,), YELLOW, "写明了是谁的材料"), ((UNKNOWN,), ORANGE, "没写是谁的材料了")),
    *_rules("materials.held", ((ADDED,), RED, "材料要收走几天"), ((REMOVED,), YELLOW, "材料不再收走")),
    *_rules("forms", ((ADDED,), RED, "多填一张表"), ((REMOVED,), YELLOW, "少填一张表")),
    # Who can apply
    *_rules("eligibility", ((ADDED,), RED, "多一个条件"), ((REMOVED,), YELLOW, "少一个条件"), ((ORDER,), GREY, "条件的次序")),
    *_rules("eligibility.all", ((ADDED,), RED, "多一个条件"), ((REMOVED,), YELLOW, "少一个条件")),
    *_rules("eligibility.any", ((ADDED,), YELLOW, "条件多一种选择"), ((REMOVED,), RED, "条件少一种选择")),
    *_rules("excluded", ((ADDED, KNOWN), RED, "多一种不能办的"), ((REMOVED, UNKNOWN), YELLOW, "少一种不能办的")),
    *(
        rule
        for facet in FACETS
        for rule in _rules(
            f"whom.{facet}",
            *(((KNOWN, REMOVED), ORANGE, "“我能办什么”折起的人多了"), ((UNKNOWN, ADDED), YELLOW, "“我能办什么”折起的人少了"), ((ORDER,), GREY, WHOM))
            if facet in HIDING
            else ((tuple(Change), GREY, WHOM),),
        )
    ),
    # How long, and when
    *_rules("time.promised", ((MORE,), RED, "办得慢了"), ((LESS,), YELLOW, "办得快了")),
    *_rules("time.statutory", ((MORE,), RED, "法定时限长了"), ((LESS,), YELLOW, "法定时限短了")),
    *_rules("time.extension", ((KNOWN,), RED, "时限可以延长了"), ((UNKNOWN,), YELLOW, "时限不能延长了")),
    *_rules("time.extension.by", ((KNOWN, MORE), RED, "延长的时间多了"), ((UNKNOWN, LESS), YELLOW, "延长的时间少了")),
    *_rules("time.extension.to", ((KNOWN, MORE), RED, "延长的时间多了"), ((UNKNOWN, LESS), YELLOW, "延长的时间少了")),
    *_rules("windows", ((KNOWN, LESS), RED, "申报时间短了"), ((UNKNOWN, MORE), YELLOW, "申报时间长了")),
    *_rules("quota", ((KNOWN, ADDED), RED, "有了数量限制"), ((REMOVED,), YELLOW, "没有数量限制了")),
    *_rules("quota.number", ((LESS,), RED, "名额少了"), ((MORE,), YELLOW, "名额多了")),
    # What it costs, and what one gets
    *_rules("fees", ((ADDED,), RED, "多收一样钱"), ((REMOVED,), YELLOW, "少收一样钱")),
    *_rules("fees.amount", ((MORE,), RED, "收费高了"), ((LESS,), YELLOW, "收费低了")),
    *_rules("fees.percent", ((MORE,), RED, "收费高了"), ((LESS,), YELLOW, "收费低了")),
    *_rules("fees.least", ((KNOWN, MORE), RED, "收费高了"), ((UNKNOWN, LESS), YELLOW, "收费低了")),
    *_rules("fees.cap", ((UNKNOWN, MORE), RED, "收费高了"), ((KNOWN, LESS), YELLOW, "收费低了")),
    *_rules("fees.reductions", ((REMOVED, UNKNOWN), RED, "减免少了"), ((ADDED, KNOWN), YELLOW, "减免多了")),
    *_rules("fees.first_free", ((REMOVED,), RED, "头一次也要收费了"), ((ADDED,), YELLOW, "头一次不收费了")),
    *_rules("benefits", ((REMOVED,), RED, "少一样补贴"), ((ADDED,), YELLOW, "多一样补贴")),
    *_rules("benefits.amount", ((LESS,), RED, "补贴少了"), ((MORE,), YELLOW, "补贴多了")),
    *_rules("benefits.percent", ((LESS,), RED, "补贴少了"), ((MORE,), YELLOW, "补贴多了")),
    *_rules("benefits.lasts", ((LESS,), RED, "补贴领的时间短了"), ((MORE,), YELLOW, "补贴领的时间长了")),
    *_rules("outputs.ref", ((KNOWN, UNKNOWN), GREY, "办成后拿到的对应材料库哪一样")),
    *_rules("outputs.validity.lasts", ((LESS,), RED, "有效期短了"), ((MORE,), YELLOW, "有效期长了")),
    # By what ways
    *_rules("channels", ((REMOVED,), RED, "少一种办法"), ((ADDED,), YELLOW, "多一种办法"), ((ORDER,), GREY, "办法的次序")),
    *_rules("online", ((REMOVED, UNKNOWN), RED, "少一个网上入口"), ((ADDED,), YELLOW, "多一个网上入口")),
    *_rules("visits.times", ((MORE,), RED, "多跑一次"), ((LESS,), YELLOW, "少跑一次")),
    *_rules("visits.proxy", ((ADDED,), YELLOW, "可以托人办了"), ((REMOVED,), RED, "不能托人办了")),
    *_rules("delivery", ((REMOVED,), RED, "少一种领取办法"), ((ADDED,), YELLOW, "多一种领取办法")),
    *_rules("variants", ((REMOVED,), RED, "少一种情形")),
    # Words
    *(
        LevelRule(field, tuple(Change), GREY, says)
        for field, says in (
            ("summary", "一句话说明"), ("aliases", "别名"), ("name_en", "英文名称"), ("topics", "主题"), ("audiences", "服务对象"), ("related", "相关事项"), ("next", "接着办"),
            ("faq", "常见问题"), ("codes.catalog", "编码"), ("codes.task", "编码"), ("codes.handle", "编码"), ("codes.local", "编码"), ("disclosure.category", "公开要求"),
            ("published", "发布日期"), ("checked", "核对日期"), ("next_check", "核对日期"), ("provenance", "出处"), ("rollout", "推进计划"), ("phase", "延伸情况"),
            ("duty", "职责清单里的叫法"), ("business", "职责清单里的叫法"), ("domain", "职责清单里的叫法"), ("steps.id", "步骤编号"),
        )
    ),
)  # fmt: skip
# Kinds of records that are no content: what was printed, what was signed, what documents call things.
NOT_SHOWN = frozenset(BY_RECORD[record].name for record in (Register, SignOff, ImportWords))
# Kinds of records that lead to guides or stand beside them, and change no word of what they ask.
WORDS_ONLY = frozenset({"topic", "audience", "terms", "glossary", "source", "moved"})
ONLY_MARKS = "标点和空格"
ELSE = "其他改动"  # what no rule knows
WIDE, WIDE_SAYS = 5, "一处改动，五个以上的事项都变"  # from so many guides on, a change has to be checked in any case

_BY_FIELD: dict[str, list[LevelRule]] = {}
for _rule in RULES:
    _BY_FIELD.setdefault(_rule.field, []).append(_rule)


def own_levels(settings: Settings) -> Mapping[str, Level]:
    """Return the levels that a site gives to changes, by what is said of them."""
    return {own.change: own.to for own in settings.review.levels} if settings.review else {}


def known_changes() -> frozenset[str]:
    """Return all that can be said of a change, and so be given another level."""
    return frozenset((ELSE, ONLY_MARKS, WIDE_SAYS, *(rule.says for rule in RULES)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level of a difference, and what the rule says that decided it."""

    level: Level
    says: str


def verdict(difference: Difference, own_levels: Mapping[str, Level] | None = None) -> Verdict:
    """Return how grave a difference is. `own_levels` are those that a site gives to rules, by what they say."""
    if difference.was and _bare(difference.was) == _bare(difference.now):
        return Verdict((own_levels or {}).get(ONLY_MARKS, GREY), ONLY_MARKS)
    if difference.parts:
        return gravest(verdict(part, own_levels) for part in difference.parts)
    field = ".".join(
        difference.field[1:] if difference.field[0] == "variants" and difference.field[1:] else difference.field
    )
    rule = next((rule for rule in _BY_FIELD.get(field, ()) if difference.change in rule.changes), None)
    usual = GREY if difference.field[0] in WORDS_ONLY or difference.field[-1] in ("aliases", "summary") else ORANGE
    level, says = (rule.level, rule.says) if rule else (usual, f"{difference.label}{difference.change.label}")
    own = own_levels or {}
    return Verdict(own.get(says, own.get(ELSE, level) if rule is None else level), says)


def _bare(text: str) -> str:
    """Return a text without spaces and with its marks in one width, which are no difference in what it says."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of some verdicts, the first of equal ones."""
    return min(verdicts, key=lambda one: ORDER_OF_LEVELS[one.level])


ORDER_OF_LEVELS: Mapping[Level, int] = {level: at for at, level in enumerate(Level)}
