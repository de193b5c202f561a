"""What a page of an event shows to some answers, as `static/event.js` folds it, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser

BLOCKS = {
    "article",
    "section",
    "div",
    "header",
    "footer",
    "nav",
    "h1",
    "h2",
    "h3",
    "p",
    "li",
    "ol",
    "ul",
    "label",
    "fieldset",
}
OWN_LINES = {"small", "q", "u"}
VOID = {"input", "br", "link", "meta", "img", "hr"}


def shown(html: str, chosen: Mapping[str, str]) -> str:
    """Return the lines of the article of a page that are shown to who has `chosen` these options, without its head and foot."""
    reader = _Reader(chosen)
    reader.feed(html[html.index('<section class="event-part') : html.index("</section>\n</div>")])
    lines = (" ".join(line.split()) for line in "".join(reader.texts).split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self, chosen: Mapping[str, str]) -> None:
        super().__init__()
        self.chosen = chosen
        self.open: list[bool] = []  # for each element around: whether it is shown
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        condition = told.get("data-if")
        is_shown = self._holds(condition) if condition else "hidden" not in told
        is_named = told.get("class") == "of" and bool(
            self.chosen
        )  # where an answer was chosen, that goes without saying
        if tag in BLOCKS:
            self.texts.append("\n")
        elif tag in OWN_LINES or told.get("class") == "of" or (tag == "i" and all(self.open)):
            self.texts.append("\n　")
        if tag == "input" and all(self.open):
            self.texts.append("□ ")
        if tag not in VOID:
            self.open.append(is_shown and not is_named)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()
        if tag in BLOCKS:
            self.texts.append("\n")

    def handle_data(self, data: str) -> None:
        if all(self.open):
            self.texts.append(data.replace("\n", " "))

    def _holds(self, condition: str) -> bool:
        return any(
            all(
                self.chosen.get(id, "") in options.split(",")
                for id, _, options in (pair.partition("=") for pair in each.split(" "))
            )
            for each in condition.split("|")
        )
