"""Files become text, and text becomes plain values; YAML lives here and nowhere else.

Every scalar stays the text that the editor wrote (``no``, ``8:30``, ``0012``): the model gives it a type.
"""

from builder.content.source.document import Document, read
from builder.content.source.encoding import display_lines
from builder.content.source.events import MissingLibyaml
from builder.content.source.plain import Raw
from builder.content.source.positions import Places, locate, places
from builder.content.source.rules import RULES

__all__ = [
    "RULES",
    "Document",
    "MissingLibyaml",
    "Places",
    "Raw",
    "display_lines",
    "locate",
    "places",
    "read",
]
