"""What a file of the search tells, unpacked as its script does."""

from __future__ import annotations

import json
import re

from builder.support.packing import LEADS, MARKS, Alphabet

_PACKED = re.compile(rf"[{LEADS}][#-~]|[{re.escape(MARKS)}]")


def texts_in(script: str) -> list[str]:
    """Return all texts of a file of what guides tell, as often as they are written."""
    found = re.search(r'^window\.searchData\["[\w-]+"\]=(.*);$', script, re.MULTILINE)
    assert found
    table = json.loads(found[1])
    codes = Alphabet(table["common"], tuple(table["gaps"])).codes
    characters = {coded: chr(code) for code, coded in codes.items()}
    packed = [text for column in table["cells"][1:] for some in column for text in some if isinstance(text, str)]
    return [_PACKED.sub(lambda found: characters[found[0]], text) for text in (*table["texts"], *packed)]
