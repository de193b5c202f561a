"""What to bring for several items together (一套材料): each paper once, with how many, and which item asks for it.

`bundle_of` merges the lists of the chosen items of an event; `bundle_in_words` says it. Nothing is lost: `needs_in` takes
a bundle apart again, and gives for each item exactly the lines that `needs_of` read from it. What is known is counted,
what is not is said so: a copy whose number no guide states counts one and makes the sum a least one, a paper of which the
form is not stated is not counted.
"""

from builder.merge.bundle import Alternative, Alternatives, Bundle, Paper, bundle_of, needs_in, told_beside
from builder.merge.counting import Count, Total, total_of
from builder.merge.in_words import AlternativesInWords, BundleInWords, PaperInWords, bundle_in_words, nth_in_words
from builder.merge.needs import Answers, Chosen, Line, Need, OneOf, Option, needs_of

__all__ = [
    "Alternative",
    "Alternatives",
    "AlternativesInWords",
    "Answers",
    "Bundle",
    "BundleInWords",
    "Chosen",
    "Count",
    "Line",
    "Need",
    "OneOf",
    "Option",
    "Paper",
    "PaperInWords",
    "Total",
    "bundle_in_words",
    "bundle_of",
    "needs_in",
    "needs_of",
    "nth_in_words",
    "told_beside",
    "total_of",
]
