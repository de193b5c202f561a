"""What a government site is inspected for, as far as the maker of its pages can answer for it."""

from builder.conformance.facts import notes

__all__ = ["notes"]
