"""All that is known of where a site stands on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from builder.checks.event_coverage import EventCoverage, event_coverage
from builder.checks.printed_papers import OUTDATED, WITHDRAWN, stale_papers
from builder.content.history import PastChange
from builder.content.model.companions import Place
from builder.content.model.editions import Paper
from builder.content.settings import Level
from builder.content.site import Site
from builder.differences.past import Past
from builder.pipeline import Build
from builder.project import Project
from builder.standing.groups import Group, group_of, groups_by_area, groups_by_department
from builder.standing.items import ItemStanding, items_of
from builder.standing.windows import Windows, months_from, windows_of
from builder.support.diagnostics import Finding, Rule, Severity
from builder.support.processes import Progress

NO_PLACE = "（没有写地点）"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """What `check` finds under one code: its title, how serious it is, and all its findings."""

    code: str
    title: str
    severity: Severity
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PaperToReplace:
    """A printed paper that is to be printed again, or only taken down (`title` is then all that is known of its item).

    `place` is the name of the place, `edition` the code on the paper and `printed` its day, `changed` the parts that differ.
    """

    place: str
    title: str
    file: str
    kind: str
    note: str
    copies: int | None
    withdrawn: bool
    edition: str
    printed: date | None
    changed: tuple[str, ...]

    @property
    def do(self) -> str:
        """What is to be done with it."""
        return "撤下" if self.withdrawn else "重印"


@dataclass(frozen=True)
class PastYear:
    """The changes of the last twelve months, the newest first; `unknown` says why nothing is known of them."""

    months: tuple[date, ...]
    changes: tuple[PastChange, ...] = ()
    unknown: str = ""

    def count(self, month: date, level: Level) -> int:
        """Return how many changes of a level there were in a month."""
        return self._counts[f"{month:%Y-%m}", level]

    @cached_property
    def _counts(self) -> Counter[tuple[str, Level]]:
        return Counter((one.day[:7], Level.of(one.level)) for one in self.changes)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a site stands on a day. With errors in the content, `papers` and `events` are None: they cannot be compared or counted."""

    name: str
    today: date
    items: tuple[ItemStanding, ...]
    whole: Group
    areas: tuple[Group, ...]
    departments: tuple[Group, ...]
    findings: tuple[FindingKind, ...]
    papers: tuple[PaperToReplace, ...] | None
    past: PastYear
    windows: Windows
    events: EventCoverage | None = None

    @property
    def errors(self) -> int:
        """The number of errors in the content."""
        return self._count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """The number of warnings."""
        return self._count(Severity.WARNING)

    def _count(self, severity: Severity) -> int:
        return sum(len(kind.findings) for kind in self.findings if kind.severity is severity)


def standing_of(
    project: Project,
    checked: Build,
    rules: Mapping[str, Rule],
    today: date,
    progress: Progress,
) -> Standing:
    """Return where a site stands on a day; `checked` is the result of `check`, `rules` are all by code."""
    items = tuple(items_of(checked.studied, progress))
    return Standing(
        project.settings.name,
        today,
        items,
        group_of(items, today),
        tuple(groups_by_area(items, today)),
        tuple(groups_by_department(items, today)),
        tuple(_kinds(checked.findings, rules)),
        None if checked.errors else tuple(_papers(project, checked)),
        _past_year(checked.studied.past, today),
        windows_of(items, today),
        None if checked.errors else event_coverage(checked.site),
    )


def _kinds(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[FindingKind]:
    """Return the findings by code, errors first, then the most frequent."""
    by_code: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        by_code.setdefault((finding.severity, finding.code), []).append(finding)
    kinds = [
        FindingKind(code, rules[code].title, severity, tuple(found)) for (severity, code), found in by_code.items()
    ]
    return sorted(kinds, key=lambda kind: (kind.severity is not Severity.ERROR, -len(kind.findings), kind.code))


def _papers(project: Project, checked: Build) -> list[PaperToReplace]:
    """Return the papers that `check` reports, by place."""
    site = checked.site
    reported = {(one.file, one.code) for one in checked.findings if one.code in (OUTDATED.code, WITHDRAWN.code)}
    found = []
    for stale in stale_papers(site, project.words) if reported else ():
        rule = OUTDATED if stale.title else WITHDRAWN
        if (stale.register.file, rule.code) not in reported:
            continue
        edition = stale.register.record.editions[stale.index] if stale.title else None
        title = stale.title or _former_title(site, stale.register.id)
        for paper in stale.papers:
            found.append(
                PaperToReplace(
                    _place(site, paper),
                    title,
                    stale.register.file,
                    paper.kind.label,
                    paper.note,
                    paper.copies,
                    not stale.title,
                    edition.code if edition else "",
                    edition.date if edition else None,
                    stale.changed,
                )
            )
    return sorted(found, key=lambda one: (one.place == NO_PLACE, one.place))


def _place(site: Site, paper: Paper) -> str:
    place = site.find(Place, paper.place)
    return place.name if place else NO_PLACE


def _former_title(site: Site, id: str) -> str:
    card = site.card(id)
    return card.title if card else id


def _past_year(past: Past, today: date) -> PastYear:
    months = months_from(date(today.year - (today.month < 12), today.month % 12 + 1, 1), 12)
    if past.missing_reason:
        return PastYear(months, unknown=past.missing_reason)
    return PastYear(months, tuple(one for one in past.changes if str(months[0]) <= one.day <= str(today)))
