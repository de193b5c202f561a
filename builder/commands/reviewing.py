"""``build.py review``: what a change of the content means, as Markdown, a page, a sheet to sign, or data."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from builder.checks.search_names import near
from builder.checks.search_proof import MissingEngine, prove
from builder.content.model.signoffs import SignOff
from builder.content.settings import ReviewSettings
from builder.differences.levels import own_levels
from builder.posting import Posted, post
from builder.project import Project, open_project
from builder.render.templates import environment_of, rendered
from builder.review.as_data import as_data
from builder.review.markdown import MARK, as_markdown, not_compared
from builder.review.page import ReviewPage
from builder.review.review import Review, content_digests, review
from builder.review.signing import unsigned_findings
from builder.review.states import FOLDER, State, last_tag, span_of, states_in, states_of
from builder.support.diagnostics import ConfigurationError, Finding
from builder.support.failure import Failure
from builder.support.fingerprint import builder_digest, digest
from builder.support.processes import Processes, Progress
from builder.support.store import Store

FORMATS = ("md", "html", "sheet", "json")


def reviewed(
    site: Path, asked: Sequence[str], processes: Processes, progress: Progress, today: date
) -> tuple[Project, Review]:
    """Return the review of what is asked for (nothing, ``BASE``, ``BASE..HEAD``, or two folders) and the project after.

    Raises `NotCompared`, and `ConfigurationError` for wrong settings of either state.
    """
    folders = [Path(one) for one in asked]
    if len(folders) == 2:
        cache = folders[1].resolve() / ".cache" / FOLDER
        before, after = states_in(folders, cache, processes, progress, today)
    else:
        project = open_project(site)
        before, after = states_of(project, span_of(project, "".join(asked)), processes, progress, today)
    return after.project, review(before, after, own_levels(after.project.settings), _not_found_first)


def unsigned_since(site: Path, release: str, processes: Processes, progress: Progress, today: date) -> list[Finding]:
    """Return a finding for each grave change since `release` (a tag or commit, "" for the last tag) that nobody has signed.

    Raises `NotCompared`, `ConfigurationError`.
    """
    project = open_project(site)
    span = span_of(project, release or last_tag(project))
    before, after = states_of(project, span, processes, progress, today)
    found = review(before, after, own_levels(project.settings), lambda *_: None)
    settings = project.settings.review or ReviewSettings()
    sign_offs = [one.record for one in after.site.all(SignOff)]
    return unsigned_findings(found, sign_offs, required=settings.required)


def written_as(format: str, found: Review, project: Project) -> str:
    """Return the review in one of `FORMATS`."""
    if format == "md":
        return as_markdown(found)
    if format == "json":
        return as_data(found)
    folders = project.template_folders
    environment = environment_of(folders, project.cache / "templates")
    signers = (project.settings.review or ReviewSettings()).signers
    values = {"review": found, "page": ReviewPage(found, signers)}
    name = "review/review.html" if format == "html" or found.errors else "review/sheet.html"
    return rendered(environment, folders, name, values).decode()


def posted(review: Review | ConfigurationError | Failure, platform: str, environment: Mapping[str, str]) -> Posted:
    """Write a review, or why there is none, as the one comment of the pull request. Raises `NotPosted`."""
    if isinstance(review, Review):
        text = as_markdown(review)
    elif isinstance(review, ConfigurationError):
        text = not_compared("网站的设置有错误，不能发布，也没有比较。先改好这些：", review.findings)
    else:
        text = not_compared(f"{review.says}。{review.hint}")
    return post(text, MARK, platform, environment)


def _not_found_first(state: State, ids: Collection[str]) -> list[Finding] | None:
    """Return the names that are not found first, of those that these items may answer. What was found is kept."""
    mark = digest(repr((sorted(content_digests(state).items()), sorted(ids))).encode())
    with Store.open(state.project.cache, builder_digest()) as store:
        if kept := store.get_many("state", [KEPT]).get(KEPT):
            kept_mark, findings = pickle.loads(kept)
            if kept_mark == mark:
                return list(findings)
        try:
            found = prove(state.project, state.site, near(ids, state.site))
        except MissingEngine:
            return None
        store.put_many("state", [(KEPT, pickle.dumps((mark, found)))])
    return found


KEPT = "search of a review"  # in the store of a state
