"""Fit the free numbers to what is known: alliance calibrate SCENARIO --out DIR."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from model.refusal import ScenarioError, printable, shortened
from terminal.looking import console
from terminal.stop import stoppable

if TYPE_CHECKING:
    from experiments.calibration.fit import Effort
    from experiments.calibration.readings import Reading

ALL = "all"
MOST = 10_000


def calibrate(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file: scenarios/huaxi.toml")],
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where every run and the results are kept.")] = None,
    reading: Annotated[
        str | None, typer.Option(metavar="NAME", help="One of the four readings, or 'all': the scenario and all four.")
    ] = None,
    covid: Annotated[bool, typer.Option("--covid/--without-covid", help="With the COVID of 2020, or in a world without.")] = True,
    share: Annotated[
        str | None, typer.Option("--share-in-zone", metavar="X", help="Share of the known visits given in the zone.  [0.6]")
    ] = None,
    generations: Annotated[str | None, typer.Option(metavar="N", help="Generations of the search.  [10; readings 6]")] = None,
    size: Annotated[str | None, typer.Option(metavar="N", help="Points of a generation.  [24]")] = None,
    wave: Annotated[str | None, typer.Option(metavar="N", help="Points of a wave of history matching.  [48; readings 40]")] = None,
    polish: Annotated[str | None, typer.Option(metavar="N", help="Seeds for the last point.  [60; readings 40]")] = None,
    children: Annotated[str | None, typer.Option(metavar="N", help="Children in the zone.")] = None,
    workers: Annotated[str, typer.Option(metavar="N", help="Processes on this machine.")] = "2",
) -> None:
    """Fit the free numbers to what is known; a calibration that was stopped goes on with the same command."""
    from experiments.request import CHILDREN, LARGEST_SEED, whole_number
    from experiments.sweep.means import read_means
    from model.look import loaded

    if out is None:
        raise ScenarioError("--out", "is not given", "allowed is --out DIR, the folder in which every run is kept")
    means = read_means(workers=workers)
    world = loaded(scenario)
    if children is not None:
        world = world.with_settings({CHILDREN: whole_number("--children", children, 0, LARGEST_SEED)}, where="--children")
    efforts = [_effort(kind, generations, size, wave, polish) for kind in (None, "reading")]
    chosen = _readings(reading)
    share_in_zone = None if share is None else _share(share)

    from experiments.calibration.calibrate import Question, calibrate, without_covid
    from experiments.calibration.report import summary
    from experiments.sweep import executor
    from experiments.sweep.progress import progress

    world = world if covid else without_covid(world)
    again = printable(shlex.join(["alliance", *sys.argv[1:]]))
    kept = f"every finished run is kept, and this goes on with the rest: {again}"
    with stoppable(kept), progress() as listeners, executor.processes(means.n_workers) as pool:
        means = replace(means, executor=pool)
        for one in chosen:
            question = Question(world, scenario, one, share_in_zone)
            listeners.say(f"{question.name}: calibrating")
            found = calibrate(question, out, efforts[one is not None], means, listeners, listeners.say)
            console().print(summary(question, found, out))


COMMANDS: dict[str, Callable[..., None]] = {"calibrate": calibrate}


def _readings(name: str | None) -> list[Reading | None]:
    from experiments.calibration.readings import readings

    if name is None:
        return [None]
    if name == ALL:
        return [None, *readings()]
    found = [one for one in readings() if name in (one.letter, one.name)]
    if not found:
        allowed = ", ".join([ALL, *(f"{one.name} ({one.letter})" for one in readings())])
        raise ScenarioError("--reading", shortened(name), f"allowed are {allowed}")
    return list(found)


def _share(text: str) -> float:
    from model.known import SHARE_IN_ZONE, declared_figures

    datum = declared_figures()[SHARE_IN_ZONE]
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not (datum.low or 0.0) <= value <= (datum.high or 1.0):
        raise ScenarioError("--share-in-zone", shortened(text), f"allowed is a number from {datum.low:g} to {datum.high:g}")
    return value


def _effort(kind: str | None, generations: str | None, size: str | None, wave: str | None, polish: str | None) -> Effort:
    from experiments.calibration.fit import Effort, effort_of_reading
    from experiments.request import whole_number

    usual = Effort() if kind is None else effort_of_reading()
    asked = {
        "generations": ("--generations", generations, 1), "generation_size": ("--size", size, 4), "wave_size": ("--wave", wave, 8),
        "polish_seeds": ("--polish", polish, 2),
    }  # fmt: skip
    given = {name: whole_number(option, text, least, MOST) for name, (option, text, least) in asked.items() if text is not None}
    return replace(usual, **given)
