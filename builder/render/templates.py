"""Render pages with Jinja, which no other module imports. A template of a page sees its view, the frame and the words."""

from __future__ import annotations

import marshal
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.context import Frame, Words
from builder.render.page import Page
from builder.render.pages import PAGE_KINDS
from builder.support.diagnostics import ConfigurationError, Position, Rule, quote
from builder.support.fingerprint import digest
from builder.support.folder import files_below
from builder.support.markdown import rebased
from builder.support.store import Store

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from markupsafe import Markup

MISTAKE = Rule(
    "G004",
    "模板要写对",
    why="模板写错，用它的页面就做不出来。",
    fix="照提示改这个模板；改不好就删掉自己的这个文件，会用回自带的模板。",
)
COMPUTED_NAME = Rule(
    "G006",
    "模板里引用别的模板，名字要直接写出来",
    why="名字是算出来的，程序就不知道这一页用了哪些模板，改了模板页面也不会更新。",
    fix='写成 {% include "footer.html" %} 这样；要按情况选，用 {% if %} 分开写。',
)
RULES = (MISTAKE, COMPUTED_NAME)

BUILTIN = "builtin"  # the prefix by which templates refer to the built-in ones, in the last folder


class Renderer:
    """Renders pages from the templates in `folders`, the first folder winning file by file.

    A template of the site can extend the built-in one that it replaces, as ``builtin/<name>``.

    Templates are compiled once and kept in the folder `compiled`.
    """

    def __init__(self, folders: Sequence[Path], frame: Frame, compiled: Path) -> None:
        self._folders = folders
        self._compiled = compiled
        self._frame = frame
        self._environments: dict[tuple[int, str], Environment] = {}

    def _environment_of(self, words: Words, root: str) -> Environment:
        """Return the environment for pages with these words at this depth.

        What all of these pages share are globals, so that templates can import macros without context: Jinja sets those
        up once, and macros with context for each page anew, which takes as long as a fifth of the page.
        """
        environment = self._environments.get((id(words), root))
        if environment is None:
            environment = self._environments[id(words), root] = environment_of(self._folders, self._compiled)
            environment.globals |= {
                "site": self._frame.settings,
                "frame": self._frame,
                "words": words,  # held here, so that its id is never that of others
                "root": root,
                "static_script": self._static_script,
            }
        return environment

    def render(self, page: Page[Any], view: object, words: Words) -> bytes:
        """Return the bytes of `page`. Raises ConfigurationError, with the place, when a template is wrong."""
        kind = PAGE_KINDS[page.kind]
        top = self._frame.settings.fixed_path if kind.anywhere else ""
        environment = self._environment_of(words, top or page.root)
        return rendered(environment, self._folders, kind.template, {"view": view, "page": page, "kind": kind})

    def _static_script(self, path: str) -> Markup:
        """Return a minified static script to embed in another file; the site's own one wins over the built-in one.

        The digests of all static files are in the frame, so a page that embeds one is made again when it changes.
        """
        from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja
        from rjsmin import jsmin  # type: ignore[import-untyped]  # noqa: PLC0415 - for one file

        files = (folder.parent / "static" / path for folder in self._folders)
        return Markup(jsmin(next(file for file in files if file.is_file()).read_text("utf-8")))  # noqa: S704 - our own script


def environment_of(folders: Sequence[Path], compiled: Path) -> Environment:
    """Return an environment for the templates in `folders`, the first folder winning, compiled into the folder `compiled`."""
    from jinja2 import (  # noqa: PLC0415 - not needed when all is cached
        ChoiceLoader,
        Environment,
        FileSystemLoader,
        PrefixLoader,
        StrictUndefined,
    )

    own_first = FileSystemLoader([str(folder) for folder in folders])
    built_in = PrefixLoader({BUILTIN: FileSystemLoader(str(folders[-1]))})
    environment = Environment(
        bytecode_cache=_kept(compiled),
        loader=ChoiceLoader([own_first, built_in]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["rebased"] = rebased
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}  # Chinese left as it is
    return environment


def rendered(environment: Environment, folders: Sequence[Path], name: str, values: Mapping[str, object]) -> bytes:
    """Return what the template `name` makes of `values`. Raises ConfigurationError, with the place, when it is wrong."""
    try:
        return environment.get_template(name).render(values).encode()
    except Exception as error:
        place = _place(error, folders)
        if place is None:
            raise
        raise _mistake(error, *place) from error


def _kept(folder: Path) -> BytecodeCache:
    """Return a cache of compiled templates in `folder`. A damaged or unwritable cache never fails a build."""
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415 - as above
    from jinja2.bccache import Bucket  # noqa: PLC0415 - as above

    class Kept(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            try:
                super().load_bytecode(bucket)
            except Exception:  # noqa: BLE001 - whatever a damaged file leads to
                bucket.reset()

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return Kept(str(folder))


def _place(error: Exception, folders: Sequence[Path]) -> tuple[str, int] | None:
    """Return the template below `folders` and the line where `error` came about, None if it was raised by our own code."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - loaded by then

    if isinstance(error, TemplateSyntaxError):
        return error.name or "", error.lineno
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        for folder in folders:
            if folder in Path(frame.filename).parents:
                return Path(frame.filename).relative_to(folder).as_posix(), frame.lineno or 1
    return None


def check_templates(folder: Path, store: Store) -> None:
    """Raise ConfigurationError when a template in `folder` is wrong in itself or names another by a computed name.

    `store` keeps which were right, so that only changed ones are parsed.
    """
    references = References(store, "checked templates")
    for name, text in _texts([folder]).items():
        references.of(name, text)
    references.keep()


def _mistake(error: Exception, name: str, line: int) -> ConfigurationError:
    says = f"模板写错了：{quote(str(error))}"
    return ConfigurationError([MISTAKE.at(f"templates/{name}", says=says, position=Position(line, 1))])


def template_digests(folders: Sequence[Path], store: Store) -> Mapping[str, str]:
    """Return for each page kind the digest of its template and of every template that it extends, includes or imports.

    `store` keeps which others a template names, so that only changed ones are parsed. Raises ConfigurationError where a
    template cannot be parsed, or names another by a computed name, which could not be followed.
    """
    texts = _texts(folders)
    references = References(store, "templates")

    def closure(name: str) -> Iterator[str]:
        waiting, seen = [name], set[str]()
        while waiting:
            here = waiting.pop()
            if here in texts and here not in seen:
                seen.add(here)
                waiting += references.of(here, texts[here])
        yield from sorted(seen)

    digests = {
        name: digest("\0".join(texts[used] for used in closure(kind.template)).encode())
        for name, kind in PAGE_KINDS.items()
    }
    references.keep()
    return digests


class References:
    """Which other templates each template names; `store` keeps it under the name `kept_as`."""

    def __init__(self, store: Store, kept_as: str) -> None:
        self._store = store
        self._kept_as = kept_as
        kept = store.get_many("state", [kept_as]).get(kept_as)
        self._known: dict[str, tuple[str, ...]] = marshal.loads(kept) if kept else {}  # by the digest of the text
        self._asked: dict[str, tuple[str, ...]] = {}

    def of(self, name: str, text: str) -> tuple[str, ...]:
        """Return the names that the template `text`, called `name`, names. Raises ConfigurationError as `_references`."""
        key = digest(text.encode())
        if key not in self._asked:
            self._asked[key] = self._known[key] if key in self._known else _references(name, text)
        return self._asked[key]

    def keep(self) -> None:
        """Keep what was asked for the next build."""
        if self._asked != self._known:
            self._store.put_many("state", [(self._kept_as, marshal.dumps(self._asked))])


def _texts(folders: Sequence[Path]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for folder in reversed(folders):
        for name in files_below(str(folder)).files:
            if not name.endswith(".yaml"):
                texts[name] = _text(folder / name, folder)
                if folder == folders[-1]:
                    texts.setdefault(f"{BUILTIN}/{name}", texts[name])
    return texts


def _text(path: Path, folder: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise _mistake(ValueError("不是 UTF-8 编码，请另存为 UTF-8"), path.relative_to(folder).as_posix(), 1) from error


@lru_cache(maxsize=256)  # a review builds two sites with the same templates
def _references(name: str, text: str) -> tuple[str, ...]:
    """Return the names of the templates that the template `text`, called `name`, extends, includes or imports.

    Raises ConfigurationError where it cannot be parsed or where such a name is computed.
    """
    from jinja2 import Environment, TemplateSyntaxError, meta, nodes  # noqa: PLC0415 - not needed when all is cached

    try:
        template = Environment(autoescape=True).parse(text, name)
    except TemplateSyntaxError as error:
        raise _mistake(error, name, error.lineno) from error
    found = set[str]()
    for tag in template.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
        for used in meta.find_referenced_templates(nodes.Template([tag])):
            if used is None:
                raise _computed_name(name, text.split("\n")[tag.lineno - 1], tag.lineno)
            found.add(used)
    return tuple(sorted(found))


def _computed_name(name: str, line_text: str, line: int) -> ConfigurationError:
    says = f"{quote(line_text.strip())} 的名字不是直接写出来的"
    finding = COMPUTED_NAME.at(f"templates/{name}", says=says, hint=COMPUTED_NAME.fix, position=Position(line, 1))
    return ConfigurationError([finding])
