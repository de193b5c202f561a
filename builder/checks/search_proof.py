"""The proof of the search: the page's own script is asked, in V8, on the data that the page would get."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

from builder.checks.search_names import check_found
from builder.content.site import Site
from builder.context import Lookup, frame_of
from builder.project import Project
from builder.render.page import PageContext
from builder.render.pages import PAGE_KINDS, search
from builder.support.diagnostics import Finding, with_severities


class MissingEngine(Exception):
    """V8 is not installed."""

    def __init__(self) -> None:
        super().__init__("验证搜索要装 mini-racer，请改用 uv run --extra proof build.py check --search")


_FIRST = (
    "questions => questions.map(one => { const found = engine.find(one); return found.length ? found[0].id : ''; })"
)


def prove(project: Project, site: Site) -> list[Finding]:
    """Return what the search of `site` does not find first. Raises MissingEngine."""
    try:
        from py_mini_racer import MiniRacer  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingEngine from error
    if not site.offered:
        return []
    engine = MiniRacer()
    engine.eval(project.static_files["search-engine.js"].decode())
    engine.eval("let engine;")
    frame = frame_of(site, {}, {}, project.words)
    for page in search.plan(site, frame):
        context = PageContext(project.words, frame, Lookup(page.uses, site.known))
        view = PAGE_KINDS[page.kind].view(page, context)
        for name, value in view.values if isinstance(view, search.DataView) else ():
            if name == "about":
                engine.eval(f"engine = createSearchEngine({value}); 0")
            elif name == "characters":
                engine.eval(f"engine.learn({value}); 0")
            elif name != "pairs":
                engine.eval(f"engine.add({value}); 0")

    def first(questions: Sequence[str]) -> Sequence[str]:
        answer = engine.eval(f"JSON.stringify(({_FIRST})({json.dumps(list(questions))}))")
        return cast("list[str]", json.loads(str(answer)))

    return sorted(with_severities(check_found(site, first), project.settings.severities))
