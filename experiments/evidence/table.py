"""What does a person read at the terminal about parameters and data?

Texts of declarations are shown as plain text: no markup of theirs.
"""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from experiments.evidence.register import actor_of, actors, counts
from experiments.sheet import NAME, NUMBER, WORDS, Sheet
from model.known import USES, Known
from model.parameters import KINDS, Parameter
from model.refusal import number, printable

MEANING_OF_USE = {
    "specify": "set a parameter: no test of the model",
    "calibrate": "a target of calibration",
    "validate": "compared only after fitting",
}


PARAMETER_COLUMNS = (("Parameter", NAME), ("Value", NUMBER), ("Range", NUMBER), ("Kind", NAME), ("Source or assumption", WORDS))
DATUM_COLUMNS = (("Datum", NAME), ("Value (range) ± tolerance", NUMBER), ("Speaks about", WORDS), ("Source and reason", WORDS))


def counts_table(parameters: Sequence[Parameter]) -> Sheet:
    """How many parameters of each actor and kind."""
    found = counts(parameters)
    table = Sheet("Parameters by actor and kind", (("Actor", NAME), *((kind, NUMBER) for kind in (*KINDS, "all"))))
    for actor in actors():
        row = [found[actor, kind] for kind in KINDS]
        if sum(row):
            table.add(actor, *(str(n) if n else "" for n in row), str(sum(row)))
    columns = [sum(found[actor, kind] for actor in actors()) for kind in KINDS]
    table.add("all", *(str(n) for n in columns), str(sum(columns)), begins_section=True)
    return table


def origin(parameter: Parameter) -> str:
    """Where a number comes from: the assumption's number, or the source, or what it was solved for."""
    return f"assumption {parameter.assumption}" if parameter.assumption else parameter.source or parameter.because


def span(low: float | None, high: float | None) -> str:
    """A range, or nothing."""
    return "" if low is None or high is None else f"{number(low)} to {number(high)}"


def parameters_report(parameters: Sequence[Parameter]) -> RenderableType:
    """Counts by kind and actor, then each actor's parameters."""
    tables: list[RenderableType] = [counts_table(parameters)]
    for actor, found in groupby(parameters, actor_of):
        table = Sheet(actor, PARAMETER_COLUMNS)
        for p in found:
            unit = "" if p.unit in ("1", "flag") else f" {p.unit}"
            cells = (p.name, f"{number(p.value)}{unit}", span(p.low, p.high), p.kind, printable(origin(p)))
            table.add(*cells)
        tables.append(table)
    note = "Assumptions and their reasons: docs/assumptions.md. What the data are used for: alliance evidence --data."
    return Group(*tables, Text(note))


def datum_value(datum: Known) -> str:
    """A datum's value, or range, or both, with its tolerance where it is a target."""
    value, low_high = "" if datum.value is None else number(datum.value), span(datum.low, datum.high)
    text = f"{value} ({low_high})" if value and low_high else value or low_high
    return text if datum.tolerance is None else f"{text} ± {number(datum.tolerance)}"


def data_report(data: Sequence[Known]) -> RenderableType:
    """The register of data by use."""
    tables: list[RenderableType] = []
    for use in USES:
        found = [datum for datum in data if datum.use == use]
        if not found:
            continue
        table = Sheet(f"{use}: {MEANING_OF_USE[use]}", DATUM_COLUMNS)
        for datum in found:
            reason = printable(f"{datum.source or 'assumed'}: {datum.because}")
            cells = (
                datum.name,
                f"{datum_value(datum)} {datum.unit}".removesuffix(" 1"),
                f"{datum.pattern}\n{datum.period}",
                reason,
            )
            table.add(*cells)
        tables.append(table)
    note = "Every number that was measured, estimated or is law specifies its parameter and tests nothing: alliance evidence."
    return Group(*tables, Text(note))
