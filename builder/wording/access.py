"""How one gets at a service, in words: online, in person, by appointment; and how the result comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from builder.content.fields import Absence
from builder.content.model.access import Appointment, Booking, Coverage, Delivery, Online, Quota, Visits
from builder.context.phones import Call, call
from builder.context.words import Words
from builder.wording.choices import choice_in_words
from builder.wording.joining import in_clauses, labelled, with_note
from builder.wording.money import for_each

LONGEST_ADDRESS = 60  # characters that somebody may type from paper; of a longer address only the host stands


def address_in_words(url: str) -> str:
    """Return a web address as it is read and typed: without the scheme and the slash at its end."""
    shown = re.sub(r"^https?://|/$", "", url)
    return shown if len(shown) <= LONGEST_ADDRESS else host_of(url)


def host_of(url: str) -> str:
    """Return the host of a web address, "" for none."""
    return urlsplit(url).hostname or ""


def online_in_words(online: Online, words: Words) -> str:
    """Return where one applies online with its address: 全国公安出入境管理服务平台：s.nia.gov.cn/mps（先登录）."""
    address = address_in_words(online.url)
    return with_note(labelled(online.name, address, words) if address else online.name, online.note, words)


def online_in_brief(online: Online, words: Words) -> str:
    """Return where one applies online, by its name or else by its host: 网上办：全国公安出入境管理服务平台."""
    return words["online_at"].format(name=online.name or host_of(online.url))


def online_with_host(online: Online, words: Words) -> str:
    """Return the same with the host, which one can read from paper."""
    return with_note(online_in_brief(online, words), host_of(online.url) if online.name else "", words)


def visits_in_words(visits: Visits | None, words: Words) -> tuple[str, ...]:
    """Return the lines on how often one must come, who must, and whether somebody else may."""
    if visits is None:
        return ()
    proxy = "" if visits.proxy is None else words["proxy_allowed" if visits.proxy else "no_proxy"]
    times = words["visit_times"].format(n=visits.times) if visits.times else ""
    return tuple(filter(None, (times, visits_in_brief(visits, words), proxy, visits.note)))


def visits_in_brief(visits: Visits, words: Words) -> str:
    """Return who must come: 所有继承人要到场; that nobody must; "" when not known."""
    if visits.times == 0:
        return words["no_visit"]
    return words["must_come"].format(who=visits.who) if visits.who else ""


def coverage_in_words(coverage: Coverage | None, words: Words) -> tuple[str, ...]:
    """Return in which other places one can apply, none when not known."""
    return (with_note(choice_in_words(coverage.range, words), coverage.note, words),) if coverage else ()


def quota_in_words(quota: Quota | Absence | None, words: Words) -> tuple[str, ...]:
    """Return how many there are: 每年200名（按申请先后）; none when not known."""
    if quota is None:
        return ()
    if isinstance(quota, Absence):
        return (words["no_quota"],)
    if quota.number is None:
        return (quota.note,)
    number = words["quantity"].format(n=quota.number, unit=quota.unit)
    return (with_note(for_each(quota.per, number, words), quota.note, words),)


def booked_in_words(appointment: Appointment | None, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the lines on whether and where to book, each with the address to which it leads or ""."""
    if appointment is None:
        return
    if appointment.required:
        yield choice_in_words(appointment.required, words), ""
    for phone in appointment.phones:
        number = call(phone, words)
        yield labelled(words["book_by_phone"], call_in_words(number, words), words), f"tel:{number.dial}"
    if appointment.url:
        yield labelled(words["book_online"], address_in_words(appointment.url), words), appointment.url
    if appointment.note:
        yield appointment.note, ""


def booked_in_brief(appointment: Appointment, words: Words) -> tuple[str, str]:
    """Return that one must book, with the first phone or else the host, and the address to which that leads or ""."""
    must = choice_in_words(Booking.REQUIRED, words)
    if appointment.phones:
        number = call(appointment.phones[0], words)
        return labelled(must, number.shown, words), f"tel:{number.dial}"
    return labelled(must, host_of(appointment.url), words) if appointment.url else must, appointment.url


def call_in_words(call: Call, words: Words) -> str:
    """Return a number with whose it is and when it is answered."""
    return with_note(call.shown, call.label, words) + call.hours


def delivery_in_words(delivery: Delivery, words: Words) -> str:
    """Return a way in which the result comes: 窗口领取：带受理单、身份证；本人领取."""
    bring = delivery.bring.removeprefix("请").lstrip("带凭持")
    told = (
        words["bring_to_collect"].format(what=bring) if bring else "",
        words["who_collects"].format(who=re.sub(r"(?<=.)(?:来|去)?(?:领取|领)$", "", delivery.who))
        if delivery.who
        else "",
        words["postage"].format(cost=delivery.cost.removeprefix("邮费")) if delivery.cost else "",
        delivery.note,
    )
    way = choice_in_words(delivery.way, words)
    return labelled(way, in_clauses(told, words), words) if any(told) else way
