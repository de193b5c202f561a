"""Wording that does not help residents: catch-all materials, unfilled blanks, leftovers of Word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from builder.checks.written import WrittenRecord
from builder.content.fields import is_for_editors, is_markdown
from builder.content.model.item import Item
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, quote

CATCH_ALL = Rule(
    "L501",
    "不能写“其他材料”这样的兜底材料",
    why="群众不知道要带什么，只能多跑一趟；政府网站检查也会扣分。",
    fix="写清是什么材料、什么情况要；写不清就删掉。",
)
PLACEHOLDER = Rule(
    "L502",
    "不能留着没填的空（××、XX、____）",
    why="“XX镇”“××局”是范本里要填的地方，印出去就是错的。",
    fix="填上真实的名称；不知道就整行删掉。",
)
LEFTOVER = Rule(
    "L503",
    "不能有 Word 留下的记号",
    why="从 Word 粘贴时会带进 [bookmark: …]、控制字符等看不懂的东西。",
    fix="删掉这些记号。",
)
PASTED_LIST = Rule(
    "L504",
    "几条内容不能写成一段",
    why="“1. … 2. …”写成一段，页面上是挤在一起的一条，群众不好一条条核对。",
    fix="一条一行，行首写“- ”，去掉原来的序号。",
    severity=Severity.WARNING,
)
IMAGE = Rule(
    "L505",
    "正文里的图片放不上网页",
    why="正文里的图片不会出现在网页上，群众看不到图里的内容。",
    fix="把图里的内容写成文字；要下载的文件放进 static/forms，在 forms（表格）里写文件名。",
)
LAW_NUMBER = Rule(
    "L511",
    "文号的年份用六角括号〔〕",
    why="党政机关公文格式（GB/T 9704）规定年份用六角括号；写成别的括号，群众照着搜不到文件。",
    fix="改成 津人社局发〔2009〕249号 这样；六角括号可以从这里复制。",
    severity=Severity.WARNING,
)
NO_LINK = Rule(
    "L512",
    "链接的括号要用英文的",
    why="括号是中文的，网页上没有链接，连括号带网址原样印出来。",
    fix="切换到英文输入法，写成 [文字](https://…)。",
    severity=Severity.WARNING,
)
RULES = (CATCH_ALL, PLACEHOLDER, LEFTOVER, PASTED_LIST, IMAGE, LAW_NUMBER, NO_LINK)

# Must match the whole name, so that 《其他材料清单》 or 单位出具的有关证明材料 are accepted: residents can ask for those.
_CATCH_ALL = re.compile(
    r"(?:.{0,20}(?:规定|要求|需要?|必需|所需)(?:提交|提供|出具|补充|交)?的?)?"
    r"(?:其[他它]|相关|有关)(?:应当|需要?|须)?(?:提交|提供|出具|补充)?(?:的|相关|有关|必要|证明|申请)*"
    r"(?:材料|资料|证件|文件|证明|手续)等?[。.]?"
    r"|其[他它]"
)
# A line that consists only of ____ is accepted: in Markdown it is a horizontal rule.
_PLACEHOLDER = re.compile(r"[X×Ｘ]{2,}|(?<!_)(?!^_+[ \t]*$)_{3,}|[（(]\s*待(?:填写?|补充?|定)?\s*[）)]", re.MULTILINE)
_TAG = r"</?(?:p|br|span|div|font|b|i|u|s|em|strong|table|tbody|tr|td|th|ul|ol|li|a|img|sup|sub|h[1-6]|[ovw]:\w+)(?:\s[^<>]*)?/?>"
_HTML = re.compile(_TAG, re.IGNORECASE)
_LEFTOVER = re.compile(r"\[bookmark:[^\]]*\]|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ufeff]|&nbsp;|MERGEFORMAT")

# The numbers and marks that stand before the entries of a list in Word.
_MARK = re.compile(
    r"(?:^|(?<=[\s。；;]))(?:(\d{1,2})(?:[、．]|[.](?!\d))|[（(]([一二三四五六七八九十\d]{1,2})[)）]|([①-⑳])|[·•●▪])[ \u3000]*"
)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>", re.IGNORECASE)

# A link with brackets of any width; what stands in the second pair is an address.
_LINK = re.compile(
    r"[\[【［](?P<text>[^\[\]【】［］\n]+)[\]】］][ \u3000]*[（(]\s*"
    r"(?P<to>(?:https?:|mailto:|tel:|www\.|\.\.?/)[^()（）\s]*|[^()（）\s:]+\.(?:html?|docx?|xlsx?|pdf))\s*[）)]",
    re.IGNORECASE,
)

# An abbreviated issuer, the year in brackets of any kind, the number: 津人社局发（2009）249号. In the number of a court
# case, the court stands between brackets and number.
_LAW_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,12})[ \u3000]*[（(\[［【〖〔﹝{｛][ \u3000]*((?:19|20|１９|２０)[0-9０-９]{2})年?[ \u3000]*[）)\]］】〗〕﹞}｝]"
    r"[ \u3000]*((?:第[ ]*)?[0-9]+[ ]*号)"
)

# Every list that `pasted_entries` takes apart begins so, and every number of a law has such a year.
_FIRST_MARK = re.compile(r"\n[^\S\n]*(?:\d{1,2}[、．.]|[（(][一二三四五六七八九十\d]{1,2}[)）]|[①-⑳·•●▪])")
_YEAR = re.compile(r"[（(\[［【〖〔﹝{｛][ \u3000]*(?:19|20|１９|２０)")

# Every match of the other patterns contains one of these characters. Most texts contain none, so this test is faster.
_SUSPECT = re.compile(r"[X×Ｘ_待\[【［&M<\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ufeff]")


def check_item(item: Item, file: str) -> Iterator[Finding]:
    """Yield a finding for each catch-all material (其他材料 and the like)."""
    for path, material in item.placed_materials:
        if is_catch_all(material.name):
            says = f"“{quote(material.name)}”没有说清是什么材料"
            yield CATCH_ALL.at(file, *path, "name", says=says, hint=CATCH_ALL.fix)


def check_texts(written: WrittenRecord) -> Iterator[Finding]:
    """Yield findings for all texts of a record but those for editors, which may quote what is wrong elsewhere."""
    for path, text in written.texts_with(_FIRST_MARK, _YEAR, _SUSPECT):
        if is_for_editors(written.kind, path):
            continue
        at, markdown = (*written.base, *path), is_markdown(written.kind, path)
        if not markdown and (entries := pasted_entries(text)):
            says = f"这里有{len(entries)}条，写成了一段"
            hint = "一条一行：" + " ".join(f"“- {quote(e)}”" for e in entries)
            yield PASTED_LIST.at(written.file, *at, says=says, hint=hint)
        yield from _law_numbers(text, written.file, at)
        if _SUSPECT.search(text):
            yield from _suspects(text, written.file, at, markdown=markdown)


def _suspects(text: str, file: str, path: KeyPath, *, markdown: bool) -> Iterator[Finding]:
    """Yield the findings of the patterns whose matches contain a character of `_SUSPECT`."""
    if markdown:
        for image in _distinct(_IMAGE, text):
            yield IMAGE.at(file, *path, says=f"图片“{quote(image)}”放不上网页", hint=IMAGE.fix, part=image)
        for match in _LINK.finditer(text):
            mended = f"[{match['text']}]({match['to']})"
            if match[0] != mended:
                says, hint = f"“{quote(match[0])}”不会变成链接", f"“{match[0]}”改成“{mended}”"
                yield NO_LINK.at(file, *path, says=says, hint=hint, part=match[0])
    marks = (
        (PLACEHOLDER, _PLACEHOLDER, "是没填的空"),
        (LEFTOVER, _LEFTOVER, "是多余的记号"),
        *(() if markdown else ((LEFTOVER, _HTML, "会原样印在网页上"),)),
    )
    for rule, pattern, says in marks:
        if found := _distinct(pattern, text):
            quoted = "".join(f"“{quote(part)}”" for part in found)
            hint = f"删掉{quoted}" if rule is LEFTOVER else rule.fix
            yield rule.at(file, *path, says=quoted + says, hint=hint, part=found[0])


def _distinct(pattern: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(match[0] for match in pattern.finditer(text)))


def _law_numbers(text: str, file: str, path: KeyPath) -> Iterator[Finding]:
    """Yield a finding for each number of a law whose year stands in other brackets than 〔〕."""
    if "号" not in text or not _YEAR.search(text):  # which is faster
        return
    for match in _LAW_NUMBER.finditer(text):
        issuer, year, number = match.groups()
        mended = f"{issuer}〔{unicodedata.normalize('NFKC', year)}〕{number.replace(' ', '')}"
        if match[0] != mended:
            says = f"文号“{quote(match[0])}”的年份要用六角括号〔〕"
            yield LAW_NUMBER.at(file, *path, says=says, hint=f"“{match[0]}”改成“{mended}”", part=match[0])


def pasted_entries(text: str) -> list[str]:
    """Return the entries of a list that was pasted as one text, with at least two in order, or []."""
    marks = list(_MARK.finditer(text))
    if len(marks) < 2 or text[: marks[0].start()].strip():
        return []
    numbers = [mark[1] for mark in marks if mark[1]]
    if numbers and numbers != [str(n) for n in range(1, len(marks) + 1)]:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    entries = [text[mark.end() : end].strip().rstrip("；;") for mark, end in zip(marks, ends, strict=True)]
    return entries if all(entries) else []


def is_catch_all(name: str) -> bool:
    """Return whether the name of a material is a catch-all that does not say what to bring."""
    return _CATCH_ALL.fullmatch(name) is not None
