"""How much of a file is read, so that no document takes more memory or time than this machine has.

A list of 1,000 items has about 1 million characters and 30,000 cells; the limits are far above what an office writes.
"""

from __future__ import annotations

from typing import Final

MAX_FILE: Final = 100 * 1024 * 1024  # bytes on disk
MAX_PART: Final = 100 * 1024 * 1024  # unpacked bytes of one part of a .docx or .xlsx
MAX_GAP: Final = 40 * 1024 * 1024  # bytes of XML between two elements that are read
MAX_MARKUP: Final = 1_200_000  # tags and attributes between two elements that are read; each takes 100 bytes and more
MAX_TEXT_FILE: Final = 10 * 1024 * 1024  # bytes of a CSV file or web page, which are read at once
MAX_CHARACTERS: Final = 3_000_000
MAX_PIECES: Final = 120_000  # paragraphs and filled cells
MAX_OWN_CELLS: Final = 1_000_000  # filled cells of a workbook that we exported; one of 1,000 items has 200,000
MAX_OWN_CHARACTERS: Final = 20_000_000
MAX_COLUMNS: Final = 500  # columns of a table that are read
MAX_DEPTH: Final = 8  # tables in tables
CONVERSION_SECONDS: Final = 120
