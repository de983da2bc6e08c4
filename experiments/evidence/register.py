"""Which numbers are there, by kind and actor, and which data?

An actor is the first word of a key; what no actor decides (illness, population, prices) is listed under its own name.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from experiments.evidence.strength import strength
from model.known import Known, declared_figures
from model.parameters import KINDS, Parameter, declarations
from model.refusal import ScenarioError, shortened

PARAMETER_FIELDS = (
    "name", "actor", "value", "low", "high", "unit", "kind", "role", "assumption", "strength", "meaning", "moves", "source",
    "url", "because", "file",
)  # fmt: skip
DATUM_FIELDS = (
    "name", "use", "pattern", "period", "per", "value", "low", "high", "tolerance", "unit", "kind", "meaning", "source", "url",
    "because", "tolerance_because", "says", "cannot", "rows", "sets", "apart_from",
)  # fmt: skip


def actor_of(parameter: Parameter) -> str:
    """Who decides with this number, or what part of the world it describes."""
    return parameter.name.partition(".")[0]


def actors() -> tuple[str, ...]:
    """Every actor, and every part of the world, in the order of the files."""
    return tuple(dict.fromkeys(actor_of(parameter) for parameter in declarations().values()))


def check(option: str, word: str | None, allowed: Iterable[str]) -> None:
    """Refuse a word that is not in the list; raises ScenarioError."""
    words = tuple(allowed)
    if word is not None and word not in words:
        raise ScenarioError(option, f"found {shortened(word)}", f"allowed are {', '.join(words)}")


def chosen_parameters(kind: str | None = None, actor: str | None = None) -> list[Parameter]:
    """The parameters of a kind, of an actor, of both; raises ScenarioError for an unknown one."""
    check("--kind", kind, KINDS)
    check("--actor", actor, actors())
    found = declarations().values()
    return [p for p in found if kind in (None, p.kind) and actor in (None, actor_of(p))]


def chosen_data(kind: str | None = None) -> list[Known]:
    """The data of a kind, or all; raises ScenarioError for a kind that no datum has."""
    check("--kind", kind, tuple(dict.fromkeys(datum.kind for datum in declared_figures().values())))
    return [datum for datum in declared_figures().values() if kind in (None, datum.kind)]


def counts(parameters: Iterable[Parameter]) -> Counter[tuple[str, str]]:
    """How many parameters there are of each actor and kind."""
    return Counter((actor_of(parameter), parameter.kind) for parameter in parameters)


def parameter_row(parameter: Parameter) -> dict[str, Any]:
    """All that is known of a parameter, for a machine."""
    more = {"actor": actor_of(parameter), "strength": round(strength(parameter), 4)}
    return {field: more.get(field, getattr(parameter, field, None)) for field in PARAMETER_FIELDS}


def datum_row(datum: Known) -> dict[str, Any]:
    """All that is known of a datum, for a machine."""
    found = {field: getattr(datum, field) for field in DATUM_FIELDS}
    return {field: list(value) if isinstance(value, tuple) else value for field, value in found.items()}


def as_csv(fields: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> str:
    """Rows as a comma-separated table with a header; lists are joined by semicolons, what is unknown stays empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fields, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "; ".join(value) if isinstance(value, list) else value for key, value in row.items()})
    return text.getvalue()
