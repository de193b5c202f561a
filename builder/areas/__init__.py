"""A site area by area: each area is studied, and its pages are made, with a store of its own.

`study` loads the files of areas and keeps what they export; `overview` is what is known of the whole site from the
exports; `make` plans and renders the pages of the items of an area. The first and the last are done by any process.
"""
