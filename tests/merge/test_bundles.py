"""Bundles of the sample site as a clerk reads them: each golden file was compared with the guides line by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bundles import sample, told
from golden import compare

from builder.merge import Answers, Bundle, bundle_of

EXPECTED = Path(__file__).parent / "expected"
OF_A_CHILD = {"本人": "孩子", "代办人": "家长"}


def death() -> Bundle:
    """A retired person has died who had a 残疾人证."""
    chosen = sample().chosen("tuixiu-sangzangfei", "tuixiu-siwang-qingsuan", "canjirenzheng#zhuxiao")
    return bundle_of(chosen, Answers(frozenset({"到社区办理注销"})), sample(), ("去世的人", "家属", "继承人"))


def death_unanswered() -> Bundle:
    """Nobody said whether there was a 残疾人证, nor how it is cancelled."""
    chosen = sample().chosen("tuixiu-sangzangfei", "tuixiu-siwang-qingsuan", "canjirenzheng#zhuxiao?有残疾人证的")
    return bundle_of(chosen, Answers(), sample(), ("去世的人", "家属", "继承人"))


def birth() -> Bundle:
    """A newborn of a resident, insured within 90 days, in hospital at the parents' own cost."""
    items = ("jumin-yibao-canbao", "shebaoka-shenban", "jumin-yibao-baoxiao#xinshenger-zhuyuan")
    chosen = sample().chosen(*items, people={one.split("#")[0]: OF_A_CHILD for one in items})
    holds = {
        "有人代办",
        "给未成年人办理",
        "新生儿（90天内）参保",
        "住院收据的姓名写成“某某之子”或“某某之女”",
    }
    return bundle_of(
        chosen, Answers(frozenset(holds), frozenset({"不是给未成年人办理", "不是本市居民"})), sample(), ("孩子", "家长")
    )


def lost_job() -> Bundle:
    """Dismissed by an employer, without 失业证, wants the benefit and a course."""
    chosen = sample().chosen("nanmofang-shiye-dengji", "shiyejin-shenling#anyue", "shiye-jineng-peixun")
    fails = {"已经有这个证的", "原来开个体户、办企业的", "原来灵活就业的"}
    return bundle_of(chosen, Answers(frozenset({"原来在单位上班的"}), frozenset(fails)), sample())


def five_sheets() -> Bundle:
    """One book is copied page by page, and two of its pages on one sheet."""
    return bundle_of(sample().chosen("yilao-yixiao-canbao"), Answers(), sample())


def twice_the_same() -> Bundle:
    """One item asks for 身份证 twice, once together with another paper."""
    return bundle_of(sample().chosen("linghuo-butie-chushen#shouci"), Answers(), sample())


def card_is_kept() -> Bundle:
    """An item keeps the 社保卡 for a while, which others ask for."""
    items = ("shiye-yiliao-shenbao", "tuixiu-yaofei-baoxiao#menzhen", "zimou-shebao-butie")
    return bundle_of(sample().chosen(*items), Answers(), sample())


def not_said() -> Bundle:
    """Some guides do not say what to bring, one has cases of which none is chosen."""
    items = (
        "nanmofang-shiye-dengji",
        "nanmofang-jiuye-yuanzhu",
        "canjirenzheng",
        "shiye-dangan-jieshou",
        "zhiye-zhidao",
    )
    return bundle_of(sample().chosen(*items), Answers(), sample())


@pytest.mark.parametrize(
    "example", [death, death_unanswered, birth, lost_job, five_sheets, twice_the_same, card_is_kept, not_said]
)
def test_a_bundle_reads_as_the_guides_have_it(example: Callable[[], Bundle], accept: bool) -> None:
    text = f"# {example.__doc__}\n\n{told(example())}"
    compare(text.encode(), EXPECTED / f"{example.__name__}.txt", accept=accept)
