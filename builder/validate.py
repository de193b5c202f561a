"""From plain values to a record: what Pydantic says of a value becomes a finding in the editor's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from builder.diagnostics import Finding, KeyPath, Rule, did_you_mean, quote
from builder.fields import Record, fields_at, label

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


def build(record: type[R], raw: object, file: str, base: KeyPath = ()) -> tuple[R | None, list[Finding]]:
    """Return the record that `raw` describes, or None and everything that is wrong with it."""
    try:
        return record.model_validate(raw), []
    except ValidationError as error:
        return None, [_finding(record, raw, file, base, one) for one in error.errors(include_url=False)]


def _finding(record: type[Record], raw: object, file: str, base: KeyPath, error: Mapping[str, Any]) -> Finding:
    path = _path(raw, error["loc"], missing=error["type"] == "missing")
    name = label(record, path)
    called = f"“{name}”" if name else ""
    rule, says, hint = _wording(error["type"])(record, raw, called, path, error)
    on_key = rule is UNKNOWN_KEY
    return rule.at(file, *base, *path, says=says, hint=hint, on="key" if on_key else "value")


def _path(raw: object, loc: tuple[str | int, ...], *, missing: bool) -> KeyPath:
    """Keep of Pydantic's location what the editor wrote: the names of union members and shorthands fall out."""
    path: list[str | int] = []
    here = raw
    for step in loc:
        if (isinstance(here, dict) and step in here) or (isinstance(here, list) and isinstance(step, int) and step < len(here)):
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
    translated = next((name for name, text in fields.items() if text == key), "")
    hint = f"“{key}”在这里要写成 {translated}" if translated else did_you_mean(key, fields)
    return UNKNOWN_KEY, f"没有叫“{quote(key)}”的字段", hint


def _missing(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    return MISSING, f"缺少 {path[-1]}（{called.strip('“”')}）", f"加一行“{path[-1]}: …”"


def _shape(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    wanted = {
        "string_type": "一句话",
        "tuple_type": "一张单子，每条前面加“- ”",
    }.get(error["type"], "几行“字段: 值”")
    return WRONG_SHAPE, f"{called}要写成{wanted}", "“字段: 值”里冒号后面要空一格" if "几行" in wanted else ""


def _length(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    bounds, value = error.get("ctx", {}), error["input"]
    count = f"现在有{len(value)}" if hasattr(value, "__len__") else ""
    unit = "个字" if isinstance(value, str) else "条"
    if "max_length" in bounds:
        return WRONG_LENGTH, f"{called}太长：至多{bounds['max_length']}{unit}，{count}{unit}", ""
    if isinstance(value, str) and not value.strip():
        return WRONG_LENGTH, f"{called}是空的", "写上内容，或把这一行删掉"
    return WRONG_LENGTH, f"{called}太短：至少{bounds['min_length']}{unit}，{count}{unit}", ""


def _pattern(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    value = str(error["input"])
    if "电话" in called or "号码" in called:
        hint = "带区号写全，如 022-65775272；不知道完整号码就不写"
    elif "编号" in called or error["ctx"]["pattern"].startswith("^[a-z0-9]+"):
        hint = "编号只用小写英文字母、数字和短横线，如 shebao-ka"
    else:
        hint = ""
    return WRONG_PATTERN, f"{called}不能写成“{quote(value)}”", hint


def _number(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    bounds = error.get("ctx", {})
    limits = [f"{word}{bounds[bound]}" for bound, word in (("ge", "不小于"), ("le", "不大于")) if bound in bounds]
    wanted = f"要{'、'.join(limits)}" if limits else "要写成数字"
    return WRONG_NUMBER, f"{called}{wanted}，现在是“{quote(str(error['input']))}”", ""


def _date(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    return WRONG_DATE, f"{called}不是日期：“{quote(str(error['input']))}”", "写成 2026-11-03 这样的形式"


def _own_words(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    value = error["input"]
    shown = f"“{quote(value)}”" if isinstance(value, str) else ""
    return WRONG_VALUE, f"{called}{shown}不对" if called or shown else "内容不对", str(error["ctx"]["error"])


def _general(record: type[Record], raw: object, called: str, path: KeyPath, error: Mapping[str, Any]) -> Words:
    return WRONG_VALUE, f"{called}的内容不对：“{quote(str(error['input']))}”", ""


_BY_TYPE: dict[str, Wording] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "string_type": _shape,
    "tuple_type": _shape,
    "model_type": _shape,
    "model_attributes_type": _shape,
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
