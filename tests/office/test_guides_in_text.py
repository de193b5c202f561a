"""Guides in running text: labels with their values, one guide after another."""

from __future__ import annotations

from pathlib import Path

from office_files import p, row, table
from reading import columns, left_over, names, typed, word

from builder.office.documents import read_document
from builder.office.shapes import Reading, read_items, vocabulary

SONGSHAN = """\
便民服务大厅服务指南、流程图
合管办补发医疗证服务指南承办机构:
行政权利名称:合作医疗证补发
法律法规依据:
审批范围和条件:
1、参保居民。
办结时限:当日
申报材料:户主身份证
办事流程:。
1、受理
2、补发
咨询电话:0476-
受理地址:一楼大厅
合作医疗证补发流程图(法定7个工作日)
单位名称:
权力编号:
乡合管办业务流程图
低保救助服务事项服务指南
承办机构民政事务所
行政权力名称:低保救助
办结时限:6个工作日内完成
申报材料:
1、户口簿; 身份证
2、个人申请;
收费标准及收费依据:无
权力编号:
相关文档 最新文档"""


def read(folder: Path, text: str) -> Reading:
    return word(folder, "".join(map(p, text.split("\n"))))


def test_guides_one_after_another(tmp_path: Path) -> None:
    reading = read(tmp_path, SONGSHAN)
    assert names(reading) == ["合作医疗证补发", "低保救助"]
    assert typed(reading.items[0]) == {
        "materials": [{"text": "户主身份证"}],
        "steps": [{"text": "受理"}, {"text": "补发"}],
        "conditions": "1、参保居民。",
        "time_limit": "当日",
        "place": "一楼大厅",
    }
    assert typed(reading.items[1]) == {
        "materials": [{"text": "户口簿; 身份证"}, {"text": "个人申请"}],
        "time_limit": "6个工作日内完成",
        "fee": "无",
        "department": "民政事务所",
    }
    assert left_over(reading) == ["相关文档 最新文档"]


def test_what_the_document_leaves_blank_stays_blank(tmp_path: Path) -> None:
    first = read(tmp_path, SONGSHAN).items[0]
    assert [passage.label for passage in first.passages if not passage.text] == [
        "承办机构", "法律法规依据", "单位名称", "权力编号",
    ]  # fmt: skip


RUN_ON = """\
某镇办事指南社会事务办便民服务指南服务项目:婚姻登记必备资料:1、合影照片;2、户口簿、身份证;3、无配偶的声明。
自愿离婚登记:1、户口簿;2、协商一致的意见) 办事流程:申请→镇社会事务办审查→发证办结时限:当日办理收费标准:9元/对工作依据:《婚姻法》服务项目:收养登记必备资料;1、申请2、来历证明(含3人以上签字);3、户口簿。
收养弃婴的,还应当提交下列证明材料:(1)无子女的证明;(2)报案的证明。
办事流程:申请→审核办结时限:30日以内"""


def test_labels_that_run_on_in_one_paragraph(tmp_path: Path) -> None:
    reading = read(tmp_path, RUN_ON)
    assert [(item.name, typed(item)) for item in reading.items] == [
        (
            "婚姻登记",
            {
                "materials": [
                    {"text": "合影照片"},
                    {"text": "户口簿、身份证"},
                    {"text": "无配偶的声明"},
                    {"text": "自愿离婚登记", "sub": [{"text": "户口簿"}, {"text": "协商一致的意见)"}]},
                ],
                "steps": [{"text": "申请"}, {"text": "镇社会事务办审查"}, {"text": "发证"}],
                "time_limit": "当日办理",
                "fee": "9元/对",
                "basis": "《婚姻法》",
            },
        ),
        (
            "收养登记",
            {
                "materials": [
                    {"text": "申请"},
                    {"text": "来历证明(含3人以上签字)"},
                    {"text": "户口簿"},
                    {
                        "text": "收养弃婴的,还应当提交下列证明材料",
                        "sub": [{"text": "无子女的证明"}, {"text": "报案的证明"}],
                    },
                ],
                "steps": [{"text": "申请"}, {"text": "审核"}],
                "time_limit": "30日以内",
            },
        ),
    ]


MARKED = """\
乡镇便民服务指南(一)一、社会事务窗口1、民政事项◇五保供养办事流程:申请——调查——审批发放《供养证书》申报资料:书面申请、照片2张。
申报条件:无劳动能力的老年人。
◇临时救助政策依据:《暂行办法》办事流程:受理——初审——办结"""


def test_a_mark_begins_an_item(tmp_path: Path) -> None:
    reading = read(tmp_path, MARKED)
    assert [(item.name, typed(item)["steps"]) for item in reading.items] == [
        ("五保供养", [{"text": "申请"}, {"text": "调查"}, {"text": "审批发放《供养证书》"}]),
        ("临时救助", [{"text": "受理"}, {"text": "初审"}, {"text": "办结"}]),
    ]


def test_labels_alone_on_their_lines(tmp_path: Path) -> None:
    text = "社保卡申领办事指南\n一、受理条件\n本镇居民\n二、申请材料\n1.身份证\n2.照片\n三、办理时限\n5日\n四、收费标准\n不收费"
    (item,) = read(tmp_path, text).items
    assert (item.name, typed(item)) == (
        "社保卡申领",
        {
            "materials": [{"text": "身份证"}, {"text": "照片"}],
            "conditions": "本镇居民",
            "time_limit": "5日",
            "fee": "不收费",
        },
    )


def test_tabs_and_wide_blanks_part_a_label_from_its_value(tmp_path: Path) -> None:
    (item,) = word(
        tmp_path,
        p("社保卡申领办事指南")
        + "".join(p(f"{label}\u3000\u3000{value}") for label, value in (("办理时限", "5日"), ("办理地点", "大厅"))),
    ).items
    assert typed(item) == {"time_limit": "5日", "place": "大厅"}


def test_a_table_of_materials_below_its_label(tmp_path: Path) -> None:
    materials = table(
        row("序号", "材料名称", "份数", "备注"), row("1", "身份证", "1份", ""), row("2", "照片", "2张", "白底")
    )
    (item,) = word(
        tmp_path, p("社保卡申领办事指南") + p("受理条件：居民") + p("申请材料：") + materials + p("办理时限：5日")
    ).items
    assert typed(item) == {
        "materials": [
            {"text": "身份证", "details": {"份数": "1份"}},
            {"text": "照片", "details": {"份数": "2张", "备注": "白底"}},
        ],
        "conditions": "居民",
        "time_limit": "5日",
    }


def test_another_label_is_not_taken_for_one_that_it_ends_with(tmp_path: Path) -> None:
    text = "社保卡申领办事指南\n办理地点：大厅\n办理时限：5日\n特殊办理条件：无\n应当提供以下申请材料：身份证"
    (item,) = read(tmp_path, text).items
    assert columns(item) == {
        "办理地点": "大厅",
        "办理时限": "5日",
        "特殊办理条件": "无\n应当提供以下申请材料：身份证",
    }
    assert typed(item) == {"place": "大厅", "time_limit": "5日"}


def test_text_without_labels_is_left_over(tmp_path: Path) -> None:
    reading = read(tmp_path, "首问责任制\n第一位工作人员负责答复。")
    assert (reading.items, left_over(reading)) == ((), ["首问责任制", "第一位工作人员负责答复。"])


def test_numbered_titles_part_guides_and_name_them(tmp_path: Path) -> None:
    guide = "（一）申请条件\n本镇户籍。\n（二）申请材料\n1.身份证\n（三）咨询电话：65775272"
    reading = read(tmp_path, f"一、城乡低保\n{guide}\n二、临时救助\n{guide}")
    assert names(reading) == ["城乡低保", "临时救助"]
    assert [typed(item)["phones"] for item in reading.items] == [["65775272"]] * 2


def test_a_subtitle_inside_a_value_stays_in_it(tmp_path: Path) -> None:
    heading = '<w:outlineLvl w:val="2"/>'
    body = p("社保卡办事指南") + p("办理时限：5日") + p("办理流程：") + p("新办", heading) + p("1、申请") + p("2、领卡")
    (item,) = word(tmp_path, body + p("补办", heading) + p("1、挂失") + p("2、领卡") + p("收费标准：无")).items
    assert typed(item) == {
        "steps": [
            {"text": "新办", "sub": [{"text": "申请"}, {"text": "领卡"}]},
            {"text": "补办", "sub": [{"text": "挂失"}, {"text": "领卡"}]},
        ],
        "time_limit": "5日",
        "fee": "无",
    }


def test_text_in_boxes_is_told(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('申请')}</w:txbxContent></w:pict></w:r>"
    reading = word(tmp_path, p("社保卡办事指南") + p("办理时限：5日") + p("办理流程：", more=box) + p("收费标准：无"))
    assert (typed(reading.items[0]), left_over(reading)) == ({"time_limit": "5日", "fee": "无"}, ["申请"])


def test_labels_are_known_by_the_words_they_are_put_together_of(tmp_path: Path) -> None:
    (item,) = read(
        tmp_path,
        "犬类登记办事指南\n受理范围及条件：已免疫\n应交材料：\nA.申请表\nB.照片\n具体承办单位：派出所\n办公地址及时间：一楼 周一至周五\n收费：免费",
    ).items
    assert typed(item) == {
        "conditions": "已免疫",
        "materials": [{"text": "申请表"}, {"text": "照片"}],
        "department": "派出所",
        "fee": "免费",
    }


def test_labels_may_be_questions(tmp_path: Path) -> None:
    text = "一、谁可以办？\n住满半年的人\n二、需要带什么？\n1.身份证\n三、在哪办？\n派出所\n四、要不要钱？\n不要"
    (item,) = read(tmp_path, f"居住证办事指南\n{text}").items
    assert typed(item) == {
        "conditions": "住满半年的人",
        "materials": [{"text": "身份证"}],
        "place": "派出所",
        "fee": "不要",
    }


def test_headings_numbered_like_labels_are_labels_of_what_they_end_with(tmp_path: Path) -> None:
    text = "一、报销对象\n献血者\n二、报销所需材料\n（一）献血证\n（二）发票\n三、办理地点\n血站\n四、咨询电话：8887766"
    (item,) = read(tmp_path, f"用血费用报销指南\n{text}").items
    assert typed(item)["conditions"] == "献血者"
    assert typed(item)["materials"] == [{"text": "献血证"}, {"text": "发票"}]


def test_numbered_entries_are_no_headings(tmp_path: Path) -> None:
    text = "低保办事指南\n申请材料：\n一、身份证明材料\n二、收入证明材料\n办理时限：5日"
    (item,) = read(tmp_path, text).items
    assert typed(item)["materials"] == [{"text": "身份证明材料"}, {"text": "收入证明材料"}]


def test_a_sign_begins_an_item_in_the_middle_of_a_paragraph(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "一、计生窗口◇生育登记办事流程：本人申请——乡里办理所需资料：身份证时限：即办\n"
        "二、农业窗口◇合作社登记申报条件：有5名成员收费标准：免费◇农机补贴办事流程：申请→发放",
    )
    assert [(item.name, typed(item)) for item in reading.items] == [
        ("生育登记", {"materials": [{"text": "身份证时限：即办"}], "steps": [{"text": "本人申请"}, {"text": "乡里"}]}),
        ("合作社登记", {"conditions": "有5名成员", "fee": "免费"}),
        ("农机补贴", {"steps": [{"text": "申请"}, {"text": "发放"}]}),
    ]


def test_page_numbers_and_a_table_of_contents_are_no_part_of_a_guide(tmp_path: Path) -> None:
    text = "目录\n一、老年证办事指南……1\n一、老年证办事指南\n办理条件：满60周岁\n咨询电话：8887766\n- 1 -"
    reading = read(tmp_path, text)
    assert [(item.name, typed(item)) for item in reading.items] == [
        ("老年证", {"conditions": "满60周岁", "phones": ["8887766"]})
    ]
    assert sorted(left_over(reading)) == ["- 1 -", "一、老年证办事指南……1", "目录"]


def test_a_label_that_ends_with_a_known_one_is_one_below_another_label(tmp_path: Path) -> None:
    text = "承诺时限：5日\n救助所需材料：\n1、户口簿\n2、病历\n住院所需材料：\n1、结算单"
    (item,) = read(tmp_path, f"医疗救助办事指南\n{text}").items
    assert typed(item) == {
        "time_limit": "5日",
        "materials": [
            {"text": "户口簿"},
            {"text": "病历"},
            {"text": "住院所需材料", "sub": [{"text": "结算单"}]},
        ],
    }


def test_lines_of_the_site_around_a_page_are_no_part_of_a_guide(tmp_path: Path) -> None:
    lines = [
        "发布日期：2020-06-01 点击：33次", "廉租房办事指南", "办结时限：20日", "受理地址：各社区", "【打印】【关闭】",
        "上一篇：经济适用房", "主办单位：某区人民政府 电话：010-88886666 京ICP备00000001号",
    ]  # fmt: skip
    path = tmp_path / "一.html"
    path.write_text("<meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in lines), "utf-8")
    (item,) = read_items(read_document(path), vocabulary()).items
    assert typed(item) == {"time_limit": "20日", "place": "各社区"}


def test_a_label_that_recurs_is_one_whatever_it_says(tmp_path: Path) -> None:
    text = "流浪救助办事指南\n办理单位：救助站\n救助期限：10天\n交通指引：3路公交\n救助程序：求助→离站\n养老备案办事指南\n办结期限：当场\n交通指引："
    first, second = read(tmp_path, text).items
    assert typed(first) == {"department": "救助站", "time_limit": "10天", "steps": [{"text": "求助"}, {"text": "离站"}]}
    assert columns(first)["交通指引"] == "3路公交"
    assert (typed(second), columns(second)["交通指引"]) == ({"time_limit": "当场"}, "")
