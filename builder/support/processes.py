"""The processes that a build may use, and how areas are shared among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from builder.support.workers import Workers, workers_for

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)

# Takes the name of a stage and its number of steps; returns a function to call with the number of completed steps.
Progress = Callable[[str, int], Callable[[int], None]]

MOST_AT_ONCE = 100  # areas that one process takes up together; more would hold too many files open


class Pool(Protocol[T_contra, R]):
    """Worker processes, here or elsewhere; `Workers` says what its methods promise."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def map(self, items: Sequence[T_contra], chunk_size: int, on_done: Callable[[int], None] | None = None) -> list[R]:
        """Return the results of the chunks of `items`, in order."""


@dataclass(frozen=True, slots=True)
class Processes:
    """Up to `jobs` processes of this machine."""

    jobs: int

    def take_areas(self, files: Sequence[int]) -> bool:
        """Return whether each process takes up whole areas with these numbers of files.

        Otherwise some would stand idle, so areas are taken up one by one and their files are shared.
        """
        if workers_for(sum(files), self.jobs) == 1:
            return False
        return len(files) > MOST_AT_ONCE or (len(files) > 1 and max(files) * self.jobs <= sum(files))

    def workers(
        self, areas: Sequence[int], make: Callable[..., Callable[[Sequence[T]], R]], arguments: tuple[Any, ...]
    ) -> Pool[T, R]:
        """Return workers for areas with these numbers of files; see `Workers`."""
        return Workers(min(len(areas), workers_for(sum(areas), self.jobs)), make, arguments)
