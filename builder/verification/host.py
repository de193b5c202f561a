"""A host that is asked about a site as a whole, over one connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from builder.release.release import ReleasedFile
from builder.verification.answers import Answer
from builder.verification.case import Nowhere
from builder.verification.classify import classify
from builder.verification.fetching import Fetcher
from builder.verification.host_finding import HostFinding
from builder.verification.pace import Pace
from builder.verification.reference import Reference
from builder.verification.verdict import Kind
from builder.verification.walk import ask_for


@dataclass(frozen=True)
class Host:
    """A host that is asked about the release of a reference at `base`. Answers are kept by what was asked for."""

    base: str
    reference: Reference
    fetcher: Fetcher
    pace: Pace
    nowhere: Nowhere = field(default_factory=Nowhere)
    _answers: dict[tuple[str, str], Answer] = field(default_factory=dict)

    @property
    def files(self) -> Mapping[str, ReleasedFile]:
        """The files of the release."""
        return self.reference.release.files

    @cached_property
    def _most(self) -> int:
        return max(file.size for file in self.files.values())

    def ask(self, relative: str, accept: str = "gzip") -> Answer:
        """Return the answer for an address below the base."""
        return self.at(f"{self.base}{relative}", accept)

    def at(self, address: str, accept: str = "gzip") -> Answer:
        """Return the answer for an address."""
        key = (address, accept)
        if key not in self._answers:
            self._answers[key] = self.pace.ask(self.fetcher, address, self._most, accept)
        return self._answers[key]

    def file(self, path: str) -> Answer:
        """Return the answer for a file of the release."""
        key = (path, "")
        if key not in self._answers:
            self._answers[key] = ask_for(path, self.base, self.fetcher, self.pace, self.reference)
        return self._answers[key]

    def kind(self, path: str, answer: Answer) -> Kind:
        """Return what an answer says about a file of the release."""
        return classify(path, answer, self.reference, self.nowhere).kind

    def largest(self, *extensions: str) -> str:
        """Return the largest file with one of these extensions, "" without one."""
        return max(
            (path for path in self.files if path.endswith(extensions)),
            key=lambda path: self.files[path].size,
            default="",
        )


Check = Callable[[Host], Iterator[HostFinding]]
