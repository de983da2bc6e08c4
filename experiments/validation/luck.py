"""Are the dice fair, and does illness befall children at the declared rates?

Dice: uniform, without correlation between any two purposes, between neighbouring agents, or between neighbouring seeds.
Illness: Poisson in number, at episodes(age) x frailty x season, once the potential illnesses are thinned. Frailty: mean 1
and the declared coefficient of variation. Probabilities stated for a year and thrown month by month add up to the year's.
"""

import math

import numpy as np

from agents.centre import wait
from agents.doctor import stay
from agents.units import MONTHS_PER_YEAR, WEEKS_OF_CHILDHOOD, WEEKS_PER_YEAR
from experiments.validation.check import FURTHEST, Check, asked, normal_from_chi_square, within
from experiments.validation.isolated import numbers
from model import calendar, dice, illness, parameters
from model.illness import WEEKS_PER_SEASON, Exposure
from model.parameters import defaults
from model.population import frailty_of

N_CELLS = 64
MORE_CHILDREN = 5  # for each other throw: illness is cheap to draw, and its rates move everything
AGES = {
    "under 5": (100, "episodes_0_4"),
    "5 to 9": (360, "episodes_5_9"),
    "10 to 14": (600, "episodes_10_14"),
}  # weeks at the start
FIRST_SEASON = 0
CAPACITIES = (6.25, 2.5, 7.9)  # visits a day


def purposes() -> list[int]:
    """Every purpose that a die is thrown for."""
    named = [value for name, value in vars(dice).items() if name.isupper() and not name.startswith("_") and isinstance(value, int)]
    return sorted(set(named))


def dice_checks(n: int, seed: int) -> list[Check]:
    """Uniform and without correlation."""
    key, who, listed = dice.seed_key(seed), np.arange(n), purposes()
    table = np.array([dice.dice(key, purpose, who) for purpose in listed])
    counts = np.array([np.bincount((row * N_CELLS).astype(int), minlength=N_CELLS) for row in table])
    chi_square, degrees = float(((counts - n / N_CELLS) ** 2 / (n / N_CELLS)).sum()), len(listed) * (N_CELLS - 1)
    checks = [
        _chi("dice: uniform", "Is every purpose's die uniform?", chi_square, degrees, f"{len(listed)} purposes, {n:,} throws")
    ]
    pairs = np.corrcoef(table)[np.triu_indices(len(listed), 1)]
    because = f"sum of squared correlations of {len(pairs):,} pairs times {n:,} throws"
    question = "Are the dice of one child for any two purposes independent?"
    checks.append(_chi("dice: pairs of purposes", question, float(n * (pairs**2).sum()), len(pairs), because))
    neighbours = np.array([np.corrcoef(row[:-1], row[1:])[0, 1] for row in table])
    question = "Are the dice of neighbouring children independent?"
    checks.append(_chi("dice: neighbours", question, float((n - 1) * (neighbours**2).sum()), len(neighbours), f"{n:,} children"))
    other = np.array([dice.dice(dice.seed_key(seed + 1), purpose, who) for purpose in listed])
    across = np.array([np.corrcoef(one, two)[0, 1] for one, two in zip(table, other, strict=True)])
    question = "Are the dice of neighbouring seeds independent?"
    return [
        *checks,
        _chi("dice: neighbouring seeds", question, float(n * (across**2).sum()), len(across), f"seeds {seed}, {seed + 1}"),
    ]


def _chi(name: str, question: str, chi_square: float, degrees: int, because: str) -> Check:
    z = normal_from_chi_square(chi_square, degrees)
    found = f"chi-square {chi_square:.5g}"
    verdict = "holds" if abs(z) <= FURTHEST else "fails"
    return Check("verification", name, question, f"chi-square {degrees}", found, z, verdict, because)


def exposure(n: int, key: np.uint64, age_weeks: int) -> Exposure:
    """Children of one age with the model's frailty."""
    last = np.full(n, WEEKS_OF_CHILDHOOD - age_weeks)
    return Exposure(np.zeros(n, np.int64), last, frailty_of(numbers(), key, np.arange(n)))


def thinned(n: int, seed: int, age_weeks: int) -> tuple[np.ndarray, float]:
    """Illnesses of each child in a year, shape (n,), and the exact mean of their sum, given the children's frailty."""
    params, key = parameters.record(defaults()), dice.seed_key(seed)
    k = {name: float(params[0].illness[name]) for name in params[0].illness.dtype.names}
    children, count, factors = exposure(n, key, age_weeks), np.zeros(n, np.int64), 0.0
    for season in (FIRST_SEASON, FIRST_SEASON + 1):
        stream, begin = illness.draw_season(params[0], key, children, season), season * WEEKS_PER_SEASON
        day = np.searchsorted(stream.first, np.arange(len(stream.child)), side="right") - 1
        limits = np.array([np.divide(*illness.incidence(k, w)) for w in range(begin, begin + WEEKS_PER_SEASON)])[day // 7]
        u = [dice.die(key, dice.ILLNESS_HAPPENS, c, i, 0) for c, i in zip(stream.child, stream.number, strict=True)]
        count += np.bincount(stream.child[np.array(u) < limits], minlength=n)
        factors += sum(_season_factor(k, w) for w in range(begin, begin + WEEKS_PER_SEASON))
    return count, factors / WEEKS_PER_YEAR * float(children.frailty.sum())


def _season_factor(k: dict[str, float], week: int) -> float:
    """Illness of a week against a mean week, from the definition [1]."""
    phase = 2.0 * math.pi * (calendar.week(week).week_of_year - k["week_of_peak"]) / WEEKS_PER_YEAR
    return 1.0 + k["seasonal_amplitude"] * math.cos(phase)


def illness_checks(n: int, seed: int) -> list[Check]:
    """Illnesses of a year by age against the declared episodes, and children who stay well against Poisson; ages share no luck."""
    checks, k = [], numbers().illness
    for place, (age, (weeks, name)) in enumerate(AGES.items()):
        count, per_episode = thinned(n, seed + place, weeks)
        exact, frailty = per_episode * float(k[name]), exposure(n, dice.seed_key(seed + place), weeks).frailty
        question = "Do as many illnesses become real in a year as are declared for the age?"
        because = f"{n:,} children, the 52 weeks of the burn-in, given their frailty"
        unit, error = "episodes/child", math.sqrt(exact) / n
        checks.append(within(f"illness, {age}: rate", question, exact / n, count.sum() / n, error, unit, because))
        none = np.exp(-exact * frailty / frailty.sum())
        error = math.sqrt(float((none * (1.0 - none)).sum())) / n
        question = "Do as many children stay well for a year as Poisson says?"
        found = float(np.mean(count == 0))
        checks.append(within(f"illness, {age}: stays well", question, float(none.mean()), found, error, "1", because))
    return checks


def frailty_checks(n: int, seed: int) -> list[Check]:
    """Mean and spread of frailty."""
    cv, values = float(numbers().illness.frailty_cv), frailty_of(numbers(), dice.seed_key(seed), np.arange(n))
    excess = 6.0 * cv**2  # of a gamma law
    variance_error = cv**2 * math.sqrt((excess + 2.0) / n)
    because = f"gamma, {n:,} children"
    question = "Is frailty as declared?"
    mean = within("frailty: mean", question, 1.0, float(values.mean()), cv / math.sqrt(n), "1", because)
    return [mean, within("frailty: variance", question, cv**2, float(values.var()), variance_error, "1", because)]


def conversion_checks() -> list[Check]:
    """Numbers stated for a year or a day, used by the month or the whole visit."""
    k, wait_k = numbers().doctor.stay, numbers().centre.wait
    monthly = float(stay.p_quits(k, float(wait_k.reference_utilisation), float(wait_k.reference_utilisation), 0.0))
    yearly = MONTHS_PER_YEAR * monthly
    question = "Do twelve months of leaving the zone make the declared year?"
    because = "expected departures from a post that is filled at once, at the reference load and without pay from the alliance"
    checks = [asked("conversion: quit rate", question, math.isclose(yearly, k.quit_rate, rel_tol=1e-12),
                    f"{k.quit_rate:g} 1/year", f"{yearly:.6g} 1/year", because)]  # fmt: skip
    days = 8_000
    given = [sum(int(wait.capacity_of_day(c, day)) for day in range(days)) for c in CAPACITIES]
    exact = [math.floor(c * days) for c in CAPACITIES]
    question = "Do whole visits of a day add up to the declared visits a day?"
    found = ", ".join(f"{visits:,}" for visits in given)
    name = f"conversion: visits in {days:,} days"
    return [*checks, asked(name, question, given == exact, ", ".join(f"{visits:,}" for visits in exact), found)]


def luck_checks(n: int = 20_000, seed: int = 1) -> list[Check]:
    """All checks of dice, illness and conversions."""
    return [*dice_checks(n, seed), *frailty_checks(n, seed), *illness_checks(MORE_CHILDREN * n, seed), *conversion_checks()]
