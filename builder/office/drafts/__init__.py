"""Thinks about the items of a document: makes drafts of them, as files of content, and says what is not sure.

Nothing is invented and nothing is lost: a text that is not understood as a whole stays as it was written, in a field that
takes it, in the text for residents, or in a note for editors.
"""
