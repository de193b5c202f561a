"""Has drafts checked as `check` would check them in the site; what an error concerns becomes a note instead of a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from builder.checks import check_site
from builder.checks.proofreading import Lexicon
from builder.content.parsing import ParsedFile
from builder.content.site import Companion, Site, companions_in
from builder.editing import Value, written
from builder.loading import load_file
from builder.office.drafts.draft import NOTES, Doubt, Draft
from builder.support.diagnostics import Finding, Severity, with_severities

ROUNDS: Final = 4  # taking a field away can make another one wrong
_KEPT: Final = ("name", "status", "provenance")


@dataclass(frozen=True, slots=True)
class Accepted:
    """Drafts as they will be written, with the bytes of each file, and what `check` says of these files."""

    drafts: tuple[Draft, ...]
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def accept(drafts: Sequence[Draft], site: Site, lexicon: Lexicon, others: Mapping[str, bytes], remark: str) -> Accepted:
    """Return the drafts without what `check` takes for an error, as far as that is possible.

    `others` are further files that are written with them.
    """
    parsed_others = [load_file(file, data, lexicon) for file, data in others.items()]
    around = _with_companions(site, parsed_others)
    known = {one.file for one in site.companions}
    new_others = [one for one in parsed_others if one.file not in known]
    drafts, rounds = tuple(drafts), ROUNDS
    while True:
        files = {draft.file: bytes_of(draft, remark) for draft in drafts}
        findings = _findings(files, new_others, around, lexicon)
        errors = _errors_by_file(findings)
        if not errors or not rounds:
            return Accepted(drafts, {**others, **files}, findings)
        drafts = tuple(_without(draft, errors[draft.file]) if draft.file in errors else draft for draft in drafts)
        rounds -= 1


def bytes_of(draft: Draft, remark: str) -> bytes:
    """Return the bytes of the file of a draft."""
    return written(draft.file, draft.values, remark)


def _findings(
    files: Mapping[str, bytes], others: Sequence[ParsedFile], site: Site, lexicon: Lexicon
) -> tuple[Finding, ...]:
    parsed = [*(load_file(file, data, lexicon) for file, data in files.items()), *others]
    raw = {one.file: one.raw_records for one in parsed}
    whole = replace(
        site,
        cards=(*site.cards, *(one.card for one in parsed if one.card)),
        raw_records=lambda file: raw[file] if file in raw else site.raw_records(file),
    )
    found = [finding for one in parsed for finding in one.findings]
    found += [finding for finding in check_site(whole) if finding.file in raw]
    return tuple(sorted(with_severities(found, site.settings.severities)))


def _with_companions(site: Site, parsed: Sequence[ParsedFile]) -> Site:
    """Return the site with the records of changed files in the place of those that these files had before."""
    files = {one.file for one in parsed}
    kept: tuple[Companion[Any], ...] = tuple(one for one in site.companions if one.file not in files)
    return replace(site, companions=(*kept, *companions_in(parsed)))


def _errors_by_file(findings: Sequence[Finding]) -> Mapping[str, list[Finding]]:
    errors: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity is Severity.ERROR:
            errors[finding.file].append(finding)
    return errors


def _without(draft: Draft, errors: Sequence[Finding]) -> Draft:
    """Return a draft without the fields, or the entries of lists, that errors concern. Their texts become notes."""
    values, doubts, notes = dict(draft.values), list(draft.doubts), _list(draft.values.get(NOTES))
    gone: dict[str, set[int]] = defaultdict(set)
    for error in errors:
        key = str(error.path[0]) if error.path else ""
        if not key or key in _KEPT or key not in values:
            continue
        entry = error.path[1] if len(error.path) > 1 and isinstance(error.path[1], int) else -1
        if entry in gone[key]:
            continue
        gone[key].add(entry)
        value = _list(values[key])[entry] if entry >= 0 else values[key]
        if key != NOTES:
            notes.append(f"检查不通过、没有写进字段的：{_as_text(value)}")
        doubts.append(
            Doubt(
                key,
                f"检查不通过（{error.code}：{error.says}），记在编辑备注里",
                _as_text(value),
                draft.item.origin.place,
            )
        )
    for key, entries in gone.items():
        kept = [one for index, one in enumerate(_list(values[key])) if index not in entries]
        if -1 in entries or not kept:
            del values[key]
        else:
            values[key] = kept
    if notes:
        values[NOTES] = notes
    return replace(draft, values=values, doubts=tuple(doubts))


def _list(value: Value | None) -> list[Value]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _as_text(value: Value) -> str:
    """Return all texts of a value, for a note."""
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, Mapping) else value
    return "，".join(map(_as_text, parts))
