"""Which decision is taken in which file, and which luck does the week throw?"""

import ast

from experiments.odd.sources import Sources, decision_of
from experiments.odd.table import code, markdown_table

DICE = "model/dice.py"


def rules_table(sources: Sources) -> str:
    """Every decision: its file, the question it answers, its functions with what they read."""
    lines = []
    for file in sources.rule_files:
        own = [function for (where, _), function in sources.functions.items() if where == file]
        lines.append((code(decision_of(file)), sources.question(file), "; ".join(code(function.name) for function in own)))
    return markdown_table(("decision", "question", "functions"), lines)


def purposes(sources: Sources) -> dict[str, int | float]:
    """Every purpose of a die with its number, in order."""
    numbers = {name: number for name, number in sources.constants[DICE].items() if not name.startswith("_")}
    return dict(sorted(numbers.items(), key=lambda pair: pair[1]))


def dice_table(sources: Sources) -> str:
    """Every purpose of a die: its number for ever, and where it is thrown."""
    thrown: dict[str, list[str]] = {name: [] for name in purposes(sources)}
    for file, tree in sources.trees.items():
        used = {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in ast.walk(tree)}
        for name in used & set(thrown):
            if file != DICE:
                thrown[name].append(code(file))
    lines = [(number, code(name), ", ".join(sorted(thrown[name]))) for name, number in purposes(sources).items()]
    return markdown_table(("no.", "purpose", "thrown in"), lines)
