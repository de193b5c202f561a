"""What changed in the past, in words for residents."""

from __future__ import annotations

from datetime import date

from builder.content.history import PastChange
from builder.context.words import Words
from builder.wording.times import day

LONGEST = 40  # characters of a text before or after; of a longer one it is only said that it changed
GROUPS = {"any_of", "materials", "all", "any"}  # the keys of groups, in which entries of a list stand

# What residents call the fields that change, by the first key of the field: the word in the locale.
LABELS = {
    "materials": "materials", "materials_notes": "materials", "eligibility": "conditions", "excluded": "conditions",
    "eligibility_notes": "conditions", "steps": "steps", "places": "places", "address": "places", "phones": "phone",
    "hours": "hours", "time": "limits", "fees": "fees", "windows": "windows", "channels": "channels", "online": "online",
    "coverage": "coverage", "visits": "visits", "appointment": "appointment", "delivery": "delivery", "quota": "quota",
    "benefits": "benefits", "outputs": "outputs", "forms": "forms", "depth": "depth", "legal": "basis", "law": "basis",
    "supervision": "supervision", "name": "official_name", "effects": "effects", "tables": "case_facts",
}  # fmt: skip


def change_in_words(change: PastChange, words: Words) -> str:
    """Return what changed in one line, such as 要带的材料多了：收入证明."""
    keys = change.field.split(".")
    if keys[0] == "item":
        if not change.id:
            return words["changed_many"].format(n=change.now)
        return words[f"changed_item_{change.change}"]
    if keys[0] == "event":
        return words[f"changed_event_{change.change}"] if len(keys) == 1 else words["changed_event"]
    if keys[0] == "status" and change.change in ("added", "removed"):
        return words[f"changed_status_{change.change}"]
    if keys[0] == "cancelled_on" and change.now:
        return words["cancelled_since"].format(day=day(date.fromisoformat(change.now), words))
    if keys[0] == "status_note" and _plain(change.now):
        return change.now
    label = words[next((LABELS[key] for key in keys if key in LABELS), "more_facts")]
    was, now = _plain(change.was), _plain(change.now)
    is_entry = GROUPS.issuperset(keys[1:])
    if is_entry and change.change in ("added", "removed"):
        name = _name(change.now or change.was)
        return words[f"changed_{change.change}"].format(label=label, name=name)
    if was and now and change.change in ("more", "less", "changed"):
        return words["changed_to"].format(label=label, was=was, now=now)
    if now and change.change == "known":
        return words["changed_known"].format(label=label, now=now)
    return words["changed_inside"].format(label=label)


def _name(text: str) -> str:
    """Return by what an entry of a list is known: what its line begins with."""
    return text.split("\n", maxsplit=1)[0].split("，", maxsplit=1)[0]


def _plain(text: str) -> str:
    """Return a text that is short and no list of labelled fields; "" for any other."""
    return text if len(text) <= LONGEST and not set("\n：") & set(text) else ""
