"""What residents read is worded in one place: in another language no Chinese of ours is left, and a word changes everywhere.

The site here is written in Latin letters, so every Chinese character on it would be one of ours.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from builder.cli import main
from builder.content.model.access import CoverageRange, DeliveryWay
from builder.content.model.companions import AreaLevel, LawStatus, PlaceKind
from builder.content.model.disclosure import DisclosureForm
from builder.content.model.item import Channel, HandlingType, ItemType, Role
from builder.content.model.materials import Form, MaterialSource, Whose
from builder.content.model.quantities import ALIKE, WITHOUT_END, Action, Bound, Cycle, Level, TimeUnit
from builder.content.model.steps import Ending, StepKind
from builder.content.model.whom import Family, Hukou, Income, Occupation
from builder.context.words import Words, read_words
from builder.render import pagination

CHINESE = "templates/locales/zh-Hans.yaml"
WORDS = read_words(CHINESE, (Path(__file__).resolve().parent.parent / CHINESE).read_bytes())

HAN = re.compile(r"[\u3400-\u9fff]+")
MARKS = re.compile(r"[\u3000-\u303f\uff00-\uffef]")  # full-width punctuation

# The only Chinese that the content says: when one can apply, and who need not bring it, are phrases that the program has
# to understand.
ALL_BUT = "除外国人外"
WINDOWS = (
    "每年9月1日至9月30日",
    "每年11月至次年4月",
    "每年10月底前",
    "每月5日至20日",
    "每月20日前",
    "每周一至周四",
    "每周五至周日",
    "每年3月1日至5月31日",
    "每月5日、25日",
    "2027年5月8日至19日",
    "每年2月底前",
    "每年3月1日",
    "每月31日",
    "每年一次",
    "招用之日起30日内",
)
DAYS = WINDOWS[:-2]  # those of one item: what hangs on an event, or on no month, has no "only"

SETTINGS = {
    "name": "Town",
    "mark": "T",
    "base_url": "https://town.example",
    "host": "Host",
    "area": "town",
    "phones": ["12345", "010-67322223-110"],
    "email": "a@town.example",
    "address": "Road 1",
    "hours": "8-12",
    "icp": "ICP 1",
    "police": "Police 1",
    "site_id_code": "1234567890",
    "notice": "Notice",
    "supervision": {"unit": "Watch", "phones": "12388"},
    "party_mark": "https://mark.example",
    "common": "plain-0",
    "search": "no",
    "pdf": "no",
}

PROCEDURE: dict[str, Any] = {
    "eligibility": ["Adult", "Hukou anywhere, aged 13, 16, 59, 60, 95, 50", {"all": ["One", {"any": ["Two", "Three"]}]}],
    "excluded": "Nobody else",
    "whom": {"hukou": [one.value for one in Hukou], "certificates": "id-card", "work": [one.value for one in Occupation],
             "age": ["60+", "0-13", "16-59", "95", "f50+", "m60+"], "income": [one.value for one in Income],
             "family": [one.value for one in Family]},
    "materials": [
        {"ref": "id-card", "form": [form.value for form in Form], "copies": {"original": 1, "copy": 2}, "pages": ["A", "B"]},
        {"name": "Picture", "form": "photo", "copies": 2, "spec": {"size": "S", "pixels": "1x1", "kb_min": 1, "kb_max": 9}},
        {"name": "File", "spec": {"kb_max": 9}, "seal": ["Seal", "Stamp"], "issuer": "Them", "optional": "yes"},
        {"name": "Other", "spec": {"kb_min": 9}, "validity": {"n": 3, "unit": "month"}, "returned": "yes", "when": "Rain"},
        {"any_of": ["Lease", {"group": "Papers", "materials": ["Deed", "Bill"], "when": "Sun"}], "title": "Home"},
        {"group": "Group", "materials": ["Cup", {"any_of": ["Tea", "Milk"]}]},
        {"ref": "permit", "later": "yes", "promise": "yes"},
        {"name": "Leaf", "when": ALL_BUT},
        {"name": "Extract", "later": {"n": 5, "unit": "workday"}, "promise": "Pledge"},
        *({"name": f"From {source.name}", "source": source.value} for source in MaterialSource),
        {"ref": "letter", "name": "Slip", "whose": "heir"},
        *({"name": f"Of {whose.name}", "whose": whose.value, "form": "original", "held": "yes"} for whose in Whose),
    ],
    "materials_notes": "Clean",
    "steps": [
        {"actor": "You", "do": "Ask", "limit": {"n": 1, "up_to": 2, "unit": "day"}, "place": "Hall", "document": "Slip"},
        {"id": "check", "actor": "Desk", "do": "Check", "limit": {"unit": "now"}, "question": "Well?", "branches": [
            {"when": "Yes", "to": "decide"}, {"when": "Again", "to": "check", "text": "Redo", "document": "Letter"},
            *({"when": ending.name, "to": ending.value} for ending in Ending),
        ]},
        {"id": "decide", "actor": "Office", "do": "Decide",
         "publicity": {"lasts": {"n": 7, "unit": "day"}, "place": "Wall"}},
    ],
    "channels": [channel.value for channel in Channel],
    "online": [{"name": "Portal", "url": "https://portal.example", "note": "Log in"}, "App"],
    "tables": {"title": "Grades", "columns": ["Grade", "Sum"], "rows": [["One", "9"], ["Two", "7"]], "note": "Cash"},
    "coverage": {"range": "nation", "note": "Anywhere"},
    "quota": {"number": 7, "unit": "boxes", "per": "year", "note": "First come"},
    "visits": {"times": "2", "who": "Adults", "proxy": "yes", "note": "Early"},
    "appointment": {"required": "required", "phones": "12345", "url": "https://book.example", "note": "A day before"},
    "delivery": [{"way": way.value, "bring": "Slip", "who": "Anybody", "cost": "9", "note": "Note"} for way in DeliveryWay],
    "places": [{"place": "hall", "window": "Desk", "note": "Left"}, "homes"],
    "hours": "9-11",
    "phones": [{"number": "010-67322223-110", "label": "Desk", "hours": "Noon"}],
    "time": {"promised": {"n": 15, "unit": "workday"}, "statutory": {"n": 20, "unit": "workday"}, "starts": "Then",
             "excludes": ["Pause", "Rest"], "note": "Soon",
             "extension": {"by": {"n": 3, "unit": "day"}, "approver": "Them", "why": "Rain"}},
    "depth": [{"levels": [{"level": one.value, "do": [action.value for action in Action]} for one in Level]}],
    "windows": [{"when": WINDOWS[0], "who": "You", "pays": "Then", "note": "Note"}],
    "fees": [
        {"name": "Paper", "amount": 5, "per": "piece", "who": "Adults", "basis": "Rule", "note": "Cash"},
        {"name": "Card", "when": "Lost", "note": "Soon"},
        {"name": "Deed", "percent": "1", "of": "Sum", "at_most": "yes", "least": 1, "cap": 20000, "first_free": "yes"},
        {"name": "Tax", "of": "Sum", "whole": "yes", "bands": [
            {"to": 10, "amount": 0}, {"to": 20, "amount": 3}, {"percent": 2, "note": "Note"}, {"what": "Kind", "percent": 3}],
         "reductions": [{"who": "One", "free": "yes"}, {"who": "Two", "percent": 50}, {"who": "Six", "percent": 60},
                        {"who": "Ten", "amount": 4, "text": "Later"}, "All"]},
        {"name": "Walk", "of": "Sum", "bands": [{"to": 10, "percent": 2}, {"percent": 3}]},
        {"name": "Air", "amount": 0},
    ],
    "benefits": [
        {"name": "Help", "amount": 9, "per": "head", "percent": 5, "of": "Sum", "cap": "Top", "who": "All",
         "lasts": {"n": 2, "unit": "year"}, "note": "Yes"},
        {"percent": 7, "per": "head"},
    ],
    "outputs": [
        {"name": "Licence", "validity": {"n": 1, "unit": "year"}, "note": "Blue"},
        {"ref": "bare"},
        *({"name": bound.name, "validity": {"n": 1, "unit": "year", "bound": bound.value}} for bound in Bound),
        *({"name": unit.name, "validity": {"unit": unit.value}} for unit in WITHOUT_END),
    ],
    "effects": "Now",
    "forms": [{"ref": "form", "copies": 2}, {"title": "Sheet", "file": "a.txt", "sample": "b.txt"}],
    "legal": [{"law": f"law-{status.value}", "article": "Art. 1"} for status in LawStatus],
}  # fmt: skip

FULL: dict[str, Any] = {
    **PROCEDURE,
    "name": "Formal name",
    "title": "Full",
    "name_en": "Full in English",
    "summary": "Summary",
    "aliases": ["Alias"],
    "type": "licence",
    "handling": "promised",
    "department": "office",
    "offices": ["Room", "Attic"],
    "units": [{"unit": f"Unit {role.name}", "role": role.value, "note": "Note"} for role in Role],
    "topics": "life",
    "audiences": ["people", "others", "more"],
    "scope": "Scope",
    "domain": "Domain",
    "duty": "Duty",
    "business": "Business",
    "phase": "Phase",
    "rollout": [{"by": "May", "task": "Do"}],
    "obligations": "Obligation",
    "renewal": {"rule": "Yearly", "windows": [WINDOWS[3]]},
    "rights": "Right",
    "remedy": "Remedy",
    "supervision": {"unit": "Watch", "phones": "12388"},
    "codes": {"catalog": "1", "task": "2", "handle": "3", "local": "4"},
    "disclosure": {"category": "Category", "term": {"cycle": "monthly"}, "form": [form.value for form in DisclosureForm]},
    "faq": [{"q": "Why?", "a": "So"}, {"q": "How?", "a": "Well"}],
    "next": "plain-0",
    "related": "plain-1",
    "body": "Body",
    "checked": "2026-01-01",
    "next_check": "2027-01-01",
    "provenance": [{"source": "paper", "at": "p. 1"}],
    "variants": [
        {"id": "other", "name": "Other case", "when": "Night", "note": "Note", "replaces": ["eligibility", "materials"],
         "eligibility": "none", "materials": "none", "places": "hall", "depth": [{"levels": [{"level": "street", "do": "accept"}]}],
         "phones": "010-67322223-110", "time": "none", "fees": "none", "outputs": "none", "forms": "none",
         "steps": "none", "legal": "law-repealed", "windows": WINDOWS[3]},
        {"id": "third", "name": "Third case", "materials": ["Third paper"]},
    ],
}  # fmt: skip

# A flow that takes several sheets: it goes back, ahead, and by two answers the same way.
LONG_FLOW: list[dict[str, Any]] = [
    {"id": "first", "actor": "You", "do": "Ask at the desk for the paper"},
    *(
        {
            "id": f"step-{n}",
            "actor": ("Desk", "Office", "Board")[n % 3],
            "do": f"Look into it for the time number {n} and write down what was seen",
            "question": "Well?",
            "branches": [
                {"when": "Yes", "to": f"step-{n + 1}" if n < 30 else "end"},
                {"when": "Mostly", "to": f"step-{n + 1}" if n < 30 else "end"},
                {"when": "Never", "to": "first"},
                {"when": "Maybe", "to": f"step-{min(n + 6, 30)}" if n < 30 else "end:rejected"},
            ],
        }
        for n in range(31)
    ),
]

# Every kind of step, beside a time limit.
KINDS: list[dict[str, Any]] = [
    *({"actor": "Desk", "do": "Act", "kind": kind.value} for kind in StepKind),
    {
        "actor": "Desk",
        "do": "Tell",
        "kind": "announce",
        "publicity": {"lasts": {"n": 7, "unit": "day"}},
        "counted": "yes",
    },
    {"actor": "Desk", "do": "Tell", "kind": "announce", "publicity": {"lasts": {"unit": "unlimited"}}},
    {"actor": ["Desk", "Board"], "do": "Join", "parallel": [
        {"actor": ["Desk", "You"], "do": "Look"}, {"actor": "Board", "do": "Think", "kind": "hearing"},
    ]},
]  # fmt: skip

# Items that differ in the few words by which lists tell them.
PLAIN: list[dict[str, Any]] = [
    *(
        {"time": {"promised": {"n": 0 if unit in ("now", "at-once", "same-day") else 3, "unit": unit.value}}}
        for unit in TimeUnit
        if unit not in WITHOUT_END
    ),
    *({"windows": window} for window in WINDOWS),
    {"windows": list(DAYS)},
    {"time": "none", "fees": "none"},
    {"time": "n/a", "fees": "n/a", "legal": "none", "materials": "none"},
    {"fees": {"amount": 9, "per": "pair", "who": "Adults"}},
    {"fees": [{"amount": 1, "who": "Adults"}, {"amount": 2, "who": "Others"}]},
    {"fees": [{"amount": 1}, {"amount": 2}]},
    {"fees": {"name": "Paper"}},
    {"fees": {"amount": 1, "when": "A long time after it was lost"}},
    {"fees": [{"name": "Paper", "amount": 1}, {"name": "Card", "amount": 1}, {"name": "Deed", "amount": 1}]},
    {"fees": [{"name": "Paper", "amount": 1}, {"name": "Card", "amount": 0}, {"name": "Deed"}, {"name": "A" * 30, "amount": 2}]},
    {"fees": [{"amount": n, "who": f"Number {n}"} for n in range(1, 5)]},
    {"fees": {"name": "Air", "of": "Sort", "bands": [{"what": "Hot", "amount": 1}, {"what": "Cold", "amount": 2}]}},
    {"fees": {"of": "Sum", "at_most": "yes", "bands": [{"to": 9, "percent": 1}, {"percent": 2}], "reductions": "All"}},
    {"fees": [{"name": "Air", "amount": 4, "first_free": "yes"}, {"name": "Paper", "amount": "1", "cap": 3}]},
    *({"type": kind.value, "handling": handling.value} for kind in ItemType for handling in HandlingType),
    {"variants": [{"id": "a", "name": "A", "time": "none", "fees": "none"}, {"id": "b", "name": "B"}]},
    {"depth": [{"levels": [{"level": "community", "do": "accept"}]}, {"levels": [{"level": "bank", "do": "accept"}]}]},
    {"channels": "mail"},
    {"channels": "window"},
    {"online": "App", "visits": {"times": "0", "proxy": "no"}, "appointment": "optional"},
    {"online": "App", "visits": "0", "places": "hall"},
    {"appointment": "none", "quota": "none", "time": {"extension": {"to": {"n": 3, "unit": "day"}}}},
    *({"coverage": one.value} for one in CoverageRange),
    {"places": "homes", "department": "office-1"},
    {"eligibility": ["One", "Two"], "steps": "none"},
    {"materials": [f"Thing {n}" for n in range(9)]},
    {"materials": ["Cup", {"name": "Umbrella", "when": "Rain"}]},
    {"steps": LONG_FLOW},
    {"steps": KINDS, "time": {"promised": {"n": 9, "unit": "workday"}}},
    *({"depth": {"levels": {"level": level, "do": "accept"}}} for level in map(str, Level)),
    *({"depth": [{"levels": [{"level": level, "do": "accept"} for level in map(str, pair)]}]} for pair in ALIKE),
    {"variants": [{"id": "a", "name": "A", "time": {"note": "Soon"}}, {"id": "b", "name": "B", "time": {"note": "Later"}}]},
    {"places": "flats", "phones": "010-67322226", "forms": {"title": "Note"}},
    {"places": "branches", "department": "office-1"},
    {"time": {"note": "Soon"}, "variants": [{"id": f"c{n}", "name": f"Case {n}", "time": {"note": f"Later {n}"}} for n in range(7)]},
    {"status": "suspended", "status_note": "Note"},
    {"status": "cancelled", "cancelled_on": "2026-01-01", "replaced_by": "full"},
]  # fmt: skip

TERMS: list[dict[str, Any]] = [
    *({"cycle": cycle.value} for cycle in Cycle),
    *({"within": {"unit": unit}} for unit in ("now", "at-once", "same-day")),
    {"within": {"n": 3, "unit": "day"}, "after": "Event"},
    {"lasts": {"n": 3, "unit": "day"}},
    {"lasts": {"unit": "unlimited"}},
]

EVENT: dict[str, Any] = {
    "life": "loss",
    "area": "town",
    "summary": "Summary",
    "starts": "招用",
    "people": ["Child", "Parent"],
    "questions": [
        {
            "id": "who",
            "before": ["zero"],
            "ask": "Who?",
            "why": "Why",
            "options": [{"id": "one", "text": "One"}, {"id": "two", "text": "Two"}, {"id": "none", "text": "None"}],
        },
        {"id": "how", "ask": "How?", "options": [{"id": "a", "text": "Way A"}, {"id": "b", "text": "Way B"}]},
    ],
    "items": [
        {"item": "full", "if": ["who=one"], "note": "Note"},
        {"item": "plain-0", "if": ["who=one", "who=two", "how=a"], "maybe": "是", "after": "full"},
        {"item": "plain-1", "if": ["who=none", "who=one"]},
        {"item": "plain-3", "if": "who=two"},
    ],
    "only_one": ["full", "plain-3"],
    "outside": [{"do": "Do", "where": "Where", "note": "Note"}],
    "checked": "2026-01-02",
}
CONTENT: dict[str, Any] = {
    "lives.yaml": {"loss": {"name": "Loss", "say": ["Lost"], "nation": "Nation"}},
    "events/loss.yaml": EVENT,
    "areas.yaml": {
        "town": {"name": "Town", "short": "Town", "level": "street"},
        "city": {"name": "City", "short": "City", "level": "street"},
        **{f"area-{level.value}": {"name": level.name.title(), "level": level.value} for level in AreaLevel},
    },
    "moved.yaml": {
        "items/before.html": {"name": "Before", "to": "items/plain-0.html", "date": "2026-01-02"},
        "news.html": {"to": "https://c.example/news"},
        "items/ended.html": {"name": "Ended", "gone": "Nobody needs it", "date": "2026-01-02"},
        "old.html": {"gone": "Nobody reads it", "department": "office"},
    },
    "topics.yaml": {"life": {"name": "Life", "summary": "Summary"}},
    "audiences.yaml": {id: {"name": id.title(), "summary": "Summary"} for id in ("people", "others", "more")},
    "materials.yaml": {
        "id-card": {"name": "Id card", "aliases": ["Card"], "issuer": "Police", "how": "Ask", "note": "Both sides", "lasting": "yes"},
        "letter": {"name": "Letter", "source": "agency"},
        "bare": {"name": "Bare"},
        "permit": {"name": "Permit", "issuer": "Police"},
    },
    "forms.yaml": {"form": {"title": "Form", "where": "Hall", "note": "In ink"}},
    "laws.yaml": {
        f"law-{status.value}": {
            "title": status.name.title(), "number": "No. 1", "status": status.value, "issuer": "Them", "issued": "2020-01-01",
            "status_source": "Gazette", "status_date": "2026-01-01",
            "url": "https://law.example",
            **({"replaced_by": "law-in-force"} if status is LawStatus.REPLACED else {}),
        }
        for status in LawStatus
    },
    "sources.yaml": {"paper": {"title": "Paper", "publisher": "Press", "year": "2026", "sample": "yes"}},
    "glossary.yaml": {"entries": [{"word": "Adult", "means": "Grown up"}]},
    "departments/office.yaml": {
        "name": "Office", "aliases": ["Bureau", "Board"], "area": "town", "address": "Road 2", "hours": "9-12",
        "phones": ["010-67322223-110", "010-67322224"],
        "fax": "1", "email": "a@b.example", "postcode": "100000", "website": "https://b.example", "duties": "Duty",
        "offices": [{"name": "Room", "duties": "Work", "phones": "12345"}], "places": "hall",
        "supervision": {"unit": "Watch", "phones": "12388"}, "parent": "office-1",
    },
    **{f"departments/office-{n}.yaml": {"name": f"Office {n}", "area": "town"} for n in range(1, 14)},
    "places/hall.yaml": {
        "name": "Hall", "kind": "hall", "area": "town", "address": "Road 3", "traffic": "Bus", "hours": "9-12",
        "phones": "12345", "windows": [{"name": "Desk", "number": "3", "phones": "010-67322223-110"}, "Door"], "note": "Note",
    },
    "places/homes.yaml": {
        "name": "Homes", "kind": "community", "area": "town",
        "branches": [{"id": "east", "name": "East", "address": "Road 4", "phones": "010-67322225"}, {"id": "west", "name": "West", "area": "town"}],
    },
    "places/branches.yaml": {
        "name": "Stations", "kind": "station", "area": "town", "branches": [{"id": f"south-{n}", "name": f"South {n}", "phones": "12345"} for n in range(5)],
    },
    "places/flats.yaml": {
        "name": "Flats", "kind": "community", "area": "town", "branches": [{"id": "north", "name": "North", "phones": "12345"}],
    },
    "places/bank.yaml": {"name": "Bank", "kind": "bank", "area": "town", "branches": [{"id": "one", "name": "One"}]},
    "places/farm.yaml": {"name": "Farm", "kind": "village", "area": "town", "branches": [{"id": "one", "name": "One"}]},
    **{
        f"places/place-{kind.value}.yaml": {"name": kind.name.title(), "kind": kind.value, "area": "town"}
        for kind in PlaceKind
        if kind is not PlaceKind.HALL  # the home page shows the hall, where there is one
    },
    "disclosure/list.yaml": {
        "title": "List", "department": "office", "area": "town", "summary": "Summary",
        "duties": [{"duty": "Duty", "rows": [
            {"seq": str(n), "business": "Business", "category": "Category", "term": term, "items": "full", "doubt": "Doubt",
             "content": [{"name": "Contact", "parts": ["Phone", "Fax"]}], "form": [form.value for form in DisclosureForm]}
            for n, term in enumerate(TERMS)
        ]}],
        "provenance": [{"source": "paper", "at": "p. 1"}],
    },
    "booklets/book.yaml": {
        "title": "Book", "department": "office", "area": "town", "edition": "First", "preface": "Preface",
        "entries": [
            {"number": "1", "name": "Full", "part": "guide", "item": "full"},
            {"number": "2", "name": "Full", "part": "chart", "item": "full"},
            {"number": "3", "name": "Nothing", "part": "other"},
        ],
    },
    "pages/about.md": "---\ntitle: About\nsummary: Summary\nsection: Section\n---\nText\n",
    "items/town/full.yaml": FULL,
    "items/city/far.yaml": {"name": "Far", "topics": "life", "windows": [WINDOWS[1], "每年3月1日"]},
    **{f"items/area-{level.value}/in-{level.value}.yaml": {"name": level.name.title(), "topics": "life"} for level in AreaLevel},
    **{
        f"items/town/plain-{n}.yaml": {
            "name": f"Plain {n}",
            "department": f"office-{n % 14}" if n % 14 else "office",
            "topics": "life",
            **fields,
        }
        for n, fields in enumerate(PLAIN)
    },
}  # fmt: skip


def made_up_locale() -> dict[str, str]:
    """Return a locale of which each word is a character of its own, with the places that are to be filled in."""
    words = {}
    for n, (name, word) in enumerate(WORDS.items()):
        places = dict.fromkeys(place for _, place, _, _ in string.Formatter().parse(word) if place)
        words[name] = " ".join((chr(0xE000 + n), *(f"{{{place}}}" for place in places)))
    return words


MADE_UP = made_up_locale()


class Town:
    """The site in its folder."""

    def __init__(self, folder: Path, locale: str, words: Words, content: Mapping[str, object]) -> None:
        self.folder = folder
        self.write("site.yaml", {**SETTINGS, "locale": locale})
        self.write(f"templates/locales/{locale}.yaml", words)
        for path, values in content.items():
            self.write(f"content/{path}", values)
        for file in ("a.txt", "b.txt"):
            self.write(f"static/forms/{file}", "")

    def write(self, path: str, values: object) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(
            values if isinstance(values, str) else json.dumps(values, ensure_ascii=False), "utf-8"
        )

    def run(self, command: str, *options: str) -> int:
        return main([command, *options, "--site", str(self.folder / "site.yaml")])

    def build(self) -> None:
        assert self.run("build", "--jobs", "1") == 0

    def pages(self, folder: str = "public") -> dict[str, str]:
        """Return what the site in the folder says, by path: its pages, sheets, data of the search, feed.

        Left out is what the search knows of Chinese characters and of how people speak Chinese: nobody reads it.
        """
        public = self.folder / folder
        paths = [
            path.relative_to(public)
            for path in public.rglob("*")
            if path.suffix in (".html", ".ics", ".xml", ".js", ".txt")
        ]
        return {
            str(path): said(path, (public / path).read_text("utf-8"))
            for path in sorted(paths)
            if path.parts[0] != "static" and path.name not in ("characters.js", "matters.js")
        }


def said(path: Path, text: str) -> str:
    """Return a page without the phrases of the content; of a script its data alone."""
    if path.suffix == ".js":
        text = "\n".join(line for line in text.splitlines() if line.startswith("window.searchData["))
    if path.suffix == ".ics":
        text = text.replace("\n ", "")  # long lines are folded
    for phrase in (*WINDOWS, ALL_BUT):
        text = text.replace(phrase, "")
    return text


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Return the site in a language that nobody speaks, with papers of older editions."""
    town = Town(tmp_path_factory.mktemp("town"), "mu", MADE_UP, CONTENT)
    for change in ({}, {"faq": FULL["faq"][::-1]}, {"hours": "8-10", "summary": "Other"}):
        town.write("content/items/town/full.yaml", {**FULL, **change})
        assert town.run("register", "full", "--paper", "guide", "--place", "hall") == 0
    town.write("content/editions/plain-0.yaml", {"editions": [{"code": "AAAAAA", "date": "2026-01-01"}]})
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(pagination, "PAGE_LINES", 8)  # so that lists have several pages
        town.build()
    return town


def test_no_chinese_of_ours_is_left_in_another_language(town: Town) -> None:
    assert {path: HAN.findall(text) for path, text in town.pages().items() if HAN.search(text)} == {}


def test_what_joins_the_words_of_a_guide_is_of_that_language_too(town: Town) -> None:
    register = said(Path("register.yaml"), (town.folder / "content/editions/full.yaml").read_text("utf-8"))
    lines = re.findall(r"^ +- \"(.*)\"$", register, re.MULTILINE)
    assert len(lines) > 50
    assert [line for line in lines if MARKS.search(line)] == []


def test_a_preview_says_of_a_draft_in_that_language_that_it_is_one(tmp_path: Path) -> None:
    draft = {"name": "Unfinished", "status": "draft", "department": "office", "topics": "life"}
    town = Town(tmp_path, "mu", MADE_UP, LITTLE | {"items/town/draft.yaml": draft})
    assert town.run("build", "--drafts", "--jobs", "1") == 0
    pages = town.pages(".cache/preview/public")
    assert MADE_UP["draft_title"].format(title="Unfinished") in pages["items/index.html"]
    assert MADE_UP["draft_note"] in pages["items/draft.html"]
    assert {path: HAN.findall(text) for path, text in pages.items() if HAN.search(text)} == {}


UNPHONED = {name for name in WORDS if name.endswith("_unphoned")}  # words of a site that nobody can call

# What is said of changes, which only a site with a history has; `tests/test_changes_page.py` makes one.
OF_CHANGES = {name for name in MADE_UP if name.startswith("change")} | {
    "last_change",
    "summary_changes",
    "year_and_month",
}

# What is said of several items together in cases that this event does not have; `tests/merge` and `tests/test_events.py` do.
OF_BUNDLES = {
    *(
        "event_if_done",
        "event_maybe_counted_only",
        "bundle_also",
        "bundle_also_unsaid",
        "bundle_also_unsaid_brief",
        "bundle_asks",
        "bundle_asks_brief",
        "bundle_asks_each",
        "bundle_asks_each_brief",
        "bundle_at_least",
        "bundle_besides",
        "bundle_called",
        "bundle_copies_then",
        "bundle_held",
        "bundle_if_done",
        "bundle_issued",
        "bundle_laid_out",
        "bundle_laid_out_only",
        "bundle_met",
        "bundle_met_more",
        "bundle_name",
        "bundle_nothing",
        "bundle_on_paper",
        "bundle_page_unsaid",
        "bundle_pages",
        "bundle_place_unsaid",
        "bundle_sheets",
        "bundle_sort_certificate",
        "bundle_sort_copy",
        "bundle_sort_receipt",
        "bundle_unsaid",
        "bundle_unsaid_alone_brief",
        "bundle_unsaid_brief",
        "bundle_unsaid_once_brief",
        "bundle_form_unsaid",
        "bundle_unsaid_alone",
        "bundle_unsaid_once",
        "event_date",
        "event_date_hint",
        "event_legend_at_least",
        "event_nothing",
        "event_of_all",
        "event_online_only",
        "event_only_one_meet",
        "event_papers_counted",
        "event_route",
        "event_shared",
        "event_summary",
        *(name for name in MADE_UP if name.startswith("event_trip")),
    ),
}

# What is said where lists are too long; `tests/test_traced_pages.py` makes such sites.
OF_LARGE_SITES = {
    *("material_rule", "material_unlisted", "material_exceptions", "material_usually", "material_needs_common"),
    *("places_counted", "form_unknown", "material_by_area", "law_by_area", "traced_counted", "traced_other"),
    *("form_more_items", "phones_more_items", "finder_open"),
}

# Words of a site that makes PDF files or has no phone at all, of a preview, of what goes without saying, of what only items out of force name, and of charts with
# steps that have no numbers.
NOT_HERE = {
    *("pdf_guide", "pdf_of", "pdf_of_sheets", "pdf_this"),
    *("no_phone", "told_above"),
    *("draft_title", "draft_note"),
    *("law_unknown", "status_active", "status_draft"),
    *OF_LARGE_SITES,
    *("law_unused", "material_unused"),
    "chart_back_to",
    *UNPHONED,
    *OF_CHANGES,
    *OF_BUNDLES,
}


def test_a_site_that_tells_everything_uses_every_word(town: Town) -> None:
    everything = "\n".join(town.pages().values())
    assert {name for name, word in MADE_UP.items() if word[0] not in everything} == NOT_HERE


def without_phones(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_phones(one) for name, one in value.items() if name != "phones"}
    return [without_phones(one) for one in value] if isinstance(value, list) else value


def test_a_site_without_a_phone_sends_nobody_to_the_phone(tmp_path: Path) -> None:
    """Each word that does has one that stands in for it."""
    town = Town(tmp_path, "xx", MADE_UP, without_phones(CONTENT))
    town.write("site.yaml", {**without_phones(SETTINGS), "locale": "xx"})
    town.build()
    everything = "\n".join(town.pages().values())
    asking = {name.removesuffix("_unphoned") for name in UNPHONED - OF_BUNDLES}
    assert {name for name in asking if MADE_UP[name][0] in everything} == set()
    assert {name for name in UNPHONED - OF_BUNDLES if MADE_UP[name][0] not in everything} == set()


# --- A word of one's own ---------------------------------------------------------------------------------------------

FREE = {
    **CONTENT,
    "items/town/plain-0.yaml": {"name": "Plain", "department": "office", "topics": "life", "fees": "none"},
}
LITTLE = {path: FREE[path] for path in ("areas.yaml", "topics.yaml", "departments/office.yaml", "departments/office-1.yaml",
                                        "places/hall.yaml", "items/town/plain-0.yaml")}  # fmt: skip


def test_a_word_of_the_sites_own_is_said_on_pages_lists_boards_and_in_the_search_alike(tmp_path: Path) -> None:
    town = Town(tmp_path, "zh-Hans", {"free": "Gratis"}, LITTLE)
    town.build()
    pages = town.pages()
    saying = {path for path, text in pages.items() if "Gratis" in text}
    assert saying >= {
        "items/plain-0.html",
        "print/guide/plain-0.html",
        "print/short/plain-0.html",
        "index.html",
        "items/index.html",
        "topics/life.html",
        "departments/office.html",
        "print/board/office.html",
        "search/items.js",
    }
    assert [path for path, text in pages.items() if WORDS["free"] in text] == []


def test_browsers_read_the_data_of_the_search_again_when_a_word_changes(tmp_path: Path) -> None:
    town = Town(tmp_path, "zh-Hans", {}, LITTLE)
    addresses = []
    for words in ({"free": "Gratis"}, {"free": "For nothing"}):
        town.write("templates/locales/zh-Hans.yaml", words)
        town.build()
        addresses += re.findall(r"search/items\.js\?v=\w+", town.pages()["search.html"])
    assert len(set(addresses)) == 2
