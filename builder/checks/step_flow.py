"""The flow of steps: targets exist, steps can be reached, decisions have all their exits, every path ends."""

from __future__ import annotations

from collections.abc import Iterator

from builder.content.fields import listed
from builder.content.model.item import Item
from builder.content.model.steps import Ending, Step, Visibility
from builder.guide.step_graph import graph_of
from builder.support.diagnostics import Finding, KeyPath, Rule, did_you_mean, quote

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
RULES = (UNKNOWN_TARGET, UNREACHABLE, MISSING_EXIT, NO_END, DUPLICATE_STEP, NEXT_AND_BRANCHES, STAFF_DECISION)


def check_item(item: Item, file: str) -> Iterator[Finding]:
    """Yield the findings about the steps of `item` and of its variants."""
    for path, part in item.placed_parts:
        if steps := listed(part.steps):
            yield from _check_steps(steps, file, (*path, "steps"))


def _check_steps(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    findings = [
        *_duplicates(steps, file, path),
        *_exits(steps, file, path),
        *_staff_decisions(steps, file, path),
        *_targets(steps, file, path),
    ]
    yield from findings
    if not findings:  # a wrong target makes steps unreachable; report the cause only
        yield from _paths(steps, file, path)


def _duplicates(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index, step in enumerate(steps):
        if step.id and step.id in seen:
            says = f"编号“{step.id}”已经用在第{seen[step.id] + 1}步"
            yield DUPLICATE_STEP.at(file, *path, index, "id", says=says, hint="给其中一步换一个编号")
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
                file, *step_path, "next", says=says, hint="删掉 next，往哪走都写在分支里", on="key"
            )


def _staff_decisions(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    for index, step in enumerate(steps):
        if step.branches and step.visibility is Visibility.STAFF:
            yield STAFF_DECISION.at(file, *path, index, "visibility", says=f"第{index + 1}步是内部步骤，又有分支")


def _targets(steps: tuple[Step, ...], file: str, path: KeyPath) -> Iterator[Finding]:
    ids = [step.id for step in steps if step.id]
    known = {*ids, *_ENDINGS}
    for index, step in enumerate(steps):
        targets = [((index, "branches", n, "to"), branch.to) for n, branch in enumerate(step.branches)]
        for where, target in [*targets, ((index, "next"), step.next)]:
            if target and target not in known:
                hint = _target_hint(target, ids, len(steps))
                yield UNKNOWN_TARGET.at(file, *path, *where, says=f"没有编号为“{quote(target)}”的步骤", hint=hint)


_ENDINGS = {ending.value: ending.label for ending in Ending}


def _target_hint(target: str, ids: list[str], size: int) -> str:
    """Return a hint for an unknown target: a common word for the end, a step number, a similar id, or a list of all ids."""
    if target in ("结束", "完成", "完"):
        return "这一步之后就办完的，写 end（办结）"
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
    stuck = sorted(set(range(graph.size)) - graph.leading_to_an_end())
    for index in stuck:
        earlier = [way.to for way in graph.ways[index] if isinstance(way.to, int) and way.to <= index]
        if earlier:  # at least one of the stuck steps leads back to an earlier one
            field = "next" if steps[index].next else "branches"
            says = f"第{index + 1}步转回第{earlier[0] + 1}步，再也走不到结束"
            hint = "改成 end（办结），或给其中一步写一条走向结束的分支"
            yield NO_END.at(file, *path, index, field, says=says, hint=hint)
            return
