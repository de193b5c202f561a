"""The figures of a site's standing as plain data, all of them: nothing is cut."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from builder.checks.event_coverage import EventCoverage
from builder.standing.groups import Group
from builder.standing.items import ItemStanding
from builder.standing.page import FILLS
from builder.standing.standing import Standing


def as_data(standing: Standing) -> str:
    """Return the figures as JSON."""
    return f"{json.dumps(figures(standing), ensure_ascii=False, indent=1)}\n"


def figures(standing: Standing) -> dict[str, Any]:
    """Return the figures. Days are written as 2026-11-03, None where not known; words for editors are Chinese."""
    past, windows = standing.past, standing.windows
    return {
        "site": standing.name,
        "date": str(standing.today),
        "whole": _group(standing.whole),
        "areas": [_group(one) for one in standing.areas],
        "departments": [_group(one) for one in standing.departments],
        "items": [_item(one, standing.today) for one in standing.items],
        "findings": [
            {"code": one.code, "title": one.title, "severity": one.severity.value, "count": len(one.findings)}
            for one in standing.findings
        ],
        "papers": None
        if standing.papers is None
        else [
            {
                "do": one.do,
                "place": one.place,
                "item": one.title,
                "kind": one.kind,
                "note": one.note,
                "copies": one.copies,
                "edition": one.edition,
                "printed": _day(one.printed),
                "changed": list(one.changed),
                "file": one.file,
            }
            for one in standing.papers
        ],
        "changes": {
            "unknown": past.unknown,
            "months": [
                {"month": f"{month:%Y-%m}", **{level.value: past.count(month, level) for level in FILLS}}
                for month in past.months
            ],
        },
        "events": None if standing.events is None else _events(standing.events),
        "windows": {
            "months": [
                {"month": f"{month:%Y-%m}", "start": start, "end": end}
                for month, start, end in zip(
                    windows.year.months, windows.starting, windows.ending, strict=True
                )
            ],
            "items": [
                {
                    "title": times.title,
                    "items": [item.card.id for item in times.items],
                    "when": list(times.says),
                    "open": [
                        {"start": None if one.is_deadline else _day(one.start), "end": _day(one.end)}
                        for one in times.open
                    ],
                }
                for times in windows.times
            ],
            "over": [item.card.id for item in windows.over],
            "others": [item.card.id for item in windows.others],
        },
    }  # fmt: skip


def _events(coverage: EventCoverage) -> dict[str, Any]:
    return {
        "events": coverage.events,
        "alone": [card.id for card in coverage.alone],
        "lives_without": list(coverage.lives_without),
        "lines": coverage.lines,
        "countable": coverage.countable,
        "hints": [{"say": say, "area": area, "items": n} for say, area, n in coverage.hints],
    }


def _group(group: Group) -> dict[str, Any]:
    names = {"area": group.area, "department": group.department}
    return {
        **{key: name for key, name in names.items() if name},
        "public": group.public,
        "drafts": group.drafts,
        "internal": group.internal,
        "stopped": group.stopped,
        "stated": None if group.stated is None else round(group.stated, 2),
        "missing": dict(group.missing),
        "due": _by_label(group.due),
        "first_due": _day(group.first_due),
    }


def _by_label(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(state): count for state, count in counts.items()}


def _item(one: ItemStanding, today: date) -> dict[str, Any]:
    return {
        "id": one.card.id,
        "title": one.card.title,
        "file": one.card.file,
        "url": one.card.url,
        "area": one.area,
        "department": one.department,
        "status": one.status.label,
        "internal": one.internal,
        "stated": one.lacks.stated if one.lacks else None,
        "missing": list(one.missing),
        "checked": _day(one.checked),
        "next_check": _day(one.next_check),
        "due": _day(one.due),
        "state": str(one.due_on(today)) if one.in_force else "",
    }


def _day(day: date | None) -> str | None:
    return str(day) if day else None
