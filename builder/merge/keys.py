"""Which lines ask for the same paper, and which choices offer the same."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.content.model.companions import LibraryMaterial
from builder.content.model.materials import Form
from builder.merge.needs import Line, Need, OneOf, Records, plain


@dataclass(frozen=True, slots=True)
class Keys:
    """By what papers and choices are told apart. `several` people are in the event."""

    records: Records
    several: bool

    def of_paper(self, line: Line) -> tuple[str, ...]:
        """Return by what a paper is told from others.

        Whatever an item calls a lasting paper of the library, it is that one. Of others (a receipt, a proof) a name of its
        own tells another paper. Where there are several people, lasting papers of nobody knows whom may be of any of them.
        """
        material = line.material
        name, person = plain(line.name), line.person
        if material.ref:
            library = self.records.get(LibraryMaterial, material.ref)
            known = {plain(one) for one in (library.name, *library.aliases)}
            name = material.ref if library.lasting or name in known else f"{material.ref} {name}"
        if self.several and not person and self.is_lasting(line):
            person = f"? {line.number}"
        return name, person, "、".join(material.seal), material.issuer

    def of_choice(self, choice: OneOf) -> Hashable:
        """Return what a choice offers; two that offer the same under the same conditions are one."""
        return frozenset(self.of_options(choice)), choice.whens

    def of_options(self, choice: OneOf) -> tuple[Hashable, ...]:
        """Return what each option of a choice takes."""
        return tuple((self._of_needs(option.needs), option.whens) for option in choice.options)

    def _of_needs(self, needs: Iterable[Need]) -> Hashable:
        return frozenset(self.of_choice(need) if isinstance(need, OneOf) else self.of_paper(need) for need in needs)

    def is_lasting(self, line: Line) -> bool:
        """Tell whether a paper is shown and given back: the library says so, or it is called like a certificate."""
        if line.material.ref:
            return self.records.get(LibraryMaterial, line.material.ref).lasting
        return line.path[-2] != "forms" and _CERTIFICATE.search(plain(line.name)) is not None


_CERTIFICATE = re.compile(r"(?:证件?|证书|执照|户口[簿本]|存折|银行卡|[^贷旧]卡)(?:副本|（副本）)?$")


def fitting(line: Line, key: tuple[str, ...], lines: Mapping[tuple[str, ...], Sequence[Line]]) -> tuple[str, ...]:
    """Return the key under which a line stands: photos that differ in what they state stand apart."""
    if Form.PHOTO not in line.material.form and Form.ELECTRONIC not in line.material.form:
        return key
    while any(_contradict(line, other) for other in lines.get(key, ())):
        key = (*key, "another")
    return key


def _contradict(one: Line, other: Line) -> bool:
    """Tell whether two photos cannot be the same print or file."""
    first, second = _looks(one), _looks(other)
    return any(first[of] != second[of] for of in first.keys() & second.keys())


def _looks(line: Line) -> dict[str, str]:
    """Return what a line states of a photo: size, colour, background, and whether it is a file."""
    spec = line.material.spec
    said = line.name + line.material.note
    found = {
        "size": (spec.size if spec else "") or _first("([一二12]寸)", said),
        "colour": (spec.colour if spec else "") or _first("(彩色|黑白)", said),
        "background": (spec.background if spec else "") or _first("([白蓝红])(?:色?背景|底)", said),
        "file": "file" if Form.ELECTRONIC in line.material.form else "print",
    }
    return {of: value.translate(_INCHES).rstrip("色底") for of, value in found.items() if value}


_INCHES = str.maketrans("一二", "12")


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else ""
