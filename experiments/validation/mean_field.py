"""Do the agent-based model and an independent mean-field twin tell one story?

The twin (`mean_field_week.py` and its siblings) is written from the documents in plain numpy: expected values, no children, no
dice, no code of the engine. Each of its paths, smoothed over 13 weeks, must lie inside the ensemble of the engine's seeds, its
least to its greatest path, in at least 95 % of the weeks of history. A path that a mean cannot follow exactly is reported as
it is found. What the twin leaves out stands in its modules' docstrings.

How independent it is: no line is shared, but where the documents are silent (where hospitals stand, in which order a day's
returns are seen, what a hired doctor brings) the engine's source was read for the rule. The twin was brought to its present
form against the ensemble of the Huaxi scenario (90,000 children, seeds 1 to 20), so agreement there is not a blind test;
seeds and settings not used then are.

A path inside a wide ensemble says little: `distance` is therefore how far the twin's total over history lies from the
ensemble's mean, in standard deviations between seeds, and `found` says how far in percent.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.validation.check import Check, Picture
from experiments.validation.mean_field_week import run
from model import calendar
from model.alliance import AllianceModel
from model.scenario import Scenario

SMOOTHED_WEEKS, LEAST_SHARE = 13, 0.95
CENTRAL = (10.0, 90.0)  # percentiles of the darker band
INK, FAINT, BAND, INNER, TWIN = "#1f2933", "#7b8794", "#d6e4ee", "#9dbfd6", "#b4411f"
STYLE: dict[Any, Any] = {"svg.hashsalt": "alliance", "font.size": 8.5, "text.color": INK, "axes.edgecolor": FAINT}


@dataclass(frozen=True)
class Path:
    """One path that is compared: a count or stock a week, or the ratio of two counts."""

    name: str
    title: str
    numerator: str
    denominator: str | None = None
    is_cumulated: bool = False


PATHS = (
    Path("illnesses", "Illnesses a week", "n_illnesses"),
    Path("visits", "Visits a week", "n_visits"),
    Path("first_contact", "First contacts at primary care, share", "n_first_contacts_primary", "n_first_contacts"),
    Path("accredited", "Accredited doctors", "n_accredited_doctors"),
    Path("alliance_visits", "Visits to accredited doctors a week", "n_alliance_visits"),
    Path("recorded", "Recorded referrals a week", "n_recorded_referrals"),
    Path("recorded_rate", "Recorded referrals per alliance visit so far", "n_recorded_referrals", "n_alliance_visits", True),
    Path("members", "Member children", "n_members"),
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One path in history: the seeds, smoothed, shape (seeds, weeks), and the twin, smoothed, shape (weeks,)."""

    path: Path
    seeds: np.ndarray
    twin: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """Weeks for which the twin and at least one seed have a value: a ratio has none before its first case."""
        return np.isfinite(self.seeds).any(axis=0) & np.isfinite(self.twin)

    @property
    def range(self) -> tuple[np.ndarray, np.ndarray]:
        """Least and greatest seed, week by week of the known ones."""
        seeds = self.seeds[:, self.known]
        return np.where(np.isfinite(seeds), seeds, np.inf).min(axis=0), np.where(np.isfinite(seeds), seeds, -np.inf).max(axis=0)

    @property
    def share_inside(self) -> float:
        """Share of the weeks in which the twin lies between the least and the greatest seed [1]."""
        low, high = self.range
        slack = 1e-9 * np.maximum(1.0, np.abs(high))  # a path that is zero in every seed may be zero in the twin
        inside = (self.twin[self.known] >= low - slack) & (self.twin[self.known] <= high + slack)
        return float(inside.mean()) if inside.size else math.nan

    @property
    def means(self) -> tuple[np.ndarray, float]:
        """Mean over the known weeks: of each seed, and of the twin."""
        seeds = np.ma.masked_invalid(self.seeds[:, self.known]).mean(axis=1)
        twin = self.twin[self.known]
        return np.ma.compressed(seeds), float(twin.mean()) if twin.size else math.nan

    @property
    def relative(self) -> float:
        """Twin over the ensemble's mean, over history, minus 1 [1]."""
        seeds, twin = self.means
        return twin / float(seeds.mean()) - 1.0 if seeds.size and seeds.mean() != 0.0 else math.nan

    @property
    def distance(self) -> float | None:
        """Twin minus mean of the seeds over history, in standard deviations between seeds [1]."""
        seeds, twin = self.means
        spread = float(seeds.std(ddof=1)) if seeds.size > 1 else 0.0
        return (twin - float(seeds.mean())) / spread if spread > 0.0 else None


def smoothed(weekly: Mapping[str, np.ndarray], path: Path) -> np.ndarray:
    """A path of history: means over the last 13 weeks, ratios of such sums, or of all so far, shape (weeks,)."""
    begin = calendar.FIRST_HISTORY_WEEK

    def sums(name: str) -> np.ndarray:
        values = np.asarray(weekly[name], float)
        if path.is_cumulated:
            return np.cumsum(values[begin:])
        total = np.concatenate([[0.0], np.cumsum(values)])
        return (total[SMOOTHED_WEEKS:] - total[:-SMOOTHED_WEEKS])[begin - SMOOTHED_WEEKS + 1 :]

    above = sums(path.numerator)
    if path.denominator is None:
        return above / SMOOTHED_WEEKS
    below = sums(path.denominator)
    return np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0)


def ensemble(scenario: Scenario, seeds: Sequence[int]) -> list[dict[str, np.ndarray]]:
    """Weekly counts of the agent-based model from the first week to the end of history, seed by seed."""
    names = {name for path in PATHS for name in (path.numerator, path.denominator) if name}
    found = []
    for seed in seeds:
        model = AllianceModel(scenario, seed)
        model.run_until(calendar.FIRST_POLICY_WEEK)
        weekly = model.weekly()
        found.append({name: weekly[name].to_numpy(float) for name in names})
    return found


def compare(worlds: Sequence[Mapping[str, np.ndarray]], twin: Mapping[str, np.ndarray]) -> list[Compared]:
    """Every path of the twin beside the ensemble's."""
    return [Compared(path, np.stack([smoothed(one, path) for one in worlds]), smoothed(twin, path)) for path in PATHS]


def cross_check(scenario: Scenario, seeds: int = 20, n_children: int | None = None) -> tuple[list[Check], Picture]:
    """Run the ensemble and the twin of one scenario over history; a check for each path, and a picture of all."""
    if n_children is not None:
        scenario = scenario.with_settings({"population.n_children": n_children})
    found = compare(ensemble(scenario, range(1, seeds + 1)), run(scenario.values))
    return [judge(one) for one in found], draw(found, seeds)


def judge(found: Compared) -> Check:
    """Whether one path of the twin lies inside the ensemble."""
    share = found.share_inside
    holds = share >= LEAST_SHARE
    side = "above" if found.relative > 0 else "below"
    return Check(
        heading="cross",
        name=f"mean_field_{found.path.name}",
        question=f"Does the mean-field twin's path lie inside the ensemble: {found.path.title[0].lower()}{found.path.title[1:]}?",
        expected=f"inside the least to the greatest of {len(found.seeds)} seeds in {LEAST_SHARE:.0%} of the weeks",
        found=f"inside in {share:.0%} of the weeks; {abs(found.relative):.1%} {side} the ensemble's mean over history",
        distance=found.distance,
        verdict="open" if math.isnan(share) else "holds" if holds else "fails",
        because="two independent programs of one set of equations; the distance is in standard deviations between seeds",
    )


def draw(found: Sequence[Compared], seeds: int) -> Picture:
    """Small multiples: the ensemble's range and central 80 %, the twin as a line."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    buffer = io.BytesIO()
    weeks = calendar.starts(calendar.FIRST_POLICY_WEEK)[calendar.FIRST_HISTORY_WEEK :].astype("datetime64[D]")
    with rc_context(STYLE):
        figure = Figure(figsize=(11.0, 5.4), layout="constrained")
        for axes, one in zip(figure.subplots(2, 4).ravel(), found, strict=True):
            _panel(axes, weeks, one)
        figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False)
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    outside = [one.path.title for one in found if one.share_inside < LEAST_SHARE]
    inside = f"{len(found) - len(outside)} of {len(found)} paths of the twin lie inside the range of {seeds} seeds"
    says = inside + (f"; outside: {', '.join(outside)}." if outside else ".")
    return Picture(name="mean_field", title="The agent-based ensemble and its mean-field twin", svg=buffer.getvalue(), says=says)


def _panel(axes: Any, weeks: np.ndarray, one: Compared) -> None:
    known, when = one.known, weeks[one.known]
    axes.fill_between(when, *one.range, color=BAND, linewidth=0, label="seeds: least to greatest")
    low, high = np.array([np.percentile(week[np.isfinite(week)], CENTRAL) for week in one.seeds[:, known].T]).T
    axes.fill_between(when, low, high, color=INNER, linewidth=0, label="seeds: central 80 %")
    axes.plot(when, one.twin[known], color=TWIN, linewidth=1.3, label="mean-field twin")
    axes.set_title(f"{one.path.title}\n{one.share_inside:.0%} of weeks inside", loc="left", fontsize=8.5)
    axes.set_ylim(bottom=0.0)
    if one.path.denominator:
        axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.3g} %")
    axes.set_xticks(
        np.array([f"{year}-01-01" for year in (2018, 2019, 2020, 2021)], "datetime64[D]"), ["2018", "2019", "2020", "2021"]
    )
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(colors=FAINT, labelcolor=INK)
