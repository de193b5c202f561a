"""`build.py reference`: what is committed is up to date, and the schemas take what the checks take."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from site_folder import sample_content

from builder.commands.explaining import explained
from builder.commands.reference import write_reference
from builder.content.fields import Record
from builder.content.model.item import Item
from builder.content.model.kinds import BY_NAME, RECORD_KINDS, kind_of
from builder.loading import load_file

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "docs" / "schema"


class Editor(yaml.SafeLoader):
    """Reads YAML as editing programs do: numbers are numbers, but only true and false are truths, and no text a date."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] not in ("timestamp", "bool", "value")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def as_editor_sees(text: str) -> Any:
    if text.startswith("---\n"):
        text = text.removeprefix("---\n").split("\n---\n")[0]
    return yaml.load(text, Editor)  # noqa: S506 - a SafeLoader


@cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{kind}.json").read_text("utf-8")))


def complaints(kind: str, text: str) -> list[str]:
    return [error.message for error in validator(kind).iter_errors(as_editor_sees(text))]


def test_committed_reference_is_up_to_date(tmp_path: Path) -> None:
    fresh = {path.relative_to(tmp_path): path.read_text("utf-8") for path in write_reference(tmp_path, explained())}
    committed = {path: (ROOT / "docs" / path).read_text("utf-8") for path in fresh}
    assert committed == fresh, "run: uv run build.py reference"
    assert {path.name for path in SCHEMAS.iterdir()} == {path.name for path in fresh if path.suffix == ".json"}


def test_writes_the_same_bytes_again(tmp_path: Path) -> None:
    once = [path.read_bytes() for path in write_reference(tmp_path / "a", explained())]
    assert once == [path.read_bytes() for path in write_reference(tmp_path / "b", explained())]


@pytest.mark.parametrize("path", sorted(SCHEMAS.iterdir()), ids=lambda path: path.stem)
def test_schema_is_a_schema(path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


def test_schema_takes_every_sample_file() -> None:
    content = sample_content()
    files = [path for path in sorted(content.rglob("*")) if path.suffix in (".yaml", ".md")]
    refused = {}
    for path in files:
        placed = kind_of(path.relative_to(content).as_posix())
        if found := complaints(placed[0].name, path.read_text("utf-8")) if placed else ["of no kind"]:
            refused[str(path)] = found
    assert refused == {}
    assert len(files) > 200


def test_schema_takes_the_settings_of_the_sample_site() -> None:
    assert complaints("site", (sample_content().parent / "site.yaml").read_text("utf-8")) == []


VALID = {
    "a number for text": "title: 12345",
    "a hotline without its dash": "phones: 12345",
    "numbers among phones": "phones:\n  - 12345\n  - number: 62345678\n    label: 值班",
    "a number of copies": "materials:\n  - ref: id-card\n    copies: 2",
    "copies as text": "materials:\n  - ref: id-card\n    copies: '2'",
    "original and copies": "materials:\n  - ref: id-card\n    copies: {original: 1, copy: 2}",
    "bare ids and names": "materials:\n  - id-card\n  - 户口簿",
    "a single material": "materials: id-card",
    "materials to choose from": "materials:\n  - any_of: [id-card, {name: 护照}]",
    "a group of materials": "materials:\n  - group: 担保人材料\n    materials: id-card",
    "no materials": "materials: 无",
    "not applicable": "fees: 不适用",
    "the English word for none": "fees: none",
    "Chinese labels": "status: 在办\nhandling: 承诺件",
    "English values": "status: active\nhandling: promised",
    "one channel": "channels: 窗口办理",
    "a date": "checked: 2026-11-03",
    "yes in Chinese": "materials:\n  - ref: id-card\n    returned: 是",
    "true": "materials:\n  - ref: id-card\n    returned: true",
    "an amount": "fees:\n  - amount: 5.5\n    per: 件",
    "an amount as text": "fees:\n  - amount: '5.50'",
    "an amount with its unit": "fees:\n  - amount: 5元",
    "an amount with a comma": "fees:\n  - amount: 1,000",
    "a range of amounts": "fees:\n  - amount: 20元至40元",
    "a ceiling": "fees:\n  - amount: 不超过2万",
    "a share": "fees:\n  - percent: 1.2%\n    of: 成交价\n    cap: 最高5万元",
    "bands": "fees:\n  of: 受益额\n  bands:\n    - {to: 20万, percent: 1.2}\n    - {from: 20万, percent: 1}",
    "reductions": "fees:\n  amount: 5\n  reductions:\n    - 困难的可以缓交\n    - {who: 低保户, free: 是}",
    "a bare time": "time: 20个工作日",
    "times": "time:\n  promised: 当场\n  statutory: {n: 20, unit: 个工作日}",
    "nested conditions": "eligibility:\n  - any:\n      - 甲\n      - all: [乙, 丙]",
    "a depth phrase": "depth: 街道受理和初审、区级复审",
    "a key with nothing behind it": "summary:\ntopics:\nfees:",
    "a folded line": "aliases:\n  - >\n    一行\n",
    "a word that Python keeps for itself": "windows:\n  - when: 每周一\n    for: 首次申请",
}


@pytest.mark.parametrize("fields", VALID.values(), ids=VALID.keys())
def test_schema_takes_what_the_checks_take(fields: str) -> None:
    text = f"name: 示例\n{fields}\n"
    assert not [
        found for found in load_file("content/items/a/b.yaml", text.encode()).findings if found.severity == "error"
    ]
    assert complaints("item", text) == []


INVALID = {
    "an unknown field": "nmae: 示例",
    "a word that is no choice": "status: 在班",
    "too many copies": "materials:\n  - ref: id-card\n    copies: {copy: 200}",
    "a truth that is none": "materials:\n  - ref: id-card\n    returned: 也许",
    "an unknown field deep inside": "steps:\n  - actor: 窗口\n    do: 办\n    wheer: 这里",
    "an id in Chinese": "variants:\n  - {id: 首次, name: 甲}",
    "too long a title": f"title: {'长' * 41}",
    "an amount in another currency": "fees:\n  - amount: 5美元",
    "an amount in words": "fees:\n  - amount: 五块",
    "more than everything": "fees:\n  - {percent: 120, of: 成交价}",
    "a list for a line": "title: [甲, 乙]",
    "a single thing to choose from": "materials:\n  - any_of: id-card",
    "a negative amount": "fees:\n  - amount: -1",
}


@pytest.mark.parametrize("fields", INVALID.values(), ids=INVALID.keys())
def test_schema_refuses_what_the_checks_refuse(fields: str) -> None:
    text = f"name: 示例\n{fields}\n"
    assert [found for found in load_file("content/items/a/b.yaml", text.encode()).findings if found.severity == "error"]
    assert complaints("item", text)


def test_schema_refuses_a_name_where_an_id_is_asked_which_the_checks_of_the_whole_site_do() -> None:
    assert complaints("item", "name: 示例\ndepartment: 民政局\n")


def test_schema_asks_for_the_name() -> None:
    assert complaints("item", "title: 示例\n") == ["'name' is a required property"]


def test_schema_of_a_library_checks_ids_and_records() -> None:
    assert complaints("topic", "yiliao: 看病\nyanglao: {name: 养老}\n") == []
    assert complaints("topic", "Yi Liao: 看病\n")
    assert complaints("topic", "yiliao: {nmae: 看病}\n")


def test_schema_speaks_chinese() -> None:
    schema = json.loads((SCHEMAS / "item.json").read_text("utf-8"))
    titles = [schema["title"], *(one["title"] for one in [*schema["properties"].values(), *schema["$defs"].values()])]
    assert [title for title in titles if not re.search("[\u4e00-\u9fff]", title)] == []


def test_field_tables_name_every_field() -> None:
    page = (ROOT / "docs" / "fields.md").read_text("utf-8")
    for kind in RECORD_KINDS:
        section = page.split(f"\n## {kind.label}\n")[1].split("\n## ")[0]
        assert all(f"| `{info.alias or name}` | {info.title} |" in section for name, info in _fields(kind.record))


def _fields(record: type[Record]) -> list[tuple[str, Any]]:
    return list(record.model_fields.items())


def test_field_tables_say_how_to_write_it() -> None:
    page = (ROOT / "docs" / "fields.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", page.split("\n## 事项\n")[1].split("\n## ")[0], re.MULTILINE))
    assert rows["name"].endswith("| 必填 | 文字，至多80字")
    assert rows["status"].endswith("|  | 草稿、在办、暂停、已取消")
    assert rows["department"].endswith("单位的编号")
    assert rows["time"].endswith("[办理时限](#办理时限)，可以只写承诺时限；没有写 无，用不着写 不适用")
    assert rows["phones"].endswith("[电话](#电话)，可以只写号码；可以几条")


def test_links_in_the_field_tables_lead_somewhere() -> None:
    page = (ROOT / "docs" / "fields.md").read_text("utf-8")
    headings = re.findall("^## (.*)$", page, re.MULTILINE)
    anchors = [re.sub(r"[^\w-]", "", heading) for heading in headings]
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r"\]\(#(.*?)\)", page)) <= set(anchors)


def test_code_list_explains_every_rule() -> None:
    page = (ROOT / "docs" / "codes.md").read_text("utf-8")
    for rule in explained().values():
        section = page.split(f"\n## {rule.code} {rule.title}\n")[1].split("\n## ")[0]
        assert rule.why in section
        assert rule.fix in section


def test_every_record_of_an_item_can_be_looked_up() -> None:
    assert BY_NAME["item"].record is Item
    schema = json.loads((SCHEMAS / "item.json").read_text("utf-8"))
    headings = set(re.findall("^## (.*)$", (ROOT / "docs" / "fields.md").read_text("utf-8"), re.MULTILINE))
    assert {one["title"] for one in schema["$defs"].values()} <= headings
