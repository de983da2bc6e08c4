"""Which mechanisms does the model show? The claims of docs/mechanisms.md, run with paired seeds.

python -m experiments.mechanisms            the table, about three minutes
"""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass

from experiments.paired import Difference, difference, interval, policy_outcomes
from model.scenario import Scenario, load_scenario

SEEDS = range(101, 121)
INCENTIVE = "fund.pay.yuan_per_avoided_referral"
HALF_SEPARATE = {"population.share_separate_centres": 0.5}


@dataclass(frozen=True)
class Mechanism:
    """A lever, two settings of it, and the signs claimed for high minus low (0: open)."""

    name: str
    lever: str
    low: float
    high: float
    claims: dict[str, int]


MECHANISMS = (
    Mechanism("M1 pass more doctors", "hospital.accredit.pass_rate", 0.05, 0.5, {
        "n_accredited_doctors": 1, "n_alliance_visits": 1, "mean_skill_accredited": -1,
        "n_missed_serious_per_10000_visits": 1, "n_unnecessary_referrals": 1, "n_missed_serious_per_1000_serious": 0}),
    Mechanism("M3 pay for fewer referrals", INCENTIVE, 0.0, 200.0, {
        "share_referred": -1, "positive_predictive_value": 1, "n_missed_serious_per_10000_visits": 1,
        "n_missed_serious_per_1000_serious": 1, "share_self_referred": 1, "mean_trust_alliance": -1}),
    Mechanism("M9 reinvest the surplus", "fund.surplus.reinvested_share", 0.0, 1.0, {
        "fund_reinvested_yuan": 1, "n_alliance_visits": 1, "mean_skill_accredited": 1, "fund_reserve_yuan": -1,
        "lapse_share": -1, "n_missed_serious_per_1000_serious": 0}),
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """One claim and what came of it."""

    mechanism: str
    indicator: str
    claimed: int
    found: Difference

    @property
    def word(self) -> str:
        """'shown', 'not shown', or for an open sign 'up', 'down' or 'not distinguishable'."""
        if self.claimed:
            return "shown" if self.found.sign == self.claimed else "not shown"
        return {1: "up", -1: "down", 0: "not distinguishable"}[self.found.sign]


def run_mechanisms(scenario: Scenario, seeds: Iterable[int], progress: bool = False) -> list[Verdict]:
    """Every claim of M1, M3 and M9."""
    settings = {f"{m.name}|{end}": {m.lever: getattr(m, end)} for m in MECHANISMS for end in ("low", "high")}
    outcomes = policy_outcomes(scenario, settings, seeds, (lambda seed: print(f"seed {seed}", flush=True)) if progress else None)
    return [
        Verdict(m.name, name, sign, difference(name, outcomes[f"{m.name}|low"], outcomes[f"{m.name}|high"]))
        for m in MECHANISMS
        for name, sign in m.claims.items()
    ]


def years_of_reinvestment(scenario: Scenario, seeds: Iterable[int]) -> list[int]:
    """In how many closings of the policy years each seed's fund had a surplus to reinvest (baseline)."""
    found = policy_outcomes(scenario, {"as it is": {}}, seeds)["as it is"]
    return [int(outcome["n_years_invested"]) for outcome in found]


def run_pass_through(scenario: Scenario, seeds: Iterable[int]) -> list[Verdict]:
    """M10: how much more a referral incentive does where it arrives."""
    zone = scenario.with_settings(HALF_SEPARATE)
    settings = {
        f"{share}|{yuan}": {"fund.pay.reaches_separate": share, INCENTIVE: yuan} for share in (0.0, 0.7) for yuan in (0.0, 200.0)
    }
    o = policy_outcomes(zone, settings, seeds)
    contrast = [
        (d["share_referred"] - c["share_referred"]) - (b["share_referred"] - a["share_referred"])
        for a, b, c, d in zip(o["0.0|0.0"], o["0.0|200.0"], o["0.7|0.0"], o["0.7|200.0"], strict=True)
    ]
    name = "M10 incentives that do not arrive"
    income = difference("doctor_income_from_alliance_yuan", o["0.0|200.0"], o["0.7|200.0"])
    return [
        Verdict(name, "share_referred (interaction)", -1, Difference("share_referred", *interval(contrast), len(contrast))),
        Verdict(name, "doctor_income_from_alliance_yuan", 1, income),
    ]


def row_of(verdict: Verdict) -> str:
    """One row of the table."""
    f, sign = verdict.found, {1: "up", -1: "down", 0: "open"}[verdict.claimed]
    span = f"{f.mean:.4g} ({f.low:.4g} to {f.high:.4g})"
    return f"| {verdict.mechanism} | `{verdict.indicator}` | {sign} | {span} | {verdict.word} |"


def main() -> None:
    """Print the table of docs/mechanisms.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=90_000)
    scenario = load_scenario("scenarios/huaxi.toml").with_settings({"population.n_children": parser.parse_args().children})
    print("| mechanism | indicator | claimed | difference (95 % interval) | verdict |\n|---|---|---|---|---|")
    for verdict in [*run_mechanisms(scenario, SEEDS), *run_pass_through(scenario, SEEDS)]:
        print(row_of(verdict))
    print("closings with something to reinvest, by seed, history included:", years_of_reinvestment(scenario, SEEDS))


if __name__ == "__main__":
    main()
