"""The flow of steps: targets exist, steps can be reached, decisions have all their exits, every path ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.content.fields import listed
from builder.content.model.item import Item
from builder.content.model.steps import UNSAID, Ending, Step, Visibility
from builder.guide.step_graph import Graph, graph_of
from builder.support.diagnostics import Finding, KeyPath, Rule, Severity, did_you_mean, quote

UNKNOWN_TARGET = Rule(
    "F401",
    "分支和下一步要指向存在的步骤",
    why="流程图画不出通向不存在的步骤的线，群众也不知道下一步去哪。",
    fix="写要去的那一步的编号（id），或 end（办结）、end:returned（退回）等结束方式。",
)
UNREACHABLE = Rule(
    "F402",
    "每一步都要能走到",
    why="走不到的步骤多半是前面的“下一步”或分支写错了。",
    fix="检查前面步骤的 next 和 branches，或者删掉这一步。",
)
MISSING_EXIT = Rule(
    "F403",
    "判断要写全每种结果",
    why="只写“不齐全怎么办”，没写“齐全了怎么办”，办事的人会卡在这里。",
    fix="在 branches 里给每种结果各写一条，至少两条。",
)
NO_END = Rule(
    "F404",
    "从每一步出发都要能走到结束",
    why="转来转去没有尽头的流程，是有一步的去向写错了。",
    fix="给最后一步写 next: end，或改正转回去的那一步。",
)
DUPLICATE_STEP = Rule(
    "F405",
    "步骤编号不能重复",
    why="两步同一个编号，分支就不知道去哪一步。",
    fix="给其中一步换一个编号。",
)
NEXT_AND_BRANCHES = Rule(
    "F406",
    "一步里不能同时写分支和下一步",
    why="有了分支，往哪走由分支决定；再写下一步就有两种说法。",
    fix="把下一步写成其中一条分支，或删掉 next。",
)
STAFF_DECISION = Rule(
    "F407",
    "有分支的步骤要公开",
    why="内部步骤不画在流程图里，它的分支群众就看不到，流程会接错。",
    fix="去掉这一步的“内部”，或者把分支写到前面公开的步骤里。",
)
NEXT_IS_ITSELF = Rule(
    "F408",
    "一步的下一步不能是它自己",
    why="办完这一步还是这一步，永远办不完。",
    fix="把 next 改成要去的那一步；这一步之后就办完的，写 end（办结），或者删掉 next。",
)
BRANCH_TO_ITSELF = Rule(
    "F409",
    "分支一般不转回这一步自己",
    why="“不齐全，转到第2步”写在第2步里，群众不知道该做什么：多半是要转回交材料的那一步。",
    fix="改成要去的那一步的编号。确实要重来的，另写一步说谁做什么（如 申请人补材料），那一步的 next 再写回这里。",
    severity=Severity.WARNING,
)
SAME_RESULT = Rule(
    "F410",
    "一步里两条分支不能是同一种情况",
    why="同一种情况有两种去向，群众不知道走哪条。",
    fix="改正其中一条的 when，或者合成一条。",
)
ALL_THE_SAME = Rule(
    "F411",
    "判断的各种结果要有区别",
    why="不管结果怎样都一样办，这个判断就是多余的，多半有一条的去向写错了。",
    fix="改正写错的 to，或写上各种结果怎么处理（text）；真的没有区别的，删掉 question 和 branches。",
    severity=Severity.WARNING,
)
RESULTS_SWAPPED = Rule(
    "F412",
    "符合的接着办，不符合的才退回",
    why="“符合”转到不予办理，“不符合”却接着办，多半是两条写反了。",
    fix="把两条分支的 to 换过来。",
    severity=Severity.WARNING,
)
NOBODY = Rule(
    "F413",
    "步骤要写清谁来做",
    why="群众不知道这一步要不要自己做，会白等，或者白跑。",
    fix="问清楚，写上是谁：申请人、窗口，或者哪个单位、哪个科室。",
    severity=Severity.WARNING,
)
RULES = (
    UNKNOWN_TARGET,
    UNREACHABLE,
    MISSING_EXIT,
    NO_END,
    DUPLICATE_STEP,
    NEXT_AND_BRANCHES,
    STAFF_DECISION,
    NEXT_IS_ITSELF,
    BRANCH_TO_ITSELF,
    SAME_RESULT,
    ALL_THE_SAME,
    RESULTS_SWAPPED,
    NOBODY,
)

_FAVOURABLE = re.compile(r"(?:符合|合格|通过|同意|批准|准予|齐全|齐备|属实|真实|有效|完整)")
_REFUSALS = (Ending.REJECTED, Ending.RETURNED)


def check_item(item: Item, file: str) -> Iterator[Finding]:
    """Yield the findings about the steps of `item` and of its variants."""
    for path, part in item.placed_parts:
        if steps := listed(part.steps):
            yield from _nobody(steps, file, (*path, "steps"))
            yield from _check_steps(steps, file, (*path, "steps"))


def _nobody(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    for index, step in enumerate(steps):
        if UNSAID in step.actor:
            yield NOBODY.at(file, *path, index, "actor", says=f"第{index + 1}步没有写谁来做", hint=NOBODY.fix)


def _check_steps(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    if not any(step.id or step.question or step.branches or step.next for step in steps):
        return  # one comes after the other, as in most items
    findings = [
        *_duplicates(steps, file, path),
        *_exits(steps, file, path),
        *_staff_decisions(steps, file, path),
        *_targets(steps, file, path),
        *_next_to_themselves(steps, file, path),
    ]
    yield from findings
    for index, step in enumerate(steps):
        yield from _branches(index, step, file, (*path, index))
    if not findings:  # a wrong target makes steps unreachable; report the cause only
        yield from _paths(steps, file, path)


def _duplicates(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index, step in enumerate(steps):
        if step.id and step.id in seen:
            says = f"编号“{step.id}”已经用在第{seen[step.id] + 1}步"
            yield DUPLICATE_STEP.at(
                file, *path, index, "id", says=says, hint=f"给其中一步换一个编号，如改成 {step.id}-{index + 1}"
            )
        elif step.id:
            seen[step.id] = index


def _exits(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    for index, step in enumerate(steps):
        step_path = (*path, index)
        if len(step.branches) == 1:
            says = f"第{index + 1}步只写了一种结果：“{step.branches[0].when}”"
            yield MISSING_EXIT.at(file, *step_path, "branches", says=says, hint="再写一条：另一种情况转到哪一步")
        elif step.question and not step.branches:
            says = f"第{index + 1}步写了要判断的问题，没有写结果"
            yield MISSING_EXIT.at(file, *step_path, "question", says=says, hint="加上 branches，每种结果一条")
        if step.branches and step.next:
            says = f"第{index + 1}步同时写了分支和下一步"
            yield NEXT_AND_BRANCHES.at(
                file, *step_path, "next", says=says, hint="往哪走都写在分支里，删掉这一行", on="key"
            )


def _staff_decisions(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    for index, step in enumerate(steps):
        if step.branches and step.visibility is Visibility.STAFF:
            says, hint = (
                f"第{index + 1}步是内部步骤，又有分支",
                "这一步可以公开的，删掉这一行；不能公开的，把分支写到前面公开的步骤里",
            )
            yield STAFF_DECISION.at(file, *path, index, "visibility", says=says, hint=hint)


def _targets(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    ids = [step.id for step in steps if step.id]
    known = {*ids, *_ENDINGS}
    for index, step in enumerate(steps):
        targets = [((index, "branches", n, "to"), branch.to) for n, branch in enumerate(step.branches)]
        for where, target in [*targets, ((index, "next"), step.next)]:
            if target and target not in known:
                hint = _target_hint(target, ids, len(steps))
                yield UNKNOWN_TARGET.at(file, *path, *where, says=f"没有编号为“{quote(target)}”的步骤", hint=hint)


def _next_to_themselves(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    for index, step in enumerate(steps):
        if step.next and step.next == step.id:
            says = f"第{index + 1}步的下一步是它自己"
            hint = "这一步之后就办完的，改成 end（办结）；不是的，写要去的那一步的编号"
            yield NEXT_IS_ITSELF.at(file, *path, index, "next", says=says, hint=hint)


def _branches(index: int, step: Step, file: str, path: KeyPath) -> Iterator[Finding]:
    """Yield what makes no sense about the results of a decision, even if all of them lead somewhere."""
    first: dict[str, int] = {}
    for n, branch in enumerate(step.branches):
        if branch.to == step.id:
            says = f"第{index + 1}步的“{quote(branch.when)}”又转回第{index + 1}步自己"
            yield BRANCH_TO_ITSELF.at(file, *path, "branches", n, "to", says=says, hint=BRANCH_TO_ITSELF.fix)
        when = branch.when.rstrip("的，。；")
        if when in first:
            says = f"第{index + 1}步的第{n + 1}条分支和第{first[when] + 1}条是同一种情况：“{quote(branch.when)}”"
            yield SAME_RESULT.at(file, *path, "branches", n, "when", says=says, hint=SAME_RESULT.fix)
        first.setdefault(when, n)
    if len(first) > 1 and len({(branch.to, branch.text, branch.document) for branch in step.branches}) == 1:
        says = f"第{index + 1}步不管结果怎样都一样办"
        yield ALL_THE_SAME.at(file, *path, "branches", says=says, hint=ALL_THE_SAME.fix, on="key")
    for when, n in first.items():
        refused = step.branches[n].to in _REFUSALS and _FAVOURABLE.search(when)
        contrary = next((first[no + when] for no in ("不", "未", "没", "没有") if no + when in first), None)
        if refused and contrary is not None and step.branches[contrary].to not in _REFUSALS:
            says = f"第{index + 1}步“{quote(when)}”的退回或不予办理，“{quote(step.branches[contrary].when)}”的却接着办"
            yield RESULTS_SWAPPED.at(file, *path, "branches", n, "to", says=says, hint=RESULTS_SWAPPED.fix)


_ENDINGS = {ending.value: ending.label for ending in Ending}


def _target_hint(target: str, ids: list[str], size: int) -> str:
    """Return a hint for an unknown target: a common word for the end, a step number, a similar id, or a list of all ids."""
    if target in ("结束", "完成", "完"):
        return "这一步之后就办完的，改成 end"
    number = target.removeprefix("第").removesuffix("步")
    if number.isdecimal() and 1 <= int(number) <= size:
        return f"给第{number}步加一行 id: 小写英文编号，这里再写这个编号"
    known = [*ids, *(f"{value}（{label}）" for value, label in _ENDINGS.items())]
    return did_you_mean(target, {*ids, *_ENDINGS}) or "这里能写：" + "、".join(known)


def _paths(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    graph = graph_of(steps)
    reached = graph.reachable_from(0)
    for index in range(graph.size):
        if index not in reached:
            says = f"走不到第{index + 1}步：前面没有一步通向它"
            yield UNREACHABLE.at(file, *path, index, says=says, hint="检查前面步骤的 next 和 branches")
            reached |= graph.reachable_from(index)  # report only the first step of an unreachable path
    stuck = set(range(graph.size)) - graph.leading_to_an_end()
    if stuck:
        index, to = _turn_back(graph, stuck)
        field = "next" if steps[index].next else "branches"
        says = f"第{index + 1}步转回第{to + 1}步，再也走不到结束"
        hint = "这一步以后就办完的，改成 end；不是的，给其中一步写一条走向结束的分支"
        yield NO_END.at(file, *path, index, field, says=says, hint=hint)


def _turn_back(graph: Graph, stuck: set[int]) -> tuple[int, int]:
    """Return which of the `stuck` steps turns back, and to which step.

    It is one that only leads back, if there is any: a decision that also leads on may send people back for good reasons.
    """
    back = {
        index: [way.to for way in graph.ways[index] if isinstance(way.to, int) and way.to <= index]
        for index in sorted(stuck)
    }
    turns = {index: targets for index, targets in back.items() if targets}  # some step must, or it would end
    index = next((index for index in turns if len(back[index]) == len(graph.ways[index])), min(turns))
    return index, turns[index][0]
