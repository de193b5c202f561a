"""A thing that inspectors look for, and what came of looking for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

PAGES_2017 = "国办发〔2017〕47号"
CHECKS_2019 = "国办秘函〔2019〕19号"
ACCESS_2019 = "GB/T 37668-2019"
ELDERS_2021 = "工信部《互联网网站适老化通用设计规范》（2021年）"


class Section(StrEnum):
    """The parts of the report, in their order."""

    LABELS = "网页标签"
    FRAME = "页眉、页脚和版式"
    VETO = "单项否决"
    SERVICES = "扣分"
    ACCESS = "无障碍和适老化"


class Verdict(StrEnum):
    """What came of a standard."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_JUDGED = "not-judged"


class Per(StrEnum):
    """What a deduction is counted by."""

    SITE = ""
    ITEM = "项"
    PAGE = "页"
    LINK = "个"


@dataclass(frozen=True, slots=True)
class Standard:
    """One thing that is looked for: a lasting id, its title, the document that asks for it, and how to come to meet it.

    `points` is about how much an inspector takes off for each of `per`. The documents name the things; the points come
    from reports about inspections and are rough.
    """

    id: str
    section: Section
    title: str
    source: str
    fix: str = ""
    points: float = 0
    per: Per = Per.SITE

    def met(self, says: str = "") -> Judged:
        """Return that it is met."""
        return Judged(self, Verdict.MET, says)

    def unmet(self, says: str, places: Iterable[str] = (), of: int = 0) -> Judged:
        """Return that it is not met at `places`, files or pages, out of `of`."""
        return Judged(self, Verdict.NOT_MET, says, tuple(places), of)

    def unjudged(self, why: str) -> Judged:
        """Return that nobody here can tell, and why."""
        return Judged(self, Verdict.NOT_JUDGED, why)

    def at(self, places: Iterable[str], of: int, says: str, well: str = "") -> Judged:
        """Return that it is met, saying `well`, unless there are `places` where it is not; "{n}" in `says` counts them."""
        wrong = tuple(places)
        return self.unmet(says.format(n=len(wrong), of=of), wrong, of) if wrong else self.met(well)


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one standard: a sentence, and the files or pages where it is not met, of how many."""

    standard: Standard
    verdict: Verdict
    says: str
    places: tuple[str, ...] = ()
    of: int = 0

    @property
    def deduction(self) -> float:
        """About how many points an inspection costs that looks at five guides and five pages."""
        one = self.standard
        if self.verdict is not Verdict.NOT_MET:
            return 0
        match one.per:
            case Per.SITE:
                return one.points
            case Per.LINK:
                return one.points * len(self.places)
            case Per.ITEM | Per.PAGE:
                return one.points * SAMPLED * len(self.places) / max(self.of, 1)


SAMPLED = 5  # guides and pages that we suppose an inspection to look at
