"""The sample site as it would be handed over: nothing that no page asks for, names that every system keeps."""

from __future__ import annotations

import re
from collections import Counter

from sample_site import Built

from builder.release.contents import contents_of
from builder.release.needs import Needs

# Files that nobody names: a server or a program looks for them.
BY_NAME = {"404.html", "robots.txt", "data/manifest.json", "data/context.json"}
NAMED = re.compile(r"[\w./-]+\.[a-z]\w*")
BY_PATTERN = re.compile(
    r"data/(?:items|events)/[a-z0-9-]+\.json"
    r"|pagefind/(?:fragment/zh_\w+\.pf_fragment|index/zh_\w+\.pf_index|pagefind\.zh_\w+\.pf_meta|wasm\.unknown\.pagefind)"
)


def test_every_file_is_named_by_another_or_is_found_by_its_id_or_hash(built: Built) -> None:
    files = contents_of(built.folder).files
    known = {path.rpartition("/")[2] for path in files}
    named: set[str] = set()
    for path in files:
        if path.endswith((".html", ".js", ".css", ".json", ".xml", ".txt")) and path != "data/manifest.json":
            text = (built.folder / path).read_text("utf-8")
            named |= known & {found.rpartition("/")[2] for found in NAMED.findall(text)}
    lost = {path for path in files if path.rpartition("/")[2] not in named} - BY_NAME
    assert [path for path in sorted(lost) if not BY_PATTERN.fullmatch(path)] == []


def test_all_names_are_ascii_and_no_two_differ_in_case_only(built: Built) -> None:
    paths = list(contents_of(built.folder).files)
    assert [path for path in paths if not path.isascii()] == []
    assert [path for path, times in Counter(path.lower() for path in paths).items() if times > 1] == []


def test_its_pages_need_nothing_from_elsewhere_and_no_code_or_style_in_a_page(built: Built) -> None:
    needs, contents = Needs(), contents_of(built.folder)
    for path, data in contents.read(contents.files):
        needs.look_at(path, data)

    assert needs == Needs()
    assert "unsafe-inline" not in needs.policy()
