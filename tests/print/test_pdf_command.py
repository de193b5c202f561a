"""``build.py pdf`` and ``pdf: 是``: the right sheets, set once; what is missing is said before anything is published."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from paper import MM, Paper
from site_folder import REPOSITORY, SiteFolder

from builder.cli import main
from builder.render.pdf_engine import FONTS, BuiltSite, convert
from builder.support.fingerprint import BUILT_IN
from builder.support.store import Store

FILES = {
    "site.yaml": "name: 试\nsearch: 否\n",
    "content/areas.yaml": "zhen: {name: 某某镇, level: 乡镇街道}\n",
    "content/items/zhen/kaoqin.yaml": ("name: 考勤登记\nsteps: [{actor: 申请人, do: 申请}, {actor: 窗口, do: 登记}]\n"),
    "content/items/zhen/canguan.yaml": "name: 参观预约\n",
}


@pytest.fixture
def site(site: SiteFolder) -> SiteFolder:
    """A site with two items."""
    return site.write_all(FILES)


def run(site: SiteFolder, name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the program with these arguments for the site, and with that environment besides ours.

    For a few sheets one process is quicker than several, of which each loads WeasyPrint.
    """
    command = [sys.executable, str(REPOSITORY / "build.py"), name, "--jobs", "1", *arguments, "--site", site.settings]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment})


def made(root: Path) -> dict[str, int]:
    """Return the PDF files and when each was written."""
    return {path.relative_to(root).as_posix(): path.stat().st_mtime_ns for path in root.rglob("*.pdf")}


def test_an_item_gets_every_sheet_that_it_has(engine: None, site: SiteFolder) -> None:
    asked = run(site, "pdf", "考勤登记")
    assert asked.returncode == 0, asked.stderr
    assert set(made(site.folder / "pdf")) == {f"{kind}/kaoqin.pdf" for kind in ("guide", "short", "notice", "poster")}


def test_a_notice_holds_a_note_of_thousands_of_characters_and_a_long_address(engine: None, site: SiteFolder) -> None:
    note = "".join(
        f"第{number}条要如实填写，对材料的真实性负责，遇到特殊情况先打电话问清楚再来。" for number in range(1, 121)
    )
    address = f"https://bszn.example.cn/detail?code={'0123456789abcdef' * 8}"
    site.set(
        "content/items/zhen/kaoqin.yaml", "materials", f"[{{name: 表, note: {note}}}, {{name: 证, note: {address}}}]"
    )

    asked = run(
        site, "pdf", "考勤登记", "--kind", "告知单"
    )  # took minutes while the widths of columns depended on texts

    assert asked.returncode == 0, asked.stderr
    sheets = Paper((site.folder / "pdf/notice/kaoqin.pdf").read_bytes()).sheets
    letters = [letter for sheet in sheets for letter in sheet.letters]
    assert len(note) > 4000
    assert all(letter.left > 14 * MM - 1 and letter.right < 196 * MM + 1 for letter in letters)
    written = "".join(letter.text for letter in letters)
    assert written.count("第120条要如实填写") == 2  # once in each copy
    assert written.count(address) == 2
    assert len(sheets[0].letters) > 600  # the note begins on the first sheet


def test_all_sheets_of_some_kinds_go_where_they_are_wanted(engine: None, site: SiteFolder) -> None:
    site.write("content/departments/suo.yaml", "name: 办公室\n")
    for item in ("kaoqin", "canguan"):
        site.set(f"content/items/zhen/{item}.yaml", "department", "suo")
    wanted = site.folder / "给窗口"
    asked = run(site, "pdf", "--all", "--kind", "告知单", "--kind", "公示栏", "--out", str(wanted), "--jobs", "2")
    assert asked.returncode == 0, asked.stderr
    assert set(made(wanted)) == {"notice/kaoqin.pdf", "notice/canguan.pdf", "board/suo.pdf"}
    assert "3 份 PDF" in asked.stdout


def test_only_what_changed_is_written_again(engine: None, site: SiteFolder) -> None:
    run(site, "pdf", "--all", "--kind", "guide")
    before = made(site.folder / "pdf")
    site.write("content/items/zhen/canguan.yaml", "name: 参观预约\nsummary: 先打电话\n")
    again = run(site, "pdf", "--all", "--kind", "guide")
    assert "2 份 PDF，新做或有变动的 1 份" in again.stdout
    after = made(site.folder / "pdf")
    assert after["guide/kaoqin.pdf"] == before["guide/kaoqin.pdf"]
    assert after["guide/canguan.pdf"] > before["guide/canguan.pdf"]
    site.write("static/print.css", "p { color: #000 }")
    assert "新做或有变动的 2 份" in run(site, "pdf", "--all", "--kind", "guide").stdout


def test_a_sheet_is_set_once_for_the_same_key_even_after_an_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_now: list[str] = []

    def fake(sheets: BuiltSite, page: str) -> bytes:
        if page == "print/guide/stop.html":
            raise KeyboardInterrupt
        set_now.append(page)
        return page.encode() * 3

    monkeypatch.setattr("builder.render.pdf_engine.pdf_of", fake)
    monkeypatch.setattr("builder.render.pdf_engine.BATCH", 2)
    pages = [f"print/guide/{name}.html" for name in ("a", "b", "c", "stop")]

    def converted(keys: str, some: list[str]) -> list[bytes]:
        with Store.open(tmp_path, "1") as store:
            wanted = list(zip(some, keys, strict=True))
            made = convert(BuiltSite("", "", ""), wanted, store, 1, lambda _count: None)
            return [data for _, _, data in made]

    with pytest.raises(KeyboardInterrupt):
        converted("1234", pages)
    set_now.clear()
    assert converted("123", pages[:3]) == [page.encode() * 3 for page in pages[:3]]
    assert set_now == pages[2:3]
    converted("193", pages[:3])
    assert set_now == [pages[2], pages[1]]
    converted("123", pages[:3])
    assert set_now == [pages[2], pages[1], pages[1]]  # what was before is forgotten


def test_a_site_with_pdf_offers_what_it_has(engine: None, site: SiteFolder) -> None:
    site.write("site.yaml", "name: 试\nsearch: 否\npdf: 是\n")
    built = run(site, "build")
    assert built.returncode == 0, built.stderr
    public = site.out
    before = made(public / "pdf")
    assert len(before) == 7  # four sheets of one, three of the other, which has no flowchart
    led_to = set()
    for page in public.rglob("*.html"):
        for link in re.findall(r'href="([^"]+\.pdf)"', page.read_text("utf-8")):
            led_to.add((page.parent / link).resolve().relative_to((public / "pdf").resolve()).as_posix())
    assert led_to == set(before)

    site.write("content/items/zhen/canguan.yaml", "name: 参观预约\nsummary: 先打电话\n")
    assert run(site, "build").returncode == 0
    after = made(public / "pdf")
    assert {path for path in after if after[path] != before[path]} <= {path for path in after if "canguan" in path}
    assert after["guide/canguan.pdf"] != before["guide/canguan.pdf"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["kaoqing"], "是不是想写“kaoqin”？"),
        ([], "要做哪些"),
        (["canguan", "--kind", "流程图"], "没有流程的事项没有流程图"),
        (["--booklet", "shouce"], "还没有可打印的手册"),
        (["kaoqin", "--out", "public/pdf"], "不能放进 public"),
        (["kaoqin", "--out", "content"], "不能放进 content"),
    ],
)
def test_what_cannot_be_made_is_refused(
    arguments: list[str],
    says: str,
    site: SiteFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(site.folder)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    monkeypatch.setattr("builder.render.pdf_engine.find_spec", lambda _name: object())
    assert main(["pdf", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert not (site.folder / "pdf").exists()


@pytest.mark.parametrize("command", [["pdf", "--all"], ["build"]])
def test_without_the_extra_nothing_is_published_and_the_message_says_how(
    command: list[str],
    site: SiteFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    site.write("site.yaml", "name: 试\nsearch: 否\npdf: 是\n")
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert site.run(*command) == 3
    assert "uv run --extra pdf build.py" in capsys.readouterr().err
    assert not site.out.exists()


def test_without_its_libraries_the_message_names_the_packages(site: SiteFolder) -> None:
    site.write("site.yaml", "name: 试\nsearch: 否\npdf: 是\n")
    (site.folder / "broken").mkdir()
    (site.folder / "broken/weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')", "utf-8")
    told = run(site, "build", PYTHONPATH=str(site.folder / "broken"))
    assert told.returncode == 3
    assert "libpango-1.0-0 libpangoft2-1.0-0" in told.stderr
    assert not site.out.exists()


@pytest.mark.skipif(os.name == "nt", reason="fontconfig finds the fonts elsewhere")
@pytest.mark.parametrize("folder", ["/nowhere", "/usr/share/fonts/truetype/dejavu"])
def test_without_a_chinese_font_the_message_names_one(folder: str, engine: None, site: SiteFolder) -> None:
    fonts = site.folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{site.folder}/fonts</cachedir></fontconfig>", "utf-8")
    told = run(site, "pdf", "--all", FONTCONFIG_FILE=str(fonts))
    assert told.returncode == 3, told.stdout
    assert "fonts-noto-cjk" in told.stderr
    assert not (site.folder / "pdf").exists()


def test_drawings_are_set_in_the_fonts_of_the_stylesheet() -> None:
    assert (BUILT_IN / "static/print.css").read_text("utf-8").count(FONTS) == 2  # the text, the number of the page
