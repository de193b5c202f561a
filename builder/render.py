"""Pages to bytes. Jinja lives here and nowhere else; a template sees its page's view, the frame and the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from builder.frame import Frame
from builder.page import Page
from builder.pages import KINDS
from builder.source import digest
from builder.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment, Template


# {% extends "a" %}, {% include "a" %}, {% import "a" %}, {% from "a" import b %}; the name must be written out.
_REFERENCE = re.compile(rb"""\{%-?\s*(?:extends|include|import|from)\s+(?:"([^"]+)"|'([^']+)'|(\S+))""")


class ComputedTemplateName(Exception):
    """A template includes another by a computed name, which the cache could not follow."""


class Renderer:
    """Renders pages from the templates in `folders`, the first folder winning file by file."""

    def __init__(self, folders: Sequence[Path], frame: Frame, words: Words) -> None:
        self._folders = folders
        self._frame = frame
        self._words = words
        self._templates: dict[str, Template] = {}

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - not needed when all is cached

        return Environment(
            loader=FileSystemLoader([str(folder) for folder in self._folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def render(self, page: Page, view: object) -> bytes:
        """Return the bytes of `page`. Raises jinja2.TemplateError when a template is wrong."""
        template = self._templates.get(page.kind)
        if template is None:
            globals = {"site": self._frame.settings, "frame": self._frame, "words": self._words}
            template = self._environment.get_template(KINDS[page.kind][1], globals=globals)
            self._templates[page.kind] = template
        return template.render(view=view, page=page, root=page.root).encode()


def template_digests(folders: Sequence[Path]) -> Mapping[str, str]:
    """Return for each page kind the digest of its template and of every template that it extends or includes."""
    texts: dict[str, bytes] = {}
    links: dict[str, frozenset[str]] = {}
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and path.suffix != ".yaml":
                texts[path.relative_to(folder).as_posix()] = path.read_bytes()

    def closure(name: str) -> Iterator[str]:
        waiting, seen = [name], set()
        while waiting:
            here = waiting.pop()
            if here in seen or here not in texts:
                continue
            seen.add(here)
            links[here] = links.get(here) or _references(here, texts[here])
            waiting += links[here]
        yield from sorted(seen)

    return {kind: digest(b"\0".join(texts[name] for name in closure(template))) for kind, (_, template) in KINDS.items()}


def _references(name: str, text: bytes) -> frozenset[str]:
    found = set()
    for double, single, computed in _REFERENCE.findall(text):
        if computed:
            raise ComputedTemplateName(f"templates/{name}: {computed.decode()}")
        found.add((double or single).decode())
    return frozenset(found)
