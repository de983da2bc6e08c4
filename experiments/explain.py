"""What is this parameter, and who reads it?

Who reads it is found in the sources: a rule names a parameter by the last part of its key (`k.reinvested_share`). Where
two parameters share that part, only files count that also name the decision.
"""

import re
from dataclasses import dataclass

from model.parameters import ROOT, Parameter, declarations
from model.refusal import ScenarioError, shortened
from model.settings import groups, nearest_names

N_NEAREST = 3
NO_READERS = ("model/parameters.py", "model/settings.py", "model/scenario.py")  # they name parameters and use none


@dataclass(frozen=True)
class Explanation:
    """A parameter with the lines that read it and the indicator it must move."""

    parameter: Parameter
    readers: tuple[str, ...]
    moves: str


def explain(key: str) -> Explanation:
    """All that is known of a parameter; raises ScenarioError with the nearest names."""
    known = declarations()
    if key not in known:
        near = _nearest(key)
        allowed = f"the nearest are {', '.join(near)}" if near else "allowed are the names that docs/parameters.md lists"
        raise ScenarioError(shortened(key), "no such parameter", allowed)
    from model.indicators import INDICATORS  # late: a misspelt name need not wait for it

    parameter = known[key]
    indicator = INDICATORS.get(parameter.moves)
    moves = f"{parameter.moves} ({indicator.definition})" if indicator else parameter.moves
    return Explanation(parameter, tuple(readers_of(key)), moves)


def _nearest(key: str) -> list[str]:
    known = list(declarations())
    ending = [name for name in known if name.endswith(f".{key}")]
    inside = [name for name in known if key in groups() and name.startswith(f"{key}.")]
    return (ending or inside)[: 2 * N_NEAREST] or nearest_names(key, known, N_NEAREST)


def readers_of(key: str) -> list[str]:
    """The places in agents/ and model/ that read a parameter, as file:line."""
    *_, decision, name = key.split(".")
    has_namesake = sum(other.endswith(f".{name}") for other in declarations()) > 1
    pattern = re.compile(rf"[.\"']{re.escape(name)}\b")
    found = []
    for path in sorted([*ROOT.glob("agents/**/*.py"), *ROOT.glob("model/*.py")]):
        file, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        is_foreign = has_namesake and path.stem != decision and f".{decision}" not in text
        if file not in NO_READERS and not is_foreign:
            lines = enumerate(text.splitlines(), 1)
            found += [f"{file}:{number}" for number, line in lines if pattern.search(line)]
    return found
