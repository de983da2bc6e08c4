"""What holds of a world at the end of any week, whatever the scenario?

`broken(model)` gives a sentence for everything that does not hold, `outside_their_range(model)` one for each share that is none.
"""

import numpy as np

from agents.records import INT
from model.agenda import CONTRACT, NOTHING, RENEWAL
from model.alliance import AllianceModel
from model.indicators import INDICATORS, rolling, so_far
from model.tally import TALLY
from model.world import World, columns

SHARES = {
    "households": ("trust_primary", "trust_alliance", "trust_hospital"),
    "communities": ("p_consider",),
    "doctors": ("skill", "innate_skill", "belief", "p_recorded", "p_needed_antibiotic", "p_unneeded_antibiotic", "utilisation"),
    "sites": ("utilisation",),
    "hospital": ("supervised_share", "effort", "saved_by_platform", "alliance_rate"),
}
SCRATCH = {"nearest"}  # minutes to the nearest found so far: infinite until one is
UNBOUNDED = {"alliance_rate"}  # what is confirmed in a quarter over what was seen in it: never negative


def not_finite(world: World) -> list[str]:
    """Columns with a value that is no number."""
    return [
        f"{name} is not finite" for name, values in columns(world).items() if name not in SCRATCH and not np.isfinite(values).all()
    ]


def out_of_bounds(world: World) -> list[str]:
    """Shares and probabilities outside [0, 1], counts and capacities below zero."""
    found = []
    for table, names in SHARES.items():
        for name in names:
            values = np.asarray(getattr(world, table)[name])
            if (values < 0.0).any() or ((values > 1.0).any() and name not in UNBOUNDED):
                found.append(f"{table}.{name} lies between {values.min()} and {values.max()}")
    counts = [field.name for field in TALLY if field.type == INT]
    found += [f"tally.{name} is {world.tally[0][name]}" for name in counts if world.tally[0][name] < 0]
    found += [
        f"{name} is negative"
        for name in ("doctor_counts", "site_visits", "review_counts", "news")
        if getattr(world, name).min() < 0
    ]
    if world.fund[0].premium_yuan < 0.0 or np.asarray(world.households.own_paid_year_fen).min() < 0:
        found.append("a premium or what a household paid is negative")
    return found


def outside_their_range(model: AllianceModel) -> list[str]:
    """Figures named a share that lie outside [0, 1] in a week, in a period so far, or over any number of weeks."""
    weekly = model.weekly()
    to_date = so_far(weekly)
    names = [name for name, one in INDICATORS.items() if "share" in name.split("_") or name == "positive_predictive_value"]
    found = {name: [weekly[name], to_date[name], rolling(weekly, name, 4), rolling(weekly, name, 52)] for name in names}
    return [
        f"{name} lies between {values.min()} and {values.max()}"
        for name, parts in found.items()
        if len(values := np.concatenate(parts)[~np.isnan(np.concatenate(parts))]) and not 0.0 <= values.min() <= values.max() <= 1.0
    ]


def miscounted(world: World, week: int) -> list[str]:
    """Sums that the clock carries and that the rows do not give."""
    clock, children, households = world.clock[0], world.children, world.households
    is_here = (np.asarray(children.first_week) <= week) & (week < np.asarray(children.last_week))
    home = np.asarray(children.household)[is_here]
    is_member, doctors = np.asarray(households.is_member), world.doctors
    n_here = np.bincount(home, minlength=len(households))
    should = {
        "n_children": int(is_here.sum()), "n_members": int(is_member[home].sum()), "n_accredited": int(doctors.is_accredited.sum()),
    }  # fmt: skip
    found = [f"clock.{name} is {clock[name]}; the rows give {value}" for name, value in should.items() if clock[name] != value]
    if (n_here != households.n_children).any():
        found.append("a household has another number of children than the register")
    member_children = np.bincount(households.community, households.n_children * is_member, len(world.communities))
    if (member_children != world.communities.n_member_children).any():
        found.append("a neighbourhood has another number of member children than its households")
    if ((doctors.week_vacant >= 0) & (doctors.is_accredited == 1)).any():
        found.append("a vacant post holds a certificate")
    return found


def forgotten(world: World) -> list[str]:
    """What is noted beside the households' rows and does not fit them: months of renewal, and who has news to tell."""
    households, found = world.households, []
    for what, is_due in ((RENEWAL, households.is_member == 1), (CONTRACT, households.signed_with >= 0)):
        if ((world.agenda[what] != NOTHING) != np.asarray(is_due)).any():
            found.append(f"agenda {what} does not name those who are due")
    tellers = world.tellers[: world.clock[0].n_tellers].tolist()
    if sorted(tellers) != np.flatnonzero(world.news.any(axis=1)).tolist():
        found.append("those who have news are not those who are listed, once each")
    return found


def lost_cases(world: World) -> list[str]:
    """Rows of cases that are neither free nor waiting, or both."""
    free = world.free_cases[: world.clock[0].n_free].tolist()
    waiting = []
    for first, last in zip(world.due_first.tolist(), world.due_last.tolist(), strict=True):
        row, before = first, -1
        while row >= 0 and len(waiting) <= len(world.cases):
            waiting.append(row)
            row, before = int(world.cases[row].next), row
        if before != last:
            return [f"the list of a day ends with case {before}, not {last}"]
    rows = sorted(free + waiting)
    return (
        []
        if rows == list(range(len(world.cases)))
        else [f"{len(free)} free and {len(waiting)} waiting of {len(world.cases)} cases"]
    )


def broken(model: AllianceModel) -> list[str]:
    """Everything that does not hold at the end of the week just run."""
    world, week = model.world, model.week - 1
    return not_finite(world) + out_of_bounds(world) + miscounted(world, week) + forgotten(world) + lost_cases(world)
