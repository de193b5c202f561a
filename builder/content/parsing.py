"""Parses one content file into its records, its card and its findings. It runs in workers and knows no other file."""

from __future__ import annotations

import marshal
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, cast

from builder.content import source
from builder.content.card import Card, card_of
from builder.content.fields import Record, keys_below, markdown_texts, past_days
from builder.content.model.item import Item
from builder.content.model.kinds import BY_NAME, RECORD_KINDS, RecordKind, kind_of
from builder.content.names import check_name, pinyin_id
from builder.content.source import Raw
from builder.content.validate import WRONG_SHAPE, build
from builder.support.characters import sort_key
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, did_you_mean, near
from builder.support.fingerprint import digest
from builder.support.markdown import links_of

STRAY_FILE = Rule(
    "S120",
    "内容文件要放在规定的文件夹里",
    why="放错地方的文件不会出现在网站上。",
    fix="事项放在 content/items/<地区>/<编号>.yaml；其他见 docs/editors.md。",
)
RULES = (STRAY_FILE,)

# Takes a valid record, its plain values, its file, and its key path there; returns further findings.
RecordCheck = Callable[[Record, Raw, str, KeyPath], Iterable[Finding]]


class MarkdownLink(NamedTuple):
    """A link in the Markdown at the key path `path`, with the address as written."""

    path: KeyPath
    to: str


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A parsed content file.

    `raw_records` are the plain values of its valid records by id, marshalled. `card` is set if the file is a valid
    item. `kind` is "" if the file is in no known folder. `past_days` are the days that cannot lie in the future, by
    their key paths. `links` are the links of its Markdown. `orders` are the sort keys of its records by id, where lists
    sort records of this kind.
    """

    file: str
    digest: str
    kind: str
    raw_records: bytes
    card: Card | None
    findings: tuple[Finding, ...]
    past_days: tuple[tuple[KeyPath, str], ...] = ()
    links: tuple[MarkdownLink, ...] = ()
    orders: tuple[tuple[str, str], ...] = ()

    def __reduce__(self) -> tuple[type[ParsedFile], tuple[object, ...]]:
        """Pickle as a plain tuple, like `Card`, which is faster."""
        return ParsedFile, tuple(getattr(self, name) for name in self.__slots__)

    @property
    def is_broken(self) -> bool:
        """Whether the file could not be parsed completely, so that records may be missing."""
        return any(finding.severity is Severity.ERROR and finding.code[0] in "YS" for finding in self.findings)

    def records(self) -> list[tuple[str, Record]]:
        """Return the valid records with their ids."""
        record = BY_NAME[self.kind].record
        return [(id, record.model_validate(raw)) for id, raw in marshal.loads(self.raw_records).items()]


def _no_check(record: Record, raw: Raw, file: str, path: KeyPath) -> Iterable[Finding]:
    return ()


def parse(file: str, data: bytes, check_record: RecordCheck = _no_check, card_before: Card | None = None) -> ParsedFile:
    """Parse the content file `file` with the bytes `data`.

    `file` is relative to the site, such as ``content/topics.yaml``. `check_record` is called with each valid record, and
    its findings are added. `card_before` is the card that the file gave before, if known.
    """
    kind_and_match = kind_of(file.removeprefix("content/"))
    if kind_and_match is None:
        return ParsedFile(file, digest(data), "", marshal.dumps({}), None, (_stray_finding(file),))
    kind, match = kind_and_match
    document, findings = source.read(file, data, {} if kind.many else keys_below(kind.record))
    findings = [*check_name(file), *findings]
    if document is None:
        return ParsedFile(file, digest(data), kind.name, marshal.dumps({}), None, tuple(findings))
    raw_records, card = {}, None
    days: list[tuple[KeyPath, str]] = []
    links: list[MarkdownLink] = []
    orders: list[tuple[str, str]] = []
    for id, raw in _raw_records(kind, match.groupdict().get("id", ""), document, findings):
        base = (id,) if kind.many else ()
        record, problems = build(kind.record, raw, file, base)
        findings += problems
        if record is None:
            continue
        raw_records[id] = raw
        if isinstance(record, Item):
            card = card_of(record, id=id, area=match["area"], file=file, before=card_before)
        findings += check_record(record, raw, file, base)
        days += [(path, str(day)) for path, day in past_days(record, base)]
        if record.sorted_by:
            orders.append((id, sort_key(getattr(record, record.sorted_by))))
        links += [MarkdownLink(path, to) for path, text in markdown_texts(record, base) for to in links_of(text)]
    return ParsedFile(
        file,
        digest(data),
        kind.name,
        marshal.dumps(raw_records),
        card,
        tuple(findings),
        tuple(days),
        tuple(links),
        tuple(orders),
    )


def _raw_records(
    kind: RecordKind, id: str, document: source.Document, findings: list[Finding]
) -> list[tuple[str, dict[str, Raw]]]:
    if not kind.many:
        return [(id, {**document.raw, "body": document.body} if document.body else document.raw)]
    result = []
    for key, raw in document.raw.items():
        if isinstance(raw, (dict, str)):
            result.append((key, cast("dict[str, Raw]", raw)))
        else:
            findings.append(
                WRONG_SHAPE.at(document.file, key, says=f"“{key}”下面要写它的内容", hint="至少写 name（名称）")
            )
        findings.extend(check_name(document.file, key))
    return result


def _stray_finding(file: str) -> Finding:
    _, *folders, name = file.split("/")
    if folders[:1] == ["events"]:
        says = "“一件事”的页面还没有做，这个文件现在用不上"
        hint = "删掉它，或先移到 content 外面；几个事项要接着办的，写在事项的 next（接着办）里"
        return STRAY_FILE.at(file, says=says, hint=hint)
    says = "这个文件不在规定的文件夹里，不会出现在网站上"
    if re.search(r"\.(?:yaml|md)\.txt$", name):
        hint = f"文件名改成 {name.removesuffix('.txt')}（记事本另存时，“保存类型”选“所有文件”）"
        return STRAY_FILE.at(file, says="文件名后面多了 .txt", hint=hint)
    if name.endswith(".yml"):
        return STRAY_FILE.at(file, says="扩展名要写成 .yaml", hint=f"文件名改成 {name.removesuffix('.yml')}.yaml")
    if name.lower().endswith((".yaml", ".yml", ".md")) and name != name.lower():
        stem, extension = name.rsplit(".", 1)
        hint = f"文件名改成 {stem}.{'md' if extension.lower() == 'md' else 'yaml'}"
        if not name.endswith((".yaml", ".md")):
            return STRAY_FILE.at(file, says=f"扩展名“.{extension}”要写成小写", hint=hint)
    if not name.endswith((".yaml", ".md")):
        says = "content 里只放 .yaml 和 .md 文件"
        stem, extension = os.path.splitext(name)
        return STRAY_FILE.at(
            file, says=says, hint=f"移到 static/forms/{pinyin_id(stem)}{extension.lower()}；不要的文件请删除"
        )
    if folders[:1] == ["items"] and len(folders) > 2:
        return STRAY_FILE.at(file, says="地区的文件夹里不再分文件夹", hint=f"移到 content/items/{folders[1]}/{name}")
    if folders and (expected := _PATHS.get(folders[0])):
        return STRAY_FILE.at(file, says=says, hint=f"这类文件要放成 {expected}")
    if not folders and (expected := _PATHS.get(name.rsplit(".", 1)[0])):
        return STRAY_FILE.at(
            file, says="这类内容一份一个文件，不能都写在一个文件里", hint=f"拆成几个文件，放成 {expected}"
        )
    known = {
        *_PATHS,
        *(kind.pattern.pattern.split(r"\.")[0] for kind in RECORD_KINDS if kind.many),
        "terms",
        "glossary",
    }
    meant = near(folders[0] if folders else name.rsplit(".", 1)[0], known)
    path = "/".join((meant, *folders[1:], name)) if folders else f"{meant}.yaml"
    hint = f"移到 content/{path}" if kind_of(path) else did_you_mean(meant, known) if meant else STRAY_FILE.fix
    return STRAY_FILE.at(file, says=says, hint=hint)


# The folders of content, and the path of a file in each.
_PATHS = {
    "items": "content/items/<地区编号>/<编号>.yaml",
    "departments": "content/departments/<编号>.yaml",
    "places": "content/places/<编号>.yaml",
    "disclosure": "content/disclosure/<编号>.yaml",
    "booklets": "content/booklets/<编号>.yaml",
    "editions": "content/editions/<事项编号>.yaml",
    "pages": "content/pages/<编号>.md",
}
