"""An item's facts put into words, in the order in which residents ask."""

from builder.guide.answers import Answer
from builder.guide.calls import Call, call
from builder.guide.course import Course
from builder.guide.guide import Guide, guide_of
from builder.guide.places import Spot, spot_of

__all__ = ["Answer", "Call", "Course", "Guide", "Spot", "call", "guide_of", "spot_of"]
