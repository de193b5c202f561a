"""Folders of many thousand files: looked through once, linked, moved and thinned out with plain strings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field

# What file viewers leave behind by themselves; nobody misses it.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything below one folder, by relative path with ``/``."""

    files: dict[str, os.DirEntry[str]] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)


def look_through(root: str) -> Tree:
    """Return what lies below `root`; nothing when there is no such folder. Links are not followed."""
    tree = Tree()
    if os.path.isdir(root):
        _look(root, "", tree)
    return tree


def _look(folder: str, prefix: str, tree: Tree) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                tree.folders.add(path)
                _look(entry.path, path + "/", tree)
            else:
                tree.files[path] = entry


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder that `paths` lie in, at any depth."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def make_folders(root: str, folders: Iterable[str]) -> None:
    """Make `folders` below `root` where they are missing."""
    for folder in sorted(folders):
        with suppress(FileExistsError):
            os.mkdir(f"{root}/{folder}")


def thin_out(root: str, tree: Tree, files: AbstractSet[str], folders: Collection[str]) -> None:
    """Remove from `root`, which holds `tree`, everything but `files` and `folders`."""
    for path in tree.files.keys() - files:
        os.unlink(f"{root}/{path}")
    for folder in sorted(tree.folders.difference(folders), reverse=True):
        os.rmdir(f"{root}/{folder}")


def link_files(source: str, target: str, paths: Iterable[str]) -> None:
    """Let `paths` below `source` appear below `target` too: linked, or copied where the disk has no hard links."""
    for path in paths:
        try:
            os.link(f"{source}/{path}", f"{target}/{path}")
        except (FileNotFoundError, FileExistsError):
            raise
        except OSError:
            shutil.copy2(f"{source}/{path}", f"{target}/{path}")


def remove_tree(root: str) -> None:
    """Remove the folder `root` as far as the system lets us; what is left goes with the next build."""
    shutil.rmtree(root, ignore_errors=True)
