"""Tracks, and the assignment of levels to the tracks of a channel or a gutter, so that lines do not overlap."""


class Track:
    """A straight horizontal or vertical track for lines.

    `key` orders it among tracks of its kind; `ends` are the tracks that it crosses at the ends of its lines. `level` is
    its number within a channel or gutter, `position` its x or y in px. `side` is negative for left, positive for right:
    of a slot, its distance from the middle of the step; of a gutter track, the direction of the columns it serves. Of a
    channel track, `slots_above` are the slots that lead down into it, and `columns_below` the columns in which its
    lines continue down.
    """

    __slots__ = ("columns_below", "ends", "key", "level", "position", "side", "slots_above")

    def __init__(self, key: int) -> None:
        self.key = key
        self.ends: list[Track] = []
        self.slots_above: list[Track] = []
        self.columns_below: list[int] = []
        self.level = 0
        self.side = 0.0
        self.position = 0.0


def by_index(tracks: dict[tuple[int, int], Track]) -> dict[int, list[Track]]:
    """Return the tracks by the number of their channel or gutter, in the order of creation."""
    by_number: dict[int, list[Track]] = {}
    for (number, _), track in tracks.items():
        by_number.setdefault(number, []).append(track)
    return by_number


def assign_sides(slots: dict[int, list[Track]], straight_sources: set[int]) -> None:
    """Set the side of each slot of each step: 0 for the middle, negative to the left, positive to the right."""
    for source, exits in slots.items():
        # The straight line was routed first, so its slot is the first.
        middle = exits[:1] if source in straight_sources or len(exits) == 1 else []
        left = [slot for slot in exits[len(middle) :] if slot.side < 0]
        right = [slot for slot in exits[len(middle) :] if slot.side > 0]
        if not middle and (len(exits) > 2 or not left or not right):
            middle = [max(left, right, key=len).pop(0)]
        for slot in middle:
            slot.side = 0
        for group, direction in ((left, -1), (right, 1)):
            for number, slot in enumerate(group, 1):
                slot.side = direction * number
                slot.key += direction


def assign_gutter_levels(tracks: list[Track]) -> None:
    """Set the level of each track of a gutter. Overlapping tracks get different levels; short ones are innermost."""
    levels: list[list[tuple[int, int]]] = []
    spans = [(min(end.key for end in track.ends), max(end.key for end in track.ends), track) for track in tracks]
    spans.sort(key=lambda span: span[1] - span[0])
    for low, high, track in spans:
        track.level = _book_level(levels, low, high, 0)


def _book_level(levels: list[list[tuple[int, int]]], low: int, high: int, first: int) -> int:
    """Reserve the range `low` to `high` in the first level from `first` on where it is free. Return the level."""
    level = first
    while level < len(levels) and any(
        low <= other_high and other_low <= high for other_low, other_high in levels[level]
    ):
        level += 1
    while len(levels) <= level:
        levels.append([])
    levels[level].append((low, high))
    return level


def assign_channel_levels(tracks: list[Track]) -> None:
    """Set the level of each track of a channel: where a slot meets a line going down, the slot's track is above."""
    if len(tracks) == 1:
        return
    above = _tracks_above(tracks)
    levels: list[list[tuple[int, int]]] = []
    remaining = list(tracks)
    while remaining:
        track = next((track for track in remaining if not any(other in remaining for other in above[track])), None)
        if track is None:
            # The tracks depend on each other in a circle. Move the slots of the first one away from the middle, where
            # no line goes down.
            track = remaining[0]
            _shift_from_middle(track)
            above = _tracks_above(tracks)
            continue
        remaining.remove(track)
        low, high = min(end.key for end in track.ends), max(end.key for end in track.ends)
        track.level = _book_level(levels, low, high, max((other.level + 1 for other in above[track]), default=0))


def _tracks_above(tracks: list[Track]) -> dict[Track, set[Track]]:
    """Return for each track those that must be above it."""
    track_by_column = {column: track for track in tracks for column in track.columns_below}
    above: dict[Track, set[Track]] = {track: set() for track in tracks}
    for track in tracks:
        for slot in track.slots_above:
            lower = track_by_column.get(slot.key // 4) if slot.side == 0 else None
            if lower is not None and lower is not track:
                above[lower].add(track)
    return above


def _shift_from_middle(track: Track) -> None:
    for slot in track.slots_above:
        if slot.side == 0:
            direction = 1 if max(end.key for end in track.ends) > slot.key else -1
            slot.side = direction / 2
            slot.key += direction
