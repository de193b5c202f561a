"""Lists of people with what they get, who they are or where they live. They belong on the board of a community."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.checks.written import WrittenRecord
from builder.content.source import Raw
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity

NAME_LIST = Rule(
    "P604",
    "名单不上网",
    why="谁领了多少钱、住在哪里，是个人的隐私；低保、救助的名单贴在社区的公示栏，不放到网站上。",
    fix="删掉名单，写清在哪里公示、公示几天，如“在户口所在社区的公示栏公示7天”。",
    severity=Severity.WARNING,
)

_LEAST = 3  # rows that make a list

# The hundred or so surnames that nine of ten people have, and the common ones of two characters.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟"
    "姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施"
    "文牛樊葛邢安齐易乔庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童毕单季裴霍涂成苗曲盛翁蓝"
)
_GIVEN = r"[\u4e00-\u9fff某*＊×○xX]"
_PERSON = rf"(?:欧阳|司马|上官|诸葛|皇甫|司徒|东方|[{_SURNAMES}]){_GIVEN}{{1,2}}"
_PERSON_CELL = re.compile(_PERSON)
# Words of guides that could be names by their first character and their length.
_NO_NAME = re.compile(
    r".*[户费险员级类型证章站所局科额岁款税物具品镇村区县省市表单价料]|[高初小]中.*|高(?:龄|等|校|职|考|低)|安[置装葬全]|"
    r"(?:成年|单亲|单身|应届|万元|方[案法言式]|任[务选何]|关[系节]|文[件化]|常[住规]|程[序度]|项目|申[请报]|时限|白酒|黄豆|"
    r"牛奶|毕业|石[料材]|房[屋产]|江[苏西]|向[导上]|易地|单位|季度|金[额融]|温[水饱]|盛夏|成[人本]|左[眼右]|武术|康[复养]|"
    r"包[干装]|和平|尚未|马[路上]|严重|余[额下]|于[是今]|夏季|章程|莫非|顾客|何[时人]|何处|许可|曾[用经]|钟[点头]).*"
)
# What a header calls a column of people, and a column that says something private of them.
_NAME_HEADER = re.compile(
    r"(?:.{0,4}姓\s*名|名字|户主|(?:救助|发放|享受|保障|补助)对象|领取人|受益人|享受人)(?:[（(].*[)）])?"
)
_PRIVATE_HEADER = re.compile(
    r"金额|（元）|\(元\)|补[助贴]|救助[金款]|低保[金款]|保障金|津贴|待遇|工资|身份证|证件号|公民身份|住址|地址|户籍|卡号|[账帐]号|"
    r"残疾|病[种情]|致贫|收入|出生"
)
# A header of those who work in an office: such a table may be published.
_STAFF_HEADER = re.compile(r"职务|职责|岗位|科室|窗口|工号|执法|分工|办公|资格证|聘")

_PRIVATE_CELL = re.compile(
    r"(?:￥|¥|约)?\d[\d,.，]*\s*(?:元|万元)(?:[/／每].*)?"
    r"|[\d*＊×xX]{14,18}|\d{2,6}[*＊×]{4,}\w{2,4}"
    r"|[\u4e00-\u9fff\d]{2,30}(?:[市区县镇乡村路街组巷号栋幢]|社区|小区)[\u4e00-\u9fff\d-]*(?:\d+[号室组栋]|[村组社队庄屯])"
)
_NUMBER_CELL = re.compile(r"\d[\d,.]*")

_ROW_MARK = re.compile(r"^\s*(?:>\s*)?(?:[-*+]\s+|\d{1,4}[.、．)）]\s*|[（(]\d{1,4}[)）]\s*)?")
_BETWEEN = re.compile(r"\s*[|\t,，、;；:：]\s*|\s+")
_RULE_ROW = re.compile(r"[\s|:+-]+")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
_TABLE_ROW = re.compile(r"<tr\b.*?(?:</tr>|(?=<tr\b)|\Z)", re.DOTALL | re.IGNORECASE)
_TABLE_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)(?=</?t[dhr]\b|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")

# Most records hold neither a column of people nor three people, so these tests are faster.
_LIKELY_HEADER = re.compile(
    r"(?:姓\s*名|名字|户主|对象|取人|益人|受人)(?:[（(][^\n]{0,8}[)）])?\s*(?:[|\t,，、]|</t|\*\*)"
)
_LIKELY_PERSON = re.compile(rf"[\s|、.，:：>）)][{_SURNAMES}欧司上诸皇东]{_GIVEN}{{1,3}}(?![\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, and where it starts and ends in its text."""

    cells: tuple[str, ...]
    start: int = 0
    end: int = 0


def check_texts(written: WrittenRecord) -> Iterator[Finding]:
    """Yield a finding for each list of at least three people with their money, number or address."""
    if not _is_likely(written.whole):
        return
    for path, text in written.texts:
        if text.count("\n") >= _LEAST - 1 or "<table" in text:
            for block in (*_tables(text), *_blocks(text)):
                if (found := _people_in(block)) and written.is_published(path):
                    first = block[found[0]]
                    yield written.finding(
                        NAME_LIST, path, first.start, first.end, says=_says(found), hint=NAME_LIST.fix
                    )
    for path, entries in _lists(written.raw):
        rows = [_entry_row(written, (*path, index), entry) for index, entry in enumerate(entries)]
        if (found := _people_in(rows)) and written.is_published(path):
            place = (*written.base, *path, found[0])
            yield NAME_LIST.at(written.file, *place, says=_says(found), hint=NAME_LIST.fix)


def _is_likely(whole: str) -> bool:
    people = {found[1:] for found in _LIKELY_PERSON.findall(whole)}
    return _LIKELY_HEADER.search(whole) is not None or sum(map(_is_person, people)) >= _LEAST


def _says(people: Sequence[int]) -> str:
    return f"这里是一张{len(people)}个人的名单"


def _tables(text: str) -> Iterator[list[_Row]]:
    """Yield the rows of each HTML table in `text`."""
    for table in _TABLE.finditer(text):
        rows = []
        for row in _TABLE_ROW.finditer(text, table.start(), table.end()):
            cells = tuple(_TAG.sub("", cell[1]).strip() for cell in _TABLE_CELL.finditer(row[0]))
            first = _TAG.sub(lambda tag: " " * len(tag[0]), row[0])
            start = row.start() + len(first) - len(first.lstrip())
            rows.append(_Row(cells, start, start + max(1, len(cells[0]) if cells else 1)))
        yield rows


def _blocks(text: str) -> Iterator[list[_Row]]:
    """Yield the rows of each block of lines: a Markdown table, a list, lines with tabs between the cells."""
    block: list[_Row] = []
    start = 0
    for line in [*text.split("\n"), ""]:
        content = line.strip()
        if not content:
            if len(block) >= _LEAST:
                yield block
            block = []
        elif not _RULE_ROW.fullmatch(content):
            first = start + len(line) - len(line.lstrip())
            block.append(_Row(_cells(line), first, first + len(content)))
        start += len(line) + 1


def _cells(line: str) -> tuple[str, ...]:
    if line.strip().startswith("|"):
        cells = line.strip().strip("|").split("|")
    else:
        cells = _BETWEEN.split(_ROW_MARK.sub("", line).strip())
    return tuple(cell.strip(" *_　。；;") if not _MASKED.search(cell) else cell.strip() for cell in cells)


_MASKED = re.compile(r"[\u4e00-\u9fff\d][*＊]")


def _lists(raw: Raw, path: KeyPath = ()) -> Iterator[tuple[KeyPath, list[Raw]]]:
    """Yield every list in `raw` that is long enough, with its key path."""
    if isinstance(raw, dict):
        for key, part in raw.items():
            yield from _lists(part, (*path, key))
    elif isinstance(raw, list):
        if len(raw) >= _LEAST:
            yield path, raw
        for index, part in enumerate(raw):
            yield from _lists(part, (*path, index))


def _entry_row(written: WrittenRecord, path: KeyPath, entry: Raw) -> _Row:
    """Return the entry of a list as a row: a text by its parts, a record by its fields."""
    if isinstance(entry, str):
        return _Row(_cells(entry))
    if not isinstance(entry, dict):
        return _Row(())
    cells = []
    for key, value in entry.items():
        if isinstance(value, str):
            is_money = _NUMBER_CELL.fullmatch(value) and "金额" in written.label((*path, key))
            cells.append(f"{value}元" if is_money else value)
    return _Row(tuple(cells))


def _people_in(rows: Sequence[_Row]) -> list[int]:
    """Return the indexes of the rows that are a list of people, [] if there are fewer than three of them."""
    for at, row in enumerate(rows):
        names = next((n for n, cell in enumerate(row.cells) if _NAME_HEADER.fullmatch(cell)), None)
        if names is None:
            continue
        header = " ".join(row.cells)
        if _STAFF_HEADER.search(header):
            return []
        private = [n for n, cell in enumerate(row.cells) if n != names and _PRIVATE_HEADER.search(cell)]
        found = [index for index, below in enumerate(rows) if index > at and _is_named(below.cells, names, private)]
        if private and len(found) >= _LEAST:
            return found
    found = [index for index, row in enumerate(rows) if _is_person_row(row.cells)]
    # A list of amounts for kinds of people (高中生 2000元) can hold a word that looks like a name, but not only such words.
    return found if len(found) >= _LEAST and len(found) * 10 >= len(rows) * 7 else []


_ANY_NAME = re.compile(r"[\u4e00-\u9fff·某*＊×○xX]{2,12}")


def _is_named(cells: Sequence[str], names: int, private: Sequence[int]) -> bool:
    if len(cells) <= names or not _ANY_NAME.fullmatch(cells[names]) or _NO_NAME.fullmatch(cells[names]):
        return False
    return any(n < len(cells) and cells[n] for n in private)


def _is_person_row(cells: Sequence[str]) -> bool:
    return any(_is_person(cell) for cell in cells[:3]) and any(_PRIVATE_CELL.fullmatch(cell) for cell in cells)


def _is_person(cell: str) -> bool:
    return _PERSON_CELL.fullmatch(cell) is not None and _NO_NAME.fullmatch(cell) is None
