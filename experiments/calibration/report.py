"""What does a person read of a calibration at a terminal?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, RenderableType
from rich.text import Text

from experiments.calibration.evaluate import ALSO_KEPT
from experiments.calibration.fit import FIRST_CHECK, N_CHECK, Fit
from experiments.calibration.targets import targets
from experiments.interval import mean_and_half_width
from experiments.report import plain
from experiments.request import CHILDREN
from experiments.sheet import NAME, NUMBER, Sheet
from model.parameters import declarations
from model.refusal import number

if TYPE_CHECKING:
    from experiments.calibration.calibrate import Question

LOW, HIGH = 0.05, 0.95  # quantiles of the posterior sample


def summary(question: Question, found: Fit, folder: Path) -> RenderableType:
    """The fit with seeds that were not used in it, and how wide the free numbers remain."""
    aims = targets(question.scenario.values[CHILDREN], question.share_in_zone)
    fit = _table(
        f"{question.name}: {N_CHECK} seeds from {FIRST_CHECK} on, not used in fitting",
        ("Figure", "Period", "Known", "Found", "95 % interval", "Steps"),
    )
    for aim in aims:
        mean, half = mean_and_half_width(found.check[aim.indicator])
        span = f"{mean - half:,.4g} to {mean + half:,.4g}"
        fit.add(aim.indicator, aim.period, f"{aim.value:,.4g}", f"{mean:,.4g}", span, f"{aim.steps(mean):+.2f}")
    for name in ALSO_KEPT:
        mean, half = mean_and_half_width(found.check[name])
        fit.add(name, "history", "", f"{mean:,.4g}", f"{mean - half:,.4g} to {mean + half:,.4g}", "")
    free = _table(
        f"Free numbers: the model confirms {found.n_confirmed} of {found.n_drawn} points of the last wave",
        ("Parameter", "Declared", "Best", "90 % of the sample", "Range searched"),
    )
    for one in found.space.frees:
        values = sorted(point[one.name] for point in found.posterior)
        low, high = one.range_in(found.space.story)
        span = f"{_at(values, LOW):.4g} to {_at(values, HIGH):.4g}" if values else "none confirmed"
        declared = number(declarations()[one.name].value)
        free.add(one.name, declared, f"{found.best[one.name]:.4g}", span, f"{low:g} to {high:g}")
    return Group(fit, free, Text(plain(f"Kept in {folder / question.name}")))


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


def _table(title: str, columns: tuple[str, ...]) -> Sheet:
    return Sheet(title, [(column, NUMBER if n else NAME) for n, column in enumerate(columns)], box=box.SIMPLE_HEAD)
