"""What is observed in every week, and what is known of the case's results?"""

import ast
from dataclasses import astuple, dataclass
from typing import Any

from agents.records import Field
from experiments.odd.entities import TALLY
from experiments.odd.sources import NAMES_OF_RECORDS, Sources
from experiments.odd.table import code, markdown_table
from model.parameters import KNOWN_FIGURES

INDICATORS = "model/indicators.py"


@dataclass(frozen=True)
class Figure:
    """One indicator as the sources declare it."""

    name: str
    kind: str
    unit: str
    definition: str


def _made(name: str, unit: str, definition: str, kind: str) -> Figure:
    return Figure(name, kind, unit, definition)


def _ratio(name: str, unit: str, above: str, below: str, definition: str, factor: float = 1.0, most: float = 1.0) -> Figure:  # noqa: ARG001
    return Figure(name, "ratio", unit, definition)


def figures(sources: Sources) -> dict[str, Figure]:
    """Every indicator by name, in the order of model/indicators.py: tallies, money, what is made of them, ratios."""
    reader = sources.reader(INDICATORS, _ratio=_ratio, Indicator=_made)
    tally = sources.reader(TALLY[0])
    fields: list[Field] = tally.read(tally.assigned[TALLY[1]], NAMES_OF_RECORDS)
    names = [field.name for field in fields]
    stocks = names[names.index(tally.value_of("STOCKS_FROM")) :]
    in_yuan: dict[str, str] = reader.value_of("_IN_YUAN")
    found = []
    for field in fields:
        kind, unit = "stock" if field.name in stocks else "count", "yuan" if field.name in in_yuan else field.unit
        found.append(Figure(in_yuan.get(field.name, field.name), kind, unit, field.meaning))
    found += [Figure(name, "count", "yuan", definition) for name, (definition, *_) in reader.value_of("_MONEY").items()]
    declare = sources.functions[INDICATORS, "_declare"].node
    calls = [node for node in ast.walk(declare) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Indicator"]
    found += [reader.read(call, {}) for call in calls if isinstance(call.args[0], ast.Constant)]
    return {figure.name: figure for figure in [*found, *reader.value_of("_RATIOS")]}


def indicators_table(sources: Sources) -> str:
    """Every indicator: kind, unit, definition."""
    lines = [(code(name), *astuple(figure)[1:]) for name, figure in figures(sources).items()]
    return markdown_table(("indicator", "kind", "unit", "definition"), lines)


def known(sources: Sources) -> dict[str, dict[str, Any]]:
    """What is known of the case's results, by indicator."""
    return sources.table(f"model/{KNOWN_FIGURES}")


def said_value(figure: dict[str, Any]) -> str:
    """Value and range of a known figure."""
    low, high = figure.get("range", (None, None))
    value = f"{figure['value']:g}" if "value" in figure else ""
    span = f"{low:g} to {high:g}" if low is not None else ""
    return f"{value} ({span})" if value and span else value or span
