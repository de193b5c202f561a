"""Runs the search script of the site in V8, with the data of the search page, and checks what it finds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from builder.checks.search_names import Question, all_questions, check_events_found, check_found
from builder.content.site import Site
from builder.context import Lookup, frame_of
from builder.project import Project
from builder.render.page import PageContext
from builder.render.pages import PAGE_KINDS, finder, search, search_texts
from builder.render.pages.search_data import DataView
from builder.support.diagnostics import Finding, with_severities
from builder.support.failure import Failure


class MissingEngine(Failure):
    """The package mini-racer, which contains V8, is not installed."""

    def __init__(self) -> None:
        super().__init__("验证搜索要装 mini-racer，请改用 uv run --extra proof build.py check --search")


_FIRST = "texts => texts.map(text => { const [first] = engine.find(text); return first ? first.id : ''; })"
_FIRST_EVENT = "texts => texts.map(text => { const [first] = engine.events(text); return first ? first.name : ''; })"


def prove(project: Project, site: Site, is_asked: Callable[[Question], bool] = all_questions) -> list[Finding]:
    """Return the findings about names that the search of `site` does not find first, of those that are `is_asked`.

    Those of events are asked with all others only.

    Raises `MissingEngine`.
    """
    try:
        from py_mini_racer import MiniRacer  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingEngine from error
    if not site.offered:
        return []
    engine = MiniRacer()
    for script in (*search.ENGINE, search.LETTERS_SCRIPT, search.MATTERS_SCRIPT):
        engine.eval(project.static_files[script].decode())
    engine.eval("let engine;")
    frame = frame_of(site, {}, {}, project.words)
    for page in (*search.plan(site, frame), *search_texts.plan_areas(site)):
        context = PageContext(project.words, frame, Lookup(page.uses, site.known))
        view = PAGE_KINDS[page.kind].view(page, context)
        for name, value in view.values if isinstance(view, DataView) else ():
            if name == "about":
                engine.eval(f"engine = createSearchEngine({value}); 0")
            elif name == "characters":
                engine.eval(f"engine.learn({value}); 0")
            elif name == "speech":
                engine.eval(f"engine.understand({value}); 0")
            elif name.startswith((search_texts.NAME, search_texts.WAYS)):
                engine.eval(f"engine.read({value}); 0")
            elif not name.startswith(("pairs", finder.NAME)):
                engine.eval(f"engine.add({value}); 0")

    def found_by(script: str, texts: Sequence[str]) -> Sequence[str]:
        found = engine.eval(f"JSON.stringify(({script})({json.dumps(list(texts))}))")
        return cast("list[str]", json.loads(str(found)))

    findings = [*check_found(site, partial(found_by, _FIRST), is_asked)]
    if is_asked is all_questions:
        findings += check_events_found(site, partial(found_by, _FIRST_EVENT))
    return sorted(with_severities(findings, project.settings.severities))
