"""Asks the search of a built site in V8, as its page does when it was just opened, and scores what it answers.

A question of a spoken set has the class `cls`, the text `q` and the items `rel` that answer it (2 exactly, 1 acceptable). Its
rank is that of the first result that leads to one of them; links to the same service in other areas do not count.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

Question = dict[str, Any]
FILES = ("items", "characters", "matters", "texts", "ways")  # of a site that is not large
# The page without a document, and what it reads for a question: the same steps as `ask` and `answer` of static/search.js.
PAGE = """
globalThis.window = globalThis;
globalThis.document = { getElementById: () => null, addEventListener: () => {} };
"""
ASKING = """
const engines = new Map();
function engineWith({ learned, understood, told, goneOn }) {
  const key = `${learned} ${understood} ${told} ${goneOn}`;
  if (!engines.has(key)) {
    const { about, items, characters, speech, texts, ways } = window.searchData;
    const engine = window.createSearchEngine(about);
    engine.add(items);
    if (learned) { engine.learn(characters); }
    if (understood) { engine.understand(speech); }
    if (told) { engine.read(texts); }
    if (goneOn) { engine.read(ways); }
    engines.set(key, engine);
  }
  return engines.get(key);
}
function answer(question) {
  const nothing = { learned: false, understood: false, told: false, goneOn: false };
  let known = { ...nothing, learned: engineWith(nothing).isSpelled(question) };
  for (;;) {
    const engine = engineWith(known);
    const found = engine.find(question);
    const wanted = {
      learned: known.learned || engine.isUnsure(question, found),
      understood: known.understood || engine.isUnclear(question, found),
      told: known.told || engine.isOpen(question, found),
      goneOn: known.goneOn || engine.isLost(question, found),
    };
    if (Object.keys(known).every(what => wanted[what] === known[what])) {
      const results = window.groupServices(found, engine.fold).slice(0, 20);
      return results.map(([{ id }]) => id);
    }
    known = wanted;
  }
}
0
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers, the best first, and the rank of the first right one, 0 for none."""

    question: Question
    answers: Sequence[str]
    rank: int


def questions_of(files: Iterable[Path]) -> list[Question]:
    """Return the questions of spoken sets, one a line."""
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def asker(site: Path) -> Callable[[str], list[str]]:
    """Return what answers a question with the ids of items, by the scripts and data of a built site that is not large."""
    engine = MiniRacer()
    engine.eval(PAGE)
    for name in FILES:
        engine.eval((site / "search" / f"{name}.js").read_text("utf-8"))
    engine.eval(ASKING)
    return lambda question: json.loads(str(engine.eval(f"JSON.stringify(answer({json.dumps(question)}))")))


def asked(questions: Iterable[Question], ask: Callable[[str], list[str]]) -> list[Asked]:
    """Ask every question."""
    found = []
    for question in questions:
        answers = ask(question["q"])
        rank = next((at for at, id in enumerate(answers, 1) if question["rel"].get(id)), 0)
        found.append(Asked(question, answers, rank))
    return found


def table(results: Sequence[Asked]) -> str:
    """Return how often a right item comes first or among the first, and the mean reciprocal rank, by class."""
    classes: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in results:
        classes[one.question["cls"]].append(one)
    lines = [f"{'class':10}{'n':>4}" + "".join(f"{name:>7}" for name in ("R@1", "R@3", "R@10", "MRR", "none"))]
    for name, some in (*sorted(classes.items()), ("all", results)):
        ranks = [one.rank for one in some]
        hits = [sum(0 < rank <= most for rank in ranks) for most in (1, 3, 10)]
        reciprocal = sum(1 / rank for rank in ranks if rank)
        figures = (*hits, reciprocal, sum(not one.answers for one in some))
        lines.append(f"{name:10}{len(some):4}" + "".join(f"{figure / len(some):7.2f}" for figure in figures))
    return "\n".join(lines)


def misses(results: Iterable[Asked]) -> str:
    """Return the questions whose first answer is wrong, with what came first and where a right one stands."""
    return "\n".join(
        f"  {one.question['cls']} {one.question['qid']}: {one.question['q']} -> {' '.join(one.answers[:4]) or 'nothing'};"
        f" right: {' '.join(id for id, grade in one.question['rel'].items() if grade == 2)} at {one.rank or 'none'}"
        for one in results
        if one.rank != 1
    )
