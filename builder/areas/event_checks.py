"""What is wrong with events, event by event: an edit of one item has only the events looked at again that name it."""

from __future__ import annotations

import pickle
from itertools import chain
from pathlib import PurePosixPath

from builder.areas.studied import StudiedSite
from builder.checks.events import check_event, named_in
from builder.content.model.companions import Area, LibraryMaterial
from builder.content.model.events import Event
from builder.content.model.kinds import BY_RECORD
from builder.support.diagnostics import Finding
from builder.support.fingerprint import digest
from builder.support.store import Store

ROOM = "events"  # of the store
_SHOWN = frozenset(BY_RECORD[record].name for record in (Area, LibraryMaterial))


def check_events(studied: StudiedSite, store: Store) -> list[Finding]:
    """Return the findings about the events of a site; those of an event are kept with all that it was looked at with."""
    events = [one for one in studied.companions if isinstance(one.record, Event)]
    if not events:
        return []
    files: dict[str, str] = {}
    for file in chain.from_iterable(studied.areas.values()):
        files.setdefault(PurePosixPath(file).stem, file)  # of two with the same id the first counts
    named = {one.id: sorted(files[id] for id in named_in(one) if id in files) for one in events}
    digests = studied.digests_of([*chain.from_iterable(named.values())])
    libraries = digest(repr([(one.key, one.digest) for one in studied.companions if one.kind in _SHOWN]).encode())
    keys = {
        one.id: digest(
            repr((libraries, one.file, one.digest, [(file, digests[file]) for file in named[one.id]])).encode()
        )
        for one in events
    }
    kept = store.get_many(ROOM, list(keys.values()))
    missing = [one for one in events if keys[one.id] not in kept]
    site = studied.of_items(dict.fromkeys(file for one in missing for file in named[one.id]))
    found = {keys[one.id]: pickle.dumps([*check_event(one, site)]) for one in missing}
    store.put_many(ROOM, found.items())
    store.keep_only(ROOM, keys.values())
    return [finding for key in keys.values() for finding in pickle.loads((kept | found)[key])]
