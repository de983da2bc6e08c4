"""What does it cost to write the same rules as a plain Mesa model: ordinary agents with ordinary attributes?

First the results: at 2,000 children, from the burn-in past the second closing of the books, every weekly figure of the
plain model (plain_mesa_model/), the fund's reserve and capital and what was paid for every reason, to the fen, must
equal the engine's. Only the count of potential illnesses is left out, which the plain model throws for children of the
register alone. A small world of the case leaves much asleep, since hardly a doctor passes and no plan closes: so a world
with every mechanism awake and one whose plan must close are compared too. Then the times of the case, in turns, of
running the weeks up to one year after the burn-in; building the population is left out on both sides.

The plain model is an honest opponent: profiled (`--profile`) and tuned, rules called as plain Python functions, state
in lists and attributes, no numpy number anywhere, nearest providers found once a quarter, prices remembered. It covers
everything but scenarios with dated changes and a planner's own district.

    python benchmarks/plain_mesa.py [--weeks 104] [--children 2000] [--turns 3] [--seed 1] [--set KEY VALUE] [--profile]
    python benchmarks/plain_mesa.py --turns 0 --weeks 474 --children 500 --seed 1 2 3     results alone, the whole case
"""

import argparse
import cProfile
import pstats
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from plain_mesa_model.world import FINGERPRINT, PlainAlliance  # noqa: E402

from model import calendar, ledger  # noqa: E402
from model.alliance import AllianceModel  # noqa: E402
from model.scenario import Scenario, load_scenario  # noqa: E402
from model.tally import TALLY  # noqa: E402

WEEKS = calendar.BURN_IN_WEEKS + 52
WEEKS_OF_RESULTS = WEEKS + 8  # past the second closing, at which a plan may have to close
SIZE_OF_FINGERPRINT, SIZES = 2_000, (2_000, 10_000)
OTHERS = tuple(
    field.name for field in TALLY if field.name not in (*FINGERPRINT, "n_potential_illnesses")
)  # what is compared besides
# What a small world of the case leaves asleep, awake.
AWAKE = {
    "population.share_separate_centres": 0.5, "illness.severe_per_child_year": 0.001,
    "hospital.accredit.pass_rate": 0.8, "hospital.accredit.weeks_of_pause": 52, "hospital.admit.green_numbers_per_week": 50,
    "hospital.review.is_two_sided": 1, "hospital.review.sds_referral": 1.5, "hospital.review.sds_prescription": 1.5,
    "hospital.review.least_visits": 20, "hospital.review.weeks_until_removal": 13, "hospital.review.weeks_of_ban": 26,
    "hospital.follow_up.share_called": 1.0, "hospital.support.weeks_of_promise": 26, "hospital.support.share_for_training": 0.2,
    "doctor.stay.quit_rate": 0.15, "doctor.stay.minutes_per_record": 4.0, "doctor.learn.p_miss_reported": 1.0,
    "doctor.refer.load_borne": 0.7, "fund.pay.yuan_per_avoided_referral": 100.0, "fund.plan.premium_yuan": 400.0,
    "fund.cover_severe.share_covered": 0.8, "fund.cover_severe.deductible_yuan": 1_000.0,
    "fund.cover_severe.share_reinsured": 0.5, "fund.cover_severe.retention_yuan": 2_000.0,
    "fund.price.response": 0.5, "fund.solvency.repaid_share": 0.3, "fund.surplus.weight_of_rebate": 0.4,
    "fund.surplus.advance_yuan": 20_000.0, "resident.sign.p_sign": 0.2, "government.subsidise.yuan_per_contract": 120.0,
    "government.subsidise.yuan_per_member": 100.0, "government.audit.p_audited": 0.8,
    "government.reimburse.added_share_when_referred": 0.4, "doctor.stay.weeks_of_vacancy": 4,
    "hospital.accredit.hours_per_place": 8.0, "doctor.refer.caution_spread": 1.0,
    "fund.surplus.weight_of_green_numbers": 1.0, "centre.invest.yuan_per_green_number": 1_000.0,
    "centre.invest.weeks_until_green_numbers": 4, "centre.invest.weeks_of_green_numbers": 104,
    "centre.invest.weeks_until_equipment": 26, "centre.invest.weeks_until_platform": 26,
}  # fmt: skip
CLOSING = {
    "hospital.accredit.pass_rate": 0.8, "fund.plan.covered_share": 0.9, "fund.plan.premium_yuan": 40.0,
    "fund.plan.operating_fund_yuan": 100_000.0, "fund.pay.yuan_per_visit": 60.0, "government.subsidise.yuan_per_year": 0.0,
    "fund.surplus.advance_yuan": 20_000.0, "fund.surplus.weight_of_green_numbers": 1.0,
    "centre.invest.yuan_per_green_number": 1_000.0, "centre.invest.weeks_until_green_numbers": 8,
    "centre.invest.weeks_of_green_numbers": 26, "hospital.admit.green_numbers_per_week": 0,
}  # fmt: skip
WORLDS = {"the case": {}, "every mechanism awake": AWAKE, "a plan that closes": CLOSING}


def row_of(tally: Any, paid: Sequence[int], reserve_fen: int, capital_fen: int) -> dict[str, Any]:
    """Every figure of a week: counts and stocks, what was paid so far for each reason, the fund's balances [fen]."""
    figures = {name: getattr(tally, name) for name in (*FINGERPRINT, *OTHERS)}
    money = {f"paid for {reason}": fen for reason, fen in zip(ledger.REASONS, paid, strict=True)}
    return figures | money | {"reserve_fen": reserve_fen, "capital_fen": capital_fen}


def fingerprint_of_engine(scenario: Scenario, seed: int, n_weeks: int) -> list[dict[str, Any]]:
    """Every weekly figure of the engine, a row a week."""
    model, rows = AllianceModel(scenario, seed), []
    for week in range(n_weeks):
        model.step()
        tally, books = model.tallies[week][0], model.world.books
        tally = SimpleNamespace(**{name: tally[name].item() for name in tally.dtype.names})
        reserve, capital = books.balance[ledger.FUND_RESERVE].item(), books.balance[ledger.FUND_OPERATING].item()
        rows.append(row_of(tally, books.paid.tolist(), reserve, capital))
    return rows


def fingerprint_of_plain(scenario: Scenario, seed: int, n_weeks: int) -> list[dict[str, Any]]:
    """The same of the plain model; what its collector keeps must agree with the tally."""
    model, rows = PlainAlliance(scenario, seed), []
    for _ in range(n_weeks):
        model.step()
        balance = model.books.balance
        rows.append(row_of(model.tally, model.books.paid, balance[ledger.FUND_RESERVE], balance[ledger.FUND_OPERATING]))
    collected = model.collector.get_model_vars_dataframe().to_dict("records")
    return [row | kept for row, kept in zip(rows, collected, strict=True)]


def first_difference(engine: list[dict[str, Any]], plain: list[dict[str, Any]]) -> str:
    """The first week and count that differ, in words; empty if nothing does."""
    for week, (ours, theirs) in enumerate(zip(engine, plain, strict=True)):
        for name, value in ours.items():
            if value != theirs[name]:
                return f"week {week}: {name} is {value} in the engine and {theirs[name]} in the plain model"
    return ""


def compare_results(scenario: Scenario, name: str, seed: int, n_weeks: int) -> bool:
    """[bool] Whether both models agree on every figure of every week; says so."""
    n_children, settings = scenario.values["population.n_children"], WORLDS[name]
    engine, plain = (
        fingerprint(scenario.with_settings(settings), seed, n_weeks)
        for fingerprint in (fingerprint_of_engine, fingerprint_of_plain)
    )
    verdict = first_difference(engine, plain)
    print(f"{name}, {n_children} children, seed {seed}: ", end="")
    print(verdict or f"equal fingerprints, {n_weeks} weeks, {len(engine[0])} weekly figures", flush=True)
    return not verdict


def time_of(model: AllianceModel | PlainAlliance, n_weeks: int) -> float:
    """Time of running the weeks [s]."""
    begin = time.perf_counter()
    model.run_until(n_weeks)
    return time.perf_counter() - begin


def compare_times(scenario: Scenario, n_weeks: int, n_turns: int) -> str:
    """Both models in turns, in words."""
    n_illnesses = AllianceModel(scenario).run_until(n_weeks).weekly().n_illnesses.sum()  # warm-up
    engine, plain = [], []
    for _ in range(n_turns):
        engine.append(time_of(AllianceModel(scenario), n_weeks))
        plain.append(time_of(PlainAlliance(scenario), n_weeks))
    ratio = statistics.median(slow / fast for slow, fast in zip(plain, engine, strict=True))
    engine_seconds, plain_seconds = statistics.median(engine), statistics.median(plain)
    return (
        f"{scenario.values['population.n_children']:6d} children, {n_weeks} weeks, {n_illnesses} illnesses: "
        f"engine {engine_seconds:.3f} s, plain Mesa {plain_seconds:.3f} s "
        f"({plain_seconds / n_illnesses * 1e6:.0f} µs per illness), ratio {ratio:.0f}"
    )


def profile(scenario: Scenario, n_weeks: int) -> None:
    """Where the plain model's time goes."""
    model, profiler = PlainAlliance(scenario), cProfile.Profile()
    profiler.runcall(model.run_until, n_weeks)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def main() -> int:
    """Compare results, then times; 1 if results differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weeks", type=int, help=f"of both; else {WEEKS_OF_RESULTS} of results and {WEEKS} of times")
    parser.add_argument("--children", type=int, default=SIZE_OF_FINGERPRINT, help="of the worlds whose results are compared")
    parser.add_argument("--turns", type=int, default=3, help="0: results alone")
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="of the worlds whose times are compared")
    parser.add_argument("--set", nargs=2, action="append", default=[], metavar=("KEY", "VALUE"))
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    scenario = load_scenario(ROOT / "scenarios" / "huaxi.toml")
    scenario = scenario.with_settings({key: float(value) for key, value in arguments.set})
    small = scenario.with_settings({"population.n_children": arguments.children})
    n_weeks = arguments.weeks or WEEKS_OF_RESULTS
    verdicts = [compare_results(small, name, seed, n_weeks) for seed in arguments.seed for name in WORLDS]
    if arguments.profile:
        profile(small, arguments.weeks or WEEKS)
    elif arguments.turns > 0:
        for size in arguments.sizes:
            sized = scenario.with_settings({"population.n_children": size})
            print(compare_times(sized, arguments.weeks or WEEKS, arguments.turns), flush=True)
    return int(not all(verdicts))


if __name__ == "__main__":
    sys.exit(main())
