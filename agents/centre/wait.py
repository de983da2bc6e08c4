"""How much room does a provider have at this hour, and how long do families expect to wait?

    room:  seen today + background a day x share of the day gone + 1 <= capacity of the day
    wait = hours at the reference utilisation x [u / (1 - u)] / [reference / (1 - reference)], at most greatest_hours
    expected utilisation += smoothing x (this week's - expected)

Patients from elsewhere are an even stream through the day: without them "shorter queues" would be an artefact, since
most of a hospital's patients are not of the zone. Capacity is whole visits a day: a fraction carries to the next day.
Numbers: wait.toml (hospital 1.97 h, BMC HSR 2021).
"""

import math

from agents.compiled import compiled


@compiled
def capacity_of_day(visits_per_day, day):
    """Whole visits that fit on this day [visits]; over many days their mean is `visits_per_day`."""
    return math.floor(visits_per_day * (day + 1)) - math.floor(visits_per_day * day)


@compiled
def has_room(n_seen, background, share_of_day, capacity):
    """[bool] Whether one more child can be seen at this hour of the day."""
    return n_seen + background * share_of_day + 1.0 <= capacity


@compiled
def wait_hours(k, hours_at_reference, utilisation):
    """Waiting that families expect at this utilisation [h]."""
    if utilisation >= 1.0:
        return k.greatest_hours
    reference = k.reference_utilisation / (1.0 - k.reference_utilisation)
    return min(k.greatest_hours, hours_at_reference * utilisation / (1.0 - utilisation) / reference)


@compiled
def expected_utilisation(k, expected, this_week):
    """Utilisation that families expect after this week [1]."""
    return expected + k.smoothing * (this_week - expected)
