"""Files that are no longer part of a site, and are still served."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote

from builder.verification.answers import SPARE, Unreached, decoded
from builder.verification.content_types import is_text
from builder.verification.host import Host
from builder.verification.host_finding import HostFinding, Level

GONE_ASKED = 24  # files that are no longer part of the site, of each age


def check_gone(host: Host) -> list[HostFinding]:
    """Return which files are served that are no longer part of the site.

    Those of the release before stay until the next one, because open pages still ask for them.
    """
    release, older = host.reference.release, host.reference.older
    if not older:
        return []
    gone: dict[str, set[str]] = {}  # digests by path
    for one in older:
        for path, file in one.files.items():
            if path not in release.files:
                gone.setdefault(path, set()).add(file.digest)
    last = set(older[0].files)
    found = []
    for is_long_ago in (True, False):
        paths = sorted(path for path in gone if (path not in last) is is_long_ago)
        drawn = sorted(paths, key=lambda path: sha256(f"{release.name}/{path}".encode()).digest())[:GONE_ASKED]
        served = [path for path in sorted(drawn) if _is_served(host, path, gone[path])]
        if not served:
            continue
        more = f"（看了 {len(paths)} 个里的 {len(drawn)} 个）" if len(paths) > len(drawn) else ""
        names = "、".join(served[:3]) + ("等" if len(served) > 3 else "")
        if is_long_ago:
            found.append(
                HostFinding(
                    "gone-long-ago",
                    Level.WARNING,
                    f"有 {len(served)} 个早就该删的文件还在{more}：{names}。搜索引擎会带人去看旧的。",
                    "请照发布包里的 delete-now.txt 把它们删掉。",
                )
            )
        else:
            found.append(
                HostFinding(
                    "gone-lately",
                    Level.NOTE,
                    f"有 {len(served)} 个上一版的文件还在{more}：{names}。下次发布以后再删，现在留着是对的。",
                )
            )
    return found


def _is_served(host: Host, path: str, digests: set[str]) -> bool:
    answer = host.ask(quote(path))
    if isinstance(answer, Unreached) or answer.status != 200 or answer.hops:
        return False
    body = decoded(answer, SPARE).body
    plain = body.replace(b"\r\n", b"\n") if is_text(path) else body
    return bool({sha256(body).hexdigest(), sha256(plain).hexdigest()} & digests)
