"""The list of events (一件事): by what happened, with jumps, in pages where it is long."""

from __future__ import annotations

import pytest
from checks_world import filed, site
from guide_world import words

from builder.content.site import Site
from builder.context import Frame, Lookup, frame_of
from builder.render import pagination
from builder.render.page import Page, PageContext
from builder.render.pages.events import EventsPlan, EventsView, list_view, plan

LIVES = {"shengyu": "生孩子", "shiye": "没了工作", "shenhou": "家里有人去世"}


def town(*areas: str) -> Site:
    """Return a site in whose areas all three may happen, each with two items."""
    files = {
        "content/areas.yaml": "".join(f"{area}: {{name: {area}镇, level: 乡镇街道}}\n" for area in areas),
        "content/lives.yaml": "".join(f"{id}: {name}\n" for id, name in LIVES.items()),
    }
    for area in areas:
        files |= {f"content/items/{area}/{area}-{n}.yaml": filed(name=f"事{n}") for n in "ab"}
        for life in LIVES:
            event = f"life: {life}\narea: {area}\nsummary: 先甲后乙\nitems: [{area}-a, {area}-b]\n"
            files[f"content/events/{area}-{life}.yaml"] = event
    return site(files)


def pages(of: Site) -> dict[str, EventsView]:
    """Return the pages of the list by their addresses."""
    frame: Frame = frame_of(of, {}, {}, words())

    def seen(page: Page[EventsPlan]) -> EventsView:
        return list_view(page, PageContext(words(), frame, Lookup(page.uses, of.known)))

    return {page.url: seen(page) for page in plan(of, frame)}


def test_events_of_several_areas_stand_by_what_happened_and_jumps_lead_to_each() -> None:
    (view,) = pages(town("dong", "xi")).values()

    assert [(one.id, one.heading, [line.name for line in one.lines]) for one in view.groups] == [
        (id, name, ["dong镇", "xi镇"]) for id, name in LIVES.items()
    ]
    assert [(jump.url, jump.id) for jump in view.jumps] == [("", id) for id in LIVES]


def test_a_site_of_one_area_says_no_name_twice() -> None:
    (view,) = pages(town("dong")).values()

    assert [(one.heading, [line.name for line in one.lines]) for one in view.groups] == [("", [*LIVES.values()])]
    assert view.jumps == ()


def test_a_long_list_is_cut_and_its_first_page_leads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "PAGE_LINES", 3)
    first, second = pages(town("dong", "xi")).items()

    assert (first[0], second[0]) == ("events/index.html", "events/index/2.html")
    assert [one.heading for one in second[1].groups] == ["没了工作（续）", "家里有人去世"]
    assert [(jump.url, jump.id) for jump in first[1].jumps] == [("", "shengyu"), ("", "shiye"), (second[0], "shenhou")]
    assert (first[1].leads_on, second[1].leads_on) == (True, False)
