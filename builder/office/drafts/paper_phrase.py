"""Reads the name of a paper with what is asked of it: 本人《居民身份证》原件及正反面复印件1份（A4纸）.

A phrase is understood as a whole or not at all: what is not understood stays as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from builder.checks.materials import is_paper
from builder.content.model.quantities.durations import number
from builder.editing import Value
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry

_N: Final = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_PAGE: Final = (
    r"(?:户?主页|首页|户首页|本人一?页|配偶页|变更页|增减页|家庭页|索引页|账号页|信息页|照片页|个人信息页|个人页|"
    r"正、?反面|正面|反面|双面|第?(?:[一二三四五六七八九十]|\d{1,2}(?:[.．、-]\d{1,2})?)页)"
)
_BETWEEN_PAGES: Final = "(?:、|和|及|以及|，)"
_PAGES: Final = re.compile(rf"(?P<pages>{_PAGE}(?:{_BETWEEN_PAGES}?{_PAGE})*)的?$")
_FORMS: Final = (
    (re.compile(r"(?:审|验|核对?|查验|交验|校验)原件[，、]?(?:留存?|收取?|交|提交)复印件$"), ("原件核对",)),
    (re.compile(r"原件(?:及其?|和|与|、|以及|或)?(?P<pages>.*?)复印件$"), ("原件", "复印件")),
    (re.compile(r"复印件(?:及|和|与|、|以及)原件$"), ("原件", "复印件")),
    (re.compile(r"(?<=[证本簿薄卡折表书照》）])(?:及|和|、)其?复印件$"), ("原件", "复印件")),
    (re.compile(r"(?<!副)(?<!正)原件$"), ("原件",)),
    (re.compile(r"复印件$"), ("复印件",)),
)
_COPIES: Final = re.compile(rf"[，,]?(?:一式|各|共|均)?{_N}(?P<unit>[份张套])$")
_TOGETHER: Final = re.compile(r"[1１一]式$")
_COUNT_BEFORE: Final = re.compile(rf"{_N}(?P<unit>[份张套])(?=\S)")
_PAPER_SIZE: Final = re.compile(r"(?:（|，)?(?:用|使用|为|均为)?(?P<paper>A[345])(?:规格)?(?:的?纸张?)?(?:复印|打印)?$")
_SEAL: Final = re.compile(
    r"(?:需|须|应|要|并|已)*(?:加?盖|附)(?:有|上)?(?P<seal>[\u4e00-\u9fff（）]{1,18}?(?:章|印章|印鉴))(?:的|确认)?"
)
_ISSUER: Final = re.compile(
    r"(?:由|经)?(?P<issuer>[\u4e00-\u9fff（）、]{2,40}?)(?:统一|依法)?(?:出具|开具|核发|颁发|签发|制发)的(?P<rest>.{2,})"
)
_OFFICE: Final = re.compile(
    r".*(?:局|所|科|办|部门|机构|机关|单位|医院|银行|社区|村|居委会|村委会|委员会|街道|乡镇|政府|公司|物业|学校|中心|法院|站|处|厅|部|公证处|（居委会）|企业|大学|协会)"
)
_ASKS: Final = re.compile("提供|提交|出示|需|须|应|原件|复印件|证书|证明")  # in what is no name of an office
_TOLD: Final = re.compile("提供|提交|出示|审核|应当")  # in what is a sentence, and no name of a paper
_OWNER: Final = re.compile(
    r"(?:(?:本人|申请人|申请者|当事人|代办人|代理人|经办人员?|办理人|办事人员|监护人|双方|夫妻双方|父母|配偶|子女|户主|孩子|儿童|"
    r"借款人|担保人|继承人|死亡人|亡者|法定代表人|法人代表|法人|负责人|所招用?人员|用人单位|单位|个人|患者|参保人员?|退休人员|失业人员|残疾人|持有)"
    r"(?:本人)?的?|有效的?|合法有效的?|本市|近期的?)+"
)
_PHOTO: Final = re.compile(r"(?:(?P<inch>[一二两12])寸.*)?(?:照片|彩照|证件照|免冠照|相片)$")
_INCHES: Final = {"一": "1", "二": "2", "两": "2"}
_GIVEN_BACK: Final = re.compile("核对后?(?:退回|退还)|(?:退回|退还)原件")
_SPEC: Final = (
    (re.compile(r"(?P<size>[一二两12]寸)(?:照片)?"), "size"),
    (re.compile(r"(?P<format>JPE?G|PNG|PDF|BMP)(?:格式)?", re.IGNORECASE), "format"),
    (re.compile(r"(?:小于|不超过|不大于|最大)(?P<kb_max>\d{1,5})K[Bb]?"), "kb_max"),
    (re.compile(r"(?:大于|不小于|不少于|最小)(?P<kb_min>\d{1,5})K[Bb]?"), "kb_min"),
    (re.compile(r"(?P<background>[白蓝红]底)(?:色)?"), "background"),
    (re.compile(r"(?P<background>[白蓝红])色?背景"), "background"),
    (re.compile(r"(?P<colour>彩色|黑白)(?:照片)?"), "colour"),
)  # fmt: skip
_BRACKET_AT_END: Final = re.compile(r"（(?P<inner>[^（）]*(?:（[^（）]*）[^（）]*)*)）$")
_SENTENCE: Final = re.compile(r"[，。；：！？,;]|[^\d]:")
_ASKING: Final = re.compile(
    r"(?:需|须|应当?|要|还|并|另|均|请|必须|需要|同时|可)*(?:提供|提交|出示|交验|携带|带上?|持(?!有)|填写|交|凭|递交)(?:并?(?:提供|提交|递交))?(?=《|“|[^的])"
)


@dataclass(slots=True)
class Paper:
    """A paper as the model has it: its fields as plain values, and what of the phrase is only to be repeated."""

    fields: dict[str, Value] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def put(self, key: str, value: Value) -> bool:
        """Set a field. Return False if it has another value already."""
        return self.fields.setdefault(key, value) == value

    @property
    def values(self) -> dict[str, Value]:
        """All fields, the remarks as a note."""
        return {**self.fields, "note": "；".join(self.remarks)} if self.remarks else dict(self.fields)


def read_paper(phrase: str, library: Library) -> Paper | None:
    """Return the paper that `phrase` names, None if not every part of the phrase is understood."""
    text = entry(phrase)
    paper = Paper()
    if asking := _ASKING.match(text):
        if "填写" in asking[0]:
            paper.put("form", ["表格"])
        text = text[asking.end() :]
    text = _without_tail(text, paper)
    text = _without_head(text, paper)
    if (
        not text
        or _SENTENCE.search(_unbracketed(text))
        or _TOLD.search(_unbracketed(text))
        or not 2 <= len(text) <= _LONGEST
    ):
        return None
    return paper if _named(text, paper, library) else None


_LONGEST = 60  # characters of a name; longer ones are sentences


def known_paper(name: str, library: Library) -> str:
    """Return the id of the material in the library that a name means, whosever it is; "" if there is none."""
    bare = name.strip('《》“”"')
    behind = name.rpartition("的")[2].strip("《》“”")
    for candidate in dict.fromkeys((bare, re.sub(r"[《》“”]", "", bare), _ownerless(bare), behind)):
        if id := library.material(candidate):
            return id
    if (photo := _PHOTO.search(bare)) and (inches := photo["inch"]):
        return library.material(f"{_INCHES.get(inches, inches)}寸照片")
    return ""


def is_named_like_a_paper(name: str) -> bool:
    """Return whether a name ends like that of a paper, such as 《…》 or …证明."""
    return is_paper(name)


def _ownerless(name: str) -> str:
    match = _OWNER.match(name)
    return re.sub(r"[《》“”]", "", name[match.end() :]) if match else name


def _named(text: str, paper: Paper, library: Library) -> bool:
    """Give the paper its name; return False for what is no name of a paper."""
    id = known_paper(text, library)
    copies = paper.fields.get("copies")
    if _PHOTO.search(text) and isinstance(copies, dict):
        paper.fields["copies"] = copies["original"]  # of photos the number is just their number
    if not id and not is_named_like_a_paper(text):
        return False
    if id:
        paper.fields["ref"] = id
        if text.strip("《》“”") == library.material_name(id):
            return True
    return paper.put("name", text)


def _without_head(text: str, paper: Paper) -> str:
    """Take off what stands before the name: who issues it, its seal, how many."""
    issuer = _ISSUER.fullmatch(text)
    if issuer and _OFFICE.fullmatch(issuer["issuer"]) and not _ASKS.search(issuer["issuer"]):
        paper.put("issuer", issuer["issuer"])
        text = issuer["rest"]
    if (seal := _SEAL.match(text)) and seal[0].endswith("的"):
        paper.put("seal", [seal["seal"]])
        text = text[seal.end() :]
    if (count := _COUNT_BEFORE.match(text)) and "copies" not in paper.fields:
        _counted(number(count["n"]), paper)
        text = text[count.end() :]
    return text


def _without_tail(text: str, paper: Paper) -> str:
    """Take off what stands behind the name, one after the other: how many, in which form, which pages, remarks in brackets."""
    copies = 0
    while True:
        rest = text.rstrip("，、的各 ")
        if bracket := _BRACKET_AT_END.search(text):
            if _is_part_of_name(text, bracket):
                break
            _read_bracket(bracket["inner"], paper)
            text = text[: bracket.start()]
        elif (count := _COPIES.search(rest)) and not copies:
            copies = number(count["n"])
            text = rest[: count.start()]
            text = _TOGETHER.sub("", text)
        elif form := _form_at_end(rest, paper):
            text = form
        elif (size := _PAPER_SIZE.search(rest)) and size.start():
            paper.put("spec", {"paper": size["paper"]})
            text = rest[: size.start()]
        elif (pages := _PAGES.search(rest)) and pages.start() and "pages" not in paper.fields:
            paper.put("pages", _pages_in(pages["pages"]))
            text = rest[: pages.start()]
        elif (seal := _SEAL.search(rest)) and seal.end() == len(rest) and seal.start():
            if not paper.put("seal", [seal["seal"]]):
                break
            text = rest[: seal.start()].rstrip("，、（")
        else:
            break
    if copies:
        _counted(copies, paper)
    return text.rstrip("，、")


def _form_at_end(text: str, paper: Paper) -> str:
    """Return `text` without the form at its end, "" if there is none."""
    for pattern, forms in _FORMS:
        match = pattern.search(text)
        if not match or not match.start():
            continue
        if paper.fields.get("form", list(forms)) != list(forms):
            return ""
        pages = (match.groupdict().get("pages") or "").strip("的各")
        if pages and not re.fullmatch(rf"{_PAGE}(?:{_BETWEEN_PAGES}?{_PAGE})*的?", pages):
            continue
        if pages:
            paper.put("pages", _pages_in(pages))
        paper.put("form", list(forms))
        return re.sub(r"(?:及其?|和|、|的|均为|，)+$", "", text[: match.start()])
    return ""


def _pages_in(text: str) -> list[Value]:
    return list(re.findall(_PAGE, text))


def _counted(copies: int, paper: Paper) -> None:
    """Write how many: of the copies where copies are asked for, of a photo, else of the paper itself."""
    paper.put("copies", str(copies) if "复印件" in paper.fields.get("form", ()) else {"original": str(copies)})


def _is_part_of_name(text: str, bracket: re.Match[str]) -> bool:
    """Whether a bracket at the end belongs to the name, as in 《…（长期驻外）…》 or alone."""
    before = text[: bracket.start()]
    return not before or before.count("《") > before.count("》")


def _read_bracket(inner: str, paper: Paper) -> None:
    """Read a remark in brackets. What is not understood as a whole is repeated."""
    aside = Paper(dict(paper.fields))
    if _GIVEN_BACK.fullmatch(inner):
        paper.put("returned", "是")
        return
    for part in re.split(r"[，、；,;]", inner):
        if not _read_part(part.strip(), aside):
            pages = re.fullmatch(rf"{_PAGE}(?:{_BETWEEN_PAGES}?{_PAGE})*", inner)
            if pages and paper.put("pages", _pages_in(inner)):
                return
            paper.remarks.insert(0, inner)
            return
    paper.fields.update(aside.fields)


def _read_part(part: str, paper: Paper) -> bool:
    if seal := _SEAL.fullmatch(part):
        return paper.put("seal", [seal["seal"]])
    if size := _PAPER_SIZE.fullmatch(part):
        return _put_spec(paper, {"paper": size["paper"]})
    for pattern, key in _SPEC:
        if match := pattern.fullmatch(part):
            return _put_spec(paper, {key: match[key]})
    for pattern, forms in _FORMS:
        match = pattern.fullmatch(part)
        if match and not match.groupdict().get("pages"):
            return paper.put("form", list(forms))
    if (count := _COPIES.fullmatch(part)) or (count := re.fullmatch(rf"[一1１]式{_N}(?P<unit>[份张套])", part)):
        before = "copies" in paper.fields
        _counted(number(count["n"]), paper)
        return not before
    return False


def _put_spec(paper: Paper, values: dict[str, Value]) -> bool:
    known = paper.fields.get("spec", {})
    if not isinstance(known, dict) or any(known.get(key, value) != value for key, value in values.items()):
        return False
    paper.fields["spec"] = {**known, **values}
    return True


def _unbracketed(text: str) -> str:
    return re.sub(r"《[^《》]*》|（[^（）]*）|“[^“”]*”", "", text)
