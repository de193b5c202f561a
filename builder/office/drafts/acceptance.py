"""Has drafts checked as `check` would check them in the site; what an error concerns becomes a note instead of a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from builder.checks import check_site
from builder.checks.proofreading import Lexicon
from builder.content.fields import label
from builder.content.model.item import Item
from builder.content.parsing import ParsedFile
from builder.content.site import Companion, Site, companions_in
from builder.editing import Remove, Value, edited, written
from builder.loading import load_file
from builder.office.drafts.draft import NOTES, Doubt, Draft
from builder.support.diagnostics import Finding, KeyPath, Severity, with_severities

ROUNDS: Final = 4  # taking a field away can make another one wrong
_KEPT: Final = ("name", "status", "provenance")
_REFERENCE: Final = "items"  # of a row of a disclosure list


@dataclass(frozen=True, slots=True)
class Accepted:
    """Drafts as they will be written, with the bytes of each file, and what `check` says of these files.

    `refused` are errors that cannot be taken out, by the file that is not written because of them.
    """

    drafts: tuple[Draft, ...]
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    refused: Mapping[str, tuple[Finding, ...]]


def accept(drafts: Sequence[Draft], site: Site, lexicon: Lexicon, others: Mapping[str, bytes], remark: str) -> Accepted:
    """Return the drafts without what `check` takes for an error, and without those of which that cannot be taken out.

    `others` are further files that are written with them.
    """
    drafts, others = tuple(drafts), dict(others)
    refused: dict[str, tuple[Finding, ...]] = {}
    rounds = 0
    while True:
        parsed = [load_file(file, data, lexicon) for file, data in others.items()]
        known = {one.file for one in site.companions}
        new = [one for one in parsed if one.file not in known]
        files = {draft.file: bytes_of(draft, remark) for draft in drafts}
        findings = findings_with(files, new, _with_companions(site, parsed), lexicon)
        errors = _errors_by_file(findings)
        if not errors:
            return Accepted(drafts, {**others, **files}, findings, refused)
        rounds += 1
        kept = []
        for draft in drafts:
            mended = _without(draft, errors[draft.file]) if draft.file in errors else draft
            if draft.file in errors and (mended.values == draft.values or rounds > ROUNDS):
                refused[draft.file] = tuple(errors[draft.file])
            else:
                kept.append(mended)
        drafts = tuple(kept)
        for file, data in [*others.items()]:
            if file in errors and (changed := _without_references(file, data, errors[file])) is not None:
                others[file] = changed
            elif file in errors:
                refused[file] = tuple(errors[file])
                del others[file]


def is_accepted(file: str, content: Mapping[str, Value], lexicon: Lexicon) -> bool:
    """Return whether `check` finds no error in a file with this content, taken by itself."""
    found = load_file(file, written(file, content), lexicon).findings
    return all(finding.severity is not Severity.ERROR for finding in found)


def bytes_of(draft: Draft, remark: str) -> bytes:
    """Return the bytes of the file of a draft."""
    return written(draft.file, draft.values, remark)


def findings_with(
    files: Mapping[str, bytes], others: Sequence[ParsedFile], site: Site, lexicon: Lexicon
) -> tuple[Finding, ...]:
    """Return what `check` says of `files` and `others`, were they in the site, in the place of files of the same names."""
    parsed = [*(load_file(file, data, lexicon) for file, data in files.items()), *others]
    raw = {one.file: one.raw_records for one in parsed}
    whole = replace(
        site,
        cards=(*(card for card in site.cards if card.file not in raw), *(one.card for one in parsed if one.card)),
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
    values: dict[str, Value] = draft.values
    doubts, notes = list(draft.doubts), []
    places = {place: error for error in errors if (place := _place(values, error.path)) and _may_go(place)}
    for place, error in sorted(places.items(), key=lambda pair: [f"{step:>9}" for step in pair[0]], reverse=True):
        text = _as_text(_value_at(values, place))
        values = _removed(values, place)
        if place[0] not in (NOTES, "provenance"):
            notes.append(f"检查不通过、没有写进字段的：{text}")
        why = f"检查不通过（{error.code}：{error.says}），记在编辑备注里"
        doubts.append(Doubt(label(Item, (str(place[0]),)), why, text, draft.item.origin.place))
    if notes:
        values = {**values, NOTES: [*_list(values.get(NOTES)), *notes]}
    return replace(draft, values=values, doubts=tuple(doubts))


def _place(values: Value, path: KeyPath) -> KeyPath:
    """Return what an error concerns: the innermost entry of a list on its path, else the field; () if it is not there."""
    place: KeyPath = ()
    for depth, step in enumerate(path, 1):
        if isinstance(values, Mapping) and step in values:
            values = values[str(step)]
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            break
        if depth == 1 or isinstance(step, int) or path[0] == "provenance":
            place = path[:depth]
    return place


def _may_go(place: KeyPath) -> bool:
    """Whether a draft is still one without what stands at a place."""
    return place[0] not in _KEPT or (place[0] == "provenance" and place[-1] == "note")


def _value_at(values: Value, place: KeyPath) -> Value:
    for step in place:
        values = values[step]  # type: ignore[index]  # `_place` found it
    return values


def _removed(values: Mapping[str, Value], place: KeyPath) -> dict[str, Value]:
    """Return `values` without what stands at `place`, and without lists and records of which nothing is left."""

    def without(value: Value, rest: KeyPath) -> Value:
        if not rest:
            return ""
        step, inner = rest[0], without(_value_at(value, rest[:1]), rest[1:])
        if isinstance(value, Mapping):
            return {key: inner if key == step else one for key, one in value.items() if key != step or inner}
        return [inner if index == step else one for index, one in enumerate(value) if index != step or inner]

    made = without(values, place)
    return dict(made) if isinstance(made, Mapping) else {}


def _without_references(file: str, data: bytes, errors: Sequence[Finding]) -> bytes | None:
    """Return a list without what refers to drafts that are not written, None if something else is wrong with it."""
    paths = [error.path[: error.path.index(_REFERENCE) + 1] for error in errors if _REFERENCE in error.path]
    if len(paths) < len(errors):
        return None
    return edited(file, data, [Remove(path) for path in dict.fromkeys(paths)])


def _list(value: Value | None) -> list[Value]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _as_text(value: Value) -> str:
    """Return all texts of a value, for a note."""
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, Mapping) else value
    return "，".join(map(_as_text, parts))
