"""What does an answer look like? A forest: a panel for each main figure, a line for each reading, chance thick, numbers thin.

The same runs give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.answers.numbers import effects_of, spread_of
from experiments.answers.policy import Question
from experiments.answers.readings import Reading
from experiments.answers.run import differences_of
from experiments.answers.verdict import verdict
from experiments.answers.words import figure_of, main_figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, PALE, RULE = "#22313f", "#7f8c8d", "#bdc3c7"
COLOURS = ("#1f6f8b", "#b4531f")
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "alliance",
    "svg.fonttype": "path",
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": INK,
}
N_COLUMNS, WIDTH_INCHES, PANEL_INCHES, HEAD_INCHES, FOOT_INCHES = 2, 10.0, 1.9, 0.55, 1.0
THICK, THIN, DOT = 5.0, 1.3, 4.5
APART = 0.2  # of a line: how far two policies stand from each other


def picture_of(question: Question, runs: pd.DataFrame, readings: Sequence[Reading]) -> bytes:
    """The picture of one question, as SVG."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    n_rows = -(-len(main_figures()) // N_COLUMNS)
    height = n_rows * PANEL_INCHES + HEAD_INCHES + FOOT_INCHES
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, height), facecolor="white")
        FigureCanvasSVG(figure)
        panels = figure.subplots(n_rows, N_COLUMNS, sharey=True, squeeze=False)
        for axes, name in zip(panels.flat, main_figures(), strict=False):
            _panel(axes, name, question, runs, readings)
        for axes in panels.flat[len(main_figures()) :]:
            axes.set_axis_off()
        figure.subplots_adjust(
            left=0.15, right=0.98, bottom=FOOT_INCHES / height, top=1 - (HEAD_INCHES + 0.45) / height, hspace=0.95, wspace=0.06
        )
        figure.text(0.015, 1 - 0.3 / height, question.title, fontsize=14, weight="bold")
        _foot(figure, question, height)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _panel(axes: Axes, name: str, question: Question, runs: pd.DataFrame, readings: Sequence[Reading]) -> None:
    about, lines = figure_of(name), []
    axes.axvline(0.0, color=INK, linewidth=0.8, zorder=1)
    for place, policy in enumerate(question.policies):
        found = differences_of(runs, policy.name, name)
        shift = APART * (2 * place - len(question.policies) + 1)
        spreads = spread_of(effects_of(runs, policy.name, name))
        for line, reading in enumerate(readings):
            one, spread, at = found[reading.letter], spreads.get(reading.letter), line + shift
            colour = COLOURS[place % len(COLOURS)]
            if spread is not None:
                axes.plot([about.factor * spread.low, about.factor * spread.high], [at, at], color=colour, linewidth=THIN, zorder=2)
            axes.plot(
                [about.factor * one.low, about.factor * one.high], [at, at], color=colour, linewidth=THICK, alpha=0.55, zorder=3
            )
            axes.plot([about.factor * one.mean], [at], "o", color=colour, markersize=DOT, zorder=4)
        lines.append(verdict(found).word)
    axes.set(yticks=range(len(readings)), yticklabels=[one.title for one in readings], ylim=(len(readings) - 0.5, -0.5))
    axes.set_title(about.label, loc="left", fontsize=9.5, weight="bold", pad=17)
    for place, word in enumerate(lines):
        axes.annotate(
            word, (float(place), 1.0), xycoords="axes fraction", textcoords="offset points", xytext=(0, 5),
            ha="right" if place else "left", fontsize=8.5, color=COLOURS[place % len(COLOURS)],
        )  # fmt: skip
    axes.set_xlabel(about.unit if about.unit != "1" else "", fontsize=8.5, color=PALE, labelpad=2)
    _quiet(axes)


def _quiet(axes: Axes) -> None:
    """Only what is read is drawn."""
    from matplotlib.ticker import MaxNLocator

    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", colors=PALE, labelsize=8.5)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="x", color=RULE, linewidth=0.4, alpha=0.6)
    axes.set_axisbelow(True)


def _foot(figure: Any, question: Question, height: float) -> None:
    """What the lines mean."""
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], color=COLOURS[n % len(COLOURS)], marker="o", markersize=DOT, linewidth=THICK, label=policy.name)
               for n, policy in enumerate(question.policies)]  # fmt: skip
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.005, 0.26 / height), frameon=False, fontsize=9, ncols=2)
    said = "dot and thick bar: mean and 95 % of chance; thin bar: 10 to 90 % of the points that fit what is known; zero: as it is"
    figure.text(0.015, 0.12 / height, said, fontsize=8.5, color=PALE)
