"""Two versions of a record, told apart: what differs, and how grave that is for residents.

`comparison` compares field by field, `levels` is the table that judges; `past` reads from git what changed before.
"""
