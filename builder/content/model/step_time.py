"""Which steps of an item count into its time limit.

The limit runs from acceptance (受理) unless it is said to run from earlier, and without special procedures (行政许可法
第四十二条、第四十五条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.content.fields import listed
from builder.content.model.item import Item, Procedure, Time, Variant
from builder.content.model.quantities import Duration
from builder.content.model.steps import OF_APPLICANT, PUBLIC_NOTICES, SPECIAL_KINDS, Step, StepKind, Work

_TOLD_UNCOUNTED = SPECIAL_KINDS | PUBLIC_NOTICES
_NEVER_COUNTED = _TOLD_UNCOUNTED | OF_APPLICANT
# How the names of offices end.
_OFFICE = re.compile(
    r"(?:窗口|大厅|中心|局|所|站|办|科|处|股|厅|队|院|校|会|政府|街道|乡|镇|村|社区|部门|机关|银行|"
    r"(?:工作|窗口|经办|受理|审核)人员)$"
)
# How the limit is said to run from what comes before acceptance.
_FROM_APPLICATION = re.compile(r"申请|提交|收件|收到|收齐|报送")


@dataclass(frozen=True, slots=True)
class Counting:
    """What counts into the time limit of some steps.

    `limits` are the time limits: several where cases have their own, none where it is not known. `excluded` are the
    matters that they leave out. What comes before position `accepted`, that of the step of acceptance, does not count; it
    is 0 where the limit runs from the application.
    """

    limits: tuple[Duration, ...]
    excluded: tuple[str, ...]
    applicants: frozenset[str]
    accepted: int

    def counts(self, position: int, work: Work) -> bool:
        """Return whether `work` counts, a step or something done in it, where the step is at `position`."""
        if work.counted is not None:
            return work.counted
        uncounted = work.kind in _NEVER_COUNTED or self.excludes(work.kind)
        return position >= self.accepted and not self.applicants.issuperset(work.actor) and not uncounted

    def to_say(self, position: int, work: Work) -> bool | None:
        """Return what readers are told of `work`: whether it counts, or None where nothing needs to be said.

        It is said where the editor states it, and of what takes time and does not count.
        """
        takes_time = (work.limit and not work.limit.is_at_once) or work.kind in _TOLD_UNCOUNTED
        if work.counted is None and self.limits and takes_time and not self.counts(position, work):
            return False
        return work.counted

    def excludes(self, kind: StepKind | None) -> bool:
        """Return whether `kind` is among the matters that the time limit leaves out."""
        if kind is None:
            return False
        if kind in _NEVER_COUNTED:
            return any(kind.is_named_in(matter) for matter in self.excluded)
        return bool({kind.label, *kind.other_names}.intersection(self.excluded))

    def may_exclude(self, work: Work) -> bool:
        """Return whether `work` mentions a matter that the time limit leaves out, so that it is unclear if it counts."""
        return any(matter in work.do for matter in self.excluded)


def counting_of(item: Item, part: Procedure) -> Counting:
    """Return what counts into the time limit of the steps of `part`, the item or one of its variants."""
    return counting_of_steps(listed(part.steps), tuple(_times(item, part)))


def counting_of_steps(steps: Sequence[Step], times: Sequence[Time] = ()) -> Counting:
    """Return what counts into the limits of `times`."""
    limits = (time.promised or time.statutory for time in times)
    accepted = next((position for position, step in enumerate(steps) if step.kind is StepKind.ACCEPT), 0)
    runs_early = any(_FROM_APPLICATION.search(time.starts) and "受理" not in time.starts for time in times)
    return Counting(
        limits=tuple(limit for limit in limits if limit),
        excluded=tuple(matter for time in times for matter in time.excludes),
        applicants=_applicants(steps),
        accepted=0 if runs_early else accepted,
    )


def _applicants(steps: Sequence[Step]) -> frozenset[str]:
    """Return who applies: whoever is said to, and who takes the first step, unless this is an office or does everything."""
    works = [work for step in steps for work in step.works]
    applicants = {actor for work in works if work.kind in (StepKind.APPLY, StepKind.SUPPLEMENT) for actor in work.actor}
    first, *others = dict.fromkeys(actor for work in works for actor in work.actor) or ("",)
    return frozenset(applicants if _OFFICE.search(first) or not others else {*applicants, first})


def uncounted_kinds(part: Procedure, time: Time) -> tuple[StepKind, ...]:
    """Return the special procedures and public notices among the steps of `part` that do not count into `time`."""
    steps = listed(part.steps)
    works = [(position, work) for position, step in enumerate(steps) for work in step.works]
    told = [(position, work) for position, work in works if work.kind in _TOLD_UNCOUNTED]
    if not told:
        return ()
    counting = counting_of_steps(steps, (time,))
    kinds = (work.kind for position, work in told if not counting.counts(position, work))
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def _times(item: Item, part: Procedure) -> Iterator[Time]:
    """Yield the times that hold for the steps of `part`: its own, and where that states no limit those of others.

    A variant without a limit has that of the item. The steps of an item also are those of the variants that have none.
    """
    if isinstance(part.time, Time):
        yield part.time
        if part.time.promised or part.time.statutory:
            return
    others: Sequence[Procedure] = item.variants
    if isinstance(part, Variant):
        others = (item,)
    for other in others:
        if isinstance(other.time, Time) and (isinstance(part, Variant) or other.steps is None):
            yield other.time
