"""Hints that show what to write are right: an editor who obeys them has fewer findings than before."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from golden import copied, sites
from site_folder import SiteFolder

Found = list[dict[str, Any]]

# Some sites consist of one broken file; once it is mended, what it refers to must be there.
COMPANIONS = {
    "content/areas.yaml": "xincheng: {name: 新城镇, level: 乡镇街道}\n",
    "content/topics.yaml": "shebao: {name: 社会保障}\n",
    "content/departments/laobaosuo.yaml": "name: 新城镇劳动保障所\n",
}

# Why the hints of these sites show nothing to write: only a person knows, or somebody other than the editor.
ONLY_A_PERSON = {
    "C301": "which of two limits is wrong",
    "C302": "which of several limits is wrong",
    "C308": "what is done in each of two periods",
    "C331": "whether two lines are one material",
    "C333": "whose it is",
    "C340": "whether the guide or what it is compared by is wrong",
    "C341": "whether the item or its case is wrong",
    "C342": "whether people have such a paper for long",
    "E602": "which of two comes first",
    "E603": "which of two comes first",
    "E606": "what is to be done in such a case",
    "E607": "whether two items are one matter",
    "E608": "which of two limits is right",
    "E609": "whose it is",
    "E610": "whether it will be offered again",
    "F402": "where a step comes from",
    "F403": "what comes of a question",
    "F409": "where a branch leads",
    "F410": "which of two results is wrong",
    "F411": "what differs between two results",
    "F412": "which of two results is wrong",
    "F413": "who does a step",
    "G001": "where the site is",
    "G002": "what the site is to hold",
    "G004": "what a template is to show",
    "G006": "which template is meant",
    "L501": "which material is meant",
    "L502": "the name that belongs into the blank",
    "L521": "where the other half of a bracket belongs",
    "L505": "what a picture shows",
    "P604": "where a list of names is shown",
    "R203": "what the other item is called",
    "R204": "who does it",
    "R206": "which item is in force",
    "R210": "which of two materials is meant",
    "R220": "which of two entries stays",
    "R221": "which item people mean",
    "R230": "which name is too wide",
    "R231": "which item people mean",
    "R232": "of which matter of life people speak",
    "R240": "whether it was printed again",
    "R241": "whether it was taken down",
    "R260": "whether the page is still wanted",
    "R263": "which of the pages is there",
    "R265": "which file takes its place",
    "S104": "what can be left out",
    "S108": "which of the choices is meant",
    "S123": "what a link was to lead to",
    "S124": "what somebody else calls the file",
    "Y001": "what the file is to hold",
    "Y002": "what does not belong into the file",
    "Y006": "the characters that were lost",
    "Y008": "the character that was lost",
    "Y009": "which of two versions is right",
    "Y010": "the fields of the text",
    "Y039": "what was meant",
    "Y044": "which of two values is right",
    "Y046": "the names of the fields",
    "Y047": "the name of the field",
    "Y048": "what was meant",
}


@dataclass
class Obeying:
    """The lines of a file, changed as hints say. Positions are those of the file as it was."""

    lines: list[str]
    file: str
    name: str = ""  # the new path of the file, relative to the site

    def replace(self, finding: dict[str, Any], text: str) -> None:
        """Write `text` in the place of what is marked."""
        number, at = finding["line"] - 1, finding["column"] - 1
        line = self.lines[number]
        self.lines[number] = line[:at] + text + line[at + finding["length"] :]

    def value(self, finding: dict[str, Any], text: str) -> None:
        """Write all of a text anew, a part of which is marked."""
        line = self.lines[finding["line"] - 1]
        lead = re.match(r"\s*(?:- )?(?:[\w-]+: )?", line)
        assert lead
        self.lines[finding["line"] - 1] = lead[0] + text

    def fields(self, finding: dict[str, Any], pairs: str) -> None:
        """Write other fields in the place of the one whose value is marked."""
        self.replace(finding, pairs)
        line, at = self.lines[finding["line"] - 1], finding["column"] - 1
        self.lines[finding["line"] - 1] = re.sub(r"\w+: $", "", line[:at]) + line[at:]

    def rename(self, path: str) -> None:
        self.name = path

    def delete_line(self, finding: dict[str, Any]) -> None:
        self.lines[finding["line"] - 1] = DELETED

    def line(self, finding: dict[str, Any], mended: str) -> None:
        line = self.lines[finding["line"] - 1]
        indent = re.match(r"\s*", line)
        assert indent
        self.lines[finding["line"] - 1] = "\n".join(indent[0] + part for part in mended.split(" ⏎ "))

    def shift(self, finding: dict[str, Any], change: str, count: str, more: str | None) -> None:
        first = finding["line"] - 1
        for below in range(first, first + 1 + int(more or 0)):
            line = self.lines[below]
            self.lines[below] = " " * int(count) + line if change == "增加" else line.removeprefix(" " * int(count))

    def instead(self, finding: dict[str, Any], wrong: str, right: str) -> None:
        line, at = self.lines[finding["line"] - 1], finding["column"] - 1
        assert wrong in line[at:]
        self.lines[finding["line"] - 1] = line[:at] + line[at:].replace(wrong, right, 1)

    def delete(self, finding: dict[str, Any], quoted: str) -> None:
        """Delete what stands in quotation marks; a line of a list with nothing left goes, too."""
        for wrong in re.findall(r"“(.+?)”", quoted):
            self.instead(finding, wrong, "")
        if self.lines[finding["line"] - 1].strip() == "-":
            self.lines[finding["line"] - 1] = DELETED

    def add(self, finding: dict[str, Any], pair: str) -> None:
        """Write a field before the others of the same record."""
        line = self.lines[finding["line"] - 1]
        lead = re.match(r"\s*(?:- )?(?:[\w-]+: (?=\{))?\{?", line)
        assert lead
        after = ", " if lead[0].endswith("{") else "\n" + " " * len(lead[0])
        self.lines[finding["line"] - 1] = lead[0] + pair + after + line[lead.end() :]

    def entries(self, finding: dict[str, Any], entries: str) -> None:
        """Write the text that is marked as the entries of a list."""
        line = self.lines[finding["line"] - 1]
        indent = " " * (len(line) - len(line.lstrip()))
        listed = re.findall(r"“(- .+?)”", entries)
        if line.lstrip().startswith("- "):
            self.lines[finding["line"] - 1] = "\n".join(indent + entry for entry in listed)
        else:
            key = line.partition(":")[0]
            self.lines[finding["line"] - 1] = f"{key}:\n" + "\n".join(f"{indent}  {entry}" for entry in listed)

    def delete_entry(self, finding: dict[str, Any]) -> None:
        """Delete an entry of several lines, whose first line is marked."""
        first = finding["line"] - 1
        indent = len(self.lines[first]) - len(self.lines[first].lstrip())
        self.lines[first] = DELETED
        for below in range(first + 1, len(self.lines)):
            if not self.lines[below].startswith(" " * (indent + 1)):
                break
            self.lines[below] = DELETED


DELETED = "\0"  # in the place of a line that is gone, so that the others keep their numbers

# What a hint says to write, and how to write it; the first form that is found in a hint counts.
FORMS: tuple[tuple[str, Callable[[Obeying, dict[str, Any], re.Match[str]], None]], ...] = (
    (r"改成：(.+)$", lambda to, finding, m: to.line(finding, m[1])),
    (r"“([^”]+)”改成“([^”]+)”(?:：.*)?$", lambda to, finding, m: to.instead(finding, m[1], m[2])),
    (r"文件名改成 (\S+?)(?:$|（)", lambda to, _, m: to.rename(f"{to.file.rpartition('/')[0]}/{m[1]}")),
    (r"移到 (\S+?)(?:$|；)", lambda to, _, m: to.rename(m[1])),
    (r"写成：(.+)$", lambda to, finding, m: to.value(finding, m[1])),
    (r"(?:：|写成 )(amount: .+)$", lambda to, finding, m: to.fields(finding, m[1])),
    (r"写成 ([\d*X]+)(?:$|；)", lambda to, finding, m: to.replace(finding, m[1])),
    (r"编码选“UTF-8”", lambda to, _finding, _match: None),  # which all files are written in
    (r"删掉标出的空白，改成 (\d+) 个空格$", lambda to, finding, m: to.replace(finding, " " * int(m[1]))),
    (
        r"(?:这一行和下面 (\d+) 行，行首都)?(增加|删掉) (\d+) 个空格",
        lambda to, finding, m: to.shift(finding, m[2], m[3], m[1]),
    ),
    (r"加一行“(.+?)”", lambda to, finding, m: to.add(finding, m[1])),
    (r"一样一条：(.+)|一条一行：(.+)", lambda to, finding, m: to.entries(finding, m[0])),
    (r"删掉标出位置的字符$", lambda to, finding, _: to.replace(finding, "")),
    (r"删掉这一条$", lambda to, finding, _: to.delete_entry(finding)),
    (r"删掉这一行", lambda to, finding, _: to.delete_line(finding)),
    (r"删掉行首的“- ”", lambda to, finding, _: to.instead(finding, "- ", "  ")),
    (r"删掉((?:“.+?”)+)", lambda to, finding, m: to.delete(finding, m[1])),
    (r"是不是想写“(.+?)”", lambda to, finding, m: to.replace(finding, m[1])),
    (r"“.+”要写成 (\w+)（", lambda to, finding, m: to.replace(finding, m[1])),
    (r"改成 ([^，、；。]+?)(?:$|；|（)", lambda to, finding, m: to.replace(finding, m[1])),
)


def findings_of(site: SiteFolder, capsys: pytest.CaptureFixture[str]) -> Found:
    site.run("check", "--jobs", "1", "--format", "json")
    out, err = capsys.readouterr()
    found: Found = json.loads(out or err or "[]")
    return found


def read(path: Path) -> list[str]:
    """Return the lines of a file, whatever its encoding: who saves it anew as UTF-8 sees them so."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            return data.decode(encoding).split("\n")
        except UnicodeDecodeError:
            continue
    return []


def obey(site: SiteFolder, findings: Found) -> int:
    """Change the files of `site` as the hints say, one hint for each line, and return how many hints said how."""
    changed: dict[str, Obeying] = {}
    added: dict[str, list[str]] = {}  # lines to be put after a file, which need not be there
    done = set()
    for finding in reversed(findings):
        written = Path(finding["file"])  # from where one stands
        file = os.path.relpath(written, site.folder)
        if to_add := re.search(r"在 (content/\S+) 里加一行“(.+?)”", finding["hint"]):
            added.setdefault(to_add[1], []).append(to_add[2])
            done.add((to_add[1], to_add[2]))
            continue
        form = next(((do, match) for pattern, do in FORMS if (match := re.search(pattern, finding["hint"]))), None)
        if form and written.is_file() and (file, finding["line"]) not in done:
            do, match = form
            do(changed.setdefault(file, Obeying(read(written), file)), finding, match)
            done.add((file, finding["line"]))
            if form_file := re.search(
                r"文件也要改成这个名字；改成 (\S+)|文件放成 static/forms/(\S+?)；", finding["hint"]
            ):
                site.write(f"static/forms/{form_file[1] or form_file[2]}", "表")
    for file, obeying in changed.items():
        (site.folder / file).unlink()
        site.write(obeying.name or file, "\n".join(line for line in obeying.lines if line != DELETED))
    for file, lines in added.items():
        before = (site.folder / file).read_text("utf-8") if (site.folder / file).exists() else ""
        site.write(file, before + "".join(f"{line}\n" for line in lines))
    return len(done)


def code_of(site: Path) -> str:
    return site.name.partition("-")[0]


@pytest.mark.parametrize(
    "site", [site for site in sites("bad") if code_of(site) not in ONLY_A_PERSON], ids=lambda site: site.name
)
def test_who_obeys_the_hints_has_fewer_findings(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = copied(site, tmp_path / "site")
    for path, text in COMPANIONS.items():
        if not (copy.folder / path).exists():
            copy.write(path, text)
    before = findings_of(copy, capsys)

    done = obey(copy, before)

    after = findings_of(copy, capsys)
    # L522 tells of English marks in lines that could not be read before.
    others = [finding for finding in after if finding["code"] not in ("R204", "L522")]
    left = [(finding["line"], finding["says"], finding["hint"]) for finding in others]
    assert done, f"give what to write, or say in ONLY_A_PERSON why nobody but a person knows: {hints_of(site)}"
    assert len(left) <= len(before) - done, left


def test_no_hint_of_those_that_only_a_person_can_follow_looks_as_if_it_told_what_to_write() -> None:
    told = {
        site.name: hints
        for site in sites("bad")
        if code_of(site) in ONLY_A_PERSON and (hints := [hint for hint in hints_of(site) if is_instruction(hint)])
    }
    assert told == {}


def hints_of(site: Path) -> list[str]:
    return re.findall(r"^    = (.+)$", (site / "expected.txt").read_text("utf-8"), re.MULTILINE)


def is_instruction(hint: str) -> bool:
    return any(re.search(pattern, hint) for pattern, _ in FORMS)
