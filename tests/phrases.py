"""Which texts can a refusal of an upload, or a remark on it, consist of? Read from the syntax trees of who says them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from model.district_columns import COLUMNS, MINUTES
from model.renamed import gone

ROOT = Path(__file__).resolve().parents[1]
SPEAKERS = [
    *sorted((ROOT / "model").glob("district*.py")),
    *(ROOT / "model" / name for name in ("refusal.py", "renamed.py", "scenario.py", "scenario_file.py", "settings.py")),
    ROOT / "dashboard" / "uploads.py",
]
MAKERS = ("phrase", "Phrase")


def _constants(node: ast.AST) -> Iterator[str]:
    """Every text that an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def texts_in(path: Path) -> set[str]:
    """Every text that a file makes a phrase of."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for scope in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]:
        assigned: dict[str, set[str]] = {}
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign):
                target, values = node.targets[0], [node.value]
                targets = [target]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    targets, values = target.elts, node.value.elts
                for one, value in zip(targets, values, strict=True):
                    if isinstance(one, ast.Name):
                        assigned.setdefault(one.id, set()).update(_constants(value))
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
                first = node.args[0]
                found.update(_constants(first))
                if isinstance(first, ast.Name) and scope is not tree:
                    found.update(assigned.get(first.id, set()))
    return found


def all_texts() -> set[str]:
    """Every text that whoever speaks of an upload may use, columns and units among them."""
    found = {text for path in SPEAKERS for text in texts_in(path)} | {str(one.values["instead"]) for one in gone().values()}
    for column in (*(one for columns in COLUMNS.values() for one in columns), MINUTES):
        allowed = column.allowed()
        found |= {allowed.text, *([column.unit] if column.is_number() else [])}
    return found - {"{text}"}
