"""Parses one content file into its records, its card and its findings. It runs in workers and knows no other file."""

from __future__ import annotations

import marshal
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, cast

from builder.content import source, told
from builder.content.card import Before, Card, card_of
from builder.content.fields import Record, keys_below, markdown_texts, past_days
from builder.content.model.item import Item
from builder.content.model.kinds import BY_NAME, RECORD_KINDS, RecordKind, kind_of
from builder.content.names import check_address, check_name, pinyin_id
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
    sort records of this kind. `told` is what the guide of an item tells, packed.
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
    told: bytes = b""

    def __reduce__(self) -> tuple[type[ParsedFile], tuple[object, ...]]:
        """Pickle as a plain tuple, like `Card`, which is faster."""
        return ParsedFile, tuple(getattr(self, name) for name in self.__slots__)

    @property
    def is_broken(self) -> bool:
        """Whether the file could not be parsed completely, so that records may be missing."""
        return any(finding.severity is Severity.ERROR and finding.code[0] in "YS" for finding in self.findings)

    @property
    def as_before(self) -> Before | None:
        """What a later version of the file needs of this one."""
        return Before(self.card, self.told) if self.card else None

    def records(self) -> list[tuple[str, Record]]:
        """Return the valid records with their ids."""
        record = BY_NAME[self.kind].record
        return [(id, record.model_validate(raw)) for id, raw in marshal.loads(self.raw_records).items()]


def _no_check(record: Record, raw: Raw, file: str, path: KeyPath) -> Iterable[Finding]:
    return ()


def parse(file: str, data: bytes, check_record: RecordCheck = _no_check, before: Before | None = None) -> ParsedFile:
    """Parse the content file `file` with the bytes `data`.

    `file` is relative to the site, such as ``content/topics.yaml``. `check_record` is called with each valid record, and
    its findings are added. `before` is what the file gave before, if known.
    """
    return parse_all([(file, data, before)], check_record)[0]


def parse_all(
    files: Iterable[tuple[str, bytes, Before | None]], check_record: RecordCheck = _no_check
) -> list[ParsedFile]:
    """Parse content files, each as `parse` does.

    Each step is taken with all of them before the next, which takes a fifth less time: the code of one kind of work fits
    into the fast memory of a processor.
    """
    parsings = [_Parsing(*file) for file in files]
    for parsing in parsings:
        parsing.read()
    for parsing in parsings:
        parsing.validate()
    for parsing in parsings:
        parsing.make_card()
    for parsing in parsings:
        parsing.check(check_record)
    return [parsing.result() for parsing in parsings]


def records_in(file: str, data: bytes) -> tuple[RecordKind, dict[str, tuple[Record, dict[str, Raw]]]] | None:
    """Return the kind of the records in a content file, and its valid records with their plain values by id.

    It is what `parse` makes of a file, without findings and cards. Return None for a file that is of no kind or cannot be read.
    """
    parsing = _Parsing(file, data, None)
    parsing.read()
    parsing.validate()
    return parsing.valid


class _Parsing:
    """A content file on its way to a `ParsedFile`. Its steps are called one after the other."""

    def __init__(self, file: str, data: bytes, before: Before | None) -> None:
        self._file = file
        self._data = data
        self._before = before
        self._kind: RecordKind | None = None
        self._named: Mapping[str, str] = {}  # what the path says: the id, the area
        self._document: source.Document | None = None
        self._records: list[tuple[str, dict[str, Raw], Record]] = []  # the valid ones
        self._card: Card | None = None
        self._told = b""
        self._findings: list[Finding] = []

    def read(self) -> None:
        """Read the fields."""
        kind_and_match = kind_of(self._file.removeprefix("content/"))
        if kind_and_match is None:
            self._findings.append(_stray_finding(self._file))
            return
        self._kind, match = kind_and_match
        self._named = match.groupdict()
        keys = {} if self._kind.many else keys_below(self._kind.record)
        self._document, findings = source.read(self._file, self._data, keys)
        self._findings += [*check_name(self._file), *findings]

    def validate(self) -> None:
        """Make the records."""
        if self._kind is None or self._document is None:
            return
        for id, raw in _raw_records(self._kind, self._named.get("id", ""), self._document, self._findings):
            record, problems = build(self._kind.record, raw, self._file, self._path(id))
            self._findings += problems
            if record is not None:
                self._records.append((id, raw, record))

    @property
    def valid(self) -> tuple[RecordKind, dict[str, tuple[Record, dict[str, Raw]]]] | None:
        """The kind of the records, and the valid ones by id with their plain values; None if the file cannot be read."""
        if self._kind is None or self._document is None:
            return None
        return self._kind, {id: (record, raw) for id, raw, record in self._records}

    def make_card(self) -> None:
        """Make the card of an item, and what its guide tells."""
        for id, raw, record in self._records:
            if isinstance(record, Item):
                area, before = self._named["area"], self._before
                texts = told.told_of(record)
                self._told = told.pack(texts)
                self._card = card_of(record, id=id, area=area, file=self._file, raw=raw, told=texts, before=before)

    def check(self, check_record: RecordCheck) -> None:
        """Add the findings of `check_record`."""
        for id, raw, record in self._records:
            self._findings += check_record(record, raw, self._file, self._path(id))

    def result(self) -> ParsedFile:
        """Return the parsed file."""
        placed = [(self._path(id), record) for id, _, record in self._records]
        days = ((path, str(day)) for at, record in placed for path, day in past_days(record, at))
        texts = (text for at, record in placed for text in markdown_texts(record, at))
        return ParsedFile(
            self._file,
            digest(self._data),
            self._kind.name if self._kind else "",
            marshal.dumps({id: raw for id, raw, _ in self._records}),
            self._card,
            tuple(self._findings),
            tuple(days),
            tuple(MarkdownLink(path, to) for path, text in texts for to in links_of(text)),
            tuple((id, sort_key(getattr(one, one.sorted_by))) for id, _, one in self._records if one.sorted_by),
            self._told,
        )

    def _path(self, id: str) -> KeyPath:
        """Return where the record `id` stands in the file."""
        return (id,) if self._kind and self._kind.many else ()


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
            findings.append(WRONG_SHAPE.at(document.file, key, says=f"“{key}”下面要写它的内容", hint=_least(kind)))
        findings.extend((check_address if kind.by_address else check_name)(document.file, key))
    return result


def _least(kind: RecordKind) -> str:
    """Return the hint what to write of a record of which nothing is written."""
    if kind.by_address:
        return "搬走的写 to（搬到哪里），撤下的写 gone（为什么撤下）"
    return "至少写 name（名称）"


def _stray_finding(file: str) -> Finding:
    _, *folders, name = file.split("/")
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
    "events": "content/events/<编号>.yaml",
    "editions": "content/editions/<事项编号>.yaml",
    "pages": "content/pages/<编号>.md",
}
