"""A site during the build: a folder beside the output folder, until `Staging.commit` publishes it.

New files are written to an empty folder, the *draft*. `commit` combines them with the reused files of the last good
site and swaps the result with the output folder. The old folder is kept in the cache as the *spare*. The next build
starts from it, because it already has most of the links: creating them all takes longer than a small build.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from builder.publish.artifact import (
    MANIFEST,
    Artifact,
    Manifest,
    Unit,
    check_path,
    digest_of,
    existing_artifact,
    replace_file,
    same_path_error,
    write_file,
    write_new,
)
from builder.publish.errors import PublishError, publish_errors
from builder.publish.lock import one_at_a_time
from builder.publish.swap import recover, swap
from builder.publish.tree import (
    SYSTEM_FILES,
    Tree,
    folders_of,
    link_files,
    make_folders,
    prune,
    remove_tree,
    scan,
)
from builder.support.diagnostics import quote
from builder.support.failure import USAGE_ERROR

LOCK_TIMEOUT = 10.0  # seconds


def stage(out: Path, cache: Path, protected: Sequence[Path], timeout: float = LOCK_TIMEOUT) -> Staging:
    """Return a `Staging` for the site at `out`, to be used in a ``with`` block.

    `cache` is a folder for data that makes the next build faster; it may be deleted or read-only. `protected` are
    folders with the editors' source files, such as ``content/``. Raises `PublishError` if `out` is one of them, is
    inside one or contains one, or if `out` cannot be replaced as a folder. `timeout` is how many seconds to wait for
    another build.
    """
    _check_place(out, (*protected, cache))
    return Staging(out, cache, timeout)


def published(out: Path, cache: Path) -> Manifest:
    """Return the manifest of the site that was published at `out`, without the files that have changed since."""
    manifest = Manifest.from_cache(_bytes_of(_record_file(out, cache)))
    live = scan(os.path.realpath(out)).files if manifest.artifacts else {}
    untouched = {path: file for path, file in manifest.artifacts.items() if _is_as_told(live.get(path), file)}
    return replace(manifest, artifacts=untouched)


def _record_file(out: Path, cache: Path) -> str:
    """Return the file in the cache that holds the manifest of the site at `out`."""
    return os.path.join(os.path.realpath(cache), f"published-{_suffix_of(out)}.json")


def _suffix_of(out: Path) -> str:
    return hashlib.sha256(os.fsencode(_canonical(out))).hexdigest()[:12]


def _check_place(out: Path, protected: Sequence[Path]) -> None:
    place, name = _canonical(out), quote(str(out))
    if os.path.lexists(place) and not os.path.isdir(place):
        hint = "请把这个文件移走，或换一个输出文件夹。"
        raise PublishError(f"输出文件夹“{name}”是一个文件", hint, USAGE_ERROR)
    if os.path.ismount(place):
        hint = "这里接着另一块磁盘，不能整个替换。请改用它里面的一个子文件夹。"
        raise PublishError(f"输出文件夹“{name}”是磁盘的根", hint, USAGE_ERROR)
    for folder in protected:
        source, source_name = _canonical(folder), quote(str(folder))
        if _contains(place, source):
            hint = "发布时会整个替换输出文件夹，里面原有的文件会丢失。请换一个输出文件夹。"
            relation = "就是" if place == source else "里有"
            raise PublishError(f"输出文件夹“{name}”{relation}“{source_name}”", hint, USAGE_ERROR)
        if _contains(source, place):
            hint = "那里是放源文件或缓存的地方，生成的网页会和它们混在一起。请换一个输出文件夹。"
            raise PublishError(f"输出文件夹“{name}”在“{source_name}”里面", hint, USAGE_ERROR)


def _canonical(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _contains(folder: str, inner: str) -> bool:
    return (inner + os.sep).startswith(folder.rstrip(os.sep) + os.sep)


class Staging:
    """The site being built. `root` is the draft folder, `previous` the manifest of the last good site in the cache.

    If the ``with`` block ends without `commit`, the output folder does not change.
    """

    def __init__(self, out: Path, cache: Path, timeout: float) -> None:
        self._out = os.path.realpath(out)
        self._name = str(out)
        self._timeout = timeout
        beside = os.path.join(os.path.dirname(self._out), f".{os.path.basename(self._out)}")
        # With the process number in the name, a program left behind by a killed build writes to another folder.
        self._draft_prefix = f"{beside}.draft-"
        self.root = f"{self._draft_prefix}{os.getpid()}"
        self._next_folder = f"{beside}.next"
        self._old_folder = f"{beside}.old"
        self._lock_file = f"{beside}.lock"
        self._cache_folder = os.path.realpath(cache)
        self._spare_folder = os.path.join(self._cache_folder, f"spare-{_suffix_of(out)}")
        self._record_file = _record_file(out, cache)
        self.previous = Manifest()
        self._live = Tree()
        self._paths: list[str] = []
        self._files: dict[str, Artifact] = {}
        self._units: dict[str, Unit] = {}
        self._reused: set[str] = set()
        self._cleanup = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack, publish_errors():
            os.makedirs(os.path.dirname(self._out), exist_ok=True)
            stack.enter_context(one_at_a_time(self._lock_file, self._timeout))
            recover(self._out, self._old_folder)
            stack.callback(self._remove_leftovers)
            self._remove_leftovers()
            self._load_last_build()
            os.mkdir(self.root)
            self._cleanup = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cleanup.close()

    def forget(self) -> None:
        """Reuse nothing of the last good site: every file is written again."""
        self.previous = Manifest()
        self._paths = []

    def reuse(self, path: str, key: str) -> bool:
        """Reuse the file `path` of the last good site if it has the cache key `key` and is unchanged.

        Return whether it is reused. If not, the caller writes it.
        """
        artifact = self.previous.artifacts.get(path)
        if artifact is None or artifact.key != key or not self._untouched(artifact):
            return False
        self._add(artifact)
        self._reused.add(path)
        return True

    def reuse_tree(self, prefix: str, key: str) -> bool:
        """Reuse all files below the folder `prefix` if all have the cache key `key` and are unchanged.

        Return whether they are reused: False if there are none.
        """
        artifacts = [self.previous.artifacts[path] for path in self._below(prefix)]
        if not artifacts or not all(a.key == key and self._untouched(a) for a in artifacts):
            return False
        for artifact in artifacts:
            self.reuse(artifact.path, key)
        return True

    def reuse_unit(self, name: str, key: str) -> Unit | None:
        """Reuse all pages of the unit `name` of the last good site if it has the key `key` and all are unchanged.

        The pages that it takes up are reused or written before. Return the unit, None if it is not reused: then the
        caller makes its pages, and calls `add_unit`.
        """
        unit = self.previous.units.get(name)
        if unit is None or unit.key != key or len(self.keys_in_unit(name)) < len(unit.kinds):
            return None
        if any(path not in self._files or self.key_of(path) != bound for path, bound in unit.bound.items()):
            return None
        for path in unit.kinds:
            self.reuse(path, self.previous.artifacts[path].key)
        self._units[name] = unit
        return unit

    def unit_key(self, name: str) -> str:
        """Return the key of the unit `name` of the last good site, "" if there is none."""
        unit = self.previous.units.get(name)
        return unit.key if unit else ""

    def keys_in_unit(self, name: str) -> Mapping[str, str]:
        """Return the keys of the unchanged pages of the unit `name` of the last good site, by path."""
        unit = self.previous.units.get(name)
        found = (self.previous.artifacts.get(path) for path in (unit.kinds if unit else ()))
        return {artifact.path: artifact.key for artifact in found if artifact and self._untouched(artifact)}

    def add_unit(self, name: str, unit: Unit) -> None:
        """Tell that the pages of a unit are all reused or written."""
        self._units[name] = unit

    def key_of(self, path: str) -> str:
        """Return the cache key of a file that is reused or written."""
        return self._files[path].key

    def keep_tree(self, prefix: str) -> None:
        """Reuse the unchanged files below the folder `prefix`, whatever their cache keys."""
        for path in self._below(prefix):
            self.reuse(path, self.previous.artifacts[path].key)

    def write(self, path: str, key: str, data: bytes) -> None:
        """Write a file of the new site. Worker processes use `write_file` with `root`, then `add_written` here."""
        self._add(write_file(self.root, path, key, data))

    def add_written(self, artifacts: Iterable[Artifact]) -> None:
        """Add files that workers wrote with `write_file`."""
        for artifact in artifacts:
            self._add(artifact)

    def take(self, folder: Path, artifacts: Sequence[Artifact]) -> None:
        """Link files of another folder into the new site; copy them if the file system has no hard links.

        Raises `PublishError` if one of them is no longer as its artifact tells.
        """
        with publish_errors():
            for artifact in artifacts:
                check_path(artifact.path)
            make_folders(self.root, folders_of([artifact.path for artifact in artifacts]))
            for artifact in artifacts:
                link_files(str(folder), self.root, (artifact.path,))
                # Only now: it may have been replaced just before.
                if not _has_facts(os.stat(folder / artifact.path, follow_symlinks=False), artifact):
                    says = f"“{quote(str(folder))}”里的文件刚才有变动，网站没有改动"
                    raise PublishError(says, "请等别的构建结束后再生成一次。")
                self._add(replace(artifact, mtime_ns=os.stat(f"{self.root}/{artifact.path}").st_mtime_ns))

    def add_tree(self, prefix: str, key: str) -> None:
        """Add all files below ``<root>/<prefix>``, which another program wrote there."""
        top = prefix.strip("/")
        with publish_errors():
            for path in sorted(scan(f"{self.root}/{top}").files):
                self._add(existing_artifact(self.root, f"{top}/{path}", key))

    def lay_out(self, paths: Iterable[str] | None = None) -> str:
        """Link the reused files into the draft, so that another program can read them there. Return `root`.

        With `paths`, link only those of them that are reused.
        """
        reused = [path for path in (self._paths if paths is None else paths) if path in self._reused]
        with publish_errors():
            missing = [path for path in reused if not os.path.lexists(f"{self.root}/{path}")]
            make_folders(self.root, folders_of(missing))
            link_files(self._out, self.root, missing)
        return self.root

    def commit(self) -> Manifest:
        """Publish the reused and the written files as the new site, in one step. Return its manifest.

        If nothing has changed since the last build, no file is touched. Raises `PublishError`, and then the output
        folder has not changed.
        """
        if self._is_published():
            if self._units != self.previous.units:
                with suppress(OSError):
                    self._remember(replace(self.previous, units=self._units), self.previous.public())
            return self.previous
        manifest = Manifest.of(self._files.values(), self._units)
        public = manifest.public()
        with publish_errors():
            self._write_manifest(public)
            old = swap(self._assemble(), self._out, self._old_folder)
        # The site is published. An error from here on only makes the next build slower.
        with suppress(OSError):
            self._save(old, manifest, public)
        return manifest

    def _load_last_build(self) -> None:
        """Read the manifest of the last build. Raise `PublishError` if a file in the output folder is not ours."""
        self.previous = Manifest.from_cache(_bytes_of(self._record_file))
        self._live = scan(self._out)
        public = _bytes_of(f"{self._out}/{MANIFEST}")
        ours = {MANIFEST, *self.previous.artifacts}
        if digest_of(public) != self.previous.published:
            # The output folder holds another site than the cached manifest describes. The files that its own manifest
            # lists are ours as well. Files of the cached manifest can still be reused if they are unchanged.
            ours |= Manifest.parse(public).artifacts.keys()
            self.previous = Manifest(self.previous.artifacts)
        for path in sorted(self._live.files.keys() - ours):
            if path.rpartition("/")[2] not in SYSTEM_FILES:
                hint = "发布时会整个替换这个文件夹。请把该文件移走，或换一个空的输出文件夹。"
                says = f"输出文件夹“{quote(self._name)}”里有不是本程序生成的文件“{quote(path)}”"
                raise PublishError(says, hint, USAGE_ERROR)
        self._paths = sorted(self.previous.artifacts)

    def _untouched(self, artifact: Artifact) -> bool:
        return _is_as_told(self._live.files.get(artifact.path), artifact)

    def _below(self, prefix: str) -> list[str]:
        top = prefix.strip("/")
        if not top:
            return self._paths
        # The paths are sorted, and "0" is the character after "/".
        return self._paths[bisect_left(self._paths, f"{top}/") : bisect_left(self._paths, f"{top}0")]

    def _add(self, artifact: Artifact) -> None:
        if artifact.path in self._files:
            raise same_path_error(artifact.path, artifact.path)
        self._files[artifact.path] = artifact

    def _is_published(self) -> bool:
        return (
            self.previous.published != ""
            and len(self._reused) == len(self._files) == len(self.previous.artifacts)
            and len(self._live.files) == len(self._files) + 1
        )

    def _write_manifest(self, public: bytes) -> None:
        _check_names(self._files)
        make_folders(self.root, folders_of((MANIFEST,)))
        write_new(f"{self.root}/{MANIFEST}", public)
        # The manifest must survive a power failure. Without it and without the cache, the next build could not tell
        # that the files of the site are ours, and would refuse to replace them.
        handle = os.open(f"{self.root}/{MANIFEST}", os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _assemble(self) -> str:
        """Put the new site together. Return its folder: the spare if it can be used, otherwise the draft."""
        site = {*self._files, MANIFEST}
        needed = folders_of(site)
        if not self._reused or not self._adopt_spare():
            self.lay_out()
            prune(self.root, scan(self.root), site, needed)
            return self.root
        spare = scan(self._next_folder)
        live = self._live.files
        unchanged = {
            path for path in spare.files.keys() & self._reused if spare.files[path].inode() == live[path].inode()
        }
        prune(self._next_folder, spare, unchanged, needed)
        make_folders(self._next_folder, needed - spare.folders)
        link_files(self._out, self._next_folder, self._reused - unchanged)
        for path in site - self._reused:
            os.rename(f"{self.root}/{path}", f"{self._next_folder}/{path}")
        return self._next_folder

    def _adopt_spare(self) -> bool:
        # Windows has no reliable inodes to show that a file in the spare is the same file as in the last good site.
        if os.name == "nt":
            return False
        try:
            os.rename(self._spare_folder, self._next_folder)
        except OSError:
            return False
        return True

    def _save(self, old: str | None, manifest: Manifest, public: bytes) -> None:
        """Remember the manifest, and keep the old site as the spare."""
        self._remember(manifest, public)
        if old is None or os.name == "nt":
            return
        remove_tree(self._spare_folder)
        os.rename(old, self._spare_folder)

    def _remember(self, manifest: Manifest, public: bytes) -> None:
        """Write the manifest to the cache."""
        os.makedirs(self._cache_folder, exist_ok=True)
        replace_file(self._record_file, manifest.for_cache(public))

    def _remove_leftovers(self) -> None:
        """Delete what this build or a killed build left beside the output folder."""
        beside, drafts = os.path.split(self._draft_prefix)
        for name in os.listdir(beside):
            if name.startswith(drafts):
                remove_tree(os.path.join(beside, name))
        remove_tree(self._next_folder)
        if os.path.lexists(self._old_folder) and os.path.lexists(self._out):
            # Rename it first: `recover` would restore a tree of this name, even if it is half deleted.
            with suppress(OSError):
                os.rename(self._old_folder, self._next_folder)
            remove_tree(self._next_folder)


def _is_as_told(entry: os.DirEntry[str] | None, artifact: Artifact) -> bool:
    """Return whether a file is there with the size and the time that it had when it was written."""
    if entry is None or not entry.is_file(follow_symlinks=False):
        return False
    return _has_facts(entry.stat(follow_symlinks=False), artifact)


def _has_facts(status: os.stat_result, artifact: Artifact) -> bool:
    return status.st_mtime_ns == artifact.mtime_ns and status.st_size == artifact.size


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _check_names(paths: Iterable[str]) -> None:
    """Raise `PublishError` if two of `paths`, or of their folders, are equal on a system that ignores case."""
    known: dict[str, str] = {}
    for path in [*paths, *folders_of(paths), *folders_of((MANIFEST,))]:
        folded = path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        if known.setdefault(folded, path) != path:
            raise same_path_error(*sorted((known[folded], path)))
