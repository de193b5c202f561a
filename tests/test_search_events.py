"""How the search finds in a question the event (一件事) that it tells: its script, run in V8."""

from __future__ import annotations

import json

import pytest
from py_mini_racer import MiniRacer

from builder.render.pages.search import ENGINE, FoundEvent, NamedArea
from builder.render.pages.search_data import table_of
from builder.support.fingerprint import BUILT_IN

AREAS = (NamedArea("nanmofang", "南磨房", ("南磨房",), -1), NamedArea("xincheng", "新城镇", ("新城镇",), -1))
EVENTS = (
    FoundEvent("shiye", "没了工作|失业|厂子倒了", (0, ("xincheng-shiye-er", 1))),
    FoundEvent("tuixiu", "要退休|快退休了", (1,)),
    FoundEvent("shenhou", "家里有人去世|老人去世|老人走了|人没了怎么办", (0, 1)),
    FoundEvent("laoren", "老人到年纪了|老人过八十了", (0,)),
)


@pytest.fixture(scope="module")
def engine() -> MiniRacer:
    engine = MiniRacer()
    for script in ENGINE:
        engine.eval((BUILT_IN / "static" / script).read_text("utf-8"))
    about = {"synonyms": [], "areas": table_of(NamedArea._fields, AREAS), "papers": [], "events": EVENTS}
    engine.eval(f"const engine = createSearchEngine({json.dumps(about)}); 0")
    return engine


def told(engine: MiniRacer, question: str) -> dict[str, list[str]]:
    """Return the names of the events that a question tells, the surest first, each with its addresses."""
    script = "engine.events({}).map(({{ name, pages }}) => [name, pages.map(({{ url }}) => url)])"
    return dict(json.loads(str(engine.eval(f"JSON.stringify({script.format(json.dumps(question))})"))))


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("失业", "没了工作"),
        ("失业了怎么办", "没了工作"),
        ("老公没工作了", "没了工作"),
        ("我在的厂子倒了，先去哪里", "没了工作"),
        ("我妈退休了要干啥", "要退休"),
        ("老人去世了要办什么手续", "家里有人去世"),
        ("我爸走了要办哪些事", "家里有人去世"),
        ("爷爷没了", "家里有人去世"),
        ("老人过80了", "老人到年纪了"),
    ],
)
def test_a_question_that_is_a_saying_in_other_words_tells_its_event(
    engine: MiniRacer, question: str, event: str
) -> None:
    assert [*told(engine, question)] == [event]


@pytest.mark.parametrize("question", ["失业金怎么领", "退休金少发了", "去哪里办社保卡", "", "？"])
def test_a_short_saying_inside_a_name_tells_nothing(engine: MiniRacer, question: str) -> None:
    assert told(engine, question) == {}


def test_what_the_question_is_goes_before_what_is_in_it(engine: MiniRacer) -> None:
    assert [*told(engine, "快退休了，厂子倒了")] == ["没了工作", "要退休"]


def test_a_place_that_is_named_has_its_own_event_and_else_all_are_there(engine: MiniRacer) -> None:
    here, there = "events/nanmofang-shiye.html", "events/xincheng-shiye-er.html"

    assert told(engine, "南磨房失业了怎么办") == {"没了工作": [here]}
    assert told(engine, "新城镇失业") == {"没了工作": [there]}
    assert told(engine, "失业") == {"没了工作": [here, there]}
    assert told(engine, "南磨房我妈退休了") == {"要退休": ["events/xincheng-tuixiu.html"]}
