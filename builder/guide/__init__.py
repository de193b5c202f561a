"""An item's facts put into words, in the order in which residents ask."""

from builder.context.phones import Call, call, calls_of
from builder.guide.answers import Answer
from builder.guide.course import Course
from builder.guide.guide import Guide, column_of, guide_of, guide_uses
from builder.guide.place_facts import BranchInWords, PlaceInWords, place_in_words
from builder.guide.plain_text import TextSection, changes, conditions_in_words, edition_code, plain_text_of
from builder.guide.sources import Sources, sources_of

__all__ = [
    "Answer",
    "BranchInWords",
    "Call",
    "Course",
    "Guide",
    "PlaceInWords",
    "Sources",
    "TextSection",
    "call",
    "calls_of",
    "changes",
    "column_of",
    "conditions_in_words",
    "edition_code",
    "guide_of",
    "guide_uses",
    "place_in_words",
    "plain_text_of",
    "sources_of",
]
