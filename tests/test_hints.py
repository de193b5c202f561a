"""Hints that show how to write a line are right: an editor who obeys them has fewer findings than before."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from golden import copied, sites
from site_folder import SiteFolder

Found = list[dict[str, Any]]

_MENDED_LINE = re.compile(r"改成：(?P<lines>.+)")
_MENDED_VALUE = re.compile(r"改成 (?P<value>[^（，、；。]+)")
_MENDED_PART = re.compile(r"“(?P<wrong>[^”]+)”改成“(?P<right>[^”]+)”(?:：.*)?")
_SPACES = re.compile(r"(?:这一行和下面 (?P<more>\d+) 行，行首都)?(?P<what>增加|删掉) (?P<count>\d+) 个空格")

# Some sites consist of one broken file; once it is mended, what it refers to must be there.
COMPANIONS = {
    "content/areas.yaml": "xincheng: {name: 新城镇}\n",
    "content/topics.yaml": "shebao: {name: 社会保障}\n",
    "content/departments/laobaosuo.yaml": "name: 新城镇劳动保障所\n",
}


def findings_of(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> Found:
    site.run("check", "--jobs", "1", "--format", "json")
    out, err = capsys.readouterr()
    found: Found = json.loads(out or err or "[]")
    return found


def obeyed(lines: list[str], finding: dict[str, Any]) -> bool:
    """Change `lines` as the hint of `finding` says, and return whether it says how."""
    number, at, hint = finding["line"] - 1, finding["column"] - 1, finding["hint"]
    line = lines[number]
    if match := _MENDED_LINE.fullmatch(hint):
        indent = line[: len(line) - len(line.lstrip())]
        lines[number] = "\n".join(indent + part for part in match["lines"].split(" ⏎ "))
    elif match := _SPACES.fullmatch(hint):
        spaces = " " * int(match["count"])
        for below in range(number, number + 1 + int(match["more"] or 0)):
            lines[below] = spaces + lines[below] if match["what"] == "增加" else lines[below].removeprefix(spaces)
    elif match := _MENDED_VALUE.fullmatch(hint):
        lines[number] = line[:at] + match["value"] + line[at + finding["length"] :]
    elif (match := _MENDED_PART.fullmatch(hint)) and line.startswith(match["wrong"], at):
        lines[number] = line[:at] + match["right"] + line[at + finding["length"] :]
    else:
        return False
    return True


def shows_how(site: Path) -> bool:
    """Tell whether a message of an example site shows how to write a line."""
    hints = re.findall(r"^    = (.+)$", (site / "expected.txt").read_text("utf-8"), re.MULTILINE)
    return any(form.fullmatch(hint) for hint in hints for form in (_MENDED_LINE, _MENDED_VALUE, _MENDED_PART, _SPACES))


@pytest.mark.parametrize("site", [site for site in sites("bad") if shows_how(site)], ids=lambda site: site.name)
def test_who_obeys_the_hints_has_fewer_findings(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = copied(site, tmp_path / "site")
    for path, text in COMPANIONS.items():
        if not (copy.folder / path).exists():
            copy.write(path, text)
    before = findings_of(copy, capsys)
    advised: dict[str, list[str]] = {}
    done = set()
    for finding in reversed(before):
        written = Path(finding["file"])  # from where one stands
        file = os.path.relpath(written, copy.folder)
        if not written.is_file() or (file, finding["line"]) in done:
            continue
        try:
            lines = advised.get(file) or written.read_text("utf-8").split("\n")
        except UnicodeDecodeError:
            continue
        if obeyed(lines, finding):
            advised[file] = lines
            done.add((file, finding["line"]))
    assert advised
    for file, lines in advised.items():
        copy.write(file, "\n".join(lines))

    after = findings_of(copy, capsys)

    # L522 tells of English marks in lines that could not be read before.
    others = [finding for finding in after if finding["code"] not in ("R204", "L522")]
    left = [(finding["line"], finding["says"], finding["hint"]) for finding in others]
    assert len(left) <= len(before) - len(done), left
