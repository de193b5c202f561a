"""`check --uses`: who uses a record or a number, by file and line; what is not known is named with what may be meant."""

from __future__ import annotations

import json

import pytest
from site_folder import SiteFolder

Seen = pytest.CaptureFixture[str]


@pytest.fixture
def uses(site: SiteFolder) -> SiteFolder:
    """A site in which an id card is asked for twice, once in a draft, and a number is given by a place and an item."""
    return site.write_all(
        {
            "site.yaml": "name: 试\nsearch: 否\n",
            "content/areas.yaml": "zhen: {name: 甲镇, level: 乡镇街道}\n",
            "content/topics.yaml": "shebao: 社保\n",
            "content/materials.yaml": "id-card: {name: 居民身份证, aliases: [身份证]}\nhukoubu: {name: 居民户口簿}\n",
            "content/laws.yaml": "jiu: {title: 旧法, status: 已废止, replaced_by: xin}\nxin: {title: 新法}\n",
            "content/places/dating.yaml": "name: 大厅\nkind: 办事大厅\narea: zhen\nphones: 022-65775272\n",
            "content/items/zhen/banka.yaml": """\
name: 办卡
title: 办社保卡
topics: shebao
department: suo
places: dating
phones: 022-65775272
materials:
  - id-card
variants:
  - id: bu
    name: 补办
    materials:
      - group: 代办
        materials: [{ref: id-card, copies: 2}]
    outputs: {ref: hukoubu}
""",
            "content/items/zhen/caogao.yaml": "name: 草稿事项\nstatus: 草稿\nmaterials: [id-card]\n",
            "content/forms.yaml": "dengji: {title: 《登记表》}\nshengming: {title: 《声明》}\n",
            "content/audiences.yaml": "laoren: 老年人\n",
            "content/lives.yaml": "shenhou: {name: 家里有人去世}\n",
            "content/events/zhen-shenhou.yaml": "life: shenhou\narea: zhen\nitems: [banka, tingka]\n",
            "content/items/zhen/tingka.yaml": "name: 停卡\naudiences: laoren\nforms: dengji\nnext: banka\n",
            "content/departments/suo.yaml": "name: 社保所\nparent: ju\n",
            "content/departments/ju.yaml": "name: 社保局\n",
        }
    )


def asked(site: SiteFolder, what: str, capsys: Seen, *options: str) -> str:
    assert site.run("check", "--jobs", "1", "--uses", what, *options) == 0
    return capsys.readouterr().out


def test_every_place_is_told_by_file_line_and_field(
    uses: SiteFolder, capsys: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(uses.folder)
    assert (
        asked(uses, "material:id-card", capsys)
        == """\
content/items/zhen/banka.yaml:8:5: 事项《办社保卡》：要带的材料
    |   - id-card
    |     ^^^^^^^
content/items/zhen/banka.yaml:14:27: 事项《办社保卡》：要带的材料
    |         materials: [{ref: id-card, copies: 2}]
    |                           ^^^^^^^
content/items/zhen/caogao.yaml:3:13: 事项《草稿事项》：要带的材料
    | materials: [id-card]
    |             ^^^^^^^

材料 id-card（居民身份证）用在 3 处，2 条记录里。
"""
    )


@pytest.mark.parametrize(
    ("what", "places"),
    [
        ("material:hukoubu", ["banka.yaml:15"]),
        ("law:xin", ["laws.yaml:1"]),
        ("place:dating", ["banka.yaml:5"]),
        ("department:ju", ["suo.yaml:2"]),
        ("area:zhen", ["zhen-shenhou.yaml:2", "banka.yaml:1", "caogao.yaml:1", "tingka.yaml:1", "dating.yaml:3"]),
        ("form:dengji", ["tingka.yaml:3"]),
        ("表格:登记表", ["tingka.yaml:3"]),
        ("audience:老年人", ["tingka.yaml:2"]),
        ("item:banka", ["zhen-shenhou.yaml:3", "tingka.yaml:4"]),
        ("life:家里有人去世", ["zhen-shenhou.yaml:1"]),
        ("topic:shebao", ["banka.yaml:3"]),
        ("phone:022-65775272", ["banka.yaml:6", "dating.yaml:4"]),
        ("phone:（022）6577 5272", ["banka.yaml:6", "dating.yaml:4"]),
        ("材料:身份证", ["banka.yaml:8", "banka.yaml:14", "caogao.yaml:3"]),
        ("电话：02265775272", ["banka.yaml:6", "dating.yaml:4"]),
    ],
)
def test_records_of_every_kind_and_numbers_are_found(
    uses: SiteFolder, capsys: Seen, what: str, places: list[str]
) -> None:
    found = json.loads(asked(uses, what, capsys, "--format", "json"))
    assert [f"{use['file'].rpartition('/')[2]}:{use['line']}" for use in found["uses"]] == places


def test_programs_read_the_record_and_the_key_path(uses: SiteFolder, capsys: Seen) -> None:
    found = json.loads(asked(uses, "material:hukoubu", capsys, "--format", "json"))
    assert found == {
        "kind": "material",
        "id": "hukoubu",
        "name": "居民户口簿",
        "uses": [
            {
                "file": "content/items/zhen/banka.yaml",
                "line": 15,
                "column": 20,
                "path": ["variants", 0, "outputs", 0, "ref"],
                "kind": "item",
                "id": "banka",
                "name": "办社保卡",
            }
        ],
    }


def test_an_event_is_asked_for_by_its_name_too(uses: SiteFolder, capsys: Seen) -> None:
    assert asked(uses, "一件事:家里有人去世", capsys) == "一件事 zhen-shenhou（家里有人去世）没有地方用到。\n"


def test_what_nothing_uses_is_said_to_be_unused(uses: SiteFolder, capsys: Seen) -> None:
    assert asked(uses, "law:jiu", capsys) == "法规 jiu（旧法）没有地方用到。\n"


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("material:id-crad", "没有编号为“id-crad”的材料\n    = 是不是想写“id-card”？"),
        ("material:结婚证", "没有编号为“结婚证”的材料"),
        (
            "matrial:id-card",
            "“matrial:id-card”要写成 种类:编号，如 material:id-card、law:minfadian、place:dating、phone:12345\n    = 写成 material:id-card",
        ),
        ("id-card", "“id-card”要写成 种类:编号"),
        ("phone:022-65775273", "内容里没有“022-65775273”这个号码\n    = 是不是想写“022-65775272”？"),
        ("", "“”要写成 种类:编号"),
        ("form:dengij", "没有编号为“dengij”的表格\n    = 是不是想写“dengji”？"),
        ("form:biaoge-yi", "没有编号为“biaoge-yi”的表格\n    = 可以写：dengji（《登记表》）、shengming（《声明》）"),
        ("event:zhen-shenho", "没有编号为“zhen-shenho”的一件事\n    = 是不是想写“zhen-shenhou”？"),
        ("law:dating", "没有编号为“dating”的法规\n    = “dating”是地点的编号，写成 place:dating"),
        ("booklet:quanbu", "没有编号为“quanbu”的手册\n    = 内容里还没有手册"),
        ("place:dt", "没有编号为“dt”的地点\n    = 是不是想写“dating”（大厅）？"),
    ],
)
def test_what_is_not_known_is_told_with_what_may_be_meant(uses: SiteFolder, capsys: Seen, what: str, says: str) -> None:
    assert uses.run("check", "--jobs", "1", "--uses", what) == 2
    assert says in capsys.readouterr().err


def test_other_formats_are_refused(uses: SiteFolder, capsys: Seen) -> None:
    assert uses.run("check", "--jobs", "1", "--uses", "law:xin", "--format", "sarif") == 2
    assert "--uses 的格式只有 text 和 json" in capsys.readouterr().err


def test_broken_files_are_told_since_they_may_hold_more(uses: SiteFolder, capsys: Seen) -> None:
    uses.write("content/items/zhen/huai.yaml", "name: 坏的\nmaterials: {\n")
    assert uses.run("check", "--jobs", "1", "--uses", "material:id-card") == 1
    out, err = capsys.readouterr()
    assert "内容有 1 处错误，读不出来的文件没有算进去。" in err
    assert "用在 3 处" in out
