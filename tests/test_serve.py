"""`build.py serve`, as an editor and a browser meet it: a real server, files that change, and once a real browser."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_folder import REPOSITORY, Files, SiteFolder

from builder.cli import main
from builder.commands.serve.changes import file_states
from builder.commands.serve.program import Builder
from builder.commands.serve.web import content_type
from builder.publish import MANIFEST

PATIENCE = 60.0  # seconds after which a test gives up

FILES = {
    "site.yaml": "name: 示例站\nsearch: 否\n",
    "content/areas.yaml": "xincheng: {name: 新城镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebaoka: 社保卡\n",
    "content/departments/dangqun.yaml": "name: 党群服务中心\narea: xincheng\n",
    "content/items/xincheng/guashi.yaml": "name: 社会保障卡挂失\ndepartment: dangqun\ntopics: shebaoka\n",
}
ITEM = "content/items/xincheng/guashi.yaml"


@dataclass(slots=True)
class Served:
    """A site, and the program that serves it. `heard` is how much of what it said is past."""

    site: SiteFolder
    program: subprocess.Popen[bytes]
    log: Path
    heard: int = 0

    @property
    def says(self) -> str:
        return self.log.read_text("utf-8")[self.heard :]

    @property
    def address(self) -> str:
        found = re.search(r"请在浏览器里打开 (http://127\.0\.0\.1:\d+/)", self.log.read_text("utf-8"))
        return found[1] if found else ""

    def get(self, path: str) -> tuple[int, str, Message]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310 - ours
                return answer.status, answer.read().decode("utf-8", "replace"), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8", "replace"), error.headers

    def rename_item(self, name: str) -> None:
        self.site.write(ITEM, FILES[ITEM].replace("社会保障卡挂失", name))

    def await_page(self, path: str, text: str) -> None:
        wait_for(lambda: text in self.get(path)[1])

    def await_words(self, words: str) -> None:
        wait_for(lambda: words in self.says)


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@contextmanager
def serving(site: SiteFolder, port: int = 0, *options: str) -> Iterator[Served]:
    log = site.folder / "log.txt"
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--port", str(port), "--jobs", "1", *options]
    with log.open("wb") as output:
        program = subprocess.Popen(command, cwd=site.folder, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield Served(site, program, log)
        finally:
            program.kill()
            program.wait()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = SiteFolder(tmp_path_factory.mktemp("site")).write_all(FILES)
    with serving(site) as one:
        one.await_words("请在浏览器里打开")
        yield one


@pytest.fixture(autouse=True)
def well_again(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave the shared site as the next test expects it."""
    yield
    if "served" in request.fixturenames:
        served: Served = request.getfixturevalue("served")
        for name, text in FILES.items():
            if served.site.read(name) != text:
                served.site.write(name, text)
        served.await_page("items/guashi.html", "社会保障卡挂失")
        served.await_page("", "示例站")
        served.heard += len(served.says)


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_serves_the_built_pages(served: Served) -> None:
    for path in ("", "index.html", "items/", "items/guashi.html"):
        status, page, headers = served.get(path)
        assert status == 200
        assert "示例站" in page
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"


def test_a_folder_leads_to_its_index(served: Served) -> None:
    with urllib.request.urlopen(served.address + "items") as answer:  # noqa: S310 - ours
        assert answer.url == served.address + "items/"


def test_gives_the_scripts_to_the_browser_and_not_to_the_files(served: Served) -> None:
    page = served.get("items/guashi.html")[1]
    written = served.site.page("items/guashi.html")
    scripts = re.search(r'<script src="/livereload\.js"></script><script src="/-/overlay\.js"[^>]*></script>', page)
    assert scripts
    assert page.replace(scripts[0], "") == written
    assert served.get("livereload.js")[0] == served.get("-/overlay.js")[0] == served.get("-/overlay.css")[0] == 200


def test_publishes_what_a_normal_build_publishes(served: Served, site: SiteFolder) -> None:
    site.write_all(FILES).built()
    assert contents(served.site) == contents(site)


def contents(site: SiteFolder) -> Files:
    """Return every file of a built site but the list of them, which also names the code that made them."""
    return {path: data for path, data in site.published().items() if path != MANIFEST}


def test_unknown_addresses_get_the_page_for_what_is_not_found(served: Served) -> None:
    for path in ("nothing.html", "items/deep/nothing", "items/Guashi.html"):
        status, page, _ = served.get(path)
        assert status == 404
        assert "没有找到这一页" in page
        assert '<base href="/">' in page


def test_that_page_of_a_site_below_a_path_shows_the_site_as_it_is_served_here(served: Served) -> None:
    settings = "name: 示例站\nsearch: 否\nbase_url: https://www.zhen.example.cn/zhuanlan/bszn\n"
    settings += "parent: {name: 县政府, url: https://www.zhen.example.cn/}\n"
    served.site.write("site.yaml", settings)
    wait_for(lambda: 'href="/static/style.css' in served.get("items/deep/nothing.html")[1])
    page = served.get("items/deep/nothing.html")[1]
    assert 'href="/index.html"' in page
    assert '"/zhuanlan' not in page


@pytest.mark.parametrize("path", ["../site.yaml", "%2e%2e/site.yaml", "items/..%5c..%5csite.yaml", "/etc/hosts"])
def test_nothing_outside_the_site_is_served(served: Served, path: str) -> None:
    status, page, _ = served.get(path)
    assert status == 404
    assert "name: 示例站" not in page


def test_search_files_have_their_types(served: Served) -> None:
    served.site.write("site.yaml", "name: 示例站\n")
    wait_for(lambda: served.get("pagefind/pagefind.js")[0] == 200)
    files = [path for path in contents(served.site) if path.startswith("pagefind/")]
    assert {Path(path).suffix for path in files} >= {".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".js"}
    for path in files:
        status, _, headers = served.get(path)
        assert status == 200
        assert headers["Content-Type"] == content_type(path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.wasm", "application/wasm"),
        ("wasm.zh.pagefind", "application/octet-stream"),
        ("zh_1.pf_meta", "application/octet-stream"),
        ("a.pf_fragment", "application/octet-stream"),
    ],
)
def test_types_do_not_depend_on_the_machine(path: str, expected: str) -> None:
    assert content_type(path) == expected


# --- Changes ---------------------------------------------------------------------------------------------------------


def test_shows_a_change(served: Served) -> None:
    served.rename_item("社会保障卡补领")
    served.await_page("items/guashi.html", "社会保障卡补领")


def test_shows_new_and_removed_files(served: Served) -> None:
    served.site.write("content/items/xincheng/xin.yaml", FILES[ITEM].replace("社会保障卡挂失", "新事项"))
    served.await_page("items/xin.html", "新事项")
    (served.site.folder / "content/items/xincheng/xin.yaml").unlink()
    wait_for(lambda: served.get("items/xin.html")[0] == 404)


def test_shows_a_file_that_was_moved_here_with_an_old_date(served: Served) -> None:
    file = served.site.folder / "content/items/xincheng/lao.yaml"
    waiting = served.site.folder / "lao.yaml"
    served.site.write("lao.yaml", FILES[ITEM].replace("社会保障卡挂失", "老事项"))
    os.utime(waiting, (1_000_000_000, 1_000_000_000))
    waiting.rename(file)
    served.await_page("items/lao.html", "老事项")
    file.unlink()
    wait_for(lambda: served.get("items/lao.html")[0] == 404)


def test_shows_a_change_behind_a_link(served: Served, tmp_path: Path) -> None:
    area = served.site.folder / "content/items/xincheng"
    linked = tmp_path / "xincheng"
    shutil.move(area, linked)
    area.symlink_to(linked)
    changed = FILES[ITEM].replace("社会保障卡挂失", "链接后面的名称")
    (linked / "guashi.yaml").write_text(changed, "utf-8")
    served.await_page("items/guashi.html", "链接后面的名称")

    area.unlink()
    shutil.move(linked, area)


def test_a_file_replaced_by_another_of_equal_size_and_date_is_a_change(tmp_path: Path) -> None:
    file, other = tmp_path / "a.yaml", tmp_path / "b"
    file.write_text("a", "utf-8")
    other.write_text("b", "utf-8")
    date = file.stat()
    before = file_states([file, tmp_path / "missing"])

    os.utime(other, ns=(date.st_atime_ns, date.st_mtime_ns))
    other.rename(file)

    assert file_states([file, tmp_path / "missing"]) != before


def test_shows_changed_settings_templates_and_static_files(served: Served) -> None:
    served.site.write("site.yaml", "name: 改了名的站\nsearch: 否\n")
    served.await_page("", "改了名的站")
    served.site.write("static/own.txt", "自己的文件\n")
    served.await_page("static/own.txt", "自己的文件")
    page = (REPOSITORY / "templates/page.html").read_text("utf-8")
    served.site.write("templates/notfound.html", page.split("{% block")[0] + "{% block main %}自己的模板{% endblock %}")
    served.await_page("404.html", "自己的模板")
    shutil.rmtree(served.site.folder / "templates")
    shutil.rmtree(served.site.folder / "static")
    wait_for(lambda: "自己的模板" not in served.get("404.html")[1])


def test_an_error_leaves_the_last_good_page_and_is_told(served: Served) -> None:
    before = contents(served.site)
    served.site.write(ITEM, "nmae: 社会保障卡挂失\n")
    served.await_words(f"{ITEM}:1:1: 错误 S101")
    assert "社会保障卡挂失" in served.get("items/guashi.html")[1]
    assert contents(served.site) == before


def test_broken_settings_do_not_end_the_server(served: Served) -> None:
    served.site.write("site.yaml", "name: [\n")
    served.await_words("site.yaml:")
    assert served.get("")[0] == 200
    served.site.write("site.yaml", "name: 又好了\nsearch: 否\n")
    served.await_page("", "又好了")


def test_a_broken_template_does_not_end_the_server(served: Served) -> None:
    served.site.write("templates/notfound.html", "{% if %}")
    served.await_words("notfound.html")
    assert served.get("")[0] == 200
    shutil.rmtree(served.site.folder / "templates")
    served.rename_item("模板好了")
    served.await_page("items/guashi.html", "模板好了")


def test_says_nothing_is_wrong_after_a_good_change(served: Served) -> None:
    served.rename_item("没有问题")
    served.await_page("items/guashi.html", "没有问题")
    served.await_words("已更新，没有问题。")


def test_a_page_asked_for_again_and_again_is_never_missing(served: Served) -> None:
    for name in ("甲", "乙"):
        served.rename_item(f"社保卡{name}")
        end = time.monotonic() + PATIENCE
        page = ""
        while f"社保卡{name}" not in page:
            status, page, _ = served.get("items/guashi.html")
            assert status == 200
            assert page.rstrip().endswith("</html>")
            assert time.monotonic() < end


# --- Starting and ending ---------------------------------------------------------------------------------------------


def test_starts_with_broken_settings_and_shows_the_site_once_they_are_mended(site: SiteFolder) -> None:
    site.write_all(FILES).write("site.yaml", "name: [\n")
    with serving(site) as one:
        one.await_words("请在浏览器里打开")
        status, page, _ = one.get("")
        assert status == 503
        assert "/-/overlay.js" in page
        site.write("site.yaml", FILES["site.yaml"])
        wait_for(lambda: one.get("")[0] == 200)


def test_without_settings_there_is_nothing_to_serve(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("serve") == 2
    assert "G001" in capsys.readouterr().out


def test_takes_the_next_port_when_one_is_taken(site: SiteFolder) -> None:
    site.write_all(FILES)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(site, port) as one:
            one.await_words("请在浏览器里打开")
            assert f"端口 {port} 被别的程序占用" in one.says
            assert one.address != f"http://127.0.0.1:{port}/"
            assert one.get("")[0] == 200


@pytest.mark.parametrize("port", ["-1", "65536", "八千"])
def test_refuses_what_is_no_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", port])
    assert ended.value.code == 2
    assert "65535" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="there, Ctrl-C cannot be sent to one program")
@pytest.mark.parametrize("during", ["正在生成", "请在浏览器里打开"], ids=["while it builds", "while it waits"])
def test_ctrl_c_ends_it_quietly(site: SiteFolder, during: str) -> None:
    with serving(site.write_all(FILES)) as one:
        one.await_words(during)
        one.program.send_signal(signal.SIGINT)
        assert one.program.wait(PATIENCE) == 0
        assert one.says.splitlines()[-1] == "已停止。"
        assert "Traceback" not in one.says
    assert not [path.name for path in site.folder.iterdir() if path.name.startswith(".public")]


def ran(script: str, *arguments: str, folder: Path, patience: float = PATIENCE) -> tuple[int, str]:
    """Run a script as the server runs a build; in a thread, since the browser of the run has the loop of this one."""
    with Builder(folder, [sys.executable, "-X", "utf8", "-c", script]) as builder, ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, builder.run(arguments, patience)).result()


def test_a_program_that_goes_on_too_long_is_ended(tmp_path: Path) -> None:
    code, says = ran("import time; time.sleep(3600)", folder=tmp_path, patience=0.1)
    assert code != 0
    assert "超过" in says


def test_what_a_program_says_is_kept_in_order(tmp_path: Path) -> None:
    script = (
        "import sys; print('甲', flush=True); print('乙', file=sys.stderr, flush=True); print(input()); sys.exit(3)"
    )
    code, says = ran(script, "丙", folder=tmp_path)
    assert (code, says.split()) == (3, ["甲", "乙", '["\\u4e19"]'])


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    code, says = ran("import nothing_of_this_name", "丙", folder=tmp_path)
    assert code != 0
    assert "nothing_of_this_name" in says


def test_a_program_that_ended_while_it_waited_is_replaced_and_leaves_no_open_file(tmp_path: Path) -> None:
    with Builder(tmp_path, [sys.executable, "-c", ""]) as builder:
        ended = builder.prepare()
        while ended.is_running:
            time.sleep(0.01)
        assert builder.prepare() is not ended
    del ended
    gc.collect()  # a file left open would fail the test by a warning


def test_a_program_that_is_told_nothing_ends_with_the_server(tmp_path: Path) -> None:
    script = "import pathlib, sys; pathlib.Path('ended').write_text(repr(sys.stdin.readline()))"
    with Builder(tmp_path, [sys.executable, "-c", script]):
        pass
    assert (tmp_path / "ended").read_text() == "''"


def test_leftovers_of_editing_programs_are_no_change(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a", "utf-8")
    before = file_states([tmp_path, tmp_path / "missing"])
    for name in (".a.yaml.swp", "~$a.yaml", "a.yaml~"):
        (tmp_path / name).write_text("b", "utf-8")
    assert file_states([tmp_path, tmp_path / "missing"]) == before
    assert len(before) == 1


# --- In the browser --------------------------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which one waits for a build."""
    page = browser.new_page()
    expect.set_options(timeout=PATIENCE * 1000)
    yield page
    expect.set_options(timeout=5000)
    page.close()


def test_the_overlay_comes_with_an_error_and_goes_when_it_is_mended(served: Served, page: Page) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(served.address + "items/guashi.html")
    heading, alert = page.locator("h1"), page.get_by_role("alert")
    expect(heading).to_have_text("社会保障卡挂失")
    expect(alert).to_have_count(0)

    served.site.write(ITEM, 'nmae: "<img src=/-/nothing>"\n')
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("<img src=/-/nothing>")
    expect(page.locator("img[src*=nothing]")).to_have_count(0)
    expect(alert).to_contain_text("内容有错，现在看到的是上一次的网页")
    expect(alert).to_contain_text(f"{ITEM}:1:1: 错误 S101")
    expect(heading).to_have_text("社会保障卡挂失")

    served.rename_item("社会保障卡补领")
    expect(heading).to_have_text("社会保障卡补领")
    expect(alert).to_have_count(0)

    served.site.write(ITEM, "name: 社会保障卡补领\n")
    expect(alert).to_contain_text("警告 R204")
    alert.get_by_role("button", name="关闭").click()
    expect(alert).to_have_count(0)
    page.reload()
    expect(heading).to_be_visible()
    expect(alert).to_have_count(0)

    served.site.write(ITEM, "nmae: 社会保障卡挂失\n")
    expect(alert).to_contain_text("S101")
    served.site.write(ITEM, "name: 社会保障卡补领\n")
    expect(alert).to_have_count(0)
    assert wrong == []
