"""What does a reader get? A page, its pictures and its tables.

The page says what was moved and how, what came of it, whether that has settled, what luck alone would show, and what was left out.
Every figure of it stands in the tables. No date and no time: the same analysis writes the same bytes.
"""

from itertools import pairwise

import numpy as np
import pandas as pd

from experiments.sensitivity import luck, screen
from experiments.sensitivity.analysis import Analysis
from experiments.sensitivity.outputs import OUTPUTS, Table
from experiments.sensitivity.pictures import title_of
from experiments.spreadsheet import csv_bytes
from model.indicators import INDICATORS

SHOWN, EDGES_SHOWN = 10, 4
DIGITS = "%.6g"


def tables(found: Analysis) -> dict[str, bytes]:
    """The tables as CSV: screening and its course, shares, luck, and which parameters were moved between which ends."""
    space = pd.DataFrame(
        [(axis.name, axis.base, axis.low, axis.high, axis.note) for axis in found.space.axes],
        columns=["parameter", "scenario", "low", "high", "note"],
    )
    made = {"morris": found.morris, "morris_course": found.course, "sobol": found.sobol, "luck": found.luck, "space": space}
    return {f"{name}.csv": _csv(table) for name, table in made.items()}


def one_table(found: Analysis) -> bytes:
    """Screening and shares in one table, for the page that is kept with the code."""
    if not len(found.sobol):
        return _csv(found.morris)
    last = found.sobol[found.sobol["n_blocks"] == found.sobol["n_blocks"].max()].drop(columns=["n_blocks"])
    return _csv(found.morris.merge(last, on=["parameter", "output"], how="left"))


def _csv(table: Table) -> bytes:
    return csv_bytes(table.to_csv(index=False, float_format=DIGITS, lineterminator="\n"))


def page(found: Analysis, command: str, about: str, picture: str) -> str:
    """The page; `picture` is the beginning of its pictures' names."""
    parts = [
        "# Which numbers that nobody knows move the answers?", _head(found, command, about), _summary(found),
        "## Screening", _how_screened(found), f"![What moves the answers]({picture}morris.svg)",
        *(_first_of(found, output) for output in found.outputs),
        "### Has it settled?", _settled(found), f"![Has the screening settled]({picture}morris_convergence.svg)",
        "## Shares of variance", _shares(found, picture), "## What luck alone does", _luck(found),
        "## What was left out", _left_out(found), "## Not distinguishable from luck in any answer", _silent(found),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(found: Analysis, command: str, about: str) -> str:
    n_drawn = sum(bool(axis.note) for axis in found.space.axes)
    return (
        f"Written by `{command}`.\n\n{about} {len(found.space.axes)} parameters of kind *assumed* were moved over their declared "
        f"ranges, all from the first day: a range says what nobody can exclude, not what is likely. The ends of {n_drawn} ranges "
        "were drawn in because they contradict the scenario's other numbers; rules that are off by default are on wherever the "
        "parameter that switches them is not at zero."
    )


def _summary(found: Analysis) -> str:
    above = found.morris[found.morris["is_above_luck"]]
    n_any = above["parameter"].nunique()
    rows = [f"- **{title_of(output)}**: {_first_names(found, output)}" for output in found.outputs]
    return (
        f"{n_any} of {len(found.space.axes)} parameters stand out from luck in at least one answer. The first three of each:\n\n"
        + "\n".join(rows)
    )


def _first_names(found: Analysis, output: str) -> str:
    rows = found.morris[(found.morris["output"] == output) & found.morris["is_above_luck"]].sort_values("rank").head(3)
    return ", ".join(f"`{name}`" for name in rows["parameter"]) or "none stands out"


def _how_screened(found: Analysis) -> str:
    plan, n = found.plan, len(found.space.axes)
    thrown = ", ".join(f"`{name}`" for name in found.switches)
    at_end = (
        f" Whether an institution is there at all ({thrown}) is moved last, from the end of each trajectory, so that all other "
        "numbers are moved in a world that has it."
        if thrown
        else ""
    )
    return (
        f"Morris' method, {plan.n_trajectories} trajectories of {n + 1} points on a grid of {screen.LEVELS} levels (SALib); every "
        f"point with the same {_seeds(plan.seeds)}.{at_end} mu\\* is the mean size of a parameter's effect over its whole range, "
        "mu the mean effect with its sign, sigma how much the effect varies with where the other numbers stand."
    )


def _seeds(seeds: range) -> str:
    return f"seed, {seeds.start}" if len(seeds) == 1 else f"seeds, {seeds.start} to {seeds.stop - 1}"


def _first_of(found: Analysis, output: str) -> str:
    rows = found.morris[found.morris["output"] == output].sort_values("rank")
    n_above = int(rows["is_above_luck"].sum())
    unit = INDICATORS[output].unit if output in INDICATORS else "1"
    table = [
        f"| {row['rank']} | `{row['parameter']}` | {_n(row['mu_star'])} | {_n(row['mu_star_conf'])} | {_n(row['mu'])} "
        f"| {_n(row['sigma'])} | {_n(row['mu_star_standardised'])} | {_n(row['mu_star_of_luck'])} | {row['n_steps']} |"
        for row in rows.head(SHOWN).to_dict("records")
    ]
    head = (
        f"### {title_of(output)[0].upper()}{title_of(output)[1:]}\n\n`{output}` [{unit}]; {n_above} of {len(rows)} parameters "
        "stand out from luck.\n\n| rank | parameter | mu\\* | ± | mu | sigma | mu\\* in sd | luck | steps |\n"
        "|---|---|---|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(table)


def _settled(found: Analysis) -> str:
    if not len(found.agreement):
        return "Two trajectories or three show no course."
    steps = list(dict.fromkeys(zip(found.agreement["from"], found.agreement["to"], strict=True)))
    head = "| answer | " + " | ".join(f"{a} to {b}" for a, b in steps) + " |\n|---|" + "---|" * len(steps) + "\n"
    rows = []
    for output in found.outputs:
        mine = found.agreement[found.agreement["output"] == output]
        cells = [f"{row['rank_correlation']:.3f}; {row['n_first_kept']}" for row in mine.to_dict("records")]
        rows.append(f"| {title_of(output)} | " + " | ".join(cells) + " |")
    return (
        "After every second trajectory: the rank correlation of mu\\* with that before, over all parameters, and how many of the "
        f"first {screen.LOOKED_AT} stayed among them.\n\n" + head + "\n".join(rows)
    )


def _shares(found: Analysis, picture: str) -> str:
    if not len(found.sobol):
        return "No parameter stood out from luck, so there is nothing to be shared."
    n_most = int(found.sobol["n_blocks"].max())
    last = found.sobol[found.sobol["n_blocks"] == n_most]
    head = (
        f"The {len(found.survivors)} parameters that came first for any answer, taken in turn, vary together and evenly over their "
        f"ranges in Saltelli's design: {n_most:,} blocks, {n_most * (len(found.survivors) + 2):,} points. Every other number stays "
        "at the scenario's value, and institutions run as the scenario has them. S1: the parameter alone; ST: with all that it "
        "does together with others. In brackets the half of the bootstrapped 95 % interval.\n\n"
        f"![Shares of variance]({picture}sobol.svg)\n\n"
    )
    names = [title_of(output) for output in found.outputs]
    table = "| parameter | " + " | ".join(names) + " |\n|---|" + "---|" * len(names) + "\n"
    cells = last.set_index(["parameter", "output"])
    for name in found.survivors:
        table += f"| `{name}` | " + " | ".join(_cell(cells.loc[(name, output)]) for output in found.outputs) + " |\n"
    return (
        f"{head}S1 / ST:\n\n{table}\n{_left_blocks(last)}### Have they settled?\n\n{_course_of_shares(found)}\n\n"
        f"![Have the shares settled]({picture}sobol_convergence.svg)"
    )


def _cell(row: Table) -> str:
    if np.isnan(float(row["st"])):
        return "none"
    return f"{float(row['s1']):.2f} / {float(row['st']):.2f} [{float(row['st_conf']):.2f}]"


def _left_blocks(last: Table) -> str:
    counted = last.groupby("output", sort=False)["n_blocks_left_out"].first()
    said = [f"{title_of(str(output))} {n}" for output, n in counted.items() if n]
    if not said:
        return ""
    return (
        f"Blocks left out because a point gave no answer: {', '.join(said)}. What is said of these answers is about worlds that "
        "have them; an answer for which more than half of the blocks are missing has no indices.\n\n"
    )


def _course_of_shares(found: Analysis) -> str:
    numbers = sorted({int(n) for n in found.sobol["n_blocks"]})
    rows = []
    for output in found.outputs:
        mine = found.sobol[found.sobol["output"] == output]
        by_n = [mine[mine["n_blocks"] == n].set_index("parameter") for n in numbers]
        moves = [float((b["st"] - a["st"]).abs().max()) for a, b in pairwise(by_n)]
        widest = [float(each["st_conf"].max()) for each in by_n]
        rows.append(f"| {title_of(output)} | " + " | ".join(_n(x) for x in [*moves, *widest]) + " |")
    names = [f"greatest change of ST, {a:,} to {b:,} blocks" for a, b in pairwise(numbers)]
    names += [f"widest half interval at {n:,}" for n in numbers]
    return "| answer | " + " | ".join(names) + " |\n|---|" + "---|" * len(names) + "\n" + "\n".join(rows)


def _luck(found: Analysis) -> str:
    rows = [
        f"| {title_of(row['output'])} | {_n(row['base'])} | {_n(row['sd_of_luck'])} | {_n(row['sd_of_screening'])} "
        f"| {_n(row['sd_of_shares'])} | {_n(row['share_of_luck'])} |"
        for row in found.luck.to_dict("records")
    ]
    return (
        f"The scenario itself with {luck.N_SEEDS} seeds. From the spread between seeds follows the mu\\* that luck alone would "
        "stay below in 19 of 20 cases, were a step to reshuffle every die; a parameter below it is not distinguishable from luck. "
        "Points share their dice, so most of the luck cancels: the line is a cautious one. The last column is the variance between "
        "seeds in that of the shares' design.\n\n"
        "| answer | at the scenario | sd between seeds | sd over the screening | sd over the shares | luck in the latter |\n"
        "|---|---|---|---|---|---|\n" + "\n".join(rows)
    )


def _left_out(found: Analysis) -> str:
    rows = [
        f"| {stage.name} | {stage.n_points:,} | {stage.n_drawn:,} | {stage.n_failed:,} | {stage.n_without_value:,} |"
        for stage in found.stages
    ]
    errors = dict.fromkeys(stage.first_error for stage in found.stages if stage.first_error)
    said = "".join(f"\nA run that failed says: {error}." for error in errors)
    names = ", ".join(f"`{name}`" for name in found.space.left_out)
    said += _edges(found)
    return (
        "A point whose numbers contradict each other is drawn towards the scenario until it is allowed. A run that failed, and an "
        "answer without a value (the referral rate of a world without alliance visits), cost the two steps of the trajectory that "
        "they end, or their block of the shares; nothing is put in their place.\n\n"
        "| stage | points | of them drawn in | runs that failed | answers without a value |\n|---|---|---|---|---|\n"
        + "\n".join(rows) + "\n" + said + (f"\n\nNot moved: {names}." if names else "")
    ).rstrip()  # fmt: skip


def _edges(found: Analysis) -> str:
    """Whose steps made an answer come or go: numbers that decide whether there is an alliance to be asked about."""
    lines = []
    for output in found.outputs:
        rows = found.morris[(found.morris["output"] == output) & (found.morris["n_edges"] > 0)]
        first = rows.sort_values("n_edges", ascending=False, kind="stable").head(EDGES_SHOWN)
        said = ", ".join(f"`{row['parameter']}` ({row['n_edges']} steps)" for row in first.to_dict("records"))
        lines += [f"- {title_of(output)}: {said}"] if said else []
    return (
        "\nAn answer came or went, by a failure or for want of cases, most often in steps of:\n\n" + "\n".join(lines)
        if lines
        else ""
    )


def _silent(found: Analysis) -> str:
    rows = found.morris.groupby("parameter", sort=False).agg(above=("is_above_luck", "any"), most=("mu_star", "max"))
    still = [f"`{name}`" for name in rows.index[rows["most"] == 0]]
    lost = [f"`{name}`" for name in rows.index[~rows["above"] & (rows["most"] != 0)]]
    text = f"{len(lost)} parameters move an answer, but no more than luck could: {', '.join(lost)}." if lost else ""
    if still:
        text += f"\n\n{len(still)} parameters changed no answer in any step: {', '.join(still)}."
    return text.strip() or "None."


def _n(value: float) -> str:
    """A figure as people write it."""
    if np.isnan(value):
        return ""
    if abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def about(title: str, n_children: int, n_weeks: int) -> str:
    """What world this is about."""
    return f"{title}, {n_children:,} children, {n_weeks} weeks after the burn-in; {len(OUTPUTS)} answers over all of these weeks."
