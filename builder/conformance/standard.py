"""A `Standard` that inspections apply, and the `Judgement` on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

PAGES_2017 = "国办发〔2017〕47号"
CHECKS_2019 = "国办秘函〔2019〕19号"
ACCESS_2019 = "GB/T 37668-2019"
ELDERS_2021 = "工信部《互联网网站适老化通用设计规范》（2021年）"


class Section(StrEnum):
    """The sections of the report, in order."""

    LABELS = "网页标签"
    FRAME = "页眉、页脚和版式"
    VETO = "单项否决"
    SERVICES = "扣分"
    ACCESS = "无障碍和适老化"


class Verdict(StrEnum):
    """The result of judging a standard."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_JUDGED = "not-judged"


class Per(StrEnum):
    """The unit for which points are deducted."""

    SITE = ""
    ITEM = "项"
    PAGE = "页"
    LINK = "个"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard: a permanent id, its title, the document that requires it (`source`), and how to meet it (`fix`).

    `points` is roughly what an inspection deducts for each `per`. The documents give no points; these are estimates
    from published reports about inspections.
    """

    id: str
    section: Section
    title: str
    source: str
    fix: str = ""
    points: float = 0
    per: Per = Per.SITE

    def met(self, says: str = "") -> Judgement:
        """Return the judgement that the standard is met."""
        return Judgement(self, Verdict.MET, says)

    def unmet(self, says: str, places: Iterable[str] = (), of: int = 0) -> Judgement:
        """Return the judgement that the standard is not met at `places` (files or pages), out of a total of `of`."""
        return Judgement(self, Verdict.NOT_MET, says, tuple(places), of)

    def unjudged(self, why: str) -> Judgement:
        """Return that the standard cannot be judged, and why."""
        return Judgement(self, Verdict.NOT_JUDGED, why)

    def at(self, places: Iterable[str], of: int, says: str, says_met: str = "") -> Judgement:
        """Return that the standard is not met at `places`, out of `of`; if there are none, that it is met.

        `says` is the message if it is not met, with "{n}" for the number of places; `says_met` if it is.
        """
        wrong = tuple(places)
        return self.unmet(says.format(n=len(wrong), of=of), wrong, of) if wrong else self.met(says_met)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement on a standard: verdict, message, and the `places` (files or pages) where it is not met, out of `of`."""

    standard: Standard
    verdict: Verdict
    says: str
    places: tuple[str, ...] = ()
    of: int = 0

    @property
    def deduction(self) -> float:
        """The points that an inspection would deduct, estimated for a sample of `SAMPLED` guides and pages."""
        standard = self.standard
        if self.verdict is not Verdict.NOT_MET:
            return 0
        match standard.per:
            case Per.SITE:
                return standard.points
            case Per.LINK:
                return standard.points * len(self.places)
            case Per.ITEM | Per.PAGE:
                return standard.points * SAMPLED * len(self.places) / max(self.of, 1)


SAMPLED = 5  # guides, and pages, that an inspection is assumed to sample
