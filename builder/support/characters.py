"""Chinese characters as people type them: their pinyin readings and their traditional forms.

The site search needs both for the characters in its index and for those that people type by mistake instead.
"Common" characters are the first level of GB/T 2312: 3,755 characters that every input method offers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_CJK = range(0x4E00, 0xA000)

# The characters that some phrase of pypinyin's reads in another way than usual: 行 in 银行. Only texts with one of them
# are taken apart into phrases: all others are read character by character.
_READ_OTHERWISE = re.compile(
    "["
    "万不丱么乐乘乜了亲什仇从仔仿会传伧伯伺似伽佛侗侥侧便俟信俩倘偻傀傍僪免六其兹内冒冯凹刨券刹削剥剿劲勒匙匮卒单南卜卡厦参句叨叶吁合吓吖否吭吱告呗呢呱呲呵呷咋和咖咯咱咳咶咽哕哦哪啁啜喔喳嗒嗲嗽嘲噱噷嚓嚼囤"
    "圈圜圩地坏坻埋埏埔埶堕堡塞壳大夯奇姥娜婑孱宿寻射将尉尨尺尾尿屏属岂崴差巷干度弄弟強弹强彊得徵徼忪思恶惏惓房扁扎扒扛扞扢折抹拂拓拗择括拶拾挝挟挼捋捰掴掺提揭摩撮擘擿攒敦数於无景暴曝曾朘朝期术朴杉杓杕枞枸"
    "柏柚柞查栅栖校核桔棬椎楛槛槟模欹殖殷殽氏氓汤沈沓没泊泌泥浍浒涡淜混溃溺漯潦澄澹濩炰烙焯熨燋燵爪牟犍狧猲率玢琢瑱畜番疟痡的盛省眴着瞿矜石砉碌碡碻磅祕禅秘称稽窨籍粘粥糜系絜綮纚红纤纥纶给络绰绿缉缩缪耆耙聒"
    "肋胖脉腊腌膀膻臂臭般色艾艿芥芫苕苣若茄茜荑荠荤莎莘莞莨莩莫菹落著葚蔓蔚蕃薄藉藏虾蚌蛇蛤蝍螫血行被袷裨裳裼褎褚褪见觉角觜解识诘说读谁调谷豁豉貉贲贾赚趄路蹊车轧转辗辟还迫遗適邪郄都酖酾重鐀钥铅铛铤镐长閒阿"
    "陂陆降隗隽雀露靓革鞘鞞顿颈颉颤食騃驮骠鸟鹄鹘麇黾齐龈龟"
    "]"
)
# Common characters that are often read in another way than on their own, each with that reading, after the phrases of pypinyin.
# Who writes a question in pinyin may use them in words of which the site has none.
OTHER_READINGS = (  # noqa: SIM905 - in a row they read better than quoted
    "长chang 重chong 行hang 朝zhao 还huan 调tiao 薄bo 了liao 佛fo 乐yue 着zhuo 着zhao 弹tan 没mo 塞se 差chai 都du 率shuai "
    "给ji 折she 恶wu 的di 参shen 省xing 藏zang 度duo 传zhuan 血xie 称chen 泊bo 露lou 降xiang 校jiao 角jue 宿xiu 模mu 和huo "
    "便pian 剥bao 属zhu 朴piao 曾zeng 卡qia 削xiao 系ji 圈juan 呢ni 解xie 绿lu 匙chi 觉jiao 粘nian 会kuai 强jiang 得dei 落la "
    "落lao 扛gang 壳qiao 奇ji 亲qing 谁shei 堡pu 色shai 盛cheng 车ju 识zhi 咳hai 吓he 大dai 厦xia 查zha 单shan 仇qiu 弄long"
).split()

_CHINESE_WORD = re.compile("[\u4e00-\u9fff]+")
_WORD_OR_NOT_CHINESE = re.compile("[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")


def unusual_readings(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the readings in `texts` that differ from the usual ones, such as ``行hang`` in 银行, sorted.

    Each is a character followed by its pinyin without tones.
    """
    words = {word for text in texts for word in _CHINESE_WORD.findall(text) if _READ_OTHERWISE.search(word)}
    return tuple(sorted({reading for word in words for reading in _unusual_in(word)}))


def uncommon_characters(texts: Iterable[str]) -> str:
    """Return the Chinese characters in `texts` that are not common, sorted."""
    return "".join(sorted(filter(is_chinese, set[str]().union(*texts) - common_characters())))


@cache
def sort_key(text: str) -> str:
    """Return what to sort `text` by for pinyin order."""
    return " ".join(reading for word in _WORD_OR_NOT_CHINESE.findall(text) for reading in _readings(word)).lower()


def by_reading(characters: Iterable[str], unusual: Iterable[str]) -> dict[str, str]:
    """Return `characters` and the common ones, grouped by reading: syllable (pinyin without tones) → characters.

    `unusual` are additional readings in the form that `unusual_readings` returns, such as ``行hang``.
    """
    usual = (
        character + usual_reading(character) for character in common_characters().union(filter(is_chinese, characters))
    )
    return by_syllable((*usual, *unusual))


def by_syllable(readings: Iterable[str]) -> dict[str, str]:
    """Return the characters of `readings`, such as ``行hang``, grouped by syllable."""
    groups: dict[str, set[str]] = {}
    for reading in readings:
        groups.setdefault(reading[1:], set()).add(reading[0])
    return {syllable: "".join(sorted(groups[syllable])) for syllable in sorted(groups)}


def traditional_forms(characters: Iterable[str]) -> str:
    """Return traditional and simplified characters in pairs, without separators: 證证號号….

    A pair is included when its simplified character is common or in `characters`.
    """
    known = common_characters().union(characters)
    return "".join(old + new for old, new in _simplified() if new in known)


def is_chinese(character: str) -> bool:
    """Return whether `character` is in the Unicode block CJK Unified Ideographs."""
    return ord(character) in _CJK


@cache
def usual_reading(character: str) -> str:
    """Return the reading of a character on its own, in pinyin without tones; ü is written v."""
    return _read_aloud(character)[0]


@cache
def common_characters() -> frozenset[str]:
    """Return the first level of GB/T 2312, rows 16 to 55."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", "ignore") for code in codes) - {""}


@cache
def _unusual_in(word: str) -> tuple[str, ...]:
    readings = zip(word, _readings(word), strict=True)
    return tuple(f"{character}{reading}" for character, reading in readings if reading != usual_reading(character))


@cache
def _readings(word: str) -> list[str]:
    """Return the reading of each character of a Chinese word; what is not Chinese stays as it is."""
    if is_chinese(word[0]) and not _READ_OTHERWISE.search(word):
        return [usual_reading(character) for character in word]
    from pypinyin.seg.simpleseg import seg  # noqa: PLC0415 - slow to import, and needed only where words have changed

    phrases = seg(word)
    return [reading for phrase in phrases for reading in _readings(phrase)] if len(phrases) > 1 else _read_aloud(word)


@cache
def _read_aloud(phrase: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - as above

    return lazy_pinyin([phrase])


@cache
def _simplified() -> tuple[tuple[str, str], ...]:
    from opencc import OpenCC  # noqa: PLC0415 - as above

    characters = [chr(code) for code in _CJK]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return tuple((old, new) for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1)
