"""What an import tells: what became of each text of the documents, what is doubtful, what is left, as data and as text."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from builder.content.fields import label
from builder.content.model.item import Item
from builder.office.drafts.draft import Doubt, Draft
from builder.office.drafts.known_items import Known
from builder.office.drafts.public_list import KnownList, ListDraft
from builder.office.drafts.updating import Update
from builder.office.drafts.value_words import ValueWords
from builder.office.shapes import Leftover, Reading, Vocabulary
from builder.support.diagnostics import Finding

FORMAT: Final = "import-report-1"
QUOTED = 60  # characters of a sentence on the terminal
ONLY_DISCLOSURE: Final = "只写了要公开什么，没有怎么办事；不是办事指南的，删掉这份草稿"
MORE_ROWS: Final = "网站的清单里没有这一行"
TWICE: Final = "同样的内容又出现一次，没有另写一份"
NOT_TOLD: Final = ("name", "status", "provenance")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    `drafts` are new items, `known` those that the site has already, whose files stay as they are. `near` are items of
    nearly the same name, by the file of the draft. `files` are all files to be written, with their bytes, and `before` the
    bytes that some of them have now. `twice` are drafts that say what an earlier one says, with that one. `lists` are new
    disclosure lists, `known_lists` those that the site has. `refused` are errors of `check` that cannot be taken out, by the
    file, and `held` the drafts and lists that are not written because of them. `updates` are what is written into the files
    of known items, by the file of the draft.
    """

    readings: Sequence[Reading]
    drafts: Sequence[Draft]
    known: Sequence[Known]
    near: Mapping[str, Sequence[str]]
    findings: Sequence[Finding]
    files: Mapping[str, bytes]
    before: Mapping[str, bytes] = field(default_factory=dict)
    twice: Sequence[tuple[Draft, Draft]] = ()
    lists: Sequence[ListDraft] = ()
    known_lists: Sequence[KnownList] = ()
    refused: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    held: Sequence[Draft | ListDraft] = ()
    updates: Mapping[str, Update] = field(default_factory=dict)

    @property
    def doubts(self) -> int:
        """How many doubts there are in all drafts."""
        return sum(len(draft.doubts) for draft in self.all_drafts)

    @property
    def all_drafts(self) -> list[Draft]:
        """The drafts of new items and of known ones."""
        return [*self.drafts, *(known.draft for known in self.known)]


def report_of(imported: Imported, vocabulary: Vocabulary, words: ValueWords) -> dict[str, Any]:
    """Return the report as plain data."""
    known = {id(one.draft): one for one in imported.known}
    findings = defaultdict(list)
    for finding in imported.findings:
        findings[finding.file].append(finding)
    items = [
        _item(
            draft,
            known.get(id(draft)),
            imported.near.get(draft.file, ()),
            findings.get(draft.file, ()),
            words,
            imported.updates.get(draft.file),
        )
        for draft in imported.all_drafts
    ]
    return {
        "format": FORMAT,
        "documents": [_document(reading, vocabulary) for reading in imported.readings],
        "items": items,
        "twice": [{"name": one.name, "place": _place(one), "file": first.file} for one, first in imported.twice],
        "lists": [
            *(_list(one, one.file) for one in imported.lists),
            *(_list(one.draft, one.file, one) for one in imported.known_lists),
        ],
        "refused": [_refused(one, imported.refused[one.file]) for one in imported.held],
        "unknown": _unknown(imported.all_drafts),
        "files": sorted(imported.files),
    }


def _document(reading: Reading, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "name": reading.document,
        "items": len(reading.items),
        "recognised": [
            {
                "what": one.what,
                "place": one.origin.place,
                "fields": [
                    {"label": name, "field": vocabulary.title_of(key) if key else ""} for name, key in one.fields
                ],
            }
            for one in reading.recognised
        ],
        "leftovers": [
            _leftover(one) for one in (*reading.leftovers, *(left for item in reading.items for left in item.leftovers))
        ],
        "remarks": [str(remark) for remark in reading.remarks],
    }


def _leftover(one: Leftover) -> dict[str, str]:
    return {"text": one.text, "place": one.origin.place, "why": one.why}


def _refused(one: Draft | ListDraft, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "name": one.name if isinstance(one, Draft) else one.title,
        "place": _place(one) if isinstance(one, Draft) else one.document,
        "findings": [{"code": finding.code, "says": finding.says, "hint": finding.hint} for finding in findings],
    }


def _list(one: ListDraft, file: str, known: KnownList | None = None) -> dict[str, Any]:
    return {
        "document": one.document,
        "title": one.title,
        "rows": one.rows,
        "action": "known" if known else "new",
        "file": file,
        "more": list(known.more) if known else [],
        "doubts": [_doubt(doubt) for doubt in one.doubts],
    }


def _doubt(one: Doubt) -> dict[str, str]:
    return {"label": one.label, "why": one.why, "source": one.source, "place": one.place}


def _item(
    draft: Draft,
    known: Known | None,
    near: Sequence[str],
    findings: Sequence[Finding],
    words: ValueWords,
    update: Update | None,
) -> dict[str, Any]:
    sources: dict[str, list[str]] = defaultdict(list)
    for one in draft.filled:
        if one.source not in sources[one.key]:
            sources[one.key].append(one.source)
    return {
        "document": draft.item.origin.document,
        "place": _place(draft),
        "number": draft.item.number,
        "name": draft.name,
        "action": "updated" if update and update.applied else "known" if known else "new",
        "guide": draft.is_guide,
        "file": known.card.file if known else draft.file,
        "fields": [
            {"key": key, "label": label(Item, (key,)), "value": words.lines(key, value), "source": sources.get(key, [])}
            for key, value in draft.values.items()
            if key not in NOT_TOLD
        ],
        "doubts": [_doubt(one) for one in draft.doubts],
        "blank": list(draft.blank),
        "near": list(near),
        "changes": [
            {
                "key": one.key,
                "label": label(Item, (one.key,)),
                "now": words.lines(one.key, one.now),
                "then": words.lines(one.key, one.then),
                "applied": bool(update and one.key in update.applied),
                "left": update.left.get(one.key, "") if update else "",
            }
            for one in (known.changes if known else ())
        ],
        "findings": [{"code": one.code, "says": one.says, "hint": one.hint} for one in findings],
    }


def _place(draft: Draft) -> str:
    return f"{draft.item.origin.document} {draft.item.origin.place}".strip()


def _unknown(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Return the names that no record of the site has, each with the items that need it."""
    needed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for draft in drafts:
        for one in draft.unknown:
            needed[one.kind, one.name].append(draft.name)
    return [{"kind": kind, "name": name, "items": items} for (kind, name), items in sorted(needed.items())]


def data_of(report: Mapping[str, Any]) -> str:
    """Return the report as JSON for people to read."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"
