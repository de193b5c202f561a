"""A text made to fit into one comment."""

from __future__ import annotations

import re

LEFT_OUT = "\n……这一段还有 {n} 行，这里放不下。\n"
CUT = "\n**这里放不下，一共少了 {lines} 行、{characters} 字。**"
REST = "完整的报告、网页版和预览网站，在{where}里。"
RUN = "这次运行的产物"

_SECTION = re.compile(r"^(?=### )", re.MULTILINE)
_COMMAND = re.compile(r"^(\s*)/", re.MULTILINE)


def fitted(text: str, longest: int, link: str) -> str:
    """Return a Markdown text of at most `longest` characters that commands nothing, with where all of it is.

    If it is too long, its longest sections lose lines from their end, so that no section goes altogether; what is missing
    is counted. `link` is the page of the run, or "".
    """
    text = _COMMAND.sub(r"\1&#47;", text)  # platforms and their robots obey lines such as “/close”
    where = f"[{RUN}]({link})" if link else RUN
    footer = f"\n---\n{REST.format(where=where)}\n" if link else ""
    if size_of(text + footer) <= longest:
        return text + footer
    sections = [part.splitlines(keepends=True) for part in _SECTION.split(text)]
    sizes = [sum(map(size_of, lines)) for lines in sections]
    missing = [0] * len(sections)
    ending = f"{CUT.format(lines=len(text), characters=len(text))}{REST.format(where=where)}\n"  # no number is longer
    room = longest - size_of(ending) - len(sections) * size_of(LEFT_OUT.format(n=len(text)))
    characters = 0
    while sum(sizes) > room and (shortened := [at for at, lines in enumerate(sections) if len(lines) > 1]):
        longest_one = max(shortened, key=lambda at: sizes[at])
        line = sections[longest_one].pop()
        sizes[longest_one] -= size_of(line)
        missing[longest_one] += bool(line.strip())
        characters += len(line.strip())
    parts = ["".join(lines) + (LEFT_OUT.format(n=n) if n else "") for lines, n in zip(sections, missing, strict=True)]
    return f"{''.join(parts)}{CUT.format(lines=sum(missing), characters=characters)}{REST.format(where=where)}\n"


def size_of(text: str) -> int:
    """Return the length as the most cautious platform counts it: characters of rare scripts and emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
