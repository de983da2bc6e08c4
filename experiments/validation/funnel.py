"""Do the doctors of the alliance scatter like a funnel, and by as much as their own judgement differs?

Each accredited doctor is a dot: visits of the last four reviewed quarters, and recorded referrals for each visit. Around the
mean of all stand the limits

    limit = mean +- 2 or 3 x sqrt(mean x (1 - mean) / visits)

within which luck keeps some 95 and 99.7 of 100 (at one referral in a hundred visits rather fewer: what luck alone would put
beyond them is summed from the binomial law of each doctor). The dispersion, the mean of ((rate - mean) / its standard error)
squared, is 1 if all doctors judge alike. In this model they do not: skill, caution, belief and load differ. So it must be
above 1, and must fall when `caution_spread` is set to 0. Counts are those that the quality committee itself looks at.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.paired import interval
from experiments.validation.check import FURTHEST, Check, Picture, asked, still_open, within
from model import calendar
from model.alliance import AllianceModel
from model.committee import RECORDED, VISITS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from model.scenario import Scenario
    from model.settings import Settings

INK, FAINT, INSIDE, OUTSIDE = "#1f2933", "#7b8794", "#2f6f9f", "#b4411f"
STYLE: dict[Any, Any] = {"svg.hashsalt": "alliance", "font.size": 9.0, "text.color": INK, "axes.labelcolor": INK}
INCHES = (7.4, 4.6)
WARNING, ACTION = 2.0, 3.0  # standard errors: the lines that are drawn
LEAST_VISITS = 50  # fewer say nothing about a rate of one in a hundred
ALIKE: Settings = {"doctor.refer.caution_spread": 0.0}


class Scatter(NamedTuple):
    """The doctors of one or more worlds."""

    visits: np.ndarray  # (n_doctors,)
    recorded: np.ndarray  # (n_doctors,) recorded referrals

    @property
    def mean(self) -> float:
        """Recorded referrals for each visit of all doctors [1]."""
        return float(self.recorded.sum() / max(1, self.visits.sum()))

    @property
    def z(self) -> np.ndarray:
        """How far each doctor lies from the mean [standard errors], shape (n_doctors,)."""
        error = np.sqrt(self.mean * (1.0 - self.mean) / self.visits)
        return (self.recorded / self.visits - self.mean) / np.where(error > 0.0, error, 1.0)

    @property
    def dispersion(self) -> float:
        """Mean squared distance [1], NaN without doctors."""
        return float(np.mean(self.z**2)) if len(self.visits) else math.nan

    def share_beyond(self, sds: float) -> float:
        """Share of the doctors beyond these limits [1]."""
        return float(np.mean(np.abs(self.z) > sds)) if len(self.visits) else math.nan

    def by_luck_beyond(self, sds: float) -> float:
        """Share of the doctors whom luck alone would put beyond these limits [1], by the binomial law."""
        return float(np.mean([_p_beyond(int(n), self.mean, sds) for n in self.visits])) if len(self.visits) else math.nan


def _p_beyond(n: int, rate: float, sds: float) -> float:
    """Probability that a binomial count lies more than so many standard errors from its mean [1]."""
    if not 0.0 < rate < 1.0:
        return 0.0
    counts, width = np.arange(n + 1), sds * math.sqrt(n * rate * (1.0 - rate))
    ways = np.array([math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) for k in counts.tolist()])
    law = np.exp(ways + counts * math.log(rate) + (n - counts) * math.log1p(-rate))
    return float(law[np.abs(counts - n * rate) > width].sum())


def scatter(models: Iterable[AllianceModel]) -> Scatter:
    """The accredited doctors of these worlds with enough visits in the last four reviewed quarters."""
    visits, recorded = [], []
    for model in models:
        counts = model.world.review_counts.sum(axis=1)
        keep = (model.world.doctors.is_accredited == 1) & (counts[:, VISITS] >= LEAST_VISITS)
        visits.append(counts[keep, VISITS])
        recorded.append(counts[keep, RECORDED])
    return Scatter(np.concatenate(visits), np.concatenate(recorded))


def funnel(model: AllianceModel | Sequence[AllianceModel]) -> Picture:
    """The funnel of the doctors of one world, or of several worlds in one picture; raises ValueError without a doctor."""
    models = [model] if isinstance(model, AllianceModel) else list(model)
    found = scatter(models)
    if not len(found.visits):
        raise ValueError("nobody is accredited with enough visits: there is no funnel to draw")
    says = (
        f"{len(found.visits)} accredited doctors of {len(models)} world(s), recorded referrals of four quarters: "
        f"{100 * found.mean:.2f} % on average; {beyond_limits(found)}; dispersion {found.dispersion:.2f} (luck alone: 1)."
    )
    return Picture("funnel", "Referral by doctor: funnel of the alliance", drawn(found), says)


def beyond_limits(found: Scatter) -> str:
    """How many lie beyond the limits, and how many would by luck alone, in words."""
    parts = [
        f"{100 * found.share_beyond(sds):.1f} % beyond {sds:g} standard errors "
        f"(luck alone: {100 * found.by_luck_beyond(sds):.1f} %)"
        for sds in (WARNING, ACTION)
    ]
    return " and ".join(parts)


def drawn(found: Scatter) -> bytes:
    """The funnel as SVG; the same doctors give the same bytes."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    buffer = io.BytesIO()
    with rc_context(STYLE):
        figure = Figure(figsize=INCHES, layout="constrained")
        canvas = FigureCanvasSVG(figure)
        draw(figure.add_subplot(), found)
        canvas.print_svg(buffer, metadata={"Date": None})
    return buffer.getvalue()


def draw(axes: Axes, found: Scatter) -> None:
    """Limits, mean and doctors."""
    widest = 1.05 * float(found.visits.max())
    n = np.linspace(LEAST_VISITS, widest, 300)
    for sds, style, text in ((WARNING, "--", "two standard errors"), (ACTION, "-", "three standard errors")):
        width = sds * np.sqrt(found.mean * (1.0 - found.mean) / n)
        axes.plot(n, 100.0 * (found.mean + width), style, color=FAINT, linewidth=1.0, label=text)
        axes.plot(n, 100.0 * np.where(width < found.mean, found.mean - width, np.nan), style, color=FAINT, linewidth=1.0)
    axes.axhline(100.0 * found.mean, color=INK, linewidth=1.0, label=f"mean of all, {100.0 * found.mean:.2f} %")
    is_beyond = np.abs(found.z) > ACTION
    for chosen, colour, text in ((~is_beyond, INSIDE, "doctor within"), (is_beyond, OUTSIDE, "doctor beyond three")):
        rate = 100.0 * found.recorded[chosen] / found.visits[chosen]
        label = f"{text} ({int(chosen.sum())})"
        axes.scatter(found.visits[chosen], rate, s=20, color=colour, edgecolors="white", linewidths=0.5, zorder=3, label=label)
    axes.set_xlim(0.0, widest)
    axes.set_ylim(0.0, 1.15 * 100.0 * float(max((found.recorded / found.visits).max(), found.mean)) or 1.0)
    axes.set_xlabel("alliance visits of the doctor in four quarters")
    axes.set_ylabel("recorded referrals [% of visits]")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)


def at_end_of_history(scenario: Scenario, seed: int) -> AllianceModel:
    """The world when the policy years open."""
    return AllianceModel(scenario, seed).run_until(calendar.FIRST_POLICY_WEEK)


def error_of_dispersion(found: Scatter) -> float:
    """Standard error of the dispersion of doctors who judge alike [1], by the binomial's fourth moment."""
    variance = found.visits * found.mean * (1.0 - found.mean)
    excess = float(np.mean((1.0 - 6.0 * found.mean * (1.0 - found.mean)) / variance))
    return math.sqrt((2.0 + excess) / len(found.visits))


def alike_check(n_doctors: int = 2_000, seed: int = 1, rate: float = 0.0119) -> Check:
    """The measure itself: doctors who judge alike have a dispersion of 1."""
    generator = np.random.default_rng(seed)
    visits = generator.integers(400, 1_700, n_doctors)
    found = Scatter(visits, generator.binomial(visits, rate))
    question, because = "Does the measure of dispersion give 1 for doctors who judge alike?", f"{n_doctors:,} doctors drawn alike"
    return within("funnel: the measure", question, 1.0, found.dispersion, error_of_dispersion(found), "1", because)


def luck_check(found: Scatter, n_worlds: int) -> Check:
    """The scatter is beyond luck by more than three standard errors; open where nobody is accredited."""
    name, question = "funnel: over-dispersion", "Do doctors scatter by more than luck, since they do not judge alike?"
    if not found.recorded.any():
        return still_open(name, question, "dispersion above 1", "no accredited doctor has recorded a referral", heading="face")
    least = 1.0 + FURTHEST * error_of_dispersion(found)
    shown = f"{found.dispersion:.2f}; {beyond_limits(found)}"
    because = f"{len(found.visits)} doctors of {n_worlds} worlds"
    return asked(name, question, found.dispersion > least, f"dispersion above {least:.2f}", shown, because, heading="face")


def caution_check(both: Sequence[Sequence[Scatter]]) -> Check:
    """The scatter is less in the same worlds without a spread of caution."""
    name, question = "funnel: spread of caution", "Does the scatter shrink when all doctors are equally cautious?"
    gaps = [one.dispersion - other.dispersion for one, other in both]
    if not np.isfinite(gaps).all() or len(gaps) < 2:
        because = "it takes at least two worlds, each with accredited doctors"
        return still_open(name, question, "less, interval above 0", because, heading="face")
    mean, low, high = interval(gaps)
    spread, same = (np.mean([side.dispersion for side in sides]) for sides in zip(*both, strict=True))
    found = f"{spread:.2f} to {same:.2f}; paired {-mean:+.2f} ({-high:+.2f} to {-low:+.2f})"
    because = "what is left without a spread of caution is skill, belief, load, advice and incentive"
    return asked(name, question, low > 0.0, "less, interval below 0", found, because, heading="face")


def funnel_checks(scenario: Scenario, n_children: int | None = None, seeds: Iterable[int] = range(1, 11)) -> list[Check]:
    """Scatter beyond luck, and how much of it is the declared spread of caution, over paired seeds."""
    world = scenario if n_children is None else scenario.with_settings({"population.n_children": n_children})
    alike = world.with_settings(ALIKE)
    both = [[scatter([at_end_of_history(one, seed)]) for one in (world, alike)] for seed in seeds]
    all_ = Scatter(*(np.concatenate(parts) for parts in zip(*(one for one, _ in both), strict=True)))
    return [alike_check(), luck_check(all_, len(both)), caution_check(both)]
