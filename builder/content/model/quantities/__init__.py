"""Quantities that editors write as Chinese phrases.

Each is read as the documents have it and kept as what it means, so that it can be compared, checked and shown in one
form everywhere. A phrase that is not understood is refused with advice, never guessed.
"""

from builder.content.model.quantities.depth import ALIKE, TAKES_PAPERS, Action, Handling, Level, Route, routes
from builder.content.model.quantities.disclosure_terms import Cycle, DisclosureTerm
from builder.content.model.quantities.durations import WITHOUT_END, Bound, Duration, Limit, PlainDuration, TimeUnit
from builder.content.model.quantities.period_phrases import read_span
from builder.content.model.quantities.periods import ApplicationPeriod
from builder.content.model.quantities.spans import MonthDay, Period, Span
from builder.content.model.quantities.validities import validities, validity_parts

__all__ = [
    "ALIKE",
    "TAKES_PAPERS",
    "WITHOUT_END",
    "Action",
    "ApplicationPeriod",
    "Bound",
    "Cycle",
    "DisclosureTerm",
    "Duration",
    "Handling",
    "Level",
    "Limit",
    "MonthDay",
    "Period",
    "PlainDuration",
    "Route",
    "Span",
    "TimeUnit",
    "read_span",
    "routes",
    "validities",
    "validity_parts",
]
