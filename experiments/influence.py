"""Does every parameter move the indicator that its declaration names?

Each parameter is set to both ends of its range, everything else as declared (not as fitted), for paired seeds; it *moves* its
indicator if the paired difference is more than two standard errors from zero, else it is listed as inert. A parameter of a rule
that is switched off by default is looked at with the rule switched on (`ASIDE`). Reported in docs/influence.md:

    python -m experiments.influence [--children 20000] [--seeds 8] [--workers 2] [NAME ...]

Those that are inert in a small zone are looked at again in the whole zone, with two seeds more.
"""

import argparse
import math
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, stdev

from experiments.request import CHILDREN
from model import calendar
from model.alliance import AllianceModel
from model.parameters import Parameter, declarations, defaults
from model.refusal import ScenarioError
from model.scenario import Scenario

PAGE = Path(__file__).resolve().parent.parent / "docs" / "influence.md"
FIRST_SEED, ENOUGH = 301, 2.0
COVERED = {"fund.cover_severe.share_covered": 0.6}
PAID = {"fund.pay.yuan_per_avoided_referral": 200.0}
RUINOUS = {
    "fund.plan.premium_yuan": 40.0, "fund.plan.operating_fund_yuan": 0.0, "fund.plan.covered_share": 0.9,
    "government.subsidise.yuan_per_year": 0.0,
}  # fmt: skip
ASIDE: dict[str, dict[str, float]] = {
    "fund.cover_severe.": COVERED,
    "fund.cover_severe.share_reinsured": COVERED | {"fund.cover_severe.retention_yuan": 10_000.0},
    "fund.cover_severe.retention_yuan": COVERED | {"fund.cover_severe.share_reinsured": 0.8},
    "fund.cover_severe.reinsurance_loading": COVERED
    | {"fund.cover_severe.share_reinsured": 0.8, "fund.cover_severe.retention_yuan": 10_000.0},
    "fund.solvency.closing_ratio": RUINOUS,
    "resident.hear.loss_at_closure": RUINOUS,
    "fund.price.": {"fund.price.response": 1.0},
    "fund.pay.benchmark_share": PAID,
    "fund.pay.cap_in_referrals": PAID,
    "fund.pay.reaches_": PAID,
    "doctor.record_referral.decline_per_100_yuan": PAID,
    "doctor.refer.caution_per_100_yuan": PAID,
    "government.audit.": {"government.audit.p_audited": 0.5},
    "centre.invest.": {"fund.surplus.reinvested_share": 1.0},
    "fund.surplus.weight_of_": {"fund.surplus.reinvested_share": 1.0},
    "doctor.prescribe.log_odds_per_100_yuan": {"government.audit.p_audited": 1.0, "government.audit.drug_yuan": 80.0},
}


@dataclass(frozen=True)
class Influence:
    """What one parameter does to its indicator between the ends of its range."""

    name: str
    indicator: str
    low: float
    high: float
    difference: float
    standard_errors: float
    n_seeds: int
    n_children: int
    note: str = ""

    @property
    def moves(self) -> bool:
        """[bool] Whether the difference is more than two paired standard errors."""
        return self.standard_errors > ENOUGH


def aside_of(name: str) -> dict[str, float]:
    """Settings that switch on the rule of a parameter: those of the longest matching prefix, without the parameter itself."""
    found = max((prefix for prefix in ASIDE if name.startswith(prefix)), key=len, default="")
    return {key: value for key, value in ASIDE.get(found, {}).items() if key != name}


def _at(base: Scenario, parameter: Parameter, value: float) -> Scenario:
    return base.with_settings(aside_of(parameter.name) | {parameter.name: value})


def ends_of(base: Scenario, parameter: Parameter) -> tuple[float, float, str]:
    """Both ends of the range, drawn in towards the declared value where an end contradicts other numbers; and a note."""
    ends, note = [], ""
    for end in (parameter.low, parameter.high):
        value = end
        for share in (1.0, 0.5, 0.25):
            value = end if share == 1.0 else parameter.value + share * (end - parameter.value)
            value = round(value) if parameter.is_whole else value
            try:
                _at(base, parameter, value)
            except ScenarioError:
                note = "range drawn in: its end contradicts other numbers"
                continue
            break
        ends.append(value)
    return ends[0], ends[1], note


def outcome(base: Scenario, parameter: Parameter, value: float, seed: int) -> float:
    """The parameter's indicator over history and policy years, with this value."""
    model = AllianceModel(_at(base, parameter, value), seed).run_until(calendar.end_of_policy(base.policy_years))
    found = model.indicators("case")[parameter.moves]
    return 0.0 if math.isnan(found) else found  # a ratio without a case


def influence_of(base: Scenario, name: str, seeds: range) -> Influence:
    """Run both ends of one parameter for all seeds."""
    parameter = declarations()[name]
    low, high, note = ends_of(base, parameter)
    if name == "population.n_children":
        low, high, note = 10_000, 20_000, "two sizes that are quick to run"
    pairs = [outcome(base, parameter, high, seed) - outcome(base, parameter, low, seed) for seed in seeds]
    middle, spread = fmean(pairs), stdev(pairs) / math.sqrt(len(pairs))
    errors = abs(middle) / spread if spread > 0 else (math.inf if middle else 0.0)
    return Influence(name, parameter.moves, low, high, middle, errors, len(pairs), int(base.values[CHILDREN]), note)


def page_of(found: list[Influence], command: str) -> str:
    """The page docs/influence.md."""
    inert = [each for each in found if not each.moves]
    head = f"""# Does every parameter move the indicator that it names?

Each parameter at both ends of its range, everything else as declared (rules that are off by default are switched on), seeds
from {FIRST_SEED}, history and five policy years, in a small zone; those that are inert there again in the whole zone. *Moves*:
the paired difference is more than two standard errors. `{command}`

{len(found) - len(inert)} of {len(found)} parameters move their indicator; {len(inert)} are inert with these seeds and in this
scenario, and are listed first.
Most of the inert ones are floors and ceilings that are not reached here, lags that a long horizon hides, scale factors that cancel
out, or numbers that push two ways at once.

| parameter | indicator | low | high | high minus low | standard errors | children | seeds | verdict |
|---|---|---|---|---|---|---|---|---|
"""
    rows = [
        f"| `{e.name}` | `{e.indicator}` | {e.low:g} | {e.high:g} | {e.difference:.4g} | {e.standard_errors:.1f} | "
        f"{e.n_children:,} | {e.n_seeds} | {'moves' if e.moves else 'inert'}{f' ({e.note})' if e.note else ''} |"
        for e in sorted(found, key=lambda each: (each.moves, each.name))
    ]
    return head + "\n".join(rows) + "\n"


def main() -> None:
    """Run all parameters, or those named, and write the page when all were run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    base = Scenario("declared", defaults())
    names = asked.names or list(declarations())
    small = base.with_settings({CHILDREN: asked.children})
    found = {e.name: e for e in look(small, names, asked.seeds, asked.workers)}
    again = [name for name, each in found.items() if not each.moves]
    found |= {e.name: e for e in look(base, again, asked.seeds + 2, asked.workers)}
    if not asked.names:
        command = f"python -m experiments.influence {' '.join(sys.argv[1:])}".strip()
        PAGE.write_text(page_of(list(found.values()), command), encoding="utf-8")


def look(base: Scenario, names: list[str], n_seeds: int, workers: int) -> Iterator[Influence]:
    """The influence of each of these parameters, in order."""
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        seeds = [range(FIRST_SEED, FIRST_SEED + n_seeds)] * len(names)
        for n, each in enumerate(pool.map(influence_of, [base] * len(names), names, seeds), 1):
            print(f"{n}/{len(names)} {each.name} {each.standard_errors:.1f} {'moves' if each.moves else 'inert'}", flush=True)
            yield each


if __name__ == "__main__":
    main()
