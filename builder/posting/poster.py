"""Writes the one comment of a pull request: finds it by its mark and changes it, or writes it for the first time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.posting.api import Api
from builder.posting.comment import fitted
from builder.posting.gitea import GITEA
from builder.posting.gitee import GITCODE, GITEE
from builder.posting.github import GITHUB
from builder.posting.gitlab import GITLAB
from builder.posting.platform import Environment, NotPosted, Platform, Unavailable, place_of, token_of

AUTO = "auto"
# Runs of Gitea have the variables of GitHub too, so it is asked first.
PLATFORMS: Mapping[str, Platform] = {
    "gitea": GITEA, "github": GITHUB, "gitlab": GITLAB, "gitee": GITEE, "gitcode": GITCODE,
}  # fmt: skip

PAUSES = (1.0, 4.0, 10.0)  # seconds between attempts
ON_A_PAGE = 100
MOST_PAGES = 200
NOT_TOLD = (401, 403, 404)  # what tokens of a run get who ask whose they are


@dataclass(frozen=True, slots=True)
class Posted:
    """A comment that was written: on which platform, whether it was there before, and its page, "" if that is not known."""

    platform: str
    updated: bool
    url: str

    def __str__(self) -> str:
        done = "改好了原来的评论" if self.updated else "发了评论"
        return f"{self.platform} 上{done}" + (f"：{self.url}" if self.url else "")


def post(text: str, mark: str, name: str, environment: Environment) -> Posted:
    """Write `text`, which begins with `mark`, as the one comment of the pull request to which the run belongs.

    `name` is one of `PLATFORMS`, or `AUTO` for the one whose run this is. What goes wrong for a moment is tried again, and
    each time the comment is looked for again: an answer that was lost may have left one. Raises `NotPosted`.
    """
    platform = _platform(name, environment)
    place = place_of(platform, environment)
    api = Api(place, *token_of(platform, environment))
    body = fitted(text, place.longest, place.link)
    for pause in PAUSES:
        try:
            return _written(api, mark, body)
        except Unavailable as unavailable:
            time.sleep(unavailable.wait or pause)
    try:
        return _written(api, mark, body)
    except Unavailable as unavailable:
        raise unavailable.given_up(len(PAUSES) + 1) from None


def _platform(name: str, environment: Environment) -> Platform:
    if name != AUTO:
        return PLATFORMS[name]
    for platform in PLATFORMS.values():
        if any(environment.get(variable) for variable in platform.shown_by):
            return platform
    raise NotPosted("认不出这是哪个平台的运行", f"写明是哪个，如 --post gitee；认得的有 {'、'.join(PLATFORMS)}")


def _written(api: Api, mark: str, body: str) -> Posted:
    place = api.place
    id = _own_comment(api, mark)
    if id is None:
        answer = api.ask("POST", place.comments, {"body": body})
    else:
        answer = api.ask(place.platform.update, place.comment(id), {"body": body})
    url = answer.get("html_url") if isinstance(answer, dict) else ""
    return Posted(place.platform.name, id is not None, str(url or ""))


def _own_comment(api: Api, mark: str) -> str | None:
    """Return the id of the comment that begins with the mark and is ours: anybody may write one that begins so."""
    own = None
    for comment in _comments(api):
        if str(comment.get("body") or "").lstrip().startswith(mark):
            own = own or _Author.of(api)
            if own.wrote(comment):
                return str(comment["id"])
    return None


def _comments(api: Api) -> Iterator[dict[str, Any]]:
    """Yield the comments. A page that says nothing new is the last: some platforms have no pages and repeat the first."""
    seen: set[str] = set()
    for page in range(1, MOST_PAGES + 1):
        answer = api.ask("GET", f"{api.place.comments}?page={page}&per_page={ON_A_PAGE}&limit={ON_A_PAGE}")
        if not isinstance(answer, list):
            raise NotPosted(f"{api.place.host} 答的不是评论的清单", "看 REVIEW_API：要写接口的网址")
        new = [one for one in answer if isinstance(one, dict) and str(one.get("id")) not in seen]
        if not new:
            return
        seen.update(str(one.get("id")) for one in new)
        yield from new


@dataclass(frozen=True, slots=True)
class _Author:
    """Whose the token is: `known` by id and name, {} where the platform does not tell."""

    platform: Platform
    known: Mapping[str, Any]

    @classmethod
    def of(cls, api: Api) -> _Author:
        try:
            answer = api.ask("GET", "user")
        except NotPosted as refused:
            if refused.status not in NOT_TOLD:
                raise
            answer = None
        return cls(api.place.platform, answer if isinstance(answer, dict) else {})

    def wrote(self, comment: Mapping[str, Any]) -> bool:
        author = comment.get(self.platform.author)
        if not isinstance(author, dict):
            return True
        if not self.known:
            return not self.platform.bots_only or author.get("type") == "Bot"
        both = [key for key in ("id", "login", "username") if self.known.get(key) and author.get(key)]
        return not both or any(str(self.known[key]) == str(author[key]) for key in both)
