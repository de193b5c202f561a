"""A text as one comment below a pull request: written once, and written anew by every later run.

`platform` says what a platform is, and there is a module for each; `api` asks them, `comment` makes a text fit, `poster`
does it all. Tokens come from the environment and are in no message.
"""

from builder.posting.poster import AUTO, PLATFORMS, Posted, post

__all__ = ["AUTO", "PLATFORMS", "Posted", "post"]
