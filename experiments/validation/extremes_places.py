"""Does the smallest world hold together: hardly any children, none, one centre?

The smallest zone that is allowed has 200 children, and less is refused. A declared zone never has fewer than two centres, so
the world with one centre is a planner's own district, built here without files.
"""

from collections.abc import Sequence
from dataclasses import replace

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE
from experiments.validation.check import Check, asked
from model import calendar
from model.alliance import AllianceModel
from model.district import Community, District, Provider
from model.parameters import declarations
from model.refusal import ScenarioError
from model.scenario import Scenario

CHILDREN = "population.n_children"
BY_AGE = (700, 700, 600)  # children of a community
FEES_FEN = {CENTRE: 12_000, ALLIANCE_HOSPITAL: 30_000}
INCOME_YUAN = 120_000.0
KM = 4.0  # between the two communities


def village(n_centres: int = 1) -> District:
    """Two equal communities with the hospital midway, and one centre midway or one at each: the halves mirror each other."""
    communities = tuple(Community(name, x, 0.0, BY_AGE, INCOME_YUAN) for name, x in (("west", 0.0), ("east", KM)))
    at = (KM / 2.0,) if n_centres == 1 else (0.0, KM)
    centres = tuple(Provider(f"centre {i}", CENTRE, x, 1.0, 6, 6, FEES_FEN[CENTRE], 0, 0, i) for i, x in enumerate(at))
    hospital = Provider("hospital", ALLIANCE_HOSPITAL, KM / 2.0, -1.0, 0, 0, FEES_FEN[ALLIANCE_HOSPITAL], 0, 0, len(centres))
    return District(communities, (*centres, hospital))


def in_village(scenario: Scenario, n_centres: int) -> Scenario:
    """The scenario's rules in that village."""
    district = village(n_centres)
    return replace(scenario, values=scenario.values | district.values(), district=district)


def few_children(scenario: Scenario, seeds: Sequence[int]) -> Check:
    """The least number of children that is allowed, through all policy years."""
    least = int(declarations()[CHILDREN].low)
    world, end = scenario.with_settings({CHILDREN: least}), calendar.end_of_policy(scenario.policy_years)
    runs = [AllianceModel(world, seed).run_until(end).indicators("case") for seed in seeds]
    visits = sum(run["n_visits"] for run in runs)
    holds = all(run["ledger_imbalance_fen"] == 0 for run in runs) and visits > 0.0
    question = "Does a world with hardly any children run to its end with books that balance?"
    found = f"{len(runs)} of {len(seeds)} seeds, {visits:,.0f} visits"
    return asked(
        "extreme: hardly any children", question, holds, f"{len(seeds)} of {len(seeds)} seeds, balanced", found, f"{least} children"
    )


def no_children(scenario: Scenario) -> Check:
    """No children at all is refused, in one line that says what is allowed."""
    found = "accepted"
    try:
        scenario.with_settings({CHILDREN: 0})
    except ScenarioError as error:
        found = str(error)
    question = "Is a world without children refused, with what is allowed?"
    because = f"the range begins at {declarations()[CHILDREN].low:,}: nearest allowed is the world with hardly any children"
    return asked("extreme: no children", question, "allowed" in found, "a refusal that says what is allowed", found, because)


def one_centre(scenario: Scenario, seeds: Sequence[int]) -> Check:
    """One centre and one hospital: every primary visit is there, and the books balance."""
    world = in_village(scenario, 1)
    runs = [AllianceModel(world, seed).run_until(calendar.FIRST_POLICY_WEEK).indicators("case") for seed in seeds]
    primary, at_centre = (sum(run[name] for run in runs) for name in ("n_primary_visits", "n_centre_visits"))
    holds = primary == at_centre > 0.0 and all(run["ledger_imbalance_fen"] == 0 for run in runs)
    question = "With one centre and no clinic, is every primary visit at the centre?"
    because = "a planner's own district: a declared zone has at least two centres and a clinic for each further doctor"
    return asked("extreme: one centre", question, holds, f"{primary:,.0f} visits", f"{at_centre:,.0f} visits", because)


def place_checks(scenario: Scenario, seeds: Sequence[int]) -> list[Check]:
    """Hardly any children, none, one centre."""
    return [few_children(scenario, seeds), no_children(scenario), one_centre(scenario, seeds)]
