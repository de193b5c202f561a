"""Asks the API of a platform. What it answers is JSON, `Unavailable`, or a failure that says what to look at."""

from __future__ import annotations

import json
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import HTTPErrorProcessor, Request, build_opener

from builder.posting.platform import API, NUMBER, REPOSITORY, NotPosted, Place, Unavailable
from builder.support.diagnostics import quote as shown

SECONDS = 20  # to wait for an answer
LONGEST_WAIT = 60  # seconds that a platform may ask for


class _AsAnswered(HTTPErrorProcessor):
    """Hands on whatever was answered. To follow a redirect would take the token to another machine."""

    def http_response(self, request: Request, response: Any) -> Any:  # noqa: ARG002 - as urllib calls it
        return response

    https_response = http_response


_OPENER = build_opener(_AsAnswered)


@dataclass(frozen=True, slots=True)
class Api:
    """The API at a place, asked with a token that the variable `token_from` holds."""

    place: Place
    token: str = field(repr=False)
    token_from: str

    def ask(self, method: str, path: str, body: dict[str, str] | None = None) -> Any:
        """Return the answer, None if it is empty. Raises `Unavailable` and `NotPosted`."""
        header, word = self.place.platform.scheme
        headers = {header: f"{word}{self.token}", "Accept": "application/json", "User-Agent": "bszn-review"}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        request = Request(f"{self.place.api}/{path}", data, headers, method=method)  # noqa: S310 - http or https
        try:
            with _OPENER.open(request, timeout=SECONDS) as answer:
                status, answered, text = answer.status, answer.headers, answer.read()
        except (OSError, HTTPException) as error:
            raise self._unreached(error) from None
        if status < 300:
            return self._read(text)
        if status == 429 or status >= 500 or "Retry-After" in answered or answered.get("X-RateLimit-Remaining") == "0":
            raise Unavailable(f"{self.place.platform.name} 现在不行（{status}）", _wait(answered))
        raise self._refusal(status, text)

    def _unreached(self, error: Exception) -> Exception:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, ssl.SSLCertVerificationError):
            hint = "自己的服务器用单位的证书的，把根证书的文件写进变量 SSL_CERT_FILE"
            return NotPosted(f"{self.place.host} 的证书通不过", hint)
        return Unavailable(f"连不上 {self.place.host}（{type(reason).__name__}）")

    def _read(self, text: bytes) -> Any:
        if not text.strip():
            return None
        try:
            return json.loads(text)
        except ValueError:
            raise NotPosted(f"{self.place.host} 答的不是接口的话", f"看 {API}：要写接口的网址，不是网页的") from None

    def _refusal(self, status: int, text: bytes) -> NotPosted:
        place, platform = self.place, self.place.platform
        match status:
            case 401:
                says = f"{platform.name} 不认这个令牌（401）"
                hint = f"看 {self.token_from}：是不是过期了、抄错了，是不是 {place.host} 的令牌"
            case 403:
                says, hint = "令牌没有写评论的权限（403）", f"看 {self.token_from}：{platform.permission}"
            case 404:
                says = f"{place.host} 上找不到“{place.repository}”的 {place.number} 号合并请求（404）"
                hint = (
                    f"看 {platform.repository or REPOSITORY}（仓库）、{platform.number or NUMBER}（号）写得对不对；"
                    f"私有仓库也可能是 {self.token_from} 的令牌看不到它"
                )
            case _ if status < 400:
                says = f"{place.host} 说搬到别处了（{status}）"
                hint = f"看 {API} 和 {REPOSITORY}：仓库是不是改了名，网址是不是要写 https"
            case _:
                says = f"{platform.name} 不收（{status}）{self._told(text)}"
                hint = f"看 {platform.repository or REPOSITORY}、{platform.number or NUMBER}"
        return NotPosted(says, hint, status=status)

    def _told(self, text: bytes) -> str:
        """Return what the platform says about it, without the token."""
        told: Any = ""
        with suppress(ValueError, AttributeError):
            told = json.loads(text).get("message", "")
        for secret in (self.token, quote(self.token, safe="")):
            told = str(told).replace(secret, "***")
        return f"：{shown(told, 200)}" if told else ""


def _wait(headers: HTTPMessage) -> float:
    told = headers.get("Retry-After", "")
    return min(float(told), LONGEST_WAIT) if told.isdecimal() else 0
