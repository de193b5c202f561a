"""How residents get at a service: online, in person, by appointment; and how the result comes to them.

After the element list of the national implementation catalogue (GB/T 39554): 网上办理入口, 到办事现场次数, 预约办理, 结果送达
方式, 通办范围, 数量限制.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from builder.content.fields import Record

_WEB = re.compile(r"https?\s*[:：]|www\.", re.IGNORECASE)  # how a web address begins, also one that is written wrong
_BARE_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:cn|com|net|org|gov)(?:/\S*)?", re.IGNORECASE)
_NOT_OF_AN_ADDRESS = re.compile(r"[^!-~]+.*", re.DOTALL)  # from the first character that is not printable ASCII
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Tell whether a text is meant as a web address, also where it is written wrong."""
    return bool(_WEB.match(text) or _BARE_HOST.fullmatch(text))


def _reachable(address: str) -> str:
    """Return a web address that anybody can open. Raises ValueError with advice in Chinese."""
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


class Online(Record):
    """网上办的入口：网站、App 或小程序。可以只写名称，或只写网址。"""

    shorthand: ClassVar[str] = "name"

    name: str = Field("", title="叫什么", description="如 全国公安出入境管理服务平台、“交管12123”App", max_length=40)
    url: WebAddress = Field("", title="网址", description="点开就能办的那一页；App 和小程序没有网址的不写")
    note: str = Field("", title="说明", description="如 先注册、实名登录；点“企业开办”", max_length=80)

    @model_validator(mode="before")
    @classmethod
    def _bare_address(cls, raw: object) -> object:
        return {"url": raw} if isinstance(raw, str) and is_web_address(raw.strip()) else raw

    @model_validator(mode="after")
    def _can_be_found(self) -> Online:
        if is_web_address(self.name):
            raise ValueError("name 写名称，网址写在 url 里")
        if not self.name and not self.url:
            raise ValueError("网上办的入口要写 name（叫什么，如 浙里办App）或 url（网址）")
        return self
