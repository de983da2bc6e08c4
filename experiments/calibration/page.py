"""What does docs/calibration.md say? Made from a folder of calibrations, with the files that others open.

    python -m experiments.calibration.page DIR

writes docs/calibration.md with its picture, scenarios/readings/NAME.toml and scenarios/posterior/NAME.csv. The fitted values of the
case itself are copied into its scenario file by hand: a file that people read has its own comments.
"""

import argparse
from pathlib import Path

from experiments.calibration.fit import FIRST_CHECK, N_CHECK
from experiments.calibration.found import Found, found_in
from experiments.calibration.picture import HIGH, LOW, posterior_picture
from experiments.calibration.space import free_parameters
from experiments.calibration.targets import REFERRED, VISITS
from experiments.interval import mean_and_half_width
from model.known import declared_figures
from model.parameters import declarations

ROOT = Path(__file__).resolve().parents[2]
PAGE, PICTURE = "docs/calibration.md", "docs/calibration.svg"
VISITS_BAR, REFERRED_BAR = 0.05, 0.001  # what a reading may miss by: a share of its visits, and in its rate
FIT_COLUMNS = (
    "calibration", "visits", "target", "off by", "recorded referral", "off by, points", "first contact", "seeking",
    "visits/episode", "antibiotic", "both bars",
)  # fmt: skip
MISSED = {
    "n_missed_serious_per_1000_serious": "per 1,000 serious",
    "n_missed_serious_per_10000_visits": "per 10,000 alliance visits",
}

HEAD = """# Calibration: what is fitted, to what, and what stays open

Written by `python -m experiments.calibration.page`. The free numbers are fitted to six known figures and to nothing else; the
examination's one in ten is an input, and other companies' ratios are looked at only afterwards (`alliance evidence --data`).
First contacts, care seeking, visits of an episode and antibiotics are those of ordinary care, so they are read in the year
before the alliance; visits and recorded referrals at the end of 2020.

How: Optuna proposes points in generations of fixed size and is told their losses in order; an emulator (a quadratic surface a
figure, with its own uncertainty) learns from every point; waves of history matching draw from the posterior on the emulator and
run what they drew. A point belongs to the *posterior sample* if the model itself leaves no figure beyond three steps. The
*best point* of a calibration is the one that departs least from the declared values and meets all figures.

The best point is no average of the sample: what is missed there may lie beside the middle of what the sample misses, where many
numbers have moved together. An answer is asked of both.

The sample says how unsure the numbers are. Chance, from seed to seed, is kept apart from it: visits of one world differ by some
15 % from another's by luck alone, since ten doctors more or less pass.

    alliance calibrate scenarios/huaxi.toml --out calibration --reading all
    alliance calibrate scenarios/huaxi.toml --out calibration --without-covid --generations 6 --wave 40 --polish 40
    alliance calibrate scenarios/huaxi.toml --out calibration --share-in-zone 1 --generations 6 --wave 40 --polish 40
    python -m experiments.calibration.page calibration

Every run is kept, a calibration that was stopped goes on with the same command, and the result is the same for any number of
workers.
"""


def page_of(found: list[Found]) -> str:
    """The page."""
    shown = [one for one in found if one.reading is not None or one.is_the_case]
    parts = [HEAD, _targets(found[0]), _fit(found), _missed(found), _drivers(found), _posterior(shown)]
    return "\n".join(parts)


def _targets(one: Found) -> str:
    lines = ["## Targets\n", "| figure | period | target | one step of tolerance | why so wide |", "|---|---|---|---|---|"]
    data = {datum.pattern: datum for datum in declared_figures().values() if datum.tolerance}
    for aim in one.aims:
        why = data[aim.indicator].tolerance_because
        lines.append(f"| `{aim.indicator}` | {aim.period} | {_said(aim.value)} | {_said(aim.tolerance)} | {why} |")
    return "\n".join(lines) + "\n"


def _fit(found: list[Found]) -> str:
    lines = [
        f"## Fit with seeds that were not used in fitting ({FIRST_CHECK} to {FIRST_CHECK + N_CHECK - 1})\n",
        "Mean of the best point, with the 95 % interval of the mean over these seeds.\n",
        f"| {' | '.join(FIT_COLUMNS)} |",
        "|---" * len(FIT_COLUMNS) + "|",
    ]
    for one in found:
        aims = {aim.indicator: aim for aim in one.aims}
        mean = {name: mean_and_half_width(one.check[name]) for name in aims}
        visits, rate = mean[VISITS][0] / aims[VISITS].value - 1.0, mean[REFERRED][0] - aims[REFERRED].value
        met = "kept" if abs(visits) <= VISITS_BAR and abs(rate) <= REFERRED_BAR else "missed"
        rest = " | ".join(f"{mean[aim.indicator][0]:.3g}" for aim in one.aims if aim.indicator not in (VISITS, REFERRED))
        count, target, share = mean[VISITS], aims[VISITS].value, [100 * value for value in mean[REFERRED]]
        lines.append(
            f"| {one.label} | {count[0]:,.0f} ± {count[1]:,.0f} | {target:,.0f} | {100 * visits:+.1f} % | "
            f"{share[0]:.2f} % ± {share[1]:.2f} | {100 * rate:+.3f} | {rest} | {met} |"
        )
    return (
        "\n".join(lines) + f"\n\nBars: visits within {VISITS_BAR:.0%}, recorded referral within {100 * REFERRED_BAR:.1f} points.\n"
    )


def _missed(found: list[Found]) -> str:
    lines = [
        "## The same referral rate, and what it hides\n",
        "Missed serious illness: the best point with the interval of luck, and the middle nine tenths of the posterior sample.\n",
        f"| calibration | {' | '.join(f'missed {words} | sample' for words in MISSED.values())} | confirmed by the model |",
        "|---|---|---|---|---|---|",
    ]
    for one in found:
        cells = []
        for name in MISSED:
            mean, half = mean_and_half_width(one.check[name])
            cells += [f"{mean:.1f} ± {half:.1f}", _span(one, name) if name in one.figures else ""]
        n = one.record
        lines.append(f"| {one.label} | {' | '.join(cells)} | {n['n_confirmed']} of {n['n_drawn']} |")
    return "\n".join(lines) + "\n"


def _drivers(found: list[Found]) -> str:
    drivers = [free for free in free_parameters() if free.is_driver]
    lines = [
        "## Drivers lie apart\n",
        "Each reading keeps its own driver where the other three may not go (`experiments/calibration/space.toml`).\n",
        f"| calibration | {' | '.join(f'`{free.name}`' for free in drivers)} |",
        "|---|" + "---|" * len(drivers),
    ]
    for one in (one for one in found if one.reading is not None):
        cells = []
        for free in drivers:
            low, high = free.range_in(one.reading.letter if one.reading else "")
            text = f"{one.best[free.name]:.3g} in {low:g} to {high:g}"
            cells.append(f"**{text}**" if one.reading and free.story == one.reading.letter else text)
        lines.append(f"| {one.label} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _posterior(found: list[Found]) -> str:
    lines = [
        "## How far the numbers are pinned down\n",
        f"![The middle nine tenths of each posterior sample]({Path(PICTURE).name})\n",
        "Best point, and in brackets the middle nine tenths of the sample.\n",
        f"| parameter | declared | {' | '.join(one.label for one in found)} |",
        "|---|---|" + "---|" * len(found),
    ]
    for free in free_parameters():
        cells = [f"{one.best[free.name]:.3g} ({_quantiles(one, free.name)})" for one in found]
        lines.append(f"| `{free.name}` | {declarations()[free.name].value:g} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _quantiles(one: Found, name: str) -> str:
    if not len(one.posterior):
        return "no point confirmed"
    return " to ".join(f"{one.posterior[name].quantile(share):.3g}" for share in (LOW, HIGH))


def _span(one: Found, name: str) -> str:
    return (
        " to ".join(f"{one.figures[name].quantile(share):.1f}" for share in (LOW, HIGH)) if len(one.figures) else "none confirmed"
    )


def _said(value: float) -> str:
    return f"{value:,.0f}" if value > 100 else f"{value:g}"


def write(found: list[Found], root: Path = ROOT) -> None:
    """Write the page, its picture, the readings' scenarios and the posterior samples."""
    for folder in ("docs", "scenarios/readings", "scenarios/posterior"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / PAGE).write_text(page_of(found), encoding="utf-8")
    shown = [one for one in found if one.reading is not None or one.is_the_case]
    (root / PICTURE).write_bytes(posterior_picture(shown))
    for one in shown:
        if one.reading is not None:
            (root / "scenarios" / "readings" / f"{one.name}.toml").write_text(one.scenario, encoding="utf-8")
        one.posterior.to_csv(root / "scenarios" / "posterior" / f"{one.name}.csv", index=False, lineterminator="\n")


def main() -> None:
    """Write what a folder of calibrations says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    write(found_in(parser.parse_args().folder))


if __name__ == "__main__":
    main()
