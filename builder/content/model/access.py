"""How residents get at a service: online, in person, by appointment; and how the result comes to them.

After the element list of the national implementation catalogue (GB/T 39554): 网上办理入口, 到办事现场次数, 预约办理, 结果送达
方式, 通办范围, 数量限制.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import ip_address
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from builder.content.fields import Choice, Flag, Many, Record
from builder.content.model.contacts import Phone
from builder.content.model.quantities.durations import NUMBER, number

_WEB = re.compile(r"https?\s*[:：]|www\.", re.IGNORECASE)  # how a web address begins, also one that is written wrong
_BARE_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:cn|com|net|org|gov)(?:/\S*)?", re.IGNORECASE)
_NOT_OF_AN_ADDRESS = re.compile(r"[^!-~]+.*", re.DOTALL)  # from the first character that is not printable ASCII
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Tell whether a text is meant as a web address, also where it is written wrong."""
    return bool(_WEB.match(text) or _BARE_HOST.fullmatch(text))


def _reachable(address: str) -> str:
    """Return a web address that anybody can open. Raises ValueError with advice in Chinese."""
    if address and not re.search(r"[A-Za-z0-9]", address):
        raise ValueError("没有网址的，不写这一行")
    if (meant := _in_narrow_letters(address)) != address:
        raise ValueError(f"网址里有中文标点；改成 {meant}")
    if address and not re.match(r"https?://", address):
        bare = re.sub(r"^\s*(?:https?)?\s*[:：/\\]*\s*", "", address, flags=re.IGNORECASE)
        raise ValueError(f"网址要以 http:// 或 https:// 开头；改成 https://{bare}，并且打开看看")
    if rest := _NOT_OF_AN_ADDRESS.search(address):
        raise ValueError(f"网址到“{rest[0][:12]}”前面为止；别的话写进 note（说明）")
    host = _host_of(address)
    if address and _is_inside(host):
        raise ValueError("这是单位内网的地址，群众打不开；换成公开的网址，没有就不写")
    if address and not _HOST.fullmatch(host) and not _is_number(host):
        raise ValueError("网址的域名不对，应该像 https://zwfw.example.gov.cn/abc")
    return address


def _in_narrow_letters(address: str) -> str:
    """Return what was meant if nothing but punctuation of a web address was typed in Chinese, else the address itself."""
    meant = unicodedata.normalize("NFKC", address.replace("。", ".")).rstrip(".,;")
    return meant if re.fullmatch(r"https?://[!-~]+", meant) and _HOST.fullmatch(_host_of(meant)) else address


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # a bracket that is not closed
        return ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_inside(host: str) -> bool:
    return ip_address(host).is_private if _is_number(host) else host.endswith(("localhost", ".local", ".lan"))


# The address of a page that anybody can open, "" for none.
WebAddress = Annotated[str, AfterValidator(_reachable)]


_NO_VISIT = ("不用去", "不用到场", "不用到现场", "不用跑", "不用", "不需要", "无", "零跑腿", "一次也不用跑")
_TIMES = re.compile(rf"(?:最多|至多|只需?|需|要)?(?:到现场|到场|现场|跑|去|来)?({NUMBER})(?:次|趟|回)")
_COMING = re.compile(
    r"(?<=.)(?:都|均)?(?:应当|必须|需要|要|需|须)?(?:亲自|共同|一起|同时)?(?:到场|到现场|到窗口|前来)$"
)


def _read_times(value: object) -> object:
    """Return how often one must come as a number, from phrases such as 最多跑一次."""
    if not isinstance(value, str) or value.strip().isdecimal():
        return value
    text = value.strip()
    if text in _NO_VISIT:
        return 0
    if match := _TIMES.fullmatch(text):
        return number(match[1])
    raise ValueError("写到现场几次，如 1；不一定的写最多几次，不用去写 0；谁要到场写进 who，别的写进 note")


def _without_coming(who: str) -> str:
    """Return who comes, without saying that they come: 所有继承人 of 所有继承人亲自到场."""
    return _COMING.sub("", who)


def _read_may(value: object) -> object:
    """Return 是 or 否 for what editors write of somebody who may come instead."""
    return (
        {"可以": "是", "能": "是", "不可以": "否", "不能": "否", "不行": "否"}.get(value, value)
        if isinstance(value, str)
        else value
    )


Times = Annotated[int, BeforeValidator(_read_times, json_schema_input_type=int | str)]


class Online(Record):
    """网上办的入口：网站、App 或小程序。可以只写名称，或只写网址。"""

    shorthand: ClassVar[str] = "name"
    in_braces: ClassVar[bool] = True

    name: str = Field("", title="叫什么", description="如 全国公安出入境管理服务平台、“交管12123”App", max_length=40)
    url: WebAddress = Field("", title="网址", description="点开就能办的那一页；App 和小程序没有网址的不写")
    note: str = Field("", title="说明", description="如 先注册、实名登录；点“企业开办”", max_length=80)

    @model_validator(mode="before")
    @classmethod
    def _bare_address(cls, raw: object) -> object:
        return {"url": raw} if isinstance(raw, str) and is_web_address(raw.strip()) else raw

    @model_validator(mode="after")
    def _can_be_found(self) -> Online:
        if re.search(r"https?://|www\.", self.name) or is_web_address(self.name):
            raise ValueError("name 写名称，网址写在 url 里")
        if not self.name and not self.url:
            raise ValueError("网上办的入口要写 name（叫什么，如 浙里办App）或 url（网址）")
        return self


class Visits(Record):
    """到现场几次，谁要来。可以只写次数。"""

    shorthand: ClassVar[str] = "times"

    times: Times | None = Field(None, title="到现场几次", description="只写数，如 1；不用去写 0", ge=0, le=9)
    who: Annotated[str, AfterValidator(_without_coming)] = Field(
        "", title="谁要到场", description="如 本人、所有法定继承人", max_length=60
    )
    proxy: Annotated[Flag, BeforeValidator(_read_may)] | None = Field(
        None, title="能不能托人代办", description="是 或 否；要带什么写进说明"
    )
    note: str = Field("", title="说明", max_length=120)

    @model_validator(mode="after")
    def _somebody_comes(self) -> Visits:
        if self.times == 0 and self.who:
            raise ValueError("写了到现场 0 次，又写了谁要到场；请改成一致")
        return self


class Booking(Choice):
    """Whether one has to book before one comes."""

    REQUIRED = "required", "要先预约", "要", "是", "需要", "必须", "要预约", "需要预约", "必须预约"
    OPTIONAL = "optional", "可以预约，不预约也能办", "可以", "可以预约"
    NONE = "none", "不用预约", "不用", "否", "无", "不需要", "不需要预约", "无需预约"


class Appointment(Record):
    """预约：要不要先约，到哪里约。可以只写 要、可以、不用，或者只写电话、网址。"""

    shorthand: ClassVar[str] = "required"

    required: Booking | None = Field(None, title="要不要先预约", description="要、可以（不预约也能办）、不用")
    phones: Many[Phone] = Field((), title="预约电话")
    url: WebAddress = Field("", title="预约网址")
    note: str = Field("", title="说明", description="如 至少提前1天；在公众号“甲县公安”里约", max_length=120)

    @model_validator(mode="before")
    @classmethod
    def _bare_text(cls, raw: object) -> object:
        if not isinstance(raw, str):
            return raw
        text = raw.strip()
        if is_web_address(text):
            return {"url": text}
        if re.fullmatch(r"[\d() -]{3,}", text):
            return {"phones": text}
        return {"required" if text in Booking.written() else "note": text}

    @model_validator(mode="after")
    def _says_something(self) -> Appointment:
        if self.required is Booking.NONE and (self.phones or self.url):
            raise ValueError("写了不用预约，又写了到哪里约；不预约也能办的，required 写 可以")
        if not (self.required or self.phones or self.url or self.note):
            raise ValueError("预约要写 required（要、可以、不用），或者 phones（电话）、url（网址）、note（说明）")
        return self


class DeliveryWay(Choice):
    """By what way the result comes."""

    COUNTER = "counter", "窗口领取", "窗口自取", "现场领取", "自取", "当场领取", "领取", "大厅领取"
    MAIL = "mail", "邮寄", "快递", "邮寄送达", "邮政快递", "EMS", "寄递"
    DOWNLOAD = "download", "网上下载", "下载", "自行下载", "电子证照", "网上领取"
    MESSAGE = "message", "短信告知", "短信", "短信通知"
    PHONE = "phone", "电话通知", "电话告知", "电话"
    MACHINE = "machine", "自助打印", "自助机打印", "自助终端打印", "自助领取"
    COMMUNITY = "community", "社区领取", "村里领取", "村（社区）领取", "社区代领"
    HOME = "home", "送上门", "上门送达", "送达"
    ACCOUNT = "account", "打到账户", "银行发放", "打卡发放", "社保卡发放", "银行卡发放"


class Delivery(Record):
    """结果怎么给：一种办法一条。可以只写办法。"""

    shorthand: ClassVar[str] = "way"
    in_braces: ClassVar[bool] = True

    way: DeliveryWay = Field(
        title="怎么给",
        description="窗口领取、邮寄、网上下载、短信告知、电话通知、自助打印、社区领取、送上门、打到账户",
    )
    bring: str = Field("", title="领的时候带什么", description="如 受理单、身份证", max_length=80)
    who: str = Field("", title="谁能领", description="如 本人或者受托人", max_length=60)
    cost: str = Field("", title="邮费", description="如 到付、免费、15元", max_length=30)
    note: str = Field("", title="说明", max_length=80)


class CoverageRange(Choice):
    """How far one may go to another office than one's own (通办)."""

    NATION = "nation", "全国通办", "全国"
    PROVINCES = "provinces", "跨省通办", "跨省"
    PROVINCE = "province", "全省通办", "省内通办", "省域通办", "全省", "跨市通办"
    CITY = "city", "全市通办", "市内通办", "市域通办", "全市", "同城通办", "跨区通办", "跨县通办"
    DISTRICT = "district", "全区通办", "区内通办", "区域通办"
    COUNTY = "county", "全县通办", "县内通办", "县域通办", "全县"
    LOCAL = "local", "只在本地办", "本辖区办理", "本辖区", "不通办", "无", "属地办理"


class Coverage(Record):
    """通办范围：在别的地方能不能办。可以只写范围。"""

    shorthand: ClassVar[str] = "range"

    range: CoverageRange = Field(
        title="范围", description="全国通办、跨省通办、全省通办、全市通办、全区通办、全县通办、只在本地办"
    )
    note: str = Field("", title="说明", description="如 在任何一个出入境窗口都能办", max_length=80)


_QUOTA = re.compile(
    r"(?:每(?P<per>[年月季周日天批户人村])度?)?(?:限|不超过|最多)?(?P<number>\d{1,7})(?P<unit>[\u4e00-\u9fff]{0,3})"
)


class Quota(Record):
    """数量限制：一共或者每年办多少。没有限制写 quota: 无；可以只写一句话。"""

    shorthand: ClassVar[str] = "note"

    number: int | None = Field(None, title="多少", ge=1, le=10_000_000)
    unit: str = Field("", title="单位", description="如 名、件、辆", max_length=8)
    per: str = Field("", title="按什么算", description="如 年、户、批", max_length=12)
    note: str = Field("", title="说明", description="如 按申请先后，招满为止", max_length=120)

    @model_validator(mode="before")
    @classmethod
    def _bare_text(cls, raw: object) -> object:
        if isinstance(raw, str) and (match := _QUOTA.fullmatch(raw.strip())):
            return {key: text for key, text in match.groupdict().items() if text}
        return raw

    @model_validator(mode="after")
    def _says_something(self) -> Quota:
        if self.number is None and not self.note:
            raise ValueError("数量限制要写 number（多少）或 note（说明）；没有限制的写 quota: 无")
        return self
