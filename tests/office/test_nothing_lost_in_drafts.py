"""Every word of a document stands in the draft or in what is told of it, whatever the document says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from drafted import small_site, source_item
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.content.model.item import Item
from builder.office.documents import Origin
from builder.office.drafts.draft import Draft
from builder.office.drafts.drafting import make_draft
from builder.office.drafts.public_list import make_list
from builder.office.drafts.site_library import Library
from builder.office.shapes import Reading, SourceItem, vocabulary

# Parts of which sentences of guides are made. Put together at random they mean nothing, which is the point.
_PARTS = (
    "身份证", "户口本", "《求职登记表》", "营业执照副本", "一寸照片", "原件", "复印件", "及", "和", "或", "、", "，", "；", "。", "（", "）", "一式三份", "各2份",
    "正反面", "首页", "申请人", "社保所", "窗口", "由", "区民政局", "受理", "审核", "需提供", "不符合条件的", "材料齐全的", "20个工作日", "内", "3天", "公示", "每年9月",
    "至", "10日", "免费", "无", "9元/对", "津劳办[2004]391号", "《婚姻法》", "第六条", "65775272", "街道办理", "如", "的", "：", "1、", "（1）", "\n", "其他材料", "加盖公章", "请按照通知要求办理" * 12, "（说明", "A4纸", "→", "2026年3月", "4311", "下列之一",
)  # fmt: skip
_COLUMNS = ("具体职责", "业务事项", "信息类别", "内容标准", "公开时限", "公开形式", "没见过的栏目")
_ROW_PARTS = (
    "【联系方式】", "【职  责】", "办公电话", "传真", "、", "（", "）", "\n", "：", "。", "按照区、街道要求", "即时公开", "15个工作日内公开", "政府网站",
    "常规公开", "社区微信群", "《安全生产法》", "请按照通知要求办理" * 14, " ", "１２",
)  # fmt: skip
_SAID_OTHERWISE = re.compile(
    r"[第之]|提供|提交|需要|需|[内及和或的由如各至]|一式|复印件|原件|份|张|正|反|面|加盖|日|时限|[\d一二三四五六七八九十]"
)


def everything_told(draft: Draft, library: Library) -> str:
    told = [*_texts(draft.values), *(doubt.source for doubt in draft.doubts), *(one.name for one in draft.unknown)]
    fees = Item.model_validate(draft.values).fees
    told += (
        [f"{fee.amount.least}元{fee.per}" for fee in fees if fee.amount]
        if isinstance(fees, tuple)
        else ["免费"] * bool(fees)
    )
    told += [name for one in library.site.companions for name in _texts(one.record.model_dump(mode="json"))]
    return plain("\n".join(told))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


def plain(text: str) -> str:
    return re.sub(r"[^\w\n]+", "", unicodedata.normalize("NFKC", text))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted({*vocabulary().fields} - {"name"})),
    st.lists(st.sampled_from(_PARTS), min_size=1, max_size=12),
)
def test_no_word_is_lost(key: str, parts: list[str]) -> None:
    item = source_item(**{key: "".join(parts)})
    library = Library(small_site(), "zhen")
    draft = make_draft(item, "qiuzhi", library, "zhinan")
    Item.model_validate(draft.values)
    told = everything_told(draft, library)
    for part in parts:
        word = plain(part).strip()
        assert _told(word, told) or not _SAID_OTHERWISE.sub("", word), f"{word}: {draft.values}"


def _told(word: str, told: str) -> bool:
    """Return whether a word stands there whole, or in two parts: 街道办理 is the actor 街道, who does 办理."""
    return word in told or any(word[:end] in told and word[end:] in told for end in range(2, len(word) - 1))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(_COLUMNS), st.lists(st.sampled_from(_ROW_PARTS), max_size=9).map("".join)))
def test_no_word_of_a_list_of_what_is_made_public_is_lost(cells: dict[str, str]) -> None:
    origin = Origin("清单.docx", table=1, row=2)
    item = SourceItem("招聘会", "1", origin, columns=tuple(cells.items()))
    reading = Reading("清单.docx", (item,), (), (), ())
    made = make_list(reading, "qingdan", "公开清单", {"area": "zhen"}, {}, vocabulary())
    told = plain("\n".join(_texts(made.values)))
    for column, text in cells.items():
        for run in re.findall(r"\w+", plain(text)):
            assert run in told.replace("\n", ""), f"{column}: {made.values}"
