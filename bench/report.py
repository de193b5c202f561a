"""What was measured: a table for the terminal, and rows for the tables of README.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from measure import Run
from works import CHECK, COLD, EQUAL, FULL, HELP, INDEX, NO_INDEX, SAMPLE, SEARCH, TEXT, TITLE, UNCHANGED, Tool

PAGE, RELOAD = "save to page", "save to reload"

# The columns of the tables in README.md by their works and tools. A change here changes the headings there.
BUILDS = (
    *((COLD, EQUAL), (UNCHANGED, EQUAL), (TEXT, EQUAL), (TITLE, EQUAL)),
    *((COLD, SEARCH), (TEXT, SEARCH), (COLD, FULL), (TEXT, FULL)),
)
EDITING = (
    *((HELP, EQUAL), (CHECK, EQUAL), (PAGE, EQUAL), (RELOAD, EQUAL)),
    *((CHECK, FULL), (PAGE, FULL), (RELOAD, FULL)),
)
WHOLE_SAMPLE = ((COLD, SAMPLE), (UNCHANGED, SAMPLE), (INDEX, SAMPLE), (NO_INDEX, SAMPLE), (CHECK, SAMPLE))


class Figures:
    """The runs of every work by every tool, in the order of the rounds."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self._runs: dict[tuple[str, str], list[Run]] = {}
        self._beside = {tool.name: tool.beside for tool in tools}

    def add(self, work: str, tool: str, run: Run) -> None:
        """Note a run."""
        self._runs.setdefault((work, tool), []).append(run)

    def table(self) -> Iterator[str]:
        """Yield a line for every work and tool, with the medians of its runs."""
        yield f"{'':32}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'tree MB':>9}{'x Hugo':>8}"
        for (work, tool), runs in self._runs.items():
            wall, cpu, peak, tree = (
                median(column) for column in zip(*((r.wall, r.cpu, r.peak, r.tree) for r in runs), strict=True)
            )
            others = f"{cpu:8.2f}{peak:9.0f}{tree:9.0f}" if cpu else f"{'':26}"
            ratio = self._ratio(work, tool)
            line = f"{work:16}{tool:16}{wall:8.2f}{others}" + (f"{ratio:8.3f}" if ratio else "")
            yield line.rstrip()

    def row(self, name: str, columns: Sequence[tuple[str, str]], *, memory: bool = False) -> str:
        """Return a row of Markdown: times Hugo, with our seconds in brackets; at the end MB, if `memory` is asked for."""
        cells = [name, *(self._cell(work, tool) for work, tool in columns)]
        if memory:
            runs = [run for (_, tool), all_runs in self._runs.items() if tool == EQUAL for run in all_runs]
            cells += [f"{max(run.peak for run in runs):.0f}, {max(run.tree for run in runs):.0f}"]
        return f"| {' | '.join(cells)} |"

    def _cell(self, work: str, tool: str) -> str:
        if (work, tool) not in self._runs:
            return "-"
        wall = median(run.wall for run in self._runs[work, tool])
        seconds = f"{wall:.1f}" if wall >= 10 else f"{wall:.2f}"
        ratio = self._ratio(work, tool)
        return f"{ratio:.{1 if ratio >= 1 else 2}f} ({seconds})" if ratio else f"{seconds} s"

    def _ratio(self, work: str, tool: str) -> float | None:
        """Return the median of the ratios inside a round: the machine may be shared."""
        ours, theirs = self._runs[work, tool], self._runs.get((work, self._beside[tool]))
        return median(a.wall / b.wall for a, b in zip(ours, theirs, strict=True)) if theirs else None
