"""Files become text, and text becomes plain values; YAML lives here and nowhere else.

Every scalar stays the text that the editor wrote (``no``, ``8:30``, ``0012``): the model gives it a type.
"""

from builder.source.document import Document, read
from builder.source.encoding import digest, digest_of, display_lines
from builder.source.events import MissingLibyaml
from builder.source.places import Places, locate, places
from builder.source.plain import Raw
from builder.source.rules import RULES

__all__ = [
    "RULES",
    "Document",
    "MissingLibyaml",
    "Places",
    "Raw",
    "digest",
    "digest_of",
    "display_lines",
    "locate",
    "places",
    "read",
]
