"""An item's facts put into words, in the order in which residents ask."""

from builder.guide.answers import Answer
from builder.guide.calls import Call, call, calls_of
from builder.guide.course import Course
from builder.guide.guide import Guide, guide_of
from builder.guide.places import Spot, spot_of
from builder.guide.said import Said, changes, code_of, conditions_in_words, said_by

__all__ = [
    "Answer",
    "Call",
    "Course",
    "Guide",
    "Said",
    "Spot",
    "call",
    "calls_of",
    "changes",
    "code_of",
    "conditions_in_words",
    "guide_of",
    "said_by",
    "spot_of",
]
