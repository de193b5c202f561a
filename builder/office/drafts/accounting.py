"""Accounts for every word of a document: each has to stand in a value, a note or a text of the draft.

The readers keep what they do not understand. This is the second look, which does not trust them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from builder.content.model.companions import Department, Law, LibraryForm, LibraryMaterial, Place
from builder.editing import Value
from builder.office.drafts.site_library import Library
from builder.office.shapes import Entry, Passage

# Words that say that something is to be brought or done, and nothing else; they may be gone.
_GLUE: Final = re.compile(
    r"交验|提供|提交|出示|携带|填写|递交|收取|需要|还需|应当|必须|如果|如下|办结|完成|办理|以内|之内|时限|期限|本单位|所需|需|须|应|均|各|共|一式|1式|以及|和|及|或|者|的|由|经|"
    r"持|凭|为|在|自|从|请|还|并|若|如|将|对|年|日|第.步|号|到|至|内|等|各类|上述|材料|关于|印发|转发|的?通知|领取|原件|复印件|份|张|套"
)
_ASKED: Final = re.compile(r"(?:还|应当?|须|需要?|必须|均|并|另)*(?:提供|提交|出示|交验|携带|填写|递交)(?:以下|下列)?")
_ENUMERATED: Final = re.compile(
    r"(?<!\w)[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]|[①-⑳]|第[一二三四五六七八九十]步|[;；]"
)
_NUMBER: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})*|[一二三四五六七八九十]{1,3}|[①-⑳]|[xX×]")
_FREE: Final = "免费不收费不收取任何费用无收费零收费否"
_NO_MATERIALS: Final = "无需提交材料\n无需提供材料\n不需要提供材料\n不需要材料\n无需材料"
_CHECKED: Final = "审原件留复印件核对验查看原件收存复印件"
_BACK: Final = "核对后退回退还原件"
_COUNTS: Final = "零一二三四五六七八九十"
_RECORDS: Final = {
    "ref": (LibraryMaterial, LibraryForm, Department),
    "place": (Place,),
    "law": (Law,),
    "department": (Department,),
}
_LONGEST_GLUE: Final = 4
_SHORTEST: Final = 2  # characters that are found again by chance are no proof


def missing_words(passage: Passage, told: str) -> list[str]:
    """Return the parts of a passage that do not stand in `told`, which `told_by` returned."""
    texts = [passage.value, passage.lead, *passage.notes, *_texts_of(passage.entries)]
    return list(dict.fromkeys(part for text in texts for part in _missing(text, told)))


def told_by(values: Mapping[str, Value], library: Library) -> str:
    """Return all words that the values of a draft tell, those of the records to which they refer among them."""
    return _plain("\n".join(_words(values, library)), keep_breaks=True)


def _missing(text: str, told: str) -> Iterator[str]:
    plain = _ASKED.sub("。", _ENUMERATED.sub("。", _plain(text)))
    for run in re.findall(r"\w+", re.sub(r"[^\w。\n]+", "", plain)):
        if _NUMBER.fullmatch(run) or run in told:
            continue
        yield from _uncovered(run, told)


def _uncovered(run: str, told: str) -> Iterator[str]:
    """Yield the parts of a run of letters that are neither told nor glue, as few letters as possible."""
    if not _left_by_first_fit(run, told):
        return
    size = len(run)
    cost, step = [0] * (size + 1), [1] * size  # of the rest from each place: letters left over, and how far to go
    covered = [False] * size
    for start in range(size - 1, -1, -1):
        cost[start] = cost[start + 1] + 1
        ends = [*range(start + _SHORTEST, _longest(run, start, told) + 1), *_ends_of_glue(run, start)]
        if ends and cost[best := min(ends, key=cost.__getitem__)] < cost[start]:
            cost[start], step[start], covered[start] = cost[best], best - start, True
    start, missing = 0, ""
    while start < size:
        if covered[start] and missing:
            yield missing
            missing = ""
        missing += "" if covered[start] else run[start]
        start += step[start]
    if missing:
        yield missing


def _left_by_first_fit(run: str, told: str) -> int:
    """Return how many letters are left over if the longest piece is taken at each place."""
    start = left = 0
    while start < len(run):
        longest = _longest(run, start, told)
        end = max([longest if longest - start >= _SHORTEST else start, *_ends_of_glue(run, start)])
        left += end == start
        start = max(end, start + 1)
    return left


def _ends_of_glue(run: str, start: int) -> list[int]:
    """Return where glue that begins at `start` can end."""
    far = min(start + _LONGEST_GLUE, len(run))
    ends = [end for end in range(start + 1, far + 1) if _GLUE.fullmatch(run, start, end)]
    return [*ends, start + 1] if run[start].isdigit() else ends


def _longest(run: str, start: int, told: str) -> int:
    """Return how far from `start` the run stands in `told`."""
    low, high = start, len(run)
    while low < high:
        middle = (low + high + 1) // 2
        if run[start:middle] in told:
            low = middle
        else:
            high = middle - 1
    return low


def _words(value: Value, library: Library, key: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner_key, inner in value.items():
            yield from _words(inner, library, inner_key)
    elif isinstance(value, str):
        yield value
        yield from _more_words(value, key, library)
    else:
        for inner in value:
            yield from _words(inner, library, key)


def _more_words(value: str, key: str, library: Library) -> Iterator[str]:
    """Yield what a value stands for in a document."""
    for field in ("ref", "place", "law", "department"):
        if key in (field, f"{field}s", "forms"):
            for record in _RECORDS[field]:
                yield from library.names_of(record, value)
    if key in ("copies", "original", "copy") and value.isdecimal():
        chinese = _COUNTS[int(value)] if int(value) < len(_COUNTS) else value
        yield from (f"{n}{unit}" for n in (value, chinese, "两" if value == "2" else chinese) for unit in "份张套")
    yield from {"原件核对": (_CHECKED,), "无": (_FREE, _NO_MATERIALS)}.get(value, ())
    if key in ("promised", "statutory"):
        yield f"{'法定' if key == 'statutory' else '承诺'}办理办结时限期限{value}"
        yield f"{'法定' if key == 'statutory' else '承诺'}时限{value}"
    if key == "issuer":
        yield from (f"{value}{verb}" for verb in ("出具", "开具", "核发", "颁发", "签发", "制发", "统一出具"))
    if key == "format":
        yield f"{value}格式"
    if key in ("kb_max", "kb_min"):
        yield from (f"{bound}{value}kb" for bound in ("小于", "不超过", "不大于", "最大", "大于", "不小于", "不少于"))
    if key == "paper":
        yield f"{value}纸张复印打印"
    if key == "seal":
        yield f"加盖附有{value}确认"
    if key == "returned":
        yield _BACK
    if key == "ref" or value in ("原件", "复印件"):
        yield value


def _texts_of(entries: tuple[Entry, ...]) -> Iterator[str]:
    for one in entries:
        yield one.text
        yield from one.notes
        yield from (text for pair in one.details for text in pair)
        yield from _texts_of(one.sub)


def _plain(text: str, *, keep_breaks: bool = False) -> str:
    """Return a text in half-width without blanks; with `keep_breaks`, punctuation is gone, too, but line ends."""
    plain = unicodedata.normalize("NFKC", text).lower()
    if not keep_breaks:
        return re.sub(r"(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])", "", plain)
    return re.sub(r"[^\w\n]+", "", plain)
