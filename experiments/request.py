"""What is asked for, and is it allowed?

Everything of a command line is checked here, and nothing heavy is imported for it: options first, then the scenario
file, then what the settings make of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from model import calendar
from model.asked import CHILDREN, LARGEST_SEED
from model.look import loaded
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario
from model.settings import check_date, read_settings

MOST_WEEKS = calendar.LAST_WEEK - calendar.BURN_IN_WEEKS
MOST_SEEDS = 1_000
PERIODS = (*calendar.PERIODS, "case")


@dataclass(frozen=True)
class Request:
    """One scenario for some seeds, over the burn-in and `n_weeks` more; indicators cover a period.

    `says_nothing` is true of an empty file, which is the declared world.
    """

    scenario: Scenario
    seeds: Sequence[int]
    n_weeks: int
    period: str
    says_nothing: bool = False

    @property
    def hides_its_changes(self) -> bool:
        """[bool] Whether every dated change lies after the period that is reported, so that its figures cannot show them."""
        starts = [calendar.index_of(day) for day, _ in self.scenario.changes]
        return self.period in ("burn_in", "history") and bool(starts) and min(starts) >= calendar.FIRST_POLICY_WEEK

    @property
    def n_weeks_in_all(self) -> int:
        """Weeks of a world, burn-in included."""
        return calendar.BURN_IN_WEEKS + self.n_weeks


def read_request(
    path: str,
    *,
    seed: str = "1",
    seeds: str = "1",
    settings: Sequence[str] = (),
    from_date: str | None = None,
    children: str | None = None,
    weeks: str | None = None,
    period: str = "history",
) -> Request:
    """What a command line asks for; without `weeks` the scenario's policy years are run. Raises ScenarioError."""
    n_seeds = whole_number("--seeds", seeds, 1, MOST_SEEDS)
    first = whole_number("--seed", seed, 0, LARGEST_SEED - n_seeds + 1)
    asked = None if weeks is None else whole_number("--weeks", weeks, 1, MOST_WEEKS)
    check_period(period, MOST_WEEKS if asked is None else asked)
    scenario = loaded(path)
    n_weeks = calendar.end_of_policy(scenario.policy_years) - calendar.BURN_IN_WEEKS if asked is None else asked
    day = None if from_date is None else read_date(from_date, n_weeks, has_settings=bool(settings))
    says_nothing = scenario.is_empty
    wanted = read_settings(settings, "--set")
    if children is not None:
        if CHILDREN in wanted:
            raise ScenarioError("--children", f"--set {CHILDREN} is given too", "allowed is one of the two")
        n_children = whole_number("--children", children, 0, LARGEST_SEED)
        scenario = scenario.with_settings({CHILDREN: n_children}, where="--children")
    if wanted:
        scenario = scenario.with_settings(wanted, day)
    return Request(scenario, range(first, first + n_seeds), n_weeks, period, says_nothing)


def whole_number(option: str, text: str, low: int, high: int) -> int:
    """The whole number given to an option; raises ScenarioError."""
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise ScenarioError(option, shortened(text), f"allowed is a whole number from {low:,} to {high:,}")
    return value


def check_period(period: str, n_weeks: int, where: str = "--period") -> None:
    """Refuse a period of which a run of this many weeks after the burn-in sees nothing; raises ScenarioError."""
    if period not in PERIODS:
        raise ScenarioError(where, shortened(period), f"allowed are {', '.join(PERIODS)}")
    if period == "policy" and n_weeks <= calendar.HISTORY_WEEKS:
        allowed = f"allowed for it are --weeks from {calendar.HISTORY_WEEKS + 1} to {MOST_WEEKS}"
        raise ScenarioError(where, f"{n_weeks} weeks end before the policy years", allowed)


def read_date(text: str, n_weeks: int, *, has_settings: bool) -> date:
    """The date of `--from`; raises ScenarioError."""
    last = calendar.week(calendar.BURN_IN_WEEKS + n_weeks - 1).start
    allowed = f"allowed is a date from {calendar.CASE_START} to {last}, such as {calendar.CASE_START}"
    if not has_settings:
        raise ScenarioError("--from", "dates the --set settings, and there are none", "allowed is --from with --set")
    try:
        day = check_date(date.fromisoformat(text), "--from", "the date")
    except ValueError as error:
        raise ScenarioError("--from", shortened(text), allowed) from error
    if calendar.index_of(day) >= calendar.BURN_IN_WEEKS + n_weeks:
        raise ScenarioError("--from", f"{day} lies after the last week of this run", allowed)
    return day
