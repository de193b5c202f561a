"""An item's facts put into words, in the order in which residents ask."""

from builder.context.phones import Call, call, calls_of
from builder.guide.answers import Answer
from builder.guide.course import Course
from builder.guide.guide import Guide, column_of, guide_of, guide_uses
from builder.guide.place_facts import PlaceInWords, place_in_words
from builder.guide.plain_text import Said, changes, code_of, conditions_in_words, said_by
from builder.guide.sources import Sources, sources_of

__all__ = [
    "Answer",
    "Call",
    "Course",
    "Guide",
    "PlaceInWords",
    "Said",
    "Sources",
    "call",
    "calls_of",
    "changes",
    "code_of",
    "column_of",
    "conditions_in_words",
    "guide_of",
    "guide_uses",
    "place_in_words",
    "said_by",
    "sources_of",
]
