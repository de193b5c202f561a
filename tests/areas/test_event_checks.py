"""An edit has only the events looked at again that name what was edited; all else that is known of the site stays known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from areas_world import THIRD, item, three_areas
from site_folder import SiteFolder

from builder import examining
from builder.areas import event_checks
from builder.checks.events import check_event
from builder.content.model.events import Event
from builder.content.site import Companion, Site
from builder.support.diagnostics import Finding

OWNED, UNOWNED = ("materials: [{ref: shenfenzheng, whose: 本人}]\n", "materials: [{ref: shenfenzheng}]\n")


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the events that are looked at."""
    ids: list[str] = []

    def looking(companion: Companion[Event], site: Site) -> Iterator[Finding]:
        ids.append(companion.id)
        return check_event(companion, site)

    monkeypatch.setattr(event_checks, "check_event", looking)
    return ids


@pytest.fixture
def site(site: SiteFolder, looked_at: list[str]) -> SiteFolder:
    """A site with two events, which was built."""
    three_areas(site)
    area = THIRD.split("/")[2]
    for id, materials in (("yi", UNOWNED), ("er", OWNED), ("san", OWNED)):
        site.write(f"content/items/{area}/{id}.yaml", item(f"办{id}") + materials)
    site.write("content/materials.yaml", "shenfenzheng: {name: 居民身份证, lasting: 是}\n")
    site.write("content/lives.yaml", "gongzuo: 没了工作\nhaizi: 生孩子\n")
    for life, items in (("gongzuo", "[yi, er]"), ("haizi", "[er, san]")):  # of the first, one does not say whose it is
        site.write(f"content/events/{life}-an.yaml", f"life: {life}\narea: {area}\nitems: {items}\n")
    assert site.build() == 0
    assert sorted(looked_at) == ["gongzuo-an", "haizi-an"]
    looked_at.clear()
    return site


def test_an_edit_of_an_item_has_its_own_events_looked_at_and_no_list_planned(
    site: SiteFolder, looked_at: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    monkeypatch.setattr(examining, "check_site", None)
    site.set(THIRD.replace("guashi", "san"), "rights", "当面讲清楚")

    assert site.build() == 0
    assert looked_at == ["haizi-an"]
    assert capsys.readouterr().out.count("E609") == 1  # what was found in the other is told again


def test_an_edit_of_an_item_of_no_event_has_none_looked_at(site: SiteFolder, looked_at: list[str]) -> None:
    site.set(THIRD, "title", "改了名称")

    assert site.build() == 0
    assert looked_at == []


def test_an_edit_of_a_library_has_all_looked_at(
    site: SiteFolder, looked_at: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    site.write("content/materials.yaml", "shenfenzheng: {name: 居民身份证}\n")

    assert site.build() == 0
    assert sorted(looked_at) == ["gongzuo-an", "haizi-an"]
    assert "E609" not in capsys.readouterr().out
