"""A platform with pull requests, as far as the comments below them go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from builder.support.failure import MACHINE_ERROR, USAGE_ERROR, Failure

Environment = Mapping[str, str]

# What may be told by hand, before what a run knows of itself.
API, REPOSITORY, NUMBER, TOKEN = "REVIEW_API", "REVIEW_REPOSITORY", "REVIEW_NUMBER", "REVIEW_TOKEN"
LINK, LONGEST = "REVIEW_LINK", "REVIEW_LONGEST"

_NUMBER = re.compile(r"(?:refs/pull/)?(\d+)(?:/\w+)?", re.ASCII)


class NotPosted(Failure):
    """The comment could not be written. `status` is what the platform answered, 0 if it did not come to that."""

    def __init__(self, says: str, hint: str = "", exit_code: int = USAGE_ERROR, status: int = 0) -> None:
        super().__init__(f"评论没有发上去：{says}", hint, exit_code)
        self.status = status


class Unavailable(Exception):
    """The platform cannot answer now. `wait` is how many seconds it asks for, 0 if it does not say."""

    def __init__(self, says: str, wait: float = 0) -> None:
        super().__init__(says)
        self.says = says
        self.wait = wait

    def given_up(self, times: int) -> NotPosted:
        """Return the failure after so many attempts."""
        return NotPosted(f"{self.says}，试了 {times} 次", "过一会儿把这次运行重来一遍", MACHINE_ERROR)


@dataclass(frozen=True, slots=True)
class Platform:
    """What is particular to a platform.

    `shown_by` are the variables that only its own runs have. `api`, `repository`, `number` and `token` name the variables
    that tell where to post and as whom, `default_api` is the address where none does; `link` is the page of the run, made
    of variables. `scheme` are a header and the word before the token. `comments` and `comment` are paths of the API;
    `update` is the method that changes a comment; `author` is where a comment has its author. `longest` is how many
    characters a comment may have. `permission` says what a token needs.
    """

    name: str
    shown_by: tuple[str, ...]
    api: str
    default_api: str
    repository: str
    number: str
    token: tuple[str, ...]
    link: str
    scheme: tuple[str, str]
    comments: str
    comment: str
    update: str
    author: str
    longest: int
    permission: str
    slash_in_repository: str = "/"  # "" where the API wants it as %2F
    bots_only: bool = False  # whether runs that may not ask who they are write as a bot


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment goes."""

    platform: Platform
    api: str
    repository: str
    number: str
    link: str
    longest: int

    @property
    def host(self) -> str:
        """The machine that is asked."""
        return urlsplit(self.api).hostname or ""

    @property
    def comments(self) -> str:
        """The path of all comments."""
        return self._filled(self.platform.comments)

    def comment(self, id: str) -> str:
        """Return the path of a comment."""
        return self._filled(self.platform.comment, quote(id, safe=""))

    def _filled(self, path: str, id: str = "") -> str:
        repository = quote(self.repository, safe=self.platform.slash_in_repository)
        return path.format(repository=repository, number=self.number, id=id)


def place_of(platform: Platform, environment: Environment) -> Place:
    """Return where the run that has this environment is to write. Raises `NotPosted`."""
    api = (environment.get(API) or environment.get(platform.api) or platform.default_api).strip().rstrip("/")
    address = urlsplit(api)
    if address.scheme not in ("http", "https") or not address.hostname or "@" in address.netloc or address.query:
        raise NotPosted(
            f"不知道 {platform.name} 的接口在哪里", f"看 {API}：写成 https:// 开头的网址，里面不要写用户名和令牌"
        )
    repository = (environment.get(REPOSITORY) or environment.get(platform.repository) or "").strip().strip("/")
    if not repository:
        raise NotPosted("不知道是哪个仓库", f"看 {_either(REPOSITORY, platform.repository)}：写成 单位/仓库")
    told = (environment.get(NUMBER) or environment.get(platform.number) or "").strip()
    number = _NUMBER.fullmatch(told)
    if number is None:
        raise NotPosted(
            "不知道是几号合并请求", f"看 {_either(NUMBER, platform.number)}；不是合并请求的运行，不要写 --post"
        )
    return Place(platform, api, repository, number[1], _link(platform, environment), _longest(platform, environment))


def token_of(platform: Platform, environment: Environment) -> tuple[str, str]:
    """Return the token and the variable that holds it. Raises `NotPosted`."""
    for name in (TOKEN, *platform.token):
        if token := environment.get(name, "").strip():
            if not token.isascii() or not token.isprintable() or " " in token:
                raise NotPosted(f"{name} 里的不像令牌", "重新复制一次：令牌里没有空格、换行和汉字")
            return token, name
    raise NotPosted("没有令牌", f"把令牌存成 CI 的密文变量 {_either(*platform.token)}；{platform.permission}")


def _link(platform: Platform, environment: Environment) -> str:
    if own := environment.get(LINK, "").strip():
        return own
    try:
        return platform.link.format_map(environment)
    except KeyError:
        return ""


def _longest(platform: Platform, environment: Environment) -> int:
    told = environment.get(LONGEST, "").strip()
    if told and not (told.isdecimal() and int(told)):
        raise NotPosted(f"{LONGEST} 要写大于 0 的整数", "这是一条评论最多多少字；不写就用平台平常的")
    return int(told) if told else platform.longest


def _either(*names: str) -> str:
    return " 或 ".join(filter(None, names))
