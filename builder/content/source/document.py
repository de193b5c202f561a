"""`read`: parses the bytes of a file into its fields and its Markdown body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.source.diagnosis import NO_KEYS, KeysBelow
from builder.content.source.encoding import decoded, first_few, position_at
from builder.content.source.front_matter import split_front_matter
from builder.content.source.odd_characters import odd_characters
from builder.content.source.plain import Raw, values
from builder.content.source.rules import CONFLICT
from builder.support.diagnostics import Finding, Position, Severity, errors_in

_CONFLICT = re.compile(r"^(<{7}|>{7})(?: .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its fields as plain values, and the Markdown after the front matter ("" for a YAML file)."""

    file: str
    raw: dict[str, Raw]
    body: str


def read(file: str, data: bytes, keys: KeysBelow = NO_KEYS) -> tuple[Document | None, list[Finding]]:
    """Return the document and its findings, sorted by position. With an error among the findings, it is None.

    `keys` are those of its kind of record, each with the keys that can stand below it.

    A file whose name ends in ``.md`` is Markdown with front matter, any other is YAML. Raises `Failure` without libyaml.
    """
    document, findings = _read(file, data, keys)
    if errors_in(findings):
        document = None
    return document, sorted(findings, key=_order)


def _read(file: str, data: bytes, keys: KeysBelow) -> tuple[Document | None, list[Finding]]:
    text, findings = decoded(file, data)
    if text is None:
        return None, findings
    if "<<<<<<<" in text or ">>>>>>>" in text:
        conflicts = list(_conflicts(file, text))
        if conflicts:
            return None, findings + conflicts
    fields, body = text, ""
    if file.endswith(".md"):
        front, problems = split_front_matter(file, text)
        if front is None:
            return None, findings + problems
        fields, body = front
    raw, value_findings = values(file, fields, keys)
    # `decoded` has replaced forbidden characters in these lines, so errors found there later may be a consequence.
    damaged = {finding.position.line for finding in findings if finding.position and finding.severity is Severity.ERROR}
    findings += [f for f in value_findings if f.position and f.position.line not in damaged]
    told = {finding.position.line for finding in findings if finding.position}
    odd = odd_characters(file, text)
    return Document(file, raw, body), findings + [f for f in odd if f.position and f.position.line not in told]


def _conflicts(file: str, text: str) -> Iterator[Finding]:
    for marker in first_few(_CONFLICT.finditer(text)):
        side = "开头" if marker[1][0] == "<" else "结尾"
        says = f"这里是没处理完的合并冲突的{side}，两种写法都还在文件里"
        yield CONFLICT.at(file, says=says, hint=CONFLICT.fix, position=position_at(text, marker.start(), 7))


def _order(finding: Finding) -> tuple[int, int, str]:
    position = finding.position or Position(1, 1)
    return position.line, position.column, finding.code
