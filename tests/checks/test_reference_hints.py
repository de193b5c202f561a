"""Who writes a name where an id is asked is told the id, whatever kind of record it is."""

from __future__ import annotations

import pytest
from checks_world import FILE, filed, found_in, site

from builder.checks import check_site
from builder.content.history import NO_HISTORY
from builder.content.settings import Settings
from builder.content.site import collect
from builder.loading import load_file

OTHERS = {
    "content/areas.yaml": "xincheng: {name: 天津市滨海新区新城镇, short: 新城镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: 社会保障\nyiliao: 看病\nhunyin: 结婚离婚\n",
    "content/audiences.yaml": "laoren: 老年人\n",
    "content/departments/laobaosuo.yaml": "name: 新城镇劳动保障所\nshort: 劳保所\naliases: [劳动所]\n",
    "content/departments/gongan.yaml": "name: 清江县公安局\n",
    "content/places/dating.yaml": "name: 清江县政务服务大厅\nkind: 办事大厅\n",
    "content/materials.yaml": "id-card: {name: 居民身份证, aliases: [身份证]}\n",
    "content/forms.yaml": "shenqing: {title: 《补领申请表》}\n",
    "content/laws.yaml": "shebao-fa: {title: 中华人民共和国社会保险法, number: 主席令第35号}\n",
    "content/sources.yaml": "shouce: {title: 便民手册}\n",
    "content/items/xincheng/shebaoka-guashi.yaml": filed(name="社会保障卡挂失"),
}


def told(text: str) -> tuple[str, str]:
    """Return what the only finding says, and its hint, for an item that writes `text`."""
    written = filed(text) if "department" not in text and "topics" not in text else f"name: 社会保障卡补领\n{text}\n"
    (finding,) = (found for found in found_in({**OTHERS, FILE: written}) if found.code != "R204")
    assert finding.code == "R201"
    return finding.says, finding.hint


@pytest.mark.parametrize(
    ("text", "name", "id"),
    [
        ("department: 清江县公安局", "清江县公安局", "gongan"),
        ("department: 劳保所", "劳保所", "laobaosuo"),
        ("department: 劳动所", "劳动所", "laobaosuo"),
        ("topics: [看病]", "看病", "yiliao"),
        ("audiences: [老年人]", "老年人", "laoren"),
        ("places: [清江县政务服务大厅]", "清江县政务服务大厅", "dating"),
        ("materials: [{ref: 身份证}]", "身份证", "id-card"),
        ("forms: [{ref: 补领申请表}]", "补领申请表", "shenqing"),
        ("legal: [{law: 《中华人民共和国社会保险法》}]", "《中华人民共和国社会保险法》", "shebao-fa"),
        ("next: [社会保障卡挂失]", "社会保障卡挂失", "shebaoka-guashi"),
        ("provenance: [{source: 便民手册, at: 第3页}]", "便民手册", "shouce"),
        ("variants: [{id: a, name: 甲, places: [{place: 清江县 政务服务大厅}]}]", "清江县 政务服务大厅", "dating"),
    ],
)
def test_the_name_of_a_record_is_answered_with_its_id(text: str, name: str, id: str) -> None:
    assert told(text) == (f"“{name}”的编号是 {id}，这里要写编号", f"改成 {id}")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("department: 公安局", "是不是想写“gongan”（清江县公安局）？"),
        ("department: 清江县公安局治安大队", "是不是想写“gongan”（清江县公安局）？"),
        ("department: Gongan", "是不是想写“gongan”？"),
        ("department: gong_an", "是不是想写“gongan”？"),
        ("places: [政务大厅]", "是不是想写“dating”（清江县政务服务大厅）？"),
        ("department: 水利局", "写编号，不写名称；可以写：gongan（清江县公安局）、laobaosuo（新城镇劳动保障所）"),
        ("topics: [gongan]", "“gongan”是单位的编号，这里要写主题的编号"),
        ("topics: 看病、社会保障", "改成 [yiliao, shebao]"),
        ("topics: [看病、社会保障]", "一条只写一个，拆成2条：yiliao、shebao"),
    ],
)
def test_what_is_no_name_is_answered_with_what_comes_near(text: str, hint: str) -> None:
    assert told(text)[1] == hint


def test_two_records_of_one_name_are_both_offered() -> None:
    places = {f"content/places/{id}.yaml": "name: 便民服务站\nkind: 便民服务站\n" for id in ("dong", "xi")}
    (finding,) = found_in({**places, FILE: filed("places: [便民服务站]")})

    assert finding.hint == "可以写：dong（便民服务站）、xi（便民服务站）"


def test_a_record_that_is_nowhere_is_answered_with_the_file_in_which_to_write_it() -> None:
    (finding,) = found_in({FILE: filed("places: [白河大厅]")})

    assert finding.hint == "写编号，不写名称；先在 content/places/bai-he-da-ting.yaml 里写好，这里写 bai-he-da-ting"


def test_names_are_told_in_records_and_in_settings_too() -> None:
    files = {
        **OTHERS,
        FILE: filed(),
        "content/places/xiao.yaml": "name: 服务站\nkind: 便民服务站\narea: 新城镇\n",
        "content/terms.yaml": "everyday: [{say: 卡丢了, items: 社会保障卡挂失}]\n",
    }
    findings = found_in(files, settings="area: 新城镇\ncommon: [社会保障卡挂失]\n")

    assert [(finding.file, finding.hint) for finding in findings] == [
        ("content/places/xiao.yaml", "改成 xincheng"),
        ("content/terms.yaml", "改成 shebaoka-guashi"),
        ("site.yaml", "改成 xincheng"),
        ("site.yaml", "改成 shebaoka-guashi"),
    ]


def test_a_name_is_refused_even_while_some_record_of_its_kind_cannot_be_read() -> None:
    """No file that is mended can have a name for its id."""
    broken = load_file("content/departments/laobaosuo.yaml", "name：劳动保障所".encode())
    others = [load_file(file, text.encode()) for file, text in OTHERS.items() if "departments" not in file]
    whole = site({**OTHERS, FILE: filed()})
    found = collect(
        Settings(name="甲"),
        [broken, *others, load_file(FILE, "name: 甲\ndepartment: 清江县公安局\ntopics: shebao\n".encode())],
        NO_HISTORY,
    )

    assert list(check_site(whole)) == []
    assert [finding.path for finding in check_site(found) if finding.code == "R201"] == [("department",)]
