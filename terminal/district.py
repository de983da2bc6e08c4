"""A planner's own district: a template, its mistakes, its figures and its map, before anything runs.

alliance new-district DIR    write a template that runs as it is
alliance district DIR        every mistake by file, line and column; else a summary and a map
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from model.refusal import ScenarioError, printable, shortened
from model.typed import typed
from terminal.looking import console

if TYPE_CHECKING:
    from rich.console import RenderableType

    from model.district import District
    from model.district_mistakes import Mistakes
    from model.settings import Settings

BAD_INPUT = 2


def new_district(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")]) -> None:
    """Write a template of a district of your own: tables, a scenario that runs as it is, a README."""
    from experiments.district_template import SCENARIO, template_files, write_template

    write_template(folder)
    print(f"Written into {printable(str(folder))}: {', '.join(template_files())}.")
    print(f"Put in your own numbers, then: alliance district {typed(folder)}; alliance run {typed(folder / SCENARIO)}")


def show_district(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A district's folder, or a scenario that names one.")],
    map_file: Annotated[Path | None, typer.Option("--map", metavar="FILE", help="Draw the map: a .png or .svg file.")] = None,
    travel_file: Annotated[
        Path | None, typer.Option("--travel", metavar="FILE", help="Write the minutes of travel as a matrix, a .csv file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Check a district's files, then show who lives where, who gives care, what is far; nothing is simulated."""
    check_file("--map", map_file, (".png", ".svg"))
    check_file("--travel", travel_file, (".csv",))
    from experiments import district_report

    name, district, settings, mistakes = read_folder(folder)
    if district is None:
        listed = [mistake.record() for mistake in mistakes.found]
        show({"district": name, "mistakes": listed}, as_json, lambda: district_report.mistakes_table(mistakes.found, mistakes.n))
        raise typer.Exit(BAD_INPUT)
    from experiments.district import figures_of, travel_matrix

    figures = figures_of(district, settings)
    if map_file is not None:
        from experiments.district_map import draw_map

        write(map_file, draw_map(district, name, map_file.suffix.lower()))
    if travel_file is not None:
        write(travel_file, travel_matrix(district, settings))
    found = {"district": name, "fingerprint": district.fingerprint, "mistakes": []} | asdict(figures)
    show(found, as_json, lambda: district_report.summary(name, district, figures))


def read_folder(folder: Path) -> "tuple[str, District | None, Settings | None, Mistakes]":
    """Name, district (None if it has mistakes), values of the scenario beside it, and all mistakes; raises ScenarioError."""
    from experiments.district_template import SCENARIO
    from model.district_check import check_district
    from model.district_mistakes import Mistakes
    from model.scenario import load_scenario

    file, mistakes = folder, Mistakes()
    if folder.suffix != ".toml":
        district, mistakes = check_district(folder)
        file = folder / SCENARIO
        if district is None or not file.is_file():
            return folder.absolute().name, district, None, mistakes
    scenario = load_scenario(file)
    if scenario.district is None:
        raise ScenarioError(file.name, "names no district", 'allowed is a scenario with [district] and folder = "..."')
    name = scenario.title or (scenario.name if file == folder else folder.absolute().name)
    return " ".join(name.split()), scenario.district, scenario.values, mistakes


def check_file(option: str, file: Path | None, endings: tuple[str, ...]) -> None:
    """Refuse a file that cannot be written, before anything else is done; raises ScenarioError."""
    from experiments.store import check_folder

    if file is None:
        return
    if file.suffix.lower() not in endings or file.is_dir():
        raise ScenarioError(option, shortened(file.name), f"allowed is the name of a file that ends in {' or '.join(endings)}")
    check_folder(file.parent)


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises ScenarioError."""
    from experiments.store import write_files

    write_files(file.parent, {file.name: content})


def show(found: dict[str, Any], as_json: bool, told: "Callable[[], RenderableType]") -> None:
    """Print one JSON object, or what a person reads."""
    if as_json:
        sys.stdout.write(json.dumps(found, allow_nan=False) + "\n")
    else:
        console().print(told())


COMMANDS: dict[str, Callable[..., None]] = {"new-district": new_district, "district": show_district}
