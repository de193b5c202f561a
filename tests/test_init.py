"""`build.py init`: a site for one office that builds at once, and that its editors can go on from."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from site_folder import SiteFolder, files_in, sample_content
from test_serve import serving

from builder.cli import main
from builder.commands import Refused
from builder.commands.init import STARTER, new_site, office_of

ROOT = Path(__file__).resolve().parent.parent
OFFICE = "清江县政务服务中心"


def init(folder: Path, *arguments: str) -> int:
    return main(["init", str(folder), *arguments])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "qingjiang"
    new_site(folder, office_of(OFFICE))
    return folder


def strict(site: Path) -> int:
    return main(["check", "--strict", "--jobs", "1", "--site", str(site)])


def test_a_new_site_builds_without_an_error_or_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "qingjiang", "--name", OFFICE) == 0
    said = capsys.readouterr().out
    assert OFFICE in said
    assert "“清江县”（qing-jiang-xian）" in said
    assert re.findall(r"uv run build.py (\w+)", said) == ["serve", "new"]

    assert main(["build", "--strict", "--jobs", "1", "--site", str(tmp_path / "qingjiang")]) == 0
    home = (tmp_path / "qingjiang/public/index.html").read_text("utf-8")
    assert "<h1>清江县政务服务中心办事指南</h1>" in home
    assert home.count("（示例）</span>") == 2
    for page in (tmp_path / "qingjiang/public/items").glob("shili-*.html"):
        assert re.search(r"<h1[^>]*>[^<]*（示例）</h1>", page.read_text("utf-8"))


def test_nothing_of_the_sample_site_is_in_it(site: Path) -> None:
    sample = {path.name for path in (sample_content() / "items").rglob("*.yaml")}
    assert len(sample) > 200
    assert not sample & {path.name for path in site.rglob("*.yaml")}
    text = "\n".join(path.read_text("utf-8") for path in site.rglob("*") if path.is_file())
    assert not re.search("示例站|新城镇|南磨房|渝中|西城区|松山|猫场|沈阳|天津|北京", text)


def test_every_name_is_filled_in(site: Path) -> None:
    names = set(re.findall(r"\$([a-z_]+)", " ".join(f"{path} {path.read_text('utf-8')}" for path in files(STARTER))))
    assert names == {"site_name", "office", "hall", "area", "area_name", "level", "department", "folder"}
    for path in files(site):
        assert not re.search(rf"\$({'|'.join(names)})\b", f"{path} {path.read_text('utf-8')}"), path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "file",
    ["site.yaml", "content/areas.yaml", "content/places/dating.yaml", "content/terms.yaml", "content/departments"],
)
def test_what_is_commented_out_is_right_once_it_is_used(site: Path, file: str) -> None:
    (path,) = (site / file).glob("*") if (site / file).is_dir() else (site / file,)
    text = path.read_text("utf-8")
    used = re.sub(r"^# ?(?=[a-z_-]+:|  +[-a-z])", "", text, flags=re.MULTILINE)
    assert used != text
    path.write_text(used, "utf-8")
    assert strict(site) == 0


def test_the_examples_can_be_deleted_one_by_one(site: Path) -> None:
    for example in sorted(site.rglob("shili-*.yaml")):
        example.unlink()
        assert main(["build", "--strict", "--jobs", "1", "--site", str(site)]) == 0
    home = (site / "public/index.html").read_text("utf-8")
    assert "示例）" not in home


def test_an_editor_goes_on_with_new(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "社会保障卡挂失", "--site", str(site)]) == 0
    assert "content/items/qing-jiang-xian/she-hui-bao-zhang-ka-gua-shi.yaml" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "area", "level"),
    [
        ("清江县政务服务中心", "清江县", "区县级"),
        ("清江县市场监督管理局", "清江县", "区县级"),
        ("清江县住房和城乡建设局", "清江县", "区县级"),
        ("清江县城关镇人民政府", "清江县城关镇", "乡镇街道"),
        ("江南市滨江区新桥街道办事处", "江南市滨江区新桥街道", "乡镇街道"),
        ("阳光社区居民委员会", "阳光社区", "村社区"),
        ("雄县政务服务中心", "雄县", "区县级"),
        ("社区服务中心", "社区服务中心", "乡镇街道"),  # names no area
    ],
)
def test_the_area_is_taken_from_the_name(name: str, area: str, level: str) -> None:
    office = office_of(name)
    assert (office.area_name, office.level.label) == (area, level)


def test_area_and_its_name_may_be_given(tmp_path: Path) -> None:
    assert init(tmp_path / "a", "--name", "便民服务中心", "--area", "xinqiao", "--area-name", "新桥镇") == 0
    assert "xinqiao: {name: 新桥镇, level: 乡镇街道}" in (tmp_path / "a/content/areas.yaml").read_text("utf-8")
    assert strict(tmp_path / "a") == 0


def test_without_a_name_the_folder_gives_it_and_this_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "新桥镇便民服务中心") == 0
    assert "照文件夹名写的" in capsys.readouterr().out
    assert "name: 新桥镇便民服务中心办事指南\n" in (tmp_path / "新桥镇便民服务中心/site.yaml").read_text("utf-8")


def test_the_name_of_a_site_is_not_made_longer(tmp_path: Path) -> None:
    new_site(tmp_path / "a", office_of("新桥镇办事指南"))
    assert "name: 新桥镇办事指南\n" in (tmp_path / "a/site.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["A: b #c", "no", "[甲]", "“引号”中心", "1号", "a'b\"c", "$office", "*星"])
def test_any_name_stays_what_it_is(tmp_path: Path, name: str) -> None:
    new_site(tmp_path / "a", office_of(name, area="jia", area_name=name))
    assert strict(tmp_path / "a") == 0
    assert main(["build", "--jobs", "1", "--site", str(tmp_path / "a")]) == 0


@pytest.mark.parametrize(
    "arguments", [("--name", "长" * 40), ("--name", "！？"), ("--area", "CON"), ("--area", "../b")]
)
def test_a_name_that_will_not_do_is_refused_and_nothing_is_written(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert init(tmp_path / "x" / "office", *arguments) == 2
    assert not list(tmp_path.iterdir())


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site.yaml").write_text("name: 我的\n", "utf-8")
    assert init(tmp_path, "--name", OFFICE) == 2
    said = capsys.readouterr().err
    assert "site.yaml" in said
    assert "换一个新的文件夹名" in said
    assert files_in(tmp_path) == {"site.yaml": "name: 我的\n".encode()}
    assert init(tmp_path / "site.yaml", "--name", OFFICE) == 2


def test_an_empty_folder_and_a_new_repository_will_do(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert init(tmp_path, "--name", OFFICE) == 0
    assert strict(tmp_path) == 0
    assert {path.name for path in tmp_path.iterdir()} >= {
        ".git",
        ".gitattributes",
        ".github",
        ".gitignore",
        "site.yaml",
        "content",
    }


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "a new folder"])
def test_what_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    folder = tmp_path / "qingjiang"
    if there:
        folder.mkdir()
    rename = os.rename
    moved: list[Path] = []

    def failing(source: Path, target: Path) -> None:
        if target == folder or (target.parent == folder and len(moved) == 2):
            raise OSError("disk full")
        moved.append(target)
        rename(source, target)

    monkeypatch.setattr("os.rename", failing)
    with pytest.raises(OSError, match="disk full"):
        new_site(folder, office_of(OFFICE))
    assert [path for path in tmp_path.rglob("*") if path != folder] == []


def test_asks_for_an_id_when_the_area_has_no_pinyin() -> None:
    with pytest.raises(Refused) as refused:
        office_of("！？")
    assert "--area" in refused.value.hint


def test_the_commands_of_the_readme_lead_to_the_first_page(tmp_path: Path) -> None:
    """As someone new gives them, one after the other, in a folder of his own."""
    text = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"## Your own site\n+```\n(.*?)```", text, re.DOTALL)
    assert block
    commands = [shlex.split(line, comments=True) for line in block[1].splitlines()]
    assert [command[3] for command in commands] == ["init", "serve", "new"]
    for command in commands:
        assert command[:3] == ["uv", "run", "build.py"]
        run_as_written(command[3:], tmp_path)


def run_as_written(arguments: list[str], folder: Path) -> None:
    if arguments[0] != "serve":
        subprocess.run([sys.executable, str(ROOT / "build.py"), *arguments], cwd=folder, check=True)
        return
    with serving(SiteFolder(folder), 0, *arguments[1:]) as served:
        served.await_words("请在浏览器里打开")
        assert "网站没有问题" in served.says
        assert OFFICE in served.get("")[1]
