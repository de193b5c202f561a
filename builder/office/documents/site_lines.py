"""Lines of web pages that belong to the site around a document, by their words: 【打印】【关闭】, 上一篇：…, ….ICP备….

Most parts of a site are known by their elements; these stand where the document does.
"""

from __future__ import annotations

import re
from typing import Final

_TOOL: Final = r"(?:打印(?:本页|此文|文章)?|关闭(?:本页|窗口)?|加入收藏|收藏(?:本页)?|返回(?:顶部|首页|上一?[页级])?|复制链接|分享|大|中|小)"
_SITE_LINE: Final = re.compile(
    rf"""\s*(?:
      (?:字[号体]\s*[:：]\s*)?(?:[【\[(（]?\s*{_TOOL}\s*[】\])）]?[\s|｜/·]*)+
    | [上下]一[篇条页]\s*[:：].*
    | (?:您(?:现在)?的?|当前)所?在?位置\s*[:：].*
    | .*(?:ICP备|公网安备|网站标识码|版权所有|Copyright).*
    | (?:发布|更新|发稿)(?:日期|时间)\s*[:：].*(?:来源|浏览|点击|阅读|字号|作者|访问|编辑).*
    | (?:来源|浏览次数|点击数?|阅读次数?|访问量)\s*[:：].*(?:浏览|点击|阅读|字号|时间|日期|作者|次).*
    | (?:分享到|扫一扫|微信扫码).{{0,40}}
    )\s*""",
    re.VERBOSE,
)


def is_of_the_site(text: str) -> bool:
    """Return whether a line of a page is no part of the document on it."""
    return bool(_SITE_LINE.fullmatch(text))
