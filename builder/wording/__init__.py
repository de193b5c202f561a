"""Facts in words: what residents read of a fact is made here, from the fact and the words of the locale.

Pages, lists, boards, the search and the answer box all ask these functions, so that one word of the locale is said
alike wherever it stands.
"""
