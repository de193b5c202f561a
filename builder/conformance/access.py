"""Standards of accessibility, as far as they can be judged from the HTML."""

from __future__ import annotations

from collections.abc import Iterator

from builder.conformance.evidence import Evidence
from builder.conformance.standard import ACCESS_2019, ELDERS_2021, Judgement, Section, Standard

STRUCTURE = Standard(
    "access.structure",
    Section.ACCESS,
    "语言、标题层次、替代文字、输入框名称都在，能跳到正文，能放大",
    ACCESS_2019,
    "自己的模板照自带的写",
)
LARGE_TYPE = Standard("access.large-type", Section.ACCESS, "不靠系统和浏览器就能换大字", ELDERS_2021)
CONTRAST = Standard("access.contrast", Section.ACCESS, "文字和底色分明，键盘能走到每一处，焦点看得见", ACCESS_2019)
SPEECH = Standard("access.speech", Section.ACCESS, "能朗读", ELDERS_2021)


def judge(evidence: Evidence) -> Iterator[Judgement]:
    """Yield the judgement on each standard of accessibility."""
    pages = evidence.pages
    faulty = [f"{page.url}：{'、'.join(page.faults)}" for page in pages if page.faults]
    yield STRUCTURE.at(faulty, len(pages), "{n} 页有毛病", f"{len(pages)} 页都好")
    screens = [page for page in pages if not page.is_sheet]
    without = [page.url for page in screens if "data-size-switch" not in page.attributes]
    yield LARGE_TYPE.at(without, len(screens), "{n} 页没有大字版按钮", f"{len(screens)} 页都有大字版（打印页除外）")
    yield CONTRAST.unjudged("要在浏览器里看，自带的版式有测试守着；改过样式的请自己看")
    yield SPEECH.unjudged("要在浏览器里听")
