"""The processes that a build may use, and how areas are shared among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from builder.support.workers import Workers, workers_for

T = TypeVar("T")
R = TypeVar("R")

# Takes the name of a stage and its number of steps; returns a function to call with the number of completed steps.
Progress = Callable[[str, int], Callable[[int], None]]

MOST_AT_ONCE = 100  # areas that one process takes up together; more would hold too many files open


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
    ) -> Workers[T, R]:
        """Return workers for areas with these numbers of files; see `Workers`."""
        return Workers(min(len(areas), workers_for(sum(areas), self.jobs)), make, arguments)
