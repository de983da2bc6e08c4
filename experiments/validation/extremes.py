"""Does the world do what it must where nothing, or everything, is asked of it?

Null tests: a switch that is off leaves exactly nothing, and levers that are put in force at the values they have change not
one bit. Extreme tests: at the ends of what is allowed, and with numbers beyond (which the door to the engine refuses, and
which are set here on purpose), the world obeys. Each null is held against the same world without it, lest it be empty.
Whole worlds, from the first day of the burn-in to the end of history unless said otherwise.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from experiments.validation.check import Check, asked, still_open
from experiments.validation.extremes_places import place_checks
from experiments.validation.isolated import beyond_ranges
from experiments.validation.labels import label_checks
from model import calendar
from model.alliance import AllianceModel
from model.parameters import declarations
from model.scenario import Scenario
from model.settings import Settings, is_of_the_beginning

CHILDREN = "population.n_children"
LEVER_MOVED = {"hospital.accredit.pass_rate": 0.5}
ENDLESS = 1e12
ALONE: Settings = {"government.subsidise.yuan_per_year": 0.0, "fund.plan.operating_fund_yuan": 0.0}
ALIVE: Settings = {  # a plan that no early loss closes, whatever the scenario's own premium
    "fund.plan.premium_yuan": 150.0, "fund.plan.operating_fund_yuan": 1e7, "fund.solvency.closing_ratio": -2.0,
}  # fmt: skip
BY_THE_HOSPITAL = tuple(f"hospital.admit.visits_per_day_{kind}" for kind in ("alliance", "maternal", "other"))


class Null(NamedTuple):
    """Settings under which some indicators of history are exactly zero; `otherwise`: those under which they are not."""

    name: str
    settings: Settings
    zeros: Sequence[str]
    otherwise: Settings | None = None
    because: str = ""


class Order(NamedTuple):
    """Two ends of a scale, and the indicators that must rise (1) or fall (-1) from one to the other."""

    name: str
    low: Settings
    high: Settings
    signs: Mapping[str, int]
    because: str = ""


NULLS = (
    Null("no alliance", {"hospital.accredit.is_running": 0},
         ("n_sittings", "n_accredited_doctors", "n_alliance_visits", "n_recorded_referrals", "n_fee_visits", "n_green")),
    Null("no places for training", {"hospital.support.share_for_training": 0.0},
         ("n_sittings", "n_accredited_doctors", "n_alliance_visits")),
    Null("nobody passes", {"hospital.accredit.pass_rate": 0.0}, ("n_passed", "n_accredited_doctors", "n_alliance_visits"),
         because="pass_rate is set beyond its range on purpose: allowed is at least 0.02"),
    Null("no fund", {"fund.plan.is_running": 0},
         ("fund_premium_yuan", "fund_claims_yuan", "fund_fees_yuan", "fund_administration_yuan", "fund_reserve_yuan",
          "n_members", "n_fee_visits"), ALIVE),
    Null("no calls", {"hospital.follow_up.share_called": 0.0}, ("n_repaired_misses",),
         {"hospital.follow_up.share_called": 1.0, "hospital.follow_up.p_found": 0.9, "hospital.accredit.pass_rate": 0.8}),
    Null("no reserved numbers", {"hospital.admit.green_numbers_per_week": 0, "fund.surplus.weight_of_green_numbers": 0.0},
         ("n_green",)),
    Null("no audits", {"government.audit.p_audited": 0.0}, ("n_unneeded_found", "fines_yuan")),
    Null("no contracts", {"resident.sign.p_sign": 0.0}, ("n_signings", "share_signed")),
    Null("no cover of severe illness", {"fund.cover_severe.share_covered": 0.0}, ("fund_severe_benefit_yuan",),
         {**ALIVE, "fund.cover_severe.share_covered": 0.9, "illness.severe_per_child_year": 0.001,
          "fund.cover_severe.deductible_yuan": 0.0}),
    Null("every referral is recorded", {"doctor.record_referral.p_recorded": 1.0,
         "doctor.record_referral.decline_per_100_yuan": 0.0,
          "doctor.record_referral.decline_when_advised": 0.0}, ("n_advised_unrecorded",)),
    Null("caution without limit", {"doctor.refer.caution": 1e300}, ("n_missed_serious_alliance", "n_missed_specialist_alliance"),
         because="caution is set beyond its range on purpose: allowed is at most 100"),
    Null("endless room", {"centre.wait.visits_per_doctor_day": ENDLESS, **dict.fromkeys(BY_THE_HOSPITAL, ENDLESS)},
         ("n_turned_away", "n_gave_up"), {"centre.wait.visits_per_doctor_day": 5.0, "centre.wait.share_for_children_others": 0.05,
         "centre.wait.background_utilisation": 0.8, **dict.fromkeys(BY_THE_HOSPITAL, 1.0)},
         because="room is set beyond its range on purpose; held against hardly any room, beyond the range too"),
    Null("free care", {"government.reimburse.share_primary": 1.0, "government.reimburse.share_hospital": 1.0,
         "government.reimburse.share_secondary": 1.0, "government.reimburse.share_inpatient": 1.0,
         "government.reimburse.outpatient_cap_yuan": ENDLESS, "government.reimburse.inpatient_cap_yuan": ENDLESS},
         ("own_payment_yuan", "fund_claims_yuan", "n_catastrophic"),
         because="shares of 1 are beyond their ranges, and set on purpose"),
)  # fmt: skip
ORDERS = (
    Order("pass rate, from end to end", {"hospital.accredit.pass_rate": 0.02}, {"hospital.accredit.pass_rate": 0.8},
          {"n_accredited_doctors": 1, "n_alliance_visits": 1}, "the ends of what is allowed"),
    Order("room, from end to end", {"centre.wait.visits_per_doctor_day": 5.0, "centre.wait.share_for_children_others": 0.05},
          {"centre.wait.visits_per_doctor_day": 30.0, "centre.wait.share_for_children_others": 0.5},
          {"n_turned_away": -1, "utilisation_primary": -1}, "the ends of what is allowed"),
    Order("nearly free care", {}, {"government.reimburse.share_primary": 0.6, "government.reimburse.share_hospital": 0.3,
          "government.reimburse.share_secondary": 0.4, "government.reimburse.outpatient_cap_yuan": 1000.0,
          "government.reimburse.share_inpatient": 0.68, "fund.plan.covered_share": 0.9},
          {"n_visits": 1, "own_payment_yuan": -1}, "as free as is allowed"),
    Order("caution, from end to end", {"doctor.refer.caution": 1.0}, {"doctor.refer.caution": 100.0},
          {"share_referred": 1, "share_unnecessary_referrals": 1, "n_missed_serious_per_10000_visits": -1},
          "the ends of what is allowed"),
    Order("premium, from enough to the highest", ALIVE, ALIVE | {"fund.plan.premium_yuan": 800.0}, {"n_members": -1},
          "the low end is no other end of this scale: it ruins the plan, see below"),
    Order("premium and help, from enough to none", {"fund.plan.premium_yuan": 150.0}, {"fund.plan.premium_yuan": 40.0} | ALONE,
          {"is_plan_closed": 1, "loss_ratio": 1}, "less than claims, fees and administration cost, and nobody makes it good"),
)  # fmt: skip


def history(scenario: Scenario, settings: Settings, seeds: Iterable[int]) -> list[dict[str, float]]:
    """Every indicator of history, seed by seed."""
    world = beyond_ranges(scenario, settings)
    return [AllianceModel(world, seed).run_until(calendar.FIRST_POLICY_WEEK).indicators("history") for seed in seeds]


def total(runs: Iterable[dict[str, float]], name: str) -> float:
    """An indicator summed over runs; 0 for a ratio without cases."""
    return sum(run[name] for run in runs if math.isfinite(run[name]))


def null_check(scenario: Scenario, null: Null, base: list[dict[str, float]], seeds: Sequence[int]) -> Check:
    """Exactly zero in every seed, and not zero otherwise."""
    runs = history(scenario, null.settings, seeds)
    other = history(scenario, null.otherwise, seeds) if null.otherwise else base
    found = {name: (total(runs, name), total(other, name)) for name in null.zeros}
    is_nothing = all(off == 0.0 for off, _ in found.values()) and all(run["ledger_imbalance_fen"] == 0 for run in runs)
    empty = [name for name, (_, on) in found.items() if on == 0.0]
    shown = "; ".join(f"{name} {off:,.6g} (otherwise {on:,.6g})" for name, (off, on) in found.items())
    name, question = f"null: {null.name}", f"Does {null.name} leave exactly nothing of what depends on it?"
    expected = "0 in every seed, not 0 otherwise"
    if is_nothing and empty:
        return still_open(name, question, expected, f"zero in this world anyhow: {', '.join(empty)}")
    return asked(name, question, is_nothing, expected, shown, null.because)


def order_check(scenario: Scenario, order: Order, seeds: Sequence[int]) -> Check:
    """The claimed sign for the sum over all seeds."""
    low, high = history(scenario, order.low, seeds), history(scenario, order.high, seeds)
    found = {name: (total(low, name) / len(seeds), total(high, name) / len(seeds)) for name in order.signs}
    holds = all((b - a) * order.signs[name] > 0.0 for name, (a, b) in found.items())
    shown = "; ".join(f"{name} {a:,.5g} to {b:,.5g}" for name, (a, b) in found.items())
    claimed = ", ".join(f"{name} {'rises' if sign > 0 else 'falls'}" for name, sign in order.signs.items())
    question = f"Do the two ends differ as they must: {order.name}?"
    return asked(f"extreme: {order.name}", question, holds, claimed, shown, order.because, heading="face")


def equal_checks(scenario: Scenario, seeds: Sequence[int]) -> list[Check]:
    """Two counts that must be one where everybody passes, or everybody is sent."""
    cases: tuple[tuple[str, Settings, str, str, str], ...] = (
        ("everybody passes", {"hospital.accredit.pass_rate": 1.0}, "n_passed", "n_sittings", "pass_rate: allowed is at most 0.8"),
        (
            "everybody is sent",
            {"doctor.refer.caution": 1e300},
            "n_sent_alliance",
            "n_alliance_visits",
            "caution: allowed is at most 100",
        ),
    )
    checks = []
    for name, settings, part, whole, range_ in cases:
        runs = history(scenario, settings, seeds)
        some, all_ = total(runs, part), total(runs, whole)
        because = f"set beyond its range on purpose ({range_})"
        holds = some == all_ > 0.0
        checks.append(asked(f"extreme: {name}", f"Is {part} all of {whole}?", holds, f"{all_:,.0f}", f"{some:,.0f}", because))
    return checks


def levers(scenario: Scenario) -> Settings:
    """Every lever that can be dated, at the value it has when the policy years open."""
    values = scenario.values
    for week, settings in scenario.segments():
        values = settings if week <= calendar.FIRST_POLICY_WEEK else values
    return {key: values[key] for key, p in declarations().items() if p.role == "lever" and not is_of_the_beginning(key)}


def neutral_checks(scenario: Scenario, seeds: Sequence[int]) -> list[Check]:
    """Levers put in force at the values they have: all together in every seed, one by one in the first."""
    end, own = calendar.end_of_policy(scenario.policy_years), levers(scenario)

    def hash_of(seed: int, settings: Settings) -> str:
        world = scenario.with_settings(settings, calendar.POLICY_START) if settings else scenario
        return AllianceModel.from_checkpoint(past[seed], world).run_until(end).result_hash()

    past = {seed: AllianceModel(scenario, seed).run_until(calendar.FIRST_POLICY_WEEK).checkpoint() for seed in seeds}
    base = {seed: hash_of(seed, {}) for seed in seeds}
    n_same = sum(hash_of(seed, own) == base[seed] for seed in seeds)
    first = seeds[0]
    parted = [key for key, value in own.items() if hash_of(first, {key: value}) != base[first]]
    n_moved = sum(hash_of(seed, LEVER_MOVED) != base[seed] for seed in seeds)
    question = "Does a policy that puts every lever in force at its own value change not one bit?"
    one = asked("null: all levers neutral", question, n_same == len(seeds), f"{len(seeds)} of {len(seeds)} seeds bit-equal",
                f"{n_same} of {len(seeds)} seeds bit-equal", f"{len(own)} levers, to the end of the policy years")  # fmt: skip
    question = "Is each lever neutral on its own?"
    two = asked(
        "null: each lever neutral",
        question,
        not parted,
        "0 levers part the worlds",
        f"{len(parted)}: {', '.join(parted) or 'none'}",
    )
    question = "Would the comparison see a lever that is not neutral?"
    three = asked("null: a lever moved", question, n_moved == len(seeds), f"{len(seeds)} seeds differ", f"{n_moved} seeds differ")
    return [one, two, three]


def extremes(scenario: Scenario, n_children: int = 20_000, seeds: Iterable[int] = range(1, 6)) -> list[Check]:
    """Every null, extreme and label test on a zone of this size."""
    seeds, world = list(seeds), scenario.with_settings({CHILDREN: n_children})
    base = history(world, {}, seeds)
    checks = neutral_checks(world, seeds[:2])
    checks += [null_check(world, null, base, seeds) for null in NULLS]
    checks += equal_checks(world, seeds)
    checks += [order_check(world, order, seeds) for order in ORDERS]
    others: tuple[Callable[[Scenario, Sequence[int]], list[Check]], ...] = (place_checks, label_checks)
    return checks + [check for part in others for check in part(world, seeds)]
