"""How long something is valid, and for whom: 5年, 未满16周岁的5年，16周岁以上的10年."""

from __future__ import annotations

import re

from builder.content.model.quantities.durations import duration_parts


def validities(text: str) -> list[str]:
    """Return the phrases of a text that gives several people different terms; a text that does not is one phrase."""
    parts = [part for part in re.split("[，,；;、]", text) if part.strip()]
    if len(parts) > 1 and all(validity_parts(part).get("who") and _is_duration(_term(part)) for part in parts):
        return parts
    return [text]


def validity_parts(text: str) -> dict[str, str]:
    """Return for whom a term is, "" for all, and the term; what is no term is returned as the term, to be refused."""
    text = text.strip()
    term = _term(text)
    who = re.sub("有效期?$", "", text.removesuffix(term).rstrip(" ：:为是，,"))
    return {"lasts": text} if len(who) == 1 else {"who": who, "lasts": term}  # 约5年 says for nobody


def _term(text: str) -> str:
    """Return the longest end of `text` that is a duration, all of it where none is."""
    text = text.strip()
    ends = (text[at:] for at in range(len(text)) if at == 0 or not text[at - 1].isdigit())
    return next((end for end in ends if _is_duration(end)), text)


def _is_duration(text: str) -> bool:
    try:
        duration_parts(text)
    except ValueError:
        return False
    return True
