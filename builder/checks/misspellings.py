"""Words that are wrong wherever a guide uses them, with the right ones.

Only such words stand here. Left out are words that are right in some sentence (在 and 再, 必需, 截止, 反应, 启示), and
variants of a word (异形词) that are merely less usual, such as 座落, 撤消, 其它. The variants 帐户 and the like stand here
because laws in force write 账户. A site can add words of its own, and accept some of these, in ``content/terms.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass

DICTIONARY = "《现代汉语词典》"  # has the right word, and not the wrong one
MEANING = "同音的错字，照字义改"  # a phrase that is not in the dictionary, though its words are
CHARACTERS = "字形相近的错字，正字见《通用规范汉字表》"
REVISED_CHARACTERS = "1986年重新发表的《简化字总表》说明：“叠、覆、像”不再写作“迭、复、象”"
ABOLISHED_CHARACTERS = "《第二次汉字简化方案（草案）》已在1986年停止使用"
ACCOUNT = "《第一批异形词整理表》推荐“账”；《社会保险法》写“个人账户”"
IDENTITY_CARD = "《居民身份证法》的名称"


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A wrong word, what to write instead, and the source. `unless` are longer texts in which these characters are right.

    `before` is a pattern for what must follow, where only then the word is wrong.
    """

    wrong: str
    right: str
    source: str = DICTIONARY
    unless: tuple[str, ...] = ()
    before: str = ""


def _alike(right: str, wrong_character: str, right_character: str, *unless: str) -> Misspelling:
    return Misspelling(right.replace(right_character, wrong_character), right, CHARACTERS, unless)


_ONLINE = r"[^，。；\n]{0,16}?(?:网站|网址|官网|网页|系统|平台|APP|小程序|公众号|客户端|邮箱|[账帐][号户]|http|www)"

MISSPELLINGS = (
    # Sound alike: what an input method offers beside the right word.
    Misspelling("签定", "签订", unless=("标签定", "签定点", "签定期", "签定向", "签定金", "签定制")),
    Misspelling("登陆", "登录", unless=("台风登陆",), before=_ONLINE),
    Misspelling("网上登陆", "网上登录", MEANING),
    Misspelling(
        "报明",
        "报名",
        unless=("报明细", "报明确", "报明显", "报明文", "报明年", "报明日", "报明天", "报明白", "报明示"),
    ),
    Misspelling("求指证", "求职证", MEANING),
    Misspelling("申清", "申请", unless=("重申清", "申清楚", "引申清")),
    Misspelling("申情", "申请", unless=("重申情", "申情况", "申情形", "引申情")),
    Misspelling("受里", "受理", unless=("感受里", "享受里", "接受里", "承受里", "难受里", "受里程")),
    Misspelling("复印健", "复印件", MEANING, unless=("复印健康", "复印健身")),
    Misspelling("公正书", "公证书", MEANING, unless=("公正书写",)),
    Misspelling("公正处", "公证处", MEANING, unless=("公正处理", "公正处置", "公正处罚", "公正处分")),
    Misspelling("公正员", "公证员", MEANING, unless=("公正员工",)),
    Misspelling("委拖", "委托"),
    Misspelling("监户人", "监护人"),
    Misspelling("瞻养", "赡养"),
    Misspelling("扶恤", "抚恤"),
    Misspelling("优扶对象", "优抚对象", MEANING),
    Misspelling("桑葬", "丧葬"),
    Misspelling("火花证明", "火化证明", MEANING),
    Misspelling("殡仪管", "殡仪馆", unless=("殡仪管理",)),
    Misspelling("救剂", "救济"),
    Misspelling("振灾", "赈灾"),
    Misspelling("底保户", "低保户", MEANING),
    Misspelling("底保金", "低保金", MEANING, unless=("年底保金", "月底保金")),
    Misspelling("补帖", "补贴"),
    Misspelling("津帖", "津贴"),
    Misspelling("张帖", "张贴"),
    Misspelling("粘帖", "粘贴"),
    Misspelling("陪训", "培训"),
    Misspelling("陪偿", "赔偿"),
    Misspelling("陪付", "赔付"),
    Misspelling("部暑", "部署", unless=("部暑假", "部暑期", "部暑热")),
    Misspelling("布署", "部署", unless=("公布署", "发布署", "颁布署")),
    Misspelling(
        "按排",
        "安排",
        unless=(
            "按排名",
            "按排队",
            "按排序",
            "按排放",
            "按排列",
            "按排号",
            "按排量",
            "按排水",
            "按排污",
            "按排班",
            "按排期",
            "按排除",
        ),
    ),
    Misspelling("按装", "安装", unless=("按装修", "按装机", "按装备", "按装卸", "按装载", "按装配", "按装置")),
    Misspelling("装钉成册", "装订成册", MEANING),
    Misspelling("编缉", "编辑"),
    Misspelling("返馈", "反馈"),
    Misspelling("谨供参考", "仅供参考", MEANING),
    Misspelling("既日起", "即日起", MEANING),
    Misspelling("既办件", "即办件", MEANING),
    Misspelling("招聘启示", "招聘启事", MEANING),
    Misspelling("遗失启示", "遗失启事", MEANING),
    Misspelling("招领启示", "招领启事", MEANING),
    Misspelling(
        "做废", "作废", unless=("做废旧", "做废品", "做废弃", "做废物", "做废水", "做废气", "做废料", "做废纸")
    ),
    Misspelling("注消", "注销", unless=("注消费", "注消防", "注消息", "注消毒", "注消化", "注消除", "注消耗")),
    Misspelling(
        "报消",
        "报销",
        unless=("报消费", "报消防", "报消息", "报消毒", "报消除", "报消耗", "报消化", "报消失", "报消杀"),
    ),
    Misspelling("吊消", "吊销"),
    Misspelling("消毁", "销毁"),
    Misspelling("消防拴", "消防栓"),
    Misspelling("防碍", "妨碍", unless=("预防碍", "消防碍")),
    Misspelling("辩认", "辨认"),
    Misspelling("辩别", "辨别", unless=("答辩别",)),
    Misspelling("辩识", "辨识"),
    Misspelling("竟争", "竞争", unless=("究竟争", "毕竟争")),
    Misspelling("竟聘", "竞聘"),
    Misspelling("竟赛", "竞赛"),
    Misspelling("幅射", "辐射"),
    Misspelling("仲载", "仲裁"),
    Misspelling("诉颂", "诉讼"),
    Misspelling("行政复义", "行政复议", MEANING),
    Misspelling("资询", "咨询", unless=("投资询", "工资询", "出资询", "资询问", "资询价", "物资询", "邮资询")),
    Misspelling("复原军人", "复员军人", MEANING, unless=("恢复原军人", "答复原军人")),
    Misspelling("应证入伍", "应征入伍", MEANING),
    Misspelling("针炙", "针灸"),
    Misspelling("一如继往", "一如既往"),
    Misspelling("侯选人", "候选人"),
    Misspelling("等侯", "等候"),
    Misspelling("侯诊", "候诊", unless=("侯诊所",)),
    Misspelling("侯审", "候审", MEANING),
    Misspelling("通迅", "通讯", unless=("通迅速", "通迅猛", "通迅捷")),
    Misspelling("简迅", "简讯"),
    Misspelling("居名身份证", "居民身份证", IDENTITY_CARD),
    Misspelling("身分证", "身份证", IDENTITY_CARD, unless=("国民身分证",)),
    # Look alike: what is copied from a scanned paper, or chosen in haste.
    _alike("户籍", "藉", "籍"),
    _alike("国籍", "藉", "籍"),
    _alike("学籍", "藉", "籍"),
    _alike("党籍", "藉", "籍"),
    _alike("书籍", "藉", "籍"),
    _alike("籍贯", "藉", "籍"),
    _alike("户口簿", "薄", "簿", "户口薄弱"),
    _alike("登记簿", "薄", "簿", "登记薄弱"),
    _alike("账簿", "薄", "簿"),
    _alike("签到簿", "薄", "簿"),
    _alike("招聘", "骋", "聘"),
    _alike("应聘", "骋", "聘"),
    _alike("聘用", "骋", "聘"),
    _alike("医疗", "疔", "疗", "医疔疮"),
    _alike("治疗", "疔", "疗", "治疔疮"),
    _alike("诊疗", "疔", "疗", "诊疔疮"),
    _alike("教育", "肓", "育"),
    _alike("生育", "肓", "育"),
    _alike("体育", "肓", "育"),
    _alike("户口", "囗", "口"),
    _alike("窗口", "囗", "口"),
    _alike("人口", "囗", "口"),
    _alike("已婚", "巳", "已"),
    _alike("已经", "巳", "已"),
    _alike("已婚", "己", "已", "自己婚"),
    _alike("已经", "己", "已", "自己经"),
    _alike("未婚", "末", "未", "周末婚", "月末婚", "年末婚", "期末婚"),
    _alike("未成年", "末", "未", "周末成年"),
    _alike("未满", "末", "未", "期末满", "年末满", "周末满", "月末满"),
    _alike("节假日", "曰", "日"),
    _alike("工作日", "曰", "日"),
    _alike("星期日", "曰", "日"),
    _alike("日期", "曰", "日"),
    _alike("签字", "宇", "字"),
    _alike("本人", "夲", "本"),
    _alike("联系", "糸", "系"),
    _alike("电话", "活", "话", "电活动"),
    _alike("退休", "体", "休", "退体检", "退体育"),
    _alike("下载", "栽", "载"),
    _alike("材料", "科", "料", "教材科", "器材科", "药材科", "木材科", "建材科", "钢材科", "耗材科", "题材科"),
    _alike("迁徙", "徒", "徙"),
    # Characters of a former rule.
    Misspelling("录象", "录像", REVISED_CHARACTERS),
    Misspelling("摄象", "摄像", REVISED_CHARACTERS),
    Misspelling("影象", "影像", REVISED_CHARACTERS),
    Misspelling("重迭", "重叠", REVISED_CHARACTERS, unless=("重迭代",)),
    Misspelling("年令", "年龄", ABOLISHED_CHARACTERS, unless=("年令人",)),
    Misspelling(
        "工令", "工龄", ABOLISHED_CHARACTERS, unless=("施工令", "开工令", "停工令", "复工令", "竣工令", "动工令")
    ),
    # 账, not 帐, where it is about money.
    Misspelling("帐户", "账户", ACCOUNT),
    Misspelling("帐号", "账号", ACCOUNT),
    Misspelling("转帐", "转账", ACCOUNT),
    Misspelling("记帐", "记账", ACCOUNT),
    Misspelling("结帐", "结账", ACCOUNT),
    Misspelling("对帐", "对账", ACCOUNT, unless=("对帐篷",)),
    Misspelling("入帐", "入账", ACCOUNT, unless=("入帐篷",)),
    Misspelling("到帐", "到账", ACCOUNT, unless=("到帐篷",)),
    Misspelling("帐簿", "账簿", ACCOUNT),
)
