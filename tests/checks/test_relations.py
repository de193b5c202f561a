"""What is wrong between records."""

from __future__ import annotations

import pytest
from checks_world import FILE, filed, found_in

from builder.checks import check_site
from builder.content.settings import Settings
from builder.content.site import collect
from builder.loading import load_file

OTHER = "content/items/xincheng/shebaoka-guashi.yaml"


def test_a_site_in_which_everything_exists_is_fine() -> None:
    assert found_in({FILE: filed()}) == []


@pytest.mark.parametrize(
    ("wrong", "says", "hint"),
    [
        ("related: shebaoka-guash", "没有编号为“shebaoka-guash”的事项", "是不是想写“shebaoka-guashi”？"),
        (
            "related: diaoyu",
            "没有编号为“diaoyu”的事项",
            "写已有的编号，或先在 content/items/<地区编号>/diaoyu.yaml 里写好“diaoyu”",
        ),
        (
            "places: dating",
            "没有编号为“dating”的地点",
            "写已有的编号，或先在 content/places/dating.yaml 里写好“dating”",
        ),
        (
            "materials: [id-card]",
            "没有编号为“id-card”的材料",
            "写已有的编号，或先在 content/materials.yaml 里写好“id-card”",
        ),
        ("legal: shebao-fa", "没有编号为“shebao-fa”的法规", "写已有的编号，或先在 content/laws.yaml 里写好“shebao-fa”"),
    ],
)
def test_names_the_nearest_existing_record_or_where_to_write_it(wrong: str, says: str, hint: str) -> None:
    (finding,) = found_in({FILE: filed(wrong), OTHER: filed(name="社会保障卡挂失")})

    assert (finding.code, finding.file, finding.says, finding.hint) == ("R201", FILE, says, hint)


def test_an_id_of_another_kind_does_not_count() -> None:
    (finding,) = found_in({FILE: filed("related: shebao")})

    assert finding.says == "没有编号为“shebao”的事项"


def test_an_unknown_id_is_told_at_every_place_where_it_stands() -> None:
    findings = found_in({FILE: filed("related: [guashi-a, guashi-a]\nvariants: [{id: a, name: 甲, places: dating}]")})

    assert {finding.path for finding in findings} == {
        ("related", 0),
        ("related", 1),
        ("variants", 0, "places", 0, "place"),
    }


def test_an_item_in_the_folder_of_an_unknown_area_is_told_about_its_folder() -> None:
    (finding,) = found_in({"content/items/xinchen/buka.yaml": filed()})

    assert (finding.code, finding.path, finding.hint) == ("R201", (), "文件夹改成 xincheng，即 content/items/xincheng/")


def test_a_folder_named_as_the_area_is_called_is_to_be_named_by_its_id() -> None:
    findings = found_in({f"content/items/新城镇/{id}.yaml": filed(name=id) for id in ("buka", "guashi")})

    assert [(finding.code, finding.hint) for finding in findings] == [
        ("R201", "文件夹改成 xincheng，即 content/items/xincheng/")
    ]
    assert "2个事项" in findings[0].says


@pytest.mark.parametrize(
    ("folder", "hint"),
    [
        ("白河乡", "文件夹改成 bai-he-xiang，即 content/items/bai-he-xiang/；在 content/areas.yaml 里加一行“bai-he-xiang: {name: 白河乡, level: 乡镇街道}”"),
        ("ganquan", "在 content/areas.yaml 里加一行“ganquan: {name: 地区全称, level: 区县级}”"),
    ],
)  # fmt: skip
def test_the_folder_of_an_area_that_is_not_there_is_told_with_the_line_to_add(folder: str, hint: str) -> None:
    (finding,) = found_in({f"content/items/{folder}/buka.yaml": filed()})

    assert finding.hint == hint


def test_references_of_companions_and_settings_are_followed() -> None:
    findings = found_in(
        {FILE: filed(), "content/terms.yaml": "everyday: [{say: 丢卡, items: guashi}]\n"}, settings="common: huanka\n"
    )
    assert [(finding.file, finding.path) for finding in findings] == [
        ("content/terms.yaml", ("everyday", 0, "items", 0)),
        ("site.yaml", ("common", 0)),
    ]


def test_a_record_that_could_not_be_read_may_be_the_missing_one() -> None:
    broken = load_file("content/departments/laobaosuo.yaml", "name：劳动保障所".encode())
    fine = [
        load_file("content/areas.yaml", "xincheng:\n  name: 新城镇\n  level: 乡镇街道\n".encode()),
        load_file("content/topics.yaml", "shebao: 社会保障\n".encode()),
        load_file(FILE, filed().encode()),
    ]
    gathered = collect(Settings(name="甲"), [broken, *fine])

    assert list(check_site(gathered)) == []


def test_an_id_in_two_areas_is_told_with_a_name_that_is_free() -> None:
    areas = "".join(f"{id}:\n  name: {id}\n  level: 乡镇街道\n" for id in ("xincheng", "songshan"))
    (finding,) = found_in(
        {
            "content/areas.yaml": areas,
            "content/items/songshan/buka.yaml": filed(name="甲"),
            "content/items/xincheng/buka.yaml": filed(name="乙"),
        }
    )
    assert (finding.code, finding.file) == ("R202", "content/items/xincheng/buka.yaml")
    assert finding.hint == "编号就是文件名，全站不能重复：文件名改成 xincheng-buka.yaml"


@pytest.mark.parametrize(
    ("added", "blamed"),
    [
        ({"songshan": "2026-05-02 09:00", "xincheng": "2025-01-08 09:00"}, "songshan"),
        ({"songshan": "2026-05-02 09:00"}, "xincheng"),  # the other is not committed
        ({"xincheng": "2026-05-02 09:00"}, "songshan"),
    ],
)
def test_of_two_files_with_an_id_the_newer_is_told(added: dict[str, str], blamed: str) -> None:
    areas = "".join(f"{id}:\n  name: {id}\n  level: 乡镇街道\n" for id in ("xincheng", "songshan"))
    files = {f"content/items/{id}/buka.yaml": filed() for id in ("xincheng", "songshan")}
    days = {f"content/items/{area}/buka.yaml": day for area, day in added.items()}
    (finding,) = found_in({"content/areas.yaml": areas, **files}, added=days)

    assert finding.file == f"content/items/{blamed}/buka.yaml"
    (other,) = set(files) - {finding.file}
    assert other in finding.says
    assert days[other][:10] in finding.says


def test_one_id_as_yaml_and_as_markdown_is_one_id_twice() -> None:
    (finding,) = found_in({FILE: filed(), FILE.replace(".yaml", ".md"): f"---\n{filed(name='乙')}---\n正文\n"})

    assert (finding.code, finding.file) == ("R202", FILE)
    assert finding.hint == "是同一件事，只留一个文件；不是同一件事，文件名改成 shebaoka-buling-2.yaml"


def test_an_item_and_a_department_may_share_an_id() -> None:
    assert found_in({"content/items/xincheng/laobaosuo.yaml": filed()}) == []


def test_items_of_different_areas_may_share_a_name() -> None:
    areas = "".join(f"{id}:\n  name: {id}\n  level: 乡镇街道\n" for id in ("xincheng", "songshan"))
    files = {"content/areas.yaml": areas, FILE: filed(), "content/items/songshan/buka.yaml": filed()}

    assert found_in(files) == []


def test_items_of_one_area_may_not_share_a_name() -> None:
    (finding,) = found_in({FILE: filed(), OTHER: filed()})

    assert (finding.code, finding.file, finding.path) == ("R203", OTHER, ("name",))


def test_what_is_not_filed_is_told_once_with_all_that_is_missing() -> None:
    (finding,) = found_in({FILE: "name: 甲\n"})

    assert (finding.code, finding.says) == ("R204", "没有写 department（承办单位）、topics（主题）")


def test_two_items_of_one_area_may_not_have_one_plain_title() -> None:
    files = {FILE: filed("title: 补卡"), OTHER: filed("title: 补卡", "社会保障卡挂失")}
    assert [(one.code, one.file, one.path) for one in found_in(files)] == [("R203", OTHER, ("title",))]


@pytest.mark.parametrize("hidden", ["status: 草稿", "visibility: 内部"])
def test_a_public_item_may_not_point_to_a_hidden_one(hidden: str) -> None:
    (finding,) = found_in({FILE: filed("related: shebaoka-guashi"), OTHER: filed(hidden, "社会保障卡挂失")})

    assert (finding.code, finding.path) == ("R205", ("related", 0))


def test_the_home_page_may_not_point_to_a_hidden_item() -> None:
    (finding,) = found_in({FILE: filed(), OTHER: filed("status: 草稿", "挂失")}, settings="common: shebaoka-guashi\n")

    assert (finding.code, finding.file, finding.path) == ("R205", "site.yaml", ("common", 0))


def test_a_disclosure_list_may_not_point_to_a_hidden_item() -> None:
    rows = "title: 清单\nduties: [{duty: 救助, rows: [{category: 指南}, {category: 挂失, items: shebaoka-guashi}]}]"
    files = {FILE: filed(), OTHER: filed("visibility: 内部", "挂失"), "content/disclosure/a.yaml": rows}
    (finding,) = found_in(files)

    path = ("duties", 0, "rows", 1, "items", 0)
    assert (finding.code, finding.file, finding.path) == ("R205", "content/disclosure/a.yaml", path)


def test_everyday_words_may_not_point_to_a_hidden_item() -> None:
    terms = "everyday: [{say: 卡丢了, items: [shebaoka-buling, shebaoka-guashi]}]"
    files = {FILE: filed(), OTHER: filed("status: 草稿", "挂失"), "content/terms.yaml": terms}
    assert [(one.code, one.path) for one in found_in(files)] == [("R205", ("everyday", 0, "items", 1))]


def test_a_hidden_item_may_point_to_a_hidden_one() -> None:
    assert found_in({FILE: filed("status: 草稿\nrelated: shebaoka-guashi"), OTHER: filed("status: 草稿", "挂失")}) == []


def test_a_suspended_item_keeps_its_page_and_may_be_pointed_to() -> None:
    assert found_in({FILE: filed("related: shebaoka-guashi"), OTHER: filed("status: 暂停", "挂失")}) == []


def in_turn(*targets: str) -> dict[str, str]:
    """Return items a, b, c…, each replaced by the one that `targets` names."""
    return {
        f"content/items/xincheng/{id}.yaml": filed(f"status: 已取消\nreplaced_by: {to}" if to else "", id)
        for id, to in zip("abcdef", targets, strict=False)
    }


def circles(*targets: str) -> list[str]:
    return [finding.file[-6] for finding in found_in(in_turn(*targets)) if finding.code == "R206"]


def test_a_chain_of_replacements_is_fine() -> None:
    assert circles("b", "c", "") == []


def test_every_item_of_a_circle_is_told() -> None:
    assert circles("b", "c", "a") == ["a", "b", "c"]


def test_an_item_that_replaces_itself_is_no_circle() -> None:
    assert circles("a") == []


@pytest.mark.parametrize(
    "text", ["next: [shebaoka-buling]", "related: shebaoka-buling", "replaced_by: shebaoka-buling\nstatus: 已取消"]
)
def test_an_item_does_not_point_to_itself(text: str) -> None:
    (finding,) = found_in({FILE: filed(text)})

    assert (finding.code, finding.path[0]) == ("R213", text.partition(":")[0])


def test_no_record_points_to_itself() -> None:
    files = {
        FILE: filed(),
        "content/laws.yaml": "fa: {title: 甲法, replaced_by: fa}\n",
        "content/departments/ju.yaml": "name: 某局\nparent: ju\n",
    }
    assert [(finding.code, finding.path) for finding in found_in(files)] == [
        ("R213", ("parent",)),
        ("R213", ("fa", "replaced_by")),
    ]


def test_an_item_that_leads_into_a_circle_is_not_itself_in_it() -> None:
    assert circles("b", "c", "b") == ["b", "c"]


def test_an_office_is_looked_for_where_the_department_has_offices() -> None:
    offices = {"content/departments/laobaosuo.yaml": "name: 劳动保障所\noffices: [综合科, 卡务科]\n"}

    assert found_in({FILE: filed("offices: 卡务科")} | offices) == []
    assert found_in({FILE: filed("offices: 救助科")}) == []
    (near, far) = found_in({FILE: filed("offices: [卡务一科, 窗口]")} | offices)
    assert (near.code, near.path, near.hint) == ("R207", ("offices", 0), "是不是想写“卡务科”？")
    assert far.hint == "这个单位的科室：卡务科、综合科"


LAWS = """
jiu:
  title: 旧办法
  status: {status}
  replaced_by: xin
xin: {{title: 新办法, status: 有效}}
"""


@pytest.mark.parametrize("status", ["已被代替", "已废止"])
def test_a_law_that_no_longer_holds_is_no_basis(status: str) -> None:
    (finding,) = found_in({FILE: filed("legal: jiu"), "content/laws.yaml": LAWS.format(status=status)})

    assert (finding.code, finding.path, finding.hint) == ("R208", ("legal", 0, "law"), "改成 xin")
    assert finding.says == f"《旧办法》{status}"


@pytest.mark.parametrize("status", ["有效", "未核实"])
def test_a_law_that_holds_or_may_hold_is_a_basis(status: str) -> None:
    assert found_in({FILE: filed("legal: jiu"), "content/laws.yaml": LAWS.format(status=status)}) == []


HALL = "name: 大厅\nkind: 办事大厅\nwindows: [{name: 社保窗口, number: 3}, 民政窗口]\n"


def windows_found(item: str, hall: str = HALL) -> list[tuple[tuple[str | int, ...], str, str]]:
    files = {FILE: filed(item), "content/places/dating.yaml": hall}
    return [(one.path, one.says, one.hint) for one in found_in(files) if one.code == "R211"]


@pytest.mark.parametrize(
    ("window", "hint"),
    [
        ("社保窗户", "是不是想写“社保窗口”？"),
        ("3号窗口", "3号窗口写“社保窗口”，窗口号在地点文件里"),
        ("综合受理台", "这个地点的窗口：社保窗口、民政窗口"),
    ],
)
def test_a_window_that_the_place_does_not_have_is_found(window: str, hint: str) -> None:
    path = ("variants", 0, "places", 1, "window")
    item = f"variants: [{{id: jia, name: 补办, places: [{{place: dating, window: 民政窗口}}, {{place: dating, window: {window}}}]}}]"
    assert windows_found(item) == [(path, f"“大厅”没有叫“{window}”的窗口", hint)]


def test_a_place_that_lists_no_windows_may_have_any() -> None:
    assert windows_found("places: [{place: dating, window: 二楼}]", "name: 大厅\nkind: 办事大厅\n") == []
    assert windows_found("places: [dating, {place: dating, window: 社保窗口}]") == []
