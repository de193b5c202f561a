"""Exported items come home: the file changes in exactly the lines of what was changed."""

from __future__ import annotations

from forms_world import worlds
from returning import home, outcome


def test_what_comes_home_as_it_went_out_changes_nothing() -> None:
    looked_at = 0
    for world in worlds():
        for exported in world.exported:
            found = outcome(exported, world, home(exported, world))
            assert (found.changes, found.differences, found.remarks, found.conflicts) == ([], [], [], []), (
                exported.card.id
            )
            looked_at += 1
    assert looked_at > 200
