"""Matters of life, and how people speak of them: what happened, what one needs, what paper one holds.

A *matter* (亲人去世) has the expressions by which a question leads to it, and the formal words by which an item of any site
belongs to it. The YAML files of this folder ship with the builder, so every site understands the same *speech*.
`builder.render.pages.search` writes the matters of a site for its search; `static/search-matters.js` finds them in a question.
"""

from builder.matters.recognition import Recognition
from builder.matters.speech import STRENGTHS, Matter, Speech, speech, speech_digest, speech_of_matters

__all__ = ["STRENGTHS", "Matter", "Recognition", "Speech", "speech", "speech_digest", "speech_of_matters"]
