"""Reads lists of materials: one paper or several in an entry, one of several, groups, papers that only some have to bring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from builder.checks.wording import is_catch_all
from builder.content.model.materials import Form, MaterialSource, Whose
from builder.editing import Value
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.paper_phrase import Paper, is_named_like_a_paper, read_paper
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry as tidy_entry
from builder.office.drafts.tidying import one_line
from builder.office.shapes import Entry, Passage
from builder.office.shapes.folding import fold

NAME_LIMIT, WHEN_LIMIT, GROUP_LIMIT = 80, 80, 120

_BRACKETED: Final = re.compile(r"（(?:[^（）]|（[^（）]*）)*）|《[^《》]*》|“[^“”]*”")
_AND: Final = re.compile("[、；，]|(?<=》)(?=《)")
_LAST_AND: Final = re.compile("以及|和|及(?!其)")
_OR: Final = re.compile("或者?|/")
_MODAL: Final = "(?:还|应当?|须|需要?|均|并|另|必须|要|分别|则)"
_ASKS: Final = rf"(?:{_MODAL}*(?:提供|提交|出示|交验|携带|递交)|{_MODAL}+(?:交|附|持|带)|(?<=[人者户员])[需须](?![要提交]))(?:有效的)?(?!的)"
_NO_COMMA: Final = "(?:[^；。：，（）]|（[^（）]*）)"
_IF: Final = re.compile(rf"(?:如果?|若)(?P<who>{_NO_COMMA}{{2,60}}?)(?:的)?，?{_ASKS}(?P<papers>.+)")
_WHO: Final = re.compile(
    rf"(?!审核|审查|收取|核对|查验|指导|填写|如|若)(?P<who>{_NO_COMMA}{{2,70}}?"
    rf"(?:的|人员|[人者户]|家庭|职工|老人|学生|儿童|人口|居民|村民|劳动力|军人|企业|单位|办理|群众))，?{_ASKS}(?P<papers>.+)"
)
_WITH_OR_IN_BRACKETS: Final = re.compile(r"(?P<one>.+?)（或(?P<other>[^（）]+)）")
_ANY: Final = re.compile(r"之一|任选(?:其?一|一[项种样])|任意?一[项种样]|[一1]项即可|选其一")
_FOR_ALL: Final = re.compile(
    r"(?P<list>.+?)(?:等)?(?:各类|以上|上述|所有)材料的?(?:均需|均为|都要|均要)?(?P<tail>(?:原件|复印件)(?:及|和)?(?:复印件)?(?:，?(?:一式|各)?\S{1,2}份)?)"
)
_EXPLAINED: Final = re.compile(  # 个人存档证明，由相关部门出具的存档证明 is one paper
    r"(?P<name>[^，、]{2,40})，由(?P<issuer>[^，、]{2,20}?)(?:出具|开具)的(?P<again>[^，、]{2,30})"
)
_NOBODY: Final = ("申请人持", "申请人携带", "本人持", "申请人提供", "申请人提交")
_TITLE_END: Final = re.compile(
    r"(?:所?需(?:要|提交|提供)?(?:的)?|提交|提供)?(?:以下|下列)?(?:材料|资料|证件)?(?:如下)?[：:]?$"
)
_CUT_END: Final = "：:"
_NONE: Final = (
    "无",
    "无需",
    "不需要",
    "无需材料",
    "无需提供",
    "无需提供材料",
    "无需提交材料",
    "不需要材料",
    "不需要提供材料",
)
_TOTAL: Final = ("份数", "材料份数", "数量")


@dataclass(slots=True)
class _List:
    """What became of a list: its entries, what is told of all of them, and what was not understood of single entries."""

    entries: list[Value] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)  # why, and the text
    remarks: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)  # what is in no field, with the reason


def read_materials(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write the materials of a passage."""
    whole = tidy_entry(passage.text)
    if whole in _NONE:
        manuscript.fill("materials", "无", passage)
        if whole == "无":
            manuscript.doubt(passage, "只写了“无”，当作不用带材料；请核对", whole)
        return
    found = _List()
    for one in passage.entries:
        found.entries += _entries(one, found, library)
    if found.entries:
        manuscript.add("materials", found.entries, passage, passage.text)
    for why, text in found.doubts:
        manuscript.doubt(passage, why, text)
    for why, text in found.left:
        manuscript.note(passage, why, text)
    remarks = [one_line(text) for text in (passage.lead, *passage.notes, *found.remarks) if text]
    if remarks:
        manuscript.add("materials_notes", list(dict.fromkeys(remarks)), passage, "\n".join(remarks))


def _entries(one: Entry, found: _List, library: Library) -> list[Value]:
    """Return the entries of the model for an entry of the document."""
    text = tidy_entry(one.text).strip(_CUT_END)
    if one.sub:
        return _group(one, text, found, library)
    found.remarks += map(one_line, one.notes)
    if not text:
        return []
    if (with_other := _AND_OTHER.fullmatch(text)) and not is_catch_all(text):
        found.left.append(("没有说清是什么材料，没有写成一条", with_other["other"]))
        text = with_other["list"]
    if is_catch_all(text) or _IS_OTHER.fullmatch(text):
        found.left.append(("没有说清是什么材料，没有写成一条", text))
        return []
    made = _with_condition(text, found, library)
    if one.details and len(made) == 1 and isinstance(made[0], dict):
        made = [_detailed(made[0], one.details)]
    elif one.details:
        found.remarks.append(f"{text}：" + "；".join(f"{label} {one_line(value)}" for label, value in one.details))
    return made


_AND_OTHER: Final = re.compile(
    r"(?P<list>[^。；]{2,}?)(?:、|，|以及|及|和)(?P<other>(?:其[他它]|相关|有关)(?:相关|有关|必要|证明)*(?:材料|资料|证件|手续))"
)
_IS_OTHER: Final = re.compile(
    r".*(?:其[他它]|相关|有关)[^，。；《》]{0,12}(?:材料|资料|证件|文件|手续|证明和材料)(?:等)?|.*(?:认为|要求|规定).*(?:其[他它]|相关|应提供|需要提供).*(?:材料|资料|证明)"
)


def _group(one: Entry, text: str, found: _List, library: Library) -> list[Value]:
    """Return a group with what stands below it, or one of several where the text says that one is enough."""
    inner = _List(remarks=list(map(one_line, one.notes)))
    below = [made for sub in one.sub for made in _entries(sub, inner, library)]
    found.doubts += inner.doubts
    found.left += inner.left
    if not below:
        found.left.append(("下面没有写清是哪些材料", "；".join(filter(None, (text, *inner.remarks)))))
        return []
    is_choice, limit = bool(_ANY.search(text)) and len(below) > 1, _TITLE_LIMIT if _ANY.search(text) else GROUP_LIMIT
    remarks = [*([text] if len(text) > limit else []), *inner.remarks]
    told: dict[str, Value] = {"note": "；".join(remarks)} if remarks else {}
    if is_choice:
        return [{**({"title": text} if 0 < len(text) <= limit else {}), "any_of": below, **told}]
    if not text:
        found.remarks += inner.remarks
        return below
    short = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return [{"group": short, "materials": below, **told}]


_TITLE_LIMIT: Final = 60
_IS_TOLD: Final = re.compile(r"。|登录|注册|进行|[到去].{2,12}(?:办理|申请|评估)")
_TELLS_OF_PAPER: Final = re.compile(
    r"(?:(?:加?盖|须?加盖)[^，。；]*章|由[^，。；]+(?:出具|开具|填写|盖章))(?!.*(?:提供|提交|或者?))"
)
_IS_SHORT: Final = re.compile(r"(?!.*(?:办理|登录|携带|进行|应当|申请时))[^，。；：！？]{2,40}")


def _with_condition(text: str, found: _List, library: Library) -> list[Value]:
    """Return the papers of a sentence, with who has to bring them where it says so."""
    clauses = [clause for clause in _split(text, re.compile("[；。]")) if clause]
    made: list[Value] = []
    for clause in clauses:
        papers = _clause(clause, found, library)
        if papers is None:
            return _as_written(text, found)
        made += papers
    return made


def _clause(clause: str, found: _List, library: Library) -> list[Value] | None:
    """Return the papers of a clause. It may tell of several who have to bring different papers."""
    parts = _split(clause, re.compile("，"))
    begins = [index for index, part in enumerate(parts) if _condition(part)]
    if begins and begins[-1] > 0:
        if begins != list(range(begins[0], len(parts))):
            return None
        read = [_conditional(part, found, library) for part in parts]
        return [one for papers in read if papers for one in papers] if all(read) else None
    return _conditional(clause, found, library)


def _condition(text: str) -> tuple[str, str] | None:
    """Return who has to bring what, None if a text does not say who."""
    for pattern in (_IF, _WHO):
        match = pattern.fullmatch(text)
        if match and len(match["who"]) < WHEN_LIMIT and not any(map(is_named_like_a_paper, match["who"].split("、"))):
            return f"{match['who']}的" if pattern is _IF and not match["who"].endswith("的") else match["who"], match[
                "papers"
            ]
    return None


def _conditional(text: str, found: _List, library: Library) -> list[Value] | None:
    condition = _condition(text)
    if condition is None:
        return _papers(text, found, library)
    who, asked = condition
    papers = _papers(asked, found, library)
    return None if papers is None else [_when(one, who) for one in papers]


def _when(one: Value, who: str) -> Value:
    values: dict[str, Value] = dict(one) if isinstance(one, dict) else {"name": one}
    return {**values, "when": who}


def _papers(text: str, found: _List, library: Library) -> list[Value] | None:
    """Return the papers that a clause lists, None if one of them is not understood."""
    for lead in _NOBODY:
        text = text.removeprefix(lead)
    explained = _EXPLAINED.fullmatch(text)
    if explained and explained["again"] in explained["name"]:
        text = f"由{explained['issuer']}出具的{explained['name']}"
    if match := _FOR_ALL.fullmatch(text):
        found.doubts.append(("原文说这些材料都要这样，申请表、照片等也照着写了；请核对", text))
        return _alike(match["list"], match["tail"], library)
    whole = None if _several(text) or _WITH_OR_IN_BRACKETS.fullmatch(text) else read_paper(text, library)
    if whole:
        return [_value(whole)]
    parts = _split(text, _AND)
    last = _split(parts[-1], _LAST_AND)
    if len(last) > 1 and not _OR.search(_hidden(parts[-1])) and all(map(is_named_like_a_paper, map(_bare, last))):
        parts[-1:] = last
    if any(_OR.search(_hidden(part)) for part in parts) and len(parts) > 1 and not _is_plain_or(parts, library):
        return None
    read = [_paper_or_choice(part, library) for part in parts]
    if any(one is None for one in read):
        return None
    if len(read) > 1 and _only_last_has_form(read):
        found.doubts.append(("原件、复印件、份数只写在最后一样后面：前面几样要不要，文件没有写清", text))
    if len(read) > 1 and (both := _OF_BOTH.match(parts[0])) and not any(_OF_BOTH.match(part) for part in parts[1:]):
        found.doubts.append((f"“{both[0]}”只写在第一样前面：后面几样是不是也要{both[0]}的，文件没有写清", text))
    return [one for one in read if one is not None]


_OF_BOTH: Final = re.compile("(?:夫妻|男女|当事人)?双方|夫妻|父母(?:双方)?|本人[及和]\\w{2,4}(?=的)")


def _several(text: str) -> bool:
    """Whether a text may name several papers, so that it must be divided first. Several may issue one paper."""
    hidden = _hidden(text.partition("具的")[2] or text)
    return bool(
        _AND.search(hidden) or _OR.search(hidden) or (_LAST_AND.search(hidden) and not _FORMS_ONLY.search(hidden))
    )


_FORMS_ONLY: Final = re.compile(r"^[^及和]*原件(?:及|和)[^及和]*复印件[^及和]*$")


def _is_plain_or(parts: Sequence[str], library: Library) -> bool:
    """Whether in a list with 或 it is clear what stands for what: only one part has it, and it is read by itself."""
    return all(_paper_or_choice(part, library) is not None for part in parts) and not _OR.search(_hidden(parts[-1]))


def _paper_or_choice(part: str, library: Library) -> Value | None:
    if match := _WITH_OR_IN_BRACKETS.fullmatch(part):
        both = [read_paper(match["one"], library), read_paper(match["other"], library)]
        return {"any_of": [_value(one) for one in both if one]} if all(both) else None
    choices = _split(part, _OR)
    if len(choices) > 1:
        read = [read_paper(choice, library) for choice in choices]
        if any(one is None for one in read):
            return None
        return _one_of([one for one in read if one], part)
    paper = read_paper(part, library)
    return _value(paper) if paper else None


def _one_of(papers: Sequence[Paper], text: str) -> Value:
    """Return one of several. What is said behind the last may hold for all: then it is only repeated."""
    *others, last = papers
    asked = {"form", "copies"}
    if asked.intersection(last.fields) and not any(asked.intersection(one.fields) for one in others):
        plain = [{key: value for key, value in one.fields.items() if key not in asked} for one in papers]
        return {"any_of": [_short(one) for one in plain], "note": text}
    return {"any_of": [_value(one) for one in papers]}


def _alike(text: str, tail: str, library: Library) -> list[Value] | None:
    """Return the papers of a list behind which it is said what is asked of all of them."""
    papers = [read_paper(part.removesuffix("等") + tail, library) for part in _split(text, _AND)]
    return None if any(one is None for one in papers) else [_value(one) for one in papers if one]


def _only_last_has_form(read: Sequence[Value | None]) -> bool:
    with_form = [isinstance(one, dict) and bool({"form", "copies"}.intersection(one)) for one in read]
    return with_form[-1] and not any(with_form[:-1])


def _as_written(text: str, found: _List) -> list[Value]:
    """Return an entry that is not understood, as it was written."""
    paper, comma, told = text.partition("，")
    if comma and is_named_like_a_paper(paper) and len(paper) <= NAME_LIMIT and _TELLS_OF_PAPER.match(told):
        found.doubts.append(("逗号后面的话没有读懂，写在这样材料的说明里", text))
        return [{"name": paper, "note": told}]
    is_name = len(text) <= NAME_LIMIT and not _IS_TOLD.search(text) and is_named_like_a_paper(text)
    if not is_name and not _IS_SHORT.fullmatch(text):
        found.remarks.append(text)
        found.doubts.append(("没有读成一样一样的材料，整句写在材料说明里", text))
        return []
    found.doubts.append(("没有读成一样一样的材料，照原文写成一条", text))
    return [{"name": text}]


def _value(paper: Paper) -> Value:
    return _short(paper.values)


def _short(values: dict[str, Value]) -> Value:
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in values.items()}


def _bare(part: str) -> str:
    return re.sub(r"(?:原件|复印件|及|和|\d+份)+$", "", part) or part


def _hidden(text: str) -> str:
    """Return a text of the same length in which brackets, titles and quotations hold no marks."""
    return _BRACKETED.sub(lambda found: found[0][0] + "证" * (len(found[0]) - 2) + found[0][-1], text)


def _split(text: str, marks: re.Pattern[str]) -> list[str]:
    """Return the parts between marks that stand in no brackets. Marks between pages and forms divide nothing."""
    hidden, parts, start = _hidden(text), [], 0
    for mark in marks.finditer(hidden):
        if _BETWEEN_PAGES.search(hidden[: mark.start()]) and _PAGE_AFTER.match(hidden[mark.end() :]):
            continue
        if _FORM_AFTER.match(hidden[mark.end() :]):
            continue
        parts.append(text[start : mark.start()])
        start = mark.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


_BETWEEN_PAGES: Final = re.compile(r"(?:页|正|面)$")
_PAGE_AFTER: Final = re.compile(r"[^，；、]{0,6}?(?:页|反面)")
_FORM_AFTER: Final = re.compile(r"(?:一式|各|共)?(?:原件|复印件|[\d一二两三四五六]{1,2}份|正反面|留复印件|A4)")


# ---- materials in a table of their own


def _detailed(values: dict[str, Value], details: Sequence[tuple[str, str]]) -> Value:
    """Return a material with what further columns of its table say."""
    made, remarks = dict(values), []
    for label, text in details:
        value = tidy_entry(text)
        if value and not _put_detail(made, fold(label), value):
            remarks.append(f"{one_line(label)}：{value}")
    if remarks:
        before = [str(made["note"])] if "note" in made else []
        made["note"] = "；".join([*before, *remarks])
    return made


def _put_detail(made: dict[str, Value], label: str, value: str) -> bool:
    """Write a cell into the field that its header means. Return False if the cell is not understood."""
    count = re.fullmatch(r"(\d{1,2})份?", value)
    if label == "序号":
        return bool(re.fullmatch(r"[\d.、]+", value))
    if label in ("原件", "原件份数", "复印件", "复印件份数") and count:
        return _put_copies(made, label[:3].rstrip("份"), int(count[1]))
    if label in map(fold, _TOTAL) and count and "copies" not in made:
        forms = made.get("form", [])
        made["copies"] = count[1] if forms and "复印件" in forms else {"original": count[1]}
        return True
    if label in ("形式", "材料形式", "材料类型", "纸质电子", "原件复印件", "介质") and "form" not in made:
        return _put_forms(made, value)
    if label in ("来源", "来源渠道", "材料来源") and value in MaterialSource.written():
        made["source"] = value
        return True
    if label in ("谁的", "归谁", "所有人") and value in Whose.written():
        made["whose"] = value
        return True
    if label == "出具单位" and "issuer" not in made:
        made["issuer"] = value
        return True
    if label in ("必要性", "是否必要", "材料必要性"):
        if value in ("非必要", "否", "可选", "非必须"):
            made["optional"] = "是"
        return value in ("非必要", "否", "可选", "非必须", "必要", "是", "必须", "必需")
    return False


def _put_copies(made: dict[str, Value], what: str, count: int) -> bool:
    if count:
        copies = made.get("copies", {})
        key = "original" if what == "原件" else "copy"
        made["copies"] = {**(copies if isinstance(copies, dict) else {"copy": copies}), key: str(count)}
        forms = made.get("form", [])
        known = forms if isinstance(forms, list) else [forms]
        made["form"] = list(dict.fromkeys([*known, what]))
    return True


def _put_forms(made: dict[str, Value], value: str) -> bool:
    parts = [part for part in re.split(r"[、，和及/]|或者?", value) if part]
    if not parts or any(part not in Form.written() for part in parts) or re.search("或|/", value):
        return False
    made["form"] = list(parts)
    return True


def papers_of(values: Value) -> Iterator[dict[str, Value]]:
    """Yield the materials in entries, also those in groups."""
    for one in values if isinstance(values, list) else []:
        if isinstance(one, dict):
            inner = one.get("materials") or one.get("any_of")
            if inner is None:
                yield one
            else:
                yield from papers_of(inner)
