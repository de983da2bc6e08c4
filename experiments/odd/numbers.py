"""How many numbers does the model declare, what is known of them, and which may a planner turn?"""

from collections import Counter
from collections.abc import Sequence

from experiments.odd.sources import Sources
from experiments.odd.table import code, markdown_table
from model.parameters import KINDS, Parameter


def by_decision_table(sources: Sources) -> str:
    """Counts of declared numbers by file: by kind of evidence, and how many are levers."""
    found: dict[str, list[Parameter]] = {}
    for parameter in sources.parameters.values():
        found.setdefault(parameter.name.rsplit(".", 1)[0], []).append(parameter)
    lines = [(code(key), *_counts(parameters)) for key, parameters in found.items()]
    lines.append(("**all**", *_counts(list(sources.parameters.values()))))
    return markdown_table(("decision or subject", "numbers", *KINDS, "levers"), lines)


def _counts(parameters: Sequence[Parameter]) -> list[int]:
    kinds = Counter(parameter.kind for parameter in parameters)
    return [len(parameters), *(kinds[kind] for kind in KINDS), sum(parameter.role == "lever" for parameter in parameters)]


def levers_table(sources: Sources) -> str:
    """What a planner may set: value, range, unit, evidence, meaning."""
    levers = [parameter for parameter in sources.parameters.values() if parameter.role == "lever"]
    lines = [(code(p.name), f"{p.value:g}", f"{p.low:g} to {p.high:g}", p.unit, p.kind, p.meaning) for p in levers]
    return markdown_table(("lever", "value", "range", "unit", "kind", "meaning"), lines)


def evidence_table(sources: Sources) -> str:
    """How many numbers there are of each kind of evidence."""
    parameters = list(sources.parameters.values())
    kinds = Counter(parameter.kind for parameter in parameters)
    lines = [(kind, kinds[kind], f"{kinds[kind] / len(parameters):.0%}") for kind in KINDS]
    return markdown_table(("kind of evidence", "numbers", "share"), [*lines, ("all", len(parameters), "100%")])
