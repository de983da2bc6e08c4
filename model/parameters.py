"""Which numbers does the model use, and what is known about each?

A number is declared once, in the TOML file beside the rule that uses it. Its key is actor.decision.name for a number
of an actor (`fund.surplus.reinvested_share` stands in agents/fund/surplus.toml) and subject.name for a number of the
world (`illness.share_serious` stands in model/illness.toml).
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("law", "measured", "estimated", "assumed", "calibrated")
ROLES = ("lever", "behaviour", "world")
KNOWN_FIGURES = "known.toml"  # what is known of the case's results: no rule reads it, see model/known.py
RENAMED = "renamed.toml"  # what keys were called before, see model/renamed.py
NO_RESULT = ("known.py", KNOWN_FIGURES, RENAMED)  # they stand beside a result and make none


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared number, with the value it has in a scenario."""

    name: str
    value: float | int
    unit: str
    low: float
    high: float
    kind: str
    role: str
    meaning: str
    moves: str
    source: str = ""
    url: str = ""
    because: str = ""
    assumption: int = 0
    file: str = ""

    @property
    def is_whole(self) -> bool:
        """[bool] Whether only whole numbers are allowed."""
        return isinstance(self.value, int)


def _declared(key: str, name: str, table: dict[str, Any], file: str) -> Parameter:
    low, high = table["range"]
    known = {field: table.get(field, "") for field in ("unit", "kind", "role", "meaning", "moves", "source", "url", "because")}
    return Parameter(f"{key}.{name}", table["value"], low=low, high=high, assumption=table.get("assumption", 0), file=file, **known)


@cache
def declarations() -> dict[str, Parameter]:
    """Every declared parameter by key, in the order of the files."""
    found: dict[str, Parameter] = {}
    files = [path for path in ROOT.glob("model/*.toml") if path.name not in (KNOWN_FIGURES, RENAMED)]
    for path in sorted([*ROOT.glob("agents/*/*.toml"), *files]):
        folder, stem = path.parent.name, path.stem
        key = stem if folder == "model" else f"{folder}.{stem}"
        file = path.relative_to(ROOT).as_posix()
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[f"{key}.{name}"] = _declared(key, name, table, file)
    return found


def model_hash() -> str:
    """Hash of everything that makes a result: code and declared numbers of agents and model, but not what is known [hex]."""
    digest = hashlib.sha256()
    for path in sorted(
        file
        for folder in ("agents", "model")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in (".py", ".toml") and file.name not in NO_RESULT
    ):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def defaults() -> dict[str, float | int]:
    """The declared value of every parameter."""
    return {key: parameter.value for key, parameter in declarations().items()}


def _nested(keys: dict[str, float | int]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, value in keys.items():
        *path, name = key.split(".")
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
        branch[name] = value
    return tree


def _record_type(tree: dict[str, Any]) -> np.dtype:
    fields = [
        (name, _record_type(branch) if isinstance(branch, dict) else ("i8" if isinstance(branch, int) else "f8"))
        for name, branch in tree.items()
    ]
    return np.dtype((np.record, fields))


def _values(tree: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(_values(branch) if isinstance(branch, dict) else branch for branch in tree.values())


def record(values: dict[str, float | int]) -> np.recarray:
    """All parameters as one nested record, shape (1,): the rules read `p.fund.surplus.reinvested_share`."""
    typed = _nested({key: type(parameter.value)(values[key]) for key, parameter in declarations().items()})
    return np.array([_values(typed)], _record_type(typed)).view(np.recarray)
