"""Which entities are there, and what does each carry?"""

import ast
import re

from agents.records import INT
from experiments.odd.sources import Sources
from experiments.odd.table import code, markdown_table

WORLD = "model/world.py"
TALLY = ("model/tally.py", "TALLY")  # what is counted, not what is: it stands among the indicators


def entities_table(sources: Sources) -> str:
    """Every state variable by entity, with type, unit, meaning and the decision that writes it."""
    parts = []
    for (file, name), fields in sources.records.items():
        if (file, name) == TALLY:
            continue
        lines = [
            (code(field.name), "whole" if field.type == INT else "real", field.unit, field.meaning, field.decided_by)
            for field in fields
        ]
        title = f"**{name.lower()}** ({len(fields)} variables, {code(file)})"
        parts.append(f"{title}\n\n{markdown_table(('variable', 'type', 'unit', 'meaning', 'written by'), lines)}")
    return "\n\n".join(parts)


def world_table(sources: Sources) -> str:
    """Every array of a world, as its declaration explains it."""
    text = (sources.root / WORLD).read_text(encoding="utf-8").splitlines()
    world = next(node for node in sources.trees[WORLD].body if isinstance(node, ast.ClassDef) and node.name == "World")
    lines = []
    for node in world.body:
        if isinstance(node, ast.AnnAssign):
            comment = text[node.lineno - 1].partition("#")[2].strip()
            shape, rest = re.fullmatch(r"(\([^)]*\))?\s*(.*)", comment).groups("")  # pyright: ignore[reportOptionalMemberAccess]
            lines.append((code(ast.unparse(node.target)), shape, rest))
    return markdown_table(("array", "shape", "what it holds"), lines)


def fields_of(sources: Sources) -> set[str]:
    """The name of every column and array of state."""
    world = {line.split("`")[1] for line in world_table(sources).splitlines()[2:]}
    return world | {field.name for fields in sources.records.values() for field in fields}
