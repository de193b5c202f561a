"""Open data: the public items for programs, all that is public and nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from site_folder import REPOSITORY, SiteFolder, differing
from stated_site import StatedSite

from builder.content.fields import Choice, Record, declared
from builder.content.model.companions import Audience, Topic
from builder.content.model.events import Event
from builder.content.model.item import Item
from builder.content.settings import Settings
from builder.content.site import Site, collect
from builder.context import Lookup, RenderContext, frame_of
from builder.context.words import read_words
from builder.loading import load_file
from builder.open_data.public_record import TOLD, Json, processing_time, public_record
from builder.open_data.terms import MEANINGS
from builder.render.pages import open_data

CHINESE = "templates/locales/zh-Hans.yaml"
WORDS = read_words(CHINESE, (REPOSITORY / CHINESE).read_bytes())
SITE = {
    "site.yaml": "name: 试\nsearch: 否\nprint_guides: 否\nbase_url: https://x.example.cn\n",
    "content/areas.yaml": "dong: {name: 东镇, level: 乡镇街道}\nxi: {name: 西镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: 社保\n",
    "content/materials.yaml": "id-card: {name: 居民身份证, issuer: 公安机关}\n",
    "content/departments/dangqun.yaml": "name: 党群服务中心\nphones: 022-65775272\n",
    "content/items/dong/kafa.yaml": (
        "name: 社保卡发放\ntopics: shebao\ndepartment: dangqun\ntype: 公共服务\nchecked: 2026-01-02\n"
        "time: 20个工作日\nfees: {amount: 10, per: 张}\nnotes: 原文没写\nrelated: ku\n"
        "materials:\n  - id-card\n  - any_of: [户口簿, 居住证]\n    title: 住址\n"
        "variants: [{id: buban, name: 补办, materials: 声明}]\n"
    ),
    "content/items/dong/neibu.yaml": "name: 内部核对\ntopics: shebao\nvisibility: 内部\n",
    "content/items/xi/caogao.yaml": "name: 还没写完\ntopics: shebao\nstatus: 草稿\n",
    "content/items/xi/ku.yaml": (
        "name: 入库\ntopics: shebao\nfees: 无\ntime: 不适用\nsteps:\n"
        "  - {actor: 申请人, do: 申请}\n"
        "  - {actor: 窗口, do: 看材料, question: 齐吗, branches: [{when: 齐, to: luru}, {when: 不齐, to: 退回, text: 当面退}]}\n"
        "  - {id: luru, actor: 窗口, do: 录入内部系统, visibility: 内部}\n"
        "  - {actor: 窗口, do: 发证, limit: 3天}\n"
    ),
}  # fmt: skip

EVENT = {
    "content/lives.yaml": "shenhou: {name: 家里有人去世, say: 办后事, nation: 个人身后}\nzhaogong: {name: 招人, business: 是}\n",
    "content/events/dong-shenhou.yaml": (
        "life: shenhou\narea: dong\nchecked: 2026-03-01\nnotes: 等社保所回话\npeople: [去世的人]\n"
        "questions:\n  - {id: shei, ask: 去世的是谁？, options: [{id: tx, text: 退休的}, {id: zz, text: 在职的}]}\n"
        "  - {id: ka, ask: 有卡吗？, options: [{id: you, text: 有卡}, {id: jiu, text: 有旧卡}, {id: mei, text: 没有卡}]}\n"
        "items:\n  - {item: shi-1, if: [shei=tx, ka=you, ka=jiu], note: 先打电话}\n"
        "  - {item: shi-2}\n  - {item: kafa, case: buban, people: [本人=去世的人], after: [shi-1, shi-2], maybe: 是}\n"
        "  - {item: shi-1, if: [shei=zz]}\n"
    ),
    "content/events/xi-zhaogong.yaml": "life: zhaogong\narea: xi\nname: 单位招人\nitems: [ku, zhao]\n",
    "content/items/xi/zhao.yaml": "name: 招人登记\ntopics: shebao\n",
}  # fmt: skip

THREE = {f"content/items/dong/shi-{n}.yaml": f"name: 第{n}件事\ntopics: shebao\n" for n in range(3)}


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    return site.write_all(SITE)


def records(site: SiteFolder, file: str = "data/items.json") -> dict[str, Json]:
    return {record["id"]: record for record in json.loads(site.page(file))["services"]}


def rows(site: SiteFolder, file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.page(file).removeprefix("\ufeff"))))


# --- What is in it ---------------------------------------------------------------------------------------------------


def stated_site() -> Site:
    made = StatedSite()
    files = [load_file(file, text.encode()) for file, text in made.files]
    return collect(Settings.model_validate(made.settings), files)


def test_every_public_field_that_an_item_states_is_in_its_record() -> None:
    site = stated_site()
    for card in site.cards:
        item = site.item_in(card.file)
        context = RenderContext(WORDS, frame_of(site, {}, {}, WORDS), Lookup(site.known, site.known))
        record = public_record(item, card.id, card.area, "", context)
        assert list(missing(item, record)) == [], card.id


def missing(record: Record, made: Json, path: str = "") -> Iterator[str]:
    """Yield each public field that a record states and that what was made of it does not."""
    for key, field in declared(type(record)).items():
        value = getattr(record, field.attribute)
        if field.for_editors or field.attribute not in record.model_fields_set or value in (None, "", (), False):
            continue
        if key == "visibility":
            assert key not in made
        elif key not in made:
            yield f"{path}.{key}"
        else:
            yield from differing_values(value, made[key], f"{path}.{key}", reference=bool(field.reference))


def differing_values(value: Any, made: Any, path: str, *, reference: bool) -> Iterator[str]:
    match value:
        case tuple() if isinstance(made, list):
            if len(value) != len(made):
                yield path
            for one, other in zip(value, made, strict=False):
                yield from differing_values(one, other, path, reference=reference)
        case Record():
            yield from missing(value, made, path)
        case Choice():
            assert made == value.value
        case str() if reference:
            assert made["id"] == value
            assert made.get("name") or made.get("title")
        case str():
            assert made == value
        case _:
            pass


def test_drafts_internal_items_steps_for_staff_and_remarks_are_nowhere(site: SiteFolder) -> None:
    site.built()
    texts = "".join(data.decode() for path, data in site.published().items() if path.startswith("data/"))
    assert records(site).keys() == {"kafa", "ku"}
    assert [one["id"] for one in records(site)["kafa"]["related"]] == ["ku"]
    for hidden in ("还没写完", "内部核对", "caogao", "neibu", "录入内部系统", "原文没写", "staff"):
        assert hidden not in texts


def test_what_led_to_a_step_for_staff_leads_to_the_one_after_it(site: SiteFolder) -> None:
    site.built()
    steps = records(site)["ku"]["steps"]
    assert [step["do"] for step in steps] == ["申请", "看材料", "发证"]
    assert [branch["to"] for branch in steps[1]["branches"]] == ["luru", "end:returned"]
    assert steps[2]["id"] == "luru"


def test_what_is_not_there_is_told_from_what_is_not_known(site: SiteFolder) -> None:
    site.built()
    record = records(site)["ku"]
    assert (record["none"], record["not_applicable"]) == (["fees"], ["time"])
    assert not {"fees", "time", "places"} & record.keys()


def test_records_say_what_they_refer_to(site: SiteFolder) -> None:
    site.built()
    record = records(site)["kafa"]
    assert record["@id"] == "items/kafa.html"
    assert record["area"] == {"@type": "Area", "id": "dong", "name": "东镇"}
    assert record["department"]["phones"] == [{"@type": "Phone", "number": "022-65775272"}]
    assert record["materials"][0]["ref"]["name"] == "居民身份证"
    assert record["time"] == {"@type": "Time", "promised": {"@type": "Duration", "n": 20, "unit": "workday"}}
    assert (record["type"], record["status"], record["modified"]) == ("public-service", "active", "2026-01-02")


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ("30天", "P30D"),
        ("3至6个月", "P6M"),
        ("2小时", "PT2H"),
        ("20个工作日", ""),
        ("当场", ""),
        ("无", ""),
        ({"statutory": "1年"}, "P1Y"),
    ],
)
def test_a_time_is_told_to_machines_where_calendars_know_it(time: object, told: str) -> None:
    assert processing_time(Item.model_validate({"name": "办", "time": time})) == told


def test_terms_are_those_of_fields_that_there_are() -> None:
    types: dict[str, type[Record]] = {"PublicService": Item, "LifeEvent": Event, "BusinessEvent": Event}
    waiting: list[type[Record]] = [Item, Event, *TOLD, Audience, Topic]
    while waiting:
        one = waiting.pop()
        types[one.__name__] = one
        waiting += [inner for field in declared(one).values() for inner in field.records if inner.__name__ not in types]
    of_event = {"modified", "sheet", "groups"}
    beside = {
        "PublicService": {"id", "area", "modified", "processing_time"},
        "LifeEvent": of_event,
        "BusinessEvent": of_event,
        "Event": of_event,
        "EventOption": {"sheet"},
    }
    for name, meaning in MEANINGS.items():
        assert meaning.keys.keys() - declared(types[name]).keys() <= {"id", *beside.get(name, ())}, name


def test_the_page_tells_every_key() -> None:
    public = {key for key, field in declared(Item).items() if not field.for_editors} - {"visibility"}
    made = {"id", "area", "modified", "processing_time", "none", "not_applicable"}
    assert {*open_data.KEYS} == public | made


# --- Its files -------------------------------------------------------------------------------------------------------


def test_tables_have_a_row_an_item_a_material_a_step(site: SiteFolder) -> None:
    site.built()
    item = rows(site, "data/items.csv")[0]
    assert (item["事项编号"], item["收费"], item["办理时限"], item["联系电话"], item["要带的材料"]) == (
        "kafa", "每张10元", "20个工作日", "022-65775272", "居民身份证、户口簿、居住证、声明",
    )  # fmt: skip
    materials = rows(site, "data/items-materials.csv")
    assert [(row["情形"], row["序号"], row["属于哪一组"], row["材料"]) for row in materials] == [
        ("", "1", "", "居民身份证"),
        ("", "2.1", "住址", "户口簿"),
        ("", "2.2", "住址", "居住证"),
        ("补办", "1", "", "声明"),
    ]
    steps = rows(site, "data/items-steps.csv")
    assert [(row["谁来做"], row["做什么"], row["时限"]) for row in steps] == [
        ("申请人", "申请", ""),
        ("窗口", "看材料，齐：转到第3步，不齐：当面退，退回", ""),
        ("窗口", "发证", "3天"),
    ]
    assert site.page("data/items.csv").startswith("\ufeff事项编号,")


def test_each_item_has_a_record_of_its_own_and_the_context_is_where_it_says(site: SiteFolder) -> None:
    site.built()
    own = json.loads(site.page("data/items/kafa.json"))
    context, base = own.pop("@context")
    assert base == {"@base": "../../"}
    assert own == records(site)["kafa"]
    assert (site.out / "data/items" / context).resolve() == (site.out / "data/context.json").resolve()
    meaning = json.loads(site.page("data/context.json"))["@context"]
    assert meaning["PublicService"]["@context"]["materials"] == "cpsv:hasInput"
    assert meaning["services"] == "@graph"


def test_the_page_tells_the_files_their_fields_and_their_date(site: SiteFolder) -> None:
    site.built()
    page = site.page("data/index.html")
    for file in ("data/items.json", "data/items.csv", "data/items-materials.csv", "data/items-steps.csv"):
        assert f'href="../{file}"' in page
        assert (site.out / file).is_file()
    assert "内容最后更新：2026年1月2日" in page
    assert "cpsv:hasInput" in page
    assert 'href="data/index.html"' in site.page("index.html")
    assert 'href="data/index.html"' in site.page("sitemap.html")
    assert "https://x.example.cn/data/index.html" in site.page("sitemap.xml")


# --- Events ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def eventful(site: SiteFolder) -> SiteFolder:
    """A site with two events; an item of the first is suspended."""
    site.write_all(THREE | EVENT)
    site.set("site.yaml", "print_guides", "是")
    site.set("content/items/dong/shi-2.yaml", "status", "暂停")
    site.set("content/items/dong/shi-2.yaml", "status_note", "系统升级")
    return site


def test_the_record_of_an_event_tells_what_is_asked_and_its_items_in_order(eventful: SiteFolder) -> None:
    eventful.built()
    event = json.loads(eventful.page("data/events/dong-shenhou.json"))
    assert (event["@id"], event["@type"], event["name"]) == ("events/dong-shenhou.html", "LifeEvent", "家里有人去世")
    assert (event["area"]["name"], event["life"]["nation"], event["modified"]) == ("东镇", "个人身后", "2026-03-01")
    assert event["sheet"] == "print/event/dong-shenhou.html"
    options = [option for question in event["questions"] for option in question["options"]]
    assert [(one["id"], one["text"], one.get("sheet")) for one in options] == [
        ("tx", "退休的", "print/event/dong-shenhou/tx.html"),
        ("zz", "在职的", "print/event/dong-shenhou/zz.html"),
        ("you", "有卡", None),
        ("jiu", "有旧卡", None),
        ("mei", "没有卡", None),
    ]
    told = {one for one in (event["@id"], event["sheet"], *(option.get("sheet") for option in options)) if one}
    assert {one for one in told if not (eventful.out / one).is_file()} == set()
    item = {"@id": "items/shi-1.html", "@type": "PublicService", "id": "shi-1", "title": "第1件事"}
    first, second, last = event["items"]
    assert (first["item"], first["note"], last["item"]) == (item, "先打电话", item)
    assert [(one["question"], one["options"]) for one in first["if"]] == [("shei", ["tx"]), ("ka", ["you", "jiu"])]
    assert second["case"] == {"@type": "Variant", "id": "buban", "name": "补办"}
    assert (second["after"], second["maybe"]) == ([item], True)
    assert second["people"] == [{"@type": "EventPerson", "whose": "本人", "person": "去世的人"}]
    assert event["groups"] == [{"@id": "items/shi-1.html"}, {"@id": "items/kafa.html"}]
    business = json.loads(eventful.page("data/events/xi-zhaogong.json"))
    assert (business["@type"], business["name"]) == ("BusinessEvent", "单位招人")
    assert "等社保所" not in eventful.page("data/events.json")


def test_all_events_stand_in_a_file_of_records_and_in_a_table(eventful: SiteFolder) -> None:
    eventful.built()
    together = json.loads(eventful.page("data/events.json"))
    own = [json.loads(eventful.page(f"data/events/{id}.json")) for id in ("dong-shenhou", "xi-zhaogong")]
    assert together["events"] == [{key: value for key, value in one.items() if key != "@context"} for one in own]
    assert [(row["序号"], row["事项编号"], row["谁才办"], row["办完哪个才能办"]) for row in rows(eventful, "data/events.csv")] == [
        ("1", "shi-1", "退休的\n有卡或有旧卡", ""),
        ("2", "kafa", "", "第1件事"),
        ("3", "shi-1", "在职的", ""),
        ("1", "ku", "", ""),
        ("2", "zhao", "", ""),
    ]  # fmt: skip
    page = eventful.page("data/index.html")
    assert 'href="../data/events.json"' in page
    assert 'href="../data/events.csv"' in page
    meaning = json.loads(eventful.page("data/context.json"))["@context"]
    assert (meaning["LifeEvent"]["@id"], meaning["BusinessEvent"]["@id"]) == ("cv:LifeEvent", "cv:BusinessEvent")
    assert meaning["LifeEvent"]["@context"]["groups"] == {"@reverse": "cv:isGroupedBy"}
    assert meaning["LifeEvent"]["@context"]["items"]["@container"] == "@list"


@pytest.mark.parametrize(("size", "files"), [("small", "data/events"), ("large", "data/areas/events/dong")])
def test_an_edit_of_an_event_makes_its_record_and_the_files_that_have_it(
    eventful: SiteFolder, request: pytest.FixtureRequest, size: str, files: str
) -> None:
    if size == "large":
        request.getfixturevalue("large")
    eventful.built()

    def changed() -> set[str]:
        before = eventful.published()
        eventful.built()
        found = {path for path in differing(before, eventful.published()) if path.startswith("data/")}
        return found - {"data/manifest.json"}

    eventful.replace("content/events/dong-shenhou.yaml", "先打电话", "先预约")
    record = "data/events/dong-shenhou.json"
    assert changed() == {record, f"{files}.json", f"{files}.csv"}
    (eventful.folder / "content/events/dong-shenhou.yaml").unlink()
    gone = {f"{files}.json", f"{files}.csv"}
    assert changed() == {record, *gone} | ({"data/index.html"} if size == "large" else set())
    eventful.write_all(EVENT)
    eventful.built()
    again = eventful.published()
    assert eventful.build("--clean") == 0
    assert differing(again, eventful.published()) == []


def test_a_site_may_do_without(site: SiteFolder) -> None:
    site.set("site.yaml", "open_data", "否")
    assert set(site.built().rglob("data/*")) == {site.out / "data/manifest.json"}
    assert "data/index.html" not in site.page("index.html")


def test_a_site_without_public_items_has_none(site: SiteFolder) -> None:
    for path in ("dong/kafa", "xi/ku"):
        (site.folder / f"content/items/{path}.yaml").unlink()
    assert not (site.built() / "data/index.html").exists()


@pytest.fixture
def large(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    monkeypatch.setattr(open_data, "TOGETHER", 3)
    monkeypatch.setattr(open_data, "PORTION", 2)
    return site.write_all(THREE)


def test_a_large_site_has_files_for_each_area_of_no_more_than_so_many_items(large: SiteFolder) -> None:
    large.built()
    assert records(large, "data/areas/dong.json").keys() == {"kafa", "shi-0"}
    assert records(large, "data/areas/dong-2.json").keys() == {"shi-1", "shi-2"}
    assert records(large, "data/areas/xi.json").keys() == {"ku"}
    assert not (large.out / "data/items.json").exists()
    assert json.loads(large.page("data/areas/dong.json"))["@context"][0] == "../../data/context.json"
    assert 'href="../data/areas/dong-2-steps.csv"' in large.page("data/index.html")


@pytest.mark.parametrize("size", ["small", "large"])
def test_after_edits_the_files_are_those_of_a_clean_build(
    site: SiteFolder, request: pytest.FixtureRequest, size: str
) -> None:
    site.write_all(THREE)
    if size == "large":
        request.getfixturevalue("large")
    site.built()
    for path, key, value in (
        ("content/items/dong/kafa.yaml", "rights", "当面讲清楚"),
        ("content/items/dong/shi-2.yaml", "title", "改了名称"),
        ("content/items/dong/shi-1.yaml", "status", "草稿"),
        ("content/departments/dangqun.yaml", "name", "党群中心"),
        ("content/areas.yaml", "xi", "{name: 西乡, level: 乡镇街道}"),
    ):
        site.set(path, key, value)
        site.built()
    again = site.published()
    assert site.build("--clean") == 0
    assert differing(again, site.published()) == []


def test_an_edit_makes_only_the_files_that_say_it(large: SiteFolder) -> None:
    large.built()
    before = large.published()
    large.set("content/items/dong/kafa.yaml", "rights", "当面讲清楚")
    large.built()
    changed = {path for path in differing(before, large.published()) if path.startswith("data/")}
    assert changed == {"data/manifest.json", "data/items/kafa.json", "data/areas/dong.json"}
