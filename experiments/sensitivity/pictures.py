"""What does a sensitivity analysis look like?

Four pictures as SVG, the same bytes for the same tables: mu* against sigma, their course as trajectories are added, shares of
variance, their course as blocks are added. Answers stand in standard deviations over the points of the screening, so that five
answers can be looked at side by side.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.picture import FAINT, FLOW, INK, REFERRAL
from experiments.sensitivity.outputs import OUTPUTS, Table
from experiments.sensitivity.screen import LOOKED_AT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.sensitivity.analysis import Analysis

STYLE: dict[Any, Any] = {
    "svg.hashsalt": "alliance", "font.size": 9.0, "text.color": INK, "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": FAINT, "xtick.color": FLOW, "ytick.color": FLOW, "axes.labelcolor": FLOW,
}  # fmt: skip
WIDTH = 10.0  # inches
ROW, BAR, HEAD = 2.75, 0.36, 1.0
LABELLED, LEAST = 10, 5e-3  # named in the cloud; the smallest effect in it, as a share of the largest
LOWEST_RANK = 24  # of the picture; what lies below is drawn at its edge
PALE, DEEP = "#c3ccd5", "#2f6f9f"
LINES = (
    "#b4411f", "#2f6f9f", "#7a5195", "#e0a100", "#3d8c5a", "#1f2933",
    "#d98a6c", "#7fb1d3", "#b79bcc", "#8a6d1b", "#93c7a6", "#7b8794",
)  # fmt: skip


def title_of(output: str) -> str:
    """What an output is called in a picture."""
    return OUTPUTS.get(output, output)


def pictures(found: Analysis) -> dict[str, bytes]:
    """Every picture by name; shares only where something survived the screening."""
    drawn: dict[str, Callable[[Analysis], Figure]] = {"morris": morris, "morris_convergence": morris_convergence}
    if len(found.sobol):
        drawn |= {"sobol": sobol, "sobol_convergence": sobol_convergence}
    return {name: _svg(draw, found) for name, draw in drawn.items()}


def _svg(draw: Callable[[Analysis], Figure], found: Analysis) -> bytes:
    from matplotlib import rc_context

    buffer = io.BytesIO()
    with rc_context(STYLE):
        draw(found).savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _figure(height: float, title: str, below: str) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    figure.text(0.02, 1 - 0.15 / height, title, fontsize=14, fontweight="bold", va="top")
    figure.text(0.02, 1 - 0.47 / height, below, fontsize=9, color=FAINT, va="top")
    return figure


def _scale_of(rows: Table) -> float:
    """The standard deviation by which the figures of one output were divided."""
    known = rows[(rows["mu_star_standardised"] > 0) & (rows["mu_star"] > 0)]
    return float((known["mu_star"] / known["mu_star_standardised"]).iloc[0]) if len(known) else 1.0


def morris(found: Analysis) -> Figure:
    """mu* against sigma, a panel an output, the first ten numbered and named."""
    height = HEAD + ROW * len(found.outputs)
    below = (
        "One dot a parameter. Across: mean size of its effect over its whole range, which the list gives with its sign;\n"
        "up: how much the effect varies with the other numbers; in standard deviations of the answer, on logarithmic scales.\n"
        "Pale: not distinguishable from luck. Dashed: sigma = mu*."
    )
    figure = _figure(height, "What moves the answers: screening", below)
    for n, output in enumerate(found.outputs):
        rows = found.morris[found.morris["output"] == output].sort_values("rank")
        bottom = 1 - (HEAD + ROW * (n + 1) - 0.55) / height
        axes = figure.add_axes((0.07, bottom, 0.46, (ROW - 0.85) / height))
        _cloud(axes, rows, title_of(output), is_last=n == len(found.outputs) - 1)
        _names(figure, rows, 0.57, bottom, (ROW - 0.85) / height)
    return figure


def _cloud(axes: Axes, rows: Table, title: str, *, is_last: bool) -> None:
    scale = _scale_of(rows)
    x, y = rows["mu_star"].to_numpy() / scale, rows["sigma"].to_numpy() / scale
    lowest = 1.1 * LEAST * 2 * float(np.nanmax([*x, *y, LEAST]))  # of the picture: what lies below is drawn at its edge
    y = np.where(x > lowest, np.maximum(y, lowest), y)
    colours = [DEEP if is_above else PALE for is_above in rows["is_above_luck"]]
    axes.scatter(x, y, s=20, c=colours, edgecolors="white", linewidths=0.4, zorder=3)
    for rank in range(min(LABELLED, len(rows))):
        if np.isfinite(x[rank]) and x[rank] > 0:
            beside, side = ((-4, 5), "right") if rank % 2 else ((4, -9), "left")
            at = (x[rank], y[rank])
            axes.annotate(str(rank + 1), at, xytext=beside, textcoords="offset points", fontsize=9, ha=side, zorder=4)
    largest = 2 * float(np.nanmax([*x, *y, LEAST]))
    axes.plot([LEAST * largest, largest], [LEAST * largest, largest], color=FAINT, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
    for scale_of, limit in ((axes.set_xscale, axes.set_xlim), (axes.set_yscale, axes.set_ylim)):
        scale_of("log")
        limit(LEAST * largest, largest)
    axes.set_title(title, loc="left", fontsize=10.5, fontweight="bold")
    axes.set_ylabel("sigma")
    if is_last:
        axes.set_xlabel("mu*")


def _names(figure: Figure, rows: Table, left: float, bottom: float, height: float) -> None:
    first = rows.head(LABELLED)
    for place, (_, row) in enumerate(first.iterrows()):
        y = bottom + height * (1 - (place + 0.5) / LABELLED)
        is_above = bool(row["is_above_luck"])
        effect = "" if np.isnan(row["mu_star_standardised"]) else f"{row['mu_star_standardised']:.2f}"
        sign = "" if np.isnan(row["mu"]) else "+" if row["mu"] > 0 else "−" if row["mu"] < 0 else ""
        colour = INK if is_above else FAINT
        figure.text(left, y, f"{place + 1}", fontsize=9, va="center", ha="right", color=colour, fontweight="bold")
        figure.text(left + 0.012, y, str(row["parameter"]), fontsize=9, va="center", color=colour)
        figure.text(0.98, y, f"{sign} {effect}", fontsize=9, va="center", ha="right", color=colour)


def morris_convergence(found: Analysis) -> Figure:
    """mu* and rank of the last first twelve as trajectories are added."""
    height = HEAD + (ROW + 0.35) * len(found.outputs)
    below = (
        f"The {LOOKED_AT} that stand first in the end. Left: mu* in standard deviations of the answer; right: the rank; ranks\n"
        f"below {LOWEST_RANK} are drawn at the lower edge. Across: trajectories. Lines that run level have settled."
    )
    figure = _figure(height, "Has the screening settled?", below)
    for n, output in enumerate(found.outputs):
        rows = found.morris[found.morris["output"] == output].sort_values("rank")
        names = [str(name) for name in rows["parameter"].head(LOOKED_AT)]
        course = found.course[found.course["output"] == output]
        bottom, tall = 1 - (HEAD + (ROW + 0.35) * (n + 1) - 0.45) / height, (ROW - 0.4) / height
        left = figure.add_axes((0.06, bottom, 0.25, tall))
        right = figure.add_axes((0.36, bottom, 0.21, tall))
        _courses(left, right, course, names, _scale_of(rows))
        left.set_title(title_of(output), loc="left", fontsize=10.5, fontweight="bold")
    return figure


def _courses(left: Axes, right: Axes, course: Table, names: list[str], scale: float) -> None:
    last = max(LOWEST_RANK, len(names))
    for place, name in enumerate(names):
        rows = course[course["parameter"] == name].sort_values("n_trajectories")
        x, colour = rows["n_trajectories"].to_numpy(), LINES[place % len(LINES)]
        left.plot(x, rows["mu_star"].to_numpy() / scale, color=colour, marker="o", markersize=2.5, linewidth=1.3)
        right.plot(x, rows["rank"].clip(upper=last).to_numpy(), color=colour, marker="o", markersize=2.5, linewidth=1.3)
        height, end = 1 - (place + 0.5) / len(names), (last + 0.7 - (place + 1)) / (last + 0.4)
        right.plot([1.0, 1.13], [end, height], transform=right.transAxes, clip_on=False, color=colour, linewidth=0.8)
        right.text(1.15, height, name, transform=right.transAxes, fontsize=8.5, va="center")
    numbers = sorted({int(n) for n in course["n_trajectories"]})
    for axes in (left, right):
        axes.set_xticks(numbers)
    left.set_ylim(bottom=0)
    right.set_ylim(last + 0.7, 0.3)
    right.set_yticks([1, 6, 12, 18, 24])


def _panels(found: Analysis, title: str, below: str) -> tuple[Figure, list[Axes], list[str]]:
    """One panel an output beside the names of the survivors, the one that brings most on top."""
    last = found.sobol[found.sobol["n_blocks"] == found.sobol["n_blocks"].max()]
    mean = last.groupby("parameter")["st"].mean().fillna(0.0)
    names = sorted(found.survivors, key=lambda name: (float(mean[name]), name))
    high = BAR * len(names)
    height = HEAD + high + 0.95
    figure = _figure(height, title, below)
    names_end, n = 0.315, len(found.outputs)
    width = (0.985 - names_end) / n
    panels = [
        figure.add_axes((names_end + k * width + 0.005, 0.5 / height, width - 0.018, high / height)) for k in range(n)
    ]  # fmt: skip
    for k, (axes, output) in enumerate(zip(panels, found.outputs, strict=True)):
        axes.set_title("\n".join(wrap(title_of(output), 16)), loc="left", fontsize=9)
        axes.set_ylim(-0.6, len(names) - 0.4)
        axes.set_yticks(range(len(names)), names if k == 0 else [""] * len(names), color=INK, fontsize=8.5)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(-0.03, 1.08)
        axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        axes.grid(axis="x", color=PALE, linewidth=0.5)
        axes.set_axisbelow(True)
    return figure, panels, names


def _of(found: Analysis, output: str, n_blocks: int, names: list[str]) -> Table:
    is_in = (found.sobol["output"] == output) & (found.sobol["n_blocks"] == n_blocks)
    return found.sobol[is_in].set_index("parameter").loc[names]


def _say_none(axes: Axes) -> None:
    axes.text(0.5, 0.5, "no indices:\nthe answer is missing\nor does not vary", transform=axes.transAxes, ha="center", color=FAINT)


def sobol(found: Analysis) -> Figure:
    """Shares of variance, alone and in all, with bootstrapped intervals."""
    below = (
        "Pale: alone (S1). Full: with all that it does together with other numbers (ST). Lines: bootstrapped 95 % intervals.\n"
        "Shares of the variance of the answer when these parameters vary over their ranges and all others stay."
    )
    figure, panels, names = _panels(found, "Who brings the variance: Sobol's indices", below)
    for axes, output in zip(panels, found.outputs, strict=True):
        rows = _of(found, output, int(found.sobol["n_blocks"].max()), names)
        if rows["st"].isna().all():
            _say_none(axes)
            continue
        y = np.arange(len(names))
        for name, shift, colour, edge in (("st", 0.19, REFERRAL, INK), ("s1", -0.19, "#e3b9a6", FAINT)):
            axes.barh(y + shift, rows[name].clip(lower=0), height=0.36, color=colour)
            axes.errorbar(rows[name], y + shift, xerr=rows[f"{name}_conf"], fmt="none", ecolor=edge, elinewidth=0.9)
    return figure


def sobol_convergence(found: Analysis) -> Figure:
    """ST after a quarter, half and all of the blocks."""
    numbers = sorted({int(n) for n in found.sobol["n_blocks"]})
    said = ", ".join(f"{n:,}" for n in numbers)
    below = (
        f"ST after {said} blocks, pale to full, with bootstrapped 95 % intervals. Dots of one row that lie upon each other, and\n"
        "lines that shrink: the shares have settled."
    )
    figure, panels, names = _panels(found, "Have the shares settled?", below)
    for axes, output in zip(panels, found.outputs, strict=True):
        for k, n in enumerate(numbers):
            rows = _of(found, output, n, names)
            if rows["st"].isna().all():
                if n == numbers[-1]:
                    _say_none(axes)
                continue
            y = np.arange(len(names)) + 0.24 * (len(numbers) - 1 - 2 * k) / max(1, len(numbers) - 1)
            colour = (PALE, "#7fb1d3", DEEP)[k + 3 - len(numbers)]
            axes.errorbar(rows["st"], y, xerr=rows["st_conf"], fmt="o", markersize=3.5, color=colour, elinewidth=1.1)
    return figure
