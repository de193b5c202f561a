"""Validates plain values as a record. Pydantic's errors become findings in words for the editor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from builder.content.field_names import MIN_LIKENESS, field_meant
from builder.content.fields import CHOICES, SLUG, Record, choices_at, fields_at, label, required_at, takes_several
from builder.content.names import pinyin_id
from builder.content.phone_numbers import PATTERN as PHONE_NUMBER
from builder.content.phone_numbers import PhoneNumber, numbers_in, parts_of
from builder.support.diagnostics import Finding, KeyPath, Rule, near, quote
from builder.support.numbers import number_in

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

MAX_LISTED_FIELDS = 8  # in a hint; nobody reads a longer list
_NEAR = 3  # choices that a text can be taken for; if there are more, all are listed


def build(record: type[R], raw: object, file: str, base: KeyPath = ()) -> tuple[R | None, list[Finding]]:
    """Return the record with the plain values `raw`, or None and the findings.

    `base` is the key path of the record in `file`.
    """
    try:
        return record.model_validate(raw), []
    except ValidationError as invalid:
        errors = [error for error in invalid.errors(include_url=False) if not _is_consequence(error)]
        values = [_invalid_value(record, raw, base, error) for error in errors]
        return None, [_finding(value, file, base) for value in _by_cause(values)]


def _by_cause(values: Sequence[InvalidValue]) -> Iterator[InvalidValue]:
    """Yield `values` without consequences: who writes a key in another way has not forgotten the field.

    The keys of a record of which nobody knows what they mean are put together with what the record lacks.
    """
    unknown: dict[KeyPath, list[InvalidValue]] = {}
    for value in values:
        if value.type == "extra_forbidden":
            unknown.setdefault(value.path[:-1], []).append(value)
    for value in values:
        beside = unknown.get(value.path[:-1], [])
        strange = [other for other in beside if not _key_meant(other)]
        if value.type == "missing":
            if not strange and value.path[-1] not in {_key_meant(other) for other in beside}:
                yield value
        elif value in strange:
            if value is strange[0]:
                missing = (v for v in values if v.type == "missing" and v.path[:-1] == value.path[:-1])
                meant = {_key_meant(other) for other in beside}
                lacking = tuple(str(v.path[-1]) for v in missing if v.path[-1] not in meant)
                strangers = tuple((str(other.path[-1]), other.input) for other in strange)
                yield replace(value, strangers=strangers, lacking=lacking)
        else:
            yield value


def _is_consequence(error: Mapping[str, Any]) -> bool:
    """Return whether a list is "too short" only because Pydantic does not count its invalid entries, or they are in a list in it."""
    if error["type"] != "too_short":
        return False
    written = sum(len(one) if isinstance(one, list) else 1 for one in error["input"])
    return bool(written >= error["ctx"]["min_length"])


def _invalid_value(record: type[Record], raw: object, base: KeyPath, error: Mapping[str, Any]) -> InvalidValue:
    path = _key_path(raw, error["loc"], missing=error["type"] == "missing")
    name = label(record, path) or (str(base[-1]) if base else "")
    quoted_label = f"“{name}”" if name else ""
    siblings = _keys_beside(raw, path)
    return InvalidValue(record, quoted_label, path, error["type"], error["input"], error.get("ctx", {}), siblings)


def _keys_beside(raw: object, path: KeyPath) -> frozenset[str]:
    """Return the keys that the editor wrote in the record that holds `path`."""
    for step in path[:-1]:
        raw = raw[step] if isinstance(raw, (dict, list)) else None  # type: ignore[index]
    return frozenset(raw) if isinstance(raw, dict) else frozenset()


def _finding(invalid: InvalidValue, file: str, base: KeyPath) -> Finding:
    rule, says, hint = _message_maker(invalid.type)(invalid)
    on_key = rule is UNKNOWN_KEY
    return rule.at(file, *base, *invalid.path, says=says, hint=hint, on="key" if on_key else "value")


def _key_path(raw: object, loc: tuple[str | int, ...], *, missing: bool) -> KeyPath:
    """Return Pydantic's location `loc` without steps that the editor did not write: union members and shorthands."""
    path: list[str | int] = []
    current: Any = raw
    for step in loc:
        if step in (current if isinstance(current, dict) else range(len(current)) if isinstance(current, list) else ()):
            current = current[step]
        elif missing and step == loc[-1] and isinstance(step, str):
            pass
        else:
            continue
        path.append(step)
    return tuple(path)


@dataclass(frozen=True, slots=True)
class InvalidValue:
    """An error of Pydantic about the value at `path` of a record.

    `label` is the name of the field in Chinese quotation marks, "" if unknown. `type`, `input` and `context` are
    Pydantic's error type, the invalid value, and the details of the error, such as limits; `siblings` are the keys
    written in the same record, `strangers` those of them that mean no field, with their values; `lacking` are the
    required fields that the record does not have.
    """

    record: type[Record]
    label: str
    path: KeyPath
    type: str
    input: Any
    context: Mapping[str, Any]
    siblings: frozenset[str] = frozenset()
    strangers: tuple[tuple[str, Any], ...] = ()
    lacking: tuple[str, ...] = ()


MessageParts = tuple[Rule, str, str]  # rule, message, hint
MessageMaker = Callable[[InvalidValue], MessageParts]


def _message_maker(error_type: str) -> MessageMaker:
    if error_type.endswith("_type"):
        return _shape
    by_prefix = (maker for prefix, maker in _BY_PREFIX if error_type.startswith(prefix))
    return _BY_TYPE.get(error_type) or next(by_prefix, _other)


def _unknown_key(invalid: InvalidValue) -> MessageParts:
    if invalid.strangers:
        return _strange_keys(invalid)
    key = str(invalid.path[-1])
    fields = fields_at(invalid.record, invalid.path[:-1])
    says, meant = f"没有叫“{quote(key)}”的字段", _key_meant(invalid)
    if meant in invalid.siblings:
        return UNKNOWN_KEY, says, f"是不是 {meant}（{fields[meant]}）？{meant} 已经写了，合成一处"
    if key.isascii() and meant == near(key.lower(), fields, MIN_LIKENESS):
        return UNKNOWN_KEY, says, f"是不是想写“{meant}”？"
    return UNKNOWN_KEY, says, f"“{quote(key)}”要写成 {meant}（{fields[meant]}）"


def _key_meant(invalid: InvalidValue) -> str:
    """Return the field that an unknown key most likely means, or ""."""
    return field_meant(str(invalid.path[-1]), fields_at(invalid.record, invalid.path[:-1]))


def _strange_keys(invalid: InvalidValue) -> MessageParts:
    """Return the parts for all keys of a record of which nobody knows what they mean."""
    parent, keys = invalid.path[:-1], [key for key, _ in invalid.strangers]
    fields = fields_at(invalid.record, parent)
    if len(keys) == len(invalid.siblings) and parent and takes_several(invalid.record, parent):
        if hint := _entries_hint(invalid, fields):
            return UNKNOWN_KEY, f"“{label(invalid.record, parent)}”要一条一条写，每条以“- ”开头", hint
    says = f"没有叫{''.join(f'“{quote(key)}”' for key in keys)}的字段"
    lacking = "、".join(f"{name}（{fields[name]}）" for name in invalid.lacking)
    if len(fields) > MAX_LISTED_FIELDS:
        return (
            UNKNOWN_KEY,
            says,
            f"缺少的是 {lacking}；全部字段见 docs/fields.md" if lacking else "全部字段见 docs/fields.md",
        )
    return UNKNOWN_KEY, says, _fields_list(fields) + (f"；{lacking}一定要写" if lacking else "")


def _entries_hint(invalid: InvalidValue, fields: Mapping[str, str]) -> str:
    """Return the hint for a list that was written as fields, each entry with its own name for a key; "" if it was not."""
    if len(invalid.lacking) == 2 and all(isinstance(value, str) for _, value in invalid.strangers):
        first, second = sorted(invalid.lacking, key=list(fields).index)
        entries = (f"“- {{{first}: {key}, {second}: {value}}}”" for key, value in invalid.strangers)
        return f"一条一行：{''.join(entries)}"
    if "id" in invalid.lacking and all(isinstance(value, dict) for _, value in invalid.strangers):
        return f"“{invalid.strangers[0][0]}:”这一行改成“- id: {invalid.strangers[0][0]}”，它下面的字段和 id 对齐"
    return ""


def _fields_list(fields: Mapping[str, str]) -> str:
    first = "、".join(f"{name}（{text}）" for name, text in list(fields.items())[:MAX_LISTED_FIELDS])
    return f"这里能写：{first}" + ("等，见 docs/fields.md" if len(fields) > MAX_LISTED_FIELDS else "")


def _missing(invalid: InvalidValue) -> MessageParts:
    key = str(invalid.path[-1])
    if key in invalid.siblings:
        says = f"{key}（{invalid.label.strip('“”')}）后面是空的"
        return MISSING, says, "写上内容；内容在下面几行的，那几行行首要比这一行多空 2 格"
    if key == "id" and isinstance(name := invalid.input.get("name"), str):
        return MISSING, f"缺少 id（{invalid.label.strip('“”')}）", f"加一行“id: {pinyin_id(name)}”"
    choices = choices_at(invalid.record, invalid.path)
    others = f"（或 {'、'.join(choices[1:MAX_LISTED_FIELDS])}）" if len(choices) > 1 else ""
    hint = f"加一行“{key}: {choices[0] if choices else '…'}”{others}"
    return MISSING, f"缺少 {key}（{invalid.label.strip('“”')}）", hint


def _shape(invalid: InvalidValue) -> MessageParts:
    fields = fields_at(invalid.record, invalid.path)
    if isinstance(invalid.input, (list, tuple)):
        hint = "删掉各行行首的“- ”，把字段对齐" if fields else "只留一项，并且删掉行首的“- ”"
        if isinstance(invalid.path[-1], int) and all(isinstance(one, str) for one in invalid.input):
            hint = f"方括号只要一层：[{', '.join(invalid.input)}]"
        return WRONG_SHAPE, f"{invalid.label}只能写一项，这里是一张单子", hint
    if invalid.type in ("model_type", "model_attributes_type"):
        return WRONG_SHAPE, f"{invalid.label}要写成几行“字段: 值”", _shape_hint(invalid, fields)
    hint = "写在冒号后面，下面不要再分字段"
    if takes_several(invalid.record, invalid.path) and all(isinstance(one, str) for one in invalid.input.values()):
        hint = f"写成一张单子：[{', '.join(invalid.input.values())}]"
    return WRONG_SHAPE, f"{invalid.label}要写成一句话", hint


def _shape_hint(invalid: InvalidValue, fields: Mapping[str, str]) -> str:
    """Return the hint for a text in the place of a record, with the fields that must be written."""
    text = str(invalid.input).strip()
    if re.fullmatch(r"0|0元|零", text) and invalid.path[-1:] == ("fees",):
        return "不收费的，改成 无"
    needed = required_at(invalid.record, invalid.path)
    if not needed:
        return _fields_list(fields)
    return f"写成 {{{', '.join(f'{name}: {fields[name]}' for name in needed)}}}"


def _length(invalid: InvalidValue) -> MessageParts:
    bounds, value = invalid.context, invalid.input
    count = f"现在有{len(value)}"
    unit = "个字" if isinstance(value, str) else "条"
    much, little = ("太长", "太短") if isinstance(value, str) else ("太多", "太少")
    if "max_length" in bounds:
        hint = "写短些，细节写到别的字段里" if isinstance(value, str) else "只留最要紧的"
        return WRONG_LENGTH, f"{invalid.label}{much}：至多{bounds['max_length']}{unit}，{count}{unit}", hint
    if not len(value.strip() if isinstance(value, str) else value):
        return WRONG_LENGTH, f"{invalid.label}是空的", "写上内容，或把这一行删掉"
    says = f"{invalid.label}{little}：至少{bounds['min_length']}{unit}，{count}{unit}"
    if not isinstance(value, str) and len(value) == 1 and isinstance(value[0], str):
        parts = [part.strip() for part in re.split(r"[、，,;；/]|或者?", value[0]) if part.strip()]
        if len(parts) >= bounds["min_length"]:
            return WRONG_LENGTH, says, f"改成 [{', '.join(parts)}]"
    return WRONG_LENGTH, says, "再写几条；只有一条时，换一种写法"


def _pattern(invalid: InvalidValue) -> MessageParts:
    pattern, text = invalid.context["pattern"], str(invalid.input).strip()
    hint = next((hint for part, hint in _PATTERNS if part in pattern), "")
    if pattern == PHONE_NUMBER:
        hint = _phone_hint(invalid, text) or hint
    elif "https?://" in pattern:
        hint = _address_hint(text, pattern) or hint
    elif pattern == SLUG:
        hint = f"编号用小写英文字母、数字和短横线，改成 {pinyin_id(text)}"
    elif "[A-Za-z0-9._-]+" in pattern:
        name = re.split(r"[/\\]", text)[-1]
        if re.match(pattern, name):
            hint = f"只写文件名，不写文件夹；改成 {name}"
        elif "." in name:
            stem, extension = name.rsplit(".", 1)
            hint = f"{hint}；改成 {pinyin_id(stem)}.{extension.lower()}"
    return WRONG_PATTERN, f"{invalid.label}不能写成“{quote(str(invalid.input))}”", hint


def _address_hint(text: str, pattern: str) -> str:
    """Return the hint for the address of a site without a scheme or with a slash too many, "" if it is none."""
    scheme = re.match(r"https?://", text)
    address = (text if scheme else f"https://{re.sub(r'^[a-z]*[:：]?[/／]+', '', text)}").rstrip("/")
    if not re.match(pattern, address) or "." not in address:
        return ""
    return f"改成 {address}" if scheme else f"网址要写全，改成 {address}；只有 http 的，写 http://"


def _phone_hint(invalid: InvalidValue, text: str) -> str:
    """Return the hint for a phone number, "" if it cannot be told what was meant."""
    numbers = numbers_in(text)
    if not numbers or not all(re.match(PHONE_NUMBER, one.number) for one in numbers):
        return ""
    if len(numbers) == 1 and numbers[0].area:
        return f"改成 {numbers[0].number}；热线直接写 {numbers[0].number}，前面不加区号"
    alone = invalid.path[-1:] == ("number",)
    hint = _values_hint(invalid, [one.number if alone else _phone_as_written(one) for one in numbers])
    lacking = [one.number for one in numbers if (parts := parts_of(one.number)) and not parts[0]]
    return f"{hint}；前面还要加上区号，如 022-{lacking[0]}" if lacking else hint


def _phone_as_written(phone: PhoneNumber) -> str:
    """Return a phone as an editor writes it on one line."""
    remarks = (("label", phone.label[:30]), ("hours", phone.hours[:60]))
    told = [f"{key}: {_inline(text)}" for key, text in remarks if text]
    return f"{{number: {phone.number}, {', '.join(told)}}}" if told else phone.number


def _inline(text: str) -> str:
    """Return a text as it can stand in braces."""
    return f'"{text}"' if re.search(r"[,:#\[\]{}]", text) else text


def _values_hint(invalid: InvalidValue, values: Sequence[str]) -> str:
    """Return the hint to write `values` in the place of an invalid text."""
    if len(values) == 1:
        return f"改成 {values[0]}"
    if takes_several(invalid.record, invalid.path):
        return f"改成 [{', '.join(values)}]"
    return f"一条只写一个，拆成{len(values)}条：{'、'.join(values)}"


# A part of a pattern, and the hint for values that do not match the pattern.
_PATTERNS = (
    (PHONE_NUMBER, "带区号写全，如 022-65775272，分机接在后面，如 022-65775272-8；不知道完整号码就不写"),
    ("https?://", "要以 http:// 或 https:// 开头，中间没有空格，末尾没有“/”"),
    ("[A-Za-z0-9._-]+", "文件名只用英文字母、数字、点、短横线和下划线，文件也要改成这个名字"),
    (r"[^\n]", "写成一行"),
    (r"\d{10}", "写 10 位数字"),
    (r"\d{6}", "写 6 位数字"),
    (r"[A-Z]\d{3}", "写问题清单里的代码，如 R204"),
)


def _number(invalid: InvalidValue) -> MessageParts:
    bounds = invalid.context
    limits = [f"{word}{bounds[bound]}" for bound, word in (("ge", "不能小于"), ("le", "不能大于")) if bound in bounds]
    says = f"{invalid.label}{'、'.join(limits) or '要写成数字'}，现在是“{quote(str(invalid.input))}”"
    if limits:
        return WRONG_NUMBER, says, ""
    number = number_in(str(invalid.input))
    return WRONG_NUMBER, says, f"改成 {number}" if number else "只写阿拉伯数字，不带单位和逗号，如 2"


def _date(invalid: InvalidValue) -> MessageParts:
    text = str(invalid.input)
    says = f"{invalid.label}不是日期：“{quote(text)}”"
    parts = re.fullmatch(r"(\d{4})(?:\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})|(\d{2})(\d{2}))\D?", text.strip())
    if parts is None:
        month_only = re.fullmatch(r"\d{4}\D{0,2}\d{1,2}\D?", text.strip())
        return WRONG_DATE, says, ("日也要写，" if month_only else "") + "写成 2026-11-03 这样的形式"
    try:
        corrected = date(*map(int, filter(None, parts.groups())))
    except ValueError:
        return WRONG_DATE, says, "没有这一天，请核对月和日"
    return WRONG_DATE, says, f"改成 {corrected}"


def _value(invalid: InvalidValue) -> MessageParts:
    """Return the parts for a `ValueError` of the model, whose message is the hint."""
    value, hint = invalid.input, str(invalid.context["error"])
    if isinstance(value, str):
        return WRONG_VALUE, f"{invalid.label}不能写成“{quote(value)}”", _choice_hint(invalid, value, hint) or hint
    which = f"第{invalid.path[-1] + 1}条" if invalid.path and isinstance(invalid.path[-1], int) else ""
    return WRONG_VALUE, f"{invalid.label}{which}写得不对" if invalid.label else "这里写得不对", hint


def _choice_hint(invalid: InvalidValue, value: str, listed: str) -> str:
    """Return the hint for a text that names one or more of the choices in `listed`, "" if it names none."""
    if not listed.startswith(CHOICES):
        return ""
    labels = [label for label, _ in _CHOICE.findall(listed.removeprefix(CHOICES))]
    parts = [part for part in re.split(r"[、，,/;；]|以及|及|和|或|\s", value.strip("[]［］【】 ")) if part]
    several = invalid.path[-1:] != () and (
        isinstance(invalid.path[-1], int) or takes_several(invalid.record, invalid.path)
    )
    if len(parts) > 1 and several and all(part in labels for part in parts):
        return _values_hint(invalid, parts)
    opposite = re.compile(r"^[不没无非未]")  # 不公开 is not 公开
    similar = [label for label in labels if value in label or (label in value and not opposite.match(value))]
    if similar and len(similar) <= _NEAR and len(value) > 1:
        return f"改成 {similar[0]}" if len(similar) == 1 else f"写 {' 或 '.join(similar)}"
    english = {name: label for label, name in _CHOICE.findall(listed.removeprefix(CHOICES))}
    meant = english.get(near(value.lower(), english, MIN_LIKENESS), "")
    return f"改成 {meant}" if meant else ""


_CHOICE = re.compile(r"(?:^|、)([^、（）]+)（([^（）]+)）")  # a label and its English word, as the message lists them


def _one_of(invalid: InvalidValue) -> MessageParts:
    choices = "、".join(re.findall(r"'([^']+)'", invalid.context["expected"]))
    return WRONG_VALUE, f"{invalid.label}不能写成“{quote(str(invalid.input))}”", f"只能从这些里选：{choices}"


def _other(invalid: InvalidValue) -> MessageParts:
    return WRONG_VALUE, f"{invalid.label}不能写成“{quote(str(invalid.input))}”", ""


_BY_TYPE: dict[str, MessageMaker] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "literal_error": _one_of,
    "finite_number": _number,
    "string_pattern_mismatch": _pattern,
    "value_error": _value,
    "greater_than_equal": _number,
    "less_than_equal": _number,
}
_BY_PREFIX: tuple[tuple[str, MessageMaker], ...] = (
    ("string_too", _length),
    ("too_", _length),
    ("int_", _number),
    ("decimal_", _number),
    ("date_", _date),
)
