"""Reads how it goes: who does what, one after the other, how long it takes, and where the way divides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from builder.content.model.quantities import Duration
from builder.content.model.steps import OF_APPLICANT, UNSAID, StepKind
from builder.editing import Value
from builder.office.drafts.actor_phrase import APPLICANT, OFFICE, Done, begins_with_verb, read_done
from builder.office.drafts.draft import Manuscript
from builder.office.drafts.outcomes import Examined, read_outcomes
from builder.office.drafts.site_library import Library
from builder.office.drafts.tidying import entry, one_line
from builder.office.drafts.time_reader import length
from builder.office.shapes import Entry, Passage

DO_LIMIT, LINE_LIMIT = 120, 120

_TITLE: Final = re.compile(
    r"(?P<title>[\u4e00-\u9fff（）、]{2,12}?)(?:（(?P<limit>[^（）]{2,20})）)?(?:[：\n]|。(?=.)|$)(?P<rest>.*)",
    re.DOTALL,
)
_HEADING: Final = re.compile(r"(?P<title>[\u4e00-\u9fff、]{2,10})[：\n](?P<rest>.+)", re.DOTALL)
_LIMIT: Final = re.compile(
    r"[（(](?:在)?(?P<length>[^（）()]{2,16}?(?:日|天|月|时|钟))(?:以?内)?(?:完成|办结|办理|办完)?。?[）)]"
)
_WITHIN: Final = re.compile(r"(?<![起后])在?(?P<length>\d{1,3}个?(?:工作)?(?:日|天|小时))(?:之|以)?内")
_PUBLIC: Final = re.compile(
    r"公示(?:的?时间|期|期限)?(?:为|不少于)?(?P<length>(?:不少于)?\d{1,2}(?:[-至]\d{1,2})?个?(?:工作)?(?:日|天))(?!后)"
)
_LEADS: Final = re.compile(r"[：:]$")


@dataclass(frozen=True, slots=True)
class _Read:
    """A step as far as it is read: its title or "", who does what, and its limit or ""."""

    title: str
    done: Done
    limit: str
    below: tuple[str, ...]

    @property
    def kind(self) -> StepKind | None:
        return _kind(self.title) or _kind(self.done.do)


def read_steps(passage: Passage, manuscript: Manuscript, library: Library) -> None:
    """Write the steps of a passage; as a text for residents where it is not certain who does what."""
    read = [_step(one, library) for one in passage.entries]
    notes = [one_line(note) for note in (passage.lead, *passage.notes, *_notes_of(passage.entries)) if note]
    steps = [step for step in read if step]
    unclear = sum(step.done.actor == UNSAID for step in steps)
    if len(steps) < len(read) or 2 * unclear >= len(steps) or "steps" in manuscript.values:
        if passage.text:
            why = "多半没有写是谁做的" if unclear else "不像一步一步的"
            manuscript.tell(
                passage, passage.label or "办理流程", _as_text(passage), f"{why}，没有读成步骤，写在补充说明里"
            )
        return
    values = [_values(step) for step in steps]
    _branch(steps, values)
    manuscript.fill("steps", list(values), passage, passage.text)
    guessed = [str(number) for number, step in enumerate(steps, start=1) if step.done.is_guess]
    if guessed:
        who = "；".join(f"第{n}步写成“{steps[int(n) - 1].done.actor}”" for n in guessed)
        manuscript.doubt(passage, f"谁来做，文件没有写：{who}", "；".join(steps[int(n) - 1].done.do for n in guessed))
        manuscript.remember(f"原文没有写谁来做的步骤：{who}，待核实。")
    if notes:
        manuscript.tell(passage, "办理流程的说明", "\n\n".join(notes), "步骤前后的话，写在补充说明里")


def _step(one: Entry, library: Library) -> _Read | None:
    text = one.text.strip()
    title, limit, rest = _titled(text)
    done = _done(rest, library) if rest else None
    if done is None and title and not rest and (kind := _kind(title)):
        done = Done(APPLICANT if kind in OF_APPLICANT else OFFICE, title, is_guess=True)
    if one.details and not _has_place(one):
        return None
    done = done or Done(UNSAID, rest or title, is_guess=True)
    below = tuple(_lines_of(one.sub))
    if any(len(line) > LINE_LIMIT for line in below):
        return None
    return _Read(title, done, limit, below)


def _done(text: str, library: Library) -> Done | None:
    """Return who does what, None where that cannot be told. The site knows departments by names that nobody else does."""
    done = read_done(text)
    name = library.department_before(text) if done is None or done.is_guess else ""
    rest = text.removeprefix(name).lstrip("，：")
    return Done(name, rest) if name and begins_with_verb(rest) else done


def _titled(text: str) -> tuple[str, str, str]:
    """Return the title of a step, such as 受理：, the limit in brackets behind it, and what is done."""
    match = _TITLE.match(text)
    if match and (_kind(match["title"]) or match["limit"]) and (match["rest"].strip() or _kind(match["title"])):
        limit = length(entry(match["limit"] or ""))
        if match["limit"] and not limit:
            return "", "", one_line(text)
        return match["title"], limit, one_line(match["rest"])
    heading = _HEADING.match(text)
    if heading and (done := read_done(one_line(heading["rest"]))) and not done.is_guess:
        return heading["title"], "", one_line(heading["rest"])
    return "", "", one_line(text)


def _kind(text: str) -> StepKind | None:
    """Return the kind that a text names, if it names nothing else."""
    plain = entry(text)
    names = {name: kind for kind in StepKind for name in (kind.label, *kind.other_names)}
    return (
        names.get(plain)
        or names.get(plain.removesuffix("申请"))
        or (StepKind.APPLY if plain in ("提出申请", "申请") else None)
    )


def _values(step: _Read) -> dict[str, Value]:
    do, detail = _divided(step.done.do)
    if step.title and do != step.title:
        do, detail = _with_title(step.title, do, detail)
    made: dict[str, Value] = {"actor": _together(step.done.actor), "do": do}
    if step.kind:
        made["kind"] = step.kind.label
    if limit := step.limit or _limit_in(step.done.do):
        made["limit"] = limit
    if publicity := _PUBLIC.search(step.done.do):
        made["publicity"] = publicity["length"]
    if detail:
        made["detail"] = detail
    if step.below:
        made["items"] = list(step.below)
    return made


def _together(actor: str) -> Value:
    """Return who does it; several who do it together one by one."""
    names = re.split("[、和]", actor)
    return list(names) if len(names) > 1 and all(len(name) > 1 for name in names) else actor


def _with_title(title: str, do: str, detail: str) -> tuple[str, str]:
    whole = f"{title}：{do}"
    return (whole, detail) if len(whole) <= DO_LIMIT else (title, "。".join(filter(None, (do, detail))))


def _divided(text: str) -> tuple[str, str]:
    """Return the first sentence of a step, and the rest; a long sentence is divided at a semicolon, or at a comma."""
    first, mark, rest = text.partition("。")
    if not rest.strip() and len(text) <= DO_LIMIT:
        return text.strip("。；，"), ""
    if mark and len(first) <= DO_LIMIT:
        return first, rest.strip()
    at = next((at for mark in "；，" if (at := text.rfind(mark, 0, DO_LIMIT)) > 0), 0)
    return (text[:at], text[at + 1 :].strip()) if at else (text[: DO_LIMIT - 1] + "…", text)


def _limit_in(text: str) -> str:
    """Return the one length of time that a step may take, "" for none or several."""
    found = [match["length"] for match in _LIMIT.finditer(text.partition("。")[0])]
    found += [match["length"] for match in _WITHIN.finditer(re.split("[，。；]", text)[0])]
    known = {length(one) for one in found}
    only = known.pop() if len(known) == 1 else ""
    return only if only and not Duration.model_validate(only).is_at_once else ""


def _branch(steps: Sequence[_Read], values: list[dict[str, Value]]) -> None:
    """Divide the way where a step examines something, if it is clear where each outcome leads."""
    examined: dict[int, Examined] = {
        index: found for index, step in enumerate(steps) if not step.below and (found := read_outcomes(step.done.do))
    }
    first = _first_of_applicant(steps) if examined else None
    for index, found in examined.items():
        last = index + 1 == len(steps)
        again = "submit" if first is not None and first < index else ""
        branches = found.branches(again, "end" if last else f"step-{index + 2}")
        do = found.do.strip("。；，")
        if branches is None or len(do) > DO_LIMIT:
            continue
        values[index].update({"do": do, "question": found.question, "branches": branches})
        values[index].pop("detail", None)
        if not last:
            values[index + 1].setdefault("id", f"step-{index + 2}")
        if again and any(isinstance(one, dict) and one["to"] == again for one in branches) and first is not None:
            values[first]["id"] = again


def _first_of_applicant(steps: Sequence[_Read]) -> int | None:
    """Return which step of the applicant comes first, None unless it is the first of all."""
    actor = steps[0].done.actor
    return 0 if steps and (actor.startswith(APPLICANT) or actor in ("本人", "当事人", "申报人", "申领人")) else None


def _lines_of(entries: Sequence[Entry]) -> list[str]:
    lines: list[str] = []
    for one in entries:
        below = "；".join(_lines_of(one.sub))
        text = entry(one.text).rstrip("：")
        lines.append(f"{text}：{below}" if below else text)
    return lines


def _as_text(passage: Passage) -> str:
    """Return the steps as Markdown, with the numbers as printed."""
    lines = [one_line(passage.lead)] if passage.lead else []
    lines += _numbered(passage.entries, "")
    lines += map(one_line, passage.notes)
    return "\n".join(lines) or one_line(passage.text)


def _numbered(entries: Sequence[Entry], indent: str) -> list[str]:
    lines: list[str] = []
    for one in entries:
        details = "；".join(f"{one_line(label)}：{one_line(text)}" for label, text in one.details if text)
        text = "；".join(filter(None, (f"{one_line(one.number)}{one_line(one.text)}", details)))
        lines += [f"{indent}- {text}", *_numbered(one.sub, f"{indent}  ")]
        lines += [f"{indent}  {one_line(note)}" for note in one.notes]
    return lines


def _notes_of(entries: Sequence[Entry]) -> list[str]:
    return [note for one in entries for note in (*one.notes, *_notes_of(one.sub))]


def _has_place(one: Entry) -> bool:
    return not any(text.strip() for _, text in one.details)
