"""From the bytes of a file to plain values. No other package uses YAML.

Every scalar remains the text that the editor wrote (``no``, ``8:30``, ``0012``). The model converts it to its type.
"""

from builder.content.source.document import Document, read
from builder.content.source.encoding import display_lines
from builder.content.source.plain import Raw
from builder.content.source.positions import Positions, locate, positions_in
from builder.content.source.rules import RULES

__all__ = [
    "RULES",
    "Document",
    "Positions",
    "Raw",
    "display_lines",
    "locate",
    "positions_in",
    "read",
]
