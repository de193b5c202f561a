"""Whose paper a material is, said where its name does not say it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.content.model.materials import Whose
from builder.context.words import Words
from builder.wording.choices import choice_in_words

# By which words of a name, a note or a heading one sees whose it is.
_SAID: Mapping[Whose, re.Pattern[str]] = {
    whose: re.compile(said)
    for whose, said in {
        Whose.SELF: "本人|自己|(?:申请|参保|申报|贷款|借款|持卡|领取|当事)人",
        Whose.PROXY: "代办|代理|受托|委托|经办",
        Whose.DECEASED: "去世|死者|死亡|逝者|亡者|已故",
        Whose.HEIR: "继承",
        Whose.CHILD: "孩子|子女|儿童|新生儿|婴儿|学生|未成年|出生",
        Whose.PARENT: "父|母|家长|监护",
        Whose.SPOUSE: "配偶|丈夫|妻子|爱人",
        Whose.BOTH: "双方|夫妻|夫妇|男女",
        Whose.HOUSEHOLDER: "户主",
        Whose.FAMILY: "全家|家庭|家里|共同生活",
        Whose.GUARANTOR: "担保",
        Whose.HANDLER: "经办|办事人员",
        Whose.EMPLOYEE: "员工|招用|所招|招聘",
    }.items()
}


def with_person(name: str, whose: Whose | None, person: str, words: Words) -> str:
    """Return the name of a material with the person in an event whose it is, such as 参保人的身份证（孩子的）.

    `whose` is as whose the guide has it, `person` who that is.
    """
    if whose and person == whose.label:
        return with_owner(name, whose, "", words)
    return words["of_whom"].format(name=name, who=person) if person and person not in name else name


def tells_only_owner(note: str, whose: Whose | None) -> bool:
    """Tell whether a note says no more than whose it is (申请人的), which is told already."""
    return bool(whose and re.fullmatch("[^，；。]{1,9}的", note) and _SAID[whose].search(note))


def with_owner(name: str, whose: Whose | None, about: str, words: Words) -> str:
    """Return the name of a material with whose it is, such as 居民户口簿（户主的）.

    `about` is what stands beside it. Where that or the name says whose it is (父亲身份证), the name stays as it is.
    """
    if whose is None or says_owner(name + about, whose):
        return name
    return words["of_whom"].format(name=name, who=choice_in_words(whose, words))


def says_owner(text: str, whose: Whose) -> bool:
    """Tell whether a name, or what stands beside it, says whose paper it is."""
    return bool(_SAID[whose].search(text))
