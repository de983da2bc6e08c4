"""Does the world stay the same when labels that mean nothing are swapped?

    name of the scenario, order of its settings   bit-equal
    public and private doctors                    bit-equal, once every number that tells them apart is equal
    left and right                                the halves of a mirrored district fare alike, within luck
    two groups of seeds                           the same scenario differs between them by luck only

The second is held against the same swap with the declared differences, which must show.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, stdev

import pandas as pd

from experiments.validation.check import Check, asked, within
from experiments.validation.extremes_places import in_village
from experiments.validation.isolated import beyond_ranges
from model import calendar
from model.alliance import AllianceModel
from model.scenario import Scenario
from model.settings import Settings

ALIKE: Settings = {
    "doctor.learn.private_skill_gap": 0.0, "doctor.prescribe.margin_private": 0.0, "doctor.prescribe.margin_public": 0.0,
    "fund.pay.reaches_private": 0.85, "fund.pay.reaches_public": 0.85, "hospital.accredit.relative_speed_private": 1.0,
    "population.share_separate_centres": 0.0,
}  # fmt: skip
COUNTS_BY_LABEL = ("private_doctor_income_from_alliance_yuan",)
N_MORE_SEEDS = 4  # for each seed of the other tests: what is compared within luck needs more of it
COMPARED = {"n_visits": "visits", "n_missed_serious": "illnesses", "n_alliance_visits": "visits"}


def weeks_of(scenario: Scenario, seed: int, is_swapped: bool) -> pd.DataFrame:
    """Every count of history but those by the label itself; `is_swapped`: public doctors are called private and the other way."""
    model = AllianceModel(scenario, seed)
    if is_swapped:
        model.world.doctors.is_private[:] = 1 - model.world.doctors.is_private
    return model.run_until(calendar.FIRST_POLICY_WEEK).weekly().drop(columns=list(COUNTS_BY_LABEL))


def same_names(scenario: Scenario, seeds: Sequence[int]) -> Check:
    """Another name and title, and settings in the opposite order."""
    other = replace(scenario, name="other", title="Another title", values=dict(reversed(scenario.values.items())))
    worlds = [
        [AllianceModel(s, seed).run_until(calendar.FIRST_POLICY_WEEK).result_hash() for s in (scenario, other)] for seed in seeds
    ]
    n_same, n = sum(one == two for one, two in worlds), len(seeds)
    question = "Does another name, title or order of settings change not one bit?"
    return asked("labels: name and order", question, n_same == n, f"{n} of {n} seeds bit-equal", f"{n_same} of {n} seeds bit-equal")


def public_private(scenario: Scenario, seeds: Sequence[int]) -> Check:
    """Public and private doctors exchange their labels."""
    alike, n = beyond_ranges(scenario, ALIKE), len(seeds)
    n_same = sum(weeks_of(alike, seed, is_swapped=False).equals(weeks_of(alike, seed, is_swapped=True)) for seed in seeds)
    n_other = sum(
        not weeks_of(scenario, seed, is_swapped=False).equals(weeks_of(scenario, seed, is_swapped=True)) for seed in seeds
    )
    question = "Once nothing tells them apart, may public doctors be called private and private ones public?"
    because = "a skill gap of 0 is beyond its range, and set on purpose"
    expected = f"{n} of {n} seeds bit-equal; with the declared differences none"
    found = f"{n_same} of {n} seeds bit-equal; with the declared differences {n - n_other}"
    return asked("labels: public and private", question, n_same == n == n_other, expected, found, because)


def visits_by_centre(scenario: Scenario, seed: int) -> tuple[float, float]:
    """Visits at each of the two centres until the end of history."""
    model, first, second = AllianceModel(scenario, seed), 0, 0
    while model.week < calendar.FIRST_POLICY_WEEK:
        model.step()
        first, second = first + int(model.world.site_visits[0]), second + int(model.world.site_visits[1])
    return first, second


def mirrored_halves(scenario: Scenario, seeds: Sequence[int]) -> Check:
    """Two equal halves of a district: the order of the lines favours neither."""
    world = in_village(scenario, 2).with_settings({"hospital.accredit.is_running": 0})
    pairs = [visits_by_centre(world, seed) for seed in seeds]
    gaps = [east - west for west, east in pairs]
    error = stdev(gaps) / math.sqrt(len(gaps))
    question = "In a district of two mirrored halves, does either centre see more for the line in which it stands?"
    both = fmean(map(sum, pairs))
    because = f"without an alliance, whose few doctors are great luck; {len(seeds)} seeds, {both:,.0f} visits at both on average"
    return within("labels: left and right", question, 0.0, fmean(gaps), error, "visits", because)


def groups_of_seeds(scenario: Scenario, seeds: Sequence[int]) -> list[Check]:
    """Half of the seeds against the other half."""
    runs = [AllianceModel(scenario, seed).run_until(calendar.FIRST_POLICY_WEEK).indicators("history") for seed in seeds]
    half, checks = len(runs) // 2, []
    for name, unit in COMPARED.items():
        one, two = ([run[name] for run in part] for part in (runs[:half], runs[half : 2 * half]))
        error = math.sqrt((stdev(one) ** 2 + stdev(two) ** 2) / half)
        question = "Do two groups of seeds of the same scenario differ by luck only?"
        checks.append(within(f"labels: seeds, {name}", question, 0.0, fmean(one) - fmean(two), error, unit, f"2 x {half} seeds"))
    return checks


def label_checks(scenario: Scenario, seeds: Sequence[int]) -> list[Check]:
    """All swaps of labels."""
    more = range(min(seeds), min(seeds) + N_MORE_SEEDS * max(2, len(seeds)))
    exact = [same_names(scenario, seeds), public_private(scenario, seeds)]
    return [*exact, mirrored_halves(scenario, more), *groups_of_seeds(scenario, more)]
