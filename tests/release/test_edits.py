"""Whatever is edited between two releases: delta over base is the full site, and nothing is deleted that is still loaded."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from builder.release.archive import write_zip
from builder.release.comparison import compared, gone_for_good
from builder.release.contents import in_order
from builder.release.release import Release, ReleasedFile
from builder.support.fingerprint import digest

PATHS = st.sampled_from(
    [
        *(f"{folder}{name}" for folder in ("", "items/", "print/a/") for name in ("a.html", "b.html", "index.html")),
        "static/site.js",
        "pagefind/pagefind-entry.json",
        "pagefind/fragment/zh_1.pf_fragment",
        "data/manifest.json",
    ]
)
TREES = st.dictionaries(PATHS, st.binary(max_size=20))


def release(tree: dict[str, bytes]) -> Release:
    files = {path: ReleasedFile(digest(data), len(data)) for path, data in sorted(tree.items())}
    return Release("2026-11-03-0123abcd", "某镇", "", files)


def unpacked(tree: dict[str, bytes], paths: list[str]) -> dict[str, bytes]:
    """Return what comes out of a zip file of some files of a tree."""
    out = io.BytesIO()
    write_zip(out, ((path, tree[path]) for path in paths), date(2026, 11, 3))
    with zipfile.ZipFile(out) as opened:
        return {path: opened.read(path) for path in opened.namelist()}


@given(TREES, TREES)
def test_a_delta_over_its_base_without_what_is_gone_is_the_whole(old: dict[str, bytes], new: dict[str, bytes]) -> None:
    change = compared(release(old), release(new))

    host = old | unpacked(new, in_order(change.to_upload))
    assert {path: data for path, data in host.items() if path not in change.gone} == new
    assert set(change.gone) <= set(old)


@given(st.lists(TREES, min_size=2, max_size=6))
def test_a_host_that_deletes_one_release_late_has_all_of_the_last_two_and_nothing_older(
    trees: list[dict[str, bytes]],
) -> None:
    releases = [release(tree) for tree in trees]
    host = dict(trees[0])
    for number in range(1, len(trees)):
        host |= {path: trees[number][path] for path in compared(*releases[number - 1 : number + 1]).to_upload}
        for path in gone_for_good(releases[: number - 1], *releases[number - 1 : number + 1]):
            host.pop(path, None)
        assert host == trees[number - 1] | trees[number]


@given(st.permutations(sorted(["static/a.js", "a.html", "items/b.html", "data/manifest.json", "search/items.js"])))
def test_the_order_of_work_does_not_matter(paths: list[str]) -> None:
    assert in_order(paths) == ["search/items.js", "static/a.js", "a.html", "items/b.html", "data/manifest.json"]
