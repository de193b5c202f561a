"""An item's facts put into words, in the order in which residents ask."""

from builder.guide.answers import Answer
from builder.guide.calls import Call, call
from builder.guide.course import Course
from builder.guide.guide import Guide, guide_of

__all__ = ["Answer", "Call", "Course", "Guide", "call", "guide_of"]
