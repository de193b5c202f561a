"""What every view is given: the words of the locale, the frame of the site, and the records that its page declares."""

from builder.context.frame import Frame, frame_of
from builder.context.lookup import Lookup
from builder.context.render_context import RenderContext
from builder.context.words import Words, brief_words, words_for

__all__ = ["Frame", "Lookup", "RenderContext", "Words", "brief_words", "frame_of", "words_for"]
