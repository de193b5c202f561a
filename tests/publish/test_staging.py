"""What a build reuses, writes and publishes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publish_world import World, cannot_exchange, fill

from builder.publish import MANIFEST, Artifact, PublishError, write_file
from builder.support.workers import Workers

OLD = {"index.html": "首页", "items/GS-001.html": "护照", "items/GS-002.html": "签证", "404.html": "没有"}
NEW = {"index.html": "新首页", "items/GS-001.html": "护照", "topics/a.html": "出入境"}

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture(params=["in one step", "in two steps"])
def any_swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "in two steps":
        monkeypatch.setattr("builder.publish.swap.exchange", cannot_exchange)


@pytest.mark.usefixtures("any_swap")
class TestPublishing:
    def test_publishes_into_a_folder_that_does_not_exist(self, world: World) -> None:
        world.build(OLD)

        assert world.site() == dict(sorted(OLD.items()))

    def test_publishes_into_an_empty_folder(self, world: World) -> None:
        world.out.mkdir()

        world.build(OLD)

        assert world.site() == dict(sorted(OLD.items()))

    def test_replaces_the_whole_site(self, world: World) -> None:
        world.build(OLD)

        assert world.build(NEW) == ["index.html", "topics/a.html"]
        assert world.site() == dict(sorted(NEW.items()))

    def test_leaves_nothing_beside_the_output_folder(self, world: World) -> None:
        for pages in (OLD, NEW, OLD, OLD):
            world.build(pages)

            assert world.beside() == {"www", "site"}

    def test_reuses_everything_when_nothing_changed(self, world: World) -> None:
        world.build(OLD)
        before = world.out.stat().st_ino

        assert world.build(OLD) == []
        assert world.out.stat().st_ino == before

    def test_publishes_again_when_only_a_page_went_away(self, world: World) -> None:
        world.build(OLD)
        fewer = {path: text for path, text in OLD.items() if path != "404.html"}

        assert world.build(fewer) == []
        assert world.site() == dict(sorted(fewer.items()))

    def test_a_file_may_become_a_folder_and_a_folder_a_file(self, world: World) -> None:
        for pages in ({"a": "1", "b/c": "2"}, {"a/d": "3", "b": "4"}, {"a": "1", "b/c": "2"}, {"a/d": "3", "b": "4"}):
            world.build(pages)

            assert world.site() == pages


@settings(max_examples=settings().max_examples // 2)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "e/f/g", "h"]), st.sampled_from(["1", "2", "3"])),
        min_size=2,
        max_size=6,
    )
)
def test_the_site_is_always_the_last_one_built(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, str]]
) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    for pages in sites:
        world.build(pages)

        assert world.site() == dict(sorted(pages.items()))


def test_a_build_that_does_not_commit_changes_nothing(world: World) -> None:
    world.build(OLD)

    with world.stage() as staging:
        fill(staging, NEW)

    assert world.site() == dict(sorted(OLD.items()))
    assert world.beside() == {"www", "site"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, OSError])
def test_a_build_that_fails_changes_nothing(world: World, error: type[BaseException]) -> None:
    world.build(OLD)

    def build() -> None:
        with world.stage() as staging:
            fill(staging, NEW)
            raise error

    with pytest.raises(error):
        build()

    assert world.site() == dict(sorted(OLD.items()))
    assert world.beside() == {"www", "site"}


@pytest.mark.parametrize("harm", ["护照!", "护昭", ""])
def test_rewrites_a_file_that_somebody_changed(world: World, harm: str) -> None:
    world.build(OLD)
    world.build(OLD | {"index.html": "首页二"})
    (world.out / "items/GS-001.html").write_text(harm, "utf-8")

    assert world.build(OLD) == ["index.html", "items/GS-001.html"]
    assert world.site() == dict(sorted(OLD.items()))


def test_rewrites_a_file_that_somebody_deleted(world: World) -> None:
    world.build(OLD)
    (world.out / "index.html").unlink()

    assert world.build(OLD) == ["index.html"]
    assert world.site() == dict(sorted(OLD.items()))


@posix
def test_rewrites_a_file_that_somebody_made_a_link(world: World) -> None:
    world.build(OLD)
    (world.out / "index.html").rename(world.folder / "site" / "moved.html")
    (world.out / "index.html").symlink_to(world.folder / "site" / "moved.html")

    assert world.build(OLD) == ["index.html"]
    assert world.site() == dict(sorted(OLD.items()))
    assert not (world.out / "index.html").is_symlink()


@pytest.mark.parametrize("harm", [b"", b"{", b'{"files": 3}', b"\xff"])
def test_rewrites_a_manifest_that_somebody_changed(world: World, harm: bytes) -> None:
    world.build(OLD)
    (world.out / MANIFEST).write_bytes(harm)

    assert world.build(OLD) == []
    assert world.site() == dict(sorted(OLD.items()))


@pytest.mark.parametrize("harm", [None, b"", b"[]", b'{"manifest": {"files": {"index.html": {}}}, "mtimes_ns": [1]}'])
def test_a_lost_memory_costs_only_time(world: World, harm: bytes | None) -> None:
    world.build(OLD)
    (memory,) = world.cache.glob("published-*.json")
    memory.unlink()
    if harm is not None:
        memory.write_bytes(harm)

    assert world.build(NEW) == list(NEW)
    assert world.site() == dict(sorted(NEW.items()))


def test_a_cache_that_cannot_be_written_costs_only_time(world: World) -> None:
    world.cache.parent.mkdir()
    world.cache.write_text("a file, not a folder", "utf-8")

    assert world.build(OLD) == list(OLD)
    assert world.build(NEW) == list(NEW)
    assert world.site() == dict(sorted(NEW.items()))
    assert world.beside() == {"www", "site"}


def test_a_page_of_the_new_site_never_shares_bytes_with_the_one_it_replaces(world: World) -> None:
    for pages in (OLD, NEW, OLD):
        world.build(pages)
    spare = next(world.cache.glob("spare-*"), None)
    for path in spare.rglob("*.html") if spare else ():
        path.unlink()
        path.write_text("damaged", "utf-8")

    world.build(OLD | {"index.html": "首页三"})

    assert world.site() == dict(sorted((OLD | {"index.html": "首页三"}).items()))


def test_the_manifest_is_the_same_however_the_site_came_about(world: World, tmp_path: Path) -> None:
    world.build(OLD)
    world.build(NEW)
    other = World(tmp_path / "other")
    other.build(dict(reversed(NEW.items())))

    assert (world.out / MANIFEST).read_bytes() == (other.out / MANIFEST).read_bytes()


def test_the_manifest_has_a_line_for_each_file_and_holds_nothing_of_the_cache(world: World) -> None:
    world.build({"说明.html": "甲", "a.html": "乙"})

    lines = (world.out / MANIFEST).read_text("utf-8").splitlines()
    assert [line.split('"')[1] for line in lines[2:-1]] == ["a.html", "说明.html"]
    assert json.loads("\n".join(lines))["files"]["a.html"] == {
        "sha256": hashlib.sha256("乙".encode()).hexdigest(),
        "size": 3,
    }


def test_the_first_line_of_the_manifest_tells_which_site_it_is(world: World) -> None:
    """A webmaster sees it in a browser, or reckons it on the host: ``sha256sum`` of what ``sha256sum`` says of the files."""
    world.build({"b/说明.html": "甲", "a.html": "乙"})

    said = "".join(
        f"{hashlib.sha256(text.encode()).hexdigest()}  {path}\n" for path, text in sorted(world.site().items())
    )
    digest = hashlib.sha256(said.encode()).hexdigest()
    assert (world.out / MANIFEST).read_text("utf-8").splitlines()[0] == f'{{"digest": "{digest}",'


def test_workers_write_and_the_parent_counts(world: World) -> None:
    pages = {f"items/{number}/index.html": f"第{number}项" for number in range(30)}

    with world.stage() as staging, Workers(3, page_writer, (staging.root,)) as workers:
        for artifacts in workers.map(list(pages.items()), chunk_size=4):
            staging.add_written(artifacts)
        staging.commit()

    assert world.site() == dict(sorted(pages.items()))
    assert world.build(pages) == []


def page_writer(root: str) -> Callable[[Sequence[tuple[str, str]]], list[Artifact]]:
    return lambda pages: [write_file(root, path, text, text.encode()) for path, text in pages]


class TestTrees:
    def index(self, world: World, key: str, files: dict[str, str]) -> bool:
        """Build a site with one page and an index that another program writes; return whether it was reused."""
        with world.stage() as staging:
            fill(staging, {"a.html": "甲", "pagefind.html": "not below the folder"})
            reused = staging.reuse_tree("pagefind/a", key)
            if not reused:
                for path, text in files.items():
                    file = Path(staging.root, "pagefind/a", path)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, "utf-8")
                staging.add_tree("pagefind/a", key)
            staging.commit()
        return reused

    def test_are_written_by_another_program_and_then_reused(self, world: World) -> None:
        assert not self.index(world, "k1", {"x.js": "1", "fragment/y.pf": "2"})
        assert self.index(world, "k1", {})
        assert not self.index(world, "k2", {"x.js": "3"})
        assert world.site() == {"a.html": "甲", "pagefind.html": "not below the folder", "pagefind/a/x.js": "3"}

    @pytest.mark.parametrize("harm", ["changed", "deleted"])
    def test_are_reused_only_whole(self, world: World, harm: str) -> None:
        self.index(world, "k1", {"x.js": "1", "y.js": "2"})
        file = world.out / "pagefind/a/y.js"
        file.write_text("harm", "utf-8") if harm == "changed" else file.unlink()

        assert not self.index(world, "k1", {"x.js": "1", "y.js": "2"})

    def test_another_program_finds_the_reused_pages(self, world: World) -> None:
        world.build(OLD)

        with world.stage() as staging:
            fill(staging, OLD | {"items/GS-001.html": "护照二"})
            root = Path(staging.lay_out(["items/GS-001.html", "items/GS-002.html"]))
            assert {p.name: p.read_text("utf-8") for p in (root / "items").iterdir()} == {
                "GS-001.html": "护照二",
                "GS-002.html": "签证",
            }
            assert not (root / "404.html").exists()
            staging.commit()

        assert world.site()["items/GS-002.html"] == "签证"


@pytest.mark.parametrize("before", [{}, OLD, OLD | {"404.html": "nichts"}])
def test_what_nobody_counted_is_not_published(world: World, before: dict[str, str]) -> None:
    world.build(before)
    world.build(OLD)

    with world.stage() as staging:
        fill(staging, NEW)
        Path(staging.root, "scratch/deep").mkdir(parents=True)
        Path(staging.root, "scratch/notes.txt").write_text("scratch", "utf-8")
        staging.commit()

    assert world.site() == dict(sorted(NEW.items()))
    assert world.build(OLD)


@pytest.mark.parametrize(
    "path", ["", "/etc/x", "../x", "a/../x", "a//b", "a/./b", "a/", "a\\b", "c:/x", "a\nb", "a.", "data/manifest.json"]
)
def test_refuses_an_address_that_is_no_file_name(world: World, path: str) -> None:
    with world.stage() as staging, pytest.raises(PublishError):
        staging.write(path, "k", b"")


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.html", "a.html"), ("items/a.html", "items/A.html"), ("items/a", "Items/b"), ("\u00e9.html", "e\u0301.html")],
)
def test_refuses_two_files_that_some_systems_take_for_one(world: World, one: str, other: str) -> None:
    world.build(OLD)

    def build() -> None:
        with world.stage() as staging:
            staging.write(one, "1", b"1")
            staging.write(other, "2", b"2")
            staging.commit()

    with pytest.raises(PublishError, match="两个文件的地址相同") as caught:
        build()

    assert caught.value.exit_code == 2
    assert world.site() == dict(sorted(OLD.items()))
    assert world.beside() == {"www", "site"}
