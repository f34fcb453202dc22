"""Parallel branches: each split meets in one join, and nothing jumps in or out between them."""

from collections import defaultdict

from anzhi.foundation.workflow.bpmn.flaws import Flaw
from anzhi.foundation.workflow.rules.plan import Kind, Plan

Path = tuple[tuple[str, int], ...]  # the splits around a node, each with the branch taken


def paths_of(plan: Plan) -> tuple[dict[str, Path], list[Flaw]]:
    """Each node's place among the branches, and what does not fit."""
    paths: dict[str, Path] = {}
    joins: dict[str, set[str]] = defaultdict(set)
    flaws: list[Flaw] = []
    todo: list[tuple[str, Path]] = [(plan.start, ())]
    while todo:
        code, path = todo.pop()
        node = plan[code]
        if node.kind is Kind.JOIN:
            if not path:
                flaws.append(Flaw("no_fork", code))
                continue
            joins[path[-1][0]].add(code)
            path = path[:-1]
        if code in paths:
            if paths[code] != path:
                flaws.append(Flaw("crossing", code))
            continue
        paths[code] = path
        if node.kind is Kind.END and path:
            flaws.append(Flaw("branch_end", code))
        for number, route in enumerate(node.routes):
            todo.append((route.to, (*path, (code, number)) if node.kind is Kind.FORK else path))
    for node in plan.nodes:
        if node.kind is Kind.FORK and len(joins[node.code]) != 1 and node.code in paths:
            flaws.append(Flaw("two_joins", node.code))
    return paths, flaws


def block_flaws(plan: Plan) -> list[Flaw]:
    """What is wrong with the branches."""
    return list(dict.fromkeys(paths_of(plan)[1]))
