"""What does a person read at the terminal about parameters and data?

Texts of declarations are shown as plain text: no markup of theirs.
"""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from experiments.evidence.register import actor_of, actors, counts
from model.known import USES, Known
from model.parameters import KINDS, Parameter
from model.refusal import number, printable

MEANING_OF_USE = {
    "specify": "set a parameter: no test of the model",
    "calibrate": "a target of calibration",
    "validate": "compared only after fitting",
}
MOST_COLUMNS = {"Value": 14, "Range": 18, "Value (range) ± tolerance": 20, "Speaks about": 33}  # leaves room for sources


def _table(title: str, left: Sequence[str], right: Sequence[str] = ()) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in left:
        widest = MOST_COLUMNS.get(column)
        table.add_column(column, no_wrap=column in ("Parameter", "Datum"), overflow="fold", max_width=widest)
    for column in right:
        table.add_column(column, justify="right")
    return table


def counts_table(parameters: Sequence[Parameter]) -> Table:
    """How many parameters of each actor and kind."""
    found = counts(parameters)
    table = _table("Parameters by actor and kind", ("Actor",), (*KINDS, "all"))
    for actor in actors():
        row = [found[actor, kind] for kind in KINDS]
        if sum(row):
            table.add_row(actor, *(str(n) if n else "" for n in row), str(sum(row)))
    columns = [sum(found[actor, kind] for actor in actors()) for kind in KINDS]
    table.add_section()
    table.add_row("all", *(str(n) for n in columns), str(sum(columns)))
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
        table = _table(actor, ("Parameter", "Value", "Range", "Kind", "Source or assumption"))
        for p in found:
            unit = "" if p.unit in ("1", "flag") else f" {p.unit}"
            cells = (p.name, f"{number(p.value)}{unit}", span(p.low, p.high), p.kind, printable(origin(p)))
            table.add_row(*(Text(cell) for cell in cells))
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
        table = _table(f"{use}: {MEANING_OF_USE[use]}", ("Datum", "Value (range) ± tolerance", "Speaks about", "Source and reason"))
        for datum in found:
            reason = printable(f"{datum.source or 'assumed'}: {datum.because}")
            cells = (
                datum.name,
                f"{datum_value(datum)} {datum.unit}".removesuffix(" 1"),
                f"{datum.pattern}\n{datum.period}",
                reason,
            )
            table.add_row(*(Text(cell) for cell in cells))
        tables.append(table)
    note = "Every number that was measured, estimated or is law specifies its parameter and tests nothing: alliance evidence."
    return Group(*tables, Text(note))
