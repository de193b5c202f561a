"""Finds who does what is said in a step: 经审查合格后，区财政局直接将补贴拨付到财政科 is done by 区财政局.

Where nobody is named, the verb at the beginning often tells whether it is the applicant or the office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

APPLICANT, OFFICE = "申请人", "办理单位"

# What stands before who does it: when, after what.
_BEFORE: Final = (
    r"(?P<before>(?:符合(?:救助|补贴|申请|享受)?条件的(?=[^，、人者的]{2,8}(?:发放|报|审|办))|"
    r"(?:材料齐全的?|审[核批]通过的?|经[^，。；]{2,30}[后的]|待[^，。；]{2,30}后|在[^，。；]{2,30}(?:前|后|时|内|期间)|"
    r"自[^，。；]{2,40}(?:起|内)|[^，。；：、]{2,24}(?:后|前|时|的))，)?)"
)
_IN_NAME: Final = r"(?:(?!经(?!办)|审批|申请)[^到向将把对在持由并后，。；：、于至从与给的自其及受往需应为\d])"
_NO_NAME: Final = (
    "(?!审核|审查|指导|通知|联系|组织|要求|协助|安排|推荐|收取|核对|填写|打印|登录|查询|报送|上报|按照?|根据|如果?|凡)"
)
_PERSON: Final = (
    rf"(?:(?:申请人|申领人|申报人|申办人|办理人|办理者|当事人|借款人|经办人|代办人|监护人|户主|投保人|领取人|业主|企业|用人单位|申请单位|参保单位|"
    rf"个人|群众|居民|村民|参保人|残疾人|老年人|本人|{_IN_NAME}{{2,8}}人员)(?:本人|单位)?"
    r"(?:或(?:其|者)?(?:代办人|代理人|家属|监护人|直系亲属|委托人))?)"
)
_STAFF: Final = "(?:窗口)?(?:工作|办事|经办|受理|审批|审核|业务)人员|协管员"
_OFFICE: Final = (
    rf"(?:(?:{_IN_NAME}{{2,22}}?(?:局|所(?!在(?:地|社区|的|街|乡|镇|村|区))|站|科|处|厅|股|镇|乡|村|中心)"
    rf"|{_IN_NAME}{{0,22}}?(?:{_STAFF}|窗口|大厅|服务站|委员会|居委会|居（村）委会|村（居）委会|村委会|民政办|计生办|社保办|街道办|事务办|合管办|管理办|"
    r"办公室|办事处|政府|街道(?!（)|乡镇|乡（镇）|社区|部门|机关|机构|银行|医院|学校|小组|管理部|单位))"
    rf"(?:（[^（）]{{1,8}}）)?(?:{_IN_NAME}{{0,12}}?(?:科|室|组))?(?:{_STAFF})?)"
)
_OFFICES: Final = rf"{_OFFICE}(?:[、和及或](?:者)?{_OFFICE})*"
_VERB: Final = (
    r"(?=受[^，。；]{2,20}委托|首先|先|再|应当?|须|需|可|要|负责|及时|直接|统一|按|根据|依据|依法|通过|对|将|把|在|于|向|到|至|自|经(?!办)|持|携带|带|凭|提|填|递|交|缴|报|受理|"
    r"审|核|初|复|登|录|办(?!事处|公)|接|收|查|调|勘|公示|张榜|评|入户|组织|召开|汇|整|制|打|开|出|发|拨|支|送|转|通知|告知|作出|做出|决|批|确|签|盖|备|归|存|"
    r"领|前往|进行|完成|予以|不予|给|为|与|会同|协|指导|安排|推荐|同|当场|当面|现场|每|即时|网上|退|补发|颁|换|注销|采集|了解|征|下发|印|上|参加|委托|\d{1,3}个?(?:工作日|天|日))"
)
_PASSIVE: Final = re.compile(rf"{_BEFORE}由(?P<actor>(?:{_PERSON}|{_OFFICES})(?={_VERB}))(?P<rest>.+)", re.DOTALL)
_IS_PERSON: Final = re.compile(_PERSON)
_ACTIVE: Final = re.compile(
    rf"{_BEFORE}{_NO_NAME}(?P<actor>{_PERSON}(?=，?{_VERB})|{_OFFICES}(?={_VERB}))，?(?P<rest>.+)", re.DOTALL
)

# Verbs with which a sentence begins that only one side can do.
_OF_APPLICANT: Final = re.compile(
    r"(?:携带|随带|持|带齐|带上|凭|递交|提交|提出(?:书面)?申请|手写|前往|到[^，。；]{2,30}(?:办理|申请|申报|提交|领取|报名|咨询)|"
    r"向[^，。；]{2,30}(?:提出|提交|递交|申请|申报)|登录[^，。；]{2,20}(?:申请|申报|填写)|网上申请|申请$|申报$|领取[^，。；]*(?:证|卡|存折|补贴|结果)[^，。；]*$)"
)
_OF_OFFICE: Final = re.compile(
    r"(?:受理|审核|审查|审批|初审|复审|复核|核准|核实|核对|核查|查验|评议|公示|公告|上报|报送|录入|打印|制证|制作|编号|"
    r"登记(?:备案|入册)|备案|归档|存档|立卷|入库|办结|办理完毕|发证|颁证|颁发|发放|补发|送达|告知|通知|生成|汇总|统计|盖章|批准|决定|现场(?:勘查|踏勘|核查)|"
    r"入户调查|调查核实|张榜|下发|反馈|批复|出具|开具|资金拨付|拨付|档案(?:编号|登记|入库)|报盘)"
)
# What people do at an office, although the office stands where who does it should stand: 社保所领取证件，交材料给窗口.
_AT_OFFICE: Final = re.compile(
    r"(?:领取|提交|提出|申请|申报|报名|咨询|取号|排队|缴费|签字|审[批核]后)"
    r"|(?!.*(?:通知|告知|发放)).*[，、](?:同时)?(?:领取|填写(?:清楚|完整))"
)
# Where somebody else acts than who stands at the beginning: 失业人员死亡的，其直系亲属……
_SOMEBODY_ELSE: Final = re.compile(r"[^，。；]*(?:死亡|去世|身故)|[^。；]*的，(?:其|由)")
_NAMED_LATER: Final = re.compile(r"由[^，。；]{2,14}(?:上报|受理|审|办|报|核|发|录)")
_PAST_LIMIT: Final = 40


_BEGINS: Final = re.compile(_VERB)


def begins_with_verb(text: str) -> bool:
    """Return whether a text says what somebody does, and goes on with no name."""
    return bool(_BEGINS.match(text))


@dataclass(frozen=True, slots=True)
class Done:
    """What is done in a step and by whom; `is_guess` says that the document does not name the actor."""

    actor: str
    do: str
    is_guess: bool = False


def read_done(text: str) -> Done | None:
    """Return who does what in `text`, None where that cannot be told."""
    for pattern in (_PASSIVE, _ACTIVE):
        match = pattern.match(text)
        if match and len(match["actor"]) <= _PAST_LIMIT:
            is_person = _IS_PERSON.fullmatch(match["actor"])
            if (_SOMEBODY_ELSE if is_person else _AT_OFFICE).match(match["rest"]):
                return None
            return Done(match["actor"], f"{match['before']}{match['rest']}")
    if _NAMED_LATER.search(text):
        return None
    if _OF_OFFICE.match(text):
        return Done(OFFICE, text, is_guess=True)
    return Done(APPLICANT, text, is_guess=True) if _OF_APPLICANT.match(text) else None
