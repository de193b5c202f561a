"""Tracks, and how those that share a channel or a gutter are kept apart."""


class Track:
    """A straight that lines run along. `key` orders it among its kind, `ends` are the tracks met along it.

    `level` counts tracks of one channel or gutter. `side` leans left (negative) or right: a way out below its step
    from the middle, a gutter track towards the column it serves.
    """

    __slots__ = ("at", "downs", "ends", "key", "level", "side", "ups")

    def __init__(self, key: int) -> None:
        self.key = key
        self.ends: list[Track] = []
        self.ups: list[Track] = []
        self.downs: list[int] = []
        self.level = 0
        self.side = 0.0
        self.at = 0.0


def by_place(tracks: dict[tuple[int, int], Track]) -> dict[int, list[Track]]:
    """Return the tracks of each channel or gutter, in the order they were asked for."""
    places: dict[int, list[Track]] = {}
    for (place, _), track in tracks.items():
        places.setdefault(place, []).append(track)
    return places


def spread(slots: dict[int, list[Track]], straights: set[int]) -> None:
    """Give each way out below a step its side: 0 the middle, negative to the left, positive to the right."""
    for source, exits in slots.items():
        # The straight way was claimed first, so it is the first slot.
        middle = exits[:1] if source in straights or len(exits) == 1 else []
        left = [slot for slot in exits[len(middle) :] if slot.side < 0]
        right = [slot for slot in exits[len(middle) :] if slot.side > 0]
        if not middle and (len(exits) > 2 or not left or not right):
            middle = [max(left, right, key=len).pop(0)]
        for slot in middle:
            slot.side = 0
        for some, lean in ((left, -1), (right, 1)):
            for place, slot in enumerate(some, 1):
                slot.side = lean * place
                slot.key += lean


def pack(tracks: list[Track]) -> None:
    """Give the tracks of a gutter their level, so that no two that overlap share one; short ones innermost."""
    levels: list[list[tuple[int, int]]] = []
    spans = [(min(end.key for end in track.ends), max(end.key for end in track.ends), track) for track in tracks]
    spans.sort(key=lambda span: span[1] - span[0])
    for low, high, track in spans:
        track.level = _room(levels, low, high, 0)


def _room(levels: list[list[tuple[int, int]]], low: int, high: int, least: int) -> int:
    """Book the first level from `least` where nothing lies between `low` and `high`."""
    level = least
    while level < len(levels) and any(
        low <= other_high and other_low <= high for other_low, other_high in levels[level]
    ):
        level += 1
    while len(levels) <= level:
        levels.append([])
    levels[level].append((low, high))
    return level


def stack(tracks: list[Track]) -> None:
    """Give the tracks of a channel their level: in a column, what comes from above stays above what goes down."""
    if len(tracks) == 1:
        return
    above = _above(tracks)
    levels: list[list[tuple[int, int]]] = []
    waiting = list(tracks)
    while waiting:
        track = next((track for track in waiting if not any(other in waiting for other in above[track])), None)
        if track is None:
            # Each waits for another: the first leaves its step beside the middle, where nothing comes down.
            track = waiting[0]
            _lean(track)
            above = _above(tracks)
            continue
        waiting.remove(track)
        low, high = min(end.key for end in track.ends), max(end.key for end in track.ends)
        track.level = _room(levels, low, high, max((other.level + 1 for other in above[track]), default=0))


def _above(tracks: list[Track]) -> dict[Track, set[Track]]:
    """Return, for each track, those that must lie above it."""
    goes_down = {column: track for track in tracks for column in track.downs}
    above: dict[Track, set[Track]] = {track: set() for track in tracks}
    for track in tracks:
        for slot in track.ups:
            under = goes_down.get(slot.key // 4) if slot.side == 0 else None
            if under is not None and under is not track:
                above[under].add(track)
    return above


def _lean(track: Track) -> None:
    for slot in track.ups:
        if slot.side == 0:
            lean = 1 if max(end.key for end in track.ends) > slot.key else -1
            slot.side = lean / 2
            slot.key += lean
