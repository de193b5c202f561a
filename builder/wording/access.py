"""How one gets at a service, in words: where to apply online."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from builder.content.model.access import Online
from builder.context.words import Words
from builder.wording.joining import labelled, with_note

LONGEST_ADDRESS = 60  # characters that somebody may type from paper; of a longer address only the host stands


def address_in_words(url: str) -> str:
    """Return a web address as it is read and typed: without the scheme and the slash at its end."""
    shown = re.sub(r"^https?://|/$", "", url)
    return shown if len(shown) <= LONGEST_ADDRESS else host_of(url)


def host_of(url: str) -> str:
    """Return the host of a web address, "" for none."""
    return urlsplit(url).hostname or ""


def online_in_words(online: Online, words: Words) -> str:
    """Return where one applies online with its address: 全国公安出入境管理服务平台：s.nia.gov.cn/mps（先登录）."""
    address = address_in_words(online.url)
    return with_note(labelled(online.name, address, words) if address else online.name, online.note, words)


def online_in_brief(online: Online, words: Words) -> str:
    """Return where one applies online, by its name or else by its host: 网上办：全国公安出入境管理服务平台."""
    return words["online_at"].format(name=online.name or host_of(online.url))


def online_with_host(online: Online, words: Words) -> str:
    """Return the same with the host, which one can read from paper."""
    return with_note(online_in_brief(online, words), host_of(online.url) if online.name else "", words)
