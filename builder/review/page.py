"""What the page of a review and its sheet show (``templates/review/``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.content.settings import Level
from builder.differences.levels import MEANINGS
from builder.guide import TextSection
from builder.review.review import ChangedText, Named, Review, Row
from builder.review.summary import counts_of, sentence_of, to_do
from builder.review.word_diff import Piece, line_diff, word_diff

ON_A_SHEET = 12  # changes for which the sheet has room
TO_DO_ON_A_SHEET = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a guide before and after, line by line in pieces."""

    heading: str
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class ReviewPage:
    """A review, ready to be set. `signers` are the offices that sign the sheet."""

    review: Review
    signers: Sequence[str]

    @property
    def sentence(self) -> str:
        """What changed in one sentence."""
        return sentence_of(self.review)

    @property
    def counts(self) -> Mapping[Level, int]:
        """The number of changes of each level."""
        return counts_of(self.review)

    @property
    def meanings(self) -> Mapping[Level, str]:
        """What the levels mean."""
        return MEANINGS

    @cached_property
    def to_do(self) -> list[str]:
        """What is to be looked after before somebody signs."""
        return to_do(self.review)

    @cached_property
    def sheet_rows(self) -> Sequence[Row]:
        """The changes for which the sheet has room, the gravest first."""
        return self.review.rows[:ON_A_SHEET]

    @property
    def left_out(self) -> int:
        """How many changes it has no room for."""
        return len(self.review.rows) - len(self.sheet_rows)

    @property
    def sheet_to_do(self) -> Sequence[str]:
        """What stands on the sheet of what is to be looked after."""
        return self.to_do[:TO_DO_ON_A_SHEET]

    def pieces(self, row: Row) -> tuple[Piece, ...]:
        """Return what changed within a row, () where nothing of the text is left."""
        if not row.was or not row.now:
            return ()
        pieces = tuple(word_diff(row.was, row.now))
        same = sum(len(piece.text) for piece in pieces if piece.kind == "same")
        return pieces if 2 * same >= min(len(row.was), len(row.now)) else ()

    def parts(self, text: ChangedText) -> tuple[Part, ...]:
        """Return the sections of a guide that changed."""
        was, now = _by_heading(text.was), _by_heading(text.now)
        return tuple(
            Part(heading, tuple(tuple(line) for line in line_diff(was.get(heading, ()), now.get(heading, ()))))
            for heading in dict.fromkeys((*now, *was))
            if was.get(heading) != now.get(heading)
        )

    def papers_of(self, item: Named) -> str:
        """Return what becomes of the printed papers of an item, "" for nothing."""
        return "；".join(
            f"{one.says}。{one.hint}" for one in self.review.papers if one.file.endswith(f"/{item.id}.yaml")
        )


def _by_heading(sections: Sequence[TextSection]) -> dict[str, tuple[str, ...]]:
    return {section.part: section.lines for section in sections}
