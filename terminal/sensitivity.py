"""Which assumed numbers move the answers? One command for screening and shares.

alliance sensitivity scenarios/huaxi.toml --out DIR                    screen all assumed parameters, then share the variance
alliance sensitivity ... --page docs/sensitivity.md                    write the page that is kept with the code, too

Runs are kept in DIR/sweep and found again: after Ctrl-C the same command goes on, and more trajectories run only what is missing.
"""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from model.refusal import ScenarioError, printable
from model.typed import typed
from terminal.district import check_file
from terminal.stop import stoppable

if TYPE_CHECKING:
    from experiments.sensitivity.analysis import Analysis, Plan
    from experiments.sweep.design import Frame
    from experiments.sweep.means import Means

CHILDREN_SCREENED = "20000"
MOST_TRAJECTORIES, MOST_SURVIVORS = 1_000, 60
SWEEP, PAGE, PERIOD = "sweep", "sensitivity.md", "case"


def sensitivity(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file: scenarios/huaxi.toml")],
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where runs, tables, pictures and the page are kept.")] = None,
    trajectories: Annotated[str, typer.Option(metavar="N", help="Of the screening: N x (parameters + 1) points.")] = "10",
    samples: Annotated[
        str, typer.Option(metavar="N", help="Blocks of the shares: N x (survivors + 2) points; 8, 16, 32...")
    ] = "128",
    survivors: Annotated[str, typer.Option(metavar="N", help="At most so many parameters whose shares are taken.")] = "12",
    children: Annotated[str | None, typer.Option(metavar="N", help="Children in the zone.  [20000]")] = None,
    weeks: Annotated[
        str | None, typer.Option(metavar="N", help="Weeks after the burn-in.  [to the end of the policy years]")
    ] = None,
    seed: Annotated[str, typer.Option(metavar="N", help="The first seed, and that of the design.")] = "1",
    seeds: Annotated[str, typer.Option(metavar="N", help="Seeds for each point; an answer is their mean.")] = "1",
    workers: Annotated[str, typer.Option(metavar="N", help="Processes on this machine.")] = "2",
    page: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the page, its pictures and one table there, too.")
    ] = None,
) -> None:
    """Screen all assumed parameters (Morris), then share the variance among those that matter (Sobol)."""
    from experiments.sweep.means import read_means

    means = read_means(workers=workers)
    if out is None:
        raise ScenarioError("--out", "is not given", "allowed is --out DIR, the folder in which runs and results are kept")
    check_file("--page", page, (".md",))
    plan = read_plan(trajectories, samples, survivors, seed, seeds)
    frame = read_frame(scenario, children, weeks)
    of_files = frame.scenario.district is not None
    asked = {
        "--trajectories": trajectories, "--samples": samples, "--survivors": survivors, "--weeks": weeks, "--seed": seed,
        "--seeds": seeds, "--children": None if of_files else str(frame.scenario.values["population.n_children"]),
    }  # fmt: skip
    said = [word for option, text in asked.items() if text is not None for word in (option, text)]
    found = _found(frame, scenario, out, means, plan)
    _write(found, frame, out, page, shlex.join(["alliance", "sensitivity", scenario, *said]))


def read_plan(trajectories: str, samples: str, survivors: str, seed: str, seeds: str) -> "Plan":
    """How much a command line asks for; raises ScenarioError."""
    from experiments.request import LARGEST_SEED, MOST_SEEDS, whole_number
    from experiments.sensitivity.analysis import Plan
    from experiments.sensitivity.luck import N_SEEDS
    from experiments.sensitivity.share import FEWEST_BLOCKS, MOST_BLOCKS

    n_seeds = whole_number("--seeds", seeds, 1, MOST_SEEDS)
    first = whole_number("--seed", seed, 0, LARGEST_SEED - max(n_seeds, N_SEEDS) + 1)
    n_blocks = whole_number("--samples", samples, FEWEST_BLOCKS, MOST_BLOCKS)
    if n_blocks & (n_blocks - 1):
        raise ScenarioError("--samples", samples, f"allowed is a power of two from {FEWEST_BLOCKS} to {MOST_BLOCKS:,}")
    return Plan(
        whole_number("--trajectories", trajectories, 2, MOST_TRAJECTORIES),
        n_blocks,
        range(first, first + n_seeds),
        whole_number("--survivors", survivors, 1, MOST_SURVIVORS),
    )


def read_frame(scenario: str, children: str | None, weeks: str | None) -> "Frame":
    """What all runs have in common; a district has the children of its files. Raises ScenarioError."""
    from experiments.sweep.read import design_of, said_in_options
    from model.look import loaded

    world = loaded(scenario)
    n_children = CHILDREN_SCREENED if children is None and world.district is None else children
    said = {"from": "start", "weeks": weeks, "children": n_children, "period": PERIOD}
    return design_of(world, {}, said_in_options(said)).frame


def _found(frame: "Frame", source: str, out: Path, means: "Means", plan: "Plan") -> "Analysis":
    from experiments.sensitivity.analysis import analyse
    from experiments.sensitivity.outputs import OUTPUTS
    from experiments.sensitivity.runs import Runs
    from experiments.sensitivity.space import space_of
    from experiments.sweep.progress import progress

    place = typed(out)
    with stoppable(f"finished runs are kept in {place}, and the same command goes on with the rest"), progress() as listeners:
        model = Runs(frame, source, out / SWEEP, means, listeners)
        return analyse(space_of(frame.scenario), model, plan, tuple(OUTPUTS), listeners.say)


def _write(found: "Analysis", frame: "Frame", out: Path, page: Path | None, command: str) -> None:
    """Write what came of it, whole or not at all, and say where; raises ScenarioError."""
    from experiments.sensitivity import page as pages
    from experiments.sensitivity.pictures import pictures
    from experiments.store import write_files

    scenario, drawn = frame.scenario, pictures(found)
    about = pages.about(scenario.title or scenario.name, int(scenario.values["population.n_children"]), frame.n_weeks)
    files = pages.tables(found) | {f"{name}.svg": picture for name, picture in drawn.items()}
    write_files(out, files | {PAGE: pages.page(found, f"{command} --out DIR", about, "").encode()})
    if page is not None:
        start = f"{page.stem}_"
        kept = {f"{start}{name}.svg": picture for name, picture in drawn.items()}
        text = pages.page(found, f"{command} --out DIR --page {page.name if page.is_absolute() else page.as_posix()}", about, start)
        write_files(page.parent, kept | {f"{page.stem}.csv": pages.one_table(found), page.name: text.encode()})
    for name in ([] if page is None else [str(page)]) + [str(out / PAGE)]:
        print(f"Written: {printable(name)}")


COMMANDS: dict[str, Callable[..., None]] = {"sensitivity": sensitivity}
