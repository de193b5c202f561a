"""Finds what a document is, and the items in it."""
