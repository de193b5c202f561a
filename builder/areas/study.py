"""Studies areas: loads their files, and keeps in the store of each what the rest of the build needs of it."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from builder.areas.export import FOLDER, AreaContent, AreaExport, area_store, export_of
from builder.checks.proofreading import Lexicon
from builder.content.parsing import ParsedFile
from builder.loading import FileGroup, is_settled, load_files
from builder.support.fingerprint import digest
from builder.support.folder import FileState
from builder.support.processes import Processes, Progress
from builder.support.store import Store

AreaFiles = tuple[str, Mapping[str, FileState]]  # an area with the facts of its files by path


@dataclass(frozen=True, slots=True)
class StudySetup:
    """What the study of all areas shares: the folder of the site and its cache, and the words that are wrong in the site.

    `now` is the time of the file system, in ns, before the facts of the files were read.
    """

    root: str
    cache: Path
    lexicon: Lexicon
    now: int


def study_areas(
    areas: Mapping[str, Mapping[str, FileState]],
    setup: StudySetup,
    store: Store,
    processes: Processes,
    progress: Progress,
) -> list[AreaExport]:
    """Return the exports of `areas`. Where no file has changed, that of the last build, which `store` has."""
    marks = {area: _mark(files, setup.lexicon) for area, files in areas.items()}
    known = _known_exports(marks, store)
    changed = [(area, files) for area, files in areas.items() if area not in known]
    exports = known | {export.area: export for export in _studied(changed, setup, processes, progress)}
    settled = [area for area, files in changed if all(is_settled(state, setup.now) for state in files.values())]
    store.put_many("areas", ((area, pickle.dumps((marks[area], exports[area]))) for area in settled))
    store.keep_only("areas", {*known, *settled})
    _remove_all_but(areas, setup.cache / FOLDER)
    return [exports[area] for area in areas]


def _mark(files: Mapping[str, FileState], lexicon: Lexicon) -> str:
    """Return what changes whenever the area may export something else."""
    return digest(repr((sorted(files.items()), lexicon.key)).encode())


def _known_exports(marks: Mapping[str, str], store: Store) -> dict[str, AreaExport]:
    known = {area: pickle.loads(kept) for area, kept in store.get_many("areas", list(marks)).items()}
    return {area: export for area, (mark, export) in known.items() if mark == marks[area]}


def _studied(
    areas: Sequence[AreaFiles], setup: StudySetup, processes: Processes, progress: Progress
) -> list[AreaExport]:
    sizes = [len(files) for _, files in areas]
    if not processes.take_areas(sizes):
        return _study_together(areas, setup, processes.jobs, progress("load", sum(sizes)))
    largest_first = sorted(areas, key=lambda area: -len(area[1]))
    with processes.workers(sizes, area_studier, (setup,)) as workers:
        return [export for some in workers.map(largest_first, 1, progress("load", len(areas))) for export in some]


def area_studier(setup: StudySetup) -> Callable[[Sequence[AreaFiles]], list[AreaExport]]:
    """Return what studies whole areas in a worker."""
    return lambda areas: _study_together(areas, setup, 1, lambda _: None)


def _study_together(
    areas: Sequence[AreaFiles], setup: StudySetup, jobs: int, done: Callable[[int], None]
) -> list[AreaExport]:
    """Study areas in this process; their files are shared among `jobs` workers."""
    with ExitStack() as stores:
        groups = []
        for area, files in areas:
            store = stores.enter_context(area_store(setup.cache, area))
            groups.append((area, FileGroup(setup.root, files, setup.lexicon, store), store))
        load_files(setup.root, [group for _, group, _ in groups], setup.lexicon, jobs, done)
        return [_exported(area, group.finish(setup.now), setup, store) for area, group, store in groups]


def _exported(area: str, files: Sequence[ParsedFile], setup: StudySetup, store: Store) -> AreaExport:
    export = export_of(area, files)
    paths = (file.file for file in files)
    AreaContent(setup.root, paths, export.files_digest, setup.lexicon, store).keep(files)
    return export


def forget_areas(cache: Path) -> None:
    """Delete the stores of all areas."""
    shutil.rmtree(cache / FOLDER, ignore_errors=True)


def _remove_all_but(areas: Collection[str], folder: Path) -> None:
    """Delete the stores of areas that the site no longer has."""
    if folder.is_dir():
        for left in folder.iterdir():
            if left.name not in areas:
                shutil.rmtree(left, ignore_errors=True)
