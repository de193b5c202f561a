"""Places that are not to be replaced by a site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from publish_world import World

from builder.publish import PublishError, stage

OLD = {"index.html": "首页", "items/GS-001.html": "护照"}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def refusal(out: Path, world: World) -> PublishError:
    """Return the error that publishing at `out` gives, having seen that nothing below the world has changed."""
    before = sorted(world.folder.rglob("*"))
    with pytest.raises(PublishError) as caught, stage(out, world.cache, (world.content,)):
        pass
    assert sorted(world.folder.rglob("*")) == before
    return caught.value


@pytest.mark.parametrize("path", ["notes.txt", "items/GS-001.html", ".git/HEAD", "说明.docx"])
def test_refuses_a_folder_with_a_file_that_is_not_ours(world: World, path: str) -> None:
    file = world.out / path
    file.parent.mkdir(parents=True)
    file.write_text("mine", "utf-8")

    error = refusal(world.out, world)

    assert f"有不是本程序生成的文件“{path}”" in error.says
    assert error.hint
    assert error.exit_code == 2


def test_refuses_a_file_that_was_put_into_our_site(world: World) -> None:
    world.build(OLD)
    (world.out / "items/mine.html").write_text("mine", "utf-8")
    (world.out / "items/zzz.html").write_text("mine", "utf-8")

    assert "“items/mine.html”" in refusal(world.out, world).says


def test_knows_its_site_again_without_the_cache(world: World) -> None:
    world.build(OLD)
    for file in world.cache.glob("*.json"):
        file.unlink()

    world.build(OLD | {"a.html": "甲"})

    assert "a.html" in world.site()


@pytest.mark.parametrize("name", ["Thumbs.db", ".DS_Store", "desktop.ini"])
def test_does_not_mind_what_file_viewers_leave(world: World, name: str) -> None:
    world.build(OLD)
    (world.out / "items" / name).write_bytes(b"\0")

    world.build(OLD)

    assert world.site() == OLD


def test_refuses_a_file(world: World) -> None:
    world.out.write_text("mine", "utf-8")

    error = refusal(world.out, world)

    assert "是一个文件" in error.says
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("out", "says"),
    [
        ("site/content", "就是"),
        ("site/content/items", "里面"),
        ("site", "里有"),
        (".", "里有"),
        ("site/cache", "就是"),
        ("site/cache/www", "里面"),
        ("site/other/../content", "就是"),
    ],
)
def test_refuses_a_place_among_the_sources(world: World, out: str, says: str) -> None:
    world.content.mkdir(parents=True)

    error = refusal(world.folder / out, world)

    assert says in error.says
    assert error.exit_code == 2


def test_refuses_a_disk(world: World) -> None:
    assert "磁盘的根" in refusal(Path(world.folder.anchor), world).says


def test_accepts_a_place_beside_the_sources(world: World) -> None:
    world.content.mkdir(parents=True)
    out = world.folder / "site" / "content-public"

    with stage(out, world.cache, (world.content,)) as staging:
        staging.write("a.html", "k", b"")
        staging.commit()

    assert (out / "a.html").is_file()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
class TestLinks:
    def test_a_link_to_the_sources_is_seen_through(self, world: World) -> None:
        world.content.mkdir(parents=True)
        world.out.symlink_to(world.content)

        assert refusal(world.out, world).exit_code == 2

    def test_a_link_to_a_folder_stays_a_link(self, world: World) -> None:
        real = world.folder / "disk" / "www"
        real.mkdir(parents=True)
        world.out.symlink_to(real)

        world.build(OLD)
        world.build(OLD | {"index.html": "二"})

        assert world.out.is_symlink()
        assert (real / "index.html").read_text("utf-8") == "二"

    def test_a_link_inside_the_site_is_not_ours(self, world: World) -> None:
        world.build(OLD)
        (world.out / "mine").symlink_to(world.folder)

        assert "“mine”" in refusal(world.out, world).says
