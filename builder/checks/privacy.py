"""Personal data that must not be published: citizen numbers, bank cards, personal mobiles, lists of people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from builder.checks import name_lists
from builder.checks.written import WrittenRecord
from builder.content.model.contacts import Phone
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, quote

CITIZEN_NUMBER = Rule(
    "P601",
    "网页上不能有身份证号码",
    why="网页谁都能看、能存，身份证号码公开出去就收不回来，按规定要追责。",
    fix="整个删掉；确实要写的，写成 35*************123 这样，只留前两位和后三位。",
)
BANK_CARD = Rule(
    "P602",
    "网页上不能有银行卡号",
    why="银行卡号是个人的财产信息，公开出去会被人冒用。",
    fix="整个删掉；确实要写的，写成 6222***********1234 这样，只留前四位和后四位。单位的收款账号，在 site.yaml 的 severity 里说明。",
)
MOBILE = Rule(
    "P603",
    "网页上不留个人的手机号",
    why="个人的手机号公开后，会接到骚扰和诈骗电话；人换了岗位，群众也打不通。",
    fix=(
        "单位的手机写进 phones（电话），label 写清是哪里的、办什么的，如“社区值班”“低保咨询”；"
        "个人的换成办公电话，或写成 138****1234。"
    ),
    severity=Severity.WARNING,
)
RULES = (CITIZEN_NUMBER, BANK_CARD, MOBILE, name_lists.NAME_LIST)

_HALF_WIDTH = str.maketrans("０１２３４５６７８９ｘＸ＋", "0123456789xX+")

# What people put between the digits of a long number.
_GAP = "[ \\t\u00a0\u2009\u200b\u3000\u2010\u2011\u2013\u2014\uff0d-]"
# Digits in groups, not within a word or a code of letters and digits.
_NUMBER = re.compile(rf"(?<![0-9A-Za-z])[0-9]+(?:{_GAP}{{1,2}}[0-9]+)*(?:{_GAP}?[xX])?(?![0-9A-Za-z])")
# Every number that the rules look for has fifteen digits, or is a mobile. Most texts have none, so this test is faster.
_SUSPECT = re.compile(
    rf"[0-9０-９](?:(?:{_GAP}{{0,2}}[0-9０-９]){{14}}|(?<=[1１]){_GAP}{{0,2}}[3-9３-９](?:{_GAP}{{0,2}}[0-9０-９]){{9}})"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s，。；、（）《》”\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Neighbouring groups of digits: where they stand, their lengths, and their digits as one text."""

    start: int
    end: int
    lengths: tuple[int, ...]
    digits: str


def check_texts(written: WrittenRecord) -> Iterator[Finding]:
    """Yield the findings about personal data in the published texts of a record."""
    for path, text in written.texts_with(_SUSPECT):
        if written.is_published(path):
            yield from _numbers(written, path, text)
    yield from name_lists.check_texts(written)


def citizen_numbers(text: str) -> list[str]:
    """Return the citizen numbers in `text`, as they are written there."""
    plain = text.translate(_HALF_WIDTH)
    return [
        text[candidate.start : candidate.end]
        for number in _NUMBER.finditer(plain)
        for candidate in _candidates(number)
        if _is_citizen_number(candidate.digits, plain[max(0, candidate.start - 24) : candidate.start])
    ]


def _numbers(written: WrittenRecord, path: KeyPath, text: str) -> Iterator[Finding]:
    plain = text.translate(_HALF_WIDTH)
    urls = [match.span() for match in _URL.finditer(plain)]
    names_a_code = _CODE_LABEL.search(written.label(path)) is not None
    for number in _NUMBER.finditer(plain):
        is_code = names_a_code or _CODE_BEFORE.search(plain, max(0, number.start() - 20), number.start()) is not None
        is_code = is_code or any(start <= number.start() < end for start, end in urls)
        done = 0
        for candidate in _candidates(number):
            if candidate.start < done:
                continue
            before = plain[max(0, candidate.start - 24) : candidate.start]
            place = (path, candidate.start, candidate.end)
            if _is_citizen_number(candidate.digits, before):
                masked = _masked(candidate.digits, 2, 3)
                says, hint = f"这里有身份证号码 {masked}", f"整个删掉；确实要写的，写成 {masked}"
                yield written.finding(CITIZEN_NUMBER, *place, says=says, hint=hint)
            elif not is_code and _is_bank_card(candidate, before):
                masked = _masked(candidate.digits, 4, 4)
                says, hint = f"这里有银行卡号 {masked}", f"整个删掉；确实要写的，写成 {masked}"
                yield written.finding(BANK_CARD, *place, says=says, hint=hint)
            elif not is_code and (mobile := _mobile(candidate)) and not _COUNTED.match(plain, candidate.end):
                if message := _about_mobile(_masked(mobile, 3, 4), _phone_label(written, path)):
                    yield written.finding(MOBILE, *place, says=message[0], hint=message[1])
            else:
                continue
            done = candidate.end


def _candidates(number: re.Match[str]) -> Iterator[_Candidate]:
    """Yield the groups of digits in `number` that can make one number together, the longest first at each start."""
    groups = [(match.start(), match.end(), match[0]) for match in _GROUP.finditer(number[0])]
    for first in range(len(groups)):
        for last in range(min(len(groups), first + 8) - 1, first - 1, -1):
            chosen = groups[first : last + 1]
            digits = "".join(group for _, _, group in chosen)
            if 11 <= len(digits) <= 19:
                lengths = tuple(len(group) for _, _, group in chosen)
                yield _Candidate(number.start() + chosen[0][0], number.start() + chosen[-1][1], lengths, digits)


_GROUP = re.compile(r"[0-9]+[xX]?|[xX]")


def _masked(digits: str, first: int, last: int) -> str:
    return digits[:first] + "*" * (len(digits) - first - last) + digits[-last:]


# --- Citizen numbers -------------------------------------------------------------------------------------------------

# GB/T 2260, and 81 to 83 for the residence permits of people from Hong Kong, Macau and Taiwan.
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_UNIT_CODE_BEFORE = re.compile(r"(?:信用|机构|事项|实施|基本)(?:代码|编码|码)[^，。；]{0,8}$")
_IDENTITY_BEFORE = re.compile(r"(?:身份证|身份号|证件号)[^，。；]{0,14}$")


def _is_citizen_number(digits: str, before: str) -> bool:
    """Return whether `digits` are a citizen number (公民身份号码) by GB 11643. `before` is the text before it.

    Old numbers of 15 digits have no check digit: they are told only where the text says what they are.
    """
    if len(digits) == 18 and digits[:17].isdigit():
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
        is_right = _CHECK[total % 11] == digits[17].upper()
        birthday = digits[6:14]
        named_otherwise = _UNIT_CODE_BEFORE.search(before) is not None
    elif len(digits) == 15 and digits.isdigit():
        is_right = _IDENTITY_BEFORE.search(before) is not None
        birthday = f"19{digits[6:12]}"
        named_otherwise = False
    else:
        return False
    return is_right and not named_otherwise and _PROVINCES.match(digits) is not None and _is_day(birthday)


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1870 <= day.year <= 2100


# --- Bank cards ------------------------------------------------------------------------------------------------------

# UnionPay; the old cards of ICBC and ABC. Their first digits are hardly found in other numbers.
_SURE_ISSUER = re.compile(r"62|955[89]")
# Visa, Mastercard, JCB, and the old cards of CCB and BOC. Such digits are common, so the text must say that it is a card.
_POSSIBLE_ISSUER = re.compile(r"4|5[1-5]|2[2-7]|35|60|68|9")
_CARD_BEFORE = re.compile(r"(?:卡号|银行卡|储蓄卡|借记卡|信用卡|社保卡|存折|[账帐][号户]|户头|打款|汇款)[^。；]{0,16}$")


def _is_bank_card(candidate: _Candidate, before: str) -> bool:
    """Return whether this is a bank card: 16 to 19 digits of a known issuer with a right check digit (Luhn)."""
    digits = candidate.digits
    if not (16 <= len(digits) <= 19 and digits.isdigit() and _is_luhn(digits)):
        return False
    *others, _ = candidate.lengths
    if others and not all(length in (4, 6) for length in others):
        return False
    if _SURE_ISSUER.match(digits):
        return True
    return _POSSIBLE_ISSUER.match(digits) is not None and _CARD_BEFORE.search(before) is not None


def _is_luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 if index % 2 else 1) for index, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


# --- Mobiles ---------------------------------------------------------------------------------------------------------

_MOBILE = re.compile(r"(?:(?:00)?86)?(1[3-9][0-9]{9})")
_MOBILE_GROUPS = {(11,), (3, 4, 4), (3, 8), (7, 4)}
_COUNTED = re.compile(r" ?(?:[元万亿人户件份次吨%％]|平方|立方)")  # then it is an amount
_CODE_LABEL = re.compile(r"编码|编号|文号|代码")
_CODE_BEFORE = re.compile(r"(?:编码|编号|代码|文号|案号|条码|书号|单号|流水号|ISBN)[为是：:\s]*$")


def _mobile(candidate: _Candidate) -> str:
    """Return the eleven digits of the mobile that this is, or ""."""
    match = _MOBILE.fullmatch(candidate.digits)
    lengths = candidate.lengths
    if candidate.digits.startswith(("86", "0086")):
        lengths = lengths[1:] if lengths[0] in (2, 4) else (lengths[0] - len(candidate.digits) + 11, *lengths[1:])
    return match[1] if match and lengths in _MOBILE_GROUPS else ""


def _about_mobile(masked: str, label: str | None) -> tuple[str, str] | None:
    """Return what is to be said of a mobile and the hint, None if it is an office's.

    `label` is what it is said to be among the phones, None if it stands in another text.
    """
    if label is None:
        where = "单位的写进 phones（电话），label 写清是哪里的、办什么的，如“社区值班”“低保咨询”"
        return f"这里有手机号 {masked}", f"个人的删掉，或写成 {masked}；{where}"
    if names_an_office(label):
        return None
    says = f"手机 {masked} 是“{quote(label)}”的，看不出是单位的" if label else f"手机 {masked} 没有写是单位的"
    return says, "单位的手机，label 写清是哪里的、办什么的，如“社区值班”“低保咨询”；个人的换成办公电话"


def _phone_label(written: WrittenRecord, path: KeyPath) -> str | None:
    """Return what the phone whose number stands at `path` is said to be, None if the text is no number of a phone."""
    if written.record_at(path) is Phone:
        return ""
    if path[-1:] == ("number",) and written.record_at(path[:-1]) is Phone:
        label = written.value((*path[:-1], "label"))
        return label.strip() if isinstance(label, str) else ""
    return None


# What a person is called after the name. It names an office only together with what stands before it: 社区主任, not 王主任.
_TITLE = (
    "主任|书记|科长|股长|所长|站长|局长|处长|部长|镇长|乡长|村长|院长|校长|队长|主席|委员|干事|会计|专员|专干|老师|"
    "医生|经理|同志|先生|女士|师傅"
)
_OFFICE = re.compile(
    r"[办所站局厅科股处部委会院校园队组村镇乡街社区县市省]|中心|窗口|大厅|公司|银行|网点|柜台|基地|机构|单位|公用|"
    r"值班|咨询|服务|热线|预约|报名|受理|投诉|监督|举报|业务|登记|缴费|救助|低保|社保|医保|养老|就业|殡葬|客服|"
    r"工作手机|夜间|应急|报修|查询|申请|审核|发放|备案"
)


def names_an_office(label: str) -> bool:
    """Return whether the label of a phone says whose it is in an office: a unit (城关社区) or a use (低保咨询).

    The name or the title of a person alone (张三, 王主任, 联系人) does not.
    """
    rest = re.sub(rf"[\u4e00-\u9fff]?副?(?:{_TITLE})|[（(][^（）()]*[)）]", "", label)
    return _OFFICE.search(rest) is not None
