"""Which files of its folder a site sees: links, leftovers of programs, names in other encodings, files for the top."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from site_folder import SiteFolder, differing, files_in

from builder.publish import MANIFEST
from builder.support.folder import Fault, files_below, is_leftover

Said = pytest.CaptureFixture[str]

ITEMS = "content/items/xincheng"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def test_links_are_followed_and_those_that_lead_nowhere_or_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/b.yaml").write_text("b", "utf-8")
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    (folder / "linked").symlink_to("../elsewhere")
    (folder / "linked.yaml").symlink_to("../elsewhere/b.yaml")
    (folder / "nowhere.yaml").symlink_to("gone.yaml")
    (folder / "itself").symlink_to("itself")
    (folder / "below/up").symlink_to("..")
    (tmp_path / "elsewhere/back").symlink_to(folder)
    os.mkfifo(folder / "pipe")

    found = files_below(str(folder))

    assert list(found.files) == ["linked.yaml", "linked/b.yaml"]
    assert found.faults == {
        "below/up": Fault.LINK_LOOP,
        "itself": Fault.LINK_LOOP,
        "linked/back": Fault.LINK_LOOP,
        "nowhere.yaml": Fault.DANGLING_LINK,
        "pipe": Fault.NOT_A_FILE,
    }


@pytest.mark.parametrize(
    "name", ["a.yaml.bak", "#a.yaml#", "a.yaml~", ".#a.yaml", "~$a.docx", "Thumbs.db", ".DS_Store", "a.yaml.orig"]
)
def test_leftovers_of_programs_do_not_stop_a_build_and_are_not_published(one_guide: SiteFolder, name: str) -> None:
    item = next((one_guide.folder / "content/items").rglob("*.yaml"))
    (item.parent / name).write_text("a: [", "utf-8")
    one_guide.write(f"static/{name}", "x")
    (one_guide.folder / "templates").mkdir(exist_ok=True)
    (one_guide.folder / "templates" / name).write_bytes(b"\xff{% x")

    assert one_guide.build() == 0
    assert not list(one_guide.out.rglob(name))


@pytest.mark.parametrize("name", ["a.yaml", "bak.yaml", "shebaoka.old.yaml", "申请表.docx", "#1.png", ".well-known"])
def test_other_names_are_no_leftovers(name: str) -> None:
    assert not is_leftover(name)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("folder", ["content/items", "static/forms"])
@pytest.mark.parametrize("format", ["text", "json", "github", "gitlab", "sarif"])
def test_a_name_in_gbk_is_a_finding(one_guide: SiteFolder, folder: str, format: str, capsys: Said) -> None:
    where = os.fsencode(one_guide.folder / folder)
    os.makedirs(where, exist_ok=True)
    Path(os.fsdecode(where + "/申请表.yaml".encode("gbk"))).write_text("x", "utf-8")

    assert one_guide.run("check", "--format", format) == 1
    out, err = capsys.readouterr()
    assert "S123" in out
    assert "自己出了毛病" not in err
    if format == "text":
        assert f"{folder}/申请表.yaml:1:1: 错误 S123" in out


def test_files_for_the_top_are_published_there_byte_for_byte(one_guide: SiteFolder) -> None:
    one_guide.write("static/top/.well-known/security.txt", "a")
    one_guide.write("static/top/CNAME", "bszn.example.cn\n")
    one_guide.write("static/top/verify.txt", "1\r\n2")

    assert one_guide.build() == 0
    assert one_guide.page(".well-known/security.txt") == "a"
    assert one_guide.page("CNAME") == "bszn.example.cn\n"
    assert (one_guide.out / "verify.txt").read_bytes() == b"1\r\n2"
    assert not (one_guide.out / "static/top").exists()

    (one_guide.folder / "static/top/CNAME").unlink()
    assert one_guide.build() == 0
    assert not (one_guide.out / "CNAME").exists()


def test_a_dangling_link_in_static_is_told_and_publishes_nothing(one_guide: SiteFolder, capsys: Said) -> None:
    (one_guide.folder / "static").mkdir(exist_ok=True)
    (one_guide.folder / "static/picture.png").symlink_to("gone.png")

    assert one_guide.build() == 1
    assert "static/picture.png:1:1: 错误 S123: 这个链接指到的地方没有文件" in capsys.readouterr().out


def test_an_area_that_is_a_link_is_built(one_guide: SiteFolder, tmp_path: Path) -> None:
    before = one_guide.built().joinpath("sitemap.html").read_bytes()
    shutil.move(one_guide.folder / "content/items", tmp_path / "elsewhere")
    (one_guide.folder / "content/items").symlink_to(tmp_path / "elsewhere")

    assert one_guide.built().joinpath("sitemap.html").read_bytes() == before


def test_text_files_with_the_line_ends_of_windows_make_the_same_site(one_guide: SiteFolder) -> None:
    one_guide.write("static/print.css", "p {\n  color: red;\n}\n")
    one_guide.write("static/mark.svg", "<svg>\n</svg>\n")
    before = {path: data for path, data in files_in(one_guide.built()).items() if path != MANIFEST}

    for folder in ("content", "static"):
        for file in (one_guide.folder / folder).rglob("*.*"):
            if file.is_file():
                file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert (
        differing({path: data for path, data in files_in(one_guide.built()).items() if path != MANIFEST}, before) == []
    )
