"""How far do the known figures pin down the free numbers, in each reading?

A row a parameter over its declared range; a bar is the middle nine tenths of a posterior sample, a dot the best point, a thin
line what the reading may search. Bars as wide as their line say: what is known does not tell.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.calibration.space import Free, free_parameters
from model.parameters import declarations

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from experiments.calibration.found import Found

STYLE: dict[Any, Any] = {"svg.hashsalt": "alliance", "svg.fonttype": "path", "font.size": 9.0}
COLOURS = ("#3d4852", "#0072b2", "#009e73", "#d55e00", "#cc79a7")  # told apart by colour-blind eyes too
LOW, HIGH = 0.05, 0.95
INCHES_PER_ROW, WIDTH = 0.62, 9.6
SPREAD = 0.30  # half the height of a row that its bars take


def posterior_picture(found: list[Found]) -> bytes:
    """The picture as SVG: the same samples, the same bytes."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    frees = free_parameters()
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, INCHES_PER_ROW * len(frees) + 1.2), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        for row, free in enumerate(frees):
            _row(axes, row, free, found)
        axes.set_yticks(range(len(frees)), [free.name for free in frees])
        axes.set_ylim(len(frees) - 0.5, -0.5)
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks([0.0, 0.5, 1.0], ["lowest declared", "middle", "highest declared"])
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color="#e4e7eb", linewidth=0.6)
        handles = [
            axes.plot([], [], color=colour, linewidth=4, label=one.label)[0] for one, colour in zip(found, COLOURS, strict=False)
        ]
        axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.4, -0.04), ncols=3, frameon=False)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _row(axes: Axes, row: int, free: Free, found: list[Found]) -> None:
    n = len(found)
    for place, (one, colour) in enumerate(zip(found, COLOURS, strict=False)):
        y = row + (0.0 if n == 1 else SPREAD * (2 * place / (n - 1) - 1))
        low, high = free.range_in("" if one.reading is None else one.reading.letter)
        axes.plot([_share(free, low), _share(free, high)], [y, y], color=colour, linewidth=0.7, alpha=0.6, solid_capstyle="butt")
        if len(one.posterior):
            ends = [_share(free, value) for value in np.quantile(one.posterior[free.name].to_numpy(float), (LOW, HIGH))]
            axes.plot(ends, [y, y], color=colour, linewidth=3.4, solid_capstyle="butt")
        axes.plot(_share(free, one.best[free.name]), y, "o", color="white", markeredgecolor=colour, markersize=4.2)


def _share(free: Free, value: float) -> float:
    """Where a value lies in the declared range, from 0 to 1."""
    declared = declarations()[free.name]
    if free.scale == "log":
        return math.log(value / declared.low) / math.log(declared.high / declared.low)
    return (value - declared.low) / (declared.high - declared.low)
