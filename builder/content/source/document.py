"""`read`: one file's bytes become its fields and its Markdown body, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.source.encoding import decoded, first_few, place
from builder.content.source.front_matter import split
from builder.content.source.plain import Raw, values
from builder.content.source.rules import CONFLICT
from builder.support.diagnostics import Finding, Position, Severity

_CONFLICT = re.compile(r"^(<{7}|>{7})(?: .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One file read: its fields, and its Markdown text after the front matter ("" for YAML)."""

    file: str
    raw: dict[str, Raw]
    body: str


def read(file: str, data: bytes) -> tuple[Document | None, list[Finding]]:
    """Return the document, and what is wrong with the file, sorted by place.

    A name that ends in ``.md`` has front matter and Markdown, any other is YAML. The document is None exactly
    when an error was found. Raises MissingLibyaml.
    """
    document, findings = _read(file, data)
    if any(finding.severity is Severity.ERROR for finding in findings):
        document = None
    return document, sorted(findings, key=_place)


def _read(file: str, data: bytes) -> tuple[Document | None, list[Finding]]:
    text, findings = decoded(file, data)
    if text is None:
        return None, findings
    if "<<<<<<<" in text or ">>>>>>>" in text:
        conflicts = list(_conflicts(file, text))
        if conflicts:
            return None, findings + conflicts
    fields, body = text, ""
    if file.endswith(".md"):
        front, missing = split(file, text)
        if front is None:
            return None, findings + missing
        fields, body = front
    raw, wrong = values(file, fields)
    # Where characters were taken out, what remains may well be nonsense.
    damaged = {finding.position.line for finding in findings if finding.position and finding.severity is Severity.ERROR}
    return Document(file, raw, body), findings + [f for f in wrong if f.position and f.position.line not in damaged]


def _conflicts(file: str, text: str) -> Iterator[Finding]:
    for marker in first_few(_CONFLICT.finditer(text)):
        side = "开头" if marker[1][0] == "<" else "结尾"
        says = f"这里是没处理完的合并冲突的{side}，两种写法都还在文件里"
        yield CONFLICT.at(file, says=says, hint=CONFLICT.fix, position=place(text, marker.start(), 7))


def _place(finding: Finding) -> tuple[int, int, str]:
    position = finding.position or Position(1, 1)
    return position.line, position.column, finding.code
