"""Questions in letters, as people type them: the search reads them as characters and finds what they mean in the sample site."""

from __future__ import annotations

import json
import re

import pytest
from py_mini_racer import MiniRacer
from sample_site import Built

from builder.render.pages.search import ENGINE, LETTERS_SCRIPT, MATTERS_SCRIPT
from builder.support.fingerprint import BUILT_IN

# By kind: what is typed, and the items of which one has to be among the first three.
SPELLED: dict[str, list[tuple[str, str]]] = {
    "whole syllables run together": [
        ("yezhuweiyuanhui", "yezhu-weiyuanhui-beian"),
        ("gerendangan", "geren-dangan nanmofang-xinjian-dangan"),
        ("zhiyezhidao", "zhiye-zhidao yuzhong-zhiye-zhidao"),
        ("baineizhangshoushu", "baineizhang-buzhu"),
        ("tuixuezhengming", "tuixue-zhengming"),
    ],
    "syllables with spaces": [
        ("bai nei zhang", "baineizhang-buzhu"),
        ("shou yang hai zi", "shouyang-dengji"),
        ("si shu bao xiao", "sishu-baoxiao"),
        ("hezuo yiliao zheng", "hezuo-yiliaozheng-bufa"),
    ],
    "syllables with apostrophes": [
        ("ge'ren'qiu'zhi", "geren-qiuzhi"),
        ("dang’an", "geren-dangan nanmofang-xinjian-dangan shiye-dangan-jieshou shiye-dangan-zhengming"),
        ("yi'liao'jiu'zhu", "yiliao-jiuzhu xicheng-yiliao-jiuzhu dibao-laoren-yiliao"),
    ],
    "first letters": [
        ("jhdj", "jiehun-dengji"),
        ("syjnpx", "shiye-jineng-peixun zhiye-jineng-peixun"),
        ("jyzcfg", "jiuye-zhengce-zixun"),
        ("xedbdk", "xiaoe-danbao-daikuan shenyang-xiaoe-danbao-daikuan yuzhong-chuangye-daikuan getihu-danbao-tiexi"),
        ("shbzkgs", "shebaoka-guashi-buban shebaoka-guashi-jiegua"),
    ],
    "first letters of words in the other order": [
        ("dbsq", "chengxiang-dibao-jiuzhu dibao-shenqing xicheng-dibao-dishouru"),
        ("lsjzsq", "linshi-jiuzhu xicheng-linshi-jiuzhu linshi-shenghuo-jiuzhu mouxian-linshi-jiuzhu"),
        ("sbkbb", "shebaoka-buhuan shebaoka-guashi-buban shebaoka-erci-shenling"),
    ],
    "first letters and whole syllables": [
        ("sbkmima", "shebaoka-mima-chongzhi"),
        ("syj lingqu", "shenyang-shiyejin shiyejin-shenling"),
        ("linquanz", "linquanzheng-shenqing"),
        ("laonianz", "laoren-youdaizheng xicheng-laonianzheng"),
        ("glbutie", "gaoling-jintie xicheng-gaoling-jintie-90 xicheng-gaoling-jintie-100"),
    ],
    "letters beside characters": [
        ("办jiehunzheng", "jiehun-dengji"),
        ("shiye登记", "shiye-dengji nanmofang-shiye-dengji yuzhong-shiye-dengji"),
        ("老年zheng", "laoren-youdaizheng xicheng-laonianzheng"),
        ("社保卡mm忘了", "shebaoka-mima-chongzhi"),
        ("残疾人yikatong", "yikatong-jihuo canjirenzheng"),
    ],
    "n and l, r and l": [
        ("tiqian tuixiu tezhong gonglong", "tezhong-tuixiu"),
        ("lianshen shiyezheng", "shiyezheng-nianshen"),
        ("laolenzheng", "laoren-youdaizheng xicheng-laonianzheng"),
        ("luanyou butie", "canjiren-ranyou-butie"),
        ("rinquanzheng", "linquanzheng-shenqing"),
    ],
    "zh, ch, sh and z, c, s": [
        ("zaopin", "danwei-zhaopin zhaopin-qiatanhui jiuye-zhuanxiang-huodong"),
        ("cizan bangfu", "cishan-dingxiang-bangfu shequ-cishan-bangfuzhan"),
        ("sousu feiyong", "sishu-baoxiao baineizhang-buzhu"),
        ("zuxiao sebaoka", "shebaoka-zhuxiao"),
        ("chanjizheng", "canjirenzheng"),
    ],
    "an, en, in and ang, eng, ing": [
        ("shanzangfei", "gongwang-sangzangfei tuixiu-sangzangfei sangzang-butie shenyang-sangzangfei-zhengming"),
        ("shenyudenji", "shengyu-dengji-huji shengyu-dengji-liudong xicheng-shengyu-dengji-liudong"),
        ("lingquan zheng", "linquanzheng-shenqing"),
        ("yiliaobaoxiang", "jumin-yibao-baoxiao jumin-yibao-canbao yibao-yidi-anzhi shenyang-jumin-yibao"),
    ],
    "f and h": [
        ("fukou qianyi yanglao", "tuixiu-yanglaojin-zhuanyi zhigong-yanglao-zhuanyi"),
        ("wubaofu", "nongcun-wubao-gongyang mouxian-wubao-gongyang xicheng-tekun-gongyang"),
        ("yewuihuei beian", "yezhu-weiyuanhui-beian"),
        ("hangzu butie", "xicheng-baozhangfang-shenqing baozhangfang-gongshi"),
    ],
    "v and u for ü": [
        ("lvse tongdao", "cishan-jinji-jiuzhu"),
        ("lüse tongdao", "cishan-jinji-jiuzhu"),
        ("dusheng zinv", "dushengzinv-tebie-fuzhu"),
        ("dusheng zinu", "dushengzinv-tebie-fuzhu"),
    ],
    "a wrong letter": [
        ("shebaika guashi", "shebaoka-guashi-buban shebaoka-guashi-jiegua"),
        ("jiehumdengji", "jiehun-dengji"),
        ("tuixoushenpi", "tuixiu-shenpi"),
    ],
    "a missing letter": [
        ("canjirezheng", "canjirenzheng"),
        ("shouyngdengji", "shouyang-dengji"),
        ("gogshangbuzhu", "gongshang-shangcan-buzhujin gongshang-yiliao-buzhujin gongshang-huoshi-buzhu"),
    ],
    "a doubled letter": [
        ("shiyyedengji", "shiye-dengji nanmofang-shiye-dengji yuzhong-shiye-dengji"),
        ("lihunndengji", "ziyuan-lihun-dengji"),
        ("linquaanzheng", "linquanzheng-shenqing"),
    ],
    "two letters swapped": [
        ("linshijuizhu", "linshi-jiuzhu xicheng-linshi-jiuzhu mouxian-linshi-jiuzhu linshi-shenghuo-jiuzhu"),
        ("hsebaoka", "shebaoka-shenban shebaoka-shenling shebaoka-qiyong shebaoka-erci-shenling shebaoka-zhuangtai-chaxun"),
        ("lihudnengji", "ziyuan-lihun-dengji"),
    ],
    "a character with two readings": [
        ("yinhangzhanghu", "yanglao-zhanghu-weihu"),
        ("mima chongzhi", "shebaoka-mima-chongzhi"),
        ("mima zhongzhi", "shebaoka-mima-chongzhi"),
        ("chongfu jiaofei", "duochong-yanglao-tuifei"),
        ("laodong zhengyi tiaojie", "laodong-zhengyi-tiaojie laodong-renshi-tiaojie"),
        ("zhongqing shebaoka zhuxiao", "shebaoka-zhuxiao"),
    ],
    "tones, capitals, full-width letters": [
        ("she4bao3ka3 gua4shi1", "shebaoka-guashi-buban shebaoka-guashi-jiegua"),
        ("jie2 hun1 deng1 ji4", "jiehun-dengji"),
        ("LinQuanZheng", "linquanzheng-shenqing"),
        ("ｓｈｏｕｙａｎｇ", "shouyang-dengji"),
        ("dībǎo", "dibao-shenqing chengxiang-dibao-jiuzhu xicheng-dibao-dishouru"),
    ],
    "names of areas": [
        ("yuzhong shiye dengji", "yuzhong-shiye-dengji"),
        ("xicheng dibao", "xicheng-dibao-dishouru"),
        ("shenyang shiyezheng", "shenyang-shiyezheng shiyezheng-nianshen"),
        ("songshanqu wubao", "nongcun-wubao-gongyang"),
        ("chongqing zhiyezhidao", "yuzhong-zhiye-zhidao"),
        ("pingleyuan shequ canjirenzheng", "canjirenzheng"),
        ("dibao nanmofang", "dibao-shenqing"),
    ],
    "words around a question": [
        ("shebaoka diu le zenme ban", "shebaoka-guashi-buban shebaoka-guashi-jiegua"),
        ("ban jiehunzheng xuyao shenme", "jiehun-dengji"),
        ("lihun zai nali banli", "ziyuan-lihun-dengji"),
        ("qingwen zenme shenqing gongzufang", "xicheng-baozhangfang-shenqing baozhangfang-gongshi"),
        ("linquanzheng yao dai shenme cailiao", "linquanzheng-shenqing"),
    ],
    "matters of life": [
        ("laogong qushi le", "tuixiu-siwang-qingsuan chengbao-siwang-daiyu sangzang-butie siwang-yanglao-qingsuan tuixiu-sangzangfei"),
        ("haizi chusheng le yao ban shenme", "jumin-yibao-canbao yilao-yixiao-canbao shebaoka-shenban shengyu-dengji-huji"),
        ("bei lingdao kaichu le", "shiye-dengji nanmofang-shiye-dengji yuzhong-shiye-dengji laodong-renshi-tiaojie"),
        ("xiang kai yijia dian", "chuangye-peixun chuangye-kaiye-zhidao chuangye-butie-shenling xiaoe-danbao-daikuan"),
    ],
    "words of several fields": [
        ("shouyang minzheng jiehunzheng", "shouyang-dengji"),
        ("canjiren peixun", "puhuizhi-peixun"),
        ("linyezhan", "linquanzheng-shenqing"),
        ("biyesheng butie", "biyesheng-shebao-butie"),
        ("danbao daikuan yingyezhizhao", "getihu-danbao-tiexi xiaoe-danbao-daikuan shenyang-xiaoe-danbao-daikuan"),
    ],
    "names in latin letters": [
        ("syb", "chuangye-peixun"),
        ("SYB培训", "chuangye-peixun"),
        ("IC卡", "canjiren-ranyou-butie"),
        ("4050 butie", "zimou-shebao-butie linghuo-shebao-butie linghuo-butie-chushen jiuye-kunnan-shebao-butie"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def search(built: Built) -> MiniRacer:
    """V8 with `engine`, which knows the sample site and how people speak."""
    files = "".join(
        (built.folder / f"search/{name}.js").read_text("utf-8") for name in ("items", "texts", "characters", "matters")
    )
    data = dict(re.findall(r'^window\.searchData\["(\w+)"\]=(.*);$', files, re.MULTILINE))
    v8 = MiniRacer()
    for script in (*ENGINE, LETTERS_SCRIPT, MATTERS_SCRIPT):
        v8.eval((BUILT_IN / "static" / script).read_text("utf-8"))
    v8.eval(f"const engine = createSearchEngine({data['about']}); engine.add({data['items']}); 0")
    v8.eval(f"engine.read({data['texts']}); 0")
    v8.eval(f"engine.learn({data['characters']}); engine.understand({data['speech']}); 0")
    return v8


def found(search: MiniRacer, question: str) -> list[str]:
    """Return the ids of the items that answer a question, best first."""
    ids = search.eval(f"JSON.stringify(engine.find({json.dumps(question)}).map(one => one.id))")
    answers: list[str] = json.loads(str(ids))
    return answers


@pytest.mark.parametrize("kind", SPELLED)
def test_what_was_meant_is_among_the_first(search: MiniRacer, kind: str) -> None:
    missed = [question for question, ids in SPELLED[kind] if not {*ids.split()} & {*found(search, question)[:3]}]
    assert missed == []


@pytest.mark.parametrize("question", ["zzqqx", "qqxxzz", "vvuuii", "windows", "xkcd"])
def test_letters_that_stand_for_nothing_find_nothing(search: MiniRacer, question: str) -> None:
    assert found(search, question) == []


@pytest.mark.parametrize(
    ("spelled", "in_characters"),
    [
        ("tuixiu zhengming zai nali kai", "退休证明在哪里开"),
        ("yuzhong shebaoka zhuxiao", "渝中社保卡注销"),
        ("laoban bu gei gongzi", "老板不给工资"),
        ("canjiren chuangye daikuan", "残疾人创业贷款"),
    ],
)
def test_a_question_in_letters_is_answered_as_the_same_in_characters(
    search: MiniRacer, spelled: str, in_characters: str
) -> None:
    assert found(search, spelled)[:3] == found(search, in_characters)[:3]


WRITTEN = [
    "失业登记",
    "失业登记",
    "事业单位",
    "就业登记",
    "养老保险",
    "医疗保险",
    "社保卡",
    "设备",
    "重庆",
    "奶粉",
    "赖皮",
    "IC卡",
]
READ = {
    "shi": "失事", "ye": "业", "deng": "登", "ji": "记", "dan": "单", "wei": "位", "jiu": "就", "yang": "养", "lao": "老",
    "bao": "保", "xian": "险", "yi": "医", "liao": "疗", "she": "社设", "ka": "卡", "bei": "备", "zhong": "重", "qing": "庆",
    "nai": "奶", "fen": "粉", "lai": "赖", "pi": "皮",
}  # fmt: skip


@pytest.fixture(scope="module")
def letters() -> MiniRacer:
    """V8 with `read`, which reads the letters of a question with the few words above."""
    v8 = MiniRacer()
    v8.eval((BUILT_IN / "static" / LETTERS_SCRIPT).read_text("utf-8"))
    v8.eval(f"const letters = createLetters({json.dumps(READ)}, {{ chong: '重' }})")
    v8.eval(f"letters.know([], {json.dumps([text.lower() for text in WRITTEN])}, [])")
    v8.eval("const read = question => letters.read(question).map(({ text }) => text); 0")
    return v8


def readings(letters: MiniRacer, question: str) -> list[str]:
    """Return the likeliest readings of a question."""
    texts: list[str] = json.loads(str(letters.eval(f"JSON.stringify(read({json.dumps(question)}))")))
    return texts


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("shiye", "失业"),  # what is written more often
        ("shiye danwei", "事业单位"),  # what fits the next word
        ("ylbx", "养老保险"),
        ("yiliaobx", "医疗保险"),
        ("zhongqing", "重庆"),
        ("chongqing", "重庆"),
        ("naifen", "奶粉"),
        ("laifen", "奶粉"),
        ("laipi", "赖皮"),
        ("she1bao3ka3", "社保卡"),
        ("社保ka", "社保卡"),
        ("ic卡", "ic卡"),
        ("ic ka", "ic卡"),
        ("shebe", "设备"),  # still being typed
        ("shebao k", "社保卡"),
        ("shiyebdengji", "失业登记"),
        ("wxyz", "wxyz"),
    ],
)
def test_letters_are_read_as_what_is_written(letters: MiniRacer, question: str, text: str) -> None:
    assert readings(letters, question)[0] == text


def test_what_is_spelled_comes_before_what_sounds_alike_and_that_before_a_slip(letters: MiniRacer) -> None:
    def cost(question: str) -> float:
        return float(str(letters.eval(f"letters.read({json.dumps(question)})[0].cost")))

    assert [readings(letters, one)[0] for one in ("shebaoka", "sebaoka", "shebqoka")] == ["社保卡"] * 3
    assert cost("shebaoka") < cost("sebaoka") < cost("shebqoka")
