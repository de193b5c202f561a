"""From plain values to a record: what Pydantic says of a value becomes a finding in the editor's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from builder.content.fields import SLUG, Record, fields_at, label
from builder.support.diagnostics import Finding, KeyPath, Rule, did_you_mean, quote

UNKNOWN_KEY = Rule(
    "S101",
    "字段名要是字段表里有的",
    why="写错的字段名不会被当成内容，页面上会少一块。",
    fix="照提示改成正确的字段名；全部字段见 docs/fields.md。",
)
MISSING = Rule(
    "S102",
    "必填的字段要写",
    why="没有这一项，这份内容就不成立。",
    fix="补上这一行；只是暂时不知道的内容，如果不是必填，可以不写。",
)
WRONG_SHAPE = Rule(
    "S103",
    "内容的样子要对：一句话、一张单子，或一组“字段: 值”",
    why="程序不知道该把它当成一句话还是几条。",
    fix="一句话写在冒号后面；几条的，每条另起一行，前面加“- ”。",
)
WRONG_LENGTH = Rule(
    "S104",
    "文字不能太短或太长，条数不能太少或太多",
    why="太长的标题和步骤在手机和纸上放不下。",
    fix="写短些；详细的话写进“详细说明”或“说明”。",
)
WRONG_PATTERN = Rule(
    "S105",
    "编号、电话、网址要写成规定的样子",
    why="写法不对，链接和拨号都不能用。",
    fix="编号只用小写英文字母、数字和短横线；电话带区号，如 022-65775272。",
)
WRONG_NUMBER = Rule(
    "S106",
    "数字要写成数字，并在合理范围内",
    why="份数、金额写成别的样子，页面和打印件会出错。",
    fix="只写数字，不带单位和逗号，如 2。",
)
WRONG_DATE = Rule(
    "S107",
    "日期要写成 2026-11-03 这样的形式，并且真有这一天",
    why="日期写错，核对提醒就会失效。",
    fix="写成 年-月-日，月和日各两位，如 2026-11-03。",
)
WRONG_VALUE = Rule(
    "S108",
    "内容要看得懂、说得通",
    why="时限、申报时间、办理深度要能读出意思，才能检查和比较；选项只能选规定的词。",
    fix="照提示里的例子改写。",
)
RULES = (UNKNOWN_KEY, MISSING, WRONG_SHAPE, WRONG_LENGTH, WRONG_PATTERN, WRONG_NUMBER, WRONG_DATE, WRONG_VALUE)

R = TypeVar("R", bound=Record)

FEW = 8  # fields that a hint lists; more would not be read


def build(record: type[R], raw: object, file: str, base: KeyPath = ()) -> tuple[R | None, list[Finding]]:
    """Return the record that `raw` describes, or None and everything that is wrong with it."""
    try:
        return record.model_validate(raw), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return None, [_finding(record, raw, file, base, one) for one in errors if not _miscounted(one)]


def _miscounted(error: Mapping[str, Any]) -> bool:
    """Tell whether a list is too short only because Pydantic leaves out the entries that are wrong themselves."""
    return bool(error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"])


def _finding(record: type[Record], raw: object, file: str, base: KeyPath, error: Mapping[str, Any]) -> Finding:
    path = _path(raw, error["loc"], missing=error["type"] == "missing")
    name = label(record, path) or (str(base[-1]) if base else "")
    called = f"“{name}”" if name else ""
    wording = _shape if error["type"].endswith("_type") else _wording(error["type"])
    rule, says, hint = wording(record, raw, called, path, error)
    on_key = rule is UNKNOWN_KEY
    return rule.at(file, *base, *path, says=says, hint=hint, on="key" if on_key else "value")


def _path(raw: object, loc: tuple[str | int, ...], *, missing: bool) -> KeyPath:
    """Keep of Pydantic's location what the editor wrote: the names of union members and shorthands fall out."""
    path: list[str | int] = []
    here: Any = raw
    for step in loc:
        if step in (here if isinstance(here, dict) else range(len(here)) if isinstance(here, list) else ()):
            here = here[step]
        elif missing and step == loc[-1] and isinstance(step, str):
            pass
        else:
            continue
        path.append(step)
    return tuple(path)


Words = tuple[Rule, str, str]
Wording = Callable[[type[Record], object, str, KeyPath, Mapping[str, Any]], Words]


def _wording(kind: str) -> Wording:
    return _BY_TYPE.get(kind) or next((words for prefix, words in _BY_PREFIX if kind.startswith(prefix)), _general)


def _unknown_key(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    key = str(path[-1]) if path else ""
    fields = fields_at(record, path[:-1])
    return UNKNOWN_KEY, f"没有叫“{quote(key)}”的字段", _field_meant(key, fields)


def _field_meant(key: str, fields: Mapping[str, str]) -> str:
    """Return a hint naming the field that `key` was to be: by its Chinese label, a near spelling, or the whole list."""
    labelled = [name for name, text in fields.items() if text == key] or [
        name for name, text in fields.items() if len(key) > 1 and key in text
    ]
    if labelled:
        return f"“{quote(key)}”要写成 {labelled[0]}（{fields[labelled[0]]}）"
    if len(fields) > FEW:
        return did_you_mean(key, fields) or "全部字段见 docs/fields.md"
    return did_you_mean(key, fields) or _fields_known(fields)


def _fields_known(fields: Mapping[str, str]) -> str:
    first = "、".join(f"{name}（{text}）" for name, text in list(fields.items())[:FEW])
    return f"这里能写：{first}" + ("等，见 docs/fields.md" if len(fields) > FEW else "")


def _missing(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    return MISSING, f"缺少 {path[-1]}（{called.strip('“”')}）", f"加一行“{path[-1]}: …”"


def _shape(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    if isinstance(error["input"], (list, tuple)):
        hint = "删掉各行行首的“- ”，把字段对齐" if fields_at(record, path) else "只留一项，并且删掉行首的“- ”"
        return WRONG_SHAPE, f"{called}只能写一项，这里是一张单子", hint
    if error["type"] in ("model_type", "model_attributes_type"):
        return WRONG_SHAPE, f"{called}要写成几行“字段: 值”", _fields_known(fields_at(record, path))
    return WRONG_SHAPE, f"{called}要写成一句话", "写在冒号后面，下面不要再分字段"


def _length(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    bounds, value = error.get("ctx", {}), error["input"]
    count = f"现在有{len(value)}"
    unit = "个字" if isinstance(value, str) else "条"
    much, little = ("太长", "太短") if isinstance(value, str) else ("太多", "太少")
    if "max_length" in bounds:
        hint = "写短些，细节写到别的字段里" if isinstance(value, str) else "只留最要紧的"
        return WRONG_LENGTH, f"{called}{much}：至多{bounds['max_length']}{unit}，{count}{unit}", hint
    if not len(value.strip() if isinstance(value, str) else value):
        return WRONG_LENGTH, f"{called}是空的", "写上内容，或把这一行删掉"
    return (
        WRONG_LENGTH,
        f"{called}{little}：至少{bounds['min_length']}{unit}，{count}{unit}",
        "再写几条；只有一条时，换一种写法",
    )


def _pattern(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    pattern = error["ctx"]["pattern"]
    hint = next((hint for part, hint in _PATTERNS if part in pattern), "")
    return WRONG_PATTERN, f"{called}不能写成“{quote(str(error['input']))}”", hint


# What a pattern asks for, by a part of it.
_PATTERNS = (
    (SLUG, "写编号，不写名称；编号只用小写英文字母、数字和短横线，如 shebao-ka"),
    ("400-?", "带区号写全，如 022-65775272，分机接在后面，如 022-65775272-8；不知道完整号码就不写"),
    ("https?://", "要以 http:// 或 https:// 开头，中间没有空格，末尾没有“/”"),
    ("[A-Za-z0-9._-]+", "文件名只用英文字母、数字、点、短横线和下划线，如 shenqingbiao.doc；文件也要改成这个名字"),
    (r"[^\n]", "写成一行"),
    (r"\d{10}", "写 10 位数字"),
    (r"\d{6}", "写 6 位数字"),
    (r"[A-Z]\d{3}", "写问题清单里的代码，如 R204"),
)


def _number(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    bounds = error.get("ctx", {})
    limits = [f"{word}{bounds[bound]}" for bound, word in (("ge", "不能小于"), ("le", "不能大于")) if bound in bounds]
    says = f"{called}{'、'.join(limits) or '要写成数字'}，现在是“{quote(str(error['input']))}”"
    return WRONG_NUMBER, says, "" if limits else "只写阿拉伯数字，不带单位和逗号，如 2"


def _date(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    text = str(error["input"])
    says = f"{called}不是日期：“{quote(text)}”"
    parts = re.fullmatch(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D?", text.strip())
    if parts is None:
        return WRONG_DATE, says, "写成 2026-11-03 这样的形式"
    try:
        meant = date(*map(int, parts.groups()))
    except ValueError:
        return WRONG_DATE, says, "没有这一天，请核对月和日"
    return WRONG_DATE, says, f"改成 {meant}"


def _own_words(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    value = error["input"]
    if isinstance(value, str):
        return WRONG_VALUE, f"{called}不能写成“{quote(value)}”", str(error["ctx"]["error"])
    which = f"第{path[-1] + 1}条" if path and isinstance(path[-1], int) else ""
    return WRONG_VALUE, f"{called}{which}写得不对" if called else "这里写得不对", str(error["ctx"]["error"])


def _one_of(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    known = "、".join(re.findall(r"'([^']+)'", error["ctx"]["expected"]))
    return WRONG_VALUE, f"{called}不能写成“{quote(str(error['input']))}”", f"只能从这些里选：{known}"


def _general(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    return WRONG_VALUE, f"{called}不能写成“{quote(str(error['input']))}”", ""


_BY_TYPE: dict[str, Wording] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "literal_error": _one_of,
    "finite_number": _number,
    "string_pattern_mismatch": _pattern,
    "value_error": _own_words,
    "greater_than_equal": _number,
    "less_than_equal": _number,
}
_BY_PREFIX: tuple[tuple[str, Wording], ...] = (
    ("string_too", _length),
    ("too_", _length),
    ("int_", _number),
    ("decimal_", _number),
    ("date_", _date),
)
