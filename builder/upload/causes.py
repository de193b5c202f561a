"""Why rclone could not do something, in words for the person who has to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.support.diagnostics import quote
from builder.support.failure import MACHINE_ERROR, USAGE_ERROR
from builder.upload.rclone import Message
from builder.upload.target import UploadFailed, without_secrets

QUOTED = 200  # characters of what a server says

_ATTEMPT = re.compile(r"^Attempt \d+/\d+ failed with \d+ errors and: ")


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause, with patterns of what rclone and servers say then."""

    patterns: tuple[str, ...]
    says: str
    hint: str
    exit_code: int = MACHINE_ERROR

    def fits(self, texts: Sequence[str]) -> bool:
        """Return whether one of these messages speaks of it."""
        return any(re.search("|".join(self.patterns), text, re.IGNORECASE) for text in texts)


# The first that fits counts: an answer such as 550 means many things, and so is among the last.
CAUSES = (
    Cause(
        ("didn't find section in config file", "didn't find backend called", "didn't find remote"),
        "rclone 的设置里没有这个目标",
        "运行 rclone listremotes 看有哪些，没有就用 rclone config 加一个。目标写成 名字:路径，如 gov:bszn。",
        USAGE_ERROR,
    ),
    Cause(
        ("is it obscured", "decrypt password"),
        "密码的写法不对，rclone 要变换过的密码",
        "用 rclone config 设；或者运行 rclone obscure 密码，把它的结果写进环境变量。",
        USAGE_ERROR,
    ),
    Cause(
        ("no such host", "server misbehaving", "name resolution"),
        "找不到这个主机",
        "主机名写对了吗？这台电脑现在能上网，连着内网或 VPN 吗？",
    ),
    Cause(
        ("knownhosts", "key mismatch", "key is unknown", "host key"),
        "服务器的身份（主机密钥）和记下的不一样",
        "先不要上传。打电话问服务器的管理员：换过服务器吗？是，再更新 known_hosts。",
    ),
    Cause(
        ("x509", "certificate", "tls: "),
        "服务器的证书有问题",
        "过期了，名字对不上，或者这台电脑的时间不对。请服务器的管理员看。",
    ),
    Cause(
        (
            r"\b530\b",
            r"\b401\b",
            "login incorrect",
            "authentication failed",
            "unable to authenticate",
            "no supported methods remain",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidToken",
        ),
        "用户名或密码不对，服务器不让登录",
        "用 rclone config 改；看密码是不是过期了，账号是不是被锁了。",
    ),
    Cause(
        (
            r"\b421\b",
            r"\bEOF\b",
            "connection refused",
            "i/o timeout",
            "timed out",
            "deadline exceeded",
            "no route to host",
            "is unreachable",
            "connection reset",
            "broken pipe",
            "closed network connection",
        ),
        "连不上服务器，或者传到一半断了",
        "看网络、端口、防火墙，服务器是不是只许办公网的地址连。再运行一次，会接着传。",
    ),
    Cause(
        (r"\b(452|552|507)\b", "no space", "quota", "disk full", "InsufficientStorage"),
        "目标没有空间了",
        "请服务器的管理员加空间或清理。再运行一次，会接着传。",
    ),
    Cause(
        (r"\b553\b", "already exists"),
        "服务器不许覆盖已经有的文件",
        "请服务器的管理员让这个账号能改、能删自己的文件。",
    ),
    Cause(("NoSuchBucket",), "没有这个存储桶", "看存储桶的名字和地域写对了没有。"),
    Cause(
        (
            r"\b(403|550)\b",
            "permission denied",
            "AccessDenied",
            "not enough privileges",
            "operation not permitted",
            "read-only",
        ),
        "没有权限写目标文件夹",
        "看路径写对了没有；请服务器的管理员让这个账号能在那里写、改、删。",
    ),
)


def failure_of(said: Sequence[Message], doing: str) -> UploadFailed:
    """Return the failure that tells what could not be done, by what rclone said."""
    wrong = [message.text for message in said if message.level in ("error", "critical", "fatal")]
    # rclone 1.60 calls this an error of a file that is there all the same.
    texts = [text for text in wrong if "SetModTime is not supported" not in text] or [one.text for one in said[-1:]]
    quoted = quote(without_secrets(_ATTEMPT.sub("", texts[-1])), QUOTED) if texts else "没有说为什么"
    for cause in CAUSES:
        if cause.fits(texts):
            return UploadFailed(f"{doing}：{cause.says}（{quoted}）", cause.hint, cause.exit_code)
    return UploadFailed(f"{doing}：{quoted}", "再运行一次，会接着传；还不行，把这句话给服务器的管理员看。")
