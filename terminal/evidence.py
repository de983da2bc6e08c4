"""What is known about the numbers?

alliance evidence                              every parameter by kind and actor, with its source or assumption
alliance evidence --kind assumed --actor doctor
alliance evidence --data                       what each datum is used for: specify, calibrate, validate
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from model.refusal import ScenarioError
from terminal.looking import console, print_json

if TYPE_CHECKING:
    from rich.console import RenderableType


def evidence(
    kind: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this kind: law, measured, estimated, ...")] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this actor: resident, doctor, fund, ...")] = None,
    data: Annotated[bool, typer.Option("--data", help="The data instead, and what each is used for.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a comma-separated table and nothing else.")] = False,
) -> None:
    """Show where every number comes from: by kind and actor, with its source or the number of its assumption."""
    if as_json and as_csv:
        raise ScenarioError("--csv", "stands beside --json", "allowed is one of them")
    if data and actor is not None:
        raise ScenarioError("--actor", "stands beside --data", "allowed is one of them: data belong to indicators, not to actors")
    from experiments.evidence import register, table

    if data:
        figures = register.chosen_data(kind)
        rows = [register.datum_row(datum) for datum in figures]
        _show("data", register.DATUM_FIELDS, rows, as_json, as_csv, lambda: table.data_report(figures))
    else:
        parameters = register.chosen_parameters(kind, actor)
        rows = [register.parameter_row(parameter) for parameter in parameters]
        _show("parameters", register.PARAMETER_FIELDS, rows, as_json, as_csv, lambda: table.parameters_report(parameters))


def _show(
    name: str,
    fields: tuple[str, ...],
    rows: list[dict[str, Any]],
    as_json: bool,
    as_csv: bool,
    told: "Callable[[], RenderableType]",
) -> None:
    """Print one JSON object, a comma-separated table, or what a person reads."""
    from experiments.evidence.register import as_csv as table_of
    from experiments.spreadsheet import csv_for

    if as_json:
        print_json({name: rows})
    elif as_csv:
        sys.stdout.write(csv_for(sys.stdout, table_of(fields, rows)))
    else:
        console().print(told())


COMMANDS: dict[str, Callable[..., None]] = {"evidence": evidence}
