"""The form (表) of an item: all that an editor may write, as labelled cells of plain text.

Word forms, workbooks and what comes back from both share it. `slots` says which cells a record has, `spelling` how a
value stands in a cell and how it is read back, `layout` in which order and tables, `item_form` makes the form of an item.
"""
