"""`Project`: the folder of a site with its settings, content, templates, static files and interface words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

from rjsmin import jsmin  # type: ignore[import-untyped]

from builder.content.model.kinds import area_of
from builder.content.settings import Settings
from builder.content.source import Raw, read
from builder.content.validate import WRONG_VALUE, build
from builder.context.words import Words, read_words
from builder.publish.folders import CACHE, PUBLIC, preview_folders
from builder.render.look import ICON, with_look
from builder.render.pages.search import EMBEDDED
from builder.support.diagnostics import ConfigurationError, Finding, Rule, did_you_mean, quote
from builder.support.failure import USAGE_ERROR, Failure
from builder.support.fingerprint import BUILT_IN, digest
from builder.support.folder import Fault, FileState, FolderFiles, files_below, printable_path, state_of

NO_SITE = Rule(
    "G001",
    "要有网站设置文件 site.yaml",
    why="程序从 site.yaml 知道网站叫什么、内容在哪里。",
    fix="在网站文件夹里运行，或用 --site 指出 site.yaml 在哪里。",
)
NO_CONTENT = Rule(
    "G002",
    "要有内容文件夹 content",
    why="没有内容就没有网站。",
    fix="在 site.yaml 旁边建 content 文件夹，用 new 命令新建第一个事项。",
)
NO_LOCALE = Rule(
    "G008",
    "界面语言要有用词文件",
    why="没有用词文件，按钮和标题上就没有字。",
    fix="locale 写 zh-Hans，或在 templates/locales/ 里放这种语言的用词文件。",
)
UNREADABLE = Rule(
    "S123",
    "content、static、templates 里的文件都要读得到",
    why="链接指到没有的地方、绕成一圈，文件名是乱码，没有权限，都读不到里面写了什么；跳过去，网站上就会少东西。",
    fix="链接：改指到有的文件，不要了就删掉。文件名是乱码：照提示改名。没有权限：请管电脑的同事放开读的权限。",
)
TAKEN_NAME = Rule(
    "S124",
    "static/top 里的文件不能和网页同名",
    why="这里的文件放在网站最上一层；和网页同名，就会盖掉网页。",
    fix="换一个名字，或者删掉它。这里只放别人指定名字的文件，如网站验证文件、CNAME、.well-known。",
)
RULES = (NO_SITE, NO_CONTENT, NO_LOCALE, UNREADABLE, TAKEN_NAME)

# What is put before a script, since a page loads one file.
BEFORE_SCRIPT = {
    "guide.js": ("site.js", "days.js"),
    "calendar.js": ("site.js", "days.js"),
    "event.js": ("site.js",),
    "finder.js": ("site.js", "marks.js", "finder-groups.js"),
    "mine.js": ("site.js", "marks.js"),
    "moved.js": ("site.js",),
    "disclosure.js": ("site.js", "fold.js", "typing.js"),
}
LOADED_BY_ITSELF = "site.js"  # of those before others: pages without a script of their own load it
ONLY_WITHIN_OTHERS = EMBEDDED.union(*BEFORE_SCRIPT.values()) - {LOADED_BY_ITSELF}

CHINESE = "templates/locales/zh-Hans.yaml"

AT_THE_TOP = "top/"  # files in this folder of static/ are published at the top of the site

FAULTS = {
    Fault.DANGLING_LINK: ("这个链接指到的地方没有文件", "把链接改指到有的文件，不要了就删掉这个链接"),
    Fault.LINK_LOOP: ("这个链接绕了一圈，又回到它自己", "删掉这个链接，或改指到别的文件夹"),
    Fault.NO_PERMISSION: ("没有权限读", "请管电脑的同事放开读的权限"),
    Fault.NOT_A_FILE: ("这不是普通的文件", "删掉它，或移到网站文件夹外面"),
    Fault.NAME_NOT_UTF8: (
        "名字不是 UTF-8 编码，多半是中文 Windows 压缩、在别的系统解开的",
        "改名：用英文字母、数字、连字符；或者用 unzip -O GBK 重新解压",
    ),
}

# Text files of static/, whose line ends are made equal: a checkout on Windows may have written CRLF.
_TEXT_SUFFIXES = (".css", ".js", ".mjs", ".svg", ".html", ".json", ".xml", ".txt", ".webmanifest")


@dataclass(frozen=True)
class Project:
    """A site: its folder, settings, output folder, cache folder, the warnings about its settings file and its plain values.

    With `with_drafts` it is a preview, which shows drafts too.
    """

    root: Path
    settings: Settings
    out: Path
    cache: Path
    warnings: tuple[Finding, ...] = ()
    with_drafts: bool = False
    raw_settings: Mapping[str, Raw] = field(default_factory=dict, compare=False)

    @property
    def content(self) -> Path:
        """The folder of the content files."""
        return self.root / "content"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """The template folders: that of the site, then the built-in one. The first has priority."""
        return tuple(dict.fromkeys((self.root / "templates", BUILT_IN / "templates")))

    @cached_property
    def words(self) -> Words:
        """The interface words of the locale; Chinese words where it has none. Raises `ConfigurationError`."""
        words = _chinese_words((BUILT_IN / CHINESE).read_bytes())
        file = f"templates/locales/{self.settings.locale}.yaml"
        own = [folder.parent / file for folder in reversed(self.template_folders) if (folder.parent / file).is_file()]
        if not own:
            says = f"没有界面语言“{self.settings.locale}”的用词文件 {file}"
            raise ConfigurationError([NO_LOCALE.at("site.yaml", "locale", says=says, hint=self._known_locales())])
        for path in (one for one in own if one != BUILT_IN / CHINESE):
            words = {**words, **read_words(file, path.read_bytes(), words)}
        return words

    def _known_locales(self) -> str:
        known = sorted({file.stem for folder in self.template_folders for file in folder.glob("locales/*.yaml")})
        write = f"改成 {known[0]}" if len(known) == 1 else f"现有的：{'、'.join(known)}"
        return f"{write}；要用别的，把用词文件放进 templates/locales/"

    @cached_property
    def static_files(self) -> Mapping[str, bytes]:
        """The static files by their path relative to ``static/``, with the colours and the logo of the site.

        Files of the site replace built-in files. Built-in scripts and style sheets are minified, which makes them a
        third smaller. Line ends of text files are LF. Files in ``static/top/`` are not among them.
        """
        files: dict[str, bytes] = {}
        for folder in dict.fromkeys((BUILT_IN / "static", self.root / "static")):
            for path in files_below(str(folder)).files:
                if not path.startswith(AT_THE_TOP):
                    data = _with_lf(path, (folder / path).read_bytes())
                    files[path] = _minified(path, data) if folder == BUILT_IN / "static" else data
        for script, before in BEFORE_SCRIPT.items():
            files[script] = b"\n".join(files[name] for name in (*before, script))
        own_icon = (self.root / "static" / ICON).is_file() and self.root != BUILT_IN
        styled = with_look(files, self.settings.colors, self.settings.mark, own_icon=own_icon)
        return dict(sorted(styled.items()))

    @property
    def published_static(self) -> Mapping[str, bytes]:
        """Those static files that pages load: scripts that come within others only are not published once more."""
        return {path: data for path, data in self.static_files.items() if path not in ONLY_WITHIN_OTHERS}

    @cached_property
    def asset_digests(self) -> Mapping[str, str]:
        """The digest of each static file, by its path."""
        return {path: digest(data) for path, data in self.static_files.items()}

    @cached_property
    def root_files(self) -> Mapping[str, bytes]:
        """The files of ``static/top/``, byte for byte, by the path at which they are published: the top of the site."""
        folder = self.root / "static" / AT_THE_TOP
        return {path: (folder / path).read_bytes() for path in files_below(str(folder)).files}

    @cached_property
    def content_files(self) -> Mapping[str, os.stat_result]:
        """The content files by their path relative to the site, sorted, with the result of `os.stat`."""
        return {f"content/{path}": facts for path, facts in self._below_content.files.items()}

    @cached_property
    def _below_content(self) -> FolderFiles:
        return files_below(str(self.content))

    @cached_property
    def files_by_area(self) -> Mapping[str, Mapping[str, FileState]]:
        """The facts of the content files of each area by path; under "" those that belong to no area."""
        areas: dict[str, dict[str, FileState]] = {"": {}}
        for file, facts in self.content_files.items():
            areas.setdefault(area_of(file), {})[file] = state_of(facts)
        return areas

    def require_area(self, area: str) -> None:
        """Raise `Failure` unless there are content files of the area."""
        known = sorted(name for name in self.files_by_area if name)
        if area not in known:
            hint = (
                did_you_mean(area, known)
                or f"地区编号是 content/items 里的文件夹名：{'、'.join(map(quote, known[:10]))}"
            )
            raise Failure(f"没有“{quote(area)}”这个地区", hint, USAGE_ERROR)

    def unreadable(self) -> Iterator[Finding]:
        """Yield a finding for each file, folder and link of the site that cannot be read."""
        own = {folder: files_below(str(self.root / folder)) for folder in ("static", "templates")}
        for folder, found in {"content": self._below_content, **own}.items():
            for path, fault in found.faults.items():
                says, hint = FAULTS[fault]
                yield UNREADABLE.at(printable_path(f"{folder}/{path}".rstrip("/")), says=says, hint=hint)

    def taken_names(self, urls: Iterable[str]) -> Iterator[Finding]:
        """Yield a finding for each file of ``static/top/`` whose place belongs to the site with the pages `urls`."""
        ours = {url.partition("/")[0].casefold() for url in urls} | {"static", "data", "pagefind", "pdf"}
        for path in self.root_files:
            if (name := path.partition("/")[0]).casefold() in ours:
                says = f"网站自己要用“{name}”这个名字"
                yield TAKEN_NAME.at(f"static/{AT_THE_TOP}{path}", says=says, hint=TAKEN_NAME.fix)


@lru_cache(maxsize=1)  # a review opens two projects with the same words
def _chinese_words(data: bytes) -> Words:
    return read_words(CHINESE, data)


def _with_lf(path: str, data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n") if path.lower().endswith(_TEXT_SUFFIXES) else data


def _minified(path: str, data: bytes) -> bytes:
    """Return a built-in script or style sheet minified. No string in our style sheets looks like a comment."""
    if path.endswith(".js"):
        return cast("bytes", jsmin(data))
    return _CSS_WASTE.sub(b"", data) if path.endswith(".css") else data


_CSS_WASTE = re.compile(rb"/\*.*?\*/|\s+(?=[{}])|(?<=[{};,])\s+", re.DOTALL)


def open_project(
    site: Path,
    *,
    out: Path | None = None,
    base_url: str | None = None,
    with_pdf: bool = True,
    with_drafts: bool = False,
) -> Project:
    """Return the project with the settings in the file `site`. `out` and `base_url` override its own values.

    Without `with_pdf`, no PDF files are made, whatever the settings say. With `with_drafts`, the project is a preview
    in its own output folder, and `out` is ignored. Raises `ConfigurationError`.
    """
    root = site.resolve().parent
    if not site.is_file():
        raise ConfigurationError([NO_SITE.at("", says=f"找不到 {site.as_posix()}", hint=NO_SITE.fix)])
    document, findings = read(site.name, site.read_bytes())
    if document is None:
        raise ConfigurationError(findings)
    overrides = {"base_url": base_url.rstrip("/")} if base_url is not None else {}
    if not with_pdf:
        overrides["pdf"] = "否"
    raw = {**document.raw, **overrides}
    settings, problems = build(Settings, raw, site.name)
    if settings is None:
        raise ConfigurationError([*findings, *problems])
    if not (root / "content").is_dir():
        raise ConfigurationError([NO_CONTENT.at("", says="site.yaml 旁边没有 content 文件夹", hint=NO_CONTENT.fix)])
    out, cache = preview_folders(root) if with_drafts else (out or root / PUBLIC, root / CACHE)
    project = Project(root, settings, out, cache, tuple(findings), with_drafts, raw)
    if settings.picture and settings.picture not in project.static_files:
        says, hint = f"static 里没有“{settings.picture}”这个文件", "把图片放进 static 文件夹，或者只写一个字"
        raise ConfigurationError([WRONG_VALUE.at(site.name, "mark", says=says, hint=hint)])
    return project
