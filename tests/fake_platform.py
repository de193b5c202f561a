"""A server on loopback that plays the APIs of the platforms, with faults as a test asks for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "t0k-3nSecretSecret"  # noqa: S105 - of no account
US, SOMEBODY = {"id": 7, "login": "robot", "type": "Bot"}, {"id": 8, "login": "somebody", "type": "User"}

# Paths of the API: of all comments, and of one by its id.
LISTS = {
    "github": r"/repos/(town/guides)/issues/(12)/comments",
    "gitea": r"/repos/(town/guides)/issues/(12)/comments",
    "gitlab": r"/projects/(34|town/guides)/merge_requests/(12)/notes",
    "gitee": r"/repos/(town/guides)/pulls/(12)/comments",
    "gitcode": r"/repos/(town/guides)/pulls/(12)/comments",
}
ONES = {
    "github": r"/repos/town/guides/issues/comments/(\d+)",
    "gitea": r"/repos/town/guides/issues/comments/(\d+)",
    "gitlab": r"/projects/(?:34|town/guides)/merge_requests/12/notes/(\d+)",
    "gitee": r"/repos/town/guides/pulls/comments/(\d+)",
    "gitcode": r"/repos/town/guides/pulls/comments/(\d+)",
}
HEADERS = {
    "github": ("Authorization", f"Bearer {TOKEN}"),
    "gitea": ("Authorization", f"token {TOKEN}"),
    "gitlab": ("PRIVATE-TOKEN", TOKEN),
    "gitee": ("Authorization", f"Bearer {TOKEN}"),
    "gitcode": ("Authorization", f"Bearer {TOKEN}"),
}
NAMES = tuple(LISTS)


@dataclass(slots=True)
class Fault:
    """What is answered instead, `times` times: a status, headers, a body, after a `delay`.

    `done` if what was asked for is done all the same.
    """

    status: int
    method: str = ""  # "" for any
    times: int = 1
    headers: dict[str, str] = field(default_factory=dict)
    body: str = "<html>故障</html>"
    done: bool = False
    delay: float = 0  # seconds


@dataclass(slots=True)
class FakePlatform:
    """A platform with one pull request, its comments, and what was asked of it."""

    name: str
    address: str = ""
    on_a_page: int = 30
    knows_the_token: bool = True  # whether it tells whose it is
    comments: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def author(self) -> str:
        return "author" if self.name == "gitlab" else "user"

    @property
    def bodies(self) -> list[str]:
        return [comment["body"] for comment in self.comments]

    def say(self, body: str, by: dict[str, Any] = SOMEBODY) -> dict[str, Any]:
        """Add a comment."""
        number = 1001 + len(self.comments)
        comment = {"id": number, "body": body, self.author: by}
        if self.name != "gitlab":
            comment["html_url"] = f"https://{self.name}.example.cn/town/guides/pull/12#{number}"
        self.comments.append(comment)
        return comment

    def environment(self) -> dict[str, str]:
        """Return what a run for this pull request has in its environment."""
        actions = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.address,
            "GITHUB_REPOSITORY": "town/guides",
            "GITHUB_REF": "refs/pull/12/merge",
            "GITHUB_SERVER_URL": "https://github.example.cn",
            "GITHUB_RUN_ID": "99",
            "GITHUB_RUN_NUMBER": "9",
            "GITHUB_TOKEN": TOKEN,
        }
        by_hand = {"REVIEW_API": self.address, "REVIEW_REPOSITORY": "town/guides", "REVIEW_NUMBER": "12"}
        return {
            "github": actions,
            "gitea": {**actions, "GITEA_ACTIONS": "true"},
            "gitlab": {
                "GITLAB_CI": "true",
                "CI_API_V4_URL": self.address,
                "CI_MERGE_REQUEST_PROJECT_ID": "34",
                "CI_MERGE_REQUEST_IID": "12",
                "CI_JOB_URL": "https://gitlab.example.cn/jobs/5",
                "GITLAB_TOKEN": TOKEN,
            },
            "gitee": {**by_hand, "GITEE_PIPELINE_NAME": "check", "GITEE_TOKEN": TOKEN},
            "gitcode": {**by_hand, "GITCODE_TOKEN": TOKEN},
        }[self.name]

    @property
    def asked_as(self) -> str:
        """How `--post` names it."""
        return "gitcode" if self.name == "gitcode" else "auto"

    def answer(self, method: str, address: str, headers: Any, body: Any) -> tuple[int, dict[str, str], str]:
        """Return status, headers and text of the answer."""
        self.asked.append(f"{method} {address}")
        fault = next((one for one in self.faults if one.times and one.method in ("", method)), None)
        if fault is not None:
            fault.times -= 1
            if fault.done:
                self._normal(method, address, headers, body)
            Event().wait(fault.delay)
            return fault.status, fault.headers, fault.body
        status, answer = self._normal(method, address, headers, body)
        return status, {}, "" if answer is None else json.dumps(answer)

    def _normal(self, method: str, address: str, headers: Any, body: Any) -> tuple[int, Any]:
        header, value = HEADERS[self.name]
        if headers.get(header) != value:
            return 401, {"message": f"wrong: {headers.get(header)}"}
        url = urlsplit(address)
        path, query = unquote(url.path), {key: values[-1] for key, values in parse_qs(url.query).items()}
        if method == "GET" and path == "/user":
            return (200, US) if self.knows_the_token else (403, {"message": "not for runs"})
        if re.fullmatch(LISTS[self.name], path):
            if method == "POST":
                said = self.say(body["body"], US)
                return 201, {"id": "cc7fd351", "note_id": said["id"]} if self.name == "gitcode" else said
            if method == "GET":
                return 200, self._page(query)
        if (found := re.fullmatch(ONES[self.name], path)) and method == ("PUT" if self.name == "gitlab" else "PATCH"):
            comment = next((one for one in self.comments if str(one["id"]) == found[1]), None)
            if comment is not None:
                comment["body"] = body["body"]
                return (204, None) if self.name == "gitcode" else (200, comment)
        return 404, {"message": "Not Found"}

    def _page(self, query: dict[str, str]) -> list[dict[str, Any]]:
        if self.name == "gitea":  # it has no pages here, and does not mind being asked for one
            return self.comments
        size = min(int(query.get("per_page", 20)), self.on_a_page)
        start = (int(query.get("page", 1)) - 1) * size
        return self.comments[start : start + size]


@contextmanager
def served(platform: FakePlatform) -> Iterator[FakePlatform]:
    """Serve the platform while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            status, headers, text = platform.answer(self.command, self.path, self.headers, body)
            data = text.encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = _answer  # noqa: N815 - as the server calls them

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    platform.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield platform
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
