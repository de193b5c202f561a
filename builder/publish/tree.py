"""Operations on folders with thousands of files. Paths are plain strings, because `pathlib` would be slow here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field

# Files that file managers create on their own. They may be deleted.
SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Tree:
    """All files and folders below a folder, by relative path with ``/``."""

    files: dict[str, os.DirEntry[str]] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)


def scan(root: str) -> Tree:
    """Return the tree below `root`; an empty tree if `root` is not a folder. Links are not followed."""
    tree = Tree()
    if os.path.isdir(root):
        _scan_into(root, "", tree)
    return tree


def _scan_into(folder: str, prefix: str, tree: Tree) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                tree.folders.add(path)
                _scan_into(entry.path, path + "/", tree)
            else:
                tree.files[path] = entry


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return all parent folders of `paths`, at every depth."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def make_folders(root: str, folders: Iterable[str]) -> None:
    """Create those of `folders` below `root` that do not exist."""
    for folder in sorted(folders):
        with suppress(FileExistsError):
            os.mkdir(f"{root}/{folder}")


def prune(root: str, tree: Tree, files: AbstractSet[str], folders: Collection[str]) -> None:
    """Delete everything below `root`, whose content is `tree`, except `files` and `folders`."""
    for path in tree.files.keys() - files:
        os.unlink(f"{root}/{path}")
    for folder in sorted(tree.folders.difference(folders), reverse=True):
        os.rmdir(f"{root}/{folder}")


def link_files(source: str, target: str, paths: Iterable[str]) -> None:
    """Hard-link `paths` from `source` to `target`; copy them if the file system has no hard links."""
    for path in paths:
        try:
            os.link(f"{source}/{path}", f"{target}/{path}")
        except (FileNotFoundError, FileExistsError):
            raise
        except OSError:
            shutil.copy2(f"{source}/{path}", f"{target}/{path}")


def remove_tree(root: str) -> None:
    """Delete the folder `root`. Errors are ignored: the next build deletes what is left."""
    shutil.rmtree(root, ignore_errors=True)
