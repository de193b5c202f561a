"""Phone numbers can be dialled from anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.content.fields import phone_numbers
from builder.content.model.companions import Department, Place
from builder.content.model.kinds import Key, key
from builder.content.phone_numbers import area_code_fits, parts_of
from builder.content.site import Site
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity

NO_AREA_CODE = Rule(
    "R250",
    "固定电话前面要有区号",
    why="用手机、在外地拨不带区号的号码，打不通；页面上的号码是点了就拨的。",
    fix="在号码前面写上区号和短横线，如 022-65775272。",
    severity=Severity.WARNING,
)
RULES = (NO_AREA_CODE,)


@dataclass(frozen=True, slots=True)
class _Owner:
    """What has phones: an item, a companion, or the site. `near` are the departments and places to which it refers."""

    file: str
    area: str
    numbers: tuple[tuple[KeyPath, str], ...]
    near: tuple[Key, ...] = ()
    key: Key | None = None


def check_site(site: Site) -> Iterator[Finding]:
    """Yield a finding for each landline without an area code, with that of the numbers around it where they have one."""
    owners = list(_owners(site))
    by_key = {owner.key: owner for owner in owners if owner.key}
    by_area: dict[str, list[_Owner]] = defaultdict(list)
    for owner in owners:
        by_area[owner.area].append(owner)
    for owner in owners:
        for path, number in owner.numbers:
            parts = parts_of(number)
            if parts is None or parts[0]:
                continue
            around = (
                [owner],
                [by_key[near] for near in owner.near if near in by_key],
                by_area[owner.area] if owner.area else [],
                owners,
            )
            codes = next(filter(None, map(_area_codes, around)), set())
            fitting = [code for code in codes if area_code_fits(code, parts[1])]
            hint = "前面加上区号，如 022-65775272"
            if len(codes) == 1 and fitting:
                hint = f"改成 {fitting[0]}-{number}"
            yield NO_AREA_CODE.at(owner.file, *path, says=f"电话“{number}”没有区号，手机和外地打不通", hint=hint)


def _owners(site: Site) -> Iterator[_Owner]:
    for card in site.cards:
        near = (*(key(Place, id) for id in card.ids_of(Place)), key(Department, card.department))
        yield _Owner(card.file, card.area, card.details.numbers, near, card.key)
    for companion in site.companions:
        record = companion.record
        base = (companion.id,) if companion.many else ()
        area = (record.area or "") if isinstance(record, (Department, Place)) else ""
        near = tuple(key(Place, place) for place in record.places) if isinstance(record, Department) else ()
        yield _Owner(companion.file, area, tuple(phone_numbers(record, base)), near, companion.key)
    yield _Owner("site.yaml", site.settings.area or "", tuple(phone_numbers(site.settings)))


def _area_codes(owners: Iterable[_Owner]) -> set[str]:
    parts = (parts_of(number) for owner in owners for _, number in owner.numbers)
    return {found[0] for found in parts if found and found[0]}
