"""Conditions in words: who has to bring something, from what an editor wrote of when it is asked for."""

from __future__ import annotations

import re

from builder.context.words import Words
from builder.wording.joining import joined

_ASKED = "交|提交|提供|出示|带|填|填写|附"
# What says itself whether it is asked for: 新建户除外, 单身的不用交, 换领期间的，交临时身份证.
_SAYS_ITSELF = re.compile(
    rf".*(?:除外|才要|都要|免予?|(?:不用|不必|不需|不须|无需|无须|可不|可以不|不再|应当?|必须|须|均需|还要|只要|还需|只需)要?(?:{_ASKED})?"
    rf"|(?:不|都|均|才|也|[人户的者员])需要|(?:[人户的者员]|不)要(?:{_ASKED})?)的?"
    rf"|.*[，；时](?:只|另|还|改)?(?:须|需|需要|要|应|应当|可以?)?(?:{_ASKED}).*"
    r"|除非.+|.*免交|.*的(?:提供|提交|出示|要交).*"
)
# What names everybody but some: 除新建户外, 除了本村村民以外.
_ALL_BUT = re.compile(r"除(?!非).+(?:外|以外|之外)|(?:人人|所有|全体|每)[^，；]+")
_SPARED = rf"(?:除外|(?:不用|不必|不需要?|不须|无需|无须|可不|可以不|免予?)(?:{_ASKED})?)的?"
_NOT_ASKED = re.compile(f".*{_SPARED}")
_EXCEPTION = re.compile(f"([^，；]+)[，；]([^，；]+{_SPARED})")


def only_if(when: str, words: Words) -> str:
    """Return when a material is asked for as a short sentence, such as 已婚的才要; "" if it always is.

    What the editor wrote may say by itself who need not bring it (新建户除外); with 才要 behind it, it would say the reverse.
    """
    when = when.strip(" 。；，")
    if not when:
        return ""
    if exception := _EXCEPTION.fullmatch(when):
        return joined((only_if(exception[1], words), exception[2]), words)
    if _SAYS_ITSELF.fullmatch(when):
        return when
    return words["all_but" if _ALL_BUT.fullmatch(when) else "only_if"].format(when=when)


def is_of_some(when: str) -> bool:
    """Tell whether only some have to bring it: not all, and not all but some."""
    when = when.strip(" 。；，")
    return bool(when) and not (
        _ALL_BUT.fullmatch(when) or (_NOT_ASKED.fullmatch(when) and not _EXCEPTION.fullmatch(when))
    )
