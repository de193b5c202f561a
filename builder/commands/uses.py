"""Who uses a record of the site, or a phone number, and where: `check --uses material:household-book`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from builder.checks.reference_hints import ReferenceHints
from builder.content.card import Card
from builder.content.fields import Record, declared, phone_numbers, references
from builder.content.model.events import Event
from builder.content.model.kinds import BY_NAME, Key
from builder.content.site import Companion, Site
from builder.report.cells import excerpt, visible
from builder.report.located import Located, located
from builder.support.diagnostics import Finding, KeyPath, near
from builder.support.failure import USAGE_ERROR, Failure

PHONE = "phone"
_NOT_REFERRED = (
    "terms",
    "glossary",
    "import",
    "edition",
    "signoff",
    "moved",
)  # kinds of record that nothing names by id

ReadBytes = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names it: the record there, by kind, id and name, and the position in its file."""

    kind: str
    id: str
    name: str
    path: KeyPath
    place: Located


@dataclass(frozen=True, slots=True)
class Uses:
    """What was asked for, by kind, id and name, and every place that names it, by file and line."""

    kind: str
    id: str
    name: str
    places: tuple[Use, ...]


def uses_of(site: Site, asked: str, read_bytes: ReadBytes) -> Uses:
    """Return who uses what is `asked`: ``kind:id``, the kind by its name or its label, or ``phone:number``.

    A name stands for the id of the only record of that name. Raises `Failure` with a hint where there is no such record.
    """
    written_kind, colon, written = (part.strip() for part in re.sub("：", ":", asked, count=1).partition(":"))
    kind = _kind_of(written_kind) if colon and written else ""
    if not kind:
        examples = "material:id-card、law:minfadian、place:dating、phone:12345"
        meant = near(written_kind, _kinds())
        hint = f"写成 {meant}:{written}" if meant and written else f"能查：{'、'.join(_kinds())}"
        raise Failure(f"“{visible(asked)}”要写成 种类:编号，如 {examples}", hint, USAGE_ERROR)
    if kind == PHONE:
        number, found = _numbers(site, written)
        return Uses(kind, number, "", _placed(site, found, read_bytes))
    target = _target(site, kind, written)
    record = site.known[target]
    return Uses(kind, target[1], _name_of(record, site), _placed(site, _referring(site, target), read_bytes))


def _kinds() -> dict[str, str]:
    """Return what can be asked for: the names of kinds, each with its label."""
    kinds = {kind.name: kind.label for kind in BY_NAME.values() if kind.name not in _NOT_REFERRED}
    return {**kinds, PHONE: "电话"}


def _kind_of(written: str) -> str:
    kinds = _kinds()
    labels = {label: name for name, label in kinds.items()}
    return written if written in kinds else labels.get(written, "")


def _target(site: Site, kind: str, written: str) -> Key:
    if (kind, written) in site.known:
        return kind, written
    hints = ReferenceHints(site)
    named = hints.named(kind, written)
    if len(named) == 1:
        return kind, named[0]
    if named:
        says, hint = hints.message(kind, written, several=False)
        raise Failure(says, hint, USAGE_ERROR)
    raise Failure(f"没有编号为“{visible(written)}”的{_kinds()[kind]}", hints.asked(kind, written), USAGE_ERROR)


_Found = tuple[str, str, str, str, KeyPath]  # file, kind, id and name of the record, and where in the file


def _referring(site: Site, target: Key) -> Iterator[_Found]:
    for card in site.cards:
        if target in card.references:
            paths = site.paths_to(card.file, target)
            yield from (_of_card(card, path) for path in paths or [()])
    for companion in site.companions:
        for path, kind, id in references(companion.record):
            if (kind, id) == target:
                yield _of_companion(companion, path, site)


def _numbers(site: Site, written: str) -> tuple[str, list[_Found]]:
    """Return the number that is meant and where it is given. Marks between its digits do not matter."""
    places: dict[str, list[_Found]] = {}
    for card in site.cards:
        for path, number in card.details.numbers:
            places.setdefault(number, []).append(_of_card(card, path))
    for companion in site.companions:
        for path, number in phone_numbers(companion.record):
            places.setdefault(number, []).append(_of_companion(companion, path, site))
    digits = {_digits(number): number for number in places}
    known = digits.get(_digits(written))
    if known is not None:
        return known, places[known]
    meant = near(_digits(written), digits)
    hint = f"是不是想写“{digits[meant]}”？" if meant else "号码照内容里写的写，带区号，如 022-65775272"
    raise Failure(f"内容里没有“{visible(written)}”这个号码", hint, USAGE_ERROR)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _of_card(card: Card, path: KeyPath) -> _Found:
    return card.file, card.key[0], card.id, card.title, path


def _of_companion(companion: Companion[Record], path: KeyPath, site: Site) -> _Found:
    at = (companion.id, *path) if companion.many else path
    return companion.file, companion.kind, companion.id, _name_of(companion, site), at


def _name_of(found: Card | Companion[Record], site: Site) -> str:
    if isinstance(found, Card):
        return found.title
    if isinstance(found.record, Event):
        return site.event_name(found.record)
    return str(getattr(found.record, "name", "") or getattr(found.record, "title", "") or found.id)


def _placed(site: Site, found: Iterator[_Found] | Sequence[_Found], read_bytes: ReadBytes) -> tuple[Use, ...]:
    """Return the places in the order of files and lines."""
    records: dict[tuple[str, KeyPath], _Found] = {(one[0], one[4]): one for one in found}
    findings = [Finding(file, path, "", "") for file, path in records]
    places = located(findings, read_bytes)
    told = ((place, records[place.finding.file, place.finding.path]) for place in places)
    return tuple(Use(kind, id, name, path, place) for place, (_, kind, id, name, path) in told)


def as_text(uses: Uses, shown_as: Callable[[str], str]) -> str:
    """Return the places for a terminal, each with its line. `shown_as` tells how a file is written there."""
    label = _kinds()[uses.kind]
    called = f"{label} {uses.id}" + (f"（{uses.name}）" if uses.name and uses.name != uses.id else "")
    if not uses.places:
        return f"{called}没有地方用到。"
    lines = []
    for use in uses.places:
        position, file = use.place.position, shown_as(use.place.finding.file)
        lines.append(f"{visible(file)}:{position.line}:{position.column}: {_who(use)}")
        if use.place.line_text:
            shown, carets = excerpt(use.place.line_text, position.column, position.length)
            lines += [f"    | {shown}".rstrip(), f"    | {carets}"]
    records = len({(use.kind, use.id) for use in uses.places})
    return "\n".join((*lines, "", f"{called}用在 {len(uses.places)} 处，{records} 条记录里。"))


def _who(use: Use) -> str:
    """Return which record names it, and in which field: 事项《申领失业金》：要带的材料."""
    record, steps = BY_NAME[use.kind].record, use.path
    name = next((step for step in steps if isinstance(step, str) and step in declared(record)), "")
    if name == "variants":
        name = next((step for step in steps[1:] if isinstance(step, str)), name)
    called = f"{BY_NAME[use.kind].label}《{visible(use.name.strip('《》'))}》"
    return f"{called}：{declared(record)[name].label}" if name in declared(record) else called


def as_json(uses: Uses) -> str:
    """Return the places for programs: with file, line, column, key path, and the record there."""
    places = [
        {
            "file": use.place.finding.file,
            "line": use.place.position.line,
            "column": use.place.position.column,
            "path": list(use.path),
            "kind": use.kind,
            "id": use.id,
            "name": use.name,
        }
        for use in uses.places
    ]
    return json.dumps(
        {"kind": uses.kind, "id": uses.id, "name": uses.name, "uses": places}, ensure_ascii=False, indent=2
    )
