"""``build.py reference``: writes JSON Schemas for code editors, and the references of fields, codes and open data for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.commands.reference.codes import codes_page
from builder.commands.reference.data_terms import data_page
from builder.commands.reference.schema import schema_of
from builder.commands.reference.tables import fields_page
from builder.content.model.kinds import RECORD_KINDS
from builder.content.settings import Settings
from builder.support.diagnostics import Rule


def write_reference(docs: Path, rules: Mapping[str, Rule]) -> list[Path]:
    """Write the JSON Schemas, the field tables, the code list and the page on open data to the folder `docs`. Return their paths."""
    paths = []
    for name, text in _files(rules):
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        paths.append(path)
    return paths


def _files(rules: Mapping[str, Rule]) -> Iterator[tuple[str, str]]:
    yield "schema/site.json", _json(schema_of(Settings, "网站设置"))
    for kind in RECORD_KINDS:
        yield (
            f"schema/{kind.name}.json",
            _json(schema_of(kind.record, kind.label, many=kind.many, by_address=kind.by_address)),
        )
    yield "fields.md", fields_page()
    yield "codes.md", codes_page(rules.values())
    yield "open-data.md", data_page()


def _json(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
