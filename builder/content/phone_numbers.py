"""Phone numbers as people write them, and as content has them: 022-65775272, 010-67322223-110, 12345, 13812345678."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

# How content has a number. A hotline has no area code, and an extension follows a landline only.
PATTERN = r"^(?:0\d{2,3}-)?\d{7,8}(?:-\d{1,5})?$|^1\d{10}$|^(?:1\d{2}|1\d{4}|9\d{4,5})$|^[48]00-?\d{3}-?\d{4}$"

# Area codes of mainland China: 010 and 02x have three digits, all others four (电信网编号计划).
_AREA = r"10|2\d|[3-9]\d{2}"
_HOTLINE = r"1\d{2}|1\d{4}|9\d{4,5}"
_EXTENSION = rf"\s*(?:(?:转分机号?|转|分机号?|ext\.?|[-*#x])\s*:?|,(?!0|(?:{_HOTLINE})(?!\d)))\s*(?P<extension>\d{{1,5}})(?!\d|-\d)"
_NUMBER = re.compile(
    rf"""(?<![\d转机])(?:
      (?:\(?(?:\+|00)?86\)?[-\s]*)?(?P<mobile>1[3-9]\d[-\s]?\d{{4}}[-\s]?\d{{4}})
    | (?P<free>[48]00(?:[-\s]?\d){{7}})
    | (?:\(?(?:\+|00)?86\)?[-\s]*)?\(?(?:0(?P<area>{_AREA})\)?[-\s._~]*|(?P<bare_area>{_AREA})(?:\)[-\s]*|[-\s]+))
      (?:(?P<hotline_there>{_HOTLINE})(?!\d)|(?P<local>\d{{3,4}}[-\s]?\d{{4}}))
    | (?P<near>[2-9]\d{{2,3}}[-\s]?\d{{4}})
    | (?P<hotline>{_HOTLINE})
    | (?P<more>\d{{1,5}})
    )(?!\d)(?:{_EXTENSION})?""",
    re.VERBOSE | re.IGNORECASE,
)
_LANDLINE = re.compile(r"(?:(0\d{2,3})-)?(\d{7,8})(?:-(\d{1,5}))?")

_CLOCK = re.compile(r"\d{1,2}[:时点](?:\d{2}分?|半)?|24小时|\d{1,2}日|\d{1,2}月")
_HOURS = re.compile(r"周|星期|工作日|[上下]午|节假日|小时|\d[:时点]|\d[月日]")
_NAME_OF_PHONE = re.compile(
    r"^(?:(?:联系|咨询|办公|服务|监督)?(?:电话|热线|方式)(?:号码)?|座机|手机|号码|tel\.?|phone)+", re.IGNORECASE
)
_BETWEEN = "、,;。./|:：()[]-—_和或及与 \n\t"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number as content has it, and what stood beside it: whose it is, and when somebody answers."""

    number: str
    label: str = ""
    hours: str = ""
    area: str = ""  # the area code that stood before a hotline, which has none


def parts_of(number: str) -> tuple[str, str, str] | None:
    """Return area code, local number and extension of a landline, "" for what it does not have; None for other numbers."""
    match = _LANDLINE.fullmatch(number)
    return match.groups("") if match else None  # type: ignore[return-value]


def area_code_fits(code: str, local: str) -> bool:
    """Return whether a local number can have this area code: behind those of three digits all numbers have eight."""
    return len(code) == 4 or len(local) == 8


def numbers_in(text: str) -> list[PhoneNumber]:
    """Return the numbers that a text names, [] where any of its digits cannot be told for certain.

    What follows a number without an area code, and is no hotline, has that of the number before it; a few digits more
    after an extension are another extension of the same number.
    """
    plain = re.sub(r"[‐-―−﹘﹣]", "-", unicodedata.normalize("NFKC", text)).translate(
        str.maketrans("【】[]〔〕", "()()()")
    )
    shielded = _CLOCK.sub(
        lambda match: "".join(chr(0xE000 + ord(one)) if one.isdigit() else one for one in match[0]), plain
    )
    found: list[PhoneNumber] = []
    ends: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(shielded):
        number = _number_of(match, found[-1].number if found else "")
        if number is None:
            return []
        found.append(number)
        ends.append(match.span())
    return _with_remarks(found, ends, plain)


def _number_of(match: re.Match[str], before: str) -> PhoneNumber | None:
    part = {name: re.sub(r"\D", "", text) for name, text in match.groupdict(default="").items()}
    extension, area = part["extension"], part["area"] or part["bare_area"]
    if part["mobile"]:
        return _named(part["mobile"], extension)
    if free := part["free"]:
        return _named(f"{free[:3]}-{free[3:6]}-{free[6:]}", extension) if len(free) == 10 else None
    if part["hotline_there"]:
        return replace(_named(part["hotline_there"], extension), area=f"0{area}")
    if part["hotline"]:
        return _named(part["hotline"], extension)
    landline = parts_of(before)
    if part["more"]:
        if landline is None or not landline[2] or extension:
            return None
        return PhoneNumber(f"{before.rpartition('-')[0]}-{part['more']}")
    code = f"0{area}" if area else landline[0] if landline else ""
    number = part["local"] or part["near"]
    return PhoneNumber("-".join(filter(None, (code, number, extension))))


def _named(number: str, key: str) -> PhoneNumber:
    """Return a number that has no extensions; what is to be pressed after it becomes its label."""
    return PhoneNumber(number, f"转{key}" if key else "")


def _with_remarks(found: list[PhoneNumber], ends: list[tuple[int, int]], text: str) -> list[PhoneNumber]:
    """Return the numbers with what stands before or after each of them."""
    if not found:
        return []
    edges = [0, *(place for end in ends for place in end), len(text)]
    remarks = [
        _NAME_OF_PHONE.sub("", text[start:end].strip(_BETWEEN)).strip(_BETWEEN)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    before, after = remarks[:-1], remarks[1:]
    told = before if before[0] else after
    if sum(map(bool, remarks)) > sum(map(bool, told)):  # words on both sides
        return found if len(found) == 1 else []
    return [_remarked(number, remark) for number, remark in zip(found, told, strict=True)]


def _remarked(number: PhoneNumber, remark: str) -> PhoneNumber:
    parts = [part for part in re.split(r"[()\s,;、:]+(?!\d\d)", remark) if part]
    hours = "，".join(part for part in parts if _HOURS.search(part))
    words = (part for part in (number.label, *parts) if re.search(r"\w", part) and not _HOURS.search(part))
    label = "，".join(words)
    return replace(number, label=label, hours=hours)
