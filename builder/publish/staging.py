"""A site in the making, in a folder beside the output folder, until `Staging.commit` puts it in its place.

New files go into an empty *draft*. On commit they join what is reused of the last good site, and the whole is swapped
with the output folder. The tree that was swapped out rests in the cache as the *spare*: most of the next site is in it
already, and making a folder of links anew costs more than all the rest of a small build.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from builder.publish.artifact import (
    MANIFEST,
    Artifact,
    Manifest,
    clash,
    digest_of,
    facts_of,
    replace_file,
    write_file,
    write_new,
)
from builder.publish.errors import CONFIGURATION, PublishError, machine_troubles
from builder.publish.lock import only_build
from builder.publish.swap import recover, swap
from builder.publish.tree import (
    LITTER,
    Tree,
    folders_of,
    link_files,
    look_through,
    make_folders,
    remove_tree,
    thin_out,
)
from builder.support.diagnostics import quote

PATIENCE = 10.0  # seconds to wait for another build


def stage(out: Path, cache: Path, protected: Sequence[Path], patience: float = PATIENCE) -> Staging:
    """Return a `Staging` for the site at `out`, to be entered with ``with``.

    `cache` holds what makes the next build quick; it may be lost or read-only. `protected` are the folders that hold
    the editors' sources: `out` may neither be one of them, nor lie in one, nor contain one. (The folder of the whole
    site is not one of them, since `out` usually lies in it.) Raises `PublishError`.
    """
    _check_place(out, (*protected, cache))
    return Staging(out, cache, patience)


def _check_place(out: Path, protected: Sequence[Path]) -> None:
    place, name = _real(out), quote(str(out))
    if os.path.lexists(place) and not os.path.isdir(place):
        hint = "请把这个文件移走，或换一个输出文件夹。"
        raise PublishError(f"输出文件夹“{name}”是一个文件", hint, CONFIGURATION)
    if os.path.ismount(place):
        hint = "这里接着另一块磁盘，不能整个替换。请改用它里面的一个子文件夹。"
        raise PublishError(f"输出文件夹“{name}”是磁盘的根", hint, CONFIGURATION)
    for folder in protected:
        source, source_name = _real(folder), quote(str(folder))
        if _contains(place, source):
            hint = "发布时会整个替换输出文件夹，里面原有的文件会丢失。请换一个输出文件夹。"
            relation = "就是" if place == source else "里有"
            raise PublishError(f"输出文件夹“{name}”{relation}“{source_name}”", hint, CONFIGURATION)
        if _contains(source, place):
            hint = "那里是放源文件或缓存的地方，生成的网页会和它们混在一起。请换一个输出文件夹。"
            raise PublishError(f"输出文件夹“{name}”在“{source_name}”里面", hint, CONFIGURATION)


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _contains(folder: str, inner: str) -> bool:
    return (inner + os.sep).startswith(folder.rstrip(os.sep) + os.sep)


class Staging:
    """The site being built. `root` is the draft folder, `previous` the last good site as far as the cache knows it.

    Leaving the ``with`` block without `commit`, by an exception or not, leaves the output folder as it was.
    """

    def __init__(self, out: Path, cache: Path, patience: float) -> None:
        self._out = os.path.realpath(out)
        self._name = str(out)
        self._patience = patience
        beside = os.path.join(os.path.dirname(self._out), f".{os.path.basename(self._out)}")
        # The number keeps out a program that a killed build has left behind, still writing.
        self._drafts = f"{beside}.draft-"
        self.root = f"{self._drafts}{os.getpid()}"
        self._next = f"{beside}.next"
        self._old = f"{beside}.old"
        self._lock = f"{beside}.lock"
        mark = hashlib.sha256(os.fsencode(_real(out))).hexdigest()[:12]
        self._cache = os.path.realpath(cache)
        self._spare = os.path.join(self._cache, f"spare-{mark}")
        self._memory = os.path.join(self._cache, f"published-{mark}.json")
        self.previous = Manifest()
        self._live = Tree()
        self._paths: list[str] = []
        self._files: dict[str, Artifact] = {}
        self._reused: set[str] = set()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack, machine_troubles():
            os.makedirs(os.path.dirname(self._out), exist_ok=True)
            stack.enter_context(only_build(self._lock, self._patience))
            recover(self._out, self._old)
            stack.callback(self._clean)
            self._clean()
            self._remember()
            os.mkdir(self.root)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def forget(self) -> None:
        """Take nothing over from the last good site: every file is made again."""
        self.previous = Manifest()
        self._paths = []

    def reuse(self, path: str, key: str) -> bool:
        """Take `path` over from the last good site, and return True, if it was made from `key` and is untouched."""
        artifact = self.previous.artifacts.get(path)
        if artifact is None or artifact.key != key or not self._untouched(artifact):
            return False
        self._take(artifact)
        self._reused.add(path)
        return True

    def reuse_tree(self, prefix: str, key: str) -> bool:
        """Take over every file below the folder `prefix`, if there is any, all were made from `key`, all untouched."""
        artifacts = [self.previous.artifacts[path] for path in self._below(prefix)]
        if not artifacts or not all(a.key == key and self._untouched(a) for a in artifacts):
            return False
        for artifact in artifacts:
            self.reuse(artifact.path, key)
        return True

    def write(self, path: str, key: str, data: bytes) -> None:
        """Write a file. In worker processes: ``write_file(staging.root, …)``, and `add_written` with what it returns."""
        self._take(write_file(self.root, path, key, data))

    def add_written(self, artifacts: Iterable[Artifact]) -> None:
        """Count files as written that workers wrote with `write_file`."""
        for artifact in artifacts:
            self._take(artifact)

    def add_tree(self, prefix: str, key: str) -> None:
        """Count every file below ``<root>/<prefix>`` as written; another program put them there."""
        top = prefix.strip("/")
        with machine_troubles():
            for path in sorted(look_through(f"{self.root}/{top}").files):
                self._take(facts_of(self.root, f"{top}/{path}", key))

    def lay_out(self, paths: Iterable[str] | None = None) -> str:
        """Put reused files, all or those among `paths`, into the draft now, for a program that reads them; return `root`."""
        reused = [path for path in (self._paths if paths is None else paths) if path in self._reused]
        with machine_troubles():
            missing = [path for path in reused if not os.path.lexists(f"{self.root}/{path}")]
            make_folders(self.root, folders_of(missing))
            link_files(self._out, self.root, missing)
        return self.root

    def commit(self) -> Manifest:
        """Publish: the site becomes exactly the files reused and written, all at once. Return its manifest.

        Nothing is touched when it is the same site as before. Raises `PublishError`, and then nothing has changed.
        """
        if self._is_published():
            return self.previous
        manifest = Manifest.of(self._files.values())
        public = manifest.public()
        with machine_troubles():
            self._write_manifest(public)
            old = swap(self._assemble(), self._out, self._old)
        # From here on the site is published: what fails only makes the next build slower.
        with suppress(OSError):
            self._keep(old, manifest.memory(public))
        return manifest

    def _remember(self) -> None:
        """Learn what the last build left, and make sure that everything in the output folder comes from us."""
        self.previous = Manifest.recall(_bytes_of(self._memory))
        self._live = look_through(self._out)
        public = _bytes_of(f"{self._out}/{MANIFEST}")
        ours = {MANIFEST, *self.previous.artifacts}
        if digest_of(public) != self.previous.published:
            # Not the site that we remember. Its files are still ours; those that we remember can still be reused.
            ours |= Manifest.parse(public).artifacts.keys()
            self.previous = Manifest(self.previous.artifacts)
        for path in sorted(self._live.files.keys() - ours):
            if path.rpartition("/")[2] not in LITTER:
                hint = "发布时会整个替换这个文件夹。请把该文件移走，或换一个空的输出文件夹。"
                says = f"输出文件夹“{quote(self._name)}”里有不是本程序生成的文件“{quote(path)}”"
                raise PublishError(says, hint, CONFIGURATION)
        self._paths = sorted(self.previous.artifacts)

    def _untouched(self, artifact: Artifact) -> bool:
        entry = self._live.files.get(artifact.path)
        if entry is None or not entry.is_file(follow_symlinks=False):
            return False
        facts = entry.stat(follow_symlinks=False)
        return facts.st_mtime_ns == artifact.mtime_ns and facts.st_size == artifact.size

    def _below(self, prefix: str) -> list[str]:
        top = prefix.strip("/")
        if not top:
            return self._paths
        # "0" is the character after "/"
        return self._paths[bisect_left(self._paths, f"{top}/") : bisect_left(self._paths, f"{top}0")]

    def _take(self, artifact: Artifact) -> None:
        if artifact.path in self._files:
            raise clash(artifact.path, artifact.path)
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
        # After a power failure the list must still be there: without it and the cache, the next build would
        # take the whole site for somebody else's.
        handle = os.open(f"{self.root}/{MANIFEST}", os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _assemble(self) -> str:
        """Return the folder that holds the whole new site."""
        site = {*self._files, MANIFEST}
        needed = folders_of(site)
        if not self._reused or not self._adopt_spare():
            self.lay_out()
            thin_out(self.root, look_through(self.root), site, needed)
            return self.root
        spare = look_through(self._next)
        live = self._live.files
        kept = {path for path in spare.files.keys() & self._reused if spare.files[path].inode() == live[path].inode()}
        thin_out(self._next, spare, kept, needed)
        make_folders(self._next, needed - spare.folders)
        link_files(self._out, self._next, self._reused - kept)
        for path in site - self._reused:
            os.rename(f"{self.root}/{path}", f"{self._next}/{path}")
        return self._next

    def _adopt_spare(self) -> bool:
        # Without inodes nothing proves that a file in the spare is the one in the last good site.
        if os.name == "nt":
            return False
        try:
            os.rename(self._spare, self._next)
        except OSError:
            return False
        return True

    def _keep(self, old: str | None, memory: bytes) -> None:
        """Remember the new site and keep the old tree as the spare."""
        os.makedirs(self._cache, exist_ok=True)
        replace_file(self._memory, memory)
        if old is None or os.name == "nt":
            return
        remove_tree(self._spare)
        os.rename(old, self._spare)

    def _clean(self) -> None:
        """Remove what this build or a killed one left beside the output folder."""
        beside, drafts = os.path.split(self._drafts)
        for name in os.listdir(beside):
            if name.startswith(drafts):
                remove_tree(os.path.join(beside, name))
        remove_tree(self._next)
        if os.path.lexists(self._old) and os.path.lexists(self._out):
            # First renamed: a half removed tree must never be found under the name that `recover` puts back.
            with suppress(OSError):
                os.rename(self._old, self._next)
            remove_tree(self._next)


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _check_names(paths: Iterable[str]) -> None:
    """Raise `PublishError` when two of `paths` are one on a system that ignores case, as names of files or folders."""
    known: dict[str, str] = {}
    for path in [*paths, *folders_of(paths), *folders_of((MANIFEST,))]:
        folded = path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        if known.setdefault(folded, path) != path:
            raise clash(*sorted((known[folded], path)))
