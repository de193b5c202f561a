"""`build.py new`: a file that an editor can start from."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_folder import SiteFolder

from builder.commands import Refused
from builder.commands.new import EXAMPLES, NewItem, new_item, skeleton
from builder.content import source
from builder.content.model.item import Item
from builder.content.names import check_name, slug
from builder.loading import load_file
from builder.project import open_project
from builder.support.diagnostics import Severity

FILES = {
    "site.yaml": "name: 示例\n",
    "content/areas.yaml": "binhai: {name: 滨海新区, level: 区县级}\nxincheng: {name: 新城镇, level: 乡镇街道, parent: binhai}\n",
    "content/topics.yaml": "yiliao: 看病\nshebaoka: 社保卡\n",
    "content/audiences.yaml": "geren: 个人\n",
    "content/materials.yaml": "id-card: 居民身份证\n",
    "content/laws.yaml": "shehui-baoxian-fa: {title: 中华人民共和国社会保险法}\n",
    "content/departments/xincheng-dangqun.yaml": "name: 新城镇党群服务中心\narea: xincheng\n",
    "content/departments/binhai-renshe.yaml": "name: 滨海新区人社局\narea: binhai\n",
    "content/places/xincheng-dating.yaml": "name: 新城镇大厅\nkind: 办事大厅\n",
    "content/items/xincheng/shiye-dengji.yaml": (
        "name: 失业登记\ndepartment: xincheng-dangqun\ntopics: yiliao\nplaces: xincheng-dating\n"
    ),
}


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    return site.write_all(FILES)


def new(site: SiteFolder, name: str = "社会保障卡挂失", *, area: str | None = None, id: str | None = None) -> str:
    return new_item(open_project(Path(site.settings)), name, area=area, id=id)


def used(text: str) -> str:
    """Return the file after an editor took the # away from every example."""
    return re.sub(r"^#(?!#)", "", text, flags=re.MULTILINE).replace("status: 草稿\n", "")


def test_makes_a_file_named_in_pinyin(site: SiteFolder) -> None:
    assert new(site) == "content/items/xincheng/she-hui-bao-zhang-ka-gua-shi.yaml"
    file = site.folder / "content/items/xincheng/she-hui-bao-zhang-ka-gua-shi.yaml"
    document, findings = source.read(file.name, file.read_bytes())
    assert not findings
    assert document
    assert document.raw == {"name": "社会保障卡挂失", "status": "草稿", "department": "xincheng-dangqun"}


def test_the_department_is_left_to_the_editor_where_there_are_several(site: SiteFolder) -> None:
    site.write("content/departments/xincheng-minzheng.yaml", "name: 新城镇民政办\narea: xincheng\n")
    assert "\n#department: xincheng-dangqun\n" in site.read(new(site))


def test_numbers_an_id_that_is_taken(site: SiteFolder) -> None:
    assert [Path(new(site, "失业登记")).stem for _ in range(3)] == [f"shi-ye-deng-ji{end}" for end in ("", "-2", "-3")]


def test_an_id_is_taken_in_any_area(site: SiteFolder) -> None:
    new(site, "失业登记", area="binhai")
    assert new(site, "失业登记", area="xincheng").endswith("/shi-ye-deng-ji-2.yaml")


def test_the_given_id_is_used(site: SiteFolder) -> None:
    assert new(site, id="shebaoka-guashi") == "content/items/xincheng/shebaoka-guashi.yaml"


@pytest.mark.parametrize("id", ["CON", "con", "社保卡", "She-Bao", "../xincheng", "a" * 81, "-a"])
def test_refuses_an_id_that_is_no_good_name(site: SiteFolder, id: str) -> None:
    before = sorted(site.folder.rglob("*"))
    with pytest.raises(Refused):
        new(site, id=id)
    assert sorted(site.folder.rglob("*")) == before


def test_does_not_overwrite(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("new", "失业登记", "--id", "shiye-dengji") == 2
    message = capsys.readouterr().err
    assert "没有覆盖" in message
    assert "--id shiye-dengji-2" in message
    assert site.read("content/items/xincheng/shiye-dengji.yaml").startswith("name: 失业登记\n")


def test_uses_the_only_area_with_items(site: SiteFolder) -> None:
    assert new(site).startswith("content/items/xincheng/")


def test_uses_the_area_of_the_site(site: SiteFolder) -> None:
    site.write("site.yaml", "name: 示例\narea: binhai\n")
    assert new(site).startswith("content/items/binhai/")


def test_an_area_of_the_site_that_is_not_there_makes_no_folder(site: SiteFolder) -> None:
    site.write("site.yaml", "name: 示例\narea: 滨海新区\n")
    with pytest.raises(Refused) as refused:
        new(site)
    assert "binhai（滨海新区）" in refused.value.hint
    assert not (site.folder / "content/items/滨海新区").exists()


def test_asks_for_the_area_when_there_are_several(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("content/items/binhai/canbao.yaml", "name: 参保\n")
    assert site.run("new", "社会保障卡挂失") == 2
    message = capsys.readouterr().err
    assert "--area" in message
    assert "binhai（滨海新区）、xincheng（新城镇）" in message


def test_names_the_nearest_area(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("new", "社会保障卡挂失", "--area", "xincheg") == 2
    assert "是不是想写“xincheng”" in capsys.readouterr().err


def test_an_area_cannot_lead_out_of_the_content(site: SiteFolder) -> None:
    with pytest.raises(Refused):
        new(site, area="../../outside")


def test_asks_for_an_area_when_there_is_none(site: SiteFolder) -> None:
    (site.folder / "content/areas.yaml").unlink()
    with pytest.raises(Refused) as refused:
        new(site)
    assert "areas.yaml" in refused.value.hint


def test_passes_the_check_and_says_what_is_missing(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("new", "社会保障卡挂失") == 0
    said = capsys.readouterr().out
    assert "content/items/xincheng/she-hui-bao-zhang-ka-gua-shi.yaml" in said
    assert "警告 R204" in said
    assert "共 0 处错误，1 处警告" in said
    assert site.run("check") == 0


def test_every_example_passes_the_check_once_it_is_used(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    file = site.folder / new(site)
    file.write_text(used(file.read_text("utf-8")), "utf-8")
    assert site.run("check", "--strict") == 0, capsys.readouterr().out


def test_every_hint_stands_over_its_example() -> None:
    text = skeleton(NewItem("a", "b", "示例"), {}, schema=False)
    for field in re.findall(r"^(\w+):", EXAMPLES, re.MULTILINE):
        info = Item.model_fields[field]
        hint = f"## {info.title}：{info.description}" if info.description else f"## {info.title}"
        assert re.search(rf"^{re.escape(hint)}\n(?:## .*\n)*#{field}:", text, re.MULTILINE), field


def test_hints_list_the_ids_of_the_site(site: SiteFolder) -> None:
    text = site.read(new(site))
    assert "## 可以写：yiliao（看病）、shebaoka（社保卡）\n#topics:\n#  - yiliao\n" in text
    assert "## 可以写：shehui-baoxian-fa（中华人民共和国社会保险法）\n" in text


def test_hints_leave_out_the_units_of_other_areas(site: SiteFolder) -> None:
    text = site.read(new(site))
    assert "xincheng-dangqun" in text
    assert "binhai-renshe" not in text


def test_first_line_leads_to_the_schema_where_there_is_one(site: SiteFolder) -> None:
    assert "yaml-language-server" not in site.read(new(site))
    site.write("docs/schema/item.json", "{}")
    file = site.folder / new(site)
    first = file.read_text("utf-8").split("\n")[0]
    assert first == "# yaml-language-server: $schema=../../../docs/schema/item.json"
    assert (file.parent / first.split("=")[1]).resolve() == site.folder / "docs/schema/item.json"


@pytest.mark.parametrize("name", ["", "  ", "长" * 121, "两\n行"])
def test_refuses_a_name_that_no_item_can_have(site: SiteFolder, name: str) -> None:
    with pytest.raises(Refused):
        new(site, name, id="xin")
    assert not (site.folder / "content/items/xincheng/xin.yaml").exists()


def test_asks_for_an_id_when_the_name_has_no_pinyin(site: SiteFolder) -> None:
    with pytest.raises(Refused) as refused:
        new(site, "！？")
    assert "--id" in refused.value.hint


def test_pinyin_takes_full_width_letters_and_digits() -> None:
    assert slug("２０２４年 Ａ类“低保”（复核）") == "2024-nian-a-lei-di-bao-fu-he"


@given(st.text(max_size=200))
def test_pinyin_is_a_good_id_or_nothing(name: str) -> None:
    id = slug(name)
    assert id == "" or not [one for one in check_name(f"{id}.yaml") if "保留" not in one.says]


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_any_printable_name_is_read_back_as_it_was(name: str) -> None:
    text = skeleton(NewItem("a", "b", name), {}, schema=True)
    document, _ = source.read("x.yaml", text.encode())
    assert document
    assert unicodedata.normalize("NFC", str(document.raw["name"])) == unicodedata.normalize("NFC", name)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_name_makes_a_file_with_more_fields(name: str) -> None:
    text = skeleton(NewItem("a", "b", name), {}, schema=False)
    studied = load_file("content/items/a/b.yaml", text.encode())
    if not any(found.severity is Severity.ERROR for found in studied.findings):
        document, _ = source.read("x.yaml", text.encode())
        assert document
        assert list(document.raw) == ["name", "status"]


def with_event(site: SiteFolder) -> SiteFolder:
    item = "name: {}\ndepartment: xincheng-dangqun\ntopics: yiliao\n"
    site.write("content/items/xincheng/shiyejin.yaml", item.format("失业金申领"))
    site.write("content/lives.yaml", "shiye: {name: 没了工作, say: [失业]}\n")
    return site


def test_a_new_event_is_whole_at_once(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    with_event(site)

    assert site.run("new", "没了工作", "--event", "shiye-dengji", "shiyejin") == 0
    assert site.run("check") == 0
    file = site.folder / "content/events/xincheng-shiye.yaml"
    assert "  - shiye-dengji   ## 失业登记\n  - shiyejin   ## 失业金申领\n" in file.read_text("utf-8")
    assert site.run("new", "shiye", "--event", "shiye-dengji", "shiyejin") == 2
    assert "没有覆盖它" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("失业", "--event", "shiye-dengji", "shiyejin"), "已经有的：shiye（没了工作）"),
        (("没了工作", "--event", "失业登记", "shiyejin"), "改成 shiye-dengji"),
        (("没了工作", "--event", "shiyejin", "shiyejin"), "写上两个以上的事项编号"),
        (("没了工作", "--event", "shiyejin", "shiye-dengji", "--id", "shiyejin"), "换一个编号"),
    ],
)
def test_an_event_that_cannot_be_is_not_written(
    site: SiteFolder, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    with_event(site)

    assert site.run("new", *arguments) == 2
    assert says in capsys.readouterr().err
    assert not (site.folder / "content/events").exists()
