"""What guides tell is data of the search: on a large site of each area by itself, so that an edit of a text makes no list."""

from __future__ import annotations

import pytest
from areas_world import LEADING, LED_TO, THIRD, built_anew, three_areas
from site_folder import SiteFolder, differing
from told_texts import texts_in

from builder.content import site as content_site
from builder.support import workers


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    three_areas(site)
    site.set("site.yaml", "print_guides", "否")
    return site


@pytest.fixture
def large(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """The same site, for which two items are many."""
    monkeypatch.setattr(content_site, "AT_ONCE", 2)
    return site


def texts(site: SiteFolder) -> list[str]:
    return sorted(path.name for path in site.out.glob("search/texts*"))


def test_a_site_has_one_file_of_what_its_guides_tell(site: SiteFolder) -> None:
    site.built()
    assert texts(site) == ["texts.js"]
    before = site.page("search.html")
    site.set(LED_TO, "effects", "当天就能用")

    site.built()
    assert "当天就能用" in texts_in(site.page("search/texts.js"))
    assert site.page("search.html") != before
    assert differing(site.published(), built_anew(site)) == []


def test_what_the_search_is_told_waits_for_the_next_build_where_the_index_waits(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.built()
    site.set(LED_TO, "effects", "当天就能用")
    with monkeypatch.context() as kept:
        kept.setattr("builder.making.plan_lists", None)
        assert site.build("--keep-index") == 0
    assert "当天就能用" in site.page("items/lingka.html")
    assert "当天就能用" not in texts_in(site.page("search/texts.js"))

    site.built()
    assert differing(site.published(), built_anew(site)) == []


def test_on_a_large_site_an_edit_of_a_text_makes_the_file_of_its_area_and_no_list(
    large: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    large.built()
    assert texts(large) == ["texts-dong.js", "texts-nan.js", "texts-xi.js"]
    before = large.published()
    monkeypatch.setattr("builder.making.plan_lists", None)
    large.set(LED_TO, "effects", "当天就能用")

    large.built()
    changed = {path for path in differing(before, large.published()) if path.startswith("search")}
    assert changed == {"search/texts-xi.js"}
    assert "当天就能用" in texts_in(large.page("search/texts-xi.js"))


def test_a_site_that_becomes_large_or_small_again_is_as_if_built_anew(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.built()
    for most in (2, 500):
        monkeypatch.setattr(content_site, "AT_ONCE", most)
        site.set(THIRD, "summary", f"卡丢了{most}")
        site.built()
        assert differing(site.published(), built_anew(site)) == []


def test_the_texts_of_a_large_site_are_the_same_whoever_makes_them(
    large: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "FILES_PER_WORKER", 1)
    assert large.run("build", "--jobs", "2") == 0
    assert differing(large.published(), built_anew(large)) == []

    large.set(LED_TO, "effects", "当天就能用")
    assert large.run("build", "--area", "xi") == 0
    assert large.run("build", "--jobs", "2") == 0
    assert differing(large.published(), built_anew(large)) == []


def test_what_is_not_offered_is_not_told(large: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    large.set(LEADING, "next", "[]")
    large.set(LED_TO, "status", "草稿")
    large.set(LED_TO, "effects", "当天就能用")
    large.set(THIRD, "visibility", "内部")
    large.set(THIRD, "effects", "过几天再用")
    for most in (0, 500):
        monkeypatch.setattr(content_site, "AT_ONCE", most)
        large.built()
        files = [large.page(f"search/{name}") for name in texts(large)]
        said = {text for file in files for text in texts_in(file)}
        assert any('"banka"' in file for file in files)
        assert "当天就能用" not in said
        assert "过几天再用" not in said
