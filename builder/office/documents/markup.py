"""Reading OOXML elements whatever their namespace: that of Word and Excel, the strict one, or that of WPS."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no other name for it

_OFF = ("0", "false", "off", "none")


def local_name(element: Element) -> str:
    """Return the tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return the value of an attribute, "" if it is not there."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the children with this name."""
    return element.iterchildren(f"{{*}}{name}")


def child(element: Element, *path: str) -> Element | None:
    """Return the first child at `path`, None if there is none."""
    found: Element | None = element
    for name in path:
        if found is None:
            return None
        found = next(children(found, name), None)
    return found


def value(element: Element, name: str) -> str:
    """Return the attribute ``val`` of the first child with this name, "" if it is not there."""
    found = child(element, name)
    return "" if found is None else attribute(found, "val")


def number(text: str) -> int | None:
    """Return the whole number that `text` is, None for anything else or one that is absurd."""
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else None


def is_on(element: Element, name: str) -> bool:
    """Return whether the switch `name` among the children of `element` is there and not off."""
    return any(attribute(one, "val") not in _OFF for one in children(element, name))
